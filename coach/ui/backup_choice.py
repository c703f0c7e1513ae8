"""Choosing a backup to put back: lists them, looks into the chosen one, and says which it shall be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from coach.errors import KnownError
from coach.ui.choosing import Kind
from coach.ui.i18n import tr
from coach.ui.states import local

if TYPE_CHECKING:
    from pathlib import Path

    from coach.services.keeping import Backup, Contents
    from coach.ui.conductor import Conductor
    from coach.ui.pages.restore_dialog import RestoreDialog

SUFFIXES = ("sqlite3", "db")


class BackupChoice(QObject):
    """`chosen` carries the path. Backups are looked into on the worker's thread, one at a time."""

    chosen = Signal(object)

    def __init__(self, conductor: Conductor, reassurance: str) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._reassurance = reassurance
        self._dialog: RestoreDialog | None = None
        self._wanted: Path | None = None
        self._looking = False

    def open(self) -> None:
        """List the backups and let one be chosen."""
        adapters = self._conductor.adapters
        self._conductor.worker.submit(lambda: adapters.rescue().backups(), self._show, self._conductor.tell_trouble)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        from coach.ui.pages.restore_dialog import RestoreDialog

        conductor = self._conductor
        now = local(conductor.adapters.clock.now(), conductor.adapters.zone())
        self._dialog = dialog = RestoreDialog(conductor.look, backups, now, self._reassurance, conductor.shell)
        dialog.look_asked.connect(self._look_into)
        dialog.file_asked.connect(self._choose_file)
        dialog.decided.connect(self.chosen)
        dialog.finished.connect(lambda _result: self.deleteLater())
        dialog.open()

    def _choose_file(self) -> None:
        dialog = self._dialog
        if dialog is not None:
            kind = Kind(tr("Copies of a diary"), SUFFIXES)
            self._conductor.chooser.open_file(dialog, tr("Choose a copy of your diary"), kind, dialog.show_other)

    def _look_into(self, path: Path) -> None:
        """Whoever walks through the list is answered about where they have come to, not about every step."""
        self._wanted = path
        if not self._looking:
            self._look()

    def _look(self) -> None:
        path, self._wanted = self._wanted, None
        if path is None:
            return
        self._looking = True
        adapters = self._conductor.adapters

        def seen(contents: Contents) -> None:
            self._answered(path, contents)

        def failed(error: Exception) -> None:
            self._answered(path, error)

        self._conductor.worker.submit(lambda: adapters.rescue().look_into(path), seen, failed)

    def _answered(self, path: Path, answer: Contents | Exception) -> None:
        self._looking = False
        if not isValid(self) or self._dialog is None or not isValid(self._dialog):
            return
        if isinstance(answer, Exception):
            known = isinstance(answer, KnownError)
            reason = str(answer) if known else tr("Something went wrong in the program.")
            self._dialog.show_trouble(path, reason)
            if not known:
                raise answer
        else:
            self._dialog.show_contents(path, answer)
        self._look()
