"""The read-out beside the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from coach.ui.charts.drawing import line_height, measurer, wrapped, write

if TYPE_CHECKING:
    from coach.ui.charts.chart import Style

WIDEST = 260


def paint_bubble(painter: QPainter, area: QRectF, anchor: QPointF, text: str, style: Style) -> None:
    """Words on a dark ground beside a point, on the side that has room, wholly inside `area`."""
    font, step = style.font("small", 500), line_height(style, "small")
    edge, gap = style.px(10), style.px(14)
    widest = min(style.px(WIDEST), area.width()) - 2 * edge
    lines = wrapped(text, widest, measurer(font))
    width = max(map(measurer(font), lines)) + 2 * edge
    height = len(lines) * step + style.px(12)
    left = anchor.x() + gap
    if left + width > area.right():
        left = anchor.x() - gap - width
    left = max(area.left(), min(left, area.right() - width))
    top = max(area.top(), min(anchor.y() - height / 2, area.bottom() - height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.theme.toast))
    painter.drawRoundedRect(QRectF(left, top, width, height), style.px(10), style.px(10))
    for number, line in enumerate(lines):
        place = QRectF(left + edge, top + style.px(6) + number * step, width - 2 * edge, step)
        write(painter, place, line, font, style.theme.on_toast)
