"""The database file, below SQLAlchemy: connections, its rights, the online copy, and putting files in place.

Nothing here ever opens the live file by itself: closing such a descriptor would drop SQLite's locks on it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from coach.fsutil import sync_folder
from coach.storage.sqlite import driver

if TYPE_CHECKING:
    from datetime import datetime

    from coach.storage.sqlite.key import Key

FILE = "diary.sqlite3"
"""Its name in the folder of one person."""
SIDECAR = "diary.key.toml"
"""Stands beside an encrypted diary; see `coach.storage.sqlite.sidecar`."""
PLAIN = b"SQLite format 3\0"
"""How a database begins that is not encrypted."""
APPLICATION_ID = 0x466F6F74  # "Foot" in ASCII, so that a foreign database is told from ours
BUSY_S = 5.0
ABANDONED_S = 24 * 60 * 60.0
LOG = "-wal"
COMPANIONS = ("", LOG, "-shm")
PARTS = (*COMPANIONS, "-journal")
"""What may belong to a database, as endings of its name; the database itself first."""


class DamagedError(sqlite3.DatabaseError):
    """A check found damage; carries the code that SQLite itself would report."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


class Access(StrEnum):
    """How a file is opened. None of them makes a file that is not there."""

    WRITE = "mode=rw"
    READ = "mode=ro"  # never folds the log into the file, but puts an index beside it
    FROZEN = "mode=ro&immutable=1"  # the file alone, without its log, and nothing beside it; nobody may be writing


Connect: TypeAlias = Callable[[Path, Access], sqlite3.Connection]
"""`connect` with all else settled: how long to wait for other programs, and what key a file has."""


def connect(
    path: Path, access: Access = Access.WRITE, *, busy_s: float = BUSY_S, key: Key | None = None
) -> sqlite3.Connection:
    """A connection to an existing file, in autocommit mode: transactions are ours to begin. `key` opens encrypted ones.

    The pool hands it to one thread at a time, which may differ from the one that opened it.
    """
    return driver.connect(path, access, busy_s, key)


def header(path: Path) -> bytes:
    """The first 16 bytes of a file: `PLAIN`, or the salt of an encrypted one; fewer of a shorter file, b"" of a folder.

    Reads the file by itself, so only of one that nothing in this process has open.
    """
    if path.is_dir():
        return b""
    with path.open("rb") as content:
        return content.read(len(PLAIN))


def prepare(connection: sqlite3.Connection, *, foreign_keys: bool = True, remote: bool = False) -> None:
    """Durable to the last commit, strict about references, wary of a manipulated file.

    The log needs memory that all programs share, so on a network drive (`remote`) the rollback journal is used instead,
    which needs EXTRA to be as durable. No memory map: with it, SQLite before 3.51.3 is more exposed to its WAL-reset
    fault.
    """
    mode = connection.execute(f"PRAGMA journal_mode={'DELETE' if remote else 'WAL'}").fetchone()[0]
    for pragma in (
        f"synchronous={'FULL' if mode == 'wal' else 'EXTRA'}",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        # Rows are only ever deleted when the person erases them; then they are overwritten at once.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def prepare_to_read(connection: sqlite3.Connection) -> None:
    """Never write, not even by mistake; wary of a manipulated file."""
    for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")


def has_log(path: Path) -> bool:
    """Whether a log with contents lies beside the file: it was not closed, or it is open now."""
    try:
        return path.with_name(path.name + LOG).stat().st_size > 0
    except FileNotFoundError:
        return False


def access_to_check(path: Path) -> Access:
    """How to open a file that nobody has open so that all that belongs to it is seen and nothing is put beside it.

    What a killed program left half done in a rollback journal can only be undone by writing.
    """
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists() and journal.stat().st_size > 0:
        return Access.WRITE
    return Access.READ if has_log(path) else Access.FROZEN


def make_private(path: Path) -> None:
    """Readable and writable by its owner alone, with its log and its index, where the disk knows rights at all."""
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError, PermissionError):
            part = path.with_name(path.name + suffix)
            if stat.S_IMODE(part.stat().st_mode) & 0o077:
                part.chmod(0o600)


def private_folder(folder: Path) -> Path:
    """The folder, made where it is missing, for its owner alone."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


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


def leave_log(path: Path, connect: Connect) -> None:
    """Fold the log into the file and do without it, so that the file alone is the diary and may be replaced.

    sqlite3 raises "busy" when anybody else has the diary open.
    """
    with closing(connect(path, Access.WRITE)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def remove_abandoned(path: Path, now: datetime) -> None:
    """Remove scratch files beside `path` that a killed program left a day or more ago, or while putting one in place.

    A younger one may still be in the making. Those of the settings and of whatever else was being written go too.
    """
    with suppress(OSError):
        for scratch in path.parent.glob(".*.part*"):
            if scratch.samefile(path) or scratch.stat().st_mtime < now.timestamp() - ABANDONED_S:
                scratch.unlink(missing_ok=True)


def discard(path: Path) -> None:
    """Remove a scratch file with its companions, as far as that is possible: one that stays does no harm."""
    for suffix in PARTS:
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
