"""`check` tells what the program would, about the files it was asked for and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.catalogue.check import check
from tests.catalogue.samples import ROUTINE, SHIPPED, swap, write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_shipped_files_are_in_order() -> None:
    assert check([SHIPPED], SHIPPED) == ()
    assert check(sorted(SHIPPED.rglob("*.toml")), SHIPPED) == ()


def test_good_files_alone_or_by_folder(tmp_path: Path) -> None:
    write(tmp_path)
    assert check([tmp_path]) == ()
    assert check([tmp_path / "heel_tap.toml"]) == ()
    assert check([tmp_path / "routines" / "morning.toml"]) == (), "the exercise beside the folder is known"


def test_only_what_was_asked_for_is_told(tmp_path: Path) -> None:
    write(tmp_path, knee_tap=swap("sets = 2", "sets = 99", swap("heel_tap", "knee_tap")))
    assert check([tmp_path / "heel_tap.toml"]) == ()
    (problem,) = check([tmp_path / "knee_tap.toml"])
    expected = "expected a whole number from 1 to 10 or a pair [low, high], found 99"
    assert str(problem) == f"knee_tap.toml, line 52, levels[1].sets: {expected}"


def test_routine_of_a_shipped_exercise(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped")
    mine = tmp_path / "evening.toml"
    mine.write_text(swap("morning", "evening", ROUTINE), encoding="utf-8")
    assert check([mine], shipped) == ()
    (problem,) = check([mine])
    assert problem.reason == 'there is no exercise "heel_tap"'


def test_same_id_as_a_shipped_file(tmp_path: Path) -> None:
    shipped, own = write(tmp_path / "shipped"), write(tmp_path / "own")
    (problem,) = check([own / "heel_tap.toml"], shipped)
    assert str(shipped / "heel_tap.toml") in problem.reason
    assert check([shipped / "heel_tap.toml"], shipped) == ()


def test_other_spellings_of_a_path_are_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = write(tmp_path / "shipped")
    monkeypatch.chdir(shipped)
    relative = shipped.relative_to(shipped)
    assert check([relative / "heel_tap.toml"], shipped) == ()
    assert check([shipped / "routines" / ".." / "heel_tap.toml"], shipped) == ()


def test_files_that_are_not_there(tmp_path: Path) -> None:
    gone, empty = tmp_path / "gone.toml", tmp_path / "empty"
    empty.mkdir()
    assert [p.reason for p in check([gone, gone])] == ["there is no such file"], "told once"
    assert [p.reason for p in check([empty])] == ["there is no exercise or routine file in this folder"]


def test_file_of_any_name_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    notes = tmp_path / "notes.txt"
    notes.write_text("Feet hurt.", encoding="utf-8")
    (problem,) = check([notes])
    assert problem.reason.startswith("not valid TOML")


def test_locked_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "mine")

    def refuse(_: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(folder), "iterdir", refuse)
    (problem,) = check([folder])
    assert (problem.file, problem.reason) == (folder, "the folder cannot be read: Permission denied")
    assert check([folder / "heel_tap.toml"]) == (), "the file itself can be read"
