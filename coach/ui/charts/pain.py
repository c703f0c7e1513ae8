"""Pain of one area over time: what was rated, where it tends, where it began, and what was done meanwhile.

A rating of 0 is a dot at 0; a day without a rating is a gap. There are no goal lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from coach.domain.pain import NRS_MAX
from coach.domain.progress.span import Bin
from coach.ui.charts import pain_parts as parts
from coach.ui.charts.chart import Table
from coach.ui.charts.scale import Grain, grain_of
from coach.ui.charts.timed import Frame, TimedChart
from coach.ui.charts.words import mean_text, moment_text, number_text, period_text, sessions_text, span_text
from coach.ui.i18n import tr, trn
from coach.ui.words import area_word, join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from PySide6.QtGui import QPainter

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import PainPoint, SessionPoint
    from coach.domain.progress.span import Span
    from coach.services.progress import PainSeries
    from coach.ui.charts.drawing import Entry


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
        super().__init__(span, grain_of(series.by if series is not None else span.by))
        self._series = series
        self._sessions = tuple(sessions)
        self._periods = tuple(periods)
        self._today = today

    @property
    def name(self) -> str:
        """`Pain, heel or sole, right`."""
        if self._series is None:
            return tr("Pain")
        area = area_word(self._series.area)
        return tr("Pain: {area}", area=area)

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
            trn("{n} day rated", "{n} days rated", rated)
            if self._series.by is Bin.DAY
            else trn("{n} month with ratings", "{n} months with ratings", rated)
        )
        said = [f"{span_text(self.span, self._today)}: {count}, {moment_text(self._series.moment)}."]
        if self._series.baseline is not None:
            said.append(tr("Your first 7 days: mean {mean} of 10.", mean=mean_text(self._series.baseline)))
        if self.mean:
            said.append(tr("Newest 7-day mean: {mean}.", mean=mean_text(self.mean[-1][1])))
        return " ".join(said)

    @property
    def ticks(self) -> Sequence[int]:
        """The whole scale, always."""
        return range(0, NRS_MAX + 1, 2)

    @property
    def legend(self) -> Sequence[Entry]:
        return parts.legend(self.points, self._times.grain, mean=bool(self.mean), sessions=bool(self.sessions))

    @cached_property
    def points(self) -> Sequence[PainPoint]:
        """Those that are to be seen."""
        return self._seen(self._series.points if self._series is not None else (), attrgetter("day"))

    @cached_property
    def mean(self) -> Sequence[tuple[date, float]]:
        """The 7-day mean where it is to be seen."""
        return self._seen(self._series.mean if self._series is not None else (), itemgetter(0))

    @cached_property
    def sessions(self) -> Sequence[SessionPoint]:
        """Those that are to be seen."""
        return self._seen(self._sessions, attrgetter("day"))

    @cached_property
    def periods(self) -> Sequence[Period]:
        """Flares and rests of these days, of the whole body or of this area."""
        area = self._series.area if self._series is not None else None
        return [
            period
            for period in self._periods
            if period.area in {None, area}
            and period.first <= self.span.last
            and (period.last is None or period.last >= self.span.first)
        ]

    def within(self, span: Span) -> PainChart:
        """The same, seen more closely."""
        return PainChart(self._series, self._sessions, self._periods, span, self._today)

    def said(self, stop: int) -> str:
        """`Thu 12 Nov: 3 of 10, 7-day mean 2.9, 1 session`."""
        mean, session = self._by_mean.get(stop), self._by_session.get(stop)
        words = [_rating(self._by_point.get(stop))]
        if mean is not None:
            words.append(tr("7-day mean {mean}", mean=mean_text(mean)))
        words.append(sessions_text(session.sessions, session.completed) if session else tr("no session"))
        words += [period_text(period.kind) for period in self.periods if self._covers(period, stop)]
        return f"{self._times.words(stop, self._today)}: {join_words(words)}"

    def marks(self, stop: int) -> Sequence[float]:
        """The day's mean and the 7-day mean."""
        point, mean = self._by_point.get(stop), self._by_mean.get(stop)
        return [*([] if point is None else [point.mean]), *([] if mean is None else [mean])]

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """From back to front."""
        index = self._times.index
        dots = [(index(point.day), point) for point in self.points]
        line = [(index(day), frame.at(index(day), value)) for day, value in self.mean]
        series = self._series
        if series is not None and series.band is not None:
            parts.paint_band(painter, frame, series.band)
        parts.paint_periods(painter, frame, self.periods, self.sessions)
        if series is not None and series.baseline is not None:
            parts.paint_baseline(painter, frame, series.baseline)
        parts.paint_dots(painter, frame, dots)
        parts.paint_mean(painter, frame, line)
        if series is not None and series.baseline is not None:
            taken = [frame.at(at, point.mean) for at, point in dots] + [point for _, point in line]
            parts.paint_baseline_label(painter, frame, series.baseline, series.band, taken)
        if self._times.grain is Grain.DAY:
            parts.paint_sessions(painter, frame, [(index(point.day), point) for point in self.sessions])

    def table(self) -> Table:
        """A row for each day (or month) with a rating, a mean or a session."""
        month = self._times.grain is Grain.MONTH
        columns = (
            tr("Month") if month else tr("Day"),
            tr("Pain, 0 to 10"),
            tr("Lowest"),
            tr("Highest"),
            tr("Ratings"),
            tr("7-day mean"),
            tr("Sessions"),
        )
        raw_columns = ("month" if month else "date", "pain", "lowest", "highest", "ratings", "mean_7_days", "sessions")
        raw = [self._row(stop) for stop in sorted({*self._by_point, *self._by_mean, *self._by_session})]
        rows = [(self._times.words(stop, self._today), *_texts(values)) for stop, values in raw]
        stamped = [(self._stamp(stop), *values) for stop, values in raw]
        return Table(self.name, columns, tuple(rows), (*raw_columns, "completed"), tuple(stamped))

    def _row(self, stop: int) -> tuple[int, tuple[int | float | None, ...]]:
        point, session = self._by_point.get(stop), self._by_session.get(stop)
        rating = (None, None, None, 0) if point is None else (point.mean, point.low, point.high, point.count)
        done = (0, 0) if session is None else (session.sessions, session.completed)
        return stop, (*rating, self._by_mean.get(stop), *done)

    def _stamp(self, stop: int) -> str:
        day = self._times.day(stop).isoformat()
        return day[:7] if self._times.grain is Grain.MONTH else day

    def _covers(self, period: Period, stop: int) -> bool:
        last = self._times.count if period.last is None else self._times.index(period.last)
        return self._times.index(period.first) <= stop <= last

    @cached_property
    def _by_point(self) -> dict[int, PainPoint]:
        return {self._times.index(point.day): point for point in self.points}

    @cached_property
    def _by_mean(self) -> dict[int, float]:
        return {self._times.index(day): value for day, value in self.mean}

    @cached_property
    def _by_session(self) -> dict[int, SessionPoint]:
        return {self._times.index(point.day): point for point in self.sessions}

    def _seen(self, values: Sequence[Any], key: Callable[[Any], date]) -> Sequence[Any]:
        """Of values in order of time those of the span; a month counts when its first day does, or holds the first."""
        first = self._times.day(0)
        return values[bisect_left(values, first, key=key) : bisect_right(values, self.span.last, key=key)]


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


def _texts(values: Sequence[int | float | None]) -> list[str]:
    pain, low, high, count, mean, sessions, completed = values
    return [
        tr("not rated") if pain is None else number_text(pain),
        "" if low is None else str(low),
        "" if high is None else str(high),
        str(count or ""),
        "" if mean is None else mean_text(mean),
        sessions_text(int(sessions or 0), int(completed or 0)),
    ]
