"""Is it helping? The display rule of clinical.md 3.4, in one function.

The rule is ours (P); its thresholds come from V(Childs2005): 2 points is the least change that is more than chance in
one person, and V(Thieme2021): from a start of 4 or less, 1 point matters to people. It says what changed, never why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.progress.points import PainPoint
    from coach.domain.progress.span import Span

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
    """Seven days of ratings: the days, the unrounded mean of the daily means, and how many days it rests on."""

    span: Span
    mean: float
    days: int


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

    The first 7 days begin with the first rated day, the last 7 end with the last day of the span: a week without
    ratings at its end is nothing to conclude from.

    Args:
        points: ratings of one area at one moment by day (`Bin.DAY`), ordered; points outside the span are ignored.
        span: what the person is looking at.
    """
    raise NotImplementedError
