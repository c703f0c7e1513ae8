"""Turning encryption on or off, and another passphrase: what it means in plain words, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from coach.domain.passphrase import LEAST, Strength, strength
from coach.ui.i18n import tr, trn
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.passphrase_field import PassphraseField
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.services.keeping import SealState
    from coach.ui.theme.look import Look

WIDTH = 520


@dataclass(frozen=True, slots=True)
class SealWish:
    """What the person decided. `old` and `new` are empty where they are not asked for; it never shows either."""

    old: str
    new: str
    remember: bool
    backups_too: bool

    def __repr__(self) -> str:
        """Without the passphrases."""
        return f"SealWish(remember={self.remember}, backups_too={self.backups_too})"


class PassphraseDialog(TallDialog):
    """`decided` carries a `SealWish`; the main button is off, with the reason beside it, until all is there."""

    decided = Signal(object)

    def __init__(self, look: Look, title: str, action: str, state: SealState, parent: QWidget | None) -> None:
        super().__init__(look, title, parent, width=WIDTH)
        self._state = state
        self.old: PassphraseField | None = None
        self.new: PassphraseField | None = None
        self.again: PassphraseField | None = None
        self.remember: Check | None = None
        self.backups: Check | None = None
        self._hint = Text(look, "", "small", "ink2", wrap=True)
        cancel = Button(look, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.act = Button(look, action, Kind.PRIMARY)
        self.act.clicked.connect(self._decide)
        self.act.setAutoDefault(False)
        cancel.setAutoDefault(False)
        self.buttons.addWidget(cancel)
        self.buttons.addWidget(self.act)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.old or self.new
        if first is not None:
            first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._decide()
            return
        super().keyPressEvent(event)

    def _field(self, name: str) -> PassphraseField:
        field = PassphraseField(self._look, name)
        field.changed.connect(self._switch)
        self.column.addWidget(field)
        return field

    def _say(self, text: str, role: str = "body", color: str = "ink") -> None:
        self.column.addWidget(Text(self._look, text, role, color, wrap=True))

    def _check(self, text: str, *, on: bool) -> Check:
        check = Check(self._look, text)
        check.setChecked(on)
        self.column.addWidget(check)
        return check

    def _ask_for_new(self, first: str) -> None:
        self.new = self._field(first)
        self.column.addWidget(self._hint)
        self.again = self._field(tr("The same once more"))
        if not self._state.no_keyring:
            self.remember = self._check(tr("Let this computer remember it (keyring)"), on=self._state.remembered)

    def _warn_of_forgetting(self) -> None:
        lead = tr("Nobody can open it without the passphrase: not you, not we.")
        text = tr("Write it down, or keep an unencrypted export in a safe place.")
        self.column.addWidget(Banner(self._look, Tone.WARN, lead, text))

    def _missing(self) -> str:
        """Why the main button is off, or empty."""
        if self.old is not None and not self.old.take():
            return tr("Enter your passphrase.")
        if self.new is None or self.again is None:
            return ""
        if strength(self.new.take()) is Strength.SHORT:
            return tr("At least {n} characters, and not a few over and over.", n=LEAST)
        if self.new.take() != self.again.take():
            return tr("{hint} Now the same once more.", hint=_judgement(self.new.take()))
        return ""

    def _switch(self) -> None:
        missing = self._missing()
        self.act.setEnabled(not missing)
        self.act.setAccessibleDescription(missing)
        typed = self.new.take() if self.new is not None else ""
        self._hint.set_text(missing or _judgement(typed))
        self._hint.setVisible(bool(self._hint.text()))

    def _decide(self) -> None:
        if self._missing():
            return
        wish = SealWish(
            old=self.old.take() if self.old else "",
            new=self.new.take() if self.new else "",
            remember=self.remember is not None and self.remember.isChecked(),
            backups_too=self.backups is not None and self.backups.isChecked(),
        )
        self.accept()
        self.decided.emit(wish)


class TurnOnDialog(PassphraseDialog):
    """Lock the diary with a passphrase."""

    def __init__(self, look: Look, state: SealState, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Lock with a passphrase"), tr("Lock the diary"), state, parent)
        self._say(
            tr(
                "Your diary is then encrypted on the disk, and Foot Coach asks for the passphrase when it starts. It "
                "helps when somebody gets at this computer or a copy of its files while Foot Coach is closed."
            )
        )
        self._warn_of_forgetting()
        self._ask_for_new(tr("New passphrase"))
        if state.open_backups:
            count = state.open_backups
            text = trn(
                "Encrypt the {n} backup as well. Otherwise anybody who gets at it can read it.",
                "Encrypt the {n} backups as well. Otherwise anybody who gets at them can read them.",
                count,
            )
            self.backups = self._check(text, on=True)
        self._say(
            tr(
                "Exports you made earlier stay readable. Traces of the old file may linger on the disk for a while; "
                "only encrypting the whole disk helps against that."
            ),
            "small",
            "ink2",
        )
        self._switch()


class ChangeDialog(PassphraseDialog):
    """Another passphrase."""

    def __init__(self, look: Look, state: SealState, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Change the passphrase"), tr("Change it"), state, parent)
        self._warn_of_forgetting()
        self.old = self._field(tr("Passphrase until now"))
        self._ask_for_new(tr("New passphrase"))
        if state.sealed_backups or state.open_backups:
            self.backups = self._check(
                tr("Lock all backups with the new passphrase. Otherwise they keep the one they have."), on=True
            )
        self._switch()


class TurnOffDialog(PassphraseDialog):
    """Decrypt the diary."""

    def __init__(self, look: Look, state: SealState, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Turn the lock off"), tr("Turn it off"), state, parent)
        self._say(tr("Your diary is then no longer encrypted: whoever gets at this computer’s files can read it."))
        self.old = self._field(tr("Passphrase"))
        self.column.addWidget(self._hint)
        if state.sealed_backups:
            self.backups = self._check(
                tr("Decrypt the backups as well. Otherwise they need this passphrase for ever."), on=True
            )
        self._switch()


def _judgement(passphrase: str) -> str:
    """A word on how good a passphrase is, by its length."""
    return {
        Strength.SHORT: "",
        Strength.WEAK: tr("Short. Three or four words in a row are easier to keep in mind, and better."),
        Strength.FAIR: tr("Fair. A word more would make it good."),
        Strength.GOOD: tr("Good."),
    }[strength(passphrase)]
