"""What happened to each reminder, newest day first: when it was shown, what was answered, why it was missed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.reminder_words import entry_words, title_of
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.page import clear_layout
from coach.ui.widgets.text import Text
from coach.ui.words import when_text

if TYPE_CHECKING:
    from coach.services.outlook import Story
    from coach.ui.pages.reminders_state import RemindersState
    from coach.ui.theme.look import Look


class LogCard(Card):
    """One block for each day, one line for each reminder that was due or could have been."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=22, gap=10)
        self.column.addWidget(Text(look, tr("What happened"), "h2"))
        self._days = QVBoxLayout()
        self._days.setSpacing(6)
        self.column.addLayout(self._days)

    def render_state(self, state: RemindersState) -> None:
        """Show the last days."""
        clear_layout(self._days)
        if not state.stories:
            calm = tr("Whatever becomes of your reminders will be listed here.")
            self._days.addWidget(Text(self._look, calm, "small", "ink2", wrap=True))
        for index, (day, found) in enumerate(groupby(state.stories, key=lambda told: told.key[1])):
            if index:
                self._days.addWidget(Hairline(self._look))
            words = when_text(day, state.now.date())
            head = words[:1].upper() + words[1:]
            self._days.addWidget(Text(self._look, head, "small_strong", "ink2"))
            for told in reversed(list(found)):
                self._days.addWidget(self._line(state, told))

    def _line(self, state: RemindersState, told: Story) -> QWidget:
        title = tr("A reminder that was removed")
        if told.reminder is not None:
            title = title_of(told.reminder, state.routines)
        lines = (entry_words(entry, state.now) for entry in told.entries)
        slot = told.key[2]
        return Text(self._look, " · ".join(lines), "small", "ink2", wrap=True, lead=f"{slot} {title}:")
