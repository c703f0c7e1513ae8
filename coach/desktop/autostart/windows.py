"""Windows: a value under the person's Run key, and the list in which the task manager switches such values off.

Written by the documentation and tested with a stand-in for `winreg`; it has not been run on Windows yet.
"""

from __future__ import annotations

import importlib
import subprocess
from typing import TYPE_CHECKING, Any

from coach.desktop.autostart import NAME, checked, same_program
from coach.errors import KnownError, os_reason
from coach.services.reminding import AutostartState

if TYPE_CHECKING:
    from coach.desktop.autostart.launch import Launch

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
LONGEST = 260
"""Windows passes over longer commands."""
TOO_LONG = f"Foot Coach cannot start at login: its path is so long that the command has over {LONGEST} characters."
NOT_INSTALLED = "Foot Coach can start at login only where it is installed, not from a folder of its source."


class WindowsAutostart:
    """`coach.services.ports.Autostart`."""

    def __init__(self, launch: Launch, registry: Any = None) -> None:  # noqa: ANN401
        """`registry` stands in for the module `winreg`."""
        self._launch = launch
        self._registry: Any = registry or importlib.import_module("winreg")
        self._name = f"{NAME}{launch.suffix}"
        self._command = subprocess.list2cmdline(launch.words)

    def state(self) -> AutostartState:
        """How it really is; looks every time."""
        can = same_program(self._launch.words, self._launch.words)
        on = self._read(RUN) == self._command and not self._is_off() and can
        return AutostartState(on=on, unavailable=self._why_not())

    def switch(self, *, on: bool) -> AutostartState:
        """Write or remove the value and look again; raises KnownError."""
        if on and self._why_not():
            raise KnownError(self._why_not())
        try:
            if on:
                with self._registry.CreateKeyEx(self._registry.HKEY_CURRENT_USER, RUN) as key:
                    self._registry.SetValueEx(key, self._name, 0, self._registry.REG_SZ, self._command)
            else:
                self._delete(RUN)
            self._delete(APPROVED)  # the newest wish counts, not what the task manager was told before
        except OSError as error:
            raise KnownError(
                f"Whether Foot Coach starts at login could not be written to the registry: {os_reason(error)}. "
                "It is as it was."
            ) from error
        return checked(self.state(), on=on)

    def _why_not(self) -> str:
        if self._launch.folder is not None:
            return NOT_INSTALLED
        return TOO_LONG if len(self._command) > LONGEST else ""

    def _read(self, path: str) -> object:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, path) as key:
                return self._registry.QueryValueEx(key, self._name)[0]
        except OSError:
            return None

    def _is_off(self) -> bool:
        """The first byte of the task manager's note is odd where it switched the value off."""
        note = self._read(APPROVED)
        return isinstance(note, bytes) and bool(note[:1]) and bool(note[0] & 1)

    def _delete(self, path: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE) as key:
                registry.DeleteValue(key, self._name)
        except FileNotFoundError:
            pass


if TYPE_CHECKING:
    from coach.services.ports import Autostart

    _fits: type[Autostart] = WindowsAutostart
