"""Windows: what its own functions and its list of cameras and microphones in use tell.

Focus assist is told to nobody; Windows holds our notifications back by itself then. Written by the documentation and
tested with a stand-in for `Api`: `Native` has not been run yet.
"""

from __future__ import annotations

import ctypes
import struct
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from coach.desktop.surroundings import idle_from, typing_from
from coach.domain.reminders.delivery import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
_TICKS = 1 << 32
NOT_PRESENT, BUSY, DIRECT3D, PRESENTATION, ACCEPTS, QUIET, APP = range(1, 8)
"""What SHQueryUserNotificationState answers."""
_FILLED = frozenset({BUSY, DIRECT3D, PRESENTATION, APP})
_UNLOCKED_FLAGS = {0: True, 1: False}
_SESSION_INFO_EX = 25
_CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"


class Api(Protocol):
    """What is asked of Windows; each may raise what it likes."""

    def last_input(self) -> int:
        """The tick of the last key or movement of the mouse, modulo 2**32 (GetLastInputInfo)."""
        ...

    def tick(self) -> int:
        """Milliseconds since Windows started, modulo 2**32 (GetTickCount)."""
        ...

    def notification_state(self) -> int:
        """See above."""
        ...

    def session_flags(self) -> int:
        """The flags of this session: 0 is locked, 1 unlocked, anything else unknown (WTSSessionInfoEx)."""
        ...

    def uses(self, device: str) -> Iterator[tuple[int, int]]:
        """When each program began and ended to use `webcam` or `microphone`; 0 for never."""
        ...


class WindowsComputer:
    """`coach.services.ports.Computer`."""

    def __init__(self, api: Api | None = None) -> None:
        self._api = api or Native()

    def surroundings(self) -> Surroundings:
        """What may be in the way of a reminder; None for what cannot be known."""
        state = _known(self._api.notification_state)
        return Surroundings(
            full_screen=full_screen(state),
            do_not_disturb=do_not_disturb(state),
            locked=_UNLOCKED_FLAGS.get(_number(_known(self._api.session_flags))),
            camera=_known(lambda: in_use(self._api.uses("webcam"))),
            microphone=_known(lambda: in_use(self._api.uses("microphone"))),
            typing=typing_from(self.idle_s()),
        )

    def idle_s(self) -> float | None:
        """Seconds since the last key or mouse movement, None where nobody tells."""
        last, now = _known(self._api.last_input), _known(self._api.tick)
        return idle_from((now - last) % _TICKS, 1000) if last is not None and now is not None else None


def full_screen(state: int | None) -> bool | None:
    """Whether a program fills the screen. Nobody tells while the screen is locked."""
    return None if state is None or state not in range(BUSY, APP + 1) else state in _FILLED


def do_not_disturb(state: int | None) -> bool | None:
    """Whether the person asked for quiet: presentation settings, or the hours after a first logon."""
    return None if state is None or state not in range(BUSY, APP + 1) else state in {PRESENTATION, QUIET}


def in_use(uses: Iterator[tuple[int, int]]) -> bool:
    """Whether a use has begun and not ended."""
    return any(began and not ended for began, ended in uses)


def _known(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except Exception:  # noqa: BLE001 - a function that is not there, a key that is not, a right that is not
        return None


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


class Native:
    """The real one."""

    def __init__(self) -> None:
        self._dll: Any = getattr(ctypes, "windll", None)

    def last_input(self) -> int:
        """See Api."""

        class Info(ctypes.Structure):
            _fields_ = (("size", ctypes.c_uint32), ("tick", ctypes.c_uint32))

        info = Info(ctypes.sizeof(Info))
        if not self._dll.user32.GetLastInputInfo(ctypes.byref(info)):
            raise OSError("no last input")
        return int(info.tick)

    def tick(self) -> int:
        """See Api."""
        return int(self._dll.kernel32.GetTickCount()) % _TICKS

    def notification_state(self) -> int:
        """See Api."""
        state = ctypes.c_int()
        if self._dll.shell32.SHQueryUserNotificationState(ctypes.byref(state)):
            raise OSError("no notification state")
        return state.value

    def session_flags(self) -> int:
        """See Api. In WTSINFOEX, the level is followed by session, state and flags, aligned to eight bytes."""
        buffer, size = ctypes.c_void_p(), ctypes.c_uint32()
        api = self._dll.wtsapi32
        current = -1
        if not api.WTSQuerySessionInformationW(
            None, current, _SESSION_INFO_EX, ctypes.byref(buffer), ctypes.byref(size)
        ):
            raise OSError("no session")
        try:
            return flags_in(ctypes.string_at(buffer.value or 0, size.value))
        finally:
            api.WTSFreeMemory(buffer)

    def uses(self, device: str) -> Iterator[tuple[int, int]]:
        """See Api. Packaged programs stand in the key of the device, all others one key deeper."""
        import importlib

        registry: Any = importlib.import_module("winreg")
        key = rf"{_CONSENT}\{device}"
        yield from _uses_in(registry, key)
        yield from _uses_in(registry, rf"{key}\NonPackaged")


def flags_in(info: bytes) -> int:
    """The session's flags in a WTSINFOEX of level 1."""
    level, flags = struct.unpack_from("<I12xi", info)
    if level != 1:
        raise OSError("another level")
    return int(flags)


def _uses_in(registry: Any, key: str) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    with registry.OpenKey(registry.HKEY_CURRENT_USER, key) as folder:
        names = [registry.EnumKey(folder, number) for number in range(registry.QueryInfoKey(folder)[0])]
        for name in names:
            with registry.OpenKey(folder, name) as program:
                yield _time(registry, program, "LastUsedTimeStart"), _time(registry, program, "LastUsedTimeStop", 1)


def _time(registry: Any, program: Any, name: str, missing: int = 0) -> int:  # noqa: ANN401
    try:
        return int(registry.QueryValueEx(program, name)[0])
    except (OSError, TypeError, ValueError):
        return missing


if TYPE_CHECKING:
    from coach.services.ports import Computer

    _fits: type[Computer] = WindowsComputer
