"""`coach report` and `coach sheet`: what is in them is said first, and every trouble is one sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from coach.bootstrap import open_core
from coach.cli import SECTIONS, run
from coach.services.report import USUAL, Section
from tests.test_architecture import ROOT
from tests.test_chores import Line, line  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

# The window's own platform of Qt is there already in these tests.
pytestmark = pytest.mark.usefixtures("qapp")
USUAL_WORDS = re.compile(
    r"The report from \d+ \w+ \d{4} to \d+ \w+ \d{4} holds 6 exercises of the programme now, \d+ sessions, "
    r"\d+ areas with pain ratings, \d+ exercises over time and \d+ self-tests\."
)


def pages(path: Path) -> int:
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_command_line_knows_the_sections_without_loading_them() -> None:
    assert list(SECTIONS) == [section.value for section in Section]
    assert {Section(name) for name in SECTIONS[:5]} == USUAL


def test_a_report_says_what_it_holds_and_what_it_leaves_out(line: Line, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "report.pdf"
    first, left, readable, written = line.do("report", "--out", out).splitlines()
    assert USUAL_WORDS.fullmatch(first)
    assert left == "Left out: answers about symptoms, notes."
    assert readable == "It is readable by whoever has it."
    assert written == f"Wrote it to {out}."
    assert 1 <= pages(out) <= 2


def test_notes_symptoms_and_a_name_go_out_if_they_are_asked_for(line: Line, tmp_path: Path) -> None:  # noqa: F811
    words = ("--with-notes", "--with-flags", "--name", "Ada Lovelace", "--paper", "letter")
    said = line.do("report", *words)
    assert re.search(r"\d+ answers? about symptoms and \d+ notes?\.\nIt names Ada Lovelace\.\nIt is readable", said)
    (made,) = tmp_path.glob("foot-coach-report-????-??-??.pdf")
    assert b"[0 0 612" in made.read_bytes()


def test_some_sections_only(line: Line, tmp_path: Path) -> None:  # noqa: F811
    said = line.do("report", "--sections", "adherence, pain", "--out", tmp_path / "a.pdf")
    assert "exercises" not in said.splitlines()[0]
    assert said.splitlines()[1].startswith("Left out: exercises of the programme now, ")


@pytest.mark.parametrize("words", [("--from", "yesterday"), ("--to", "2026-13-01"), ("--sections", "pain,gossip")])
def test_words_that_cannot_be_read_are_wrong_usage(words: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["report", *words])
    assert ended.value.code == 2
    assert "must be" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2026-11-02", "--to", "2026-11-01"), "--from 2026-11-02 comes after --to 2026-11-01"),
        (("--to", "0001-01-02"), "nothing for a report from 1 January 1 to 2 January 1."),
        (("--from", "1999-01-01", "--to", "1999-02-01"), "nothing for a report from 1 January 1999 to 1 February 1999"),
    ],
)
def test_dates_without_a_report(line: Line, words: tuple[str, ...], said: str, tmp_path: Path) -> None:  # noqa: F811
    told = line.do("report", *words, code=1)
    assert said in told
    assert told.count("\n") == 1
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("command", ["report", "sheet"])
def test_places_that_cannot_be_written(line: Line, command: str, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    for place, said in (
        (tmp_path, "it is a folder"),
        (tmp_path / "letter.txt", "is there already and is no .pdf file"),
        (tmp_path / "gone" / "a.pdf", "its folder is not there"),
        (tmp_path / "letter.txt" / "a.pdf", "a part of the path is not a folder"),
    ):
        told = line.do(command, "--out", place, code=1)
        assert said in told
        assert told.count("\n") == 1
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_sheet_of_the_programme_or_of_another_routine(line: Line, tmp_path: Path) -> None:  # noqa: F811
    assert line.do("sheet", "--out", tmp_path / "a.pdf").startswith("The sheet holds Daily six: 6 exercises, ")
    assert pages(tmp_path / "a.pdf") >= 1
    catalogue = open_core(line.folder).load_catalogue()
    other = next(routine for routine in catalogue.routines.values() if routine.id != "daily_six")
    assert f"holds {other.title}: " in line.do("sheet", "--routine", other.id, "--out", tmp_path / "b.pdf")
    told = line.do("sheet", "--routine", "marathon", code=1)
    assert "There is no routine 'marathon'. There are: daily_six, " in told


def test_an_empty_diary_has_a_sheet_and_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = Line(tmp_path / "new", capsys)
    assert "nothing for a report" in new.do("report", "--out", tmp_path / "a.pdf", code=1)
    new.do("sheet", "--out", tmp_path / "b.pdf")
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["b.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_papers_are_made_without_a_display(line: Line, tmp_path: Path) -> None:  # noqa: F811
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    for command in ("report", "sheet"):
        out = tmp_path / f"{command}.pdf"
        done = subprocess.run(
            [sys.executable, "-m", "coach", command, "--profile", str(line.folder), "--out", str(out)],
            env=environment | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert pages(out) >= 1
