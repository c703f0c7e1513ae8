"""The glow of a working muscle: a soft halo behind the limb, light on the limb, and the muscle's belly.

None of the three needs a clip: the halo lies behind the limb, the light fills a slice of the limb's own ribbon, and
the belly is a lens of that ribbon. A weak glow is small and bright rather than large and pale, which would turn brown
over navy.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from coach.domain.figure.geometry import Point, clamp, distance, lerp
from coach.ui.figure.canvas import runs_path, soft_brush
from coach.ui.figure.palette import fade, mix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QBrush, QPainterPath

    from coach.domain.figure.ribbon import Ribbon
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

FAINTEST: Final = 0.02
"""Below this intensity nothing is drawn."""


class Muscle(NamedTuple):
    """Where a muscle lies on the body ribbon."""

    start: float
    end: float
    outer: float
    inner: float
    over_shirt: bool = False


MUSCLES: Final[Mapping[str, Muscle]] = {
    "calf": Muscle(3.96, 4.63, -0.98, 0.24),
    "soleus": Muscle(4.10, 4.66, -0.98, 0.16),
    "hamstring": Muscle(3.26, 3.99, -0.98, 0.06),
    "quadriceps": Muscle(3.15, 3.95, 0.97, 0.10),
    "hip_flexor": Muscle(2.60, 3.42, 0.98, 0.02, over_shirt=True),
}
"""Muscles of trunk and leg in the side view."""

_LIGHT_BEFORE, _LIGHT_AFTER = 0.25, 0.12


class _Axes(NamedTuple):
    """The muscle's middle, its direction in painter degrees, half its length and half its width."""

    centre: Point
    angle: float
    length: float
    width: float


def _axes(ribbon: Ribbon, muscle: Muscle) -> _Axes:
    middle, across = (muscle.start + muscle.end) / 2, (muscle.outer + muscle.inner) / 2
    a, b = ribbon.point(muscle.start, across), ribbon.point(muscle.end, across)
    centre = ribbon.point(middle, lerp(muscle.outer, muscle.inner, 0.42))
    width = distance(ribbon.point(middle, muscle.outer), ribbon.point(middle, muscle.inner)) / 2
    return _Axes(centre, math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])), distance(a, b) / 2, width)


def halo(canvas: Canvas, ribbon: Ribbon, muscle: Muscle, colours: Palette, intensity: float) -> None:
    """The light around the limb; draw it before the limb."""
    if intensity <= FAINTEST:
        return
    axes = _axes(ribbon, muscle)
    strength = intensity * colours.halo
    stops = tuple(
        (t, fade(colours.accent, a * strength))
        for t, a in ((0.0, 0.60), (0.35, 0.46), (0.6, 0.20), (0.82, 0.06), (1.0, 0.0))
    )
    canvas.soft(axes.centre, axes.length * 1.5, axes.width + 0.075, stops, axes.angle)


def glow(ribbon: Ribbon, muscle: Muscle, colours: Palette, intensity: float) -> list[tuple[QPainterPath, QBrush]]:
    """Light on the limb, then the belly, as fills in drawing order."""
    if intensity <= FAINTEST:
        return []
    axes = _axes(ribbon, muscle)
    accent, light = colours.accent, colours.accent_l
    size, alpha = 0.30 + 0.70 * min(1.0, intensity), math.pow(clamp(intensity / 0.30), 0.8)
    on_limb = soft_brush(
        axes.centre,
        axes.angle,
        axes.length * 1.25 * size,
        (axes.width * 2.1 + 0.012) * size,
        (
            (0.0, fade(accent, 0.75 * alpha)),
            (0.45, fade(accent, 0.42 * alpha * size)),
            (0.8, fade(accent, 0.10 * alpha * size)),
            (1.0, fade(accent, 0.0)),
        ),
    )
    limb = ribbon.slice(max(0.3, muscle.start - _LIGHT_BEFORE), min(4.95, muscle.end + _LIGHT_AFTER))
    belly = soft_brush(
        axes.centre,
        axes.angle,
        axes.length * 1.02 * size,
        axes.width * 1.25 * size,
        (
            (0.0, fade(light, alpha)),
            (0.35, fade(mix(light, accent, 0.75), alpha)),
            (0.75, fade(accent, 0.95 * alpha)),
            (1.0, fade(accent, 0.70 * alpha)),
        ),
    )
    lens = ribbon.lens(
        muscle.start, muscle.end, muscle.outer, muscle.inner, size=min(size, 0.9999), power=0.75, points=12
    )
    return [(runs_path(limb), on_limb), (runs_path(lens), belly)]
