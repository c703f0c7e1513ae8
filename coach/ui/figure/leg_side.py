"""Leg and foot of the side view.

A leg's paths are worked out once per frame and can be painted again, magnified, in the heel inset.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.domain.figure.soles import foot_outline, toe_frame
from coach.ui.figure.canvas import closed_path, fill_all, open_path, quad_path, runs_path
from coach.ui.figure.muscles import MUSCLES, glow
from coach.ui.figure.palette import fade
from coach.ui.figure.sketch import Sketch, outline, placed, together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QBrush, QPainter, QPainterPath

    from coach.domain.figure.geometry import Point
    from coach.domain.figure.ribbon import Ribbon
    from coach.domain.figure.side import LegPoints
    from coach.ui.figure.palette import Colour, Palette

HEM: Final = 4.66
"""Where the leggings end on the body ribbon."""

_WAIST: Final = 2.45
_CLOTH: Final = 0.0015
_HEM_CLOTH: Final = 0.0022


def _shade(t: float) -> float:
    return -1.0 + 0.70 * math.pow(min(1.0, t * 4.0), 0.6)


class LegPicture:
    """One leg of one frame: foot, leggings, shade, light, glow and hem as fills in drawing order."""

    __slots__ = ("_after", "_before", "_colours", "_foot", "_toes")

    def __init__(
        self,
        ribbon: Ribbon,
        leg: LegPoints,
        colours: Palette,
        *,
        far: bool = False,
        glows: Iterable[tuple[str, float]] = (),
    ) -> None:
        self._colours = colours
        self._foot, self._toes = leg.foot, toe_frame(leg)
        self._before: list[tuple[QPainterPath, Colour | QBrush]] = [
            (open_outline(foot_outline(leg, ribbon)), colours.skin)
        ]
        after: list[tuple[QPainterPath, Colour | QBrush]] = [
            (runs_path(ribbon.slice(_WAIST, HEM, inflate=_CLOTH)), colours.leg),
            (runs_path(ribbon.band(2.8, HEM, _shade, -1.0, _CLOTH)), fade(colours.leg_d, 0.75)),
        ]
        if not far:
            light = ribbon.lens(3.25, HEM, 0.86, 0.40, power=0.6)
            after.append((runs_path(light), fade(colours.leg_l, 0.28)))
        for muscle, intensity in glows:
            after += glow(ribbon, MUSCLES[muscle], colours, intensity)
        after.append((runs_path(ribbon.slice(HEM - 0.045, HEM, inflate=_HEM_CLOTH)), colours.leg_d))
        self._after = after

    def paint(self, painter: QPainter, *, close: bool = False) -> None:
        """Fill the leg; `close` adds what only a magnified foot shows (nail, light on heel and tendon)."""
        fill_all(painter, self._before)
        foot, toes = placed(self._foot), placed(self._toes)
        _foot_marks(self._colours).paint(painter, foot)
        _toe_marks(self._colours).paint(painter, toes)
        fill_all(painter, self._after)
        if close:
            _close_foot(self._colours).paint(painter, foot)
            _close_toes(self._colours).paint(painter, toes)


def open_outline(points: list[Point]) -> QPainterPath:
    """A smooth outline whose two ends are joined by a straight line (they lie hidden under the leggings)."""
    path = open_path(points)
    path.closeSubpath()
    return path


_SOLE_SHADE: Final = (
    (-0.0405, -0.027), (-0.030, -0.0385), (-0.012, -0.039), (0.034, -0.0355), (0.058, -0.039), (0.060, -0.033),
    (0.034, -0.028), (0.0, -0.027), (-0.022, -0.026),
)  # fmt: skip
_HEEL_LIGHT: Final = (
    (-0.026, 0.010), (-0.029, -0.004), (-0.034, -0.018), (-0.030, -0.024), (-0.020, -0.014), (-0.019, 0.002),
)  # fmt: skip
_NAIL: Final = ((0.0300, 0.0040), (0.0385, 0.0008), (0.0410, -0.0030), (0.0350, -0.0012), (0.0300, 0.0008))


@lru_cache(maxsize=32)
def _foot_marks(colours: Palette) -> Sketch:
    """Shade of the sole and the ankle bone, in the foot's frame."""
    sketch = Sketch()
    sketch.shape(_SOLE_SHADE, fade(colours.skin_d, 0.38))
    bone = outline(quad_path((-0.013, 0.003), (-0.008, -0.010), (0.001, -0.003)), 0.0022)
    sketch.path(bone, fade(colours.skin_d, 0.55))
    return sketch


@lru_cache(maxsize=32)
def _toe_marks(colours: Palette) -> Sketch:
    """The gaps between the toes, in the toes' frame."""
    sketch = Sketch()
    gaps = [
        outline(quad_path((x - 0.004, top), (x + 0.0035, -0.0005), (x + 0.0005, -0.0085)), 0.0022)
        for x, top in ((0.0365, 0.0035), (0.0290, 0.0048), (0.0205, 0.0052))
    ]
    sketch.path(together(gaps), fade(colours.skin_d, 0.9))
    return sketch


@lru_cache(maxsize=32)
def _close_foot(colours: Palette) -> Sketch:
    """What a close look adds to the foot."""
    sketch = Sketch()
    sketch.path(closed_path(_HEEL_LIGHT), fade(colours.skin_l, 0.55))
    arch = outline(quad_path((0.044, -0.0365), (0.030, -0.028), (0.012, -0.0345)), 0.0016)
    sketch.path(arch, fade(colours.skin_d, 0.6))
    return sketch


@lru_cache(maxsize=32)
def _close_toes(colours: Palette) -> Sketch:
    """What a close look adds to the toes."""
    sketch = Sketch()
    sketch.shape(_NAIL, colours.nail)
    return sketch
