"""Which library reads a file: Python's own `sqlite3`, or SQLCipher where the file is encrypted.

Both look alike but share nothing: the exceptions of one are not those of the other, and neither knows of the other's
locks. So one file is never open through both at once.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from coach.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from coach.storage.sqlite.key import Key

_CIPHER = "sqlcipher3.dbapi2"
MISSING = (
    "Encryption needs a part of Foot Coach that is not installed here: "
    'install it with `pip install "foot-coach[encrypt]"` and start again.'
)
"""What to say where the extra is not installed."""


def errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """The exceptions of every library in use, and others beside them, for `except`; imports nothing."""
    cipher = sys.modules.get(_CIPHER)
    return (sqlite3.Error, *others) if cipher is None else (sqlite3.Error, cipher.Error, *others)


def module(key: Key | None) -> Any:  # noqa: ANN401 - two modules of one shape, DB-API 2
    """The DB-API module for a file with this key; StorageError where SQLCipher is not installed."""
    return sqlite3 if key is None else cipher()


def cipher() -> Any:  # noqa: ANN401
    """SQLCipher's DB-API module, which reads plain files too; StorageError where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise StorageError(MISSING) from error
    return dbapi2


def installed() -> bool:
    """Whether encryption can be used here."""
    try:
        cipher()
    except StorageError:
        return False
    return True


def connect(library: Any, path: Path, query: str, busy_s: float, key: Key | None) -> sqlite3.Connection:  # noqa: ANN401
    """A connection of `library` to an existing file, in autocommit mode.

    A connection of SQLCipher has all that one of `sqlite3` has, so it goes by that type.
    """
    connection: sqlite3.Connection = library.connect(
        f"{path.absolute().as_uri()}?{query}", uri=True, isolation_level=None, check_same_thread=False, timeout=busy_s
    )
    try:
        if library is not sqlite3:
            # It would print each wrong key to the terminal.
            connection.execute("PRAGMA cipher_log_level=NONE")
        if key is not None:
            connection.execute(f'PRAGMA key="{key.literal}"')
    except BaseException:
        connection.close()
        raise
    return connection
