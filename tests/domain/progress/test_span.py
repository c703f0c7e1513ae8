"""Spans: what a range means today, and how finely it is drawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.domain.progress.span import DAYS_DRAWN, Bin, Range, Span, back, span_of

TODAY = date(2026, 11, 15)


@pytest.mark.parametrize(("chosen", "days"), [(Range.TWO_WEEKS, 14), (Range.THREE_MONTHS, 91), (Range.YEAR, 365)])
def test_a_range_ends_today(chosen: Range, days: int) -> None:
    span = span_of(chosen, TODAY, None)
    assert (span.last, span.days) == (TODAY, days)


def test_all_begins_with_the_first_entry() -> None:
    first = date(2020, 1, 1)
    assert span_of(Range.ALL, TODAY, Span(first, first)) == Span(first, TODAY)
    assert span_of(Range.ALL, TODAY, None) == Span(TODAY, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert span_of(Range.ALL, TODAY, Span(first, tomorrow)).last == tomorrow


def test_own_dates_are_given_and_in_order() -> None:
    with pytest.raises(ValueError, match="own"):
        span_of(Range.OWN, TODAY, None)
    with pytest.raises(ValueError, match="before it begins"):
        Span(TODAY, TODAY - timedelta(days=1))


def test_long_spans_are_drawn_by_months() -> None:
    assert Span(TODAY - timedelta(days=DAYS_DRAWN - 1), TODAY).by is Bin.DAY
    assert Span(TODAY - timedelta(days=DAYS_DRAWN), TODAY).by is Bin.MONTH


def test_spans_meet_where_they_have_a_day_in_common() -> None:
    one = Span(TODAY, TODAY + timedelta(days=3))
    assert one.meets(Span(one.last, one.last))
    assert not one.meets(Span(one.last + timedelta(days=1), one.last + timedelta(days=9)))


def test_back_stops_where_dates_begin() -> None:
    assert back(TODAY, 14) == date(2026, 11, 1)
    assert back(date(1, 1, 3), 14) == date.min
