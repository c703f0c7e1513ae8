"""Level steps and the difference between left and right."""

from __future__ import annotations

from datetime import date, timedelta

from coach.domain.exercise import Side
from coach.domain.progress.points import TrendPoint
from coach.domain.progress.trend import difference, level_steps

FIRST = date(2026, 2, 1)


def point(day: int, side: Side = Side.BOTH, level: int = 2, total: int = 10, sets: int = 1) -> TrendPoint:
    return TrendPoint(FIRST + timedelta(days=day), side, level, total, total, sets)


def test_steps_are_the_days_on_which_the_level_changed() -> None:
    points = [point(day, level=level) for day, level in enumerate([1, 1, 2, 2, 1, 3])]
    assert [((day - FIRST).days, level) for day, level in level_steps(points)] == [(0, 1), (2, 2), (4, 1), (5, 3)]


def test_the_highest_level_of_a_day_counts_on_either_side() -> None:
    points = [point(0, Side.LEFT, 1), point(0, Side.RIGHT, 2), point(1, Side.LEFT, 2), point(1, Side.RIGHT, 1)]
    assert level_steps(points) == ((FIRST, 2),)
    assert level_steps([]) == ()


def test_the_difference_is_right_minus_left_of_a_set() -> None:
    points = [point(0, Side.LEFT, total=24, sets=2), point(0, Side.RIGHT, total=10), point(1, Side.RIGHT, total=5)]
    assert difference(points) == 7.5 - 12


def test_only_one_side_has_no_difference() -> None:
    assert difference([point(0, Side.LEFT), point(1, Side.LEFT)]) is None
    assert difference([point(0, Side.RIGHT)]) is None
    assert difference([point(0, Side.BOTH)]) is None
    assert difference([]) is None


def test_sets_of_both_legs_do_not_count_for_a_side() -> None:
    assert difference([point(0, Side.LEFT), point(0, Side.RIGHT, total=12), point(0, Side.BOTH, total=99)]) == 2
