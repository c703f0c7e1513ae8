"""What both forms share about files: complete before they appear, private, and trouble told in one sentence."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING

from coach.errors import StorageError, os_reason, place_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

LARGEST_FILE = 2 << 30
"""Bytes; ten years of daily use take about a thirtieth of it."""


@contextmanager
def writing_to(target: Path) -> Iterator[None]:
    """Tell what the operating system refused while an export is written."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The export could not be written to {target}: {place_reason(error)}. Nothing was changed there. "
            "Mend that, or choose another place."
        ) from error


@contextmanager
def reading_from(source: Path) -> Iterator[None]:
    """Tell what the operating system refused while an export is read."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{source} cannot be read: {os_reason(error)}. Nothing was changed.") from error


def finish(file: BinaryIO) -> None:
    """All of an open file is on disk when this returns."""
    file.flush()
    os.fsync(file.fileno())


def own_only(path: str, flags: int) -> int:
    """An opener for files that only their owner may read, whatever the umask."""
    return os.open(path, flags, 0o600)


def digest(paths: list[Path]) -> str:
    """What stands in these files and what they are called, as one number; StorageError for one that is too large."""
    summed = hashlib.sha256()
    for path in paths:
        if path.stat().st_size > LARGEST_FILE:
            raise StorageError(f"{path} is larger than {LARGEST_FILE >> 30} GB: no history is. Nothing was changed.")
        with path.open("rb") as file:
            summed.update(f"{path.name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode(errors="replace"))
    return summed.hexdigest()


def moment(now: datetime) -> str:
    """An aware instant to the second, in UTC."""
    return f"{now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def refusal(source: Path, why: str) -> StorageError:
    """A file that is not read at all."""
    return StorageError(f"{source} cannot be imported: {why}. Nothing was changed.")
