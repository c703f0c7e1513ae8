"""Queries: each takes a connection inside a transaction and gives back records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Select, and_, bindparam, func, select

from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SessionSummary, SetRecord
from coach.services.unsaved import PlanChange
from coach.storage import rows
from coach.storage.tables import (
    checks,
    clock_steps,
    level_changes,
    pain_ratings,
    reminder_entries,
    reminders,
    session_ends,
    session_plans,
    sessions,
    sets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, FromClause, Row, Table

    from coach.domain.reminders.ledger import ClockStep
    from coach.domain.reminders.ledger import Entry as LedgerEntry
    from coach.domain.reminders.rule import Reminder
    from coach.services.reminding import MorningCheck, WeeklyCheck
    from coach.services.unsaved import Entry

T = TypeVar("T")
AREAS = tuple(
    Area(region, side)
    for region in Region
    for side in BodySide
    if side is not BodySide.CENTRE or region is Region.LOW_BACK
)


def current(table: FromClause) -> ColumnElement[bool]:
    """Rows that no later row has superseded.

    As a list that is made once: asked for each row instead, SQLite scans the whole table every time as soon as its
    statistics say that nearly all rows have the same `supersedes`, namely none.
    """
    later = table.alias("later")
    return table.c.id.not_in(select(later.c.supersedes).where(later.c.supersedes.is_not(None)))


def current_id(connection: Connection, table: Table, column: ColumnElement[Any], value: object) -> UUID | None:
    """The id of the newest current row whose `column` has this value."""
    query = select(table.c.id).where(column == value, current(table)).order_by(table.c.at.desc(), table.c.id.desc())
    found: UUID | None = connection.scalar(query.limit(1))
    return found


def is_known(connection: Connection, entry: Entry) -> bool:
    """Whether the diary has this entry: by its id, or to the letter where it has none."""
    match entry:
        case SessionEnd():
            of_session = session_ends.c.session_id == entry.session_id
            return any(rows.to_end(row) == entry for row in connection.execute(select(session_ends).where(of_session)))
        case PlanChange():
            of_session = session_plans.c.session_id == entry.session_id
            plans = connection.execute(select(session_plans).where(of_session))
            return any((row.at, row.plan) == (entry.at, entry.plan) for row in plans)
    table = {SessionStart: sessions, SetRecord: sets, PainRating: pain_ratings, LevelChange: level_changes}
    column = table[type(entry)].c.id
    return connection.scalar(select(column).where(column == entry.id)) is not None


def levels(connection: Connection) -> dict[str, int]:
    """Newest chosen level by exercise id."""
    query = select(level_changes.c.exercise_id, level_changes.c.level).where(current(level_changes))
    # Two computers may both have chosen before their histories met: the later choice counts.
    ordered = connection.execute(query.order_by(level_changes.c.at, level_changes.c.id))
    return {row.exercise_id: row.level for row in ordered}


def summaries(
    connection: Connection, since: date | None, limit: int | None, until: date | None = None
) -> tuple[SessionSummary, ...]:
    """Sessions from one local date to another, newest first."""
    query = select(sessions)
    if since is not None:
        query = query.where(sessions.c.local_date >= since)
    if until is not None:
        query = query.where(sessions.c.local_date <= until)
    query = query.order_by(sessions.c.local_date.desc(), sessions.c.at.desc(), sessions.c.id.desc())
    return complete(connection, query if limit is None else query.limit(limit))


def open_session(connection: Connection) -> SessionSummary | None:
    """The newest session without an end; as in `current`, a list that is made once."""
    going_on = sessions.c.id.not_in(select(session_ends.c.session_id))
    query = select(sessions).where(going_on).order_by(sessions.c.at.desc(), sessions.c.id.desc()).limit(1)
    return next(iter(complete(connection, query)), None)


def last_pain(connection: Connection, before: date | None) -> dict[Area, PainRating]:
    """The newest current rating at rest of each area.

    One look-up by index for each of the 17 areas, so that it takes the same time after ten years as after a week.
    """
    query = select(pain_ratings).where(
        pain_ratings.c.region == bindparam("region"),
        pain_ratings.c.side == bindparam("side"),
        pain_ratings.c.moment.in_([PainMoment.BEFORE, PainMoment.AFTER]),
        current(pain_ratings),
    )
    if before is not None:
        query = query.where(pain_ratings.c.local_date < before)
    query = query.order_by(pain_ratings.c.at.desc(), pain_ratings.c.id.desc()).limit(1)
    found: dict[Area, PainRating] = {}
    for area in AREAS:
        row = connection.execute(query, {"region": area.region, "side": area.side}).first()
        if row is not None:
            found[area] = rows.to_pain(row)
    return found


def current_rule(connection: Connection, reminder: UUID) -> Row[Any] | None:
    """The row of `reminders` that counts for one of them."""
    query = select(reminders).where(reminders.c.reminder_id == reminder, current(reminders))
    return connection.execute(query.order_by(reminders.c.at.desc(), reminders.c.id.desc()).limit(1)).first()


def rules(connection: Connection) -> tuple[Reminder, ...]:
    """Reminders that were not removed, by when they were made.

    Two computers may both have changed one before their histories met: the later change counts, as with levels.
    """
    own = reminders.c
    begun = connection.execute(select(own.reminder_id, func.min(own.at)).group_by(own.reminder_id))
    made = {reminder: at for reminder, at in begun}  # noqa: C416 - a result is not taken for pairs by dict()
    ordered = connection.execute(select(reminders).where(current(reminders)).order_by(own.at, own.id))
    newest = {row.reminder_id: row for row in ordered}
    kept = (row for row in newest.values() if not row.removed)
    return tuple(rows.to_rule(row) for row in sorted(kept, key=lambda row: (made[row.reminder_id], row.reminder_id)))


def ledger(connection: Connection, since: date) -> tuple[LedgerEntry, ...]:
    """What became of occurrences from a local date on."""
    own = reminder_entries.c
    query = select(reminder_entries).where(own.local_date >= since)
    ordered = connection.execute(query.order_by(own.local_date, own.number, own.at, own.id))
    return tuple(rows.to_entry(row) for row in ordered)


def steps(connection: Connection) -> tuple[ClockStep, ...]:
    """Settings of the wall clock, in the order in which they happened."""
    own = clock_steps.c
    ordered = connection.execute(select(clock_steps).order_by(own.number, own.at, own.id))
    return tuple(rows.to_step(row) for row in ordered)


def answered(connection: Connection, since: date) -> tuple[WeeklyCheck | MorningCheck, ...]:
    """Answers to the questions of the week and of the morning from a local date on, newest first."""
    own = checks.c
    query = select(checks).where(own.local_date >= since)
    ordered = connection.execute(query.order_by(own.local_date.desc(), own.at.desc(), own.id.desc()))
    return tuple(rows.to_check(row) for row in ordered)


def complete(connection: Connection, query: Select[Any]) -> tuple[SessionSummary, ...]:
    """The sessions that `query` names, in its order, with all that belongs to them: five queries for any number."""
    starts = connection.execute(query).all()
    if not starts:
        return ()
    wanted = select(query.subquery("wanted").c.id)
    plans = {
        row.session_id: row.plan
        for row in connection.execute(
            select(session_plans.c.session_id, session_plans.c.plan)
            .where(session_plans.c.session_id.in_(wanted))
            .order_by(session_plans.c.number, session_plans.c.at, session_plans.c.id)
        )
    }
    ends = _by_session(connection, session_ends, wanted, rows.to_end)
    done = _by_session(connection, sets, wanted, rows.to_set)
    pain = _by_session(connection, pain_ratings, wanted, rows.to_pain)
    return tuple(
        SessionSummary(
            start=rows.to_session(row, plans.get(row.id, row.plan)),
            end=ends[row.id][-1] if row.id in ends else None,
            sets=_newest_of_each_bout(done.get(row.id, ())),
            pain=tuple(pain.get(row.id, ())),
        )
        for row in starts
    )


def _by_session(
    connection: Connection, table: Table, wanted: Select[Any], to_record: Callable[[Row[Any]], T]
) -> dict[UUID, list[T]]:
    """Current rows of some sessions, oldest first, as records."""
    query = select(table).where(and_(table.c.session_id.in_(wanted), current(table))).order_by(table.c.at, table.c.id)
    found: dict[UUID, list[T]] = {}
    for row in connection.execute(query).all():
        found.setdefault(row.session_id, []).append(to_record(row))
    return found


def _newest_of_each_bout(records: Iterable[SetRecord]) -> tuple[SetRecord, ...]:
    newest: dict[Any, SetRecord] = {}
    for record in records:
        newest.pop(record.key, None)  # so that a bout done again stands where it was done again
        newest[record.key] = record
    return tuple(newest.values())
