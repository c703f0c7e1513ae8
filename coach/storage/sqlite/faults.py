"""What an error of SQLite or of the disk means to the person."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError, StatementError

from coach.errors import Damage, DamagedDiaryError, StorageError, os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCARCE_BYTES = 1 << 20
_PRIMARY = 0xFF  # the low byte of an extended result code

_SENTENCES = {
    sqlite3.SQLITE_FULL: (
        "The disk is full, so the last entry could not be kept in {path}. All earlier entries are safe. "
        "Make some room and try again."
    ),
    sqlite3.SQLITE_BUSY: "The diary {path} is in use by another program. Close that program and try again.",
    sqlite3.SQLITE_LOCKED: "The diary {path} is in use by another program. Close that program and try again.",
    sqlite3.SQLITE_READONLY: (
        "The diary {path} may be read but not changed, so nothing new can be kept. "
        "Allow writing to the file and its folder, or choose another folder with --profile."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The diary {path} cannot be opened. Check that its folder is there and that you may write in it, "
        "or choose another folder with --profile."
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The diary {path} is damaged. Do not delete it: put a backup in its place, or move it aside to begin a new one."
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a diary: its contents are something else, or damaged. "
        "Do not delete it: put a backup in its place, or move it aside to begin a new one."
    ),
    sqlite3.SQLITE_IOERR: "The disk reports a fault at the diary {path}. Check the disk, and copy your data elsewhere.",
    sqlite3.SQLITE_CONSTRAINT: (
        "The diary refused an entry that does not fit the others ({detail}). "
        "Nothing was changed. This is a fault of the program: please report it."
    ),
}
_DAMAGE = {sqlite3.SQLITE_CORRUPT: Damage.BROKEN, sqlite3.SQLITE_NOTADB: Damage.FOREIGN}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn every error of the database at `path` into a `StorageError` with one sentence."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The diary {path} cannot be used: {os_reason(error)}. Mend that, or choose another folder with --profile."
        ) from error
    except (SQLAlchemyError, sqlite3.Error, UnicodeError) as error:
        cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
        if isinstance(cause, (ValueError, TypeError)) and not isinstance(cause, UnicodeError):
            raise cause from error  # a record that was never valid: a bug of the caller, not trouble of the person
        damage = damage_of(cause)
        said = sentence(cause, path)
        told_of = DamagedDiaryError(said, damage) if damage else StorageError(said)
        raise told_of from (None if _is_garbled(cause) else error)


def damage_of(error: BaseException) -> Damage | None:
    """What kind of damage an error of the database tells of; None for trouble that leaves the file as it was."""
    if isinstance(error, DamagedDiaryError):
        return error.damage
    return _DAMAGE.get(primary_code(error)) if isinstance(error, sqlite3.Error) else None


def sentence(error: BaseException, path: Path) -> str:
    """One plain sentence for an error; a full disk is called a full disk even where SQLite only says "I/O error"."""
    if isinstance(error, UnicodeError):
        return "The text holds a character that cannot be kept. Remove it and try again."
    code = primary_code(error)
    if code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN} and _is_full(path):
        code = sqlite3.SQLITE_FULL
    template = _SENTENCES.get(code, "The diary {path} could not be used ({detail}). Nothing was changed.")
    return template.format(path=path, detail=error)


def primary_code(error: BaseException) -> int:
    """The result code of SQLite behind an error, without what extends it."""
    if _is_garbled(error):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & _PRIMARY


def _is_garbled(error: BaseException) -> bool:
    """Whether text could not be decoded: the driver's own complaint, which carries no code but quotes the text."""
    return isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode")


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < SCARCE_BYTES
    except OSError:
        return False
