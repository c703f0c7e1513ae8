"""From a folder to an open diary: look, refuse or migrate, then go.

A new diary is built under a scratch name and appears under its own only when it is complete, so that a file with that
name always has a schema. An older one is copied aside and checked before its first change.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from coach.errors import GoneError, StorageError
from coach.storage.backups import BACKUPS
from coach.storage.database import Database, create_schema
from coach.storage.revisions import HEAD, REVISIONS
from coach.storage.sqlite import copying, file
from coach.storage.sqlite.engine import make_engine
from coach.storage.sqlite.faults import told

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine


def open_folder(folder: Path, now: datetime, busy_s: float = file.BUSY_S) -> Database:
    """Open the diary of an existing folder, making or migrating it where needed; StorageError says why it cannot be."""
    path = folder / file.FILE
    with told(path):
        path = Path(os.path.realpath(path))  # unlike Path.resolve, calm about links in a circle
        if not path.exists():
            _create(path, busy_s)
        file.make_private(path)
        revision = file.inspect(path, busy_s)
        if revision not in REVISIONS:
            raise StorageError(
                f"The diary {path} was written by a newer version of Foot Coach (its revision is {revision}, this one "
                f"knows {HEAD}). Update Foot Coach to open it. Nothing was changed."
            )
        if revision != HEAD:
            _migrate(path, revision, now, busy_s)
        engine = make_engine(path, busy_s)
        with engine.connect():  # sets the pragmas, so that trouble shows now and not in the middle of a session
            pass
        opened = path.stat()
    return Database(
        engine,
        partial(told, path),
        partial(_close, engine),
        copy_to=partial(copying.copy_open, engine),
        check_copy=copying.check_copy,
        check_place=partial(_check_place, path, (opened.st_dev, opened.st_ino)),
    )


def _check_place(path: Path, opened: tuple[int, int]) -> None:
    try:
        there = path.stat()
        gone = (there.st_dev, there.st_ino) != opened
    except (FileNotFoundError, NotADirectoryError):
        gone = True
    except OSError:  # nothing is known: the database itself says whether it can be used
        gone = False
    if gone:
        raise GoneError(
            f"The diary {path} was moved, removed or replaced while it was in use, so nothing more can be kept there. "
            "Put it back, or save a copy elsewhere before you close the program."
        )


def _create(path: Path, busy_s: float) -> None:
    scratch = file.scratch_beside(path)
    # Without the write-ahead log: everything must be in the one file that is put in place.
    engine = make_engine(scratch, busy_s, prepare=None)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={file.APPLICATION_ID}")
            create_schema(connection)
        engine.dispose()
        file.put_in_place(scratch, path)
    finally:
        engine.dispose()
        file.discard(scratch)


def _migrate(path: Path, revision: str, now: datetime, busy_s: float) -> None:
    from coach.storage.migrate import upgrade  # brings Alembic, so only when there is work

    backups = path.parent / BACKUPS
    backups.mkdir(mode=0o700, exist_ok=True)
    file.copy_aside(path, backups / f"diary-{now:%Y-%m-%dT%H%M%SZ}-revision-{revision}.sqlite3", busy_s)
    # A table is altered by building it anew, which must not cascade; references are checked before the commit instead.
    engine = make_engine(path, busy_s, prepare=partial(file.prepare, foreign_keys=False))
    try:
        with engine.begin() as connection:
            upgrade(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise file.DamagedError(f"a row of {broken[0]} refers to nothing")
    finally:
        engine.dispose()


def _close(engine: Engine) -> None:
    # Whatever fails here costs nothing: all entries are in the log, and the next start folds it in.
    with suppress(SQLAlchemyError, sqlite3.Error), engine.connect() as connection:
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA optimize")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
