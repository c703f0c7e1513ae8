"""What is said, what stands in the table and what was given agree, for each chart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.adherence import Day, DayKind
from coach.domain.progress.period import PeriodKind
from coach.domain.progress.points import ExerciseSeen, PainPoint, SessionPoint, TrendPoint
from coach.domain.progress.span import Bin, Span
from coach.services.progress import ExerciseTrend, PainSeries
from coach.ui.charts.heat import CalendarChart, kind_text
from coach.ui.charts.level import LevelChart
from coach.ui.charts.minutes import TimeChart
from coach.ui.charts.pain import PainChart, baseline_text
from coach.ui.charts.trend import TrendChart
from tests.ui.charts import samples
from tests.ui.charts.samples import HEEL, TODAY, days_to

QUARTER = days_to(84)


def rated(day: date, *ratings: int) -> PainPoint:
    """A day with these ratings."""
    return PainPoint(day, sum(ratings), min(ratings), max(ratings), len(ratings))


def ago(days: int) -> date:
    """A day so many days before today."""
    return TODAY - timedelta(days=days)


def pain_of(*points: PainPoint, mean: tuple[tuple[date, float], ...] = (), by: Bin = Bin.DAY) -> PainSeries:
    """A series without a baseline."""
    return PainSeries(HEEL, PainMoment.BEFORE, by, points, mean, None, None, None)


# --- pain ------------------------------------------------------------------------------------------------------------


def test_each_day_says_what_was_rated_and_done() -> None:
    series = pain_of(rated(ago(3), 3), rated(ago(1), 2, 5), mean=((ago(3), 2.94),))
    done = (SessionPoint(ago(3), 1, 1, 600), SessionPoint(ago(1), 2, 0, 900), SessionPoint(TODAY, 3, 2, 900))
    chart = PainChart(series, done, (samples.period(ago(2), 2),), days_to(4), TODAY)
    assert [chart.said(stop) for stop in range(chart.stops)] == [
        "Thu 12 Nov: 3 of 10, 7-day mean 2.9, 1 session",
        "Fri 13 Nov: not rated, no session, flare",
        "Sat 14 Nov: mean 3.5 of 10 (2 to 5, 2 ratings), 2 lighter sessions, flare",
        "Sun 15 Nov: not rated, 3 sessions, 1 of them lighter",
    ]


def test_a_rating_of_0_is_a_value_and_no_rating_is_none() -> None:
    chart = PainChart(pain_of(rated(ago(1), 0)), (), (), days_to(2), TODAY)
    assert chart.said(0) == "Sat 14 Nov: 0 of 10, no session"
    assert chart.said(1) == "Sun 15 Nov: not rated, no session"
    assert chart.marks(0) == [0]
    assert chart.marks(1) == []


def test_the_table_has_every_value_of_the_series_and_no_other() -> None:
    points, done = samples.pain_points(QUARTER), samples.sessions(QUARTER)
    series = samples.series(points)
    table = PainChart(series, done, (), QUARTER, TODAY).table()
    rows = {str(row[0]): row[1:] for row in table.raw}
    assert list(rows) == sorted(rows)
    assert {day: row[0] for day, row in rows.items() if row[0] is not None} == {
        point.day.isoformat(): point.mean for point in points
    }
    assert {day: row[1:4] for day, row in rows.items() if row[0] is not None} == {
        point.day.isoformat(): (point.low, point.high, point.count) for point in points
    }
    assert {day: row[4] for day, row in rows.items() if row[4] is not None} == {
        day.isoformat(): mean for day, mean in series.mean
    }
    assert {day: row[5:] for day, row in rows.items() if row[5]} == {
        point.day.isoformat(): (point.sessions, point.completed) for point in done
    }
    assert len(table.columns) == len(table.rows[0])
    assert len(table.raw_columns) == len(table.raw[0])


def test_the_table_tells_not_rated_from_0() -> None:
    done = (SessionPoint(TODAY, 1, 1, 600),)
    table = PainChart(pain_of(rated(ago(1), 0)), done, (), days_to(2), TODAY).table()
    assert [row[:2] for row in table.rows] == [("Sat 14 Nov", "0"), ("Sun 15 Nov", "not rated")]
    assert [row[1] for row in table.raw] == [0, None]


def test_what_lies_outside_of_the_span_is_not_shown() -> None:
    series = pain_of(rated(ago(20), 9), rated(ago(1), 2), mean=((ago(20), 9.0),))
    chart = PainChart(series, samples.sessions(QUARTER), (samples.period(ago(20), 3),), days_to(7), TODAY)
    assert len(chart.points) == 1
    assert not chart.mean
    assert list(chart.periods) == []
    assert all(str(row[0]) >= ago(6).isoformat() for row in chart.table().raw)


def test_a_flare_of_another_area_is_not_shown() -> None:
    knee = Area(Region.KNEE, BodySide.LEFT)
    both = (samples.period(ago(5), 2, area=knee), samples.period(ago(4), 2, PeriodKind.REST, HEEL))
    chart = PainChart(pain_of(rated(ago(1), 2)), (), both, QUARTER, TODAY)
    assert [period.kind for period in chart.periods] == [PeriodKind.REST]


def test_months_are_stops_of_a_long_span_and_have_no_7_day_mean() -> None:
    span = Span(date(2014, 3, 10), TODAY)
    months = [rated(date(2014, 3, 1), 4, 6), rated(date(2026, 11, 1), 2)]
    series = pain_of(*months, mean=tuple((month.day, month.mean) for month in months), by=Bin.MONTH)
    chart = PainChart(series, (SessionPoint(date(2014, 3, 1), 9, 8, 5400),), (), span, TODAY)
    assert chart.stops == 12 * 12 + 9
    assert chart.said(0) == "March 2014: mean 5.0 of 10 (4 to 6, 2 ratings), 9 sessions, 1 of them lighter"
    assert chart.said(chart.stops - 1) == "November 2026: 2 of 10, no session"
    assert [row[0] for row in chart.table().raw] == ["2014-03", "2026-11"]
    assert "mean_7_days" not in chart.table().raw_columns
    assert "7-day" not in chart.summary
    assert chart.marks(0) == [5]


def test_the_summary_says_what_it_rests_on() -> None:
    series = samples.series(samples.pain_points(QUARTER))
    said = PainChart(series, (), (), QUARTER, TODAY).summary
    assert said.startswith(f"24 Aug to 15 Nov: {len(series.points)} days rated, rated before a session.")
    assert "Week from 24 Aug, mean 4.8 of 10." in said
    assert PainChart(None, (), (), QUARTER, TODAY).summary == "No ratings in these dates."


def test_the_first_week_of_a_range_is_not_called_the_first_of_all() -> None:
    series = samples.series(samples.pain_points(samples.days_to(14)))
    assert baseline_text(series, TODAY) == "week from 2 Nov, mean 4.3"
    assert baseline_text(series, date(2027, 1, 2)) == "week from 2 Nov 2026, mean 4.3"


# --- sides -----------------------------------------------------------------------------------------------------------


def worked(day: date, side: Side, level: int, *sets: int) -> TrendPoint:
    """A day with these sets on one side."""
    return TrendPoint(day, side, level, sum(sets), max(sets), len(sets))


def trend_of(*points: TrendPoint, kind: Kind = Kind.BALANCE, by: Bin = Bin.DAY) -> ExerciseTrend:
    """A trend of these days."""
    return ExerciseTrend(
        ExerciseSeen("x", "Balance hold", kind, 9), by, points, None, ((points[0].day, points[0].level),)
    )


def test_each_day_says_both_sides() -> None:
    trend = trend_of(worked(ago(1), Side.LEFT, 2, 15, 14), worked(ago(1), Side.RIGHT, 2, 12))
    chart = TrendChart(trend, days_to(2), TODAY)
    assert chart.said(0) == "Sat 14 Nov: Left 14.5 s, Right 12 s, level 2, 3 sets"
    assert chart.said(1) == "Sun 15 Nov: no set"
    assert list(chart.marks(0)) == [14.5, 12]


def test_repetitions_are_called_so() -> None:
    chart = TrendChart(trend_of(worked(TODAY, Side.BOTH, 1, 10, 12), kind=Kind.REPS), days_to(1), TODAY)
    assert chart.said(0) == "Sun 15 Nov: Both 11 reps, level 1, 2 sets"


def test_over_16_weeks_a_point_is_the_mean_of_all_sets_of_a_week() -> None:
    monday = date(2026, 11, 9)
    trend = trend_of(
        worked(monday - timedelta(days=1), Side.LEFT, 1, 4),
        worked(monday, Side.LEFT, 1, 10),
        worked(monday + timedelta(days=6), Side.LEFT, 2, 16, 16, 16),
    )
    chart = TrendChart(trend, days_to(113), TODAY)
    assert chart.said(chart.stops - 1) == "Week from Mon 9 Nov: Left 14.5 s, level 2, 4 sets"
    assert chart.said(chart.stops - 2) == "Week from Mon 2 Nov: Left 4 s, level 1, 1 set"
    assert TrendChart(trend, days_to(112), TODAY).stops == 112


def test_the_table_adds_up_to_all_sets() -> None:
    span = days_to(365)
    trend = samples.trend(span)
    table = TrendChart(trend, span, TODAY).table()
    for side in (Side.LEFT, Side.RIGHT):
        rows = [row for row in table.raw if row[1] == side.value]
        assert sum(int(row[4] or 0) for row in rows) == sum(point.sets for point in trend.of(side))
        total = sum(float(row[2] or 0) * int(row[4] or 0) for row in rows)
        assert total == pytest.approx(sum(point.total for point in trend.of(side)))
        assert max(int(row[3] or 0) for row in rows) == max(point.best for point in trend.of(side))
    assert [row[0] for row in table.raw] == sorted(str(row[0]) for row in table.raw)


def test_one_side_alone_is_shown_alone() -> None:
    chart = TrendChart(samples.trend(QUARTER, (Side.RIGHT,)), QUARTER, TODAY)
    assert list(chart.sides) == [Side.RIGHT]
    assert {row[1] for row in chart.table().rows} == {"Right"}
    assert "Left" not in chart.summary


def test_an_exercise_without_sets_says_so() -> None:
    assert TrendChart(None, QUARTER, TODAY).summary == "No sets in these dates."
    assert LevelChart(None, QUARTER, TODAY).summary == "No sets in these dates."


# --- levels, time, calendar ------------------------------------------------------------------------------------------


def test_the_ladder_begins_with_the_first_set_and_ends_with_the_last() -> None:
    trend = ExerciseTrend(
        samples.BALANCE,
        Bin.DAY,
        (worked(ago(50), Side.LEFT, 1, 9), worked(ago(20), Side.LEFT, 2, 9), worked(ago(10), Side.LEFT, 2, 9)),
        None,
        ((ago(50), 1), (ago(20), 2)),
    )
    chart = LevelChart(trend, QUARTER, TODAY)
    assert chart.said(0) == "Mon 24 Aug: no set yet"
    assert chart.said(83 - 30).endswith("level 1")
    assert list(chart.marks(83 - 10)) == [2]
    assert chart.marks(83 - 9) == []
    assert chart.said(83 - 10).endswith("level 2")
    assert chart.said(83 - 9).endswith("no set since")  # nobody knows
    assert chart.table().raw == ((ago(50).isoformat(), 1), (ago(20).isoformat(), 2))
    assert chart.summary == "24 Aug to 15 Nov: from level 1 to level 2."
    assert LevelChart(trend, days_to(15), TODAY).summary.endswith("level 2.")
    assert LevelChart(trend, days_to(5), TODAY).stops == 0


def test_minutes_of_a_week_are_those_of_its_days_in_the_span() -> None:
    span = Span(date(2026, 11, 4), TODAY)  # a Wednesday
    days = [date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 8), date(2026, 11, 9)]
    chart = TimeChart([SessionPoint(day, 1, 1, 600) for day in days], span, TODAY)
    assert [chart.said(stop) for stop in range(chart.stops)] == [
        "Week from Mon 2 Nov: 20 min, 2 sessions",
        "Week from Mon 9 Nov: 10 min, 1 session",
    ]
    assert chart.table().raw == (("2026-11-02", 1200, 2), ("2026-11-09", 600, 1))
    assert chart.summary == "4 Nov to 15 Nov: 30 min in 3 sessions."


def test_ten_sessions_in_a_day_are_ten() -> None:
    chart = TimeChart([SessionPoint(TODAY, 10, 9, 6000)], days_to(1), TODAY)
    assert chart.said(0) == "Week from Mon 9 Nov: 100 min, 10 sessions"


def test_a_long_span_has_bars_of_months() -> None:
    done = samples.sessions(days_to(3650))
    chart = TimeChart(done, days_to(3650), TODAY)
    assert chart.stops == 121
    assert sum(int(row[1] or 0) for row in chart.table().raw) == sum(point.seconds for point in done)


def test_what_was_counted_by_month_stays_months_when_looked_at_closely() -> None:
    span = days_to(5000)
    chart = TimeChart([SessionPoint(date(2026, month, 1), 20, 20, 12_000) for month in (9, 10, 11)], span, TODAY)
    near = chart.within(Span(date(2026, 10, 5), TODAY))
    assert [near.said(stop) for stop in range(near.stops)] == [
        "October 2026: 200 min, 20 sessions",
        "November 2026: 200 min, 20 sessions",
    ]


def test_the_calendar_says_each_day_and_ends_with_the_week_of_the_last() -> None:
    days = samples.calendar_days(QUARTER)
    chart = CalendarChart(days, 12, TODAY)
    shown = [day for day in days if day.kind is not DayKind.OUTSIDE]
    assert chart.stops == len(shown)
    assert [row[:2] for row in chart.table().raw] == [(day.day.isoformat(), day.kind.value) for day in shown]
    assert chart.said(chart.stops - 1) == "Sun 15 Nov: today"
    full = next(stop for stop, day in enumerate(shown) if day.kind is DayKind.FULL)
    assert chart.said(full).endswith("full, 1 session, 13 min")
    assert all(kind_text(day.kind) in chart.said(stop) for stop, day in enumerate(shown))


def test_the_calendar_leaves_out_what_is_older_than_its_weeks() -> None:
    chart = CalendarChart(samples.calendar_days(days_to(371)), 12, TODAY)
    assert chart.stops == 84
    assert chart.day(0) == date(2026, 8, 24)


def test_days_to_come_take_no_stop() -> None:
    days = [*samples.calendar_days(days_to(7)), Day(TODAY + timedelta(days=1), DayKind.OUTSIDE)]
    assert CalendarChart(days, 12, TODAY).day(CalendarChart(days, 12, TODAY).stops - 1) == TODAY


def test_an_empty_calendar_has_a_sentence_and_no_stop() -> None:
    chart = CalendarChart((), 12, TODAY)
    assert (chart.stops, chart.summary) == (0, "No days to show yet.")
    assert chart.table().rows == ()
    assert CalendarChart([Day(TODAY, DayKind.OUTSIDE)]).stops == 0
