"""Which key means what in a session. Presenter remotes send page, arrow, B, dot, F5 and Esc keys; media keys work too.

Any key that is not listed pauses, so a slap on the keyboard works; keys of the desktop itself are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from coach.ui.session.intents import Command

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


_Key = Qt.Key
_COMMANDS = {
    _Key.Key_Space: Command.PRIMARY,
    _Key.Key_F5: Command.PRIMARY,
    _Key.Key_Right: Command.SKIP,
    _Key.Key_PageDown: Command.SKIP,
    _Key.Key_MediaNext: Command.SKIP,
    _Key.Key_Left: Command.BACK,
    _Key.Key_PageUp: Command.BACK,
    _Key.Key_MediaPrevious: Command.BACK,
    _Key.Key_B: Command.TOGGLE,
    _Key.Key_Period: Command.TOGGLE,
    _Key.Key_MediaPlay: Command.TOGGLE,
    _Key.Key_MediaPause: Command.TOGGLE,
    _Key.Key_MediaTogglePlayPause: Command.TOGGLE,
    _Key.Key_R: Command.REPEAT,
    _Key.Key_H: Command.HURTS,
    _Key.Key_F8: Command.HURTS,
    _Key.Key_E: Command.EASIER,
    _Key.Key_V: Command.VOICE,
    _Key.Key_F: Command.FULL_SCREEN,
    _Key.Key_F11: Command.FULL_SCREEN,
    _Key.Key_Plus: Command.LONGER,
    _Key.Key_Minus: Command.SHORTER,
    _Key.Key_Escape: Command.END,
    _Key.Key_MediaStop: Command.END,
}
_LEFT_ALONE = {
    _Key.Key_Shift,
    _Key.Key_Control,
    _Key.Key_Alt,
    _Key.Key_AltGr,
    _Key.Key_Meta,
    _Key.Key_Super_L,
    _Key.Key_Super_R,
    _Key.Key_CapsLock,
    _Key.Key_NumLock,
    _Key.Key_ScrollLock,
    _Key.Key_Tab,
    _Key.Key_Backtab,
    _Key.Key_VolumeUp,
    _Key.Key_VolumeDown,
    _Key.Key_VolumeMute,
    _Key.Key_MonBrightnessUp,
    _Key.Key_MonBrightnessDown,
    _Key.Key_Print,
    _Key.Key_unknown,
}
_REPEATABLE = {Command.LONGER, Command.SHORTER}
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def command_of(event: QKeyEvent) -> Command | None:
    """What a key press asks for; None when it is none of the session's business."""
    key = Qt.Key(event.key())
    if key in _LEFT_ALONE or event.modifiers() & _CHORDS:
        return None
    command = _COMMANDS.get(key, Command.OTHER)
    if event.isAutoRepeat() and command not in _REPEATABLE:
        return None
    return command


def digit_of(event: QKeyEvent) -> int | None:
    """The digit of a key press, or None."""
    text = event.text()
    if event.isAutoRepeat() or event.modifiers() & _CHORDS or len(text) != 1 or not text.isascii():
        return None
    return int(text) if text.isdigit() else None
