"""Hands of the side view: an open hand with four fingers and a thumb, and a fist round a band.

Fingers, palm and fist are rigid, so each is sketched once in its own frame (origin at wrist or knuckle)
and placed every frame. In that frame the hand points down, along -y.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame, Table, add, arm_direction, clamp
from coach.domain.figure.pose import Hand
from coach.domain.figure.ribbon import Ribbon, RibbonShape
from coach.ui.figure.canvas import line_path, open_path, quad_path, runs_path
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.sketch import Sketch, outline, placed, together

if TYPE_CHECKING:
    from coach.domain.figure.pose import Arm
    from coach.domain.figure.side import ArmPoints
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

PALM: Final = 0.047
"""Wrist to knuckles."""

_FINGER_LENGTHS: Final = (0.84, 1.0, 1.07, 0.98)
"""Little to index finger, of the bones .032 and .026."""
_FINGER_RADIUS: Final = Table([(0, 0.0080, 0.0080), (1, 0.0072, 0.0072), (2, 0.0058, 0.0058)])


def _finger_radius(u: float) -> tuple[float, ...]:
    return _FINGER_RADIUS(u * 2.0 / 3.0)


def _thumb_radius(u: float) -> tuple[float, float]:
    r = 0.0095 - 0.0030 * max(0.0, u - 1.0)
    return (r, r)


def _palm_radius(u: float) -> tuple[float, float]:
    wider = clamp(u - 0.5)
    return (0.0140 + 0.0040 * wider, 0.0145 + 0.0035 * wider)


_FINGER: Final = RibbonShape((0.012, 0.026, 0.026), (0, 0.006, 0.012, 0), _finger_radius, step=0.012, bends=3)
_THUMB: Final = RibbonShape((0.027, 0.021), (0, 0.008, 0), _thumb_radius, step=0.012, bends=3)
_PALM: Final = RibbonShape((0.04, 0.031), (0, 0.01, 0), _palm_radius, step=0.012, bends=2)


def _palm_shade(t: float) -> float:
    return -1.0 + 0.55 * math.pow(max(0.0, math.sin(math.pi * t)), 0.6)


def paint_hand(canvas: Canvas, arm: ArmPoints, style: Arm, colours: Palette) -> None:
    """Draw the hand of a solved arm at its wrist."""
    wrist = placed(Frame(arm.wrist, -arm.hand))
    painter = canvas.painter
    if style.hand is Hand.FIST:
        _fist(colours).paint(painter, wrist)
        return
    _thumb(colours, arm.thumb).paint(painter, wrist)
    knuckles = add(arm.wrist, arm_direction(arm.hand), PALM)
    for i in (3, 2, 1, 0):
        place = (knuckles[0] + style.fan[0] * (i - 1.2), knuckles[1] + style.fan[1] * 0.62 * (i - 1.2))
        finger = _finger(colours, i, arm.curl + style.curls[i])
        finger.paint(painter, placed(Frame(place, -arm.hand)))
    _palm(colours).paint(painter, wrist)


@lru_cache(maxsize=256)
def _thumb(colours: Palette, angle: float) -> Sketch:
    """The thumb of a hand that points down from the origin, behind the palm and darker."""
    root = (0.0, -0.014)
    middle = add(root, arm_direction(angle), 0.027)
    ribbon = Ribbon(_THUMB, (root, middle, add(middle, arm_direction(angle - 14.0), 0.021)))
    sketch = Sketch()
    sketch.path(runs_path(ribbon.slice(0.0, 2.0, round_end=1.0)), mix(colours.skin, colours.skin_d, 0.28))
    return sketch


@lru_cache(maxsize=1024)
def _finger(colours: Palette, number: int, curl: float) -> Sketch:
    """One finger (0 little to 3 index) from its knuckle at the origin; each bone turns by `curl`."""
    length = _FINGER_LENGTHS[number]
    middle = add((0.0, 0.0), arm_direction(curl), 0.032 * length)
    tip = add(middle, arm_direction(2.0 * curl), 0.026 * length)
    ribbon = Ribbon(_FINGER, ((0.0, 0.006), add((0.0, 0.0), arm_direction(curl * 0.35), 0.006), middle, tip))
    sketch = Sketch()
    sketch.path(runs_path(ribbon.slice(0.0, 3.0, round_end=0.95)), mix(colours.skin, colours.skin_d, 0.10 * number))
    sketch.path(outline(open_path(ribbon.edge(0.7, 2.95, -1.0)), 0.0018), fade(colours.skin_d, 0.75))
    return sketch


@lru_cache(maxsize=16)
def _palm(colours: Palette) -> Sketch:
    """Back of the hand, wrist to knuckles, with its shade and two tendons."""
    ribbon = Ribbon(_PALM, ((0.0, 0.02), (0.0, -0.02), (0.0, -PALM - 0.004)))
    sketch = Sketch()
    sketch.path(runs_path(ribbon.slice(0.0, 2.0, round_end=0.55)), colours.skin)
    sketch.path(runs_path(ribbon.band(0.2, 1.9, _palm_shade, -1.0)), fade(colours.skin_d, 0.30))
    tendons = [outline(line_path(ribbon.point(1.72, v), ribbon.point(1.98, v)), 0.0020) for v in (-0.35, 0.25)]
    sketch.path(together(tendons), fade(colours.skin_d, 0.55))
    return sketch


_FIST_OUTLINE: Final = (
    (0.0135, 0.012), (0.0165, -0.012), (0.0195, -0.034), (0.017, -0.046), (0.002, -0.050), (-0.016, -0.047),
    (-0.0205, -0.036), (-0.0165, -0.014), (-0.0135, 0.012),
)  # fmt: skip


@lru_cache(maxsize=16)
def _fist(colours: Palette) -> Sketch:
    """A closed hand pointing down: back of the hand to the viewer, four finger ends, the thumb over the top."""
    sketch = Sketch()
    sketch.shape(_FIST_OUTLINE, colours.skin)
    for j in range(4):
        y = 0.0148 - 0.0100 * j
        end = (y * 0.96, -0.0530 + 0.0022 * abs(j - 1.2))
        finger = outline(line_path((y, -0.036), end), 0.0118)
        sketch.path(finger, mix(colours.skin, colours.skin_d, 0.08 + 0.05 * j))
    gaps = []
    for j in range(3):
        y = 0.0098 - 0.0100 * j
        gaps.append(outline(line_path((y, -0.036), (y * 0.97, -0.0580 + 0.002 * abs(j - 1))), 0.0020))
    sketch.path(together(gaps), fade(colours.skin_d, 0.8))
    sketch.path(outline(quad_path((0.012, -0.008), (0.026, -0.022), (0.0175, -0.046)), 0.0150), colours.skin)
    crease = outline(quad_path((0.011, -0.018), (0.0155, -0.030), (0.0105, -0.048)), 0.0020)
    sketch.path(crease, fade(colours.skin_d, 0.8))
    return sketch
