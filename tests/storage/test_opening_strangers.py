"""Files that were moved, linked or mixed by hand: what does not belong to the diary is put aside, and that is told."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.errors import Damage, DamagedDiaryError
from coach.services.keeping import BackupReason
from coach.storage.diary import SqlDiary, open_diary
from coach.storage.sqlite import aside, file
from tests import records as r
from tests.fakes import FakeClock
from tests.storage.conftest import FILE, contents, make

if TYPE_CHECKING:
    from pathlib import Path


def fill(diary: SqlDiary, first: int, count: int) -> None:
    """So many sessions of three sets."""
    for number in range(first, first + count):
        start = r.start(number)
        diary.add_session(start)
        for set_no in (1, 2, 3):
            diary.add_set(r.done(start, number, set_no=set_no))


def crashed(tmp_path: Path, older: str) -> Path:
    """A folder with the log of a diary that was not closed, beside an older file that somebody put in its place.

    `older` is "backup" for a backup, "copy" for a copy of the file itself from before the last sessions.
    """
    live, folder = tmp_path / "live", tmp_path / "crashed"
    live.mkdir()
    folder.mkdir()
    with closing(open_diary(live, FakeClock())) as diary:
        fill(diary, 0, 20)
        backup = diary.archive.back_up(BackupReason.SESSION).path
    shutil.copy(backup if older == "backup" else live / FILE, folder / FILE)
    with closing(open_diary(live, FakeClock())) as diary:
        fill(diary, 100, 40)
    with closing(open_diary(live, FakeClock())) as diary:
        fill(diary, 200, 2)  # the log begins anew, so it holds only what came last
        log = (live / f"{FILE}-wal").read_bytes()
    (folder / f"{FILE}-wal").write_bytes(log)
    return folder


@pytest.mark.parametrize("older", ["backup", "copy"])
def test_fault_11_the_log_of_a_file_that_was_replaced_by_an_older_one_is_put_aside(tmp_path: Path, older: str) -> None:
    folder = crashed(tmp_path, older)
    log = (folder / f"{FILE}-wal").read_bytes()
    alone = tmp_path / "alone.sqlite3"
    shutil.copy(folder / FILE, alone)
    with closing(open_diary(folder, FakeClock())) as diary:
        assert len(diary.sessions()) == 20
        assert "A log that does not belong to the diary" in diary.notice
        (stray,) = (folder / aside.DAMAGED).glob("*-wal")
        assert str(stray) in diary.notice
        assert stray.read_bytes() == log
    assert contents(folder / FILE) == contents(alone)
    with closing(open_diary(folder, FakeClock())) as diary:
        assert diary.notice == ""


def test_the_log_of_a_killed_program_is_no_stranger(tmp_path: Path) -> None:
    live, folder = tmp_path / "live", tmp_path / "killed"
    live.mkdir()
    folder.mkdir()
    make(live)
    with closing(open_diary(live, FakeClock())) as diary:
        fill(diary, 100, 10)
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(live / name, folder / name)
    with closing(open_diary(folder, FakeClock())) as diary:
        assert len(diary.sessions()) == 11
        assert diary.notice == ""
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_a_log_torn_by_a_power_cut_costs_its_torn_end_only(tmp_path: Path) -> None:
    live, folder = tmp_path / "live", tmp_path / "killed"
    live.mkdir()
    make(live)
    with closing(open_diary(live, FakeClock())) as diary:
        fill(diary, 100, 10)
        whole, log = (live / FILE).read_bytes(), (live / f"{FILE}-wal").read_bytes()
    for cut in range(0, len(log), len(log) // 25):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / FILE).write_bytes(whole)
        (folder / f"{FILE}-wal").write_bytes(log[:cut] + b"\xa5" * 5000)
        with closing(open_diary(folder, FakeClock())) as diary:
            assert 1 <= len(diary.sessions()) <= 11
            assert diary.notice == ""


def test_fault_01_a_missing_file_with_backups_is_not_replaced_by_an_empty_one(tmp_path: Path) -> None:
    make(tmp_path)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        diary.archive.back_up(BackupReason.HAND)
    (tmp_path / FILE).unlink()
    for reading in (False, True):
        with pytest.raises(DamagedDiaryError, match="not there any more, but copies of it are") as told:
            open_diary(tmp_path, FakeClock(), reading=reading)
        assert told.value.damage is Damage.MISSING
    assert not (tmp_path / FILE).exists()


def test_what_is_left_of_a_deleted_diary_does_not_get_into_the_new_one(tmp_path: Path) -> None:
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        fill(diary, 0, 3)
        log = (tmp_path / f"{FILE}-wal").read_bytes()
    (tmp_path / FILE).unlink()
    (tmp_path / f"{FILE}-wal").write_bytes(log)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        assert diary.sessions() == ()
        assert "Parts of a diary that is gone were moved to" in diary.notice
    (stray,) = (tmp_path / aside.DAMAGED).iterdir()
    assert stray.read_bytes() == log


def test_fault_02_an_empty_file_is_not_opened_so_that_its_log_stays(tmp_path: Path) -> None:
    """SQLite would delete the log of an empty file at first sight."""
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        fill(diary, 0, 3)
        log = (tmp_path / f"{FILE}-wal").read_bytes()
    (tmp_path / FILE).write_bytes(b"")
    (tmp_path / f"{FILE}-wal").write_bytes(log)
    with pytest.raises(DamagedDiaryError) as told:
        open_diary(tmp_path, FakeClock())
    assert told.value.damage is Damage.EMPTY
    assert (tmp_path / f"{FILE}-wal").read_bytes() == log


@pytest.mark.skipif(os.name != "posix", reason="counts names as POSIX does")
def test_fault_17_a_file_with_two_names_gets_one_of_its_own(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    make(first)
    (second / FILE).hardlink_to(first / FILE)
    with closing(open_diary(second, FakeClock())) as diary:
        assert "had a second name elsewhere" in diary.notice
        diary.add_session(r.start(60))
        assert len(diary.sessions()) == 2
    with closing(open_diary(first, FakeClock())) as diary:
        assert diary.notice == ""
        assert len(diary.sessions()) == 1
    assert (first / FILE).stat().st_ino != (second / FILE).stat().st_ino


def test_scratch_files_of_a_killed_program_go_when_they_are_a_day_old(tmp_path: Path) -> None:
    path = make(tmp_path)
    fresh, old = file.scratch_beside(path), file.scratch_beside(path)
    now = FakeClock().now().timestamp()
    os.utime(fresh, (now, now - 3600))
    os.utime(old, (now, now - 25 * 3600))
    second_name = path.with_name(f".{FILE}.abc.part")  # killed between the new name and the end of the scratch one
    second_name.hardlink_to(path)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        assert diary.notice == ""
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted([FILE, fresh.name])
    assert contents(path)["sessions"]
