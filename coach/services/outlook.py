"""Reminders and their past in one piece that never changes: what a window, a tray icon and the alarm clock ask.

Every question is a pure function of this, the instant and the zone the person is in, so any thread may ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coach.domain.reminders.due import next_in
from coach.domain.reminders.ledger import Answer, History
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import ReminderKind, slot_name
from coach.domain.reminders.plan import occurrence, week_plan
from coach.domain.reminders.scene import Scene
from coach.domain.reminders.sitting import sitting_now
from coach.domain.reminders.wall import wall_time, zone_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from coach.domain.reminders.ledger import Entry, Key
    from coach.domain.reminders.rule import Reminder


@dataclass(frozen=True, slots=True)
class Call:
    """A reminder that is to be shown: `snooze_min` are the snoozes that may be offered, none once they are used up."""

    reminder: Reminder
    occurrence: Occurrence
    snooze_min: tuple[int, ...] = ()

    @property
    def key(self) -> Key:
        """The ledger's key of it."""
        return self.occurrence.key


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of one occurrence, in the order in which it was written; never empty.

    `reminder` is None for one that was removed.
    """

    reminder: Reminder | None
    entries: tuple[Entry, ...]

    @property
    def key(self) -> Key:
        """Which occurrence."""
        return self.entries[0].key

    @property
    def final(self) -> Entry | None:
        """What became of it in the end, None while that is open."""
        return next((entry for entry in self.entries if entry.answer.final), None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All reminders as they are now, oldest first, and the past that decides about them."""

    rules: tuple[Reminder, ...] = ()
    history: History = field(default_factory=History)

    def rule(self, reminder: UUID) -> Reminder | None:
        """A reminder by its id."""
        return next((rule for rule in self.rules if rule.id == reminder), None)

    def with_rule(self, draft: Reminder) -> Outlook:
        """The same with a reminder added or changed: what a draft would lead to."""
        if self.rule(draft.id) is None:
            return replace(self, rules=(*self.rules, draft))
        return replace(self, rules=tuple(draft if rule.id == draft.id else rule for rule in self.rules))

    def plan(self, now: datetime, zone: str) -> dict[UUID, datetime]:
        """The next instant of each reminder that has one, as `coach.reminders.alarm.Alarm` asks for it."""
        scene = Scene.of(self.history, now, zone)
        found = ((rule.id, next_in(rule, scene)) for rule in self.rules)
        return {key: each.at for key, each in found if each is not None and each.at is not None}

    def next_call(self, now: datetime, zone: str) -> Call | None:
        """The reminder that rings next, None where none does within six weeks."""
        scene = Scene.of(self.history, now, zone)
        found = [(each.at, rule, each) for rule in self.rules if (each := next_in(rule, scene)) and each.at]
        first = min(found, key=lambda item: item[0], default=None)
        return None if first is None else self._call(first[1], first[2])

    def ring_now(self, now: datetime, zone: str) -> Call | None:
        """The next routine's reminder, brought forward by hand; None where there is none.

        One of a later date stays as it is: what rings is an occurrence of its own, which cannot be snoozed.
        """
        routines = replace(self, rules=tuple(rule for rule in self.rules if rule.kind is ReminderKind.ROUTINE))
        found, shown = routines.next_call(now, zone), wall_time(now, zone_of(zone))
        if found is None or found.occurrence.local_date == shown.date():
            return found
        own = Occurrence(found.reminder.id, shown.date(), slot_name(shown.time()), now, Why.DUE)
        return Call(found.reminder, own)

    def week(self, now: datetime, zone: str, days: int = 7, start: date | None = None) -> tuple[Occurrence, ...]:
        """Every slot of `days` local dates from `start` (today) on, by date, and why it is or is not there."""
        return week_plan(self.rules, self.history, now, zone, days, start=start)

    def call(self, key: Key, now: datetime, zone: str) -> Call | None:
        """What waited for a better moment, if it is still due.

        Not what came about by sitting or by hand: that is of its moment, and known only once it was shown.
        """
        rule = self.rule(key[0])
        found = occurrence(rule, self.history, now, zone, *key[1:]) if rule is not None else None
        return self._call(rule, found) if rule is not None and found is not None and found.rings_by(now) else None

    def sitting(self, reminder: UUID, now: datetime, zone: str) -> Call | None:
        """The call of a sitting reminder whose minutes have been sat just now; None if it has a reason for silence."""
        rule = self.rule(reminder)
        if rule is None or rule.kind is not ReminderKind.SITTING:
            return None
        found = sitting_now(rule, self.history, now, zone)
        known = any(entry.key == found.key for entry in self.history.entries)
        return self._call(rule, found) if found.why.rings and not known else None

    def stories(self, since: date) -> tuple[Story, ...]:
        """What became of each occurrence from a local date on, the newest first."""
        found: dict[Key, list[Entry]] = {}
        for entry in self.history.entries:
            if entry.local_date >= since:
                found.setdefault(entry.key, []).append(entry)
        ordered = sorted(found.values(), key=lambda told: (told[0].local_date, told[0].slot), reverse=True)
        return tuple(Story(self.rule(told[0].reminder), tuple(told)) for told in ordered)

    def calls(self, occurrences: tuple[Occurrence, ...]) -> tuple[Call, ...]:
        """Occurrences with their reminders."""
        found = ((self.rule(each.reminder), each) for each in occurrences)
        return tuple(self._call(rule, each) for rule, each in found if rule is not None)

    def _call(self, rule: Reminder, found: Occurrence) -> Call:
        used = sum(e.answer is Answer.SNOOZED for e in self.history.entries if e.key == found.key)
        return Call(rule, found, rule.manner.snooze_min if used < rule.manner.snoozes else ())
