"""The charts of the report: those of the screen, in the paper's ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.paper.blocks import Stack, Words, space
from coach.ui.words import area_word

if TYPE_CHECKING:
    from coach.services.progress import ExerciseTrend, PainSeries
    from coach.services.report import Report
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block


def calendar(report: Report, style: Style) -> list[Block]:
    """The days of the range, or the last 12 weeks of it."""
    return [space(120)] if report.view.calendar else []


def pain(report: Report, series: PainSeries, style: Style, high: float) -> Block:
    """The pain of one area."""
    return Stack((Words(style, area_word(series.area), "small_strong"), space(high)))


def trend(report: Report, trend: ExerciseTrend, style: Style, high: float) -> list[Block]:
    """One exercise, left and right."""
    return [space(high)]
