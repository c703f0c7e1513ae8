"""A diary in a folder of its own, and a look behind it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.storage.diary import SqlDiary, open_diary
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "diary.sqlite3"


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[SqlDiary]:
    """A new diary that gives up at once when another program writes."""
    with closing(open_diary(tmp_path, FakeClock(), busy_s=0)) as made:
        yield made


def pragma(diary: SqlDiary, text: str) -> object:
    """Set or ask a pragma on the diary's own connection."""
    with diary._database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None  # of sqlite3, or of SQLCipher
        row = raw.execute(f"PRAGMA {text}").fetchone()
        return None if row is None else row[0]


def schema(path: Path) -> dict[tuple[str, str], str]:
    """The statements that made a file, by kind and name, without line breaks."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
        return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in names.fetchall()}
