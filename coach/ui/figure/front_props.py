"""Things of the front view: the console to hold on to, a cabinet at the side, a folded cushion, and the soles inset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Point, lerp
from coach.ui.figure.canvas import closed_path, ellipse_path, line_path
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.props import shadow
from coach.ui.figure.sketch import outline, together, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.figure.pose import Inset
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette


def console(canvas: Canvas, colours: Palette, numbers: Mapping[str, float]) -> None:
    """A slim heavy table between viewer and figure, its legs at the ends so that nothing hides the person's."""
    half, top = numbers["half"], numbers["height"]
    legs = mix(colours.prop_d, colours.disc, 0.10)
    for side in (-1.0, 1.0):
        x = side * (half - 0.03)
        canvas.rounded(x - 0.010, -0.022, x + 0.010, top - 0.03, 0.010, legs)
    worktop(canvas, colours, -half, half, top)


def worktop(canvas: Canvas, colours: Palette, x0: float, x1: float, top: float, back: float | None = None) -> None:
    """A top seen a little from above: surface, then front edge; `back` is where the surface ends at the back right."""
    inset = 0.012
    right = x1 - inset if back is None else back
    surface = [(x0 + inset, top + 0.004), (right, top + 0.004), (x1, top - 0.016), (x0, top - 0.016)]
    canvas.polygon(surface, colours.prop_l)
    canvas.rounded(x0, top - 0.044, x1, top - 0.014, 0.008, colours.prop)


def cabinet(canvas: Canvas, colours: Palette, numbers: Mapping[str, float]) -> None:
    """A kitchen cabinet beside the figure, seen from the front."""
    x0, x1, top = numbers["x0"], numbers["x1"], numbers["height"]
    canvas.rounded(x0 + 0.018, -0.010, x1, top - 0.03, 0.006, mix(colours.prop, colours.disc, 0.45))
    canvas.rounded(x0 + 0.030, -0.018, x1, 0.022, 0.004, mix(colours.prop_d, colours.disc, 0.25))
    worktop(canvas, colours, x0, x1, top, back=x1)
    canvas.line((x0 + 0.060, top - 0.085), (x0 + 0.130, top - 0.085), 0.008, colours.prop_d)


def folded_cushion(canvas: Canvas, colours: Palette, numbers: Mapping[str, float]) -> None:
    """A cushion folded once, wide enough for both feet; its top is `height` above the floor line of bare feet."""
    x0, x1, lift = numbers["x0"], numbers["x1"], numbers["height"] - 0.036
    cloth = mix(colours.prop, colours.shirt, 0.30)
    seam = fade(mix(colours.prop_d, colours.shirt_d, 0.30), 0.6)
    for y, narrower in ((-0.030, 0.0), (-0.004 + lift, 0.006)):
        canvas.rounded(x0 + narrower, y, x1 - narrower, y + 0.030, 0.014, cloth)
        canvas.line((x0 + narrower + 0.012, y + 0.004), (x1 - narrower - 0.012, y + 0.004), 0.004, seam)
    top = mix(colours.prop_l, colours.shirt_l, 0.25)
    canvas.rounded(x0 + 0.008, 0.014 + lift, x1 - 0.008, 0.040 + lift, 0.012, top)
    shadow(canvas, colours, -0.050, 0.018 + lift, 0.055, 0.012, 0.8)


def finger_shadows(canvas: Canvas, colours: Palette, xs: tuple[float, ...], top: float, gap: float) -> None:
    """What the hands darken on the top: a tight mark under pressing finger tips, a wide one under a hovering hand."""
    for x in xs:
        if gap > 0.0:
            shadow(canvas, colours, x, top - 0.007, 0.034, 0.0070, 0.85)
        else:
            shadow(canvas, colours, x, top - 0.006, 0.026, 0.0055, 1.2)


# ------------------------------------------------------------------------------------------------------------- soles
_SOLE: Final = (
    (0.0, 0.50), (0.055, 0.46), (0.085, 0.36), (0.085, 0.24), (0.060, 0.10), (0.058, -0.10), (0.075, -0.28),
    (0.062, -0.42), (0.0, -0.485), (-0.062, -0.42), (-0.075, -0.28), (-0.062, -0.08), (-0.090, 0.12), (-0.108, 0.28),
    (-0.085, 0.42),
)  # fmt: skip
_TOE_PRINTS: Final = (
    (0.072, 0.46, 0.050), (0.012, 0.475, 0.036), (-0.040, 0.450, 0.033), (-0.083, 0.410, 0.030), (-0.118, 0.360, 0.027),
)  # fmt: skip


def _print(canvas: Canvas, centre: Point, length: float, side: float, colour: Colour) -> None:
    """One footprint; `side` 1 has its big toe on the viewer's right."""

    def at(x: float, y: float) -> Point:
        return centre[0] + side * x * length, centre[1] + y * length

    sole = closed_path([at(x * 1.28, y * 0.86 - 0.045) for x, y in _SOLE])
    toes = [ellipse_path(at(x, y - 0.045), r * length, r * length * 1.15) for x, y, r in _TOE_PRINTS]
    canvas.path(together([sole, *toes]), colour)


def lens(inset: Inset, scale: float, centre: float) -> tuple[Point, float]:
    """Centre and radius of an inset in statures."""
    return (inset.x / scale + centre, inset.y / scale), inset.radius / scale


def soles_still(canvas: Canvas, colours: Palette, middle: Point, radius: float, rim: float) -> None:
    """The inset's ground, the line to step on, and its rim."""
    x, y = middle
    canvas.ellipse(middle, radius, radius, colours.lens)
    line = outline(line_path((x, y - radius), (x, y + radius)), 0.010)
    canvas.path(within(line, ellipse_path(middle, radius, radius)), colours.floor)
    canvas.ring(middle, radius, radius, colours.floor, rim)


def soles_live(canvas: Canvas, colours: Palette, middle: Point, radius: float, done: float) -> None:
    """The two soles from above: side by side, then heel to toe; the working one in the accent."""
    x, y = middle
    length = radius * 0.98
    aside, ahead = lerp(0.115, 0.0, done) * length * 1.6, lerp(0.0, 0.455, done) * length
    _print(canvas, (x + aside, y - ahead), length, -1.0, mix(colours.sub, colours.background, 0.35))
    _print(canvas, (x - aside, y + ahead), length, 1.0, colours.accent)
