"""The ladder of one exercise: at which level it was worked, from which day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from coach.ui.charts.chart import Table
from coach.ui.charts.drawing import Entry, disc, pen
from coach.ui.charts.scale import Grain, grain_of
from coach.ui.charts.timed import Frame, TimedChart
from coach.ui.charts.words import span_text
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QPainter

    from coach.domain.progress.span import Span
    from coach.services.progress import ExerciseTrend

LEVELS = 5


class LevelChart(TimedChart):
    """A line of steps; it ends with the last day that was worked, for nobody knows the level of tomorrow."""

    shape = (0.3, 90.0, 140.0)

    def __init__(self, trend: ExerciseTrend | None, span: Span, today: date) -> None:
        super().__init__(span, grain_of(trend.by if trend is not None else span.by))
        self._trend = trend
        self._today = today
        self._steps = trend.steps if trend is not None else ()
        self._until = max((point.day for point in trend.points), default=None) if trend is not None else None

    @property
    def name(self) -> str:
        """The exercise and what is shown of it."""
        return tr("Level") if self._trend is None else tr("{title}: level", title=self._trend.exercise.title)

    @property
    def empty(self) -> str:
        begun = bool(self._steps) and self._steps[0][0] <= self.span.last
        ended = self._until is None or self._until < self._times.day(0)
        return "" if begun and not ended else tr("No sets in these dates.")

    @property
    def summary(self) -> str:
        """From which level to which."""
        if self.empty:
            return self.empty
        first, last = self._level(0) or self._steps[0][1], self._level(self._last)
        when = span_text(self.span, self._today)
        if first == last:
            return tr("{when}: level {level}.", when=when, level=last)
        return tr("{when}: from level {first} to level {last}.", when=when, first=first, last=last)

    @property
    def ticks(self) -> Sequence[int]:
        """All levels."""
        return range(max(LEVELS, *(level for _, level in self._steps)) + 1) if self._steps else range(LEVELS + 1)

    def tick_text(self, tick: int) -> str:
        """There is no level 0."""
        return str(tick) if tick else ""

    @property
    def legend(self) -> Sequence[Entry]:
        return ()

    def within(self, span: Span) -> LevelChart:
        """The same, seen more closely."""
        return LevelChart(self._trend, span, self._today)

    def said(self, stop: int) -> str:
        """`Thu 12 Nov: level 2`."""
        level = self._level(stop)
        when = self._times.words(stop, self._today)
        if level is None:
            return tr("{when}: no set yet", when=when)
        if stop > self._last:
            return tr("{when}: no set since", when=when)
        return tr("{when}: level {level}", when=when, level=level)

    def marks(self, stop: int) -> Sequence[float]:
        """The level."""
        level = self._level(stop)
        return [] if level is None or stop > self._last else [float(level)]

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """The steps."""
        style, accent = frame.style, frame.style.theme.accent
        line: list[QPointF] = []
        for stop, level in self._corners:
            if line:
                line.append(QPointF(frame.x(stop), line[-1].y()))
            line.append(frame.at(stop, level))
        line.append(QPointF(frame.x(self._last), line[-1].y()))
        painter.setPen(pen(accent, style.px(3)))
        painter.drawPolyline(QPolygonF(line))
        for stop, level in self._corners:
            disc(painter, frame.at(stop, level), style.px(4), accent)

    def table(self) -> Table:
        """A row for each step."""
        grain = tr("Month") if self._times.grain is Grain.MONTH else tr("From")
        steps = [(day, level) for day, level in self._steps if day <= self.span.last]
        rows = [(self._times.words(self._times.index(day), self._today), str(level)) for day, level in steps]
        raw = [(day.isoformat(), level) for day, level in steps]
        return Table(self.name, (grain, tr("Level")), tuple(rows), ("from", "level"), tuple(raw))

    @property
    def _last(self) -> int:
        until = self._until or self.span.last
        return min(self._times.count - 1, max(0, self._times.index(until)))

    @property
    def _corners(self) -> list[tuple[int, int]]:
        """Places and levels of the steps; what was worked before the span began counts from its beginning on."""
        found: dict[int, int] = {}
        for day, level in self._steps:
            if day <= self.span.last:
                found[max(0, self._times.index(day))] = level
        return sorted(found.items())

    def _level(self, stop: int) -> int | None:
        here = [level for at, level in self._corners if at <= stop]
        return here[-1] if here else None
