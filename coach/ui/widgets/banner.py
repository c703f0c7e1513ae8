"""Banners: icon, bold lead, one sentence, at most one link."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look


class Tone(Enum):
    """Fill, icon and icon colour."""

    INFO = ("sunken", "info", "ink2")
    PAUSED = ("warn_soft", "bell-off", "warn")
    WARN = ("warn_soft", "triangle-alert", "warn")
    SAVED = ("soft", "circle-check", "accent")
    LOCKED = ("danger_soft", "octagon-x", "danger")


class Icon(QLabel):
    """A picture beside words; hidden from screen readers because the words say it."""

    def __init__(
        self, look: Look, icon: str, color: str = "ink2", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon, self._color, self._size = icon, color, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._size), self._look.px(self._size))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        color = self._look.theme.color(self._color)
        painter.drawPixmap(
            0, 0, self._look.icon(self._icon, self._look.px(self._size), color, self.devicePixelRatioF())
        )
        painter.end()


class Banner(QWidget):
    """One message in the page. `link_clicked` when its link is used."""

    link_clicked = Signal()

    def __init__(
        self,
        look: Look,
        tone: Tone,
        lead: str,
        text: str = "",
        *,
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        _, icon, color = tone.value
        row.addWidget(Icon(look, icon, color), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._text = Text(look, text, "small", wrap=True, lead=lead)
        words.addWidget(self._text)
        self.link: Button | None = None
        if link:
            self.link = Button(look, link, Kind.LINK, size=Size.SMALL)
            self.link.clicked.connect(self.link_clicked)
            words.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        self.setAccessibleName(self._text.text())
        look.changed.connect(self.update)

    def set_text(self, lead: str, text: str) -> None:
        """Other words."""
        self._text.set_text(text, lead)
        self.setAccessibleName(self._text.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rounded(painter, QRectF(self.rect()), 12, self._look.theme.color(self._tone.value[0]))
        painter.end()
