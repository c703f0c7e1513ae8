"""Restoring: whatever stands in the diary's place and whatever is restored, nothing that could be read is lost."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coach.domain.records import SetStatus
from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.services.keeping import BackupReason, Contents
from coach.storage import backups
from coach.storage.diary import open_diary
from coach.storage.sqlite import aside, file, merging
from coach.storage.sqlite.key import source_of
from coach.storage.sqlite.rescue import SqliteRescue
from coach.storage.sqlite.sealing import seal
from tests import records as r
from tests.fakes import START, FakeClock
from tests.locks import KEY, KEYS, STRANGER, need_cipher, open_sealed
from tests.storage.conftest import FILE, add_revision, contents, make

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.storage.sqlite.key import KeySource

LATER = 24 * 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a backup of forty sets, and a diary in which a second session followed a day later."""
    make(tmp_path, sets=40)
    clock = FakeClock()
    with closing(open_diary(tmp_path, clock)) as diary:
        diary.archive.back_up(BackupReason.SESSION)
        clock.advance(LATER * 60)
        start = r.start(LATER)
        diary.add_session(start)
        first = r.done(start, LATER + 1, status=SetStatus.PARTIAL)
        diary.add_set(first)
        diary.add_set(r.done(start, LATER + 2, supersedes=first.id))
        diary.add_pain((r.pain(LATER + 3, session_id=start.id, set_id=first.id),))
        diary.add_end(r.end(start, LATER + 9))
        diary.add_level(r.level(LATER, 2))
    return tmp_path


def rescue(folder: Path) -> SqliteRescue:
    return SqliteRescue(folder, FakeClock(r.at(2 * LATER)), busy_s=0)


def backup_of(folder: Path) -> Path:
    """The newest backup."""
    return rescue(folder).backups()[0].path


def sets(folder: Path) -> int:
    """How many sets the diary of a folder tells of."""
    with closing(open_diary(folder, FakeClock())) as diary:
        return sum(len(summary.sets) for summary in diary.sessions())


def aside_in(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / aside.DAMAGED).iterdir())


# --- looking into a backup


def test_a_backup_says_what_it_holds(folder: Path) -> None:
    held = rescue(folder).look_into(backup_of(folder))
    assert held.rows == {
        "level_changes": 0, "pain_ratings": 0, "session_ends": 0, "session_plans": 0, "sessions": 1, "sets": 40,
        "reminders": 0, "reminder_entries": 0, "clock_steps": 0, "checks": 0,
        "periods": 0, "flags": 0, "self_tests": 0,
    }  # fmt: skip
    assert held.first_day == held.last_day == START.date()


def test_looking_leaves_no_trace(folder: Path) -> None:
    backup = backup_of(folder)
    before = backup.read_bytes()
    rescue(folder).look_into(backup)
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def noise(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(path.stat().st_size))


def gone(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_flipped_index(path: Path) -> None:
    """Damage that a quick check does not see."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'ix_sets_supersedes')"
            " WHERE name = 'ix_sets_session_id'"
        )
        connection.commit()


def a_lost_parent(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM sessions")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (empty, "is empty"),
        (cut_short, "is damaged"),
        (noise, "not a Foot Coach backup"),
        (gone, "cannot be read: it is not there"),
        (a_folder, "is a folder"),
        (a_flipped_index, "is damaged"),
        (a_lost_parent, "is damaged"),
        (newer, "by a newer version of Foot Coach"),
        (foreign, "not a Foot Coach backup"),
    ],
)
def test_fault_20_a_backup_that_cannot_be_restored_is_refused_before_anything_is_touched(
    folder: Path, spoil: Callable[[Path], None], told: str
) -> None:
    backup = backup_of(folder)
    spoil(backup)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for attempt in (rescue(folder).look_into, rescue(folder).restore):
        with pytest.raises(StorageError, match=told) as refused:
            attempt(backup)
        assert str(refused.value).endswith("Nothing was changed. Choose another backup.")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


# --- restoring over a whole diary


def test_a_whole_diary_is_backed_up_and_then_replaced(folder: Path) -> None:
    before, backup = contents(folder / FILE), backup_of(folder)
    done = rescue(folder).restore(backup)
    assert (done.backup, done.put_aside, done.rescued) == (backup, None, {})
    assert done.contents.rows["sets"] == 40
    assert contents(folder / FILE) == contents(backup)
    newest = rescue(folder).backups()[0]
    assert (newest.reason, newest.made) == (BackupReason.RESTORE, r.at(2 * LATER))
    assert contents(newest.path) == before
    assert not (folder / aside.DAMAGED).exists()
    assert sets(folder) == 40


def test_a_restore_can_be_taken_back_by_another_one(folder: Path) -> None:
    before = contents(folder / FILE)
    rescue(folder).restore(backup_of(folder))
    rescue(folder).restore(rescue(folder).backups()[0].path)
    assert contents(folder / FILE) == before


def test_a_backup_from_elsewhere_is_restored_and_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    live = make(stick, sets=7)
    with closing(sqlite3.connect(live)) as connection:  # as a copy of the file itself has it
        connection.execute("PRAGMA journal_mode=WAL")
    before = live.read_bytes()
    rescue(folder).restore(live)
    assert sets(folder) == 7
    assert live.read_bytes() == before
    assert [path.name for path in stick.iterdir()] == [FILE]


def test_a_copy_with_its_log_is_restored_together_with_it(folder: Path, tmp_path: Path) -> None:
    stick, copied = tmp_path / "stick", tmp_path / "copied"
    stick.mkdir()
    copied.mkdir()
    make(stick, sets=3)
    with closing(open_diary(stick)) as diary:
        diary.add_session(r.start(5))
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(stick / name, copied / name)
    assert rescue(folder).restore(copied / FILE).contents.sessions == 2


def test_an_older_backup_is_led_to_todays_schema(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = backup_of(folder)
    before = backup.read_bytes()
    add_revision(folder, monkeypatch)
    done = rescue(folder).restore(backup)
    assert done.contents.rows["sets"] == 40
    assert "extra" in contents(folder / FILE)
    assert backup.read_bytes() == before


def test_a_diary_that_is_open_elsewhere_is_not_replaced(folder: Path) -> None:
    with closing(open_diary(folder, FakeClock())) as diary:
        before = diary.sessions()
        with pytest.raises(StorageError, match="in use by another program"):
            rescue(folder).restore(backup_of(folder))
        diary.add_level(r.level(1, 1))
        assert diary.sessions() == before


# --- restoring over a damaged one


def half(path: Path) -> None:
    cut_short(path)


def one_bad_page(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_sets_session_id'").fetchone()
    with path.open("r+b") as spoilt:
        spoilt.seek((root - 1) * 4096)
        spoilt.write(b"\xa5" * 400)


def no_first_page(path: Path) -> None:
    with path.open("r+b") as spoilt:
        spoilt.write(random.Random(3).randbytes(4096))


@pytest.mark.parametrize(
    ("spoil", "damage"),
    [
        (empty, Damage.EMPTY),
        (noise, Damage.FOREIGN),
        (half, Damage.BROKEN),
        (one_bad_page, Damage.BROKEN),
        (no_first_page, Damage.FOREIGN),
        (newer, Damage.NEWER),
        (foreign, Damage.FOREIGN),
        (gone, Damage.MISSING),
    ],
)
def test_faults_01_to_05_and_10_lead_to_the_backup_and_the_file_is_kept_aside(
    folder: Path, spoil: Callable[[Path], None], damage: Damage
) -> None:
    path = folder / FILE
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(DamagedDiaryError) as caught:
        open_diary(folder, FakeClock())
    assert caught.value.damage is damage
    done = rescue(folder).restore(backup_of(folder))
    with closing(open_diary(folder, FakeClock())) as diary:
        assert len(diary.sessions()[-1].sets) == 40
        assert diary.archive.contents() == done.contents
    if before is None:
        assert done.put_aside is None
    else:
        assert done.put_aside == folder / aside.DAMAGED / "diary-2026-11-17T083000Z.sqlite3"
        assert done.put_aside.read_bytes() == before
        if os.name == "posix":
            assert stat.S_IMODE(done.put_aside.stat().st_mode) == 0o600
            assert stat.S_IMODE(done.put_aside.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("spoil", [one_bad_page, no_first_page])
def test_what_was_added_after_the_backup_is_rescued_from_the_damaged_file(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    before = contents(folder / FILE)
    spoil(folder / FILE)
    done = rescue(folder).restore(backup_of(folder))
    assert done.rescued == {"sessions": 1, "sets": 2, "pain_ratings": 1, "session_ends": 1, "level_changes": 1}
    assert contents(folder / FILE) == before


def test_of_a_newer_diary_nothing_is_mixed_in(folder: Path) -> None:
    newer(folder / FILE)
    assert rescue(folder).restore(backup_of(folder)).rescued == {}
    assert sets(folder) == 40


def test_the_log_of_a_damaged_diary_goes_aside_with_it(folder: Path) -> None:
    live = folder / FILE
    with closing(open_diary(folder, FakeClock())) as diary:
        start = r.start(LATER + 60)
        diary.add_session(start)
        diary.add_set(r.done(start, LATER + 61))
        saved = {suffix: Path(f"{live}{suffix}").read_bytes() for suffix in ("", "-wal")}
    for suffix, data in saved.items():
        Path(f"{live}{suffix}").write_bytes(data)
    no_first_page(live)
    done = rescue(folder).restore(backup_of(folder))
    assert done.put_aside is not None
    assert Path(f"{done.put_aside}-wal").read_bytes() == saved["-wal"]
    assert not Path(f"{live}-wal").exists()
    assert (done.rescued["sessions"], done.rescued["sets"]) == (2, 3)


def test_two_damaged_files_of_one_second_get_names_of_their_own(folder: Path) -> None:
    for _ in range(2):
        empty(folder / FILE)
        rescue(folder).restore(backup_of(folder))
    assert aside_in(folder) == ["diary-2026-11-17T083000Z-2.sqlite3", "diary-2026-11-17T083000Z.sqlite3"]


def test_fault_06_a_folder_in_its_place_is_left_to_the_person(folder: Path) -> None:
    backup = backup_of(folder)
    a_folder(folder / FILE)
    for attempt in (lambda: open_diary(folder), lambda: rescue(folder).restore(backup)):
        with pytest.raises(StorageError, match="is a folder, not a file") as told:
            attempt()
        assert not isinstance(told.value, DamagedDiaryError)


def test_where_the_disk_knows_no_links_the_damaged_file_is_copied_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    half(folder / FILE)
    before = (folder / FILE).read_bytes()
    done = rescue(folder).restore(backup_of(folder))
    assert done.put_aside is not None
    assert done.put_aside.read_bytes() == before
    assert sets(folder) >= 40


def test_a_full_disk_leaves_everything_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half(folder / FILE)
    before = (folder / FILE).read_bytes()

    def full(scratch: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups, "sync", full)
    with pytest.raises(StorageError, match="the disk is full"):
        rescue(folder).restore(backup_of(folder))
    assert (folder / FILE).read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [backups.BACKUPS, FILE]


# --- what may be added


def test_only_valid_rows_are_added_and_parents_first(folder: Path) -> None:
    path = backup_of(folder)
    start = r.start(1)
    plain = {
        "id": str(start.id), "at": "2026-11-15T08:31:00.000000Z", "zone": "UTC", "local_date": "2026-11-15",
        "routine_id": "a", "routine_title": "A", "plan": "[]",
    }  # fmt: skip
    level = {
        "id": str(r.new_id()), "at": plain["at"], "zone": "UTC", "local_date": "2026-11-15", "exercise_id": "a",
        "level": 1, "reason": "person", "supersedes": None,
    }  # fmt: skip
    correction = level | {"id": str(r.new_id()), "supersedes": level["id"]}
    found: list[tuple[str, Any]] = [
        ("level_changes", correction),  # before what it corrects
        ("level_changes", level),
        ("level_changes", level),  # twice
        ("level_changes", level | {"id": str(r.new_id()), "supersedes": str(r.new_id())}),  # corrects nothing
        ("level_changes", level | {"id": str(r.new_id()), "level": 0}),  # against a rule of the table
        ("level_changes", level | {"id": str(r.new_id()), "level": "1"}),
        ("level_changes", level | {"id": str(r.new_id()), "reason": b"\xff"}),
        ("level_changes", level | {"id": "x" * 36}),
        ("sessions", plain),
        ("sessions", plain | {"id": str(r.new_id()), "plan": "[{"}),
        ("sessions", plain | {"id": str(r.new_id()), "local_date": "2026-99-99"}),
        ("sessions", plain | {"id": str(r.new_id()), "at": "2026-11-15T99:99:99.000000Z"}),
        ("sessions", plain | {"id": str(r.new_id()), "routine_title": 5}),
        ("sessions", {"id": str(r.new_id())}),
    ]
    assert merging.add_missing(path, found, file.connect) == {"level_changes": 2, "sessions": 1}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# --- beginning anew, and a copy for somebody who may repair it


def test_a_new_diary_takes_the_place_of_a_damaged_one(folder: Path) -> None:
    half(folder / FILE)
    before = (folder / FILE).read_bytes()
    went = rescue(folder).start_anew()
    assert went is not None
    assert went.read_bytes() == before
    assert sets(folder) == 0


def test_a_new_diary_takes_the_place_of_a_missing_one(folder: Path) -> None:
    gone(folder / FILE)
    assert rescue(folder).start_anew() is None
    assert sets(folder) == 0


def test_a_damaged_file_can_be_saved_elsewhere(folder: Path, tmp_path: Path) -> None:
    half(folder / FILE)
    Path(f"{folder / FILE}-wal").write_bytes(b"log")
    target = tmp_path / "for the doctor.sqlite3"
    target.write_bytes(b"an older copy")
    rescue(folder).save_damaged(target)
    assert target.read_bytes() == (folder / FILE).read_bytes()
    assert Path(f"{target}-wal").read_bytes() == b"log"
    with pytest.raises(StorageError, match=r"No copy could be written to .*: it is not there"):
        rescue(folder).save_damaged(tmp_path / "no such folder" / "x")
    gone(folder / FILE)
    with pytest.raises(StorageError, match="There is no file"):
        rescue(folder).save_damaged(target)


# --- encrypted ones


def test_a_sealed_diary_stays_sealed_whatever_is_restored(folder: Path) -> None:
    need_cipher()
    plain = backup_of(folder)
    seal(folder, KEY, START)
    keyed = SqliteRescue(folder, FakeClock(r.at(2 * LATER)), 0, KEYS)
    with closing(open_sealed(folder)) as diary:
        sealed_backup = diary.archive.back_up(BackupReason.HAND).path
    assert keyed.restore(plain).contents.rows["sets"] == 40
    assert file.header(folder / FILE) == KEY.salt
    with closing(open_sealed(folder)) as diary:
        assert diary.archive.contents().rows["sets"] == 40
    assert keyed.restore(sealed_backup).contents.rows["sets"] == 42
    assert file.header(folder / FILE) == KEY.salt


@pytest.mark.parametrize("keys", [None, source_of(STRANGER)])
def test_fault_20_a_backup_with_another_key_is_refused_before_anything_is_touched(
    folder: Path, keys: KeySource | None
) -> None:
    need_cipher()
    seal(folder, KEY, START)
    with closing(open_sealed(folder)) as diary:
        backup = diary.archive.back_up(BackupReason.HAND).path
    before = (folder / FILE).read_bytes()
    with pytest.raises(DamagedDiaryError) as told:
        SqliteRescue(folder, FakeClock(), 0, keys).restore(backup)
    assert told.value.damage is Damage.SEALED
    assert (folder / FILE).read_bytes() == before


def test_rows_are_rescued_from_a_damaged_sealed_diary(folder: Path) -> None:
    need_cipher()
    seal(folder, KEY, START)
    with closing(open_sealed(folder)) as diary:
        backup = diary.archive.back_up(BackupReason.HAND).path
        start = r.start(2 * LATER)
        diary.add_session(start)
        diary.add_set(r.done(start, 2 * LATER + 1))
    with closing(file.connect(folder / FILE, key=KEY)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_sets_session_id'").fetchone()
    with (folder / FILE).open("r+b") as spoilt:
        spoilt.seek((page - 1) * 4096)
        spoilt.write(b"\xa5" * 400)
    keyed = SqliteRescue(folder, FakeClock(), 0, KEYS)
    assert keyed.restore(backup).rescued == {"sessions": 1, "sets": 1}


def test_whoever_forgot_the_passphrase_gets_the_unencrypted_backup_back(folder: Path) -> None:
    need_cipher()
    plain = backup_of(folder)
    seal(folder, KEY, START)
    done = rescue(folder).restore(plain)
    assert done.put_aside is not None
    assert file.header(done.put_aside) == KEY.salt
    assert sets(folder) == 40


# --- killed in the middle

NOTABLE = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.chmod", "open", "sqlite3.connect", "shutil.copyfile"}


def broken_off_at(step: int, work: Callable[[], object], *, killed: bool) -> bool:
    """Do something in a process that is killed, or refused by the system, at its step of this number.

    False if it came to its end all the same.
    """
    child = os.fork()
    if child == 0:
        seen = 0

        def count(event: str, args: tuple[object, ...]) -> None:
            nonlocal seen
            seen += event in NOTABLE
            if event in NOTABLE and seen == step + 1:
                if killed:
                    os._exit(9)
                raise OSError(errno.EIO, "Input/output error")

        try:
            sys.addaudithook(count)
            work()
            os._exit(0)
        except StorageError:
            os._exit(9)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, 9}
    return code == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be copied")
@pytest.mark.parametrize(("spoil", "killed"), [(None, True), (one_bad_page, True), (gone, True), (one_bad_page, False)])
def test_a_restore_that_breaks_off_leaves_the_old_state_the_new_one_or_none_that_is_recognised(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], None] | None, killed: bool
) -> None:
    if spoil is not None:
        spoil(folder / FILE)
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept, ignore=shutil.ignore_patterns("kept"))
    backup = contents(backup_of(folder))["sets"]
    step, missing = 0, 0
    while True:
        place = tmp_path / f"killed at {step}"
        shutil.copytree(kept, place)
        old = (place / FILE).read_bytes() if (place / FILE).exists() else b""
        work = partial(restore_newest, place)
        if not broken_off_at(step, work, killed=killed) and (killed or step > 50):  # a refusal may be put up with
            break
        assert killed or not list(place.rglob("*.part*"))
        try:
            open_diary(place, FakeClock()).close()
        except DamagedDiaryError as told:
            missing += told.damage is Damage.MISSING
            if told.damage is Damage.MISSING and old:
                assert old in [path.read_bytes() for path in (place / aside.DAMAGED).iterdir()]
            elif old:
                assert (place / FILE).read_bytes() == old
            rescue(place).restore(rescue(place).backups()[-1].path)
        assert set(backup) <= set(contents(place / FILE)["sets"])
        assert sets(place) >= 40
        step += 1
    assert missing > 0 or spoil is None


def restore_newest(folder: Path) -> None:
    rescue(folder).restore(backup_of(folder))


def test_contents_of_an_empty_one_have_no_days(tmp_path: Path) -> None:
    open_diary(tmp_path).close()
    rows = dict.fromkeys(merging.TABLES, 0)
    assert rescue(tmp_path).look_into(tmp_path / FILE) == Contents(rows)
