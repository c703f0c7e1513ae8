"""The charts of the report: those of the screen, in the paper's ink."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from coach.domain.progress.span import WEEK
from coach.ui.charts.heat import CalendarChart
from coach.ui.charts.pain import PainChart
from coach.ui.charts.trend import TrendChart

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from coach.services.report import Report
    from coach.ui.charts.chart import Chart, Style

WEEKS = 12
"""Most of the calendar, up to the last day of the range."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a block, as high as it wants to be or as it is told."""

    chart: Chart
    style: Style
    high: float | None = None

    def height(self, width: float) -> float:
        """What it is told, else what it wants."""
        return self.chart.height(width, self.style) if self.high is None else self.high

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """The chart from the top."""
        high = self.height(rect.width())
        self.chart.paint(painter, QRectF(rect.left(), rect.top(), rect.width(), high), self.style)


class Pictures:
    """All charts of a report, made once, however often the pages are laid out; the most rated and most done first."""

    def __init__(self, report: Report, style: Style) -> None:
        self._style = style
        view = report.view
        areas = sorted(report.pain, key=lambda series: -sum(point.count for point in series.points))
        self.pain = [
            (series, PainChart(series, view.sessions, view.periods, view.span, view.today)) for series in areas
        ]
        exercises = sorted(report.trends, key=lambda trend: -trend.exercise.sets)
        self.trends = [(trend, TrendChart(trend, view.span, view.today)) for trend in exercises]
        self._calendar = CalendarChart(view.calendar, min(WEEKS, len(view.calendar) // WEEK + 1))

    def drawn(self, chart: Chart, high: float) -> Picture:
        """A chart at this height."""
        return Picture(chart, self._style, high)

    def calendar(self) -> Picture:
        """The last weeks of the range."""
        return Picture(self._calendar, self._style)
