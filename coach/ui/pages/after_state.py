"""What the page after a session shows and asks, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.exercise import Exercise
    from coach.domain.pain import Area
    from coach.services.history import ExerciseDone


@dataclass(frozen=True, slots=True)
class AskedArea:
    """An area to rate again, with its number from before the session."""

    area: Area
    before: int | None = None


@dataclass(frozen=True, slots=True)
class WorstQuestion:
    """Pain at its worst during an exercise whose level always asks (clinical.md 3.2)."""

    exercise_id: str
    title: str
    area: Area


@dataclass(frozen=True, slots=True)
class AfterState:
    """One session. `sets_done` and `sets_planned` count a set on both sides once; `recent` are sessions in 14 days."""

    title: str
    seconds: int
    sets_done: int
    sets_planned: int
    completed: bool
    done: tuple[ExerciseDone, ...]
    exercises: Mapping[str, Exercise]
    areas: tuple[AskedArea, ...] = ()
    worst: tuple[WorstQuestion, ...] = ()
    recent: int = 0
    person: int = 0


@dataclass(frozen=True, slots=True)
class AfterAnswers:
    """What the person said. Missing means not asked, never zero."""

    pain: tuple[tuple[Area, int], ...] = ()
    worst: tuple[tuple[WorstQuestion, int], ...] = field(default=())
    effort: int | None = None
    note: str = ""
