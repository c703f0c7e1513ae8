"""The schema of today. Table objects never leave `coach.storage`; records of `coach.domain.records` do.

Every row carries a UUIDv7, the UTC instant, the IANA zone and the local date as lived. Rows are facts: never updated; a
correction is a new row whose `supersedes` names the old one, and a row is current when no other row names it. That
chain decides, not the clock: a clock that was put back must not bring an old answer to life again.

A change here needs a migration beside it: a test compares this schema with the one that the migrations lead to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)

from coach.domain.exercise import Kind, Side
from coach.domain.pain import BodySide, PainMoment, Region
from coach.domain.progress.period import FlagLevel, PeriodKind
from coach.domain.records import Outcome, SetStatus
from coach.domain.reminders.ledger import Answer, Missed
from coach.services.reminding import CheckKind, Stiffness
from coach.storage.types import Choice, Day, Flag, Id, Instant, Json, Whole, Words

if TYPE_CHECKING:
    from enum import StrEnum

    from sqlalchemy.schema import SchemaItem

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
metadata = MetaData(naming_convention=NAMING)


def _facts(name: str, *items: SchemaItem) -> Table:
    """A table of facts: id, time and place first, then what is its own."""
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True),
        Column("at", Instant, nullable=False),
        Column("zone", Words, nullable=False),
        Column("local_date", Day, nullable=False),
        *items,
        CheckConstraint("length(id) = 36", name="id"),
        _instant("at"),
        _day("local_date"),
        sqlite_strict=True,
    )


def _supersedes(table: str) -> tuple[Column[object], Index]:
    # Deferrable: an import brings rows in any order and lets the database check them at its end.
    column: Column[object] = Column(
        "supersedes", Id, ForeignKey(f"{table}.id", deferrable=True, initially="IMMEDIATE"), nullable=True
    )
    return column, Index(None, "supersedes")


def _one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _at_least(column: str, least: int) -> CheckConstraint:
    return CheckConstraint(f"{column} >= {least}", name=column)


def _day(column: str) -> CheckConstraint:
    # LIKE, because it means the same to SQLite and PostgreSQL
    return CheckConstraint(f"{column} LIKE '____-__-__'", name=column)


def _area_side() -> CheckConstraint:
    return CheckConstraint("side IN ('left', 'right') OR (side = 'centre' AND region = 'low_back')", name="side")


def _instant(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} LIKE '____-__-__T__:__:__.______Z'", name=column)


def _session() -> Column[object]:
    return Column("session_id", Id, ForeignKey("sessions.id"), nullable=False)


sessions = _facts(
    "sessions",
    Column("routine_id", Words, nullable=False),
    Column("routine_title", Words, nullable=False),
    Column("plan", Json, nullable=False),
    Index("ix_sessions_by_day", "local_date", "at", "id"),  # without opening the rows, whose plans are long
)

session_plans = _facts(
    "session_plans",
    _session(),
    Column("number", Whole, nullable=False),  # 1, 2, 3 … in a session; the highest counts, whatever the clock did
    Column("plan", Json, nullable=False),
    _at_least("number", 1),
    Index(None, "session_id", "number"),
)

session_ends = _facts(
    "session_ends",
    _session(),
    Column("outcome", Choice(Outcome), nullable=False),
    Column("seconds", Whole, nullable=False),
    Column("effort", Whole),
    Column("note", Words, nullable=False),
    *_supersedes("session_ends"),
    _one_of("outcome", Outcome),
    _at_least("seconds", 0),
    CheckConstraint("effort BETWEEN 0 AND 10", name="effort"),
    Index(None, "session_id"),
)

sets = _facts(
    "sets",
    _session(),
    Column("exercise_index", Whole, nullable=False),
    Column("exercise_id", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("kind", Choice(Kind), nullable=False),
    Column("level", Whole, nullable=False),
    Column("level_name", Words, nullable=False),
    Column("set_no", Whole, nullable=False),
    Column("side", Choice(Side), nullable=False),
    Column("status", Choice(SetStatus), nullable=False),
    Column("planned_reps", Whole),
    Column("planned_hold_s", Whole),
    Column("tempo_effort", Whole),
    Column("tempo_hold", Whole),
    Column("tempo_back", Whole),
    Column("real_reps", Whole),
    Column("real_hold_s", Whole),
    Column("touches", Whole, nullable=False),
    Column("self_paced", Flag, nullable=False),
    *_supersedes("sets"),
    _one_of("kind", Kind),
    _one_of("side", Side),
    _one_of("status", SetStatus),
    _at_least("exercise_index", 0),
    _at_least("level", 1),
    _at_least("set_no", 1),
    _at_least("planned_reps", 0),
    _at_least("planned_hold_s", 0),
    _at_least("real_reps", 0),
    _at_least("real_hold_s", 0),
    _at_least("touches", 0),
    CheckConstraint(
        # all three or none; written so that a NULL among them cannot make the whole unknown, which would pass
        "(tempo_effort IS NULL) = (tempo_hold IS NULL) AND (tempo_hold IS NULL) = (tempo_back IS NULL)"
        " AND (tempo_effort IS NULL OR (tempo_effort >= 0 AND tempo_hold >= 0 AND tempo_back >= 0))",
        name="tempo",
    ),
    CheckConstraint("self_paced IN (0, 1)", name="self_paced"),
    Index(None, "session_id"),
    # all that a trend is made of, so that it need not open the rows
    Index(
        "ix_sets_trend",
        *("exercise_id", "local_date", "side", "status", "kind", "level", "real_reps", "real_hold_s", "id"),
    ),
)

pain_ratings = _facts(
    "pain_ratings",
    Column("region", Choice(Region), nullable=False),
    Column("side", Choice(BodySide), nullable=False),
    Column("moment", Choice(PainMoment), nullable=False),
    Column("nrs", Whole),
    Column("session_id", Id, ForeignKey("sessions.id")),
    Column("exercise_id", Words),
    Column("set_id", Id, ForeignKey("sets.id")),
    Column("sign", Words),
    *_supersedes("pain_ratings"),
    _one_of("region", Region),
    _area_side(),
    _one_of("moment", PainMoment),
    CheckConstraint("coalesce(nrs, 0) BETWEEN 0 AND 10 AND (nrs IS NOT NULL OR sign IS NOT NULL)", name="nrs"),
    Index(None, "session_id"),
    Index(None, "set_id"),
    Index(None, "region", "side", "at"),
    Index(None, "local_date"),
    # all that a chart of pain is made of
    Index("ix_pain_ratings_chart", "region", "side", "moment", "local_date", "nrs", "id"),
)

level_changes = _facts(
    "level_changes",
    Column("exercise_id", Words, nullable=False),
    Column("level", Whole, nullable=False),
    Column("reason", Words, nullable=False),
    *_supersedes("level_changes"),
    _at_least("level", 1),
    Index(None, "exercise_id", "at"),
)

reminders = _facts(
    "reminders",
    Column("reminder_id", Id, nullable=False),
    Column("rule", Json, nullable=False),
    Column("removed", Flag, nullable=False),
    *_supersedes("reminders"),
    CheckConstraint("length(reminder_id) = 36", name="reminder_id"),
    CheckConstraint("removed IN (0, 1)", name="removed"),
    Index(None, "reminder_id"),
)

# Here `local_date` is that of the occurrence, which together with `reminder_id` and `slot` says which one it is. That
# an occurrence happens once is not enforced: two computers may both have shown it before their histories met.
reminder_entries = _facts(
    "reminder_entries",
    Column("reminder_id", Id, nullable=False),
    Column("slot", Words, nullable=False),
    Column("number", Whole, nullable=False),  # 1, 2, 3 … for one occurrence, so that its order needs no clock
    Column("answer", Choice(Answer), nullable=False),
    Column("missed", Choice(Missed)),
    Column("until", Instant),
    CheckConstraint("length(reminder_id) = 36", name="reminder_id"),
    CheckConstraint("slot LIKE '__:__'", name="slot"),
    _at_least("number", 1),
    _one_of("answer", Answer),
    CheckConstraint(f"(missed IS NOT NULL) = (answer = '{Answer.MISSED}')", name="missed_with_reason"),
    _one_of("missed", Missed),
    CheckConstraint(f"(until IS NOT NULL) = (answer = '{Answer.SNOOZED}')", name="snoozed_until"),
    _instant("until"),
    Index(None, "local_date", "reminder_id", "slot"),
)

clock_steps = _facts(
    "clock_steps",
    Column("number", Whole, nullable=False),  # 1, 2, 3 …: of all things these are not to be put in order by the clock
    Column("was", Instant, nullable=False),  # what the wall clock showed, before it was set to show `at`
    _at_least("number", 1),
    _instant("was"),
)

checks = _facts(
    "checks",
    Column("kind", Choice(CheckKind), nullable=False),
    Column("hardest", Words),
    Column("stiffness", Choice(Stiffness)),
    _one_of("kind", CheckKind),
    _one_of("stiffness", Stiffness),
    CheckConstraint(f"hardest IS NULL OR kind = '{CheckKind.WEEKLY}'", name="hardest"),
    CheckConstraint(f"stiffness IS NULL OR kind = '{CheckKind.MORNING}'", name="stiffness_of_a_morning"),
    Index(None, "local_date"),
)

periods = _facts(
    "periods",
    Column("kind", Choice(PeriodKind), nullable=False),
    Column("first", Day, nullable=False),
    Column("last", Day),
    Column("region", Choice(Region)),
    Column("side", Choice(BodySide)),
    Column("note", Words, nullable=False),
    *_supersedes("periods"),
    _one_of("kind", PeriodKind),
    _day("first"),
    _day("last"),
    CheckConstraint("last >= first", name="order"),
    _one_of("region", Region),
    _area_side(),
    CheckConstraint("(region IS NULL) = (side IS NULL)", name="area"),
)

flags = _facts(
    "flags",
    Column("flag", Words, nullable=False),
    Column("level", Choice(FlagLevel), nullable=False),
    Column("yes", Flag, nullable=False),
    *_supersedes("flags"),
    _one_of("level", FlagLevel),
    CheckConstraint("yes IN (0, 1)", name="yes"),
    Index(None, "local_date"),
)

self_tests = _facts(
    "self_tests",
    Column("test", Words, nullable=False),
    Column("side", Choice(Side)),
    Column("tenths", Whole, nullable=False),
    Column("note", Words, nullable=False),
    *_supersedes("self_tests"),
    _one_of("side", Side),
    _at_least("tenths", -10_000),  # a reach may end short of its mark
    Index(None, "local_date"),
)

# What Alembic would create by itself; ours stands here so that a new file can be stamped without importing Alembic.
version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
