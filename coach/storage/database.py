"""What every kind of database shares: transactions in the person's words, the known revisions, and a fresh schema.

`coach.storage.sqlite.opening` makes a `Database` of a folder; a server would be one more such function.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from coach.errors import StorageError
from coach.storage.revisions import HEAD
from coach.storage.tables import metadata, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine

READING = "coach_reading"
"""Execution option of a connection that only reads, so that its transaction takes no write lock."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `told` turns its errors into `StorageError`s; `close` releases it and never fails.

    `compact` removes what is left of erased rows and gives their room back; None where the database sees to it itself.
    """

    engine: Engine
    told: Callable[[], AbstractContextManager[None]]
    close: Callable[[], None]
    compact: Callable[[], None] | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write: all of it is durable afterwards, or none of it happened."""
        with self.told(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees a single moment and never waits for a writer."""
        with self.told(), self.engine.connect().execution_options(**{READING: True}) as connection, connection.begin():
            try:
                yield connection
            except ValueError as error:
                raise StorageError(
                    "The diary holds an entry that this version cannot read; it may be damaged, or of a newer version."
                ) from error


def create_schema(connection: Connection) -> None:
    """Today's schema on an empty database, stamped as if the migrations had led to it.

    A short cut for first starts: importing Alembic takes longer than all the rest of opening. A test holds the two ways
    equal.
    """
    metadata.create_all(connection, checkfirst=False)
    version.create(connection, checkfirst=False)
    connection.execute(insert(version).values(version_num=HEAD))
