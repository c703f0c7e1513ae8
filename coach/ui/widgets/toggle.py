"""Switches and ticks. Their words are part of what can be clicked, and wrap when the text is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from coach.ui.widgets.button import ARROWS
from coach.ui.widgets.paint import painter_for, rounded, start_x

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_ENDLESS = 100_000


class _Marked(QCheckBox):
    """A mark, then words. `name` is for screen readers where no words are shown."""

    _mark = QSize(22, 22)
    _gap = 12
    _role = "strong"

    def __init__(self, look: Look, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name or text)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred if text else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        )
        policy.setHeightForWidth(bool(text))
        self.setSizePolicy(policy)
        look.changed.connect(self._refresh)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return self._look.px(6)

    def sizeHint(self) -> QSize:
        mark = self._mark_size()
        if not self.text():
            return mark
        width = self._words_left() + self._metrics().horizontalAdvance(self.text()) + 4
        return QSize(width, max(mark.height(), self._look.line(self._role)))

    def minimumSizeHint(self) -> QSize:
        if not self.text():
            return self._mark_size()
        longest = max(self._metrics().horizontalAdvance(word) for word in self.text().split())
        return QSize(self._words_left() + longest + 4, self._mark_size().height())

    def hasHeightForWidth(self) -> bool:
        return bool(self.text())

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._words_left()), _ENDLESS)
        words = self._metrics().boundingRect(room, _WRAP, self.text()).height()
        return max(self._mark_size().height(), words, self._look.line(self._role))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space ticks. Enter belongs to the page: it does what the page's main button says.
        if event.key() in {*ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        mark = self._mark_size()
        top = (self.height() - mark.height()) / 2
        left = start_x(self, 0, mark.width())
        self._paint_mark(painter, QRectF(left, top, mark.width(), mark.height()))
        if self.text():
            painter.setFont(self._look.font(self._role))
            painter.setPen(QColor(self._look.theme.ink if self.isEnabled() else self._look.theme.ink3))
            left = self._words_left()
            area = QRect(0 if self.isRightToLeft() else left, 0, self.width() - left, self.height())
            painter.drawText(area, _WRAP, self.text())
        painter.end()

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        raise NotImplementedError

    def _mark_size(self) -> QSize:
        return QSize(self._look.px(self._mark.width()), self._look.px(self._mark.height()))

    def _words_left(self) -> int:
        return self._mark_size().width() + self._look.px(self._gap)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._look.font(self._role))

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class Check(_Marked):
    """A tick box."""

    def __init__(
        self, look: Look, text: str = "", *, name: str = "", strong: bool = False, parent: QWidget | None = None
    ) -> None:
        self._role = "strong" if strong else "body"
        super().__init__(look, text, name=name, parent=parent)

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._look.theme
        radius = self._look.px(5)
        if not self.isChecked():
            fill = theme.sunken if self.underMouse() or not self.isEnabled() else theme.surface
            rounded(painter, rect, radius, fill, theme.ctl, 1.25)
            return
        rounded(painter, rect, radius, theme.accent_hover if self.underMouse() else theme.accent)
        size = self._look.px(16)
        tick = self._look.icon("check", size, theme.on_accent, self.devicePixelRatioF())
        offset = (rect.width() - size) / 2
        painter.drawPixmap(round(rect.x() + offset), round(rect.y() + offset), tick)


class Toggle(_Marked):
    """An on-off switch, 44 by 26."""

    _mark = QSize(44, 26)

    def ring_radius(self) -> float:
        """Fully round."""
        return self._look.px(13) if not self.text() else self._look.px(8)

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._look.theme
        radius = rect.height() / 2
        knob = rect.height() - self._look.px(6)
        inset = (rect.height() - knob) / 2
        on = self.isChecked()
        at_end = on != self.isRightToLeft()
        left = rect.right() - inset - knob if at_end else rect.x() + inset
        if on:
            rounded(painter, rect, radius, theme.accent_hover if self.underMouse() else theme.accent)
        else:
            rounded(painter, rect, radius, theme.sunken if self.underMouse() else None, theme.ctl, 1.25)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.on_accent if on else theme.ctl))
        painter.drawEllipse(QRectF(left, rect.y() + inset, knob, knob))
