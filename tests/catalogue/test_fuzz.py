"""Whatever a file holds, loading ends with a usable exercise or with a problem, never with an exception."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue.loader import load_catalogue
from coach.catalogue.reading import MAX_BYTES, parse
from coach.domain.plan import Routine, RoutineItem, plan_routine
from coach.domain.timeline import Timeline
from tests.catalogue.samples import EXERCISE, ROUTINE, SHIPPED

ORIGINALS = [file.read_bytes() for file in sorted(SHIPPED.rglob("*.toml"))]
DATA = [parse(EXERCISE), parse(ROUTINE), *(parse(raw.decode()) for raw in ORIGINALS)]

SCALARS = (
    st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([0, 1, 2, 9, 10, 11, 100, 600, 601, -1])
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["", " ", "sit", "left", "reps", "hold", "\u202e", "{side}", "a" * 300, "1:30", "no"])
    | st.dates()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4),
    max_leaves=8,
)


def load(content: bytes, name: str = "heel_tap") -> None:
    """Load one file and see that what comes of it is whole: a problem to show, or a plan that can be timed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_bytes(content)
        catalogue = load_catalogue([Path(folder)])
    assert len(catalogue.exercises) + len(catalogue.routines) + len(catalogue.problems) == 1
    for problem in catalogue.problems:
        assert problem.file == path
        assert problem.reason
        assert str(problem).startswith(path.name)
        assert problem.line is None or 1 <= problem.line <= content.count(b"\n") + 1
    for exercise in catalogue.exercises.values():
        items = tuple(RoutineItem(exercise, level.level, level.sets.high) for level in exercise.levels)
        routine = Routine("all", "All", "", items)
        assert Timeline(plan_routine(routine)).total == routine.seconds


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every path in parsed data."""
    found = [path] if path else []
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        found += places(value, (*path, key))
    return found


def changed(node: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A copy of the data with another value at `path`, or without it if the value is Ellipsis."""
    if not path:
        return value
    copy: Any = dict(node) if isinstance(node, dict) else list(node)
    if len(path) == 1 and value is ...:
        del copy[path[0]]
    else:
        copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


@given(st.binary(max_size=400))
def test_any_bytes(raw: bytes) -> None:
    load(raw)


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    load(text.encode("utf-8", "surrogatepass"))


@given(st.dictionaries(st.sampled_from(sorted(parse(EXERCISE))), VALUES))
def test_any_values_under_known_keys(data: dict[str, Any]) -> None:
    load(tomli_w.dumps(data).encode())


@given(st.data())
def test_one_value_of_a_good_file_replaced_or_removed(data: st.DataObject) -> None:
    original = data.draw(st.sampled_from(DATA))
    path = data.draw(st.sampled_from(places(original)))
    value = data.draw(VALUES | st.just(...))
    load(tomli_w.dumps(changed(original, path, value)).encode(), str(original["id"]))


@given(st.data())
def test_bytes_of_a_good_file_cut_doubled_or_overwritten(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from([*ORIGINALS, EXERCISE.encode(), ROUTINE.encode()]))
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 200)))
    middle = data.draw(st.just(b"") | st.binary(max_size=8) | st.just(raw[start:end] * 2))
    load(raw[:start] + middle + raw[end:])


NUMBERS = [found.span(1) for found in re.finditer(r"(?:= |\[|, )(\d[\d.]*)(?=[,\]\s}])", EXERCISE)]


@given(st.sampled_from(["nan", "inf", "-inf", "1e400", "-1e400", "+nan"]), st.sampled_from(NUMBERS))
def test_no_number_that_is_not_finite_gets_through(word: str, span: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = EXERCISE[: span[0]] + word + EXERCISE[span[1] :]
        (Path(folder) / "heel_tap.toml").write_text(text, encoding="utf-8")
        catalogue = load_catalogue([Path(folder)])
    assert not catalogue.exercises
    (problem,) = catalogue.problems
    assert problem.reason == "expected a finite number, found nan or inf"
    assert problem.line == EXERCISE.count("\n", 0, span[0]) + 1


@pytest.mark.parametrize(
    "opening", ["[", "{a=", "a.", "[a.", "[[a.", '"', "'", "#", "\\", "a=", "a=[{", "\n", "=", "0"]
)
def test_a_megabyte_of_one_thing_ends_soon(opening: str) -> None:
    load((opening * MAX_BYTES)[:MAX_BYTES].encode())


@pytest.mark.parametrize("opening", ["a = [", "a = {b = ", "x = 1\n[a.", 'a = """'])
def test_depth_and_length_after_a_good_start(opening: str) -> None:
    for filling in ("[", "{a=", "a.", '"', "1,", "[1],", "é"):
        load((opening + filling * (MAX_BYTES // 10))[:MAX_BYTES].encode()[:MAX_BYTES])
