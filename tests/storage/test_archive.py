"""Backups of an open diary, what waits for one, and a copy elsewhere when the folder has gone."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from coach.domain.records import Stamp
from coach.errors import GoneError, StorageError
from coach.services.keeping import BackupReason
from coach.storage.diary import open_diary
from coach.storage.sqlite import copying
from coach.storage.sqlite.file import APPLICATION_ID
from tests import records as r
from tests.storage.conftest import FILE, contents, pragma

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coach.storage.diary import SqlDiary
    from tests.fakes import FakeClock


@pytest.fixture
def diary(tmp_path: Path, clock: FakeClock) -> Iterator[SqlDiary]:
    """A diary whose clock the test moves."""
    (tmp_path / "person").mkdir()
    with closing(open_diary(tmp_path / "person", clock, busy_s=0)) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "person"


def session(diary: SqlDiary, minutes: float = 0) -> None:
    """A session of one set."""
    start = r.start(minutes)
    diary.add_session(start)
    diary.add_set(r.done(start, minutes))
    diary.add_end(r.end(start, minutes))


def test_a_backup_holds_what_is_in_the_log_and_stands_alone(diary: SqlDiary, folder: Path, tmp_path: Path) -> None:
    session(diary)
    backup = diary.archive.back_up(BackupReason.SESSION)
    assert contents(backup.path) == contents(folder / FILE)
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(backup.path, alone / FILE)
    with closing(open_diary(alone)) as copy:
        assert copy.sessions() == diary.sessions()


def test_a_backup_under_load_is_always_whole_and_a_prefix(diary: SqlDiary) -> None:
    start = r.start()
    diary.add_session(start)
    for number in range(1, 101):
        diary.add_set(r.done(start, number / 60, set_no=number))
        backup = diary.archive.back_up(BackupReason.SESSION)
        copying.check_copy(backup.path)
        assert len(contents(backup.path)["sets"]) == number


def test_it_goes_through_the_connection_that_is_open_already(diary: SqlDiary, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one on the live file is what old versions of SQLite are exposed to."""
    opened: list[str] = []
    connect = sqlite3.connect

    def watch(database: str, **options: object) -> sqlite3.Connection:
        opened.append(database)
        return connect(database, **options)  # type: ignore[call-overload, no-any-return] # handed through as it came

    monkeypatch.setattr(sqlite3, "connect", watch)
    diary.archive.back_up(BackupReason.HAND)
    assert opened
    assert not [name for name in opened if f"/{FILE}?" in name]


def test_a_backup_that_is_not_whole_is_refused_and_removed(
    diary: SqlDiary, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(diary)
    make = copying.copy_from

    def spoil(live: sqlite3.Connection, target: Path) -> None:
        make(live, target)
        with target.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * 4096)

    monkeypatch.setattr(copying, "copy_from", spoil)
    with pytest.raises(StorageError, match="does not count"):
        diary.archive.back_up(BackupReason.SESSION)
    assert list((folder / "backups").iterdir()) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (f"PRAGMA application_id={APPLICATION_ID + 1}", "it is no diary"),
        ("UPDATE alembic_version SET version_num = '9999'", "its revision is unknown"),
        ("DELETE FROM sessions", "refers to nothing"),
        ("DROP TABLE alembic_version", "cannot be read"),
    ],
)
def test_what_is_not_a_whole_diary_of_ours_is_no_copy(diary: SqlDiary, spoil: str, told: str) -> None:
    session(diary)
    path = diary.archive.back_up(BackupReason.HAND).path
    with closing(sqlite3.connect(path)) as copy, copy:
        copy.execute(spoil)
    with pytest.raises(StorageError, match=told):
        copying.check_copy(path)


def test_fault_19_a_full_disk_costs_the_backup_and_nothing_else(
    diary: SqlDiary, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(diary)
    good = diary.archive.back_up(BackupReason.SESSION)
    before = contents(folder / FILE)

    class Full(sqlite3.Connection):
        """A copy on a disk that takes four pages."""

        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[arg-type] # handed through as they came
            self.execute("PRAGMA max_page_count=4")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, **options: connect(name, factory=Full, **options))
    with pytest.raises(StorageError, match=r"the disk is full\. Your diary itself is untouched"):
        diary.archive.back_up(BackupReason.SESSION)
    monkeypatch.undo()
    assert diary.archive.backups() == (good,)
    assert [path.name for path in (folder / "backups").iterdir()] == [good.path.name]
    assert contents(folder / FILE) == before
    assert "the disk is full" in diary.archive.backup_state().problem


def test_contents_count_rows_and_name_the_days(diary: SqlDiary) -> None:
    assert diary.archive.contents().first_day is None
    session(diary, -24 * 60)
    session(diary)
    diary.add_pain((r.pain(), r.pain(1, area=r.BACK)))
    found = diary.archive.contents()
    assert (found.sessions, found.ratings) == (2, 2)
    assert found.rows["sets"] == 2
    assert found.rows["level_changes"] == 0
    assert (found.first_day, found.last_day) == (r.stamp(-24 * 60).local_date, r.stamp().local_date)


# --- what waits for a backup


def test_an_empty_diary_waits_for_nothing(diary: SqlDiary) -> None:
    state = diary.archive.backup_state()
    assert (state.newest, state.waiting_since, state.problem) == (None, None, "")


def test_everything_waits_until_there_is_a_backup(diary: SqlDiary, clock: FakeClock) -> None:
    clock.set_now(r.at(60))
    session(diary, 5)
    diary.add_level(r.level(2, 3))
    assert diary.archive.backup_state().waiting_since == r.at(2)
    backup = diary.archive.back_up(BackupReason.SESSION)
    state = diary.archive.backup_state()
    assert (state.newest, state.waiting_since) == (backup, None)


def test_a_row_of_the_second_of_the_backup_is_told_from_one_after_it(diary: SqlDiary, clock: FakeClock) -> None:
    clock.set_now(r.at(60) + timedelta(milliseconds=900))
    session(diary, 60)
    diary.archive.back_up(BackupReason.SESSION)
    assert diary.archive.backup_state().waiting_since is None
    later = r.at(60) + timedelta(milliseconds=950)
    diary.add_level(replace(r.level(60, 3), stamp=Stamp.of(later, r.ZONE)))
    clock.set_now(r.at(61))
    assert diary.archive.backup_state().waiting_since == later


def test_the_next_start_knows_what_waits_by_the_name_of_the_backup(
    diary: SqlDiary, folder: Path, clock: FakeClock
) -> None:
    clock.set_now(r.at(60) + timedelta(milliseconds=900))
    session(diary, 60)
    diary.archive.back_up(BackupReason.SESSION)
    diary.close()
    clock.set_now(r.at(120))
    with closing(open_diary(folder, clock)) as again:
        assert again.archive.backup_state().waiting_since is None
        session(again, 100)
        assert again.archive.backup_state().waiting_since == r.at(100)


def test_a_backup_of_the_future_does_not_count_as_newest(diary: SqlDiary, clock: FakeClock) -> None:
    session(diary)
    clock.set_now(r.at(60 * 24 * 3650))
    diary.archive.back_up(BackupReason.SESSION)
    clock.set_now(r.at(10))  # the clock is put right
    state = diary.archive.backup_state()
    assert state.newest is None
    assert state.waiting_since == r.at(0)


def test_the_last_problem_is_kept_until_a_backup_works(
    diary: SqlDiary, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session(diary)
    with monkeypatch.context() as patch:
        patch.setattr(copying, "copy_from", _full)
        with pytest.raises(StorageError):
            diary.archive.back_up(BackupReason.SESSION)
    assert diary.archive.backup_state().problem.startswith(f"No backup could be made in {folder / 'backups'}")
    diary.archive.back_up(BackupReason.HAND)
    assert diary.archive.backup_state().problem == ""


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_an_error_of_the_database_is_told_as_such(diary: SqlDiary, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> None:
        error = sqlite3.DatabaseError("malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr(copying, "copy_from", damaged)
    with pytest.raises(StorageError, match="is damaged"):
        diary.archive.back_up(BackupReason.SESSION)


# --- the folder has gone


def test_fault_14_a_removed_folder_is_noticed_at_the_next_entry(diary: SqlDiary, folder: Path, tmp_path: Path) -> None:
    session(diary)
    shutil.rmtree(folder)
    with pytest.raises(GoneError, match=r"moved, removed or replaced.*save a copy elsewhere"):
        diary.add_session(r.start(10))
    with pytest.raises(GoneError):
        diary.sessions()
    with pytest.raises(StorageError, match="it is not there"):
        diary.archive.back_up(BackupReason.SESSION)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    saved = diary.archive.save_elsewhere(elsewhere)
    assert saved == elsewhere / FILE
    with closing(open_diary(elsewhere)) as copy:
        assert [len(summary.sets) for summary in copy.sessions()] == [1]


def test_fault_14_a_file_put_in_its_place_is_noticed_and_left_alone(diary: SqlDiary, folder: Path) -> None:
    session(diary)
    other = folder.parent / "other"
    other.mkdir()
    open_diary(other).close()
    (other / FILE).replace(folder / FILE)
    before = (folder / FILE).read_bytes()
    with pytest.raises(GoneError):
        diary.add_session(r.start(10))
    assert (folder / FILE).read_bytes() == before


def test_fault_14_a_folder_removed_before_the_first_entry_is_told_the_same_way(diary: SqlDiary, folder: Path) -> None:
    """SQLite speaks of an I/O error here, as it has not made its log yet."""
    shutil.rmtree(folder)
    with pytest.raises(GoneError):
        diary.add_session(r.start())


def test_fault_14_a_folder_that_comes_back_is_used_again(diary: SqlDiary, folder: Path) -> None:
    folder.rename(folder.with_name("away"))
    with pytest.raises(GoneError):
        diary.add_session(r.start())
    folder.with_name("away").rename(folder)
    session(diary)
    assert len(diary.sessions()) == 1  # and nothing of the first attempt


def test_a_copy_elsewhere_replaces_no_other_diary(diary: SqlDiary, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / FILE).write_bytes(b"somebody's")
    with pytest.raises(StorageError, match="There is a diary in"):
        diary.archive.save_elsewhere(elsewhere)
    assert (elsewhere / FILE).read_bytes() == b"somebody's"
    assert [path.name for path in elsewhere.iterdir()] == [FILE]


def test_a_copy_elsewhere_that_fails_leaves_no_litter(
    diary: SqlDiary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    with pytest.raises(StorageError, match=r"it is not there\. Choose another folder"):
        diary.archive.save_elsewhere(elsewhere)
    elsewhere.mkdir()
    monkeypatch.setattr(copying, "copy_from", _full)
    with pytest.raises(StorageError, match=r"the disk is full\. Choose another folder"):
        diary.archive.save_elsewhere(elsewhere)
    assert list(elsewhere.iterdir()) == []


def test_pragmas_of_the_diary_are_as_before(diary: SqlDiary) -> None:
    diary.archive.back_up(BackupReason.HAND)
    assert pragma(diary, "journal_mode") == "wal"
    assert pragma(diary, "synchronous") == 2
