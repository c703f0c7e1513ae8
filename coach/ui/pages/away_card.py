"""While you were away: what was missed, one line for each day, and the short version to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from coach.ui.i18n import tr, trn
from coach.ui.widgets.button import Button
from coach.ui.widgets.card import Card
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from coach.ui.theme.look import Look

MOST_LINES = 3
"""More days than these are counted: the list of reminders has them all."""


class AwayCard(Card):
    """Dismissed for good with `close_button`; `short` begins the short version, where that is of use."""

    def __init__(self, look: Look, lines: tuple[str, ...], *, short: bool) -> None:
        super().__init__(look, pad=20, gap=10)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(look, tr("While you were away"), "h3", wrap=True))
        for line in lines[:MOST_LINES]:
            words.addWidget(Text(look, line, "small", "ink2", wrap=True))
        rest = len(lines) - MOST_LINES
        if rest > 0:
            more = trn("and {n} day before that", "and {n} days before that", rest)
            words.addWidget(Text(look, more, "small", "ink3", wrap=True))
        self._row.addLayout(words, 1)
        self.short = Button(look, tr("Do the short version now"), icon="play")
        self.close_button = Button(look, tr("Close"), name=tr("Close: while you were away"))
        for button in (self.short, self.close_button):
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.short.setVisible(short)
        self.column.addLayout(self._row)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        down = self._look.percent > 150
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
