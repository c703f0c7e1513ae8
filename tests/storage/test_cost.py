"""Looking back costs the same after a year as after a quarter, counted in SQLite's own steps and not in seconds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from coach.bootstrap import fill_with_demo, open_core
from coach.storage.diary import SqlDiary, open_diary

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 100
"""SQLite reports each time this many steps of its machine have passed."""


def steps_to_read(folder: Path, days: int) -> int:
    """Hundreds of steps to read the newest 20 sessions of a diary with this many days of history."""
    folder.mkdir()
    fill_with_demo(open_core(folder), days)
    # Closing after a look gathers the statistics that SQLite plans with from then on.
    with closing(open_diary(folder)) as diary:
        diary.sessions(limit=20)
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    with closing(open_diary(folder)) as diary:
        assert isinstance(diary, SqlDiary)
        with diary._database.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.set_progress_handler(count, EVERY)
        assert len(diary.sessions(limit=20)) == 20
        assert len(diary.last_pain()) > 0
        raw.set_progress_handler(None, 0)
    return counted


def test_the_newest_sessions_cost_no_more_in_a_longer_history(tmp_path: Path) -> None:
    quarter, year = steps_to_read(tmp_path / "quarter", 90), steps_to_read(tmp_path / "year", 365)
    assert year < 1.6 * quarter
