"""Makers of records for tests: every field has a plain value, and a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from coach.domain.exercise import Kind, Side, Tempo
from coach.domain.ids import uuid7
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.records import (
    LevelChange,
    Outcome,
    PainRating,
    SessionEnd,
    SessionStart,
    SetRecord,
    SetStatus,
    Stamp,
)
from tests.fakes import START

if TYPE_CHECKING:
    from uuid import UUID

ZONE = "Europe/Berlin"
HEEL = Area(Region.HEEL_SOLE, BodySide.LEFT)
BACK = Area(Region.LOW_BACK, BodySide.CENTRE)
PLAN: list[dict[str, Any]] = [{"exercise": "calf_raise", "bouts": [{"set": 1, "side": "both", "reps": 10}]}]
_numbers = count(1)


def at(minutes: float) -> datetime:
    """An instant so many minutes after the start of the tests' day."""
    return START + timedelta(minutes=minutes)


def stamp(minutes: float = 0, zone: str = ZONE) -> Stamp:
    """The stamp of such an instant."""
    return Stamp.of(at(minutes), zone)


def new_id(minutes: float = 0) -> UUID:
    """An id that no other test record has."""
    return uuid7(at(minutes), next(_numbers))


def start(minutes: float = 0, **fields: Any) -> SessionStart:
    """A session that began."""
    made = SessionStart(new_id(minutes), stamp(minutes), "daily_six", "Daily six", PLAN)
    return replace(made, **fields)


def done(session: SessionStart, minutes: float = 1, **fields: Any) -> SetRecord:
    """The first set of calf raises of a session, done."""
    made = SetRecord(
        id=new_id(minutes),
        session_id=session.id,
        stamp=stamp(minutes),
        exercise_index=0,
        exercise_id="calf_raise",
        title="Calf raises",
        kind=Kind.REPS,
        level=2,
        level_name="Two legs",
        set_no=1,
        side=Side.BOTH,
        status=SetStatus.DONE,
        planned_reps=10,
        planned_hold_s=None,
        tempo=Tempo(2, 1, 3),
        real_reps=10,
        real_hold_s=None,
    )
    return replace(made, **fields)


def pain(minutes: float = 0, nrs: int | None = 3, **fields: Any) -> PainRating:
    """The left heel before a session."""
    made = PainRating(new_id(minutes), stamp(minutes), HEEL, PainMoment.BEFORE, nrs)
    return replace(made, **fields)


def end(session: SessionStart, minutes: float = 14, **fields: Any) -> SessionEnd:
    """A session that was completed."""
    made = SessionEnd(session.id, stamp(minutes), Outcome.COMPLETED, 810, 4, "")
    return replace(made, **fields)


def level(minutes: float, number: int, exercise: str = "calf_raise") -> LevelChange:
    """A level that was chosen."""
    return LevelChange(new_id(minutes), stamp(minutes), exercise, number, "person")
