"""The SQLAlchemy engine on one SQLite connection whose transactions are ours.

One connection for the whole process: SQLite before 3.51.3 can lose the log when two connections of it write and
checkpoint at the same moment. The pool lends it to one thread at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from coach.storage.database import READING
from coach.storage.sqlite import file

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection


def make_engine(
    path: Path,
    connect: file.Connect,
    prepare: Callable[[sqlite3.Connection], None] | None = file.prepare,
    access: file.Access = file.Access.WRITE,
) -> Engine:
    """An engine for an existing file; `prepare` sets the pragmas of its connection."""

    def connected() -> sqlite3.Connection:
        connection = connect(path, access)
        try:
            if prepare is not None:
                prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connected,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # an error message must not carry what somebody wrote in a note
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver's own habit is to begin late, and not at all for DDL. IMMEDIATE, because a transaction that reads first
    # and writes later fails at once when another process wrote in between, whatever the busy time-out.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
