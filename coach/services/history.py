"""The reading side: the last fortnight, and a session beside the one before. Pure functions of records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from coach.domain.records import SessionSummary, SetRecord, SetStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coach.domain.pain import Area
    from coach.domain.records import PainRating

FORTNIGHT = 14
PAUSE_S = 300
"""A longer gap between two sets is no part of a session that was cut off (P)."""
ACTIVE_DAYS = 14
"""An area stays active this many days after its last rating above 0 (P)."""


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of the last fortnight: how many sessions had at least one set done."""

    day: date
    sessions: int
    is_today: bool


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """One exercise of a session: its sets, and the sets of the last session that had it (empty if none)."""

    exercise_id: str
    title: str
    sets: tuple[SetRecord, ...]
    earlier: tuple[SetRecord, ...]
    earlier_day: date | None
    worst_pain: int | None


def fortnight(sessions: Iterable[SessionSummary], today: date) -> tuple[DayMark, ...]:
    """The last 14 days, oldest first, today last."""
    done: dict[date, int] = {}
    for session in sessions:
        if any(record.status is not SetStatus.SKIPPED for record in session.sets):
            day = session.start.stamp.local_date
            done[day] = done.get(day, 0) + 1
    days = (today - timedelta(days=n) for n in reversed(range(FORTNIGHT)))
    return tuple(DayMark(day, done.get(day, 0), day == today) for day in days)


def active_areas(last_pain: Mapping[Area, PainRating], today: date) -> tuple[Area, ...]:
    """Areas rated above 0 within the last fortnight: these are asked about before a session."""
    since = today - timedelta(days=ACTIVE_DAYS)
    return tuple(sorted(area for area, r in last_pain.items() if r.nrs and r.stamp.local_date >= since))


def compare(session: SessionSummary, earlier: Sequence[SessionSummary]) -> tuple[ExerciseDone, ...]:
    """Each exercise of a session beside its last time; `earlier` is newest first and may contain the session itself."""
    before = [other for other in earlier if other.start.id != session.start.id]
    shown = []
    for index in sorted({record.exercise_index for record in session.sets}):
        mine = tuple(record for record in session.sets if record.exercise_index == index)
        last = next(((s, sets) for s in before if (sets := _worked(s, mine[0].exercise_id))), None)
        pain = [r.nrs for r in session.pain if r.exercise_id == mine[0].exercise_id and r.nrs is not None]
        shown.append(
            ExerciseDone(
                exercise_id=mine[0].exercise_id,
                title=mine[0].title,
                sets=mine,
                earlier=last[1] if last else (),
                earlier_day=last[0].start.stamp.local_date if last else None,
                worst_pain=max(pain, default=None),
            )
        )
    return tuple(shown)


def _worked(session: SessionSummary, exercise_id: str) -> tuple[SetRecord, ...]:
    return tuple(r for r in session.sets if r.exercise_id == exercise_id and r.status is not SetStatus.SKIPPED)


def seconds_of(session: SessionSummary) -> int:
    """Time spent in a session: what its end says, else what lies between its sets, each gap no longer than a pause.

    A session that was cut off may have gone on hours later: nobody exercised meanwhile.
    """
    if session.end is not None:
        return session.end.seconds
    stamps = sorted([session.start.stamp.at, *(record.stamp.at for record in session.sets)])
    gaps = ((after - before).total_seconds() for before, after in pairwise(stamps))
    return round(sum(min(gap, PAUSE_S) for gap in gaps))


def sets_done(session: SessionSummary) -> tuple[int, int]:
    """Sets done and sets planned; a set counts once, when every side of it was worked."""
    planned: dict[tuple[int, int], set[str]] = {}
    for index, entry in enumerate(session.start.plan):
        for bout in entry["bouts"]:
            planned.setdefault((index, bout["set"]), set()).add(bout["side"])
    worked = {(r.exercise_index, r.set_no, r.side.value) for r in session.sets if r.status is not SetStatus.SKIPPED}
    done = [all((*key, side) in worked for side in sides) for key, sides in planned.items()]
    return sum(done), len(done)
