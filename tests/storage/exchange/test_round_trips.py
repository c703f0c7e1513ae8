"""What leaves and comes in again is the same, in both forms, and histories meet in the same one whatever the order."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.storage.exchange.csv_files import export_csv, guard, unguard
from coach.storage.exchange.json_file import export_json
from coach.storage.exchange.merge import preview, take_in
from tests import records as r
from tests.storage.conftest import FILE
from tests.storage.exchange.histories import (
    HOSTILE,
    Home,
    histories,
    homes,
    patient,
    soaked,
    soaked_less,
    texts,
    three_computers,
)

if TYPE_CHECKING:
    from pathlib import Path

    from coach.services.keeping import Contents, ImportPreview
    from tests.storage.exchange.histories import Record

FORMS = {"json": export_json, "csv": export_csv}
form = pytest.mark.parametrize("form", FORMS)


def carry(source: Home, target: Home, scratch: Path, form: str) -> tuple[ImportPreview, Contents]:
    """Export here, import there."""
    path = scratch / f"{len(list(scratch.iterdir()))}.{form}"
    FORMS[form](source.database, path, r.at(0), "1.0")
    before = target.rows()
    seen = preview(target.database, path)
    assert target.rows() == before
    return seen, take_in(target.database, seen)


@form
@patient
@soaked
@given(past=histories())
def test_a_history_comes_in_as_it_left(form: str, past: list[Record]) -> None:
    with homes(2) as ((here, there), scratch):
        here.live(past)
        seen, added = carry(here, there, scratch, form)
        assert seen.left == ()
        assert seen.remarks == ()
        assert added == seen.new
        assert there.rows() == here.rows()
        assert there.history() == here.history()
        assert sum(added.rows.values()) == sum(map(len, here.rows().values()))
        again, none = carry(here, there, scratch, form)
        assert again.left == ()
        assert again.known == added.rows
        assert not any(none.rows.values())
        assert there.rows() == here.rows()


@patient
@soaked_less
@given(lives=three_computers(), form=st.sampled_from(sorted(FORMS)))
def test_three_computers_end_in_the_same_history(lives: tuple[list[Record], ...], form: str) -> None:
    past, *rest = lives
    with homes(3) as (computers, scratch):
        computers[0].live(past)
        for computer in computers[1:]:
            computer.take_over(computers[0])
        for computer, life in zip(computers, rest, strict=True):
            computer.live(life)
        first, second, third = computers
        # The second learns from both in one order, the third in another, the first only by hearsay.
        for source, target in ((first, second), (third, second), (second, third), (third, first)):
            seen, _ = carry(source, target, scratch, form)
            assert seen.left == ()
        assert first.rows() == second.rows() == third.rows()
        assert first.history() == second.history() == third.history()


def test_the_order_of_imports_does_not_matter() -> None:
    """Three sides of a common past corrected the same set, ended the same session and changed its plan."""
    start = r.start()
    record, rating = r.done(start), r.pain(session_id=start.id)
    orders = list(permutations(range(3)))
    with homes(4 + len(orders)) as ((past, *others), scratch):
        sides, targets = others[:3], others[3:]
        past.live([start, record, rating])
        for number, side in enumerate(sides):
            side.take_over(past)
            side.diary.add_set(r.done(start, 9 - number, real_reps=number, supersedes=record.id))
            side.diary.add_pain((r.pain(9 - number, session_id=start.id, supersedes=rating.id),))
            side.diary.add_end(r.end(start, 20, note=str(number)))
            side.diary.save_plan(start.id, r.at(5), [{"exercise": str(number)}])
            side.diary.add_level(r.level(number, number + 1))
        for target, order in zip(targets, orders, strict=True):
            for number in order:
                carry(sides[number], target, scratch, "json")
        for target in targets[1:]:
            assert target.rows() == targets[0].rows()
            assert target.history() == targets[0].history()
        (summary,) = targets[0].diary.sessions()
        assert [done.real_reps for done in summary.sets] == [0]  # the latest of the three corrections
        assert targets[0].diary.levels() == {"calf_raise": 3}


@form
def test_the_same_history_is_the_same_file(form: str, here: Home, there: Home, tmp_path: Path) -> None:
    carry(here, there, tmp_path, form)
    one, two = tmp_path / "one", tmp_path / "two"
    FORMS[form](here.database, one, r.at(0), "1.0")
    FORMS[form](there.database, two, r.at(0), "1.0")
    files = [(one, two)] if form == "json" else [(path, two / path.name) for path in sorted(one.iterdir())]
    assert [left.read_bytes() for left, _ in files] == [right.read_bytes() for _, right in files]


@given(texts, st.booleans())
def test_fault_47_no_cell_is_a_formula_and_every_text_comes_back(text: str, nullable: bool) -> None:
    cell = guard(text, nullable=nullable)
    assert cell[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert unguard(cell) == text
    assert cell or not nullable  # an empty cell is "no value"


@form
@pytest.mark.parametrize("text", [*HOSTILE, "x" * 10_000, "🦶" * 10_000], ids=lambda text: ascii(text[:12]))
def test_fault_50_no_text_is_cut_or_changed(form: str, text: str) -> None:
    start = r.start(routine_title=text, plan=[{text: text}])
    with homes(2) as ((here, there), scratch):
        here.live([start, r.done(start, title=text), r.pain(sign=text, exercise_id=text), r.end(start, note=text)])
        seen, _ = carry(here, there, scratch, form)
        assert seen.left == ()
        assert there.rows() == here.rows()


def test_fault_12_a_copy_of_the_file_alone_is_no_export_and_an_export_is(
    here: Home, there: Home, tmp_path: Path
) -> None:
    file, copy = here.folder / FILE, tmp_path / "copy.sqlite3"
    # In another process: closing the live file in this one would drop the locks on it.
    command = [sys.executable, "-c", "import shutil, sys; shutil.copy(*sys.argv[1:])", str(file), str(copy)]
    subprocess.run(command, check=True, timeout=60)
    with closing(sqlite3.connect(copy)) as connection:
        (copied,) = connection.execute("SELECT count(*) FROM sets").fetchone()
    assert copied < len(here.rows()["sets"])
    carry(here, there, tmp_path, "json")
    assert there.rows() == here.rows()


def test_an_apostrophe_that_somebody_typed_in_a_spreadsheet_stays() -> None:
    assert unguard("'tis better") == "'tis better"
