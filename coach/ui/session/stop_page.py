"""The full-screen stop after a worrying sign. The colour is used nowhere else, and no key makes the page go away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from coach.ui.i18n import tr
from coach.ui.session.controls import LARGE, ON_STOP, STOP_OUTLINE, SessionButton
from coach.ui.session.intents import Command
from coach.ui.session.text import Paragraph, baseline, cap_height, width_of
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

    from coach.ui.session.style import Style
    from coach.ui.session.view import StopView

PAD = 88.0
HEADLINE_PX, TEXT_PX, SMALL_PX, TICKED_PX = 62.0, 26.0, 20.0, 22.0


class StopPage(QWidget):
    """Shows a `StopView`; emits `asked(Intent)`. Buttons only: Esc and every other key do nothing here."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._view: StopView | None = None
        self._tops: dict[str, float] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.end = SessionButton(style, tr("End the session"), ON_STOP, shape=LARGE, parent=self)
        self.mistake = SessionButton(style, tr("I ticked this by mistake"), STOP_OUTLINE, shape=LARGE, parent=self)
        self.end.clicked.connect(lambda: self.asked.emit(Command.END_NOW))
        self.mistake.clicked.connect(self._on_mistake)

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        self.end.restyle(style)
        self.mistake.restyle(style)
        self._place()

    def show_view(self, view: StopView) -> None:
        """Show the notice."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(f"{view.headline} {view.text}")
        first, second = tr("I ticked this by mistake"), tr("This did not happen, go back")
        self.mistake.set_face(second if view.mistake else first)
        self._place()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.end.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        view, style, theme = self._view, self._style, self._style.theme
        painter = painter_for(self)
        painter.fillRect(self.rect(), QColor(theme.stop))
        if view is not None:
            inner = self._inner()
            end = self.isRightToLeft()
            pad = self._pad()
            self._paint_top(painter, pad)
            self._headline(inner).draw(painter, pad, self._tops["headline"], theme.on_stop, room=inner, end=end)
            self._text(inner).draw(painter, pad, self._tops["text"], theme.on_stop, room=inner, end=end)
            self._paint_card(painter, view, style)
        painter.end()

    def _on_mistake(self) -> None:
        again = self._view is not None and self._view.mistake
        self.asked.emit(Command.TAKE_SIGN_BACK if again else Command.SIGN_MISTAKE)

    def _pad(self) -> float:
        return self._style.px(PAD if self.width() >= self._style.px(900) else 36.0)

    def _inner(self) -> float:
        return self.width() - 2 * self._pad()

    def _headline(self, inner: float) -> Paragraph:
        px = HEADLINE_PX if inner > self._style.px(700.0) else 46.0
        font = self._style.font(px, 600)
        return Paragraph(self._view.headline if self._view else "", font, inner, font.pixelSize() * 1.14)

    def _text(self, inner: float) -> Paragraph:
        font = self._style.font(TEXT_PX, 400)
        return Paragraph(self._view.text if self._view else "", font, inner, font.pixelSize() * 1.4)

    def _ticked(self, inner: float) -> Paragraph:
        view = self._view
        if view is None:
            words = ""
        elif view.mistake:
            words = tr("This did not happen: {sign}", sign=view.ticked)
        else:
            words = view.ticked
        font = self._style.font(TICKED_PX, 600)
        return Paragraph(words, font, inner, font.pixelSize() * 1.36)

    def _place(self) -> None:
        px, inner = self._style.px, self._inner()
        y = px(132.0)
        self._tops = {"headline": y}
        y += self._headline(inner).height + px(16.0)
        self._tops["text"] = y
        y += self._text(inner).height + px(28.0)
        self._tops["card"] = y
        y += self._card_height() + px(28.0)
        left = round(self._pad())
        for button in (self.end, self.mistake):
            size = button.sizeHint()
            if left > self._pad() and left + size.width() > self.width() - self._pad():
                left, y = round(self._pad()), y + size.height() + px(12.0)
            x = self.width() - left - size.width() if self.isRightToLeft() else left
            button.setGeometry(QRect(x, round(y), size.width(), size.height()))
            left += size.width() + round(px(12.0))

    def _card_width(self) -> float:
        return min(self._inner(), self._style.px(620.0))

    def _card_height(self) -> float:
        px = self._style.px
        words = self._ticked(self._card_width() - px(56.0))
        return words.height + self._style.size(SMALL_PX) * 1.4 + px(44.0)

    def _paint_top(self, painter: QPainter, pad: float) -> None:
        style, theme = self._style, self._style.theme
        side = style.size(28.0)
        middle = style.px(71.0)
        font = style.font(SMALL_PX, 600)
        text = tr("Exercise is stopped.")
        end = self.isRightToLeft()
        x = self.width() - pad - side if end else pad
        icon = style.icon("octagon-x", 28.0, theme.on_stop, self.devicePixelRatioF())
        painter.drawPixmap(round(x), round(middle - side / 2), icon)
        x = x - style.px(16.0) - width_of(text, font) if end else x + side + style.px(16.0)
        baseline(painter, x, middle + cap_height(font) / 2, text, font, theme.on_stop)

    def _paint_card(self, painter: QPainter, view: StopView, style: Style) -> None:
        px, theme = style.px, style.theme
        wide = self._card_width()
        x = self.width() - self._pad() - wide if self.isRightToLeft() else self._pad()
        box = QRectF(x, self._tops["card"], wide, self._card_height())
        rounded(painter, box, px(16.0), theme.on_stop)
        small = style.font(SMALL_PX, 600)
        room = wide - px(56.0)
        line = style.size(SMALL_PX) * 1.4
        label = Paragraph(tr("Are you sure?") if view.mistake else tr("You ticked"), small, room, line)
        end = self.isRightToLeft()
        label.draw(painter, box.x() + px(28.0), box.y() + px(20.0), STOP_SOFT, room=room, end=end)
        self._ticked(room).draw(painter, box.x() + px(28.0), box.y() + px(20.0) + line, STOP_INK, room=room, end=end)


STOP_INK, STOP_SOFT = "#1B211F", "#606762"
"""The card is white in both themes, so its text is the light theme's."""
