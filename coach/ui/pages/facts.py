"""One line of a list of what is so: a mark, words, and at the end a word on how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from coach.ui.widgets.banner import Icon
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from coach.ui.theme.look import Look

STACKED_FROM = 150
"""Text size in percent above which the word at the end goes below."""


class Fact(QWidget):
    """`icon` in the colour token `color`, then `words`, and `state` at the end; `under` stands below the words."""

    def __init__(self, look: Look, icon: str, color: str, words: str, state: str, under: tuple[Text, ...] = ()) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Icon(look, icon, color, 20), 0, Qt.AlignmentFlag.AlignTop)
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(16)
        self._words.addWidget(Text(look, words, "strong", wrap=True), 1)
        if state:
            self._words.addWidget(Text(look, state, "small", "ink3"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(self._words)
        for text in under:
            column.addWidget(text)
        row.addLayout(column, 1)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        stacked = self._look.percent > STACKED_FROM
        self._words.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(0 if stacked else 16)
