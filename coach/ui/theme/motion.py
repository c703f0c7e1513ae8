"""Whether the desktop asks for less movement. Qt does not tell, so each platform is asked in its own way.

Linux: the settings portal, which GNOME and KDE both answer, and which says when it changes. Windows: the client area
animation flag. macOS: its accessibility preferences. Where nobody answers, movement stays.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
QUESTIONS = (
    ("org.gnome.desktop.interface", "enable-animations"),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
)
_SPI_GETCLIENTAREAANIMATION = 0x1042


def watch_motion(tell: Callable[[bool], None], parent: QObject | None = None) -> QObject | None:
    """Call `tell(reduced)` now or soon, and whenever it changes where the platform says so. Keep what is returned."""
    if sys.platform == "win32":
        tell(_windows_reduces())
        return None
    if sys.platform == "darwin":
        tell(_macos_reduces(Path.home() / "Library/Preferences/com.apple.universalaccess.plist"))
        return None
    return PortalWatch(tell, parent)


def reduces(key: str, value: object) -> bool | None:
    """What one answer of the portal means; None for an answer to something else."""
    if key == "enable-animations" and isinstance(value, bool):
        return not value
    if key == "AnimationDurationFactor":
        try:
            return float(str(value)) == 0.0
        except ValueError:
            return None
    return None


class PortalWatch(QObject):
    """Asks the settings portal without waiting, and listens for changes."""

    def __init__(self, tell: Callable[[bool], None], parent: QObject | None = None) -> None:
        from PySide6.QtCore import SLOT
        from PySide6.QtDBus import QDBusConnection

        super().__init__(parent)
        self._tell = tell
        self._calls: list[QObject] = []
        self._heard: dict[str, bool] = {}
        self._bus = QDBusConnection.sessionBus()
        if self._bus.isConnected():
            slot = SLOT("changed(QDBusMessage)")
            self._bus.connect(SERVICE, PATH, INTERFACE, "SettingChanged", self, slot)  # type: ignore[call-overload]
            for namespace, key in QUESTIONS:
                self._ask(namespace, key)

    def _ask(self, namespace: str, key: str) -> None:
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        # The old name of the question: the newer one is not understood everywhere yet. It wraps its answer twice.
        question = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Read")
        question.setArguments([namespace, key])
        call = QDBusPendingCallWatcher(self._bus.asyncCall(question), self)
        call.finished.connect(lambda done, key=key: self._answered(key, done))
        self._calls.append(call)

    def _answered(self, key: str, call: object) -> None:
        from PySide6.QtDBus import QDBusPendingCallWatcher

        if isinstance(call, QDBusPendingCallWatcher) and not call.isError():
            self._hear(key, call.reply().arguments())

    @Slot("QDBusMessage")
    def changed(self, message: object) -> None:
        """The portal says that a setting is different now: namespace, key, value."""
        from PySide6.QtDBus import QDBusMessage

        if isinstance(message, QDBusMessage):
            arguments = message.arguments()
            if len(arguments) == 3:
                self._hear(str(arguments[1]), arguments[2:])

    def _hear(self, key: str, arguments: list[object]) -> None:
        value = arguments[0] if arguments else None
        while hasattr(value, "variant"):
            value = value.variant()
        meaning = reduces(key, value)
        if meaning is not None:
            # Some desktops answer both questions; either wish counts.
            self._heard[key] = meaning
            self._tell(any(self._heard.values()))


def _windows_reduces() -> bool:
    import ctypes

    shown = ctypes.c_int(1)
    user32 = getattr(ctypes, "windll").user32  # noqa: B009 - exists on Windows only
    user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(shown), 0)
    return not shown.value


def _macos_reduces(preferences: Path) -> bool:
    import plistlib

    try:
        with preferences.open("rb") as file:
            return bool(plistlib.load(file).get("reduceMotion", False))
    except (OSError, plistlib.InvalidFileException):
        return False
