"""The row of the settings that turns encryption on and off: what is shown by how things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.widgets.button import Button

if TYPE_CHECKING:
    from coach.services.keeping import SealState
    from coach.ui.theme.look import Look

_STACKED_FROM = 130


class LockButtons(QWidget):
    """Those buttons that make sense; none where encryption cannot be used, and the note says why."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.on = Button(look, tr("Turn on…"), name=tr("Lock with a passphrase"))
        self.change = Button(look, tr("Change…"), name=tr("Change the passphrase"))
        self.remember = Button(look, "")
        self.off = Button(look, tr("Turn off…"), name=tr("Turn the lock off"))
        self.every = (self.on, self.change, self.remember, self.off)
        self._look = look
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        for button in self.every:
            self._row.addWidget(button)
            button.hide()
        self._row.addStretch(1)
        look.changed.connect(self._arrange)
        self._arrange()

    def render_state(self, state: SealState) -> None:
        """Show what can be done."""
        usable = not state.unavailable
        for button, shown in (
            (self.on, usable and not state.sealed),
            (self.change, usable and state.sealed),
            (self.remember, usable and state.sealed and (state.remembered or not state.no_keyring)),
            (self.off, usable and state.sealed),
        ):
            button.setVisible(shown)
        self._arrange()
        words = tr("Forget it here") if state.remembered else tr("Remember it here")
        self.remember.setText(words)
        self.remember.setAccessibleName(words)

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        large = self._look.percent > _STACKED_FROM
        self._row.setDirection(direction.TopToBottom if large else direction.LeftToRight)


def lock_note(state: SealState | None) -> str:
    """How things stand, in a sentence or two."""
    if state is None:
        return tr("Encrypts your diary on this computer.")
    if state.unavailable:
        return state.unavailable
    if not state.sealed:
        return tr("Off. Anybody who gets at the files of this computer can read your diary.")
    asked = (
        tr("On. This computer remembers the passphrase and opens the diary by itself.")
        if state.remembered
        else tr("On. The passphrase is asked for at each start.")
    )
    if state.open_backups:
        return tr("{on} {n} backups are not encrypted.", on=asked, n=state.open_backups)
    return asked
