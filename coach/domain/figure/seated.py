"""The person on a chair, both feet flat: the small figure that shows where a foot close-up belongs."""

from __future__ import annotations

from typing import Final

from coach.domain.figure.pose import Anchor, Arm, Hold, Keyframe, Leg, LegKind, Pose, RootKind, SidePlan, Tracks, View

_NUMBERS: Final = {
    "root": {"x": 0.0, "y": 0.324, "lean": -3.0},
    "trunk": {"lumbar": -3.0, "thorax": 9.0, "neck": 12.0, "head": 6.0, "shoulder": 0.0},
    "near_leg": {"x": 0.205, "y": 0.0, "pitch": 0.0, "toes": 0.0},
    "far_leg": {"x": 0.235, "y": 0.014, "pitch": 0.0, "toes": 0.0},
    "near_arm": {"x": 0.135, "y": 0.372, "direction": 72.0, "curl": -10.0, "thumb": -28.0},
    "far_arm": {"x": 0.155, "y": 0.382, "direction": 72.0, "curl": -10.0, "thumb": -25.0},
}

_FOOT: Final = Leg(LegKind.CONTACT, Anchor.HEEL)

SEATED: Final = Pose(
    view=View.SIDE,
    scale=1.0,
    centre=0.0,
    tracks=Tracks(
        [Keyframe("seated")],
        {f"{limb}.{name}": (value,) for limb, numbers in _NUMBERS.items() for name, value in numbers.items()},
    ),
    plan=SidePlan(
        root=RootKind.PELVIS,
        anchor=Anchor.HEEL,
        near_leg=_FOOT,
        far_leg=_FOOT,
        near_arm=Arm(Hold.FIXED),
        far_arm=Arm(Hold.FIXED, over_leg=True),
    ),
)
"""Hips and knees at right angles, hands on the thighs; it does not move."""
