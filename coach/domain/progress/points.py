"""What the diary counts and a chart draws: one value for each day (or month), never a record of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from coach.domain.exercise import Kind, Side
    from coach.domain.pain import Area, PainMoment
    from coach.domain.reminders.rule import Reminder


@dataclass(frozen=True, slots=True)
class PainPoint:
    """All ratings of one area and one moment in one bin: their sum, lowest and highest, 0 to 10, and how many.

    Never made of "not asked"; `count` is 1 or more. The sum, not the mean, so that comparisons stay exact.
    """

    day: date
    total: int
    low: int
    high: int
    count: int

    @property
    def mean(self) -> float:
        """Mean of the bin, 0 to 10."""
        return self.total / self.count


@dataclass(frozen=True, slots=True)
class SessionPoint:
    """Sessions of one bin with at least one set worked: how many, how many of them completed, and seconds spent."""

    day: date
    sessions: int
    completed: int
    seconds: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Worked sets of one exercise on one side in one bin.

    `total` is the sum of real repetitions, or of real seconds for a hold or a balance (`ExerciseSeen.kind` says which);
    `best` the most of one set; `level` the highest.
    """

    day: date
    side: Side
    level: int
    total: int
    best: int
    sets: int

    @property
    def mean(self) -> float:
        """Repetitions or seconds of a set, on average."""
        return self.total / self.sets


@dataclass(frozen=True, slots=True)
class AreaSeen:
    """An area with ratings: how many days were rated at each moment; areas that were never rated are not listed."""

    area: Area
    moments: tuple[tuple[PainMoment, int], ...]

    def days(self, moment: PainMoment) -> int:
        """Days rated at this moment."""
        return dict(self.moments).get(moment, 0)


@dataclass(frozen=True, slots=True)
class ExerciseSeen:
    """An exercise with worked sets, under the title of the newest one."""

    exercise_id: str
    title: str
    kind: Kind
    sets: int


@dataclass(frozen=True, slots=True)
class RuleSince:
    """A reminder as it stood from an instant on; `removed` says that from then on there was none.

    `zone` is where the person was then: the clocks that its times and its pause are of.
    """

    at: datetime
    day: date
    zone: str
    rule: Reminder
    removed: bool


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """What somebody wrote at the end of a session, as they wrote it."""

    day: date
    text: str
