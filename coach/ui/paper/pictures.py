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

    from coach.services.progress import ExerciseTrend, PainSeries
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


def calendar(report: Report, style: Style) -> Picture:
    """The last weeks of the range, up to twelve."""
    days = report.view.calendar
    return Picture(CalendarChart(days, min(WEEKS, len(days) // WEEK + 1)), style)


def pain(report: Report, series: PainSeries, style: Style, high: float) -> Picture:
    """The pain of one area."""
    view = report.view
    return Picture(PainChart(series, view.sessions, view.periods, view.span, view.today), style, high)


def trend(report: Report, trend: ExerciseTrend, style: Style, high: float) -> Picture:
    """One exercise, left and right."""
    return Picture(TrendChart(trend, report.view.span, report.view.today), style, high)
