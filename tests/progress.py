"""A history in numbers for tests: every answer of `ProgressBook` counted in plain Python from a list of records.

It shares no code with the database's answers, so that each can be held against the other. Also makers of points.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, PainMoment
from coach.domain.progress.period import FlagAnswer, Period, PeriodKind, SelfTest
from coach.domain.progress.points import (
    AreaSeen,
    ExerciseSeen,
    NoteSeen,
    PainPoint,
    RuleSince,
    SessionPoint,
    TrendPoint,
)
from coach.domain.progress.span import Bin, Span
from coach.domain.records import (
    Outcome,
    PainRating,
    SessionEnd,
    SessionStart,
    SessionSummary,
    SetRecord,
    SetStatus,
    Stamp,
)
from coach.services.history import seconds_of
from tests import records
from tests.domain.reminders import make

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from coach.domain.reminders.rule import Reminder
    from coach.services.demo import Record

SIDES = (Side.LEFT, Side.RIGHT, Side.BOTH)


class FakeProgressBook:
    """A `coach.services.progress_book.ProgressBook` of records, in the order in which they were written."""

    def __init__(self, kept: Iterable[Record] = (), rules: Iterable[RuleSince] = ()) -> None:
        self.kept: list[Record] = list(kept)
        self.rules = list(rules)
        self.asked: list[tuple[str, Span | None]] = []
        """What was read, and for which days, in order."""
        self._periods: list[Period] = []
        self._flags: list[FlagAnswer] = []
        self._tests: list[SelfTest] = []

    def extent(self) -> Span | None:
        """From the first day with anything to the last."""
        self.asked.append(("extent", None))
        days = [start.stamp.local_date for start in self._starts()] + [r.stamp.local_date for r in self._pain()]
        return Span(min(days), max(days)) if days else None

    def areas(self, span: Span | None = None) -> tuple[AreaSeen, ...]:
        """Areas with ratings."""
        self.asked.append(("areas", span))
        days: dict[Area, dict[PainMoment, set[date]]] = defaultdict(lambda: defaultdict(set))
        for rating in self._pain(span):
            days[rating.area][rating.moment].add(rating.stamp.local_date)
        return tuple(
            AreaSeen(area, tuple((moment, len(days[area][moment])) for moment in PainMoment if days[area][moment]))
            for area in sorted(days)
        )

    def exercises(self, span: Span | None = None) -> tuple[ExerciseSeen, ...]:
        """Exercises with worked sets."""
        self.asked.append(("exercises", span))
        found: dict[str, list[SetRecord]] = defaultdict(list)
        for record in self._sets(span):
            found[record.exercise_id].append(record)
        newest = {key: max(sets, key=_order) for key, sets in found.items()}
        seen = (ExerciseSeen(key, newest[key].title, newest[key].kind, len(sets)) for key, sets in found.items())
        return tuple(sorted(seen, key=lambda exercise: (-exercise.sets, exercise.exercise_id)))

    def pain(self, area: Area, moment: PainMoment, span: Span, by: Bin = Bin.DAY) -> tuple[PainPoint, ...]:
        """Ratings of one area at one moment."""
        self.asked.append(("pain", span))
        bins: dict[date, list[int]] = defaultdict(list)
        for rating in self._pain(span):
            if rating.area == area and rating.moment is moment and rating.nrs is not None:
                bins[_bin(rating.stamp.local_date, by)].append(rating.nrs)
        return tuple(PainPoint(day, sum(n), min(n), max(n), len(n)) for day, n in sorted(bins.items()))

    def sessions(self, span: Span, by: Bin = Bin.DAY) -> tuple[SessionPoint, ...]:
        """Sessions with a worked set, by the day on which they began."""
        self.asked.append(("sessions", span))
        ends = {end.session_id: end for end in self.kept if isinstance(end, SessionEnd)}
        sets: dict[UUID, list[SetRecord]] = defaultdict(list)
        for record in self._sets(skipped=True):
            sets[record.session_id].append(record)
        bins: dict[date, list[SessionSummary]] = defaultdict(list)
        for start in self._starts(span):
            mine = tuple(sets[start.id])
            if any(record.status is not SetStatus.SKIPPED for record in mine):
                newest = {
                    record.key: record for record in sorted(mine, key=lambda record: (record.stamp.at, str(record.id)))
                }  # as a summary has them
                summary = SessionSummary(start, ends.get(start.id), tuple(newest.values()), ())
                bins[_bin(start.stamp.local_date, by)].append(summary)
        return tuple(
            SessionPoint(
                day,
                len(found),
                sum(1 for each in found if each.end and each.end.outcome is Outcome.COMPLETED),
                sum(seconds_of(each) for each in found),
            )
            for day, found in sorted(bins.items())
        )

    def trend(self, exercise_id: str, span: Span, by: Bin = Bin.DAY) -> tuple[TrendPoint, ...]:
        """Worked sets of one exercise."""
        self.asked.append(("trend", span))
        bins: dict[tuple[date, int], list[SetRecord]] = defaultdict(list)
        for record in self._sets(span):
            if record.exercise_id == exercise_id:
                bins[_bin(record.stamp.local_date, by), SIDES.index(record.side)].append(record)
        return tuple(
            TrendPoint(
                day,
                SIDES[side],
                max(record.level for record in sets),
                sum(_real(record) for record in sets),
                max(_real(record) for record in sets),
                len(sets),
            )
            for (day, side), sets in sorted(bins.items())
        )

    def rules_since(self) -> tuple[RuleSince, ...]:
        """Reminders as they stood over time."""
        self.asked.append(("rules_since", None))
        return tuple(sorted(self.rules, key=lambda since: since.at))

    def periods(self, span: Span) -> tuple[Period, ...]:
        """Flares and rests that touch the span."""
        self.asked.append(("periods", span))
        current = _current(self._periods)
        found = [p for p in current if p.first <= span.last and (p.last is None or p.last >= span.first)]
        return tuple(sorted(found, key=lambda period: (period.first, period.stamp.at)))

    def add_period(self, period: Period) -> None:
        """A flare or a rest."""
        self._periods.append(period)

    def flags(self, span: Span) -> tuple[FlagAnswer, ...]:
        """Answers about worrying symptoms."""
        self.asked.append(("flags", span))
        return tuple(sorted((f for f in _current(self._flags) if f.stamp.local_date in span), key=_order))

    def add_flag(self, answer: FlagAnswer) -> None:
        """A question was answered."""
        self._flags.append(answer)

    def tests(self, span: Span) -> tuple[SelfTest, ...]:
        """Self-tests."""
        self.asked.append(("tests", span))
        return tuple(sorted((t for t in _current(self._tests) if t.stamp.local_date in span), key=_order))

    def add_test(self, test: SelfTest) -> None:
        """A self-test was done."""
        self._tests.append(test)

    def ratings(self, span: Span) -> tuple[PainRating, ...]:
        """Every rating as it was given, those with a stop sign and no number too."""
        self.asked.append(("ratings", span))
        found = _current(r for r in self.kept if isinstance(r, PainRating))
        inside = [rating for rating in found if rating.stamp.local_date in span]
        return tuple(sorted(inside, key=lambda rating: (rating.stamp.at, str(rating.id))))

    def notes(self, span: Span) -> tuple[NoteSeen, ...]:
        """Notes that are not empty, by the day on which the session began."""
        self.asked.append(("notes", span))
        ends = {end.session_id: end for end in self.kept if isinstance(end, SessionEnd)}
        starts = sorted(self._starts(span), key=_order)
        noted = ((start.stamp.local_date, ends[start.id].note) for start in starts if start.id in ends)
        return tuple(NoteSeen(day, note) for day, note in noted if note)

    def _starts(self, span: Span | None = None) -> list[SessionStart]:
        starts = [record for record in self.kept if isinstance(record, SessionStart)]
        return [start for start in starts if span is None or start.stamp.local_date in span]

    def _sets(self, span: Span | None = None, *, skipped: bool = False) -> list[SetRecord]:
        """Worked sets, and if asked for skipped ones, that nothing supersedes."""
        current = _current(record for record in self.kept if isinstance(record, SetRecord))
        found = [record for record in current if skipped or record.status is not SetStatus.SKIPPED]
        return [record for record in found if span is None or record.stamp.local_date in span]

    def _pain(self, span: Span | None = None) -> list[PainRating]:
        """Ratings with a number that nothing supersedes."""
        found = _current(record for record in self.kept if isinstance(record, PainRating))
        given = [rating for rating in found if rating.nrs is not None]
        return [rating for rating in given if span is None or rating.stamp.local_date in span]


def _current(found: Iterable[Any]) -> list[Any]:
    kept = list(found)
    superseded = {each.supersedes for each in kept}
    return [each for each in kept if each.id not in superseded]


def _order(record: Any) -> tuple[date, datetime, str]:
    return record.stamp.local_date, record.stamp.at, str(record.id)


def _bin(day: date, by: Bin) -> date:
    return day if by is Bin.DAY else day.replace(day=1)


def _real(record: SetRecord) -> int:
    return (record.real_reps if record.kind is Kind.REPS else record.real_hold_s) or 0


def noon(day: date, zone: str = records.ZONE) -> Stamp:
    """The stamp of noon UTC of a day, lived on that day whatever the zone."""
    return Stamp(datetime.combine(day, time(12), UTC), zone, day)


def rating(day: date, nrs: int | None, **fields: Any) -> PainRating:
    """The left heel before a session on a day."""
    return replace(records.pain(stamp=noon(day)), nrs=nrs, **fields)


def session(day: date, *, seconds: int = 600, outcome: Outcome = Outcome.COMPLETED, **fields: Any) -> list[Record]:
    """A session of one set of calf raises on a day; `fields` are those of the set."""
    begun = records.start(stamp=noon(day))
    worked = records.done(begun, **({"stamp": noon(day)} | fields))
    return [begun, worked, records.end(begun, stamp=noon(day), seconds=seconds, outcome=outcome)]


def pain_point(day: date, *nrs: int) -> PainPoint:
    """The ratings of one day."""
    return PainPoint(day, sum(nrs), min(nrs), max(nrs), len(nrs))


def session_point(day: date, sessions: int = 1, completed: int | None = None, seconds: int = 600) -> SessionPoint:
    """The sessions of one day, all completed unless said."""
    return SessionPoint(day, sessions, sessions if completed is None else completed, seconds)


def since(
    day: date, *, removed: bool = False, rule: Reminder | None = None, zone: str = records.ZONE, **fields: Any
) -> RuleSince:
    """A daily reminder of a routine as it stood from noon UTC of a day on."""
    return RuleSince(noon(day).at, day, zone, rule or make.routine(**fields), removed)


def period(first: date, last: date | None = None, kind: PeriodKind = PeriodKind.FLARE, **fields: Any) -> Period:
    """A flare; without `last` it goes on."""
    return replace(Period(records.new_id(), noon(first), kind, first, last), **fields)


def days(first: date, count: int) -> Sequence[date]:
    """So many days, in order."""
    return [first + timedelta(days=number) for number in range(count)]
