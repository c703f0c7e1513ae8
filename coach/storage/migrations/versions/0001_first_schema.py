"""The first schema: sessions with their plans and ends, sets, pain ratings, chosen levels.

Frozen: never edit this file, and never let it import the program's own definitions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As SQLite does anyway; a server would compare text by the database's own collation, and count in 32 bits.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Create everything."""
    _sessions()
    _session_plans()
    _session_ends()
    _sets()
    _pain_ratings()
    _level_changes()


def _facts(name: str, *items: sa.schema.SchemaItem, refers: dict[str, str] | None = None) -> None:
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
        *(_refers(name, column, to) for column, to in (refers or {}).items()),
        sqlite_strict=True,
    )


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=nullable)


def _integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, _WHOLE, nullable=nullable)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{to}.id"],
        name=op.f(f"fk_{table}_{column}"),
        # Within one table an import brings the rows in any order.
        deferrable=True if table == to else None,
        initially="IMMEDIATE" if table == to else None,
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _sessions() -> None:
    _facts("sessions", _text("routine_id"), _text("routine_title"), _text("plan"))
    _index("sessions", "local_date", "at")


def _session_plans() -> None:
    name = "session_plans"
    _facts(
        name,
        _text("session_id"),
        _integer("number"),
        _text("plan"),
        _check(name, "number", "number >= 1"),
        refers={"session_id": "sessions"},
    )
    _index(name, "session_id", "number")


def _session_ends() -> None:
    name = "session_ends"
    _facts(
        name,
        _text("session_id"),
        _text("outcome"),
        _integer("seconds"),
        _integer("effort", nullable=True),
        _text("note"),
        _text("supersedes", nullable=True),
        _check(name, "outcome", "outcome IN ('completed', 'stopped', 'abandoned')"),
        _check(name, "seconds", "seconds >= 0"),
        _check(name, "effort", "effort BETWEEN 0 AND 10"),
        refers={"session_id": "sessions", "supersedes": name},
    )
    _index(name, "session_id")
    _index(name, "supersedes")


def _sets() -> None:
    name = "sets"
    _facts(
        name,
        _text("session_id"),
        _integer("exercise_index"),
        _text("exercise_id"),
        _text("title"),
        _text("kind"),
        _integer("level"),
        _text("level_name"),
        _integer("set_no"),
        _text("side"),
        _text("status"),
        _integer("planned_reps", nullable=True),
        _integer("planned_hold_s", nullable=True),
        _integer("tempo_effort", nullable=True),
        _integer("tempo_hold", nullable=True),
        _integer("tempo_back", nullable=True),
        _integer("real_reps", nullable=True),
        _integer("real_hold_s", nullable=True),
        _integer("touches"),
        _integer("self_paced"),
        _text("supersedes", nullable=True),
        _check(name, "kind", "kind IN ('reps', 'hold', 'balance')"),
        _check(name, "side", "side IN ('left', 'right', 'both')"),
        _check(name, "status", "status IN ('done', 'partial', 'skipped')"),
        _check(name, "exercise_index", "exercise_index >= 0"),
        _check(name, "level", "level >= 1"),
        _check(name, "set_no", "set_no >= 1"),
        _check(name, "planned_reps", "planned_reps >= 0"),
        _check(name, "planned_hold_s", "planned_hold_s >= 0"),
        _check(name, "real_reps", "real_reps >= 0"),
        _check(name, "real_hold_s", "real_hold_s >= 0"),
        _check(name, "touches", "touches >= 0"),
        _check(
            name,
            "tempo",
            "(tempo_effort IS NULL) = (tempo_hold IS NULL) AND (tempo_hold IS NULL) = (tempo_back IS NULL)"
            " AND (tempo_effort IS NULL OR (tempo_effort >= 0 AND tempo_hold >= 0 AND tempo_back >= 0))",
        ),
        _check(name, "self_paced", "self_paced IN (0, 1)"),
        refers={"session_id": "sessions", "supersedes": name},
    )
    _index(name, "session_id")
    _index(name, "exercise_id", "local_date")
    _index(name, "supersedes")


def _pain_ratings() -> None:
    name = "pain_ratings"
    _facts(
        name,
        _text("region"),
        _text("side"),
        _text("moment"),
        _integer("nrs", nullable=True),
        _text("session_id", nullable=True),
        _text("exercise_id", nullable=True),
        _text("set_id", nullable=True),
        _text("sign", nullable=True),
        _text("supersedes", nullable=True),
        _check(
            name,
            "region",
            "region IN ('low_back', 'hip', 'knee', 'shin', 'calf_achilles', 'ankle', 'heel_sole', 'forefoot_toes')",
        ),
        _check(name, "side", "side IN ('left', 'right') OR (side = 'centre' AND region = 'low_back')"),
        _check(name, "moment", "moment IN ('pre', 'max', 'post', 'am')"),
        _check(name, "nrs", "coalesce(nrs, 0) BETWEEN 0 AND 10 AND (nrs IS NOT NULL OR sign IS NOT NULL)"),
        refers={"session_id": "sessions", "set_id": "sets", "supersedes": name},
    )
    _index(name, "session_id")
    _index(name, "set_id")
    _index(name, "region", "side", "at")
    _index(name, "supersedes")


def _level_changes() -> None:
    name = "level_changes"
    _facts(
        name,
        _text("exercise_id"),
        _integer("level"),
        _text("reason"),
        _text("supersedes", nullable=True),
        _check(name, "level", "level >= 1"),
        refers={"supersedes": name},
    )
    _index(name, "exercise_id", "at")
    _index(name, "supersedes")
