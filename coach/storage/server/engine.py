"""The SQLAlchemy engine on one connection to a server, for the schema of one person.

Everything a transaction depends on is set inside it, never for the session, and no statement is prepared for later:
behind a connection pool the next transaction may run on a connection that served somebody else a moment ago.

A writer first takes a lock that all writers of the same person share, as `BEGIN IMMEDIATE` does in SQLite. So whoever
reads and then writes (a plan's number, what an end supersedes) sees every entry of the others; nothing need be retried.
"""

from __future__ import annotations

import hashlib
import os
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from coach.errors import StorageError
from coach.storage.database import READING

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.engine import ExceptionContext

    from coach.services.servers import Address

BUSY_S = 5.0
CONNECT_S = 10
STATEMENT_S = 30
IDLE_S = 60
"""A transaction whose computer vanished gives its lock back after this."""
_DEFAULTS = {
    # So that a connection that died in silence is noticed within a minute, not within two hours.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "fallback_application_name": "foot-coach",
}
_SETTINGS = (
    "SELECT set_config('search_path', %(path)s, true), set_config('lock_timeout', %(busy)s, true),"
    " set_config('statement_timeout', %(statement)s, true),"
    " set_config('idle_in_transaction_session_timeout', %(idle)s, true),"
    # An entry is on the server's disk when the method returns, even where the server is set to answer before.
    " CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END"
)


def make_engine(address: Address, schema: str, busy_s: float = BUSY_S) -> Engine:
    """An engine whose transactions see the tables of `schema` alone; connects at its first use."""
    parameters = connect_parameters(address)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=partial(psycopg.connect, **parameters),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,  # a server that was started anew between two sets is not noticed at all
        use_native_hstore=False,
        hide_parameters=True,  # an error message must not carry what somebody wrote in a note
    )
    event.listen(engine, "begin", partial(_begin, schema, busy_s))
    event.listen(engine, "handle_error", _withhold)
    return engine


def connect_parameters(address: Address) -> dict[str, Any]:
    """What the driver is called with: all that the address says, our own wishes where it says nothing."""
    try:
        given = conninfo_to_dict(address.uri)
    except psycopg.Error:
        # Without its cause, whose text quotes parts of the address.
        raise StorageError(
            "The address of the server cannot be read: it holds an option that PostgreSQL does not know, or a "
            "misspelt one. Check what stands behind its question mark."
        ) from None
    patience = {} if "PGCONNECT_TIMEOUT" in os.environ else {"connect_timeout": CONNECT_S}
    return {**_DEFAULTS, **patience, **given, "client_encoding": "UTF8", "prepare_threshold": None}


def lock_key(schema: str) -> int:
    """The number of the lock that the writers of a schema share: 64 bits with a sign."""
    return int.from_bytes(hashlib.sha256(f"foot-coach {schema}".encode()).digest()[:8], "big", signed=True)


def _begin(schema: str, busy_s: float, connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    # One moment for all queries of a reader; a writer sees what others wrote while it waited for the lock.
    level = psycopg.IsolationLevel
    raw.isolation_level = level.REPEATABLE_READ if reading else level.READ_COMMITTED
    raw.read_only = True if reading else None
    values: dict[str, object] = {
        "path": f"{schema}, pg_temp",
        "busy": f"{round(busy_s * 1000) or 1}ms",
        "statement": f"{STATEMENT_S}s",
        "idle": f"{IDLE_S}s",
    }
    connection.exec_driver_sql(_SETTINGS, values)
    if not reading:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(key)s)", {"key": lock_key(schema)})


def _withhold(context: ExceptionContext) -> None:
    """Take out of an error what the server says about the values of a row: they may be what somebody wrote."""
    error = context.original_exception
    if isinstance(error, psycopg.Error) and error.sqlstate and error.sqlstate[:2] in {"22", "23"}:
        words = f"{error.sqlstate} {error.diag.constraint_name or ''}".strip()
        error.args = (words,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (words,)
