"""What is wrong with a side view: contacts that slide, limbs that cannot reach, joints that bend backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import distance
from coach.domain.figure.pose import Anchor, Hold, LegKind, View
from coach.domain.figure.side import SOLE_OF_BAND, Body, contact_point, heel_front, solve
from coach.domain.figure.soles import lowest

if TYPE_CHECKING:
    from coach.domain.figure.pose import Leg, Pose
    from coach.domain.figure.side import LegPoints

FRAMES: Final = 61

_DRIFT: Final = 1e-6
"""Statures; about 0.0004 pixels on a 480 pixel frame."""
_STRAIGHT: Final = -0.5
_SINKS, _FLOATS = 0.003, 0.004


def faults(pose: Pose, frames: int = FRAMES) -> tuple[str, ...]:
    """One sentence per fault over `frames` moments; none for a sound pose or another view."""
    if pose.view is not View.SIDE or pose.plan is None:
        return ()
    moments = [i / (frames - 1) for i in range(frames)]
    bodies = [solve(pose, e) for e in moments]
    found = [f"{name} slides by {drift:.4f} of the stature" for name, drift in drifts(pose, bodies) if drift > _DRIFT]
    for name, value in _reaches(bodies):
        if value > pose.reach:
            found.append(f"the {name} would have to stretch to {value:.3f} of its length, allowed is {pose.reach:g}")
    for name, least in _bends(bodies):
        if least < _STRAIGHT:
            found.append(f"the {name} bends backwards by {-least:.0f} degrees")
    for side, leg in (("near", pose.plan.near_leg), ("far", pose.plan.far_leg)):
        found += _standing_faults(side, leg, pose, bodies)
    return tuple(found)


def drifts(pose: Pose, bodies: list[Body]) -> list[tuple[str, float]]:
    """How far each declared contact moves from where it begins."""
    out = []
    for name in pose.contacts:
        start = contact_point(bodies[0], name)
        out.append((name, max(distance(contact_point(body, name), start) for body in bodies)))
    return out


def band_lengths(pose: Pose, bodies: list[Body]) -> list[float]:
    """Length of a band between sole and near fist at every moment; empty without a band."""
    if pose.plan is None or pose.plan.near_arm.hold is not Hold.STRAP:
        return []
    return [distance(body.near_leg.foot(*SOLE_OF_BAND), body.near_arm.grip) for body in bodies]


def upright_gaps(pose: Pose, bodies: list[Body]) -> list[float]:
    """Distance of the near heel from the upright it slides on; empty without one."""
    if pose.plan is None or pose.plan.near_leg.kind is not LegKind.AGAINST:
        return []
    x = pose.tracks.values["near_leg.x"][0]
    return [heel_front(body.near_leg) - x for body in bodies]


def _reaches(bodies: list[Body]) -> list[tuple[str, float]]:
    return [
        ("near arm", max(b.near_arm.reach for b in bodies)),
        ("far arm", max(b.far_arm.reach for b in bodies)),
        ("near leg", max(b.near_leg.reach for b in bodies)),
        ("far leg", max(b.far_leg.reach for b in bodies)),
    ]


def _bends(bodies: list[Body]) -> list[tuple[str, float]]:
    def turn(degrees: float) -> float:
        return (degrees + 180.0) % 360.0 - 180.0

    return [
        ("near knee", min(b.near_leg.shank - b.near_leg.thigh for b in bodies)),
        ("far knee", min(b.far_leg.shank - b.far_leg.thigh for b in bodies)),
        ("near elbow", min(turn(b.near_arm.fore - b.near_arm.upper) for b in bodies)),
        ("far elbow", min(turn(b.far_arm.fore - b.far_arm.upper) for b in bodies)),
    ]


def _standing_faults(side: str, leg: Leg, pose: Pose, bodies: list[Body]) -> list[str]:
    """A planted foot neither sinks into what it stands on nor floats above it."""
    plane = _plane(side, leg, pose)
    if plane is None:
        return []
    points: list[LegPoints] = [b.near_leg if side == "near" else b.far_leg for b in bodies]
    # A foot on its ball may let the heel hang below the edge of a step.
    heights = [lowest(p) for p in points if p.pitch >= 0.0 or _anchor(side, leg, pose) is Anchor.HEEL]
    if not heights:
        return []
    out = []
    if min(heights) < plane - _SINKS:
        out.append(f"the {side} foot sinks {plane - min(heights):.4f} into what it stands on")
    if max(heights) > plane + _FLOATS:
        out.append(f"the {side} foot floats {max(heights) - plane:.4f} above what it stands on")
    return out


def _anchor(side: str, leg: Leg, pose: Pose) -> Anchor:
    return pose.plan.anchor if leg.kind is LegKind.ROOT and pose.plan is not None and side == "near" else leg.anchor


def _plane(side: str, leg: Leg, pose: Pose) -> float | None:
    """Height of the ground under a planted foot, None for a foot that is not."""
    values = pose.tracks.values
    if leg.kind is LegKind.CONTACT and leg.anchor is not Anchor.ANKLE:
        return values[f"{side}_leg.y"][0]
    if leg.kind is LegKind.ROOT and "root.pitch" in values and _anchor(side, leg, pose) is not Anchor.ANKLE:
        return values["root.y"][0]
    return None
