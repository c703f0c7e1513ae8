"""The tables themselves: no type that msgspec cannot handle, and schema files for editors that are current."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec import inspect as types

from coach.catalogue.editor_schema import editor_schemas, write_editor_schemas
from coach.catalogue.schema import ExerciseFile, RoutineFile
from tests.catalogue.samples import EXERCISE, ROUTINE, SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def everything(node: types.Type, seen: set[type]) -> Iterator[types.Type]:
    """A type and every type below it."""
    yield node
    match node:
        case types.StructType() if node.cls not in seen:
            seen.add(node.cls)
            for field in node.fields:
                yield from everything(field.type, seen)
        case types.UnionType():
            for option in node.types:
                yield from everything(option, seen)
        case types.ListType() | types.VarTupleType():
            yield from everything(node.item_type, seen)
        case types.DictType():
            yield from everything(node.value_type, seen)


@pytest.mark.parametrize("struct", [ExerciseFile, RoutineFile])
def test_only_types_that_can_be_checked_and_explained(struct: type[msgspec.Struct]) -> None:
    """No fixed-length tuple: msgspec 0.22.0 reads wild memory for `Annotated[int, Meta(ge=1)] | tuple[int, int]`.

    `expectations.py` has words for exactly these sorts.
    """
    sorts = {type(node).__name__ for node in everything(types.type_info(struct), set())}
    assert {"StructType", "UnionType", "VarTupleType", "IntType", "StrType"} <= sorts, "the walk reaches the ground"
    explained = {"ListType", "DictType", "FloatType", "BoolType", "EnumType", "LiteralType", "NoneType"}
    assert sorts <= {"StructType", "UnionType", "VarTupleType", "IntType", "StrType"} | explained


@pytest.mark.parametrize("name", sorted(editor_schemas()))
def test_editor_schema_is_current(name: str) -> None:
    written = (SHIPPED / name).read_text(encoding="utf-8")
    assert written == editor_schemas()[name], "run: python -m coach.catalogue.editor_schema exercises"


def test_editor_schemas_know_every_key_of_the_samples(tmp_path: Path) -> None:
    (tmp_path / "routines").mkdir()
    write_editor_schemas(tmp_path)
    for name, text, root in (
        ("schema.json", EXERCISE, "ExerciseFile"),
        ("routines/schema.json", ROUTINE, "RoutineFile"),
    ):
        schema = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        table = schema["$defs"][root]
        assert set(tomllib.loads(text)) <= set(table["properties"])
        assert table["additionalProperties"] is False


def test_schemas_are_written_by_the_command(tmp_path: Path) -> None:
    (tmp_path / "routines").mkdir()
    command = [sys.executable, "-m", "coach.catalogue.editor_schema", str(tmp_path)]
    subprocess.run(command, check=True, cwd=SHIPPED.parent, timeout=60)
    assert {str(file.relative_to(tmp_path)): file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.json")} == {
        str(PurePath(name)): text for name, text in editor_schemas().items()
    }
