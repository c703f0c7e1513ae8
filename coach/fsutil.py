"""Files that are replaced in one step, and folders that are private from the moment they exist."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of `path` at the end; on any failure what stood there stands there.

    The new file is readable by its owner alone and on disk at the end. A symbolic link stays one; what it points to is
    replaced. Raises OSError; no scratch file is left behind.
    """
    path = Path(os.path.realpath(path))  # unlike Path.resolve, calm about links in a circle
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", suffix=".part", dir=path.parent)
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def atomic_write(path: Path, data: bytes) -> None:
    """Replace the file at `path`: afterwards it holds `data`, or on any failure what it held before (`replacing`)."""
    with replacing(path) as file:
        file.write(data)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable; does nothing where folders cannot be synced (Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private_folder(folder: Path) -> None:
    """Create a folder, and those above it that are missing, each with mode 0700 whatever the umask. Raises OSError.

    A folder that exists keeps its mode: it may be shared on purpose.
    """
    for missing in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def check_writable(folder: Path) -> None:
    """Create a file in the folder and remove it again; OSError if that cannot be done.

    Tried rather than asked: rights alone do not tell of a read-only or full disk.
    """
    handle, name = tempfile.mkstemp(prefix=".write-test.", dir=folder)
    os.close(handle)
    Path(name).unlink()
