"""msgspec's verdicts in plain words: what was expected at a key, in full, and what stands there.

msgspec names one bound at a time ("Expected `int` <= 10"); an author is helped by "expected a whole number from 1 to
10, found 99". So only the path is taken from its message, and the words come from the type at that path. Loaded for
faulty files only.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from msgspec import ValidationError, convert
from msgspec import inspect as types

from coach.catalogue.faults import ContentError
from coach.catalogue.schema import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from msgspec import Struct

    from coach.catalogue.faults import Path

_AT = re.compile(r" - at (?:`key` in )?`\$(?P<path>[^`]*)`$")
_PART = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<number>\d+)\]|\[\.\.\.\]")
_FIELD = re.compile(r"Object (?:contains |)(?P<what>unknown|missing required) field `(?P<name>.*)`$", re.DOTALL)
_CLIP = 40


def fault_of(error: ValidationError, struct: type[Struct], data: Any) -> ContentError:  # noqa: ANN401
    """The fault that msgspec met while it converted `data` to `struct`."""
    message = str(error)
    root = types.type_info(struct)
    path = _path_of(message, struct, data)
    field = _FIELD.match(_AT.sub("", message))
    if field is None:
        return ContentError(f"expected {_expected(_type_at(root, path))}, found {found(_value_at(data, path))}", *path)
    known = _fields(_type_at(root, path))
    name = field["name"]
    if field["what"] == "unknown":
        return ContentError(_unknown(name, known), *path, name)
    return ContentError(f"missing: expected {_expected(known.get(name))}", *path, name)


def found(value: object) -> str:
    """A value of a file in a few words."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"' if len(value) <= _CLIP else f'"{value[:_CLIP]}…" ({len(value)} characters)'
        case int() | float():
            return str(value) if abs(value) < 10**_CLIP else "a number of many digits"
        case list():
            return f"a list of {len(value)}"
        case dict():
            return "a table"
    return f"a {type(value).__name__}"


def _unknown(name: str, known: Mapping[str, types.Type]) -> str:
    if close := difflib.get_close_matches(name, known, 1):
        return f"unknown key; did you mean `{close[0]}`?"
    return f"unknown key; known here: {', '.join(sorted(known))}"


def _path_of(message: str, struct: type[Struct], data: Any) -> Path:  # noqa: ANN401
    """The path in a message of msgspec, which writes `[...]` for a key that is not a field: that one is looked for."""
    place = _AT.search(message)
    path: Path = ()
    for part in _PART.finditer(place["path"] if place else ""):
        key = part["key"] or (int(part["number"]) if part["number"] else _culprit(message, struct, data, path))
        if key is None:
            break
        path = (*path, key)
    return path


def _culprit(message: str, struct: type[Struct], data: Any, path: Path) -> str | None:  # noqa: ANN401
    """The first key of the free table at `path` that alone brings the same message."""
    table: dict[str, Any] = _value_at(data, path)
    for key, value in table.items():
        try:
            convert(_replaced(data, path, {key: value}), struct)
        except ValidationError as error:
            if str(error) == message:
                return key
    return None


def _replaced(data: Any, path: Path, value: object) -> Any:  # noqa: ANN401
    """A copy of `data` with another value at `path`."""
    if not path:
        return value
    copy = data.copy()
    copy[path[0]] = _replaced(data[path[0]], path[1:], value)
    return copy


def _value_at(data: Any, path: Path) -> Any:  # noqa: ANN401
    for part in path:
        data = data[part]
    return data


def _type_at(node: types.Type | None, path: Path) -> types.Type | None:
    """The type that the schema gives to `path`; None where it gives none."""
    if not path:
        return node
    for option in _options(node):
        if (inner := _type_at(_inner(option, path[0]), path[1:])) is not None:
            return inner
    return None


def _inner(node: types.Type, part: str | int) -> types.Type | None:
    match node:
        case types.StructType():
            return _fields(node).get(str(part))
        case types.DictType():
            return node.value_type
        case types.ListType() | types.VarTupleType():
            return node.item_type
    return None


def _options(node: types.Type | None) -> tuple[types.Type, ...]:
    """The members of a union without None; any other type alone."""
    match node:
        case None | types.NoneType():
            return ()
        case types.UnionType():
            return tuple(option for member in node.types for option in _options(member))
    return (node,)


def _fields(node: types.Type | None) -> dict[str, types.Type]:
    return {
        field.encode_name: field.type
        for option in _options(node)
        if isinstance(option, types.StructType)
        for field in option.fields
    }


def _expected(node: types.Type | None) -> str:
    """What the schema wants, as the end of "expected …"."""
    words = [_words(option) for option in _options(node)]
    return " or ".join(dict.fromkeys(words)) or "something else"


def _words(node: types.Type) -> str:
    match node:
        case types.IntType() | types.FloatType():
            kind = "a whole number" if isinstance(node, types.IntType) else "a number"
            return kind + _bounds(node.ge, node.le)
        case types.StrType():
            length = f" of at most {node.max_length} characters" if node.max_length else ""
            return f"text{length}" + (f", {PATTERNS.get(node.pattern, node.pattern)}" if node.pattern else "")
        case types.BoolType():
            return "true or false"
        case types.EnumType():
            return "one of " + ", ".join(str(member.value) for member in node.cls)
        case types.LiteralType():
            return ("one of " if len(node.values) > 1 else "") + ", ".join(str(value) for value in node.values)
        case types.ListType() | types.VarTupleType():
            return _list_words(node.item_type, node.min_length, node.max_length)
    return "a table"


def _list_words(item: types.Type, low: int | None, high: int | None) -> str:
    if low == high == 2 and isinstance(item, types.IntType):  # a dose, see schema.py
        return "a pair [low, high]"
    count = f"{low}" if low is not None and low == high else f"{low or 0} to {high}" if high else f"at least {low or 0}"
    return f"a list of {count}, each {_expected(item)}"


def _bounds(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f" from {low:g} to {high:g}"
    if low is not None:
        return f" of {low:g} or more"
    return f" of {high:g} or less" if high is not None else ""
