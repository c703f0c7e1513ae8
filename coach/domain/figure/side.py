"""Side view: from the numbers of a pose to joints. The figure faces +x; `near` is the limb nearer to the viewer.

The body is solved from its planted contact upwards, so what is planted cannot slide: a foot or a kneeling knee
carries the near leg and the trunk, or the hip point is fixed. The other foot and both hands reach their targets with
two bones each.

Bone lengths: Drillis and Contini, in Winter, Biomechanics and Motor Control of Human Movement; the split of the trunk
is ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame, Point, Table, add, angle_of, arm_direction, clamp, distance, rotate, up
from coach.domain.figure.givens import CONTACTS
from coach.domain.figure.pose import Anchor, Arm, Hold, Leg, LegKind, RootKind
from coach.domain.figure.ribbon import Ribbon, RibbonShape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.figure.pose import Pose, SidePlan

THIGH: Final = 0.245
SHANK: Final = 0.246
UPPER_ARM: Final = 0.186
FOREARM: Final = 0.146
LUMBAR: Final = 0.10
MIDDLE: Final = 0.10
CHEST: Final = 0.11
NECK: Final = 0.062

HEEL: Final = (-0.028, -0.039)
"""Heel contact in the foot's frame (origin at the ankle joint, turned by the pitch)."""
BALL: Final = (0.071, -0.027)
"""Pivot of the toes in the foot's frame, `_BALL_ABOVE_SOLE` above the sole."""
GRIP: Final = 0.036
"""Where a band enters the fist, from the wrist."""
SOLE_OF_BAND: Final = (0.055, -0.036)
"""Where a band runs round the sole, in the foot's frame."""

_BALL_ABOVE_SOLE = 0.012
_BACK_OF_HEEL = ((-0.0405, -0.027), (-0.039, -0.013), (-0.030, -0.0385))
_SHOULDER_UP, _SHOULDER_AHEAD = 0.075, 0.004
_FAR_HIP = (0.014, 0.006)
_FAR_SHOULDER = (0.014, 0.004)
_CHEST_SHARE = 0.6
_ALMOST = 1e-4
_BREATH = (-2.0, 1.4, 0.0025)
"""Full lungs lift the chest: degrees added to thorax and neck (the head stays level), rise of the shoulders."""

BODY_PROFILE: Final = Table(
    [
        (0, 0.030, 0.036), (0.2, 0.040, 0.047), (0.55, 0.060, 0.056), (1.0, 0.066, 0.055), (1.5, 0.058, 0.047),
        (2.0, 0.051, 0.042), (2.5, 0.050, 0.052), (2.8, 0.051, 0.064), (3.0, 0.052, 0.071), (3.1, 0.052, 0.073),
        (3.25, 0.053, 0.066), (3.42, 0.052, 0.053), (3.6, 0.049, 0.045), (3.8, 0.041, 0.037), (4.0, 0.0345, 0.031),
        (4.08, 0.032, 0.030), (4.2, 0.027, 0.035), (4.36, 0.0235, 0.041), (4.5, 0.022, 0.038), (4.68, 0.0195, 0.027),
        (4.85, 0.0185, 0.0205), (5.0, 0.0185, 0.0185),
    ]
)  # fmt: skip
"""Front and back radius of trunk and leg; 0 neck base, 1 and 2 spine, 3 hip, 4 knee, 5 ankle."""

BODY: Final = RibbonShape(
    (CHEST, MIDDLE, LUMBAR, THIGH, SHANK),
    (0.0, 0.05, 0.05, 0.075, 0.045, 0.0),
    BODY_PROFILE,
    step=0.04,
    bends=(0, 2, 2, 5, 6, 0),
)


@dataclass(frozen=True, slots=True)
class LegPoints:
    """A solved leg. `thigh`, `shank` are leans, `reach` is distance / length of a leg whose foot is planted."""

    hip: Point
    knee: Point
    ankle: Point
    thigh: float
    shank: float
    pitch: float
    toes: float
    reach: float = 0.0

    @property
    def foot(self) -> Frame:
        """The foot's frame: origin at the ankle, x towards the toes."""
        return Frame(self.ankle, self.pitch)


@dataclass(frozen=True, slots=True)
class ArmPoints:
    """A solved arm; `upper`, `fore` and `hand` are directions (0 down, 90 forward), `reach` as for legs."""

    shoulder: Point
    elbow: Point
    wrist: Point
    upper: float
    fore: float
    hand: float
    curl: float
    thumb: float
    reach: float = 0.0

    @property
    def grip(self) -> Point:
        """The middle of the fist."""
        return add(self.wrist, arm_direction(self.hand), GRIP)


@dataclass(frozen=True, slots=True)
class Trunk:
    """Hip point, spine joints from below, skull base; leans of pelvis, chest and head."""

    hip: Point
    lumbar: Point
    middle: Point
    neck: Point
    skull: Point
    pelvis: float
    chest: float
    head: float
    shoulder: Point


@dataclass(frozen=True, slots=True)
class Body:
    """A solved moment of a side view, with the ribbons of trunk + near leg and trunk + far leg."""

    trunk: Trunk
    near_leg: LegPoints
    far_leg: LegPoints
    near_arm: ArmPoints
    far_arm: ArmPoints
    near: Ribbon
    far: Ribbon


class Numbers:
    """The numbers of one limb, `<limb>.<name>`, out of the pose's."""

    __slots__ = ("_numbers", "_prefix")

    def __init__(self, numbers: Mapping[str, float], limb: str) -> None:
        self._numbers = numbers
        self._prefix = limb + "."

    def __getitem__(self, name: str) -> float:
        return self._numbers[self._prefix + name]


def solve(pose: Pose, progress: float, breath: float = 0.0) -> Body:
    """The body at `progress` (0 to 1), with the chest lifted by `breath` (0 to 1). The pose must be a side view."""
    if pose.plan is None:
        msg = f"a {pose.view} pose has no side view"
        raise ValueError(msg)
    plan, numbers = pose.plan, pose.numbers_at(progress)
    trunk_numbers = Numbers(numbers, "trunk")
    hip, pelvis, near_leg = _root(plan, numbers)
    trunk = _trunk(hip, pelvis, trunk_numbers, breath)
    if near_leg is None:
        near_leg = _leg(plan.near_leg, Numbers(numbers, "near_leg"), hip, pelvis)
    far_leg = _far_leg(plan.far_leg, Numbers(numbers, "far_leg"), near_leg, hip, pelvis)
    near, far = body_ribbon(trunk, near_leg), body_ribbon(trunk, far_leg)
    sole = near_leg.foot(*SOLE_OF_BAND)
    shoulders = (trunk.shoulder, add(trunk.shoulder, _FAR_SHOULDER))
    arms = [
        _arm(arm, Numbers(numbers, name), shoulder, trunk.chest, far if arm.on_far else near, sole)
        for arm, name, shoulder in zip((plan.near_arm, plan.far_arm), ("near_arm", "far_arm"), shoulders, strict=True)
    ]
    return Body(trunk, near_leg, far_leg, arms[0], arms[1], near, far)


def body_ribbon(trunk: Trunk, leg: LegPoints) -> Ribbon:
    """Trunk and leg as one ribbon."""
    return Ribbon(BODY, (trunk.neck, trunk.middle, trunk.lumbar, leg.hip, leg.knee, leg.ankle))


# ---------------------------------------------------------------------------------------------------------- the trunk


def _root(plan: SidePlan, numbers: Mapping[str, float]) -> tuple[Point, float, LegPoints | None]:
    """Hip point, lean of the pelvis, and the near leg where it carries the body."""
    root, leg = Numbers(numbers, "root"), Numbers(numbers, "near_leg")
    if plan.root is RootKind.PELVIS:
        return (root["x"], root["y"]), root["lean"], None
    if plan.root is RootKind.FOOT:
        pitch = root["pitch"]
        ankle = _ankle_over(plan.anchor, (root["x"], root["y"]), pitch)
        shank = pitch + leg["ankle"]
        thigh = shank - leg["knee"]
        knee = add(ankle, up(shank), SHANK)
    else:
        thigh = root["thigh"]
        shank = thigh + leg["knee"]
        knee = (root["x"], root["y"])
        ankle = add(knee, up(shank), -SHANK)
        pitch = shank - leg["ankle"]
    hip = add(knee, up(thigh), THIGH)
    return hip, thigh + leg["hip"], LegPoints(hip, knee, ankle, thigh, shank, pitch, leg["toes"])


def _ankle_over(anchor: Anchor, contact: Point, pitch: float) -> Point:
    """The ankle joint over a planted foot; a contact is given at the sole."""
    x, y = contact
    if anchor is Anchor.ANKLE:
        return contact
    if anchor is Anchor.HEEL:
        vx, vy = rotate(HEEL, pitch)
        return (x - vx, y - vy)
    vx, vy = rotate(BALL, pitch)
    return (x - vx, y + _BALL_ABOVE_SOLE - vy)


def _trunk(hip: Point, pelvis: float, numbers: Numbers, breath: float) -> Trunk:
    upper = pelvis + numbers["lumbar"]
    thorax = numbers["thorax"] + _BREATH[0] * breath
    chest = upper + thorax * _CHEST_SHARE
    lumbar = add(hip, up(pelvis), LUMBAR)
    middle = add(lumbar, up(upper), MIDDLE)
    neck = add(middle, up(upper + thorax), CHEST)
    skull = add(neck, up(chest + numbers["neck"] + _BREATH[1] * breath), NECK)
    shoulder = add(
        add(middle, up(chest), _SHOULDER_UP + _BREATH[2] * breath),
        up(chest + 90.0),
        _SHOULDER_AHEAD + numbers["shoulder"],
    )
    return Trunk(hip, lumbar, middle, neck, skull, pelvis, chest, numbers["head"], shoulder)


# ------------------------------------------------------------------------------------------------------------ the legs


def _leg(leg: Leg, numbers: Numbers, hip: Point, pelvis: float) -> LegPoints:
    if leg.kind is LegKind.CONTACT:
        return _planted_leg(leg.anchor, numbers, hip)
    knee, ankle = numbers["knee"], numbers["ankle"]
    if leg.kind is LegKind.AGAINST:
        bent = _hanging_leg(0.0, knee, ankle, numbers["toes"], hip, pelvis)
        return _hanging_leg(hip_against(bent, numbers["x"]), knee, ankle, numbers["toes"], hip, pelvis)
    return _hanging_leg(numbers["hip"], knee, ankle, numbers["toes"], hip, pelvis)


def _far_leg(leg: Leg, numbers: Numbers, near: LegPoints, hip: Point, pelvis: float) -> LegPoints:
    if leg.kind is not LegKind.COPY:
        return _leg(leg, numbers, add(hip, _FAR_HIP), pelvis)
    shift = (numbers["dx"], numbers["dy"])
    return replace(near, hip=add(near.hip, shift), knee=add(near.knee, shift), ankle=add(near.ankle, shift))


def _hanging_leg(hip_angle: float, knee: float, ankle: float, toes: float, hip: Point, pelvis: float) -> LegPoints:
    """A leg given by its joint angles, from the hip down."""
    thigh = pelvis - hip_angle
    shank = thigh + knee
    knee_point = add(hip, up(thigh), -THIGH)
    return LegPoints(hip, knee_point, add(knee_point, up(shank), -SHANK), thigh, shank, shank - ankle, toes)


def _planted_leg(anchor: Anchor, numbers: Numbers, hip: Point) -> LegPoints:
    """A leg whose foot stands at a point: two bones, the knee bends forward."""
    pitch = numbers["pitch"]
    ankle = _ankle_over(anchor, (numbers["x"], numbers["y"]), pitch)
    apart = distance(hip, ankle)
    used = min(apart, THIGH + SHANK - _ALMOST)
    bend = math.acos(clamp((THIGH**2 + used * used - SHANK**2) / (2 * THIGH * used), -1.0))
    lift = math.atan2(ankle[0] - hip[0], hip[1] - ankle[1]) + bend
    knee = (hip[0] + THIGH * math.sin(lift), hip[1] - THIGH * math.cos(lift))
    shank = math.degrees(math.atan2(knee[0] - ankle[0], knee[1] - ankle[1]))
    reach = apart / (THIGH + SHANK)
    return LegPoints(hip, knee, ankle, -math.degrees(lift), shank, pitch, numbers["toes"], reach)


def hip_against(leg: LegPoints, x: float) -> float:
    """Hip flexion at which the heel of `leg`, given with the hip straight, just touches an upright at `x`.

    The whole leg turns about the hip; of the points at the back of the heel the one that touches first decides.
    """
    angles = []
    for local in _BACK_OF_HEEL:
        px, py = leg.foot(*local)
        dx, dy = px - leg.hip[0], py - leg.hip[1]
        reach = math.hypot(dx, dy)
        angles.append(math.degrees(math.acos(clamp((x - leg.hip[0]) / reach, -1.0)) - math.atan2(dy, dx)))
    return max(angles)


def heel_front(leg: LegPoints) -> float:
    """The largest x of the back of the heel: where a heel that rests against an upright touches it."""
    return max(leg.foot(*local)[0] for local in _BACK_OF_HEEL)


# ------------------------------------------------------------------------------------------------------------ the arms


def _arm(arm: Arm, numbers: Numbers, shoulder: Point, chest: float, leg: Ribbon, sole: Point) -> ArmPoints:
    if arm.hold is Hold.FREE:
        return _hanging_arm(numbers, shoulder, chest)
    if arm.hold is Hold.FIXED:
        wrist, direction = (numbers["x"], numbers["y"]), numbers["direction"]
    elif arm.hold is Hold.ON:
        wrist, along = leg.surface(numbers["along"], 1.0, numbers["lift"])
        wrist = add(wrist, (numbers["dx"], numbers["dy"]))
        direction = angle_of(along) + numbers["turn"]
    else:
        wrist, direction = _on_band(numbers, sole)
    return _reaching_arm(wrist, direction, numbers, shoulder)


def _hanging_arm(numbers: Numbers, shoulder: Point, chest: float) -> ArmPoints:
    upper = numbers["shoulder"] - chest
    fore = upper + numbers["elbow"]
    elbow = add(shoulder, arm_direction(upper), UPPER_ARM)
    wrist = add(elbow, arm_direction(fore), FOREARM)
    return ArmPoints(shoulder, elbow, wrist, upper, fore, fore + numbers["wrist"], numbers["curl"], numbers["thumb"])


def _on_band(numbers: Numbers, sole: Point) -> tuple[Point, float]:
    """Wrist and hand direction on the straight line from the sole to the aim, at constant band length."""
    dx, dy = numbers["aim_x"] + numbers["dx"] - sole[0], numbers["aim_y"] + numbers["dy"] - sole[1]
    share = numbers["length"] / math.hypot(dx, dy)
    direction = angle_of((-dx, -dy))
    return add(add(sole, (dx, dy), share), arm_direction(direction), -GRIP), direction


def _reaching_arm(wrist: Point, direction: float, numbers: Numbers, shoulder: Point) -> ArmPoints:
    """An arm whose wrist is given: two bones, the elbow bends down and back."""
    apart = distance(shoulder, wrist)
    used = min(apart, UPPER_ARM + FOREARM - _ALMOST)
    bend = math.acos(clamp((UPPER_ARM**2 + used * used - FOREARM**2) / (2 * UPPER_ARM * used), -1.0))
    swing = math.atan2(wrist[0] - shoulder[0], shoulder[1] - wrist[1]) - bend
    elbow = (shoulder[0] + UPPER_ARM * math.sin(swing), shoulder[1] - UPPER_ARM * math.cos(swing))
    fore = math.atan2(wrist[0] - elbow[0], elbow[1] - wrist[1])
    return ArmPoints(
        shoulder, elbow, add(elbow, (math.sin(fore), -math.cos(fore)), FOREARM), math.degrees(swing),
        math.degrees(fore), direction, numbers["curl"], numbers["thumb"], apart / (UPPER_ARM + FOREARM),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- contacts


def contact_point(body: Body, name: str) -> Point:
    """The point of this name; KeyError for a name not in `CONTACTS`."""
    if name not in CONTACTS:
        raise KeyError(name)
    if name == "hip":
        return body.trunk.hip
    side, point = name.split(" ")
    leg, arm = (body.near_leg, body.near_arm) if side == "near" else (body.far_leg, body.far_arm)
    if point == "wrist":
        return arm.wrist
    if point == "heel":
        return leg.foot(*HEEL)
    if point == "ball":
        return leg.foot(*BALL)
    return leg.ankle if point == "ankle" else leg.knee
