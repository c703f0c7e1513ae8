"""The read-out beside the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from coach.ui.charts.drawing import line_height, measurer, wrapped, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.ui.charts.chart import Style

WIDEST = 250
GAP = 14


def paint_bubble(painter: QPainter, area: QRectF, anchor: QPointF, text: str, style: Style) -> None:
    """Words on a dark ground beside a point, the day on a line of its own."""
    head, _, rest = text.partition(": ")
    bold, plain = style.font("small", 600), style.font("small", 400)
    edge, step = style.px(10), line_height(style, "small")
    widest = min(style.px(WIDEST), area.width()) - 2 * edge
    lines = [(line, bold) for line in wrapped(head, widest, measurer(bold))]
    lines += [(line, plain) for line in wrapped(_in_clauses(rest, widest, measurer(plain)), widest, measurer(plain))]
    width = max(measurer(font)(line) for line, font in lines) + 2 * edge
    box = bubble_place(area, anchor, QSizeF(width, len(lines) * step + style.px(12)), style.px(GAP))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.theme.toast))
    painter.drawRoundedRect(box, style.px(10), style.px(10))
    for number, (line, font) in enumerate(lines):
        place = QRectF(box.left() + edge, box.top() + style.px(6) + number * step, box.width() - 2 * edge, step)
        write(painter, place, line, font, style.theme.on_toast)


def _in_clauses(text: str, widest: float, measure: Callable[[str], float]) -> str:
    """Kept together between commas, if that is not too wide: no line ends with the number of a word."""
    clauses = (clause.replace(" ", "\u00a0") for clause in text.split(", "))
    return ", ".join(clause if measure(clause) < widest else clause.replace("\u00a0", " ") for clause in clauses)


def bubble_place(area: QRectF, anchor: QPointF, size: QSizeF, gap: float) -> QRectF:
    """Right of the point, left of it, else above or below, where there is more room; inside `area` in any case."""
    top = max(area.top(), min(anchor.y() - size.height() / 2, area.bottom() - size.height()))
    if anchor.x() + gap + size.width() <= area.right():
        return QRectF(QPointF(anchor.x() + gap, top), size)
    if anchor.x() - gap - size.width() >= area.left():
        return QRectF(QPointF(anchor.x() - gap - size.width(), top), size)
    left = max(area.left(), min(anchor.x() - size.width() / 2, area.right() - size.width()))
    over = anchor.y() - gap - size.height()
    under = min(anchor.y() + gap, area.bottom() - size.height())
    higher = over >= area.top() or anchor.y() > area.center().y()
    return QRectF(QPointF(left, max(area.top(), over if higher else under)), size)
