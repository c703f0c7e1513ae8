"""Stand-ins for the outside world: time that moves only when a test says so, and a diary without a file.

What has a contract test in `tests/contracts` passes the same tests as the real thing.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from coach.domain.pain import PainMoment
from coach.domain.records import SessionSummary
from coach.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from coach.clock import Clock
    from coach.domain.exercise import Side
    from coach.domain.pain import Area
    from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord
    from coach.services.ports import Diary

START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
"""A Sunday morning, the day of the designed screens."""


class FakeClock:
    """A `coach.clock.Clock` whose wall and monotonic time move only when told."""

    def __init__(self, now: datetime = START, monotonic: float = 1000.0) -> None:
        self._now = now
        self._monotonic = monotonic

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that only ever grow, also through a sleep of the machine."""
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let time pass, whether the machine is awake or asleep."""
        if seconds < 0:
            raise ValueError("time does not run backwards; set_now() moves the wall clock")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_now(self, now: datetime) -> None:
        """Step the wall clock, as a person or a time server does; monotonic time does not notice."""
        self._now = now


class MemoryDiary:
    """A `coach.services.ports.Diary` that forgets. `fault`, when set, is raised by every method that writes."""

    def __init__(self) -> None:
        self.fault: StorageError | None = None
        self.closed = False
        self._starts: dict[UUID, SessionStart] = {}
        self._ends: dict[UUID, SessionEnd] = {}
        self._sets: dict[UUID, SetRecord] = {}
        self._pain: dict[UUID, PainRating] = {}
        self._levels: dict[UUID, LevelChange] = {}

    @contextmanager
    def together(self) -> Iterator[None]:
        """All of it, or none."""
        before = [dict(kept) for kept in self._kept]
        try:
            yield
        except BaseException:
            for kept, was in zip(self._kept, before, strict=True):
                kept.clear()
                kept.update(was)
            raise

    def add_session(self, start: SessionStart) -> None:
        """A session began."""
        self._refuse(start.id in self._starts)
        self._starts[start.id] = start

    def save_plan(self, session_id: UUID, at: datetime, plan: list[dict[str, Any]]) -> None:
        """The plan of a running session changed."""
        self._refuse(session_id not in self._starts)
        self._starts[session_id] = replace(self._starts[session_id], plan=plan)

    def add_set(self, record: SetRecord) -> None:
        """One set."""
        self._refuse(record.id in self._sets or record.session_id not in self._starts)
        self._refuse(record.supersedes is not None and record.supersedes not in self._sets)
        self._sets[record.id] = record

    def add_pain(self, ratings: tuple[PainRating, ...]) -> None:
        """Ratings, all or none."""
        for rating in ratings:
            self._refuse(rating.id in self._pain)
            self._refuse(rating.session_id is not None and rating.session_id not in self._starts)
            self._refuse(rating.set_id is not None and rating.set_id not in self._sets)
        self._refuse(len({rating.id for rating in ratings}) < len(ratings))
        self._pain |= {rating.id: rating for rating in ratings}

    def add_end(self, end: SessionEnd) -> None:
        """A session ended."""
        self._refuse(end.session_id not in self._starts)
        self._ends[end.session_id] = end

    def add_level(self, change: LevelChange) -> None:
        """The person chose a level."""
        self._refuse(change.id in self._levels)
        self._levels[change.id] = change

    def levels(self) -> dict[str, int]:
        """Newest chosen level by exercise id."""
        return {change.exercise_id: change.level for change in self._levels.values()}

    def open_session(self) -> SessionSummary | None:
        """The newest session without an end."""
        open_ = [start for start in self._starts.values() if start.id not in self._ends]
        return self._summary(max(open_, key=lambda start: (start.stamp.at, str(start.id)))) if open_ else None

    def sessions(self, since: date | None = None, limit: int | None = None) -> tuple[SessionSummary, ...]:
        """Sessions by local date, newest first."""
        found = [start for start in self._starts.values() if since is None or start.stamp.local_date >= since]
        found.sort(key=lambda start: (start.stamp.local_date, start.stamp.at, str(start.id)), reverse=True)
        return tuple(self._summary(start) for start in found[:limit])

    def last_pain(self, before: date | None = None) -> dict[Area, PainRating]:
        """The newest current rating at rest of each area."""
        return {
            rating.area: rating
            for rating in self._current_pain()
            if rating.moment in {PainMoment.BEFORE, PainMoment.AFTER}
            and (before is None or rating.stamp.local_date < before)
        }

    def close(self) -> None:
        """Release nothing, and remember it."""
        self.closed = True

    @property
    def _kept(self) -> tuple[dict[Any, Any], ...]:
        return self._starts, self._ends, self._sets, self._pain, self._levels

    def _refuse(self, wrong: bool) -> None:
        if self.fault is not None:
            raise self.fault
        if wrong:
            raise StorageError("The diary refused an entry that does not fit the others.")

    def _current_pain(self) -> list[PainRating]:
        superseded = {rating.supersedes for rating in self._pain.values()}
        found = [rating for rating in self._pain.values() if rating.id not in superseded]
        return sorted(found, key=lambda rating: (rating.stamp.at, str(rating.id)))

    def _summary(self, start: SessionStart) -> SessionSummary:
        superseded = {record.supersedes for record in self._sets.values()}
        mine = [r for r in self._sets.values() if r.session_id == start.id and r.id not in superseded]
        newest: dict[tuple[int, int, Side], SetRecord] = {}
        for record in sorted(mine, key=lambda record: (record.stamp.at, str(record.id))):
            newest.pop(record.key, None)
            newest[record.key] = record
        pain = tuple(rating for rating in self._current_pain() if rating.session_id == start.id)
        return SessionSummary(start, self._ends.get(start.id), tuple(newest.values()), pain)


if TYPE_CHECKING:
    _fits: Clock = FakeClock()
    _diary_fits: Diary = MemoryDiary()
