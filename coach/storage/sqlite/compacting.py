"""After erasing: nothing of what was erased may be found in the file or its log.

Twice over. `secure_delete`, set for every connection, overwrites rows with zeros when they are deleted; it costs
nothing in daily use, where nothing is deleted, and holds even if there is no room for the second. VACUUM then builds
the file anew from the rows that are left, and the log is folded in and cut to nothing.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from coach.errors import StorageError
from coach.storage.sqlite.faults import told

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

_BUSY = "another program is using the diary; close it, and erase something again"
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk has too little room for that; make some, and erase something again",
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}


def compact(engine: Engine, path: Path) -> None:
    """Leave nothing of erased rows and give their room back; StorageError tells what could not be done after all."""
    with engine.connect() as connection:
        # By itself: none of these statements may be part of a transaction.
        raw: Any = connection.connection.driver_connection
        try:
            with told(path):
                raw.execute("ANALYZE")  # its samples may hold values of erased rows
                raw.execute("VACUUM")
        except StorageError as error:
            code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
            raise _unfinished(_REASONS.get(code, str(error))) from error
        finally:
            with told(path):
                busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise _unfinished(_BUSY)


def _unfinished(reason: str) -> StorageError:
    return StorageError(
        f"The entries are erased, but what was left of them on the disk could not all be cleared away: {reason}."
    )
