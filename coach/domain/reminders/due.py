"""The next time a reminder rings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coach.domain.reminders.judge import day_of
from coach.domain.reminders.scene import Scene
from coach.domain.reminders.wall import DAY, days_from, wall_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coach.domain.reminders.ledger import History
    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.rule import Reminder

HORIZON_DAYS = 42
"""How far ahead the next one is looked for: a self-test's 4 weeks and any weekday; single days off come on top."""

PUT_OFF_DAYS = 7
"""Ten snoozes of half a day each reach five days ahead."""


def next_due(rule: Reminder, history: History, now: datetime, zone: str) -> Occurrence | None:
    """The next occurrence that rings after `now` (aware), for a person in `zone` (IANA name).

    None where none rings within six weeks; a sitting reminder rings by `sitting.sitting_now`, and here only after a
    snooze. The answer holds until the rule, the history, the zone or the local date changes: then ask again.
    """
    return next_in(rule, Scene.of(history, now, zone))


def next_in(rule: Reminder, scene: Scene) -> Occurrence | None:
    """As `next_due`, for many rules and one look at the past."""
    if not rule.on:
        return None
    first: Occurrence | None = None
    for day in _days_ahead(rule, scene):
        if first is not None and first.at is not None and day > wall_time(first.at, scene.zone).date():
            break  # nothing rings before its own date
        ahead = [each for each in day_of(rule, day, scene) if each.rings_after(scene.now)]
        first = min((first, *ahead) if first else ahead, key=_by_time, default=None)
    return first


def _by_time(occurrence: Occurrence) -> tuple[datetime | None, str]:
    return occurrence.at, occurrence.slot


def _days_ahead(rule: Reminder, scene: Scene) -> Iterator[date]:
    start = scene.today
    count = HORIZON_DAYS + 7 * sum(day >= start for day in rule.rest_days)
    if rule.pause is not None and rule.pause.covers(scene.now):
        start = wall_time(rule.pause.until, scene.zone).date()
    # What was put off from an earlier day may still ring.
    back = max((start - day for day in scene.touched(rule) if day < start), default=DAY)
    back = min(max(back, DAY), PUT_OFF_DAYS * DAY, start - date.min)
    return days_from(start - back, count + back.days)
