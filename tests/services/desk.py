"""Reminders over a diary in memory, and a clock that a test moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from coach.domain.ids import uuid7
from coach.domain.pain import PainMoment
from coach.domain.records import Stamp
from coach.domain.reminders.ledger import Missed
from coach.services.reminder_past import Facts
from coach.services.reminding import Reminding
from tests import records as r
from tests.domain.reminders import make
from tests.fakes import START, FakeClock, MemoryDiary
from tests.samples import shipped

if TYPE_CHECKING:
    from datetime import datetime

    from coach.domain.records import PainRating, SessionStart
    from coach.domain.reminders.occurrence import Why
    from coach.domain.reminders.parts import ReminderKind
    from coach.domain.reminders.rule import Reminder
    from coach.services.outlook import Call

FACTS = Facts.of(shipped().exercises, shipped().routines)
EARLY = date.min
MINUTE = 60.0


def routine(*times: str, **fields: Any) -> Reminder:
    """A routine's reminder, made this morning."""
    return make.routine(*times, **({"since": START} | fields))


def check(kind: ReminderKind, *times: str, **fields: Any) -> Reminder:
    """A reminder of another kind, made this morning."""
    return make.check(kind, *times, **({"since": START} | fields))


@dataclass
class Desk:
    """Reminders over a diary in memory, and a clock that a test moves."""

    clock: FakeClock = field(default_factory=FakeClock)
    diary: MemoryDiary = field(default_factory=MemoryDiary)
    zone: str = r.ZONE

    def __post_init__(self) -> None:
        numbers = count(1)
        self.it = Reminding(
            self.diary.reminders, self.diary, FACTS, self.clock, lambda: self.zone,
            lambda: uuid7(self.clock.now(), next(numbers)),
        )  # fmt: skip

    def to(self, at: datetime) -> None:
        """Let time pass until an instant."""
        self.clock.advance((at - self.clock.now()).total_seconds())

    def keep(self, *rules: Reminder) -> None:
        """Set reminders, past the service: as they were left yesterday."""
        for rule in rules:
            self.diary.reminders.keep_rule(rule, r.stamp())

    def look(self, why: Missed = Missed.ASLEEP) -> list[Call]:
        """Look, and put on screen what is to be shown."""
        found = self.it.look(why)
        if found.show:
            self.it.shown([call.key for call in found.show])
        return list(found.show)

    def train(self, routine_id: str = "daily_six", level: int = 2, after: int | None = None) -> SessionStart:
        """A session of one exercise from now on, that lasts 14 minutes."""
        start = r.start(routine_id=routine_id, stamp=self._stamp())
        self.diary.add_session(start)
        self.diary.add_set(r.done(start, level=level, stamp=self._stamp()))
        if after is not None:
            self.diary.add_pain((r.pain(nrs=2, session_id=start.id),))
            self.diary.add_pain((r.pain(nrs=after, moment=PainMoment.AFTER, session_id=start.id, stamp=self._stamp()),))
        self.clock.advance(14 * MINUTE)
        self.diary.add_end(r.end(start, stamp=self._stamp()))
        return start

    def ledger(self) -> list[tuple[str, str]]:
        """Slot and answer of every line."""
        return [(line.slot, line.answer.value) for line in self.diary.reminders.entries(EARLY)]

    def whys(self, days: int = 7) -> list[Why]:
        """Why each slot of the days ahead is or is not there."""
        return [each.why for each in self.it.outlook().week(self.clock.now(), self.zone, days)]

    def _stamp(self) -> Stamp:
        return Stamp.of(self.clock.now(), self.zone)


def ratings(desk: Desk) -> list[PainRating]:
    """All that was rated."""
    return list(desk.diary.pain.values())
