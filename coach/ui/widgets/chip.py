"""Chips: short words in a coloured pill. Never a button in disguise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QLabel, QSizePolicy

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

_TONES: dict[str, tuple[str | None, str, str | None]] = {
    "neutral": ("sunken", "ink2", None),
    "accent": ("soft", "on_soft", None),
    "hold": ("warn_soft", "warn", None),
    "left": ("left_soft", "left", None),
    "right": ("right_soft", "right", None),
    "outline": (None, "ink2", "ctl"),
}
TONES = tuple(_TONES)


class Chip(QLabel):
    """A word or two in one of `TONES`."""

    def __init__(self, look: Look, text: str, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def set_chip(self, text: str, tone: str) -> None:
        """Other words, another tone."""
        self.setText(text)
        self._tone = tone
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._look.font("tiny_strong")).horizontalAdvance(self.text())
        return QSize(round(width) + 20, self._look.line("tiny_strong") + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, text, edge = _TONES[self._tone]
        theme = self._look.theme
        painter = painter_for(self)
        rect = QRectF(self.rect())
        rounded(
            painter,
            rect,
            rect.height() / 2,
            theme.color(fill) if fill else None,
            theme.color(edge) if edge else None,
            1.25,
        )
        painter.setFont(self._look.font("tiny_strong"))
        painter.setPen(QColor(theme.color(text)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
