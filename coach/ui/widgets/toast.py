"""Toasts: one line at the bottom edge for six seconds or until clicked, with one Undo. They never take the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRectF, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QEnterEvent, QMouseEvent, QPaintEvent

    from coach.ui.theme.look import Look

SECONDS = 6
PINNED = "pinned"
"""Object name of the bar that holds a page's main action in a low window."""
_MARGIN = 24
_SLIDE_MS = 160
_WIDEST = 640


class _UndoButton(Button):
    """A link in the toast's own colours."""

    def colors(self) -> tuple[str | None, str, str | None]:
        return None, self._look.theme.on_toast, None


class Toast(QWidget):
    """The toast of one window. `show_message` replaces what is shown."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 10, 14, 10)
        row.setSpacing(20)
        self._text = Text(look, "", "small", "on_toast", wrap=True)
        self.button = _UndoButton(look, tr("Undo"), Kind.LINK, key="Ctrl+Z", size=Size.SMALL)
        self.button.clicked.connect(self.undo)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self.timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self.timer.timeout.connect(self._time_up)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        window.installEventFilter(self)
        self.hide()

    @property
    def sliding(self) -> bool:
        """Whether it is still moving in."""
        return self._slide.state() is QPropertyAnimation.State.Running

    def show_message(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something; `undo` offers to take it back."""
        self._undo = undo
        self._text.set_text(text)
        self.button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self.timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))
        if not self._look.reduced_motion:
            end = self.pos()
            self._slide.stop()
            self._slide.setStartValue(end + QPoint(0, 16))
            self._slide.setEndValue(end)
            self._slide.start()

    def undo(self) -> None:
        """Take back what the toast is about, while it is shown."""
        action, self._undo = self._undo, None
        self.hide()
        if action is not None:
            action()

    def hideEvent(self, event: QEvent) -> None:
        self.timer.stop()
        self._slide.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self.timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.timer.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()  # it may stand over what the person wants next

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rounded(painter, QRectF(self.rect()), 10, self._look.theme.toast)
        painter.end()

    def _time_up(self) -> None:
        if self.underMouse() or self.button.hasFocus():
            self.timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        # Never wider than a line is read well: what stands at the ends of the window stays free.
        room = min(self._window.width() - 2 * _MARGIN, self._look.px(_WIDEST))
        width = min(room, max(340, self._text.natural_width() + self.button.sizeHint().width() + 72))
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else self.sizeHint().height()
        self._slide.stop()
        top = self._window.height() - height - _MARGIN - self._pinned_height()
        self.setGeometry((self._window.width() - width) // 2, top, width, height)

    def _pinned_height(self) -> int:
        """What is pinned to the bottom edge stays free."""
        bars = self._window.findChildren(QWidget, PINNED)
        return max((bar.height() for bar in bars if bar.isVisible()), default=0)
