"""The diary port over SQLAlchemy Core: one short transaction for each entry, durable when the method returns.

Core rather than the ORM: the records are frozen dataclasses already, an identity map would only hold a second copy of
them, and start-up saves an import.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from coach.clock import Clock, SystemClock
from coach.errors import StorageError
from coach.services import unsaved
from coach.storage import journal, reading, rows
from coach.storage.archive import SqlArchive
from coach.storage.backups import BACKUPS
from coach.storage.book import SqlBook
from coach.storage.ids import id_source
from coach.storage.sqlite.opening import open_folder
from coach.storage.tables import level_changes, pain_ratings, session_ends, session_plans, sessions, sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Connection

    from coach.domain.pain import Area
    from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SessionSummary, SetRecord
    from coach.services.servers import Address
    from coach.services.unsaved import Entry
    from coach.storage.database import Database
    from coach.storage.progress import SqlProgress
    from coach.storage.sqlite.key import KeySource


def open_diary(
    place: Path | Address,
    clock: Clock | None = None,
    busy_s: float = 5.0,
    *,
    reading: bool = False,
    remote: bool = False,
    keys: KeySource | None = None,
    folder: Path | None = None,
) -> SqlDiary:
    """The diary of an existing folder, made or migrated where needed, or of a person on a server.

    Args:
        place: the folder that holds everything of one person, or the server with the person's name.
        clock: dates the ids of rows and the name of a copy.
        busy_s: how long to wait for another program that writes.
        reading: only look, as a second program beside the one that writes; what must be made or migrated still is.
        remote: the folder is on a network drive.
        keys: knows the keys of encrypted files; without it, only plain ones open.
        folder: holds the backups and what was put by; the place itself where none is named, nothing of a server.

    Raises:
        DamagedDiaryError: the file cannot be opened as it is, and how it is damaged.
        StorageError: it cannot be opened for another reason; the sentence says why and what to do.
    """
    clock = clock or SystemClock()
    now = clock.now()
    database: Database
    if isinstance(place, Path):
        folder = folder or place
        database = open_folder(place, now, busy_s, reading=reading, remote=remote, keys=keys)
    else:
        from coach.storage.server.opening import open_person  # brings the driver of the server

        database = open_person(place, busy_s)
    diary = SqlDiary(database, id_source(clock), SqlArchive(database, folder / BACKUPS if folder else None, clock))
    found = (database.notice,) if database.notice else ()
    put_by = () if folder is None or reading or database.read_only else journal.take_in(diary, folder, now, keys)
    diary.notes = (*found, *put_by)
    return diary


class SqlDiary:
    """`coach.services.ports.OpenDiary` on a database.

    In every summary `start.plan` is the newest plan of the session. `notes` are sentences to be told once.
    """

    def __init__(self, database: Database, new_id: Callable[[], UUID], archive: SqlArchive) -> None:
        self._database = database
        self._new_id = new_id
        self._archive = archive
        self.notes: tuple[str, ...] = ()
        self._shared: Connection | None = None
        self._reminders = SqlBook(self._reading, self._writing, new_id)

    @property
    def reminders(self) -> SqlBook:
        """Reminders and what became of each."""
        return self._reminders

    @property
    def progress(self) -> SqlProgress:
        """The history in numbers."""
        from coach.storage.progress import SqlProgress  # nobody asks for it at the start

        return SqlProgress(self._reading, self._writing)

    @property
    def archive(self) -> SqlArchive:
        """The history as a whole."""
        return self._archive

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be kept, as a sentence: the diary is open for viewing. Empty normally."""
        return self._database.read_only

    @property
    def notice(self) -> str:
        """What opening had to put right, as a sentence for the person. Empty normally."""
        return self._database.notice

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything added inside is one transaction: all of it, or none.

        For sample data, imports, and what a person does in one go. The sets of a session are to be durable one by one.
        """
        with self._writing() as connection:
            outer, self._shared = self._shared, connection
            try:
                yield
            finally:
                self._shared = outer

    def add_session(self, start: SessionStart) -> None:
        """A session began."""
        with self._writing() as connection:
            connection.execute(insert(sessions), rows.from_session(start))

    def save_plan(self, session_id: UUID, at: datetime, plan: list[dict[str, Any]]) -> None:
        """The plan of a running session changed; the newest one counts."""
        number = select(func.max(session_plans.c.number)).where(session_plans.c.session_id == session_id)
        with self._writing() as connection:
            session = connection.execute(
                select(sessions.c.zone, sessions.c.local_date).where(sessions.c.id == session_id)
            ).first()
            if session is None:
                raise StorageError(
                    "The session whose plan changed is not in the diary. Nothing was changed."
                ) from LookupError(session_id)
            values = {
                "id": self._new_id(),
                "at": at,
                "zone": session.zone,
                "local_date": session.local_date,  # a session belongs to the day it began
                "session_id": session_id,
                "number": (connection.scalar(number) or 0) + 1,
                "plan": plan,
            }
            connection.execute(insert(session_plans), values)

    def add_set(self, record: SetRecord) -> None:
        """One set, durable when this returns."""
        with self._writing() as connection:
            connection.execute(insert(sets), rows.from_set(record))

    def add_pain(self, ratings: tuple[PainRating, ...]) -> None:
        """Ratings, all or none."""
        if not ratings:
            return
        with self._writing() as connection:
            connection.execute(insert(pain_ratings), [rows.from_pain(rating) for rating in ratings])

    def add_end(self, end: SessionEnd) -> None:
        """A session ended; a second end of the same session supersedes the first."""
        with self._writing() as connection:
            earlier = reading.current_id(connection, session_ends, session_ends.c.session_id, end.session_id)
            connection.execute(insert(session_ends), rows.from_end(end, self._new_id(), earlier))

    def add_level(self, change: LevelChange) -> None:
        """The person chose a level."""
        with self._writing() as connection:
            earlier = reading.current_id(connection, level_changes, level_changes.c.exercise_id, change.exercise_id)
            connection.execute(insert(level_changes), rows.from_level(change, earlier))

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Many entries, of which each refers only to earlier ones; all of them, or none."""
        from coach.storage.filling import fill

        with self.together(), self._writing() as connection:
            for entry in fill(connection, entries, self._new_id):
                unsaved.add(entry, self)

    def take_in(self, entry: Entry) -> bool:
        """Add an entry that was put by, whatever it is; False if the diary has it already."""
        with self._reading() as connection:
            if reading.is_known(connection, entry):
                return False
        unsaved.add(entry, self)
        return True

    def levels(self) -> dict[str, int]:
        """Newest chosen level by exercise id."""
        with self._reading() as connection:
            return reading.levels(connection)

    def open_session(self) -> SessionSummary | None:
        """The newest session without an end, with its newest plan, or None."""
        with self._reading() as connection:
            return reading.open_session(connection)

    def sessions(
        self, since: date | None = None, limit: int | None = None, until: date | None = None
    ) -> tuple[SessionSummary, ...]:
        """Sessions by local date, newest first, from `since` to `until`, at most `limit`."""
        with self._reading() as connection:
            return reading.summaries(connection, since, limit, until)

    def last_pain(self, before: date | None = None) -> dict[Area, PainRating]:
        """The newest current "before" or "after" rating of each area, of days earlier than `before` if given."""
        with self._reading() as connection:
            return reading.last_pain(connection, before)

    def close(self) -> None:
        """Release the file; a second time does nothing."""
        self._database.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._shared is not None:
            yield self._shared
        else:
            with self._database.writing() as connection:
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._shared is not None:
            yield self._shared
        else:
            with self._database.reading() as connection:
                yield connection


if TYPE_CHECKING:
    from coach.services.ports import OpenDiary

    _fits: type[OpenDiary] = SqlDiary
