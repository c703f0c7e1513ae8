"""A pain check-in in the making: which areas there are, what was answered, what comes next. Two views show it.

Blank means not asked and is never zero. `0` is an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from coach.domain.pain import Area, BodySide, Region, check_nrs

REGIONS = (
    Region.LOW_BACK,
    Region.HIP,
    Region.KNEE,
    Region.SHIN,
    Region.CALF_ACHILLES,
    Region.ANKLE,
    Region.HEEL_SOLE,
    Region.FOREFOOT_TOES,
)
"""From the back down, as the body map reads."""


def sides_of(region: Region) -> tuple[BodySide, ...]:
    """Left and right, with a centre for the low back."""
    if region is Region.LOW_BACK:
        return (BodySide.LEFT, BodySide.CENTRE, BodySide.RIGHT)
    return (BodySide.LEFT, BodySide.RIGHT)


ALL_AREAS = tuple(Area(region, side) for region in REGIONS for side in sides_of(region))


@dataclass(frozen=True, slots=True)
class LastRating:
    """The newest earlier answer of an area; `when` in words, such as yesterday or Fri 13 Nov."""

    nrs: int
    when: str


class CheckIn(QObject):
    """Answers so far. `changed` after anything is different."""

    changed = Signal()

    def __init__(
        self, active: tuple[Area, ...] = (), last: dict[Area, LastRating] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.active = active
        self.last = dict(last or {})
        self._answers: dict[Area, int] = {}
        self._current: Area | None = active[0] if active else None

    @property
    def answers(self) -> tuple[tuple[Area, int], ...]:
        """What was answered, in the order of the list."""
        return tuple((area, self._answers[area]) for area in ALL_AREAS if area in self._answers)

    @property
    def current(self) -> Area | None:
        """The area being asked about."""
        return self._current

    def answer(self, area: Area) -> int | None:
        """The number of an area, or None."""
        return self._answers.get(area)

    @property
    def unanswered(self) -> tuple[Area, ...]:
        """Active areas without an answer: these are required."""
        return tuple(area for area in self.active if area not in self._answers)

    @property
    def can_save(self) -> bool:
        """Something was answered and nothing required is missing."""
        return bool(self._answers) and not self.unanswered

    @property
    def can_repeat(self) -> bool:
        """Every active area has an earlier answer to repeat."""
        return bool(self.active) and all(area in self.last for area in self.active)

    def select(self, area: Area) -> None:
        """Ask about an area."""
        if area != self._current:
            self._current = area
            self.changed.emit()

    def rate(self, nrs: int | None) -> None:
        """Answer for the area being asked about; None takes the answer back."""
        if self._current is None:
            return
        if nrs is None:
            self._answers.pop(self._current, None)
        else:
            self._answers[self._current] = check_nrs(nrs)
        self.changed.emit()

    def repeat_last(self) -> None:
        """No change: every active area as it was last time."""
        for area in self.active:
            if area in self.last:
                self._answers[area] = self.last[area].nrs
        self.changed.emit()

    def nothing_hurts(self) -> None:
        """An explicit zero everywhere."""
        self._answers = dict.fromkeys(ALL_AREAS, 0)
        self.changed.emit()

    def next_area(self) -> None:
        """On to the next active area without an answer, else down the list."""
        if self.unanswered:
            rest = self.unanswered
            later = [area for area in rest if self._place(area) > self._place(self._current)]
            self.select((later or list(rest))[0])
        else:
            self.select(ALL_AREAS[(self._place(self._current) + 1) % len(ALL_AREAS)])

    def move(self, rows: int = 0, sides: int = 0) -> None:
        """Go by rows (down is positive) or sides (right is positive) in the list."""
        if self._current is None:
            self.select(ALL_AREAS[0])
            return
        row = REGIONS.index(self._current.region) + rows
        region = REGIONS[min(len(REGIONS) - 1, max(0, row))]
        there = sides_of(region)
        if self._current.side in there:
            column = there.index(self._current.side) + sides
        else:
            column = 0 if sides <= 0 else len(there) - 1
        self.select(Area(region, there[min(len(there) - 1, max(0, column))]))

    def set_side(self, side: BodySide) -> None:
        """The same region on another side, if it has it."""
        if self._current is not None and side in sides_of(self._current.region):
            self.select(Area(self._current.region, side))

    def _place(self, area: Area | None) -> int:
        return -1 if area is None else ALL_AREAS.index(area)
