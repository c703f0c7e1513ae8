"""A pose as an exercise file gives it: keyframes of joint angles, anchors, props, glowing muscles, view."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pose:
    """Placeholder until the kinematics land."""

    view: str
