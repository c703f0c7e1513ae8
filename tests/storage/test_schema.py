"""The schema: strict, named, checked, and the same whichever way a file came to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.schema import CreateTable

from coach.errors import StorageError
from coach.storage import migrate
from coach.storage.revisions import HEAD, REVISIONS
from coach.storage.sqlite import file
from coach.storage.sqlite.engine import make_engine
from coach.storage.tables import metadata
from tests import records as r
from tests.storage.conftest import FILE, pragma, schema

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Constraint

    from coach.storage.diary import SqlDiary

TABLES = sorted(metadata.tables)


def test_a_fresh_schema_equals_the_one_that_the_migrations_lead_to(diary: SqlDiary, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.sqlite3"
    migrated.touch()
    engine = make_engine(migrated, file.connect)
    with engine.begin() as connection:
        migrate.upgrade(connection)
    engine.dispose()
    assert schema(tmp_path / FILE) == schema(migrated)


def test_start_up_knows_the_same_revisions_as_alembic() -> None:
    scripts = ScriptDirectory.from_config(migrate.config())
    assert [script.revision for script in reversed(list(scripts.walk_revisions()))] == list(REVISIONS)
    assert scripts.get_current_head() == HEAD


def test_every_constraint_has_a_name_so_that_a_migration_can_find_it() -> None:
    constraints: list[Constraint] = [c for table in metadata.tables.values() for c in table.constraints]
    assert len(constraints) > 20
    assert [c for c in constraints if not c.name] == []


@pytest.mark.parametrize("table", TABLES)
def test_postgresql_would_get_plain_columns_and_the_same_checks(table: str) -> None:
    statement = str(CreateTable(metadata.tables[table]).compile(dialect=PGDialect()))  # type: ignore[no-untyped-call]
    assert "STRICT" not in statement
    columns = [line.split() for line in statement.splitlines()[2:] if line.strip() and "CONSTRAINT" not in line]
    assert {words[1].rstrip(",") for words in columns if len(words) > 1} <= {"TEXT", "BIGINT"}
    assert statement.count("CHECK") == sum(isinstance(c, CheckConstraint) for c in metadata.tables[table].constraints)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_strict_and_keeps_when_where_and_which_day(diary: SqlDiary, tmp_path: Path, table: str) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        strict = dict(connection.execute("SELECT name, strict FROM pragma_table_list"))
        columns = {
            name: (kind, bool(notnull))
            for _, name, kind, notnull, *_ in connection.execute(f"PRAGMA table_info({table})")
        }
    assert strict[table] == 1
    for name in ("id", "at", "zone", "local_date"):
        assert columns[name] == ("TEXT", True)
    assert {kind for kind, _ in columns.values()} <= {"TEXT", "INTEGER", "REAL"}


def test_a_word_in_a_column_of_numbers_is_refused(diary: SqlDiary, tmp_path: Path) -> None:
    diary.add_session(r.start())
    with (
        closing(sqlite3.connect(tmp_path / FILE)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="INTEGER"),
    ):
        connection.execute(
            "INSERT INTO level_changes VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            (str(r.new_id()), "2026-11-15T08:30:00.000000Z", "UTC", "2026-11-15", "calf_raise", "seven", "person"),
        )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("nrs", 11),
        ("nrs", -1),
        ("region", "elbow"),
        ("side", "centre"),
        ("moment", "later"),
        ("id", "1"),
        ("at", "2026-11-15 08:30"),
        ("local_date", "15.11.26"),
        ("nrs", None),
        ("nrs", float("nan")),
    ],
)
def test_an_impossible_rating_is_refused_by_the_file_itself(
    diary: SqlDiary, tmp_path: Path, column: str, value: object
) -> None:
    diary.add_pain((r.pain(),))
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"UPDATE pain_ratings SET {column} = ?", (value,))


@pytest.mark.parametrize(
    "change",
    [
        "tempo_hold = NULL",
        "tempo_effort = NULL, tempo_back = NULL",
        "tempo_back = -1",
        "set_no = 0",
        "level = 0",
        "self_paced = 2",
        "real_reps = -1",
        "kind = 'jump'",
        "status = 'half'",
        "touches = -1",
        "session_id = NULL",
    ],
)
def test_an_impossible_set_is_refused_by_the_file_itself(diary: SqlDiary, tmp_path: Path, change: str) -> None:
    start = r.start()
    diary.add_session(start)
    diary.add_set(r.done(start))
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"UPDATE sets SET {change}")


def test_a_rating_of_11_is_a_fault_told_and_leaves_its_neighbours_out_too(diary: SqlDiary) -> None:
    with pytest.raises(StorageError, match=r"does not fit.*ck_pain_ratings_nrs"):
        diary.add_pain((r.pain(0), r.pain(1, nrs=11)))
    assert diary.last_pain() == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("application_id", file.APPLICATION_ID),
        ("busy_timeout", 0),
    ],
)
def test_the_connection_is_set_up_to_lose_nothing(diary: SqlDiary, name: str, value: object) -> None:
    assert pragma(diary, name) == value
