"""The progress page in one piece: which area, moment and exercise are shown, what is read for it, and every fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.adherence import DayKind
from coach.domain.progress.helping import Answer, Lacking, helping
from coach.domain.progress.points import PainPoint
from coach.domain.progress.rolling import segments
from coach.domain.progress.span import Bin, Range, Span
from coach.domain.records import Outcome
from coach.services.demo import demo_history
from coach.services.progress import Query, all_series, all_trends, look
from tests import samples
from tests.progress import FakeProgressBook, days, period, rating, session, since
from tests.records import BACK, HEEL, ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.domain.progress.points import ExerciseSeen
    from coach.services.demo import Record
    from coach.services.progress import ProgressView

TODAY = date(2026, 11, 15)
"""A Sunday."""
NOW = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
HIP = Area(Region.HIP, BodySide.RIGHT)
BEFORE, AFTER, MORNING, WORST = PainMoment.BEFORE, PainMoment.AFTER, PainMoment.MORNING, PainMoment.WORST
QUARTER = days(TODAY - timedelta(days=90), 91)


def shown(book: FakeProgressBook, query: Query | None = None, **choice: Any) -> ProgressView:
    return look(book, query or Query(**choice), NOW, ZONE)


def rated(over: list[date] | Any, nrs: Callable[[int], int | None] = lambda n: 3, **fields: Any) -> list[Record]:
    return [rating(day, nrs(number), **fields) for number, day in enumerate(over)]


def demo(length: int) -> FakeProgressBook:
    routine = next(iter(samples.shipped().routines.values()))
    return FakeProgressBook(demo_history(routine, TODAY, ZONE, length))


def test_no_data_is_an_empty_page() -> None:
    view = shown(FakeProgressBook([], [since(TODAY)]))
    assert (view.today, view.extent, view.span.days) == (TODAY, None, 91)
    empty = (view.areas, view.answers, view.sessions, view.periods, view.calendar, view.year, view.exercises)
    assert set(empty) == {()}
    nothing = {view.pain, view.trend, view.adherence, view.span_adherence, view.steadiness}
    assert nothing == {None}
    assert view.seconds == 0
    assert shown(FakeProgressBook(), range=Range.ALL).span == Span(TODAY, TODAY)


def test_one_day_is_shown_and_nothing_concluded() -> None:
    view = shown(FakeProgressBook([*session(TODAY), rating(TODAY, 4)], [since(TODAY)]), range=Range.ALL)
    assert view.span == Span(TODAY, TODAY)
    assert view.answers[0].helping.lacking is Lacking.TOO_SHORT
    assert view.pain is not None
    assert (view.pain.points, view.pain.mean, view.pain.baseline) == ((PainPoint(TODAY, 4, 4, 4, 1),), (), None)
    assert [day.kind for day in view.calendar] == [DayKind.FULL]
    assert view.adherence is not None
    assert (view.adherence.done, view.adherence.planned, view.steadiness) == (1, 1.0, 1.0)
    assert view.trend is not None
    assert (view.trend.difference, view.trend.steps, view.seconds) == (None, ((TODAY, 2),), 600)


def test_zero_is_a_rating_and_not_asked_is_none() -> None:
    fields = {"moment": BEFORE}
    book = FakeProgressBook(rated(QUARTER, lambda n: 0 if n % 2 else None, **fields))
    view = shown(book)
    assert view.pain is not None
    assert len(view.pain.points) == 45
    assert {point.total for point in view.pain.points} == {0}
    assert view.areas[0].days(BEFORE) == 45
    assert view.answers[0].helping.answer is Answer.SAME
    assert shown(FakeProgressBook(rated(QUARTER, lambda n: None))).extent is None


def test_ratings_before_a_session_answer_even_where_mornings_are_more() -> None:
    before = rated([*QUARTER[:3], *QUARTER[-3:]], lambda n: 5 if n < 3 else 2)
    book = FakeProgressBook([*before, *rated(QUARTER, lambda n: 9, moment=MORNING)])
    answer = shown(book).answers[0]
    assert (answer.moment, answer.helping.answer) == (BEFORE, Answer.LESS)


def test_mornings_answer_where_ratings_before_a_session_cannot() -> None:
    before = rated(QUARTER[20:80])
    mornings = rated([*QUARTER[:3], *QUARTER[-3:]], lambda n: 2 if n < 3 else 5, moment=MORNING)
    view = shown(FakeProgressBook([*before, *mornings]))
    assert (view.answers[0].moment, view.answers[0].helping.answer) == (MORNING, Answer.MORE)
    assert view.pain is not None
    assert view.pain.moment is MORNING


@pytest.mark.parametrize(("mornings", "moment"), [(4, BEFORE), (5, BEFORE), (6, MORNING)])
def test_where_neither_can_answer_the_one_with_more_days_is_shown(mornings: int, moment: PainMoment) -> None:
    middle = QUARTER[40:50]
    view = shown(FakeProgressBook([*rated(middle[:5]), *rated(middle[:mornings], moment=MORNING)]))
    assert (view.answers[0].moment, view.answers[0].helping.answer) == (moment, Answer.EARLY)


def test_every_area_rated_at_rest_has_an_answer_the_most_rated_first() -> None:
    book = FakeProgressBook(
        [
            *rated(QUARTER[:20], area=BACK),
            *rated(QUARTER[:40], area=HEEL),
            *rated(QUARTER, area=HIP, moment=WORST),
        ]
    )
    view = shown(book)
    assert [answer.area for answer in view.answers] == [HEEL, BACK]
    assert [seen.area for seen in view.areas] == [HEEL, HIP, BACK]
    assert view.pain is not None
    assert (view.pain.area, view.pain.moment) == (HEEL, BEFORE)


def test_of_areas_rated_as_often_the_one_that_hurt_more_comes_first() -> None:
    book = FakeProgressBook([*rated(QUARTER, lambda n: 2, area=HEEL), *rated(QUARTER, lambda n: 5, area=BACK)])
    assert [answer.area for answer in shown(book).answers] == [BACK, HEEL]


def test_an_area_without_ratings_at_rest_is_charted_at_the_moment_it_has() -> None:
    view = shown(FakeProgressBook(rated(QUARTER, area=HIP, moment=WORST)))
    assert view.answers == ()
    assert view.pain is not None
    assert (view.pain.area, view.pain.moment, len(view.pain.points)) == (HIP, WORST, 91)


def test_what_was_asked_for_is_charted_even_if_it_is_empty() -> None:
    book = FakeProgressBook([*rated(QUARTER), *session(TODAY)])
    view = shown(book, area=HIP, moment=AFTER, exercise_id="toe_yoga")
    assert view.pain is not None
    assert (view.pain.area, view.pain.moment, view.pain.points, view.pain.mean) == (HIP, AFTER, (), ())
    assert view.trend is None
    assert [answer.area for answer in view.answers] == [HEEL]


def test_the_baseline_is_the_first_week_of_what_is_charted() -> None:
    book = FakeProgressBook(rated(QUARTER[10:], lambda n: [4, 6, 5, 5, 3, 7, 5][n] if n < 7 else 1))
    pain = shown(book).pain
    assert pain is not None
    assert (pain.baseline, pain.band) == (5.0, (3, 7))
    assert pain.baseline_span == Span(QUARTER[10], QUARTER[16])


def test_a_mean_is_the_same_in_every_range() -> None:
    book = FakeProgressBook(rated(QUARTER, lambda n: n % 7))
    two, three = (shown(book, range=chosen).pain for chosen in (Range.TWO_WEEKS, Range.THREE_MONTHS))
    assert two is not None
    assert three is not None
    assert two.mean == three.mean[-14:]
    assert two.points == three.points[-14:]


def test_gaps_of_months_break_the_line_and_are_free_days() -> None:
    book = FakeProgressBook([*rated(QUARTER[:10]), *rated(QUARTER[-5:]), *session(QUARTER[0]), *session(TODAY)])
    view = shown(book)
    assert view.pain is not None
    assert [len(piece) for piece in segments(view.pain.mean)] == [8, 3]
    assert [day.kind for day in view.calendar] == [DayKind.FULL, *[DayKind.OPEN] * 89, DayKind.FULL]


def test_a_long_gap_before_the_first_rating_is_found_over() -> None:
    first = date(2017, 1, 1)
    late = days(date(2026, 8, 1), 107)
    book = FakeProgressBook([*session(first), *rated(late, lambda n: 6 if n < 7 else 3)])
    answer = shown(book, range=Range.ALL).answers[0].helping
    assert (answer.answer, answer.first and answer.first.span.first) == (Answer.LESS, late[0])


@given(st.integers(14, 130), st.integers(0, 120), st.sets(st.integers(0, 130), min_size=1))
@example(94, 60, set(range(131)))
@example(100, 86, set(range(131)))
@example(130, 90, set(range(131)))
def test_the_answer_is_that_of_all_days_whatever_was_read_to_give_it(length: int, gap: int, found: set[int]) -> None:
    first = TODAY - timedelta(days=length - 1)
    late = [first + timedelta(days=n) for n in sorted(found) if gap <= n < length]
    book = FakeProgressBook([*session(first), *rated(late, lambda n: n % 5 + 2)])
    view = shown(book, range=Range.ALL)
    assert [answer.helping for answer in view.answers] == [
        helping(book.pain(HEEL, BEFORE, view.span), view.span) for _ in late[:1]
    ]


@pytest.mark.parametrize("kept", [days(date.min, 20), days(date(9999, 12, 12), 20), [TODAY, date.max]])
def test_any_day_there_is_can_be_looked_at(kept: Sequence[date]) -> None:
    book = FakeProgressBook([*rated(kept), *session(kept[0])])
    for own in (Span(date.min, date.max), Span(kept[0], kept[-1]), Span(kept[-1], kept[-1])):
        view = look(book, Query(Range.OWN, own=own), NOW, "Pacific/Auckland")
        assert view.pain is not None
        assert view.pain.points[-1].day in {kept[-1], kept[-1].replace(day=1)}


def test_two_zones_in_a_day_are_one_day_as_lived() -> None:
    east = replace(rating(TODAY, 6).stamp, zone="Pacific/Auckland", at=NOW - timedelta(hours=20))
    west = replace(east, zone="America/Los_Angeles", at=NOW)
    view = shown(FakeProgressBook([rating(TODAY, 6, stamp=east), rating(TODAY, 3, stamp=west)]))
    assert view.pain is not None
    assert view.pain.points == (PainPoint(TODAY, 9, 3, 6, 2),)


def test_today_is_the_date_where_the_person_is() -> None:
    late = datetime(2026, 11, 15, 23, tzinfo=UTC)
    book = FakeProgressBook(session(TODAY))
    assert look(book, Query(), late, "Pacific/Auckland").today == TODAY + timedelta(days=1)
    assert look(book, Query(), late, "America/New_York").today == TODAY
    with pytest.raises(ValueError, match="aware"):
        look(book, Query(), late.replace(tzinfo=None), ZONE)


def test_ten_sessions_in_a_day_are_one_day_done() -> None:
    ten = [record for _ in range(10) for record in session(TODAY)]
    view = shown(FakeProgressBook(ten, [since(TODAY)]))
    assert view.sessions[0].sessions == 10
    assert view.seconds == 6000
    assert view.adherence is not None
    assert (view.adherence.done, view.adherence.planned) == (1, 1.0)
    assert view.trend is not None
    assert (view.trend.points[0].sets, view.trend.points[0].total) == (10, 100)


def test_only_one_side_has_no_difference_and_two_have() -> None:
    left = session(TODAY, side=Side.LEFT, real_reps=8)
    trend = shown(FakeProgressBook(left)).trend
    assert trend is not None
    assert (trend.difference, len(trend.of(Side.LEFT)), trend.of(Side.RIGHT)) == (None, 1, ())
    trend = shown(FakeProgressBook([*left, *session(TODAY, side=Side.RIGHT, real_reps=11)])).trend
    assert trend is not None
    assert trend.difference == 3


def test_the_difference_is_of_the_last_four_weeks() -> None:
    old, new = TODAY - timedelta(days=28), TODAY - timedelta(days=27)
    book = FakeProgressBook(
        [
            *session(old, side=Side.RIGHT, real_reps=1),
            *session(new, side=Side.LEFT, real_reps=8),
            *session(TODAY, side=Side.RIGHT, real_reps=9),
        ]
    )
    trend = shown(book).trend
    assert trend is not None
    assert trend.difference == 1


def test_the_exercise_with_most_sets_is_shown_unless_one_is_chosen() -> None:
    balance: dict[str, Any] = {
        "exercise_id": "balance",
        "title": "Balance",
        "kind": Kind.BALANCE,
        "real_reps": None,
        "real_hold_s": 20,
    }
    book = FakeProgressBook([*session(QUARTER[5]), *session(TODAY), *session(TODAY, **balance)])
    view = shown(book)
    assert [exercise.exercise_id for exercise in view.exercises] == ["calf_raise", "balance"]
    assert view.trend is not None
    assert view.trend.exercise == view.exercises[0]
    trend = shown(book, exercise_id="balance").trend
    assert trend is not None
    assert (trend.exercise.title, trend.points[0].total) == ("Balance", 20)


def test_the_year_is_whole_weeks_up_to_this_one_whatever_the_range() -> None:
    book = FakeProgressBook([*session(TODAY - timedelta(days=200)), *session(TODAY)], [since(date(2025, 1, 1))])
    own = Span(date(2020, 1, 1), date(2020, 1, 31))
    for query in (Query(), Query(Range.TWO_WEEKS), Query(Range.ALL), Query(Range.OWN, own=own)):
        view = shown(book, query)
        assert len(view.year) == 371
        assert (view.year[0].day.weekday(), view.year[-1].day) == (0, TODAY)
        assert sum(day.sessions for day in view.year) == 2
        assert [day.day for day in view.calendar] == list(days(view.span.first, view.span.days))
    midweek = look(book, Query(), NOW + timedelta(days=3), ZONE)
    assert midweek.year[-1].day == TODAY + timedelta(days=7)
    assert [day.kind for day in midweek.year[-5:]] == [DayKind.TODAY, *[DayKind.OUTSIDE] * 4]


def test_own_dates_show_what_lies_in_them() -> None:
    book = FakeProgressBook([*session(date(2020, 1, 5)), *session(TODAY)])
    book.add_period(period(date(2019, 12, 1), date(2020, 1, 2)))
    book.add_period(period(date(2026, 10, 1), date(2026, 10, 3)))
    view = shown(book, Query(Range.OWN, own=Span(date(2020, 1, 1), date(2020, 1, 31))))
    assert [point.day for point in view.sessions] == [date(2020, 1, 5)]
    assert [found.first for found in view.periods] == [date(2019, 12, 1)]
    assert view.span_adherence is not None
    assert view.span_adherence.done == 1
    assert view.adherence is not None
    assert view.adherence.span == Span(date(2020, 1, 18), date(2020, 1, 31))
    with pytest.raises(ValueError, match="own"):
        shown(book, Query(Range.OWN))


def test_a_period_that_goes_on_is_listed_once_and_excuses() -> None:
    book = FakeProgressBook(session(TODAY - timedelta(days=400)), [since(date(2025, 1, 1))])
    book.add_period(period(TODAY - timedelta(days=2000)))
    view = shown(book, Query(Range.OWN, own=Span(TODAY - timedelta(days=1000), TODAY - timedelta(days=900))))
    assert len(view.periods) == 1
    assert {day.kind for day in view.year} == {DayKind.EXCUSED, DayKind.TODAY}


def test_stopped_sessions_are_lighter_days() -> None:
    view = shown(FakeProgressBook(session(TODAY, outcome=Outcome.STOPPED)))
    assert view.calendar[-1].kind is DayKind.LIGHTER


def test_a_long_span_is_drawn_by_months_and_answers_by_days() -> None:
    long = days(date(2010, 1, 10), (TODAY - date(2010, 1, 10)).days + 1)
    records = [record for day in [*long[:20], *long[-20:]] for record in session(day, side=Side.LEFT, level=1)]
    records += session(TODAY, side=Side.RIGHT, real_reps=7, level=3)
    book = FakeProgressBook([*rated(long, lambda n: 6 if n < 7 else 3), *records])
    view = shown(book, range=Range.ALL)
    assert view.pain is not None
    assert view.trend is not None
    assert view.pain.by is view.trend.by is Bin.MONTH
    assert len(view.pain.points) == 16 * 12 + 11
    assert view.pain.mean[1] == (date(2010, 2, 1), 3.0)
    assert (view.pain.baseline, view.pain.band) == (6.0, (6, 6))
    assert view.answers[0].helping.answer is Answer.LESS
    assert view.trend.difference == -3
    assert view.trend.steps == ((date(2010, 1, 1), 1), (date(2026, 11, 1), 3))
    assert sum(point.sessions for point in view.sessions) == 41
    assert [day.day for day in view.calendar] == list(long[-371:])
    assert view.span_adherence is not None
    assert view.span_adherence.span == Span(long[-371], TODAY)


def test_what_is_read_does_not_depend_on_how_long_the_history_is() -> None:
    asked = []
    for length in (200, 500):
        book = demo(length)
        shown(book)
        asked.append(book.asked)
    assert asked[0] == asked[1]
    assert len(asked[0]) <= 12
    assert min(span.first for _, span in asked[0] if span) == TODAY - timedelta(days=370)


def test_between_the_two_weeks_only_what_is_drawn_is_read() -> None:
    book = demo(500)
    shown(book, range=Range.ALL)
    whole = [span for what, span in book.asked if what == "pain" and span and span.days > 100]
    assert len(whole) == 1


def test_the_report_has_every_area_and_exercise() -> None:
    book = demo(84)
    span = Span(TODAY - timedelta(days=83), TODAY)
    view = shown(book, Query(Range.OWN, own=span))
    series, trends = all_series(book, span), all_trends(book, span)
    assert [(one.area, one.moment) for one in series] == [(one.area, one.moment) for one in view.answers]
    assert series[0] == view.pain
    exercises: list[ExerciseSeen] = [trend.exercise for trend in trends]
    assert exercises == list(view.exercises)
    assert trends[0] == view.trend
    other = FakeProgressBook([*rated(QUARTER[:9]), *rated(QUARTER, area=HIP, moment=WORST)])
    drawn = [(one.area, one.moment) for one in all_series(other, Span(QUARTER[0], TODAY))]
    assert drawn == [(HEEL, BEFORE), (HIP, WORST)]
    assert all_series(FakeProgressBook(), span) == ()
    assert all_trends(FakeProgressBook(), span) == ()
