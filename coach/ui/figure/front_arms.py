"""Arms and hands from the front, drawn with +x outwards; the viewer's left arm is the same, mirrored."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from math import pi, sin
from typing import TYPE_CHECKING, Final

from coach.domain.figure import front
from coach.domain.figure.geometry import Frame, Table, angle_of
from coach.domain.figure.ribbon import Ribbon, RibbonShape
from coach.ui.figure.canvas import ellipse_path, line_path, quad_path
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.sketch import Sketch, outline, placed, together

if TYPE_CHECKING:
    from coach.domain.figure.front import FrontArm, FrontBody
    from coach.domain.figure.ribbon import Runs
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

_ARM: Final = Table(
    [
        (0.0, 0.033, 0.033), (0.25, 0.033, 0.032), (0.55, 0.028, 0.028), (0.85, 0.0225, 0.023), (1.0, 0.0215, 0.0225),
        (1.2, 0.0235, 0.0235), (1.45, 0.0215, 0.022), (1.8, 0.015, 0.0155), (2.0, 0.0135, 0.014), (3.0, 0.0138, 0.0142),
    ]
)  # fmt: skip
"""Radii from the shoulder (0) by the elbow (1) to the wrist (2): outer side, inner side."""

_FILLETS: Final = (0.0, 0.034, 0.010, 0.0)
_REACHING: Final = RibbonShape((0.160, 0.074, 0.020), _FILLETS, _ARM, step=0.03, bends=4)
_FREE: Final = RibbonShape((0.186, 0.146, 0.047), _FILLETS, _ARM, step=0.04, bends=3)
_SLEEVE: Final = 0.60
_CAP: Final = 3
"""Points of a ribbon's round end."""


class Hand(Enum):
    """How a hand looks from the front."""

    PRESS = "press"
    HOVER = "hover"
    HANG = "hang"


def _skin_shade(t: float) -> float:
    return -1.0 + 0.62 * float(sin(pi * min(1.0, t)) ** 0.6)


def _sleeve_shade(t: float) -> float:
    return -1.0 + 0.55 * float(min(1.0, t * 2.0) ** 0.7)


def _loose(u: float) -> float:
    """How far the sleeve stands off the arm."""
    return 0.0030 + 0.0030 * float((u / _SLEEVE) ** 1.5)


def paint_arm(canvas: Canvas, arm: FrontArm, side: int, colours: Palette, hand: Hand) -> None:
    """Draw the arm of `side` (-1 viewer's left, 1 right) with its hand."""
    painter = canvas.painter
    before = painter.transform()
    if side < 0:
        painter.scale(-1.0, 1.0)
    ribbon = Ribbon(
        _FREE if hand is Hand.HANG else _REACHING,
        (arm.shoulder, arm.elbow, arm.wrist, arm.knuckles),
    )
    turn = angle_of((arm.knuckles[0] - arm.wrist[0], arm.knuckles[1] - arm.wrist[1])) if hand is Hand.HANG else 0.0
    _hand(colours, hand).paint(painter, placed(Frame(arm.wrist, -turn)))
    canvas.fill(_blunt(ribbon.slice(0.4, 2.5, round_end=0.6)), colours.skin)
    canvas.fill(ribbon.band(0.5, 2.2, _skin_shade, -1.0), fade(colours.skin_d, 0.42))
    paint_sleeve(canvas, ribbon, colours)
    painter.setTransform(before)


def paint_sleeve(canvas: Canvas, ribbon: Ribbon, colours: Palette) -> None:
    """Draw the short sleeve over the upper arm."""
    canvas.fill(_capped(ribbon.slice(0.0, _SLEEVE, inflate=_loose, round_start=1.0)), colours.shirt)
    canvas.fill(ribbon.band(0.06, _SLEEVE, _sleeve_shade, -1.0, inflate=_loose), fade(colours.shirt_d, 0.55))
    canvas.fill(ribbon.slice(_SLEEVE - 0.045, _SLEEVE, inflate=_loose), fade(colours.shirt_d, 0.55))


def _capped(runs: Runs) -> Runs:
    """A slice with a round start as two runs, so that its straight end keeps sharp corners."""
    (points,) = runs
    side = (len(points) - _CAP) // 2
    return points[2 * side :] + points[:side], points[side : 2 * side]


def _blunt(runs: Runs) -> Runs:
    """A slice with a round end as two runs, so that its straight start keeps sharp corners."""
    (points,) = runs
    side = (len(points) - _CAP) // 2
    return points[: side + _CAP], points[side + _CAP :]


# ------------------------------------------------------------------------------------------------------------- hands
_FINGERS: Final = ((0.0135, 0.86), (0.0048, 1.0), (-0.0040, 1.03), (-0.0125, 0.94))
"""Where each finger springs from (outwards) and how long it is, little finger first."""


@lru_cache(maxsize=64)
def _hand(colours: Palette, hand: Hand) -> Sketch:
    """A hand, origin at the wrist, pointing down."""
    if hand is Hand.HANG:
        return _hanging(colours)
    if hand is Hand.HOVER:
        return _reaching(colours, length=0.046, knuckles=0.022, spread=1.34, width=0.0102)
    return _reaching(colours, length=0.066, knuckles=0.030, spread=1.42, width=0.0092)


def _reaching(colours: Palette, *, length: float, knuckles: float, spread: float, width: float) -> Sketch:
    """The back of a hand that reaches towards the viewer and down, fingers spread a little, thumb inwards."""
    sketch = Sketch()
    deep = colours.skin_d
    thumb = quad_path((-0.006, -length * 0.14), (-0.024, -knuckles - 0.002), (-0.0235, -knuckles - length * 0.22))
    sketch.path(outline(thumb, 0.0150), mix(colours.skin, deep, 0.18))
    fingers, nails = [], []
    for x, share in _FINGERS:
        root = (x, -knuckles + 0.004)
        tip = (x * spread, -length * (0.46 + 0.54 * share) * 0.985)
        fingers.append(outline(quad_path(root, (x * 1.18, (root[1] + tip[1]) / 2), tip), width))
        nails.append(ellipse_path((tip[0], tip[1] - 0.0004), 0.0026, 0.0022))
    gap_end = -(knuckles + (length - knuckles) * 0.62)
    gaps = [outline(line_path((x, -knuckles - 0.002), (x * 1.25, gap_end)), 0.0016) for x in (0.0092, 0.0004, -0.0082)]
    sketch.path(together(fingers), mix(colours.skin, deep, 0.04))
    sketch.path(together(nails), colours.nail)
    sketch.path(together(gaps), fade(deep, 0.7))
    bend = -length * 0.22
    back = (
        (-0.0125, 0.010), (0.0125, 0.010), (0.0165, bend), (0.0195, -knuckles), (0.012, -knuckles - 0.006),
        (-0.010, -knuckles - 0.006), (-0.0180, -knuckles), (-0.0160, bend),
    )  # fmt: skip
    shade = (
        (-0.0125, 0.010), (-0.0040, 0.010), (-0.006, bend), (-0.008, -knuckles), (-0.0180, -knuckles), (-0.0160, bend),
    )  # fmt: skip
    sketch.shape(back, colours.skin)
    sketch.shape(shade, fade(deep, 0.25))
    return sketch


def _hanging(colours: Palette) -> Sketch:
    """A relaxed hand seen from its thumb side: four fingers behind one another, bent a little inwards."""
    sketch = Sketch()
    deep = colours.skin_d
    for x, tip, share in ((0.0105, 0.088, 0.16), (0.0055, 0.098, 0.10), (0.0000, 0.102, 0.05), (-0.0060, 0.097, 0.0)):
        finger = quad_path((x, -0.040), (x * 1.3 + 0.002, -(0.040 + tip) / 2), (x * 0.9 - 0.004, -tip + 0.006))
        sketch.path(outline(finger, 0.0118), mix(colours.skin, deep, share))
    gaps = [
        outline(quad_path((x, -0.048), (x * 1.3 + 0.002, -0.068), (x * 0.9 - 0.003, -0.084)), 0.0016)
        for x in (0.0082, 0.0028, -0.0030)
    ]
    sketch.path(together(gaps), fade(deep, 0.7))
    palm = (
        (-0.0130, 0.012), (0.0130, 0.012), (0.0165, -0.016), (0.0168, -0.040), (0.010, -0.052), (-0.006, -0.053),
        (-0.0128, -0.042), (-0.0150, -0.016),
    )  # fmt: skip
    sketch.shape(palm, colours.skin)
    thumb = quad_path((-0.007, -0.012), (-0.022, -0.032), (-0.0165, -0.056))
    sketch.path(outline(thumb, 0.0128), mix(colours.skin, deep, 0.06))
    edge = quad_path((-0.003, -0.018), (-0.0135, -0.036), (-0.0105, -0.054))
    sketch.path(outline(edge, 0.0016), fade(deep, 0.6))
    return sketch


# ------------------------------------------------------------------------------------------------------- crossed arms
@lru_cache(maxsize=32)
def _flat(colours: Palette) -> Sketch:
    """A hand lying flat on the chest, back to the viewer, thumb up; origin at the wrist, pointing down."""
    sketch = Sketch()
    deep = colours.skin_d
    thumb = quad_path((-0.008, -0.014), (-0.024, -0.026), (-0.027, -0.048))
    sketch.path(outline(thumb, 0.0125), mix(colours.skin, deep, 0.18))
    fingers, gaps = [], []
    for x, length, lean in ((0.0130, 0.090, 0.0050), (0.0045, 0.104, 0.0020), (-0.0042, 0.108, -0.0010)):
        fingers.append(outline(line_path((x, -0.040), (x + lean, -length)), 0.0104))
        gaps.append(outline(line_path((x - 0.0043, -0.046), (x - 0.0043 + lean * 0.8, -length + 0.012)), 0.0016))
    fingers.append(outline(line_path((-0.0126, -0.040), (-0.0164, -0.098)), 0.0104))
    sketch.path(together(fingers), mix(colours.skin, deep, 0.04))
    sketch.path(together(gaps), fade(deep, 0.7))
    back = (
        (-0.0135, 0.012), (0.0135, 0.012), (0.0170, -0.016), (0.0185, -0.042), (0.008, -0.050), (-0.010, -0.050),
        (-0.0180, -0.042), (-0.0165, -0.016),
    )  # fmt: skip
    sketch.shape(back, colours.skin)
    return sketch


_CROSSED: Final = RibbonShape((0.142, 0.152, 0.048), _FILLETS, _ARM, step=0.04, bends=4)


def paint_crossed(canvas: Canvas, body: FrontBody, colours: Palette) -> None:
    """Draw both arms crossed on the chest, the viewer's left one on top."""
    painter = canvas.painter
    before = painter.transform()
    for side in (1, -1):
        arm = front.crossed_arm(body, side)
        if side < 0:
            painter.scale(-1.0, 1.0)
        ribbon = Ribbon(_CROSSED, (arm.shoulder, arm.elbow, arm.wrist, arm.knuckles))
        _cast(canvas, ribbon, fade(colours.shirt_d, 0.55))
        turn = angle_of((arm.knuckles[0] - arm.wrist[0], arm.knuckles[1] - arm.wrist[1]))
        _flat(colours).paint(painter, placed(Frame(arm.wrist, -turn)))
        canvas.fill(_blunt(ribbon.slice(0.4, 2.3, round_end=0.6)), colours.skin)
        canvas.fill(ribbon.band(0.5, 2.2, _skin_shade, -1.0), fade(colours.skin_d, 0.42))
        paint_sleeve(canvas, ribbon, colours)
        painter.setTransform(before)


def _cast(canvas: Canvas, ribbon: Ribbon, colour: int) -> None:
    """The soft edge of shade a forearm throws just below itself."""
    painter = canvas.painter
    before = painter.transform()
    painter.translate(-0.003, -0.007)
    canvas.fill(ribbon.slice(1.05, 2.6, round_end=0.8), colour)
    painter.setTransform(before)
