"""A copy of the open database through its own connection, and how a copy shows that it is whole.

Through its own: a second connection that reads the file while the first one writes the log is what SQLite before 3.51.3
is exposed to, and a file that was removed while it is open can be read in no other way.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, cast

from coach.errors import StorageError
from coach.storage.revisions import REVISIONS
from coach.storage.sqlite import driver, file

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def copy_open(engine: Engine, target: Path) -> None:
    """Fill the empty file `target` with what the database holds now, the log included; it needs no companions.

    Raises:
        OSError: the disk of the copy is full.
        sqlite3.Error: the database cannot be read, or the copy cannot be written for another reason.
    """
    with engine.connect() as connection:
        copy_from(cast("sqlite3.Connection", connection.connection.driver_connection), target)


def copy_from(live: sqlite3.Connection, target: Path) -> None:
    """The same from a plain connection. The copy of an encrypted file has the same key."""
    try:
        with closing(file.connect(target, key=driver.key_of(live))) as copy:
            copy.execute("PRAGMA synchronous=OFF")  # whoever asked for the copy syncs it once, as a whole
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise


def check_copy(path: Path, connect: file.Connect = file.connect) -> None:
    """Read a copy from end to end, without changing it; `connect` knows the key of an encrypted one.

    Raises:
        StorageError: it is not a whole diary of a revision that this version knows.
    """
    try:
        with closing(connect(path, file.Access.READ)) as copy:
            trouble = _trouble(copy)
    except sqlite3.Error as error:
        raise StorageError(f"The copy {path} cannot be read, so it does not count. Your diary is untouched.") from error
    if trouble:
        raise StorageError(f"The copy {path} is not whole ({trouble}), so it does not count. Your diary is untouched.")


def _trouble(copy: sqlite3.Connection) -> str:
    if copy.execute("PRAGMA application_id").fetchone() != (file.APPLICATION_ID,):
        return "it is no diary"
    verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        return str(verdict)
    broken = copy.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        return f"a row of {broken[0]} refers to nothing"
    revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    return "" if revision is not None and revision[0] in REVISIONS else "its revision is unknown"
