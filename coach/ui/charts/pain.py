"""Pain of one area over time: what was rated, where it tends, where it began, and what was done meanwhile.

A rating of 0 is a dot at 0; a day without a rating is a gap. There are no goal lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.pain import NRS_MAX
from coach.ui.charts import pain_parts as parts
from coach.ui.charts.chart import Table
from coach.ui.charts.row import Row
from coach.ui.charts.scale import Grain, Times, grain_of
from coach.ui.charts.timed import Frame, TimedChart
from coach.ui.charts.words import mean_text, moment_text, number_text, period_text, sessions_text, span_text
from coach.ui.i18n import tr, trn
from coach.ui.words import area_word, join_words, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QPainter

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import PainPoint, SessionPoint
    from coach.domain.progress.span import Span
    from coach.services.progress import PainSeries
    from coach.ui.charts.drawing import Entry


@dataclass(frozen=True, slots=True)
class _Data:
    """All that a chart and its closer looks share."""

    series: PainSeries | None
    points: Row[PainPoint]
    mean: Row[float]
    sessions: Row[SessionPoint]
    periods: tuple[Period, ...]
    today: date


class PainChart(TimedChart):
    """The chart of one area; `series` is None where none is rated. Sessions are counted by day or month, as it is."""

    below = 16.0

    def __init__(
        self,
        series: PainSeries | None,
        sessions: Sequence[SessionPoint],
        periods: Sequence[Period],
        span: Span,
        today: date,
    ) -> None:
        place = Times(span, grain_of(series.by if series is not None else span.by)).place
        data = _Data(
            series,
            Row.of((place(point.day), point) for point in (series.points if series is not None else ())),
            Row.of((place(day), mean) for day, mean in (series.mean if series is not None else ())),
            Row.of((place(point.day), point) for point in sessions),
            tuple(periods),
            today,
        )
        self._see(data, span)

    def _see(self, data: _Data, span: Span) -> None:
        super().__init__(span, grain_of(data.series.by if data.series is not None else span.by))
        first, last = self._times.first, self._times.first + self._times.count - 1
        self._data = data
        self._series = data.series
        self._today = data.today
        self.points = data.points.between(first, last)
        self.mean = data.mean.between(first, last)
        self.sessions = data.sessions.between(first, last)

    def within(self, span: Span) -> PainChart:
        """The same, seen more closely."""
        seen = PainChart.__new__(PainChart)
        seen._see(self._data, span)  # noqa: SLF001 - of the same class
        return seen

    @property
    def name(self) -> str:
        """`Pain: heel or sole, right`."""
        return tr("Pain") if self._series is None else tr("Pain: {area}", area=area_word(self._series.area))

    @property
    def empty(self) -> str:
        return "" if self.points else tr("No ratings in these dates.")

    @property
    def summary(self) -> str:
        """From where to where, and how many days it rests on."""
        if self._series is None or not self.points:
            return self.empty
        rated = len(self.points)
        count = (
            trn("{n} month with ratings", "{n} months with ratings", rated)
            if self._monthly
            else trn("{n} day rated", "{n} days rated", rated)
        )
        said = [f"{span_text(self.span, self._today)}: {count}, {moment_text(self._series.moment)}."]
        if self._series.baseline is not None:
            week = baseline_text(self._series, self._today)
            said.append(tr("{week} of 10.", week=week[:1].upper() + week[1:]))
        if self.mean and not self._monthly:
            said.append(tr("Newest 7-day mean: {mean}.", mean=mean_text(self.mean.values[-1])))
        return " ".join(said)

    @property
    def ticks(self) -> Sequence[int]:
        """The whole scale, always."""
        return range(0, NRS_MAX + 1, 2)

    @property
    def legend(self) -> Sequence[Entry]:
        return parts.legend(self.points, self._times.grain, mean=bool(self.mean), sessions=bool(self.sessions))

    @property
    def periods(self) -> Sequence[Period]:
        """Flares and rests of these days, of the whole body or of this area."""
        area = self._series.area if self._series is not None else None
        return [
            period
            for period in self._data.periods
            if period.area in {None, area}
            and period.first <= self.span.last
            and (period.last is None or period.last >= self.span.first)
        ]

    def said(self, stop: int) -> str:
        """`Thu 12 Nov: 3 of 10, 7-day mean 2.9, 1 session`."""
        mean, session = self.mean.at(stop), self.sessions.at(stop)
        words = [_rating(self.points.at(stop))]
        if mean is not None and not self._monthly:
            words.append(tr("7-day mean {mean}", mean=mean_text(mean)))
        words.append(sessions_text(session.sessions, session.completed) if session else tr("no session"))
        words += [period_text(period.kind) for period in self.periods if self._covers(period, stop)]
        return f"{self._times.words(stop, self._today)}: {join_words(words)}"

    def marks(self, stop: int) -> Sequence[float]:
        """The day's mean and the 7-day mean."""
        point, mean = self.points.at(stop), self.mean.at(stop)
        values = (None if point is None else point.mean, mean)
        return list(dict.fromkeys(value for value in values if value is not None))

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """From back to front."""
        series = self._series
        if series is not None and series.band is not None:
            parts.paint_band(painter, frame, series.band)
        days = () if self._monthly else self.sessions.values
        edges = parts.paint_periods(painter, frame, self.periods, days)
        if series is not None and series.baseline is not None:
            parts.paint_baseline(painter, frame, series.baseline)
        dots = parts.paint_dots(painter, frame, self.points)
        line = parts.paint_mean(painter, frame, self.mean)
        if series is not None and series.baseline is not None:
            text = baseline_text(series, self._today)
            parts.paint_baseline_label(painter, frame, text, series.baseline, series.band, [*dots, *line], edges)
        if not self._monthly:
            parts.paint_sessions(painter, frame, self.sessions)

    def table(self) -> Table:
        """A row for each day (or month) with a rating, a mean or a session."""
        columns = {
            "month" if self._monthly else "date": tr("Month") if self._monthly else tr("Day"),
            "pain": tr("Pain"),
            "lowest": tr("Low"),
            "highest": tr("High"),
            "ratings": tr("Ratings"),
            "mean_7_days": tr("7-day mean"),
            "sessions": tr("Sessions"),
            "completed": tr("Full"),
        }
        if self._monthly:  # a month's line goes from mean to mean
            del columns["mean_7_days"]
        stops = sorted({*self.points.places, *self.mean.places, *self.sessions.places})
        found = [(stop, self._values(stop)) for stop in stops]
        rows = tuple(
            (self._times.words(stop, self._today), *map(_cell, list(columns)[1:], values)) for stop, values in found
        )
        raw = tuple((self._times.stamp(stop), *values) for stop, values in found)
        return Table(self.name, tuple(columns.values()), rows, tuple(columns), raw)

    @property
    def _monthly(self) -> bool:
        """Whether points are months; their line goes from mean to mean."""
        return self._times.grain is Grain.MONTH

    def _values(self, stop: int) -> tuple[int | float | None, ...]:
        point, session = self.points.at(stop), self.sessions.at(stop)
        rating = (None, None, None, 0) if point is None else (point.mean, point.low, point.high, point.count)
        mean = () if self._monthly else (self.mean.at(stop),)
        done = (0, 0) if session is None else (session.sessions, session.completed)
        return (*rating, *mean, *done)

    def _covers(self, period: Period, stop: int) -> bool:
        last = self._times.count if period.last is None else self._times.index(period.last)
        return self._times.index(period.first) <= stop <= last


def baseline_text(series: PainSeries, today: date) -> str:
    """`week from 4 Sep, mean 5.2`. It is the first one of a range, and seldom the first one of a person."""
    if series.baseline is None or series.baseline_span is None:
        return ""
    day = short_day(series.baseline_span.first, today)
    return tr("week from {day}, mean {mean}", day=day, mean=mean_text(series.baseline))


def _rating(point: PainPoint | None) -> str:
    if point is None:
        return tr("not rated")
    if point.count == 1:
        return tr("{number} of 10", number=point.low)
    return tr(
        "mean {mean} of 10 ({low} to {high}, {count} ratings)",
        mean=mean_text(point.mean),
        low=point.low,
        high=point.high,
        count=point.count,
    )


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return tr("not rated") if column == "pain" else ""
    return mean_text(value) if column == "mean_7_days" else number_text(value)
