"""Whose diaries are on a server: one schema for each person, whose comment is the name as it was written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from psycopg import sql
from sqlalchemy import text

from coach.errors import KnownError, StorageError
from coach.services.servers import SCHEMA_PREFIX, check_name, schema_of
from coach.storage.database import READING, create_schema
from coach.storage.server.engine import make_engine
from coach.storage.server.faults import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg
    from sqlalchemy import Connection, Engine

    from coach.services.servers import Address

_NAMES = text(
    "SELECT coalesce(obj_description(oid, 'pg_namespace'), nspname) FROM pg_namespace"
    " WHERE starts_with(nspname, :prefix) AND has_schema_privilege(oid, 'USAGE')"
)
_ENCODING = text("SELECT current_setting('server_encoding')")


class ServerPeople:
    """`coach.services.servers.People` of one address."""

    def __init__(self, address: Address) -> None:
        self._address = address

    def names(self) -> tuple[str, ...]:
        """Everybody whose diary this user may open, by name."""
        with (
            told(self._address.shown),
            _engine(self._address, "pg_catalog") as engine,
            engine.connect().execution_options(**{READING: True}) as connection,
        ):
            found: list[str] = [name for (name,) in connection.execute(_NAMES, {"prefix": SCHEMA_PREFIX})]
        return tuple(sorted(found, key=lambda name: (name.casefold(), name)))

    def add(self, name: str) -> str:
        """Make an empty diary for a new person; returns the name as it is kept."""
        tidy = check_name(name)
        if any(tidy.casefold() == other.casefold() for other in self.names()):
            raise KnownError("There is a person of that name already. Choose another name, or open that diary.")
        schema = schema_of(tidy)
        with (
            told(self._address.shown),
            _engine(self._address, schema) as engine,
            engine.begin() as connection,
        ):
            check_encoding(connection, self._address.shown)
            _create(connection, schema, tidy)
        return tidy


@contextmanager
def _engine(address: Address, schema: str) -> Iterator[Engine]:
    engine = make_engine(address, schema)
    try:
        yield engine
    finally:
        engine.dispose()


def _create(connection: Connection, schema: str, name: str) -> None:
    """Schema, name and tables in the caller's transaction, so that a schema of that name is always complete."""
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    # Two computers may add the same person at the same moment: the second finds what the first has made.
    if raw.execute("SELECT FROM pg_namespace WHERE nspname = %s", [schema]).fetchone() is not None:
        return
    raw.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    raw.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(sql.Identifier(schema), sql.Literal(name)))
    create_schema(connection)


def check_encoding(connection: Connection, shown: str) -> None:
    """StorageError for a database that cannot hold every character."""
    encoding = connection.scalar(_ENCODING)
    if encoding != "UTF8":
        raise StorageError(
            f"The database of {shown} keeps text as {encoding}, which cannot hold every character. "
            "Ask whoever looks after the server to create it with the encoding UTF8."
        )
