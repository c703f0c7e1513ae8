"""Each slot of a local date judged: the first reason that applies wins.

What the ledger and the day as a whole say comes first, then where in the day it can be placed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from coach.domain.reminders.ledger import Answer
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import IfMissed, ReminderKind, Weekday, Within, slot_name
from coach.domain.reminders.placing import locked, merged, placed
from coach.domain.reminders.wall import DAY, instant

if TYPE_CHECKING:
    from datetime import date

    from coach.domain.reminders.ledger import Entry
    from coach.domain.reminders.rule import Reminder
    from coach.domain.reminders.scene import Scene


def day_of(rule: Reminder, day: date, scene: Scene) -> tuple[Occurrence, ...]:
    """All slots of a local date in order, each with its reason; what rang already still counts as ringing.

    A sitting reminder has one conditional slot named by its hours (`09:00-17:00`), after those that came about.
    """
    if rule.kind is ReminderKind.SITTING:
        known = scene.slots.get((rule.id, day), ())
        came = (_judged(rule, day, 0, datetime.strptime(slot, "%H:%M").time(), scene) for slot in known)  # noqa: DTZ007
        return (*came, _sitting(rule, day, scene))
    slots = tuple(rule.slots())
    found = tuple(_judged(rule, day, number, clock, scene) for number, clock in enumerate(slots))
    return found if len(found) == 1 else merged(rule, found, slots, scene)


def whole_day(rule: Reminder, day: date, scene: Scene) -> Why | None:
    """What keeps a reminder silent on a local date as a whole, or None."""
    if not rule.on:
        return Why.OFF
    if day in rule.rest_days:
        return Why.REST_DAY
    if Weekday(day.weekday()) not in rule.weekdays:
        # A day off from a routine is rest, and rest is part of the plan.
        return Why.REST_DAY if rule.kind is ReminderKind.ROUTINE else Why.WEEKDAY_OFF
    if (rule.id, day) in scene.skipped:
        return Why.SKIPPED_TODAY
    if rule.kind is ReminderKind.MORNING_CHECK and _called_for(day, scene) is False:
        return Why.NOT_CALLED_FOR
    return None


def _called_for(day: date, scene: Scene) -> bool | None:
    """Whether the day before calls for a morning check; None while that day is still to be lived."""
    before = day - DAY if day > day.min else day
    if before in scene.history.strained:
        return True
    if before < scene.today or (scene.training is not None and before not in scene.training):
        return False
    return None


def _judged(rule: Reminder, day: date, number: int, clock: time, scene: Scene) -> Occurrence:
    slot = slot_name(clock)
    entries = scene.entries.get((rule.id, day, slot), ())
    planned = instant(day, clock, scene.zone)
    blank = Occurrence(rule.id, day, slot, planned, Why.NO_SUCH_DAY, None, entries[-1] if entries else None)
    if planned is None:
        return blank
    final = next((entry for entry in entries if entry.answer.final), None)
    if final is not None:
        skipped = final.answer is Answer.SKIPPED
        return replace(blank, why=Why.SKIPPED_TODAY if skipped else Why.PAST, entry=final)
    why = whole_day(rule, day, scene)
    made_up = why is not None and _makes_up(rule, day, blank, why, scene)
    if why is not None and not made_up:
        return replace(blank, why=why)
    if scene.is_done(rule, day, number, planned):
        return replace(blank, why=Why.ALREADY_DONE)
    call = _called(rule, blank, entries)
    if not call.why.rings:
        return call
    found = placed(rule, replace(call, why=Why.MADE_UP) if made_up and call.why is Why.DUE else call, scene)
    if rule.kind is ReminderKind.MORNING_CHECK and found.why.rings and _called_for(day, scene) is None:
        return replace(found, why=Why.CONDITIONAL, cause=None)
    return found


def _makes_up(rule: Reminder, day: date, blank: Occurrence, why: Why, scene: Scene) -> bool:
    """Whether this is a free day that makes up for a slot missed the day before, as was known by its time."""
    if rule.manner.if_missed is not IfMissed.MOVE or why not in {Why.WEEKDAY_OFF, Why.REST_DAY}:
        return False
    if day in rule.rest_days or (rule.id, day) in scene.skipped or day == day.min or blank.at is None:
        return False
    entries = scene.entries.get((rule.id, day - DAY, blank.slot), ())
    missed = any(e.answer is Answer.MISSED and e.at <= blank.at for e in entries)
    made_good = any(e.answer is Answer.STARTED for e in entries) or any(
        done.local_date == day - DAY for done in scene.done_by(rule)
    )
    return missed and not made_good and Weekday((day - DAY).weekday()) in rule.weekdays


def _called(rule: Reminder, blank: Occurrence, entries: tuple[Entry, ...]) -> Occurrence:
    """When it is to ring by what the ledger says: as planned, after a snooze, a second time, or no more."""
    if not entries:
        return replace(blank, why=Why.DUE)
    last = entries[-1]
    if last.until is not None:
        return replace(blank, at=last.until, why=Why.SNOOZED)
    once = len(entries) == 1 or entries[-2].answer is not Answer.SHOWN
    if once and rule.manner.nudge_min is not None:
        return replace(blank, at=last.at + timedelta(minutes=rule.manner.nudge_min), why=Why.SECOND_CALL)
    return replace(blank, at=last.at, why=Why.SHOWN)


def _sitting(rule: Reminder, day: date, scene: Scene) -> Occurrence:
    """The part of a sitting reminder that no clock knows: it comes about if the person sits for long."""
    assert isinstance(rule.when, Within)  # noqa: S101 - checked when the rule was made
    at, end = (instant(day, clock, scene.zone) for clock in (rule.when.start, rule.when.end))
    slot = f"{slot_name(rule.when.start)}-{slot_name(rule.when.end)}"
    if at is None or end is None:
        return Occurrence(rule.id, day, slot, None, Why.NO_SUCH_DAY)
    why = whole_day(rule, day, scene)
    if why is None and end <= scene.now:
        why = Why.PAST
    if why is None and locked(end, scene):
        why = Why.LOCKED
    if why is None and rule.pause is not None and rule.pause.covers(max(at, scene.now)) and rule.pause.covers(end):
        why = Why.PAUSED
    return Occurrence(rule.id, day, slot, at, why or Why.CONDITIONAL)
