"""Where in its day a reminder can ring: what pushes it, what drops it, and what comes together.

Strength reminders (routines with strength work, self-tests) wait for 48 h after heavy work, all of them for the end of
a pause and of the quiet hours. What is pushed stays on its date: it rings later that day or not at all. In a safety
stop everything is silent (clinical.md 3.8).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import InQuiet, Quiet, ReminderKind
from coach.domain.reminders.wall import DAY, instant, wall_time

if TYPE_CHECKING:
    from datetime import tzinfo

    from coach.domain.reminders.rule import Reminder
    from coach.domain.reminders.scene import Scene

TOGETHER = timedelta(minutes=30)
"""A pushed reminder is dropped when another slot of the same reminder follows so soon (design.md 10.7)."""


def locked(at: datetime, scene: Scene) -> bool:
    """Whether a safety stop silences everything at an instant."""
    return scene.history.locked_since is not None and at >= scene.history.locked_since


def placed(rule: Reminder, call: Occurrence, scene: Scene) -> Occurrence:
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


def merged(
    rule: Reminder, found: tuple[Occurrence, ...], slots: tuple[time, ...], scene: Scene
) -> tuple[Occurrence, ...]:
    """Without those that were pushed, by a rule or by a clock change, to shortly before another one."""
    kept = list(found)
    for number, each in enumerate(found):
        if each.at is None or not _is_displaced(each, slots[number], scene):
            continue
        for later, clock in zip(found[number + 1 :], slots[number + 1 :], strict=True):
            at = _natural(rule, later, clock, scene)
            if at is not None and each.at <= at <= each.at + TOGETHER:
                kept[number] = replace(each, at=at, why=Why.MERGED, cause=None)
                break
    return tuple(kept)


def _is_displaced(each: Occurrence, clock: time, scene: Scene) -> bool:
    if each.at is None or each.why not in {Why.DUE, Why.MOVED, Why.CONDITIONAL}:
        return False
    return each.why is Why.MOVED or wall_time(each.at, scene.zone).time() != clock


def _natural(rule: Reminder, each: Occurrence, clock: time, scene: Scene) -> datetime | None:
    """When a slot rings or rang by the rules alone: an answer to it does not set free what came together with it."""
    if each.entry is None:
        return each.at if each.why.rings or each.why is Why.CONDITIONAL else None
    at = instant(each.local_date, clock, scene.zone)
    found = None if at is None else placed(rule, replace(each, at=at, why=Why.DUE), scene)
    return found.at if found is not None and found.why.rings else None
