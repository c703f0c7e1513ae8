"""From a routine and its doses to a plan: the flat list of bouts that a session works through.

A *bout* is one set on one side. Every bout carries its own lead-in (get ready, change of side, rest), so that
changing the plan in the middle of a session never needs a special case.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from coach.domain.exercise import Dose, Exercise, Kind, Level, Side, Sides, Tempo
from coach.domain.routine import CHANGE_S, SETUP_S, Routine, RoutineItem, dose_seconds, rest_between_sets
from coach.domain.timeline import Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.domain.pain import Area

__all__ = [
    "Bout",
    "Plan",
    "PlannedExercise",
    "Routine",
    "RoutineItem",
    "bouts_of",
    "dose_seconds",
    "easier_dose",
    "fewer_reps",
    "first_sides",
    "make_easier",
    "plan_from_data",
    "plan_routine",
    "plan_to_data",
]

MIN_REPS = 5
MIN_HOLD_S = 10
FEWER = 0.75  # rule B4: a quarter fewer repetitions in the next set (P)


@dataclass(frozen=True, slots=True)
class Bout:
    """One set on one side, with the lead-in before it."""

    set_no: int
    side: Side
    level: int
    lead: Phase
    lead_s: int
    reps: int | None = None
    tempo: Tempo | None = None
    hold_s: int | None = None

    @property
    def seconds(self) -> int:
        """Planned seconds of work."""
        return self.reps * self.tempo.seconds if self.reps and self.tempo else self.hold_s or 0


@dataclass(frozen=True, slots=True)
class PlannedExercise:
    """An exercise and its bouts in order."""

    exercise: Exercise
    bouts: tuple[Bout, ...]

    def level_of(self, bout: Bout) -> Level:
        """The level a bout is done at."""
        return self.exercise.level(bout.level)

    @property
    def sets(self) -> int:
        """Number of sets."""
        return max(bout.set_no for bout in self.bouts)

    @property
    def setup_s(self) -> int:
        """Seconds of get-ready before the exercise, as the person wants them."""
        return self.bouts[0].lead_s

    @property
    def seconds(self) -> int:
        """Lead-ins and work."""
        return sum(bout.lead_s + bout.seconds for bout in self.bouts)

    @property
    def kind(self) -> Kind:
        """Reps, hold or balance."""
        return self.exercise.kind


Plan = tuple[PlannedExercise, ...]
"""What one session does."""


def plan_routine(routine: Routine, first_sides: Mapping[str, Side] | None = None) -> Plan:
    """Expand a routine; `first_sides` names the side to begin with by exercise id (left where nothing is known)."""
    sides = first_sides or {}
    return tuple(
        PlannedExercise(
            item.exercise,
            bouts_of(item.dose, item.level, sides.get(item.exercise.id, Side.LEFT), setup_s=item.setup_s),
        )
        for item in routine.items
    )


def bouts_of(dose: Dose, level: int, first: Side = Side.LEFT, *, setup_s: int = SETUP_S) -> tuple[Bout, ...]:
    """The bouts of one exercise."""
    rest = rest_between_sets(dose)
    # A pause that only serves the change of side is shown as one; anything longer is a rest.
    pause = Phase.REST if dose.sides is Sides.BOTH or rest > CHANGE_S else Phase.CHANGE
    bouts: list[Bout] = []
    for set_no in range(1, dose.sets + 1):
        lead, lead_s = (Phase.GET_READY, setup_s) if set_no == 1 else (pause, rest)
        sides = (Side.BOTH,) if dose.sides is Sides.BOTH else (first, first.other)
        for side in sides:
            bouts.append(Bout(set_no, side, level, lead, lead_s, dose.reps, dose.tempo, dose.hold_s))
            lead, lead_s = Phase.CHANGE, CHANGE_S
    return tuple(bouts)


def easier_dose(exercise: Exercise, level: int, dose: Dose) -> tuple[int, Dose] | None:
    """One level down; at level 1 half the reps or the hold, then the sets; None when nothing easier is left.

    Never below 1 × 5 reps or 1 × 10 s. Source: the meaning of "regress" in clinical.md 3.5 (P); reps and hold come
    before sets, since only they help in this very set.
    """
    if level > 1:
        return level - 1, exercise.level(level - 1).start_dose()
    if dose.reps is not None and dose.reps > MIN_REPS:
        return 1, replace(dose, reps=max(MIN_REPS, math.ceil(dose.reps / 2)))
    if dose.hold_s is not None and dose.hold_s > MIN_HOLD_S:
        return 1, replace(dose, hold_s=max(MIN_HOLD_S, math.ceil(dose.hold_s / 2)))
    if dose.sets > 1:
        return 1, replace(dose, sets=math.ceil(dose.sets / 2))
    return None


def make_easier(planned: PlannedExercise, at: int) -> PlannedExercise | None:
    """The same exercise with everything from bout `at` on one step easier, or None when it cannot get easier.

    The bout begins anew with a full get-ready, because the start position may have changed.
    """
    current = planned.bouts[at]
    dose = _dose_of(planned, current)
    easier = easier_dose(planned.exercise, current.level, dose)
    if easier is None:
        return None
    level, easy = easier
    sets_left = max(1, min(easy.sets, planned.sets) - current.set_no + 1)
    only_sets = level == current.level and (easy.reps, easy.hold_s) == (dose.reps, dose.hold_s)
    if only_sets and sets_left == planned.sets - current.set_no + 1:
        return None  # fewer sets were the last way down, and this one has begun already
    done_sides = [b.side for b in planned.bouts[:at] if b.set_no == current.set_no and b.side is not Side.BOTH]
    first = next((b.side for b in planned.bouts[at:] if b.side is not Side.BOTH), Side.LEFT)
    setup_s = planned.setup_s
    if easy.sides is Sides.EACH and done_sides:
        # The other side of this set is already done: keep the order and begin with the second side.
        fresh = bouts_of(replace(easy, sets=sets_left), level, done_sides[0], setup_s=setup_s)[1:]
    else:
        fresh = bouts_of(replace(easy, sets=sets_left), level, first, setup_s=setup_s)
    shifted = tuple(replace(b, set_no=b.set_no + current.set_no - 1) for b in fresh)
    opening = replace(shifted[0], lead=Phase.GET_READY, lead_s=setup_s)
    return replace(planned, bouts=(*planned.bouts[:at], opening, *shifted[1:]))


def fewer_reps(planned: PlannedExercise, after: int) -> PlannedExercise:
    """A quarter fewer repetitions in every bout after index `after` (rule B4)."""
    return replace(
        planned,
        bouts=tuple(
            replace(b, reps=max(1, math.floor(b.reps * FEWER))) if i > after and b.reps else b
            for i, b in enumerate(planned.bouts)
        ),
    )


def _dose_of(planned: PlannedExercise, bout: Bout) -> Dose:
    level = planned.level_of(bout)
    return Dose(planned.sets, level.sides, level.rest_s, bout.reps, bout.tempo, bout.hold_s)


def first_sides(exercises: Iterable[Exercise], pain: Mapping[Area, int]) -> dict[str, Side]:
    """The more painful side first: its count then limits the other side (clinical.md section 0).

    `pain` holds ratings now, by area; exercises whose loaded regions hurt equally are left out.
    """
    chosen: dict[str, Side] = {}
    for exercise in exercises:
        worst = {side: _worst(pain, exercise, side) for side in (Side.LEFT, Side.RIGHT)}
        if worst[Side.LEFT] != worst[Side.RIGHT]:
            chosen[exercise.id] = max(worst, key=lambda side: worst[side])
    return chosen


def _worst(pain: Mapping[Area, int], exercise: Exercise, side: Side) -> int:
    return max(
        (nrs for area, nrs in pain.items() if area.region in exercise.loads and area.side.value == side.value),
        default=0,
    )


def plan_to_data(plan: Plan) -> list[dict[str, Any]]:
    """Plain lists and dicts, for the snapshot kept with a session."""
    return [
        {
            "exercise": planned.exercise.id,
            "bouts": [
                {
                    "set": b.set_no,
                    "side": b.side.value,
                    "level": b.level,
                    "lead": b.lead.value,
                    "lead_s": b.lead_s,
                    "reps": b.reps,
                    "tempo": [b.tempo.effort, b.tempo.hold, b.tempo.back] if b.tempo else None,
                    "hold_s": b.hold_s,
                }
                for b in planned.bouts
            ],
        }
        for planned in plan
    ]


def plan_from_data(data: Iterable[Mapping[str, Any]], exercises: Mapping[str, Exercise]) -> Plan:
    """The plan a snapshot describes; KeyError when an exercise is no longer in the catalogue."""
    return tuple(
        PlannedExercise(
            exercises[entry["exercise"]],
            tuple(
                Bout(
                    set_no=b["set"],
                    side=Side(b["side"]),
                    level=b["level"],
                    lead=Phase(b["lead"]),
                    lead_s=b["lead_s"],
                    reps=b["reps"],
                    tempo=Tempo(*b["tempo"]) if b["tempo"] else None,
                    hold_s=b["hold_s"],
                )
                for b in entry["bouts"]
            ),
        )
        for entry in data
    )
