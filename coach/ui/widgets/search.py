"""The search field: a magnifier, the words, the key cap while it is empty, a cross while it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from coach.ui.i18n import tr
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.keycap import draw_keycap, keycap_size, native_key
from coach.ui.widgets.paint import painter_for, start_x

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

_PAD = 13


class SearchField(QLineEdit):
    """One line of text; Esc empties it."""

    def __init__(self, look: Look, placeholder: str, key: str = "Ctrl+F", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._key = native_key(key)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAccessibleDescription(self._key)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._cross = Button(look, "", Kind.LINK, icon="x", size=Size.SMALL, name=tr("Clear search"), parent=self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(self._text_changed)
        look.changed.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(300), self._look.line("body") + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(180), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = max(24, self._look.px(24))
        end = start_x(self, self.width() - size - 8, size)
        self._cross.setGeometry(round(end), (self.height() - size) // 2, size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = painter_for(self)
        theme, icon = self._look.theme, self._look.px(18)
        picture = self._look.icon("search", icon, theme.ink2, self.devicePixelRatioF())
        painter.drawPixmap(round(start_x(self, _PAD, icon)), (self.height() - icon) // 2, picture)
        cap = keycap_size(self._look, self._key)
        # The cap gives way to the words: it is only a hint.
        room = self.width() - 3 * _PAD - icon - cap.width()
        if not self.text() and self.fontMetrics().horizontalAdvance(self.placeholderText()) < room:
            left = start_x(self, self.width() - _PAD - cap.width(), cap.width())
            top = (self.height() - cap.height()) / 2
            draw_keycap(painter, self._look, self._key, QRectF(left, top, cap.width(), cap.height()), theme.ink3)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._refresh()

    def _text_changed(self, text: str) -> None:
        self._cross.setVisible(bool(text))

    def _refresh(self) -> None:
        begin, end = self._look.px(18) + 12, self._look.px(20)
        left, right = (end, begin) if self.isRightToLeft() else (begin, end)
        self.setTextMargins(left, 0, right, 0)
        self.updateGeometry()
