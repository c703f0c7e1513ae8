"""Files that are not open yet: a new one, one of an older revision led to today's, and a checked backup of one."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from coach.storage import backups
from coach.storage.database import create_schema
from coach.storage.sqlite import copying, file
from coach.storage.sqlite.engine import make_engine
from coach.storage.sqlite.file import Access

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from coach.services.keeping import Backup, BackupReason
    from coach.storage.sqlite.file import Connect


def create(path: Path, connect: Connect) -> None:
    """A new diary in a place that is free, whole from the moment it appears there."""
    scratch = file.scratch_beside(path)
    # Without the write-ahead log: everything must be in the one file that is put in place.
    engine = make_engine(scratch, connect, prepare=None)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={file.APPLICATION_ID}")
            create_schema(connection)
        engine.dispose()
        file.put_in_place(scratch, path)
    finally:
        engine.dispose()
        file.discard(scratch)


def migrate(path: Path, connect: Connect, *, remote: bool = False) -> None:
    """Lead a file of an older revision to today's: all of it, or nothing happened."""
    from coach.storage.migrate import upgrade  # brings Alembic, so only when there is work

    # A table is altered by building it anew, which must not cascade; references are checked before the commit instead.
    engine = make_engine(path, connect, partial(file.prepare, foreign_keys=False, remote=remote))
    try:
        with engine.begin() as connection:
            upgrade(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise file.DamagedError(f"a row of {broken[0]} refers to nothing")
    finally:
        engine.dispose()


def copy_closed(path: Path, target: Path, connect: Connect, access: Access = Access.READ) -> None:
    """Fill the empty file `target` with what a diary that nobody has open holds, its log included."""
    with closing(connect(path, access)) as connection:
        copying.copy_from(connection, target)


def back_up(path: Path, folder: Path, reason: BackupReason, now: datetime, connect: Connect) -> Backup:
    """A checked backup of a diary that nobody has open."""
    copy = partial(copy_closed, path, connect=connect)
    return backups.make(folder / backups.BACKUPS, reason, now, copy, partial(copying.check_copy, connect=connect))
