"""The page that explains the format: its examples work as they stand, and no key or word is forgotten."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from msgspec import inspect as types

from coach.catalogue.loader import load_catalogue
from coach.catalogue.schema import ExerciseFile, RoutineFile
from coach.domain.figure.props import CUES, INSETS, MUSCLES, PROPS
from tests.catalogue.samples import SHIPPED

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (SHIPPED.parent / "docs" / "exercise-format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
QUOTED = set(re.findall(r"[\w.]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))


def keys(node: types.Type, seen: set[type]) -> set[str]:
    """Every key of a table and of the tables in it."""
    match node:
        case types.StructType() if node.cls not in seen:
            seen.add(node.cls)
            inner = [keys(field.type, seen) for field in node.fields]
            return {field.encode_name for field in node.fields}.union(*inner)
        case types.UnionType():
            return set().union(*(keys(option, seen) for option in node.types))
        case types.ListType() | types.VarTupleType():
            return keys(node.item_type, seen)
        case types.DictType():
            return keys(node.value_type, seen)
        case types.Metadata():
            return keys(node.type, seen)
    return set()


def test_examples_work_as_they_stand(tmp_path: Path) -> None:
    exercise, routine = EXAMPLES
    folder = tmp_path / "exercises"
    shutil.copytree(SHIPPED, folder)
    (folder / "toe_lift.toml").write_text(exercise, encoding="utf-8")
    (folder / "routines" / "shins.toml").write_text(routine, encoding="utf-8")
    catalogue = load_catalogue([folder])
    assert [str(problem) for problem in catalogue.problems] == []
    assert catalogue.routines["shins"].seconds == 10 + 2 * (2 * 12 * 6 + 5) + 5


@pytest.mark.parametrize("key", sorted(keys(types.type_info(ExerciseFile), set())))
def test_every_key_of_an_exercise_is_explained(key: str) -> None:
    assert key in QUOTED or key in {"poses", "levels", "sources"}, key


@pytest.mark.parametrize("key", sorted(keys(types.type_info(RoutineFile), set())))
def test_every_key_of_a_routine_is_explained(key: str) -> None:
    assert key in QUOTED or key == "items"


@pytest.mark.parametrize("word", sorted({*PROPS, *CUES, *INSETS, *MUSCLES}))
def test_every_word_of_the_picture_is_listed(word: str) -> None:
    assert word in QUOTED
