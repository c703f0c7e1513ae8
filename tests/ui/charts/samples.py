"""Sample data of charts: a fall of pain over some weeks with gaps, two sides that differ, a calendar of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.adherence import Day, DayKind
from coach.domain.progress.period import Period, PeriodKind
from coach.domain.progress.points import ExerciseSeen, PainPoint, SessionPoint, TrendPoint
from coach.domain.progress.span import Bin, Span
from coach.domain.records import Stamp
from coach.services.progress import ExerciseTrend, PainSeries

TODAY = date(2026, 11, 15)
HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)
STAMP = Stamp(datetime(2026, 11, 15, 9, tzinfo=UTC), "Europe/Berlin", TODAY)
BALANCE = ExerciseSeen("balance", "Balance hold", Kind.BALANCE, 100)


def days_to(count: int, last: date = TODAY) -> Span:
    """So many days up to a day."""
    return Span(last - timedelta(days=count - 1), last)


def chance(number: int) -> float:
    """0 to 1, the same for the same number, without a pattern that is seen."""
    return (number * 2654435761 % 4294967296) / 4294967296


def pain_points(span: Span, *, every: float = 0.75, start: float = 5.0, end: float = 2.4) -> tuple[PainPoint, ...]:
    """A slow fall; about `every` share of the days is rated, some of them twice."""
    found = []
    for number in range(span.days):
        if chance(number) > every:
            continue
        height = start + (end - start) * number / span.days
        value = max(0, min(10, round(height + (chance(number + 999) - 0.5) * 2.4)))
        twice = chance(number + 5_000) > 0.88
        high = min(10, value + 2) if twice else value
        day = span.first + timedelta(days=number)
        found.append(PainPoint(day, value + high if twice else value, value, high, 2 if twice else 1))
    return tuple(found)


def means(points: tuple[PainPoint, ...]) -> tuple[tuple[date, float], ...]:
    """The mean of 7 days for each rated day with two others before it."""
    found = []
    for number, point in enumerate(points):
        week = [other.mean for other in points[max(0, number - 6) : number + 1] if (point.day - other.day).days < 7]
        if len(week) >= 3:
            found.append((point.day, sum(week) / len(week)))
    return _without_holes(found)


def _without_holes(found: list[tuple[date, float]]) -> tuple[tuple[date, float], ...]:
    filled = []
    for (day, mean), (after, _) in zip(found, [*found[1:], found[-1]] if found else [], strict=True):
        gap = (after - day).days
        filled += [(day + timedelta(days=step), mean) for step in range(gap if 1 < gap < 4 else 1)]
    return tuple(filled)


def series(points: tuple[PainPoint, ...], by: Bin = Bin.DAY, area: Area = HEEL) -> PainSeries:
    """With the first week's mean as its baseline, if there is one."""
    if not points or by is Bin.MONTH:
        return PainSeries(area, PainMoment.BEFORE, by, points, (), None, None, None)
    first = [point for point in points if (point.day - points[0].day).days < 7]
    baseline = sum(point.mean for point in first) / len(first)
    band = (min(point.low for point in first), max(point.high for point in first))
    week = Span(points[0].day, points[0].day + timedelta(days=6))
    return PainSeries(area, PainMoment.BEFORE, by, points, means(points), baseline, week, band)


def sessions(span: Span, *, share: float = 0.6) -> tuple[SessionPoint, ...]:
    """A session on some days, a lighter one on some of these."""
    return tuple(
        SessionPoint(span.first + timedelta(days=number), 1, int(chance(number + 77) > 0.1), 600 + number % 7 * 60)
        for number in range(span.days)
        if chance(number + 31) < share
    )


def period(first: date, days: int, kind: PeriodKind = PeriodKind.FLARE, area: Area | None = None) -> Period:
    """A flare or a rest of so many days."""
    return Period(UUID(int=first.toordinal()), STAMP, kind, first, first + timedelta(days=days - 1), area)


def trend(span: Span, sides: tuple[Side, ...] = (Side.LEFT, Side.RIGHT), by: Bin = Bin.DAY) -> ExerciseTrend:
    """Left better than right, both growing; every third day or so; levels 1 to 3."""
    points = []
    for number in range(span.days):
        if number % 3 and chance(number + 13) > 0.2:
            continue
        day = span.first + timedelta(days=number)
        grown = number / span.days
        for side in sides:
            per_set = round((10 if side is not Side.RIGHT else 5) + 6 * grown + chance(number + len(side.value)) * 2)
            points.append(TrendPoint(day, side, 1 + int(grown * 2.5), per_set * 2 + 1, per_set + 1, 2))
    steps: list[tuple[date, int]] = []
    for point in points:
        if not steps or steps[-1][1] != point.level:
            steps.append((point.day, point.level))
    return ExerciseTrend(BALANCE, by, tuple(points), -4.0 if len(sides) > 1 else None, tuple(steps))


def calendar_days(span: Span) -> tuple[Day, ...]:
    """Wednesdays and Saturdays off, some not done, a flare, today open."""
    found = []
    for number in range(span.days):
        day = span.first + timedelta(days=number)
        kind = DayKind.FULL if chance(number + 41) < 0.7 else DayKind.MISSED
        if day.isoweekday() in {3, 6}:
            kind = DayKind.REST
        elif number % 29 == 17:
            kind = DayKind.LIGHTER
        elif number % 31 == 9:
            kind = DayKind.OPEN
        elif 33 <= number < 36:
            kind = DayKind.EXCUSED
        if number < 2:
            kind = DayKind.OUTSIDE
        if day == TODAY:
            kind = DayKind.TODAY
        done = kind in {DayKind.FULL, DayKind.LIGHTER}
        found.append(Day(day, kind, int(done), 780 if done else 0))
    return tuple(found)
