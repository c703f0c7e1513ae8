"""The front view: what is planted stays, bones keep their lengths, a hold is alive but never leaves its contacts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figure import front
from coach.domain.figure.geometry import distance
from coach.domain.figure.pose import Life, Pose
from coach.domain.figure.side import FOREARM, UPPER_ARM
from tests import samples

SINGLE = ("fingertips", "hover", "head_turns", "cushion")
MOVEMENT = [k / 60 for k in range(61)]
HOLD = [k / 15 for k in range(15 * 12)]
FLAT_SOLE = 0.039
STATURE_CM = 170.0


def pose(key: str) -> Pose:
    return samples.shipped().exercises["single_leg_balance"].poses[key]


def bodies(key: str) -> list[front.FrontBody]:
    """Every moment of the movement and of twelve seconds of the hold."""
    p = pose(key)
    return [front.solve(p, e) for e in MOVEMENT] + [front.solve(p, 1.0, t) for t in HOLD]


@pytest.mark.parametrize("key", SINGLE)
def test_the_standing_foot_never_moves(key: str) -> None:
    ankles = {body.stance.ankle for body in bodies(key)}
    assert ankles == {(-0.050, FLAT_SOLE + (0.036 if key == "cushion" else 0.0))}


@pytest.mark.parametrize("key", SINGLE)
def test_the_standing_leg_keeps_its_length(key: str) -> None:
    for body in bodies(key):
        assert distance(body.stance.hip, body.stance.ankle) == pytest.approx(0.4895, abs=1e-4)


@pytest.mark.parametrize("key", SINGLE)
def test_the_foot_is_lifted_5_to_12_cm_and_not_before_the_weight_has_shifted(key: str) -> None:
    p = pose(key)
    ground = front.solve(p, 0.0).other.ankle
    for e in MOVEMENT[:19]:
        assert distance(front.solve(p, e).other.ankle, ground) < 0.0015
    shift = front.solve(p, 0.0).pelvis[0] - front.solve(p, 0.3).pelvis[0]
    assert shift == pytest.approx(0.034)
    heights = [front.solve(p, e).other.ankle[1] for e in MOVEMENT[18:]]
    assert all(a < b for a, b in pairwise(heights))
    assert 5 < (heights[-1] - ground[1]) * STATURE_CM < 12


@pytest.mark.parametrize("key", SINGLE)
def test_the_lifted_leg_is_a_projection_of_its_bones(key: str) -> None:
    for body in bodies(key):
        thigh, shank = distance(body.other.hip, body.other.knee), distance(body.other.knee, body.other.ankle)
        assert 0.245 * cos(radians(34)) - 1e-3 < thigh <= 0.245 + 1e-9
        assert 0.21 < shank <= 0.2465
        assert 0.0 <= body.other.pitch < 45


@pytest.mark.parametrize("key", SINGLE)
def test_the_pelvis_stays_level(key: str) -> None:
    for body in bodies(key):
        assert abs(body.stance.hip[1] - body.other.hip[1]) < 0.004
        assert distance(body.stance.hip, body.other.hip) == pytest.approx(0.1)


@pytest.mark.parametrize("key", SINGLE)
@pytest.mark.parametrize("side", [-1, 1])
def test_arms_are_never_longer_than_their_bones(key: str, side: int) -> None:
    for body in bodies(key):
        upper, fore = front.arm_lengths(front.table_arm(body, side))
        assert 0.05 < upper <= UPPER_ARM
        assert 0.01 < fore <= FOREARM


@pytest.mark.parametrize("key", SINGLE)
def test_hands_stay_where_they_are_while_the_body_sways(key: str) -> None:
    p = pose(key)
    held = [front.solve(p, 1.0, t) for t in HOLD]
    for side in (-1, 1):
        assert len({front.table_arm(body, side).wrist for body in held}) == 1
    assert len({round(body.pelvis[0], 4) for body in held}) > 20
    assert len({round(front.shoulder(body, 1)[0], 4) for body in held}) > 20


def console_top(p: Pose) -> float:
    return next(prop.numbers["height"] for prop in p.props if prop.kind == "console")


def test_finger_tips_rest_on_the_console_or_clear_it() -> None:
    touching, above = pose("fingertips"), [pose(key) for key in ("hover", "head_turns", "cushion")]
    tips = touching.numbers_at(1.0)["tips"]
    assert console_top(touching) - 0.016 < tips < console_top(touching) + 0.004
    for p in above:
        assert p.numbers_at(1.0)["tips"] - console_top(p) > 0.045


def test_only_the_head_turns_level_turns_the_head() -> None:
    for key in (*SINGLE, "tandem"):
        turns = [front.solve(pose(key), 1.0, t).motion.yaw for t in HOLD]
        assert max(turns) == pytest.approx(36.0 if key == "head_turns" else 0.0, abs=0.1)
        assert min(turns) == pytest.approx(-36.0 if key == "head_turns" else 0.0, abs=0.1)


@pytest.mark.parametrize(("t", "yaw"), [(0.0, 0.0), (1.0, 36.0), (2.0, 0.0), (3.0, -36.0), (4.0, 0.0), (21.0, 36.0)])
def test_the_head_turns_to_either_side_every_four_seconds(t: float, yaw: float) -> None:
    assert front.solve(pose("head_turns"), 1.0, t).motion.yaw == pytest.approx(yaw, abs=1e-9)


def test_a_still_picture_shows_a_turned_head_and_no_sway() -> None:
    body = front.solve(pose("head_turns"), 1.0, 1.7, still=True)
    assert body.motion == front.Motion(yaw=36.0)
    assert front.solve(pose("hover"), 1.0, 1.7, still=True).motion == front.STILL


@given(st.floats(-10, 1e4))
def test_sway_is_small_and_starts_from_rest(t: float) -> None:
    assert abs(front.sway(t)) <= 1.0
    assert front.sway(0.0) == 0.0
    assert abs(front.sway(t + 1 / 30) - front.sway(t)) < 0.12


@given(st.floats(0, 1e4))
def test_the_sway_fades_with_the_progress(t: float) -> None:
    p = pose("hover")
    assert front.solve(p, 0.0, t) == front.solve(p, 0.0)


def test_a_pose_without_life_holds_still() -> None:
    p = replace(pose("hover"), life=Life.NONE)
    assert len({front.solve(p, 1.0, t).pelvis for t in HOLD}) == 1


# ------------------------------------------------------------------------------------------------------------- tandem
def test_the_rear_foot_of_a_tandem_stance_never_moves() -> None:
    assert {body.other.ankle for body in bodies("tandem")} == {(0.050, 0.062)}


def test_the_front_foot_steps_over_a_little_arc_and_lands_before_the_rear_one() -> None:
    p = pose("tandem")
    way = [front.solve(p, e).stance.ankle for e in MOVEMENT]
    assert way[0] == (-0.050, FLAT_SOLE)
    assert way[-1] == pytest.approx((0.040, 0.010))
    assert all(a[0] <= b[0] for a, b in pairwise(way))
    assert max(y for _, y in way) > FLAT_SOLE + 0.005


def test_weight_goes_to_the_rear_leg_before_the_front_foot_steps() -> None:
    p = pose("tandem")
    moving = next(e for e in MOVEMENT if front.solve(p, e).stance.ankle[0] > -0.049)
    assert front.solve(p, moving).pelvis[0] > 0.025


def test_tandem_legs_stay_within_6_percent_of_a_leg() -> None:
    for body in bodies("tandem"):
        for leg in (body.stance, body.other):
            assert front.leg_length(leg) == pytest.approx(0.491, rel=0.065)


def test_the_hand_on_the_cabinet_stays_and_reaches() -> None:
    arms = [front.cabinet_arm(body, 1) for body in bodies("tandem")]
    assert len({arm.wrist for arm in arms}) == 1
    for arm in arms:
        upper, fore = front.arm_lengths(arm)
        assert upper <= UPPER_ARM
        assert fore <= FOREARM


def test_free_arms_keep_their_bones_and_see_saw_with_the_sway() -> None:
    for body in bodies("tandem"):
        assert front.arm_lengths(front.free_arm(body, -1)) == pytest.approx((0.186, 0.146))
    swaying = [front.free_arm(body, -1).wrist for body in bodies("tandem")[len(MOVEMENT) :]]
    assert max(x for x, _ in swaying) - min(x for x, _ in swaying) > 0.004


def test_crossed_arms_lie_on_the_chest() -> None:
    body = front.solve(pose("hover"), 1.0)
    for side in (-1, 1):
        arm = front.crossed_arm(body, side)
        upper, fore = front.arm_lengths(arm)
        assert upper <= UPPER_ARM
        assert fore <= 0.155
        assert arm.knuckles[0] < arm.elbow[0]


# --------------------------------------------------------------------------------------------------------------- head
@given(st.floats(-0.05, 0.05), st.floats(-40, 40))
def test_features_stay_on_the_skull(x: float, yaw: float) -> None:
    assert abs(front.on_skull(x, yaw)) <= 0.0535 + 1e-12
    assert front.on_skull(x, 0.0) == pytest.approx(x, abs=1e-12)
    assert front.on_skull(-x, -yaw) == pytest.approx(-front.on_skull(x, yaw), abs=1e-12)
    assert front.facing(x, yaw) == pytest.approx(front.facing(-x, -yaw))


def test_a_feature_moves_to_the_side_the_head_turns_to() -> None:
    assert front.on_skull(0.0, 20.0) > 0.015
    assert front.facing(0.03, 60.0) < front.facing(0.03, 0.0)
