"""Many entries at once: one statement for thousands of rows, and never all of them in memory."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import insert

from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord
from coach.services.unsaved import PlanChange
from coach.storage import reading, rows
from coach.storage.tables import pain_ratings, session_ends, sessions, sets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from sqlalchemy import Connection, Table

    from coach.services.unsaved import Entry

BATCH = 4000


def fill(connection: Connection, entries: Iterable[Entry], new_id: Callable[[], UUID]) -> Iterator[Entry]:
    """Insert entries of which each refers only to earlier ones; gives back those that need a look at what is there."""
    rest = iter(entries)
    while batch := tuple(islice(rest, BATCH)):
        made: dict[Table, list[rows.Values]] = {sessions: [], sets: [], pain_ratings: [], session_ends: []}
        ends = _Ends(connection, new_id)
        left: list[Entry] = []
        for entry in batch:
            match entry:
                case SessionStart():
                    made[sessions].append(rows.from_session(entry))
                    ends.current[entry.id] = None
                case SetRecord():
                    made[sets].append(rows.from_set(entry))
                case PainRating():
                    made[pain_ratings].append(rows.from_pain(entry))
                case SessionEnd():
                    made[session_ends].append(ends.row(entry))
                case PlanChange() | LevelChange():
                    left.append(entry)
        for table, values in made.items():  # those that are referred to first
            if values:
                connection.execute(insert(table), values)
        yield from left


class _Ends:
    """Which end of a session the next one supersedes."""

    def __init__(self, connection: Connection, new_id: Callable[[], UUID]) -> None:
        self.current: dict[UUID, UUID | None] = {}
        self._connection, self._new_id = connection, new_id

    def row(self, end: SessionEnd) -> rows.Values:
        """A row of `session_ends`."""
        session = end.session_id
        if session not in self.current:
            column = session_ends.c.session_id
            self.current[session] = reading.current_id(self._connection, session_ends, column, session)
        earlier, new = self.current[session], self._new_id()
        self.current[session] = new
        return rows.from_end(end, new, earlier)
