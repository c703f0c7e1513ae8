"""Sees to it that what is in the diary is in a backup as well: after a session, at a start, and when asked.

Copies are made on the worker's thread, after whatever the person waits for. One that fails never fails a session: it is
logged, remembered, and told on the Today page once something has been waiting for long (`retention.overdue`).
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from coach.errors import KnownError, StorageError
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from coach.services.keeping import BackupState
    from coach.services.ports import Backups
    from coach.ui.background import Worker

ChooseFolder: TypeAlias = "Callable[[QWidget, Callable[[Path], None], Callable[[], None]], None]"
"""Asks for a folder over a window, and calls the first with it, or the second where none was chosen."""
_LOG = logging.getLogger(__name__)


class Safekeeping(QObject):
    """`looked` comes whenever something new is known of the backups, which `state` then tells; None before that.

    `backed_up` comes when a backup that was asked for has been made, `refused` with the reason when it, or a copy
    elsewhere, could not be. `elsewhere` says where such a copy is, once there is one.
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
        self.elsewhere = ""
        self.choose_folder: ChooseFolder = _ask_for_folder

    def after_start(self) -> None:
        """Back up what a program that was killed, or a backup that failed, has left without one, if anything."""
        self._worker.submit(partial(self._save, "start"), self.note, self._not_known)

    def after_session(self) -> None:
        """Back up what the session has added."""
        self._worker.submit(partial(self._save, "session"), self.note, self._not_known)

    def back_up(self) -> None:
        """The person asks for a backup."""
        self._worker.submit(partial(self._save, "hand"), self._answer, self._not_answered)

    def save_elsewhere(
        self,
        parent: QWidget,
        saved: Callable[[], None],
        not_saved: Callable[[], None] | None = None,
        more: Callable[[Path], object] | None = None,
    ) -> None:
        """Ask for a folder and put a copy of everything there, and whatever `more` adds on the worker's thread."""

        def save(folder: Path) -> Path:
            self._backups().save_elsewhere(folder)
            if more is not None:
                more(folder)
            return folder

        def done(folder: Path) -> None:
            self.elsewhere = tr(
                "A copy of it is in {folder}. To go on there, start Foot Coach with --profile and this folder.",
                folder=folder,
            )
            saved()

        def failed(error: Exception) -> None:
            self._not_answered(error)
            (not_saved or _nothing)()

        self.choose_folder(
            parent, lambda folder: self._worker.submit(partial(save, folder), done, failed), not_saved or _nothing
        )

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


def _ask_for_folder(parent: QWidget, chosen: Callable[[Path], None], not_chosen: Callable[[], None]) -> None:
    from coach.ui.choosing import ask_for_folder  # needed once in a lifetime

    ask_for_folder(parent, chosen, not_chosen)


def _nothing() -> None:
    """Nothing was saved, and nobody minds."""
