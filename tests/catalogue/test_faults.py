"""Every broken file is skipped with its line, its key and a reason, and the files beside it still work."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.catalogue.faults import ContentError
from coach.catalogue.loader import load_catalogue
from coach.catalogue.reading import MAX_BYTES, parse, read_text
from tests.catalogue.samples import EXERCISE, ROUTINE, line_with, swap, write

if TYPE_CHECKING:
    from coach.errors import Problem


@dataclass(frozen=True)
class Case:
    """A way to break the sample: the text to replace, its replacement, and the problem that must come of it."""

    name: str
    old: str
    new: str
    key: str | None
    line_of: str | None
    reason: str


EXERCISE_CASES = (
    Case("unknown key", 'name = "Seated"', 'nmae = "Seated"', "levels[0].nmae", "nmae =", "did you mean `name`?"),
    Case(
        "unknown key far from any", 'summary = "', 'zzz = 1\nsummary = "', "zzz", "zzz = 1", "known here: alternatives"
    ),
    Case(
        "unknown key in a step", "seconds = 2", "second = 2", "steps[0].second", "second =", "did you mean `seconds`?"
    ),
    Case("wrong type", "sets = 2", 'sets = "two"', "levels[1].sets", 'sets = "two"', 'pair [low, high], found "two"'),
    Case("wrong type: list for text", 'title = "Heel taps"', "title = []", "title", "title =", "found a list of 0"),
    Case("wrong type: number for text", 'start = "Sit tall."', "start = 3", "start", "start =", "found 3"),
    Case("wrong type: date", 'start = "Sit tall."', "start = 2026-01-01", "start", "start =", "found a date"),
    Case(
        "wrong type: text for a list", 'cues = ["Slowly."]', 'cues = "Slowly."', "cues", "cues =", "expected a list of"
    ),
    Case("wrong type: true for a number", "sets = 2", "sets = true", "levels[1].sets", "sets = true", "found true"),
    Case("wrong type: 2.0 for a whole number", "sets = 2", "sets = 2.0", "levels[1].sets", "sets = 2.0", "found 2.0"),
    Case(
        "wrong type: 1 for true", "daily_ok = true", "daily_ok = 1", "levels[0].daily_ok", "daily_ok =", "true or false"
    ),
    Case("wrong type: number for a table", "phases = {", "phases = 1 #", "phases", "phases = 1", "a table, found 1"),
    Case("sets = 99", "sets = 2", "sets = 99", "levels[1].sets", "sets = 99", "a whole number from 1 to 10"),
    Case("sets = [1, 99]", "sets = [1, 3]", "sets = [1, 99]", "levels[0].sets[1]", "sets = [1, 99]", "found 99"),
    Case("sets = 0", "sets = 2", "sets = 0", "levels[1].sets", "sets = 0", "from 1 to 10"),
    Case(
        "sets of three values", "sets = [1, 3]", "sets = [1, 2, 3]", "levels[0].sets", "sets = [1,", "found a list of 3"
    ),
    Case(
        "reversed range",
        "reps = [8, 12]",
        "reps = [12, 8]",
        "levels[1].reps",
        "reps = [12",
        "[low, high], found [12, 8]",
    ),
    Case("reps = -1", "reps = 10", "reps = -1", "levels[0].reps", "reps = -1", "from 1 to 100"),
    Case("64-bit overflow", "reps = 10", f"reps = {10**30}", "levels[0].reps", "reps = 1000", "from 1 to 100"),
    Case("rest = 9999", "rest_s = 30", "rest_s = 9999", "levels[0].rest_s", "rest_s = 9999", "from 0 to 600"),
    Case("tempo of two", "tempo = [2, 0, 3]", "tempo = [2, 3]", "levels[0].tempo", "tempo = [2, 3]", "a list of 3"),
    Case("tempo = 30", "tempo = [2, 0, 3]", "tempo = [2, 0, 30]", "levels[0].tempo[2]", "30]", "from 0 to 20"),
    Case("tempo unlike its steps", "seconds = 3", "seconds = 4", "levels[0].tempo", "tempo =", "the steps take 6 s"),
    Case("no tempo", "tempo = [2, 0, 3]\n", "", "levels[0].tempo", "[[levels]]", "missing"),
    Case("no reps", "reps = 10\n", "", "levels[0].reps", "[[levels]]", "missing"),
    Case(
        "a hold among reps", "reps = 10", "reps = 10\nhold_s = 30", "levels[0].hold_s", "hold_s", "kind reps has none"
    ),
    Case("a tempo among holds", 'kind = "reps"', 'kind = "hold"', "levels[0].reps", "reps = 10", "kind hold has none"),
    Case("hold = 0", "reps = 10", "reps = 10\nhold_s = 0", "levels[0].hold_s", "hold_s", "from 1 to 600"),
    Case("hold = -1", "reps = 10", "reps = 10\nhold_s = -1", "levels[0].hold_s", "hold_s", "from 1 to 600"),
    Case("NaN hold", "reps = 10", "reps = 10\nhold_s = nan", "levels[0].hold_s", "hold_s", "a finite number"),
    Case("infinite hold", "reps = 10", "reps = 10\nhold_s = -inf", "levels[0].hold_s", "hold_s", "a finite number"),
    Case("overflowing hold", "reps = 10", "reps = 10\nhold_s = 1e999", "levels[0].hold_s", "hold_s", "a finite number"),
    Case("NaN load", "load_kg = [0, 2.5]", "load_kg = [0, nan]", "levels[1].load_kg[1]", "load_kg", "a finite number"),
    Case("NaN angle", "hip = 2", "hip = nan", "poses.sit.near_leg.hip", "hip = nan", "a finite number"),
    Case(
        "load too heavy", "load_kg = [0, 2.5]", "load_kg = [0, 900]", "levels[1].load_kg[1]", "load_kg", "from 0 to 50"
    ),
    Case("reversed load", "load_kg = [0, 2.5]", "load_kg = [3, 1]", "levels[1].load_kg", "load_kg", "found [3, 1]"),
    Case("level 10", "level = 2\n", "level = 10\n", "levels[1].level", "level = 10", "from 1 to 9"),
    Case("a gap in the levels", "level = 2\n", "level = 3\n", "levels[1].level", "level = 3", "expected 2, found 3"),
    Case("no such default level", "default_level = 1", "default_level = 5", "default_level", "default_level", "1 to 2"),
    Case("eight days a week", "per_week = 3\n", "per_week = 8\n", "levels[1].per_week", "per_week = 8", "from 1 to 7"),
    Case("daily on three days", "per_week = [3, 7]", "per_week = 3", "levels[0].daily_ok", "daily_ok", "ends at 3"),
    Case("two lines of setup", '"Feet flat", ', "", "levels[0].setup", "setup =", "a list of 3"),
    Case("unknown placeholder", "{Side} heel", "{leg} heel", "levels[1].setup[1]", "{leg}", "only {side} and {Side}"),
    Case("a side where both work", '"Feet flat"', '"{Side} foot"', "levels[0].setup[1]", "{Side} foot", "no braces"),
    Case("unknown kind", 'kind = "reps"', 'kind = "jumps"', "kind", "kind =", 'reps, hold, balance, found "jumps"'),
    Case("unknown region", 'loads = ["ankle"]', 'loads = ["elbow"]', "loads[0]", "loads =", "heel_sole"),
    Case("unknown area", 'areas = ["ankle"]', 'areas = ["head"]', "areas[0]", "areas =", "one of ankle, back, balance"),
    Case("unknown tag", 'tag = "P"', 'tag = "X"', "sources[0].tag", 'tag = "X"', "one of V, K, P"),
    Case("missing key", 'purpose = "Moves the ankle."\n', "", "purpose", None, "missing: expected text"),
    Case("missing key of a level", 'go_up = "Stay."\n', "", "levels[1].go_up", "[[levels]]", "missing: expected text"),
    Case("no levels", "[[levels]]", "[[ levels_ ]]", "levels_", "[[ levels_ ]]", "did you mean `levels`?"),
    Case("empty text", 'title = "Heel taps"', 'title = " "', "title", "title =", "not blank"),
    Case("control character", 'title = "Heel taps"', 'title = "\\u001b[31m"', "title", "title =", "without control"),
    Case("endless title", 'title = "Heel taps"', f'title = "{"x" * 999}"', "title", "title =", "(999 characters)"),
    Case("unknown pose", 'pose = "sit"', 'pose = "fly"', "levels[0].pose", 'pose = "fly"', "there is sit"),
    Case(
        "pose with a misspelt key", "knee = 0", "kne = 0", "poses.sit.near_leg.kne", "kne = 0", "did you mean `knee`?"
    ),
    Case("pose with a word for a number", "x = 0,", 'x = "a",', "poses.sit.root.x", 'x = "a"', 'found "a"'),
    Case(
        "prop with a list for a number",
        "far_leg =",
        'props = [{ kind = "step", x = [] }]\nfar_leg =',
        "poses.sit.props[0].x",
        "props",
        "a list of 0",
    ),
    Case("pose without a leg", 'far_leg = { kind = "copy" }\n', "", "poses.sit", "[poses.sit]", "far_leg"),
    Case("pose in an unknown view", 'view = "side"', 'view = "top"', "poses.sit.view", "view =", "one of side"),
    Case("poses that are no tables", "[poses.sit]", "[poses]\nsit = 1\n[more]", "more", "[more]", "unknown key"),
    Case(
        "pose that is no table", "[poses.sit]", "poses.sit = 1\n[more]", "levels[1].poses", "poses.sit = 1", "unknown"
    ),
    Case(
        "unknown alternative",
        'do = "Rest."',
        'do = "Rest.", exercise = "nap"',
        "alternatives[0].exercise",
        "nap",
        "nap",
    ),
    Case("id unlike the file name", 'id = "heel_tap"', 'id = "heel_taps"', "id", "id =", 'name "heel_tap", found'),
    Case("id that is no name", 'id = "heel_tap"', 'id = "../x"', "id", "id =", "small letters, digits and _"),
    Case("newer format", "format = 1", "format = 2", "format", "format = 2", "newer than this program"),
    Case("format zero", "format = 1", "format = 0", "format", "format = 0", "expected 1, found 0"),
    Case("not TOML", 'title = "', 'title "', None, 'title "Heel', "not valid TOML: expected '='"),
    Case("open quote", 'title = "Heel taps"', 'title = "Heel taps', None, "Heel taps", "not valid TOML"),
    Case("same key twice", 'title = "Heel taps"', 'title = "a"\ntitle = "b"', None, 'title = "b"', "cannot overwrite"),
    Case("stray carriage return", 'title = "Heel taps"', 'title = "Heel\rtaps"', None, None, "not valid TOML"),
    Case("NUL", 'title = "Heel taps"', 'title = "Heel\0taps"', None, "title", "not valid TOML"),
    Case("endless number", "sets = 2", f"sets = {'9' * 5000}", None, None, "too many digits"),
    Case("deep nesting", 'title = "', f"title = {'[' * 50_000}\n", None, None, "nested too deeply"),
    Case("deep tables", 'title = "', f"title = {'{a=' * 50_000}\n", None, None, "nested too deeply"),
    Case("key of 100,000 parts", 'title = "', f'{"a." * 100_000}a = 1\ntitle = "', None, "a.a.a", "too long"),
)

ROUTINE_CASES = (
    Case("unknown key", "level = 2", "levle = 2", "items[0].levle", "levle", "did you mean `level`?"),
    Case("sets = 99", "sets = 2", "sets = 99", "items[0].sets", "sets = 99", "from 1 to 10"),
    Case("unknown exercise", '"heel_tap"', '"knee_tap"', "items[0].exercise", "knee_tap", 'no exercise "knee_tap"'),
    Case("unknown level", "level = 2", "level = 7", "items[0].level", "level = 7", "has levels 1 to 2, found 7"),
    Case("hold of an exercise in reps", "reps = 10", "hold_s = 10", "items[0].hold_s", "hold_s", "measured in reps"),
    Case("no dose", "reps = 10\n", "", "items[0].reps", "[[items]]", "missing"),
    Case("NaN hold", "reps = 10", "hold_s = nan", "items[0].hold_s", "hold_s", "a finite number"),
    Case("no items", "[[items]]", "items = []\n[no]", "items", "items = []", "a list of 1 to 30"),
    Case("id unlike the file name", 'id = "morning"', 'id = "evening"', "id", "id =", 'name "morning"'),
    Case("newer format", "format = 1", "format = 3", "format", "format = 3", "newer than this program"),
)


def only_problem(folder: Path) -> Problem:
    """The one problem of a folder."""
    problems = load_catalogue([folder]).problems
    assert len(problems) == 1, [str(p) for p in problems]
    return problems[0]


def assert_told(problem: Problem, case: Case, text: str) -> None:
    """The problem says what the case expects."""
    assert problem.key == case.key
    assert case.reason in problem.reason
    if case.line_of is not None:
        assert problem.line is not None
        assert case.line_of in text.split("\n")[problem.line - 1]


@pytest.mark.parametrize("case", EXERCISE_CASES, ids=lambda case: case.name)
def test_broken_exercise_is_skipped_and_told(case: Case, tmp_path: Path) -> None:
    text = swap(case.old, case.new)
    write(tmp_path, heel_tap=text, knee_tap=swap("heel_tap", "knee_tap"), routine=swap("heel_tap", "knee_tap", ROUTINE))

    catalogue = load_catalogue([tmp_path])

    assert list(catalogue.exercises) == ["knee_tap"], "the other exercise works"
    assert list(catalogue.routines) == ["morning"], "and so does a routine of it"
    problem = only_problem(tmp_path)
    assert problem.file == tmp_path / "heel_tap.toml"
    assert_told(problem, case, text)


@pytest.mark.parametrize("case", ROUTINE_CASES, ids=lambda case: case.name)
def test_broken_routine_is_skipped_and_told(case: Case, tmp_path: Path) -> None:
    text = swap(case.old, case.new, ROUTINE)
    write(tmp_path, routine=text)

    catalogue = load_catalogue([tmp_path])

    assert list(catalogue.exercises) == ["heel_tap"]
    assert not catalogue.routines
    problem = only_problem(tmp_path)
    assert problem.file == tmp_path / "routines" / "morning.toml"
    assert_told(problem, case, text)


def test_missing_key_of_a_second_level_points_at_that_level(tmp_path: Path) -> None:
    text = swap('go_up = "Stay."\n', "")
    write(tmp_path, heel_tap=text)
    second_level = [number for number, line in enumerate(text.splitlines(), 1) if line == "[[levels]]"][1]
    assert load_catalogue([tmp_path]).problems[0].line == second_level


def test_repetition_of_no_time(tmp_path: Path) -> None:
    untimed = swap(", seconds = 3", "", swap(", seconds = 2", ""))
    write(tmp_path, heel_tap=swap("tempo = [2, 0, 3]", "tempo = [0, 0, 0]", untimed))
    problem = load_catalogue([tmp_path]).problems[0]
    assert (problem.key, problem.reason) == ("levels[0].tempo", "a repetition lasts at least 1 second")


def test_tempo_of_a_stretch(tmp_path: Path) -> None:
    stretch = swap('kind = "reps"', 'kind = "hold"', swap("reps = 10\n", "hold_s = 30\n"))
    write(tmp_path, heel_tap=stretch)
    problem = load_catalogue([tmp_path]).problems[0]
    assert (problem.key, problem.reason) == ("levels[0].tempo", "an exercise of kind hold has none")


def test_not_utf8(tmp_path: Path) -> None:
    raw = swap("Sit tall.", "Sit täll.").encode("latin-1")
    write(tmp_path)
    (tmp_path / "heel_tap.toml").write_bytes(raw)
    problem = load_catalogue([tmp_path]).problems[0]
    assert problem.line == line_with('start = "', EXERCISE)
    assert problem.reason == "not UTF-8 text: found byte 0xe4; save it as UTF-8"


def test_utf16(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "heel_tap.toml").write_bytes(EXERCISE.encode("utf-16"))
    assert "not UTF-8 text" in load_catalogue([tmp_path]).problems[0].reason


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""], ids=["byte order mark", "no mark"])
@pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["CRLF", "LF"])
def test_marks_and_line_ends_of_windows_are_fine(mark: bytes, end: str, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "heel_tap.toml").write_bytes(mark + EXERCISE.replace("\n", end).encode())
    catalogue = load_catalogue([tmp_path])
    assert not catalogue.problems
    assert catalogue.exercises["heel_tap"].start == "Sit tall."


def test_crlf_keeps_line_numbers(tmp_path: Path) -> None:
    text = swap("sets = 2", "sets = 99")
    write(tmp_path)
    (tmp_path / "heel_tap.toml").write_bytes(text.replace("\n", "\r\n").encode())
    assert load_catalogue([tmp_path]).problems[0].line == line_with("sets = 99", text)


def test_50_mb_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path)
    with (tmp_path / "heel_tap.toml").open("wb") as huge:
        huge.truncate(50_000_000)
    assert load_catalogue([tmp_path]).problems[0].reason == "expected at most 1 MB, found 50.0 MB"


def test_the_largest_allowed_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, heel_tap=EXERCISE + "#" * (MAX_BYTES - len(EXERCISE)))
    assert not load_catalogue([tmp_path]).problems


@pytest.mark.parametrize("text", ["", "\n \n"], ids=["nothing", "blank lines"])
def test_empty_file(text: str, tmp_path: Path) -> None:
    write(tmp_path, heel_tap=text)
    assert load_catalogue([tmp_path]).problems[0].reason == "the file is empty"


def test_folder_named_like_a_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "x.toml").mkdir()
    problem = only_problem(tmp_path)
    assert (problem.file.name, problem.reason) == ("x.toml", "expected a text file, found a folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    write(tmp_path)
    os.mkfifo(tmp_path / "x.toml")
    assert only_problem(tmp_path).reason == "expected a text file, found something else"


def test_loop_of_links(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "x.toml").symlink_to(tmp_path / "y.toml")
    (tmp_path / "y.toml").symlink_to(tmp_path / "x.toml")
    problems = load_catalogue([tmp_path]).problems
    assert {problem.file.name for problem in problems} == {"x.toml", "y.toml"}
    assert {problem.reason for problem in problems} == {"it is a link that leads back to itself"}


def test_dangling_link(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "x.toml").symlink_to(tmp_path / "gone.toml")
    assert only_problem(tmp_path).reason == "there is no such file"


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)
    locked = tmp_path / "x.toml"
    locked.write_text(EXERCISE, encoding="utf-8")
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # root reads everything: let the system's answer be played

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(type(locked), "open", refuse)
        problems = load_catalogue([tmp_path]).problems
        assert all("may not be read" in problem.reason for problem in problems if problem.key is None)
        return
    assert only_problem(tmp_path).reason == "it may not be read; its permissions forbid it"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs a file whose size is not known")
def test_file_that_is_larger_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in /proc, where every file has a size of 0."""
    monkeypatch.setattr("coach.catalogue.reading.MAX_BYTES", 10)
    with pytest.raises(ContentError, match="expected at most 1 MB, found more"):
        read_text(Path("/proc/self/status"))


def test_disk_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(tmp_path), "open", refuse)
    reasons = {problem.reason for problem in load_catalogue([tmp_path]).problems}
    assert reasons == {"it cannot be read: Input/output error"}


def test_long_lines_of_prose_and_numbers_are_no_long_keys() -> None:
    text = f'prose = "{"a. " * 200}"\nnumbers = [{", ".join(["0.25"] * 200)}]\n'
    assert parse(text) == tomllib.loads(text)
