"""Is it helping: the display rule of clinical.md 3.4, its worked examples, its edges, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coach.domain.progress.helping import Answer, Helping, Lacking, Week, first_week, helping
from coach.domain.progress.span import Span
from tests.progress import days, pain_point

if TYPE_CHECKING:
    from coach.domain.progress.points import PainPoint

FIRST = date(2026, 8, 24)
SPAN = Span(FIRST, FIRST + timedelta(days=83))
LAST_WEEK = SPAN.last - timedelta(days=6)


def week(first: date, *nrs: int | tuple[int, ...]) -> list[PainPoint]:
    """Ratings of days one after another; several of one day in a tuple."""
    given_ = (each if isinstance(each, tuple) else (each,) for each in nrs)
    return [pain_point(day, *each) for day, each in zip(days(first, len(nrs)), given_, strict=True)]


def told(before: list[int], after: list[int]) -> Answer:
    return helping([*week(FIRST, *before), *week(LAST_WEEK, *after)], SPAN).answer


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ([5, 5, 4, 5, 4, 5, 5], [2, 3, 2, 3, 2, 2, 3], Answer.LESS),  # 4.71 to 2.43, as designed
        ([3, 2, 2], [2, 2, 2], Answer.SAME),
        ([5, 5, 5], [4, 4, 4], Answer.SAME),  # a point from 5 or more is about the same
        ([7, 7, 7], [5, 5, 5], Answer.LESS),
        ([7, 7, 7], [9, 9, 9], Answer.MORE),
        ([2, 2, 2], [1, 1, 1], Answer.LESS),  # from a low start a point matters
        ([0, 0, 0], [0, 0, 0], Answer.SAME),
        ([0, 0, 0], [2, 2, 2], Answer.MORE),
        ([0, 0, 0], [1, 1, 1], Answer.SAME),
        ([10, 10, 10], [0, 0, 0], Answer.LESS),
    ],
)
def test_worked_examples(before: list[int], after: list[int], answer: Answer) -> None:
    assert told(before, after) is answer


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ([4, 4, 4, 4], [3, 3, 3, 3], Answer.LESS),  # a start of 4.0 and a fall of 1.0
        ([4, 4, 4, 4], [4, 3, 3, 3], Answer.SAME),  # 0.75
        ([4, 4, 4, 5], [3, 3, 3, 4], Answer.SAME),  # the same fall from 4.25
        ([5, 5, 4, 4, 4, 5], [3, 3, 2, 2, 2, 3], Answer.LESS),  # 2.0 from 4.5
        ([5, 5, 5, 5, 5, 5, 5], [3, 3, 3, 3, 3, 3, 4], Answer.SAME),  # 1.86 from 5
        ([1, 1, 1], [3, 3, 3], Answer.MORE),  # a rise of 2.0
        ([1, 1, 1], [3, 3, 2], Answer.SAME),  # 1.67
        ([2, 2, 2], [3, 3, 3], Answer.SAME),  # a rise of 1.0 from a low start
    ],
)
def test_edges_of_the_thresholds(before: list[int], after: list[int], answer: Answer) -> None:
    assert told(before, after) is answer


def test_a_start_of_4_01_needs_two_points_and_1_99_are_not_two() -> None:
    hundred = [(4,) * 99 + (5,)] * 3  # a mean of 4.01 from a hundred ratings a day
    assert helping([*week(FIRST, *hundred), *week(LAST_WEEK, 3, 3, 3)], SPAN).answer is Answer.SAME
    just_not = [(2,) * 98 + (3,) * 2] * 3  # 2.02: a fall of 1.99
    assert helping([*week(FIRST, *hundred), *week(LAST_WEEK, *just_not)], SPAN).answer is Answer.SAME
    just = [(2,) * 99 + (3,)] * 3  # 2.01
    assert helping([*week(FIRST, *hundred), *week(LAST_WEEK, *just)], SPAN).answer is Answer.LESS


def test_a_fall_of_exactly_two_is_clear_where_floating_point_would_lose_it() -> None:
    thirds = [(5, 5, 6), (5, 6, 6), (4, 5, 5), (6, 6, 5)]
    two_less = [tuple(n - 2 for n in day) for day in thirds]
    assert helping([*week(FIRST, *thirds), *week(LAST_WEEK, *reversed(two_less))], SPAN).answer is Answer.LESS


def test_what_it_rests_on_is_said() -> None:
    answer = helping([*week(FIRST, 5, 6, 4, 5), *week(LAST_WEEK, 2, 3, 1)], SPAN)
    assert answer == Helping(
        Answer.LESS,
        Week(Span(FIRST, FIRST + timedelta(days=6)), 5.0, 4, 4, 6),
        Week(Span(LAST_WEEK, SPAN.last), 2.0, 3, 1, 3),
        2.0,
    )
    assert answer.change == -3.0
    assert helping([*week(FIRST, 4, 4, 4), *week(LAST_WEEK, 4, 4, 4)], SPAN).threshold == 1.0


def test_a_day_with_ten_ratings_counts_as_one_day() -> None:
    ten: list[int | tuple[int, ...]] = [(9,) * 10, 3, 3]
    assert helping([*week(FIRST, *ten), *week(LAST_WEEK, 3, 3, 3)], SPAN).first == Week(
        Span(FIRST, FIRST + timedelta(days=6)), 5.0, 3, 3, 9
    )


def test_no_data_is_too_early() -> None:
    assert helping([], SPAN) == Helping(Answer.EARLY, lacking=Lacking.NOTHING)
    outside = week(FIRST - timedelta(days=30), 5, 5, 5)
    assert helping(outside, SPAN).lacking is Lacking.NOTHING


def test_one_day_is_too_early() -> None:
    answer = helping(week(FIRST, 5), SPAN)
    assert (answer.answer, answer.lacking) == (Answer.EARLY, Lacking.FIRST_WEEK)
    assert answer.change is None
    assert helping(week(FIRST, 5), Span(FIRST, FIRST)).lacking is Lacking.TOO_SHORT


@pytest.mark.parametrize(("length", "lacking"), [(13, Lacking.TOO_SHORT), (14, None)])
def test_weeks_that_overlap_are_not_compared(length: int, lacking: Lacking | None) -> None:
    span = Span(FIRST, FIRST + timedelta(days=length - 1))
    assert helping(week(FIRST, *[5] * length), span).lacking is lacking


def test_the_first_week_begins_with_the_first_rating() -> None:
    late = FIRST + timedelta(days=40)
    answer = helping([*week(late, 5, 5, 5), *week(LAST_WEEK, 2, 2, 2)], SPAN)
    assert answer.first is not None
    assert answer.first.span == Span(late, late + timedelta(days=6))
    too_late = SPAN.last - timedelta(days=12)
    assert helping(week(too_late, *[5] * 13), SPAN).lacking is Lacking.TOO_SHORT


@pytest.mark.parametrize("length", [14, 15, 19])
@pytest.mark.parametrize("late", [1, 4])
def test_two_weeks_need_no_rating_on_their_very_first_day(length: int, late: int) -> None:
    """Whoever rests on Sundays has an answer for two weeks that begin with one."""
    span = Span(FIRST, FIRST + timedelta(days=length - 1))
    points = week(FIRST, *[6] * 7, *[3] * (length - 7))[late:]
    answer = helping(points, span)
    assert answer.answer is not Answer.EARLY
    assert answer.first is not None
    assert answer.last is not None
    assert answer.first.span.first in {FIRST + timedelta(days=n) for n in range(late + 1)}
    assert answer.first.span.last < answer.last.span.first
    assert first_week(points, span) == answer.first


def test_of_two_weeks_too_few_days_before_the_last_seven_are_no_first_week() -> None:
    span = Span(FIRST, FIRST + timedelta(days=13))
    assert helping(week(FIRST + timedelta(days=5), *[5] * 9), span).lacking is Lacking.TOO_SHORT
    assert helping(week(FIRST + timedelta(days=4), *[5] * 10), span).answer is Answer.SAME


def test_a_gap_of_months_at_the_end_gives_no_answer() -> None:
    answer = helping(week(FIRST, 5, 5, 5, 5, 5, 5, 5, 2, 2, 2), SPAN)
    assert (answer.answer, answer.lacking) == (Answer.EARLY, Lacking.LAST_WEEK)
    assert answer.first is not None


@pytest.mark.parametrize("rated", [0, 1, 2])
def test_two_days_of_a_week_are_too_few(rated: int) -> None:
    assert told([5, 5, 5], [1] * rated) is Answer.EARLY
    assert told([5] * max(1, rated), [1, 1, 1]) is Answer.EARLY


def test_a_baseline_needs_three_days_but_no_last_week() -> None:
    assert first_week(week(FIRST, 5, 4, 6), Span(FIRST, FIRST + timedelta(days=3))) == Week(
        Span(FIRST, FIRST + timedelta(days=3)), 5.0, 3, 4, 6
    )
    assert first_week(week(FIRST, 5, 4), SPAN) is None
    assert first_week([], SPAN) is None


ratings = st.lists(st.integers(0, 10), min_size=1, max_size=4).map(tuple)
histories = st.dictionaries(st.integers(-5, 90), ratings, max_size=40).map(
    lambda found: [pain_point(FIRST + timedelta(days=n), *found[n]) for n in sorted(found)]
)


@given(histories, st.integers(-3000, 3000))
def test_other_dates_change_nothing(points: list[PainPoint], by: int) -> None:
    step = timedelta(days=by)
    moved = helping([replace(p, day=p.day + step) for p in points], Span(SPAN.first + step, SPAN.last + step))
    assert replace(moved, first=None, last=None) == replace(helping(points, SPAN), first=None, last=None)
    assert moved.change == helping(points, SPAN).change


@given(histories)
def test_what_lies_between_the_weeks_does_not_matter(points: list[PainPoint]) -> None:
    start = next((p.day for p in points if p.day in SPAN), SPAN.first)
    ends = [p for p in points if not start + timedelta(days=7) <= p.day < LAST_WEEK]
    assert helping(ends, SPAN) == helping(points, SPAN)


@given(st.dictionaries(st.integers(0, 83), st.lists(st.integers(0, 10), min_size=2, max_size=2), max_size=40))
def test_the_order_of_two_ratings_of_a_day_does_not_matter(found: dict[int, list[int]]) -> None:
    one, other = ([pain_point(FIRST + timedelta(days=n), *found[n][::step]) for n in sorted(found)] for step in (1, -1))
    assert helping(one, SPAN) == helping(other, SPAN)


weeks = st.lists(st.integers(0, 6), min_size=3, max_size=7)


@given(weeks, weeks, st.integers(1, 4))
def test_a_constant_more_everywhere_only_matters_to_the_low_start(
    before: list[int], after: list[int], more: int
) -> None:
    low, high = sum(before) / len(before), sum(before) / len(before) + more
    assume((low <= 4) == (high <= 4))
    assert told([n + more for n in before], [n + more for n in after]) is told(before, after)


@given(histories)
def test_never_less_without_a_fall_nor_more_without_a_rise(points: list[PainPoint]) -> None:
    answer = helping(points, SPAN)
    if answer.answer is Answer.EARLY:
        assert answer.lacking is not None
        return
    assert answer.lacking is None
    change = answer.change
    assert change is not None
    assert answer.answer is not Answer.LESS or change < 0
    assert answer.answer is not Answer.MORE or change > 0


@given(weeks, weeks, st.integers(0, 6))
def test_more_pain_now_never_gives_a_better_answer(before: list[int], after: list[int], at: int) -> None:
    order = list(Answer)
    worse = [n + (number == at % len(after)) for number, n in enumerate(after)]
    assert order.index(told(before, worse)) >= order.index(told(before, after))


@given(weeks, weeks, st.integers(0, 6))
def test_a_day_that_was_not_asked_about_never_counts_as_zero(before: list[int], after: list[int], at: int) -> None:
    """Leaving a day of the last week out never pulls its mean below the ratings that are there."""
    fewer = week(LAST_WEEK, *after)
    del fewer[at % len(after)]
    last = helping([*week(FIRST, *before), *fewer], SPAN).last
    if len(fewer) < 3:
        assert last is None
    else:
        assert last is not None
        assert last.mean >= min(point.low for point in fewer)
        assert last.days == len(fewer)
