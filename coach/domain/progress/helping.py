"""Is it helping? The display rule of clinical.md 3.4, in one function.

The rule is ours (P); its thresholds come from V(Childs2005): 2 points is the least change that is more than chance in
one person, and V(Thieme2021): from a start of 4 or less, 1 point matters to people. It says what changed, never why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from coach.domain.progress.span import WEEK, Span, ahead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coach.domain.progress.points import PainPoint

MIN_DAYS = 3
"""Rated days that a week needs to be compared (clinical.md 3.5, P)."""
CLEAR, CLEAR_FROM_LOW, LOW = 2.0, 1.0, 4.0
"""A change of 2 points is clear; a fall of 1 from a start of 4 or less."""


class Answer(StrEnum):
    """What can be said; the order is from good to bad."""

    LESS = "less"
    SAME = "same"
    MORE = "more"
    EARLY = "early"


class Lacking(StrEnum):
    """Why it is too early to say."""

    NOTHING = "nothing"  # no rating in the span
    TOO_SHORT = "too_short"  # the first and the last 7 days overlap
    FIRST_WEEK = "first_week"  # fewer than MIN_DAYS rated in the first 7 days
    LAST_WEEK = "last_week"  # fewer than MIN_DAYS rated in the last 7 days


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of ratings: the days, the unrounded mean of the daily means, and how many days it rests on.

    `low` and `high` are the lowest and the highest single rating.
    """

    span: Span
    mean: float
    days: int
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Helping:
    """The answer for one area, and all that it rests on.

    `first` and `last` are None where too little was rated. `threshold` is the fall that would have been called clear.
    """

    answer: Answer
    first: Week | None = None
    last: Week | None = None
    threshold: float = CLEAR
    lacking: Lacking | None = None

    @property
    def change(self) -> float | None:
        """Last minus first; below zero is less pain."""
        return None if self.first is None or self.last is None else self.last.mean - self.first.mean


def helping(points: Sequence[PainPoint], span: Span) -> Helping:
    """Compare the first 7 days with the last 7 days of a span.

    The first 7 days begin with the first rated day (or some days before it, where the span is short), the last 7 end
    with the last day of the span: a week without ratings at its end is nothing to conclude from.

    Args:
        points: ratings of one area at one moment by day (`Bin.DAY`), ordered; points outside the span are ignored.
            Those between the two weeks do not matter and may be left out.
        span: what the person is looking at.
    """
    start = _start(points, span)
    if start is None:
        return Helping(Answer.EARLY, lacking=Lacking.NOTHING)
    if (span.last - start).days + 1 < 2 * WEEK:
        return Helping(Answer.EARLY, lacking=Lacking.TOO_SHORT)
    first, before = _week(points, Span(start, start + timedelta(days=WEEK - 1)))
    last, after = _week(points, Span(span.last - timedelta(days=WEEK - 1), span.last))
    threshold = CLEAR_FROM_LOW if first is not None and before <= LOW else CLEAR
    if first is None or last is None:
        lacking = Lacking.FIRST_WEEK if first is None else Lacking.LAST_WEEK
        return Helping(Answer.EARLY, first, last, threshold, lacking)
    fall = before - after
    answer = Answer.LESS if fall >= threshold else Answer.MORE if fall <= -CLEAR else Answer.SAME
    return Helping(answer, first, last, threshold)


def first_week(points: Sequence[PainPoint], span: Span) -> Week | None:
    """The first 7 days as `helping` takes them, also where there is nothing yet to compare them with."""
    start = _start(points, span)
    if start is None:
        return None
    return _week(points, Span(start, min(ahead(start, WEEK - 1), span.last)))[0]


def _start(points: Sequence[PainPoint], span: Span) -> date | None:
    """The first day of the first week: the first rated one.

    In a span of two weeks and little more it may be some days earlier, so that whoever did not rate their pain on the
    very first day has two weeks as well.
    """
    start = next((point.day for point in points if point.day in span), None)
    if start is None or span.days < 2 * WEEK or (start - span.first).days >= WEEK:
        return start
    earlier = min(start, span.last - timedelta(days=2 * WEEK - 1))
    found, _ = _week(points, Span(earlier, earlier + timedelta(days=WEEK - 1)))
    return start if found is None else earlier


def _week(points: Sequence[PainPoint], span: Span) -> tuple[Week | None, Fraction]:
    """A week, None where too few of its days were rated; its mean exactly, so that 2 points are 2 points."""
    rated = [point for point in points if point.day in span]
    if len(rated) < MIN_DAYS:
        return None, Fraction(0)
    mean = sum((Fraction(point.total, point.count) for point in rated), Fraction(0)) / len(rated)
    low, high = min(point.low for point in rated), max(point.high for point in rated)
    return Week(span, float(mean), len(rated), low, high), mean
