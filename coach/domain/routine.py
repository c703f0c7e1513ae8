"""A routine: exercises in order, each at a level and a dose, and the time it takes (formula: clinical.md section 0)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.exercise import Dose, Exercise, Sides

if TYPE_CHECKING:
    from collections.abc import Mapping

SETUP_S = 10
"""Get ready, part of every planned time (clinical.md section 0)."""
CHANGE_S = 5
"""Change of side (clinical.md section 0)."""


@dataclass(frozen=True, slots=True)
class RoutineItem:
    """One exercise of a routine at a level; what is None is taken from the level's start dose."""

    exercise: Exercise
    level: int
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    rest_s: int | None = None
    setup_s: int = SETUP_S
    """Seconds of get-ready before it."""

    @property
    def dose(self) -> Dose:
        """The full dose of this item."""
        start = self.exercise.level(self.level).start_dose()
        return replace(
            start,
            sets=self.sets,
            reps=self.reps or start.reps,
            hold_s=self.hold_s or start.hold_s,
            rest_s=start.rest_s if self.rest_s is None else self.rest_s,
        )

    @property
    def seconds(self) -> int:
        """Planned time including set-up."""
        return dose_seconds(self.dose, self.setup_s)


@dataclass(frozen=True, slots=True)
class Routine:
    """An ordered list of exercises with their doses, from one file in `exercises/routines/`."""

    id: str
    title: str
    summary: str
    items: tuple[RoutineItem, ...]

    @property
    def seconds(self) -> int:
        """Planned time of the whole routine."""
        return sum(item.seconds for item in self.items)


def with_levels(routine: Routine, levels: Mapping[str, int], setup_s: int = SETUP_S) -> Routine:
    """The routine at the person's own levels, with the reps or hold that such a level starts with, and their get-ready.

    There are never more sets than the routine has (clinical.md 6: its sets override the level's), so a short routine
    stays short. Where it asks for less than the standard level, as beside the desk, a higher level of one's own does
    not make it harder.
    """
    items = (_at_level(item, levels.get(item.exercise.id)) for item in routine.items)
    return replace(routine, items=tuple(replace(item, setup_s=setup_s) for item in items))


def _at_level(item: RoutineItem, level: int | None) -> RoutineItem:
    if level is None or level == item.level or not 1 <= level <= len(item.exercise.levels):
        return item
    if item.level < min(level, item.exercise.default_level):
        return item
    sets = item.exercise.level(level).sets
    return RoutineItem(item.exercise, level, min(item.sets, sets.low if level < item.level else sets.high))


def rest_between_sets(dose: Dose) -> int:
    """Seconds from the end of one set to the start of the next."""
    return dose.rest_s if dose.sides is Sides.BOTH else max(dose.rest_s, CHANGE_S)


def dose_seconds(dose: Dose, setup_s: int = SETUP_S) -> int:
    """Planned time of one exercise: set-up, bouts, changes of side and rests.

    `both`: setup + sets·bout + (sets-1)·rest. `each`: setup + sets·(2·bout + 5) + (sets-1)·max(rest, 5).
    """
    bouts = dose.bout_s if dose.sides is Sides.BOTH else 2 * dose.bout_s + CHANGE_S
    return setup_s + dose.sets * bouts + (dose.sets - 1) * rest_between_sets(dose)
