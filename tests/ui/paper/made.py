"""Reports made by hand, as full or as empty as a test wants them; no rule and no diary has a part in them."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.adherence import Adherence, Day, DayKind
from coach.domain.progress.helping import Answer, Helping, Lacking, Week
from coach.domain.progress.period import FlagAnswer, FlagLevel, Period, PeriodKind, SelfTest
from coach.domain.progress.points import AreaSeen, ExerciseSeen, NoteSeen, PainPoint, SessionPoint, TrendPoint
from coach.domain.progress.span import WEEK, Bin, Span
from coach.domain.records import Stamp
from coach.services.progress import AreaProgress, ExerciseTrend, Extras, PainSeries, ProgressView
from coach.services.report import Paper, Report, ReportChoice, Section
from tests.samples import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST = date(2026, 11, 15)
NOW = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
ZONE = "Europe/London"
AREAS = (
    Area(Region.HEEL_SOLE, BodySide.RIGHT),
    Area(Region.LOW_BACK, BodySide.CENTRE),
    *(Area(region, side) for region in Region for side in (BodySide.LEFT, BodySide.RIGHT) if region != Region.LOW_BACK),
)
EVERYTHING = frozenset(Section)


def days_of(span: Span) -> list[date]:
    """Every day of it."""
    return [span.first + timedelta(days=n) for n in range(span.days)]


def series(area: Area, span: Span, start: float = 5.0, end: float = 2.2, share: float = 0.8) -> PainSeries:
    """Ratings that go from `start` to `end`, on a share of the days."""
    dice = random.Random(f"{area}{span}")
    points, means = [], []
    for n, day in enumerate(days_of(span)):
        if dice.random() > share:
            continue
        level = start + (end - start) * n / span.days + dice.gauss(0, 0.8)
        value = min(10, max(0, round(level)))
        points.append(PainPoint(day, value, value, value, 1))
        recent = [p.total for p in points if (day - p.day).days < WEEK]
        if len(recent) >= 3:
            means.append((day, sum(recent) / len(recent)))
    early = [p.total for p in points if (p.day - span.first).days < WEEK]
    first = Span(span.first, span.first + timedelta(days=WEEK - 1))
    return PainSeries(
        area,
        PainMoment.BEFORE,
        Bin.DAY,
        tuple(points),
        tuple(means),
        sum(early) / len(early) if early else None,
        first if early else None,
        (min(early), max(early)) if early else None,
    )


def helping(pain: PainSeries, span: Span) -> Helping:
    """An answer that fits a series."""
    first = [p.total for p in pain.points if (p.day - span.first).days < WEEK]
    last = [p.total for p in pain.points if (span.last - p.day).days < WEEK]
    if min(len(first), len(last)) < 3:
        return Helping(Answer.EARLY, lacking=Lacking.LAST_WEEK)
    weeks = (
        Week(Span(span.first, span.first + timedelta(days=6)), sum(first) / len(first), len(first)),
        Week(Span(span.last - timedelta(days=6), span.last), sum(last) / len(last), len(last)),
    )
    change = weeks[1].mean - weeks[0].mean
    answer = Answer.LESS if change <= -2 else Answer.MORE if change >= 2 else Answer.SAME
    return Helping(answer, *weeks)


def trend(
    number: int, title: str, kind: Kind, span: Span, sides: Iterable[Side] = (Side.LEFT, Side.RIGHT)
) -> ExerciseTrend:
    """Real repetitions or seconds that grow, the right side a little behind."""
    dice = random.Random(f"{title}{span}")
    points = []
    for n, day in enumerate(days_of(span)):
        if dice.random() < 0.3:
            continue
        for side in sides:
            best = round(8 + 6 * math.sqrt(n / span.days) - (2 if side is Side.RIGHT else 0) + dice.gauss(0, 0.7))
            points.append(TrendPoint(day, side, 2 if n < span.days / 2 else 3, best * 2, best, 2))
    seen = ExerciseSeen(title.lower().replace(" ", "_"), title, kind, 2 * len(points) - number)
    middle = span.first + timedelta(days=span.days // 2)
    both = {Side.LEFT, Side.RIGHT} <= set(sides)
    return ExerciseTrend(seen, Bin.DAY, tuple(points), -2.1 if both else None, ((span.first, 2), (middle, 3)))


SIX = (
    ("Towel toe curls", Kind.REPS, (Side.LEFT, Side.RIGHT)),
    ("Calf raises", Kind.REPS, (Side.BOTH,)),
    ("Single-leg balance", Kind.BALANCE, (Side.LEFT, Side.RIGHT)),
    ("Calf stretch", Kind.HOLD, (Side.LEFT, Side.RIGHT)),
    ("Hamstring stretch", Kind.HOLD, (Side.LEFT, Side.RIGHT)),
    ("Hip flexor stretch", Kind.HOLD, (Side.LEFT, Side.RIGHT)),
)


def calendar(span: Span) -> tuple[Day, ...]:
    """Sessions on most days, Wednesdays off."""
    dice = random.Random(span.days)
    out = []
    for day in days_of(span):
        kind = (
            DayKind.REST if day.weekday() == 2 else dice.choice([DayKind.FULL] * 7 + [DayKind.LIGHTER, DayKind.MISSED])
        )
        done = kind in {DayKind.FULL, DayKind.LIGHTER}
        out.append(Day(day, kind, int(done), 740 if done else 0))
    return tuple(out)


def view(span: Span, pain: tuple[PainSeries, ...], trends: tuple[ExerciseTrend, ...]) -> ProgressView:
    """What goes with these charts."""
    shown = calendar(span)
    done = sum(day.sessions for day in shown)
    planned = sum(day.kind is not DayKind.REST for day in shown)
    recent = Span(max(span.first, span.last - timedelta(days=13)), span.last)
    return ProgressView(
        today=span.last,
        span=span,
        extent=span,
        areas=tuple(AreaSeen(s.area, ((s.moment, len(s.points)),)) for s in pain),
        answers=tuple(AreaProgress(s.area, s.moment, helping(s, span)) for s in pain),
        pain=pain[0] if pain else None,
        sessions=tuple(SessionPoint(d.day, 1, 1, d.seconds) for d in shown if d.sessions),
        periods=(_flare(span),) if span.days > 40 else (),
        calendar=shown,
        year=shown[-371:],
        adherence=Adherence(9, 12, recent),
        span_adherence=Adherence(done, planned, span),
        steadiness=0.8,
        exercises=tuple(t.exercise for t in trends),
        trend=trends[0] if trends else None,
        seconds=done * 740,
    )


def _flare(span: Span) -> Period:
    first = span.first + timedelta(days=30)
    return Period(UUID(int=1), stamp(first), PeriodKind.FLARE, first, first + timedelta(days=4))


def stamp(day: date) -> Stamp:
    """At noon."""
    return Stamp(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), ZONE, day)


def report(
    days: int = 84,
    areas: int = 2,
    exercises: int = 6,
    *,
    sections: frozenset[Section] = EVERYTHING - {Section.FLAGS, Section.NOTES, Section.TESTS},
    paper: Paper = Paper.A4,
    name: str = "",
    extras: Extras | None = None,
) -> Report:
    """A report over so many days up to the middle of November."""
    span = Span(LAST - timedelta(days=days - 1), LAST)
    pain = tuple(
        series(area, span, 5 - n * 0.4, 2.2 if n % 2 == 0 else 5, 0.85 - 0.06 * n)
        for n, area in enumerate(AREAS[:areas])
    )
    named = [
        (*SIX[n % 6][:1], *SIX[n % 6][1:]) if n < 6 else (f"Exercise {n + 1}", Kind.REPS, (Side.BOTH,))
        for n in range(exercises)
    ]
    trends = tuple(trend(n, title, kind, span, sides) for n, (title, kind, sides) in enumerate(named))
    return Report(
        choice=ReportChoice(span, sections, paper, name),
        view=view(span, pain, trends),
        programme=shipped().routines["daily_six"],
        pain=pain,
        trends=trends,
        extras=extras or Extras(),
    )


def nothing(paper: Paper = Paper.A4) -> Report:
    """Of a person who has only just begun."""
    full = report(14, 0, 0, paper=paper)
    empty = replace(
        full.view, extent=None, sessions=(), calendar=(), year=(), adherence=None, span_adherence=None,
        steadiness=None, seconds=0,
    )  # fmt: skip
    return replace(full, view=empty, programme=None)


def extras(notes: Iterable[str] = (), tests: int = 0, flags: int = 0) -> Extras:
    """What may be ticked besides."""
    return Extras(
        tuple(NoteSeen(LAST - timedelta(days=n), text) for n, text in enumerate(notes)),
        tuple(
            FlagAnswer(
                UUID(int=n + 1), stamp(LAST - timedelta(days=n)), f"F{n % 13 + 1}", list(FlagLevel)[n % 3], n == 1
            )
            for n in range(flags)
        ),
        tuple(
            SelfTest(
                UUID(int=n + 1),
                stamp(LAST - timedelta(days=28 * (n // 2))),
                "T4",
                105 + 5 * n,
                (Side.LEFT, Side.RIGHT)[n % 2],
            )
            for n in range(tests)
        ),
    )
