"""Backups as files: their names, the list of them, and how one is made so that it deserves the name.

A name tells when and why: `diary-2026-11-27T101530Z-session.sqlite3`, and `…-session-2.sqlite3` for a second copy in
the same second. Where the copy comes from is the caller's affair: a database file, or the tables of a server.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach.domain.retention import kept
from coach.errors import StorageError, os_reason
from coach.services.keeping import Backup, BackupReason
from coach.storage.sqlite import file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BACKUPS = "backups"
"""Name of their folder in the folder of one person."""

_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(
    r"diary-(?P<stamp>\d{4}-\d\d-\d\dT\d{6}Z)-"
    rf"(?:(?P<reason>{'|'.join(BackupReason)})(?:-(?P<number>\d{{1,6}}))?|revision-\w+)\.(?:sqlite3|json)",
    re.ASCII,
)
_ABANDONED_S = 24 * 60 * 60.0


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups of a folder, newest first, told by their names alone; strangers and empty files are passed over.

    Never raises: where there is no folder, or none that may be read, there are no backups.
    """
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            match = _NAME.fullmatch(path.name)
            backup = _backup(path, match) if match else None
            if backup is not None:
                found.append((backup.made, int(match["number"] or 1) if match else 1, path.name, backup))
    return tuple(backup for *_, backup in sorted(found, key=lambda item: item[:3], reverse=True))


def _backup(path: Path, match: re.Match[str]) -> Backup | None:
    try:
        made = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
        size = path.stat().st_size if path.is_file() else 0
    except (ValueError, OSError):  # the 31st of February, or just gone
        return None
    # An older program named the copies before a migration by the revision they were of.
    return Backup(path, made, BackupReason(match["reason"] or "migration"), size) if size else None


def make(
    folder: Path,
    reason: BackupReason,
    now: datetime,
    copy: Callable[[Path], object],
    check: Callable[[Path], None],
    suffix: str = ".sqlite3",
) -> Backup:
    """Make a backup in `folder`, which is created where it is missing; only then let older ones go.

    Args:
        folder: takes the file; created with rights 0700.
        reason: becomes part of the name.
        now: aware; becomes part of the name, to the second.
        copy: fills the empty file it is given (rights 0600).
        check: opens that file and raises where it is not whole.
        suffix: tells the kind of file.

    Raises:
        StorageError: no backup was made, nothing older was removed, and no scratch file is left.
    """
    made = now.astimezone(UTC).replace(microsecond=0)
    scratch = None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        scratch = file.scratch_beside(folder / f"diary{suffix}")
        copy(scratch)
        sync(scratch)
        if scratch.stat().st_size == 0:
            raise StorageError(f"The backup in {folder} came out empty, so it does not count. Your diary is untouched.")
        check(scratch)
        path = _name_it(scratch, made, reason, suffix)
        size = path.stat().st_size
    except OSError as error:
        raise StorageError(
            f"No backup could be made in {folder}: {os_reason(error)}. Your diary itself is untouched."
        ) from error
    finally:
        if scratch is not None:
            with suppress(OSError):
                file.discard(scratch)
    _prune(folder, now)
    return Backup(path, made, reason, size)


def sync(path: Path) -> None:
    """Make what was written to a finished file durable. Raises OSError."""
    handle = os.open(path, os.O_RDWR)  # Windows syncs only what may be written
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _name_it(scratch: Path, made: datetime, reason: BackupReason, suffix: str) -> Path:
    """Its own name, which no other file has; the number counts all copies of one second, whatever their reason."""
    number = 1 + sum(backup.made == made for backup in listed(scratch.parent))
    while True:
        counted = f"-{number}" if number > 1 else ""
        path = scratch.with_name(f"diary-{made:{_STAMP}}-{reason}{counted}{suffix}")
        if file.put_in_place(scratch, path):
            return path
        number += 1


def _prune(folder: Path, now: datetime) -> None:
    """Let go of what the rotation does not keep, and of scratch files that a killed program left a day or more ago."""
    backups = listed(folder)
    keep = kept((backup.made for backup in backups), now)
    with suppress(OSError):  # the new backup stands; what could not be removed now goes with the next one
        for backup in backups:
            if backup.made not in keep:
                backup.path.unlink(missing_ok=True)
        for path in folder.glob(".diary.*.part*"):
            if path.stat().st_mtime < now.timestamp() - _ABANDONED_S:
                path.unlink(missing_ok=True)
