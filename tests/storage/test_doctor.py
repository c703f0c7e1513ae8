"""The doctor tells how everything is, in whatever state it is, and touches nothing."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from coach.services.keeping import BackupReason, Finding, Report, Verdict
from coach.storage.diary import open_diary
from coach.storage.revisions import HEAD
from coach.storage.sqlite import aside, doctor
from coach.storage.sqlite.sealing import seal
from tests import records as r
from tests.fakes import START, FakeClock
from tests.locks import KEY, KEYS, need_cipher
from tests.storage.conftest import FILE, make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A private folder with a diary and a backup."""
    tmp_path.chmod(0o700)
    make(tmp_path)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        diary.archive.back_up(BackupReason.SESSION)
    return tmp_path


def report(folder: Path, **more: object) -> Report:
    return doctor.examine(folder, START + timedelta(hours=2), busy_s=0, **more)  # type: ignore[arg-type]


def found(folder: Path, topic: str, **more: object) -> Finding:
    return next(finding for finding in report(folder, **more).findings if finding.topic == topic)


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_of_a_diary_in_order_everything_is_told_and_nothing_is_wrong(folder: Path) -> None:
    before = everything(folder)
    told = report(folder)
    assert told.worst is Verdict.OK
    said = {finding.topic: finding.sentence for finding in told.findings}
    assert said["Diary"].startswith(f"{folder / FILE}, ")
    assert "synchronous=FULL" in said["Durability"]
    assert f"Revision {HEAD}, the newest" in said["Format"]
    assert said["Contents"].startswith("Entries: sessions 1, sets 20, pain ratings 0")
    assert "1 backup in" in said["Backups"]
    assert "2 hours ago" in said["Backups"]
    assert said["Newest backup"] == "It opens and is whole; it holds 1 session."
    assert sqlite3.sqlite_version in said["SQLite"]
    assert "not encrypted" in said["Encryption"]
    assert everything(folder) == before


def test_it_looks_while_the_diary_is_open(folder: Path) -> None:
    with closing(open_diary(folder, FakeClock())) as diary:
        diary.add_session(r.start(5))
        before = {path: data for path, data in everything(folder).items() if not path.name.endswith("-shm")}
        told = report(folder)
        assert told.worst is Verdict.OK
        said = {finding.topic: finding.sentence for finding in told.findings}
        assert "journal_mode=WAL" in said["Durability"]
        assert said["Contents"].startswith("Entries: sessions 2")
        assert "the diary is open now" in said["Log"]
        assert {p: data for p, data in everything(folder).items() if not p.name.endswith("-shm")} == before


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(9000))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")


@pytest.mark.parametrize(
    ("spoil", "topic", "said"),
    [
        (half, "Check", "is damaged"),
        (noise, "Check", "is not a diary"),
        (empty, "Diary", "it is empty"),
        (a_folder, "Diary", "is a folder"),
        (newer, "Format", "newer version"),
    ],
)
def test_damage_is_told_and_left_alone(folder: Path, spoil: Callable[[Path], None], topic: str, said: str) -> None:
    spoil(folder / FILE)
    before = everything(folder)
    finding = found(folder, topic)
    assert finding.verdict is Verdict.BAD
    assert said in finding.sentence
    assert report(folder).worst is Verdict.BAD
    assert everything(folder) == before


def test_a_missing_diary_is_told_and_not_made(folder: Path) -> None:
    (folder / FILE).unlink()
    assert found(folder, "Diary").verdict is Verdict.WARN
    assert not (folder / FILE).exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert report(tmp_path / "gone").worst is Verdict.BAD


def test_a_newest_backup_that_is_damaged_is_told(folder: Path) -> None:
    half(next((folder / "backups").iterdir()))
    assert found(folder, "Newest backup").verdict is Verdict.BAD


def test_an_old_backup_or_none_is_a_warning(folder: Path) -> None:
    late = doctor.examine(folder, START + timedelta(days=8), busy_s=0)
    old = next(finding for finding in late.findings if finding.topic == "Backups")
    assert old.verdict is Verdict.WARN
    assert "8 days ago. Make one" in old.sentence
    shutil.rmtree(folder / "backups")
    assert found(folder, "Backups").verdict is Verdict.WARN


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_wide_rights_are_a_warning(folder: Path) -> None:
    (folder / FILE).chmod(0o644)
    finding = found(folder, "Rights")
    assert (finding.verdict, finding.sentence) == (
        Verdict.WARN,
        f"Others on this computer may have access to {FILE} (644).",
    )


def test_a_synced_folder_is_a_warning(folder: Path) -> None:
    assert found(folder, "Place", place="It is in a cloud.") == Finding("Place", Verdict.WARN, "It is in a cloud.")


@pytest.mark.parametrize(("free", "verdict"), [(1 << 20, Verdict.BAD), (50 << 20, Verdict.WARN), (1 << 40, Verdict.OK)])
def test_a_disk_that_fills_up_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: Verdict
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1 << 41, 0, free))
    assert found(folder, "Disk").verdict is verdict


@pytest.mark.parametrize(
    ("version", "said"), [((3, 40, 1), "cannot happen here"), ((3, 51, 3), "without known faults")]
)
def test_the_version_of_sqlite_is_told_with_what_it_means(
    folder: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], said: str
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert said in found(folder, "SQLite").sentence


def test_what_was_put_aside_is_mentioned(folder: Path) -> None:
    (folder / aside.DAMAGED).mkdir()
    (folder / aside.DAMAGED / "x").touch()
    assert str(folder / aside.DAMAGED) in found(folder, "Put aside").sentence


def test_a_sealed_diary_is_told_with_its_key_and_without(folder: Path) -> None:
    need_cipher()
    seal(folder, KEY, START)
    assert found(folder, "Encryption", keys=KEYS).sentence == "The diary is encrypted."
    without = found(folder, "Check")
    assert (without.verdict, "is encrypted. Enter its passphrase" in without.sentence) == (Verdict.BAD, True)
