"""Axes: round values, places of days, and dates that never touch."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from coach.domain.progress.span import Span
from coach.ui.charts.lens import LEAST
from coach.ui.charts.row import Row, thinned
from coach.ui.charts.scale import Grain, Times, date_labels, nice_ticks
from tests.ui.charts.samples import TODAY, days_to

spans = st.builds(
    lambda first, days: Span(first, first + timedelta(days=days)),
    st.dates(date(1926, 1, 1), date(2126, 1, 1)),
    st.integers(0, 36_600),
)
grains = st.sampled_from(Grain)


@given(st.floats(0, 1e6), st.integers(1, 8))
def test_ticks_are_round_and_reach_over_the_highest_value(highest: float, most: int) -> None:
    ticks = nice_ticks(highest, most)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert len(ticks) <= most + 1
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert str(ticks[1]).strip("0") in {"1", "2", "5"}


@given(spans, grains, st.integers(0, 36_600))
def test_every_day_of_a_span_has_one_place_that_begins_no_later(span: Span, grain: Grain, number: int) -> None:
    times = Times(span, grain)
    day = span.first + timedelta(days=number % span.days)
    index = times.index(day)
    assert 0 <= index < times.count
    assert times.day(index) <= day
    assert times.index(times.day(index)) == index
    assert times.day(index + 1) > day


def test_a_week_begins_where_the_person_lives() -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        assert Times(days_to(84), Grain.WEEK).day(0).isoweekday() == 7
        QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
        assert Times(days_to(84), Grain.WEEK).day(0).isoweekday() == 1
    finally:
        QLocale.setDefault(before)


@given(spans, grains, st.floats(60, 2000), st.floats(6, 16))
def test_dates_never_touch_nor_leave_the_axis(span: Span, grain: Grain, width: float, letter: float) -> None:
    times = Times(span, grain)
    labels = date_labels(
        times, lambda i: 10 + (i + 0.5) * width / times.count, (10, 10 + width), lambda text: len(text) * letter, 16
    )
    assert labels or len("1 Jan 2000") * letter > width / 2
    assert all(0 <= label.index < times.count for label in labels)
    for before, after in pairwise(labels):
        assert after.left >= before.left + len(before.text) * letter + 16
    assert all(label.left >= 10 and label.left + len(label.text) * letter <= 10 + width + 1 for label in labels)


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (1, "15 Nov", "15 Nov"),
        (14, "2 Nov", "15 Nov"),
        (84, "24 Aug", "15 Nov"),
        (365, "Dec 2025", "Nov"),
        (3650, "2017", "2026"),
    ],
)
def test_dates_are_as_fine_as_the_span_asks_for(days: int, first: str, last: str) -> None:
    times = Times(days_to(days))
    labels = date_labels(times, lambda i: (i + 0.5) * 900 / times.count, (0, 900), lambda text: len(text) * 7.0, 16)
    assert (labels[0].text, labels[-1].text) == (first, last)


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.floats(0, 10)), min_size=1, unique_by=lambda pair: pair[0]),
    st.integers(1, 20),
)
def test_thinning_keeps_ends_and_extremes(pairs: list[tuple[int, float]], bundle: int) -> None:
    row = Row.of(sorted(pairs))
    kept = thinned(row, bundle)
    assert list(kept.places) == sorted(kept.places)
    assert kept.places[-1] == row.places[-1]
    assert set(kept.places) <= set(row.places)
    assert (min(kept.values), max(kept.values)) == (min(row.values), max(row.values))
    assert len(kept) <= 2 * (row.places[-1] // bundle + 1) + 1


def test_a_row_gives_what_lies_between_two_places() -> None:
    row = Row.of([(3, "a"), (5, "b"), (9, "c")])
    assert list(row.between(4, 9)) == [(1, "b"), (5, "c")]
    assert row.at(5) == "b"
    assert row.at(4) is None
    assert not row.between(6, 8)
    assert LEAST == 7
    assert TODAY.isoweekday() == 7
