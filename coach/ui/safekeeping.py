"""Sees to it that what is in the diary is in a backup as well: after a session, at a start, and when asked.

Copies are made on the worker's thread, after whatever the person waits for. One that fails never fails a session: it is
logged, remembered, and told on the Today page once something has been waiting for long (`retention.overdue`).
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from coach.errors import KnownError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.services.keeping import BackupState
    from coach.services.ports import Backups
    from coach.ui.background import Worker

_LOG = logging.getLogger(__name__)


class Safekeeping(QObject):
    """`looked` comes whenever something new is known of the backups, which `state` then tells; None before that.

    `backed_up` comes when a backup that was asked for has been made, `refused` with the reason when it could not be.
    """

    looked = Signal()
    backed_up = Signal()
    refused = Signal(str)

    def __init__(self, worker: Worker, backups: Callable[[], Backups], parent: QObject | None = None) -> None:
        """`backups` is called on the worker's thread; it raises KnownError while the diary is not open."""
        super().__init__(parent)
        self._worker = worker
        self._backups = backups
        self.state: BackupState | None = None

    def after_start(self) -> None:
        """Back up what a program that was killed, or a backup that failed, has left without one, if anything."""
        self._worker.submit(partial(self._save, "start"), self.note, self._not_known)

    def after_session(self) -> None:
        """Back up what the session has added."""
        self._worker.submit(partial(self._save, "session"), self.note, self._not_known)

    def back_up(self) -> None:
        """The person asks for a backup."""
        self._worker.submit(partial(self._save, "hand"), self._answer, self._not_answered)

    def _save(self, why: str) -> BackupState:
        """On the worker's thread."""
        from coach.services.keeping import BackupReason  # not needed before Start can be pressed

        reason, backups = BackupReason(why), self._backups()
        state = backups.backup_state()
        if reason is not BackupReason.HAND and state.waiting_since is None:
            return state
        try:
            backups.back_up(reason)
        except StorageError as error:
            _LOG.warning("no backup could be made: %s", type(error.__cause__ or error).__name__)
        return backups.backup_state()

    def note(self, state: BackupState) -> None:
        """How the backups stand now, from whoever has looked."""
        self.state = state
        self.looked.emit()

    def _answer(self, state: BackupState) -> None:
        self.note(state)
        if state.problem:
            self.refused.emit(state.problem)
        else:
            self.backed_up.emit()

    def _not_known(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        _LOG.info("nothing is known of the backups: %s", type(error).__name__)  # the page says what is wrong

    def _not_answered(self, error: Exception) -> None:
        self._not_known(error)
        self.refused.emit(str(error))
