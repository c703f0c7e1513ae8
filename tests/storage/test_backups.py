"""Backups as files: names, the list, and that a failing one costs nothing."""

from __future__ import annotations

import errno
import os
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from coach.errors import StorageError
from coach.services.keeping import Backup, BackupReason
from coach.storage import backups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 27, 10, 15, 30, 999_999, tzinfo=UTC)


def fill(path: Path) -> None:
    path.write_bytes(b"the history")


def fine(path: Path) -> None:
    assert path.read_bytes() == b"the history"


def make(folder: Path, now: datetime = NOW, reason: BackupReason = BackupReason.SESSION) -> Backup:
    return backups.make(folder, reason, now, fill, fine)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_backup_says_when_and_why_and_is_private(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        made = make(tmp_path / "backups")
    finally:
        os.umask(umask)
    assert made.path.name == "diary-2026-11-27T101530Z-session.sqlite3"
    assert made.made == NOW.replace(microsecond=0)
    assert made.size == len(b"the history")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert backups.listed(tmp_path / "backups") == (made,)


def test_copies_of_one_second_are_numbered_whatever_their_reason(tmp_path: Path) -> None:
    made = [make(tmp_path), make(tmp_path), make(tmp_path, reason=BackupReason.HAND)]
    assert [backup.path.name for backup in made] == [
        "diary-2026-11-27T101530Z-session.sqlite3",
        "diary-2026-11-27T101530Z-session-2.sqlite3",
        "diary-2026-11-27T101530Z-hand-3.sqlite3",
    ]
    assert backups.listed(tmp_path) == tuple(reversed(made))


def test_a_name_taken_by_another_program_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "diary-2026-11-27T101530Z-session.sqlite3").touch()  # empty, so it is not in the list
    assert make(tmp_path).path.name == "diary-2026-11-27T101530Z-session-2.sqlite3"


def test_a_server_keeps_another_kind_of_file(tmp_path: Path) -> None:
    made = backups.make(tmp_path, BackupReason.HAND, NOW, fill, fine, ".json")
    assert made.path.suffix == ".json"
    assert backups.listed(tmp_path) == (made,)


def test_older_names_count_and_strangers_do_not(tmp_path: Path) -> None:
    older = tmp_path / "diary-2026-10-01T080000Z-revision-0001.sqlite3"
    for name in (
        older.name,
        "notes.txt",
        "diary.sqlite3",
        "diary-2026-02-31T080000Z-session.sqlite3",
        "diary-2026-10-01T080000Z-holiday.sqlite3",
        "diary-٢٠٢٦-10-01T080000Z-session.sqlite3",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "diary-2026-10-02T080000Z-session.sqlite3").touch()
    (tmp_path / "diary-2026-10-03T080000Z-session.sqlite3").mkdir()
    (only,) = backups.listed(tmp_path)
    assert (only.path, only.reason) == (older, BackupReason.MIGRATION)


def test_no_folder_is_no_backups(tmp_path: Path) -> None:
    assert backups.listed(tmp_path / "none") == ()
    (tmp_path / "file").touch()
    assert backups.listed(tmp_path / "file") == ()


def test_the_rotation_is_applied_after_a_good_one(tmp_path: Path) -> None:
    for minute in range(40):
        make(tmp_path, NOW + timedelta(minutes=minute))
    left = backups.listed(tmp_path)
    assert [backup.made.minute for backup in left] == list(range(54, 40, -1))


def test_a_scratch_file_of_a_killed_program_goes_after_a_day(tmp_path: Path) -> None:
    old, young = tmp_path / ".diary.sqlite3.abc.part", tmp_path / ".diary.sqlite3.def.part-journal"
    for path, hours in ((old, 25), (young, 1)):
        path.touch()
        at = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (at, at))
    make(tmp_path)
    assert not old.exists()
    assert young.exists()


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def half(path: Path) -> None:
    path.write_bytes(b"the")
    path.with_name(f"{path.name}-journal").write_bytes(b"x")
    full()


def not_whole(_: Path) -> None:
    raise StorageError("The copy is not whole.")


@pytest.fixture
def thirty(tmp_path: Path) -> Iterator[Path]:
    """A folder with more copies than the rotation keeps, so that pruning would show."""
    for minute in range(30):
        (tmp_path / f"diary-2026-11-26T10{minute:02}00Z-session.sqlite3").write_bytes(b"the history")
    before = names(tmp_path)
    yield tmp_path
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("copy", "check", "told"),
    [
        (full, fine, "the disk is full"),
        (half, fine, "the disk is full"),
        (lambda _: None, fine, "empty"),
        (fill, not_whole, "not whole"),
    ],
    ids=["full", "half", "empty", "damaged"],
)
def test_a_failing_backup_never_prunes_and_leaves_no_litter(
    thirty: Path, copy: Callable[[Path], None], check: Callable[[Path], None], told: str
) -> None:
    with pytest.raises(StorageError, match=told):
        backups.make(thirty, BackupReason.SESSION, NOW, copy, check)


@pytest.mark.parametrize("step", ["mkstemp", "open", "fsync", "link"])
def test_failing_at_each_step_leaves_everything_as_it_was(
    thirty: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = {"mkstemp": "tempfile.mkstemp", "open": "os.open", "fsync": "os.fsync", "link": "os.link"}[step]
    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        if step == "link":  # a disk without links renames instead
            patch.setattr("os.replace", full)
            patch.setattr("os.rename", full)
        with pytest.raises(StorageError, match="the disk is full"):
            make(thirty)


def test_fault_19_no_room_for_the_copy_is_told_as_a_full_disk(tmp_path: Path) -> None:
    """Whatever wants to begin after the copy, such as a migration, gets an error instead and does not begin."""
    with pytest.raises(StorageError, match=r"the disk is full\. Your diary itself is untouched"):
        backups.make(tmp_path / "backups", BackupReason.MIGRATION, NOW, full, fine)
    assert names(tmp_path / "backups") == []


def test_a_folder_that_vanished_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="it is not there"):
        make(tmp_path / "gone" / "backups")
    assert not (tmp_path / "gone").exists()
