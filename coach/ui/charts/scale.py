"""Axes without a painter: round values for numbers, and days, weeks or months with labels that never touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from coach.domain.progress.span import Bin, Span
from coach.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ROUND = (1, 2, 5)
_DAY_STEPS = (1, 2, 7, 14, 21, 28)
_DAYS_BY_DATE = 190
"""A longer span is labelled by months."""
_MONTH_STEPS = (1, 2, 3, 6)
_MONTHS_BY_NAME = 96
"""A longer span is labelled by years."""


def nice_step(highest: float, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 ... by which `highest` is reached in `most` steps."""
    power = 1
    while True:
        for digit in _ROUND:
            if digit * power * most >= highest:
                return digit * power
        power *= 10


def nice_ticks(highest: float, most: int = 4) -> tuple[int, ...]:
    """Round values from 0 to something above `highest`, so that the highest point does not touch the top."""
    wanted = max(1.0, highest * 1.05)
    step = nice_step(wanted, most)
    return tuple(range(0, int(-(-wanted // step)) * step + 1, step))


class Grain(StrEnum):
    """What one place of a time axis is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def grain_of(by: Bin) -> Grain:
    """The grain of points that were counted by day or month."""
    return Grain.DAY if by is Bin.DAY else Grain.MONTH


def into_week(day: date) -> int:
    """How many days after the first day of its week, as weeks begin where the person lives."""
    return (day.isoweekday() - QLocale().firstDayOfWeek().value) % 7


@dataclass(frozen=True)
class Times:
    """Equally wide places from the one that holds the first day of a span to the one that holds its last."""

    span: Span
    grain: Grain = Grain.DAY

    @cached_property
    def first(self) -> int:
        """The place of the first day."""
        return self.place(self.span.first)

    @cached_property
    def count(self) -> int:
        """How many places, 1 or more."""
        return self.place(self.span.last) - self.first + 1

    @cached_property
    def _into_week(self) -> int:
        # Day 1 of the calendar that Python counts by was a Monday.
        return 1 - QLocale().firstDayOfWeek().value

    def place(self, day: date) -> int:
        """The place of a day on an axis without beginning or end, the same whatever the span."""
        if self.grain is Grain.MONTH:
            return _month(day)
        return day.toordinal() if self.grain is Grain.DAY else (day.toordinal() - 1 + self._into_week) // 7

    def index(self, day: date) -> int:
        """The place of a day, counted from the first; below 0 or from `count` on outside the span."""
        return self.place(day) - self.first

    def day(self, index: int) -> date:
        """The first day of a place, counted from the first."""
        place = self.first + index
        if self.grain is Grain.MONTH:
            return _first_of(place)
        return date.fromordinal(max(1, place if self.grain is Grain.DAY else place * 7 + 1 - self._into_week))

    def stamp(self, index: int) -> str:
        """A place for a file: `2026-11-12`, or `2026-11` for a month."""
        day = self.day(index).isoformat()
        return day[:7] if self.grain is Grain.MONTH else day

    def words(self, index: int, today: date) -> str:
        """A place in words; with its year where that is not this one."""
        day = self.day(index)
        year = "" if day.year == today.year else " yyyy"
        return day_text(day, "MMMM yyyy" if self.grain is Grain.MONTH else f"ddd d MMM{year}")


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Label:
    """A date under the axis: the place it stands for, its words and where they begin."""

    index: int
    text: str
    left: float


def date_labels(
    times: Times, x: Callable[[float], float], edges: tuple[float, float], measure: Callable[[str], float], gap: float
) -> tuple[Label, ...]:
    """As many dates as stand between the edges with a gap between two, however large the letters are."""
    room = edges[1] - edges[0]
    narrowest = measure("1") + gap
    for ticks in _choices(times):
        if len(ticks) * narrowest <= room and (placed := _placed(ticks, x, edges, measure, gap)):
            return placed
    return ()


def _choices(times: Times) -> Iterator[list[tuple[int, str]]]:
    """From the finest to the coarsest way of labelling, each as places with words."""
    days, months = times.span.days, _month(times.span.last) - _month(times.span.first) + 1
    if days <= _DAYS_BY_DATE and times.grain is not Grain.MONTH:
        yield from _by_days(times)
    if months > 1 and months <= _MONTHS_BY_NAME:
        yield from (_by_months(times, step) for step in _MONTH_STEPS)
    if times.span.first.year < times.span.last.year:
        years = times.span.last.year - times.span.first.year
        yield from (_by_years(times, digit * 10**power) for power in range(3) for digit in _ROUND)
        yield _by_years(times, years)
    pattern = "d MMM yyyy" if times.span.first.year < times.span.last.year else "d MMM"
    yield [(0, day_text(times.span.first, pattern)), (times.count - 1, day_text(times.span.last, pattern))]
    yield [(times.count - 1, day_text(times.span.last, "d MMM"))]


def _by_days(times: Times) -> Iterator[list[tuple[int, str]]]:
    length = 7 if times.grain is Grain.WEEK else 1
    last = times.count - 1
    for step in (step // length for step in _DAY_STEPS if step >= length):
        if last < step and step > 1:
            continue
        # The last day is always named; what would stand closer to it than the others do gives way.
        places = [index for index in range(0, last, step) if last - index >= step * 0.75 or index == 0]
        yield [(index, day_text(times.day(index), "d MMM")) for index in (*places, last)]


def _by_months(times: Times, step: int) -> list[tuple[int, str]]:
    first = _month(times.span.first) + (times.span.first.day > 1 and times.grain is not Grain.MONTH)
    months = [month for month in range(first, _month(times.span.last) + 1) if month % step == 0]
    ticks = []
    years = times.span.first.year < times.span.last.year
    for number, month in enumerate(months):
        named = years and (number == 0 or month // 12 != months[number - 1] // 12)
        text = day_text(_first_of(month), "MMM yyyy" if named else "MMM")
        ticks.append((times.index(_first_of(month)), text))
    return ticks


def _by_years(times: Times, step: int) -> list[tuple[int, str]]:
    first, last = times.span.first, times.span.last
    begun = first.year + ((first.month, first.day) > (1, 1))
    years = [year for year in range(begun, last.year + 1) if year % step == 0] or [last.year]
    return [(times.index(date(year, 1, 1)), str(year)) for year in years]


def _placed(
    ticks: Sequence[tuple[int, str]],
    x: Callable[[float], float],
    edges: tuple[float, float],
    measure: Callable[[str], float],
    gap: float,
) -> tuple[Label, ...]:
    """Centred below their places, moved inwards at the edges; empty where two would touch."""
    labels, rights = [], []
    for index, text in ticks:
        width = measure(text)
        left = max(edges[0], min(x(index) - width / 2, edges[1] - width))
        labels.append(Label(index, text, left))
        rights.append(left + width)
    apart = all(after.left - right >= gap for right, (_, after) in zip(rights, pairwise(labels), strict=False))
    return tuple(labels) if apart and all(right <= edges[1] + 1 for right in rights) else ()


def shifted(span: Span, days: int) -> Span:
    """A span as long, so many days later, as far as there are days."""
    days = max((date.min - span.first).days, min((date.max - span.last).days, days))
    return Span(span.first + timedelta(days=days), span.last + timedelta(days=days))
