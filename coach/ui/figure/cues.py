"""Arrows and marks that show the way: straight and bent arrows, and the arrow that grows with the heel."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import add, clamp
from coach.ui.figure.palette import fade

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.domain.figure.geometry import Point
    from coach.domain.figure.pose import Cue, Pose
    from coach.domain.figure.side import Body, LegPoints
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

_FAINTEST: Final = 0.02
_STRONG: Final = 0.9
"""Opacity of an arrow at full strength."""


def paint_cues(canvas: Canvas, pose: Pose, body: Body, progress: float, colours: Palette) -> None:
    """Draw the side view's cues at `progress`."""
    for cue in pose.cues:
        strength = cue.strength(progress)
        if strength > _FAINTEST:
            _DRAWERS[cue.kind](canvas, cue, body, strength, colours)


def heel_point(leg: LegPoints) -> Point:
    """The lowest point at the back of the heel."""
    return leg.foot(-0.034, -0.036)


def _arrow(canvas: Canvas, cue: Cue, body: Body, strength: float, colours: Palette) -> None:
    points = cue.points
    if cue.at == "hip":
        points = tuple(add(body.trunk.hip, p) for p in points)
    elif cue.at == "near_foot":
        points = tuple(body.near_leg.foot.points(points))
    canvas.arrow(points, fade(colours.accent, _STRONG * strength), cue.numbers["width"], cue.numbers["head"])


def _lift(canvas: Canvas, cue: Cue, body: Body, strength: float, colours: Palette) -> None:
    heel = heel_point(body.near_leg)
    x, y = cue.numbers["x"], cue.numbers["y"]
    if not math.isfinite(x):
        x = heel[0] + cue.numbers["dx"]
    canvas.line((x - 0.026, y), (x + 0.026, y), 0.007, fade(colours.accent, 0.8 * strength))
    tip = (x, max(y + 0.03, heel[1]))
    canvas.arrow(((x, y + 0.012), tip), fade(colours.accent, _STRONG * strength), 0.010, 0.024)


def _level(canvas: Canvas, cue: Cue, body: Body, strength: float, colours: Palette) -> None:
    x, y = cue.numbers["x"], cue.numbers["y"]
    canvas.line((x - 0.028, y), (x + 0.034, y), 0.008, fade(colours.accent, 0.85 * strength))
    height = heel_point(body.near_leg)[1] - y
    visible = strength * clamp((abs(height) - 0.024) / 0.006 + 0.2)
    if abs(height) > 0.024:  # shorter, it would be all head
        start = (x, y + math.copysign(0.009, height))
        colour = fade(colours.accent, _STRONG * visible)
        canvas.arrow((start, (x, y + height)), colour, 0.010, min(0.022, abs(height) * 0.5))


_DRAWERS: Final[Mapping[str, Callable[[Canvas, Cue, Body, float, Palette], None]]] = MappingProxyType(
    {"arrow": _arrow, "lift": _lift, "level": _level}
)
