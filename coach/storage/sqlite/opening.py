"""From a folder to an open diary: look, refuse or migrate, then go.

A new diary is built under a scratch name and appears under its own only when it is complete, so that a file with that
name always has a schema. An older one is backed up, and the copy checked, before its first change. Whoever opens a
diary to write holds the lock of its folder (`coach.ui.single`); nothing here waits for a second writer.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy.exc import SQLAlchemyError

from coach.errors import Damage, DamagedDiaryError, GoneError, StorageError
from coach.fsutil import sync_folder
from coach.services.keeping import BackupReason
from coach.storage import backups
from coach.storage.database import Database
from coach.storage.sqlite import aside, checks, copying, file, making
from coach.storage.sqlite.compacting import compact
from coach.storage.sqlite.engine import make_engine
from coach.storage.sqlite.faults import damage_of, primary_code, told
from coach.storage.sqlite.file import Access
from coach.storage.sqlite.sealed import Opener, tidy, was_sealed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

    from coach.storage.sqlite.file import Connect
    from coach.storage.sqlite.key import KeySource

_NO_WRITING = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_TOO_NEW = "Update Foot Coach to open it, or go back to a backup that this version made."
_FOR_READING = "The diary {path} is open for reading only here, so nothing can be kept through this door."


def open_folder(
    folder: Path,
    now: datetime,
    busy_s: float = file.BUSY_S,
    *,
    reading: bool = False,
    remote: bool = False,
    keys: KeySource | None = None,
) -> Database:
    """Open the diary of an existing folder, making or migrating it where needed; StorageError says why it cannot be.

    `keys` knows the keys of encrypted files.
    """
    connect = Opener(folder, busy_s, keys)
    path = folder / file.FILE
    with told(path):
        path = Path(os.path.realpath(path))  # unlike Path.resolve, calm about links in a circle
        if reading and (database := _reading_door(path, connect)) is not None:
            return database
        notices = [] if path.exists() else _make(path, folder, now, connect)
        checks.require_file(path)
        file.make_private(path)
        file.remove_abandoned(path, now)
        try:
            revision = _look(path, folder, now, connect, notices)
            checks.require_known(revision, path, _TOO_NEW)
            notices += _part_from_other_names(path, connect)
            if checks.is_old(revision):
                making.back_up(path, folder, BackupReason.MIGRATION, now, connect)
                making.migrate(path, connect, remote=remote)
            key = connect.key(path)
            engine = _ready(path, connect, remote=remote)
            tidy(path, folder, key)
        except sqlite3.Error as error:
            if primary_code(error) not in _NO_WRITING:
                raise
            return _view(path, connect)
        opened = path.stat()
    return Database(
        engine,
        partial(told, path),
        partial(_close, engine),
        copy_to=partial(copying.copy_open, engine),
        check_copy=partial(copying.check_copy, connect=connect),
        check_place=partial(_check_place, path, (opened.st_dev, opened.st_ino)),
        compact=partial(compact, engine, path),
        notice=" ".join(notices),
    )


# --- before it is opened


def _make(path: Path, folder: Path, now: datetime, connect: Connect) -> list[str]:
    """A new diary, unless there are signs that there was one; what had to be put right on the way."""
    if backups.listed(folder / backups.BACKUPS) or aside.anything_aside(folder / aside.DAMAGED):
        raise DamagedDiaryError(
            f"The diary {path} is not there any more, but copies of it are. Restore a backup, or begin a new diary.",
            Damage.MISSING,
        )
    if was_sealed(folder):  # a new one would not be encrypted, which nobody asked for
        raise DamagedDiaryError(
            f"The encrypted diary {path} is not there any more. Put it back, or begin a new diary.", Damage.MISSING
        )
    # SQLite would apply what is left of a diary that was deleted to the new one.
    stray = aside.put_aside(path, folder / aside.DAMAGED, now)
    making.create(path, connect)
    return [f"Parts of a diary that is gone were moved to {stray}."] if stray else []


def _part_from_other_names(path: Path, connect: Connect) -> list[str]:
    """Give a file with several names (hard links) one of its own: two names would have two logs, and no lock."""
    if os.name != "posix" or path.stat().st_nlink == 1 or not os.access(path.parent, os.W_OK):
        return []
    scratch = file.scratch_beside(path)
    try:
        making.copy_closed(path, scratch, connect)
        backups.sync(scratch)
        file.leave_log(path, connect)
        scratch.replace(path)
        sync_folder(path.parent)
    finally:
        file.discard(scratch)
    return [f"The diary {path} had a second name elsewhere; that one is a copy of its own from now on."]


def _look(path: Path, folder: Path, now: datetime, connect: Connect, notices: list[str]) -> str:
    """The revision of the file; a log that does not belong to it is put aside.

    The log of a program that was killed is the end of the history. But where somebody put an older file in the place of
    the diary, the log of the former one is left, and SQLite would mix the two. So the pair is first read without
    folding the log in, and where that is damaged although the file alone is whole, the log is the stranger.
    """
    if not file.has_log(path):
        with closing(connect(path, Access.WRITE)) as connection:
            return checks.revision_of(connection, path)
    try:
        with closing(connect(path, Access.READ)) as connection:
            return checks.revision_of(connection, path, thorough=True)
    except (sqlite3.Error, DamagedDiaryError) as error:
        if damage_of(error) is None:
            raise
    with closing(connect(path, Access.FROZEN)) as connection:
        revision = checks.revision_of(connection, path, thorough=True)
    stray = aside.put_aside(path, folder / aside.DAMAGED, now, file.PARTS[1:])
    notices.append(f"A log that does not belong to the diary {path} lay beside it and was moved to {stray}.")
    return revision


# --- opening it


def _ready(path: Path, connect: Connect, *, remote: bool) -> Engine:
    """An engine whose connection is open and was seen to be able to write."""
    engine = make_engine(path, connect, partial(file.prepare, remote=remote))
    try:
        with engine.connect() as connection:  # sets the pragmas, so that trouble shows now and not in mid-session
            _require_writing(connection.connection.driver_connection)
    except BaseException as error:
        engine.dispose()
        cause = getattr(error, "orig", None)
        if isinstance(cause, sqlite3.Error):
            raise cause from error
        raise
    return engine


def _require_writing(connection: object) -> None:
    """Begin to write and take it back: SQLite opens a write-protected file without a word, for reading."""
    connection = cast("sqlite3.Connection", connection)  # or SQLCipher's, which looks like one
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        if primary_code(error) == sqlite3.SQLITE_BUSY:  # somebody else can write, so we shall when they have finished
            return
        raise
    try:
        connection.execute("PRAGMA user_version=0")
    finally:
        connection.execute("ROLLBACK")


def _reading_door(path: Path, connect: Connect) -> Database | None:
    """A second look beside the program that writes; None where the file must first be made, migrated or recovered."""
    if not path.exists():
        return None
    checks.require_file(path)
    try:
        return _reading(path, connect, Access.READ, _FOR_READING.format(path=path))
    except sqlite3.Error as error:
        if primary_code(error) not in _NO_WRITING:
            raise
    return None


def _view(path: Path, connect: Connect) -> Database:
    """A diary that cannot be written is opened for looking back; what nobody can write may be taken for frozen."""
    why = f"The diary {path} may be read but not changed, so nothing new can be kept. "
    remedy = "Allow writing to the file and its folder, or choose another folder with --profile."
    try:
        database = _reading(path, connect, Access.READ, why + remedy)
    except sqlite3.Error as error:
        if primary_code(error) not in _NO_WRITING:
            raise
        lacking = "Its newest entries, which lie in a log beside it, cannot be shown. " if file.has_log(path) else ""
        database = _reading(path, connect, Access.FROZEN, why + lacking + remedy)
    if database is None:
        raise StorageError(f"{why}It is of an older version and would have to be changed to be read. {remedy}")
    return database


def _reading(path: Path, connect: Connect, access: Access, why: str) -> Database | None:
    """The diary without writing to it; None if its revision is an older one."""
    with closing(connect(path, access)) as connection:
        revision = checks.revision_of(connection, path)
    checks.require_known(revision, path, _TOO_NEW)
    if checks.is_old(revision):
        return None
    engine = make_engine(path, connect, file.prepare_to_read, access)
    return Database(
        engine,
        partial(told, path),
        engine.dispose,
        copy_to=partial(copying.copy_open, engine),
        check_copy=partial(copying.check_copy, connect=connect),
        read_only=why,
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


def _close(engine: Engine) -> None:
    # Whatever fails here costs nothing: all entries are in the log, and the next start folds it in.
    with suppress(SQLAlchemyError, sqlite3.Error), engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("PRAGMA optimize")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
