"""Encryption at rest: on, off, another key, a wrong key, and a file that is damaged instead."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.services.keeping import BackupReason
from coach.storage import backups
from coach.storage.diary import open_diary
from coach.storage.sqlite import copying, driver, file, sealed, sidecar
from coach.storage.sqlite.glance import glance
from coach.storage.sqlite.key import Key, source_of
from coach.storage.sqlite.sealing import change_key, rewrite_backups, seal, unseal
from tests import records as r
from tests.fakes import START, FakeClock
from tests.locks import KEY, KEYS, OTHER, STRANGER, fill, need_cipher, open_sealed
from tests.storage.conftest import FILE, pragma, schema

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "Marker-of-a-note-4711"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A diary with a note, plain."""
    need_cipher()
    fill(tmp_path, NOTE)
    return tmp_path


def note_in(folder: Path, key: Key | None) -> str | None:
    """The note of the newest session."""
    with closing(open_diary(folder, FakeClock(), 0, keys=source_of(key) if key else None)) as diary:
        end = diary.sessions()[0].end
        return end.note if end else None


def files_with(folder: Path, text: str) -> list[str]:
    """Every file of a folder that holds a text."""
    found = [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]
    return sorted(str(path.relative_to(folder)) for path in found)


# --- on, off, another key


def test_a_sealed_diary_says_the_same_and_shows_nothing(folder: Path) -> None:
    before = schema(folder / FILE)
    with closing(open_diary(folder)) as diary:
        history = diary.sessions()
    assert files_with(folder, NOTE) == [FILE]
    backup = seal(folder, KEY, START)
    assert backup.reason is BackupReason.ENCRYPTION
    assert file.header(folder / FILE) == KEY.salt
    with closing(open_sealed(folder)) as diary:
        assert diary.sessions() == history
        diary.add_level(r.level(20, 2))
        assert (folder / f"{FILE}-wal").stat().st_size > 0
        # the plain backup made before is all that still says it, and said to be so
        assert files_with(folder, NOTE) == [f"backups/{backup.path.name}"]
        assert files_with(folder, "calf_raise") == [f"backups/{backup.path.name}"]
    assert rewrite_backups(folder, KEYS, KEY).done == 1
    assert files_with(folder, NOTE) == []
    assert unseal(folder, KEY, START).path.exists()
    assert schema(folder / FILE) == before
    assert note_in(folder, None) == NOTE


def test_it_opens_as_durable_and_strict_as_a_plain_one(folder: Path) -> None:
    seal(folder, KEY, START)
    with closing(open_sealed(folder)) as diary:
        assert pragma(diary, "journal_mode") == "wal"
        assert pragma(diary, "synchronous") == 2
        assert pragma(diary, "foreign_keys") == 1
        assert pragma(diary, "trusted_schema") == 0
        assert pragma(diary, "cell_size_check") == 1
        assert pragma(diary, "mmap_size") == 0
        assert pragma(diary, "application_id") == file.APPLICATION_ID
        assert pragma(diary, "temp_store") in {0, 2}
        with (
            pytest.raises(StorageError, match=r"does not fit the others.*cannot store TEXT"),
            diary._database.writing() as connection,
        ):
            connection.exec_driver_sql("UPDATE sets SET level = 'seven'")


def test_the_file_opens_with_its_passphrase_alone_in_any_tool_for_sqlcipher(folder: Path) -> None:
    import sqlcipher3

    from coach.storage.sqlite.key import derive

    key = derive("warm sand under bare feet", KEY.salt)
    seal(folder, key, START)
    with closing(sqlcipher3.connect(str(folder / FILE))) as connection:
        connection.execute("PRAGMA key='warm sand under bare feet'")
        assert connection.execute("SELECT note FROM session_ends").fetchall() == [(NOTE,)]


def test_another_key_takes_the_place_of_the_old_one(folder: Path) -> None:
    seal(folder, KEY, START)
    change_key(folder, KEY, OTHER, START)
    assert note_in(folder, OTHER) == NOTE
    with pytest.raises(DamagedDiaryError) as told:
        note_in(folder, KEY)
    assert told.value.damage is Damage.SEALED
    assert sidecar.current(folder) == sidecar.Entry(OTHER.salt, OTHER.check, current=True)
    rewritten = rewrite_backups(folder, KEYS, OTHER)
    assert (rewritten.done, rewritten.left) == (2, ())
    assert {file.header(b.path) for b in backups.listed(folder / "backups")} == {OTHER.salt}


def test_backups_of_an_unknown_key_or_damaged_ones_stay_as_they_are(folder: Path) -> None:
    seal(folder, OTHER, START)
    change_key(folder, OTHER, KEY, START)
    broken = folder / "backups" / "diary-2026-11-14T083000Z-hand.sqlite3"
    broken.write_bytes(b"no backup at all")
    before = {path: path.read_bytes() for path in (folder / "backups").iterdir()}
    rewritten = rewrite_backups(folder, source_of(KEY), KEY)
    sealed_elsewhere = [path for path in before if file.header(path) == OTHER.salt]
    assert set(rewritten.left) == {broken, *sealed_elsewhere}
    assert all(path.read_bytes() == before[path] for path in rewritten.left)


def test_what_a_sealed_diary_keeps_goes_into_encrypted_copies(folder: Path) -> None:
    seal(folder, KEY, START)
    target = file.scratch_beside(folder / "copy.sqlite3")
    with closing(open_sealed(folder)) as diary:
        copying.copy_open(diary._database.engine, target)
    assert file.header(target) == KEY.salt
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(file.connect(target, key=KEY)) as copy:
        assert copy.execute("SELECT note FROM session_ends").fetchall() == [(NOTE,)]


def test_a_file_that_somebody_has_open_is_neither_sealed_nor_changed(folder: Path) -> None:
    # Through the same library, because a second one in this process would not see the locks of the first.
    with closing(driver.connect_cipher(folder / FILE, "mode=rw", 0, None)) as other:
        file.prepare(other)
        other.execute("SELECT count(*) FROM sessions").fetchone()
        with pytest.raises(StorageError, match="in use by another program"):
            seal(folder, KEY, START, busy_s=0)
    assert note_in(folder, None) == NOTE
    assert not list(folder.glob(".*"))


def test_only_the_owner_may_read_what_sealing_makes(folder: Path) -> None:
    previous = os.umask(0)
    try:
        seal(folder, KEY, START)
        open_sealed(folder).close()
    finally:
        os.umask(previous)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert set(modes.values()) == {0o600}
    assert file.SIDECAR in modes


def test_the_file_beside_it_holds_no_key(folder: Path) -> None:
    seal(folder, KEY, START)
    text = (folder / file.SIDECAR).read_text(encoding="utf-8")
    assert KEY.raw.hex() not in text
    assert sidecar.read(folder) == (sidecar.Entry(KEY.salt, KEY.check, current=True),)


def test_a_key_never_shows_itself() -> None:
    assert KEY.raw.hex() not in repr(KEY)
    assert repr(KEY.raw) not in repr(KEY)
    assert KEY.raw.hex() not in KEY.check


# --- telling


def test_fault_53_without_a_key_it_is_sealed_not_damaged(folder: Path) -> None:
    seal(folder, KEY, START)
    with pytest.raises(
        DamagedDiaryError, match=r"is encrypted.*COACH_PASSPHRASE.*unencrypted export or backup"
    ) as told:
        open_diary(folder)
    assert told.value.damage is Damage.SEALED


@pytest.mark.parametrize("with_sidecar", [True, False])
def test_fault_53_a_wrong_key_changes_nothing(folder: Path, with_sidecar: bool) -> None:
    seal(folder, KEY, START)
    copy = folder / "crashed"
    copy.mkdir()
    with closing(open_sealed(folder)) as diary:  # copied while open, so that there is a log
        diary.add_level(r.level(20, 2))
        for part in (FILE, f"{FILE}-wal", *([file.SIDECAR] if with_sidecar else [])):
            shutil.copy(folder / part, copy)
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    for _ in range(3):
        with pytest.raises(DamagedDiaryError) as told:
            open_diary(copy, busy_s=0, keys=source_of(STRANGER))
        assert told.value.damage is Damage.SEALED
    assert {path.name: path.read_bytes() for path in copy.iterdir() if not path.name.endswith("-shm")} == before
    with closing(open_sealed(copy)) as diary:
        assert diary.levels() != {}


@pytest.mark.parametrize("copies", ["one", "both", "both, and all backups encrypted", "both, and all backups gone"])
def test_a_lost_sidecar_costs_nothing_and_comes_back(folder: Path, copies: str) -> None:
    seal(folder, KEY, START)
    (folder / file.SIDECAR).unlink()
    if copies.startswith("both"):
        (folder / "backups" / file.SIDECAR).unlink()
    if "encrypted" in copies:
        rewrite_backups(folder, KEYS, KEY)
    elif "gone" in copies:
        shutil.rmtree(folder / "backups")
    if copies != "both":  # then only the passphrase can tell that it is not damaged
        with pytest.raises(DamagedDiaryError) as told:
            open_diary(folder)
        assert told.value.damage is Damage.SEALED
    assert note_in(folder, KEY) == NOTE
    assert sidecar.current(folder) == sidecar.Entry(KEY.salt, KEY.check, current=True)


@pytest.mark.parametrize("offset", [0, 16, 4096 + 100])
def test_damage_to_a_sealed_file_is_told_as_damage(folder: Path, offset: int) -> None:
    seal(folder, KEY, START)
    path = folder / FILE
    whole = bytearray(path.read_bytes())
    whole[offset : offset + 400] = os.urandom(400)
    path.write_bytes(whole)
    with pytest.raises(StorageError) as told:
        open_sealed(folder)
    assert getattr(told.value, "damage", None) is not Damage.SEALED


def test_random_bytes_in_place_of_a_plain_diary_with_backups_are_damage(folder: Path) -> None:
    with closing(open_diary(folder, FakeClock())) as diary:
        diary.archive.back_up(BackupReason.HAND)
    (folder / FILE).write_bytes(os.urandom(8192))
    with pytest.raises(StorageError) as told:
        open_diary(folder, keys=KEYS)
    assert getattr(told.value, "damage", None) is not Damage.SEALED


def test_a_plain_diary_put_back_by_hand_opens_whatever_the_sidecar_says(folder: Path) -> None:
    shutil.copy(folder / FILE, folder / "mine.sqlite3")
    seal(folder, KEY, START)
    shutil.copy(folder / "mine.sqlite3", folder / FILE)
    assert note_in(folder, None) == NOTE
    assert note_in(folder, KEY) == NOTE


@pytest.mark.parametrize("text", ["", "[[key]]", "[[key]]\nsalt = 3", "key = 1", "[[key]]\nsalt='00'\ncheck=''", "\0"])
def test_a_broken_sidecar_is_passed_over(folder: Path, text: str) -> None:
    seal(folder, KEY, START)
    rewrite_backups(folder, KEYS, KEY)
    (folder / file.SIDECAR).write_text(text, encoding="utf-8")
    with pytest.raises(DamagedDiaryError) as told:
        open_diary(folder)
    assert told.value.damage is Damage.SEALED
    assert note_in(folder, KEY) == NOTE


def test_without_the_extra_one_sentence_names_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(folder, KEY, START)
    import sys

    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    assert not driver.installed()
    with pytest.raises(StorageError, match=r'is encrypted\. .*pip install "foot-coach\[encrypt\]"'):
        open_diary(folder, keys=KEYS)
    with pytest.raises(StorageError, match=r'pip install "foot-coach\[encrypt\]"'):
        seal(folder, KEY, START)


# --- the first look


def test_the_first_look_sees_nothing_without_the_key_and_the_same_with_it(folder: Path) -> None:
    before = glance(folder)
    seal(folder, KEY, START)
    assert glance(folder) is None
    assert glance(folder, source_of(STRANGER)) is None
    assert glance(folder, KEYS) == before is not None


# --- errors are told alike


def test_a_full_disk_is_a_full_disk_with_sqlcipher_too(folder: Path) -> None:
    seal(folder, KEY, START)
    with closing(open_sealed(folder)) as diary:
        pages = pragma(diary, "page_count")
        pragma(diary, f"max_page_count={pages}")
        with pytest.raises(StorageError, match="The disk is full"):
            diary.add_session(r.start(routine_title="x" * 100_000))


def test_an_entry_that_fits_no_other_is_refused_with_sqlcipher_too(folder: Path) -> None:
    seal(folder, KEY, START)
    with closing(open_sealed(folder)) as diary, pytest.raises(StorageError, match="does not fit the others"):
        diary.add_set(r.done(r.start(7)))


def test_plain_and_sealed_files_use_their_own_library(folder: Path) -> None:
    with closing(file.connect(folder / FILE)) as plain:
        assert type(plain) is sqlite3.Connection
    seal(folder, KEY, START)
    with closing(file.connect(folder / FILE, key=KEY)) as sealed_one:
        assert type(sealed_one) is not sqlite3.Connection
    assert sealed.key_for(folder / FILE, folder, KEYS) == KEY
