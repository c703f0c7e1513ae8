"""What happened between two looks at the clock: the computer slept, the clock was set, the person travelled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.reminders.wall import wall_time, zone_of

if TYPE_CHECKING:
    from datetime import datetime

    from coach.clock import Clock

LOOK_EVERY_S = 60.0
"""A wait is never longer, because timers stand still while the computer sleeps."""

SLACK_S = 90.0
"""Later than planned by so much, the computer slept; so far apart, one of the two clocks was set."""


class Cause(StrEnum):
    """Why to look at the reminders."""

    DUE = "due"
    WOKE = "woke"
    CLOCK = "clock"  # the wall clock was set
    ZONE = "zone"  # the person is in another time zone
    NEW_DAY = "new_day"


@dataclass(frozen=True, slots=True)
class Glance:
    """Both clocks and the zone at one moment."""

    now: datetime
    monotonic: float
    zone: str

    @classmethod
    def at(cls, clock: Clock, zone: str) -> Glance:
        """What the clocks show."""
        return cls(clock.now(), clock.monotonic(), zone)


def cause_between(before: Glance, after: Glance, waited_s: float = LOOK_EVERY_S) -> Cause | None:
    """What happened between two looks that were to be `waited_s` seconds apart; the weightiest, None for nothing."""
    passed = after.monotonic - before.monotonic
    if abs((after.now - before.now).total_seconds() - passed) > SLACK_S:
        return Cause.CLOCK
    if after.zone != before.zone:
        return Cause.ZONE
    if passed > waited_s + SLACK_S:
        return Cause.WOKE
    if _date(after) != _date(before):
        return Cause.NEW_DAY
    return None


def _date(glance: Glance) -> object:
    return wall_time(glance.now, zone_of(glance.zone)).date()
