"""Parts of the settings: the buttons of the section list, and rows of a name with its control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.widgets.card import Hairline
from coach.ui.widgets.paint import painter_for, rounded, start_x
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from coach.ui.theme.look import Look


GAP = 9


class SectionButton(QAbstractButton):
    """One section of the list."""

    def __init__(self, look: Look, title: str, icon: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 10

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.line("medium") + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        on = self.isChecked()
        if on or self.underMouse():
            rounded(painter, QRectF(self.rect()), 10, theme.soft if on else theme.sunken)
        color = theme.on_soft if on else theme.ink2
        size = self._look.px(18)
        icon = self._look.icon(self._icon, size, color, self.devicePixelRatioF())
        painter.drawPixmap(round(start_x(self, 12, size)), round((self.height() - size) / 2), icon)
        painter.setFont(self._look.font("medium", 600 if on else 500))
        painter.setPen(QColor(color))
        begin = 12 + size + 12
        area = QRectF(0 if self.isRightToLeft() else begin, 0, self.width() - begin, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        painter.end()


class Row(QWidget):
    """A name with a line of explanation, and its control at the end; below it where there is little room.

    The words of a switch are part of what can be clicked.
    """

    def __init__(self, look: Look, title: str, note: str, control: QWidget | None) -> None:
        super().__init__()
        self._look = look
        self.control = control
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(Hairline(look))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, 0, GAP)
        self._row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = Text(look, title, "strong", wrap=True)
        words.addWidget(self.title)
        self.note = Text(look, note, "small", "ink3", wrap=True)
        words.addWidget(self.note)
        self._row.addLayout(words, 1)
        if control is not None:
            self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            control.setAccessibleDescription(note)
        whole.addLayout(self._row)
        self._whole = whole
        self._below: QWidget | None = None
        self.note.setVisible(bool(note))  # once it is part of the row: by itself it would be shown as a window

    def set_note(self, note: str) -> None:
        """Another explanation."""
        self.note.set_text(note)
        self.note.setVisible(bool(note))
        if self.control is not None:
            self.control.setAccessibleDescription(note)

    def set_below(self, widget: QWidget | None) -> None:
        """Something across the row, under words and control: the answer to what was asked for there; None clears it."""
        if self._below is not None:
            self._whole.removeWidget(self._below)
            self._below.hide()
            self._below.deleteLater()
        self._below = widget
        if widget is not None:
            self._whole.addWidget(widget)
            widget.show()  # at once: whoever scrolls to it must know how tall the row is
        self._whole.setContentsMargins(0, 0, 0, GAP if widget is not None else 0)

    def set_stacked(self, *, stacked: bool) -> None:
        """The control below the words; a switch always stays beside them."""
        if self.control is None or isinstance(self.control, Toggle):
            return
        side = Qt.AlignmentFlag.AlignVCenter
        if stacked:
            # What can break its own line gets the whole width.
            side = Qt.AlignmentFlag(0) if self.control.hasHeightForWidth() else Qt.AlignmentFlag.AlignLeading
        down = QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        self._row.setAlignment(self.control, side)
        self._row.setSpacing(8 if stacked else 16)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if isinstance(self.control, Toggle) and event.button() == Qt.MouseButton.LeftButton:
            self.control.click()
        else:
            super().mousePressEvent(event)
