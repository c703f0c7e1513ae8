"""Everything about reminders that the window has: what rings, the page, the questions, and the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from coach.ui.questions import Questions
from coach.ui.reminding_flow import RemindingFlow
from coach.ui.shell import REMINDERS
from coach.ui.states import SHORT
from coach.ui.tray import PauseFor

if TYPE_CHECKING:
    from pathlib import Path

    from coach.services.ports import Desktop
    from coach.ui.conductor import Conductor
    from coach.ui.pages.reminders import RemindersPage
    from coach.ui.pages.start_section import StartSection
    from coach.ui.pages.today import TodayPage
    from coach.ui.resident import Resident


class Reminders(QObject):
    """What the conductor hands on to; it puts the parts together."""

    def __init__(self, conductor: Conductor, desktop: Desktop | None, assets: Path) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._desktop = desktop
        self._assets = assets
        self.flow = RemindingFlow(conductor, desktop)
        self.questions = Questions(conductor, self.flow)
        self.flow.question.connect(self.questions.ask)
        self.flow.changed.connect(self._changed)
        self.resident: Resident | None = None
        self._on_today: object = None

    def begin(self, today: TodayPage, *, hidden: bool) -> None:
        """The start is over: answer the wishes of the Today page, and take the place in the tray."""
        today.short_requested.connect(lambda: self._conductor.start_routine(SHORT))
        today.away_read.connect(self.flow.forget_away)
        today.reminders_requested.connect(lambda: self._conductor.shell.open(REMINDERS))
        if self._desktop is not None and self.resident is None:
            from coach.ui.resident import Resident

            self.resident = Resident(self._conductor, self.flow, self._desktop, self._assets)
            if hidden:
                self.resident.begin_hidden()

    def close(self) -> None:
        """Nothing rings, and nothing is in the tray any more."""
        self.flow.close()
        if self.resident is not None:
            self.resident.close()
        if self._desktop is not None:
            self._desktop.stop()

    def make_page(self) -> RemindersPage:
        """The page of reminders."""
        from coach.ui.pages.reminders import RemindersPage

        page = RemindersPage(self._conductor.look)
        page.changed.connect(self.flow.change)
        page.manner_changed.connect(self.flow.change_manner)
        page.added.connect(self.flow.add)
        page.removed.connect(self.flow.remove)
        page.refused.connect(self._conductor.say)
        page.pause_asked.connect(lambda on: self.flow.pause(PauseFor.TODAY if on else None))
        return page

    def render(self) -> None:
        """Bring the page up to date, if it was ever opened."""
        shell = self._conductor.shell
        if shell.has_page(REMINDERS):
            cast("RemindersPage", shell.page(REMINDERS)).render_state(self.flow.state())

    def serve(self, section: StartSection) -> None:
        """Answer the wishes of the settings."""
        section.reminders_asked.connect(lambda: self._conductor.shell.open(REMINDERS))
        if self.resident is not None:
            self.resident.serve(section)

    def look(self) -> None:
        """The settings are shown: whether the program starts at login is looked at anew."""
        if self.resident is not None:
            self.resident.look()

    def _changed(self) -> None:
        self.render()
        # The Today page only when it says something else: what is shown anew loses the keyboard's place.
        told = self.flow.today_words()
        if told != self._on_today:
            self._on_today = told
            self._conductor.render()
