"""From a locked diary to an open one: the passphrase is tried on the worker's thread, and then the diary is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coach.errors import KnownError
from coach.ui.i18n import tr
from coach.ui.pages.unlock import UnlockPage, UnlockState
from coach.ui.shell import TODAY

if TYPE_CHECKING:
    from coach.errors import DamagedDiaryError
    from coach.services.keeping import SealState
    from coach.ui.conductor import Conductor


class UnlockFlow(QObject):
    """Stands in Today's place until the diary is open, or the person looks for another way."""

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._state = UnlockState()
        self._error: DamagedDiaryError | None = None
        self.page = UnlockPage(conductor.look)
        self.page.unlock_requested.connect(self._unlock)
        self.page.others_requested.connect(self._look_elsewhere)

    def begin(self, error: DamagedDiaryError) -> None:
        """Ask for the passphrase; whether the computer can remember it is known a moment later."""
        self._error = error
        self._set(replace(self._state, busy=False))
        self.show()
        self._conductor.worker.submit(self._conductor.adapters.vault.state, self._stands, self._failed)

    def show(self) -> None:
        """Bring the page to the front, in Today's place."""
        self._conductor.shell.open_inside(self.page, TODAY)

    def diary_opened(self) -> None:
        """Nothing is left to ask for."""
        self._conductor.recovered(self.page)
        self._drop()

    def _stands(self, state: SealState) -> None:
        self._set(replace(self._state, can_remember=not state.no_keyring))

    def _unlock(self, passphrase: str, remember: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._set(replace(self._state, busy=True, trouble=""))
        vault = self._conductor.adapters.vault
        self._conductor.worker.submit(lambda: vault.unlock(passphrase, remember=remember), self._tried, self._failed)

    def _tried(self, answer: str | None) -> None:
        if answer is None:
            self._set(replace(self._state, busy=False, wrong=self._state.wrong + 1))
            return
        if answer:
            self._conductor.shell.toast.show_message(answer)
        self._conductor.open_diary()

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, KnownError)
        words = str(error) if known else tr("Something went wrong in the program.")
        self._set(replace(self._state, busy=False, trouble=words))
        if not known:
            raise error

    def _look_elsewhere(self) -> None:
        if self._error is not None:
            from coach.ui.recovery_flow import RecoveryFlow

            self._conductor.recover(self._error, RecoveryFlow(self._conductor))
            self._drop()

    def _drop(self) -> None:
        self._conductor.shell.drop(self.page)
        self.deleteLater()

    def _set(self, state: UnlockState) -> None:
        self._state = state
        self.page.render_state(state)
