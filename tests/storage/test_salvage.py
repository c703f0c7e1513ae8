"""What can be read of a damaged file is read, around what cannot: never an error, never for long."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from coach.storage.diary import open_diary
from coach.storage.sqlite import file, merging, salvage
from coach.storage.sqlite.file import Access
from tests import records as r
from tests.storage.conftest import FILE, contents, make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096


@pytest.fixture
def diary_file(tmp_path: Path) -> Path:
    """A diary of about 70 pages: interior pages, leaves and indexes."""
    return make(tmp_path, sets=400)


def read(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Valid salvaged rows by table and id."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for table, row in salvage.salvaged(path, merging.TABLES, file.connect):
        if merging.is_valid(table, row):
            found.setdefault(table, {})[row["id"]] = row
    return found


def rows_of(path: Path) -> dict[str, set[tuple[object, ...]]]:
    return {table: set(rows) for table, rows in contents(path).items()}


def seen(path: Path) -> dict[str, set[tuple[object, ...]]]:
    return {table: {tuple(row.values()) for row in rows.values()} for table, rows in read(path).items()}


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as spoilt:
        spoilt.seek(at)
        spoilt.write(data)


def test_of_a_whole_file_everything_is_read(diary_file: Path) -> None:
    whole = {table: rows for table, rows in rows_of(diary_file).items() if rows and table != "alembic_version"}
    assert seen(diary_file) == whole
    assert len(whole["sets"]) == 400


def test_fault_04_of_half_a_file_its_half_is_read(tmp_path: Path) -> None:
    diary_file = make(tmp_path, sets=1600)
    whole = rows_of(diary_file)
    diary_file.write_bytes(diary_file.read_bytes()[: diary_file.stat().st_size // 2])
    found = seen(diary_file)
    assert found["sessions"] == whole["sessions"]
    assert found["sets"] < whole["sets"]
    assert len(found["sets"]) > 500


def test_fault_05_random_bytes_in_one_page_cost_that_page_at_most(diary_file: Path) -> None:
    whole, raw = rows_of(diary_file), diary_file.read_bytes()
    chance = random.Random(5)
    most = max(per_page(raw))
    for page in range(len(raw) // PAGE):
        diary_file.write_bytes(raw)
        overwrite(diary_file, page * PAGE + chance.randrange(PAGE - 400), chance.randbytes(400))
        found = seen(diary_file)
        for table, rows in found.items():
            # Bytes inside a text can turn it into another one that looks as good: no more than these rows.
            assert len(rows - whole[table]) <= 3, f"page {page}"
        if (
            page > 0 and raw[page * PAGE] == 0x0D
        ):  # a leaf; the first page holds the schema, and an interior one the way
            assert len(found.get("sets", ())) >= 400 - most, f"page {page}"


def per_page(raw: bytes) -> list[int]:
    """How many rows each leaf holds."""
    starts = range(0, len(raw), PAGE)
    return [int.from_bytes(raw[at + 3 : at + 5]) for at in starts if raw[at] == 0x0D]


def test_without_the_schema_the_pages_are_read_by_themselves(diary_file: Path) -> None:
    whole = rows_of(diary_file)
    overwrite(diary_file, 0, b"\xa5" * PAGE)
    found = seen(diary_file)
    assert found["sets"] == whole["sets"]
    assert found["sessions"] == whole["sessions"]


def test_a_long_text_is_read_from_all_the_pages_it_covers(tmp_path: Path) -> None:
    plan = [{"exercise": f"exercise {number}", "bouts": ["ü" * 50]} for number in range(200)]
    with closing(open_diary(tmp_path)) as diary:
        for number in range(30):
            diary.add_session(r.start(number, plan=plan[: number * 7]))
    whole = rows_of(tmp_path / FILE)
    overwrite(tmp_path / FILE, 0, b"\xa5" * PAGE)
    assert seen(tmp_path / FILE)["sessions"] == whole["sessions"]


def test_what_stood_only_in_the_log_is_read_from_there(tmp_path: Path) -> None:
    live, crashed = tmp_path / "live", tmp_path / "crashed"
    live.mkdir()
    crashed.mkdir()
    make(live)
    with closing(open_diary(live)) as diary:
        start = r.start(60)
        diary.add_session(start)
        diary.add_set(r.done(start, 61))
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(live / name, crashed / name)
    whole = rows_of(live / FILE)
    assert seen(crashed / FILE)["sets"] == whole["sets"]
    overwrite(crashed / FILE, 0, b"\xa5" * (crashed / FILE).stat().st_size)
    assert {row for row in whole["sets"] if str(row[1]) > "2026-11-15T09:30"} <= seen(crashed / FILE)["sets"]


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def noise_after_the_header(path: Path) -> None:
    overwrite(path, 100, random.Random(2).randbytes(path.stat().st_size - 100))


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def one_byte(path: Path) -> None:
    path.write_bytes(b"S")


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("spoil", [noise, noise_after_the_header, nothing, one_byte, gone])
def test_where_nothing_can_be_read_there_is_nothing_and_no_error(
    diary_file: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(diary_file)
    assert read(diary_file) == {}


@pytest.mark.parametrize("seed", range(8))
def test_bytes_scattered_over_the_whole_file(diary_file: Path, seed: int) -> None:
    whole, chance = rows_of(diary_file), random.Random(seed)
    raw = bytearray(diary_file.read_bytes())
    for _ in range(60):
        raw[chance.randrange(PAGE, len(raw))] = chance.randrange(256)
    diary_file.write_bytes(raw)
    found = seen(diary_file)
    assert all(len(rows - whole[table]) <= 60 for table, rows in found.items())
    assert len(found.get("sets", ())) > 0


def test_reading_changes_nothing(diary_file: Path) -> None:
    overwrite(diary_file, 9 * PAGE, b"\xa5" * 400)
    before = diary_file.read_bytes()
    read(diary_file)
    assert diary_file.read_bytes() == before
    assert [path.name for path in diary_file.parent.iterdir()] == [diary_file.name]


def test_pages_that_name_one_another_in_a_circle_come_to_an_end(diary_file: Path) -> None:
    """Every interior page leads back to the first page of its table."""
    with closing(sqlite3.connect(diary_file)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sets'").fetchone()
    raw = bytearray(diary_file.read_bytes())
    at = (root - 1) * PAGE
    assert raw[at] == 0x05
    for cell in range(int.from_bytes(raw[at + 3 : at + 5])):
        pointer = at + int.from_bytes(raw[at + 12 + 2 * cell : at + 14 + 2 * cell])
        raw[pointer : pointer + 4] = root.to_bytes(4)
    diary_file.write_bytes(raw)
    assert len(read(diary_file)["sets"]) == 400


def test_the_work_is_bounded_however_much_is_broken(diary_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    class Counting(sqlite3.Connection):
        def execute(self, *args: Any) -> sqlite3.Cursor:
            nonlocal asked
            asked += "BETWEEN" in args[0]
            return super().execute(*args)

    def connect(path: Path, access: Access = Access.WRITE) -> sqlite3.Connection:
        return sqlite3.connect(f"{path.as_uri()}?{access}", uri=True, isolation_level=None, factory=Counting)

    for page in range(31, diary_file.stat().st_size // PAGE):  # behind those of the schema
        overwrite(diary_file, page * PAGE, b"\xa5" * PAGE)
    monkeypatch.setattr(salvage, "MOST_FAILURES", 50)
    found = [row for table, row in salvage.salvaged(diary_file, merging.TABLES, connect) if table == "sets"]
    assert found == []
    assert 50 <= asked <= 50 + len(merging.TABLES)
