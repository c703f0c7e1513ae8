"""The CSV form: how it is written, what spreadsheets make of it, and rows that are wrong."""

from __future__ import annotations

import csv
import errno
import io
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import StorageError
from coach.storage.exchange import csv_files
from coach.storage.exchange.csv_files import export_csv
from coach.storage.exchange.merge import preview, take_in
from coach.storage.exchange.plain import TABLES
from tests import records as r
from tests.storage.exchange.histories import EXAMPLES, Home, homes, patient, previewed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = list[list[str]]


@pytest.fixture
def exported(here: Home, tmp_path: Path) -> Path:
    return export_csv(here.database, tmp_path / "history", r.at(0), "1.0").path


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def written(rows: Rows, **dialect: Any) -> str:
    text = io.StringIO()
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


def edit(path: Path, column: str, value: str, row: int = 1) -> None:
    """What a person does to one cell."""
    rows = read(path)
    rows[row][rows[0].index(column)] = value
    path.write_text(written(rows), encoding="utf-8")


def test_one_file_for_each_table_and_a_page_about_them(exported: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == sorted(
        ["README.txt", *(f"{name}.csv" for name in TABLES)]
    )
    for name, table in TABLES.items():
        assert read(exported / f"{name}.csv")[0] == table.columns.keys()
    about = (exported / "README.txt").read_text(encoding="utf-8")
    assert "sets.csv: 3 rows" in about
    assert "2026-11-15T08:30:00Z by Foot Coach 1.0" in about
    assert (exported / "sets.csv").read_bytes().startswith(b"\xef\xbb\xbfid,at,zone")


def test_it_is_private_whatever_the_umask(here: Home, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = export_csv(here.database, tmp_path / "open", r.at(0), "1.0").path
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_fault_47_formulas_are_guarded_and_numbers_are_not(exported: Path) -> None:
    sets = read(exported / "sets.csv")
    assert "'=1+1" in [row[sets[0].index("title")] for row in sets]
    ends = read(exported / "session_ends.csv")
    assert ends[1][ends[0].index("note")] == "'-2 <b>today</b>"
    cells = [cell for path in exported.glob("*.csv") for row in read(path) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "-1" not in cells


# --- writing goes wrong


@pytest.mark.parametrize(("owner", "name"), [(csv_files, "finish"), (csv_files, "_new"), (csv_files, "_put_in_place")])
def test_a_full_disk_leaves_nothing(
    here: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "injected")

    target = tmp_path / "target"
    target.mkdir()
    names = sorted(tmp_path.iterdir())
    monkeypatch.setattr(owner, name, fail)
    with pytest.raises(StorageError, match=r"could not be written to .*target: the disk is full"):
        export_csv(here.database, target, r.at(0), "1.0")
    assert sorted(tmp_path.iterdir()) == names
    assert list(target.iterdir()) == []


def test_a_folder_that_is_not_empty_and_one_that_is(here: Home, tmp_path: Path, exported: Path) -> None:
    before = {path.name: path.read_bytes() for path in exported.iterdir()}
    with pytest.raises(StorageError, match=r"is not empty\. Name a new folder"):
        export_csv(here.database, exported, r.at(0), "1.0")
    assert {path.name: path.read_bytes() for path in exported.iterdir()} == before
    with pytest.raises(StorageError, match="it is a file"):
        export_csv(here.database, exported / "README.txt", r.at(0), "1.0")
    with pytest.raises(StorageError, match="its folder is not there"):
        export_csv(here.database, tmp_path / "gone" / "x", r.at(0), "1.0")
    (tmp_path / "empty").mkdir()
    assert export_csv(here.database, tmp_path / "empty", r.at(0), "1.0").contents.sessions == 2


# --- what spreadsheets do


DRESSES: dict[str, Callable[[Rows], bytes]] = {
    "no byte order mark": lambda rows: written(rows).encode(),
    "byte order mark": lambda rows: written(rows).encode("utf-8-sig"),
    "UTF-16": lambda rows: written(rows, delimiter="\t").encode("utf-16"),
    "UTF-16, big end first": lambda rows: b"\xfe\xff" + written(rows, delimiter="\t").encode("utf-16-be"),
    "semicolons": lambda rows: written(rows, delimiter=";").encode(),
    "tabs": lambda rows: written(rows, delimiter="\t").encode(),
    "every cell quoted": lambda rows: written(rows, quoting=csv.QUOTE_ALL).encode(),
    "Unix line ends": lambda rows: written(rows, lineterminator="\n").encode(),
    "old Mac line ends": lambda rows: written(rows, lineterminator="\r").encode(),
    "columns in another order": lambda rows: written([row[::-1] for row in rows]).encode(),
    "empty lines and cells": lambda rows: written([*rows, [], ["", ""]]).encode(),
    "no empty cells at the end": lambda rows: written([rows[0], *map(shortened, rows[1:])]).encode(),
    "a column without name or values": lambda rows: written([[*row, ""] for row in rows]).encode(),
    "spaces around names": lambda rows: written([[f" {name} " for name in rows[0]], *rows[1:]]).encode(),
}


def shortened(row: list[str]) -> list[str]:
    while not row[-1]:
        row = row[:-1]
    return row


@pytest.mark.parametrize("dress", DRESSES)
def test_fault_48_what_a_spreadsheet_saves_is_the_same_history(
    here: Home, there: Home, exported: Path, dress: str
) -> None:
    for path in exported.glob("*.csv"):
        path.write_bytes(DRESSES[dress](read(path)))
    seen = preview(there.database, exported)
    assert seen.left == ()
    assert seen.remarks == ()
    take_in(there.database, seen)
    assert there.rows() == here.rows()


def test_columns_that_are_missing_or_new(here: Home, there: Home, exported: Path) -> None:
    path = exported / "level_changes.csv"
    rows = read(path)
    gone = rows[0].index("supersedes")
    for row in rows:
        del row[gone]
    rows = [[*rows[0], "my remark"], *[[*row, "=oh"] for row in rows[1:]]]
    path.write_text(written(rows), encoding="utf-8")
    seen = preview(there.database, exported)
    assert seen.left == ()
    assert seen.remarks == (
        "This version does not know all columns of level_changes. They are not read; the rest of each row is.",
    )
    assert seen.new.rows["level_changes"] == 2
    needed = rows[0].index("level")
    path.write_text(written([row[:needed] + row[needed + 1 :] for row in rows]), encoding="utf-8")
    assert [(item.reason, item.count) for item in preview(there.database, path).left] == [("level is missing", 2)]


def test_a_file_of_another_name_is_known_by_its_columns(there: Home, exported: Path) -> None:
    for name in TABLES:
        copy = (exported / f"{name}.csv").rename(exported / f"{name} (1).csv")
        seen = preview(there.database, copy)
        assert {item.table for item in seen.left} <= {name}
        assert seen.new.rows[name] + seen.left_out == len(read(copy)) - 1


# --- rows that are wrong


@pytest.mark.parametrize(
    ("file", "column", "value", "reason", "shown"),
    [
        ("pain_ratings", "nrs", "11", "nrs must be a whole number from 0 to 10", " (11)"),
        ("pain_ratings", "nrs", "-1", "nrs must be a whole number from 0 to 10", " (-1)"),
        ("pain_ratings", "nrs", "7.5", "nrs must be a whole number from 0 to 10", " (7.5)"),
        ("pain_ratings", "nrs", "7,5", "nrs must be a whole number from 0 to 10", " (7,5)"),
        ("pain_ratings", "nrs", "NaN", "nrs must be a whole number from 0 to 10", " (NaN)"),
        ("pain_ratings", "nrs", "٣", "nrs must be a whole number from 0 to 10", ""),
        ("pain_ratings", "local_date", "03/04/2026", "local_date must be a date such as 2026-11-15", " (03/04/2026)"),
        ("pain_ratings", "at", "15.11.2026 08:30", "at must be an instant such as 2026-11-15T08:30:00.000000Z", ""),
        ("session_ends", "seconds", "", "seconds is missing", ""),
        ("sessions", "plan", "[NaN]", "plan must be a list of JSON objects", ""),
        ("sessions", "plan", "[" * 50_000, "plan must be a list of JSON objects", ""),
        ("sessions", "plan", "not JSON", "plan must be a list of JSON objects", ""),
        ("sets", "self_paced", "TRUE", "self_paced must be 0 or 1", " (TRUE)"),
        ("sets", "tempo_hold", "", "tempo_effort, tempo_hold and tempo_back must all be given, or none", ""),
    ],
)
def test_fault_48_a_wrong_cell_is_told_with_file_and_line(
    there: Home, exported: Path, file: str, column: str, value: str, reason: str, shown: str
) -> None:
    edit(exported / f"{file}.csv", column, value)
    told = {(item.reason, item.where) for item in preview(there.database, exported).left}
    assert (reason, (f"{file}.csv, line 2{shown}",)) in told


def test_a_line_is_counted_as_an_editor_counts_it(here: Home, there: Home, exported: Path) -> None:
    path = exported / "session_ends.csv"
    rows = read(path)
    note, seconds = rows[0].index("note"), rows[0].index("seconds")
    rows[1][note] = "one\ntwo\nthree"
    rows.append([*rows[1]])
    rows[2][seconds] = "-5"
    path.write_text(written(rows), encoding="utf-8", newline="")
    left = [item for item in preview(there.database, exported).left if item.table == "session_ends"]
    assert [item.where for item in left] == [("session_ends.csv, line 5 (-5)",)]


def test_lines_with_too_many_cells_or_broken_quotes(there: Home, exported: Path) -> None:
    path = exported / "level_changes.csv"
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(f'{"x," * 40}\r\n"a"b,c\r\n')
    told = {item.reason: item.where for item in preview(there.database, path).left}
    assert told == {
        "it has more cells than the first line has columns": ("level_changes.csv, line 4",),
        "its quotes do not match": ("level_changes.csv, line 5",),
    }
    assert preview(there.database, path).new.rows["level_changes"] == 2


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "neither a JSON export nor a CSV table"),
        (b"hello\r\n", "neither a JSON export nor a CSV table"),
        (b"SQLite format 3\x00\x01\x02", "neither a JSON export nor a CSV table"),
        (b"id,id,at\r\n", "two of its columns have the same name"),
        ("id,at,zone,local_date,note\r\nJürgen".encode("latin-1"), 'no UTF-8 text; save it as "CSV UTF-8"'),
        (b"\xff\xfeabc", "neither a JSON|no UTF-8 text"),
        (b"\xff\xfe\x00\xd8x", "no UTF-8 text"),
        (b"x" * (1 << 24), "one of its lines is far too long"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(there: Home, tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "strange.csv"
    path.write_bytes(raw)
    with pytest.raises(StorageError, match=rf"strange\.csv cannot be imported: .*{said}.*\. Nothing was changed\.$"):
        preview(there.database, path)


def test_a_quote_that_is_never_closed_costs_its_own_rows_only(there: Home, exported: Path) -> None:
    path = exported / "level_changes.csv"
    path.write_bytes(path.read_bytes() + b'"never closed,' + b"x\r\n" * 9)
    seen = preview(there.database, path)
    assert [(item.reason, item.count) for item in seen.left] == [("its quotes do not match", 1)]
    assert seen.new.rows["level_changes"] == 2


@patient
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_fuzz_whatever_a_file_holds_is_told_in_one_sentence(data: st.DataObject) -> None:
    with homes(1) as ((home,), scratch):
        start = r.start()
        home.live([start, r.done(start), r.pain(session_id=start.id), r.end(start), r.level(0, 2)])
        folder = export_csv(home.database, scratch / "x", r.at(0), "1.0").path
        before = home.rows()
        for name in data.draw(st.lists(st.sampled_from(sorted(TABLES)), min_size=1, max_size=3, unique=True)):
            path = folder / f"{name}.csv"
            raw = bytearray(path.read_bytes())
            if data.draw(st.booleans()):
                for _ in range(data.draw(st.integers(1, 5))):
                    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
            else:
                rows = read(path)
                row = data.draw(st.sampled_from(rows))
                row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.text())
                raw = bytearray(written(rows).encode(errors="replace"))
            path.write_bytes(raw)
        seen = previewed(home, folder)
        assert home.rows() == before
        if seen is not None:
            assert take_in(home.database, seen) == seen.new
            home.history()
