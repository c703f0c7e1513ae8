"""What a server says about itself, for a report on how safe a diary is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from coach.services.keeping import Finding, Report, Verdict

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


def examine(database: Database, shown: str) -> Report:
    """How a diary on a server is, in plain words; `shown` is the address without its password."""
    facts = server_facts(database)
    ok, warn, bad = Verdict.OK, Verdict.WARN, Verdict.BAD
    kept = facts.fsync and facts.full_page_writes and facts.synchronous_commit != "off"
    return Report(
        (
            Finding("Diary", ok, f"On the server of {shown}, schema {facts.schema}, {facts.size / 1e6:.1f} MB."),
            Finding("Server", ok, f"PostgreSQL {facts.version}, texts in {facts.encoding}."),
            Finding(
                "Durability",
                ok if kept else bad,
                "Each entry is on the server's disk before the screen goes on."
                if kept
                else "The server does not wait for its disk (fsync or full_page_writes is off): a power cut there may "
                "cost entries. Ask whoever looks after it to turn both on.",
            ),
            Finding(
                "Checksums",
                ok if facts.checksums else warn,
                "The server notices damaged pages."
                if facts.checksums
                else "The server does not notice damaged pages (data_checksums is off).",
            ),
            Finding(
                "Writing",
                bad if facts.standby else ok,
                "This server is a copy that only reads; nothing can be kept here."
                if facts.standby
                else "The server takes entries.",
            ),
            Finding(
                "Connection",
                ok,
                "Encrypted (TLS)." if facts.encrypted else "Not encrypted: fine on this computer, else ask for TLS.",
            ),
        )
    )
