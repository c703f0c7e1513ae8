"""The 7-day mean of pain and where its line breaks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.progress.rolling import segments, week_means
from coach.domain.progress.span import Bin
from tests.progress import days, pain_point

if TYPE_CHECKING:
    from coach.domain.progress.points import PainPoint

FIRST = date(2026, 2, 1)


def daily(*nrs: int | None) -> list[PainPoint]:
    return [pain_point(day, n) for day, n in zip(days(FIRST, len(nrs)), nrs, strict=True) if n is not None]


def test_it_begins_with_the_third_rated_day() -> None:
    assert week_means(daily(3, 4, 5, 8)) == ((FIRST + timedelta(days=2), 4.0), (FIRST + timedelta(days=3), 5.0))


def test_a_day_counts_for_seven_days() -> None:
    means = week_means(daily(10, 0, 0, 0, 0, 0, 0, 0))
    assert [mean for _, mean in means[-2:]] == [pytest.approx(10 / 7), 0]


def test_a_day_that_was_not_asked_about_has_no_mean_and_is_no_zero() -> None:
    means = dict(week_means(daily(6, 6, None, 6, None)))
    assert means == {FIRST + timedelta(days=3): 6.0}
    assert dict(week_means(daily(6, 6, 0, 6)))[FIRST + timedelta(days=3)] == 4.5


def test_ten_ratings_of_one_day_are_one_day() -> None:
    assert week_means([pain_point(FIRST, *[9] * 10), *daily(None, 3, 3)]) == ((FIRST + timedelta(days=2), 5.0),)


def test_no_data_and_one_day_give_no_line() -> None:
    assert week_means([]) == week_means(daily(5)) == ()
    assert segments(()) == ()


def test_a_gap_of_months_breaks_the_line() -> None:
    later = [pain_point(day, 2) for day in days(date(2026, 6, 1), 4)]
    pieces = segments(week_means([*daily(5, 5, 5, 5), *later]))
    assert [[day for day, _ in piece] for piece in pieces] == [
        [date(2026, 2, 3), date(2026, 2, 4)],
        [date(2026, 6, 3), date(2026, 6, 4)],
    ]


@pytest.mark.parametrize(("apart", "pieces"), [(7, 1), (8, 2)])
def test_seven_days_are_no_gap_and_eight_are(apart: int, pieces: int) -> None:
    assert len(segments(((FIRST, 1.0), (FIRST + timedelta(days=apart), 2.0)))) == pieces


def test_months_hang_together_unless_one_is_missing() -> None:
    line = tuple((date(2026, month, 1), 1.0) for month in (1, 2, 3, 5, 6))
    assert [len(piece) for piece in segments(line, Bin.MONTH)] == [3, 2]


@given(st.dictionaries(st.integers(0, 200), st.lists(st.integers(0, 10), min_size=1, max_size=3), max_size=80))
def test_it_is_what_its_words_say(found: dict[int, list[int]]) -> None:
    points = {FIRST + timedelta(days=n): pain_point(FIRST + timedelta(days=n), *found[n]) for n in sorted(found)}
    expected = {}
    for day in points:
        window = [points[d].mean for d in days(day - timedelta(days=6), 7) if d in points]
        if len(window) >= 3:
            expected[day] = pytest.approx(sum(window) / len(window))
    line = week_means(list(points.values()))
    assert dict(line) == expected
    assert tuple(each for piece in segments(line) for each in piece) == line
