"""The progress page and the report in one piece: what is read for a choice of range, area and exercise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.domain.pain import PainMoment
from coach.domain.progress.adherence import WINDOW, adherence, calendar, steadiness
from coach.domain.progress.helping import Answer, first_week, helping
from coach.domain.progress.rolling import week_means
from coach.domain.progress.span import WEEK, Bin, Range, Span, ahead, back, span_of
from coach.domain.progress.trend import difference, level_steps
from coach.domain.records import Stamp

if TYPE_CHECKING:
    from datetime import date, datetime

    from coach.domain.exercise import Side
    from coach.domain.pain import Area
    from coach.domain.progress.adherence import Adherence, Day
    from coach.domain.progress.helping import Helping
    from coach.domain.progress.period import FlagAnswer, Period, SelfTest
    from coach.domain.progress.points import AreaSeen, ExerciseSeen, NoteSeen, PainPoint, SessionPoint, TrendPoint
    from coach.services.progress_book import ProgressBook

AT_REST = (PainMoment.BEFORE, PainMoment.MORNING)
"""Ratings that can answer whether it helps; before a session comes first, since it is asked every time."""
YEAR = 53 * WEEK
"""Days of a heat map."""
RECENT = 28
"""Days that left and right are compared in (P)."""
_PIECE = 91
"""Days that are looked through at first for the first rating."""


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
    """The chart of one area at one moment.

    `mean` has the 7-day mean of each day that has enough to make one (by months: each month's mean);
    `domain.progress.rolling.segments` says where its line breaks. `baseline` is the first week's mean, None where it
    cannot be said; `band` its lowest and highest rating.
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

    `areas` and `exercises` are those of the span, `answers` begin with the area that was rated most. `calendar` are the
    days of the span (where it is drawn by months: its last 371), `year` the 53 whole weeks that end with this one.
    `adherence` is of the last 14 days of the calendar, `span_adherence` of all of it; each says its days. `steadiness`
    is as of today, whatever the span. `trend` is None where the span has no set of the exercise that was asked for.
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

    An area or exercise that has nothing in the span gives an empty chart, not another one's. What is read depends on
    the span, not on how long the history is.
    """
    today = Stamp.of(now, zone).local_date
    extent = book.extent()
    span = query.own if query.range is Range.OWN and query.own else span_of(query.range, today, extent)
    if extent is None:
        return _nothing(today, span)
    areas = book.areas(span)
    answers = _answers(book, areas, span)
    sessions, periods, days, year = _days(book, span, today, extent.first)
    exercises = book.exercises(span)
    chosen = query.exercise_id or (exercises[0].exercise_id if exercises else None)
    seen = next((exercise for exercise in exercises if exercise.exercise_id == chosen), None)
    return ProgressView(
        today=today,
        span=span,
        extent=extent,
        areas=areas,
        answers=answers,
        pain=_chosen_series(book, query, areas, answers, span),
        sessions=sessions,
        periods=periods,
        calendar=days,
        year=year,
        adherence=adherence(days[-WINDOW:]),
        span_adherence=adherence(days),
        steadiness=steadiness(year),
        exercises=exercises,
        trend=_trend(book, seen, span) if seen else None,
        seconds=sum(point.seconds for point in sessions),
    )


def all_series(book: ProgressBook, span: Span) -> tuple[PainSeries, ...]:
    """The pain chart of every area rated in the span, for a report, in the order of the answers."""
    areas = book.areas(span)
    moments = {answer.area: answer.moment for answer in _answers(book, areas, span)}
    moments |= {seen.area: _usual(seen) for seen in areas if seen.area not in moments}
    return tuple(_series(book, area, moment, span) for area, moment in moments.items())


def all_trends(book: ProgressBook, span: Span) -> tuple[ExerciseTrend, ...]:
    """The trend of every exercise of the span, for a report."""
    return tuple(_trend(book, seen, span) for seen in book.exercises(span))


def _nothing(today: date, span: Span) -> ProgressView:
    return ProgressView(today, span, None, (), (), None, (), (), (), (), None, None, None, (), None, 0)


def _usual(seen: AreaSeen) -> PainMoment:
    """The moment at which an area was rated on most days."""
    return max(seen.moments, key=lambda rated: rated[1])[0]


def _answers(book: ProgressBook, areas: tuple[AreaSeen, ...], span: Span) -> tuple[AreaProgress, ...]:
    """Whether it helps, for every area rated at rest: the most rated first, of such the one that hurt most to begin."""
    found = []
    for seen in areas:
        at_rest = [moment for moment in AT_REST if seen.days(moment)]
        if at_rest:
            days = max(seen.days(moment) for moment in at_rest)
            answer = _answer(book, seen, at_rest, span)
            start = answer.helping.first.mean if answer.helping.first else 0.0
            found.append(((-days, -start), answer))
    return tuple(answer for _, answer in sorted(found, key=lambda each: each[0]))


def _answer(book: ProgressBook, seen: AreaSeen, moments: list[PainMoment], span: Span) -> AreaProgress:
    """By ratings before exercise if they can tell, else by those of the next morning, else by whichever are more."""
    compared = []
    for moment in moments:
        answer = AreaProgress(seen.area, moment, helping(_ends(book, seen.area, moment, span), span))
        if answer.helping.answer is not Answer.EARLY:
            return answer
        compared.append(answer)
    return max(compared, key=lambda answer: seen.days(answer.moment))


def _ends(book: ProgressBook, area: Area, moment: PainMoment, span: Span) -> tuple[PainPoint, ...]:
    """Daily ratings of a span as far as `helping` needs them: its first rated week and its last days.

    The first rating is looked for in ever longer pieces, so that nothing between the two weeks has to be read.
    """
    first, size = span.first, _PIECE
    while True:
        piece = Span(first, min(ahead(first, size - 1), span.last))
        found = book.pain(area, moment, piece)
        if piece.last == span.last:
            return found
        if found:
            break
        first, size = piece.last + timedelta(days=1), size * 4
    after = piece.last + timedelta(days=1)
    week = Span(after, ahead(after, WEEK - 2))  # what of the first week may lie beyond the piece
    last = Span(back(span.last, WEEK - 1), span.last)
    if week.last >= last.first:
        return found + book.pain(area, moment, Span(after, span.last))
    return found + book.pain(area, moment, week) + book.pain(area, moment, last)


def _chosen_series(
    book: ProgressBook, query: Query, areas: tuple[AreaSeen, ...], answers: tuple[AreaProgress, ...], span: Span
) -> PainSeries | None:
    """The area that was asked for, else the one rated most, at the moment that answers unless one was asked for."""
    moments = {seen.area: _usual(seen) for seen in areas} | {answer.area: answer.moment for answer in answers}
    first = answers[0].area if answers else next(iter(moments), None)
    area = query.area or first
    if area is None:
        return None
    return _series(book, area, query.moment or moments.get(area, PainMoment.BEFORE), span)


def _series(book: ProgressBook, area: Area, moment: PainMoment, span: Span) -> PainSeries:
    if span.by is Bin.MONTH:
        points = book.pain(area, moment, span, Bin.MONTH)
        line = tuple((point.day, point.mean) for point in points)
        week = first_week(_ends(book, area, moment, span), span)
    else:
        # The days before the span belong to the means of its first days: a mean is the same in every range.
        read = book.pain(area, moment, Span(back(span.first, WEEK - 1), span.last))
        points = tuple(point for point in read if point.day >= span.first)
        line = tuple(mean for mean in week_means(read) if mean[0] >= span.first)
        week = first_week(points, span)
    return PainSeries(
        area=area,
        moment=moment,
        by=span.by,
        points=points,
        mean=line,
        baseline=week.mean if week else None,
        baseline_span=week.span if week else None,
        band=(week.low, week.high) if week else None,
    )


def _days(
    book: ProgressBook, span: Span, today: date, begun: date
) -> tuple[tuple[SessionPoint, ...], tuple[Period, ...], tuple[Day, ...], tuple[Day, ...]]:
    """Sessions and periods of the span, its calendar, and the year's."""
    sunday = today + timedelta(days=WEEK - 1 - today.weekday())
    year = Span(back(sunday, YEAR - 1), sunday)
    shown = span if span.by is Bin.DAY else Span(back(span.last, YEAR - 1), span.last)
    spans = (Span(min(shown.first, year.first), max(shown.last, year.last)),) if shown.meets(year) else (shown, year)
    done = [point for each in spans for point in book.sessions(each)]
    periods = [period for each in spans for period in book.periods(each)]
    rules = book.rules_since()
    days, year_days = (calendar(each, done, rules, periods, today, begun) for each in (shown, year))
    if span.by is Bin.MONTH:
        return book.sessions(span, Bin.MONTH), book.periods(span), days, year_days
    own = (p for p in periods if p.first <= span.last and (p.last is None or p.last >= span.first))
    return tuple(point for point in done if point.day in span), tuple(dict.fromkeys(own)), days, year_days


def _trend(book: ProgressBook, seen: ExerciseSeen, span: Span) -> ExerciseTrend:
    points = book.trend(seen.exercise_id, span, span.by)
    recent = Span(max(span.first, back(span.last, RECENT - 1)), span.last)
    if span.by is Bin.MONTH:
        newest = book.trend(seen.exercise_id, recent)
    else:
        newest = tuple(point for point in points if point.day in recent)
    return ExerciseTrend(seen, span.by, points, difference(newest), level_steps(points))
