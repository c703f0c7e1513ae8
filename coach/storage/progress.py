"""The history in numbers: every sum is made by the database, of rows that no later one has superseded.

For a span of three months the queries touch the rows of that span alone, with or without statistics (a test holds
their plans); for all of ten years, indexes that hold all that a chart is made of.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BigInteger, and_, bindparam, case, cast, func, insert, literal_column, or_, select, tuple_

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.points import (
    AreaSeen,
    ExerciseSeen,
    NoteSeen,
    PainPoint,
    RuleSince,
    SessionPoint,
    TrendPoint,
)
from coach.domain.progress.span import Bin, Span
from coach.domain.records import Outcome, SetStatus
from coach.services.history import seconds_of
from coach.storage import reading, rows
from coach.storage.exchange.plain import plain
from coach.storage.reading import current
from coach.storage.tables import (
    flags,
    pain_ratings,
    periods,
    reminders,
    self_tests,
    session_ends,
    sessions,
    sets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, Executable, Row, Select, Table

    from coach.domain.progress.period import FlagAnswer, Period, SelfTest
    from coach.domain.records import PainRating

    Transaction = Callable[[], AbstractContextManager[Connection]]
    Conditions = tuple[ColumnElement[bool], ...]

T = TypeVar("T")
_SIDES = {side.value: side for side in Side}
_ORDER = {side.value: number for number, side in enumerate(Side)}
_day = date.fromisoformat


class SqlProgress:
    """`coach.services.progress_book.ProgressBook` of a diary: both arguments are the diary's own transactions."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def extent(self) -> Span | None:
        """From the day of the first session or rating to that of the last; None without any."""
        # Four questions: SQLite takes a lowest or highest from the end of an index only where it is asked for alone.
        edges = [
            select(edge(table.c.local_date)).where(*which)
            for table, which in ((sessions, ()), (pain_ratings, _rated()))
            for edge in (func.min, func.max)
        ]
        with self._reading() as connection:
            found = [connection.scalar(query) for query in edges]
        days = [day for day in found if day is not None]
        return Span(min(days), max(days)) if days else None

    def areas(self, span: Span | None = None) -> tuple[AreaSeen, ...]:
        """Areas with ratings, in all or in a span, in the order of `Area`."""
        seen: dict[Area, dict[PainMoment, int]] = {}
        with self._reading() as connection:
            for region, side, moment, days in connection.execute(_areas(span is not None), _of(span)):
                seen.setdefault(Area(region, side), {})[moment] = days
        return tuple(
            AreaSeen(area, tuple((moment, days[moment]) for moment in PainMoment if moment in days))
            for area, days in sorted(seen.items())
        )

    def exercises(self, span: Span | None = None) -> tuple[ExerciseSeen, ...]:
        """Exercises with worked sets, in all or in a span, the most sets first."""
        with self._reading() as connection:
            found = connection.execute(_exercises(span is not None), _of(span)).all()
        seen = (ExerciseSeen(*row) for row in found if row.sets)
        return tuple(sorted(seen, key=lambda exercise: (-exercise.sets, exercise.exercise_id)))

    def pain(self, area: Area, moment: PainMoment, span: Span, by: Bin = Bin.DAY) -> tuple[PainPoint, ...]:
        """Ratings of one area at one moment."""
        values = {"region": area.region, "side": area.side, "moment": moment, **_of(span)}
        with self._reading() as connection:
            found = connection.execute(_pain(by), values).all()
        return tuple(PainPoint(_day(day), *rest) for day, *rest in found)

    def sessions(self, span: Span, by: Bin = Bin.DAY) -> tuple[SessionPoint, ...]:
        """Sessions in which at least one set was worked."""
        with self._reading() as connection:
            found = connection.execute(_sessions(by), _of(span)).all()
            lacking = any(number > ended for _, number, _, _, ended in found)
            more = reading.complete(connection, _cut_off(span)) if lacking else ()
        spent: dict[date, int] = {}
        for summary in more:
            lived = summary.start.stamp.local_date
            day = lived if by is Bin.DAY else lived.replace(day=1)
            spent[day] = spent.get(day, 0) + seconds_of(summary)
        return tuple(
            SessionPoint(day, number, whole, seconds + spent.get(day, 0))
            for day, number, whole, seconds in ((_day(text), *rest) for text, *rest, _ in found)
        )

    def trend(self, exercise_id: str, span: Span, by: Bin = Bin.DAY) -> tuple[TrendPoint, ...]:
        """Worked sets of one exercise; within a bin left before right before both."""
        with self._reading() as connection:
            found = connection.execute(_trend(by), {"exercise": exercise_id, **_of(span)}).all()
        found = sorted(found, key=_bin_and_side)
        return tuple(TrendPoint(_day(day), _SIDES[side], *rest) for day, side, *rest in found)

    def rules_since(self) -> tuple[RuleSince, ...]:
        """All reminders as they stood over time, oldest first: what was planned on a day follows from them."""
        with self._reading() as connection:
            found = connection.execute(select(reminders).order_by(reminders.c.at, reminders.c.id)).all()
        return tuple(
            RuleSince(row.at, row.local_date, row.zone, rows.to_rule(row), row.removed) for row in _chained(found)
        )

    def periods(self, span: Span) -> tuple[Period, ...]:
        """Flares and rests that touch the span."""
        own = periods.c
        query = select(periods).where(
            current(periods), own.first <= span.last, or_(own.last.is_(None), own.last >= span.first)
        )
        with self._reading() as connection:
            found = connection.execute(query.order_by(own.first, own.at, own.id))
            return tuple(rows.to_period(row) for row in found)

    def add_period(self, period: Period) -> None:
        """A flare or a rest, or (by `supersedes`) how it stands now."""
        with self._writing() as connection:
            connection.execute(insert(periods), rows.from_period(period))

    def flags(self, span: Span) -> tuple[FlagAnswer, ...]:
        """Answers to the list of worrying symptoms."""
        return self._of_days(flags, span, rows.to_flag)

    def add_flag(self, answer: FlagAnswer) -> None:
        """A question of that list was answered."""
        with self._writing() as connection:
            connection.execute(insert(flags), rows.from_flag(answer))

    def tests(self, span: Span) -> tuple[SelfTest, ...]:
        """Self-tests."""
        return self._of_days(self_tests, span, rows.to_test)

    def add_test(self, test: SelfTest) -> None:
        """A self-test was done."""
        with self._writing() as connection:
            connection.execute(insert(self_tests), rows.from_test(test))

    def ratings(self, span: Span) -> tuple[PainRating, ...]:
        """Every rating as it was given, by instant, for an export."""
        own = pain_ratings.c
        query = select(pain_ratings).where(current(pain_ratings), *_within(own, span)).order_by(own.at, own.id)
        with self._reading() as connection:
            return tuple(rows.to_pain(row) for row in connection.execute(query))

    def notes(self, span: Span) -> tuple[NoteSeen, ...]:
        """Notes at the ends of sessions that are not empty; the day is that of the session."""
        own, end = sessions.c, session_ends.c
        # asked session by session: joined, all ends might be read to find those of a few days
        newest = select(end.note).where(end.session_id == own.id, current(session_ends))
        note = newest.order_by(end.at.desc(), end.id.desc()).limit(1).scalar_subquery()
        query = select(own.local_date, note).where(*_within(own, span)).order_by(own.local_date, own.at, own.id)
        with self._reading() as connection:
            return tuple(NoteSeen(day, text) for day, text in connection.execute(query) if text)

    def _of_days(self, table: Table, span: Span, to_record: Callable[[Row[Any]], T]) -> tuple[T, ...]:
        own = table.c
        query = select(table).where(current(table), *_within(own, span)).order_by(own.local_date, own.at, own.id)
        with self._reading() as connection:
            return tuple(to_record(row) for row in connection.execute(query))


# Each statement is put together once: for a span of three months that took longer than to run it. Days and words are
# asked for as the texts that they are stored as: of thousands of rows, types would double the time.


@cache
def _areas(within: bool) -> Select[Any]:  # noqa: FBT001
    own = pain_ratings.c
    key = own.region, own.side, own.moment
    # All values that there can be: so each is looked up in the index together with the days of the span.
    listed = own.region.in_(list(Region)), own.side.in_(list(BodySide)), own.moment.in_(list(PainMoment))
    query = select(*key, func.count(own.local_date.distinct())).where(*listed, *_rated())
    return (query.where(*_within(own)) if within else query).group_by(*key)


@cache
def _exercises(within: bool) -> Select[Any]:  # noqa: FBT001
    own = sets.c
    known = _exercise_ids()
    which = own.exercise_id == known, *_worked(), *(_within(own) if within else ())
    newest = [
        select(column).where(*which).order_by(own.local_date.desc(), own.at.desc(), own.id.desc()).limit(1)
        for column in (own.title, own.kind)
    ]
    number = select(func.count()).select_from(sets).where(*which).scalar_subquery().label("sets")
    return select(known, *(query.scalar_subquery() for query in newest), number).where(known.is_not(None))


@cache
def _pain(by: Bin) -> Executable:
    own, bin_ = pain_ratings.c, _bin(pain_ratings, by)
    return (
        select(bin_, _sum(own.nrs), func.min(own.nrs), func.max(own.nrs), func.count())
        .where(*(column == bindparam(column.name) for column in (own.region, own.side, own.moment)))
        .where(*_rated(), *_within(own))
        .group_by(bin_)
        .order_by(bin_)
    )


@cache
def _sessions(by: Bin) -> Executable:
    end, bin_ = session_ends.c, _bin(sessions, by)
    completed = case((end.outcome == Outcome.COMPLETED, 1), else_=0)
    return (
        select(bin_, func.count(), _sum(completed), func.coalesce(_sum(end.seconds), 0), func.count(end.id))
        .select_from(sessions.outerjoin(session_ends, and_(end.session_id == sessions.c.id, *_newest_end())))
        .where(_with_worked_set(), *_within(sessions.c))
        .group_by(bin_)
        .order_by(bin_)
    )


def _cut_off(span: Span) -> Select[Any]:
    """Sessions that have no end, for those few that there are."""
    ended = select(session_ends.c.id).where(session_ends.c.session_id == sessions.c.id).exists()
    return select(sessions).where(_with_worked_set(), ~ended, *_within(sessions.c, span))


@cache
def _trend(by: Bin) -> Executable:
    own, bin_ = sets.c, _bin(sets, by)
    real = func.coalesce(case((own.kind == Kind.REPS, own.real_reps), else_=own.real_hold_s), 0)
    return (
        select(bin_, plain(own.side), func.max(own.level), _sum(real), func.max(real), func.count())
        .where(own.exercise_id == bindparam("exercise"), *_worked(), *_within(own))
        .group_by(bin_, own.side)
    )


def _within(columns: Any, span: Span | None = None) -> Conditions:  # noqa: ANN401
    """In the days of a span, or of the one that the statement is run with (`_of`)."""
    first, last = (span.first, span.last) if span else (bindparam("first"), bindparam("last"))
    # no BETWEEN: PostgreSQL does not take the collation of our texts there
    return columns.local_date >= first, columns.local_date <= last


def _of(span: Span | None) -> dict[str, Any]:
    return {"first": span.first, "last": span.last} if span else {}


def _rated() -> Conditions:
    return pain_ratings.c.nrs.is_not(None), current(pain_ratings)


def _worked() -> Conditions:
    return sets.c.status != SetStatus.SKIPPED, current(sets)


def _with_worked_set() -> ColumnElement[bool]:
    return select(sets.c.id).where(sets.c.session_id == sessions.c.id, *_worked()).exists()


def _newest_end() -> Conditions:
    """The one end of a session that counts: two computers may both have corrected it before their histories met."""
    newer = session_ends.alias("newer")
    later = tuple_(newer.c.at, newer.c.id) > tuple_(session_ends.c.at, session_ends.c.id)
    same = newer.c.session_id == session_ends.c.session_id
    return current(session_ends), ~select(newer.c.id).where(same, later, current(newer)).exists()


def _exercise_ids() -> ColumnElement[str]:
    """Each exercise that has sets, and at last NULL: from one to the next in the index, not by reading all sets."""
    name = sets.c.exercise_id
    known = select(func.min(name).label("name")).cte("known", recursive=True)
    after = select(func.min(name)).where(name > known.c.name).scalar_subquery()
    return known.union_all(select(after).where(known.c.name.is_not(None))).c.name


def _sum(of: ColumnElement[Any]) -> ColumnElement[int]:
    """Cast, because PostgreSQL makes a decimal of it."""
    return cast(func.sum(of), BigInteger)


def _bin(table: Table, by: Bin) -> ColumnElement[str]:
    """The first day of a row's bin, as text."""
    day: ColumnElement[str] = plain(table.c.local_date)
    if by is Bin.DAY:
        return day
    return func.substr(day, literal_column("1"), literal_column("8")).concat(literal_column("'01'"))


def _bin_and_side(row: Sequence[Any]) -> tuple[str, int]:
    return row[0], _ORDER[row[1]]


def _chained(found: Sequence[Row[Any]]) -> list[Row[Any]]:
    """By instant, but none before the row that it supersedes: a clock may have been put back in between."""
    known = {row.id: row for row in found}
    since: dict[UUID, tuple[datetime, int]] = {}
    for row in found:
        chain = [row]  # back to the first, or to one that is known: a reminder may have been changed thousands of times
        while (earlier := known.get(chain[-1].supersedes)) is not None and earlier.id not in since:
            chain.append(earlier)
        latest, steps = since.get(chain[-1].supersedes, (chain[-1].at, -1))
        for each in reversed(chain):
            latest, steps = max(latest, each.at), steps + 1
            since[each.id] = latest, steps
    return sorted(found, key=lambda row: since[row.id])


if TYPE_CHECKING:
    from coach.services.progress_book import ProgressBook

    _fits: type[ProgressBook] = SqlProgress
