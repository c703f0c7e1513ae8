"""Plays a desktop whose screen saver is asked to wait; run it on a session bus of its own.

Without an argument it is the session and prints what the desktop heard; `service` is the desktop.
"""

from __future__ import annotations

import subprocess
import sys
from typing import IO

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServiceWatcher

from coach.ui.session.awake import PATH, SERVICE, DesktopAwake

LONGEST_MS = 20_000
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


class ScreenSaver(QObject):
    """Says who asks, and when they are gone."""

    def __init__(self) -> None:
        super().__init__()
        self._gone = QDBusServiceWatcher(self)
        self._gone.setConnection(QDBusConnection.sessionBus())
        self._gone.setWatchMode(QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration)
        self._gone.serviceUnregistered.connect(lambda _who: say("let go"))

    @Slot(str, str, QDBusMessage)
    def Inhibit(self, who: str, _why: str, message: QDBusMessage) -> None:  # noqa: N802 - the service's name
        """Note the wish for as long as its connection lives."""
        self._gone.addWatchedService(message.service())
        # Only asked to be sure that the bus has begun to watch: whoever hears the next line may leave at once.
        QDBusConnection.sessionBus().call(QDBusMessage.createMethodCall(*BUS, "GetId"))
        say(f"kept awake by {who}")


def say(words: str) -> None:
    """Tell the other process."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def serve() -> int:
    """Be the desktop."""
    application = QCoreApplication([])
    bus, saver = QDBusConnection.sessionBus(), ScreenSaver()
    bus.registerObject(PATH, SERVICE, saver, QDBusConnection.RegisterOption.ExportAllSlots)
    bus.registerService(SERVICE)
    say("ready")
    QTimer.singleShot(LONGEST_MS, application.quit)
    return application.exec()


def guide() -> int:
    """Be the session: two stretches of exercise with a pause between them."""
    with subprocess.Popen(
        [sys.executable, "-m", __spec__.name, "service"], stdout=subprocess.PIPE, text=True
    ) as service:
        heard = service.stdout
        assert heard is not None
        heard.readline()
        _application = QCoreApplication([])
        awake = DesktopAwake()
        say(" ".join(_stretch(awake, heard) for _ in range(2)))
        service.kill()
    return 0


def _stretch(awake: DesktopAwake, heard: IO[str]) -> str:
    awake.keep(on=True)
    awake.keep(on=True)
    first = heard.readline().strip()
    awake.keep(on=False)
    awake.keep(on=False)
    return f"{first}, {heard.readline().strip()}."


if __name__ == "__main__":
    sys.exit(serve() if "service" in sys.argv else guide())
