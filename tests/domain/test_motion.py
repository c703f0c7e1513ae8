"""How far the figure has moved: smooth, in time with the phases, still where it should be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.exercise import Side
from coach.domain.figure.motion import MOVE_IN_S, MOVE_OUT_S, minimum_jerk, state_at
from coach.domain.plan import Plan, RoutineItem
from coach.domain.timeline import Phase, Timeline
from tests import samples
from tests.domain.strategies import plans

FRAME_S = 0.033
# The steepest slope of minimum jerk is 15/8, and no phase is shorter than a second.
FASTEST = 15 / 8 * FRAME_S


@given(st.floats(-1, 2), st.floats(-1, 2))
def test_minimum_jerk_rises_from_0_to_1(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0 <= minimum_jerk(low) <= minimum_jerk(high) <= 1
    assert minimum_jerk(0) == 0
    assert minimum_jerk(1) == 1


def test_minimum_jerk_does_not_round_past_its_end() -> None:
    assert minimum_jerk(0.9999995709683641) <= 1


@given(plans(), st.data())
def test_the_figure_never_jumps_within_a_bout(plan: Plan, data: st.DataObject) -> None:
    timeline = Timeline(plan)
    bout = data.draw(st.integers(0, len(timeline.places) - 1))
    tempo = timeline.places[bout].bout.tempo
    if tempo is not None and not tempo.back:
        return  # a tempo without a way back starts anew with each repetition
    start, end = timeline.work_start(bout), timeline.work_end(bout)
    time = data.draw(st.floats(start, end - FRAME_S))
    early, late = (state_at(timeline.at(t)).progress for t in (time, time + FRAME_S * 0.999))
    assert 0 <= early <= 1
    assert abs(late - early) <= FASTEST + 1e-6


def test_a_repetition_goes_up_stays_and_comes_down() -> None:
    timeline = Timeline(samples.plan(RoutineItem(samples.calf_raises(), 2, 1)))
    rep = [state_at(timeline.at(10 + t)).progress for t in (0, 1, 2, 2.9, 3, 4.5, 5.99)]
    assert rep == pytest.approx([0, 0.5, 1, 1, 1, 0.5, 0], abs=1e-3)


def test_every_planned_second_of_a_hold_is_held() -> None:
    timeline = Timeline(samples.plan(RoutineItem(samples.calf_stretch(), 2, 1)))
    assert state_at(timeline.at(10 - MOVE_IN_S)).progress == 0
    assert state_at(timeline.at(9.999)).progress == pytest.approx(1, abs=1e-3)
    for t in (10, 25, 39.999):
        assert state_at(timeline.at(t)).progress == 1
    assert state_at(timeline.at(25)).hold_s == pytest.approx(15)


def test_the_figure_comes_out_on_the_old_side_and_goes_in_on_the_new() -> None:
    timeline = Timeline(samples.plan(RoutineItem(samples.calf_stretch(), 2, 1)))
    leaving, between, entering = (state_at(timeline.at(40 + t)) for t in (0.1, MOVE_OUT_S, 4.0))
    assert (leaving.side, between.side, entering.side) == (Side.LEFT, Side.RIGHT, Side.RIGHT)
    assert leaving.progress > 0.9
    assert between.progress == 0
    assert 0 < entering.progress < 1


def test_get_ready_shows_the_target_as_a_ghost_until_the_body_moves() -> None:
    timeline = Timeline(samples.plan(RoutineItem(samples.calf_stretch(), 2, 1)))
    assert state_at(timeline.at(2)).ghost
    assert not state_at(timeline.at(9)).ghost


@given(plans(), st.floats(0, 1))
def test_reduced_motion_shows_end_positions_only(plan: Plan, fraction: float) -> None:
    timeline = Timeline(plan)
    state = state_at(timeline.at(fraction * timeline.total), reduced_motion=True)
    assert state.progress in {0.0, 1.0}
    assert state.still


def test_the_rest_between_repetitions_is_still() -> None:
    timeline = Timeline(samples.plan(RoutineItem(samples.calf_raises(), 2, 2)))
    rest = timeline.at(90)
    assert rest.phase is Phase.REST
    assert state_at(rest).progress == 0
    assert not state_at(rest).cues
