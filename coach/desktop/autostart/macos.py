"""macOS: a launch agent in the person's library.

The person can switch such agents off in the system's settings, which tells no program; so `on` is never claimed to have
been found to be really so. Tested with files alone; it has not been run on macOS yet.
"""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from coach.desktop.autostart import checked, same_program
from coach.errors import KnownError, os_reason
from coach.fsutil import atomic_write, make_private_folder
from coach.services.reminding import AutostartState

if TYPE_CHECKING:
    from coach.desktop.autostart.launch import Launch

LABEL = "org.footcoach.FootCoach"


class MacAutostart:
    """`coach.services.ports.Autostart`."""

    def __init__(self, launch: Launch, folder: Path | None = None) -> None:
        """`folder` stands in for the person's LaunchAgents."""
        self._launch = launch
        self._label = f"{LABEL}{launch.suffix}"
        self._file = (folder or Path.home() / "Library" / "LaunchAgents") / f"{self._label}.plist"

    def state(self) -> AutostartState:
        """How it is, as far as the file tells; looks every time."""
        agent = self._read()
        words = agent.get("ProgramArguments")
        on = (
            agent.get("Label") == self._label
            and agent.get("RunAtLoad") is True
            and agent.get("Disabled") is not True
            and agent.get("WorkingDirectory") == self._agent().get("WorkingDirectory")
            and isinstance(words, list)
            and all(isinstance(word, str) for word in words)
            and same_program(words, self._launch.words)
        )
        return AutostartState(on=on, checked=not on)

    def switch(self, *, on: bool) -> AutostartState:
        """Write or remove the file and look again; raises KnownError."""
        try:
            if on:
                make_private_folder(self._file.parent)
                atomic_write(self._file, plistlib.dumps(self._agent()))
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            raise KnownError(
                f"Whether Foot Coach starts at login could not be written to {self._file}: {os_reason(error)}. "
                "It is as it was."
            ) from error
        return checked(self.state(), on=on)

    def _agent(self) -> dict[str, Any]:
        agent = {
            "Label": self._label,
            "ProgramArguments": list(self._launch.words),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        return agent | ({"WorkingDirectory": str(self._launch.folder)} if self._launch.folder else {})

    def _read(self) -> dict[str, Any]:
        try:
            content = plistlib.loads(self._file.read_bytes())
        except (OSError, ValueError, ExpatError, plistlib.InvalidFileException):
            return {}
        return content if isinstance(content, dict) else {}


if TYPE_CHECKING:
    from coach.services.ports import Autostart

    _fits: type[Autostart] = MacAutostart
