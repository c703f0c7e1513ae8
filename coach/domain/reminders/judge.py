"""Each slot of a local date judged: the first reason that applies wins.

Strength reminders (routines with strength work, self-tests) wait for 48 h after heavy work, all of them for the end of
a pause and of the quiet hours. What is pushed stays on its date: it rings later that day or not at all. In a safety
stop everything is silent (clinical.md 3.8).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from coach.domain.reminders.ledger import Answer
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import IfMissed, InQuiet, Quiet, ReminderKind, Weekday, Within, slot_name
from coach.domain.reminders.wall import DAY, instant, wall_time

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from coach.domain.reminders.ledger import Entry
    from coach.domain.reminders.rule import Reminder
    from coach.domain.reminders.scene import Scene

TOGETHER = timedelta(minutes=30)
"""A pushed reminder is dropped when another slot of the same reminder follows so soon (design.md 10.7)."""


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
    return found if len(found) == 1 else _merged(found, slots, scene.zone)


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


def locked(at: datetime, scene: Scene) -> bool:
    """Whether a safety stop silences everything at an instant."""
    return scene.history.locked_since is not None and at >= scene.history.locked_since


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
    placed = _placed(rule, replace(call, why=Why.MADE_UP) if made_up and call.why is Why.DUE else call, scene)
    if rule.kind is ReminderKind.MORNING_CHECK and placed.why.rings and _called_for(day, scene) is None:
        return replace(placed, why=Why.CONDITIONAL, cause=None)
    return placed


def _makes_up(rule: Reminder, day: date, blank: Occurrence, why: Why, scene: Scene) -> bool:
    """Whether this is a free day that makes up for a slot missed the day before, as was known by its time."""
    if rule.manner.if_missed is not IfMissed.MOVE or why not in {Why.WEEKDAY_OFF, Why.REST_DAY}:
        return False
    if day in rule.rest_days or day == day.min or blank.at is None:
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


def _placed(rule: Reminder, call: Occurrence, scene: Scene) -> Occurrence:
    """Pushed behind a pause, heavy work's rest and quiet hours within its day, or dropped with the reason."""
    assert call.at is not None  # noqa: S101 - it has been called
    at, cause = call.at, None
    day = wall_time(at, scene.zone).date()
    while (push := _push(rule, at, scene)) is not None:
        later, cause = push
        dropped = cause is Why.QUIET_HOURS and rule.manner.in_quiet is InQuiet.DROP
        if dropped or later <= at or wall_time(later, scene.zone).date() != day:
            return replace(call, why=cause)
        at = later
    if locked(at, scene):
        return replace(call, why=Why.LOCKED)
    return call if cause is None else replace(call, at=at, why=Why.MOVED, cause=cause)


def _push(rule: Reminder, at: datetime, scene: Scene) -> tuple[datetime, Why] | None:
    """Until when an instant has to wait, and why; None where it need not."""
    if rule.pause is not None and rule.pause.covers(at):
        return rule.pause.until, Why.PAUSED
    heavy = scene.heavy_until(at) if _is_strength(rule, scene) else None
    if heavy is not None:
        return heavy, Why.HEAVY_WORK
    quiet = rule.manner.quiet
    if quiet is None or not quiet.covers(wall_time(at, scene.zone).time()):
        return None
    return quiet_end(quiet, at, scene.zone), Why.QUIET_HOURS


def quiet_end(quiet: Quiet, at: datetime, zone: tzinfo) -> datetime:
    """The instant after `at` at which the quiet hours that cover it end."""
    shown = wall_time(at, zone)
    day = shown.date() if shown.time() < quiet.end else shown.date() + DAY
    end = instant(day, quiet.end, zone)
    if end is None or end <= at:  # the clock was turned back to before the end, which has been once already
        return at + (datetime.combine(day, quiet.end) - shown)
    return end


def _is_strength(rule: Reminder, scene: Scene) -> bool:
    if rule.kind is ReminderKind.ROUTINE:
        return rule.routine_id not in scene.history.gentle
    return rule.kind is ReminderKind.SELF_TEST


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


def _merged(found: tuple[Occurrence, ...], slots: tuple[time, ...], zone: tzinfo) -> tuple[Occurrence, ...]:
    """Without those that were pushed, by a rule or by a clock change, to shortly before another one."""
    kept = list(found)
    for number, each in enumerate(found):
        if each.at is None or each.why not in {Why.DUE, Why.MOVED, Why.CONDITIONAL}:
            continue
        if each.why is not Why.MOVED and wall_time(each.at, zone).time() == slots[number]:
            continue
        for later in found[number + 1 :]:
            if (later.why.rings or later.why is each.why) and later.at and each.at <= later.at <= each.at + TOGETHER:
                kept[number] = replace(each, at=later.at, why=Why.MERGED, cause=None)
                break
    return tuple(kept)
