"""What trends of an exercise say besides their points: level steps, and left against right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.exercise import Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coach.domain.progress.points import TrendPoint


def level_steps(points: Iterable[TrendPoint]) -> tuple[tuple[date, int], ...]:
    """The days from which on another level was worked, the first one included; the highest of a day counts."""
    highest: dict[date, int] = {}
    for point in points:
        highest[point.day] = max(point.level, highest.get(point.day, 0))
    steps: list[tuple[date, int]] = []
    for day, level in highest.items():
        if not steps or steps[-1][1] != level:
            steps.append((day, level))
    return tuple(steps)


def difference(points: Iterable[TrendPoint]) -> float | None:
    """Right minus left in repetitions or seconds of a set, on average; None without both sides."""
    total, sets = {Side.LEFT: 0, Side.RIGHT: 0}, {Side.LEFT: 0, Side.RIGHT: 0}
    for point in points:
        if point.side in total:
            total[point.side] += point.total
            sets[point.side] += point.sets
    if not sets[Side.LEFT] or not sets[Side.RIGHT]:
        return None
    return total[Side.RIGHT] / sets[Side.RIGHT] - total[Side.LEFT] / sets[Side.LEFT]
