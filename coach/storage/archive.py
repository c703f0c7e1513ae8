"""The history of an open diary as a whole: how much there is, its backups, and a copy elsewhere in need."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from coach.errors import StorageError, os_reason
from coach.services.keeping import Backup, BackupReason, BackupState, Contents
from coach.storage import backups
from coach.storage.sqlite import file
from coach.storage.tables import metadata, sessions

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from coach.clock import Clock
    from coach.storage.database import Database

SECOND = timedelta(seconds=1)


class SqlArchive:
    """`coach.services.ports.Backups` of a database."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        """`folder` is the one in which the backups stand, or will."""
        self._database = database
        self._folder = folder
        self._clock = clock
        self._covered: datetime | None = None
        self._problem = ""

    def contents(self) -> Contents:
        """How much there is."""
        with self._database.reading() as connection:
            return contents(connection)

    def back_up(self, reason: BackupReason) -> Backup:
        """Make a copy, check it, and only then let go of copies that the rotation no longer keeps."""
        now = self._clock.now()
        try:
            copy, check = self._ways()
            backup = backups.make(self._folder, reason, now, copy, check)
        except StorageError as error:
            self._problem = str(error)
            raise
        self._covered, self._problem = now, ""
        return backup

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first; looks at file names only."""
        return backups.listed(self._folder)

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

    def _ways(self) -> tuple[Callable[[Path], None], Callable[[Path], None]]:
        """How a copy is made and checked; errors of the database are told in words."""
        copy, check, told = self._database.copy_to, self._database.check_copy, self._database.told
        if copy is None or check is None:
            raise StorageError("This diary lives on a server, which looks after its own backups.")

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


def contents(connection: Connection) -> Contents:
    """How much there is."""
    rows = {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
    }
    first, last = connection.execute(select(func.min(sessions.c.local_date), func.max(sessions.c.local_date))).one()
    return Contents(rows, first, last)


def _oldest(connection: Connection, since: datetime | None, now: datetime) -> datetime | None:
    """The instant of the oldest row after `since`, any row without it. A row of the future says nothing either."""
    oldest = None
    for table in metadata.sorted_tables:
        query = select(func.min(table.c.at)).where(table.c.at <= now)
        found: datetime | None = connection.scalar(query if since is None else query.where(table.c.at > since))
        if found is not None and (oldest is None or found < oldest):
            oldest = found
    return oldest
