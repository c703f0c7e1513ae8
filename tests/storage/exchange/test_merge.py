"""What an import takes, what it leaves out and why, and that it is all or nothing."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from coach.errors import StorageError
from coach.storage.exchange import merge
from coach.storage.exchange.csv_files import export_csv
from coach.storage.exchange.json_file import export_json
from coach.storage.exchange.merge import preview, take_in
from coach.storage.exchange.plain import TABLES
from coach.storage.exchange.staging import Stage
from tests import records as r
from tests.storage.exchange.histories import failing_at
from tests.storage.exchange.rewriting import rewritten

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.storage.exchange.histories import Home

Tables = dict[str, list[dict[str, Any]]]


def reasons(home: Home, source: Path) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Why rows are left out, how many, and where the first are; the diary must not notice."""
    before = home.rows()
    seen = preview(home.database, source)
    assert home.rows() == before
    total = sum(seen.new.rows.values()) + sum(seen.known.values()) + seen.left_out
    assert total == rows_in(source)
    return {item.reason: (item.count, item.where) for item in seen.left}


def rows_in(source: Path) -> int:
    if source.is_dir():
        return sum(rows_in(path) for path in source.glob("*.csv"))
    if source.suffix == ".csv":
        with source.open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1
    return sum(len(rows) for rows in json.loads(source.read_text(encoding="utf-8-sig"))["tables"].values())


@pytest.fixture
def exported(here: Home, tmp_path: Path) -> Path:
    export_json(here.database, tmp_path / "history.json", r.at(0), "1.0")
    return tmp_path / "history.json"


def test_a_preview_counts_everything_and_names_the_days(here: Home, there: Home, exported: Path) -> None:
    seen = preview(there.database, exported)
    today = r.at(0).date()
    assert seen.new.rows == {
        "level_changes": 2, "sessions": 2, "session_ends": 1, "session_plans": 1, "sets": 3, "pain_ratings": 2,
        "reminders": 0, "reminder_entries": 0, "clock_steps": 0, "checks": 0,
        "periods": 0, "flags": 0, "self_tests": 0,
    }  # fmt: skip
    assert (seen.new.first_day, seen.new.last_day) == (today - timedelta(days=1), today)
    assert seen.left == ()
    assert set(seen.known.values()) == {0}
    same = preview(here.database, exported)
    assert same.known == seen.new.rows
    assert (same.new.sessions, same.new.first_day) == (0, None)


def test_what_is_here_with_other_contents_stays_as_it_is(here: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        tables["session_ends"][0]["note"] = "something else"

    source = rewritten(exported, change)
    before = here.rows()
    why = "it is here already with other contents, and stays as it is here"
    assert reasons(here, source) == {why: (1, ("session_ends, entry 1",))}
    assert not any(take_in(here.database, preview(here.database, source)).rows.values())
    assert here.rows() == before


def test_what_refers_to_nothing_is_left_out_with_all_that_hangs_on_it(there: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        lost = tables["sessions"].pop(0)
        assert any(row["session_id"] == lost["id"] for row in tables["sets"])
        tables["level_changes"] = tables["level_changes"][1:]  # the second choice supersedes the first

    source = rewritten(exported, change)
    no_session = "the session it belongs to is neither here nor taken from the file"
    assert set(reasons(there, source)) == {
        no_session,
        "the entry it corrects is neither here nor taken from the file",
    }
    left = {item.table: (item.count, item.reason == no_session) for item in preview(there.database, source).left}
    assert left == {
        "level_changes": (1, False),
        "pain_ratings": (1, True),
        "session_ends": (1, True),
        "session_plans": (1, True),
        "sets": (2, True),
    }
    added = take_in(there.database, preview(there.database, source))
    assert sum(added.rows.values()) == 3


def test_what_refers_to_something_here_is_taken(here: Home, there: Home, exported: Path) -> None:
    take_in(there.database, preview(there.database, exported))
    new = r.done(here.diary.sessions()[0].start, 30, set_no=2)
    here.diary.add_set(new)
    export_json(here.database, exported, r.at(0), "1.0")

    def only_the_new(tables: Tables) -> None:
        for name, rows in tables.items():
            rows[:] = [row for row in rows if name == "sets" and row["id"] == str(new.id)]

    source = rewritten(exported, only_the_new)
    assert reasons(there, source) == {}
    assert take_in(there.database, preview(there.database, source)).rows["sets"] == 1
    assert there.rows() == here.rows()


def test_corrections_that_go_round_in_a_circle_are_left_out(there: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        first, second = tables["level_changes"]
        first["supersedes"], second["supersedes"] = second["id"], first["id"]

    why = "the entry it corrects is neither here nor taken from the file"
    assert reasons(there, rewritten(exported, change)) == {
        why: (2, ("level_changes, entry 1", "level_changes, entry 2"))
    }


def test_corrections_come_in_any_order(here: Home, there: Home, exported: Path) -> None:
    session = here.diary.sessions()[0].start
    earlier = None
    for number in range(30):
        record = r.done(session, 60 - number, set_no=5, supersedes=earlier)
        here.diary.add_set(record)
        earlier = record.id
    export_json(here.database, exported, r.at(0), "1.0")

    def turn_round(tables: Tables) -> None:
        for rows in tables.values():
            rows.reverse()

    source = rewritten(exported, turn_round)
    assert reasons(there, source) == {}
    take_in(there.database, preview(there.database, source))
    assert there.rows() == here.rows()
    assert there.history() == here.history()


def test_fault_48_the_same_id_twice(there: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        level, same = tables["level_changes"][0], tables["pain_ratings"][0]
        tables["level_changes"].append(level | {"level": 9})
        tables["pain_ratings"].append(dict(same))

    source = rewritten(exported, change)
    why = "the file holds it twice, with different contents"
    hanging = "the entry it corrects is neither here nor taken from the file"
    found = reasons(there, source)
    assert found[why] == (2, ("level_changes, entry 1", "level_changes, entry 3"))
    assert found[hanging] == (1, ("level_changes, entry 2",))
    assert preview(there.database, source).known["pain_ratings"] == 1


def test_tables_and_columns_of_a_later_version_are_told(here: Home, there: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        tables["moods"] = [{"id": "1"}, {"id": "2"}]
        for row in tables["sets"]:
            row["heart_rate"] = 60

    source = rewritten(exported, change)
    assert reasons(there, source) == {
        "this version does not know this table": (2, ("moods, entry 1", "moods, entry 2"))
    }
    seen = preview(there.database, source)
    assert seen.remarks == (
        "This version does not know all columns of sets (heart_rate). They are not read; the rest of each row is.",
    )
    take_in(there.database, seen)
    assert there.rows() == here.rows()


def test_only_the_first_few_places_are_named(there: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        rating = tables["pain_ratings"][0]
        tables["pain_ratings"] = [rating | {"nrs": 11} for _ in range(9)]

    count, where = reasons(there, rewritten(exported, change))["nrs must be a whole number from 0 to 10"]
    assert count == 9
    assert where == tuple(f"pain_ratings, entry {number} (11)" for number in range(1, 6))


def test_fault_45_no_reason_repeats_what_somebody_wrote(there: Home, exported: Path) -> None:
    def change(tables: Tables) -> None:
        for rows in tables.values():
            for row in rows:
                for key in row:
                    if key not in {"id", "plan"}:
                        row[key] = "my very own note <img>"
        tables["my very own table"] = [{}]

    seen = preview(there.database, rewritten(exported, change))
    assert seen.left_out == rows_in(exported) + 1
    assert "own" not in repr(seen.left)


@pytest.mark.parametrize("plan", ["{broken", "[NaN]", "[1e999]", "[" * 20_000])
def test_a_damaged_plan_here_is_told_at_the_export_and_stays_as_it_is_at_an_import(
    here: Home, exported: Path, plan: str
) -> None:
    with here.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sessions SET plan = ?", (plan,))
    with pytest.raises(StorageError, match="holds an entry that this version cannot read"):
        export_json(here.database, exported.with_name("more.json"), r.at(0), "1.0")
    seen = preview(here.database, exported)
    assert [(item.table, item.count) for item in seen.left] == [("sessions", 2)]
    assert not any(take_in(here.database, seen).rows.values())


# --- all or nothing


def test_a_file_that_changed_since_the_preview_is_not_taken_in(here: Home, there: Home, exported: Path) -> None:
    seen = preview(there.database, exported)
    here.diary.add_level(r.level(50, 1))
    export_json(here.database, exported, r.at(0), "1.0")
    with pytest.raises(StorageError, match=r"has changed since you looked .* Nothing was changed"):
        take_in(there.database, seen)
    assert not any(there.rows().values())


def test_taking_in_twice_with_one_preview_adds_nothing(there: Home, exported: Path) -> None:
    seen = preview(there.database, exported)
    assert take_in(there.database, seen) == seen.new
    before = there.rows()
    assert not any(take_in(there.database, seen).rows.values())
    assert there.rows() == before


def test_an_import_that_fails_at_any_statement_changes_nothing(there: Home, exported: Path) -> None:
    seen = preview(there.database, exported)
    before = there.rows()
    number = 0
    done = False
    while not done:
        number += 1
        with failing_at(there, number):
            try:
                take_in(there.database, seen)
            except StorageError:
                pass
            else:
                done = True
        assert done or there.rows() == before
    assert number > len(TABLES)
    assert any(there.rows().values())


def test_a_full_disk_for_the_scratch_database_is_no_trouble_of_the_diary(
    there: Home, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Stage):
        def __init__(self) -> None:
            super().__init__()
            self._db.execute("PRAGMA max_page_count=4")

    monkeypatch.setattr(merge, "Stage", Full)
    with pytest.raises(StorageError, match=r"the disk for temporary files is full\. Nothing was changed"):
        preview(there.database, exported)


# --- what is no source at all


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()], ids=["nothing", "empty folder"])
def test_no_source(there: Home, tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "source"
    make(path)
    with pytest.raises(StorageError, match=r"source.*(it is not there|no CSV file of an export).*Nothing was changed"):
        preview(there.database, path)


def test_a_csv_folder_is_read_whole_and_one_file_alone(here: Home, there: Home, tmp_path: Path) -> None:
    folder = export_csv(here.database, tmp_path / "csv", r.at(0), "1.0").path
    alone = preview(there.database, folder / "level_changes.csv")
    assert sum(alone.new.rows.values()) == 2
    hanging = preview(there.database, folder / "sets.csv")
    assert hanging.left_out == 3
    assert hanging.left[0].where == ("sets.csv, line 2", "sets.csv, line 3", "sets.csv, line 4")
    (folder / "shopping.csv").write_text("what,how many\nmilk,2\n", encoding="utf-8")
    with_more = preview(there.database, folder)
    assert [(item.table, item.reason, item.count) for item in with_more.left] == [
        ("shopping", "this version does not know this table", 1)
    ]
