"""What the exercise pages show, and how a search finds its way through them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coach.domain.exercise import Exercise, Level
    from coach.errors import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise and the level the person is on."""

    exercise: Exercise
    level_no: int

    @property
    def level(self) -> Level:
        """The person's level."""
        return self.exercise.level(self.level_no)


@dataclass(frozen=True, slots=True)
class ExercisesState:
    """The library."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    person: int = 0


@dataclass(frozen=True, slots=True)
class DetailState:
    """One exercise."""

    entry: Entry
    person: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Words to look for, and facets: AND between the groups, OR inside each."""

    words: str = ""
    areas: frozenset[str] = field(default_factory=frozenset)
    things: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return not (self.words.strip() or self.areas or self.things)

    def passes(self, entry: Entry) -> bool:
        """Whether an exercise is to be shown."""
        return (
            self.finds(entry)
            and (not self.areas or not self.areas.isdisjoint(entry.exercise.areas))
            and (not self.things or not self.things.isdisjoint(entry.level.equipment))
        )

    def finds(self, entry: Entry) -> bool:
        """Whether every word occurs somewhere in the exercise."""
        exercise = entry.exercise
        texts = (exercise.title, exercise.summary, exercise.purpose, *exercise.areas, *exercise.muscles)
        haystack = " ".join((*texts, *entry.level.equipment)).casefold()
        return all(word in haystack for word in self.words.casefold().split())


def facet_counts(entries: Iterable[Entry], others: Filter, values: Callable[[Entry], Iterable[str]]) -> dict[str, int]:
    """For each facet value, in order of appearance, how many exercises it would show under the other filters."""
    counts: dict[str, int] = {}
    for entry in entries:
        for value in values(entry):
            counts[value] = counts.get(value, 0) + int(others.passes(entry))
    return counts
