"""Trouble while the diary is in use: each has its sentence, nothing is kept by halves, and it works again after it."""

from __future__ import annotations

import errno
import logging
import shutil
import sqlite3
import threading
import traceback
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.errors import StorageError
from coach.storage.diary import open_diary
from coach.storage.sqlite import faults
from tests import records as r
from tests.storage.conftest import FILE, contents, pragma

if TYPE_CHECKING:
    from pathlib import Path

    from coach.domain.records import SetRecord
    from coach.storage.diary import SqlDiary


def test_a_full_disk_is_called_full_and_costs_only_what_did_not_fit(diary: SqlDiary) -> None:
    start = r.start()
    diary.add_session(start)
    pragma(diary, f"max_page_count={pragma(diary, 'page_count')}")
    kept: list[SetRecord] = []

    def go_on_and_on() -> None:
        for number in range(1, 1000):
            record = r.done(start, number, set_no=number, title="Calf raises " * 20)
            diary.add_set(record)
            kept.append(record)

    with pytest.raises(StorageError, match=r"disk is full.*earlier entries are safe.*Make some room"):
        go_on_and_on()
    assert kept
    assert diary.sessions()[0].sets == tuple(kept)
    pragma(diary, "max_page_count=100000")
    last = r.done(start, 2000, set_no=2000)
    diary.add_set(last)
    assert diary.sessions()[0].sets == (*kept, last)


def test_a_full_disk_keeps_out_all_of_a_group_of_ratings(diary: SqlDiary) -> None:
    pragma(diary, f"max_page_count={pragma(diary, 'page_count')}")
    with pytest.raises(StorageError, match="disk is full"):
        diary.add_pain(tuple(r.pain(number, sign="x" * 400) for number in range(200)))
    pragma(diary, "max_page_count=100000")
    assert diary.last_pain() == {}


def test_another_program_that_writes_is_told_and_waited_out(diary: SqlDiary, tmp_path: Path) -> None:
    start = r.start()
    diary.add_session(start)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match=r"in use by another program\. Close that program and try again"):
            diary.add_set(r.done(start))
        assert diary.sessions()[0].sets == ()  # reading never waits for a writer
        other.execute("ROLLBACK")
    diary.add_set(r.done(start))
    assert len(diary.sessions()[0].sets) == 1


def test_a_reader_elsewhere_never_keeps_us_from_writing(diary: SqlDiary, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM sessions").fetchone()
        diary.add_session(r.start())
        other.execute("COMMIT")
    assert len(diary.sessions()) == 1


def test_a_file_that_is_damaged_while_it_is_open(diary: SqlDiary, tmp_path: Path) -> None:
    start = r.start()
    diary.add_session(start)
    for number in range(1, 400):
        diary.add_set(r.done(start, number, set_no=number))
    pragma(diary, "wal_checkpoint(TRUNCATE)")
    pragma(diary, "shrink_memory")
    path = tmp_path / FILE
    with path.open("r+b") as file:
        for page in range(1, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)
    with pytest.raises(StorageError, match=r"is damaged\. Do not delete it"):
        diary.sessions()


def test_a_folder_that_has_vanished_is_told_at_the_next_start(diary: SqlDiary, tmp_path: Path) -> None:
    diary.add_session(r.start())
    diary.close()
    shutil.rmtree(tmp_path)
    with pytest.raises(StorageError, match=r"cannot be used: it is not there\. Mend that"):
        open_diary(tmp_path)


def test_a_character_that_cannot_be_kept_is_told_and_harms_nothing(diary: SqlDiary) -> None:
    start = r.start()
    diary.add_session(start)
    with pytest.raises(StorageError, match="a character that cannot be kept"):
        diary.add_end(r.end(start, note="half a surrogate \ud83d"))
    assert diary.sessions()[0].end is None
    diary.add_end(r.end(start, note="a whole one 🦶"))
    assert diary.open_session() is None


def test_a_value_of_a_newer_version_is_told_when_it_is_read(diary: SqlDiary, tmp_path: Path) -> None:
    diary.add_pain((r.pain(),))
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("PRAGMA ignore_check_constraints=ON")
        other.execute("UPDATE pain_ratings SET moment = 'pre', region = 'low_back', side = 'centre', at = 'someday'")
    with pytest.raises(StorageError, match="holds an entry that this version cannot read"):
        diary.last_pain()


def test_what_somebody_wrote_is_in_no_error(diary: SqlDiary, tmp_path: Path) -> None:
    marker = "my-very-own-note"
    start = r.start()
    diary.add_session(start)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as caught:
            diary.add_end(r.end(start, note=marker))
        other.execute("ROLLBACK")
    with pytest.raises(StorageError) as refused:
        diary.add_end(r.end(start, note=marker, effort=11))
    for error in (caught.value, refused.value):
        assert marker not in "".join(traceback.format_exception(error))


def test_statements_are_not_logged(diary: SqlDiary, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        diary.add_session(r.start())
    assert caplog.records == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is full"),
        (errno.EACCES, "permission is denied"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "the disk reports a fault"),
    ],
)
def test_an_error_of_the_system_is_told_in_words(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(StorageError, match=said), faults.told(tmp_path):
        raise OSError(number, "whatever the system calls it")


def test_an_io_error_on_a_full_disk_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert "The disk reports a fault" in faults.sentence(error, tmp_path / FILE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(100, 100, 0))
    assert "The disk is full" in faults.sentence(error, tmp_path / FILE)


def test_an_unheard_of_error_still_gets_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(StorageError, match=r"could not be used \(strange\)\. Nothing was changed"),
        faults.told(tmp_path),
    ):
        raise sqlite3.OperationalError("strange")


def test_a_bug_inside_is_not_dressed_up_as_the_persons_trouble(diary: SqlDiary) -> None:
    with pytest.raises(ZeroDivisionError), diary._database.writing():
        raise ZeroDivisionError


def test_entries_added_together_are_all_there_or_none_is(diary: SqlDiary, tmp_path: Path) -> None:
    before = contents(tmp_path / FILE)
    start = r.start()

    def break_off() -> None:
        with diary.together():
            diary.add_session(start)
            diary.add_set(r.done(start))
            assert len(diary.sessions()[0].sets) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert contents(tmp_path / FILE) == before
    with diary.together():
        diary.add_session(start)
        diary.add_set(r.done(start))
    assert len(diary.sessions()[0].sets) == 1


def test_two_threads_that_ignore_the_rule_of_one_take_turns_all_the_same(diary: SqlDiary) -> None:
    starts = [r.start(0), r.start(1)]
    for start in starts:
        diary.add_session(start)
    records = [[r.done(start, number, set_no=number) for number in range(1, 41)] for start in starts]
    failed: list[Exception] = []

    def write(mine: list[SetRecord]) -> None:
        try:
            for record in mine:
                diary.add_set(record)
        except Exception as error:  # noqa: BLE001  # to be shown by the test
            failed.append(error)

    threads = [threading.Thread(target=write, args=(mine,)) for mine in records]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [len(summary.sets) for summary in diary.sessions()] == [40, 40]
