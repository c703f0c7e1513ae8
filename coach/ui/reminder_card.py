"""The drawn notification: a small window of ours, for where the desktop shows none, and with every answer there is.

It never takes the keyboard by itself; whoever goes there finds its buttons with Tab, and Esc closes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.place import usable_screens
from coach.ui.reminder_notice import Act, snooze_word
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.focus import FocusRing
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent

    from coach.ui.reminder_notice import Shown
    from coach.ui.theme.look import Look

_WIDTH, _EDGE = 428, 24


class _Badge(QWidget):
    """The picture on its soft tile."""

    def __init__(self, look: Look, icon: str) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, size = self._look.theme, self._look.px(22)
        rounded(painter, QRectF(self.rect()), 10, theme.soft)
        at = (self.width() - size) // 2
        painter.drawPixmap(at, at, self._look.icon(self._icon, size, theme.on_soft, self.devicePixelRatioF()))
        painter.end()


class ReminderCard(QWidget):
    """`answered` carries the tag and the action, as a `Notifier` does."""

    answered = Signal(str, str)

    def __init__(self, look: Look, shown: Shown, *, on_top: bool) -> None:
        """`on_top` keeps it over other windows: only where nothing is known to be disturbed by it."""
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowStaysOnTopHint if on_top else flags)
        self._look = look
        self.shown = shown
        self._over = False
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # for its round corners
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(shown.title)
        self.setAccessibleName(f"{shown.title}. {shown.text}".strip())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        card = Card(look, pad=20, gap=14)
        whole.addWidget(card)
        card.column.addLayout(self._words())
        card.column.addWidget(self._buttons())
        self.ring = FocusRing(look, self)

    def appear(self) -> None:
        """At the lower end corner of the screen, without taking the keyboard."""
        width = self._look.px(_WIDTH)
        room = usable_screens()[0]
        width = min(width, room.width() - 2 * _EDGE)
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else self.sizeHint().height()
        self.setFixedSize(width, height)
        x = room.left() + _EDGE if self.isRightToLeft() else room.right() - width - _EDGE
        self.move(x, room.bottom() - height - _EDGE)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def withdraw(self) -> None:
        """Go without an answer."""
        self._over = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._answer(Act.CLOSE)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            self._over = True
            self.answered.emit(self.shown.tag, Act.CLOSE.value)
        super().closeEvent(event)

    def _words(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_Badge(self._look, self.shown.icon), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self._look, self.shown.title, "strong", wrap=True))
        if self.shown.text:
            words.addWidget(Text(self._look, self.shown.text, "body", "ink2", wrap=True))
        row.addLayout(words, 1)
        close = Button(self._look, "", icon="x", name=tr("Close this reminder"), size=Size.SMALL)
        close.clicked.connect(lambda: self._answer(Act.CLOSE))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _buttons(self) -> QWidget:
        flow = Flow(8)
        start = Button(self._look, self.shown.start, Kind.PRIMARY)
        start.clicked.connect(lambda: self._answer(Act.START))
        flow.add(start)
        for minutes in self.shown.snoozes:
            later = Button(self._look, snooze_word(minutes))
            later.clicked.connect(lambda _=False, n=minutes: self._answer(f"{Act.SNOOZE}:{n}"))
            flow.add(later)
        skip = Button(self._look, self.shown.skip)
        skip.clicked.connect(lambda: self._answer(Act.SKIP))
        flow.add(skip)
        return flow

    def _answer(self, action: str) -> None:
        if not self._over:
            self._over = True
            self.answered.emit(self.shown.tag, str(action))
            self.close()
