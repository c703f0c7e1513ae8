"""From a diary that cannot be opened to one that can: the recovery page and what it asks for.

Two clicks in the usual case: restore the newest copy that opens, and go on.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from coach.errors import Damage, KnownError, StorageError
from coach.ui.choosing import Kind
from coach.ui.i18n import tr
from coach.ui.pages.recovery import RecoveryPage
from coach.ui.pages.recovery_state import BackState, DamagedState, Offer
from coach.ui.shell import TODAY
from coach.ui.states import local

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from coach.errors import DamagedDiaryError
    from coach.services.keeping import Backup, Restored
    from coach.services.ports import Rescue
    from coach.ui.conductor import Conductor

_LOG = logging.getLogger(__name__)


class RecoveryFlow(QObject):
    """Stands in Today's place until the diary is open and the person has read what became of it."""

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._backups: tuple[Backup, ...] = ()
        self._error: DamagedDiaryError | None = None
        self._state: DamagedState | None = None
        self._back: BackState | None = None
        self.page = RecoveryPage(conductor.look)
        self.page.restore_requested.connect(self._restore_offer)
        self.page.choose_requested.connect(self._choose)
        self.page.anew_requested.connect(self._ask_anew)
        self.page.save_requested.connect(self._save)
        self.page.retry_requested.connect(self._retry)
        self.page.continue_requested.connect(self._leave)
        self.page.show_requested.connect(self._show_file)
        conductor.look.changed.connect(self._render)  # some of it is put together by the size of the text

    def begin(self, error: DamagedDiaryError) -> None:
        """Say what happened, and look for the newest backup that opens."""
        trouble = self._state.trouble if self._state is not None else ""
        self._back = None
        self._error = error
        self._state = DamagedState(self._now(), error.damage, str(error), looking=True, trouble=trouble)
        self.show()
        self._conductor.worker.submit(self._look_through, self._looked, self._not_looked)

    def show(self) -> None:
        """Bring the page to the front, in Today's place."""
        self._render()
        self._conductor.shell.open_inside(self.page, TODAY)

    def diary_opened(self) -> None:
        """The diary is open: what was restored is still to be read; opened otherwise, all is said."""
        if self._back is None:
            self._leave()

    # --- what is offered --------------------------------------------------------------------------------------------

    def _look_through(self) -> tuple[tuple[Backup, ...], Offer | None]:
        """On the worker's thread: the newest that opens, from the newest on."""
        rescue = self._conductor.adapters.rescue()
        backups = rescue.backups()
        for backup in backups:
            try:
                return backups, Offer(backup, rescue.look_into(backup.path))
            except StorageError as error:
                _LOG.info("a backup cannot be used: %s", type(error).__name__)
        return backups, None

    def _looked(self, found: tuple[tuple[Backup, ...], Offer | None]) -> None:
        self._backups, offer = found
        self._change(offer=offer, backups=len(self._backups), looking=False)

    def _not_looked(self, error: Exception) -> None:
        self._change(looking=False)
        self._failed(error)

    # --- wishes -----------------------------------------------------------------------------------------------------

    def _restore_offer(self) -> None:
        if self._state is not None and self._state.offer is not None and not self._state.busy:
            self._restore(self._state.offer.backup.path)

    def _restore(self, path: Path) -> None:
        self._change(busy=tr("Putting the copy in place…"), trouble="", saved="")
        self._conductor.while_closed(lambda rescue: rescue.restore(path), self._restored, self._failed)

    def _restored(self, restored: Restored) -> None:
        made = next((backup.made for backup in self._backups if backup.path == restored.backup), None)
        self._state = None
        self._back = BackState(self._now(), restored, made)
        self._render()

    def _choose(self) -> None:
        from coach.ui.backup_choice import BackupChoice

        if not self._backups:
            kind = Kind(tr("Copies of a diary"), ("sqlite3", "db"))
            title = tr("Choose a copy of your diary")
            self._conductor.chooser.open_file(self._conductor.shell, title, kind, self._restore)
            return
        calm = tr("The copy takes the place of your diary. The file that stands there now is kept.")
        choice = BackupChoice(self._conductor, calm)
        choice.chosen.connect(self._restore)
        choice.open()

    def _ask_anew(self) -> None:
        from coach.ui.widgets.dialog import Question

        question = Question(
            self._conductor.look,
            tr("Start a new diary?"),
            tr("You begin with an empty history. The old file and all backups are kept, so you can still go back."),
            action=tr("Start a new diary"),
            safe=tr("Not yet"),
            parent=self._conductor.shell,
        )
        question.decided.connect(lambda yes: self._start_anew() if yes else None)
        question.open()

    def _start_anew(self) -> None:
        self._change(busy=tr("Making a new diary…"), trouble="", saved="")

        def done(aside: Path | None) -> None:
            if aside is not None:
                self._conductor.shell.toast.show_message(tr("The old file is kept as {name}.", name=aside.name))

        self._conductor.while_closed(lambda rescue: rescue.start_anew(), done, self._failed)

    def _retry(self) -> None:
        if self._error is not None and self._error.damage is Damage.SEALED:
            from coach.ui.unlock_flow import UnlockFlow

            self._conductor.recover(self._error, UnlockFlow(self._conductor))
            self._conductor.shell.drop(self.page)
            self.deleteLater()
            return
        self._change(trouble="", saved="")
        self._conductor.open_diary()

    def _save(self) -> None:
        name = f"foot-coach-damaged-{self._now().date().isoformat()}.sqlite3"
        kind, title = Kind(tr("Copies of a diary"), ("sqlite3",)), tr("Where to save the file")
        self._conductor.chooser.save_file(self._conductor.shell, title, name, kind, self._save_to)

    def _save_to(self, target: Path) -> None:
        adapters = self._conductor.adapters
        self._change(busy=tr("Saving the file…"), trouble="", saved="")

        def saved(_none: None) -> None:
            self._change(busy="", saved=tr("Saved as {path}.", path=target))

        def save(rescue: Rescue) -> None:
            rescue.save_damaged(target)

        self._conductor.worker.submit(lambda: save(adapters.rescue()), saved, self._failed)

    def _show_file(self) -> None:
        aside = self._back.restored.put_aside if self._back is not None else None
        if aside is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(aside.parent)))

    # --- how it goes on ---------------------------------------------------------------------------------------------

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, KnownError)
        self._change(busy="", trouble=str(error) if known else tr("Something went wrong in the program."))
        if not known:
            raise error

    def _leave(self) -> None:
        """Back to Today; the page is not needed any more."""
        self._conductor.recovered(self.page)
        self._conductor.shell.drop(self.page)
        self.deleteLater()

    def _change(self, **values: object) -> None:
        if self._state is not None:
            self._state = replace(self._state, **values)  # type: ignore[arg-type] # fields of the state, named here
            self._render()

    def _render(self) -> None:
        if self._back is not None:
            self.page.render_back(self._back)
        elif self._state is not None:
            self.page.render_damaged(self._state)

    def _now(self) -> datetime:
        return local(self._conductor.adapters.clock.now(), self._conductor.adapters.zone())
