"""A strap or towel from the sole of the foot to the fists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt

from coach.domain.figure.geometry import Point, between, lerp
from coach.domain.figure.pose import Hold
from coach.ui.figure.canvas import line_path, quad_path
from coach.ui.figure.palette import mix

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from coach.domain.figure.pose import SidePlan
    from coach.domain.figure.side import Body
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette

_UNDER_SOLE: Final = 0.055
_TAIL: Final = 0.075
_FLAT = Qt.PenCapStyle.FlatCap


class _Cloth(NamedTuple):
    colour: Colour
    edge: Colour
    width: float


def _cloth(plan: SidePlan, colours: Palette) -> _Cloth:
    if plan.band == "towel":
        return _Cloth(colours.towel, mix(colours.towel_d, colours.shadow, 0.12), 0.0165)
    return _Cloth(colours.strap, colours.strap_d, 0.0105)


def _strand(canvas: Canvas, path: QPainterPath, cloth: _Cloth) -> None:
    canvas.stroke(path, cloth.edge, cloth.width + 0.004, _FLAT)
    canvas.stroke(path, cloth.colour, cloth.width, _FLAT)


def paint_far_strand(canvas: Canvas, plan: SidePlan, body: Body, colours: Palette) -> None:
    """The strand to the far hand, behind the leg. Nothing where that hand holds no band."""
    if plan.far_arm.hold is not Hold.STRAP:
        return
    cloth = _cloth(plan, colours)
    x, y = body.near_leg.foot(_UNDER_SOLE, -0.041)
    path = line_path((x + 0.004, y + 0.003), body.far_arm.grip)
    _strand(canvas, path, cloth._replace(colour=mix(cloth.colour, colours.far, 0.22)))


def paint_near_strand(canvas: Canvas, plan: SidePlan, body: Body, colours: Palette) -> None:
    """The loop under the sole, the strand to the near fist, and the free end that hangs from it."""
    if plan.near_arm.hold is not Hold.STRAP:
        return
    cloth, foot, grip = _cloth(plan, colours), body.near_leg.foot, body.near_arm.grip
    half = cloth.width * 0.9
    loop = line_path(foot(_UNDER_SOLE - half, -0.0425), foot(_UNDER_SOLE + half, -0.0425))
    canvas.stroke(loop, cloth.edge, 0.0115)
    canvas.stroke(loop, cloth.colour, 0.0085)
    _strand(canvas, line_path(foot(_UNDER_SOLE, -0.040), grip), cloth)
    end: Point = (grip[0] - 0.010, grip[1] - _TAIL)
    _strand(canvas, quad_path(grip, (grip[0] - 0.016, grip[1] - 0.030), end), cloth)
    if plan.band == "towel":
        for t in (0.72, 0.84):
            x = lerp(grip[0] - 0.012, end[0], (t - 0.4) / 0.6)
            y = between(grip, end, t)[1]
            stripe = line_path((x - cloth.width * 0.5, y), (x + cloth.width * 0.5, y))
            canvas.stroke(stripe, colours.stripe, 0.005)
