"""A round close look at the lower leg: the same solved pose, magnified, so that a small lift can be seen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from coach.domain.figure.geometry import Point, clamp
from coach.ui.figure.canvas import brush, clip_path, ellipse_path
from coach.ui.figure.palette import fade
from coach.ui.figure.props import shadow, step_box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainterPath

    from coach.domain.figure.pose import Inset, Pose
    from coach.domain.figure.side import Body
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.leg_side import LegPicture
    from coach.ui.figure.palette import Palette

_ARROW_X = -0.066
"""Where the arrow stands, from the ankle's start."""
_RIM = 0.006


class _Lens(NamedTuple):
    centre: Point
    radius: float
    path: QPainterPath


def _lens(pose: Pose, inset: Inset) -> _Lens:
    """The lens in statures; its opening ends under the rim, which belongs to the still picture."""
    centre = (inset.x / pose.scale + pose.centre, inset.y / pose.scale)
    radius = inset.radius / pose.scale
    opening = radius - 0.3 * _RIM / pose.scale
    return _Lens(centre, radius, ellipse_path(centre, opening, opening))


def _magnify(canvas: Canvas, lens: _Lens, numbers: Mapping[str, float]) -> None:
    """Clip to the lens and lay the figure's coordinates into it."""
    painter, zoom = canvas.painter, numbers["zoom"]
    clip_path(painter, lens.path)
    painter.translate(*lens.centre)
    painter.scale(zoom, zoom)
    painter.translate(-numbers["focus_x"] - numbers["foot"], -numbers["focus_y"])


def paint_ground(canvas: Canvas, pose: Pose, inset: Inset, colours: Palette) -> None:
    """What does not move: the lens, the floor or step in it, and the contact shadow."""
    lens, n = _lens(pose, inset), inset.numbers
    canvas.ellipse(lens.centre, lens.radius, lens.radius, colours.lens)
    canvas.painter.save()
    _magnify(canvas, lens, n)
    canvas.painter.fillRect(QRectF(-4.0, -4.0, 8.0, 4.004), brush(colours.floor))
    if math.isfinite(n["step0"]):
        step_box(canvas, colours, n["step0"], n["step1"], n["base"])
    shadow(canvas, colours, 0.085 + n["foot"], n["base"] - 0.001, 0.075, 0.008, 0.9)
    canvas.painter.restore()
    canvas.ring(lens.centre, lens.radius, lens.radius, colours.floor, _RIM / pose.scale)


def paint_close_look(
    canvas: Canvas,
    pose: Pose,
    inset: Inset,
    body: Body,
    legs: tuple[LegPicture, LegPicture],
    progress: float | None,
    colours: Palette,
) -> None:
    """The legs (near, far) under the lens, and with `progress` the arrow of the heel's travel."""
    lens, n = _lens(pose, inset), inset.numbers
    painter = canvas.painter
    painter.save()
    _magnify(canvas, lens, n)
    if n["far"]:
        legs[1].paint(painter)
    legs[0].paint(painter, close=True)
    if progress is not None:
        x, heel = _ARROW_X + n["foot"], body.near_leg.foot(-0.032, -0.038)[1]
        if math.isfinite(n["step0"]):
            _level_arrow(canvas, x, n["base"], heel, colours)
        else:
            _lift_arrow(canvas, x, heel, progress, colours)
    painter.restore()


def _lift_arrow(canvas: Canvas, x: float, heel: float, progress: float, colours: Palette) -> None:
    """First an arrow of fixed length, then a tick on the floor and an arrow that ends at the heel."""
    before = math.pow(max(0.0, 1.0 - progress / 0.20), 0.7)
    if before > 0.0:
        canvas.arrow(((x, 0.012), (x, 0.058)), fade(colours.accent, 0.9 * before), 0.0075, 0.018)
    if progress > 0.16:
        k = min(1.0, (progress - 0.16) / 0.25)
        canvas.line((x - 0.016, 0.001), (x + 0.016, 0.001), 0.0045, fade(colours.accent, 0.9 * k))
        canvas.arrow(((x, 0.006), (x, max(0.022, heel))), fade(colours.accent, 0.95 * k), 0.0075, 0.016)


def _level_arrow(canvas: Canvas, x: float, base: float, heel: float, colours: Palette) -> None:
    """The step's level, and an arrow down or up to the heel unless it is too short to read."""
    canvas.line((x - 0.020, base), (x + 0.024, base), 0.0045, fade(colours.accent, 0.9))
    height = heel - base
    if abs(height) > 0.020:
        colour = fade(colours.accent, 0.95 * clamp((abs(height) - 0.020) / 0.006 + 0.2))
        start = (x, base + math.copysign(0.005, height))
        canvas.arrow((start, (x, heel)), colour, 0.0075, min(0.016, abs(height) * 0.55))
