"""Plays a desktop that asks for less movement and then changes its mind; run it on a session bus of its own.

Without an argument it watches and prints what it is told; `service` answers as the settings portal does.
"""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant

from coach.ui.theme.motion import INTERFACE, PATH, SERVICE, watch_motion

LONGEST_MS = 20_000


class Portal(QObject):
    """Says once that animations are off, and a moment later that they are on."""

    @Slot(str, str, QDBusMessage)
    def Read(self, _namespace: str, key: str, message: QDBusMessage) -> None:  # noqa: N802 - the portal's name
        """Answer for GNOME; everything else is not known here."""
        message.setDelayedReply(True)
        bus = QDBusConnection.sessionBus()
        if key != "enable-animations":
            bus.send(message.createErrorReply("org.freedesktop.portal.Error.NotFound", "no such setting"))
            return
        reply = message.createReply()
        reply.setArguments([QDBusVariant(QDBusVariant(False))])
        bus.send(reply)
        QTimer.singleShot(0, self.change)

    @Slot()
    def change(self) -> None:
        """Animations are on again."""
        signal = QDBusMessage.createSignal(PATH, INTERFACE, "SettingChanged")
        signal.setArguments(["org.gnome.desktop.interface", "enable-animations", QDBusVariant(True)])
        QDBusConnection.sessionBus().send(signal)


def serve() -> int:
    """Be the portal."""
    application = QCoreApplication([])
    bus, portal = QDBusConnection.sessionBus(), Portal()
    options = QDBusConnection.RegisterOption.ExportAllSlots
    bus.registerObject(PATH, INTERFACE, portal, options)
    bus.registerService(SERVICE)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    QTimer.singleShot(LONGEST_MS, application.quit)
    return application.exec()


def watch() -> int:
    """Be the application."""
    service = subprocess.Popen([sys.executable, "-m", __spec__.name, "service"], stdout=subprocess.PIPE, text=True)
    assert service.stdout is not None
    service.stdout.readline()
    application = QCoreApplication([])
    told: list[bool] = []

    def tell(reduced: bool) -> None:
        told.append(reduced)
        if len(told) == 2:
            application.quit()

    watch = watch_motion(tell)
    QTimer.singleShot(LONGEST_MS, application.quit)
    application.exec()
    service.kill()
    sys.stdout.write(f"{told} {watch is not None}\n")
    return 0


if __name__ == "__main__":
    sys.exit(serve() if "service" in sys.argv else watch())
