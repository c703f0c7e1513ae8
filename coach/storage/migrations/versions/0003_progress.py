"""Flares and rests, answers about worrying symptoms, self-tests; and indexes that hold all a chart is made of.

Three of them take the place of narrower ones. Frozen: never edit this file, and never let it import the program's own
definitions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Create three tables and change indexes."""
    _periods()
    _flags()
    _self_tests()
    _indexes()


def _facts(name: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("zone", _TEXT, nullable=False),
        sa.Column("local_date", _TEXT, nullable=False),
        *items,
        _text("supersedes", nullable=True),
        _check(name, "id", "length(id) = 36"),
        _check(name, "at", "at LIKE '____-__-__T__:__:__.______Z'"),
        _check(name, "local_date", "local_date LIKE '____-__-__'"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["supersedes"],
            [f"{name}.id"],
            name=op.f(f"fk_{name}_supersedes"),
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sqlite_strict=True,
    )
    _index(name, "supersedes")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=nullable)


def _integer(name: str) -> sa.Column[int]:
    return sa.Column(name, _WHOLE, nullable=False)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, *columns: str, name: str = "") -> None:
    op.create_index(op.f(f"ix_{table}_{name or '_'.join(columns)}"), table, list(columns))


def _periods() -> None:
    name = "periods"
    _facts(
        name,
        _text("kind"),
        _text("first"),
        _text("last", nullable=True),
        _text("region", nullable=True),
        _text("side", nullable=True),
        _text("note"),
        _check(name, "kind", "kind IN ('flare', 'rest')"),
        _check(name, "first", "first LIKE '____-__-__'"),
        _check(name, "last", "last LIKE '____-__-__'"),
        _check(name, "order", "last >= first"),
        _check(
            name,
            "region",
            "region IN ('low_back', 'hip', 'knee', 'shin', 'calf_achilles', 'ankle', 'heel_sole', 'forefoot_toes')",
        ),
        _check(name, "side", "side IN ('left', 'right') OR (side = 'centre' AND region = 'low_back')"),
        _check(name, "area", "(region IS NULL) = (side IS NULL)"),
    )


def _flags() -> None:
    name = "flags"
    _facts(
        name,
        _text("flag"),
        _text("level"),
        _integer("yes"),
        _check(name, "level", "level IN ('E', 'U', 'S')"),
        _check(name, "yes", "yes IN (0, 1)"),
    )
    _index(name, "local_date")


def _self_tests() -> None:
    name = "self_tests"
    _facts(
        name,
        _text("test"),
        _text("side", nullable=True),
        _integer("tenths"),
        _text("note"),
        _check(name, "side", "side IN ('left', 'right', 'both')"),
        _check(name, "tenths", "tenths >= -10000"),
    )
    _index(name, "local_date")


def _indexes() -> None:
    op.drop_index("ix_sessions_local_date_at", "sessions")
    _index("sessions", "local_date", "at", "id", name="by_day")
    op.drop_index("ix_sets_exercise_id_local_date", "sets")
    _index(
        "sets",
        *("exercise_id", "local_date", "side", "status", "kind", "level", "real_reps", "real_hold_s", "id"),
        name="trend",
    )
    _index("pain_ratings", "local_date")
    _index("pain_ratings", "region", "side", "moment", "local_date", "nrs", "id", name="chart")
