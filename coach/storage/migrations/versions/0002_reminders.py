"""Reminders, what became of each, settings of the wall clock, answers to the questions of the morning and the week.

The latter also bring two more moments of a pain rating. Frozen: never edit this file, and never let it import the
program's own definitions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Create four tables and allow two more moments."""
    _reminders()
    _reminder_entries()
    _clock_steps()
    _checks()
    _weekly_moments()


def _facts(name: str, *items: sa.schema.SchemaItem, corrects: bool = False) -> None:
    op.create_table(
        name,
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("zone", _TEXT, nullable=False),
        sa.Column("local_date", _TEXT, nullable=False),
        *items,
        _check(name, "id", "length(id) = 36"),
        _check(name, "at", "at LIKE '____-__-__T__:__:__.______Z'"),
        _check(name, "local_date", "local_date LIKE '____-__-__'"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *((_refers(name, "supersedes", name),) if corrects else ()),
        sqlite_strict=True,
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=nullable)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, _WHOLE, nullable=False)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    within = table == to
    return sa.ForeignKeyConstraint(
        [column],
        [f"{to}.id"],
        name=op.f(f"fk_{table}_{column}"),
        deferrable=True if within else None,
        initially="IMMEDIATE" if within else None,
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _reminders() -> None:
    name = "reminders"
    _facts(
        name,
        _text("reminder_id"),
        _text("rule"),
        _integer("removed"),
        _text("supersedes", nullable=True),
        _check(name, "reminder_id", "length(reminder_id) = 36"),
        _check(name, "removed", "removed IN (0, 1)"),
        corrects=True,
    )
    _index(name, "reminder_id")
    _index(name, "supersedes")


def _reminder_entries() -> None:
    name = "reminder_entries"
    _facts(
        name,
        _text("reminder_id"),
        _text("slot"),
        _integer("number"),
        _text("answer"),
        _text("missed", nullable=True),
        _text("until", nullable=True),
        _check(name, "reminder_id", "length(reminder_id) = 36"),
        _check(name, "slot", "slot LIKE '__:__'"),
        _check(name, "number", "number >= 1"),
        _check(name, "answer", "answer IN ('shown', 'snoozed', 'started', 'dismissed', 'skipped', 'missed')"),
        _check(name, "missed_with_reason", "(missed IS NOT NULL) = (answer = 'missed')"),
        _check(
            name,
            "missed",
            "missed IN ('asleep', 'app_closed', 'do_not_disturb', 'in_a_call', 'quiet_hours', 'locked', 'full_screen',"
            " 'typing', 'travel', 'no_answer')",
        ),
        _check(name, "snoozed_until", "(until IS NOT NULL) = (answer = 'snoozed')"),
        _check(name, "until", "until LIKE '____-__-__T__:__:__.______Z'"),
    )
    _index(name, "local_date", "reminder_id", "slot")


def _clock_steps() -> None:
    name = "clock_steps"
    _facts(
        name,
        _integer("number"),
        _text("was"),
        _check(name, "number", "number >= 1"),
        _check(name, "was", "was LIKE '____-__-__T__:__:__.______Z'"),
    )


def _checks() -> None:
    name = "checks"
    _facts(
        name,
        _text("kind"),
        _text("hardest", nullable=True),
        _text("stiffness", nullable=True),
        _check(name, "kind", "kind IN ('weekly', 'morning')"),
        _check(name, "stiffness", "stiffness IN ('0', '1-5', '6-15', '16-30', '>30')"),
        _check(name, "hardest", "hardest IS NULL OR kind = 'weekly'"),
        _check(name, "stiffness_of_a_morning", "stiffness IS NULL OR kind = 'morning'"),
    )
    _index(name, "local_date")


def _weekly_moments() -> None:
    """Ratings of the last 7 days as a whole; the table is as the first step made it."""
    name = "pain_ratings"
    frozen = sa.Table(
        name,
        sa.MetaData(),
        _text("id"),
        _text("at"),
        _text("zone"),
        _text("local_date"),
        _text("region"),
        _text("side"),
        _text("moment"),
        sa.Column("nrs", _WHOLE),
        _text("session_id", nullable=True),
        _text("exercise_id", nullable=True),
        _text("set_id", nullable=True),
        _text("sign", nullable=True),
        _text("supersedes", nullable=True),
        _check(name, "id", "length(id) = 36"),
        _check(name, "at", "at LIKE '____-__-__T__:__:__.______Z'"),
        _check(name, "local_date", "local_date LIKE '____-__-__'"),
        _check(
            name,
            "region",
            "region IN ('low_back', 'hip', 'knee', 'shin', 'calf_achilles', 'ankle', 'heel_sole', 'forefoot_toes')",
        ),
        _check(name, "side", "side IN ('left', 'right') OR (side = 'centre' AND region = 'low_back')"),
        _check(name, "moment", "moment IN ('pre', 'max', 'post', 'am')"),
        _check(name, "nrs", "coalesce(nrs, 0) BETWEEN 0 AND 10 AND (nrs IS NOT NULL OR sign IS NOT NULL)"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        _refers(name, "session_id", "sessions"),
        _refers(name, "set_id", "sets"),
        _refers(name, "supersedes", name),
        sa.Index(op.f(f"ix_{name}_session_id"), "session_id"),
        sa.Index(op.f(f"ix_{name}_set_id"), "set_id"),
        sa.Index(op.f(f"ix_{name}_region_side_at"), "region", "side", "at"),
        sa.Index(op.f(f"ix_{name}_supersedes"), "supersedes"),
        sqlite_strict=True,
    )
    with op.batch_alter_table(name, copy_from=frozen) as batch:
        batch.drop_constraint(op.f(f"ck_{name}_moment"), type_="check")
        batch.create_check_constraint(
            op.f(f"ck_{name}_moment"), "moment IN ('pre', 'max', 'post', 'am', 'weekly_avg', 'weekly_worst')"
        )
