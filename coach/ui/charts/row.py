"""Values in the order of time with their places, found once however often a chart is looked at more closely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """Places (`Times.place`), ascending, and what is there."""

    places: Sequence[int]
    values: Sequence[T]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, T]]) -> Row[T]:
        """From places with their values, in order."""
        found = list(pairs)
        return cls([place for place, _ in found], [value for _, value in found])

    def between(self, first: int, last: int) -> Row[T]:
        """Those at places from `first` to `last`, counted from `first`."""
        start, end = bisect_left(self.places, first), bisect_right(self.places, last)
        return Row([place - first for place in self.places[start:end]], self.values[start:end])

    def at(self, place: int) -> T | None:
        """What is at a place."""
        index = bisect_left(self.places, place)
        return self.values[index] if index < len(self.places) and self.places[index] == place else None

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[tuple[int, T]]:
        return zip(self.places, self.values, strict=True)


def thinned(row: Row[float], bundle: int) -> Row[float]:
    """What is seen of a line with many places to a pixel: of each bundle the lowest and the highest, and the end."""
    if bundle < 2 or len(row) < 3:
        return row
    kept: list[tuple[int, float]] = []
    start, places, values = 0, row.places, row.values
    while start < len(places):
        end = bisect_left(places, (places[start] // bundle + 1) * bundle, start)
        part = values[start:end]
        low, high = part.index(min(part)), part.index(max(part))
        kept += [(places[start + index], part[index]) for index in sorted({low, high})]
        start = end
    if kept[-1][0] != places[-1]:
        kept.append((places[-1], values[-1]))
    return Row.of(kept)
