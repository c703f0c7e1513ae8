"""Vectors, frames, easing, monotone tables and the blending of keyframes."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figure.geometry import (
    Frame,
    Table,
    add,
    angle_of,
    arm_direction,
    between,
    clamp,
    distance,
    minjerk,
    rotate,
    up,
)
from coach.domain.figure.life import BREATH_S, breathing
from coach.domain.figure.pose import Cue, Glow, Keyframe, Tracks
from coach.domain.figure.props import SHOWS

numbers = st.floats(-10, 10, allow_nan=False)
angles = st.floats(-179, 179, allow_nan=False)


def test_leans_and_directions_have_their_signs() -> None:
    assert up(0) == pytest.approx((0, 1))
    assert up(90) == pytest.approx((1, 0))  # leaning forward
    assert arm_direction(0) == pytest.approx((0, -1))
    assert arm_direction(90) == pytest.approx((1, 0))
    assert arm_direction(180) == pytest.approx((0, 1))


@given(angles)
def test_angle_of_inverts_arm_direction(angle: float) -> None:
    assert angle_of(arm_direction(angle)) == pytest.approx(angle, abs=1e-9)


@given(numbers, numbers, angles)
def test_rotating_keeps_lengths_and_turns_clockwise(x: float, y: float, angle: float) -> None:
    turned = rotate((x, y), angle)
    assert math.hypot(*turned) == pytest.approx(math.hypot(x, y), abs=1e-9)
    assert rotate(turned, -angle) == pytest.approx((x, y), abs=1e-9)
    assert rotate((0, 1), angle) == pytest.approx(up(angle))


@given(numbers, numbers, angles, st.lists(st.tuples(numbers, numbers), max_size=5))
def test_a_frame_places_points_like_rotate_and_add(
    x: float, y: float, angle: float, points: list[tuple[float, float]]
) -> None:
    frame = Frame((x, y), angle)
    for local, placed in zip(points, frame.points(points), strict=True):
        assert placed == pytest.approx(add((x, y), rotate(local, angle)), abs=1e-9)
        assert frame(*local) == pytest.approx(placed, abs=1e-12)


def test_between_and_clamp() -> None:
    assert between((0, 0), (2, 4), 0.5) == (1, 2)
    assert distance((0, 0), (3, 4)) == 5
    assert (clamp(-1), clamp(0.4), clamp(7)) == (0, 0.4, 1)


@given(st.floats(0, 1), st.floats(0, 1))
def test_minimum_jerk_rises_from_0_to_1_and_is_symmetric(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert minjerk(low) <= minjerk(high) + 1e-12
    assert minjerk(a) + minjerk(1 - a) == pytest.approx(1)


def test_minimum_jerk_holds_its_ends() -> None:
    assert (minjerk(-3), minjerk(0), minjerk(0.5), minjerk(1), minjerk(9)) == (0, 0, 0.5, 1, 1)


# ------------------------------------------------------------------------------------------------------- monotone table


@st.composite
def knots(draw: st.DrawFn) -> list[tuple[float, float]]:
    steps = draw(st.lists(st.floats(0.1, 2), min_size=2, max_size=8))
    values = draw(st.lists(numbers, min_size=len(steps), max_size=len(steps)))
    out, u = [], 0.0
    for step, value in zip(steps, values, strict=True):
        u += step
        out.append((u, value))
    return out


@given(knots(), st.floats(-1, 20))
def test_a_table_never_leaves_the_range_of_the_knots_around_it(rows: list[tuple[float, float]], u: float) -> None:
    table = Table(rows)
    # The table is made of 240 straight pieces; the two knots around one of them may lie one piece apart.
    piece = (rows[-1][0] - rows[0][0]) / 240
    near = [v for (a, v), (b, w) in pairwise(rows) if a - piece <= u <= b + piece for v in (v, w)]
    near = near or [rows[0][1] if u < rows[0][0] else rows[-1][1]]
    (value,) = table(u)
    assert min(near) - 1e-9 <= value <= max(near) + 1e-9


def test_a_table_goes_through_its_knots_and_keeps_its_ends() -> None:
    table = Table([(0, 1, 10), (1, 3, 20), (4, 2, 5)])
    assert table(0) == pytest.approx((1, 10))
    assert table(1) == pytest.approx((3, 20))
    assert table(-5) == pytest.approx((1, 10))
    assert table(99) == pytest.approx((2, 5))


@pytest.mark.parametrize("rows", [[(0, 1)], [(0, 1), (0, 2)], [(1, 1), (0, 2)]])
def test_a_table_refuses_too_few_or_unordered_knots(rows: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="rising order"):
        Table(rows)


# --------------------------------------------------------------------------------------------------------------- blend


@given(st.lists(numbers, min_size=3, max_size=3), st.floats(0, 1))
def test_a_blend_stays_between_its_keyframes_and_meets_them(row: list[float], progress: float) -> None:
    frames = [Keyframe("a"), Keyframe("b", 0.0, 0.4), Keyframe("c", 0.4, 1.0, smooth=True)]
    tracks = Tracks(frames, {"hip": tuple(row), "still": (7.0,)})
    at = tracks.at(progress)
    assert at["still"] == 7.0
    low, high = sorted(row[:2] if progress <= 0.4 else row[1:])
    assert low - 1e-9 <= at["hip"] <= high + 1e-9
    assert tracks.at(0)["hip"] == pytest.approx(row[0], abs=1e-12)
    assert tracks.at(0.4)["hip"] == pytest.approx(row[1], abs=1e-9)
    assert tracks.at(1)["hip"] == pytest.approx(row[2], abs=1e-9)


def test_overlapping_movements_add_up_and_short_rows_keep_their_last_value() -> None:
    frames = [Keyframe("a"), Keyframe("b", 0.0, 0.5), Keyframe("c", 0.25, 1.0)]
    tracks = Tracks(frames, {"x": (0.0, 1.0, 3.0), "y": (0.0, 1.0)})
    assert tracks.at(0.5)["x"] == pytest.approx(1.0 + 2.0 / 3.0)
    assert tracks.at(1.0) == pytest.approx({"x": 3.0, "y": 1.0})


def test_an_ease_can_be_a_power() -> None:
    assert Keyframe("a", 0.0, 1.0, power=2.0).weight(0.5) == pytest.approx(0.25)


@given(st.floats(0, 600))
def test_breathing_eases_off_by_at_most_three_hundredths(hold_s: float) -> None:
    factor, full = breathing(hold_s)
    assert 0.97 - 1e-9 <= factor <= 1.0
    assert 0.0 <= full <= 1.0
    assert breathing(hold_s + BREATH_S) == pytest.approx((factor, full), abs=1e-6)


def test_a_breath_starts_and_ends_with_the_full_stretch() -> None:
    assert breathing(0.0) == (1.0, 0.0)
    assert breathing(BREATH_S / 2) == pytest.approx((0.97, 1.0))


@pytest.mark.parametrize("name", sorted(SHOWS))
def test_named_shows_rise_in_progress_and_stay_within_0_and_1(name: str) -> None:
    cue = Cue("arrow", SHOWS[name])
    values = [cue.strength(i / 100) for i in range(-5, 106)]
    assert all(0.0 <= v <= 1.0 for v in values)
    assert max(values) == pytest.approx(1.0)


def test_a_glow_grows_with_progress() -> None:
    glow = Glow("calf", power=1.2)
    values = [glow.intensity(i / 10) for i in range(11)]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (0.0, 1.0)
