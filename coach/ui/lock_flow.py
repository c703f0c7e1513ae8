"""What a person does with the lock of their diary: turn it on or off, change the passphrase, have it remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coach.ui.i18n import tr, trn
from coach.ui.pages.data_state import Mood, Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from coach.services.keeping import SealChange, SealState
    from coach.services.ports import Vault
    from coach.ui.conductor import Conductor
    from coach.ui.pages.data_section import DataSection
    from coach.ui.pages.passphrase_dialogs import PassphraseDialog, SealWish
    from coach.ui.theme.look import Look


class LockFlow(QObject):
    """Answers the wishes of the lock's row; `say` and `failed` show what came of them there."""

    def __init__(
        self,
        conductor: Conductor,
        say: Callable[[Part, Mood, str], None],
        failed: Callable[[Part], Callable[[Exception], None]],
    ) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._say = say
        self._failed = failed
        self._section: DataSection | None = None
        self._state: SealState | None = None

    def serve(self, section: DataSection) -> None:
        """Do what is asked for in this section."""
        self._section = section
        section.lock.on.clicked.connect(self.turn_on)
        section.lock.change.clicked.connect(self.change)
        section.lock.off.clicked.connect(self.turn_off)
        section.lock.remember.clicked.connect(self.remember)

    def look(self) -> None:
        """Read how things stand."""
        self._conductor.worker.submit(self._vault.state, self._stands, self._conductor.tell_trouble)

    def turn_on(self) -> None:
        """Ask for a passphrase, then encrypt the diary."""
        from coach.ui.pages.passphrase_dialogs import TurnOnDialog

        self._ask(TurnOnDialog, self._turn_on)

    def change(self) -> None:
        """Ask for both passphrases, then encrypt the diary with the new one."""
        from coach.ui.pages.passphrase_dialogs import ChangeDialog

        self._ask(ChangeDialog, self._change)

    def turn_off(self) -> None:
        """Ask for the passphrase, then decrypt the diary."""
        from coach.ui.pages.passphrase_dialogs import TurnOffDialog

        self._ask(TurnOffDialog, self._turn_off)

    def _ask(
        self, kind: Callable[[Look, SealState, QWidget], PassphraseDialog], do: Callable[[SealWish], None]
    ) -> None:
        """Open a dialog that speaks of how things stand at this moment."""

        def ask(state: SealState) -> None:
            self._stands(state)
            dialog = kind(self._conductor.look, state, self._conductor.shell)
            dialog.decided.connect(do)
            dialog.open()

        self._conductor.worker.submit(self._vault.state, ask, self._failed(Part.LOCK))

    def remember(self) -> None:
        """Have the keyring keep the key, or forget it."""
        if self._state is None:
            return
        on = not self._state.remembered

        def work() -> SealState:
            self._vault.remember(on=on)
            return self._vault.state()

        def done(state: SealState) -> None:
            self._stands(state)
            forgotten = tr("Forgotten here. The passphrase is asked for at the next start.")
            self._say(Part.LOCK, Mood.DONE, tr("This computer remembers it now.") if on else forgotten)

        self._say(Part.LOCK, Mood.BUSY, tr("Asking this computer’s keyring…"))
        self._conductor.worker.submit(work, done, self._failed(Part.LOCK))

    def _turn_on(self, wish: SealWish) -> None:
        def seal(vault: Vault) -> SealChange:
            return vault.seal(wish.new, remember=wish.remember, backups_too=wish.backups_too)

        self._work(tr("Locking the diary and checking the copy…"), seal, tr("Your diary is locked."))

    def _change(self, wish: SealWish) -> None:
        def change(vault: Vault) -> SealChange:
            return vault.change(wish.old, wish.new, remember=wish.remember, backups_too=wish.backups_too)

        self._work(tr("Changing the passphrase and checking the copy…"), change, tr("The passphrase is changed."))

    def _turn_off(self, wish: SealWish) -> None:
        def unseal(vault: Vault) -> SealChange:
            return vault.unseal(wish.old, backups_too=wish.backups_too)

        self._work(tr("Decrypting the diary and checking the copy…"), unseal, tr("The lock is off."))

    def _work(self, doing: str, job: Callable[[Vault], SealChange], words: str) -> None:
        """Do it while the diary is closed, and say what came of it."""

        def done(answer: tuple[SealChange, SealState]) -> None:
            change, state = answer
            self._stands(state)
            rewritten = change.backups_changed
            more = trn("So is {n} backup.", "So are {n} backups.", rewritten) if rewritten else ""
            self._say(Part.LOCK, Mood.DONE, " ".join(part for part in (words, more, *change.remains) if part))

        def work(_rescue: object) -> tuple[SealChange, SealState]:
            return job(self._vault), self._vault.state()

        self._say(Part.LOCK, Mood.BUSY, doing)
        self._conductor.while_closed(work, done, self._failed(Part.LOCK))

    def _stands(self, state: SealState) -> None:
        self._state = state
        if self._section is not None:
            self._section.render_lock(state)

    @property
    def _vault(self) -> Vault:
        return self._conductor.adapters.vault
