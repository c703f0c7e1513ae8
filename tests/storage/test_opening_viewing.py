"""Opening a diary to look only: because it cannot be written, or as a second program beside the one that writes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.errors import StorageError
from coach.services.keeping import BackupReason
from coach.storage.diary import SqlDiary, open_diary
from coach.storage.sqlite import file
from coach.storage.sqlite.file import Access
from tests import records as r
from tests.fakes import FakeClock
from tests.storage.conftest import FILE, contents, make, pragma

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


# --- what cannot be written; the superuser feels no rights, so such tests become somebody else

AS_NOBODY = """
import os, sys
from pathlib import Path
from tempfile import TemporaryDirectory
from coach.errors import StorageError
from coach.storage.diary import open_diary
from tests import records
with TemporaryDirectory() as warm_up:  # whatever is imported late is imported while that is still allowed
    diary = open_diary(Path(warm_up))
    diary.sessions()
    diary.close()
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    diary = open_diary(Path(sys.argv[1]))
    print(len(diary.sessions()[0].sets), "sets;", diary.read_only_reason)
    diary.add_session(records.start())
except StorageError as error:
    print(error)
"""


def seen_by_nobody(folder: Path, folder_mode: int, file_mode: int) -> list[str]:
    """What somebody without our rights is told about the diary of a folder, line by line."""
    path = folder / FILE
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    try:
        command = [sys.executable, "-B", "-c", AS_NOBODY, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    finally:
        folder.chmod(0o700)
        path.chmod(0o600)
    return done.stdout.splitlines()


@pytest.fixture
def locked(home: Path) -> Path:
    """A folder with a diary, on a path that others may walk."""
    folder = home / "locked"
    folder.mkdir()
    make(folder)
    return folder


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o444), (0o755, 0o444), (0o777, 0o444), (0o555, 0o644)])
def test_fault_07_what_may_only_be_read_is_opened_for_viewing(locked: Path, folder_mode: int, file_mode: int) -> None:
    opened, refused = seen_by_nobody(locked, folder_mode, file_mode)
    assert opened.startswith("20 sets; The diary ")
    assert "may be read but not changed, so nothing new can be kept. Allow writing" in opened
    assert opened.endswith(refused)
    assert str(locked) in refused


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o000), (0o000, 0o600)])
def test_what_may_not_even_be_read_is_told(locked: Path, folder_mode: int, file_mode: int) -> None:
    (told,) = seen_by_nobody(locked, folder_mode, file_mode)
    assert str(locked) in told
    assert "cannot be opened" in told or "permission is denied" in told


def write_protected(monkeypatch: pytest.MonkeyPatch, *, no_index: bool) -> None:
    """A disk that SQLite cannot write on; with `no_index` not even the index of the log."""
    really = file.connect

    def connect(
        path: Path, access: Access = Access.WRITE, *, busy_s: float = 0, key: object = None
    ) -> sqlite3.Connection:
        if no_index and access is not Access.FROZEN:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return really(path, Access.READ if access is Access.WRITE else access, busy_s=busy_s)

    monkeypatch.setattr(file, "connect", connect)


@pytest.mark.parametrize("no_index", [False, True])
def test_fault_07_a_read_only_disk_keeps_nobody_from_looking_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_index: bool
) -> None:
    make(tmp_path)
    write_protected(monkeypatch, no_index=no_index)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        assert len(diary.sessions()[0].sets) == 20
        assert diary.archive.contents().sessions == 1
        assert "may be read but not changed" in diary.read_only_reason
        start = diary.sessions()[0].start
        writes: list[Callable[[], None]] = [
            lambda: diary.add_session(r.start()),
            lambda: diary.add_pain((r.pain(),)),
            lambda: diary.add_level(r.level(0, 2)),
            lambda: diary.add_end(r.end(start)),
            lambda: diary.save_plan(start.id, r.at(1), r.PLAN),
        ]
        for write in writes:
            with pytest.raises(StorageError, match="may be read but not changed") as refused:
                write()
            assert str(refused.value) == diary.read_only_reason


def test_what_lies_in_a_log_that_cannot_be_read_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    make(tmp_path)
    with closing(open_diary(tmp_path)) as diary:
        diary.add_session(r.start(60))
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(tmp_path / name, crashed / name)
    write_protected(monkeypatch, no_index=True)
    with closing(open_diary(crashed)) as diary:
        assert len(diary.sessions()) == 1
        assert "newest entries, which lie in a log beside it, cannot be shown" in diary.read_only_reason


def test_an_ordinary_diary_gives_no_reason(diary: SqlDiary) -> None:
    assert diary.read_only_reason == ""
    assert diary.notice == ""


# --- the reading door


def test_a_second_program_reads_beside_the_one_that_writes(diary: SqlDiary, tmp_path: Path) -> None:
    diary.add_session(r.start(0))
    with closing(open_diary(tmp_path, reading=True)) as other:
        assert len(other.sessions()) == 1
        diary.add_session(r.start(1))
        assert len(other.sessions()) == 2
        assert "for reading only" in other.read_only_reason
        with pytest.raises(StorageError, match="for reading only"):
            other.add_session(r.start(2))
    assert len(diary.sessions()) == 2


def test_reading_folds_nothing_into_the_file(diary: SqlDiary, tmp_path: Path) -> None:
    """Two that fold the log in at the same moment is what SQLite before 3.51.3 is exposed to."""
    diary.add_session(r.start())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith("-shm")}
    with closing(open_diary(tmp_path, reading=True)) as other:
        other.sessions()
        assert pragma(other, "query_only") == 1
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith("-shm")}
    assert after == before
    assert len(before[f"{FILE}-wal"]) > 0


def test_reading_after_a_crash_leaves_the_log_to_the_next_start(tmp_path: Path) -> None:
    live, crashed = tmp_path / "live", tmp_path / "crashed"
    live.mkdir()
    crashed.mkdir()
    with closing(open_diary(live)) as diary:
        diary.add_session(r.start())
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(live / name, crashed / name)
    log = (crashed / f"{FILE}-wal").read_bytes()
    with closing(open_diary(crashed, reading=True)) as other:
        assert len(other.sessions()) == 1
    assert (crashed / f"{FILE}-wal").read_bytes() == log


def test_what_is_not_there_yet_is_made_all_the_same(tmp_path: Path) -> None:
    with closing(open_diary(tmp_path, reading=True)) as diary:
        assert diary.sessions() == ()
    assert contents(tmp_path / FILE)["sessions"] == []


def test_a_diary_that_is_only_read_can_be_backed_up(tmp_path: Path) -> None:
    make(tmp_path)
    with closing(open_diary(tmp_path, FakeClock(), reading=True)) as diary:
        backup = diary.archive.back_up(BackupReason.HAND)
    assert len(contents(backup.path)["sets"]) == 20


# --- network drives


def test_on_a_network_drive_there_is_no_log(tmp_path: Path) -> None:
    make(tmp_path)
    with closing(open_diary(tmp_path, remote=True)) as diary:
        assert (pragma(diary, "journal_mode"), pragma(diary, "synchronous")) == ("delete", 3)
        diary.add_session(r.start())
        assert [path.name for path in tmp_path.iterdir()] == [FILE]
    with closing(open_diary(tmp_path)) as diary:
        assert (pragma(diary, "journal_mode"), pragma(diary, "synchronous")) == ("wal", 2)
        assert len(diary.sessions()) == 2
