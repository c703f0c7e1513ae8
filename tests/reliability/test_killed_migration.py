"""`kill -9` in the middle of a migration: the next start finishes it, from the old file or from the new one."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.storage.backups import BACKUPS
from coach.storage.diary import open_diary
from coach.storage.revisions import HEAD
from coach.storage.sqlite.file import FILE
from tests import records as r
from tests.fakes import FakeClock
from tests.reliability.figures import amount
from tests.reliability.looking import copy_of
from tests.reliability.nursery import Nursery
from tests.storage.conftest import NEXT, add_revision, contents, schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
KILLS = amount(20, 50)
SETS = 2000


def old_diary(folder: Path) -> Path:
    """A closed diary with enough rows that rebuilding a table takes a while."""
    folder.mkdir()
    start = r.start()
    with closing(open_diary(folder)) as diary, diary.together():
        diary.add_session(start)
        for number in range(1, SETS + 1):
            diary.add_set(r.done(start, number, set_no=number))
        diary.add_pain((r.pain(2, session_id=start.id),))
    return folder


def revision(path: Path) -> str:
    """What the file says of itself; it must be whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def shape(path: Path) -> dict[tuple[str, str], list[str]]:
    """The words of each statement that made the file: Alembic writes the constraints of a table in any order."""
    return {key: sorted(re.findall(r"[\w']+", statement)) for key, statement in schema(path).items()}


def test_fault_18_kill_9_in_the_middle_of_a_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, figure: Callable[..., None]
) -> None:
    old = old_diary(tmp_path / "old")
    rows, old_shape = contents(old / FILE), shape(old / FILE)
    add_revision(tmp_path, monkeypatch)
    die = random.Random(seed)
    found = dict.fromkeys((HEAD, NEXT), 0)
    with Nursery(tmp_path / "stderr", "tests.reliability.migrating") as nursery:

        def begin(folder: Path) -> int:
            shutil.copytree(old, folder)
            pid = nursery.bear("tests.reliability.migrating:main", folder=str(folder), elsewhere=f"{folder} scripts")
            nursery.hear(lambda word: word.get("at") == "begun")
            return pid

        pid = begin(tmp_path / "whole")
        usual = nursery.hear(lambda word: word.get("at") == "migrated")["s"]
        nursery.end(pid)
        new_shape = shape(tmp_path / "whole" / FILE)
        for number in range(KILLS):
            folder = tmp_path / f"killed {number}"
            pid = begin(folder)
            nursery.listen(die.uniform(0, usual))
            nursery.end(pid)
            while nursery.listen(0) is not None:
                pass
            left = copy_of(folder, tmp_path / "copy")
            found[revision(left)] += 1
            assert shape(left) == (old_shape if revision(left) == HEAD else new_shape)
            with closing(open_diary(folder, FakeClock())) as diary:
                assert len(diary.sessions()[0].sets) == SETS
            assert revision(folder / FILE) == NEXT
            assert shape(folder / FILE) == new_shape
            after = contents(folder / FILE)
            assert [row[:-1] for row in after["sets"]] == rows["sets"]
            assert after["pain_ratings"] == rows["pain_ratings"]
            for copy in (folder / BACKUPS).glob("*.sqlite3"):
                assert contents(copy) == rows
            shutil.rmtree(folder)
    figure(
        f"{KILLS} migrations of {SETS:,} sets killed ({found[HEAD]} found as before, {found[NEXT]} done): "
        f"all finished by the next start, nothing left of the way, seed {seed}",
        kills=KILLS,
        before=found[HEAD],
        done=found[NEXT],
        seed=seed,
    )
