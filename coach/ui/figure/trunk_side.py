"""Shirt and arms of the side view."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame, Table, add, arm_direction, clamp
from coach.domain.figure.ribbon import Ribbon, RibbonShape
from coach.domain.figure.side import FOREARM, UPPER_ARM
from coach.ui.figure.canvas import clip_path, open_path, runs_path, smooth_to
from coach.ui.figure.hands import paint_hand
from coach.ui.figure.palette import fade

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from coach.domain.figure.pose import Arm
    from coach.domain.figure.side import ArmPoints, Trunk
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

_SLEEVE: Final = 0.60
_CUFF: Final = 0.045
_ARM_PROFILE: Final = Table(
    [
        (0, 0.033, 0.033), (0.25, 0.033, 0.032), (0.55, 0.028, 0.028), (0.85, 0.0225, 0.023), (1.0, 0.0215, 0.0225),
        (1.2, 0.0235, 0.0235), (1.45, 0.0215, 0.022), (1.8, 0.015, 0.0155), (2.0, 0.0135, 0.014), (2.2, 0.0138, 0.0142),
        (3.0, 0.0138, 0.0142),
    ]
)  # fmt: skip
ARM: Final = RibbonShape(
    (UPPER_ARM, FOREARM, 0.03), (0.0, 0.035, 0.012, 0.0), _ARM_PROFILE, step=0.035, bends=(0, 5, 3, 0)
)
"""Shoulder, elbow, wrist, and a little of the hand."""


def arm_ribbon(arm: ArmPoints) -> Ribbon:
    """The arm down into the back of the hand."""
    return Ribbon(ARM, (arm.shoulder, arm.elbow, arm.wrist, add(arm.wrist, arm_direction(arm.hand), 0.03)))


# ----------------------------------------------------------------------------------------------------------------- arm


def _sleeve_cloth(u: float) -> float:
    return 0.0035 + 0.0035 * math.pow(max(0.0, u) / _SLEEVE, 1.5)


def _arm_shade(t: float) -> float:
    return -1.0 + 0.62 * math.pow(max(0.0, math.sin(math.pi * t)), 0.6)


def _sleeve_shade(t: float) -> float:
    return -1.0 + 0.62 * math.pow(min(1.0, t * 2.2), 0.7)


def _cast(t: float) -> float:
    return 1.0 - 2.0 * math.pow(min(1.0, t * 2.6), 0.8)


def paint_arm(canvas: Canvas, arm: ArmPoints, style: Arm, colours: Palette, shirt: QPainterPath | None = None) -> None:
    """Draw an arm with its sleeve and hand; over a shirt it casts a soft contact shadow on it."""
    ribbon = arm_ribbon(arm)
    if shirt is not None:
        painter = canvas.painter
        painter.save()
        clip_path(painter, shirt)
        painter.translate(-0.012, -0.010)
        canvas.fill(ribbon.band(0.10, 1.9, 1.0, _cast, 0.004), fade(colours.shirt_d, 0.50))
        painter.restore()
    paint_hand(canvas, arm, style, colours)
    canvas.fill(ribbon.slice(0.2, 2.35, round_end=0.5), colours.skin)
    canvas.fill(ribbon.band(0.5, 2.2, _arm_shade, -1.0), fade(colours.skin_d, 0.42))
    canvas.fill(ribbon.slice(0.0, _SLEEVE, inflate=_sleeve_cloth, round_start=0.5), colours.shirt)
    canvas.fill(ribbon.band(0.0, _SLEEVE, _sleeve_shade, -1.0, _sleeve_cloth), fade(colours.shirt_d, 0.62))
    canvas.fill(ribbon.slice(_SLEEVE - _CUFF, _SLEEVE, inflate=_sleeve_cloth), fade(colours.shirt_d, 0.55))


# --------------------------------------------------------------------------------------------------------------- shirt


def _shirt_cloth(u: float) -> float:
    return 0.004 + 0.003 * max(0.0, u - 1.8)


def _shirt_shade(t: float) -> float:
    return -1.0 + 0.60 * math.pow(min(1.0, t * 3.0), 0.7)


def paint_shirt(canvas: Canvas, ribbon: Ribbon, trunk: Trunk, colours: Palette) -> QPainterPath:
    """Draw the shirt over the body ribbon; returns its outline."""
    chest = Frame(trunk.neck, trunk.chest)
    behind = ribbon.edge(0.06, 2.82, -1.0, _shirt_cloth)
    behind.reverse()
    path = open_path(ahead := ribbon.edge(0.24, 2.86, 1.0, _shirt_cloth))
    hem = ribbon.point(2.90, -0.1, 0.004)
    path.quadTo(*hem, *behind[0])
    smooth_to(path, [*behind, chest(-0.030, 0.004)])
    collar, end = chest(-0.002, -0.022), chest(0.031, -0.024)
    path.quadTo(*collar, *end)
    path.lineTo(*ahead[0])
    path.closeSubpath()
    canvas.path(path, colours.shirt)
    canvas.fill(ribbon.band(0.35, 2.81, _shirt_shade, -1.0, _shirt_cloth), fade(colours.shirt_d, 0.62))
    canvas.fill(ribbon.lens(0.45, 2.7, 0.90, 0.50, power=0.6), fade(colours.shirt_l, 0.35))
    _folds(canvas, ribbon, trunk, colours)
    canvas.bend(chest(-0.029, 0.002), collar, end, colours.shirt_d, 0.0075)
    return path


_FOLDS: Final = ((2.02, 0.90, 0.10), (2.32, 0.97, -0.05), (2.58, 0.97, 0.20))
"""Place, where it starts at the belly and where it ends across."""


def _folds(canvas: Canvas, ribbon: Ribbon, trunk: Trunk, colours: Palette) -> None:
    """Creases at the belly that deepen as the hip bends."""
    joints = ribbon.joints
    thigh = math.degrees(math.atan2(joints[3][0] - joints[4][0], joints[3][1] - joints[4][1]))
    strength = clamp((trunk.pelvis - thigh - 25.0) / 60.0)
    if strength <= 0.0:
        return
    for u, start, end in _FOLDS:
        a, b = ribbon.point(u, start), ribbon.point(u + 0.10, end)
        middle = ribbon.point(u + 0.12, (start + end) / 2)
        canvas.bend(a, middle, b, fade(colours.shirt_d, 0.55 * strength), 0.0038)


def arm_path(arm: ArmPoints) -> QPainterPath:
    """The bare outline of an arm with its hand, for a silhouette."""
    ribbon = arm_ribbon(arm)
    return runs_path(ribbon.slice(0.0, 3.0, inflate=0.002, round_start=1.0, round_end=1.0))
