"""Entries that the diary could not take while there was time to wait: put by, and taken in when it opens next."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from coach.services.ports import Entries


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The plan of a session changed."""

    session_id: UUID
    at: datetime
    plan: list[dict[str, Any]]


Entry: TypeAlias = SessionStart | PlanChange | SetRecord | PainRating | SessionEnd | LevelChange


def add(entry: Entry, to: Entries) -> None:
    """Add an entry, whatever it is."""
    match entry:
        case SessionStart():
            to.add_session(entry)
        case PlanChange():
            to.save_plan(entry.session_id, entry.at, entry.plan)
        case SetRecord():
            to.add_set(entry)
        case PainRating():
            to.add_pain((entry,))
        case SessionEnd():
            to.add_end(entry)
        case LevelChange():
            to.add_level(entry)


@dataclass(slots=True)
class Unsaved:
    """A `coach.services.ports.Entries` that only collects, in order."""

    entries: list[Entry] = field(default_factory=list)

    def together(self) -> AbstractContextManager[None]:
        """Nothing here can fail by halves."""
        return nullcontext()

    def add_session(self, start: SessionStart) -> None:
        """A session began."""
        self.entries.append(start)

    def save_plan(self, session_id: UUID, at: datetime, plan: list[dict[str, Any]]) -> None:
        """The plan of a session changed."""
        self.entries.append(PlanChange(session_id, at, plan))

    def add_set(self, record: SetRecord) -> None:
        """One set."""
        self.entries.append(record)

    def add_pain(self, ratings: tuple[PainRating, ...]) -> None:
        """Ratings."""
        self.entries.extend(ratings)

    def add_end(self, end: SessionEnd) -> None:
        """A session ended."""
        self.entries.append(end)

    def add_level(self, change: LevelChange) -> None:
        """The person chose a level."""
        self.entries.append(change)


if TYPE_CHECKING:
    _fits: type[Entries] = Unsaved
