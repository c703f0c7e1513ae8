"""Cards and hairlines: flat surfaces with a thin edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look


class Card(QFrame):
    """A surface with a column layout inside (`card.column`)."""

    def __init__(
        self,
        look: Look,
        *,
        pad: int = 24,
        gap: int = 12,
        radius: int = 16,
        fill: str | None = "surface",
        edge: str | None = "line",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._radius = radius
        self._fill = fill
        self._edge = edge
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(pad, pad, pad, pad)
        self.column.setSpacing(gap)
        look.changed.connect(self.update)

    def ring_radius(self) -> float:
        """Corner of the card, for the focus ring."""
        return self._radius

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        fill = theme.color(self._fill) if self._fill else None
        edge = theme.color(self._edge) if self._edge else None
        rounded(painter, QRectF(self.rect()), self._radius, fill, edge, 1.0)
        painter.end()


class Hairline(QWidget):
    """A line of one pixel, along the page or (`upright`) down it."""

    def __init__(self, look: Look, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._upright = upright
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, grows) if upright else (grows, fixed)))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.theme.line))
        painter.end()
