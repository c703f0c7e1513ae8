"""What a page is made of: pieces that know how high they are at a width and paint themselves there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QTextLayout, QTextOption

from coach.ui.paper.ink import line_height

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter

    from coach.ui.charts.chart import Style

LONGEST = 2_000
"""Characters of one text that are looked at; more of it would be cut anyway."""
_JOINERS = {"\u200c", "\u200d"}


class Block(Protocol):
    """A piece of a page."""

    def height(self, width: float) -> float:
        """How high it is at this width."""
        ...

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw it from the top of `rect`, which is as wide as was asked and at least as high."""
        ...


def plain(text: str) -> str:
    """One paragraph of what somebody wrote, without characters that control instead of show."""
    spaced = (" " if ch.isspace() else ch for ch in text[:LONGEST])
    shown = (ch for ch in spaced if ch in _JOINERS or unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co"})
    return " ".join("".join(shown).split())


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of plain text that wraps, anywhere if it must; with `lines` the rest of it is elided."""

    style: Style
    text: str
    role: str = "body"
    color: str = "ink"
    weight: int = 0
    lines: int | None = None
    end: bool = False
    """Set against the end of the line."""

    def height(self, width: float) -> float:
        """Its lines."""
        return self._layout(width).lineCount() * line_height(self.style, self.role)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Its lines from the top."""
        painter.setPen(QColor(self.style.theme.color(self.color)))
        self._layout(rect.width()).draw(painter, rect.topLeft())

    def _layout(self, width: float) -> QTextLayout:
        layout = self._broken(self.text, width)
        if self.lines is None or layout.lineCount() <= self.lines:
            return layout
        units = layout.lineAt(self.lines - 1).textStart()  # of UTF-16, in which an emoji is two
        last = len(self.text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
        return self._broken(self._shortened(last, width), width)

    def _shortened(self, last: int, width: float) -> str:
        """The text up to its last line, which takes as many of the following words as fit before the dots."""
        words = self.text[last:].split(" ")
        for count in range(min(len(words), 40), 0, -1):
            text = f"{self.text[:last]}{' '.join(words[:count]).rstrip('.,;: ')}…"
            if self._broken(text, width).lineCount() <= (self.lines or 1):
                return text
        return f"{self.text[: last + 8]}…"

    def _broken(self, text: str, width: float) -> QTextLayout:
        layout = QTextLayout(text, self.style.font(self.role, self.weight))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(Qt.AlignmentFlag.AlignTrailing if self.end else Qt.AlignmentFlag.AlignLeading)
        layout.setTextOption(option)
        layout.beginLayout()
        high = line_height(self.style, self.role)
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (high - line.height()) / 2))
            y += high
        layout.endLayout()
        return layout


@dataclass(frozen=True, slots=True)
class Stack:
    """One below the other, never parted by the end of a page."""

    blocks: Sequence[Block]
    gap: float = 0.0

    def height(self, width: float) -> float:
        """All of them and the gaps."""
        return sum(block.height(width) for block in self.blocks) + self.gap * max(0, len(self.blocks) - 1)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """From the top."""
        y = rect.top()
        for block in self.blocks:
            high = block.height(rect.width())
            block.paint(painter, QRectF(rect.left(), y, rect.width(), high))
            y += high + self.gap


@dataclass(frozen=True, slots=True)
class Columns:
    """Side by side, each with its share of the width; None leaves its place empty."""

    blocks: Sequence[Block | None]
    shares: Sequence[float]
    gap: float

    def height(self, width: float) -> float:
        """As high as the highest."""
        cells = zip(self.blocks, self._widths(width), strict=True)
        return max(block.height(wide) for block, wide in cells if block)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """From the start."""
        x = rect.left()
        for block, wide in zip(self.blocks, self._widths(rect.width()), strict=True):
            if block:
                block.paint(painter, QRectF(x, rect.top(), wide, rect.height()))
            x += wide + self.gap

    def _widths(self, width: float) -> list[float]:
        room = width - self.gap * (len(self.shares) - 1)
        return [room * share / sum(self.shares) for share in self.shares]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something of a fixed height that is drawn, such as a chart."""

    high: float
    draw: Callable[[QPainter, QRectF], None]

    def height(self, width: float) -> float:
        """The fixed one."""
        return self.high

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """As it paints itself, in exactly its height."""
        painter.save()
        self.draw(painter, QRectF(rect.left(), rect.top(), rect.width(), self.high))
        painter.restore()


@dataclass(frozen=True, slots=True)
class Close:
    """One more of a list: it stands close below the one before it."""

    block: Block

    def height(self, width: float) -> float:
        """Of what it holds."""
        return self.block.height(width)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """What it holds."""
        self.block.paint(painter, rect)


def space(high: float) -> Drawn:
    """Empty room."""
    return Drawn(high, lambda _painter, _rect: None)


BREAK = space(0)
"""What comes after it begins a page."""


def rule(style: Style, color: str = "line", width: float = 1.0) -> Drawn:
    """A line across."""

    def draw(painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(style.theme.color(color)), style.px(width)))
        painter.drawLine(rect.topLeft(), rect.topRight())

    return Drawn(style.px(width), draw)
