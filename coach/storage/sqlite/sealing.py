"""Encrypting a diary, decrypting it, and changing its key: a new file is built beside the old one and takes its place.

The diary must be closed. Whatever happens at whatever moment, the old file or the new one stands in its place, whole:
the new one is written, compared with the old one row count by row count, checked from end to end and on the disk before
it is renamed over the old one. Its log is folded in first, so that nothing of the old file can be taken for the new
one's.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import StorageError
from coach.fsutil import sync_folder
from coach.services.keeping import BackupReason
from coach.storage import backups
from coach.storage.sqlite import checks, driver, file, making, sidecar
from coach.storage.sqlite.faults import told
from coach.storage.sqlite.key import source_of
from coach.storage.sqlite.sealed import SCRATCH, Opener, key_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from coach.services.keeping import Backup
    from coach.storage.sqlite.key import Key, KeySource

_IN_USE = "{path} is in use by another program. Close that program and try again."
_COPIED_PRAGMAS = ("application_id", "user_version")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Backups that were rewritten with another key, and those that could not be: not whole, or of an unknown key."""

    done: int
    left: tuple[Path, ...]


def seal(folder: Path, key: Key, now: datetime, busy_s: float = file.BUSY_S) -> Backup:
    """Encrypt the plain diary of a folder; gives back the unencrypted backup that was made before.

    Raises:
        StorageError: nothing was changed; the sentence says why.
    """
    return _exchange(folder, None, key, now, busy_s)


def unseal(folder: Path, key: Key, now: datetime, busy_s: float = file.BUSY_S) -> Backup:
    """Decrypt the diary of a folder; gives back the encrypted backup that was made before. Raises like `seal`."""
    return _exchange(folder, key, None, now, busy_s)


def change_key(folder: Path, old: Key, new: Key, now: datetime, busy_s: float = file.BUSY_S) -> Backup:
    """Encrypt the diary with another key; gives back the backup with the old key. Raises like `seal`."""
    return _exchange(folder, old, new, now, busy_s)


def rewrite_backups(folder: Path, keys: KeySource, new: Key | None) -> Rewritten:
    """Give every backup the key `new` (None: none), each in one step and checked; `keys` opens the old ones."""
    done, left = 0, []
    for backup in backups.listed(folder / backups.BACKUPS):
        try:
            with told(backup.path):
                old = key_for(backup.path, folder, keys)
                if old != new:
                    rewrite(backup.path, old, new, busy_s=0)
                    done += 1
        except StorageError:
            left.append(backup.path)
    return Rewritten(done, tuple(left))


def remove(paths: Iterable[Path]) -> int:
    """Remove backups, however many can be; says how many."""
    removed = 0
    for path in paths:
        try:
            path.unlink()
        except OSError:
            continue
        removed += 1
    return removed


def _exchange(folder: Path, old: Key | None, new: Key | None, now: datetime, busy_s: float) -> Backup:
    path = Path(os.path.realpath(folder / file.FILE))
    with told(path):
        if not driver.installed():
            raise StorageError(driver.MISSING)
        checks.require_file(path)
        connect = Opener(folder, busy_s, source_of(old) if old else None)
        backup = making.back_up(path, folder, BackupReason.ENCRYPTION, now, connect)
        if new is not None:
            # Before the file: a note too many harms nobody, and a sealed file without one is harder to tell.
            sidecar.add(folder, new)
        rewrite(path, old, new, busy_s)
        sidecar.settle(folder, new)
    return backup


def rewrite(path: Path, old: Key | None, new: Key | None, busy_s: float) -> None:
    """Put a copy with the key `new` in the place of a file that nobody has open. Raises StorageError, sqlite3.Error."""
    scratch = file.scratch_beside(path.with_name(path.name + SCRATCH))
    try:
        with closing(driver.connect_cipher(path, file.Access.WRITE, busy_s, old)) as source:
            _withdraw(source, path)
            source.execute("BEGIN IMMEDIATE")  # from now on nobody else writes
            _export(path, old, scratch, new, busy_s)
            _compare(source, scratch, new)
            before = _state(path)
        # Closed, because Windows replaces no open file; so somebody might have slipped in between.
        if _state(path) != before or _companions(path):
            raise StorageError(_IN_USE.format(path=path))
        scratch.replace(path)
        sync_folder(path.parent)
    finally:
        file.discard(scratch)


def _withdraw(source: sqlite3.Connection, path: Path) -> None:
    """Fold the log into the file and leave write-ahead mode, which succeeds only where nobody else has it open."""
    busy, *_ = source.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    (mode,) = source.execute("PRAGMA journal_mode=DELETE").fetchone()
    if busy or mode != "delete":
        raise StorageError(_IN_USE.format(path=path))


def _export(path: Path, old: Key | None, scratch: Path, new: Key | None, busy_s: float) -> None:
    with closing(driver.connect_cipher(path, file.Access.WRITE, busy_s, old)) as reader:
        uri = f"{scratch.absolute().as_uri()}?{file.Access.WRITE}"
        reader.execute("ATTACH ? AS target KEY ?", (uri, new.literal if new else ""))
        reader.execute("PRAGMA target.synchronous=EXTRA")
        reader.execute("BEGIN")
        reader.execute("SELECT sqlcipher_export('target')")
        for pragma in _COPIED_PRAGMAS:  # which the export leaves behind
            (value,) = reader.execute(f"PRAGMA main.{pragma}").fetchone()
            reader.execute(f"PRAGMA target.{pragma}={int(value)}")
        reader.execute("COMMIT")


def _compare(source: sqlite3.Connection, scratch: Path, key: Key | None) -> None:
    """DamagedError unless the copy says the same as the source and is whole."""
    with closing(driver.connect_cipher(scratch, file.Access.WRITE, 0, key)) as copy:
        if _outline(source) != _outline(copy):
            raise file.DamagedError("the copy is not equal")
        # Every page of an encrypted file still bears its seal …
        if key is not None and (broken := copy.execute("PRAGMA cipher_integrity_check").fetchone()):
            raise file.DamagedError(str(broken[0]))
        checks.revision_of(copy, scratch, thorough=True)  # … and what is in the pages fits together.


def _outline(connection: sqlite3.Connection) -> dict[str, object]:
    """The schema to the letter, how many rows each table has, and what marks the file as ours."""
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    tables = [name for kind, name, *_ in schema if kind == "table"]
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in tables}  # noqa: S608
    marks = {pragma: connection.execute(f"PRAGMA {pragma}").fetchone() for pragma in _COPIED_PRAGMAS}
    return {"schema": schema, "counts": counts, "marks": marks}


def _state(path: Path) -> tuple[int, int]:
    seen = path.stat()
    return seen.st_size, seen.st_mtime_ns


def _companions(path: Path) -> list[Path]:
    parts = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    return [part for part in parts if part.exists()]
