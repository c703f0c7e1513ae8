"""Paints the front view: standing on one leg or heel to toe, at a console or a cabinet.

The picture is a mirror: screen left is the person's left. Like all poses these are data of the right leg, which stands
on the right of the screen; the view mirrors the painter for the left one. Inside, the body is drawn as the kinematics
have it, with the stance leg on the left, and flipped as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.domain.figure import front
from coach.domain.figure.geometry import clamp
from coach.ui.figure import front_props
from coach.ui.figure.front_arms import Hand, paint_arm, paint_crossed
from coach.ui.figure.front_legs import behind_palette, paint_lifted_leg, paint_straight_leg
from coach.ui.figure.front_trunk import head_frame, paint_hip_glow, paint_trunk, trunk_place
from coach.ui.figure.head_front import ORIGIN, paint_head
from coach.ui.figure.palette import fade
from coach.ui.figure.props import shadow, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.domain.figure.front import FrontBody
    from coach.domain.figure.motion import FigureState
    from coach.domain.figure.pose import Pose
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

_SIDES: Final = (-1, 1)
_RIM: Final = 0.006
"""Width of an inset's rim, in frame sides."""

_BEHIND: Final[Mapping[str, Callable[[Canvas, Palette, Mapping[str, float]], None]]] = {
    "cabinet": front_props.cabinet,
    "folded_cushion": front_props.folded_cushion,
}


def paint_still(canvas: Canvas, pose: Pose, colours: Palette) -> None:
    """Draw what does not move: stage, shadows of planted feet, what stands behind, the inset's ground."""
    canvas.painter.scale(-1.0, 1.0)
    stage(canvas, colours, pose.centre, pose.scale)
    for prop in pose.props:
        if prop.kind == "shadow":
            numbers = prop.numbers
            place = (numbers["x"], numbers["y"], numbers["rx"], numbers["ry"], numbers["strength"])
            shadow(canvas, colours, *place)
        elif prop.kind in _BEHIND:
            _BEHIND[prop.kind](canvas, colours, prop.numbers)
    if pose.inset is not None:
        middle, radius = front_props.lens(pose.inset, pose.scale, pose.centre)
        front_props.soles_still(canvas, colours, middle, radius, _RIM / pose.scale)


def paint_live(canvas: Canvas, pose: Pose, state: FigureState, colours: Palette) -> None:
    """Draw the moving body, the console in front of it, and the arrows."""
    canvas.painter.scale(-1.0, 1.0)
    body = front.solve(pose, state.progress, state.hold_s, still=state.still)
    glow = {glow.muscle: glow.intensity(state.progress) for glow in pose.glow}
    _moving_shadow(canvas, pose, body, colours)
    _legs(canvas, pose, body, colours, glow)
    trunk = trunk_place(body)
    paint_trunk(canvas.painter, colours, trunk)
    paint_hip_glow(canvas.painter, colours, trunk, glow.get("hip_abductors", 0.0))
    _console(canvas, pose, body, colours)
    _arms(canvas, pose, body, colours)
    paint_head(canvas.painter, head_frame(body, ORIGIN), colours, body.motion.yaw)
    if pose.inset is not None:
        middle, radius = front_props.lens(pose.inset, pose.scale, pose.centre)
        front_props.soles_live(canvas, colours, middle, radius, _stepped(body))
    if state.cues:
        _cues(canvas, pose, body, colours, state.progress)


def _legs(canvas: Canvas, pose: Pose, body: FrontBody, colours: Palette, glow: Mapping[str, float]) -> None:
    peroneals, hip = glow.get("peroneals", 0.0), glow.get("hip_abductors", 0.0)
    if pose.options["stance"] == "tandem":
        paint_straight_leg(canvas, body.other, behind_palette(colours), mirror=False)
        paint_straight_leg(canvas, body.stance, colours, mirror=True, glow=peroneals)
    else:
        paint_straight_leg(canvas, body.stance, colours, mirror=True, glow=peroneals, hip_glow=hip)
        paint_lifted_leg(canvas, body.other, colours)


def _arms(canvas: Canvas, pose: Pose, body: FrontBody, colours: Palette) -> None:
    match pose.options["arms"]:
        case "crossed":
            paint_crossed(canvas, body, colours)
        case "table":
            hand = Hand.HOVER if _gap(pose, body) > 0.0 else Hand.PRESS
            for side in _SIDES:
                paint_arm(canvas, front.table_arm(body, side), side, colours, hand)
        case "cabinet":
            paint_arm(canvas, front.cabinet_arm(body, 1), 1, colours, Hand.PRESS)
            paint_arm(canvas, front.free_arm(body, -1), -1, colours, Hand.HANG)
        case _:
            for side in _SIDES:
                paint_arm(canvas, front.free_arm(body, side), side, colours, Hand.HANG)


def _gap(pose: Pose, body: FrontBody) -> float:
    """How far the finger tips hover over the console's front edge; 0 or less when they touch."""
    tops = [prop.numbers["height"] for prop in pose.props if prop.kind == "console"]
    return body.numbers["tips"] - tops[0] if tops else 0.0


def _console(canvas: Canvas, pose: Pose, body: FrontBody, colours: Palette) -> None:
    """What stands between viewer and figure, and the hands' shadows on it."""
    for prop in pose.props:
        if prop.kind == "console":
            front_props.console(canvas, colours, prop.numbers)
            x = body.numbers["wrist_x"] + 0.002
            front_props.finger_shadows(canvas, colours, (-x, x), prop.numbers["height"], _gap(pose, body))
        elif prop.kind == "cabinet":
            x = front.cabinet_arm(body, 1).wrist[0]
            front_props.finger_shadows(canvas, colours, (x,), prop.numbers["height"], 0.0)


def _moving_shadow(canvas: Canvas, pose: Pose, body: FrontBody, colours: Palette) -> None:
    """The shadow of the foot that moves; it fades as the foot rises."""
    if pose.options["stance"] == "tandem":
        shadow(canvas, colours, body.stance.ankle[0], -0.022, 0.085, 0.022, 0.9)
        return
    x, y = body.other.ankle
    lift = y - front.ANKLE
    strength = round(max(0.15, 1.0 - lift * 4.5), 2)
    shadow(canvas, colours, x, -0.010, 0.085 * (1.0 + max(0.0, lift)), 0.022, strength)


def _stepped(body: FrontBody) -> float:
    """How far a tandem step has got, from the front foot's way across."""
    x = body.stance.ankle[0]
    return clamp((x - front.STANCE_X) / (_TANDEM_X - front.STANCE_X))


_TANDEM_X: Final = 0.040


# -------------------------------------------------------------------------------------------------------------- cues
def _cues(canvas: Canvas, pose: Pose, body: FrontBody, colours: Palette, progress: float) -> None:
    for cue in pose.cues:
        strength = cue.strength(progress)
        if strength <= 0.02:
            continue
        accent = fade(colours.accent, 0.9 * strength)
        if cue.kind == "arrow":
            canvas.arrow(cue.points, accent, cue.numbers["width"], cue.numbers["head"])
        elif cue.kind == "lift":
            _lift_cue(canvas, body, cue.numbers, accent)
        elif cue.kind == "head_turn":
            _head_cue(canvas, body, accent)


def _lift_cue(canvas: Canvas, body: FrontBody, numbers: Mapping[str, float], accent: int) -> None:
    """A tick on the floor and an arrow that grows with the lifted foot."""
    x = body.other.ankle[0] + numbers["dx"]
    low = numbers["y"] + body.numbers["base"] * 0.6
    high = body.other.ankle[1] - 0.038
    canvas.line((x - 0.024, low), (x + 0.024, low), 0.007, accent)
    rise = high - low
    if rise > 0.030:
        canvas.arrow([(x, low + 0.011), (x, high)], accent, 0.010, min(0.024, rise * 0.5))


def _head_cue(canvas: Canvas, body: FrontBody, accent: int) -> None:
    """Two small arrows beside the head: turn to either side."""
    x, y = body.pelvis[0], body.pelvis[1] + 0.410
    for side in _SIDES:
        points = [(x + side * 0.085, y + 0.055), (x + side * 0.115, y + 0.030), (x + side * 0.112, y - 0.012)]
        canvas.arrow(points, accent, 0.010, 0.026)
