"""One reminder as the person set it: what for, when, and in what manner. Checked as a whole when it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from coach.domain.reminders.check import faults_of
from coach.domain.reminders.parts import (
    EVERY_DAY,
    AtTimes,
    BadReminderError,
    Manner,
    Pause,
    ReminderKind,
    SkipDone,
    Weekday,
    When,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder. Raises `BadReminderError` when it cannot be.

    `since` is when it was made or its times were last changed (aware): nothing before that can have been missed.
    `rest_days` are single days off. `routine_id` is what a routine, first-steps or sitting reminder starts.
    """

    id: UUID
    kind: ReminderKind
    when: When
    since: datetime
    weekdays: frozenset[Weekday] = EVERY_DAY
    routine_id: str = ""
    text: str = ""
    on: bool = True
    skip_done: SkipDone = SkipDone.DAY
    rest_days: frozenset[date] = frozenset()
    pause: Pause | None = None
    manner: Manner = field(default_factory=Manner)

    def __post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            raise BadReminderError(faults)

    def slots(self) -> Iterator[time]:
        """The local times of one day, in order; for sitting, the start of its hours."""
        if isinstance(self.when, AtTimes):
            yield from self.when.times
            return
        if self.kind is ReminderKind.SITTING:
            yield self.when.start
            return
        at, last = (timedelta(hours=t.hour, minutes=t.minute) for t in (self.when.start, self.when.end))
        while at <= last:
            minutes = at // timedelta(minutes=1)
            yield time(minutes // 60, minutes % 60)
            at += timedelta(minutes=self.when.every_min)
