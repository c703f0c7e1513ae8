"""A session in progress, without a clock, a window or a database: only `now` moves."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain import session
from coach.domain.exercise import Side
from coach.domain.plan import Plan, RoutineItem, plan_routine
from coach.domain.records import SetStatus
from coach.domain.routine import Routine
from coach.domain.session import (
    SLEEP_GAP_S,
    Ended,
    Event,
    Paused,
    PauseReason,
    PlanChanged,
    Run,
    SetDone,
    State,
    begin,
    key_of,
    resume_after_crash,
    tick,
)
from coach.domain.timeline import Phase, Place, Timeline
from tests import samples
from tests.domain.strategies import COMMANDS, plans, walks

FRAME_S = 0.033


class Walk:
    """A run with its own `now`, and every event it told."""

    def __init__(self, plan: Plan, *, self_paced: bool = False) -> None:
        self.now = 1000.0
        self.run = begin(plan, self.now, self_paced=self_paced)
        self.events: list[Event] = []

    def do(self, name: str) -> None:
        """One command now."""
        self.run, events = COMMANDS[name](self.run, self.now)
        self.events += events

    def wait(self, seconds: float) -> None:
        """Let time pass with a look at the clock once a second."""
        while seconds > 0:
            self.now += min(1.0, seconds)
            seconds -= 1.0
            self.do("tick")

    def to(self, elapsed: float) -> None:
        """Wait until this place of the timeline."""
        self.wait(elapsed - self.run.cursor)

    @property
    def done(self) -> list[SetDone]:
        """What was told of bouts."""
        return [event for event in self.events if isinstance(event, SetDone)]

    @property
    def phase(self) -> Phase:
        """The phase now."""
        return self.run.moment(self.now).phase


def worked(place: Place) -> SetDone:
    return SetDone(place, SetStatus.DONE, place.bout.reps, place.bout.hold_s)


def one(level: int = 2, sets: int = 2) -> Plan:
    return samples.plan(RoutineItem(samples.calf_raises(), level, sets))


def hold(sets: int = 1) -> Plan:
    return samples.plan(RoutineItem(samples.calf_stretch(), 2, sets))


def stand(sets: int = 1) -> Plan:
    return samples.plan(RoutineItem(samples.balance(), 2, sets))


# --- any sequence of commands ----------------------------------------------------------------------------------------


@given(plans(), walks, st.booleans())
def test_whatever_is_pressed_the_session_stays_whole(
    plan: Plan, steps: list[tuple[float, str]], self_paced: bool
) -> None:
    walk = Walk(plan, self_paced=self_paced)
    for wait, name in steps:
        walk.now += wait
        before = walk.run
        finished = {key for key, done in before.results.items() if done.status is SetStatus.DONE}
        walk.do(name)
        run = walk.run
        assert 0 <= run.cursor <= run.timeline.total + 1e-9
        assert run.elapsed(walk.now) <= run.timeline.total + 1e-9
        assert run.spent >= before.spent
        assert finished <= {key for key, done in run.results.items() if done.status is SetStatus.DONE}
        if before.state.over:
            assert run.state is before.state
    check_story(walk)


def check_story(walk: Walk) -> None:
    endings = [event for event in walk.events if isinstance(event, Ended)]
    assert len(endings) == walk.run.state.over
    assert all(ending.completed == (walk.run.state is State.FINISHED) for ending in endings)
    for done in walk.done:
        bout = done.place.bout
        if bout.reps is not None:
            assert done.real_hold_s is None
            assert 0 <= (done.real_reps or 0) <= bout.reps
            assert (done.status is SetStatus.DONE) == (done.real_reps == bout.reps)
            assert (done.status is SetStatus.SKIPPED) == (done.real_reps == 0)
        else:
            assert done.real_reps is None
            assert 0 <= (done.real_hold_s or 0) <= (bout.hold_s or 0)
            assert (done.status is SetStatus.SKIPPED) == (done.real_hold_s == 0)
        assert done.touches >= 0


@given(plans(), st.booleans())
def test_left_alone_it_does_everything_once(plan: Plan, self_paced: bool) -> None:
    walk = Walk(plan, self_paced=self_paced)
    places = walk.run.timeline.places
    for _ in range(20_000):
        if walk.run.state.over:
            break
        walk.now += 1.0
        walk.do("next_rep" if walk.run.waiting else "tick")
    assert [key_of(done.place) for done in walk.done] == [key_of(place) for place in places]
    assert {done.status for done in walk.done} == {SetStatus.DONE}
    assert walk.events[-1] == Ended(completed=True)
    assert walk.run.spent == pytest.approx(walk.run.timeline.total, abs=1e-3)


# --- the clock -------------------------------------------------------------------------------------------------------


def test_twenty_minutes_with_stalls_never_drift() -> None:
    plan = samples.plan(
        *(RoutineItem(e, 2, 4) for e in (samples.calf_raises(), samples.calf_stretch())),
        *(RoutineItem(e, 2, 5) for e in (samples.balance(), samples.calf_raises())),
    )
    timeline = Timeline(plan)
    assert timeline.total > 20 * 60
    chance = random.Random(3)
    start = now = 50.0
    run = begin(plan, now)
    shown = run.moment(now).segment
    while not run.state.over:
        frame = FRAME_S if chance.random() > 0.01 else chance.uniform(0.05, SLEEP_GAP_S)
        now += frame
        run, events = tick(run, now)
        if run.state.over:
            break
        assert run.cursor == pytest.approx(now - start, abs=1e-6)
        segment = run.moment(now).segment
        if segment != shown:
            # The boundary is noticed on the first frame after it, however long that frame was.
            assert 0 <= now - start - segment.start <= frame
        shown = segment
        for done in events:
            assert isinstance(done, SetDone)
    assert now - start - timeline.total <= SLEEP_GAP_S
    assert len(run.results) == len(timeline.places)


def test_a_sleeping_machine_pauses_where_it_was_last_seen() -> None:
    walk = Walk(hold())
    walk.to(15.0)
    walk.now += 3600
    walk.do("tick")
    assert walk.run.state is State.PAUSED
    assert walk.run.cursor == pytest.approx(15.0)
    assert walk.events == [Paused(PauseReason.SLEEP)]


def test_a_stall_is_not_sleep() -> None:
    walk = Walk(hold())
    walk.to(15.0)
    walk.now += SLEEP_GAP_S
    walk.do("tick")
    assert walk.run.state is State.RUNNING
    assert walk.run.cursor == pytest.approx(20.0)


def test_waiting_for_a_word_is_not_sleep_either() -> None:
    walk = Walk(one(sets=1), self_paced=True)
    walk.wait(30)
    assert walk.run.waiting
    walk.now += 600
    walk.do("next_rep")
    assert walk.events == []
    assert walk.run.state is State.RUNNING
    assert walk.run.moment(walk.now).segment.rep == 2


# --- pause and go on -------------------------------------------------------------------------------------------------


def test_an_interrupted_repetition_begins_anew() -> None:
    walk = Walk(one())
    walk.to(10 + 6 + 4)
    walk.do("pause")
    walk.wait(100)
    walk.do("go_on")
    moment = walk.run.moment(walk.now)
    assert (moment.phase, moment.segment.rep, moment.into) == (Phase.EFFORT, 2, 0)


def test_a_hold_goes_on_where_it_was() -> None:
    walk = Walk(hold())
    walk.to(22)
    walk.do("pause")
    walk.wait(100)
    walk.do("go_on")
    assert walk.run.moment(walk.now).remaining == pytest.approx(18)


@pytest.mark.parametrize(("away", "touches"), [(4.0, 1), (6.0, 0)])
def test_a_touch_counts_when_the_person_goes_on_soon(away: float, touches: int) -> None:
    walk = Walk(stand())
    walk.to(15)
    walk.do("touch_down")
    assert walk.run.state is State.TOUCHED
    walk.wait(away)
    walk.do("go_on")
    walk.to(26)
    assert [(d.place.bout.side, d.touches) for d in walk.done] == [(Side.LEFT, touches)]


def test_touches_belong_to_their_own_side() -> None:
    walk = Walk(stand())
    for at in (12, 15, 18):
        walk.to(at)
        walk.do("touch_down")
        walk.do("go_on")
    walk.to(35)
    walk.do("touch_down")
    walk.do("go_on")
    walk.wait(30)
    assert [d.touches for d in walk.done] == [3, 1]


def test_a_touch_outside_a_balance_bout_is_a_pause() -> None:
    walk = Walk(hold())
    walk.to(15)
    walk.do("touch_down")
    assert walk.run.state is State.PAUSED


# --- skip, back, repeat, leave, stop ---------------------------------------------------------------------------------


def test_skip_in_get_ready_leaves_the_exercise_out() -> None:
    walk = Walk(samples.plan())
    walk.wait(3)
    walk.do("skip")
    assert [d.status for d in walk.done] == [SetStatus.SKIPPED] * 2
    assert walk.run.moment(walk.now).place.planned.exercise.title == "Single-leg balance"


def test_skip_in_a_bout_keeps_the_whole_repetitions() -> None:
    walk = Walk(one())
    walk.to(10 + 4 * 6 + 5)
    walk.do("skip")
    assert [(d.status, d.real_reps) for d in walk.done] == [(SetStatus.PARTIAL, 4)]
    assert walk.phase is Phase.REST


def test_skip_in_a_rest_begins_at_once() -> None:
    walk = Walk(one())
    walk.to(75)
    walk.do("skip")
    assert walk.phase is Phase.EFFORT
    assert walk.run.moment(walk.now).place.bout.set_no == 2


def test_back_repeats_the_bout_and_then_goes_further_back() -> None:
    walk = Walk(samples.plan())
    walk.to(175 + 12)
    walk.do("back")
    moment = walk.run.moment(walk.now)
    assert (moment.place.index, moment.phase, moment.remaining) == (1, Phase.GET_READY, 5)
    walk.do("back")
    assert walk.run.moment(walk.now).place.index == 0


def test_repeat_in_a_rest_does_the_set_before_again() -> None:
    walk = Walk(one())
    walk.to(75)
    walk.do("repeat_set")
    walk.wait(5)
    moment = walk.run.moment(walk.now)
    assert (moment.place.bout.set_no, moment.segment.rep) == (1, 1)


def test_a_repeat_that_ends_with_less_takes_nothing_back() -> None:
    walk = Walk(one())
    walk.to(75)
    walk.do("repeat_set")
    walk.wait(5 + 12)
    walk.do("skip")
    assert [(d.status, d.real_reps) for d in walk.done] == [(SetStatus.DONE, 10)]
    assert walk.run.results[0, 1, Side.BOTH].real_reps == 10


def test_leaving_an_exercise_after_going_back_keeps_its_finished_sets() -> None:
    walk = Walk(samples.plan())
    walk.to(180)
    walk.do("back")
    assert walk.run.moment(walk.now).place.index == 0
    walk.do("leave_exercise")
    assert walk.run.moment(walk.now).place.index == 1
    assert {d.status for d in walk.run.results.values()} == {SetStatus.DONE}


def test_stop_keeps_the_set_in_progress_as_far_as_it_went() -> None:
    walk = Walk(hold(2))
    walk.to(10 + 12.5)
    walk.do("stop")
    assert [(d.status, d.real_hold_s) for d in walk.done] == [(SetStatus.PARTIAL, 12)]
    assert walk.events[-1] == Ended(completed=False)
    walk.do("go_on")
    walk.wait(30)
    assert walk.run.state is State.STOPPED


def test_a_repetition_shown_to_its_end_counts_even_when_paused_there() -> None:
    walk = Walk(one(sets=1), self_paced=True)
    walk.wait(20)
    walk.do("pause")
    walk.do("stop")
    assert [(d.status, d.real_reps) for d in walk.done] == [(SetStatus.PARTIAL, 1)]


# --- the plan changes ------------------------------------------------------------------------------------------------


def test_easier_begins_this_bout_anew_one_level_down() -> None:
    walk = Walk(one())
    walk.to(10 + 13)
    walk.do("easier")
    moment = walk.run.moment(walk.now)
    assert (moment.phase, moment.remaining, moment.place.bout.level) == (Phase.GET_READY, 10, 1)
    assert isinstance(walk.events[-1], PlanChanged)


def test_fewer_reps_from_the_next_set_on() -> None:
    walk = Walk(one(sets=3))
    walk.to(30)
    walk.do("ease_reps")
    assert [p.bout.reps for p in walk.run.timeline.places] == [10, 7, 7]


def test_in_a_rest_the_next_set_is_the_one_it_leads_to() -> None:
    walk = Walk(one(sets=3))
    walk.to(75)
    walk.do("ease_reps")
    assert [p.bout.reps for p in walk.run.timeline.places] == [10, 7, 7]
    assert walk.phase is Phase.REST


@pytest.mark.parametrize(("command", "expected"), [("longer", 35), ("shorter", 25)])
def test_a_hold_is_lengthened_or_shortened_while_it_runs(command: str, expected: int) -> None:
    walk = Walk(hold())
    walk.to(20)
    walk.do(command)
    moment = walk.run.moment(walk.now)
    assert moment.place.bout.hold_s == expected
    assert moment.remaining == pytest.approx(expected - 10)
    walk.to(10 + expected + 1)
    assert walk.done[0].real_hold_s == expected


def test_what_is_held_already_is_never_taken_away() -> None:
    walk = Walk(hold())
    walk.to(10 + 28.5)
    walk.do("shorter")
    walk.wait(1)
    assert [(d.status, d.real_hold_s) for d in walk.done] == [(SetStatus.DONE, 29)]


# --- after a crash ---------------------------------------------------------------------------------------------------


@given(plans(), st.data())
def test_resume_stands_before_the_first_bout_without_a_result(plan: Plan, data: st.DataObject) -> None:
    places = Timeline(plan).places
    keys = [key_of(place) for place in places]
    done = data.draw(st.sets(st.sampled_from(keys)))
    run = resume_after_crash(plan, [worked(place) for place in places if key_of(place) in done], 500.0)
    missing = [key for key in keys if key not in done]
    if run is None:
        assert not missing
        return
    moment = run.moment(500.0)
    assert key_of(moment.place) == missing[0]
    assert moment.phase is Phase.GET_READY
    assert moment.remaining >= 10


@pytest.mark.parametrize("setup_s", [5, 15])
def test_a_resumed_session_gives_the_time_to_get_ready_that_the_person_chose(setup_s: int) -> None:
    exercise = samples.calf_stretch()
    item = RoutineItem(exercise, 2, exercise.level(2).sets.high, setup_s=setup_s)
    plan = plan_routine(Routine("one", "One", "", (item,)))
    run = resume_after_crash(plan, [worked(Timeline(plan).places[0])], 0.0)
    assert run is not None
    assert run.moment(0.0).remaining == setup_s


def test_a_resumed_session_does_not_unsay_what_was_done_before() -> None:
    plan = samples.plan()
    places = Timeline(plan).places
    keys = [key_of(place) for place in places]
    run: Run | None = resume_after_crash(plan, map(worked, places[:3]), 0.0)
    assert run is not None
    for command in ("back", "back", "leave_exercise"):
        run, events = COMMANDS[command](run, 1.0)
        assert not [e for e in events if isinstance(e, SetDone) and key_of(e.place) in keys[:3]]


def test_a_set_skipped_before_a_crash_can_be_done_in_part_after_it() -> None:
    plan = one()
    first = Timeline(plan).places[0]
    run: Run | None = resume_after_crash(plan, [SetDone(first, SetStatus.SKIPPED, 0, None)], 0.0)
    assert run is not None
    run, _ = session.back(run, 0.0)
    run, _ = session.start_now(run, 0.0)
    for now in range(1, 32):
        run, _ = tick(run, float(now))
    run, events = session.skip(run, 31.0)
    assert [(e.key, e.status, e.real_reps) for e in events if isinstance(e, SetDone)] == [
        ((0, 1, Side.BOTH), SetStatus.PARTIAL, 5)
    ]


def test_nothing_to_do_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to do"):
        session.begin((), 0.0)
