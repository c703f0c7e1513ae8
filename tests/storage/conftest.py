"""A diary in a folder of its own, and a look behind it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.storage import migrate
from coach.storage.diary import SqlDiary, open_diary
from coach.storage.revisions import HEAD, REVISIONS
from coach.storage.sqlite import checks, copying
from tests import records as r
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "diary.sqlite3"

NEXT = "9999"
REVISION = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"

def upgrade():
    {{first}}
    op.create_table("extra", sa.Column("id", sa.Text(), nullable=False), sqlite_strict=True)
    with op.batch_alter_table("sets", recreate="always") as batch:
        batch.add_column(sa.Column("load_kg", sa.REAL()))
    {{more}}
"""


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[SqlDiary]:
    """A new diary that gives up at once when another program writes."""
    with closing(open_diary(tmp_path, FakeClock(), busy_s=0)) as made:
        yield made


def make(folder: Path, sets: int = 20) -> Path:
    """A closed diary with one session of so many sets, made in a folder that is there; its file."""
    start = r.start()
    with closing(open_diary(folder, FakeClock())) as diary, diary.together():
        diary.add_session(start)
        for number in range(1, sets + 1):
            diary.add_set(r.done(start, number, set_no=number))
    return folder / FILE


def pragma(diary: SqlDiary, text: str) -> object:
    """Set or ask a pragma on the diary's own connection."""
    with diary._database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None  # of sqlite3, or of SQLCipher
        row = raw.execute(f"PRAGMA {text}").fetchone()
        return None if row is None else row[0]


def schema(path: Path) -> dict[tuple[str, str], str]:
    """The statements that made a file, by kind and name, without line breaks and in one order.

    A table that was built anew has its name in quotes, and its constraints in any order.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'")
        return {(kind, name): _in_order(sql or "") for kind, name, sql in rows}


def _in_order(statement: str) -> str:
    body, end, strict = " ".join(statement.replace('"', "").split()).partition(" ) STRICT")
    columns, *constraints = body.split(", CONSTRAINT ")
    return ", CONSTRAINT ".join([columns, *sorted(constraints)]) + end + strict


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in names.fetchall()}


def add_revision(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass", *, first: bool = False) -> None:
    """Let the program believe that there is one more revision, which does `more` last, or first."""
    scripts = folder / "scripts"
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{NEXT}_only_here.py").write_text(
        REVISION.format(first=more if first else "pass", more="pass" if first else more)
    )
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    for module in (checks, copying):
        monkeypatch.setattr(module, "REVISIONS", (*REVISIONS, NEXT))
    monkeypatch.setattr(checks, "HEAD", NEXT)
