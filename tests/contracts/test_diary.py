"""The diary port: what was kept comes back, the newest counts, and nothing is kept by halves."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from coach.domain.exercise import Kind, Side
from coach.domain.pain import PainMoment
from coach.domain.records import Outcome, SessionSummary, SetStatus, Stamp
from coach.errors import StorageError
from coach.services.unsaved import PlanChange
from coach.storage.diary import open_diary
from tests import records as r
from tests.fakes import FakeClock, MemoryDiary
from tests.locks import open_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coach.services.ports import Diary


def a_diary(kind: str, request: pytest.FixtureRequest, folder: Path) -> Diary:
    """A new one without a file, in a folder or on a server."""
    if kind == "memory":
        return MemoryDiary()
    if kind == "sealed":
        return open_sealed(folder)
    place = folder if kind == "sqlite" else request.getfixturevalue("running_server").new_person()
    return open_diary(place, FakeClock())


@pytest.fixture(params=["sqlite", "sealed", "postgresql", "memory"])
def diary(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Diary]:
    with closing(a_diary(request.param, request, tmp_path)) as made:
        yield made


def test_a_new_diary_is_empty(diary: Diary) -> None:
    assert diary.sessions() == ()
    assert diary.open_session() is None
    assert diary.last_pain() == {}
    assert diary.levels() == {}


def test_a_session_comes_back_as_it_was_kept(diary: Diary) -> None:
    start = r.start()
    reps = r.done(start, 1)
    balance = r.done(
        start,
        2,
        exercise_index=1,
        kind=Kind.BALANCE,
        side=Side.LEFT,
        status=SetStatus.PARTIAL,
        planned_reps=None,
        real_reps=None,
        tempo=None,
        planned_hold_s=20,
        real_hold_s=13,
        touches=2,
        self_paced=True,
    )
    before = r.pain(0, session_id=start.id)
    worst = r.pain(
        2,
        moment=PainMoment.WORST,
        area=r.BACK,
        session_id=start.id,
        exercise_id="calf_raise",
        set_id=reps.id,
        sign="sharp",
    )
    end = r.end(start, note="Wobbly — ça va 🙂")
    diary.add_session(start)
    diary.add_set(reps)
    diary.add_set(balance)
    diary.add_pain((before, worst))
    diary.add_end(end)
    (summary,) = diary.sessions()
    assert summary.start == start
    assert summary.sets == (reps, balance)
    assert summary.pain == (before, worst)
    assert summary.end == end


def test_sessions_come_newest_first_from_a_date_on_and_no_more_than_asked(diary: Diary) -> None:
    days = [r.start(minutes=-24 * 60 * days) for days in (3, 0, 2, 1)]
    for start in days:
        diary.add_session(start)
    newest_first = [days[1], days[3], days[2], days[0]]
    assert [s.start for s in diary.sessions()] == newest_first
    assert [s.start for s in diary.sessions(limit=2)] == newest_first[:2]
    assert [s.start for s in diary.sessions(since=days[2].stamp.local_date)] == newest_first[:3]
    assert [s.start for s in diary.sessions(since=days[2].stamp.local_date, limit=1)] == newest_first[:1]
    assert [s.start for s in diary.sessions(until=days[3].stamp.local_date)] == newest_first[1:]
    assert [s.start for s in diary.sessions(days[2].stamp.local_date, 1, days[3].stamp.local_date)] == newest_first[1:2]
    assert diary.sessions(limit=0) == ()
    assert diary.sessions(since=days[1].stamp.local_date + timedelta(days=1)) == ()


def test_a_session_belongs_to_the_local_date_it_was_lived_on(diary: Diary) -> None:
    late = r.start(stamp=Stamp.of(r.at(16 * 60), "Pacific/Auckland"))  # already tomorrow over there
    diary.add_session(late)
    tomorrow = r.at(0).date() + timedelta(days=1)
    assert [s.start for s in diary.sessions(since=tomorrow)] == [late]


def test_the_records_of_one_session_do_not_show_up_in_another(diary: Diary) -> None:
    first, second = r.start(0), r.start(60)
    for start in (first, second):
        diary.add_session(start)
        diary.add_set(r.done(start))
        diary.add_pain((r.pain(session_id=start.id),))
    diary.add_end(r.end(first))
    newest, oldest = diary.sessions()
    assert [record.session_id for record in newest.sets] == [second.id]
    assert [rating.session_id for rating in oldest.pain] == [first.id]
    assert newest.end is None
    assert oldest.end is not None


# --- what supersedes what


def test_a_set_that_names_an_earlier_one_takes_its_place(diary: Diary) -> None:
    start = r.start()
    first = r.done(start, 1, status=SetStatus.PARTIAL, real_reps=4)
    other = r.done(start, 2, set_no=2)
    again = r.done(start, 3, supersedes=first.id)
    diary.add_session(start)
    for record in (first, other, again):
        diary.add_set(record)
    (summary,) = diary.sessions()
    assert summary.sets == (other, again)


def test_a_chain_of_corrections_leaves_its_last_link_even_when_the_clock_was_put_back(diary: Diary) -> None:
    start = r.start()
    first = r.done(start, 10)
    second = r.done(start, 5, supersedes=first.id)
    third = r.done(start, 1, supersedes=second.id)
    diary.add_session(start)
    for record in (first, second, third):
        diary.add_set(record)
    assert diary.sessions()[0].sets == (third,)


def test_of_two_records_of_the_same_bout_the_later_one_counts(diary: Diary) -> None:
    start = r.start()
    later, earlier = r.done(start, 5, real_reps=9), r.done(start, 1)
    diary.add_session(start)
    diary.add_set(later)
    diary.add_set(earlier)
    assert diary.sessions()[0].sets == (later,)


def test_left_and_right_of_one_set_are_two_bouts(diary: Diary) -> None:
    start = r.start()
    left, right = r.done(start, 1, side=Side.LEFT), r.done(start, 2, side=Side.RIGHT)
    diary.add_session(start)
    diary.add_set(left)
    diary.add_set(right)
    assert diary.sessions()[0].sets == (left, right)


def test_a_second_end_takes_the_place_of_the_first_even_when_the_clock_was_put_back(diary: Diary) -> None:
    start = r.start()
    first = r.end(start, 20, effort=None)
    answered = r.end(start, 15, effort=6, note="Fine")
    diary.add_session(start)
    diary.add_end(first)
    diary.add_end(answered)
    assert diary.sessions()[0].end == answered


def test_the_newest_plan_counts(diary: Diary) -> None:
    start = r.start()
    diary.add_session(start)
    easier = [{"exercise": "calf_raise", "bouts": []}]
    easiest = [{"exercise": "towel_toe_curl", "bouts": [{"set": 1, "tempo": [2, 1, 3], "hold_s": None}]}]
    diary.save_plan(start.id, r.at(5), easier)
    diary.save_plan(start.id, r.at(2), easiest)  # the clock was put back in between
    summary = diary.open_session()
    assert summary is not None
    assert summary.start == replace(start, plan=easiest)
    assert diary.sessions()[0].start.plan == easiest


def test_the_newest_choice_of_a_level_counts_even_when_the_clock_was_put_back(diary: Diary) -> None:
    diary.add_level(r.level(10, 3))
    diary.add_level(r.level(11, 4, "calf_stretch"))
    diary.add_level(r.level(5, 2))
    assert diary.levels() == {"calf_raise": 2, "calf_stretch": 4}


# --- the session that was cut off


def test_the_open_session_is_the_newest_without_an_end(diary: Diary) -> None:
    older, open_, ended = r.start(0), r.start(60), r.start(120)
    for start in (older, open_, ended):
        diary.add_session(start)
    record = r.done(open_, 61)
    diary.add_set(record)
    diary.add_end(r.end(ended, 130))
    summary = diary.open_session()
    assert summary is not None
    assert summary.start == open_
    assert summary.sets == (record,)
    assert summary.end is None


def test_an_ended_session_is_not_open_however_it_ended(diary: Diary) -> None:
    for minutes, outcome in enumerate(Outcome):
        start = r.start(minutes)
        diary.add_session(start)
        diary.add_end(r.end(start, outcome=outcome))
    assert diary.open_session() is None


# --- pain


def test_last_pain_is_the_newest_rating_at_rest_of_each_area(diary: Diary) -> None:
    old, new = r.pain(0, nrs=5), r.pain(10, nrs=2, moment=PainMoment.AFTER)
    back = r.pain(5, area=r.BACK)
    worst = r.pain(20, nrs=8, moment=PainMoment.WORST)
    morning = r.pain(30, nrs=7, moment=PainMoment.MORNING)
    diary.add_pain((new, old, back, worst, morning))
    assert diary.last_pain() == {r.HEEL: new, r.BACK: back}


def test_last_pain_before_a_day_leaves_that_day_out(diary: Diary) -> None:
    yesterday, today = r.pain(-24 * 60, nrs=5), r.pain(0, nrs=2)
    diary.add_pain((yesterday, today))
    assert diary.last_pain(before=today.stamp.local_date) == {r.HEEL: yesterday}
    assert diary.last_pain(before=yesterday.stamp.local_date) == {}


def test_a_corrected_rating_is_neither_in_its_session_nor_the_last_one(diary: Diary) -> None:
    start = r.start()
    wrong = r.pain(9, nrs=9, session_id=start.id)
    right = r.pain(5, nrs=1, session_id=start.id, supersedes=wrong.id)
    diary.add_session(start)
    diary.add_pain((wrong,))
    diary.add_pain((right,))
    assert diary.last_pain() == {r.HEEL: right}
    assert diary.sessions()[0].pain == (right,)


def test_no_ratings_are_no_trouble(diary: Diary) -> None:
    diary.add_pain(())
    assert diary.last_pain() == {}


# --- what is refused, whole


def test_ratings_are_kept_all_or_none(diary: Diary) -> None:
    kept = r.pain(0)
    diary.add_pain((kept,))
    with pytest.raises(StorageError):
        diary.add_pain((r.pain(5, area=r.BACK), r.pain(6, id=kept.id)))
    assert diary.last_pain() == {r.HEEL: kept}


def test_what_belongs_to_an_unknown_session_is_refused(diary: Diary) -> None:
    unknown = r.start()
    attempts: tuple[Callable[[], None], ...] = (
        lambda: diary.add_set(r.done(unknown)),
        lambda: diary.add_end(r.end(unknown)),
        lambda: diary.add_pain((r.pain(session_id=unknown.id),)),
        lambda: diary.add_pain((r.pain(set_id=r.new_id()),)),
        lambda: diary.save_plan(unknown.id, r.at(0), []),
    )
    for attempt in attempts:
        with pytest.raises(StorageError):
            attempt()
    assert diary.sessions() == ()
    assert diary.last_pain() == {}


def test_the_same_record_twice_is_refused_and_the_first_stays(diary: Diary) -> None:
    start = r.start()
    record = r.done(start)
    diary.add_session(start)
    diary.add_set(record)
    with pytest.raises(StorageError):
        diary.add_set(replace(record, real_reps=1))
    with pytest.raises(StorageError):
        diary.add_session(start)
    assert diary.sessions()[0].sets == (record,)


def test_what_is_added_together_is_all_there_or_none_of_it(diary: Diary) -> None:
    first, second = r.start(), r.start(60)
    diary.add_session(first)

    def break_off() -> None:
        with diary.together():
            diary.add_end(r.end(first))
            diary.add_session(second)
            diary.add_set(r.done(second))
            diary.add_set(r.done(r.start()))  # of a session that was never begun

    with pytest.raises(StorageError):
        break_off()
    assert diary.sessions() == (SessionSummary(first, None, (), ()),)
    with diary.together(), diary.together():
        diary.add_session(second)
        diary.add_set(r.done(second))
    assert [len(summary.sets) for summary in diary.sessions()] == [1, 0]


def test_many_at_once_are_kept_as_one_by_one(diary: Diary) -> None:
    start, other = r.start(0), r.start(60)
    first = r.done(start)
    again = r.done(start, 2, supersedes=first.id, status=SetStatus.PARTIAL)
    rating = r.pain(3, session_id=start.id, set_id=again.id)
    plan = PlanChange(start.id, r.at(1), [{"exercise": "calf_raise", "bouts": []}])
    ends = r.end(start, 20, outcome=Outcome.STOPPED), r.end(start, 10)
    levels = r.level(5, 2), r.level(4, 1)
    entries = (start, first, plan, again, rating, *ends, *levels, other)
    diary.add_all(entries)
    diary.add_all([r.end(other, 90), r.end(other, 80, note="later, though the clock was put back")])
    newest, oldest = diary.sessions()
    assert (oldest.start, oldest.sets, oldest.pain) == (replace(start, plan=plan.plan), (again,), (rating,))
    assert oldest.end == ends[1]
    assert newest.end is not None
    assert newest.end.note.startswith("later")
    assert diary.levels() == {"calf_raise": 1}


def test_many_at_once_are_all_kept_or_none(diary: Diary) -> None:
    start = r.start()
    with pytest.raises(StorageError):
        diary.add_all([start, r.done(start), r.done(r.start(60))])
    assert diary.sessions() == ()
    with pytest.raises(ZeroDivisionError):
        diary.add_all(r.start(1 // (2 - n)) for n in range(4))
    assert diary.sessions() == ()
