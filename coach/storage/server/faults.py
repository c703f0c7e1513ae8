"""What an error of a PostgreSQL server, or of the way to it, means to the person."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy.exc import SQLAlchemyError, StatementError

from coach.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

AWAY = (
    "The server of {shown} cannot be reached. Check that it is running and that this computer has a connection to it, "
    "and try again. Nothing that was kept is lost."
)
WRONG_LOGIN = (
    "The server of {shown} refused the user name or the password. Check the address, and the password in the file "
    ".pgpass of your home folder."
)
NOT_LET_IN = (
    "The server of {shown} lets nobody in from this computer by that name and in that way. Check the user name and "
    "sslmode in the address, or ask whoever looks after the server."
)
NO_DATABASE = (
    "There is no such database on the server ({shown}). Check the name in the address, or ask whoever looks after the "
    "server to create it."
)
CROWDED = "The server of {shown} has as many connections as it takes. Wait a moment and try again."
FULL = (
    "The disk of the server of {shown} is full, so the last entry could not be kept. All earlier entries are safe. "
    "Ask whoever looks after the server to make room, and try again."
)
NO_RIGHT = (
    "The server of {shown} does not allow this user to do that. Ask whoever looks after the server for the right to "
    "it (for a new person: CREATE on the database)."
)
SLOW = "The server of {shown} took too long to answer. Nothing was changed. Try again."
BUSY = (
    "The diary on the server of {shown} is just being written from elsewhere. Nothing was changed. Wait a moment and "
    "try again."
)
READ_ONLY = (
    "The server of {shown} takes no changes: it is a copy of another server, or set to read only. What is there can be "
    "read, but nothing new can be kept. Use the address of the main server."
)
GONE = (
    "The diary is not on the server of {shown} any more, or may no longer be opened by this user. "
    "Ask whoever looks after the server."
)
TLS = (
    "No protected connection to the server of {shown} could be made. Check sslmode and sslrootcert in the address, or "
    "ask whoever looks after the server."
)
CHARACTER = "The text holds a character that cannot be kept. Remove it and try again."
MISFIT = (
    "The diary refused an entry that does not fit the others ({detail}). "
    "Nothing was changed. This is a fault of the program: please report it."
)
OTHER = "The diary on the server of {shown} could not be used ({detail}). Nothing was changed."

_BY_CODE = {
    "08": AWAY,
    "22021": CHARACTER,
    "22P05": CHARACTER,
    "22": MISFIT,
    "23": MISFIT,
    "25006": READ_ONLY,
    "28P01": WRONG_LOGIN,
    "28": NOT_LET_IN,
    "3D000": NO_DATABASE,
    "3F000": GONE,
    "42P01": GONE,
    "42501": NO_RIGHT,
    "40": BUSY,
    "53100": FULL,
    "53300": CROWDED,
    "55P03": BUSY,
    "57014": SLOW,
    "57P": AWAY,
    "25P03": AWAY,  # ended by the server after `IDLE_S`: this computer had been asleep
}
_BY_WORDS = (
    ("password authentication failed", WRONG_LOGIN),
    ("no password supplied", WRONG_LOGIN),
    ("pg_hba.conf", NOT_LET_IN),
    ("authentication failed", WRONG_LOGIN),
    ("permission denied for database", NO_RIGHT),
    ("too many", CROWDED),
    ("connection slots", CROWDED),
    ("role", NOT_LET_IN),
    ("does not exist", NO_DATABASE),
    ("certificate", TLS),
    ("does not support SSL", TLS),
    ("SSL error", TLS),
)
"""A refused connection brings words and no code, and the server may speak another language: then `AWAY` is told."""


@contextmanager
def told(shown: str) -> Iterator[None]:
    """Turn every error of the server that is shown as `shown` into a `StorageError` with one sentence."""
    try:
        yield
    except (SQLAlchemyError, psycopg.Error, UnicodeError) as error:
        cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
        if isinstance(cause, (ValueError, TypeError)) and not isinstance(cause, UnicodeError):
            raise cause from error  # a record that was never valid: a bug of the caller, not trouble of the person
        raise StorageError(sentence(cause, shown)) from error


def sentence(error: BaseException, shown: str) -> str:
    """One plain sentence for an error. It quotes no text of the driver, which might hold parts of the address."""
    if isinstance(error, UnicodeError) or (isinstance(error, psycopg.DataError) and not error.sqlstate):
        return CHARACTER
    if not isinstance(error, psycopg.Error):
        return OTHER.format(shown=shown, detail=type(error).__name__)
    code = error.sqlstate or ""
    constraint = error.diag.constraint_name if code else None
    return _template(code, str(error)).format(shown=shown, detail=constraint or code or type(error).__name__)


def _template(code: str, words: str) -> str:
    if not code:
        return next((template for sign, template in _BY_WORDS if sign in words), AWAY)
    return next((_BY_CODE[code[:length]] for length in (5, 3, 2) if code[:length] in _BY_CODE), OTHER)
