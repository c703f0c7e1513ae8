"""Several folders and many files together: what is found, what wins, and how far one fault reaches."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from coach.catalogue.loader import load_catalogue
from coach.domain.exercise import Dose, Range, Sides, Tempo
from tests.catalogue.samples import ROUTINE, swap, write

if TYPE_CHECKING:
    from pathlib import Path


def test_sample_becomes_a_full_exercise(tmp_path: Path) -> None:
    exercise = load_catalogue([write(tmp_path)]).exercises["heel_tap"]
    first, second = exercise.levels
    assert (first.sets, first.reps, first.tempo) == (Range(1, 3), Range(10, 10), Tempo(2, 0, 3))
    assert (first.rest_s, first.rest_max_s, first.daily_ok) == (30, None, True)
    assert (second.rest_s, second.rest_max_s, second.per_week) == (60, 120, Range(3, 3))
    assert second.load_kg == (0.0, 2.5)
    assert not second.daily_ok
    assert first.cues == second.cues == ("Slowly.",), "what a level leaves out comes from the exercise"
    assert second.start_dose() == Dose(2, Sides.EACH, 60, reps=8, tempo=Tempo(2, 0, 3))
    assert set(exercise.poses) == {"sit"}


def test_texts_may_be_wrapped(tmp_path: Path) -> None:
    write(tmp_path, heel_tap=swap('start = "Sit tall."', 'start = """\n  Sit\n  tall.\n"""'))
    assert load_catalogue([tmp_path]).exercises["heel_tap"].start == "Sit tall."


def test_a_level_may_have_its_own_words(tmp_path: Path) -> None:
    own = """go_up = "Stay."
cues = ["Taller."]
equipment = ["chair"]
phases = { effort = "Up", hold = "-", back = "Down" }"""
    write(tmp_path, heel_tap=swap('go_up = "Stay."', own))
    first, second = load_catalogue([tmp_path]).exercises["heel_tap"].levels
    assert (second.cues, second.equipment, second.phases.back) == (("Taller.",), ("chair",), "Down")
    assert (first.cues, first.equipment, first.phases.back) == (("Slowly.",), (), "Lower")


def test_own_folder_adds_to_the_shipped_one(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped")
    own = tmp_path / "own"
    (own / "routines").mkdir(parents=True)
    (own / "routines" / "evening.toml").write_text(swap("morning", "evening", ROUTINE), encoding="utf-8")
    catalogue = load_catalogue([shipped, own])
    assert not catalogue.problems
    assert set(catalogue.routines) == {"morning", "evening"}
    assert catalogue.routines["evening"].items[0].exercise is catalogue.exercises["heel_tap"]


def test_duplicate_id_keeps_the_first_and_names_both(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped")
    own = write(tmp_path / "own", heel_tap=swap("Heel taps", "My taps"), routine=swap("Morning", "Mine", ROUTINE))
    catalogue = load_catalogue([shipped, own])
    assert catalogue.exercises["heel_tap"].title == "Heel taps"
    assert catalogue.routines["morning"].title == "Morning"
    for problem, name in zip(catalogue.problems, ("heel_tap.toml", "routines/morning.toml"), strict=True):
        assert problem.file == own / name
        assert str(shipped / name) in problem.reason
        assert (problem.key, problem.line) == ("id", 2)


def test_exercise_and_routine_may_share_an_id(tmp_path: Path) -> None:
    write(tmp_path)
    routine = swap('"morning"', '"heel_tap"', ROUTINE)
    (tmp_path / "routines" / "heel_tap.toml").write_text(routine, encoding="utf-8")
    catalogue = load_catalogue([tmp_path])
    assert not catalogue.problems
    assert "heel_tap" in catalogue.exercises
    assert "heel_tap" in catalogue.routines


def test_library_order_is_order_then_id(tmp_path: Path) -> None:
    names = {"c": 1, "b": 2, "a": 2}
    texts = {
        name: swap('summary = "', f'order = {order}\nsummary = "', swap("heel_tap", name))
        for name, order in names.items()
    }
    assert list(load_catalogue([write(tmp_path, **texts)]).exercises) == ["c", "a", "b", "heel_tap"]


def test_broken_alternative_only_loses_its_link(tmp_path: Path) -> None:
    nap = swap('do = "Rest."', 'do = "Rest.", exercise = "knee_tap"')
    broken = swap("sets = 2", "sets = 99", swap("heel_tap", "knee_tap"))
    catalogue = load_catalogue([write(tmp_path, heel_tap=nap, knee_tap=broken)])
    assert [problem.file.name for problem in catalogue.problems] == ["knee_tap.toml"]
    alternative = catalogue.exercises["heel_tap"].alternatives[0]
    assert (alternative.do, alternative.exercise) == ("Rest.", None)


def test_alternative_links_to_an_exercise_that_comes_later(tmp_path: Path) -> None:
    nap = swap('do = "Rest."', 'do = "Rest.", exercise = "zzz"')
    catalogue = load_catalogue([write(tmp_path, heel_tap=nap, zzz=swap("heel_tap", "zzz"))])
    assert not catalogue.problems
    assert catalogue.exercises["heel_tap"].alternatives[0].exercise == "zzz"


def test_routine_of_a_broken_exercise_says_so(tmp_path: Path) -> None:
    write(tmp_path, heel_tap=swap("sets = 2", "sets = 99"))
    problem = load_catalogue([tmp_path]).problems[1]
    assert (problem.key, problem.line) == ("items[0].exercise", 7)
    assert problem.reason == 'the file of "heel_tap" could not be used'


def test_only_toml_files_are_content(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("notes.txt", ".heel_tap.toml", "heel_tap.toml~", "heel_tap.toml.bak", "schema.json"):
        (tmp_path / name).write_text("no content", encoding="utf-8")
    assert not load_catalogue([tmp_path]).problems


def test_shipped_folder_must_exist_and_an_own_one_need_not(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert not load_catalogue([write(tmp_path / "shipped"), gone]).problems
    catalogue = load_catalogue([gone])
    assert not catalogue.exercises
    assert [(p.file, p.reason) for p in catalogue.problems] == [(gone, "there is no such folder")]


def test_a_file_in_the_place_of_the_own_folder_is_told(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped")
    place = tmp_path / "own"
    place.write_text("no folder", encoding="utf-8")
    catalogue = load_catalogue([shipped, place])
    assert list(catalogue.exercises) == ["heel_tap"]
    (problem,) = catalogue.problems
    assert problem.file == place
    assert problem.reason.startswith("the folder cannot be read: ")


def test_locked_own_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, own = write(tmp_path / "shipped"), tmp_path / "own"
    own.mkdir()
    listing = type(own).iterdir

    def refuse(folder: Path) -> object:
        if folder == own:
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(type(own), "iterdir", refuse)
    catalogue = load_catalogue([shipped, own])
    assert list(catalogue.exercises) == ["heel_tap"]
    assert [p.reason for p in catalogue.problems] == ["the folder cannot be read: Permission denied"]


def test_problems_keep_the_order_of_the_files(tmp_path: Path) -> None:
    bad = {name: swap("sets = 2", "sets = 99", swap("heel_tap", name)) for name in ("a", "b")}
    assert [p.file.stem for p in load_catalogue([write(tmp_path, **bad)]).problems] == ["a", "b"]


@pytest.mark.skipif(os.name == "nt", reason="Windows needs a privilege to make links")
def test_linked_files_are_read(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped")
    elsewhere = tmp_path / "elsewhere.toml"
    shutil.move(shipped / "heel_tap.toml", elsewhere)
    (shipped / "heel_tap.toml").symlink_to(elsewhere)
    assert not load_catalogue([shipped]).problems
