"""Rows as they stand in the tables: texts, whole numbers and nulls, past the types that turn them into objects.

Both forms carry exactly these values. Nothing is lost on the way through objects, and what an older or newer program
kept is passed on to the letter. `plan` and `rule` are the exception: they travel as the JSON values that their texts
stand for.
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, TypeDecorator, bindparam, func, insert, select, type_coerce

from coach.services.keeping import Contents
from coach.storage.tables import metadata, sessions
from coach.storage.types import Choice, Day, Flag, Id, Instant, Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, ColumnElement, Connection, Insert, Table
    from sqlalchemy.types import TypeEngine

TABLES: Mapping[str, Table] = {table.name: table for table in metadata.sorted_tables}
"""By name, those that are referred to before those that refer."""
BATCH = 500
"""Ids in one question, far below what any database allows."""


def canonical(value: object) -> str:
    """The one JSON text of a value: keys sorted, no spaces, nothing escaped that need not be.

    ValueError for NaN and infinity, RecursionError for a value that is nested too deeply.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def stored(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Every row of a table by id, as column names and plain values; fetched bit by bit.

    ValueError for a plan that is damaged.
    """
    query = select(*_columns(table)).order_by(table.c.id)
    names = table.columns.keys()
    plans = [column.name for column in table.columns if _is_json(column)]
    for row in connection.execute(query, execution_options={"yield_per": 2000}):
        values = dict(zip(names, row, strict=True))
        for name in plans:
            values[name] = _parsed(values[name])
        yield values


def fingerprints(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, str]:
    """The canonical text (`fingerprint`) of those rows that are there, by id."""
    query = select(*_columns(table)).where(plain(table.c.id).in_(ids))
    names = table.columns.keys()
    found = {}
    for row in connection.execute(query):
        values = dict(zip(names, row, strict=True))
        plans = {column.name: json_or_text(values[column.name]) for column in table.columns if _is_json(column)}
        found[values["id"]] = fingerprint(table, values | plans)
    return found


def fingerprint(table: Table, values: Mapping[str, Any]) -> str:
    """All values of a row in one text: two rows are the same to the letter when these are equal."""
    return canonical([values.get(name) for name in table.columns.keys()])  # noqa: SIM118  # not a dict


def add(connection: Connection, table: Table, fingerprints_: Iterable[str]) -> None:
    """Insert rows that `fingerprint` wrote down."""
    names = table.columns.keys()
    plans = [column.name for column in table.columns if _is_json(column)]
    batch = [dict(zip(names, json.loads(text), strict=True)) for text in fingerprints_]
    for values in batch:
        for name in plans:
            values[name] = canonical(values[name])
    if batch:
        connection.execute(_insert(table), batch)


def existing(connection: Connection, table: Table, ids: Sequence[str]) -> set[str]:
    """Those ids that are in the table."""
    return set(connection.scalars(select(plain(table.c.id)).where(plain(table.c.id).in_(ids))))


def counted(connection: Connection) -> Contents:
    """How much the diary holds."""
    rows = {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in TABLES.items()}
    day = plain(sessions.c.local_date)
    first, last = connection.execute(select(func.min(day), func.max(day))).one()
    return Contents(rows, *days(first, last))


def days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """Two local dates from their texts."""
    return date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None


def plain(column: Column[Any]) -> ColumnElement[Any]:
    """A column as it is stored; what it is compared with and set to is plain too."""
    return type_coerce(column, _stored_type(column))


def is_free_text(column: Column[Any]) -> bool:
    """Whether it holds what a file or a person wrote, and not an id, a time, a word from a list, JSON or a number."""
    return not isinstance(column.type, (Id, Instant, Day, Choice, Json, Flag, Integer))


def json_or_text(text: str) -> Any:  # noqa: ANN401
    """What a stored JSON text stands for; one that is damaged stands for itself."""
    try:
        return _parsed(text)
    except ValueError:
        return text


def _parsed(text: str) -> Any:  # noqa: ANN401
    """ValueError for what is no JSON, holds numbers that are none, or is nested too deeply."""
    try:
        return json.loads(text, parse_float=_number, parse_constant=_number)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("it holds a number that is none")
    return number


def _columns(table: Table) -> list[ColumnElement[Any]]:
    return [plain(column).label(column.name) for column in table.columns]


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, Json)


def _stored_type(column: Column[Any]) -> TypeEngine[Any]:
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


def _insert(table: Table) -> Insert:
    return insert(table).values(
        {column.name: bindparam(column.name, type_=_stored_type(column)) for column in table.columns}
    )
