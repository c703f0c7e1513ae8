"""The side view's solver: bones keep their lengths, contacts hold, hands and heels go where they should."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figure.check import FRAMES, band_lengths, drifts, faults, upright_gaps
from coach.domain.figure.geometry import distance
from coach.domain.figure.givens import CONTACTS
from coach.domain.figure.pose import Hold, LegKind, Life, Pose, Tracks, View
from coach.domain.figure.side import (
    FOREARM,
    SHANK,
    THIGH,
    UPPER_ARM,
    Body,
    contact_point,
    solve,
)
from tests.domain.figure.shipped import every_side_pose, poses, side_poses

PIXELS = 384
"""Stature in pixels on a 480 pixel frame."""


def bodies(pose: Pose) -> list[Body]:
    return [solve(pose, i / (FRAMES - 1)) for i in range(FRAMES)]


@every_side_pose
def test_shipped_movements_are_sound(name: str) -> None:
    assert faults(side_poses()[name]) == ()


@every_side_pose
def test_contacts_do_not_move_by_a_hundredth_of_a_pixel(name: str) -> None:
    pose = side_poses()[name]
    assert pose.contacts, "a pose must say what is planted"
    for contact, drift in drifts(pose, bodies(pose)):
        assert drift * PIXELS < 0.005, contact


@every_side_pose
def test_contacts_hold_while_breathing(name: str) -> None:
    pose = side_poses()[name]
    start = solve(pose, 1.0)
    for breath, progress in ((0.0, 0.97), (0.5, 0.985), (1.0, 0.97)):
        body = solve(pose, progress, breath)
        for contact in pose.contacts:
            assert distance(contact_point(body, contact), contact_point(start, contact)) * PIXELS < 0.005


@every_side_pose
@pytest.mark.parametrize("progress", [0.0, 0.3, 0.62, 1.0])
def test_bones_keep_their_lengths(name: str, progress: float) -> None:
    body = solve(side_poses()[name], progress)
    for leg in (body.near_leg, body.far_leg):
        assert distance(leg.hip, leg.knee) == pytest.approx(THIGH, abs=2e-4)
        assert distance(leg.knee, leg.ankle) == pytest.approx(SHANK, abs=2e-4)
    for arm in (body.near_arm, body.far_arm):
        assert distance(arm.shoulder, arm.elbow) == pytest.approx(UPPER_ARM)
        assert distance(arm.elbow, arm.wrist) == pytest.approx(FOREARM)


@every_side_pose
def test_nothing_jumps_between_neighbouring_moments(name: str) -> None:
    found = bodies(side_poses()[name])
    for before, after in itertools.pairwise(found):
        for part in ("near_leg", "far_leg"):
            assert distance(getattr(before, part).knee, getattr(after, part).knee) < 0.03
        for part in ("near_arm", "far_arm"):
            # An arm that is raised overhead travels farthest: half a circle in 50 moments.
            assert distance(getattr(before, part).wrist, getattr(after, part).wrist) < 0.045


def test_bands_keep_their_length() -> None:
    strapped = [p for p in side_poses().values() if p.plan is not None and p.plan.near_arm.hold is Hold.STRAP]
    assert len(strapped) >= 2
    for pose in strapped:
        lengths = band_lengths(pose, bodies(pose))
        assert max(lengths) - min(lengths) < 1e-9
        assert lengths[0] == pytest.approx(pose.tracks.values["near_arm.length"][0])


def test_a_heel_on_an_upright_neither_leaves_it_nor_enters_it() -> None:
    leaning = [p for p in side_poses().values() if p.plan is not None and p.plan.near_leg.kind is LegKind.AGAINST]
    assert leaning
    for pose in leaning:
        found = bodies(pose)
        assert max(abs(gap) for gap in upright_gaps(pose, found)) < 1e-9
        heights = [body.near_leg.ankle[1] for body in found]
        assert heights == sorted(heights), "the heel slides up as the knee straightens"


def test_the_slide_of_the_hip_flexor_stretch_stays_small_and_follows_the_tuck() -> None:
    pose = side_poses()["hip_flexor_stretch/half_kneeling"]
    start, tucked, end = (solve(pose, e) for e in (0.0, 0.4, 1.0))
    assert end.trunk.hip[0] - start.trunk.hip[0] < 0.05  # 8 cm at 170 cm
    assert tucked.trunk.hip[0] - start.trunk.hip[0] < 0.01
    assert start.trunk.pelvis - tucked.trunk.pelvis > 8.0


def test_a_chest_full_of_air_lifts_the_head_by_less_than_a_finger() -> None:
    pose = next(p for p in side_poses().values() if p.life is Life.BREATHE)
    empty, full = solve(pose, 1.0, 0.0), solve(pose, 1.0, 1.0)
    moved = distance(empty.trunk.skull, full.trunk.skull)
    assert 0.0005 < moved < 0.01
    assert full.trunk.hip == empty.trunk.hip


@given(st.floats(0, 1))
def test_a_copied_leg_is_the_near_leg_a_little_deeper(progress: float) -> None:
    body = solve(side_poses()["calf_raise/two_legs_support"], progress)
    for joint in ("hip", "knee", "ankle"):
        near, far = getattr(body.near_leg, joint), getattr(body.far_leg, joint)
        assert (far[0] - near[0], far[1] - near[1]) == pytest.approx((0.018, 0.013))


def test_every_declared_contact_name_is_a_point() -> None:
    body = solve(side_poses()["calf_stretch/wall"], 0.5)
    for name in CONTACTS:
        assert all(math.isfinite(c) for c in contact_point(body, name))
    with pytest.raises(KeyError):
        contact_point(body, "near nose")


def test_another_view_has_no_side() -> None:
    front = next(p for p in poses().values() if p.view is View.FRONT)
    with pytest.raises(ValueError, match="has no side view"):
        solve(front, 0.0)
    assert faults(front) == ()


# --------------------------------------------------------------------------------------------------- faults are found


def altered(name: str, **rows: tuple[float, ...]) -> Pose:
    """A shipped pose with some numbers replaced (`near_leg__knee` stands for `near_leg.knee`)."""
    pose = side_poses()[name]
    values = {**pose.tracks.values, **{key.replace("__", "."): row for key, row in rows.items()}}
    return replace(pose, tracks=Tracks(pose.tracks.keyframes, values))


def test_a_hand_out_of_reach_is_reported() -> None:
    assert any("near arm" in f and "stretch" in f for f in faults(altered("calf_stretch/wall", near_arm__x=(0.6,))))


def test_a_sliding_contact_is_reported() -> None:
    assert any("near heel slides" in f for f in faults(altered("calf_stretch/wall", root__x=(-0.028, 0.02))))


def test_a_knee_that_bends_backwards_is_reported() -> None:
    assert any("near knee bends backwards" in f for f in faults(altered("calf_stretch/wall", near_leg__knee=(-8.0,))))


def test_a_foot_in_the_floor_is_reported() -> None:
    sunk = altered("calf_raise/two_legs_support", near_leg__toes=(0.0,))
    assert any("near foot sinks" in f for f in faults(sunk))
