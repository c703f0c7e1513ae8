"""Is it a diary of ours, and is it whole? Asked of the live file at each start, and of a copy from end to end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.services.keeping import Contents
from coach.storage.revisions import HEAD, REVISIONS
from coach.storage.sqlite.faults import primary_code
from coach.storage.sqlite.file import APPLICATION_ID, DamagedError, access_to_check

if TYPE_CHECKING:
    from pathlib import Path

    from coach.storage.sqlite.file import Connect


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file that is ours and whole says of itself. `revision` may be one that this version does not know."""

    revision: str
    contents: Contents


def require_file(path: Path) -> None:
    """Refuse what needs no database to be refused: a folder, and an empty file, which SQLite would take for a new one.

    Raises:
        StorageError: it is a folder.
        DamagedDiaryError: it is empty.
        OSError: it is not there, or cannot be reached.
    """
    if path.is_dir():
        raise StorageError(f"The diary {path} is a folder, not a file. Move the folder aside and start again.")
    if path.stat().st_size == 0:
        raise DamagedDiaryError(
            f"The diary {path} is damaged: it is empty. "
            "Put a backup in its place, or move it aside to begin a new one.",
            Damage.EMPTY,
        )


def revision_of(connection: sqlite3.Connection, path: Path, *, thorough: bool = False) -> str:
    """The schema revision of a file that is ours and whole.

    Cheap enough for every start: `quick_check` reads 20 MB in about 25 ms. `thorough` compares indexes and references
    with the tables as well.

    Raises:
        DamagedDiaryError: it is another program's database.
        DamagedError: it is damaged, or what sqlite3 raises when it is not a database at all.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DamagedDiaryError(
            f"{path} is a database of another program, not a Foot Coach diary. Move it aside and start again.",
            Damage.FOREIGN,
        )
    verdict = connection.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)").fetchone()[0]
    if verdict != "ok":
        raise DamagedError(verdict)
    if thorough:
        check_references(connection)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if primary_code(error) != sqlite3.SQLITE_ERROR:  # anything but "no such table"
            raise
        row = None
    if row is None:
        raise DamagedError("the revision of the schema is missing")
    return str(row[0])


def check_references(connection: sqlite3.Connection) -> None:
    """DamagedError where a row refers to one that is not there."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise DamagedError(f"a row of {broken[0]} refers to nothing")


def is_known(revision: str) -> bool:
    """Whether this version can read such a file, at least after leading it to today's revision."""
    return revision in REVISIONS


def is_old(revision: str) -> bool:
    """Whether a file of this known revision has to be led to today's."""
    return revision != HEAD


def require_known(revision: str, path: Path, remedy: str) -> None:
    """Refuse a revision of the future, which must not be touched."""
    if not is_known(revision):
        raise DamagedDiaryError(
            f"{path} was written by a newer version of Foot Coach (its revision is {revision}, this one knows {HEAD}). "
            f"{remedy} Nothing was changed.",
            Damage.NEWER,
        )


def check(path: Path, connect: Connect) -> Checked:
    """Check a file from end to end without changing it or putting anything beside it that was not there.

    Raises what `require_file`, `revision_of` and sqlite3 raise.
    """
    require_file(path)
    # A copy that somebody made of a running diary may have its log beside it, and then belongs together with it.
    with closing(connect(path, access_to_check(path))) as connection:
        return Checked(revision_of(connection, path, thorough=True), contents_of(connection))


def contents_of(connection: sqlite3.Connection) -> Contents:
    """How much an open file holds."""
    names = [
        str(name)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name <> 'alembic_version' ORDER BY name"
        ).fetchall()
    ]
    rows = {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}  # noqa: S608
    if "sessions" not in rows:
        return Contents(rows)
    first, last = connection.execute("SELECT min(local_date), max(local_date) FROM sessions").fetchone()
    return Contents(rows, _day(first), _day(last))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DamagedError("a session has no readable date") from error
