"""The port of charts and reports: only what counts is counted, by the database as by plain Python."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.exercise import Kind, Side
from coach.domain.pain import PainMoment
from coach.domain.progress.period import FlagAnswer, FlagLevel, Period, PeriodKind, SelfTest
from coach.domain.progress.points import AreaSeen, ExerciseSeen, NoteSeen, PainPoint, SessionPoint, TrendPoint
from coach.domain.progress.span import Bin, Span
from coach.domain.records import LevelChange, Outcome, PainRating, SessionEnd, SessionStart, SetRecord, SetStatus, Stamp
from coach.errors import StorageError
from coach.storage.reading import AREAS
from tests import records as r
from tests.contracts.test_diary import a_diary
from tests.domain.reminders.make import rid, routine
from tests.progress import FakeProgressBook, noon
from tests.storage.exchange.histories import (
    EXERCISES,
    Known,
    continued,
    homes,
    patient,
    soaked,
    soaked_less,
    three_computers,
)
from tests.storage.exchange.test_round_trips import carry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from uuid import UUID

    from coach.services.progress_book import ProgressBook
    from coach.services.unsaved import Entry
    from coach.storage.diary import SqlDiary

    Tell = Callable[..., ProgressBook]

DAY = date(2026, 11, 15)
NEXT = DAY + timedelta(days=1)
ALL = Span(date(2026, 1, 1), date(2027, 12, 31))
BEFORE, MORNING = PainMoment.BEFORE, PainMoment.MORNING
HOURS = 60
DAYS = 24 * HOURS


@pytest.fixture(params=["sqlite", "sealed", "postgresql", "fake"])
def tell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tell]:
    """Makes a book of a history."""
    if request.param == "fake":
        yield lambda *entries: FakeProgressBook(cast("Any", entries))
        return
    diary = cast("SqlDiary", a_diary(request.param, request, tmp_path))
    with closing(diary):

        def told(*entries: Entry) -> ProgressBook:
            diary.add_all(entries)
            return diary.progress

        yield told


@pytest.fixture(params=["sqlite", "postgresql"])
def diary(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDiary]:
    made = cast("SqlDiary", a_diary(request.param, request, tmp_path))
    with closing(made):
        yield made


def one(session: SessionStart, minutes: float = 1, **fields: Any) -> SetRecord:
    return r.done(session, minutes, **fields)


def test_without_anything_everything_is_empty(tell: Tell) -> None:
    book = tell()
    assert book.extent() is None
    assert book.rules_since() == ()
    assert (book.areas(), book.areas(ALL), book.exercises(), book.exercises(ALL)) == ((), (), (), ())
    for by in Bin:
        assert not any((book.pain(r.HEEL, BEFORE, ALL, by), book.sessions(ALL, by), book.trend("calf_raise", ALL, by)))
    assert not any((book.periods(ALL), book.flags(ALL), book.tests(ALL), book.ratings(ALL), book.notes(ALL)))


# --- pain


def test_zero_is_a_rating_and_not_asked_is_none(tell: Tell) -> None:
    unasked = r.pain(2 * DAYS, sign="numb", area=r.BACK)
    book = tell(r.pain(0, 0), r.pain(1, 7), replace(unasked, nrs=None))
    assert book.pain(r.HEEL, BEFORE, ALL) == (PainPoint(DAY, 7, 0, 7, 2),)
    assert book.pain(r.BACK, BEFORE, ALL) == ()
    assert book.areas() == (AreaSeen(r.HEEL, ((BEFORE, 1),)),)
    assert book.extent() == Span(DAY, DAY)
    assert [rating.nrs for rating in book.ratings(ALL)] == [0, 7, None]


def test_a_corrected_rating_counts_as_corrected_and_on_the_day_of_the_correction(tell: Tell) -> None:
    first = r.pain(0, 8)
    second = r.pain(DAYS, 5, supersedes=first.id)
    third = r.pain(-DAYS, 2, supersedes=second.id)  # the clock was put back
    book = tell(first, second, third)
    assert book.pain(r.HEEL, BEFORE, ALL) == (PainPoint(DAY - timedelta(days=1), 2, 2, 2, 1),)
    assert book.extent() == Span(DAY - timedelta(days=1), DAY - timedelta(days=1))
    assert book.ratings(ALL) == (third,)


def test_days_are_as_they_were_lived_even_two_zones_in_one_day(tell: Tell) -> None:
    evening = r.at(14 * HOURS)  # already the next day in Auckland
    here, there = Stamp.of(evening, r.ZONE), Stamp.of(evening, "Pacific/Auckland")
    book = tell(r.pain(0, 1), r.pain(0, 2, stamp=here), r.pain(0, 6, stamp=there))
    assert book.pain(r.HEEL, BEFORE, ALL) == (PainPoint(DAY, 3, 1, 2, 2), PainPoint(NEXT, 6, 6, 6, 1))
    assert book.pain(r.HEEL, BEFORE, Span(NEXT, NEXT)) == (PainPoint(NEXT, 6, 6, 6, 1),)


def test_a_month_is_a_bin_that_begins_on_its_first_day_within_the_span(tell: Tell) -> None:
    days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1))
    book = tell(*(r.pain(0, number, stamp=noon(day)) for number, day in enumerate(days)))
    assert book.pain(r.HEEL, BEFORE, Span(days[0], days[2]), Bin.MONTH) == (
        PainPoint(date(2026, 10, 1), 0, 0, 0, 1),
        PainPoint(date(2026, 11, 1), 3, 1, 2, 2),
    )


def test_areas_and_moments_are_kept_apart_and_counted_by_day(tell: Tell) -> None:
    book = tell(
        *(r.pain(0), r.pain(1), r.pain(DAYS), r.pain(2, moment=MORNING), r.pain(3, area=r.BACK, moment=MORNING))
    )
    seen = (AreaSeen(r.HEEL, ((BEFORE, 2), (MORNING, 1))), AreaSeen(r.BACK, ((MORNING, 1),)))
    assert book.areas() == book.areas(ALL) == tuple(sorted(seen, key=lambda area: area.area))
    assert book.areas(Span(NEXT, NEXT)) == (AreaSeen(r.HEEL, ((BEFORE, 1),)),)
    assert len(book.pain(r.HEEL, MORNING, ALL)) == 1


def test_ratings_for_an_export_come_by_instant_each_as_it_was_given(tell: Tell) -> None:
    start = r.start()
    late, early = r.pain(9, session_id=start.id, exercise_id="calf_raise"), r.pain(1, sign="sharp")
    book = tell(start, late, early)
    assert book.ratings(ALL) == (early, late)
    assert book.ratings(Span(NEXT, NEXT)) == ()


# --- sessions


def test_a_session_counts_by_the_day_it_began_once_a_set_was_worked(tell: Tell) -> None:
    worked, only_skipped, empty = (r.start(n) for n in range(3))
    late = one(worked, DAYS, status=SetStatus.PARTIAL)
    skipped = one(only_skipped, status=SetStatus.SKIPPED)
    book = tell(worked, only_skipped, empty, late, skipped, *(r.end(start) for start in (worked, only_skipped, empty)))
    assert book.sessions(ALL) == (SessionPoint(DAY, 1, 1, 810),)
    assert book.sessions(Span(NEXT, NEXT)) == ()


def test_ten_sessions_in_a_day_are_ten(tell: Tell) -> None:
    starts = [r.start(n) for n in range(10)]
    ends = [r.end(s, outcome=Outcome.STOPPED if n < 3 else Outcome.COMPLETED, seconds=n) for n, s in enumerate(starts)]
    book = tell(*starts, *(one(start) for start in starts), *ends)
    assert book.sessions(ALL) == (SessionPoint(DAY, 10, 7, 45),)
    assert book.sessions(ALL, Bin.MONTH) == (SessionPoint(date(2026, 11, 1), 10, 7, 45),)


def test_the_newest_end_counts_even_when_the_clock_was_put_back(tell: Tell) -> None:
    start = r.start()
    ends = r.end(start, 20, outcome=Outcome.STOPPED, note="a"), r.end(start, 10, seconds=100, note="<b>fine</b>")
    book = tell(start, one(start), *ends)
    assert book.sessions(ALL) == (SessionPoint(DAY, 1, 1, 100),)
    assert book.notes(ALL) == (NoteSeen(DAY, "<b>fine</b>"),)


def test_a_session_that_was_cut_off_lasts_as_long_as_its_sets_without_long_gaps(tell: Tell) -> None:
    whole, cut_off = r.start(0), r.start(60)
    worked = one(cut_off, 62, status=SetStatus.SKIPPED), one(cut_off, 90, set_no=2)
    book = tell(whole, one(whole), r.end(whole, seconds=1000), cut_off, *worked)
    assert book.sessions(ALL) == (SessionPoint(DAY, 2, 1, 1000 + 2 * 60 + 300),)
    assert book.sessions(ALL, Bin.MONTH) == (SessionPoint(date(2026, 11, 1), 2, 1, 1420),)


def test_a_set_that_was_corrected_to_skipped_makes_no_session(tell: Tell) -> None:
    start = r.start()
    first = one(start)
    book = tell(start, first, one(start, 2, status=SetStatus.SKIPPED, supersedes=first.id), r.end(start))
    assert (book.sessions(ALL), book.exercises(), book.trend("calf_raise", ALL)) == ((), (), ())
    assert book.extent() == Span(DAY, DAY)


def test_notes_are_as_written_and_empty_ones_are_none(tell: Tell) -> None:
    starts = [r.start(n * DAYS) for n in range(3)]
    ends = (r.end(starts[2], note="=1+1"), r.end(starts[1], note=""), r.end(starts[0], 2 * DAYS, note="Füße 🦶\n"))
    book = tell(*starts, *ends)
    assert book.notes(ALL) == (NoteSeen(DAY, "Füße 🦶\n"), NoteSeen(DAY + timedelta(days=2), "=1+1"))
    assert book.notes(Span(NEXT, NEXT)) == ()


# --- exercises


def test_a_trend_is_by_day_and_side_left_before_right_before_both(tell: Tell) -> None:
    start = r.start()
    hold = {"kind": Kind.BALANCE, "real_reps": None, "exercise_id": "stand"}
    made = (
        one(start, 1, **hold, side=Side.RIGHT, real_hold_s=12, level=1),
        one(start, 2, **hold, side=Side.LEFT, real_hold_s=20, level=1, status=SetStatus.PARTIAL),
        one(start, 3, **hold, side=Side.LEFT, real_hold_s=30, level=2, set_no=2),
        one(start, 4, **hold, side=Side.BOTH, real_hold_s=None, level=3),
        one(start, DAYS, **hold, side=Side.RIGHT, real_hold_s=9, set_no=2),
        one(start, 5, side=Side.LEFT, real_reps=8, real_hold_s=99, exercise_index=1),
    )
    book = tell(start, *made)
    first = (
        TrendPoint(DAY, Side.LEFT, 2, 50, 30, 2),
        TrendPoint(DAY, Side.RIGHT, 1, 12, 12, 1),
        TrendPoint(DAY, Side.BOTH, 3, 0, 0, 1),
    )
    assert book.trend("stand", ALL) == (*first, TrendPoint(NEXT, Side.RIGHT, 2, 9, 9, 1))
    assert book.trend("stand", Span(DAY, DAY)) == first
    assert [(p.side, p.total, p.sets) for p in book.trend("stand", ALL, Bin.MONTH)] == [
        (Side.LEFT, 50, 2),
        (Side.RIGHT, 21, 2),
        (Side.BOTH, 0, 1),
    ]
    assert book.trend("calf_raise", ALL) == (TrendPoint(DAY, Side.LEFT, 2, 8, 8, 1),)
    assert book.trend("never", ALL) == ()


def test_exercises_are_listed_under_their_newest_title_the_most_sets_first(tell: Tell) -> None:
    start = r.start()
    rare = one(start, 1, exercise_id="a_rare_one", title="Rare", kind=Kind.HOLD)
    older, newer = one(start, DAYS, title="Calf raises, renamed"), one(start, 2, set_no=2)
    book = tell(start, rare, older, newer)
    calf = ExerciseSeen("calf_raise", "Calf raises, renamed", Kind.REPS, 2)
    assert book.exercises() == (calf, ExerciseSeen("a_rare_one", "Rare", Kind.HOLD, 1))
    assert book.exercises(Span(NEXT, NEXT)) == (replace(calf, sets=1),)


# --- what is kept for later


def a_period(minutes: float, first: date, last: date | None, **fields: Any) -> Period:
    return replace(Period(r.new_id(minutes), r.stamp(minutes), PeriodKind.FLARE, first, last), **fields)


def test_periods_touch_a_span_and_the_newest_state_counts(tell: Tell) -> None:
    book = tell()
    rest = a_period(0, DAY, DAY + timedelta(days=2), kind=PeriodKind.REST, note="Füße hoch")
    open_ = a_period(1, NEXT, None, area=r.HEEL)
    closed = replace(open_, id=r.new_id(), stamp=r.stamp(-5), last=NEXT, supersedes=open_.id)
    for period in (open_, rest):
        book.add_period(period)
    assert book.periods(ALL) == (rest, open_)
    assert book.periods(Span(DAY + timedelta(days=3), ALL.last)) == (open_,)
    assert book.periods(Span(ALL.first, DAY)) == (rest,)
    book.add_period(closed)
    assert book.periods(ALL) == (rest, closed)
    assert book.periods(Span(DAY + timedelta(days=3), ALL.last)) == ()


def test_flags_and_self_tests_come_by_day_as_they_stand_now(tell: Tell) -> None:
    book = tell()
    wrong = FlagAnswer(r.new_id(), r.stamp(DAYS), "S2", FlagLevel.SOON, yes=True)
    right = replace(wrong, id=r.new_id(), yes=False, supersedes=wrong.id)
    urgent = FlagAnswer(r.new_id(), r.stamp(0), "U1", FlagLevel.URGENT, yes=True)
    for answer in (wrong, right, urgent):
        book.add_flag(answer)
    assert book.flags(ALL) == (urgent, right)
    assert book.flags(Span(DAY, DAY)) == (urgent,)
    left = SelfTest(r.new_id(), r.stamp(DAYS), "single_leg_stance", 127, Side.LEFT, "barfuß")
    reach = SelfTest(r.new_id(), r.stamp(0), "sit_and_reach", -35)
    for test in (left, reach):
        book.add_test(test)
    assert book.tests(ALL) == (reach, left)
    assert book.tests(Span(NEXT, NEXT)) == (left,)


def test_what_cannot_be_is_refused_and_changes_nothing(diary: SqlDiary) -> None:
    book = diary.progress
    with pytest.raises(StorageError):
        book.add_period(a_period(0, NEXT, DAY))
    with pytest.raises(StorageError):
        book.add_period(a_period(0, DAY, None, supersedes=r.new_id()))
    with pytest.raises(StorageError):
        book.add_flag(FlagAnswer(r.new_id(), r.stamp(), "S2", FlagLevel.SOON, yes=True, supersedes=r.new_id()))
    assert not any((book.periods(ALL), book.flags(ALL)))


def test_reminders_are_told_as_they_stood_over_time(diary: SqlDiary) -> None:
    book = diary.reminders
    rule, other = routine("07:00"), routine("08:00", id=rid(2))
    changed = replace(rule, text="later")
    book.keep_rule(rule, r.stamp(0))
    book.keep_rule(other, r.stamp(DAYS))
    book.keep_rule(changed, r.stamp(2 * DAYS))
    book.remove_rule(rule.id, r.stamp(3 * DAYS))
    assert {since.zone for since in diary.progress.rules_since()} == {r.ZONE}
    assert [(since.day, since.rule, since.removed) for since in diary.progress.rules_since()] == [
        (DAY, rule, False),
        (NEXT, other, False),
        (DAY + timedelta(days=2), changed, False),
        (DAY + timedelta(days=3), changed, True),
    ]


def test_a_change_never_comes_before_what_it_changed_though_the_clock_was_put_back(diary: SqlDiary) -> None:
    rule = routine("07:00")
    texts = ("one", "two", "three")
    for minutes, text in zip((2 * DAYS, DAYS, DAYS + 1), texts, strict=True):
        diary.reminders.keep_rule(replace(rule, text=text), r.stamp(minutes))
    diary.reminders.keep_rule(routine(id=rid(2), text="other"), r.stamp(0))
    assert [since.rule.text for since in diary.progress.rules_since()] == ["other", *texts]


# --- any history


ZONES = ("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles")
COUNTED = (SessionStart, SetRecord, PainRating, SessionEnd, LevelChange)


@st.composite
def elsewhere(draw: st.DrawFn, past: list[Any]) -> list[Any]:
    """What of a history charts are made of, each record in a zone and a month of its own."""
    moved = []
    for record in past:
        if isinstance(record, COUNTED):
            at = record.stamp.at + timedelta(days=draw(st.sampled_from((0, 0, 0, 1, 30, 400))))
            moved.append(replace(record, stamp=Stamp.of(at, draw(st.sampled_from(ZONES)))))
    return moved


spans = st.builds(
    lambda first, days: Span(first, first + timedelta(days=days)), st.dates(ALL.first, DAY), st.integers(0, 800)
)


def answers(book: ProgressBook, span: Span) -> dict[str, object]:
    """All that a book says of a span."""
    told: dict[str, object] = {
        "extent": book.extent(),
        "areas": (book.areas(), book.areas(span)),
        "exercises": (book.exercises(), book.exercises(span)),
        "ratings": book.ratings(span),
        "notes": book.notes(span),
    }
    for by in Bin:
        told |= {f"{area} {moment} {by}": book.pain(area, moment, span, by) for area in AREAS for moment in PainMoment}
        told |= {f"{name} {by}": book.trend(name, span, by) for name in EXERCISES}
        told[f"sessions {by}"] = book.sessions(span, by)
    return told


@patient
@soaked
@given(data=st.data())
def test_the_database_counts_as_plain_python_does(data: st.DataObject) -> None:
    past = data.draw(continued(Known(), 20).flatmap(elsewhere))
    span = data.draw(spans)
    with homes(1) as ((home,), _):
        home.diary.add_all(past)
        assert answers(home.diary.progress, span) == answers(FakeProgressBook(past), span)


@patient
@soaked_less
@given(data=st.data())
def test_two_computers_count_as_one_once_their_histories_met(data: st.DataObject) -> None:
    lives = data.draw(three_computers())
    past, first, second = (data.draw(elsewhere(life)) for life in lives[:3])
    span = data.draw(spans)
    with homes(2) as ((here, there), scratch):
        here.diary.add_all(past)
        there.take_over(here)
        here.diary.add_all(first)
        there.diary.add_all(second)
        carry(there, here, scratch, "json")
        carry(there, here, scratch, "json")
        kept = [*past, *_latest_last(first, second)]
        assert answers(here.diary.progress, span) == answers(FakeProgressBook(kept), span)


def test_of_two_ends_that_two_computers_gave_the_later_counts() -> None:
    start = r.start()
    with homes(2) as ((here, there), scratch):
        here.diary.add_all([start, r.done(start), r.end(start, 20, seconds=1, note="first")])
        there.take_over(here)
        here.diary.add_all([r.end(start, 40, seconds=2, note="here")])
        there.diary.add_all([r.end(start, 30, seconds=3, outcome=Outcome.STOPPED, note="there")])
        carry(there, here, scratch, "json")
        carry(here, there, scratch, "json")
        for home in (here, there):
            assert home.diary.progress.sessions(ALL) == (SessionPoint(DAY, 1, 1, 2),)
            assert home.diary.progress.notes(ALL) == (NoteSeen(DAY, "here"),)


def _latest_last(first: Iterable[Any], second: Iterable[Any]) -> list[Any]:
    """Two ways on, so that of the ends of a session the one that counts is the last: the later of each one's last."""
    last: list[dict[UUID, SessionEnd]] = [
        {record.session_id: record for record in life if isinstance(record, SessionEnd)} for life in (first, second)
    ]
    ends = sorted((end for each in last for end in each.values()), key=lambda end: end.stamp.at)
    return [*(record for life in (first, second) for record in life if not isinstance(record, SessionEnd)), *ends]
