"""What happened to each reminder, newest day first: when it was shown, what was answered, why it was missed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.reminder_words import entry_words, title_of, why_word
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.page import clear_layout
from coach.ui.widgets.text import Text
from coach.ui.words import when_text

if TYPE_CHECKING:
    from coach.domain.reminders.occurrence import Occurrence
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
        lines = sorted(self._told(state), key=lambda each: (each.local_date, each.slot), reverse=True)
        if not lines:
            calm = tr("Whatever becomes of your reminders will be listed here.")
            self._days.addWidget(Text(self._look, calm, "small", "ink2", wrap=True))
        for index, (day, found) in enumerate(groupby(lines, key=lambda each: each.local_date)):
            if index:
                self._days.addWidget(Hairline(self._look))
            words = when_text(day, state.now.date())
            head = words[:1].upper() + words[1:]
            self._days.addWidget(Text(self._look, head, "small_strong", "ink2"))
            for each in reversed(list(found)):
                self._days.addWidget(self._line(state, each))

    def _told(self, state: RemindersState) -> list[Occurrence]:
        """What the ledger knows, and what was left out today for a reason of that day."""
        today = state.now.date()
        over = [each for each in state.week if each.local_date == today and not each.rings_after(state.now)]
        return [each for each in (*state.past, *over) if each.key in state.log]

    def _line(self, state: RemindersState, each: Occurrence) -> QWidget:
        rule = state.rule(each.reminder)
        title = title_of(rule, state.routines) if rule is not None else tr("A reminder that was removed")
        zone = state.now.tzinfo
        assert zone is not None  # noqa: S101 - the state's time is local
        story = [entry_words(entry, zone) for entry in state.log.get(each.key, ())] or [why_word(each)]
        return Text(self._look, " · ".join(story), "small", "ink2", wrap=True, lead=f"{each.slot} {title}:")
