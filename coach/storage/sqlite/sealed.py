"""Telling an encrypted file from a plain one and from a damaged one, and a right key from a wrong one.

A plain database begins with its name; an encrypted one with its salt, 16 random bytes that all copies of it share.
"""

from __future__ import annotations

import hmac
import sqlite3
from contextlib import closing, suppress
from enum import Enum
from typing import TYPE_CHECKING

from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.storage.backups import BACKUPS
from coach.storage.sqlite import driver, file, sidecar
from coach.storage.sqlite.key import SALT_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from coach.storage.sqlite.key import Key, KeySource

PAGE_BYTES = 4096
SMALLEST_BYTES = 16 * PAGE_BYTES
"""No diary is smaller: each table and each index has a page."""
SCRATCH = ".seal"
"""Part of the name of a file that is being encrypted or decrypted, so that it is told from other scratch files."""
_MOST_ZEROS = 80
"""A page of SQLite has hundreds of zero bytes, of random bytes about 16."""

FORGOTTEN = (
    "If it is forgotten, nobody can open it: restore from an unencrypted export or backup, "
    "or move the file aside and begin a new diary."
)


class Sure(Enum):
    """How sure it is that a file is encrypted."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class Opener:
    """`file.Connect` for the files of one person: each is opened with its own key.

    Looks at the beginning of a file before each connection, so only for files that nothing in this process has open.
    """

    def __init__(self, folder: Path, busy_s: float = file.BUSY_S, keys: KeySource | None = None) -> None:
        """`folder` holds everything of the person; `keys` knows the keys of encrypted files."""
        self._folder = folder
        self._busy_s = busy_s
        self._keys = keys

    def __call__(self, path: Path, access: file.Access = file.Access.WRITE) -> sqlite3.Connection:
        """A connection; raises what `key_for` and `file.connect` raise."""
        return file.connect(path, access, busy_s=self._busy_s, key=self.key(path))

    def key(self, path: Path) -> Key | None:
        """The key of a file; of an empty one the key that it shall have."""
        try:
            empty = path.stat().st_size == 0
        except OSError:
            return None  # SQLite says what is wrong
        return self.key_of_new() if empty else key_for(path, self._folder, self._keys)

    def key_of_new(self) -> Key | None:
        """The key of the diary that a new file takes the place of; None of a plain one, or if not known."""
        entry = sidecar.current(self._folder)
        return self._keys(entry.salt) if entry and self._keys else None


def was_sealed(folder: Path) -> bool:
    """Whether the diary of a folder is, or was when it vanished, encrypted."""
    return sidecar.current(folder) is not None


def key_for(path: Path, folder: Path, keys: KeySource | None) -> Key | None:
    """The key that opens a file, or None where it is not encrypted (or too damaged to tell).

    Reads the beginning of the file, so only for one that nothing in this process has open.

    Args:
        path: an existing diary or backup, wherever it stands.
        folder: holds everything of the person.
        keys: knows the keys that were given.

    Raises:
        DamagedDiaryError: it is encrypted, and its key is not known or not the right one (`Damage.SEALED`).
        StorageError: it is encrypted, and SQLCipher is not installed.
    """
    try:
        salt = file.header(path)
    except OSError:
        return None  # SQLite says what is wrong
    if len(salt) < SALT_BYTES or salt == file.PLAIN:
        return None
    sealed = _is_sealed(path, folder, salt)
    if sealed is Sure.NO and keys is None:
        return None
    if sealed is not Sure.NO and not driver.installed():
        raise StorageError(f"{path} is encrypted. {driver.MISSING}")
    key = keys(salt) if keys else None
    if key is not None and fits(path, folder, key):
        return key
    if sealed is Sure.NO:
        return None  # whoever opens it says what is wrong with it
    raise DamagedDiaryError(_sentence(path, sealed, given=key is not None), Damage.SEALED)


def _sentence(path: Path, sealed: Sure, *, given: bool) -> str:
    if sealed is Sure.PERHAPS:
        return (
            f"{path} is not a diary, or an encrypted one without the file {file.SIDECAR} that says so. Do not delete "
            "it: enter its passphrase, put a backup in its place, or move it aside to begin a new one."
        )
    if given:
        return f"This passphrase does not open {path}. Nothing was changed. {FORGOTTEN}"
    return (
        f"{path} is encrypted. Enter its passphrase, or give it in COACH_PASSPHRASE or with --passphrase-file. "
        f"{FORGOTTEN}"
    )


def fits(path: Path, folder: Path, key: Key) -> bool:
    """Whether a key is the one that this file was encrypted with, also where the file is damaged since then."""
    entry = sidecar.find(folder, key.salt)
    if entry is not None:
        return hmac.compare_digest(entry.check, key.check)
    # Immutable: neither locks nor a log, so that a wrong key leaves no trace. The log may hold the only whole copy of
    # the first page, if power was lost just then; a second look through it finds that.
    for access in (file.Access.FROZEN, file.Access.READ):
        with suppress(sqlite3.Error), closing(file.connect(path, access, key=key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return True
    return False


def _is_sealed(path: Path, folder: Path, salt: bytes) -> Sure:
    """Whether a file that does not look like a database is encrypted rather than damaged."""
    entries = sidecar.read(folder)
    if any(entry.salt == salt for entry in entries):
        return Sure.YES
    if any(other != path and file.header(other) == salt for other in sealed_or_plain(folder)):
        return Sure.YES  # a copy that begins with the same random bytes
    at_home = path.resolve().parent in {folder.resolve(), (folder / BACKUPS).resolve()}
    if at_home and (entries or any(sealed_or_plain(folder / BACKUPS))):
        return Sure.NO
    # Random from end to end, in whole pages, all by itself: most likely a sealed diary that was brought from elsewhere.
    return Sure.PERHAPS if _looks_random(path) else Sure.NO


def sealed_or_plain(folder: Path) -> tuple[Path, ...]:
    """All files of a person's folder that are or may be diaries, with the backups and those put aside."""
    found = [path for place in (folder, folder / BACKUPS) for path in place.glob("*.sqlite3*")]
    return tuple(path for path in sorted(found) if path.is_file() and not path.name.endswith(("-wal", "-shm")))


def _looks_random(path: Path) -> bool:
    size = path.stat().st_size
    if size < SMALLEST_BYTES or size % PAGE_BYTES:
        return False
    with path.open("rb") as content:
        return content.read(PAGE_BYTES).count(0) < _MOST_ZEROS


def tidy(path: Path, folder: Path, key: Key | None) -> None:
    """After opening: note a key whose note is lost, and remove what a sealing that was killed left behind.

    Nobody seals just now, because that needs a diary that nobody has open.
    """
    with suppress(OSError):  # neither is needed for anything to work
        entry = sidecar.current(folder)
        if key is not None and (entry is None or entry.salt != key.salt):
            sidecar.add(folder, key, current=True)
        for left in (*path.parent.glob(f".{path.name}{SCRATCH}.*"), *folder.glob(f".{file.SIDECAR}.*")):
            left.unlink(missing_ok=True)
