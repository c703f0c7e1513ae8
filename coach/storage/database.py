"""What every kind of database shares: transactions in the person's words, the known revisions, and a fresh schema.

`coach.storage.sqlite.opening` makes a `Database` of a folder, `coach.storage.server.opening` of a person on a server.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert

from coach.errors import GoneError, StorageError
from coach.storage.revisions import HEAD
from coach.storage.tables import metadata, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection, Engine

READING = "coach_reading"
"""Execution option of a connection that only reads, so that its transaction takes no write lock."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `told` turns its errors into `StorageError`s; `close` releases it and never fails.

    `copy_to` fills an empty file with everything, through the database's own connection, and `check_copy` raises
    `StorageError` for a file that is not such a copy, and whole; a server has neither. `check_place` raises
    `GoneError` when the file that is open is no longer the one in its place.
    `read_only` says in a sentence why nothing can be written, or is empty; `notice` is what opening had to put right.
    `compact` removes what is left of erased rows and gives their room back; None where the database sees to it itself.
    """

    engine: Engine
    told: Callable[[], AbstractContextManager[None]]
    close: Callable[[], None]
    copy_to: Callable[[Path], None] | None = None
    check_copy: Callable[[Path], None] | None = None
    check_place: Callable[[], None] | None = None
    read_only: str = ""
    notice: str = ""
    compact: Callable[[], None] | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write: all of it is durable afterwards, or none of it happened.

        It is not committed to a file that is no longer in its place: on most systems such a file can be written to
        like any other, and is gone as soon as it is closed.
        """
        if self.read_only:
            raise StorageError(self.read_only)
        with self._in_place(), self.told(), self.engine.begin() as connection:
            yield connection
            self._look_after_place()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees a single moment and never waits for a writer."""
        with (
            self._in_place(),
            self.told(),
            self.engine.connect().execution_options(**{READING: True}) as connection,
            connection.begin(),
        ):
            self._look_after_place()
            try:
                yield connection
            except ValueError as error:
                raise StorageError(
                    "The diary holds an entry that this version cannot read; it may be damaged, or of a newer version."
                ) from error

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """Whatever the database says of a file that has gone: that it has gone is what the person needs to know."""
        try:
            yield
        except StorageError as error:
            if not isinstance(error, GoneError):
                self._look_after_place()
            raise

    def _look_after_place(self) -> None:
        if self.check_place is not None:
            self.check_place()


def create_schema(connection: Connection) -> None:
    """Today's schema on an empty database, stamped as if the migrations had led to it.

    A short cut for first starts: importing Alembic takes longer than all the rest of opening. A test holds the two ways
    equal.
    """
    metadata.create_all(connection, checkfirst=False)
    version.create(connection, checkfirst=False)
    connection.execute(insert(version).values(version_num=HEAD))
