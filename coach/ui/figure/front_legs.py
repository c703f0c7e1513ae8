"""Legs and feet from the front.

A standing leg is straight, so it is one rigid sketch laid from ankle to hip. The lifted leg bends towards the viewer
and is built anew for each frame. Everything is drawn with +x outwards, away from the other leg.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import atan2, degrees, exp, hypot, radians, sin
from typing import TYPE_CHECKING, Final, TypeAlias

from coach.domain.figure.geometry import Frame, Point, Table, clamp
from coach.domain.figure.ribbon import Ribbon, RibbonShape
from coach.domain.figure.side import SHANK, THIGH
from coach.ui.figure.canvas import Stops, closed_path, ellipse_path, quad_path, runs_path, soft_brush
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.sketch import Sketch, outline, placed, together

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from coach.domain.figure.front import FrontLeg
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette

_LEG: Final = Table(
    [
        (0.0, 0.048, 0.046), (0.15, 0.0495, 0.0475), (0.4, 0.046, 0.0445), (0.7, 0.0385, 0.037), (0.92, 0.0325, 0.0325),
        (1.0, 0.0315, 0.032), (1.12, 0.0305, 0.031), (1.38, 0.0335, 0.0355), (1.62, 0.0265, 0.0275),
        (1.85, 0.0195, 0.020), (2.0, 0.0195, 0.020),
    ]
)  # fmt: skip
"""Radii from the hip (0) by the knee (1) to the ankle (2): outer side, inner side."""

_FILLETS: Final = (0.0, 0.03, 0.0)
_HEM: Final = 1.74
_TOP: Final = 0.06
_ROUND_TOP: Final = 0.14
_LENGTH: Final = 0.4895
"""Length of the straight leg the sketch is made for."""

_STRAIGHT: Final = RibbonShape((THIGH, SHANK), _FILLETS, _LEG, step=0.02)

# Five toes, small to big: outwards, y from the ankle, half axes.
_TOES: Final = (
    (0.0278, -0.0475, 0.0058, 0.0060), (0.0188, -0.0515, 0.0060, 0.0066), (0.0088, -0.0545, 0.0062, 0.0070),
    (-0.0022, -0.0560, 0.0066, 0.0076), (-0.0160, -0.0550, 0.0094, 0.0094),
)  # fmt: skip
_FOOT: Final = (
    (0.010, 0.052), (0.0190, 0.030), (0.0197, 0.014), (0.0210, 0.000), (0.0215, -0.014), (0.0275, -0.031),
    (0.0345, -0.0415), (0.0325, -0.049), (0.018, -0.0525), (-0.002, -0.0545), (-0.021, -0.0545), (-0.0265, -0.047),
    (-0.0245, -0.033), (-0.0195, -0.016), (-0.0212, 0.000), (-0.0203, 0.014), (-0.0192, 0.030), (-0.010, 0.052),
)  # fmt: skip
_BETWEEN_TOES: Final = ((0.0236, -0.0455), (0.0140, -0.0490), (0.0036, -0.0515), (-0.0078, -0.0515))
_INSTEP_SHADE: Final = (
    (0.0210, 0.000), (0.0215, -0.014), (0.0275, -0.031), (0.0340, -0.0410), (0.022, -0.036), (0.013, -0.016),
    (0.013, 0.004),
)  # fmt: skip
_POINT_STEPS: Final = 128
"""Feet pointing down are drawn in this many steps of foreshortening."""
_FAT_STEPS: Final = 12


def _toward(x: float, shrink: float) -> float:
    """A length of the sole lengthened as the foot points down."""
    return x * shrink if x < -0.004 else x


@lru_cache(maxsize=256)
def _foot(colours: Palette, step: int) -> Sketch:
    """A foot seen from the front, origin at the ankle; `step` / `_POINT_STEPS` is the sine of its pitch."""
    stretch = 1.0 + 0.95 * step / _POINT_STEPS

    def at(x: float, y: float) -> Point:
        return x, _toward(y, stretch)

    sketch = Sketch()
    toes = [(at(x, y), rx, ry) for x, y, rx, ry in _TOES]
    body = closed_path([at(x, y) for x, y in _FOOT])
    sketch.path(together([body, *(ellipse_path(c, rx, ry) for c, rx, ry in toes)]), colours.skin)
    starts = [at(x, y) for x, y in _BETWEEN_TOES]
    gaps = [ellipse_path((x - 0.0002, y - 0.0042), 0.0010, 0.0053) for x, y in starts]
    sketch.path(together(gaps), fade(colours.skin_d, 0.85))
    nails = [ellipse_path((c[0], c[1] - ry * 0.12), rx * 0.52, ry * 0.46) for c, rx, ry in toes]
    sketch.path(together(nails), colours.nail)
    sketch.shape([at(x, y) for x, y in _INSTEP_SHADE], fade(colours.skin_d, 0.32))
    return sketch


def paint_foot(canvas: Canvas, leg: FrontLeg, colours: Palette, *, mirror: bool) -> None:
    """Draw the foot of a leg; its pitch shows as a longer instep."""
    step = round(sin(radians(clamp(leg.pitch, 0.0, 90.0))) * _POINT_STEPS)
    _foot(colours, step).paint(canvas.painter, placed(Frame(leg.ankle, 0.0), mirror=mirror))


# ------------------------------------------------------------------------------------------------------- straight leg
def _inner_shade(t: float) -> float:
    return -1.0 + 0.55 * min(1.0, t * 3.0)


@lru_cache(maxsize=32)
def _leg(colours: Palette) -> tuple[Sketch, Sketch]:
    """A straight leg without its foot, and its hem, which lies over the glow; origin at the ankle, y up the leg."""
    ribbon = _standing()
    sketch = Sketch()
    sketch.path(runs_path(ribbon.slice(1.55, 2.0)), colours.skin)
    sketch.path(runs_path(ribbon.band(1.6, 2.0, -0.55, -1.0)), fade(colours.skin_d, 0.30))
    sketch.path(runs_path(ribbon.slice(_TOP, _HEM, inflate=0.0012)), colours.leg)
    sketch.path(runs_path(ribbon.band(0.12, _HEM, _inner_shade, -1.0, inflate=0.0012)), fade(colours.leg_d, 0.7))
    sketch.path(runs_path(ribbon.lens(0.1, _HEM, 0.85, 0.35, power=0.6)), fade(colours.leg_l, 0.28))
    sketch.path(together(_kneecap(ribbon)), fade(colours.leg_d, 0.55))
    hem = Sketch()
    hem.path(runs_path(ribbon.slice(_HEM - 0.045, _HEM, inflate=0.0022)), colours.leg_d)
    return sketch, hem


def _kneecap(ribbon: Ribbon) -> list[QPainterPath]:
    """Two short folds that give a straight knee its form."""
    x, y, _, _ = ribbon.frame(1.0)
    below = quad_path((x - 0.015, y - 0.012), (x + 0.002, y - 0.026), (x + 0.016, y - 0.010))
    inner = quad_path((x - 0.019, y + 0.020), (x - 0.021, y + 0.006), (x - 0.016, y - 0.004))
    return [outline(below, 0.0030), outline(inner, 0.0026)]


def paint_straight_leg(
    canvas: Canvas, leg: FrontLeg, colours: Palette, *, mirror: bool, glow: float = 0.0, hip_glow: float = 0.0
) -> None:
    """Draw a standing leg; `glow` lights the peroneals on its outer side, `hip_glow` the air beside its hip."""
    dx, dy = leg.hip[0] - leg.ankle[0], leg.hip[1] - leg.ankle[1]
    frame = Frame(leg.ankle, degrees(atan2(dx, dy)))
    place = placed(frame, mirror=mirror, along=hypot(dx, dy) / _LENGTH)
    painter = canvas.painter
    limb, hem = _leg(colours)
    _halo(colours, _PERONEAL_HALO, round(glow * _GLOW_STEPS)).paint(painter, place)
    _halo(colours, _HIP_HALO, round(hip_glow * _GLOW_STEPS)).paint(painter, place)
    paint_foot(canvas, leg, colours, mirror=mirror)
    limb.paint(painter, place)
    _muscle(colours, round(glow * _GLOW_STEPS)).paint(painter, place)
    hem.paint(painter, place)


# -------------------------------------------------------------------------------------------------------------- glow
_GLOW_STEPS: Final = 48
"""Light grows in this many steps: too fine to be seen, few enough to be kept."""
_PERONEALS: Final = (1.08, 1.72, 0.97, -0.10)
"""From, to, outer edge and inner edge on the leg's ribbon."""
# Where on the ribbon, half axes, alpha from the middle to the rim.
_PERONEAL_HALO: Final = ((1.42, 0.45), (0.075, 0.15), ((0.0, 0.60), (0.4, 0.40), (0.65, 0.16), (1.0, 0.0)))
_HIP_HALO: Final = ((0.02, 0.75), (0.07, 0.105), ((0.0, 0.50), (0.4, 0.34), (0.65, 0.13), (1.0, 0.0)))
_Halo: TypeAlias = "tuple[tuple[float, float], tuple[float, float], tuple[tuple[float, float], ...]]"


def glow_accent(colours: Palette, strength: float) -> Colour:
    """The accent, paler while weak: plain orange over navy turns brown."""
    return mix(colours.accent_l, colours.accent, 0.35 + 0.65 * strength)


def _standing() -> Ribbon:
    return Ribbon(_STRAIGHT, [(0.0, _LENGTH), (0.0, _LENGTH * 0.502), (0.0, 0.0)])


@lru_cache(maxsize=8 * _GLOW_STEPS)
def _halo(colours: Palette, halo: _Halo, step: int) -> Sketch:
    """Soft light in the air round a muscle of a straight leg."""
    sketch = Sketch()
    if step:
        strength = step / _GLOW_STEPS
        (u, v), (rx, ry), fall = halo
        accent = glow_accent(colours, strength)
        stops = tuple((t, fade(accent, a * strength * colours.halo)) for t, a in fall)
        centre = _standing().point(u, v)
        sketch.path(ellipse_path(centre, rx, ry), soft_brush(centre, 0.0, rx, ry, stops))
    return sketch


@lru_cache(maxsize=8 * _GLOW_STEPS)
def _muscle(colours: Palette, step: int) -> Sketch:
    """The peroneals of a straight leg: light on the whole shank, and the belly, small and bright at first."""
    sketch = Sketch()
    if not step:
        return sketch
    strength = step / _GLOW_STEPS
    size = 0.40 + 0.60 * strength
    bright = min(1.0, strength / 0.30) ** 0.8
    accent = glow_accent(colours, strength)
    ribbon = _standing()
    middle = ribbon.point(1.42, 0.40)
    light: Stops = ((0.0, fade(accent, 0.8 * strength)), (0.5, fade(accent, 0.4 * strength)), (1.0, fade(accent, 0.0)))
    sketch.path(runs_path(ribbon.slice(0.45, _HEM, inflate=0.0012)), soft_brush(middle, 90.0, 0.15, 0.055, light))
    belly: Stops = (
        (0.0, fade(colours.accent_l, bright)),
        (0.4, fade(accent, bright)),
        (1.0, fade(accent, 0.75 * bright)),
    )
    u0, u1, outer, inner = _PERONEALS
    lens = ribbon.lens(u0, u1, outer, inner, size=size, power=0.75)
    sketch.path(runs_path(lens), soft_brush(middle, 90.0, 0.10 * size, 0.032 * size, belly))
    return sketch


# -------------------------------------------------------------------------------------------------------- lifted leg
@lru_cache(maxsize=_FAT_STEPS + 1)
def _lifted(step: int) -> RibbonShape:
    """The leg's radii when the thigh comes towards the viewer: it looks fatter above the knee."""
    fat = 0.0055 * step / _FAT_STEPS

    def profile(u: float) -> tuple[float, float]:
        outer, inner = _LEG(u)
        extra = 0.0012 + fat * exp(-(((u - 0.85) / 0.42) ** 2)) if u < _HEM else 0.0
        return outer + extra, inner + extra

    return RibbonShape((THIGH, SHANK), _FILLETS, profile, step=0.045, bends=3)


def paint_lifted_leg(canvas: Canvas, leg: FrontLeg, colours: Palette) -> None:
    """Draw the leg that bends towards the viewer: the shank is farther away and darker, the thigh lies over it."""
    bent = sin(radians(leg.flexion))
    ribbon = Ribbon(_lifted(round(bent * _FAT_STEPS)), [leg.hip, leg.knee, leg.ankle])
    paint_foot(canvas, leg, colours, mirror=False)
    canvas.fill(ribbon.slice(1.55, 2.0), colours.skin)
    canvas.fill(ribbon.band(1.6, 2.0, -0.55, -1.0), fade(colours.skin_d, 0.30))
    behind = min(1.0, leg.flexion / 45.0)
    canvas.fill(ribbon.slice(0.5, _HEM), mix(colours.leg, colours.leg_d, round(0.42 * behind, 2)))
    canvas.fill(ribbon.slice(_ROUND_TOP, 1.08, round_start=0.9, round_end=0.55), colours.leg)
    canvas.fill(ribbon.band(0.12, _HEM, _inner_shade, -1.0), fade(colours.leg_d, 0.7))
    canvas.fill(ribbon.lens(0.1, 1.06, 0.85, 0.35, power=0.6), fade(colours.leg_l, 0.28))
    x, y, _, _ = ribbon.frame(1.0)
    fold = fade(colours.leg_d, 0.8)
    canvas.bend((x - 0.018, y - 0.012), (x + 0.001, y - 0.032), (x + 0.020, y - 0.012), fold, 0.0034)
    canvas.fill(ribbon.slice(_HEM - 0.045, _HEM, inflate=0.0010), colours.leg_d)


# ---------------------------------------------------------------------------------------------------------- far side
@lru_cache(maxsize=16)
def behind_palette(colours: Palette) -> Palette:
    """Colours of the rear leg of a tandem stance: darker, skin a little less so."""
    share = colours.far_share

    def darker(colour: Colour, part: float = 1.0) -> Colour:
        return mix(colour, colours.far, share * part)

    return replace(
        colours,
        skin=darker(colours.skin, 0.65),
        skin_d=darker(colours.skin_d),
        nail=darker(colours.nail),
        leg=darker(colours.leg),
        leg_d=darker(colours.leg_d),
        leg_l=darker(colours.leg_l),
    )
