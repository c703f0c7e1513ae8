"""Stand-ins for the outside world: time that moves only when a test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.clock import Clock

START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
"""A Sunday morning, the day of the designed screens."""


class FakeClock:
    """A `coach.clock.Clock` whose wall and monotonic time move only when told."""

    def __init__(self, now: datetime = START, monotonic: float = 1000.0) -> None:
        self._now = now
        self._monotonic = monotonic

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that only ever grow, also through a sleep of the machine."""
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let time pass, whether the machine is awake or asleep."""
        if seconds < 0:
            raise ValueError("time does not run backwards; set_now() moves the wall clock")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_now(self, now: datetime) -> None:
        """Step the wall clock, as a person or a time server does; monotonic time does not notice."""
        self._now = now


if TYPE_CHECKING:
    _fits: Clock = FakeClock()
