"""The programme sheet: everything needed to exercise without the program, on one or two pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from coach.domain.routine import Routine
from coach.services.report import Paper
from coach.ui.paper.sheet import SheetChoice, sheet_document, sheet_pages, write_sheet
from coach.ui.paper.words import dose_in_full, safety_notice, session_notice
from tests.samples import calf_raises, shipped
from tests.ui.paper import made, pdf
from tests.ui.paper.test_report import SIZES

if TYPE_CHECKING:
    from pathlib import Path


def choice(routine: str = "daily_six", paper: Paper = Paper.A4, **more: object) -> SheetChoice:
    """A shipped routine."""
    return replace(SheetChoice(shipped().routines[routine], made.LAST, paper), **more)  # type: ignore[arg-type]


def write(wanted: SheetChoice, tmp_path: Path, assets: Path) -> Path:
    """The sheet as a file."""
    target = tmp_path / "sheet.pdf"
    write_sheet(wanted, target, assets)
    return target


@pdf.needs_poppler
@pytest.mark.parametrize("paper", Paper)
def test_six_exercises_with_all_they_need_stand_on_two_pages(paper: Paper, tmp_path: Path, assets: Path) -> None:
    wanted = choice(paper=paper, name="Margaret Ellis")
    file = write(wanted, tmp_path, assets)
    facts, text = pdf.facts(file), pdf.text(file)
    assert (facts["Pages"], facts["Page size"]) == ("2", SIZES[paper])
    assert facts["Title"] == "Foot Coach programme, Daily six"
    for words in (
        "Daily six", "Margaret Ellis", "About 13½ min", session_notice(), safety_notice(),
        "2 sets of 10, both feet together, rest 45 s", "2 holds of 30 s, each side",
        "Stop, and get help the same day: A snap or sudden pain at the back of the heel",
        "3–7 times a week, every day is fine",
    ):  # fmt: skip
        assert words in text
    for item in wanted.routine.items:
        assert f". {item.exercise.title}" in text
        for step in item.exercise.level(item.level).steps[:4]:
            assert step.text.removesuffix(".").split()[-1] in text
    assert all(pdf.fonts(file).values())


@pdf.needs_poppler
@pytest.mark.parametrize(("weeks", "days"), [(1, 7), (2, 14), (4, 28)])
def test_there_is_a_box_for_every_day(weeks: int, days: int, tmp_path: Path, assets: Path) -> None:
    text = pdf.text(write(choice("daily_short", weeks=weeks), tmp_path, assets))
    numbers = " ".join(str(day) for day in range(1, days + 1))
    assert numbers in text
    assert f"{numbers} {days + 1}" not in text


@pdf.needs_poppler
def test_a_long_routine_takes_the_pages_it_needs(tmp_path: Path, assets: Path) -> None:
    six = shipped().routines["daily_six"]
    file = write(SheetChoice(replace(six, items=six.items * 3), made.LAST), tmp_path, assets)
    assert int(pdf.facts(file)["Pages"]) == 6


@pdf.needs_poppler
def test_an_empty_routine_is_a_page_as_well(tmp_path: Path, assets: Path) -> None:
    file = write(SheetChoice(Routine("none", "My own", "", ()), made.LAST), tmp_path, assets)
    assert pdf.facts(file)["Pages"] == "1"


def test_figures_are_drawn_and_each_person_is_another(assets: Path) -> None:
    first, second = (sheet_pages(choice("daily_short", person=person), assets, 40)[0] for person in (0, 3))
    assert first != second


def test_a_sheet_is_a_small_file(assets: Path) -> None:
    assert len(sheet_document(choice(), assets).pdf()) < 1_500_000


def test_a_dose_is_said_in_full() -> None:
    level = calf_raises().level(1)
    dose = level.start_dose()
    assert dose_in_full(replace(dose, sets=1)).startswith("1 set of ")
    assert "rest" not in dose_in_full(replace(dose, sets=1))
    assert dose_in_full(replace(dose, sets=3, rest_s=45)).endswith("rest 45 s")
