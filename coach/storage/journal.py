"""Entries on their way to the diary as lines of a file, for when the program ends before the diary could take them.

One JSON object a line, each with the name of its table and the values as they would stand in it. Taking them in is
idempotent: what the diary has already is passed over, so that the file may go after the last one and not before.
"""

from __future__ import annotations

import json
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, TypeDecorator
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import IntegrityError

from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord
from coach.errors import StorageError, os_reason
from coach.fsutil import sync_folder
from coach.services.unsaved import Entry, PlanChange
from coach.storage import rows
from coach.storage.sqlite.envelope import take
from coach.storage.tables import level_changes, pain_ratings, session_ends, session_plans, sessions, sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.types import TypeEngine

    from coach.storage.diary import SqlDiary
    from coach.storage.rows import Values
    from coach.storage.sqlite.key import KeySource

UNSAVED = "unsaved.jsonl"
"""Its name in the folder of one person."""
MISFITS = (IntegrityError, UnicodeError, LookupError)
"""What a refusal comes from that no waiting and no room on the disk would change."""
_DIALECT = DefaultDialect()
_FIELDS: dict[Table, tuple[str, ...]] = {
    # What the diary finds out for itself is left out: the number of a plan, and what an end or a level supersedes.
    session_plans: ("session_id", "at", "plan"),
    session_ends: ("session_id", "at", "zone", "local_date", "outcome", "seconds", "effort", "note"),
    level_changes: ("id", "at", "zone", "local_date", "exercise_id", "level", "reason"),
    **{table: tuple(table.columns.keys()) for table in (sessions, sets, pain_ratings)},
}
_READERS: dict[str, tuple[Table, Callable[[Any], Entry]]] = {
    sessions.name: (sessions, lambda row: rows.to_session(row, row.plan)),
    session_plans.name: (session_plans, lambda row: PlanChange(row.session_id, row.at, row.plan)),
    session_ends.name: (session_ends, rows.to_end),
    sets.name: (sets, rows.to_set),
    pain_ratings.name: (pain_ratings, rows.to_pain),
    level_changes.name: (level_changes, rows.to_level),
}


class _Row:
    """Values by attribute, as a row of the database has them."""

    def __init__(self, values: Values) -> None:
        self.__dict__.update(values)


def to_lines(entries: Iterable[Entry]) -> bytes:
    """The entries, one a line, in their order."""
    return b"".join(json.dumps(_plain(*_values(entry)), allow_nan=False).encode("ascii") + b"\n" for entry in entries)


def from_line(line: bytes) -> Entry:
    """One entry; ValueError for anything that `to_lines` does not write."""
    found = json.loads(line)
    try:
        table, read = _READERS[found["table"]]
        row = found["row"]
        if set(row) != set(_FIELDS[table]):
            raise ValueError("other fields than expected")
        return read(_Row({name: _value(table, name, row[name]) for name in _FIELDS[table]}))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("not an entry") from error


def take_in(diary: SqlDiary, folder: Path, now: datetime, keys: KeySource | None = None) -> tuple[str, ...]:
    """Add what the file in `folder` holds to the diary, and let go of the file; never raises.

    Beside an encrypted diary the file is encrypted as well; `keys` knows its key.

    Lines that cannot be read, or do not fit the diary, stay in a file of another name. Returns what there is to say.
    """
    path = folder / UNSAVED
    try:
        lines = take(path, keys).splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        return (f"{path} holds entries that are not in your diary yet, but cannot be read: {os_reason(error)}.",)
    except StorageError as error:
        return (f"{path} holds entries that are not in your diary yet, but cannot be read. {error}",)
    taken = odd = 0
    for line in lines:
        try:
            taken += diary.take_in(from_line(line))
        except ValueError:
            odd += 1
        except StorageError as error:
            if not isinstance(error.__cause__, MISFITS):
                return (*_told(taken), f"{path} still holds entries that are not in your diary yet. {error}")
            odd += 1
    try:
        aside = _let_go(path, now, keep=odd > 0)
    except OSError as error:
        return (*_told(taken), f"{path} could not be removed: {os_reason(error)}. All it holds is in your diary.")
    if odd:
        lines_ = "1 line" if odd == 1 else f"{odd} lines"
        return (*_told(taken), f"{lines_} of {UNSAVED} could not be taken into your diary and can be found in {aside}.")
    return _told(taken)


def _told(taken: int) -> tuple[str, ...]:
    if not taken:
        return ()
    what = "An entry" if taken == 1 else f"{taken} entries"
    return (f"{what} that your diary could not take last time {'is' if taken == 1 else 'are'} in it now.",)


def _let_go(path: Path, now: datetime, *, keep: bool) -> Path:
    stem = f"unsaved-{now:%Y-%m-%dT%H%M%SZ}"
    names = (path.with_name(f"{stem}{tail}.jsonl") for tail in chain([""], (f"-{number}" for number in count(2))))
    aside = next(name for name in names if not name.exists())
    if keep:
        path.replace(aside)
    else:
        path.unlink()
    sync_folder(path.parent)
    return aside


def _values(entry: Entry) -> tuple[Table, Values]:
    match entry:
        case SessionStart():
            return sessions, rows.from_session(entry)
        case PlanChange():
            return session_plans, {"session_id": entry.session_id, "at": entry.at, "plan": entry.plan}
        case SetRecord():
            return sets, rows.from_set(entry)
        case PainRating():
            return pain_ratings, rows.from_pain(entry)
        case SessionEnd():
            return session_ends, rows.from_end(entry, entry.session_id, None)
        case LevelChange():
            return level_changes, rows.from_level(entry, None)


def _plain(table: Table, values: Values) -> Values:
    row = {}
    for name in _FIELDS[table]:
        bind = _type(table, name).bind_processor(_DIALECT)
        row[name] = bind(values[name]) if bind is not None else values[name]
    return {"table": table.name, "row": row}


def _value(table: Table, name: str, plain: object) -> object:
    column = table.columns[name]
    if plain is None:
        if not column.nullable:
            raise ValueError(f"{name} is missing")
        return None
    whole = isinstance(plain, int) and not isinstance(plain, bool)
    if whole if isinstance(_plainest(column.type), Integer) else isinstance(plain, str):
        read = column.type.result_processor(_DIALECT, None)
        return read(plain) if read is not None else plain
    raise ValueError(f"{name} has another type than expected")


def _type(table: Table, name: str) -> TypeEngine[Any]:
    return table.columns[name].type


def _plainest(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind
