"""One occurrence of a reminder on one local date, and why it is or is not there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from coach.domain.reminders.ledger import Entry, Key


class Why(StrEnum):
    """Why an occurrence is or is not there. Those that ring come first."""

    DUE = "due"
    MOVED = "moved"  # later the same day; `cause` says what pushed it
    MADE_UP = "made_up"  # a day off, but yesterday's was missed
    SNOOZED = "snoozed"
    SECOND_CALL = "second_call"  # shown once, not answered

    CONDITIONAL = "conditional"  # only if the day before, or sitting for long, calls for it
    SHOWN = "shown"  # on screen, waits for an answer
    OFF = "off"
    WEEKDAY_OFF = "weekday_off"
    REST_DAY = "rest_day"
    NO_SUCH_DAY = "no_such_day"  # the zone's calendar skips this date
    NOT_CALLED_FOR = "not_called_for"  # the day before had neither strength work nor much pain
    ALREADY_DONE = "already_done"
    SKIPPED_TODAY = "skipped_today"
    QUIET_HOURS = "quiet_hours"
    HEAVY_WORK = "heavy_work"  # less than 48 h after calf work of level 4 or 5
    PAUSED = "paused"
    LOCKED = "locked"  # a safety stop is open
    MERGED = "merged"  # comes together with a later one of the same reminder, at `at`
    OUTSIDE_HOURS = "outside_hours"
    PAST = "past"  # over; `entry` says what became of it, if anything did

    @property
    def rings(self) -> bool:
        """Whether the person is to be reminded."""
        return self in RINGING


RINGING = frozenset({Why.DUE, Why.MOVED, Why.MADE_UP, Why.SNOOZED, Why.SECOND_CALL})


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What is planned on `local_date` for `slot` (`18:30`), and why it is or is not there.

    `at` is the UTC instant at which it rings, or would; None where there is none. `cause` goes with MOVED, and `entry`
    is the newest line of the ledger about it.
    """

    reminder: UUID
    local_date: date
    slot: str
    at: datetime | None
    why: Why
    cause: Why | None = None
    entry: Entry | None = None

    @property
    def key(self) -> Key:
        """The ledger's key of it."""
        return self.reminder, self.local_date, self.slot

    def rings_by(self, now: datetime) -> bool:
        """Whether its time has come."""
        return self.why.rings and self.at is not None and self.at <= now

    def rings_after(self, now: datetime) -> bool:
        """Whether its time is still to come."""
        return self.why.rings and self.at is not None and self.at > now
