"""The days ahead, or those behind, as data: every slot, and why it is or is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coach.domain.reminders.judge import day_of
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import ReminderKind
from coach.domain.reminders.scene import Scene
from coach.domain.reminders.wall import DAY, days_from

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from coach.domain.reminders.ledger import History
    from coach.domain.reminders.rule import Reminder


def week_plan(
    rules: Iterable[Reminder],
    history: History,
    now: datetime,
    zone: str,
    days: int = 7,
    *,
    start: date | None = None,
) -> tuple[Occurrence, ...]:
    """All occurrences of `days` local dates from `start` (today) on, by date, then in the order of `rules` and slots.

    What would have rung by `now` is PAST. A morning check is CONDITIONAL after a date with strength work planned.
    """
    wanted = tuple(rules)
    scene = Scene.of(history, now, zone)
    dates = tuple(days_from(start or scene.today, days))
    routines = [rule for rule in wanted if rule.kind is ReminderKind.ROUTINE and rule.on]
    if routines:
        # Of the day before the first one too, which decides about that one's morning.
        eve = (dates[0] - DAY,) if dates and dates[0] > date.min else ()
        scene = replace(scene, training=_training(routines, (*eve, *dates), scene))
    return tuple(_told(each, now) for day in dates for rule in wanted for each in day_of(rule, day, scene))


def _training(routines: Iterable[Reminder], dates: tuple[date, ...], scene: Scene) -> frozenset[date]:
    strength = [rule for rule in routines if rule.routine_id not in scene.history.gentle]
    return frozenset(day for day in dates for rule in strength for each in day_of(rule, day, scene) if each.why.rings)


def _told(occurrence: Occurrence, now: datetime) -> Occurrence:
    return replace(occurrence, why=Why.PAST, cause=None) if occurrence.rings_by(now) else occurrence


def occurrence(
    rule: Reminder, history: History, now: datetime, zone: str, local_date: date, slot: str
) -> Occurrence | None:
    """One occurrence as it stands now, None where the rule has no such slot any more.

    For what waited for a better moment: show it only if it still `rings_by(now)`.
    """
    found = day_of(rule, local_date, Scene.of(history, now, zone))
    return next((each for each in found if each.slot == slot), None)
