"""Settings: every change applies at once. A list of sections, and the chosen one beside or below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.pages.data_section import DataSection
from coach.ui.pages.settings_parts import SectionButton
from coach.ui.pages.settings_sections import (
    AboutSection,
    AccessSection,
    LookSection,
    Section,
    SessionSection,
)
from coach.ui.pages.start_section import StartSection
from coach.ui.widgets.page import WIDE, Columns, Page, TitleRow

if TYPE_CHECKING:
    from pathlib import Path

    from coach.domain.exercise import Exercise
    from coach.domain.preferences import Preferences
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery


@dataclass(frozen=True, slots=True)
class SettingsState:
    """What the page shows.

    `voices` are the names the speech engine offers; `voice_problem` is a sentence where there is no engine.
    `model` is the exercise whose figure stands in the choice of people. `server` is where the diary is, empty for the
    folder.
    """

    preferences: Preferences
    folder: Path
    version: str
    voices: tuple[str, ...] = ()
    voice_problem: str = ""
    licences: str = ""
    model: Exercise | None = None
    server: str = ""


class SettingsPage(Page):
    """Emits `changed` with new preferences after every change; the other signals ask for things to be done."""

    changed = Signal(object)
    sample_requested = Signal()
    folder_requested = Signal()
    path_copied = Signal(str)

    def __init__(self, look: Look, gallery: Gallery) -> None:
        super().__init__(look)
        self._state: SettingsState | None = None
        self._title = TitleRow(look, tr("Settings"))
        self.column.addWidget(self._title)
        self._columns = Columns((204, 756))
        self.column.addWidget(self._columns)
        self.column.addStretch(1)
        self.data = DataSection(look)
        self.start = StartSection(look)
        self.sections: list[Section] = [
            SessionSection(look),
            LookSection(look, gallery),
            AccessSection(look),
            self.start,
            self.data,
            AboutSection(look),
        ]
        self._group = QButtonGroup(self)
        self._list = QWidget()
        rows = QVBoxLayout(self._list)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        self._columns.left.addWidget(self._list)
        self._columns.left.addStretch(1)
        for index, section in enumerate(self.sections):
            button = SectionButton(look, section.title, section.icon)
            self._group.addButton(button, index)
            rows.addWidget(button)
        for section in self.sections:  # after all buttons: what is added first, Tab visits first
            self._columns.right.addWidget(section)
            section.changed.connect(self._change)
        self._columns.right.addStretch(1)
        self._group.idToggled.connect(self._picked)
        self.open_section(0)
        session = self.sections[0]
        if isinstance(session, SessionSection):
            session.sample.clicked.connect(self.sample_requested)
        self.data.open_folder.clicked.connect(self.folder_requested)
        self.data.copied.connect(self.path_copied)
        self.data.answered.connect(self._bring_into_view)

    def render_state(self, state: SettingsState) -> None:
        """Show these settings."""
        self._state = state
        for section in self.sections:
            section.render_state(state)

    def open_section(self, index: int) -> None:
        """Show a section by its place in the list."""
        button = self._group.button(index)
        if button is not None:
            button.setChecked(True)

    def arrange(self, room: Room) -> None:
        self._columns.set_columns(room.columns, room.gap + 8)
        narrow = room.columns == 1
        self._list.setMinimumWidth(0 if narrow else self.look.px(204))
        self._list.setMaximumWidth(WIDE if narrow else self.look.px(204))
        for section in self.sections:
            section.arrange(room)

    def _picked(self, index: int, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on:
            for place, section in enumerate(self.sections):
                section.setVisible(place == index)
            if self.room.columns == 1 and self.isVisible():
                self.area.bar.setValue(self._list.geometry().bottom())

    def _bring_into_view(self, row: QWidget) -> None:
        if self.data.isVisible():
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)  # it has just grown
            self.area.ensureWidgetVisible(row, 0, 8)

    def _change(self, values: dict[str, object]) -> None:
        if self._state is None:
            return
        changed = replace(self._state.preferences, **values)  # type: ignore[arg-type] # names checked by the sections
        if changed != self._state.preferences:
            self._state = replace(self._state, preferences=changed)
            self.changed.emit(changed)
