"""Settings, data and backup: what there is, where it is, and everything that can be done with it as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from coach.ui.data_words import long_day, moment_text, sessions_text
from coach.ui.i18n import tr
from coach.ui.pages.data_state import DataState, Mood, Part
from coach.ui.pages.lock_row import LockButtons, lock_note
from coach.ui.pages.settings_sections import Section
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button

if TYPE_CHECKING:
    from coach.services.keeping import BackupState, Contents, SealState
    from coach.ui.pages.settings import SettingsState
    from coach.ui.pages.settings_parts import Row
    from coach.ui.theme.look import Look

_TONES = {Mood.BUSY: Tone.INFO, Mood.DONE: Tone.SAVED, Mood.TROUBLE: Tone.WARN}


class DataSection(Section):
    """Emits what is asked for; shows what `render_data` is given. `answered` carries the row that has an answer now."""

    icon = "database"
    copied = Signal(str)
    answered = Signal(object)

    def __init__(self, look: Look) -> None:
        self.title = tr("Data and backup")
        super().__init__(look, self.title)
        self._data: DataState | None = None
        self._notice: Banner | None = None
        self._held: QWidget | None = None
        self._parts: dict[Part, Row] = {}
        self._build_backups()
        self._build_moving()
        self._build_erase()
        self._build_lock()
        self._build_folder()
        self.needs_diary = (
            self.back_up,
            self.export,
            self.import_file,
            self.import_folder,
            self.erase,
            *self.lock.every,
        )
        self.writes = (self.back_up, self.restore, self.import_file, self.import_folder, self.erase, *self.lock.every)

    def _build_backups(self) -> None:
        self.back_up = Button(self._look, tr("Back up now"))
        self.restore = Button(self._look, tr("Restore…"), name=tr("Restore a backup"))
        buttons = _side_by_side(self.back_up, self.restore)
        self._parts[Part.BACKUP] = self._row(tr("Backups"), tr("Looking…"), buttons)

    def _build_moving(self) -> None:
        self.export = Button(self._look, tr("Export…"), name=tr("Export everything"))
        note = tr("Everything, as one JSON file or as tables (CSV).")
        self._parts[Part.EXPORT] = self._row(tr("Export"), note, self.export)
        self.import_file = Button(self._look, tr("File…"), name=tr("Import a file"))
        self.import_folder = Button(self._look, tr("Folder…"), name=tr("Import a folder of tables"))
        note = tr("An export, also one from another computer. You see what is in it first.")
        buttons = _side_by_side(self.import_file, self.import_folder)
        self._parts[Part.IMPORT] = self._row(tr("Import"), note, buttons)

    def _build_erase(self) -> None:
        self.erase = Button(self._look, tr("Delete…"), name=tr("Delete history"))
        note = tr("One exercise, some days, or everything. You see how much it is first.")
        self._parts[Part.ERASE] = self._row(tr("Delete"), note, self.erase)

    def _build_lock(self) -> None:
        self.lock = LockButtons(self._look)
        self._parts[Part.LOCK] = self._row(tr("Lock with a passphrase"), lock_note(None), self.lock)

    def render_lock(self, state: SealState) -> None:
        """Show whether the diary is encrypted."""
        self.lock.render_state(state)
        self._parts[Part.LOCK].set_note(lock_note(state))

    def _build_folder(self) -> None:
        self.open_folder = Button(self._look, tr("Open"), icon="folder-open", name=tr("Open the data folder"))
        self.copy = Button(self._look, tr("Copy path"), icon="copy")
        self.copy.clicked.connect(self._copy)
        self._path = self._row(tr("Data folder"), "", _side_by_side(self.open_folder, self.copy))
        self._kept = self._row(
            tr("Kept on this computer only"),
            tr("No account, no network. To keep a copy elsewhere, export it: the folder is in use while this runs."),
            None,
        )

    def render_state(self, state: SettingsState) -> None:
        super().render_state(state)
        self._path.set_note(str(state.folder))
        if state.server:
            self._kept.title.set_text(tr("Kept on a server"))
            self._kept.set_note(
                tr(
                    "Your history is in the database {server}, and whoever looks after that server can read it. "
                    "Settings and own exercises are in the data folder on this computer.",
                    server=state.server,
                )
            )

    def render_data(self, state: DataState) -> None:
        """Show how the history stands, and the answer to what was asked for."""
        before, self._data = self._data, state
        self._parts[Part.BACKUP].set_note(_backups_note(state))
        if before is None or (before.closed, before.read_only) != (state.closed, state.read_only):
            self._say_why_not(state)
        self._switch(state)
        if before is None or before.said != state.said:
            self._say(state)

    def _switch(self, state: DataState) -> None:
        """Nothing can be pressed while something is going on; the keyboard comes back to where it was."""
        focus = QApplication.focusWidget()
        every = {*self.needs_diary, *self.writes}
        if state.busy and focus in every:
            self._held = focus
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setFocus()  # else Qt would hand it on to whatever comes next
        for button in every:
            shut = button in self.needs_diary and state.contents is None
            locked = button in self.writes and bool(state.read_only)
            button.setEnabled(not (state.busy or shut or locked))
        held, self._held = (self._held, self._held if state.busy else None)
        if not state.busy and held is not None and held.isEnabled() and self.hasFocus():
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_why_not(self, state: DataState) -> None:
        lead, text = "", ""
        if state.read_only:
            lead, text = tr("You can look, but not change anything."), state.read_only
        elif state.closed:
            lead, text = tr("Your diary is not open."), tr("You can restore a backup; the rest waits for the diary.")
        if self._notice is not None:
            self.column.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        if lead:
            self._notice = Banner(self._look, Tone.INFO, lead, text)
            self.column.insertWidget(1, self._notice)

    def _say(self, state: DataState) -> None:
        for row in self._parts.values():
            row.set_below(None)
        if state.said is not None:
            answer = Banner(self._look, _TONES[state.said.mood], "", state.said.text)
            row = self._parts[state.said.part]
            row.set_below(answer)
            self.answered.emit(row)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, state.said.text))

    def _copy(self) -> None:
        if self._state is not None:
            self.copied.emit(str(self._state.folder))


def _backups_note(state: DataState) -> str:
    """How the backups stand, in a sentence or two."""
    backups, contents = state.backups, state.contents
    if backups is None or contents is None:
        return tr("Copies that were checked, made after each session.")
    return _newest(backups, contents, state)


def _newest(backups: BackupState, contents: Contents, state: DataState) -> str:
    if backups.newest is None:
        return tr("None yet. The first one is made after your next session.")
    made = moment_text(backups.newest.made, state.now)
    if backups.waiting_since is None:
        return tr("Newest: {made}, {contents}.", made=made, contents=sessions_text(contents.rows))
    day = long_day(backups.waiting_since.astimezone(state.now.tzinfo).date(), state.now.date())
    text = tr("Newest: {made}. What came since {day} is not in it yet.", made=made, day=day)
    return f"{text} {backups.problem}".rstrip()


def _side_by_side(*buttons: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return holder
