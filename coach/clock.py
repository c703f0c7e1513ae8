"""The only place that asks what time it is; rules take `now` as a parameter.

Two kinds of time: `now()` is wall-clock time, aware and in UTC, for the diary; `monotonic()` is seconds from an
arbitrary start that never jump back and go on while the machine sleeps, for everything that runs on screen.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Clock(Protocol):
    """What the rest of the program needs to know about time."""

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow, also through a sleep of the machine."""
        ...


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that only ever grow, also through a sleep of the machine."""
        return _seconds()


def _clock_through_sleep() -> Callable[[], float]:
    """The system's monotonic clock that counts sleep: it has another name on each platform."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        # On Linux plain CLOCK_MONOTONIC, which `time.monotonic` reads, stands still during suspend; on macOS it is the
        # one that goes on; Windows has neither and its `time.monotonic` counts sleep.
        clock = getattr(time, name, None)
        if clock is not None:
            return partial(time.clock_gettime, clock)
    return time.monotonic


_seconds = _clock_through_sleep()
