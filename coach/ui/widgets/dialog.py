"""Questions in a small window: only for loss, or for leaving something. Two buttons named by what they do.

The safe button has the focus and is what Esc means. No nested event loop: connect to `decided`, then `open()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.focus import FocusRing
from coach.ui.widgets.page import ColumnScroll
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent

    from coach.ui.theme.look import Look

WIDTH = 400
_SIDES = 24
_AIR = 6
"""Room above and below the content for the focus ring of what stands at its edge."""
_TALLEST, _LOWEST = 800, 80


class DialogBase(QDialog):
    """A titled window with a column of content (`body`) and a row of buttons (`buttons`)."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None, *, width: int = WIDTH) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = parent.window().width() - 48 if parent is not None else look.px(width)
        self.setMinimumWidth(min(look.px(width), room))
        self.setMaximumWidth(max(room, self.minimumWidth()))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Text(look, title, "h2", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)
        column.addSpacing(12)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        self.ring = FocusRing(look, self)
        look.changed.connect(self.update)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Qt takes the height for the width it would like, and then, for large text on a small screen, a narrower width.
        layout, width = self.layout(), self.width()
        needed = min(layout.totalHeightForWidth(width), self.screen().availableSize().height()) if layout else 0
        if needed > self.height():
            self.resize(width, needed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        scroll = self.findChild(ColumnScroll)
        if scroll is not None and not event.isAccepted():
            scroll.turn(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self._look.theme.line))
        painter.setBrush(QColor(self._look.theme.surface))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class TallDialog(DialogBase):
    """A dialog whose content (`column`) scrolls where the window is too low for it."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None, *, width: int = WIDTH) -> None:
        super().__init__(look, title, parent, width=width)
        self._scroll = ColumnScroll()
        self._scroll.set_padding(0, _AIR)
        self.body.addWidget(self._scroll)
        self.column = self._scroll.column
        self.column.setSpacing(12)
        inner = self._scroll.widget()
        if inner is not None:
            inner.installEventFilter(self)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll until a widget is seen."""
        self._scroll.ensureWidgetVisible(widget, 0, _AIR)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As tall as the content, but never taller than the window it belongs to."""
        layout, parent = self.layout(), self.parentWidget()
        if layout is None or not self.isVisible():
            return
        window = parent.window().geometry() if parent is not None else None
        limit = window.height() - _SIDES if window is not None else _TALLEST
        wanted = self.column.totalHeightForWidth(self.width() - 2 * _SIDES)
        whole = self._whole_height(wanted)
        # A bar that is not needed must not come: it would take width, and so make the content taller than it is.
        policy = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if whole > limit else policy.ScrollBarAlwaysOff
        )
        if whole > limit:
            whole = self._whole_height(max(_LOWEST, wanted - (whole - limit)))
        layout.activate()  # else the dialog could not become lower than it was
        self.resize(self.width(), whole)
        if window is not None and self.geometry().bottom() > window.bottom():
            self.move(self.x(), max(window.top(), window.bottom() - self.frameGeometry().height()))

    def _whole_height(self, scrolled: int) -> int:
        """Height of the dialog with so much of the content in sight."""
        self._scroll.setFixedHeight(scrolled)
        layout = self.layout()
        if layout is None:
            return scrolled
        self.body.invalidate()
        layout.invalidate()
        return layout.totalHeightForWidth(self.width())


class Question(DialogBase):
    """`decided` is True for the action and False for the safe way out."""

    decided = Signal(bool)

    def __init__(
        self, look: Look, title: str, text: str, *, action: str, safe: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, title, parent)
        self.body.addWidget(Text(look, text, "small", "ink2", wrap=True))
        self.act = Button(look, action, Kind.OUTLINE)
        self.stay = Button(look, safe, Kind.PRIMARY)
        self.buttons.addWidget(self.act)
        self.buttons.addWidget(self.stay)
        self.act.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self.accepted.connect(self._yes)
        self.rejected.connect(self._no)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.stay.setFocus(Qt.FocusReason.TabFocusReason)

    def _yes(self) -> None:
        self.decided.emit(True)  # noqa: FBT003 - a signal's argument

    def _no(self) -> None:
        self.decided.emit(False)  # noqa: FBT003 - a signal's argument
