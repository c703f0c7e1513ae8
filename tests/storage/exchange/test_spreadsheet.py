"""Our CSV in a real spreadsheet: what dates, numbers and texts become, and that saved again it is the same history."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from coach.services.keeping import ExportFormat
from coach.services.reminding import MorningCheck, Stiffness
from coach.storage.exchange.csv_files import guard
from tests import records as r
from tests.spreadsheet import EAGER, PLAIN, cells, convert, needs_office
from tests.storage.exchange.histories import HOSTILE, Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.spreadsheet import Cell

pytestmark = needs_office
LIKE_NUMBERS = ("12", "007", "1e5", "1,5", "1.234,5", "50%", "3/4", "1-2", "12:30", "2026-11-15", "15.11.2026", "TRUE")
LIKE_DATES = ("Mar 5", "Nov-5", "March 2026", "May 5, 2026", "10 AM", "8pm", "10:30:00 PM", "2026-11-27T10:00:00")
NOTES = (
    *LIKE_NUMBERS,
    *LIKE_DATES,
    "Mar 5 was bad",
    "10 amps",
    "Füße über Ärger",
    '=HYPERLINK("file:///x")',
    "2 sets were hard",
    *HOSTILE,
)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Somebody who has written all that a spreadsheet may take for something else."""
    folder = tmp_path_factory.mktemp("lived")
    home = Home(folder)
    for number, note in enumerate(NOTES):
        begun = r.start(number * 30)
        home.live([begun, r.done(begun, number * 30, title=note), r.end(begun, number * 30, note=note)])
    home.diary.add_pain((r.pain(), r.pain(1, nrs=None, sign="snap")))
    for number, stiffness in enumerate(Stiffness):
        home.diary.reminders.add_check(MorningCheck(r.new_id(), r.stamp(number), stiffness), ())
    yield home
    home.diary.close()


@pytest.fixture(scope="module")
def exported(history: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv") / "history"
    return history.diary.archive.export(folder, ExportFormat.CSV).path


@pytest.fixture(scope="module", params=[PLAIN, EAGER], ids=["plain", "eager"])
def sheets(request: pytest.FixtureRequest, exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Calc makes of the files."""
    folder = tmp_path_factory.mktemp("sheets")
    convert(sorted(exported.glob("*.csv")), "fods", folder, request.param)
    return folder


def column(folder: Path, table: str, name: str) -> list[Cell]:
    head, *rows = (row for row in cells(folder / f"{table}.fods") if any(kind for kind, _ in row))
    place = [value for _, value in head].index(name)
    return [row[place] for row in rows]


def test_dates_are_dates_and_numbers_numbers(sheets: Path) -> None:
    assert {kind for kind, _ in column(sheets, "sessions", "local_date")} == {"date"}
    assert ("date", "2026-11-15") in column(sheets, "sessions", "local_date")
    assert set(column(sheets, "session_ends", "seconds")) == {("float", "810")}
    assert set(column(sheets, "sets", "real_reps")) == {("float", "10")}
    assert sorted(column(sheets, "pain_ratings", "nrs")) == [("", ""), ("float", "3")]


@pytest.mark.parametrize(("table", "name"), [("session_ends", "note"), ("sets", "title")])
def test_fault_47_texts_are_texts_whatever_they_look_like(sheets: Path, table: str, name: str) -> None:
    found = column(sheets, table, name)
    assert {kind for kind, _ in found} == {"string"} | ({""} if ("", "") in found else set())
    shown = {value for _, value in found}
    for note in NOTES:
        if "\r" not in note and "\t" not in note and note.strip():  # which a cell cannot show
            assert guard(note, nullable=False) in shown


def test_ids_instants_and_words_of_lists_are_texts(sheets: Path) -> None:
    for table, name in (("sessions", "id"), ("sessions", "at"), ("sessions", "zone"), ("sets", "side")):
        assert {kind for kind, _ in column(sheets, table, name)} == {"string"}
    assert {value for _, value in column(sheets, "checks", "stiffness")} == {"'0", "'1-5", "'6-15", "'16-30", ">30"}


def test_what_is_saved_again_is_the_same_history(history: Home, exported: Path, tmp_path: Path) -> None:
    """All but texts with a bare carriage return, for which a cell has no place: they are left out, and told."""
    saved = tmp_path / "saved"
    convert(sorted(exported.glob("*.csv")), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", saved, PLAIN)
    preview = history.diary.archive.preview(saved)
    with (saved / "sets.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == len(NOTES) + 1
    odd = sum("\r" in note for note in NOTES)
    assert not any(preview.new.rows.values())
    assert {left.table: left.count for left in preview.left} == {"session_ends": odd, "sets": odd}
