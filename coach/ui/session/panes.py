"""The painted parts of the stage: whole-session progress, name and cue, set-up lines, phase word and count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from coach.ui.i18n import tr
from coach.ui.session.pane import Pane
from coach.ui.session.text import (
    Paragraph,
    baseline,
    cap_height,
    digits_width,
    draw_digits,
    fit_line,
    width_of,
)
from coach.ui.session.view import ProgressView, StageView
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

    from coach.ui.session.style import Style

SMALL_PX, TITLE_PX, CUE_PX, SAFETY_PX = 20.0, 60.0, 36.0, 26.0
PHASE_PX, COUNT_PX = 100.0, 148.0
SETUP_PX = 28.0
ONE_LINE = 0.8
"""A cue that would have to shrink below this part of its size takes two lines."""
BAR = 8.0


class ProgressPane(Pane[ProgressView]):
    """`3 of 6`, the time left, and one segment per exercise, as wide as its time."""

    def words(self, value: ProgressView) -> str:
        return tr("Exercise {place}", place=value.place)

    def row_height(self) -> float:
        """Height of the words above the bar, px."""
        return self.style_now.size(SMALL_PX) * 1.4

    def free_width(self, width: int) -> int:
        """Px between the words at both ends, less some air."""
        if self.value is None:
            return width
        font = self.style_now.font(SMALL_PX, 500, tabular=True)
        taken = max(width_of(text, font) for text in (self._start(self.value), self.value.left))
        return round(width - 2 * taken - self.style_now.px(32.0))

    def _start(self, view: ProgressView) -> str:
        return f"{view.place} · {view.notice}" if view.notice else view.place

    def height_needed(self) -> int:
        """Height in px."""
        return round(self.row_height() + self.style_now.px(9.0 + BAR))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.value is None:
            return
        style = self.style_now
        painter = painter_for(self)
        font = style.font(SMALL_PX, 500, tabular=True)
        y = self.row_height() / 2 + cap_height(font) / 2
        for text, at_end in ((self._start(self.value), False), (self.value.left, True)):
            right = at_end != self.isRightToLeft()
            x = self.width() - width_of(text, font) if right else 0.0
            baseline(painter, x, y, text, font, style.theme.ink2)
        self._bar(painter, self.value)
        painter.end()

    def _bar(self, painter: QPainter, view: ProgressView) -> None:
        style = self.style_now
        tall, gap = style.px(BAR), style.px(5.0)
        top = self.height() - tall
        whole = sum(seconds for seconds, _ in view.segments)
        room = self.width() - gap * (len(view.segments) - 1)
        x = 0.0
        for seconds, filled in view.segments:
            wide = room * seconds / whole
            self._segment(painter, QRectF(x, top, wide, tall), filled)
            x += wide + gap

    def _segment(self, painter: QPainter, box: QRectF, filled: float) -> None:
        theme = self.style_now.theme
        if self.isRightToLeft():
            box.moveLeft(self.width() - box.right())
        rounded(painter, box, box.height() / 2, theme.line)
        if filled <= 0:
            return
        part = QRectF(box.x(), box.y(), box.width() * filled, box.height())
        if self.isRightToLeft():
            part.moveRight(box.right())
        painter.save()
        painter.setClipRect(part)
        rounded(painter, box, box.height() / 2, theme.accent)
        painter.restore()


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of the exercise and the line below it."""

    title: str
    cue: str
    strong: str
    check: bool
    safety: str
    cues: tuple[str, ...]

    @classmethod
    def of(cls, view: StageView) -> Heading:
        """The heading of a stage."""
        return cls(view.title, view.cue, view.cue_strong, view.cue_check, view.safety, view.cues)


class HeadingPane(Pane[Heading]):
    """Name and cue; where they do not fit on a line they get smaller, then wrap."""

    def words(self, value: Heading) -> str:
        return " ".join(part for part in (value.title + ".", value.cue, value.strong, value.safety) if part)

    def height_needed(self, width: int) -> int:
        """Height in px at a width, the same for every cue of the bout, so that a new cue moves nothing."""
        title, cue = self._lines(width)
        below = [self._cue(text, width).height for text in (self.value.cues if self.value else ())]
        return round(title.height + max([*below, cue.height if cue is not None else 0.0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.value is None:
            return
        painter = painter_for(self)
        theme = self.style_now.theme
        title, cue = self._lines(self.width())
        end = self.isRightToLeft()
        room = float(self.width())
        title.draw(painter, 0.0, 0.0, theme.ink, room=room, end=end)
        if self.value.check:
            self._check_line(painter, title.height)
        elif cue is not None:
            cue.draw(painter, 0.0, title.height, theme.ink2, room=room, end=end)
        painter.end()

    def _lines(self, width: int) -> tuple[Paragraph, Paragraph | None]:
        style, view = self.style_now, self.value
        if view is None:
            return Paragraph("", style.font(TITLE_PX), 1, 1), None
        font = fit_line(style, view.title, TITLE_PX, 600, width)
        title = Paragraph(view.title, font, width, font.pixelSize() * 1.14, lines=2)
        if view.safety:
            small = style.font(SAFETY_PX, 400)
            return title, Paragraph(view.safety, small, width, small.pixelSize() * 1.36, lines=4)
        text = f"{view.cue} {view.strong}".strip()
        return title, self._cue(text, width) if text else None

    def _cue(self, text: str, width: int) -> Paragraph:
        """One line, a little smaller if that is enough; else two."""
        style = self.style_now
        font = fit_line(style, text, CUE_PX, 400, width)
        if font.pixelSize() < style.size(CUE_PX) * ONE_LINE:
            font = fit_line(style, text, CUE_PX, 400, width * 1.9)
        return Paragraph(text, font, width, style.size(CUE_PX) * 1.32, lines=2)

    def _check_line(self, painter: QPainter, top: float) -> None:
        """`✓ Left done, 15 of 15 s`."""
        view, style = self.value, self.style_now
        if view is None:
            return
        side = style.size(30.0)
        room = self.width() - side - style.px(12.0)
        both = f"{view.cue} {view.strong}"
        font = fit_line(style, both, CUE_PX, 400, room)
        strong = fit_line(style, both, CUE_PX, 600, room, tabular=True)
        step = style.size(CUE_PX) * 1.32
        y = top + step / 2 + cap_height(font) / 2
        icon = style.icon("check", 30.0, style.theme.ink2, self.devicePixelRatioF())
        widths = (side, style.px(12.0), width_of(view.cue + " ", font), width_of(view.strong, strong))
        starts = [0.0, widths[0] + widths[1], sum(widths[:3])]
        if self.isRightToLeft():
            ends = zip(starts, (widths[0], widths[2], widths[3]), strict=True)
            starts = [self.width() - start - wide for start, wide in ends]
        painter.drawPixmap(round(starts[0]), round(top + (step - side) / 2), icon)
        baseline(painter, starts[1], y, view.cue + " ", font, style.theme.ink2)
        baseline(painter, starts[2], y, view.strong, strong, style.theme.ink)


class SetupPane(Pane[tuple[str, ...]]):
    """The numbered lines of get ready."""

    def words(self, value: tuple[str, ...]) -> str:
        return " ".join(f"{n}. {line}." for n, line in enumerate(value, 1))

    def height_needed(self, width: int) -> int:
        """Height in px at a width."""
        blocks = self._blocks(width)
        return round(sum(block.height for block in blocks) + self._gap() * max(0, len(blocks) - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        style = self.style_now
        blocks = self._blocks(self.width())
        y = max(0.0, (self.height() - self.height_needed(self.width())) / 2)
        number = style.fitted(blocks[0].size if blocks else 1.0, 600, tabular=True)
        end = self.isRightToLeft()
        for n, block in enumerate(blocks, 1):
            first = y + block.height / len(block.lines) / 2 + cap_height(number) / 2
            x = self.width() - width_of(str(n), number) if end else 0.0
            baseline(painter, x, first, str(n), number, style.theme.ink3)
            left = 0.0 if end else self._indent()
            block.draw(painter, left, y, style.theme.ink, room=self.width() - self._indent(), end=end)
            y += block.height + self._gap()
        painter.end()

    def _indent(self) -> float:
        return self.style_now.size(SETUP_PX) * 1.2

    def _gap(self) -> float:
        return self.style_now.px(18.0)

    def _blocks(self, width: int) -> list[Paragraph]:
        """The lines in the largest size in which all of them fit the height."""
        room = width - self._indent()
        blocks: list[Paragraph] = []
        for share in (1.0, 0.88, 0.78, 0.68):
            font = self.style_now.fitted(self.style_now.size(SETUP_PX) * share)
            blocks = [Paragraph(line, font, room, font.pixelSize() * 1.28) for line in self.value or ()]
            if sum(block.height for block in blocks) + self._gap() * (len(blocks) - 1) <= self.height():
                break
        return blocks


@dataclass(frozen=True, slots=True)
class PhaseView:
    """The word of a phase and the seconds left of it; `words` are all the words that may stand here."""

    word: str
    count: str
    words: tuple[str, ...]


class PhasePane(Pane[PhaseView]):
    """`Lower` and below it `2`, at the reading end. The size is the same for all words of the exercise."""

    def words(self, value: PhaseView) -> str:
        return value.word

    def width_needed(self, room: int) -> int:
        """Width in px, at most `room`."""
        return min(room, round(self._word_width(self.style_now, room)) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.value is None:
            return
        painter = painter_for(self)
        style, view = self.style_now, self.value
        longest = max(view.words, key=lambda word: width_of(word, style.font(PHASE_PX, 600)))
        font = fit_line(style, longest, PHASE_PX, 600, self.width())
        count = style.fitted(min(style.px(COUNT_PX), self.height() * 0.5), 600, tabular=True)
        cap, low = cap_height(font), cap_height(count)
        gap = style.px(36.0)
        y = max(cap, (self.height() - cap - gap - low) / 2 + cap)
        end = not self.isRightToLeft()
        x = self.width() - width_of(view.word, font) if end else 0.0
        baseline(painter, x, y, view.word, font, style.theme.accent)
        if view.count and y + gap + low <= self.height():
            x = self.width() - digits_width(view.count, count) if end else 0.0
            draw_digits(painter, x, y + gap + low, view.count, count, style.theme.ink)
        painter.end()

    def _word_width(self, style: Style, room: int) -> float:
        words = self.value.words if self.value is not None else ()
        return max((width_of(word, fit_line(style, word, PHASE_PX, 600, room)) for word in words), default=0.0)
