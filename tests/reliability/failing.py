"""A computer on which the n-th statement, or the n-th call that writes a file, fails as it does on a full disk.

Statements are counted in Python's `sqlite3`, so pragmas, begins, commits and online copies are among them; calls in
`os` and `io`, where `pathlib`, `tempfile` and `shutil` all end, and only for files of one folder. SQLite's own calls
are not: what a torn one of those leaves is `test_torn_log`'s affair.
"""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pytest

STATEMENT, FILE_CALL = "statement", "file call"
CONNECT = "sqlite3.connect"
_BY_PATH = ("open", "mkdir", "rmdir", "unlink", "remove", "chmod", "truncate")
_BY_TWO_PATHS = ("rename", "replace", "link", "symlink")
_BY_HANDLE = ("fsync", "write", "ftruncate")
_WRITING = ("write", "writelines", "flush", "truncate")


class Trap:
    """Counts what it is armed for; `failed` names the call that was made to fail, or is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)
        self._kind = ""
        self._left = 0
        self._handles: set[int] = set()
        self.failed = ""

    @contextmanager
    def armed(self, kind: str, number: int) -> Iterator[None]:
        """Inside, the call of this kind and number (from 1 on) fails, and only that one."""
        self._kind, self._left, self.failed = kind, number, ""
        try:
            yield
        finally:
            self._kind = ""

    def passes(self, kind: str, name: str) -> bool:
        """Count a call; whether it may happen."""
        if kind != self._kind:
            return True
        self._left -= 1
        if self._left == 0:
            self.failed = name
        return self._left != 0

    def spring(self, kind: str, name: str) -> None:
        """Count a call, or fail as a full disk does."""
        if self.passes(kind, name):
            return
        if kind == STATEMENT:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        raise OSError(errno.ENOSPC, "No space left on device")

    def concerns(self, place: Any) -> bool:
        """Whether a path or handle is in the folder."""
        if isinstance(place, int):
            return place in self._handles
        path = os.path.abspath(os.fsdecode(place))  # noqa: PTH100 - pathlib would come back here
        return os.path.realpath(os.path.dirname(path)).startswith(self._folder) or path == self._folder  # noqa: PTH120

    def note(self, handle: int) -> None:
        """A file of the folder is open under this handle."""
        self._handles.add(handle)

    def forget(self, handle: int) -> None:
        """It is closed."""
        self._handles.discard(handle)


def install(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the trap under everything that is opened from now on."""
    _under_sqlite(trap, monkeypatch)
    for name in _BY_PATH:
        monkeypatch.setattr(os, name, _by_path(trap, name, getattr(os, name), places=1))
    for name in _BY_TWO_PATHS:
        monkeypatch.setattr(os, name, _by_path(trap, name, getattr(os, name), places=2))
    for name in _BY_HANDLE:
        monkeypatch.setattr(os, name, _by_path(trap, name, getattr(os, name), places=1))
    monkeypatch.setattr(os, "close", _closing(trap, os.close))
    monkeypatch.setattr(io, "open", _opening(trap, io.open))


def _by_path(trap: Trap, name: str, real: Callable[..., Any], places: int) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        ours = any(trap.concerns(place) for place in args[:places])
        if ours:
            trap.spring(FILE_CALL, name)
        result = real(*args, **kwargs)
        if ours and name == "open":
            trap.note(result)
        return result

    return call


def _closing(trap: Trap, real: Callable[[int], None]) -> Callable[[int], None]:
    def close(handle: int) -> None:
        trap.forget(handle)
        real(handle)

    return close


def _opening(trap: Trap, real: Callable[..., Any]) -> Callable[..., Any]:
    def open_(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if not trap.concerns(file):
            return real(file, mode, *args, **kwargs)
        if not isinstance(file, int):
            trap.spring(FILE_CALL, "open")
        opened = real(file, mode, *args, **kwargs)
        return opened if mode in {"r", "rb", "rt"} else _Writer(trap, opened)

    return open_


class _Writer:
    """A file whose writes are counted."""

    def __init__(self, trap: Trap, file: Any) -> None:
        self._trap = trap
        self._file = file
        trap.note(file.fileno())

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._file, name)
        if name not in _WRITING:
            return real

        def call(*args: Any) -> Any:
            self._trap.spring(FILE_CALL, name)
            return real(*args)

        return call

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def close(self) -> None:
        """Close and forget."""
        if not self._file.closed:
            self._trap.forget(self._file.fileno())
        self._file.close()


def _under_sqlite(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *args: Any) -> Cursor:
            trap.spring(STATEMENT, sql)
            super().execute(sql, *args)
            return self

        def executemany(self, sql: str, *args: Any) -> Cursor:
            trap.spring(STATEMENT, sql)
            super().executemany(sql, *args)
            return self

    class Connection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Cursor:  # type: ignore[override] # nobody asks for another kind
            return super().cursor(Cursor)

        def execute(self, sql: str, *args: Any) -> Cursor:
            return self.cursor().execute(sql, *args)  # the driver's own short cut passes by our cursor

        def executemany(self, sql: str, *args: Any) -> Cursor:
            return self.cursor().executemany(sql, *args)

        def commit(self) -> None:
            if self.in_transaction:
                trap.spring(STATEMENT, "COMMIT")
            super().commit()

        def backup(self, *args: Any, **kwargs: Any) -> None:
            trap.spring(STATEMENT, "backup")
            super().backup(*args, **kwargs)

    real = sqlite3.connect

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        if not trap.passes(FILE_CALL, CONNECT):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return real(*args, **{"factory": Connection, **kwargs})  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", connect)
