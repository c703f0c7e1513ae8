"""From blocks to pages: what stands where, with the foot of each page and the safety notice at the end of the last."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from coach.ui.i18n import tr
from coach.ui.paper.blocks import BREAK, Columns, Stack, Words, rule
from coach.ui.paper.ink import Sheet
from coach.ui.paper.words import safety_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from coach.services.report import Paper
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block
    from coach.ui.paper.output import Page

GAP = 14
"""Between blocks, in pixels of the design."""


class Pages:
    """Blocks on as many pages as they need. `foot` stands at the bottom of each."""

    def __init__(self, style: Style, paper: Paper, blocks: Sequence[Block], foot: str) -> None:
        self._style = style
        self._foot_text = foot
        self._width = Sheet.of(paper).inner_width
        self._gap = style.px(GAP)
        notice = Words(style, safety_notice(), "tiny", "ink2")
        self._notice = notice
        self.blocks: list[list[Block]] = [[]]
        left = room = Sheet.of(paper).inner_height - self._foot(1, 1).height(self._width) - self._gap
        for block in (*blocks, notice):
            high = block.height(self._width)
            if self.blocks[-1] and (high > left or block is BREAK):
                self.blocks.append([])
                left = room
            if block is not BREAK:
                self.blocks[-1].append(block)
                left -= high + self._gap

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.blocks)

    def painted(self) -> list[Page]:
        """Each page, ready to be painted."""
        return [partial(self._paint, number) for number in range(self.count)]

    def _foot(self, number: int, total: int) -> Block:
        style = self._style
        page = tr("Page {number} of {total}", number=number, total=total)
        words = (Words(style, self._foot_text, "tiny", "ink3"), Words(style, page, "tiny", "ink3", end=True))
        return Stack((rule(style), Columns(words, (80, 20), style.px(16))), style.px(5))

    def _paint(self, number: int, painter: QPainter, inner: QRectF) -> None:
        foot = self._foot(number + 1, self.count)
        bottom = inner.bottom() - foot.height(inner.width())
        foot.paint(painter, QRectF(inner.left(), bottom, inner.width(), 0))
        y = inner.top()
        for block in self.blocks[number]:
            high = block.height(inner.width())
            if block is self._notice:
                y = bottom - self._gap - high
            block.paint(painter, QRectF(inner.left(), y, inner.width(), high))
            y += high + self._gap
