"""Connections below everything else: of Python's `sqlite3`, or of SQLCipher's library where the file is encrypted.

A connection of SQLCipher's is made to look like one of `sqlite3`, errors included, so that nobody above needs to know.
But the two libraries do not see each other's locks, so one file is never open through both at once.
"""

from __future__ import annotations

import sqlite3
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from coach.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from coach.storage.sqlite.key import Key

MISSING = (
    "Encryption needs a part of Foot Coach that is not installed here: "
    'install it with `pip install "foot-coach[encrypt]"` and start again.'
)
"""What to say where the extra is not installed."""
_CURSOR = ("execute", "executemany", "executescript", "fetchone", "fetchmany", "fetchall", "__next__")
_CONNECTION = ("execute", "executemany", "executescript", "commit", "rollback", "backup", "close")


def connect(path: Path, query: str, busy_s: float, key: Key | None) -> sqlite3.Connection:
    """A connection to an existing file, in autocommit mode; `query` is the rest of its URI.

    Raises:
        StorageError: there is a key, and SQLCipher is not installed.
        sqlite3.Error: it cannot be opened. Whether the key fits shows at the first reading.
    """
    if key is None:
        return _connected(sqlite3.connect, path, query, busy_s)
    return connect_cipher(path, query, busy_s, key)


def connect_cipher(path: Path, query: str, busy_s: float, key: Key | None) -> sqlite3.Connection:
    """The same through SQLCipher's library, which reads plain files too, whose key is None."""
    connection = _connected(_cipher(), path, query, busy_s)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it would print each wrong key to the terminal
        if key is not None:
            connection.execute(f'PRAGMA key="{key.literal}"')
    except BaseException:
        connection.close()
        raise
    connection.key = key  # type: ignore[attr-defined] # for `key_of`
    return connection


def key_of(connection: sqlite3.Connection) -> Key | None:
    """The key that a connection was opened with."""
    key: Key | None = getattr(connection, "key", None)
    return key


def installed() -> bool:
    """Whether encryption can be used here."""
    try:
        _cipher()
    except StorageError:
        return False
    return True


def _connected(make: Callable[..., Any], path: Path, query: str, busy_s: float) -> sqlite3.Connection:
    connection: sqlite3.Connection = make(
        f"{path.absolute().as_uri()}?{query}", uri=True, isolation_level=None, check_same_thread=False, timeout=busy_s
    )
    return connection


def _cipher() -> Callable[..., Any]:
    """Makes connections of SQLCipher's; StorageError where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise StorageError(MISSING) from error
    return _like_sqlite3(dbapi2)


@cache
def _like_sqlite3(dbapi2: Any) -> Callable[..., Any]:  # noqa: ANN401 - a module without types
    cursors = _translating(dbapi2.Cursor, _CURSOR, dbapi2.Error)

    def cursor(self: Any, factory: Any = cursors) -> Any:  # noqa: ANN401
        return dbapi2.Connection.cursor(self, factory)

    connections = _translating(dbapi2.Connection, _CONNECTION, dbapi2.Error, cursor=cursor)

    def connect(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        try:
            return dbapi2.connect(*arguments, factory=connections, **named)
        except dbapi2.Error as error:
            raise _as_sqlite3(error) from error

    return connect


def _translating(base: Any, names: Iterable[str], errors: type[Exception], **more: Any) -> Any:  # noqa: ANN401
    """A subclass whose methods of these names raise the errors of `sqlite3`."""

    def translated(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            try:
                return method(*arguments, **named)
            except errors as error:
                raise _as_sqlite3(error) from error

        return call

    return type(base.__name__, (base,), {name: translated(getattr(base, name)) for name in names} | more)


def _as_sqlite3(error: Exception) -> sqlite3.Error:
    """The error of `sqlite3` that means the same.

    Who is here has a key that fits (see `coach.storage.sqlite.sealed`), so "not a database" means that the first page
    is damaged.
    """
    kind = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    same: sqlite3.Error = kind(*error.args)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_NOTADB:
        code = sqlite3.SQLITE_CORRUPT
    same.sqlite_errorcode = code
    same.sqlite_errorname = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    return same
