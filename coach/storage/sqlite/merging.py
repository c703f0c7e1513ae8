"""Adding rows of doubtful origin to a whole diary: only what is valid in itself and refers to what is there."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import dialect

from coach.storage import rows as records
from coach.storage.sqlite.file import Access
from coach.storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Column

    from coach.storage.sqlite.file import Connect
    from coach.storage.sqlite.salvage import Row

TABLES = {table.name: tuple(table.columns.keys()) for table in metadata.sorted_tables}
"""The columns of each table, parents before children."""
_STORED = {"TEXT": str, "INTEGER": int}
_RECORDS: dict[str, Callable[[Any], object]] = {
    "sets": records.to_set,
    "pain_ratings": records.to_pain,
    "session_ends": records.to_end,
    "reminders": records.to_rule,
    "reminder_entries": records.to_entry,
    "periods": records.to_period,
}


def add_missing(path: Path, found: Iterable[tuple[str, Row]], connect: Connect) -> dict[str, int]:
    """Add the rows whose ids are not there yet, in one transaction; how many by table, without tables that got none.

    Left out is what does not fit the schema, cannot be read as an entry, or refers to a row that is in neither.
    """
    added: Counter[str] = Counter()
    waiting: list[tuple[str, Row]] = []
    with closing(connect(path, Access.WRITE)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        known = {table: _ids(connection, table) for table in TABLES}  # most rows are there already: passed over at once
        for table, row in found:
            if row.get("id") in known[table] or not is_valid(table, row):
                continue
            before = added[table]
            if not _add(connection, table, row, added):
                waiting.append((table, row))
            elif added[table] == before:
                continue  # against a rule of the table: another copy of the row may be in order
            known[table].add(row["id"])
        # Within a table a correction may have come before what it corrects.
        while waiting:
            left = [(table, row) for table, row in waiting if not _add(connection, table, row, added)]
            if len(left) == len(waiting):
                break
            waiting = left
        connection.execute("COMMIT")
    return dict(added)


def _ids(connection: sqlite3.Connection, table: str) -> set[str]:
    return {name for (name,) in connection.execute(f"SELECT id FROM {table}")}  # noqa: S608


def is_valid(table: str, row: Row) -> bool:
    """Whether a row has just the columns of today's table, and values that can be read back as an entry."""
    if tuple(row) != TABLES[table]:
        return False
    try:
        values = {name: read(row[name]) for name, read in _readers(table).items()}
        if table in _RECORDS:
            _RECORDS[table](SimpleNamespace(**values))
    except (ValueError, TypeError, AttributeError):
        return False
    return True


@cache
def _readers(table: str) -> dict[str, Callable[[Any], Any]]:
    """For each column, what makes its value out of what is stored; raises for what it cannot be."""
    return {column.name: _reader(column) for column in metadata.tables[table].columns}


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    made = dialect()
    convert = column.type.result_processor(made, None)
    stored = _STORED[column.type.compile(made)]  # asked for, because SQLite would make a text of a number

    def read(value: Any) -> Any:  # noqa: ANN401
        if value is None and column.nullable:
            return None
        if not isinstance(value, stored):
            raise TypeError(column.name)
        return convert(value) if convert else value

    return read


def _add(connection: sqlite3.Connection, table: str, row: Row, added: Counter[str]) -> bool:
    """Whether the row is there afterwards, or never will be; False if it refers to a row that is not there yet."""
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    try:
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
    except sqlite3.IntegrityError as error:
        return not str(error).startswith("FOREIGN KEY")  # SQLCipher's library does not give the extended code
    added[table] += 1
    return True
