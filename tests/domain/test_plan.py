"""Plans: the time formula, sides, easier and fewer, snapshots."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue.loader import load_catalogue
from coach.domain.exercise import Dose, Exercise, Side, Sides
from coach.domain.pain import Area, BodySide, Region
from coach.domain.plan import (
    MIN_HOLD_S,
    MIN_REPS,
    Plan,
    PlannedExercise,
    RoutineItem,
    bouts_of,
    dose_seconds,
    easier_dose,
    fewer_reps,
    first_sides,
    make_easier,
    plan_from_data,
    plan_routine,
    plan_to_data,
)
from coach.domain.timeline import Phase, Timeline
from tests import samples
from tests.domain.strategies import doses, exercises, plans

SHIPPED = load_catalogue([Path(__file__).parents[2] / "exercises"])
ALL_LEVELS = [(e, lv.level) for e in SHIPPED.exercises.values() for lv in e.levels]


@given(doses(), st.sampled_from([5, 10, 15]))
def test_bouts_take_what_the_formula_says(dose: Dose, setup_s: int) -> None:
    bouts = bouts_of(dose, 1, setup_s=setup_s)
    assert sum(b.lead_s + b.seconds for b in bouts) == dose_seconds(dose, setup_s)


@pytest.mark.parametrize(("routine", "seconds"), [("daily_six", 810), ("daily_short", 457), ("desk_side", 295)])
def test_shipped_routines_take_the_printed_time(routine: str, seconds: int) -> None:
    shipped = SHIPPED.routines[routine]
    assert shipped.seconds == seconds
    assert Timeline(plan_routine(shipped)).total == seconds


@given(doses(), st.sampled_from([Side.LEFT, Side.RIGHT]))
def test_each_side_gets_every_set_and_the_named_side_comes_first(dose: Dose, first: Side) -> None:
    bouts = bouts_of(dose, 1, first)
    keys = [(b.set_no, b.side) for b in bouts]
    assert len(set(keys)) == len(keys)
    if dose.sides is Sides.BOTH:
        assert keys == [(n, Side.BOTH) for n in range(1, dose.sets + 1)]
    else:
        assert keys == [(n, side) for n in range(1, dose.sets + 1) for side in (first, first.other)]


@given(plans())
def test_a_plan_survives_its_snapshot(plan: Plan) -> None:
    # Exercises of random plans share one id, so each is looked up alone.
    for planned in plan:
        assert plan_from_data(plan_to_data((planned,)), {planned.exercise.id: planned.exercise}) == (planned,)


def test_a_snapshot_of_a_lost_exercise_says_so() -> None:
    with pytest.raises(KeyError):
        plan_from_data(plan_to_data(samples.plan()), {})


def planned_at(exercise: Exercise, level: int) -> PlannedExercise:
    item = RoutineItem(exercise, level, exercise.level(level).sets.high)
    return PlannedExercise(exercise, bouts_of(item.dose, level))


def test_easier_on_the_second_side_keeps_the_first_and_goes_on_with_the_second() -> None:
    planned = planned_at(samples.calf_stretch(), 2)
    easier = make_easier(planned, 1)
    assert easier is not None
    assert easier.bouts[0] == planned.bouts[0]
    assert [(b.set_no, b.side, b.level) for b in easier.bouts[1:]] == [
        (1, Side.RIGHT, 1),
        (2, Side.LEFT, 1),
        (2, Side.RIGHT, 1),
    ]
    assert (easier.bouts[1].lead, easier.bouts[1].lead_s) == (Phase.GET_READY, 10)


@pytest.mark.parametrize("setup_s", [5, 15])
def test_easier_gives_the_time_to_get_ready_that_the_person_chose(setup_s: int) -> None:
    exercise = samples.calf_stretch()
    item = RoutineItem(exercise, 2, exercise.level(2).sets.high)
    easier = make_easier(PlannedExercise(exercise, bouts_of(item.dose, 2, setup_s=setup_s)), 1)
    assert easier is not None
    assert easier.bouts[1].lead_s == setup_s


@given(exercises(), st.data())
def test_easier_keeps_the_past_and_the_order_of_sets(exercise: Exercise, data: st.DataObject) -> None:
    planned = planned_at(exercise, data.draw(st.integers(1, len(exercise.levels))))
    at = data.draw(st.integers(0, len(planned.bouts) - 1))
    easier = make_easier(planned, at)
    if easier is None:
        return
    assert easier.bouts[:at] == planned.bouts[:at]
    now = easier.bouts[at]
    assert now.lead is Phase.GET_READY
    assert now.set_no == planned.bouts[at].set_no
    keys = [(b.set_no, b.side) for b in easier.bouts]
    assert len(set(keys)) == len(keys), "no bout may share its key with one that is done"
    assert easier.sets <= planned.sets


@given(exercises(), st.data())
def test_easier_again_and_again_ends(exercise: Exercise, data: st.DataObject) -> None:
    planned = planned_at(exercise, len(exercise.levels))
    at = data.draw(st.integers(0, len(planned.bouts) - 1))
    for _ in range(60):
        easier = make_easier(planned, min(at, len(planned.bouts) - 1))
        if easier is None:
            return
        assert easier != planned
        planned = easier
    pytest.fail("easier never came to an end")


@pytest.mark.parametrize(("exercise", "level"), ALL_LEVELS, ids=lambda value: getattr(value, "id", value))
def test_every_bout_of_every_shipped_level_can_get_easier(exercise: Exercise, level: int) -> None:
    planned = planned_at(exercise, level)
    for at in range(len(planned.bouts)):
        easier = make_easier(planned, at)
        if easier is None:
            # Only the shortest dose of the easiest level has nothing below it.
            assert level == 1
            assert planned.bouts[at].set_no > 1
        else:
            assert easier.bouts[at].level == max(1, level - 1)
            assert Timeline((easier,)).total > 0


def test_at_level_one_reps_are_halved_then_sets() -> None:
    exercise = samples.calf_raises()
    level, dose = easier_dose(exercise, 1, RoutineItem(exercise, 1, 3).dose) or (0, None)
    assert level == 1
    assert dose is not None
    assert dose.reps == MIN_REPS
    _, fewer = easier_dose(exercise, 1, dose) or (0, None)
    assert fewer is not None
    assert (fewer.reps, fewer.sets) == (MIN_REPS, 2)


def test_nothing_is_easier_than_one_short_hold() -> None:
    stretch = samples.calf_stretch()
    shortest = Dose(1, Sides.EACH, 0, hold_s=MIN_HOLD_S)
    assert easier_dose(stretch, 1, shortest) is None


def test_a_quarter_fewer_reps_after_this_bout() -> None:
    planned = planned_at(samples.calf_raises(), 2)
    assert [b.reps for b in fewer_reps(planned, 0).bouts] == [10, 7, 7]


def test_the_more_painful_side_comes_first() -> None:
    stretch, balance = samples.calf_stretch(), samples.balance()
    pain = {
        Area(Region.CALF_ACHILLES, BodySide.RIGHT): 4,
        Area(Region.CALF_ACHILLES, BodySide.LEFT): 1,
        Area(Region.LOW_BACK, BodySide.CENTRE): 6,
        Area(Region.ANKLE, BodySide.LEFT): 2,
        Area(Region.ANKLE, BodySide.RIGHT): 2,
    }
    assert first_sides([stretch, balance], pain) == {stretch.id: Side.RIGHT}
