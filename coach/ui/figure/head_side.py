"""The head in profile, short hair or tied hair, and the neck that joins it to the chest.

The head is rigid: it is sketched once in its own frame (origin ahead of and above the skull base) and placed every
frame. Hair on a dark ground has a rim of light along its outer contour.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame, Point, add, up
from coach.ui.figure.canvas import (
    clip_path,
    closed_path,
    ellipse_path,
    line_path,
    open_path,
    quad_path,
    runs_path,
    soft_brush,
)
from coach.ui.figure.palette import fade, mix, rgb
from coach.ui.figure.sketch import Sketch, outline, placed, together, within

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from coach.domain.figure.side import Trunk
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette

_BUN: Final = (-0.066, 0.058)
_BUN_LYING: Final = (-0.020, 0.092)
"""A bun at the back of the head would sink into the mat."""

_FACE_SHORT: Final = (
    (0.000, 0.066), (0.030, 0.061), (0.0490, 0.042), (0.0540, 0.022), (0.0535, 0.010), (0.0600, -0.006),
    (0.0648, -0.0150), (0.0570, -0.0200), (0.0565, -0.027), (0.0570, -0.034), (0.0548, -0.040), (0.0556, -0.0495),
    (0.0485, -0.0600), (0.032, -0.0605), (0.010, -0.0530), (-0.008, -0.0385), (-0.018, -0.022), (-0.042, -0.022),
    (-0.056, 0.005), (-0.056, 0.035), (-0.034, 0.060),
)  # fmt: skip
_FACE_TIED: Final = (
    (0.000, 0.066), (0.030, 0.061), (0.0500, 0.043), (0.0545, 0.022), (0.0525, 0.007), (0.0580, -0.007),
    (0.0622, -0.0145), (0.0565, -0.0190), (0.0563, -0.0255), (0.0578, -0.0300), (0.0560, -0.0345), (0.0568, -0.0385),
    (0.0535, -0.0430), (0.0525, -0.0505), (0.0440, -0.0580), (0.030, -0.0560), (0.010, -0.0480), (-0.006, -0.035),
    (-0.016, -0.022), (-0.042, -0.022), (-0.056, 0.005), (-0.056, 0.035), (-0.034, 0.060),
)  # fmt: skip
_OUTER_SHORT: Final = (
    (0.0500, 0.038), (0.0550, 0.053), (0.0475, 0.0700), (0.022, 0.0820), (-0.012, 0.0820), (-0.045, 0.068),
    (-0.0640, 0.040), (-0.0665, 0.008), (-0.0610, -0.018), (-0.0510, -0.037), (-0.0425, -0.041), (-0.035, -0.034),
)  # fmt: skip
_OUTER_TIED: Final = (
    (0.0500, 0.040), (0.0545, 0.053), (0.046, 0.068), (0.022, 0.0800), (-0.012, 0.0805), (-0.044, 0.067),
    (-0.0640, 0.038), (-0.0665, 0.006), (-0.0575, -0.018), (-0.047, -0.031), (-0.040, -0.0345), (-0.033, -0.030),
)  # fmt: skip
_INNER_SHORT: Final = (
    (-0.024, -0.016), (-0.017, -0.003), (-0.0125, 0.009), (-0.004, 0.013), (0.005, 0.009), (0.0080, -0.007),
    (0.0125, -0.010), (0.0155, 0.008), (0.023, 0.025), (0.036, 0.0345),
)  # fmt: skip
_INNER_TIED: Final = (
    (-0.024, -0.016), (-0.017, -0.003), (-0.0125, 0.009), (-0.004, 0.013), (0.005, 0.009), (0.0080, -0.006),
    (0.0105, -0.013), (0.0125, -0.004), (0.0165, 0.010), (0.0245, 0.026), (0.037, 0.0360),
)  # fmt: skip
_SHINE: Final = (
    (0.042, 0.058), (0.028, 0.071), (0.002, 0.074), (-0.030, 0.065), (-0.050, 0.043), (-0.056, 0.015),
    (-0.044, 0.038), (-0.022, 0.056), (0.004, 0.0625), (0.026, 0.0605),
)  # fmt: skip
_EAR: Final = (
    (-0.012, 0.012), (-0.002, 0.013), (0.0045, 0.006), (0.001, -0.004), (-0.005, -0.013), (-0.011, -0.010),
    (-0.0145, 0.0),
)  # fmt: skip
_STRANDS: Final = (
    ((0.028, 0.036), (-0.010, 0.050), (-0.050, 0.050)),
    ((0.006, 0.020), (-0.025, 0.034), (-0.054, 0.038)),
)


def head_frame(trunk: Trunk) -> Frame:
    """The head's frame over a solved trunk."""
    return Frame(add(add(trunk.skull, up(trunk.head), 0.028), up(trunk.head + 90.0), 0.012), trunk.head)


def paint_head(canvas: Canvas, trunk: Trunk, colours: Palette, *, lying: bool = False) -> None:
    """Neck first, then the head over it."""
    head = head_frame(trunk)
    _neck(canvas, head, Frame(trunk.neck, trunk.chest), colours)
    _head(colours, lying).paint(canvas.painter, placed(head))


def neck_outline(head: Frame, chest: Frame, slimmer: float = 0.0) -> tuple[list[Point], list[Point]]:
    """Front and back of the neck between the chest's and the head's frame."""
    n = slimmer
    ahead = [chest(0.040, -0.042), chest(0.026 - n, -0.010), head(0.016 - n, -0.050), head(0.022, -0.028)]
    behind = [head(-0.046, 0.004), head(-0.042 + n, -0.030), chest(-0.029 + n, 0.012), chest(-0.040, -0.030)]
    return ahead, behind


_JAW: Final = ((0.030, -0.055), (0.012, -0.052), (-0.012, -0.038), (-0.018, -0.045), (0.0, -0.066), (0.020, -0.072))


def _neck(canvas: Canvas, head: Frame, chest: Frame, colours: Palette) -> None:
    path = runs_path(neck_outline(head, chest, 0.004 if colours.tied_hair else 0.0))
    canvas.path(path, colours.skin)
    painter = canvas.painter
    painter.save()
    clip_path(painter, path)
    canvas.shape(head.points(_JAW), fade(colours.skin_d, 0.75))
    painter.restore()


@lru_cache(maxsize=32)
def _head(colours: Palette, lying: bool) -> Sketch:  # noqa: FBT001 - a cache key
    """Face, hair, ear and features in the head's frame."""
    sketch = Sketch()
    tied = colours.tied_hair
    bun = _BUN_LYING if lying else _BUN
    sketch.shape(_FACE_TIED if tied else _FACE_SHORT, colours.skin)
    cheek = (0.034, -0.022)
    blush = ((0.0, fade(colours.accent, 0.24 if tied else 0.16)), (1.0, fade(colours.accent, 0.0)))
    sketch.path(ellipse_path(cheek, 0.016, 0.016), soft_brush(cheek, 0.0, 0.016, 0.016, blush))
    knot = _bun(sketch, bun, colours) if tied else None
    hair = sketch.shape((*_OUTER_TIED, *_INNER_TIED) if tied else (*_OUTER_SHORT, *_INNER_SHORT), colours.hair)
    sketch.shape(_SHINE, fade(colours.hair_l, 0.75))
    if tied:
        for strand in _STRANDS:
            sketch.path(outline(quad_path(*strand), 0.0026), fade(colours.hair_l, 0.55))
    if colours.rim is not None:
        _rim(sketch, hair, knot, bun, colours.rim, tied=tied)
    sketch.shape(_EAR, colours.skin)
    sketch.path(
        outline(quad_path((-0.009, 0.007), (0.001, 0.008), (-0.005, -0.006)), 0.0026), fade(colours.skin_d, 0.95)
    )
    _features(sketch, colours)
    return sketch


def _bun(sketch: Sketch, bun: Point, colours: Palette) -> QPainterPath:
    """The bun and the tie where the head's contour meets it; returns the bun's outline."""
    knot = sketch.path(ellipse_path(bun, 0.0270, 0.0255), colours.hair)
    sketch.path(ellipse_path((bun[0] - 0.005, bun[1] + 0.007), 0.013, 0.010), fade(colours.hair_l, 0.75))
    dx, dy = bun[0] + 0.008, bun[1] - 0.030
    length = math.hypot(dx, dy)
    dx, dy = dx / length, dy / length
    x, y = bun[0] - dx * 0.0215, bun[1] - dy * 0.0215
    tie = quad_path(
        (x - dy * 0.019, y + dx * 0.019), (x + dx * 0.004, y + dy * 0.004), (x + dy * 0.019, y - dx * 0.019)
    )
    sketch.path(outline(tie, 0.007), colours.shirt_d)
    return knot


def _rim(sketch: Sketch, hair: QPainterPath, knot: QPainterPath | None, bun: Point, rim: Colour, *, tied: bool) -> None:
    """Light along the outer contour, inside the hair."""
    contour = (_OUTER_TIED if tied else _OUTER_SHORT)[1:9]
    sketch.path(within(outline(open_path(contour), 0.0075), hair), fade(rim, 0.50))
    if knot is not None:
        turns = [math.radians(a) for a in range(70, 235, 15)]
        arc = [(bun[0] + 0.0235 * math.cos(a), bun[1] + 0.0225 * math.sin(a)) for a in turns]
        sketch.path(within(outline(open_path(arc), 0.0055), knot), fade(rim, 0.42))


def _features(sketch: Sketch, colours: Palette) -> None:
    """A closed calm eye, brow, lash and mouth."""
    tied = colours.tied_hair
    ink = mix(colours.hair, rgb("000000"), 0.35) if colours.dark else mix(colours.hair, colours.skin_d, 0.15)
    sketch.path(outline(quad_path((0.0355, 0.0045), (0.0415, -0.0015), (0.0475, 0.0035)), 0.0036), ink)
    if tied:
        sketch.path(outline(line_path((0.0370, 0.0028), (0.0330, 0.0018)), 0.0026), ink)
        sketch.path(outline(quad_path((0.034, 0.0205), (0.042, 0.0255), (0.0505, 0.0205)), 0.0026), ink)
    else:
        sketch.path(outline(quad_path((0.034, 0.0215), (0.042, 0.0285), (0.0505, 0.0215)), 0.0046), ink)
    lips = mix(colours.skin_d, colours.accent, 0.18) if tied else colours.skin_d
    mouth = quad_path((0.0445, -0.0345), (0.0490, -0.0372), (0.0548, -0.0338))
    sketch.path(outline(mouth, 0.0042 if tied else 0.0034), lips)


def head_silhouette(tied: bool, lying: bool) -> QPainterPath:  # noqa: FBT001
    """Face, hair and bun as one area, in the head's frame."""
    outer = _OUTER_TIED if tied else _OUTER_SHORT
    parts = [closed_path(_FACE_TIED if tied else _FACE_SHORT), closed_path((*outer, (-0.033, -0.02), (0.03, 0.03)))]
    if tied:
        parts.append(ellipse_path(_BUN_LYING if lying else _BUN, 0.0270, 0.0255))
    return together(parts)
