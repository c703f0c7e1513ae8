"""Paints the foot close-up: bare floor or towel, toes that reach, spread and curl, and who sits there in an inset.

Also the live inset of a side view that shows the same foot close by (`paint_inset`).
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QPainterPath

from coach.domain.figure import foot as kinematics
from coach.domain.figure.givens import FOOT_NUMBERS
from coach.domain.figure.props import PROPS
from coach.domain.figure.seated import SEATED
from coach.domain.figure.side import solve
from coach.ui.figure import side
from coach.ui.figure.canvas import ellipse_path
from coach.ui.figure.foot_body import paint_foot, paint_trouser
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.props import DRAWERS, shadow
from coach.ui.figure.towel import paint_book, paint_towel

if TYPE_CHECKING:
    from coach.domain.figure.motion import FigureState
    from coach.domain.figure.pose import Inset, Pose, Prop
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

_ORIGIN: Final = (-0.335, 0.080)
"""Heel of the close-up, in frame sides from the middle of the floor line."""
_FOOT_LENGTH: Final = 0.462
"""Length of the foot, in frame sides."""
_FLOOR_SINK: Final = 0.016
"""Without a towel the foot stands this much lower (foot lengths)."""
_RIM: Final = 0.006
_RAYS: Final = ((0, -14.0), (1, 6.0), (2, 24.0), (3, 42.0))
"""Toe and direction (degrees) of the short strokes that show the spread."""
_FAINT: Final = 0.02


def _prop(pose: Pose, kind: str) -> Prop | None:
    return next((prop for prop in pose.props if prop.kind == kind), None)


def paint_still(canvas: Canvas, pose: Pose, colours: Palette) -> None:
    """Draw the stage, the shadow of what lies on the floor, the trouser leg and the seated figure."""
    painter = canvas.painter
    canvas.ellipse((0.0, 0.40), 0.47, 0.47, colours.disc)
    canvas.ellipse((0.0, 0.088), 0.497, 0.172, colours.floor)
    before = painter.transform()
    _enter(canvas)
    bare = _prop(pose, "hand_towel") is None
    if bare:
        shadow(canvas, colours, 0.42, -0.010, 0.62, 0.085, 0.55)
        painter.translate(0.0, -_FLOOR_SINK)
    else:
        shadow(canvas, colours, 0.62, -0.14, 1.05, 0.16, 0.55)
    paint_trouser(canvas, colours, dissolving=True)
    painter.setTransform(before)
    if pose.inset is not None:
        _seated_inset(canvas, pose, pose.inset, colours)


def paint_live(canvas: Canvas, pose: Pose, state: FigureState, colours: Palette) -> None:
    """Draw towel, foot and cues at a moment."""
    before = canvas.painter.transform()
    _enter(canvas)
    _close_up(canvas, pose, state, colours)
    canvas.painter.setTransform(before)


def paint_inset(canvas: Canvas, pose: Pose, state: FigureState, colours: Palette) -> None:
    """Draw the same foot, live, in the round inset of a side view, and a ring round the foot it shows."""
    inset = pose.inset
    if inset is None:
        return
    painter = canvas.painter
    x, y = inset.x / pose.scale + pose.centre, inset.y / pose.scale
    radius = inset.radius / pose.scale
    rim = fade(colours.accent, 1.0)
    canvas.ring(_RINGED, *_RING, fade(colours.accent, 0.9), 0.0072)
    lens = ellipse_path((x, y), radius, radius)
    canvas.path(lens, colours.lens)
    painter.save()
    _clip(canvas, lens)
    painter.translate(x - radius * 0.86, y - radius * 0.50)
    painter.scale(radius * 1.36, radius * 1.36)
    canvas.ellipse((0.62, 0.0), 1.6, 0.46, colours.floor)
    paint_trouser(canvas, colours, dissolving=False)
    _close_up(canvas, pose, state, colours)
    painter.restore()
    canvas.ring((x, y), radius, radius, rim, 0.0072)


_RINGED: Final = (0.136, 0.022)
_RING: Final = (0.086, 0.044)


def _enter(canvas: Canvas) -> None:
    """From frame sides to foot lengths."""
    canvas.painter.translate(*_ORIGIN)
    canvas.painter.scale(_FOOT_LENGTH, _FOOT_LENGTH)


def _clip(canvas: Canvas, path: QPainterPath) -> None:
    """Clip to `path`; laid into pixels first, like every path."""
    painter = canvas.painter
    world = painter.transform()
    painter.resetTransform()
    painter.setClipPath(world.map(path))
    painter.setTransform(world)


def _close_up(canvas: Canvas, pose: Pose, state: FigureState, colours: Palette) -> None:
    reach, curl = kinematics.toe_phase(state.progress)
    towel, book = _prop(pose, "hand_towel"), _prop(pose, "book")
    pulled = 0.0
    if towel is not None:
        keep = pose.numbers_at(state.progress).get("keep", FOOT_NUMBERS["keep"])
        rep = max(0, state.rep - 1)
        lies = kinematics.towel_at(curl, rep=rep, returning=state.returning, keep=keep)
        sheet = kinematics.towel_sheet(lies, kinematics.lead_tip(curl))
        pulled = lies.total
        paint_towel(canvas, sheet, colours)
        if book is not None:
            x, y = kinematics.project(sheet.end - 0.16, kinematics.CLOTH, 0.28)
            shadow(canvas, colours, x + 0.01, y - 0.03, 0.26, 0.30, 0.35)
            paint_book(canvas, sheet.end, book.numbers, colours)
    shadow(canvas, colours, 0.40, 0.00, 0.52, 0.075, 0.85)
    shadow(canvas, colours, 0.80, 0.02, 0.24, 0.085, round(0.75 * (1.0 - 0.55 * reach), 2))
    painter = canvas.painter
    before = painter.transform()
    if towel is None:
        painter.translate(0.0, -_FLOOR_SINK)
    glow = max((g.intensity(curl) for g in pose.glow if g.muscle == "arch"), default=0.0)
    paint_foot(canvas, reach, curl, glow, colours)
    painter.setTransform(before)
    if state.cues:
        _cues(canvas, state, pulled if towel is not None else None, colours)


def _cues(canvas: Canvas, state: FigureState, pulled: float | None, colours: Palette) -> None:
    """Strokes beyond the toes while they spread, and an arrow back to the heel while they are about to curl."""
    reach, curl = kinematics.toe_phase(state.progress)
    if reach > 0.05:
        rays = QPainterPath()
        for index, angle in _RAYS:
            x, y = kinematics.toe_chain(index, reach, 0.0).points[-1]
            dx, dy = cos(radians(angle)), sin(radians(angle))
            rays.moveTo(x + dx * 0.095, y + dy * 0.095)
            rays.lineTo(x + dx * 0.155, y + dy * 0.155)
        canvas.stroke(rays, fade(colours.accent, 0.85 * reach), 0.018)
    strength = 0.0 if state.returning or curl >= 1.0 else 0.95 * (1.0 - curl) ** 0.5 * max(0.0, 1.0 - 3.0 * reach)
    if strength > _FAINT:
        accent = fade(colours.accent, strength)
        if pulled is None:
            canvas.arrow([(1.20, -0.03), (1.00, -0.03)], accent, 0.026, 0.07)
        else:
            canvas.arrow([(1.36 - pulled, -0.10), (1.12 - pulled, -0.10)], accent, 0.028, 0.075)


# ------------------------------------------------------------------------------------------------------- seated inset
_SEATED_SCALE: Final = 0.285
_SEATED_AT: Final = (-0.033, -0.118)
_SEATED_FOOT: Final = (0.245, 0.02)
_CHAIR: Final = {**PROPS["chair"], "x": -0.20, "back": 0.54, "depth": 0.235}


def _seated_inset(canvas: Canvas, pose: Pose, inset: Inset, colours: Palette) -> None:
    """Draw the whole person on a chair, small, with a ring round the foot."""
    painter = canvas.painter
    x, y, radius = inset.x, inset.y, inset.radius
    lens = ellipse_path((x, y), radius, radius)
    canvas.path(lens, colours.lens)
    painter.save()
    _clip(canvas, lens)
    painter.translate(x + _SEATED_AT[0], y + _SEATED_AT[1])
    painter.scale(_SEATED_SCALE, _SEATED_SCALE)
    canvas.ellipse((0.10, -0.03), 0.62, 0.075, colours.floor)
    shadow(canvas, colours, 0.0, 0.0, 0.28, 0.04, 0.7)
    if _prop(pose, "hand_towel") is not None:
        canvas.rounded(0.10, -0.012, 0.47, 0.004, 0.006, colours.towel)
    if _prop(pose, "book") is not None:
        canvas.rounded(0.38, 0.0, 0.45, 0.030, 0.004, mix(colours.prop_d, colours.shirt_d, 0.25))
    DRAWERS["chair"](canvas, colours, _CHAIR)
    side.paint_body(canvas, SEATED, solve(SEATED, 0.0), colours)
    painter.restore()
    canvas.ring((x, y), radius, radius, colours.floor, _RIM)
    foot_x = x + _SEATED_AT[0] + _SEATED_FOOT[0] * _SEATED_SCALE
    foot_y = y + _SEATED_AT[1] + _SEATED_FOOT[1] * _SEATED_SCALE
    canvas.ring((foot_x, foot_y), 0.040, 0.026, colours.accent, 0.006)
