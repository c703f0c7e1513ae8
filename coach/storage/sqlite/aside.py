"""Putting aside: what stands in a diary's place goes to a folder of its own, unchanged, so that nothing is lost."""

from __future__ import annotations

import os
import shutil
from datetime import UTC
from typing import TYPE_CHECKING, BinaryIO

from coach.fsutil import sync_folder
from coach.storage.sqlite import file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

DAMAGED = "damaged"
"""Name of the folder, in the folder of one person, for what was put aside."""


def put_aside(path: Path, folder: Path, now: datetime, parts: Sequence[str] = file.PARTS) -> Path | None:
    """Move a database with all that belongs to it to `folder`, under a name that tells when; where it went, or None.

    All of it stands there, on disk, before the first part loses its old name: whoever is interrupted here has lost
    nothing. Nobody may have the database open. Raises OSError.
    """
    present = [part for part in parts if os.path.lexists(_part(path, part))]
    if not present:
        return None
    file.private_folder(folder)
    target = _free_name(folder, now)
    if path.is_dir() and "" in present:
        path.rename(target)
        present.remove("")
    for part in present:
        _second_name(_part(path, part), _part(target, part))
    sync_folder(folder)
    for part in present:  # the database first: without it, what belongs to it is never taken for something else
        _part(path, part).unlink()
    sync_folder(path.parent)
    return _part(target, "" if "" in parts and target.exists() else present[0])


def copy_unchanged(path: Path, target: Path) -> None:
    """A copy of the file as it is, and beside it of its log if there is one, each replaced in one step.

    Nobody may have the database open. Raises OSError.
    """
    for part in (file.PARTS[0], file.LOG):
        if part and not file.has_log(path):
            continue
        scratch = file.scratch_beside(target)
        try:
            with _part(path, part).open("rb") as read, scratch.open("wb") as written:
                _copy(read, written)
            scratch.replace(_part(target, part))
        finally:
            file.discard(scratch)
    sync_folder(target.parent)


def anything_aside(folder: Path) -> bool:
    """Whether anything was ever put aside there."""
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def _part(path: Path, part: str) -> Path:
    return path.with_name(path.name + part)


def _free_name(folder: Path, now: datetime) -> Path:
    number = 1
    while True:
        counted = f"-{number}" if number > 1 else ""
        target = folder / f"diary-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}{counted}.sqlite3"
        if not any(os.path.lexists(_part(target, part)) for part in file.PARTS):
            return target
        number += 1


def _second_name(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the disk knows no links, or where it is another disk."""
    try:
        target.hardlink_to(source)
    except OSError:
        with source.open("rb") as read, target.open("xb") as written:
            target.chmod(0o600)
            _copy(read, written)
    else:
        target.chmod(0o600)


def _copy(read: BinaryIO, written: BinaryIO) -> None:
    shutil.copyfileobj(read, written)
    written.flush()
    os.fsync(written.fileno())
