"""Which days the reminders of routines asked for, as they stood at the end of each day."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from coach.domain.reminders.parts import ReminderKind, Weekday

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from coach.domain.progress.points import RuleSince
    from coach.domain.reminders.rule import Reminder

NOON = time(12, tzinfo=UTC)
"""A pause counts for a date if it covers its noon: instants have a zone, and a date as lived need not say which."""


class Planned:
    """Answers day after day, in order."""

    def __init__(self, rules: Iterable[RuleSince]) -> None:
        """`rules`: all reminders as they stood over time, oldest first."""
        changes = [(since.day, number, since) for number, since in enumerate(rules)]
        self._ahead = sorted(changes, key=lambda change: change[:2], reverse=True)
        self._newest: dict[UUID, tuple[int, RuleSince]] = {}
        self._in_force: tuple[Reminder, ...] = ()
        self._weekdays: frozenset[Weekday] | None = None

    def on(self, day: date) -> bool | None:
        """Whether a day has a session planned; None where no reminder of a routine is in force.

        Days must be asked about in order.
        """
        if self._ahead and self._ahead[-1][0] <= day:
            self._change(day)
        if not self._in_force:
            return None
        if self._weekdays is not None:
            return day.weekday() in self._weekdays
        return any(_asks(rule, day) for rule in self._in_force)

    def _change(self, day: date) -> None:
        while self._ahead and self._ahead[-1][0] <= day:
            _, number, since = self._ahead.pop()
            # Somebody who flew west writes a later change under an earlier date: the later one holds.
            if number >= self._newest.get(since.rule.id, (0, since))[0]:
                self._newest[since.rule.id] = number, since
        self._in_force = tuple(
            since.rule
            for _, since in self._newest.values()
            if since.rule.kind is ReminderKind.ROUTINE and since.rule.on and not since.removed
        )
        # Without single days off and pauses the weekdays say it all: a decade is a calendar in milliseconds.
        plain = not any(rule.rest_days or rule.pause for rule in self._in_force)
        self._weekdays = frozenset().union(*(rule.weekdays for rule in self._in_force)) if plain else None


def _asks(rule: Reminder, day: date) -> bool:
    if day.weekday() not in rule.weekdays or day in rule.rest_days:
        return False
    return rule.pause is None or not rule.pause.covers(datetime.combine(day, NOON))
