"""The sheet of "It hurts". Never in the way: every way out is one key or one click.

Keys: 0 to 9, 1 then 0 for 10, Tab to the signs, Space or Enter to follow the advice, E ends, Esc closes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget

from coach.domain.pain import band
from coach.ui.i18n import tr
from coach.ui.session.hurts_body import HurtsBody
from coach.ui.session.hurts_foot import HurtsFoot
from coach.ui.session.intents import Command, Intent
from coach.ui.session.keys import digit_of
from coach.ui.words import band_word

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from coach.ui.session.style import Style
    from coach.ui.session.view import HurtsView


class HurtsSheet(QWidget):
    """The whole sheet. `asked(Intent)`; keys are handled here, so nothing behind it hears them."""

    asked = Signal(object)
    typed = Signal(int)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("How much does it hurt?"))
        self.body = HurtsBody(style)
        self.viewport_area = QScrollArea(self)
        self.viewport_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.viewport_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport_area.setWidget(self.body)
        self.foot = HurtsFoot(style, self)
        self._view: HurtsView | None = None
        self.body.asked.connect(self._ask)
        self.foot.asked.connect(self._ask)

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        self.body.restyle(style)
        self.foot.restyle(style)
        self._place()

    def show_view(self, view: HurtsView) -> None:
        """Show the sheet."""
        if view == self._view:
            return
        first = not self.body.signs
        self._view = view
        self.body.show_view(view)
        self.foot.show_view(view)
        if first:
            self._order_tabs()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._style.theme.bg))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        if digit is not None:
            self.typed.emit(digit)
        elif event.isAutoRepeat():
            return
        elif event.key() == Qt.Key.Key_Escape:
            self.asked.emit(Command.CLOSE_SHEET)
        elif event.key() == Qt.Key.Key_E:
            self.asked.emit(Command.END_NOW)
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.asked.emit(Command.FOLLOW_ADVICE)

    def spoken(self) -> str:
        """The sheet in a sentence, for screen readers."""
        view = self._view
        if view is None:
            return ""
        if view.value is None or view.advice is None:
            return tr("How much does it hurt? 0 to 10.")
        word = tr("{n} of 10", n=view.value)
        return f"{word}, {band_word(band(view.value)).lower()}. {view.advice.text}"

    def _ask(self, intent: Intent | None) -> None:
        if intent is None:
            self._place()
        else:
            self.asked.emit(intent)

    def _order_tabs(self) -> None:
        """Tab goes to the signs first; numbers have their keys."""
        chain: list[QWidget] = [self, *self.body.signs, *self.foot.buttons, self.body.close_button]
        chain += [*self.body.chips.chips, self.body.elsewhere, *self.body.more_chips.chips, *self.body.cells.cells]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _place(self) -> None:
        foot = self.foot.place(self.width())
        room = max(0, self.height() - foot)
        self.foot.setGeometry(0, room, self.width(), foot)
        self.foot.place(self.width())
        self.viewport_area.setGeometry(0, 0, self.width(), room)
        tall = self.body.place(self.width())
        wide = self.width()
        if tall > room:
            # With a bar beside it the body is a little narrower, and then perhaps taller.
            wide -= self.viewport_area.verticalScrollBar().sizeHint().width()
            tall = self.body.place(wide)
        self.body.resize(wide, max(tall, room))
        self.body.place(wide)
        self.body.update()
