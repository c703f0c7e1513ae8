"""Guiding a session and keeping what was done: start, each set, pain, end.

Every method has committed when it returns, or raises `StorageError`. One thread at a time (the window's worker) calls
it.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.pain import Area, PainMoment, check_nrs
from coach.domain.plan import plan_from_data, plan_to_data
from coach.domain.records import (
    LevelChange,
    Outcome,
    PainRating,
    SessionEnd,
    SessionStart,
    SessionSummary,
    SetRecord,
    Stamp,
)
from coach.services.history import seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from uuid import UUID

    from coach.clock import Clock
    from coach.domain.exercise import Exercise
    from coach.domain.plan import Plan
    from coach.domain.session import Key, SetDone
    from coach.services.ports import Diary, Entries


@dataclass(frozen=True, slots=True)
class Rating:
    """A pain rating as the person gives it; `corrects` is the id of the earlier answer that it replaces."""

    area: Area
    moment: PainMoment
    nrs: int | None
    exercise_id: str | None = None
    sign: str | None = None
    corrects: UUID | None = None

    def __post_init__(self) -> None:
        if self.nrs is not None:
            check_nrs(self.nrs)
        elif self.sign is None:
            raise ValueError("a rating has a number or a sign")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was cut off: its records, its newest plan, and what its bouts were."""

    summary: SessionSummary
    plan: Plan
    results: tuple[SetDone, ...]

    @property
    def done(self) -> frozenset[Key]:
        """The bouts that have a result."""
        return frozenset(result.key for result in self.results)

    @property
    def total(self) -> int:
        """Bouts in the plan."""
        return sum(len(planned.bouts) for planned in self.plan)


def _results(plan: Plan, sets: Iterable[SetRecord]) -> tuple[SetDone, ...]:
    """What the bouts of a plan were; IndexError for a level that its exercise no longer has."""
    from coach.domain.session import SetDone, key_of
    from coach.domain.timeline import Timeline

    records = {record.key: record for record in sets}
    results = []
    for place in Timeline(plan).places:
        place.planned.level_of(place.bout)
        record = records.get(key_of(place))
        if record is not None:
            results.append(SetDone(place, record.status, record.real_reps, record.real_hold_s, record.touches))
    return tuple(results)


class Coaching:
    """The writing side of the diary."""

    def __init__(self, diary: Diary, clock: Clock, zone: Callable[[], str], new_id: Callable[[], UUID]) -> None:
        self._diary = diary
        self._entries: Entries = diary
        self._clock = clock
        self._zone = zone
        self._new_id = new_id
        self._set_ids: dict[tuple[UUID, Key], UUID] = {}

    def into(self, entries: Entries) -> Coaching:
        """The same, but what it adds goes into `entries` and not into the diary."""
        other = copy(self)
        other._entries = entries  # noqa: SLF001 - it is one of us
        return other

    def start(self, routine_id: str, title: str, plan: Plan, ratings: Iterable[Rating] = ()) -> SessionStart:
        """A session begins, with the answers before it; one that was left open ends as abandoned. All or nothing."""
        start = SessionStart(self._new_id(), self._stamp(), routine_id, title, plan_to_data(plan))
        with self._entries.together():
            self.abandon_open()
            self._entries.add_session(start)
            self.rate(ratings, start.id)
        return start

    def unfinished(self, exercises: Mapping[str, Exercise]) -> Unfinished | None:
        """The session to offer after a crash, if it can go on: it has work left and its exercises still exist."""
        summary = self._diary.open_session()
        if summary is None:
            return None
        try:
            plan = plan_from_data(summary.start.plan, exercises)
            results = _results(plan, summary.sets)
        except (LookupError, ValueError, TypeError):
            return None
        self._set_ids |= {(summary.start.id, record.key): record.id for record in summary.sets}
        found = Unfinished(summary, plan, results)
        return found if len(found.done) < found.total else None

    def abandon_open(self) -> None:
        """End a session that was cut off, with what it has."""
        summary = self._diary.open_session()
        if summary is not None:
            seconds = seconds_of(summary)  # nobody knows when it broke off
            self._entries.add_end(SessionEnd(summary.start.id, self._stamp(), Outcome.ABANDONED, seconds))

    def change_plan(self, session_id: UUID, plan: Plan) -> None:
        """The plan of the running session changed."""
        self._entries.save_plan(session_id, self._clock.now(), plan_to_data(plan))

    def record(self, session_id: UUID, done: SetDone, *, self_paced: bool = False) -> SetRecord:
        """Keep one set; doing the same set again supersedes its earlier record."""
        place = done.place
        record = SetRecord(
            id=self._new_id(),
            session_id=session_id,
            stamp=self._stamp(),
            exercise_index=place.index,
            exercise_id=place.planned.exercise.id,
            title=place.planned.exercise.title,
            kind=place.planned.kind,
            level=place.bout.level,
            level_name=place.level.name,
            set_no=place.bout.set_no,
            side=place.bout.side,
            status=done.status,
            planned_reps=place.bout.reps,
            planned_hold_s=place.bout.hold_s,
            tempo=place.bout.tempo,
            real_reps=done.real_reps,
            real_hold_s=done.real_hold_s,
            touches=done.touches,
            self_paced=self_paced,
            supersedes=self._set_ids.get((session_id, done.key)),
        )
        self._entries.add_set(record)
        self._set_ids[session_id, done.key] = record.id
        return record

    def rate(
        self, ratings: Iterable[Rating], session_id: UUID | None = None, about: Key | None = None
    ) -> tuple[PainRating, ...]:
        """Keep pain ratings, all or none, and return them as kept; `about` names the set they belong to."""
        stamp = self._stamp()
        set_id = self._set_ids.get((session_id, about)) if session_id and about else None
        kept = tuple(
            PainRating(
                id=self._new_id(),
                stamp=stamp,
                area=rating.area,
                moment=rating.moment,
                nrs=rating.nrs,
                session_id=session_id,
                exercise_id=rating.exercise_id,
                set_id=set_id,
                sign=rating.sign,
                supersedes=rating.corrects,
            )
            for rating in ratings
        )
        self._entries.add_pain(kept)
        return kept

    def finish(
        self, session_id: UUID, outcome: Outcome, seconds: float, effort: int | None = None, note: str = ""
    ) -> SessionEnd:
        """A session ends. Called again with effort and note once the person has answered; the newest counts."""
        if effort is not None:
            check_nrs(effort)
        end = SessionEnd(session_id, self._stamp(), outcome, max(0, round(seconds)), effort, note.strip())
        self._entries.add_end(end)
        return end

    def answer(self, end: SessionEnd, effort: int | None, note: str, ratings: Iterable[Rating] = ()) -> SessionEnd:
        """Add effort, note and ratings to a session that has ended, all or nothing; without any it stays as it is."""
        ratings = tuple(ratings)
        answered = replace(end, stamp=self._stamp(), effort=effort, note=note.strip())
        if (answered.effort, answered.note) == (end.effort, end.note):
            self.rate(ratings, end.session_id)
            return end
        with self._entries.together():
            self.rate(ratings, end.session_id)
            self._entries.add_end(answered)
        return answered

    def set_level(self, exercise_id: str, level: int, reason: str = "person") -> None:
        """The person chose a level for an exercise."""
        self._entries.add_level(LevelChange(self._new_id(), self._stamp(), exercise_id, level, reason))

    def _stamp(self) -> Stamp:
        return Stamp.of(self._clock.now(), self._zone())
