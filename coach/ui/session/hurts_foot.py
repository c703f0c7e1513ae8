"""The lower part of "It hurts": what follows from the answer, and every way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtWidgets import QWidget

from coach.ui.i18n import tr
from coach.ui.session.controls import OUTLINE, PRIMARY, Kind, SessionButton
from coach.ui.session.hurts_body import WORDS_PX, padding
from coach.ui.session.intents import Command, Intent
from coach.ui.session.text import Paragraph
from coach.ui.widgets.paint import painter_for

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.ui.session.style import Style
    from coach.ui.session.view import HurtsView


COLUMN = 15.0
"""The words stand beside the buttons where they have this many times their size; else above them."""
MOST_PX = 30.0


class HurtsFoot(QWidget):
    """Below the line: what follows, and the ways out. Emits `asked(Intent)`."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._text = ""
        self._strong = False
        self._words_box = QRectF()
        self.follow = self._button("", Command.FOLLOW_ADVICE, PRIMARY, key=tr("Space"))
        self.easier = self._button(tr("Easier"), Command.SHEET_EASIER)
        self.skip = self._button(tr("Skip exercise"), Command.SHEET_SKIP)
        self.end = self._button(tr("End the session"), Command.END_NOW, key="E")

    def _button(self, text: str, intent: Intent, kind: Kind = OUTLINE, *, key: str = "") -> SessionButton:
        button = SessionButton(self._style, text, kind, key=key, parent=self)
        button.clicked.connect(lambda: self.asked.emit(intent))
        return button

    @property
    def buttons(self) -> tuple[SessionButton, ...]:
        """All of them in tab order."""
        return self.follow, self.easier, self.skip, self.end

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        for button in self.buttons:
            button.restyle(style)

    def show_view(self, view: HurtsView) -> None:
        """Show what follows from the answer, or from any answer."""
        said = view.advice
        self._text = said.text if said is not None else view.hint
        self._strong = said is not None
        self.setAccessibleName(self._text)
        self.follow.setVisible(said is not None)
        if said is not None:
            self.follow.set_face(said.primary)
        self.easier.setVisible(said is None or said.can_ease)
        self.update()

    def place(self, width: int) -> int:
        """Lay everything out at a width; the height in px."""
        px = self._style.whole
        pad = padding(self._style, width)
        gap = px(10.0)
        shown = [button for button in self.buttons if not button.isHidden()]
        wide = sum(button.sizeHint().width() + gap for button in shown) - gap
        inner = width - 2 * pad
        beside = inner - wide - px(32.0)
        tall = self.end.sizeHint().height()
        if beside >= self._style.size(WORDS_PX) * COLUMN:
            text = self._paragraph(beside)
            height = max(tall, round(text.height))
            self._words_box = QRectF(pad, px(24.0), beside, height)
            self._row(shown, pad, px(24.0) + (height - tall) // 2, width, gap)
            return px(24.0) + height + px(28.0)
        text = self._paragraph(inner)
        self._words_box = QRectF(pad, px(14.0), inner, text.height)
        y = px(14.0) + round(text.height) + px(12.0)
        return self._rows(shown, pad, y, width, gap) + px(20.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        style = self._style
        painter = painter_for(self)
        pad = self._words_box.x()
        painter.fillRect(QRectF(pad, 0, self.width() - 2 * pad, max(1.0, style.px(1.0))), style.color("line"))
        text = self._paragraph(round(self._words_box.width()))
        top = self._words_box.y() + (self._words_box.height() - text.height) / 2
        color = style.theme.ink if self._strong else style.theme.ink2
        x, end = pad, self.isRightToLeft()
        if end:
            x = self.width() - pad - self._words_box.width()
        text.draw(painter, x, top, color, room=self._words_box.width(), end=end)
        painter.end()

    def _paragraph(self, width: int) -> Paragraph:
        px = self._style.size(WORDS_PX, MOST_PX)
        font = self._style.fitted(px, 600 if self._strong else 400)
        return Paragraph(self._text, font, width, font.pixelSize() * 1.4)

    def _row(self, shown: list[SessionButton], pad: int, y: int, width: int, gap: int) -> None:
        x = width - pad
        for button in reversed(shown):
            x -= button.sizeHint().width()
            self._put(button, x, y, width)
            x -= gap

    def _rows(self, shown: list[SessionButton], pad: int, y: int, width: int, gap: int) -> int:
        x, tall = pad, 0
        for button in shown:
            size = button.sizeHint()
            if x > pad and x + size.width() > width - pad:
                x, y = pad, y + tall + gap
            tall = size.height()
            self._put(button, x, y, width)
            x += size.width() + gap
        return y + tall

    def _put(self, button: SessionButton, x: int, y: int, width: int) -> None:
        size = button.sizeHint()
        left = width - x - size.width() if self.isRightToLeft() else x
        button.setGeometry(QRect(left, y, size.width(), size.height()))
