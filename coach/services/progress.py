"""The progress page and the report in one piece: what is read for a choice of range, area and exercise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.progress.span import Range

if TYPE_CHECKING:
    from datetime import date, datetime

    from coach.domain.exercise import Side
    from coach.domain.pain import Area, PainMoment
    from coach.domain.progress.adherence import Adherence, Day
    from coach.domain.progress.helping import Helping
    from coach.domain.progress.period import FlagAnswer, Period, SelfTest
    from coach.domain.progress.points import AreaSeen, ExerciseSeen, NoteSeen, PainPoint, SessionPoint, TrendPoint
    from coach.domain.progress.span import Bin, Span
    from coach.services.progress_book import ProgressBook


@dataclass(frozen=True, slots=True)
class Query:
    """What the person chose to look at; None leaves the choice to the program.

    `own` are the dates of `Range.OWN`.
    """

    range: Range = Range.THREE_MONTHS
    own: Span | None = None
    area: Area | None = None
    moment: PainMoment | None = None
    exercise_id: str | None = None


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """One area in the span: its answer, and at which moment the compared ratings were given (`pre` or `am`)."""

    area: Area
    moment: PainMoment
    helping: Helping


@dataclass(frozen=True, slots=True)
class PainSeries:
    """The chart of one area at one moment. `mean` has the 7-day mean of each day that has enough to make one.

    `baseline` is the first week's mean, None where it cannot be said; `band` its lowest and highest rating.
    """

    area: Area
    moment: PainMoment
    by: Bin
    points: tuple[PainPoint, ...]
    mean: tuple[tuple[date, float], ...]
    baseline: float | None
    baseline_span: Span | None
    band: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ExerciseTrend:
    """The chart of one exercise: points by side, the newest difference between left and right, changes of level.

    `difference` is right minus left in repetitions or seconds of a set, mean of the last 4 weeks of the span; None
    where it has not both sides. `steps` are the days from which on another level was worked, the first one included.
    """

    exercise: ExerciseSeen
    by: Bin
    points: tuple[TrendPoint, ...]
    difference: float | None
    steps: tuple[tuple[date, int], ...]

    def of(self, side: Side) -> tuple[TrendPoint, ...]:
        """The points of one side."""
        return tuple(point for point in self.points if point.side is side)


@dataclass(frozen=True, slots=True)
class ProgressView:
    """All that the page shows. Without any entry everything is empty and `extent` None.

    `calendar` are the days of the span, `year` the whole weeks up to today that a heat map of a year shows (371 days at
    most). `adherence` is of the last 14 days of the span, `span_adherence` of the whole.
    """

    today: date
    span: Span
    extent: Span | None
    areas: tuple[AreaSeen, ...]
    answers: tuple[AreaProgress, ...]
    pain: PainSeries | None
    sessions: tuple[SessionPoint, ...]
    periods: tuple[Period, ...]
    calendar: tuple[Day, ...]
    year: tuple[Day, ...]
    adherence: Adherence | None
    span_adherence: Adherence | None
    steadiness: float | None
    exercises: tuple[ExerciseSeen, ...]
    trend: ExerciseTrend | None
    seconds: int
    """Time spent in the span."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a report may hold besides, each only if it was ticked."""

    notes: tuple[NoteSeen, ...] = ()
    flags: tuple[FlagAnswer, ...] = ()
    tests: tuple[SelfTest, ...] = ()


def look(book: ProgressBook, query: Query, now: datetime, zone: str) -> ProgressView:
    """Read the page for a choice; the local date at `now` (aware) in `zone` (IANA) is today.

    An area or exercise that has nothing in the span gives an empty chart, not another one's.
    """
    raise NotImplementedError


def all_series(book: ProgressBook, span: Span) -> tuple[PainSeries, ...]:
    """The pain chart of every area rated in the span, for a report."""
    raise NotImplementedError


def all_trends(book: ProgressBook, span: Span) -> tuple[ExerciseTrend, ...]:
    """The trend of every exercise of the span, for a report."""
    raise NotImplementedError
