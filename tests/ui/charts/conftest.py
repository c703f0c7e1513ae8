"""Painting for tests: a chart on a ground of its own, at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from coach.ui.charts.style import screen_style

if TYPE_CHECKING:
    from coach.ui.charts.chart import Chart, Style
    from coach.ui.theme.look import Look

GROUND = QColor("#FF00FF")
MARGIN = 60


@pytest.fixture
def style(look: Look) -> Style:
    """Light, 100 %."""
    return screen_style(look)


def painted(chart: Chart, rect: QRectF, style: Style, stop: int | None = None) -> QImage:
    """The chart in the middle of a larger ground."""
    image = QImage(int(rect.right()) + MARGIN, int(rect.bottom()) + MARGIN, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    chart.paint(painter, rect, style, stop)
    painter.end()
    return image


def place(chart: Chart, width: float, style: Style) -> QRectF:
    """As large as it wants to be, away from the edges."""
    return QRectF(MARGIN, MARGIN, width, chart.height(width, style))
