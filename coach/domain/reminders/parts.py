"""What a reminder is made of: kinds, days, times and manner.

Defaults come from clinical.md 6.9 and the designed screen of reminders; all of them are choices of ours (P).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class ReminderKind(StrEnum):
    """What a reminder is for, in the order in which one is preferred when several come together."""

    ROUTINE = "routine"
    FIRST_STEPS = "first_steps"  # the stretch before the first steps of the day
    MORNING_CHECK = "morning_check"  # the morning after strength work or pain of 3 or more
    SITTING = "sitting"  # stand up, loosen the calf
    WEEKLY_CHECK = "weekly_check"
    SELF_TEST = "self_test"


class Weekday(IntEnum):
    """As `date.weekday()` counts; names, not numbers, are what is written down."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


EVERY_DAY = frozenset(Weekday)


class SkipDone(StrEnum):
    """When what a reminder asks for was done already."""

    NEVER = "never"  # remind all the same
    DAY = "day"  # once done, no more that day
    EACH = "each"  # twice a day means twice: each time done spares one reminder


class InQuiet(StrEnum):
    """What becomes of a reminder inside the quiet hours."""

    MOVE = "move"  # to their end, if that is the same day; else dropped
    DROP = "drop"


class IfMissed(StrEnum):
    """What becomes of a reminder that was missed."""

    OFFER = "offer"  # a short version, once, within the grace
    MOVE = "move"  # the next day at the same time, if this reminder has that day off; else dropped
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class AtTimes:
    """At these local times of day, in order."""

    times: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Every so many minutes from `start` on, `end` included: a fixed grid, so that the week can be shown.

    What was done less than one interval before makes a reminder skip its turn. For sitting there is no grid: the
    minutes are those of sitting without a break, and the hours say when that counts.
    """

    start: time
    end: time
    every_min: int


When = AtTimes | Within


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours without reminders, `end` not included; over midnight when `end` is the earlier one."""

    start: time
    end: time

    def covers(self, clock: time) -> bool:
        """Whether a local time lies in the quiet hours."""
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class Manner:
    """The rules for all reminders, or one reminder's own.

    `snooze_min` are the lengths offered, the first one being the usual; after `snoozes` of them it is silent.
    `nudge_min` after a reminder that nobody answered comes one gentle second call; None for none.
    """

    quiet: Quiet | None = Quiet(time(21), time(7))
    in_quiet: InQuiet = InQuiet.MOVE
    snooze_min: tuple[int, ...] = (10, 30, 60)
    snoozes: int = 3
    nudge_min: int | None = 15
    if_missed: IfMissed = IfMissed.OFFER
    wait_while_presenting: bool = True
    sound: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """No reminders from `since` until `until`, both aware; a clock set back before `since` ends it too."""

    since: datetime
    until: datetime

    def covers(self, at: datetime) -> bool:
        """Whether the pause is in force at an instant."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of a reminder: its name and one phrase that says what was expected."""

    field: str
    phrase: str


class BadReminderError(ValueError):
    """A reminder that cannot be: `faults` names every field in question."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.phrase}" for fault in faults))
        self.faults = faults


def slot_name(clock: time) -> str:
    """`18:30`: how a slot is named in the ledger."""
    return clock.strftime("%H:%M")
