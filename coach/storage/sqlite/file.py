"""The database file, with plain `sqlite3`: looking at it before use, its rights, and the online copy.

Nothing here ever opens the live file by itself: closing such a descriptor would drop SQLite's locks on it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from coach.errors import StorageError

FILE = "diary.sqlite3"
"""Its name in the folder of one person."""
APPLICATION_ID = 0x466F6F74  # "Foot" in ASCII, so that a foreign database is told from ours
BUSY_S = 5.0
COMPANIONS = ("", "-wal", "-shm")


class DamagedError(sqlite3.DatabaseError):
    """A check found damage; carries the code that SQLite itself would report."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def connect(path: Path, busy_s: float = BUSY_S) -> sqlite3.Connection:
    """A connection to an existing file, in autocommit mode: transactions are ours to begin.

    The pool hands it to one thread at a time, which may differ from the one that opened it.
    """
    # mode=rw, because SQLite would otherwise create an empty file where the person's one has vanished.
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False, timeout=busy_s
    )


def prepare(connection: sqlite3.Connection, *, foreign_keys: bool = True) -> None:
    """Durable to the last commit, strict about references, wary of a manipulated file.

    No memory map: with it, SQLite before 3.51.3 is more exposed to its WAL-reset fault.
    """
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    for pragma in (
        # Where no shared memory can be had (some network drives) the rollback journal needs EXTRA to be as durable.
        f"synchronous={'FULL' if mode == 'wal' else 'EXTRA'}",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        # Rows are only ever deleted when the person erases them; then they are overwritten at once.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def inspect(path: Path, busy_s: float = BUSY_S) -> str:
    """The schema revision of an existing file that is ours and whole; StorageError for any other.

    Cheap enough for every start: `quick_check` reads 20 MB in about 25 ms.
    """
    if path.is_dir():
        raise StorageError(f"The diary {path} is a folder, not a file. Move the folder aside and start again.")
    if path.stat().st_size == 0:
        raise StorageError(
            f"The diary {path} is damaged: it is empty. Put a backup in its place, or move it aside to begin a new one."
        )
    with closing(connect(path, busy_s)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StorageError(
                f"{path} is a database of another program, not a Foot Coach diary. Move it aside and start again."
            )
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise DamagedError(verdict)
        return _revision(connection)


def _revision(connection: sqlite3.Connection) -> str:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # anything but "no such table"
            raise
        row = None
    if row is None:
        raise DamagedError("the revision of the schema is missing")
    return str(row[0])


def make_private(path: Path) -> None:
    """Readable and writable by its owner alone, with its log and its index."""
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            part = path.with_name(path.name + suffix)
            if stat.S_IMODE(part.stat().st_mode) & 0o077:
                part.chmod(0o600)


def scratch_beside(path: Path) -> Path:
    """A new empty file with rights 0600 in the same folder, to be filled and then put in place."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    return Path(name)


def put_in_place(scratch: Path, path: Path) -> bool:
    """Give a finished file its real name and make that durable; False if another process was faster."""
    try:
        path.hardlink_to(scratch)  # unlike a rename, a link never replaces a file that is already there
    except FileExistsError:
        return False
    except OSError:  # a disk without links, such as a memory stick
        if path.exists():
            return False
        scratch.replace(path)
    scratch.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def copy_aside(path: Path, target: Path, busy_s: float = BUSY_S) -> None:
    """A checked copy of the live file, made through SQLite so that the log is in it; the copy needs no companions."""
    scratch = scratch_beside(target)
    try:
        with closing(connect(path, busy_s)) as live, closing(connect(scratch, busy_s)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise DamagedError(verdict)
        scratch.replace(target)
        sync_folder(target.parent)
    finally:
        discard(scratch)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable; does nothing where folders cannot be synced (Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def discard(path: Path) -> None:
    """Remove a scratch file with its companions."""
    for suffix in (*COMPANIONS, "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
