"""Pelvis, neck and shirt from the front: one rigid sketch in the trunk's frame, and the light of the hip abductors."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame
from coach.ui.figure.canvas import Stops, closed_path, ellipse_path, open_path, quad_path, soft_brush
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.sketch import Sketch, outline, placed, within

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPainterPath, QTransform

    from coach.domain.figure.front import FrontBody
    from coach.ui.figure.palette import Palette

# Origin in the middle of the pelvis, x to the viewer's right, y up.
_PELVIS_HALF: Final = (
    (0.060, 0.045), (0.086, 0.022), (0.098, -0.02), (0.080, -0.045), (0.02, -0.052),
)  # fmt: skip
_SHIRT_HALF: Final = (
    (0.034, 0.322), (0.062, 0.309), (0.086, 0.3005), (0.108, 0.2925), (0.117, 0.2835), (0.121, 0.262), (0.117, 0.240),
    (0.0990, 0.203), (0.0905, 0.160), (0.0815, 0.115), (0.0865, 0.060), (0.0950, 0.012), (0.0985, -0.026),
)  # fmt: skip
_SHIRT_SHADE: Final = (
    (0.1100, 0.215), (0.0905, 0.165), (0.0815, 0.115), (0.0865, 0.060), (0.0970, -0.020), (0.062, -0.024),
    (0.058, 0.06), (0.056, 0.12), (0.066, 0.18), (0.080, 0.225),
)  # fmt: skip
_SHIRT_LIGHT: Final = (
    (-0.072, 0.20), (-0.058, 0.235), (-0.030, 0.23), (-0.045, 0.16), (-0.058, 0.09), (-0.068, 0.10),
)  # fmt: skip
_NECK: Final = (
    (-0.034, 0.300), (-0.0285, 0.325), (-0.0285, 0.365), (0.0285, 0.365), (0.0285, 0.325), (0.034, 0.300), (0.0, 0.285),
)  # fmt: skip
_JAW_SHADE: Final = (
    (-0.030, 0.348), (0.0, 0.334), (0.030, 0.348), (0.027, 0.334), (0.0, 0.316), (-0.027, 0.334),
)  # fmt: skip
_COLLAR_DIP: Final = (0.0, 0.278)
_HEM_DIP: Final = (0.0, -0.040)
_HIP: Final = (-0.078, 0.024)
_HIP_LIGHT: Final = (0.088, 0.055)
_GLOW_STEPS: Final = 48


def trunk_place(body: FrontBody) -> QTransform:
    """Where the trunk's sketch goes; a full chest widens and lifts it a little."""
    full = body.motion.breath
    return placed(body.trunk(), across=1.0 + 0.010 * full, along=1.0 + 0.005 * full)


def paint_trunk(painter: QPainter, colours: Palette, place: QTransform) -> None:
    """Draw pelvis, neck and shirt."""
    _trunk(colours).paint(painter, place)


def paint_hip_glow(painter: QPainter, colours: Palette, place: QTransform, strength: float) -> None:
    """Light the hip abductors of the standing side on the shirt."""
    _hip_light(colours, round(strength * _GLOW_STEPS)).paint(painter, place)


def _shirt() -> QPainterPath:
    right = list(_SHIRT_HALF)
    left = [(-x, y) for x, y in reversed(right)]
    path = open_path(right)
    path.quadTo(*_HEM_DIP, *left[0])
    path.connectPath(open_path(left))
    path.quadTo(*_COLLAR_DIP, *right[0])
    path.closeSubpath()
    return path


@lru_cache(maxsize=32)
def _trunk(colours: Palette) -> Sketch:
    sketch = Sketch()
    pelvis = [*_PELVIS_HALF, (0.0, -0.055), *((-x, y) for x, y in reversed(_PELVIS_HALF))]
    sketch.shape(pelvis, colours.leg)
    sketch.path(outline(quad_path((0.0, -0.052), (-0.003, -0.035), (-0.003, -0.015)), 0.0035), fade(colours.leg_d, 0.8))
    neck = sketch.shape(_NECK, colours.skin)
    sketch.path(within(closed_path(_JAW_SHADE), neck), fade(colours.skin_d, 0.7))
    shirt = sketch.path(_shirt(), colours.shirt)
    sketch.path(within(closed_path(_SHIRT_SHADE), shirt), fade(colours.shirt_d, 0.5))
    sketch.shape(_SHIRT_LIGHT, fade(colours.shirt_l, 0.25))
    rib = quad_path((-0.034, 0.321), _COLLAR_DIP, (0.034, 0.321))
    sketch.path(outline(rib, 0.0075), colours.shirt_d)
    return sketch


@lru_cache(maxsize=1)
def _hip_area() -> QPainterPath:
    """The part of the shirt the hip's light can reach."""
    return within(ellipse_path(_HIP, 0.060, 0.092), _shirt())


@lru_cache(maxsize=8 * _GLOW_STEPS)
def _hip_light(colours: Palette, step: int) -> Sketch:
    sketch = Sketch()
    if step:
        # It grows from a small bright spot: a wide weak light would turn brown over the shirt.
        strength = step / _GLOW_STEPS
        size, bright = 0.40 + 0.60 * strength, min(1.0, strength / 0.35)
        accent = mix(colours.accent_l, colours.accent, 0.35 + 0.65 * strength)
        stops: Stops = (
            (0.0, fade(mix(accent, colours.accent_l, 0.3), 0.95 * bright)),
            (0.35, fade(accent, 0.75 * bright)),
            (0.7, fade(accent, 0.25 * bright)),
            (1.0, fade(accent, 0.0)),
        )
        rx, ry = _HIP_LIGHT
        sketch.path(_hip_area(), soft_brush(_HIP, 96.0, rx * size, ry * size, stops))
    return sketch


def head_frame(body: FrontBody, origin: float) -> Frame:
    """The head's frame: it sits on the breathing trunk and leans a little by itself."""
    lift = 1.0 + 0.005 * body.motion.breath
    neck = body.trunk()(0.0, 0.335 * lift)
    lean = body.lean + body.head
    return Frame(Frame(neck, lean)(0.0, origin - 0.335), lean)
