"""Which days the reminders of routines asked for, as they stood at the end of each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.reminders.parts import AtTimes, ReminderKind, Weekday
from coach.domain.reminders.wall import instant, wall_time, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from coach.domain.progress.points import RuleSince
    from coach.domain.reminders.parts import Pause, When


class Planned:
    """Answers day after day, in order."""

    def __init__(self, rules: Iterable[RuleSince]) -> None:
        """`rules`: all reminders as they stood over time, oldest first."""
        changes = [(since.day, number, since) for number, since in enumerate(rules)]
        self._ahead = sorted(changes, key=lambda change: change[:2], reverse=True)
        self._newest: dict[UUID, tuple[int, RuleSince]] = {}
        self._in_force: tuple[RuleSince, ...] = ()
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
        return any(_asks(since, day) for since in self._in_force)

    def _change(self, day: date) -> None:
        while self._ahead and self._ahead[-1][0] <= day:
            _, number, since = self._ahead.pop()
            # Somebody who flew west writes a later change under an earlier date: the later one holds.
            if number >= self._newest.get(since.rule.id, (0, since))[0]:
                self._newest[since.rule.id] = number, since
        self._in_force = tuple(
            since
            for _, since in self._newest.values()
            if since.rule.kind is ReminderKind.ROUTINE and since.rule.on and not since.removed
        )
        # Without single days off and pauses the weekdays say it all: a decade is a calendar in milliseconds.
        rules = [since.rule for since in self._in_force]
        plain = not any(rule.rest_days or rule.pause for rule in rules)
        self._weekdays = frozenset().union(*(rule.weekdays for rule in rules)) if plain else None


def _asks(since: RuleSince, day: date) -> bool:
    rule = since.rule
    if day.weekday() not in rule.weekdays or day in rule.rest_days:
        return False
    return rule.pause is None or not _silences(rule.pause, rule.when, day, since.zone)


def _silences(pause: Pause, when: When, day: date, zone: str) -> bool:
    """Whether a pause leaves nothing of a day: it covers the first time, and what it covers cannot come after it."""
    if not pause.since.toordinal() - 1 <= day.toordinal() <= pause.until.toordinal() + 1:
        return False  # told without looking at zones: an old pause stays in its reminder
    clocks = zone_of(zone)
    first = instant(day, when.times[0] if isinstance(when, AtTimes) else when.start, clocks)
    return first is not None and pause.covers(first) and wall_time(pause.until, clocks).date() > day
