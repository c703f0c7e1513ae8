"""A first glance says the same as the open diary, or nothing: never anything else, and it changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.storage.diary import open_diary
from coach.storage.sqlite.file import FILE
from coach.storage.sqlite.glance import Glance, glance
from tests import records as r
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[1] / "data"


def told(folder: Path) -> Glance:
    """The same by way of the diary."""
    with closing(open_diary(folder, FakeClock())) as diary:
        latest = diary.sessions(limit=1)
        return Glance(diary.levels(), latest[0].start.stamp.local_date if latest else None)


def test_a_new_diary_has_nothing_to_say(tmp_path: Path) -> None:
    open_diary(tmp_path, FakeClock()).close()
    assert glance(tmp_path) == told(tmp_path) == Glance({}, None)


def test_levels_and_the_last_day_are_those_of_the_diary(tmp_path: Path) -> None:
    first, second = r.start(0), r.start(24 * 60)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        diary.add_session(second)
        diary.add_session(first)
        for minute, (exercise, level) in enumerate([("a", 3), ("b", 1), ("a", 4), ("a", 2)]):
            diary.add_level(r.level(minute, exercise=exercise, number=level))
        # Read while the diary is open, its latest entries still in the write-ahead log.
        seen = glance(tmp_path)
    assert seen == glance(tmp_path) == told(tmp_path)
    assert seen == Glance({"a": 2, "b": 1}, second.stamp.local_date)


def test_the_chain_decides_and_not_the_clock(tmp_path: Path) -> None:
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        diary.add_level(r.level(0, exercise="a", number=4))
        diary.add_level(r.level(-60, exercise="a", number=2))
    assert glance(tmp_path) == told(tmp_path) == Glance({"a": 2}, None)


def test_a_glance_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    open_diary(tmp_path, FakeClock()).close()
    before = (tmp_path / FILE).read_bytes()
    assert glance(tmp_path) is not None
    assert (tmp_path / FILE).read_bytes() == before
    for part in tmp_path.iterdir():
        assert part.stat().st_mode & 0o077 == 0, part.name


def missing(_folder: Path) -> None:
    """No diary yet."""


def empty(folder: Path) -> None:
    (folder / FILE).touch()


def a_folder(folder: Path) -> None:
    (folder / FILE).mkdir()


def something_else(folder: Path) -> None:
    (folder / FILE).write_text("not a database", encoding="utf-8")


def newer(folder: Path) -> None:
    open_diary(folder, FakeClock()).close()
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def cut_short(folder: Path) -> None:
    open_diary(folder, FakeClock()).close()
    whole = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(whole[: len(whole) // 4])


@pytest.mark.parametrize("spoil", [missing, empty, a_folder, something_else, newer, cut_short])
def test_where_anything_is_unusual_it_says_nothing(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path)
    assert glance(tmp_path) is None


@pytest.mark.parametrize("kept", sorted(DATA.glob("diary-*.sqlite3")), ids=lambda path: path.stem)
def test_a_diary_of_any_release_is_read_rightly_or_not_at_all(tmp_path: Path, kept: Path) -> None:
    shutil.copy(kept, tmp_path / FILE)
    seen = glance(tmp_path)
    assert seen in (None, told(tmp_path))


def test_it_does_not_wait_for_another_program(tmp_path: Path) -> None:
    open_diary(tmp_path, FakeClock()).close()
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert glance(tmp_path) is None
