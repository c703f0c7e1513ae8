"""Replacing a file in one step: the old or the new one, never anything else, wherever it fails."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from coach.fsutil import atomic_write

if TYPE_CHECKING:
    from collections.abc import Callable


def test_it_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic_write(path, b"one")
    assert path.read_bytes() == b"one"
    atomic_write(path, b"")
    assert path.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_the_file_is_private_even_with_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        atomic_write(tmp_path / "file", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"one")
    (tmp_path / "link").symlink_to("real")
    atomic_write(tmp_path / "link", b"two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"two"


class _FullFile:
    """A file on a full disk."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self._handle)

    def write(self, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def full(*_args: object, **_options: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def fail_to_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tempfile, "mkstemp", full)


def fail_to_write(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "fdopen", lambda handle, _mode: _FullFile(handle))


class _FullAtFlush(_FullFile):
    """A file whose buffer takes everything, and whose disk nothing."""

    def write(self, data: bytes) -> int:
        return len(data)

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def fail_to_flush(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "fdopen", lambda handle, _mode: _FullAtFlush(handle))


def fail_to_sync(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "fsync", full)


def fail_to_rename(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "replace", full)


@pytest.mark.parametrize("fail", [fail_to_open, fail_to_write, fail_to_flush, fail_to_sync, fail_to_rename])
def test_whatever_step_fails_the_old_file_is_untouched_and_no_litter_stays(
    tmp_path: Path, fail: Callable[[pytest.MonkeyPatch], None]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.MonkeyPatch.context() as patch:
        fail(patch)
        with pytest.raises(OSError, match="No space"):
            atomic_write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_its_place_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError, match="file"):
        atomic_write(tmp_path / "file", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
