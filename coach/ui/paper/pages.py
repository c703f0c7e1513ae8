"""From blocks to pages: what stands where, with the foot of each page and the safety notice at the end of the last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from coach.ui.i18n import tr
from coach.ui.paper.blocks import BREAK, Close, Columns, Stack, Words, rule
from coach.ui.paper.ink import Sheet
from coach.ui.paper.words import safety_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from coach.services.report import Paper
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block
    from coach.ui.paper.output import Page

GAP, CLOSE = 14, 5
"""Between blocks, and between those of a list, in pixels of the design."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and how far below the upper margin it begins and ends."""

    block: Block
    top: float
    bottom: float


class Pages:
    """Blocks on as many pages as they need. `foot` stands at the bottom of each, the safety notice on the last."""

    def __init__(self, style: Style, paper: Paper, blocks: Sequence[Block], foot: str) -> None:
        self._style = style
        self._foot_text = foot
        sheet = Sheet.of(paper)
        self._width = sheet.inner_width
        self._room = sheet.inner_height - self._foot(1, 1).height(self._width) - style.px(GAP)
        self._pages: list[list[Placed]] = [[]]
        for block in blocks:
            if block is not BREAK:
                self._add(block)
            elif self._pages[-1]:
                self._pages.append([])
        self._add_notice(Words(style, safety_notice(), "tiny", "ink2"))

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._pages)

    def painted(self) -> list[Page]:
        """Each page, ready to be painted."""
        return [partial(self._paint, number) for number in range(self.count)]

    def _add(self, block: Block) -> None:
        high, page, top = block.height(self._width), self._pages[-1], 0.0
        if page:
            top = page[-1].bottom + self._style.px(CLOSE if isinstance(block, Close) else GAP)
            if top + high > self._room:
                self._pages.append([])
                top = 0.0
        self._pages[-1].append(Placed(block, top, top + high))

    def _add_notice(self, notice: Block) -> None:
        """At the bottom of the last page. It is never alone on one: it takes the last block along."""
        high, last = notice.height(self._width), self._pages[-1]
        if len(last) > 1 and last[-1].bottom + self._style.px(GAP) + high > self._room:
            moved = last.pop()
            self._pages.append([Placed(moved.block, 0.0, moved.bottom - moved.top)])
        self._pages[-1].append(Placed(notice, self._room - high, self._room))

    def _foot(self, number: int, total: int) -> Block:
        style = self._style
        page = tr("Page {number} of {total}", number=number, total=total)
        words = (Words(style, self._foot_text, "tiny", "ink3"), Words(style, page, "tiny", "ink3", end=True))
        return Stack((rule(style), Columns(words, (80, 20), style.px(16))), style.px(5))

    def _paint(self, number: int, painter: QPainter, inner: QRectF) -> None:
        foot = self._foot(number + 1, self.count)
        below = self._room + self._style.px(GAP)
        everything = (*self._pages[number], Placed(foot, below, below + foot.height(self._width)))
        for placed in everything:
            high = placed.bottom - placed.top
            placed.block.paint(painter, QRectF(inner.left(), inner.top() + placed.top, self._width, high))
