"""What a person does with their history as a whole: back up, export, import, delete, restore.

Everything is done on the worker's thread, one thing at a time; the answer is shown in the row where it was asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from coach.errors import KnownError
from coach.services.keeping import BackupReason, BackupState, Contents, ExportFormat
from coach.ui.choosing import Kind
from coach.ui.data_words import moment_text, rows_text, sessions_text
from coach.ui.i18n import tr, trn
from coach.ui.lock_flow import LockFlow
from coach.ui.pages.data_state import DataState, Mood, Part, Said
from coach.ui.states import local

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from coach.services.keeping import Backup, Erased, Exported, Imported, ImportPreview, Restored, Scope
    from coach.services.ports import Archive
    from coach.ui.conductor import Conductor
    from coach.ui.pages.data_section import DataSection

T = TypeVar("T")


class DataFlow(QObject):
    """Answers the wishes of the data section; `serve` names the one that is shown."""

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._section: DataSection | None = None
        self._state = DataState(self._now())
        self._lock = LockFlow(conductor, self._say, self._failed)

    def serve(self, section: DataSection) -> None:
        """Show in this section how things stand, and do what is asked for there."""
        self._section = section
        section.back_up.clicked.connect(self.back_up)
        section.restore.clicked.connect(self.restore)
        section.export.clicked.connect(self.export)
        section.import_file.clicked.connect(self.import_file)
        section.import_folder.clicked.connect(self.import_folder)
        section.erase.clicked.connect(self.erase)
        self._lock.serve(section)
        section.render_data(self._state)

    def look(self) -> None:
        """Read how things stand; answers to what was done earlier go."""
        found = self._conductor.found
        if self._state.busy:
            return
        closed = found is None and self._conductor.trouble != ""
        read_only = found.read_only if found is not None else ""
        self._set(DataState(self._now(), self._state.contents, self._state.backups, closed, read_only))
        if found is None:
            self._set(replace(self._state, contents=None, backups=None))
        else:
            self._conductor.worker.submit(self._read, self._stands, self._conductor.tell_trouble)
        self._lock.look()

    # --- wishes -----------------------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Make a backup now."""
        self._work(
            Part.BACKUP,
            tr("Backing up and checking the copy…"),
            lambda archive: archive.back_up(BackupReason.HAND),
            self._backed_up,
        )

    def export(self) -> None:
        """Ask for a form and a place, then write everything there."""
        from coach.ui.pages.export_dialog import ExportDialog

        if self._state.contents is not None:
            dialog = ExportDialog(self._conductor.look, self._state.contents, self._conductor.shell)
            dialog.decided.connect(self._choose_place)
            dialog.weigh_asked.connect(lambda: self._weigh_fhir(dialog))
            dialog.open()

    def import_file(self) -> None:
        """Ask for a file, then say what is in it."""
        kind = Kind(tr("Exports"), ("json", "csv"))
        self._conductor.chooser.open_file(self._conductor.shell, tr("Choose an export"), kind, self._preview)

    def import_folder(self) -> None:
        """Ask for a folder of tables, then say what is in it."""
        title = tr("Choose the folder of an export")
        self._conductor.chooser.open_folder(self._conductor.shell, title, self._preview)

    def erase(self) -> None:
        """Ask what is to go, say how much that is, and do it."""
        from coach.ui.pages.erase_dialog import EraseDialog

        conductor, contents = self._conductor, self._state.contents
        if contents is None:
            return

        def ask(backups: int) -> None:
            today = self._now().date()
            days = (contents.last_day or today, max(today, contents.last_day or today))
            dialog = EraseDialog(conductor.look, self._exercises(), days, backups, conductor.shell)
            dialog.weigh_asked.connect(lambda scope: self._weigh(dialog, scope))
            dialog.decided.connect(self._erase)
            dialog.open()

        conductor.worker.submit(lambda: len(conductor.archive().backups()), ask, conductor.tell_trouble)

    def restore(self) -> None:
        """Let a backup be chosen and put it in the diary's place."""
        from coach.ui.backup_choice import BackupChoice

        if self._conductor.guiding:
            self._say(Part.BACKUP, Mood.TROUBLE, _finish_first())
            return
        calm = tr("Your diary goes back to how it was then. How it is now is backed up first.")
        choice = BackupChoice(self._conductor, calm)
        choice.chosen.connect(self.put_back)
        choice.open()

    def put_back(self, backup: Path) -> None:
        """Restore this copy; refused while a session is on the screen, whose sets would be lost."""
        self._say(Part.BACKUP, Mood.BUSY, tr("Putting the backup in place…"))
        self._conductor.while_closed(lambda rescue: rescue.restore(backup), self._restored, self._failed(Part.BACKUP))

    # --- answers ----------------------------------------------------------------------------------------------------

    def _backed_up(self, backup: Backup) -> str:
        return tr("Backed up and checked, {when}.", when=moment_text(backup.made, self._now()))

    def _choose_place(self, form: ExportFormat) -> None:
        chooser, shell, day = self._conductor.chooser, self._conductor.shell, self._now().date().isoformat()
        title = tr("Where to put the export")
        if form is ExportFormat.CSV:
            chooser.open_folder(shell, title, lambda folder: self._export(folder / f"foot-coach-{day}", form))
            return
        kind = Kind(tr("JSON files"), ("json",))
        name = f"foot-coach-{day}{'-fhir' if form is ExportFormat.FHIR else ''}.json"
        chooser.save_file(shell, title, name, kind, lambda path: self._export(path, form))

    def _export(self, target: Path, form: ExportFormat) -> None:
        def write(archive: Archive) -> Exported:
            if form is ExportFormat.FHIR:
                return self._conductor.adapters.fhir.export(self._conductor.keeper.opened(), target)
            return archive.export(_free(target) if form is ExportFormat.CSV else target, form)

        def done(exported: Exported) -> str:
            what = rows_text(exported.contents.rows)
            return tr("Written to {path}: {what}.", path=exported.path, what=what)

        self._work(Part.EXPORT, tr("Writing the export…"), write, done)

    def _weigh_fhir(self, dialog: QObject) -> None:
        from coach.ui.pages.export_dialog import ExportDialog

        conductor = self._conductor

        def weighed(contents: Contents) -> None:
            if isValid(dialog) and isinstance(dialog, ExportDialog):
                dialog.show_weight(contents)

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            if isValid(dialog) and isinstance(dialog, ExportDialog):
                dialog.show_trouble(str(error))

        conductor.worker.submit(lambda: conductor.adapters.fhir.weigh(conductor.keeper.opened()), weighed, failed)

    def _preview(self, source: Path) -> None:
        self._work(Part.IMPORT, tr("Reading the export…"), lambda archive: archive.preview(source), self._show_preview)

    def _show_preview(self, preview: ImportPreview) -> str:
        from coach.ui.pages.import_dialog import ImportDialog

        dialog = ImportDialog(self._conductor.look, preview, self._now().date(), self._conductor.shell)
        dialog.accepted.connect(lambda: self._take_in(preview))
        dialog.open()
        return ""

    def _take_in(self, preview: ImportPreview) -> None:
        def done(imported: Imported) -> str:
            self._conductor.refresh()
            what = rows_text(imported.added.rows)
            return tr("Added: {what}. How it was before is in a backup.", what=what)

        self._work(Part.IMPORT, tr("Importing…"), lambda archive: archive.take_in(preview), done)

    def _weigh(self, dialog: QObject, scope: Scope) -> None:
        from coach.ui.pages.erase_dialog import EraseDialog

        def weighed(contents: Contents) -> None:
            if isValid(dialog) and isinstance(dialog, EraseDialog):
                dialog.show_weight(scope, contents)

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            if isValid(dialog) and isinstance(dialog, EraseDialog):
                dialog.show_trouble(scope, str(error))

        self._conductor.worker.submit(lambda: self._conductor.archive().weigh(scope), weighed, failed)

    def _erase(self, scope: Scope, backups_too: bool) -> None:  # noqa: FBT001 - a signal's argument
        def done(erased: Erased) -> str:
            self._conductor.refresh()
            words = [tr("Deleted: {what}.", what=rows_text(erased.contents.rows))]
            if erased.backup is not None:
                words.append(tr("How it was before is in a backup."))
            if erased.backups_removed:
                gone = erased.backups_removed
                words.append(trn("{n} backup was removed.", "{n} backups were removed.", gone))
            return " ".join((*words, *erased.remains))

        self._work(Part.ERASE, tr("Deleting…"), lambda a: a.erase(scope, backups_too=backups_too), done)

    def _restored(self, restored: Restored) -> None:
        what = sessions_text(restored.contents.rows)
        self._say(Part.BACKUP, Mood.DONE, tr("Your diary is as it was then: {what}.", what=what))
        self._conductor.worker.submit(self._read, self._stands, self._conductor.tell_trouble)

    # --- how it is done ---------------------------------------------------------------------------------------------

    def _work(self, part: Part, doing: str, job: Callable[[Archive], T], done: Callable[[T], str]) -> None:
        """Do one thing with the archive, tell what came of it, and show how things stand after it."""
        if self._state.busy:
            return
        self._say(part, Mood.BUSY, doing)

        def work() -> tuple[T, tuple[Contents, BackupState]]:
            return job(self._conductor.archive()), self._read()

        def worked(result: tuple[T, tuple[Contents, BackupState]]) -> None:
            self._set(replace(self._state, said=None))
            text = done(result[0])
            self._stands(result[1])
            if text:
                self._say(part, Mood.DONE, text)

        self._conductor.worker.submit(work, worked, self._failed(part))

    def _failed(self, part: Part) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            known = isinstance(error, KnownError)
            self._say(part, Mood.TROUBLE, str(error) if known else tr("Something went wrong in the program."))
            if not known:
                raise error

        return failed

    def _read(self) -> tuple[Contents, BackupState]:
        """On the worker's thread."""
        archive = self._conductor.archive()
        return archive.contents(), archive.backup_state()

    def _stands(self, read: tuple[Contents, BackupState]) -> None:
        self._set(replace(self._state, now=self._now(), contents=read[0], backups=read[1], closed=False))
        self._conductor.safe.note(read[1])

    def _say(self, part: Part, mood: Mood, text: str) -> None:
        self._set(replace(self._state, said=Said(part, mood, text)))

    def _set(self, state: DataState) -> None:
        self._state = state
        if self._section is not None:
            self._section.render_data(state)

    def _exercises(self) -> list[tuple[str, str]]:
        """What there may be history of: the library, and whatever was done lately that is in it no more."""
        conductor = self._conductor
        titles = {e.id: e.title for e in conductor.catalogue.exercises.values()} if conductor.catalogue else {}
        for session in conductor.found.sessions if conductor.found else ():
            for record in session.sets:
                titles.setdefault(record.exercise_id, record.title)
        return sorted(titles.items(), key=lambda item: item[1].casefold())

    def _now(self) -> datetime:
        return local(self._conductor.adapters.clock.now(), self._conductor.adapters.zone())


def _finish_first() -> str:
    return tr("A session is on the screen. Finish it first; then the backup can be put back.")


def _free(folder: Path) -> Path:
    """This folder, or the next of its name that does not exist."""
    found, number = folder, 2
    while found.exists():
        found, number = folder.with_name(f"{folder.name}-{number}"), number + 1
    return found
