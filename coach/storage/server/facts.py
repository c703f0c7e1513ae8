"""What a server says about itself, for a report on how safe a diary is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from coach.storage.database import Database

_FACTS = text(
    "SELECT current_setting('server_version'), current_schema(), current_setting('server_encoding'),"
    " current_setting('synchronous_commit'), current_setting('fsync') = 'on',"
    " current_setting('full_page_writes') = 'on', current_setting('data_checksums') = 'on', pg_is_in_recovery(),"
    " coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),"
    " (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c"
    "  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r')"
)


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """The server as a diary's own transactions see it; `size` is that of the person's tables in bytes.

    `fsync` and `full_page_writes` are the server's alone to set: without both, a power cut there may cost entries.
    """

    version: str
    schema: str
    encoding: str
    synchronous_commit: str
    fsync: bool
    full_page_writes: bool
    checksums: bool
    standby: bool
    encrypted: bool
    size: int


def server_facts(database: Database) -> ServerFacts:
    """Ask the server of an open diary; raises StorageError."""
    with database.reading() as connection:
        return ServerFacts(*connection.execute(_FACTS).one())
