"""The two kinds of trouble: what we know of and explain, and what is our own fault.

Raise a `KnownError` for anything in the person's world (a broken file, a full disk, a newer database): its text is one
clear sentence that says what, where, what was expected and what to do. Everything else is a bug and is reported as one.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class KnownError(Exception):
    """Trouble in the person's world, told in one plain sentence; the process exit code is 1."""


class StorageError(KnownError):
    """The diary could not be read or written."""


class Damage(StrEnum):
    """In what way a diary cannot be opened, so that the window can offer what helps."""

    MISSING = "missing"  # there is no file, but there are backups
    EMPTY = "empty"
    FOREIGN = "foreign"  # not a diary of ours, or not a database at all
    BROKEN = "broken"
    NEWER = "newer"  # written by a newer version; must not be touched
    SEALED = "sealed"  # encrypted, and the key is needed


class DamagedDiaryError(StorageError):
    """The diary's file cannot be opened as it is; `coach.services.ports.Rescue` may help."""

    def __init__(self, sentence: str, damage: Damage) -> None:
        super().__init__(sentence)
        self.damage = damage


class GoneError(StorageError):
    """The file of the open diary is no longer in its place; only the open diary still holds what was in it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one content file; the file is skipped and the rest works.

    `line` counts from 1 and is None where only the key is known; `key` is a dotted path such as `levels[2].sets`.
    """

    file: Path
    reason: str
    key: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """`calf_raise.toml, line 12, levels[0].sets: must be 1 to 10, is 99`."""
        parts = [self.file.name]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.key:
            parts.append(self.key)
        return f"{', '.join(parts)}: {self.reason}"


_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file would be larger than this disk allows",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "it is not there",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENAMETOOLONG: "the path is too long",
    errno.EIO: "the disk reports a fault",
    errno.ELOOP: "its links go round in a circle",
}


def place_reason(error: OSError) -> str:
    """Why nothing can be written to a place; what is not there is then the folder."""
    return "its folder is not there" if error.errno == errno.ENOENT else os_reason(error)


def os_reason(error: OSError) -> str:
    """Why the operating system refused, as the end of a sentence (`the disk is full`)."""
    known = _REASONS.get(error.errno or 0)
    return known or error.strerror or type(error).__name__
