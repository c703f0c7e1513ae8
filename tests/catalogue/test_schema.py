"""The tables themselves: no type that msgspec cannot handle, and schema files for editors that are current."""

from __future__ import annotations

import json
import tomllib
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


def unions(node: types.Type, seen: set[type]) -> Iterator[types.UnionType]:
    """Every union below a type."""
    match node:
        case types.StructType():
            if node.cls not in seen:
                seen.add(node.cls)
                for field in node.fields:
                    yield from unions(field.type, seen)
        case types.UnionType():
            yield node
            for option in node.types:
                yield from unions(option, seen)
        case types.ListType() | types.VarTupleType():
            yield from unions(node.item_type, seen)
        case types.TupleType():
            for item in node.item_types:
                yield from unions(item, seen)
        case types.DictType():
            yield from unions(node.value_type, seen)
        case types.Metadata():
            yield from unions(node.type, seen)


@pytest.mark.parametrize("struct", [ExerciseFile, RoutineFile])
def test_no_union_with_a_fixed_tuple(struct: type[msgspec.Struct]) -> None:
    """msgspec 0.22.0 reads wild memory for `Annotated[int, Meta(ge=1)] | tuple[int, int]`; beside None it is fine."""
    found = list(unions(types.type_info(struct), set()))
    assert found, "the walk reaches the unions"
    for union in found:
        others = [option for option in union.types if not isinstance(option, types.NoneType)]
        assert len(others) == 1 or not any(isinstance(option, types.TupleType) for option in others)


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
