"""The upper part of "It hurts": where, how much, or a worrying sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from coach.ui.i18n import tr
from coach.ui.session.cells import AreaChips, Cells
from coach.ui.session.controls import BOX, CHIP, OUTLINE, QUIET, SMALL, SessionButton
from coach.ui.session.intents import Command, MoveSheet, RateSheet, TickSign
from coach.ui.session.text import Paragraph, baseline, cap_height, fit_line, width_of
from coach.ui.widgets.paint import painter_for

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

    from coach.ui.session.style import Style
    from coach.ui.session.view import HurtsView

PAD, NARROW_PAD, WIDE_FROM = 72.0, 36.0, 900.0
TITLE_PX, LEAD_PX, WORDS_PX, QUESTION_PX = 60.0, 26.0, 20.0, 26.0


def padding(style: Style, width: int) -> int:
    """Space at both sides, px."""
    return style.whole(PAD if width >= style.px(WIDE_FROM) else NARROW_PAD)


class HurtsBody(QWidget):
    """Everything above the line: it scrolls where the screen is small. Emits `asked(Intent)`."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._view: HurtsView | None = None
        self._everywhere = False
        self._rows: dict[str, int] = {}
        self.close_button = SessionButton(style, tr("Close"), QUIET, shape=SMALL, key="Esc", parent=self)
        self.close_button.clicked.connect(lambda: self.asked.emit(Command.CLOSE_SHEET))
        self.chips = AreaChips(style, parent=self)
        self.chips.chosen.connect(lambda area: self.asked.emit(MoveSheet(area)))
        self.elsewhere = SessionButton(style, tr("Somewhere else"), OUTLINE, shape=CHIP, parent=self.chips)
        self.elsewhere.clicked.connect(self._toggle_elsewhere)
        self.more_chips = AreaChips(style, parent=self)
        self.more_chips.chosen.connect(self._choose_elsewhere)
        self.cells = Cells(style, height=108.0, px=46.0, radius=14.0, ramp=True, parent=self)
        self.cells.rated.connect(lambda nrs: self.asked.emit(RateSheet(nrs)))
        self.signs: list[SessionButton] = []

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        for button in (self.close_button, self.elsewhere, *self.signs):
            button.restyle(style)
        self.chips.restyle(style)
        self.more_chips.restyle(style)
        self.cells.restyle(style)

    def show_view(self, view: HurtsView) -> None:
        """Show the sheet."""
        self._view = view
        self.chips.show_areas(view.areas, view.area)
        self.more_chips.show_areas(view.more_areas, None)
        self.cells.show_value(view.value)
        if not self.signs:
            for sign, words in view.signs:
                button = SessionButton(self._style, words, OUTLINE, shape=BOX, icon="square", parent=self)
                button.clicked.connect(lambda _=False, s=sign: self.asked.emit(TickSign(s)))
                button.show()
                self.signs.append(button)
        self.place(self.width())

    def place(self, width: int) -> int:
        """Lay everything out at a width; the height in px."""
        px, style = self._style.whole, self._style
        pad = padding(style, width)
        inner = width - 2 * pad
        size = self.close_button.sizeHint()
        close_x = pad if self.isRightToLeft() else width - pad - size.width() + px(10.0)
        self.close_button.setGeometry(QRect(close_x, px(32.0), size.width(), size.height()))
        y = max(px(92.0), self.close_button.geometry().bottom() + px(14.0))
        self._rows = {"pad": pad, "title": y}
        y += round(self._title(inner).height) + px(4.0)
        self._rows["lead"] = y
        y += round(self._lead(inner).height) + px(24.0)
        y = self._place_where(pad, y, inner)
        tall = self.cells.height_for(inner)
        self.cells.setGeometry(QRect(pad, y, inner, tall))
        self.cells.place()
        y += tall + px(6.0)
        self._rows["words"] = y
        y += round(style.size(WORDS_PX) * 1.5) + px(26.0)
        self._rows["question"] = y
        y += round(self._question(inner).height) + px(8.0)
        return self._place_signs(pad, y, inner) + px(20.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._view is None:
            return
        style, theme = self._style, self._style.theme
        pad = self._rows["pad"]
        inner = self.width() - 2 * pad
        end = self.isRightToLeft()
        painter = painter_for(self)
        self._paint_where(painter, pad)
        self._title(inner).draw(painter, pad, self._rows["title"], theme.ink, room=inner, end=end)
        self._lead(inner).draw(painter, pad, self._rows["lead"], theme.ink2, room=inner, end=end)
        painter.setFont(style.font(WORDS_PX, 500))
        painter.setPen(QColor(theme.ink2))
        row = QRectF(pad, self.chips.y(), inner, self.elsewhere.sizeHint().height())
        # The painter mirrors the alignment by itself.
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr("Where"))
        self._paint_words(painter, pad, inner)
        self._question(inner).draw(painter, pad, self._rows["question"], theme.ink, room=inner, end=end)
        painter.end()

    def _toggle_elsewhere(self) -> None:
        self._everywhere = not self._everywhere
        self.asked.emit(None)

    def _choose_elsewhere(self, area: object) -> None:
        self._everywhere = False
        self.asked.emit(MoveSheet(area))  # type: ignore[arg-type] # the chips hand out areas only

    def _place_where(self, pad: int, y: int, inner: int) -> int:
        px = self._style.whole
        label = round(width_of(tr("Where"), self._style.font(WORDS_PX, 500))) + px(16.0)
        chips = (self.elsewhere,)
        tall = self.chips.flow(inner, chips, indent=label)
        self.chips.setGeometry(QRect(pad, y, inner, tall))
        y += tall
        self.more_chips.setVisible(self._everywhere)
        if self._everywhere:
            y += px(12.0)
            tall = self.more_chips.flow(inner, indent=label)
            self.more_chips.setGeometry(QRect(pad, y, inner, tall))
            y += tall
        return y + px(20.0)

    def _place_signs(self, pad: int, y: int, inner: int) -> int:
        gap = self._style.whole(12.0)
        x, tall = 0, 0
        for button in self.signs:
            size = button.sizeHint()
            if x and x + size.width() > inner:
                x, y = 0, y + tall + gap
            tall = size.height()
            left = inner - x - size.width() if self.isRightToLeft() else x
            button.setGeometry(QRect(pad + left, y, min(size.width(), inner), tall))
            x += size.width() + gap
        return y + tall

    def _paint_where(self, painter: QPainter, pad: int) -> None:
        """The top line: `⏸ Paused at rep 7 · Calf raises`."""
        style = self._style
        icon = style.icon("pause", 24.0, style.theme.ink2, self.devicePixelRatioF())
        middle = self.close_button.geometry().center().y()
        side = style.size(24.0)
        text = self._view.where if self._view is not None else ""
        room = self.width() - 2 * pad - self.close_button.width() - side - style.px(30.0)
        font = fit_line(style, text, 22.0, 600, room)
        end = self.isRightToLeft()
        x = self.width() - pad - side if end else float(pad)
        painter.drawPixmap(round(x), round(middle - side / 2), icon)
        x = x - style.px(16.0) - width_of(text, font) if end else x + side + style.px(16.0)
        baseline(painter, x, middle + cap_height(font) / 2, text, font, style.theme.ink2)

    def _paint_words(self, painter: QPainter, pad: int, inner: int) -> None:
        words = {0: tr("0 none"), 1: tr("1 to 3 mild"), 4: tr("4 to 6 moderate"), 7: tr("7 to 10 severe")}
        font = self._style.font(WORDS_PX, 500)
        y = self._rows["words"] + round(self._style.size(WORDS_PX) * 1.5) / 2 + cap_height(font) / 2
        color = self._style.theme.ink2
        pitch = self.cells.cells[1].x() - self.cells.cells[0].x() if self.cells.rows(inner) == 1 else 0
        if width_of(words[0] + " ", font) > abs(pitch):
            line = " · ".join(words.values())
            baseline(painter, pad, y, line, fit_line(self._style, line, WORDS_PX, 500, inner), color)
            return
        for start, word in words.items():
            cell = self.cells.cells[start].geometry()
            x = pad + (cell.right() + 1 - width_of(word, font) if self.isRightToLeft() else cell.left())
            baseline(painter, x, y, word, font, color)

    def _title(self, inner: int) -> Paragraph:
        text = tr("How much does it hurt?")
        font = fit_line(self._style, text, TITLE_PX, 600, inner)
        return Paragraph(text, font, inner, font.pixelSize() * 1.14)

    def _lead(self, inner: int) -> Paragraph:
        text = tr("Worst during this exercise. 0 is no pain, 10 is the worst pain imaginable.")
        font = fit_line(self._style, text, LEAD_PX, 400, inner)
        return Paragraph(text, font, inner, font.pixelSize() * 1.4)

    def _question(self, inner: int) -> Paragraph:
        font = self._style.font(QUESTION_PX, 600)
        return Paragraph(tr("Or did one of these happen?"), font, inner, font.pixelSize() * 1.36)
