"""The past as reminders need it, from the diary: what was done, what was heavy, and what rests for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.exercise import Category
from coach.domain.pain import PainMoment
from coach.domain.records import Outcome, SetStatus
from coach.domain.reminders.ledger import Answer, Done, History
from coach.domain.reminders.parts import ReminderKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from coach.domain.exercise import Exercise
    from coach.domain.pain import Area
    from coach.domain.records import PainRating, SessionSummary
    from coach.domain.reminders.ledger import ClockStep, Entry
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine

MUCH_PAIN = 3
"""From this rating on the next morning is asked about (clinical.md 3.2)."""
BAD_AFTER, WORSE_BY = 6, 3
"""Rule C1 (clinical.md 3.5): so much pain after a session, or so much more than before, rests strength for 48 h."""
BY_ITSELF = {ReminderKind.FIRST_STEPS, ReminderKind.SITTING, ReminderKind.SELF_TEST}
"""Nothing in the diary tells that these were done: whoever begins one has done it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What reminders need to know of the library; fits on any thread.

    `versions` are, for each routine, the ids of those with the same exercises: a short version counts for the long one.
    `gentle` are routines without strength work, `strength` such exercises, `heavy` the levels (exercise, number) after
    which strength rests: those of calf and balance work whose worst pain is always asked for (levels 4 and 5).
    """

    versions: Mapping[str, frozenset[str]]
    gentle: frozenset[str] = frozenset()
    strength: frozenset[str] = frozenset()
    heavy: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, exercises: Mapping[str, Exercise], routines: Mapping[str, Routine]) -> Facts:
        """Of a catalogue."""
        strength = frozenset(key for key, exercise in exercises.items() if exercise.category is Category.STRENGTH)
        work = {key: frozenset(item.exercise.id for item in routine.items) for key, routine in routines.items()}
        return cls(
            versions={key: frozenset(other for other in work if work[other] == work[key]) for key in work},
            gentle=frozenset(key for key in work if not work[key] & strength),
            strength=strength,
            heavy=frozenset((e.id, lv.level) for e in exercises.values() for lv in e.levels if lv.ask_worst_pain),
        )


def history_of(
    facts: Facts,
    rules: Iterable[Reminder],
    entries: Sequence[Entry],
    sessions: Sequence[SessionSummary],
    last_pain: Mapping[Area, PainRating],
    checks: Iterable[Done],
    steps: Iterable[ClockStep],
) -> History:
    """The past from rows of the diary; `checks` are answers to the questions of the morning and the week."""
    kinds = {rule.id: rule.kind for rule in rules}
    begun = (
        Done(kinds[entry.reminder], entry.at, entry.local_date)
        for entry in entries
        if entry.answer is Answer.STARTED and kinds.get(entry.reminder) in BY_ITSELF
    )
    sore = {r.stamp.local_date for r in last_pain.values() if r.nrs is not None and r.nrs >= MUCH_PAIN}
    return History(
        entries=tuple(entries),
        done=(*_routines_done(facts, sessions), *begun, *checks),
        strained=frozenset(sore.union(*(_strained(facts, session) for session in sessions))),
        heavy=tuple(sorted(at for session in sessions for at in _heavy(facts, session))),
        gentle=facts.gentle,
        steps=tuple(steps),
    )


def _routines_done(facts: Facts, sessions: Iterable[SessionSummary]) -> Iterator[Done]:
    for session in sessions:
        end, start = session.end, session.start
        worked = any(record.status is not SetStatus.SKIPPED for record in session.sets)
        if end is not None and end.outcome is Outcome.COMPLETED and worked:
            for key in sorted(facts.versions.get(start.routine_id, {start.routine_id})):
                yield Done(ReminderKind.ROUTINE, end.stamp.at, start.stamp.local_date, key)


def _strained(facts: Facts, session: SessionSummary) -> Iterator[date]:
    """The local date of a session with strength work, and the dates of much pain in it."""
    if any(r.exercise_id in facts.strength and r.status is not SetStatus.SKIPPED for r in session.sets):
        yield session.start.stamp.local_date
    for rating in session.pain:
        if rating.nrs is not None and rating.nrs >= MUCH_PAIN:
            yield rating.stamp.local_date


def _heavy(facts: Facts, session: SessionSummary) -> Iterator[datetime]:
    """From when on strength work rests after a session, if it does."""
    work = [
        record.stamp.at
        for record in session.sets
        if (record.exercise_id, record.level) in facts.heavy and record.status is not SetStatus.SKIPPED
    ]
    if work:
        yield max(work)
    before = {r.area: r.nrs for r in session.pain if r.moment is PainMoment.BEFORE and r.nrs is not None}
    for rating in session.pain:
        if rating.moment is not PainMoment.AFTER or rating.nrs is None:
            continue
        if rating.nrs >= BAD_AFTER or rating.nrs >= before.get(rating.area, rating.nrs) + WORSE_BY:
            yield rating.stamp.at
