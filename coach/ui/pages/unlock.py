"""The passphrase, asked for at the start of an encrypted diary. Nothing of the diary is on the screen before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.pages.recovery import Tile
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.page import Page
from coach.ui.widgets.passphrase_field import PassphraseField
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from coach.ui.room import Room
    from coach.ui.theme.look import Look

TRIES = 3
"""Wrong ones until it is said what can be done instead. Trying on stays possible: it harms nothing."""
_MEASURE = 560
_MUCH = 1000
_AIR = 16
"""Space in px above the answer to a try."""


@dataclass(frozen=True, slots=True)
class UnlockState:
    """`wrong` counts the passphrases that did not fit. `can_remember` tells that there is a keyring.

    `busy` says that one is being tried; `trouble` is a sentence on anything else that went wrong.
    """

    wrong: int = 0
    can_remember: bool = False
    busy: bool = False
    trouble: str = ""


class UnlockPage(Page):
    """`unlock_requested` carries the passphrase and whether to remember it; `others_requested` asks for other ways."""

    unlock_requested = Signal(str, bool)
    others_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName(tr("Your diary is locked"))
        self._middle = QWidget()
        self._lines = QVBoxLayout(self._middle)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._middle, _MUCH)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self._banner: Banner | None = None
        self._state = UnlockState()
        self._build()

    def _build(self) -> None:
        look, lines = self.look, self._lines
        lines.addWidget(Tile(look, "lock", "accent", "soft"))
        lines.addSpacing(24)
        lines.addWidget(Text(look, tr("Your diary is locked"), "h1", wrap=True))
        lines.addSpacing(8)
        lines.addWidget(Text(look, tr("Enter your passphrase to open it."), "lead", "ink2", wrap=True))
        lines.addSpacing(24)
        self.field = PassphraseField(look, tr("Passphrase"))
        self.field.changed.connect(self._switch)
        lines.addWidget(self.field)
        self._news = QVBoxLayout()
        lines.addLayout(self._news)
        lines.addSpacing(16)
        self.remember = Check(look, tr("Let this computer remember it (keyring)"))
        self.remember.hide()
        lines.addWidget(self.remember)
        lines.addSpacing(24)
        self.unlock = Button(look, tr("Unlock"), Kind.PRIMARY, key="Enter", size=Size.LARGE)
        self.unlock.clicked.connect(self._ask)
        lines.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignLeading)
        lines.addSpacing(24)
        self.others = Button(look, tr("I do not have the passphrase"), Kind.LINK)
        self.others.clicked.connect(self.others_requested)
        lines.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeading)
        self._switch()

    def render_state(self, state: UnlockState) -> None:
        """Show how the tries went."""
        before, self._state = self._state, state
        self.remember.setVisible(state.can_remember)
        if (before.wrong, before.trouble) != (state.wrong, state.trouble):
            self._say(_words(state))
        if before.busy and not state.busy:
            self.field.clear()
            self._take_focus()
        self._switch()

    def arrange(self, room: Room) -> None:
        self._middle.setMaximumWidth(self.look.px(_MEASURE))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_focus()

    def entered(self) -> None:
        self._take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask()
            return
        super().keyPressEvent(event)

    def _take_focus(self) -> None:
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        if self.unlock.isEnabled():
            self.unlock_requested.emit(self.field.take(), self._state.can_remember and self.remember.isChecked())

    def _switch(self) -> None:
        self.unlock.setEnabled(bool(self.field.take()) and not self._state.busy)
        self.field.edit.setReadOnly(self._state.busy)

    def _say(self, words: str) -> None:
        if self._banner is not None:
            self._news.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self._news.setContentsMargins(0, _AIR if words else 0, 0, 0)
        if words:
            self._banner = Banner(self.look, Tone.WARN, "", words)
            self._news.addWidget(self._banner)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _words(state: UnlockState) -> str:
    if state.trouble:
        return state.trouble
    if state.wrong == 0:
        return ""
    again = tr("This passphrase does not open your diary. Nothing was changed. Try again.")
    if state.wrong < TRIES:
        return again
    rest = tr(
        "If it is forgotten, nobody can open the diary: not you, not we. Restore from an unencrypted export or backup, "
        "or begin a new diary; the locked file is kept."
    )
    return f"{again} {rest}"
