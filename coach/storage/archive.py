"""The history of an open diary as a whole: its backups, exports and imports, and what is erased.

A backup of a file is a copy of the file. A server has no file to copy: there a backup is an export.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from coach import __version__
from coach.domain.records import Stamp
from coach.domain.reminders.ledger import ClockStep
from coach.errors import StorageError, os_reason
from coach.services.keeping import Backup, BackupReason, BackupState, Erased, ExportFormat, Imported
from coach.storage import backups, book
from coach.storage.exchange.plain import counted
from coach.storage.ids import id_source
from coach.storage.sqlite import file
from coach.storage.sqlite.aside import DAMAGED
from coach.storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from coach.clock import Clock
    from coach.services.keeping import Contents, Exported, ImportPreview, Scope
    from coach.storage.database import Database

SECOND = timedelta(seconds=1)


class SqlArchive:
    """`coach.services.ports.Archive` of a database."""

    def __init__(self, database: Database, folder: Path | None, clock: Clock) -> None:
        """`folder` is the one in which the backups stand, or will; without one there are none."""
        self._database = database
        self._folder = folder
        self._clock = clock
        self._covered: datetime | None = None
        self._problem = ""

    def contents(self) -> Contents:
        """How much there is."""
        with self._database.reading() as connection:
            return counted(connection)

    def back_up(self, reason: BackupReason) -> Backup:
        """Make a copy, check it, and only then let go of copies that the rotation no longer keeps."""
        now = self._clock.now()
        try:
            copy, check = self._ways()
            suffix = ".json" if self._database.copy_to is None else ".sqlite3"
            backup = backups.make(self._require_folder(), reason, now, copy, check, suffix)
        except StorageError as error:
            self._problem = str(error)
            raise
        self._covered, self._problem = now, ""
        return backup

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first; looks at file names only."""
        return backups.listed(self._folder) if self._folder is not None else ()

    def backup_state(self) -> BackupState:
        """Whether everything is in a backup.

        A backup whose date is still to come says nothing: its clock was wrong.
        """
        now = self._clock.now()
        newest = next((backup for backup in self.backups() if backup.made <= now), None)
        with self._database.reading() as connection:
            waiting = _oldest(connection, self._since(newest), now)
        return BackupState(newest, waiting, self._problem)

    def save_elsewhere(self, folder: Path) -> Path:
        """Put a copy of everything in another folder, where it can be opened as a diary; says where it is.

        Works as well when the file that is open is no longer in its place.
        """
        if self._database.copy_to is None:
            raise StorageError("This diary lives on a server. To keep a copy elsewhere, export it.")
        copy, check = self._ways()
        target = folder / file.FILE
        scratch = None
        try:
            if target.exists():
                raise StorageError(
                    f"There is a diary in {folder} already, and it stays as it is. Choose another folder."
                )
            scratch = file.scratch_beside(target)
            copy(scratch)
            backups.sync(scratch)
            check(scratch)
            file.put_in_place(scratch, target)
        except OSError as error:
            raise StorageError(
                f"No copy could be put into {folder}: {os_reason(error)}. Choose another folder."
            ) from error
        finally:
            if scratch is not None:
                file.discard(scratch)
        return target

    def export(self, target: Path, form: ExportFormat) -> Exported:
        """Write everything to a file (JSON), replaced in one step, or to a folder that is new or empty (CSV)."""
        if form is ExportFormat.CSV:
            from coach.storage.exchange.csv_files import export_csv

            return export_csv(self._database, target, self._clock.now(), __version__)
        return self._export_json(target)

    def preview(self, source: Path) -> ImportPreview:
        """Read an export and say what would become of it."""
        from coach.storage.exchange import merge

        return merge.preview(self._database, source)

    def take_in(self, preview: ImportPreview) -> Imported:
        """Back up, add what the preview calls new, all or nothing, and back that up too."""
        from coach.storage.exchange import merge

        backup = self.back_up(BackupReason.IMPORT)
        added = merge.take_in(self._database, preview)
        with suppress(StorageError):  # noted in `backup_state`; what was added is kept all the same
            self.back_up(BackupReason.IMPORT)
        return Imported(added, backup)

    def weigh(self, scope: Scope) -> Contents:
        """How much `erase` would erase."""
        from coach.storage import erase

        return erase.weigh(self._database, scope)

    def erase(self, scope: Scope, *, backups_too: bool) -> Erased:
        """Back up and erase; or erase, remove every older copy, and back up what is left."""
        from coach.storage import erase

        backup = None if backups_too else self.back_up(BackupReason.ERASE)
        erased = erase.erase(self._database, scope, self._begin_reminders_anew)
        remains = erase.remains(self._database, scope)
        removed = 0
        if backups_too:
            removed, kept = self._remove_copies()
            remains = (*remains, *kept)
            if any(self.contents().rows.values()):
                self.back_up(BackupReason.ERASE)
        else:
            remains = (*remains, "The backups hold it still.")
        return Erased(erased, backup, removed, remains)

    def _begin_reminders_anew(self, connection: Connection) -> None:
        """Nothing from before was missed, as when the wall clock is set."""
        now = self._clock.now()
        book.add_step(connection, ClockStep(now, now), Stamp.of(now, "UTC"), id_source(self._clock)())

    def _remove_copies(self) -> tuple[int, tuple[str, ...]]:
        """Remove all backups and all damaged files; how many went, and a sentence for each that did not."""
        copies = [backup.path for backup in self.backups()]
        with suppress(OSError):
            copies += (self._require_folder().parent / DAMAGED).iterdir()
        kept = []
        for path in copies:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                kept.append(f"{path} could not be removed: {os_reason(error)}. It holds it still.")
        return len(copies) - len(kept), tuple(kept)

    def _export_json(self, target: Path) -> Exported:
        from coach.storage.exchange.json_file import export_json

        return export_json(self._database, target, self._clock.now(), __version__)

    def _require_folder(self) -> Path:
        if self._folder is None:
            raise StorageError("There is no folder for backups of this diary, so none was made.")
        return self._folder

    def _ways(self) -> tuple[Callable[[Path], object], Callable[[Path], None]]:
        """How a copy is made and checked; errors of the database are told in words."""
        copy, check, told = self._database.copy_to, self._database.check_copy, self._database.told
        if copy is None or check is None:
            from coach.storage.exchange.json_file import check_json, fill_json

            database, now = self._database, self._clock.now()
            return lambda target: fill_json(database, target, now, __version__), check_json

        def copy_and_tell(target: Path) -> None:
            try:
                copy(target)
            except OSError:  # the disk of the copy, not that of the diary: told by whoever knows where it is
                raise
            except Exception:
                with told():
                    raise

        return copy_and_tell, check

    def _since(self, newest: Backup | None) -> datetime | None:
        """Rows dated after this are in no backup. Known exactly in this run; a name tells it to the second."""
        if newest is None:
            return None
        if self._covered is not None and self._covered.replace(microsecond=0) == newest.made:
            return self._covered
        return newest.made + SECOND


def _oldest(connection: Connection, since: datetime | None, now: datetime) -> datetime | None:
    """The instant of the oldest row after `since`, any row without it. A row of the future says nothing either."""
    oldest = None
    for table in metadata.sorted_tables:
        query = select(func.min(table.c.at)).where(table.c.at <= now)
        found: datetime | None = connection.scalar(query if since is None else query.where(table.c.at > since))
        if found is not None and (oldest is None or found < oldest):
            oldest = found
    return oldest


if TYPE_CHECKING:
    from coach.services.ports import Archive

    _fits: type[Archive] = SqlArchive
