"""What happened to reminders, and what was done: the past that decides about the next one.

Entries are only ever added, in the order in which they were written. All entries of one occurrence share its key
(reminder, local date, slot); the slot is the local time at which it was planned, such as `18:30`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from coach.domain.reminders.parts import ReminderKind

Key = tuple["UUID", "date", str]
"""Reminder, local date, slot: one occurrence."""


class Answer(StrEnum):
    """What became of an occurrence."""

    SHOWN = "shown"  # on screen, not answered yet
    SNOOZED = "snoozed"
    STARTED = "started"
    DISMISSED = "dismissed"
    SKIPPED = "skipped"  # not today: the reminder's whole day
    MISSED = "missed"

    @property
    def final(self) -> bool:
        """Whether nothing more can become of it by itself."""
        return self not in {Answer.SHOWN, Answer.SNOOZED}


class Missed(StrEnum):
    """Why a reminder did not reach the person."""

    ASLEEP = "asleep"
    APP_CLOSED = "app_closed"
    DO_NOT_DISTURB = "do_not_disturb"
    IN_A_CALL = "in_a_call"
    QUIET_HOURS = "quiet_hours"
    SCREEN_LOCKED = "locked"
    FULL_SCREEN = "full_screen"
    TYPING = "typing"
    TRAVEL = "travel"  # the local time jumped over it
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `missed` goes with MISSED, `until` (aware) with SNOOZED; `at` is aware."""

    reminder: UUID
    local_date: date
    slot: str
    answer: Answer
    at: datetime
    missed: Missed | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        if (self.missed is not None) != (self.answer is Answer.MISSED):
            raise ValueError("a missed reminder, and only one, says why")
        if (self.until is not None) != (self.answer is Answer.SNOOZED):
            raise ValueError("a snoozed reminder, and only one, says until when")

    @property
    def key(self) -> Key:
        """Which occurrence."""
        return self.reminder, self.local_date, self.slot


@dataclass(frozen=True, slots=True)
class Done:
    """Something a reminder asks for was done: when, and on which local date as lived.

    A short version counts for the routine it stands for: one `Done` for each routine id that is satisfied.
    """

    kind: ReminderKind
    at: datetime
    local_date: date
    routine_id: str = ""


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The wall clock was set: what it showed before and after. Nothing in between was missed."""

    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class History:
    """The past as the rules need it, of 60 days or more; a longer one only costs time.

    `strained` are local dates with strength work or pain of 3 or more, `heavy` the instants after which strength work
    rests for 48 h: calf work of levels 4 and 5 (clinical.md 6.9), much pain after a session (rule C1). `gentle` are the
    ids of routines without strength work, `locked_since` is the begin of an open safety stop, and `steps` are the
    settings of the wall clock in their order.
    """

    entries: tuple[Entry, ...] = ()
    done: tuple[Done, ...] = ()
    strained: frozenset[date] = frozenset()
    heavy: tuple[datetime, ...] = ()
    gentle: frozenset[str] = frozenset()
    locked_since: datetime | None = None
    steps: tuple[ClockStep, ...] = ()
