"""The history as a whole from the command line: backups, restoring, export, import, erasing, a check-up."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.cli import run
from coach.ui.single import SingleWindow
from tests.storage.conftest import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Line:
    """A person at `coach --profile FOLDER`: `do` runs a command and gives what was printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def do(self, *words: str | Path, code: int = 0) -> str:
        assert run([*map(str, words), "--profile", str(self.folder)]) == code
        said = self._capsys.readouterr()
        return said.err if code else said.out

    def rows(self, table: str = "sets") -> int:
        with closing(sqlite3.connect(f"file:{self.folder / FILE}?mode=ro", uri=True)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    """Someone with three weeks of history, and nobody at the terminal who could be asked."""
    monkeypatch.chdir(tmp_path)
    made = Line(tmp_path / "person", capsys)
    made.do("demo", "--days", "21")
    return made


@pytest.fixture
def window(line: Line) -> Iterator[SingleWindow]:
    """The window is open on the same folder."""
    held = SingleWindow(line.folder)
    assert held.acquire()
    yield held
    held.release()


def test_a_backup_brings_back_what_was_erased(line: Line) -> None:
    before = line.rows()
    assert "Backed up" in line.do("backup")
    assert f"Erased {line.rows('sessions')} sessions, " in line.do("erase", "--everything", "--yes")
    assert line.rows() == 0
    listed = line.do("restore")
    assert [row.split()[6] for row in listed.splitlines()[:2]] == ["erase", "hand"]
    assert "The diary is back: " in line.do("restore", "2", "--yes")
    assert line.rows() == before


def test_a_damaged_diary_is_restored_and_the_damaged_file_kept(line: Line) -> None:
    line.do("backup")
    before = line.rows()
    (line.folder / FILE).write_bytes(bytes(range(256)) * 64)
    assert "coach: " in line.do("log", code=1)
    said = line.do("restore", "1", "--yes")
    kept = [path for path in (line.folder / "damaged").iterdir() if f"The file as it was is kept as {path}." in said]
    assert [path.read_bytes() for path in kept] == [bytes(range(256)) * 64]
    assert line.rows() == before


@pytest.mark.parametrize(("form", "name"), [("json", "history.json"), ("csv", "tables")])
def test_an_export_comes_back_on_another_computer_once(line: Line, form: str, name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    assert "readable by whoever has it" in line.do("export", "--format", form, "--out", target)
    other = Line(tmp_path / "other", line._capsys)
    assert "21 days" not in other.do("log")
    assert "Repeat it with --yes" in other.do("import", target)
    assert other.rows() == 0
    assert "Added " in other.do("import", target, "--yes")
    assert other.rows() == line.rows()
    assert "nothing new" in other.do("import", target, "--yes")
    assert other.rows() == line.rows()


def test_what_other_systems_read_is_counted_first(line: Line, tmp_path: Path) -> None:
    said = line.do("export", "--format", "fhir", "--name", "Ada Lovelace", "--dry-run").splitlines()
    assert said[0].startswith(f"This holds {line.rows('sessions')} sessions, {line.rows()} sets, ")
    assert said[0].endswith(", with your notes.")
    assert "Foot Coach cannot read it back" in said[1]
    assert list(tmp_path.glob("*.json")) == []
    assert line.do("export", "--format", "fhir", "--name", "Ada Lovelace").splitlines()[:3] == said
    (made,) = tmp_path.glob("foot-coach-*-fhir.json")
    bundle = json.loads(made.read_text(encoding="utf-8"))
    assert bundle["resourceType"] == "Bundle"
    assert bundle["entry"][0]["resource"]["name"] == [{"text": "Ada Lovelace"}]
    assert "cannot be imported" in line.do("import", made, "--yes", code=1)


def test_a_name_is_for_other_systems_alone(line: Line, tmp_path: Path) -> None:
    assert "--format fhir" in line.do("export", "--name", "Ada", code=1)
    assert list(tmp_path.glob("foot-coach-*")) == []


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_export_says_what_is_in_it_before_it_is_written(line: Line, form: str, tmp_path: Path) -> None:
    said = line.do("export", "--format", form, "--dry-run")
    assert said.startswith(f"This holds {line.rows('sessions')} sessions, {line.rows():,} sets, ")
    assert "ends of sessions" in said
    assert "readable by whoever has it" in said
    assert list(tmp_path.glob("foot-coach-*")) == []
    (tmp_path / "kept.txt").write_text("mine", encoding="utf-8")
    assert "Nothing" in line.do("export", "--format", form, "--out", tmp_path / "gone" / "x", code=1)


def test_an_export_without_a_place_is_named_by_the_day(line: Line, tmp_path: Path) -> None:
    line.do("export")
    (made,) = tmp_path.glob("foot-coach-*.json")
    assert json.loads(made.read_text(encoding="utf-8"))["format"] == "foot-coach-history"


def test_what_is_no_export_is_refused(line: Line, tmp_path: Path) -> None:
    (tmp_path / "shopping.json").write_text("{}", encoding="utf-8")
    assert "shopping.json" in line.do("import", tmp_path / "shopping.json", "--yes", code=1)
    assert "nowhere" in line.do("import", tmp_path / "nowhere", "--yes", code=1)


def test_one_exercise_is_erased_and_the_others_stay(line: Line) -> None:
    before = line.rows()
    assert "A backup" not in line.do("erase", "--exercise", "calf_raise", "--yes").splitlines()[0]
    assert 0 < line.rows() < before
    assert "There is nothing of that" in line.do("erase", "--exercise", "calf_raise")


def test_a_range_of_days_is_erased_with_its_backups(line: Line) -> None:
    line.do("backup")
    line.do("erase", "--from", "2000-01-01", "--to", "2100-01-01", "--backups-too", "--yes")
    assert line.rows() == 0
    made, *rest = line.do("restore").splitlines()
    assert made.split()[6] == "erase"  # of the reminder, which stays
    assert rest[0].startswith("`coach restore NUMBER`")


@pytest.mark.parametrize(
    "words",
    [(), ("--from", "2026-11-02"), ("--from", "2026-11-02", "--to", "2026-11-01"), ("--everything", "--exercise", "x")],
)
def test_erasing_needs_one_clear_wish(line: Line, words: tuple[str, ...]) -> None:
    before = line.rows()
    line.do("erase", *words, "--yes", code=1)
    assert line.rows() == before


@pytest.mark.parametrize("answer", ["", "n", "later"])
def test_whoever_does_not_say_yes_changes_nothing(line: Line, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = line.rows()
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    assert "Nothing was changed" in line.do("erase", "--everything")
    assert line.rows() == before


def test_beside_an_open_window_only_looking_is_done(line: Line, window: SingleWindow, tmp_path: Path) -> None:
    line.do("backup")
    line.do("export", "--out", tmp_path / "beside.json")
    line.do("doctor")
    for words in (
        ("restore", "1", "--yes"),
        ("import", tmp_path / "beside.json", "--yes"),
        ("erase", "--everything", "--yes"),
    ):
        assert "Foot Coach is open on this diary" in line.do(*words, code=1)


def test_the_doctor_says_how_it_is_in_plain_words(line: Line) -> None:
    line.do("backup")
    said = line.do("doctor")
    assert sqlite3.sqlite_version in said
    assert "The file is whole" in said
    assert "It opens and is whole" in said
    findings = json.loads(line.do("doctor", "--json"))
    assert {finding["verdict"] for finding in findings} <= {"ok", "warn"}


def test_the_doctor_fails_on_a_damaged_diary(line: Line) -> None:
    (line.folder / FILE).write_bytes(b"")
    assert run(["doctor", "--profile", str(line.folder)]) == 1
    assert "BAD" in line._capsys.readouterr().out


def test_a_backup_that_is_none_is_refused(line: Line, tmp_path: Path) -> None:
    before = line.rows()
    (tmp_path / "letter.txt").write_text("Dear doctor", encoding="utf-8")
    assert "letter.txt" in line.do("restore", tmp_path / "letter.txt", "--yes", code=1)
    assert "There is no backup 7" in line.do("restore", "7", "--yes", code=1)
    assert "nowhere" in line.do("restore", tmp_path / "nowhere", "--yes", code=1)
    assert line.rows() == before
