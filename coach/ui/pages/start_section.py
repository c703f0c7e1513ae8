"""Settings, start and reminders: whether the program starts at login, and goes on without its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from coach.domain.preferences import Background
from coach.ui.i18n import tr
from coach.ui.pages.settings_sections import Section, show_toggle
from coach.ui.widgets.button import Button
from coach.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from coach.services.reminding import AutostartState
    from coach.ui.pages.settings import SettingsState
    from coach.ui.theme.look import Look


class StartSection(Section):
    """`autostart_asked` is True to start at login; `reminders_asked` leads to the page of reminders."""

    icon = "bell"
    autostart_asked = Signal(bool)
    reminders_asked = Signal()

    def __init__(self, look: Look) -> None:
        self.title = tr("Start and reminders")
        super().__init__(look, self.title)
        self.login = Toggle(look, name=tr("Start when I log in"))
        self.login.setEnabled(False)
        self.login.toggled.connect(self.autostart_asked)
        self._login = self._row(tr("Start when I log in"), tr("Looking…"), self.login)
        self.stay = Toggle(look, name=tr("Keep reminding when the window is closed"))
        self.stay.toggled.connect(lambda on: self._emit(background=Background.ON if on else Background.OFF))
        note = tr("The icon in the tray, or starting Foot Coach again, brings the window back.")
        self._row(tr("Keep reminding when the window is closed"), note, self.stay)
        self.open = Button(look, tr("Open"), name=tr("Open the reminders"))
        self.open.clicked.connect(self.reminders_asked)
        self._row(tr("Reminders"), tr("Times, quiet hours, and how long you may sit."), self.open)

    def render_state(self, state: SettingsState) -> None:
        super().render_state(state)
        show_toggle(self.stay, on=state.preferences.background is not Background.OFF)

    def render_autostart(self, state: AutostartState) -> None:
        """Show how it really is."""
        show_toggle(self.login, on=state.on)
        self.login.setEnabled(not state.unavailable)
        note = state.unavailable or tr("Hidden, so that only the reminders come.")
        if state.on and not state.checked:
            note = tr("It was set, but this computer does not tell whether it holds.")
        self._login.set_note(note)
