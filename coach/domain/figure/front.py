"""Front view of the standing figure: weight shift, lifted leg, tandem stance, arms and the small life of a hold; no Qt.

Units: stature H = 1, x to the viewer's right, y up, floor at y = 0. The picture is a mirror: the stance leg stands on
the viewer's left here, and the painter flips it for the right leg. Legs that point towards the viewer are given as
their projection. Angles are degrees; a lean is positive clockwise as seen on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame, Point, add, arm_direction, distance, lerp, minjerk
from coach.domain.figure.life import breathing
from coach.domain.figure.pose import Life
from coach.domain.figure.side import FOREARM, SHANK, THIGH, UPPER_ARM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.figure.pose import Pose

HIP_HALF: Final = 0.050
"""Half the distance of the hip joints."""
ANKLE: Final = 0.039
"""Height of the ankle joint above the sole."""
STANCE_X: Final = -0.050
"""Where the standing ankle is, from the middle between the feet."""
SHOULDER: Final = (0.0965, 0.2585)
"""Shoulder joint in the trunk's frame, outwards and up from the middle of the pelvis."""

_LEG: Final = 0.491
_SOFT_KNEE: Final = 0.0015
"""The pelvis hangs this much lower than a locked leg would hold it."""
_KNEE_SHARE: Final = 0.502
_UPPER_ARM_DRAWN: Final = 0.184
_REACH_ELBOW: Final = (0.028, 0.038)
_CABINET_WRIST_X: Final = 0.268


@dataclass(frozen=True, slots=True)
class Motion:
    """What moves in a hold.

    `sway` is about -1..1, `breath` 0 (out) to 1 (in), `yaw` the head's turn in degrees, towards the viewer's right.
    """

    sway: float = 0.0
    breath: float = 0.0
    yaw: float = 0.0


STILL: Final = Motion()


@dataclass(frozen=True, slots=True)
class FrontLeg:
    """Joints of one leg as drawn, the foot's pitch (toes down +) and the hip's flexion towards the viewer."""

    hip: Point
    knee: Point
    ankle: Point
    pitch: float = 0.0
    flexion: float = 0.0


@dataclass(frozen=True, slots=True)
class FrontBody:
    """A solved moment. `stance` is the working leg: the standing one, or the front one of a tandem stance."""

    pelvis: Point
    stance: FrontLeg
    other: FrontLeg
    lean: float
    head: float
    motion: Motion
    numbers: Mapping[str, float]

    def trunk(self) -> Frame:
        """The trunk's frame: origin in the middle of the pelvis, turned by the lean."""
        return Frame(self.pelvis, self.lean)


@dataclass(frozen=True, slots=True)
class FrontArm:
    """Shoulder, elbow, wrist and knuckles of one arm, with x counted outwards from the body's middle."""

    shoulder: Point
    elbow: Point
    wrist: Point
    knuckles: Point


# -------------------------------------------------------------------------------------------------------------- motion
_SWAY_EASES_IN_S: Final = 1.6
_HEAD_TURN_S: Final = 4.0


def sway(hold_s: float) -> float:
    """Balancing sway after `hold_s` seconds of a hold: two slow waves that never quite repeat, eased in from rest."""
    t = max(0.0, hold_s)
    wave = 0.6 * sin(2.0 * pi * t / 3.1) + 0.4 * sin(2.0 * pi * t / 1.9 + 1.0)
    return wave * minjerk(t / _SWAY_EASES_IN_S)


def head_turn(hold_s: float) -> float:
    """Slow head turns, one side every two seconds: -1 to 1, starting in the middle."""
    return sin(2.0 * pi * max(0.0, hold_s) / _HEAD_TURN_S)


def _motion(numbers: Mapping[str, float], life: Life, progress: float, hold_s: float) -> Motion:
    swaying = sway(hold_s) * progress if life is Life.SWAY else 0.0
    chest = breathing(hold_s)[1] * progress if life is not Life.NONE else 0.0
    return Motion(swaying, chest, numbers["head_turn"] * head_turn(hold_s) * progress)


# ---------------------------------------------------------------------------------------------------------------- legs
def _straight(hip: Point, ankle: Point) -> FrontLeg:
    """A leg drawn straight from hip to ankle."""
    knee = ((hip[0] + ankle[0]) / 2.0, lerp(ankle[1], hip[1], _KNEE_SHARE))
    return FrontLeg(hip, knee, ankle)


def _lifted(numbers: Mapping[str, float], hip: Point) -> FrontLeg:
    """The leg bent towards the viewer, projected: bones shorten by the cosine of how far they point at us."""
    flexion, out, shank_out = radians(numbers["hip"]), radians(numbers["thigh_out"]), radians(numbers["shank_out"])
    forward = numbers["knee"] - numbers["hip"]
    knee = (hip[0] + THIGH * sin(out), hip[1] - THIGH * cos(flexion) * cos(out))
    ankle = (
        knee[0] + SHANK * sin(shank_out) - 0.012 * sin(flexion),
        knee[1] - SHANK * cos(radians(forward)) * cos(shank_out),
    )
    return FrontLeg(hip, knee, ankle, forward + numbers["plantar"], numbers["hip"])


def solve(pose: Pose, progress: float, hold_s: float = 0.0, *, still: bool = False) -> FrontBody:
    """The body at `progress` (0 to 1), `hold_s` seconds into the hold.

    A `still` picture, which cannot show a turning head, shows a turned one.
    """
    numbers = pose.numbers_at(progress)
    motion = _motion(numbers, pose.life, progress, hold_s)
    if still:
        motion = Motion(yaw=numbers["head_turn"] * progress)
    solver = solve_tandem if pose.options["stance"] == "tandem" else solve_single_leg
    return solver(numbers, motion)


def solve_single_leg(numbers: Mapping[str, float], motion: Motion = STILL) -> FrontBody:
    """The standing leg is fixed at its ankle and keeps its length; the pelvis' height follows from Pythagoras."""
    x = numbers["pelvis_x"] + 0.006 * motion.sway
    tilt = radians(numbers["roll"])
    half_x, half_y = HIP_HALF * cos(tilt), HIP_HALF * sin(tilt)
    ankle = (STANCE_X, ANKLE + numbers["base"])
    aside = x - half_x - STANCE_X
    hip = (x - half_x, ankle[1] + sqrt(_LEG * _LEG - aside * aside) - _SOFT_KNEE)
    pelvis = (x, hip[1] + half_y)
    return FrontBody(
        pelvis=pelvis,
        stance=_straight(hip, ankle),
        other=_lifted(numbers, (x + half_x, pelvis[1] + half_y)),
        lean=numbers["lean"] + 1.3 * motion.sway,
        head=numbers["head"] - 1.0 * motion.sway,
        motion=motion,
        numbers=numbers,
    )


def solve_tandem(numbers: Mapping[str, float], motion: Motion = STILL) -> FrontBody:
    """Both feet planted where the pose says; the sway moves only what is above them."""
    x, y = numbers["pelvis_x"] + 0.004 * motion.sway, numbers["pelvis_y"]
    return FrontBody(
        pelvis=(x, y),
        stance=_straight((x - HIP_HALF, y), (numbers["front_x"], numbers["front_y"])),
        other=_straight((x + HIP_HALF, y), (numbers["rear_x"], numbers["rear_y"])),
        lean=numbers["lean"] + 0.9 * motion.sway,
        head=numbers["head"] - 0.7 * motion.sway,
        motion=motion,
        numbers=numbers,
    )


def leg_length(leg: FrontLeg) -> float:
    """Length of a leg as drawn, hip to knee to ankle."""
    return distance(leg.hip, leg.knee) + distance(leg.knee, leg.ankle)


# ---------------------------------------------------------------------------------------------------------------- arms
def shoulder(body: FrontBody, side: int) -> Point:
    """The shoulder joint of `side` (-1 viewer's left, 1 right), x outwards."""
    x, y = body.trunk()(side * SHOULDER[0], SHOULDER[1])
    return x * side, y


def reaching_arm(body: FrontBody, side: int, wrist: Point) -> FrontArm:
    """An arm that reaches down and towards the viewer to a fixed wrist (x outwards); both bones are foreshortened."""
    start = shoulder(body, side)
    elbow = (
        lerp(start[0], wrist[0], 0.45) + _REACH_ELBOW[0],
        wrist[1] + _REACH_ELBOW[1],
    )
    far = distance(start, elbow)
    if far > _UPPER_ARM_DRAWN:
        elbow = add(start, (elbow[0] - start[0], elbow[1] - start[1]), _UPPER_ARM_DRAWN / far)
    return FrontArm(start, elbow, wrist, (wrist[0], wrist[1] - 0.02))


def table_arm(body: FrontBody, side: int) -> FrontArm:
    """An arm whose finger tips rest on, or hover over, the table in front: the hand stays where it is."""
    numbers = body.numbers
    return reaching_arm(body, side, (numbers["wrist_x"], numbers["tips"] + numbers["hand_drop"]))


def cabinet_arm(body: FrontBody, side: int) -> FrontArm:
    """An arm whose hand rests on a cabinet beside the body."""
    wrist = (_CABINET_WRIST_X, body.numbers["tips"] + body.numbers["hand_drop"])
    elbow = (wrist[0] - 0.063, wrist[1] + 0.074)
    return FrontArm(shoulder(body, side), elbow, wrist, (wrist[0] + 0.003, wrist[1] - 0.02))


def free_arm(body: FrontBody, side: int) -> FrontArm:
    """An arm held out by angles from hanging, outwards, that see-saws against the sway."""
    numbers = body.numbers
    turn = -body.lean * side + 3.0 * body.motion.sway * side
    start = shoulder(body, side)
    elbow = add(start, arm_direction(numbers["upper_arm"] + turn), UPPER_ARM)
    wrist = add(elbow, arm_direction(numbers["forearm"] + turn), FOREARM)
    return FrontArm(start, elbow, wrist, add(wrist, arm_direction(numbers["hand"] + turn), 0.047))


def crossed_arm(body: FrontBody, side: int) -> FrontArm:
    """An arm crossed on the chest, hand towards the other shoulder; the viewer's left one lies on top."""
    trunk = body.trunk()

    def place(x: float, y: float) -> Point:
        px, py = trunk(side * x, y)
        return px * side, py

    on_top = side < 0
    return FrontArm(
        place(*SHOULDER),
        place(0.1150, 0.118),
        place(-0.010, 0.205) if on_top else place(-0.008, 0.190),
        place(-0.048, 0.236) if on_top else place(-0.046, 0.222),
    )


# ---------------------------------------------------------------------------------------------------------------- head
_SKULL: Final = 0.0535


def on_skull(x: float, yaw: float, lift: float = 1.0) -> float:
    """Where a feature at `x` of the face goes when the head turns.

    It rides on a cylinder, `lift` times its radius out.
    """
    return _SKULL * lift * sin(asin(max(-0.995, min(0.995, x / _SKULL))) + radians(yaw))


def facing(x: float, yaw: float) -> float:
    """How much a feature at `x` of the face still faces the viewer: 1 straight at us, 0 edge on, below 0 hidden."""
    return cos(asin(max(-0.995, min(0.995, x / _SKULL))) + radians(yaw))


def arm_lengths(arm: FrontArm) -> tuple[float, float]:
    """Upper arm and forearm as drawn; never longer than the bones."""
    return distance(arm.shoulder, arm.elbow), distance(arm.elbow, arm.wrist)
