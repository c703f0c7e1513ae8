"""Facts as they are kept: append-only, each with its instant, zone and the local date as lived.

A correction is a new record whose `supersedes` names the old one. Sets keep a snapshot of title, dose and tempo, so
that editing an exercise file never rewrites the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from coach.domain.exercise import Kind, Side, Tempo
    from coach.domain.pain import Area, PainMoment


class SetStatus(StrEnum):
    """How a set ended."""

    DONE = "done"
    PARTIAL = "partial"
    SKIPPED = "skipped"


class Outcome(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something happened: aware UTC instant, IANA zone, local date as lived."""

    at: datetime
    zone: str
    local_date: date

    @classmethod
    def of(cls, now: datetime, zone: str) -> Stamp:
        """The stamp for an aware instant in a zone; ValueError for a naive one."""
        if now.tzinfo is None:
            msg = "a stamp needs an aware instant"
            raise ValueError(msg)
        return cls(now, zone, now.astimezone(ZoneInfo(zone)).date())


@dataclass(frozen=True, slots=True)
class SessionStart:
    """A session began, with the plan it began with (`plan_to_data`)."""

    id: UUID
    stamp: Stamp
    routine_id: str
    routine_title: str
    plan: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One set on one side, as planned and as really done.

    `touches` counts foot touches in a balance bout. `exercise_index`, `set_no` and `side` say which bout of the
    session's plan it was; a later record of the same bout supersedes the earlier one.
    """

    id: UUID
    session_id: UUID
    stamp: Stamp
    exercise_index: int
    exercise_id: str
    title: str
    kind: Kind
    level: int
    level_name: str
    set_no: int
    side: Side
    status: SetStatus
    planned_reps: int | None
    planned_hold_s: int | None
    tempo: Tempo | None
    real_reps: int | None
    real_hold_s: int | None
    touches: int = 0
    self_paced: bool = False
    supersedes: UUID | None = None

    @property
    def key(self) -> tuple[int, int, Side]:
        """Which bout of the session."""
        return self.exercise_index, self.set_no, self.side


@dataclass(frozen=True, slots=True)
class PainRating:
    """One 0 to 10 rating of one area at one moment, with the exercise or set it belongs to, if any.

    `sign` names a stop sign that was ticked; with one, `nrs` may be None: not asked is not zero.
    """

    id: UUID
    stamp: Stamp
    area: Area
    moment: PainMoment
    nrs: int | None
    session_id: UUID | None = None
    exercise_id: str | None = None
    set_id: UUID | None = None
    sign: str | None = None
    supersedes: UUID | None = None


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """A session ended. `effort` is 0 to 10 or None (not asked); `seconds` is the time spent in it without pauses."""

    session_id: UUID
    stamp: Stamp
    outcome: Outcome
    seconds: int
    effort: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """From now on this exercise is done at this level, because the person said so."""

    id: UUID
    stamp: Stamp
    exercise_id: str
    level: int
    reason: str


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session as lists and charts read it; `sets` are the current records (superseded ones left out)."""

    start: SessionStart
    end: SessionEnd | None
    sets: tuple[SetRecord, ...]
    pain: tuple[PainRating, ...]
