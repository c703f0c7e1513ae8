"""A person who looks whether it helps: by mouse and keyboard, with every value held against the diary file itself."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QRadioButton

from coach.bootstrap import fill_with_demo
from coach.ui.charts.table import TableView
from tests.journeys import eyes, hands

if TYPE_CHECKING:
    from coach.ui.charts.chart import Table
    from tests.journeys.desk import Desk

DAYS = 84
NOT_SUPERSEDED = "id not in (select supersedes from {0} where supersedes is not null)"
PAIN = f"""
    select local_date, sum(nrs) * 1.0 / count(*), min(nrs), max(nrs), count(*) from pain_ratings
    where region = ? and side = ? and moment = ? and local_date >= ? and nrs is not null
    and {NOT_SUPERSEDED.format("pain_ratings")} group by local_date order by local_date
"""
WORKED = f"""
    select local_date, side, sum(coalesce(real_hold_s, real_reps)) * 1.0 / count(*), count(*) from sets
    where exercise_id = ? and local_date >= ? and status <> 'skipped'
    and {NOT_SUPERSEDED.format("sets")} group by local_date, side order by local_date, side
"""


@pytest.fixture
def weeks(practised: Desk) -> Desk:
    """Twelve weeks of history."""
    fill_with_demo(practised.core, DAYS)
    practised.open()
    hands.press("Ctrl+2")
    practised.settle()
    return practised


def in_the_file(desk: Desk, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the diary says to another program."""
    with closing(sqlite3.connect(f"file:{desk.folder / 'diary.sqlite3'}?mode=ro", uri=True)) as file:
        return file.execute(query, values).fetchall()


def since(desk: Desk, days: int) -> str:
    """The first day of a range that ends today."""
    return (desk.clock.now().date() - timedelta(days=days - 1)).isoformat()


def table(title: str) -> Table:
    """The table of this title that is shown."""
    (found,) = [shown.table for shown in eyes.shown(TableView) if shown.table.title.startswith(title)]
    return found


def rated(title: str = "Pain") -> list[tuple[Any, ...]]:
    """Day, mean, lowest, highest and number of the rated days that are shown."""
    shown = table(title)
    assert shown.raw_columns[:5] == ("date", "pain", "lowest", "highest", "ratings")
    return [row[:5] for row in shown.raw if row[1] is not None]


def roughly(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Means to a hundredth: files hold no more."""
    return [tuple(round(cell, 2) if isinstance(cell, float) else cell for cell in row) for row in rows]


def test_the_table_of_pain_says_what_the_diary_says(weeks: Desk) -> None:
    hands.click("Show as table: Pain")
    heel = ("heel_sole", "left", "pre")
    assert roughly(rated()) == roughly(in_the_file(weeks, PAIN, *heel, since(weeks, 91)))
    assert len(rated()) > DAYS // 2
    hands.click("2 weeks", QRadioButton)
    weeks.settle()
    assert roughly(rated()) == roughly(in_the_file(weeks, PAIN, *heel, since(weeks, 14)))
    hands.click("Low back, centre")
    weeks.settle()
    back = ("low_back", "centre", "pre")
    assert roughly(rated("Pain: Low back")) == roughly(in_the_file(weeks, PAIN, *back, since(weeks, 14)))


@pytest.mark.parametrize("desk", ["thread"], indirect=True)
def test_the_same_by_keyboard_and_on_a_real_thread(practised: Desk) -> None:
    fill_with_demo(practised.core, DAYS)
    practised.open()
    hands.press("Ctrl+2")
    practised.settle()
    hands.tab_to("3 months")
    hands.press("Right", "Right")  # two at once: the newest wins
    practised.settle()
    assert eyes.find("All", QRadioButton).isChecked()
    hands.tab_to("Before a session")
    hands.press("Down")
    practised.settle()
    hands.tab_to("Show as table: Pain: Heel or sole, left")
    hands.press("Enter")
    morning = ("heel_sole", "left", "am")
    assert roughly(rated()) == roughly(in_the_file(practised, PAIN, *morning, "2000-01-01"))
    hands.press("Enter")
    assert eyes.shown(TableView) == []


def test_sessions_and_sets_say_what_the_diary_says(weeks: Desk) -> None:
    hands.click("Show as table: Sessions")
    days = "select local_date, count(*) from sessions where local_date >= ? group by local_date"
    lived = dict(in_the_file(weeks, days, since(weeks, 371)))
    shown = table("Sessions")
    place = shown.raw_columns.index("sessions")
    found = {row[0]: row[place] for row in shown.raw if row[place]}
    assert found == {day: n for day, n in lived.items() if day >= shown.raw[0][0]}
    assert len(found) > DAYS // 2
    hands.click("Show as table: Single-leg balance")
    sets = table("Single-leg balance")
    worked = in_the_file(weeks, WORKED, "single_leg_balance", since(weeks, 91))
    columns = [sets.raw_columns.index(name) for name in ("day_from", "side", "mean", "sets")]
    assert roughly([tuple(row[place] for place in columns) for row in sets.raw]) == roughly(worked)


def test_the_answer_follows_from_the_file(weeks: Desk) -> None:
    found = in_the_file(weeks, PAIN, "heel_sole", "left", "pre", since(weeks, 91))
    begun = date.fromisoformat(found[0][0])
    first = [row[1] for row in found if date.fromisoformat(row[0]) < begun + timedelta(days=7)]
    last = [row[1] for row in found if row[0] >= since(weeks, 7)]
    then, now = sum(first) / len(first), sum(last) / len(last)
    assert then - now >= 2
    assert "Clearly less pain" in eyes.words()
    assert f"Your average of the last 7 days is {now:.1f}." in eyes.words()
    assert f"it was {then:.1f}. A fall of {round(then, 1) - round(now, 1):.1f} points is more than" in eyes.words()
    assert f"It rests on {len(first)} rated days then and {len(last)} now (before a session)." in eyes.words()


def test_a_chart_is_saved_after_saying_what_is_in_it(weeks: Desk) -> None:
    target = weeks.chooser.path = weeks.folder / "pain.csv"
    hands.click("Save: Pain")
    hands.click("Table (CSV)", QRadioButton)
    assert "rows with their dates and values, for a spreadsheet. No name, no notes." in eyes.words()
    assert not target.exists()
    hands.click("Choose a place…")
    assert weeks.chooser.proposed == "foot-coach-pain-heel-or-sole-left-2026-11-15.csv"
    assert f"Written to {target}." in eyes.words()
    with target.open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.DictReader(file))
    found = in_the_file(weeks, PAIN, "heel_sole", "left", "pre", since(weeks, 91))
    saved = [(row["date"], round(float(row["pain"]), 2)) for row in kept if row["pain"]]
    assert saved == [(day, round(mean, 2)) for day, mean, *_ in found]


@pytest.mark.parametrize("form", ["Picture (PNG)", "Drawing (SVG)"])
def test_a_picture_is_saved(weeks: Desk, form: str) -> None:
    ending = form[-4:-1].lower()
    target = weeks.chooser.path = weeks.folder / f"sessions.{ending}"
    hands.click("Save: Sessions")
    hands.click(form, QRadioButton)
    hands.click("Choose a place…")
    begins = target.read_bytes()[:60]
    assert begins.startswith(b"\x89PNG" if ending == "png" else b"<?xml")


def test_a_place_that_cannot_be_written_is_one_sentence(weeks: Desk) -> None:
    weeks.chooser.path = weeks.folder / "no such folder" / "pain.csv"
    hands.click("Save: Pain")
    hands.click("Choose a place…")
    assert "could not be written" in eyes.words()
    assert "Nothing was changed there. Mend that, or choose another place." in eyes.words()


def test_a_report_says_what_is_in_it_and_is_written(weeks: Desk) -> None:
    target = weeks.chooser.path = weeks.folder / "report.pdf"
    hands.tab_to("Report")
    hands.press("Enter")
    weeks.settle()
    assert "In it: 6 exercises of your programme" in eyes.words()
    assert not eyes.find("Your notes, word for word", QAbstractButton).isChecked()
    assert not eyes.find("Answers about worrying symptoms", QAbstractButton).isChecked()
    hands.click("Pain, a chart for each rated area")
    weeks.settle()
    assert "pain of" not in eyes.words()
    hands.tab_to("Save PDF…")
    hands.press("Enter")
    weeks.settle()
    assert weeks.chooser.proposed == "foot-coach-report-2026-11-15.pdf"
    assert target.read_bytes().startswith(b"%PDF-")
    assert f"Written to {target}." in eyes.words()


def test_a_name_is_not_counted_and_is_there_for_the_next_report_but_what_is_private_is_ticked_anew(weeks: Desk) -> None:
    hands.click("Report")
    hands.click("Self-tests")
    hands.click("Your notes, word for word")
    weeks.settle()
    eyes.find("Name, if it is to be printed", QLineEdit).setText("Erna")
    assert eyes.find("Save PDF…", QAbstractButton).isEnabled()
    hands.click("Print…")
    weeks.settle()
    hands.click("Report")
    weeks.settle()
    assert eyes.find("Name, if it is to be printed", QLineEdit).text() == "Erna"
    assert not eyes.find("Self-tests", QAbstractButton).isChecked()
    assert not eyes.find("Your notes, word for word", QAbstractButton).isChecked()


def test_a_sheet_of_the_programme(weeks: Desk) -> None:
    target = weeks.chooser.path = weeks.folder / "sheet.pdf"
    hands.click("Report")
    hands.click("A sheet of your programme instead…")
    weeks.settle()
    assert target.read_bytes().startswith(b"%PDF-")


def test_without_a_printer_it_says_so(weeks: Desk) -> None:
    hands.click("Report")
    weeks.settle()
    hands.click("Print…")
    weeks.settle()
    assert "No printer is set up on this computer." in eyes.words()


def test_how_it_is_decided_is_told_with_its_sources(weeks: Desk) -> None:
    hands.click("How this is decided")
    shown = eyes.words()
    assert "the average fell by 2 points or more. From a start of 4 or less, 1 is enough." in shown
    assert "Childs JD et al. 2005, Spine 30:1331–1334" in shown
    assert "10.1055/a-1304-3677" in shown
    assert "Our own choice" in shown
    hands.press("Esc")
    assert eyes.sees("Progress", QLabel)


def test_what_was_chosen_is_kept_while_the_program_runs(weeks: Desk) -> None:
    hands.click("1 year", QRadioButton)
    hands.click("Low back, centre")
    weeks.settle()
    hands.press("Ctrl+1", "Ctrl+2")
    weeks.settle()
    assert eyes.find("1 year", QRadioButton).isChecked()
    assert eyes.find("Low back, centre", QComboBox).currentText() == "Low back, centre"


def test_the_first_day_leads_to_the_first_rating(practised: Desk) -> None:
    practised.open()
    hands.press("Ctrl+2")
    assert "Too early to say" in eyes.words()
    hands.click("Start with today's rating")
    practised.settle()
    assert eyes.sees("Nothing hurts", QAbstractButton)
