"""Ribbons: outlines lie where the radii say, bend with the joints and keep to the silhouette."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figure.geometry import Point, add, distance, up
from coach.domain.figure.ribbon import Ribbon, RibbonShape

THICK = 0.05


def _round(_: float) -> tuple[float, float]:
    return (THICK, THICK)


def _lopsided(_: float) -> tuple[float, float]:
    return (0.02, 0.06)


def _half(_: float) -> float:
    return 0.5


SHAPE = RibbonShape((0.3, 0.3, 0.2), (0.0, 0.06, 0.05, 0.0), _round)
STRAIGHT = RibbonShape((1.0, 1.0), (0.0, 0.1, 0.0), _lopsided)
DOWN = ((0.0, 2.0), (0.0, 1.0), (0.0, 0.0))


def chain(bends: tuple[float, float], turn: float) -> list[Point]:
    """Joints of `SHAPE` with these bends, the first bone leaning `turn`."""
    joints, lean = [(0.0, 0.0)], turn
    for bone, bend in zip((0.3, 0.3, 0.2), (*bends, 0.0), strict=True):
        joints.append(add(joints[-1], up(lean), bone))
        lean += bend
    return joints


bends = st.tuples(st.floats(-115, 115), st.floats(-115, 115))


def test_the_front_of_a_chain_listed_downwards_is_ahead() -> None:
    ribbon = Ribbon(STRAIGHT, DOWN)
    assert ribbon.point(0.5, 1.0) == pytest.approx((0.02, 1.5))
    assert ribbon.point(0.5, -1.0) == pytest.approx((-0.06, 1.5))
    assert ribbon.point(1.0, 0.0) == pytest.approx((0.0, 1.0))
    assert ribbon.point(0.5, 1.0, 0.01) == pytest.approx((0.03, 1.5))
    assert ribbon.point(0.5, -1.0, 0.01) == pytest.approx((-0.07, 1.5))


@given(bends, st.floats(-180, 180), st.floats(0, 3), st.floats(-1, 1))
def test_a_point_lies_as_far_from_the_centre_line_as_its_radius(
    bent: tuple[float, float], turn: float, u: float, v: float
) -> None:
    ribbon = Ribbon(SHAPE, chain(bent, turn))
    x, y, tx, ty = ribbon.frame(u)
    assert math.hypot(tx, ty) == pytest.approx(1.0)
    assert distance((x, y), ribbon.point(u, v)) == pytest.approx(abs(v) * THICK, abs=1e-9)


@given(bends, st.floats(-180, 180))
def test_the_centre_line_keeps_to_its_bones(bent: tuple[float, float], turn: float) -> None:
    joints = chain(bent, turn)
    ribbon = Ribbon(SHAPE, joints)
    for x, y in ribbon.edge(0.0, 3.0, 0.0):
        assert min(_distance_to_bone((x, y), a, b) for a, b in itertools.pairwise(joints)) <= 0.06


@given(bends, st.floats(-180, 180))
def test_the_centre_line_turns_no_faster_than_its_samples_can_follow(bent: tuple[float, float], turn: float) -> None:
    ribbon = Ribbon(SHAPE, chain(bent, turn))
    places = [ribbon.frame(u) for u in SHAPE.spread(0.0, 3.0)]
    for (_, _, ax, ay), (_, _, bx, by) in itertools.pairwise(places):
        assert math.degrees(math.acos(max(-1.0, min(1.0, ax * bx + ay * by)))) < 45.0


def test_foreshortened_bones_keep_the_same_places() -> None:
    ribbon = Ribbon(SHAPE, [(0.0, 0.6), (0.0, 0.5), (0.0, 0.4), (0.0, 0.3)])
    assert ribbon.frame(1.5)[:2] == pytest.approx((0.0, 0.45))


def test_edges_and_slices_agree_with_points() -> None:
    ribbon = Ribbon(SHAPE, chain((40.0, -30.0), 10.0))
    ahead, behind = ribbon.slice(0.5, 2.5, inflate=0.003)
    us = SHAPE.spread(0.5, 2.5)
    assert ahead == [pytest.approx(ribbon.point(u, 1.0, 0.003)) for u in us]
    assert behind == [pytest.approx(ribbon.point(u, -1.0, 0.003)) for u in reversed(us)]


def test_a_place_asked_for_later_is_there_for_ribbons_made_before() -> None:
    shape = RibbonShape((1.0, 1.0), (0.0, 0.1, 0.0), _round)
    old = Ribbon(shape, DOWN)
    old.edge(0.0, 2.0, 1.0)
    assert old.edge(0.31, 0.52, 1.0)[0] == pytest.approx(old.point(0.31, 1.0))


def test_cut_ends_do_not_change_other_outlines() -> None:
    shape = RibbonShape((1.0, 1.0), (0.0, 0.1, 0.0), _round)
    before = shape.spread(0.0, 2.0)
    Ribbon(shape, DOWN).slice(0.333, 1.777)
    assert shape.spread(0.0, 2.0) == before


def test_a_round_end_bulges_beyond_the_cut_and_a_straight_one_does_not() -> None:
    ribbon = Ribbon(STRAIGHT, DOWN)
    (rounded,) = ribbon.slice(0.5, 2.0, round_end=1.0)
    assert min(y for _, y in rounded) == pytest.approx(-0.04)  # half the width of .08
    assert min(y for run in ribbon.slice(0.5, 2.0) for _, y in run) == pytest.approx(0.0)
    (capped,) = ribbon.slice(0.5, 2.0, round_start=1.0)
    assert max(y for _, y in capped) == pytest.approx(1.54)


def test_a_band_lies_between_its_two_lines() -> None:
    ribbon = Ribbon(STRAIGHT, DOWN)
    first, second = ribbon.band(0.2, 1.8, _half, -1.0)
    assert all(x == pytest.approx(0.01) for x, _ in first)
    assert all(x == pytest.approx(-0.06) for x, _ in second)
    assert first[0][1] > first[-1][1]
    assert second[0][1] < second[-1][1]


@given(st.floats(0.1, 1.0), bends)
def test_a_lens_never_leaves_the_silhouette(size: float, bent: tuple[float, float]) -> None:
    ribbon = Ribbon(SHAPE, chain(bent, 0.0))
    (outline,) = ribbon.lens(0.4, 1.6, -0.98, 0.24, size=size)
    for point in outline:
        nearest = min(distance(point, ribbon.frame(0.4 + 0.006 * k)[:2]) for k in range(201))
        assert nearest <= THICK


def test_a_lens_of_almost_full_size_is_the_lens_of_full_size() -> None:
    ribbon = Ribbon(SHAPE, chain((30.0, 20.0), 0.0))
    (full,), (almost,) = ribbon.lens(0.4, 1.6, 0.9, 0.1), ribbon.lens(0.4, 1.6, 0.9, 0.1, size=0.999999)
    assert len(full) == len(almost)
    for a, b in zip(full, almost, strict=True):
        assert a == pytest.approx(b, abs=1e-5)


def test_a_surface_point_is_lifted_off_the_front() -> None:
    point, along = Ribbon(STRAIGHT, DOWN).surface(0.5, 1.0, 0.01)
    assert point == pytest.approx((0.03, 1.5))
    assert along == pytest.approx((0.0, -1.0))


def test_every_joint_needs_its_rounding() -> None:
    with pytest.raises(ValueError, match="2 bones have 3 joints, not 2"):
        RibbonShape((1.0, 1.0), (0.0, 0.0), _round)


def _distance_to_bone(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)
    t = max(0.0, min(1.0, t))
    return distance(p, (a[0] + dx * t, a[1] + dy * t))
