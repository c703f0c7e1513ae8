"""The line through daily ratings: a mean of 7 days, and where it breaks."""

from __future__ import annotations

from collections import deque
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from coach.domain.progress.span import WEEK, Bin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.progress.points import PainPoint

Line = tuple[tuple[date, float], ...]
"""Days and means, in order."""

MIN_DAYS = 3
"""Rated days that a mean of 7 days rests on at least (P)."""
_GAP = {Bin.DAY: WEEK, Bin.MONTH: 31}


def week_means(points: Sequence[PainPoint]) -> Line:
    """For each rated day the mean of the daily means of it and the 6 days before, where at least 3 were rated.

    `points` are daily and ordered. Days that were not rated have none, so that nothing is drawn through a gap.
    """
    days: deque[int] = deque()
    means: deque[float] = deque()
    line = []
    for point in points:
        day = point.day.toordinal()
        days.append(day)
        means.append(point.total / point.count)
        while days[0] <= day - WEEK:
            days.popleft()
            means.popleft()
        if len(means) >= MIN_DAYS:
            line.append((point.day, sum(means) / len(means)))
    return tuple(line)


def segments(line: Line, by: Bin = Bin.DAY) -> tuple[Line, ...]:
    """The pieces to draw: it breaks where two neighbours are more than 7 days apart, or more than a month by months."""
    cuts = [n for n, (one, other) in enumerate(pairwise(line), 1) if (other[0] - one[0]).days > _GAP[by]]
    return tuple(line[a:b] for a, b in pairwise([0, *cuts, len(line)]) if a < b)
