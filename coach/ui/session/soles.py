"""The pair of soles on the panel: the working one filled, the other an outline, left on the left."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QTransform

from coach.domain.exercise import Side

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

SIZE = (86.0, 84.0)
"""Width and height of the pair in px of the drawing."""
_OUTLINE = 2.5
# The right sole in a box of 40 by 84: toes from the big one outwards (x, y, radius), then the sole itself.
_TOES = ((7.4, 7.4, 7.0), (18.2, 6.6, 4.9), (26.0, 10.2, 4.3), (32.0, 15.4, 3.9), (36.2, 22.0, 3.5))


@cache
def _right() -> QPainterPath:
    sole = QPainterPath(QPointF(17.0, 15.0))
    sole.cubicTo(26.0, 14.6, 34.6, 22.0, 34.8, 33.0)
    sole.cubicTo(35.0, 43.0, 28.2, 53.0, 28.0, 65.0)
    sole.cubicTo(28.0, 68.0, 29.4, 70.0, 29.0, 72.6)
    sole.cubicTo(28.4, 79.6, 23.6, 83.6, 18.2, 83.6)
    sole.cubicTo(11.0, 83.6, 6.6, 76.6, 6.4, 68.0)
    sole.cubicTo(6.3, 62.0, 7.8, 57.6, 7.6, 52.6)
    sole.cubicTo(7.2, 43.0, 0.6, 37.0, 0.9, 29.0)
    sole.cubicTo(1.2, 20.6, 8.0, 15.3, 17.0, 15.0)
    path = QPainterPath(sole)
    for x, y, radius in _TOES:
        path.addEllipse(QPointF(x, y), radius, radius)
    return path


@cache
def _pair() -> dict[Side, QPainterPath]:
    right = QTransform().translate(SIZE[0] - 40.0, 0).map(_right())
    left = QTransform().scale(-1, 1).translate(-40.0, 0).map(_right())
    return {Side.LEFT: left, Side.RIGHT: right}


def draw_soles(painter: QPainter, box: QRectF, worked: Side, ink: str, idle: str) -> None:
    """Draw the pair into `box` (86 by 84); the sides that are worked are filled."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / SIZE[0], box.height() / SIZE[1])
    for side, path in _pair().items():
        if worked in {side, Side.BOTH}:
            painter.fillPath(path, QColor(ink))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(idle), _OUTLINE))
            painter.drawPath(_inset(path))
    painter.restore()


def _inset(path: QPainterPath) -> QPainterPath:
    """The path a little smaller about its middle, so that an outline keeps to the box."""
    box = path.boundingRect()
    keep_x, keep_y = 1 - _OUTLINE / box.width(), 1 - _OUTLINE / box.height()
    middle = box.center()
    move = QTransform().translate(middle.x(), middle.y()).scale(keep_x, keep_y).translate(-middle.x(), -middle.y())
    return move.map(path)
