"""What the use cases of a session keep, read back through the diary."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from coach.domain.exercise import Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.plan import plan_routine
from coach.domain.records import Outcome, SetStatus
from coach.domain.routine import with_levels
from coach.domain.session import SetDone
from coach.domain.timeline import Timeline
from coach.services.coaching import Coaching, Rating
from coach.services.history import active_areas, compare, fortnight, seconds_of
from tests.fakes import FakeClock, MemoryDiary
from tests.samples import shipped

if TYPE_CHECKING:
    from coach.domain.timeline import Place

HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)
BACK = Area(Region.LOW_BACK, BodySide.CENTRE)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def diary() -> MemoryDiary:
    return MemoryDiary()


@pytest.fixture
def coaching(diary: MemoryDiary, clock: FakeClock) -> Coaching:
    numbers = count(1)
    return Coaching(diary, clock, lambda: "Europe/Berlin", lambda: UUID(int=next(numbers)))


def places() -> tuple[Place, ...]:
    return Timeline(plan_routine(shipped().routines["daily_six"])).places


def done(place: Place, status: SetStatus = SetStatus.DONE) -> SetDone:
    return SetDone(place, status, place.bout.reps, place.bout.hold_s)


def test_a_set_keeps_what_was_planned_what_was_done_and_the_local_day(coaching: Coaching, diary: MemoryDiary) -> None:
    start = coaching.start("daily_six", "Daily six", plan_routine(shipped().routines["daily_six"]))
    place = places()[0]
    coaching.record(start.id, SetDone(place, SetStatus.PARTIAL, 7, None), self_paced=True)
    (session,) = diary.sessions()
    (record,) = session.sets
    assert (record.planned_reps, record.real_reps, record.status) == (10, 7, SetStatus.PARTIAL)
    assert (record.exercise_id, record.level, record.side) == ("towel_toe_curl", 2, Side.LEFT)
    assert (record.level_name, str(record.tempo), record.self_paced) == (place.level.name, "2/1/2", True)
    assert (record.stamp.zone, record.stamp.local_date.isoformat()) == ("Europe/Berlin", "2026-11-15")


def test_doing_a_set_again_supersedes_the_first_try(coaching: Coaching, diary: MemoryDiary) -> None:
    start = coaching.start("daily_six", "Daily six", plan_routine(shipped().routines["daily_six"]))
    place = places()[0]
    first = coaching.record(start.id, SetDone(place, SetStatus.PARTIAL, 3, None))
    second = coaching.record(start.id, done(place))
    assert second.supersedes == first.id
    assert [r.real_reps for r in diary.sessions()[0].sets] == [10]


def test_pain_can_be_tied_to_the_set_it_was_felt_in(coaching: Coaching, diary: MemoryDiary) -> None:
    start = coaching.start("daily_six", "Daily six", plan_routine(shipped().routines["daily_six"]))
    finished = done(places()[2])
    record = coaching.record(start.id, finished)
    coaching.rate([Rating(HEEL, PainMoment.WORST, 4, "calf_raise")], start.id, finished.key)
    (rating,) = diary.sessions()[0].pain
    assert (rating.set_id, rating.exercise_id, rating.nrs) == (record.id, "calf_raise", 4)


@pytest.mark.parametrize("nrs", [-1, 11, True, 3.5])
def test_a_rating_outside_the_scale_is_refused_at_the_edge(nrs: int) -> None:
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        Rating(HEEL, PainMoment.BEFORE, nrs)


def test_a_session_that_was_cut_off_is_offered_with_what_is_left(
    coaching: Coaching, diary: MemoryDiary, clock: FakeClock
) -> None:
    plan = plan_routine(shipped().routines["daily_six"])
    start = coaching.start("daily_six", "Daily six", plan)
    for place in places()[:2]:
        coaching.record(start.id, done(place))
    # The program starts again and knows nothing but the diary.
    numbers = count(1000)
    again = Coaching(diary, clock, lambda: "Europe/Berlin", lambda: UUID(int=next(numbers)))
    found = again.unfinished(shipped().exercises)
    assert found is not None
    assert (len(found.done), found.total, found.plan) == (2, 20, plan)
    repeated = again.record(start.id, done(places()[1]))
    assert repeated.supersedes is not None
    assert len(diary.sessions()[0].sets) == 2


def test_a_session_whose_exercises_are_gone_is_not_offered(coaching: Coaching) -> None:
    coaching.start("daily_six", "Daily six", plan_routine(shipped().routines["daily_six"]))
    assert coaching.unfinished({}) is None


def test_a_session_at_a_level_that_is_gone_is_not_offered(coaching: Coaching) -> None:
    coaching.start("daily_six", "Daily six", plan_routine(shipped().routines["daily_six"]))
    fewer = {key: replace(exercise, levels=exercise.levels[:1]) for key, exercise in shipped().exercises.items()}
    assert coaching.unfinished(fewer) is None


def test_a_new_session_closes_one_that_was_left_open_with_the_time_of_its_sets(
    coaching: Coaching, diary: MemoryDiary, clock: FakeClock
) -> None:
    plan = plan_routine(shipped().routines["daily_short"])
    left = coaching.start("daily_short", "Short", plan)
    clock.advance(90)
    coaching.record(left.id, done(Timeline(plan).places[0]))
    clock.advance(3600)
    coaching.start("daily_short", "Short", plan)
    ended = next(s.end for s in diary.sessions() if s.start.id == left.id)
    assert ended is not None
    assert (ended.outcome, ended.seconds) == (Outcome.ABANDONED, 90)


def test_effort_and_note_are_added_once_the_person_has_answered(coaching: Coaching, diary: MemoryDiary) -> None:
    plan = plan_routine(shipped().routines["daily_short"])
    start = coaching.start("daily_short", "Short", plan)
    end = coaching.finish(start.id, Outcome.COMPLETED, 455.4)
    coaching.answer(end, 5, "  went well \n")
    kept = diary.sessions()[0].end
    assert kept is not None
    assert (kept.seconds, kept.effort, kept.note, kept.outcome) == (455, 5, "went well", Outcome.COMPLETED)


def test_the_changed_plan_is_the_one_that_is_offered(coaching: Coaching) -> None:
    routine = shipped().routines["daily_six"]
    start = coaching.start("daily_six", "Daily six", plan_routine(routine))
    shorter = plan_routine(routine)[:2]
    coaching.change_plan(start.id, shorter)
    found = coaching.unfinished(shipped().exercises)
    assert found is not None
    assert found.plan == shorter


def test_the_fortnight_marks_days_with_work_and_no_others(
    coaching: Coaching, diary: MemoryDiary, clock: FakeClock
) -> None:
    plan = plan_routine(shipped().routines["daily_short"])
    today = clock.now().date()
    skipped = coaching.start("daily_short", "Short", plan)
    coaching.record(skipped.id, done(Timeline(plan).places[0], SetStatus.SKIPPED))
    assert [m.sessions for m in fortnight(diary.sessions(), today)] == [0] * 14
    coaching.record(skipped.id, done(Timeline(plan).places[1]))
    marks = fortnight(diary.sessions(), today)
    assert [m.sessions for m in marks] == [0] * 13 + [1]
    assert marks[-1].is_today
    assert (marks[-1].day - marks[0].day).days == 13


def test_areas_stay_active_for_a_fortnight_after_their_last_rating_above_zero(
    coaching: Coaching, diary: MemoryDiary, clock: FakeClock
) -> None:
    coaching.rate([Rating(HEEL, PainMoment.BEFORE, 3), Rating(BACK, PainMoment.BEFORE, 0)])
    today = clock.now().date()
    assert active_areas(diary.last_pain(), today) == (HEEL,)
    clock.advance(15 * 86_400)
    assert active_areas(diary.last_pain(), clock.now().date()) == ()


def test_a_session_is_compared_with_the_last_one_that_had_the_exercise(
    coaching: Coaching, diary: MemoryDiary, clock: FakeClock
) -> None:
    plan = plan_routine(shipped().routines["daily_six"])
    first = coaching.start("daily_six", "Daily six", plan)
    coaching.record(first.id, SetDone(places()[4], SetStatus.PARTIAL, None, 12))
    coaching.finish(first.id, Outcome.STOPPED, 60)
    clock.advance(86_400)
    second = coaching.start("daily_six", "Daily six", plan)
    coaching.record(second.id, done(places()[4]))
    coaching.rate([Rating(HEEL, PainMoment.WORST, 2, "single_leg_balance")], second.id)
    now, before = diary.sessions()
    (balance,) = compare(now, [now, before])
    assert balance.exercise_id == "single_leg_balance"
    assert [r.real_hold_s for r in balance.sets] == [15]
    assert [r.real_hold_s for r in balance.earlier] == [12]
    assert (balance.worst_pain, balance.earlier_day) == (2, before.start.stamp.local_date)
    assert seconds_of(before) == 60


def test_own_levels_change_the_dose_only_where_they_differ() -> None:
    routine = shipped().routines["daily_six"]
    mine = with_levels(routine, {"calf_raise": 3, "calf_stretch": 2, "hamstring_stretch": 99})
    assert mine.items[1].dose.reps == 12
    assert mine.items[1].level == 3
    assert [item.dose for i, item in enumerate(mine.items) if i != 1] == [
        item.dose for i, item in enumerate(routine.items) if i != 1
    ]


def test_a_fault_of_the_diary_reaches_whoever_asked(coaching: Coaching, diary: MemoryDiary) -> None:
    from coach.errors import StorageError

    diary.fault = StorageError("The disk is full.")
    with pytest.raises(StorageError, match="disk is full"):
        coaching.start("daily_six", "Daily six", plan_routine(shipped().routines["daily_six"]))


def test_a_short_routine_stays_short_and_a_seated_one_seated() -> None:
    routines = shipped().routines
    levels = {"calf_raise": 4, "hip_flexor_stretch": 3, "towel_toe_curl": 1}
    assert {item.sets for item in with_levels(routines["daily_short"], levels).items} == {1}
    assert with_levels(routines["desk_side"], levels) == routines["desk_side"]
