"""Painter of the side view, standing, sitting, kneeling or lying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.figure.geometry import Frame
from coach.domain.figure.life import breathing
from coach.domain.figure.pose import Layer, Life
from coach.domain.figure.side import solve
from coach.domain.figure.soles import foot_outline
from coach.ui.figure import props
from coach.ui.figure.bands import paint_far_strand, paint_near_strand
from coach.ui.figure.canvas import runs_path
from coach.ui.figure.cues import paint_cues
from coach.ui.figure.hands import PALM
from coach.ui.figure.head_side import head_frame, head_silhouette, neck_outline, paint_head
from coach.ui.figure.heel_inset import paint_close_look, paint_ground
from coach.ui.figure.leg_side import LegPicture, open_outline
from coach.ui.figure.muscles import MUSCLES, glow, halo
from coach.ui.figure.palette import far_palette
from coach.ui.figure.sketch import placed
from coach.ui.figure.trunk_side import arm_path, paint_arm, paint_shirt

if TYPE_CHECKING:
    from coach.domain.figure.motion import FigureState
    from coach.domain.figure.pose import Pose, SidePlan
    from coach.domain.figure.side import Body
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette


def paint_still(canvas: Canvas, pose: Pose, colours: Palette) -> None:
    """Stage, shadows, the props behind the figure, and the ground of a close look."""
    props.stage(canvas, colours, pose.centre, pose.scale)
    props.furniture(canvas, pose, colours, Layer.BACK)
    if pose.inset is not None and pose.inset.kind == "heel":
        paint_ground(canvas, pose, pose.inset, colours)


def paint_live(canvas: Canvas, pose: Pose, state: FigureState, colours: Palette) -> None:
    """The figure, its close look and its cues at a moment. ValueError for a pose of another view."""
    progress, breath = state.progress, 0.0
    if pose.life is Life.BREATHE and state.hold_s > 0.0 and not state.still:
        factor, breath = breathing(state.hold_s)
        progress *= factor
    body = solve(pose, progress, breath)
    if state.ghost and pose.ghost:
        paint_silhouette(canvas, solve(pose, 1.0), pose.plan, colours.ghost, tied=colours.tied_hair)
    legs = paint_body(canvas, pose, body, colours, progress)
    if state.cues:
        paint_cues(canvas, pose, body, progress, colours)
    if pose.inset is not None:
        if pose.inset.kind == "heel":
            paint_close_look(canvas, pose, pose.inset, body, legs, progress if state.cues else None, colours)
        elif pose.inset.kind == "toes":
            from coach.ui.figure import foot

            foot.paint_inset(canvas, pose, state, colours)


def paint_body(
    canvas: Canvas, pose: Pose, body: Body, colours: Palette, progress: float = 0.0
) -> tuple[LegPicture, LegPicture]:
    """The body with its middle and front props, from the far arm to the near one; returns near and far leg."""
    if pose.plan is None:
        raise ValueError(f"a {pose.view} pose has no side view")
    plan, far = pose.plan, far_palette(colours)
    near_glows = [(g.muscle, g.intensity(progress)) for g in pose.glow if g.limb == "near" and g.muscle in MUSCLES]
    far_glows = [(g.muscle, g.intensity(progress)) for g in pose.glow if g.limb == "far" and g.muscle in MUSCLES]
    far_leg = LegPicture(body.far, body.far_leg, far, far=True, glows=far_glows)
    on_leg = [(m, i) for m, i in near_glows if not MUSCLES[m].over_shirt]
    near_leg = LegPicture(body.near, body.near_leg, colours, glows=on_leg)

    if not plan.far_arm.over_leg:
        paint_arm(canvas, body.far_arm, plan.far_arm, far)
    for muscle, intensity in far_glows:
        halo(canvas, body.far, MUSCLES[muscle], far, intensity)
    far_leg.paint(canvas.painter)
    if plan.far_arm.over_leg:
        paint_arm(canvas, body.far_arm, plan.far_arm, far)
    props.furniture(canvas, pose, colours, Layer.MIDDLE)
    paint_far_strand(canvas, plan, body, colours)
    paint_head(canvas, body.trunk, colours, lying=plan.lying)
    for muscle, intensity in near_glows:
        halo(canvas, body.near, MUSCLES[muscle], colours, intensity)
    near_leg.paint(canvas.painter)
    shirt = paint_shirt(canvas, body.near, body.trunk, colours)
    for muscle, intensity in near_glows:
        if MUSCLES[muscle].over_shirt:
            for path, fill in glow(body.near, MUSCLES[muscle], colours, intensity):
                canvas.path(path, fill)
    paint_near_strand(canvas, plan, body, colours)
    paint_arm(canvas, body.near_arm, plan.near_arm, colours, shirt)
    props.furniture(canvas, pose, colours, Layer.FRONT)
    return near_leg, far_leg


def paint_silhouette(canvas: Canvas, body: Body, plan: SidePlan | None, colour: Colour, *, tied: bool) -> None:
    """The whole body in one opaque colour: translucent shapes would show where they overlap."""
    for ribbon, leg in ((body.far, body.far_leg), (body.near, body.near_leg)):
        canvas.path(open_outline(foot_outline(leg, ribbon)), colour)
        canvas.fill(ribbon.slice(0.05, 4.7, inflate=0.004), colour)
    for arm in (body.far_arm, body.near_arm):
        canvas.path(arm_path(arm), colour)
        hand = Frame(arm.wrist, -arm.hand)
        canvas.shape(hand.points(_HAND), colour)
    head = head_frame(body.trunk)
    canvas.path(runs_path(neck_outline(head, Frame(body.trunk.neck, body.trunk.chest))), colour)
    canvas.path(placed(head).map(head_silhouette(tied, plan is not None and plan.lying)), colour)


_HAND = (
    (0.012, 0.0), (0.018, -0.03), (0.017, -PALM), (0.010, -0.085), (0.002, -0.100), (-0.008, -0.092), (-0.016, -PALM),
    (-0.014, 0.0),
)  # fmt: skip
