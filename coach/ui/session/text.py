"""Drawing words: one line that shrinks to fit, lines that wrap, digits in cells of equal width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QTextLayout, QTextOption

from coach.ui.session.style import LARGE_PX

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

    from coach.ui.session.style import Style

SHRINK = 0.62
"""A line that does not fit gets smaller down to this part of its size before it wraps."""


def width_of(text: str, font: QFont) -> float:
    """Advance of a line in px."""
    return QFontMetricsF(font).horizontalAdvance(text)


def fit_line(
    style: Style, text: str, px: float, weight: int, room: float, *, tabular: bool = False, most: float = LARGE_PX
) -> QFont:
    """The largest font up to `px` of the drawing in which the line fits `room`; not below `SHRINK` of it."""
    size = style.size(px, most)
    font = style.fitted(size, weight, tabular=tabular)
    wide = width_of(text, font)
    if wide <= room:
        return font
    return style.fitted(max(size * SHRINK, size * room / wide - 0.5), weight, tabular=tabular)


def baseline(painter: QPainter, x: float, y: float, text: str, font: QFont, color: str) -> float:
    """Draw a line whose letters stand on `y`; its width."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QPointF(x, y), text)
    return width_of(text, font)


def cap_height(font: QFont) -> float:
    """Height of a capital letter in px."""
    return QFontMetricsF(font).capHeight()


def digits_width(text: str, font: QFont) -> float:
    """Width of a running number: every digit takes the widest digit's cell."""
    return sum(_cells(text, font))


def draw_digits(painter: QPainter, x: float, y: float, text: str, font: QFont, color: str) -> None:
    """Draw a running number on the line `y`, each digit in its own cell, so that none ever moves."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    metrics = QFontMetricsF(font)
    for sign, cell in zip(text, _cells(text, font), strict=True):
        inset = (cell - metrics.horizontalAdvance(sign)) / 2 if sign.isdigit() else 0.0
        painter.drawText(QPointF(x + inset, y), sign)
        x += cell


def _cells(text: str, font: QFont) -> list[float]:
    metrics = QFontMetricsF(font)
    widest = max(metrics.horizontalAdvance(str(n)) for n in range(10))
    return [widest if sign.isdigit() else metrics.horizontalAdvance(sign) for sign in text]


class Paragraph:
    """Words broken to a width. `lines` at most: the last one ends with an ellipsis where words are left."""

    def __init__(self, text: str, font: QFont, width: float, step: float, lines: int = 99) -> None:
        self._font = font
        self._step = step
        self.lines = _broken(text, font, width)
        if len(self.lines) > lines:
            rest = " ".join(self.lines[lines - 1 :])
            cut = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
            self.lines = [*self.lines[: lines - 1], cut]

    @property
    def size(self) -> float:
        """Size of the letters in px."""
        return self._font.pixelSize()

    @property
    def height(self) -> float:
        """Height in px."""
        return len(self.lines) * self._step

    @property
    def width(self) -> float:
        """Width of the longest line in px."""
        return max((width_of(line, self._font) for line in self.lines), default=0.0)

    def draw(self, painter: QPainter, x: float, top: float, color: str, *, room: float, end: bool = False) -> None:
        """Draw within `room` px from `x`; at the reading end of it with `end`."""
        painter.setFont(self._font)
        painter.setPen(QColor(color))
        side = Qt.AlignmentFlag.AlignRight if end else Qt.AlignmentFlag.AlignLeft
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
        for n, line in enumerate(self.lines):
            painter.drawText(QRectF(x, top + n * self._step, room, self._step), flags | Qt.TextFlag.TextDontClip, line)


def _broken(text: str, font: QFont, width: float) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        found.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return found
