"""Small drawing helpers shared by the controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def painter_for(widget: QWidget) -> QPainter:
    """An antialiasing painter; end it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def rounded(
    painter: QPainter, rect: QRectF, radius: float, fill: str | None, edge: str | None = None, width: float = 0.0
) -> None:
    """A rounded box whose outline lies wholly inside `rect`, crisp on whole pixels."""
    inset = width / 2 if edge else 0.0
    painter.setPen(QPen(QColor(edge), width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def start_x(widget: QWidget, x: float, width: float) -> float:
    """Where something that begins `x` px after the reading start goes: mirrored in right-to-left layouts."""
    return widget.width() - x - width if widget.isRightToLeft() else x
