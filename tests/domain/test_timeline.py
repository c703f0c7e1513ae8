"""The timeline: whole, without gaps, as long as the formula says, and the same for everyone who asks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.exercise import Sides, Tempo
from coach.domain.plan import Plan, RoutineItem, bouts_of, dose_seconds
from coach.domain.timeline import HALF_FROM_S, CueKind, Phase, Timeline
from tests import samples
from tests.domain.strategies import plans

fractions = st.floats(0, 1)


@given(plans())
def test_segments_follow_each_other_without_gaps(plan: Plan) -> None:
    timeline = Timeline(plan)
    assert timeline.segments[0].start == 0
    assert timeline.segments[-1].end == timeline.total
    for one, other in pairwise(timeline.segments):
        assert one.end == other.start
    assert all(segment.end > segment.start for segment in timeline.segments)


@given(plans())
def test_total_is_the_sum_of_the_formula(plan: Plan) -> None:
    expected = 0
    for planned in plan:
        first = planned.bouts[0]
        level = planned.level_of(first)
        bout = first.seconds
        rest = level.rest_s if level.sides is Sides.BOTH else max(level.rest_s, 5)
        one_set = bout if level.sides is Sides.BOTH else 2 * bout + 5
        expected += 10 + planned.sets * one_set + (planned.sets - 1) * rest
    assert Timeline(plan).total == expected


@given(plans(), fractions, fractions)
def test_time_never_runs_backwards(plan: Plan, a: float, b: float) -> None:
    timeline = Timeline(plan)
    early, late = (timeline.at(f * timeline.total) for f in sorted((a, b)))
    assert early.segment.start <= late.segment.start
    assert early.segment.bout <= late.segment.bout
    assert early.total_remaining >= late.total_remaining


@given(plans(), fractions)
def test_a_moment_agrees_with_its_segment(plan: Plan, fraction: float) -> None:
    timeline = Timeline(plan)
    moment = timeline.at(fraction * timeline.total)
    segment = moment.segment
    assert segment.start <= moment.elapsed <= segment.end
    assert 0 <= moment.progress <= 1
    assert moment.into + moment.remaining == pytest.approx(segment.end - segment.start)
    assert moment.place == timeline.places[segment.bout]
    assert moment.bout_remaining >= moment.remaining - 1e-9
    if moment.previous is not None:
        assert moment.previous.index == moment.place.index


@given(plans(), st.floats(-1e6, 1e6))
def test_any_time_has_a_moment(plan: Plan, elapsed: float) -> None:
    timeline = Timeline(plan)
    assert 0 <= timeline.at(elapsed).elapsed <= timeline.total


@given(plans(), st.lists(fractions, max_size=20))
def test_every_cue_is_heard_exactly_once_however_the_frames_fall(plan: Plan, cuts: list[float]) -> None:
    timeline = Timeline(plan)
    looks = [0.0, *sorted(f * timeline.total for f in cuts), timeline.total]
    heard = [cue for a, b in pairwise(looks) for cue in timeline.cues_between(a, b)]
    assert heard == list(timeline.cues)


@given(plans())
def test_every_bout_is_announced_begun_and_ended(plan: Plan) -> None:
    timeline = Timeline(plan)
    leads = {CueKind.EXERCISE, CueKind.SWITCH, CueKind.REST}
    for bout in range(len(timeline.places)):
        kinds = [cue.kind for cue in timeline.cues if cue.bout == bout]
        assert len(leads.intersection(kinds)) == 1
        assert kinds.count(CueKind.GO) == kinds.count(CueKind.DONE) == 1


def test_an_empty_plan_has_no_moments() -> None:
    with pytest.raises(ValueError, match="empty plan"):
        Timeline(()).at(0)


def test_a_repetition_is_effort_hold_and_return() -> None:
    timeline = Timeline(samples.plan(RoutineItem(samples.calf_raises(), 2, 1)))
    phases = [(s.phase, s.end - s.start, s.rep) for s in timeline.segments[1:4]]
    assert phases == [(Phase.EFFORT, 2, 1), (Phase.HOLD, 1, 1), (Phase.BACK, 3, 1)]
    assert timeline.segments[-1].rep == 10


def test_a_phase_of_no_seconds_is_left_out() -> None:
    timeline = Timeline(
        samples.plan(
            RoutineItem(samples.exercise("Circles", samples.level(reps=(3, 5), tempo=(2, 0, 2))), 1, 1),
        )
    )
    assert [s.phase for s in timeline.segments[1:5]] == [Phase.EFFORT, Phase.BACK, Phase.EFFORT, Phase.BACK]


def test_the_change_of_side_is_a_change_and_a_real_pause_is_a_rest() -> None:
    each = samples.exercise("Each", samples.level(reps=(5, 5), sides=Sides.EACH, rest_s=30))
    stretch = samples.calf_stretch()
    assert [b.lead for b in bouts_of(RoutineItem(each, 1, 2).dose, 1)] == [
        Phase.GET_READY,
        Phase.CHANGE,
        Phase.REST,
        Phase.CHANGE,
    ]
    assert [b.lead for b in bouts_of(RoutineItem(stretch, 1, 2).dose, 1)] == [Phase.GET_READY, *3 * [Phase.CHANGE]]


def test_half_way_is_called_in_long_holds_only() -> None:
    timeline = Timeline(samples.plan())
    half = {cue.bout for cue in timeline.cues if cue.kind is CueKind.HALF}
    assert half == {
        i for i, place in enumerate(timeline.places) if place.bout.hold_s and place.bout.hold_s >= HALF_FROM_S
    }


def test_three_two_one_stands_before_every_start() -> None:
    timeline = Timeline(samples.plan())
    work = timeline.work_start(0)
    counts = [(cue.number, work - cue.at) for cue in timeline.cues if cue.kind is CueKind.COUNT and cue.bout == 0]
    assert counts == [(3, 3), (2, 2), (1, 1)]


def test_tempo_reads_as_it_is_written() -> None:
    assert str(Tempo(2, 1, 3)) == "2/1/3"
    dose = RoutineItem(samples.calf_raises(), 2, 2).dose
    assert dose_seconds(dose) == 10 + 2 * 60 + 45
