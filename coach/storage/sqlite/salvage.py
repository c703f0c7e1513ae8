"""Reading what can still be read of a damaged file: table by table around the pages that are broken, then page by page.

SQLite refuses a whole query for one bad page, so a table is read in ranges of its row numbers that are halved wherever
reading breaks off, until what is left out is no more than what the broken page held. Where SQLite cannot find the way
at all, the bare pages are read. Nothing here raises, writes, or goes on for ever.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from contextlib import closing
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from coach.storage.sqlite.file import Access, has_log
from coach.storage.sqlite.pages import loose_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from coach.storage.sqlite.file import Connect

MOST_FAILURES = 20_000
"""Ranges of one table that may break off before the rest of it is given up."""
SMALLEST_ROW = 64
"""Bytes; no row of ours is smaller, so a file cannot hold more rows than its size has of these."""
_STEPS_A_LOOK = 10_000
_MOST_LOOKS = 50_000
"""One table may take so many times `_STEPS_A_LOOK` steps of SQLite's machine; then it goes round in circles."""

Row = dict[str, Any]


def salvaged(path: Path, tables: Mapping[str, Sequence[str]], connect: Connect) -> Iterator[tuple[str, Row]]:
    """Table name and values by column of every row that can be read; some come twice, some as a row of another table.

    Args:
        path: nobody may have it open.
        tables: the columns of each table in their order; parents before children.
        connect: opens it.

    Values are as SQLite stores them and may be anything: what a broken page says is not to be trusted.
    """
    # With its log as its program saw it; and without, in case that the log is what is broken.
    ways = [Access.READ, Access.FROZEN] if has_log(path) else [Access.FROZEN]
    complete = True
    for table in tables:
        for access in ways:
            try:
                complete &= yield from _rows(partial(_tolerant, connect, path, access), table)
            except (sqlite3.Error, OSError):
                complete = False
    if not complete:
        for values in loose_rows(path):
            for table, columns in tables.items():
                if len(columns) == len(values):
                    yield table, dict(zip(columns, values, strict=True))


def _tolerant(connect: Connect, path: Path, access: Access) -> sqlite3.Connection:
    connection = connect(path, access)
    # A writable schema makes SQLite accept a file that was cut short, and leave out of the schema what it cannot read.
    for pragma in ("writable_schema=ON", "query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.text_factory = _text
    return connection


def _text(raw: bytes) -> str | bytes:
    """Text that cannot be decoded stays as it is, so that it costs this row alone."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _rows(opened: Callable[[], sqlite3.Connection], table: str) -> Generator[tuple[str, Row], None, bool]:
    """The rows that SQLite can read; whether that is all of them."""
    with closing(_Reader(opened)) as reader:
        columns = [str(name) for _, name, *_ in reader.connection.execute(f'PRAGMA table_info("{table}")')]
        if not columns:
            return False
        last = _last_number(reader, table)
        ranges, failures = deque([(-(2**63), 2**63 - 1)]), 0
        while ranges and failures < MOST_FAILURES:
            low, high = ranges.popleft()
            following = max(low, 1)
            try:
                for number, *values in _numbered(reader.connection, table, columns, low, high):
                    yield table, dict(zip(columns, values, strict=True))
                    following = number + 1
            except sqlite3.Error:
                failures += 1
                reader.recover()
                # The next rows may be lost, or only the way to them.
                ranges.extend(_halves(following, min(high, last)))
    return failures == 0


class _Reader:
    """A connection that is replaced where an error has spoilt it, and does not work for ever."""

    def __init__(self, opened: Callable[[], sqlite3.Connection]) -> None:
        self._opened = opened
        self._looks = count()
        self.connection = self._open()

    def recover(self) -> None:
        """Go on after an error: SQLCipher gives up a connection for good at the first page whose seal is broken."""
        if type(self.connection) is not sqlite3.Connection:
            self.connection.close()
            self.connection = self._open()

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query, none where it fails."""
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.Error:
            self.recover()
            return []

    def close(self) -> None:
        """Release the file."""
        self.connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = self._opened()
        connection.set_progress_handler(lambda: next(self._looks) > _MOST_LOOKS, _STEPS_A_LOOK)
        return connection


def _numbered(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], low: int, high: int
) -> Iterator[tuple[Any, ...]]:
    """Row number and values of the rows from `low` to `high`; sqlite3.Error where reading breaks off."""
    listed = ", ".join(f'"{column}"' for column in columns)
    cursor = connection.execute(
        f'SELECT rowid, {listed} FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid',  # noqa: S608
        (low, high),
    )
    before = low - 1
    with closing(cursor):
        for row in cursor:
            if not before < row[0] <= high:  # pages that name one another in a circle, or in disorder
                raise sqlite3.DatabaseError("row numbers out of order")
            before = row[0]
            yield row


def _halves(low: int, high: int) -> list[tuple[int, int]]:
    """The two halves of a range; a single row that cannot be read is not tried again."""
    if low >= high:
        return []
    middle = (low + high) // 2
    return [(low, middle), (middle + 1, high)]


def _last_number(reader: _Reader, table: str) -> int:
    """The highest row number to look for: from the table, else from one of its indexes, else from the file's size."""
    indexes = reader.ask("SELECT name FROM pragma_index_list(?)", table)
    for hint in ("NOT INDEXED", *(f'INDEXED BY "{name}"' for (name,) in indexes)):
        for (found,) in reader.ask(f'SELECT max(rowid) FROM "{table}" {hint}'):  # noqa: S608
            if isinstance(found, int) and 0 < found < 2**40:
                return found
    for pages, size in reader.ask("SELECT page_count, page_size FROM pragma_page_count, pragma_page_size"):
        return int(pages) * int(size) // SMALLEST_ROW
    return 0
