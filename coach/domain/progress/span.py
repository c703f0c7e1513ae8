"""From which day to which day, and how finely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = 7
DAYS_DRAWN = 1_500
"""Up to so many days each is a point of its own; in a longer span a month is one."""


class Range(StrEnum):
    """The ranges on offer; `OWN` is two dates."""

    TWO_WEEKS = "2w"
    THREE_MONTHS = "3m"
    YEAR = "1y"
    ALL = "all"
    OWN = "own"


_DAYS = {Range.TWO_WEEKS: 14, Range.THREE_MONTHS: 91, Range.YEAR: 365}


class Bin(StrEnum):
    """What one point of a chart stands for; its date is the first day of it."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """Local dates, both included; ValueError when the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            msg = f"a span cannot end ({self.last}) before it begins ({self.first})"
            raise ValueError(msg)

    @property
    def days(self) -> int:
        """How many days, 1 or more."""
        return (self.last - self.first).days + 1

    @property
    def by(self) -> Bin:
        """How finely to draw it."""
        return Bin.DAY if self.days <= DAYS_DRAWN else Bin.MONTH

    def meets(self, other: Span) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def span_of(chosen: Range, today: date, extent: Span | None) -> Span:
    """The days of a range that ends today; `extent` is from the first to the last entry (None: there is none).

    ALL begins with the first entry, and ends later than today only if entries do (a clock that was wrong, a journey).
    ValueError for OWN.
    """
    if chosen is Range.ALL:
        return Span(min(today, extent.first), max(today, extent.last)) if extent else Span(today, today)
    if chosen is Range.OWN:
        msg = "a span of one's own has dates of its own"
        raise ValueError(msg)
    return Span(today - timedelta(days=_DAYS[chosen] - 1), today)


def back(day: date, days: int) -> date:
    """So many days earlier, at the earliest the first day there is."""
    return day - min(timedelta(days=days), day - date.min)


def ahead(day: date, days: int) -> date:
    """So many days later, at the latest the last day there is."""
    return day + min(timedelta(days=days), date.max - day)
