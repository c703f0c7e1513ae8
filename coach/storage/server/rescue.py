"""Going back to a backup where the diary is on a server: a backup there is an export, kept on this computer."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from coach.errors import StorageError
from coach.services.keeping import Backup, BackupReason, Contents, Restored
from coach.storage import backups
from coach.storage.archive import SqlArchive
from coach.storage.exchange.checks import Flaw
from coach.storage.exchange.files import refusal
from coach.storage.exchange.json_file import read_json
from coach.storage.exchange.merge import replace_all
from coach.storage.exchange.plain import TABLES
from coach.storage.server.opening import open_person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coach.clock import Clock
    from coach.services.servers import Address
    from coach.storage.database import Database


class ServerRescue:
    """`coach.services.ports.Rescue` of one person on a server; `folder` holds their backups on this computer."""

    def __init__(self, address: Address, folder: Path, clock: Clock) -> None:
        self._address = address
        self._backups = folder / backups.BACKUPS
        self._clock = clock

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first; looks at file names only."""
        return backups.listed(self._backups)

    def look_into(self, backup: Path) -> Contents:
        """Check a backup from end to end and say what it holds."""
        rows = dict.fromkeys(TABLES, 0)
        days: set[str] = set()
        for found in read_json(backup):
            if isinstance(found, Flaw):
                raise refusal(backup, "it holds an entry that cannot be read")
            rows[found.table] = rows.get(found.table, 0) + 1
            if found.table == "sessions":
                days.add(str(found.values.get("local_date")))
        span = [date.fromisoformat(day) for day in (min(days), max(days))] if days else [None, None]
        return Contents(rows, *span)

    def restore(self, backup: Path) -> Restored:
        """Back up what is there, then put the backup in its place, all of it or nothing."""
        self.look_into(backup)
        with self._open() as database:
            SqlArchive(database, self._backups, self._clock).back_up(BackupReason.RESTORE)
            return Restored(replace_all(database, backup), backup)

    def start_anew(self) -> Path | None:
        """There is no file to put aside."""
        self._refuse()

    def save_damaged(self, target: Path) -> None:  # noqa: ARG002 - the port's
        """There is no file to copy."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StorageError(
            f"The diary is on the server of {self._address.shown}. Ask whoever looks after it to mend or replace it."
        )

    @contextmanager
    def _open(self) -> Iterator[Database]:
        database = open_person(self._address)
        try:
            yield database
        finally:
            database.close()


if TYPE_CHECKING:
    from coach.services.ports import Rescue

    _fits: type[Rescue] = ServerRescue
