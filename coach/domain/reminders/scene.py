"""One look at the past: the history, indexed once for all the rules, dates and slots that are judged by it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.domain.reminders.ledger import Answer
from coach.domain.reminders.parts import ReminderKind, SkipDone, Within
from coach.domain.reminders.wall import wall_time, zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, tzinfo
    from uuid import UUID

    from coach.domain.reminders.ledger import Done, Entry, History, Key
    from coach.domain.reminders.rule import Reminder

HEAVY_REST = timedelta(hours=48)
"""No strength work so soon after calf work of level 4 or 5 (clinical.md 6.9)."""

FRESH_DAYS = {ReminderKind.WEEKLY_CHECK: 3, ReminderKind.SELF_TEST: 27}
"""Done at most so many days before a date counts for that date; a self-test comes every 4 weeks (P)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """History, now and zone; `training` are the dates that have strength work planned, where that is known."""

    history: History
    now: datetime
    zone: tzinfo
    today: date
    entries: Mapping[Key, tuple[Entry, ...]]
    slots: Mapping[tuple[UUID, date], tuple[str, ...]]
    skipped: frozenset[tuple[UUID, date]]
    heavy: tuple[datetime, ...]
    training: frozenset[date] | None = None

    @classmethod
    def of(cls, history: History, now: datetime, zone: str) -> Scene:
        """Look at a history from now, in the zone the person is in; ValueError for a naive instant."""
        where = zone_of(zone)
        entries: dict[Key, tuple[Entry, ...]] = defaultdict(tuple)
        slots: dict[tuple[UUID, date], tuple[str, ...]] = defaultdict(tuple)
        for entry in history.entries:
            if entry.key not in entries:
                slots[entry.key[:2]] += (entry.slot,)
            entries[entry.key] += (entry,)
        skipped = {entry.key[:2] for entry in history.entries if entry.answer is Answer.SKIPPED}
        # What lies ahead was written while the clock was wrong.
        heavy = tuple(sorted(at for at in history.heavy if at <= now))
        today = wall_time(now, where).date()
        return cls(history, now, where, today, dict(entries), dict(slots), frozenset(skipped), heavy)

    def touched(self, rule: Reminder) -> list[date]:
        """The local dates on which the ledger knows an occurrence of a reminder."""
        return [day for reminder, day in self.slots if reminder == rule.id]

    def heavy_until(self, at: datetime) -> datetime | None:
        """Until when strength work has to rest, if it has to at an instant."""
        last = max((begun for begun in self.heavy if begun <= at), default=None)
        return last + HEAVY_REST if last is not None and at < last + HEAVY_REST else None

    def is_done(self, rule: Reminder, day: date, number: int, planned: datetime) -> bool:
        """Whether what a reminder asks for is done already, for slot `number` (from 0) of a date."""
        if rule.skip_done is SkipDone.NEVER:
            return False
        done = self.done_by(rule)
        if rule.kind in FRESH_DAYS:
            return any(0 <= (day - d.local_date).days <= FRESH_DAYS[rule.kind] for d in done)
        if isinstance(rule.when, Within) and (rule.skip_done is SkipDone.EACH or rule.kind is ReminderKind.SITTING):
            interval = timedelta(minutes=rule.when.every_min)
            return any(-interval < d.at - planned < interval for d in done)
        times = sum(d.local_date == day for d in done)
        return times > (number if rule.skip_done is SkipDone.EACH else 0)

    def done_by(self, rule: Reminder) -> list[Done]:
        """What was done of that which a reminder asks for."""
        return [
            done
            for done in self.history.done
            if done.kind is rule.kind and (rule.kind is not ReminderKind.ROUTINE or done.routine_id == rule.routine_id)
        ]
