"""Keeps the display on while a session is guided: nobody touches the computer during a 30 second hold.

Linux: the desktop's ScreenSaver service, which lets go by itself when our own connection to the bus ends. Windows: the
thread's execution state. macOS: `caffeinate`, which ends with us. Where nobody answers, the display does as it likes.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol

from coach.ui.i18n import tr

if TYPE_CHECKING:
    import subprocess

SERVICE = "org.freedesktop.ScreenSaver"
PATH = "/org/freedesktop/ScreenSaver"
BUS = "foot-coach-awake"
_ES_CONTINUOUS, _ES_SYSTEM, _ES_DISPLAY = 0x80000000, 0x1, 0x2


class Awake(Protocol):
    """Something that keeps the display on."""

    def keep(self, *, on: bool) -> None:
        """Keep the display on from now on, or let it go; asked for again, it does nothing."""
        ...


def make_awake() -> Awake:
    """What this platform has."""
    if sys.platform == "win32":
        return WindowsAwake()
    if sys.platform == "darwin":
        return MacAwake()
    return DesktopAwake()


class DesktopAwake:
    """By a connection of its own to the session bus, made when it is first needed."""

    def __init__(self) -> None:
        self._on = False

    def keep(self, *, on: bool) -> None:
        """See `Awake`."""
        if on == self._on:
            return
        self._on = on
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        if not on:
            # The cookie that Inhibit hands out could not be given back: it is unsigned, which Python cannot send.
            QDBusConnection.disconnectFromBus(BUS)
            return
        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, BUS)
        if bus.isConnected():
            wish = QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "Inhibit")
            wish.setArguments(["Foot Coach", tr("An exercise session is being guided.")])
            bus.send(wish)


class WindowsAwake:
    """By the execution state of this thread."""

    def __init__(self) -> None:
        self._on = False

    def keep(self, *, on: bool) -> None:
        """See `Awake`."""
        if on == self._on:
            return
        self._on = on
        import ctypes

        kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
        kernel.SetThreadExecutionState(_ES_CONTINUOUS | ((_ES_SYSTEM | _ES_DISPLAY) if on else 0))


class MacAwake:
    """By the system's own program for it."""

    def __init__(self) -> None:
        self._program: subprocess.Popen[bytes] | None = None

    def keep(self, *, on: bool) -> None:
        """See `Awake`."""
        if on == (self._program is not None):
            return
        if self._program is not None:
            self._program.terminate()
            self._program.wait()
            self._program = None
            return
        import subprocess
        from contextlib import suppress

        with suppress(OSError):
            self._program = subprocess.Popen(["/usr/bin/caffeinate", "-d", "-w", str(os.getpid())])  # noqa: S603 - fixed words
