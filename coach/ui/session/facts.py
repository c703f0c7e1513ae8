"""What the session tells the rest of the program to keep, and how it waits until it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.session import Key, PlanChanged, SetDone

if TYPE_CHECKING:
    from coach.domain.pain import Area


class Sign(StrEnum):
    """Something that stops the session at once (rule B1 and the general stop signs of clinical.md 3.7)."""

    SHARP = "sharp"
    SNAP = "snap"
    GAVE_WAY = "gave_way"
    NUMB = "numb_or_weak"
    CHEST = "chest_dizzy_breath"


@dataclass(frozen=True, slots=True)
class PainAnswer:
    """The worst pain of an exercise in one area.

    `nrs` is None when a sign was ticked and no number given: not asked is not zero. `about` is the bout it belongs to.
    `corrects` is the answer to the same question that this one replaces.
    """

    area: Area
    nrs: int | None
    exercise_index: int
    exercise_id: str
    about: Key | None = None
    sign: Sign | None = None
    corrects: PainAnswer | None = None


Fact = SetDone | PlanChanged | PainAnswer


def _replaces(fact: Fact | None, earlier: Fact) -> bool:
    match fact, earlier:
        case PlanChanged(), PlanChanged():
            return True
        case SetDone(), SetDone():
            return fact.key == earlier.key
        case PainAnswer(), PainAnswer():
            return fact.corrects == earlier
        case _:
            return False


@dataclass(slots=True)
class Outbox:
    """Facts on their way to the diary, by token. Nothing leaves it before the diary has said that it is on disk."""

    on_the_way: dict[int, Fact] = field(default_factory=dict)
    failed: dict[int, Fact] = field(default_factory=dict)
    _last: int = 0

    def add(self, fact: Fact) -> int:
        """A new fact; its token."""
        self._last += 1
        self.on_the_way[self._last] = fact
        return self._last

    def again(self, token: int, fact: Fact) -> None:
        """A fact with its token is on its way, maybe not for the first time."""
        self.failed.pop(token, None)
        self.on_the_way[token] = fact

    def kept(self, token: int) -> None:
        """The diary has it. Unknown tokens are old news.

        What failed before and has been replaced by it must not come later: the newest row counts.
        """
        fact = self.on_the_way.pop(token, None)
        for older in [t for t, failed in self.failed.items() if t < token and _replaces(fact, failed)]:
            del self.failed[older]

    def not_kept(self, token: int) -> None:
        """The diary could not keep it; it waits for another try."""
        if token in self.on_the_way:
            self.failed[token] = self.on_the_way.pop(token)

    def retry(self) -> dict[int, Fact]:
        """Everything that failed, on its way again, oldest first."""
        again = dict(sorted(self.failed.items()))
        self.failed.clear()
        self.on_the_way |= again
        return again

    @property
    def waits_for_set(self) -> bool:
        """Whether a finished set has not been answered for: the screen may not move on."""
        return any(isinstance(fact, SetDone) for fact in self.on_the_way.values())
