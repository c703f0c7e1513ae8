"""Ten years of five sessions a day, about 200,000 sets: the program starts as if it were the first week."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from coach.domain.ids import uuid7
from coach.storage.diary import open_diary
from coach.storage.sqlite.file import FILE
from tests.fakes import START, FakeClock
from tests.reliability.figures import amount
from tests.reliability.nursery import Nursery
from tests.reliability.use_cases import a_history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import Any

DAYS = amount(365, 3650)
SESSIONS, SETS = 5, 11
START_S = 2.0
"""What such a start may take on a computer of its own; judged ten times as mildly, since this one is shared."""


def fill(path: Path) -> int:
    """Copy the first session of a diary into every day before it, behind the back of SQLite's statistics; the sets."""
    numbers = count(1 << 32)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.row_factory = sqlite3.Row
        session, one_set, end = (
            dict(connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone())
            for table in ("sessions", "sets", "session_ends")
        )

        def stamped(row: dict[str, Any], at: datetime, **values: object) -> dict[str, Any]:
            return row | {
                "id": str(uuid7(at, next(numbers))),
                "at": f"{at.replace(tzinfo=None).isoformat(timespec='microseconds')}Z",
                "local_date": at.date().isoformat(),
                **values,
            }

        def all_sessions() -> Iterator[tuple[datetime, dict[str, Any]]]:
            for day in range(1, DAYS):
                for number in range(SESSIONS):
                    at = START - timedelta(days=day, hours=-number)
                    yield at, stamped(session, at)

        begun = list(all_sessions())
        put(connection, "sessions", (row for _, row in begun))
        put(
            connection,
            "sets",
            (
                stamped(one_set, at + timedelta(minutes=number), session_id=row["id"], exercise_index=number)
                for at, row in begun
                for number in range(SETS)
            ),
        )
        put(connection, "session_ends", (stamped(end, at, session_id=row["id"]) for at, row in begun))
        return int(connection.execute("SELECT count(*) FROM sets").fetchone()[0])


def put(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows that all have the columns of the first."""
    first = next(rows)
    statement = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({', '.join(f':{name}' for name in first)})"
    connection.execute(statement, first)
    connection.executemany(statement, rows)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.timeout(600)
def test_fault_15_years_of_history_do_not_slow_the_start(tmp_path: Path, figure: Callable[..., None]) -> None:
    folder = tmp_path / "person"
    a_history(folder)
    (folder / "settings.toml").write_text('safety_accepted = "2026-11-01"\nfull_screen = false\n', encoding="utf-8")
    total = fill(folder / FILE)
    with Nursery(tmp_path / "stderr", "tests.reliability.person") as nursery:
        pid = nursery.bear("tests.reliability.person:main", folder=str(folder), now=START.isoformat(), seed=1)
        took = nursery.import_s + nursery.hear(lambda word: word.get("at") == "open")["s"]
        nursery.end(pid)
    with closing(open_diary(folder, FakeClock())) as diary:
        assert len(diary.sessions(since=(START - timedelta(days=13)).date())) >= 13 * SESSIONS
    figure(
        f"{DAYS:,} days, {total:,} sets, {(folder / FILE).stat().st_size >> 20} MiB: start in {took:.1f} s",
        sets=total,
        start_s=round(took, 2),
    )
    assert took < 10 * START_S
