"""Who knows the keys: what was given in this run and the keyring; and what turning encryption on or off comes to."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.services.keeping import BackupReason
from coach.storage import backups
from coach.storage.diary import open_diary
from coach.storage.sqlite import driver, file, sidecar
from coach.storage.sqlite.glance import glance
from coach.storage.sqlite.rescue import SqliteRescue
from coach.storage.sqlite.vault import SqliteVault
from tests.fakes import FakeClock
from tests.locks import FakeKeyring, fill, need_cipher

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.storage.diary import SqlDiary

PASSPHRASE = "warm sand under bare feet"
ANOTHER = "a quiet stream in the wood"
NOTE = "Marker-of-a-note-4711"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A diary with a note and a backup, plain."""
    need_cipher()
    fill(tmp_path, NOTE)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        diary.archive.back_up(BackupReason.SESSION)
    return tmp_path


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def vault(folder: Path, keyring: FakeKeyring) -> SqliteVault:
    return SqliteVault(folder, FakeClock(), keyring)


def opened(folder: Path, vault: SqliteVault) -> SqlDiary:
    return open_diary(folder, FakeClock(), 0, keys=vault.key_for)


def anew(folder: Path, keyring: FakeKeyring | None = None, passphrase: str = "") -> SqliteVault:
    """What the next start of the program knows."""
    return SqliteVault(folder, FakeClock(), keyring or FakeKeyring("none"), passphrase)


def headers(folder: Path) -> set[bytes]:
    return {file.header(backup.path) for backup in backups.listed(folder / "backups")}


def test_locked_and_opened_with_the_passphrase(folder: Path, vault: SqliteVault) -> None:
    assert vault.state().sealed is False
    change = vault.seal(PASSPHRASE, remember=False, backups_too=True)
    assert change.backups_changed == 2  # with the one that was made just before
    assert file.PLAIN not in headers(folder)
    assert not any(NOTE.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    opened(folder, vault).close()
    state = vault.state()
    assert (state.sealed, state.remembered, state.open_backups, state.sealed_backups) == (True, False, 0, 2)

    later = anew(folder)
    with pytest.raises(DamagedDiaryError) as told:
        opened(folder, later)
    assert told.value.damage is Damage.SEALED
    for _ in range(3):
        assert later.unlock("something else", remember=False) is None
    assert later.unlock(PASSPHRASE, remember=False) == ""
    with closing(opened(folder, later)) as diary:
        assert [session.end.note for session in diary.sessions() if session.end] == [NOTE]
        assert later.fits(PASSPHRASE)
        assert not later.fits(ANOTHER)
        diary.archive.back_up(BackupReason.SESSION)
    assert len(headers(folder)) == 1
    assert file.PLAIN not in headers(folder)


def test_plain_backups_that_stay_are_said_to_be_readable_by_anybody(folder: Path, vault: SqliteVault) -> None:
    change = vault.seal(PASSPHRASE, remember=False, backups_too=False)
    assert change.backups_changed == 0
    assert headers(folder) == {file.PLAIN}
    assert "2 backups are not encrypted" in change.remains[0]
    assert any("Exports" in sentence for sentence in change.remains)
    assert any("linger on the disk" in sentence for sentence in change.remains)


def test_off_again_and_nothing_is_left_of_it(folder: Path, vault: SqliteVault, keyring: FakeKeyring) -> None:
    vault.seal(PASSPHRASE, remember=True, backups_too=True)
    with pytest.raises(StorageError, match="not the right one"):
        vault.unseal(ANOTHER, backups_too=True)
    vault.unseal(PASSPHRASE, backups_too=True)
    assert headers(folder) == {file.PLAIN}
    assert keyring.secrets == {}
    assert not (folder / file.SIDECAR).exists()
    assert not vault.state().sealed
    open_diary(folder, FakeClock(), 0).close()


def test_off_with_encrypted_backups_left_says_that_they_need_the_passphrase(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    change = vault.unseal(PASSPHRASE, backups_too=False)
    assert "3 backups are still encrypted" in change.remains[0]
    later = anew(folder, passphrase=PASSPHRASE)
    rescue = SqliteRescue(folder, FakeClock(), keys=later.key_for)
    assert {rescue.look_into(backup.path).sessions for backup in rescue.backups()} == {1}


def test_another_passphrase(folder: Path, vault: SqliteVault, keyring: FakeKeyring) -> None:
    vault.seal(PASSPHRASE, remember=True, backups_too=False)
    with pytest.raises(StorageError, match="not the right one"):
        vault.change(ANOTHER, PASSPHRASE, remember=False, backups_too=True)
    change = vault.change(PASSPHRASE, ANOTHER, remember=True, backups_too=True)
    assert change.backups_changed == 3
    assert len(headers(folder)) == 1
    assert len(keyring.secrets) == 1
    later = anew(folder)
    assert later.unlock(PASSPHRASE, remember=False) is None
    assert later.unlock(ANOTHER, remember=False) == ""
    opened(folder, later).close()


# --- the keyring


def test_a_computer_that_remembers_asks_for_nothing(folder: Path, vault: SqliteVault, keyring: FakeKeyring) -> None:
    vault.seal(PASSPHRASE, remember=True, backups_too=True)
    (secret,) = keyring.secrets.values()
    assert PASSPHRASE not in secret  # which may be the passphrase of something else, too
    later = anew(folder, keyring)
    opened(folder, later).close()
    assert later.state().remembered
    later.remember(on=False)
    assert keyring.secrets == {}
    with pytest.raises(DamagedDiaryError):
        opened(folder, anew(folder, keyring))
    later.remember(on=True)
    opened(folder, anew(folder, keyring)).close()


def test_fault_52_a_keyring_that_fails_leads_to_the_passphrase(
    folder: Path, vault: SqliteVault, keyring: FakeKeyring
) -> None:
    vault.seal(PASSPHRASE, remember=True, backups_too=True)
    keyring.fault = "This computer's keyring did not answer in time."
    later = anew(folder, keyring)
    with pytest.raises(DamagedDiaryError) as told:
        opened(folder, later)
    assert told.value.damage is Damage.SEALED
    assert later.unlock(PASSPHRASE, remember=True) == f"{keyring.fault} The passphrase will be asked for."
    opened(folder, later).close()


def test_fault_52_a_key_is_never_kept_anywhere_else(folder: Path, keyring: FakeKeyring) -> None:
    keyring.fault = "This computer has no keyring that keeps secrets encrypted."
    vault = anew(folder, keyring)
    change = vault.seal(PASSPHRASE, remember=True, backups_too=True)
    assert change.remains[-1] == f"{keyring.fault} The passphrase will be asked for."
    assert not vault.state().remembered
    key = vault.key_for(file.header(folder / file.FILE))
    assert key is not None
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert key.raw not in content
        assert key.raw.hex().encode() not in content
        assert PASSPHRASE.encode() not in content


def test_a_keyring_that_is_not_needed_is_not_asked(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)

    class Untouchable(FakeKeyring):
        def get(self, name: str) -> str | None:
            raise AssertionError("a keyring asks the person for its own password")

    with pytest.raises(DamagedDiaryError):
        opened(folder, anew(folder, Untouchable()))


def test_an_old_key_in_the_keyring_is_no_key(folder: Path, vault: SqliteVault, keyring: FakeKeyring) -> None:
    vault.seal(PASSPHRASE, remember=True, backups_too=True)
    keyring.secrets = dict.fromkeys(keyring.secrets, "00" * 32)
    for secrets in ("00" * 32, "nonsense", ""):
        keyring.secrets = dict.fromkeys(keyring.secrets, secrets)
        with pytest.raises(DamagedDiaryError):
            opened(folder, anew(folder, keyring))


# --- a passphrase that was given beforehand


def test_a_passphrase_from_the_environment_opens_without_asking(folder: Path, vault: SqliteVault) -> None:
    before = glance(folder)
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    opened(folder, anew(folder, passphrase=PASSPHRASE)).close()
    assert glance(folder, anew(folder, passphrase=PASSPHRASE).known) == before is not None
    with pytest.raises(DamagedDiaryError, match="This passphrase does not open"):
        opened(folder, anew(folder, passphrase=ANOTHER))
    assert glance(folder, anew(folder, passphrase=ANOTHER).known) is None


def test_the_same_letters_typed_otherwise_are_the_same_passphrase(folder: Path, vault: SqliteVault) -> None:
    vault.seal("Füße am Strand", remember=False, backups_too=True)
    assert anew(folder).unlock("Fu\u0308ße am Strand", remember=False) == ""


def test_without_the_extra_the_state_says_why(
    folder: Path, vault: SqliteVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    assert vault.state().unavailable == driver.MISSING
    with pytest.raises(StorageError, match="pip install"):
        vault.seal(PASSPHRASE, remember=False, backups_too=True)
    assert not (folder / file.SIDECAR).exists()


def test_a_diary_on_a_server_is_not_encrypted_here(folder: Path) -> None:
    vault = SqliteVault(folder, FakeClock(), FakeKeyring(), unavailable="It lives on a server.")
    assert vault.state().unavailable == "It lives on a server."
    with pytest.raises(StorageError, match="lives on a server"):
        vault.seal(PASSPHRASE, remember=False, backups_too=True)


# --- with the rescue


def test_fault_20_a_backup_of_another_key_is_refused_before_anything_is_touched(
    folder: Path, vault: SqliteVault
) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    backup = backups.listed(folder / "backups")[0].path
    stranger = folder / "stranger.sqlite3"
    shutil.copy(backup, stranger)
    vault.unseal(PASSPHRASE, backups_too=True)
    before = (folder / file.FILE).read_bytes()
    for later in (anew(folder), anew(folder, passphrase=ANOTHER)):
        rescue = SqliteRescue(folder, FakeClock(), keys=later.key_for)
        with pytest.raises(StorageError, match="encrypted"):
            rescue.restore(stranger)
    assert (folder / file.FILE).read_bytes() == before


def test_fault_53_a_forgotten_passphrase_leads_back_to_what_is_not_encrypted(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=False)
    sealed = (folder / file.FILE).read_bytes()
    later = anew(folder)
    rescue = SqliteRescue(folder, FakeClock(), keys=later.key_for)
    restored = rescue.restore(rescue.backups()[-1].path)
    assert restored.contents.sessions == 1
    assert restored.put_aside is not None
    assert restored.put_aside.read_bytes() == sealed  # for the day when the passphrase comes back to mind
    with closing(opened(folder, later)) as diary:
        assert len(diary.sessions()) == 1
    assert not later.state().sealed


def test_what_was_encrypted_stays_so_when_a_plain_backup_is_restored(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=False)
    rescue = SqliteRescue(folder, FakeClock(), keys=vault.key_for)
    restored = rescue.restore(rescue.backups()[-1].path)
    assert restored.contents.sessions == 1
    assert file.header(folder / file.FILE) != file.PLAIN
    opened(folder, anew(folder, passphrase=PASSPHRASE)).close()


@pytest.mark.parametrize("knows", [True, False])
def test_a_new_diary_in_place_of_an_encrypted_one(folder: Path, vault: SqliteVault, knows: bool) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    later = anew(folder, passphrase=PASSPHRASE if knows else "")
    went = SqliteRescue(folder, FakeClock(), keys=later.key_for).start_anew()
    assert went is not None
    assert file.header(went) != file.PLAIN
    assert (file.header(folder / file.FILE) == file.PLAIN) is not knows
    with closing(opened(folder, later)) as diary:
        assert diary.sessions() == ()
    assert later.state().sealed is knows


def test_an_encrypted_diary_that_vanished_is_not_replaced_by_a_plain_one(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    (folder / file.FILE).unlink()
    shutil.rmtree(folder / "backups")
    with pytest.raises(DamagedDiaryError) as told:
        opened(folder, vault)
    assert told.value.damage is Damage.MISSING


def flip_in(page: int) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        content = bytearray(path.read_bytes())
        at = (page - 1) * 4096 + 2000
        content[at : at + 100] = bytes(byte ^ 0xFF for byte in content[at : at + 100])
        path.write_bytes(content)

    return flip


@pytest.mark.parametrize("page", [1, 2, 9])
def test_a_damaged_encrypted_diary_is_restored_like_a_plain_one(folder: Path, vault: SqliteVault, page: int) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    flip_in(page)(folder / file.FILE)
    with pytest.raises(DamagedDiaryError) as told:
        opened(folder, vault)
    assert told.value.damage is Damage.BROKEN
    rescue = SqliteRescue(folder, FakeClock(), keys=vault.key_for)
    restored = rescue.restore(rescue.backups()[0].path)
    assert restored.put_aside is not None
    with closing(opened(folder, vault)) as diary:
        assert len(diary.sessions()) == 1
    assert file.header(folder / file.FILE) != file.PLAIN


def test_what_a_damaged_encrypted_diary_still_tells_is_saved(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=True)
    from tests import records as r

    with closing(opened(folder, vault)) as diary:
        later_session = r.start(600)
        diary.add_session(later_session)
        diary.add_end(r.end(later_session, 610))
    with closing(
        driver.connect(folder / file.FILE, "mode=rw", 0, vault.key_for(file.header(folder / file.FILE)))
    ) as it:
        page = it.execute("SELECT rootpage FROM sqlite_master WHERE name = 'level_changes'").fetchone()[0]
    flip_in(page)(folder / file.FILE)
    rescue = SqliteRescue(folder, FakeClock(), keys=vault.key_for)
    restored = rescue.restore(rescue.backups()[0].path)
    assert restored.rescued == {"sessions": 1, "session_ends": 1}


def test_the_note_beside_it_forgets_what_no_file_needs(folder: Path, vault: SqliteVault) -> None:
    vault.seal(PASSPHRASE, remember=False, backups_too=False)
    vault.change(PASSPHRASE, ANOTHER, remember=False, backups_too=False)
    assert len(sidecar.read(folder)) == 2  # the backup made before the change still needs the first
    vault.change(ANOTHER, PASSPHRASE, remember=False, backups_too=True)
    assert len(sidecar.read(folder)) == 1
