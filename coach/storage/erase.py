"""Erasing: all that belongs to one exercise, to some days, or everything; in one transaction.

A correction goes with the entry that it corrects, since it is about the same thing. An entry whose correction is erased
stands again as it was first given. The choice of a level is no correction of the one before: a later choice stays, and
names as its predecessor the newest one that is left.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, bindparam, delete, func, select, update

from coach.services.keeping import Contents, Days, Everything, OneExercise
from coach.storage.exchange.plain import BATCH, days, json_or_text, plain
from coach.storage.reading import current
from coach.storage.tables import (
    checks,
    flags,
    level_changes,
    metadata,
    pain_ratings,
    periods,
    reminder_entries,
    reminders,
    self_tests,
    session_ends,
    session_plans,
    sessions,
    sets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import date

    from sqlalchemy import Column, ColumnElement, Connection, Table

    from coach.services.keeping import Scope
    from coach.storage.database import Database

TABLES = tuple(metadata.sorted_tables)
"""Those that are referred to before those that refer."""

_Doomed = dict["Table", set[str]]


def weigh(database: Database, scope: Scope) -> Contents:
    """How much `erase` would erase."""
    with database.reading() as connection:
        return _weight(connection, _doomed(connection, scope))


def erase(database: Database, scope: Scope, also: Callable[[Connection], None] | None = None) -> Contents:
    """Erase, all of it or nothing, and say how much that was; then give the room back, so that nothing can be read.

    Args:
        database: the diary.
        scope: what is to go.
        also: done in the same transaction, where anything went and there are reminders left: without what was done
            then, and what became of them, they would seem to have been missed.

    Raises:
        StorageError: nothing was erased; or all was, but the room could not be given back (the sentence says which).
    """
    with database.writing() as connection:
        doomed = _doomed(connection, scope)
        weight = _weight(connection, doomed)
        _bridge_levels(connection, doomed[level_changes])
        for table in reversed(TABLES):
            _remove(connection, table, doomed[table])
        if also is not None and any(doomed.values()) and _has(connection, reminders):
            also(connection)
    if database.compact is not None:
        database.compact()
    return weight


def remains(database: Database, scope: Scope) -> tuple[str, ...]:
    """Plain sentences on what of an erased scope still stands in the diary."""
    if not isinstance(scope, OneExercise):
        return ()
    with database.reading() as connection:
        number = len(_planned(connection, scope.exercise_id))
    if not number:
        return ()
    named = "1 other session" if number == 1 else f"{number} other sessions"
    return (f"The plans of {named} still name the exercise, because those sessions held more than it.",)


def clear(connection: Connection) -> None:
    """Delete every row of every table."""
    for table in reversed(TABLES):
        if "supersedes" in table.c:
            connection.execute(update(table).values(supersedes=None))
        connection.execute(delete(table))


def _doomed(connection: Connection, scope: Scope) -> _Doomed:
    """The ids of all rows that go, by table."""
    doomed: _Doomed = {table: set() for table in TABLES}
    match scope:
        case Everything():
            for table in TABLES:
                doomed[table] = _ids(connection, table)
            return doomed
        case Days(first, last):
            loose = pain_ratings.c.session_id.is_(None)
            doomed[sessions] = _ids(connection, sessions, _within(sessions, first, last))
            doomed[pain_ratings] = _ids(connection, pain_ratings, loose, _within(pain_ratings, first, last))
            # the reminders themselves are settings, and stay
            for table in (level_changes, reminder_entries, checks, periods, flags, self_tests):
                doomed[table] = _ids(connection, table, _within(table, first, last))
            # Written down on another day, but about these alone. Before it had an end it went on, and must not again.
            about = _ids(connection, periods, current(periods), periods.c.first >= first, periods.c.last <= last)
            doomed[periods] |= _with_earlier(connection, periods, about)
        case OneExercise(exercise_id):
            doomed[sessions] = _sessions_of_nothing_else(connection, exercise_id)
            for table in (sets, pain_ratings, level_changes):
                doomed[table] = _ids(connection, table, table.c.exercise_id == exercise_id)
    _follow(connection, doomed)
    return doomed


def _follow(connection: Connection, doomed: _Doomed) -> None:
    """What belongs to a row that goes, goes too; so nothing that stays refers to anything that went."""
    for table in (session_plans, session_ends, sets, pain_ratings):
        doomed[table] |= _referring(connection, table, table.c.session_id, doomed[sessions])
    for table in (session_ends, sets, periods, flags, self_tests):
        _with_corrections(connection, table, doomed[table])
    doomed[pain_ratings] |= _referring(connection, pain_ratings, pain_ratings.c.set_id, doomed[sets])
    _with_corrections(connection, pain_ratings, doomed[pain_ratings])


def _with_corrections(connection: Connection, table: Table, ids: set[str]) -> None:
    fresh: Collection[str] = ids
    while fresh:
        fresh = _referring(connection, table, table.c.supersedes, fresh) - ids
        ids |= fresh


def _with_earlier(connection: Connection, table: Table, ids: set[str]) -> set[str]:
    """These rows and all that they corrected."""
    found, fresh = set(ids), ids
    while fresh:
        earlier: set[str] = set()
        for batch in _batches(fresh):
            named = select(plain(table.c.supersedes)).where(
                plain(table.c.id).in_(batch), table.c.supersedes.is_not(None)
            )
            earlier.update(connection.scalars(named))
        fresh = earlier - found
        found |= fresh
    return found


def _sessions_of_nothing_else(connection: Connection, exercise_id: str) -> set[str]:
    """Sessions whose sets, ratings and plans know no other exercise."""
    found = {id_ for id_, only in _planned(connection, exercise_id).items() if only}
    for table in (sets, pain_ratings):
        other = select(plain(table.c.session_id)).where(table.c.exercise_id != exercise_id)
        found.difference_update(connection.scalars(other.distinct()))
    return found


def _planned(connection: Connection, exercise_id: str) -> dict[str, bool]:
    """The sessions whose plans name the exercise, each with whether none of its plans names another one."""
    columns = ((sessions.c.id, sessions.c.plan), (session_plans.c.session_id, session_plans.c.plan))
    named: set[str] = set()
    mixed: set[str] = set()
    for id_, plan in columns:
        query = select(plain(id_), plain(plan))
        for session_id, text in connection.execute(query, execution_options={"yield_per": 1000}):
            names = _exercises_of(text)
            if exercise_id in names:
                named.add(session_id)
            if names != {exercise_id}:
                mixed.add(session_id)
    return {session_id: session_id not in mixed for session_id in named}


def _exercises_of(plan: str) -> set[object]:
    items = json_or_text(plan)
    return {str(item.get("exercise")) for item in items if isinstance(item, dict)} if isinstance(items, list) else set()


def _bridge_levels(connection: Connection, doomed: set[str]) -> None:
    """Let later choices that stay name the newest earlier one that stays, or none."""
    if not doomed:
        return
    rows = connection.execute(select(plain(level_changes.c.id), plain(level_changes.c.supersedes)))
    earlier: dict[str, str | None] = {row[0]: row[1] for row in rows}
    changed = []
    for id_ in earlier.keys() - doomed:
        before = earlier[id_]
        while before is not None and before in doomed:
            before = earlier[before]
        if before != earlier[id_]:
            changed.append({"which": id_, "before": before})
    if changed:
        statement = update(level_changes).where(plain(level_changes.c.id) == bindparam("which", type_=Text))
        connection.execute(statement.values(supersedes=bindparam("before", type_=Text)), changed)


def _remove(connection: Connection, table: Table, ids: set[str]) -> None:
    """Delete these rows; those of one table refer to each other, so they let go of each other first."""
    id_ = plain(table.c.id)
    for batch in _batches(ids):
        if "supersedes" in table.c:
            chained = update(table).where(id_.in_(batch), table.c.supersedes.is_not(None))
            connection.execute(chained.values(supersedes=None))
    for batch in _batches(ids):
        connection.execute(delete(table).where(id_.in_(batch)))


def _weight(connection: Connection, doomed: _Doomed) -> Contents:
    day = plain(sessions.c.local_date)
    spans: list[str] = []
    for batch in _batches(doomed[sessions]):
        span = select(func.min(day), func.max(day)).where(plain(sessions.c.id).in_(batch))
        spans += connection.execute(span).one()
    rows = {table.name: len(ids) for table, ids in doomed.items()}
    return Contents(rows, *days(min(spans, default=None), max(spans, default=None)))


def _ids(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> set[str]:
    return set(connection.scalars(select(plain(table.c.id)).where(*conditions)))


def _has(connection: Connection, table: Table) -> bool:
    return connection.scalar(select(table.c.id).limit(1)) is not None


def _referring(connection: Connection, table: Table, column: Column[Any], ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for batch in _batches(ids):
        found |= _ids(connection, table, plain(column).in_(batch))
    return found


def _within(table: Table, first: date, last: date) -> ColumnElement[bool]:
    return and_(table.c.local_date >= first, table.c.local_date <= last)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
