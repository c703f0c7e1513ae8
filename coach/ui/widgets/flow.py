"""Widgets in lines that break where the room ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QResizeEvent


class Flow(QWidget):
    """Keeps each widget at its own size and breaks lines in reading direction; what is hidden takes no room."""

    def __init__(self, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QWidget] = []
        self._heights: dict[int, int] = {}  # by width: a layout asks dozens of times before anything has changed
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put one more at the end."""
        widget.setParent(self)
        widget.show()
        self._items.append(widget)
        self._settle()

    def take(self, widget: QWidget) -> None:
        """Remove and delete one."""
        self._items.remove(widget)
        widget.hide()
        widget.deleteLater()
        self._settle()

    def clear(self) -> None:
        """Remove and delete all."""
        while self._items:
            self.take(self._items[-1])

    def sizeHint(self) -> QSize:
        return QSize(self._widest(), self.heightForWidth(max(self.width(), self._widest())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(width, move=False)
        return self._heights[width]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self.width())

    def event(self, event: QEvent) -> bool:
        if event.type() is event.Type.LayoutRequest:
            self._settle()
        return super().event(event)

    def _settle(self) -> None:
        """Something is there, gone, or of another size."""
        self._heights.clear()
        self.updateGeometry()
        self._place(self.width())

    def _widest(self) -> int:
        return max((item.sizeHint().width() for item in self._shown), default=0)

    @property
    def _shown(self) -> list[QWidget]:
        return [item for item in self._items if not item.isHidden()]

    def _place(self, width: int) -> None:
        self._lay(width, move=True)

    def _lay(self, width: int, *, move: bool) -> int:
        lines: list[list[tuple[QWidget, int, QSize]]] = [[]]
        x = 0
        for item in self._shown:
            size = item.sizeHint()
            if x and x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((item, x, size))
            x += size.width() + self._gap
        y = 0
        for line in lines:
            tall = max((size.height() for _, _, size in line), default=0)
            for item, x, size in line if move else ():
                left = self.width() - x - size.width() if self.isRightToLeft() else x
                item.setGeometry(QRect(QPoint(left, y + (tall - size.height()) // 2), size))
            y += tall + self._gap
        return y - self._gap
