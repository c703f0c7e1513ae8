"""From an address to the open diary of one person: look, refuse or migrate, then go.

A person's schema is made by `coach.storage.server.people` and is complete from the moment it exists. An older one is
migrated in one transaction: a step that fails undoes all of them, and no other computer ever sees the way between.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from coach.errors import StorageError
from coach.services.servers import schema_of
from coach.storage.database import READING, Database
from coach.storage.revisions import HEAD, REVISIONS
from coach.storage.server.engine import BUSY_S, make_engine
from coach.storage.server.faults import told
from coach.storage.server.people import check_encoding
from coach.storage.tables import version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from coach.services.servers import Address

_MAY_BE_USED = text("SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = :schema")
_NUMBER = text("SELECT CAST(pg_current_xact_id_if_assigned() AS text)")
_OUTCOME = text("SELECT pg_xact_status(CAST(:number AS xid8))")


@dataclass(frozen=True, slots=True)
class ServerDatabase(Database):
    """A `Database` that finds out what became of an entry when the connection broke at the moment of its commit."""

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write: all of it is durable afterwards, or none of it happened."""
        number: str | None = None
        with self.told():
            try:
                with self.engine.begin() as connection:
                    yield connection
                    number = connection.scalar(_NUMBER)
            except DBAPIError as error:
                if number is None or not error.connection_invalidated or not self._was_kept(number):
                    raise

    def _was_kept(self, number: str) -> bool:
        with (
            suppress(SQLAlchemyError, psycopg.Error),
            self.engine.connect().execution_options(**{READING: True}) as connection,
        ):
            return bool(connection.scalar(_OUTCOME, {"number": number}) == "committed")
        return False


def open_person(
    address: Address,
    busy_s: float = BUSY_S,
    before_migration: Callable[[Connection, str], None] | None = None,
) -> ServerDatabase:
    """Open the diary of the person that the address names; StorageError says why it cannot be.

    `before_migration` is called with the connection and the old revision in the transaction that migrates, before its
    first change: there is no file to copy aside, so whoever can write an export does it here. What it raises stops the
    migration.
    """
    engine = make_engine(address, schema_of(address.person), busy_s)
    try:
        with told(address.shown):
            revision = _look(engine, address)
            if revision != HEAD:
                _migrate(engine, address, before_migration)
    except BaseException:
        engine.dispose()
        raise
    return ServerDatabase(engine, partial(told, address.shown), partial(_close, engine))


def _look(engine: Engine, address: Address) -> str:
    """The revision of the person's schema."""
    with engine.connect().execution_options(**{READING: True}) as connection:
        allowed = connection.scalar(_MAY_BE_USED, {"schema": schema_of(address.person)})
        if allowed is None:
            raise StorageError(
                f"That person has no diary on the server of {address.shown}. Check the name behind ?person= in the "
                "address, leave it out to be asked, or add the person with `coach people --add NAME`."
            )
        if not allowed:
            raise StorageError(
                f"The server of {address.shown} does not let this user open the diary of that person. "
                "Check both names in the address, or ask whoever looks after the server."
            )
        check_encoding(connection, address.shown)
        return _revision(connection, address)


def _revision(connection: Connection, address: Address) -> str:
    revision = connection.scalar(select(version.c.version_num))
    if revision is None:
        raise StorageError(
            f"The diary on the server of {address.shown} is damaged: the revision of its tables is missing. "
            "Do not delete it: ask whoever looks after the server to put a backup in its place."
        )
    if revision not in REVISIONS:
        raise StorageError(
            f"The diary on the server of {address.shown} was written by a newer version of Foot Coach (its revision is "
            f"{revision}, this one knows {HEAD}). Update Foot Coach to open it. Nothing was changed."
        )
    return str(revision)


def _migrate(engine: Engine, address: Address, before: Callable[[Connection, str], None] | None) -> None:
    from coach.storage.migrate import upgrade  # brings Alembic, so only when there is work

    with engine.begin() as connection:
        # Asked again now that nobody else can write: another computer may have been faster.
        revision = _revision(connection, address)
        if revision == HEAD:
            return
        if before is not None:
            before(connection, revision)
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        upgrade(connection)


def _close(engine: Engine) -> None:
    with suppress(SQLAlchemyError, psycopg.Error):
        engine.dispose()
