"""macOS: idle time and the locked screen; it tells programs neither its Focus nor who uses camera or microphone.

It holds our notifications back by itself then. Written by the documentation and tested with a stand-in for `Api`:
`Native` has not been run yet.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Protocol

from coach.desktop.surroundings import idle_from, typing_from
from coach.domain.reminders.delivery import Surroundings

_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"
_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_HARDWARE = 1
_ANY_INPUT = 0xFFFFFFFF
_UTF8 = 0x08000100


class Api(Protocol):
    """What is asked of macOS; each may raise what it likes."""

    def since_input(self) -> float:
        """Seconds since the last input (CGEventSourceSecondsSinceLastEventType)."""
        ...

    def locked(self) -> bool | None:
        """CGSSessionScreenIsLocked of CGSessionCopyCurrentDictionary; None without a session on a screen."""
        ...


class MacComputer:
    """`coach.services.ports.Computer`."""

    def __init__(self, api: Api | None = None) -> None:
        self._api = api or Native()

    def surroundings(self) -> Surroundings:
        """What may be in the way of a reminder; None for what cannot be known."""
        try:
            locked = self._api.locked()
        except Exception:  # noqa: BLE001 - a framework or a function that is not there
            locked = None
        return Surroundings(
            locked=locked if isinstance(locked, bool) else None,
            typing=typing_from(self.idle_s()),
        )

    def idle_s(self) -> float | None:
        """Seconds since the last key or mouse movement, None where nobody tells."""
        try:
            return idle_from(self._api.since_input())
        except Exception:  # noqa: BLE001 - as above
            return None


class Native:
    """The real one."""

    def since_input(self) -> float:
        """See Api."""
        ask = ctypes.CDLL(_GRAPHICS).CGEventSourceSecondsSinceLastEventType
        ask.restype = ctypes.c_double
        ask.argtypes = [ctypes.c_int32, ctypes.c_uint32]
        return float(ask(_HARDWARE, _ANY_INPUT))

    def locked(self) -> bool | None:
        """See Api. The entry is there only while the screen is locked."""
        graphics, base = ctypes.CDLL(_GRAPHICS), ctypes.CDLL(_FOUNDATION)
        graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
        base.CFStringCreateWithCString.restype = ctypes.c_void_p
        base.CFStringCreateWithCString.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]
        base.CFDictionaryGetValue.restype = ctypes.c_void_p
        base.CFDictionaryGetValue.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        base.CFBooleanGetValue.restype = ctypes.c_ubyte
        base.CFBooleanGetValue.argtypes = [ctypes.c_void_p]
        base.CFRelease.argtypes = [ctypes.c_void_p]
        session = graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return None
        name = base.CFStringCreateWithCString(None, b"CGSSessionScreenIsLocked", _UTF8)
        try:
            value = base.CFDictionaryGetValue(session, name)
            return bool(value) and bool(base.CFBooleanGetValue(value))
        finally:
            base.CFRelease(name)
            base.CFRelease(session)


if TYPE_CHECKING:
    from coach.services.ports import Computer

    _fits: type[Computer] = MacComputer
