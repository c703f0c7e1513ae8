"""Long sitting as the cue: active input without a break of three minutes, for so many minutes.

Seconds are those of the monotonic clock, which goes on while the computer sleeps. Where the time since the last input
is not known, nothing is ever due. A break is believed as soon as it is possible: between two looks at the input a
person who may have got up has got up, so that nobody is told to stand up who has just done so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.reminders.judge import whole_day
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import Within, slot_name
from coach.domain.reminders.placing import locked
from coach.domain.reminders.scene import Scene
from coach.domain.reminders.wall import wall_time

if TYPE_CHECKING:
    from datetime import datetime

    from coach.domain.reminders.ledger import History
    from coach.domain.reminders.rule import Reminder

BREAK_S = 180.0
"""So long without input is a break."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the input: monotonic seconds, and the seconds since the last input or None where nobody knows."""

    at: float
    idle_s: float | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """How long somebody has been sitting: since when, the last input seen, and when they were last reminded."""

    since: float | None = None
    last_input: float | None = None
    told: float | None = None

    def seconds(self) -> float:
        """Seconds of sitting without a break so far; 0 after a break and where nothing is known."""
        return 0.0 if self.since is None or self.last_input is None else self.last_input - self.since


def observe(sitting: Sitting, sample: Sample) -> Sitting:
    """What is known after one more sample."""
    if sample.idle_s is None or not 0 <= sample.idle_s < BREAK_S:
        return Sitting()
    last = sample.at - sample.idle_s
    if sitting.last_input is None or last - sitting.last_input >= BREAK_S:
        return Sitting(last, last)
    # Coarse clocks see the same input a little earlier the second time.
    return replace(sitting, last_input=max(last, sitting.last_input))


def has_sat(sitting: Sitting, minutes: int) -> bool:
    """Whether so many minutes have been sat, since the break or since the last reminder."""
    if sitting.since is None or sitting.last_input is None:
        return False
    begun = sitting.since if sitting.told is None else max(sitting.since, sitting.told)
    return sitting.last_input - begun >= minutes * 60


def reminded(sitting: Sitting, at: float) -> Sitting:
    """The person was reminded; whoever stays seated is left alone for as many minutes again."""
    return replace(sitting, told=at)


def sitting_now(rule: Reminder, history: History, now: datetime, zone: str) -> Occurrence:
    """The occurrence that comes about when somebody has sat for the rule's minutes now: DUE, or why it stays silent."""
    scene = Scene.of(history, now, zone)
    shown = wall_time(now, scene.zone)
    found = Occurrence(rule.id, shown.date(), slot_name(shown.time()), now, Why.DUE)
    return replace(found, why=_silent(rule, scene, shown) or Why.DUE)


def _silent(rule: Reminder, scene: Scene, shown: datetime) -> Why | None:
    why = whole_day(rule, shown.date(), scene)
    if why is not None:
        return why
    if not isinstance(rule.when, Within) or not rule.when.start <= shown.time() <= rule.when.end:
        return Why.OUTSIDE_HOURS
    if rule.manner.quiet is not None and rule.manner.quiet.covers(shown.time()):
        return Why.QUIET_HOURS
    if rule.pause is not None and rule.pause.covers(scene.now):
        return Why.PAUSED
    if scene.is_done(rule, shown.date(), 0, scene.now):
        return Why.ALREADY_DONE
    return Why.LOCKED if locked(scene.now, scene) else None
