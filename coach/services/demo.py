"""Sample history: what a person with a sore heel might have done in the last weeks. Invented, and always the same.

Pain falls slowly and unevenly, with a flare in between that costs a few days; most days have a session, Sundays and a
few others do not; balance grows from wobbling at an easier level. The same arguments give the same records and ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from coach.domain.exercise import Kind, Side
from coach.domain.ids import RANDOM_BITS, uuid7
from coach.domain.pain import NRS_MAX, Area, BodySide, PainMoment, Region
from coach.domain.plan import plan_routine, plan_to_data
from coach.domain.progress.period import Period, PeriodKind, SelfTest
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
from coach.domain.reminders.parts import EVERY_DAY, AtTimes, ReminderKind, Weekday
from coach.domain.reminders.starters import starter
from coach.domain.routine import with_levels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from coach.domain.plan import Bout, Plan, PlannedExercise
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.ports import Diary

Record = SessionStart | SetRecord | PainRating | SessionEnd | LevelChange

SEED = 84
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SATURDAY, SUNDAY = 5, 6
MISSED = 0.1
FLARE_AT = 0.55
FLARE_DAYS = 6
LEARNING = 0.3
"""Share of the time that balance is done one level down."""
NOTES = ("Heel less stiff this morning.", "Wobbly on the left today.", "Felt easy.", "Short of sleep, took it slowly.")


@dataclass(frozen=True, slots=True)
class Course:
    """Pain of one area over the whole time: where it starts, where it ends, and what the flare adds at its peak."""

    area: Area
    start: float
    end: float
    flare: float

    def at(self, done: float, flare: float) -> float:
        """Pain when the share `done` of the time is over, with the flare at the share `flare` of its peak."""
        return self.start + (self.end - self.start) * done + self.flare * flare


@dataclass(frozen=True, slots=True)
class Marks:
    """A reminder as it stood from the first day on, flares, and self-tests."""

    reminder: tuple[Reminder, Stamp]
    flares: tuple[Period, ...]
    tests: tuple[SelfTest, ...]


COURSES = (
    Course(Area(Region.HEEL_SOLE, BodySide.LEFT), 5.2, 1.6, 3.0),
    Course(Area(Region.LOW_BACK, BodySide.CENTRE), 3.4, 1.2, 1.0),
    Course(Area(Region.CALF_ACHILLES, BodySide.RIGHT), 2.0, 0.2, 0.0),
)


def demo_history(routine: Routine, today: date, zone: str, days: int = 84, seed: int = SEED) -> Iterator[Record]:
    """Records of the `days` before `today`, oldest first; a record never refers to a later one."""
    person = _Person(routine, ZoneInfo(zone), seed)
    yield from person.choose_levels(today - timedelta(days=days), down=True)
    flare_from = round(days * FLARE_AT)
    yesterday_done = False
    for number in range(days):
        day = today - timedelta(days=days - number)
        done, flare = number / days, _flare(number - flare_from)
        if number == round(days * LEARNING):
            yield from person.choose_levels(day, down=False)
        if yesterday_done:
            yield from person.morning(day, done, flare)
        in_flare = number - flare_from
        rests = day.weekday() == SUNDAY or in_flare in {1, 2} or person.chance(MISSED)
        yesterday_done = number == 0 or not rests
        if yesterday_done:
            yield from person.session(day, done, flare, cut_short=in_flare == 0 and number > 0)


def demo_marks(routine: Routine, today: date, zone: str, days: int = 84, seed: int = SEED) -> Marks:
    """What stands beside the records of `demo_history` with the same arguments."""
    person = _Person(routine, ZoneInfo(zone), seed + 1)
    first, flare = (today - timedelta(days=days - number) for number in (0, round(days * FLARE_AT)))
    yesterday = today - timedelta(days=1)
    flares = () if flare > yesterday else (person.flare(flare, min(yesterday, flare + timedelta(days=FLARE_DAYS - 1))),)
    tested = ((first, 186), (first, 153)), ((yesterday, 271), (yesterday, 240))
    tests = (
        person.test(day, side, tenths)
        for pair in tested[: min(2, days)]
        for side, (day, tenths) in zip(Side, pair, strict=False)
    )
    return Marks(person.reminder(first), flares, tuple(tests))


def write(diary: Diary, records: Iterable[Record]) -> int:
    """Put the records into a diary; returns the number of sessions."""
    sessions = 0

    def counted() -> Iterator[Record]:
        nonlocal sessions
        for record in records:
            sessions += isinstance(record, SessionStart)
            yield record

    diary.add_all(counted())
    return sessions


def _flare(day: int) -> float:
    """How much of its peak the flare has on its day `day`: all at once, then fading."""
    return max(0.0, 1 - day / FLARE_DAYS) if day >= 0 else 0.0


class _Person:
    """Someone who does a routine, with a source of chance of their own."""

    def __init__(self, routine: Routine, zone: ZoneInfo, seed: int) -> None:
        self._routine = routine
        self._zone = zone
        self._random = Random(seed)  # noqa: S311  # repeatable on purpose; nothing here is a secret
        self._levels: dict[str, int] = {}
        self._plan: Plan = ()
        self._plan_data: list[dict[str, Any]] = []

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self._random.random() < share

    def choose_levels(self, day: date, *, down: bool) -> Iterator[LevelChange]:
        """Take balance one level down, or back up to where the routine has it."""
        at = self._instant(day, time(6, 30))
        for item in self._routine.items:
            if item.exercise.kind is Kind.BALANCE and item.level > 1:
                level = item.level - 1 if down else item.level
                self._levels[item.exercise.id] = level
                yield LevelChange(self._id(at), self._stamp(at), item.exercise.id, level, "person")
                at += timedelta(seconds=5)
        self._plan = plan_routine(with_levels(self._routine, self._levels))
        self._plan_data = plan_to_data(self._plan)

    def reminder(self, day: date) -> tuple[Reminder, Stamp]:
        """Of the routine, at seven from Monday to Saturday."""
        at = self._instant(day, time(6, 0))
        weekdays = EVERY_DAY - {Weekday.SUN}
        rule = starter(ReminderKind.ROUTINE, self._id(at), at, self._routine.id)
        return replace(rule, when=AtTimes((time(7, 0),)), weekdays=weekdays), self._stamp(at)

    def flare(self, first: date, last: date) -> Period:
        """The worse days, written down on the first of them."""
        at = self._instant(first, time(20, 15))
        return Period(self._id(at), self._stamp(at), PeriodKind.FLARE, first, last, COURSES[0].area)

    def test(self, day: date, side: Side, tenths: int) -> SelfTest:
        """How many seconds the person stood on one leg."""
        at = self._instant(day, time(10, 5)) + timedelta(minutes=3 * (side is Side.RIGHT))
        return SelfTest(self._id(at), self._stamp(at), "T1", tenths, side)

    def morning(self, day: date, done: float, flare: float) -> Iterator[PainRating]:
        """Pain on the first steps; now and then the question is not answered."""
        if self.chance(0.8):
            at = self._instant(day, time(6, 50)) + timedelta(minutes=self._random.randrange(10))
            yield from self._ratings(at, PainMoment.MORNING, done, flare, shift=0.3, session=None)

    def session(self, day: date, done: float, flare: float, *, cut_short: bool) -> Iterator[Record]:
        """One session from check-in to check-out; cut short, it ends after the second exercise."""
        weekend = day.weekday() >= SATURDAY
        begin = time(9, 20) if weekend else time(18, 40) if self.chance(0.15) else time(7, 5)
        at = self._instant(day, begin) + timedelta(seconds=self._random.randrange(30 * 60))
        first, plan = at, self._plan
        start = SessionStart(self._id(at), self._stamp(at), self._routine.id, self._routine.title, self._plan_data)
        yield start
        yield from self._ratings(at, PainMoment.BEFORE, done, flare, shift=0.0, session=start.id)
        worked = plan[:2] if cut_short else plan
        for index, planned in enumerate(worked):
            for bout in planned.bouts:
                at += timedelta(seconds=bout.lead_s + bout.seconds)
                record = self._set(at, start.id, (index, planned, bout), done, flare)
                yield record
            if flare > 0.3 or self.chance(0.25):
                yield from self._worst(at, record, planned, done, flare)
        outcome = Outcome.STOPPED if cut_short else Outcome.COMPLETED
        effort = self._whole(5.4 - 2.2 * done + 2 * flare, spread=1.0)
        note = self._random.choice(NOTES) if self.chance(0.12) else ""
        end = at + timedelta(seconds=self._random.randrange(90))  # pauses
        yield SessionEnd(start.id, self._stamp(end), outcome, round((end - first).total_seconds()), effort, note)
        yield from self._ratings(end, PainMoment.AFTER, done, flare, shift=-0.4, session=start.id)

    def _set(
        self, at: datetime, session: UUID, what: tuple[int, PlannedExercise, Bout], done: float, flare: float
    ) -> SetRecord:
        index, planned, bout = what
        level = planned.level_of(bout)
        status, share = self._success(planned.kind, done, flare)
        balance = planned.kind is Kind.BALANCE
        return SetRecord(
            id=self._id(at),
            session_id=session,
            stamp=self._stamp(at),
            exercise_index=index,
            exercise_id=planned.exercise.id,
            title=planned.exercise.title,
            kind=planned.kind,
            level=bout.level,
            level_name=level.name,
            set_no=bout.set_no,
            side=bout.side,
            status=status,
            planned_reps=bout.reps,
            planned_hold_s=bout.hold_s,
            tempo=bout.tempo,
            real_reps=None if bout.reps is None else _part(bout.reps, share),
            real_hold_s=None if bout.hold_s is None else _part(bout.hold_s, share),
            touches=self._whole(2.5 * (1 - done) ** 2, spread=0.7) if balance and share > 0 else 0,
        )

    def _success(self, kind: Kind, done: float, flare: float) -> tuple[SetStatus, float]:
        """How a set ends, and the share of it that was done: balance grows, the flare and bad luck take away."""
        luck = self._random.random()
        if kind is Kind.BALANCE:
            held = 0.45 + 0.75 * done + 0.3 * luck
            return (SetStatus.DONE, 1.0) if held >= 1 else (SetStatus.PARTIAL, held)
        if luck < 0.01 + 0.1 * flare:
            return SetStatus.SKIPPED, 0.0
        if luck < 0.06 + 0.4 * flare:
            return SetStatus.PARTIAL, 0.5 + 0.3 * self._random.random()
        return SetStatus.DONE, 1.0

    def _worst(
        self, at: datetime, record: SetRecord, planned: PlannedExercise, done: float, flare: float
    ) -> Iterator[PainRating]:
        """The worst pain in an exercise, where it loads an area that hurts; nobody mentions a zero here."""
        for rating in self._ratings(at, PainMoment.WORST, done, flare, shift=0.6, session=record.session_id):
            if rating.area.region in planned.exercise.loads and rating.nrs:
                yield replace(rating, exercise_id=planned.exercise.id, set_id=record.id)

    def _ratings(
        self, at: datetime, moment: PainMoment, done: float, flare: float, *, shift: float, session: UUID | None
    ) -> Iterator[PainRating]:
        for course in COURSES:
            nrs = self._whole(course.at(done, flare) + shift, spread=0.8)
            yield PainRating(self._id(at), self._stamp(at), course.area, moment, nrs, session)

    def _whole(self, middle: float, spread: float) -> int:
        """A whole number on the scale of 0 to 10 near `middle`."""
        return min(NRS_MAX, max(0, round(middle + self._random.uniform(-spread, spread))))

    def _instant(self, day: date, wall: time) -> datetime:
        return datetime.combine(day, wall, self._zone).astimezone(UTC)

    def _stamp(self, at: datetime) -> Stamp:
        return Stamp.of(at, self._zone.key)

    def _id(self, at: datetime) -> UUID:
        return uuid7(max(at, EPOCH), self._random.getrandbits(RANDOM_BITS))  # a hundred years ago there were no ids


def _part(planned: int, share: float) -> int:
    """A whole part of what was planned: something if anything was done, and not all unless all was."""
    if share in {0.0, 1.0}:
        return round(planned * share)
    return min(planned - 1, max(1, round(planned * share)))
