"""A power cut in the middle of a write: the log ends anywhere, or in rubbish. The diary opens, and holds a prefix.

This proves the format of the log and how we open it. A disk that says "written" and lies cannot be tried from here.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.storage.diary import open_diary
from coach.storage.sqlite.file import FILE
from tests import records as r
from tests.fakes import FakeClock
from tests.reliability.figures import amount
from tests.storage.conftest import pragma

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETS = 60
COPIES = amount(100, 500)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A folder in which a session of 60 sets was being kept: some of it in the file, the rest still in the log."""
    folder, cut_off = tmp_path / "running", tmp_path / "cut off"
    folder.mkdir()
    start = r.start()
    with closing(open_diary(folder, FakeClock())) as diary:
        diary.add_session(start)
        for number in range(1, SETS + 1):
            diary.add_set(r.done(start, number, set_no=number))
            diary.add_pain((r.pain(number, session_id=start.id),))
            if number == SETS // 3:
                pragma(diary, "wal_checkpoint(PASSIVE)")
        cut_off.mkdir()
        for suffix in ("", "-wal"):
            shutil.copyfile(folder / f"{FILE}{suffix}", cut_off / f"{FILE}{suffix}")
    return cut_off


def kept(folder: Path) -> int:
    """Open the diary as the program does; how many sets it holds, which must be the first ones without a gap."""
    with closing(open_diary(folder, FakeClock())) as diary:
        (session,) = diary.sessions()
        numbers = [record.set_no for record in session.sets]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(session.pain) in {len(numbers), len(numbers) - 1}
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(numbers)


def test_fault_12_only_the_file_copied_while_the_program_runs_is_a_whole_older_diary(
    written: Path, tmp_path: Path
) -> None:
    """Its log is missing, so what was kept lately is too; it is never empty or broken."""
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(written / FILE, alone / FILE)
    assert kept(alone) == SETS // 3


def test_a_torn_log_costs_only_what_was_torn_off(
    written: Path, tmp_path: Path, seed: int, figure: Callable[..., None]
) -> None:
    log = (written / f"{FILE}-wal").read_bytes()
    die = random.Random(seed)
    found = []
    for number in range(COPIES):
        folder = tmp_path / f"copy {number}"
        folder.mkdir()
        shutil.copyfile(written / FILE, folder / FILE)
        cut = die.randrange(len(log))
        rubbish = die.randbytes(die.randrange(1, 3 * 4096)) if number % 2 else b""
        (folder / f"{FILE}-wal").write_bytes(log[:cut] + rubbish)
        found.append(kept(folder))
        shutil.rmtree(folder)
    assert kept(written) == SETS
    assert min(found) < SETS // 2 < max(found)
    figure(
        f"{COPIES} torn logs of {len(log) // 1024} KiB, half with rubbish after the cut: all open, integrity ok, "
        f"{min(found)} to {max(found)} of {SETS} sets without a gap, seed {seed}",
        copies=COPIES,
        seed=seed,
    )
