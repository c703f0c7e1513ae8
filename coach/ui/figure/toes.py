"""Five toes seen from the inner side of the foot: each a ribbon whose root melts into the foot."""

from __future__ import annotations

from functools import lru_cache
from math import hypot
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QTransform

from coach.domain.figure.foot import TOES, toe_chain
from coach.domain.figure.geometry import Point, Table, clamp
from coach.domain.figure.ribbon import Ribbon, RibbonShape
from coach.ui.figure.canvas import quad_path
from coach.ui.figure.palette import fade, mix

if TYPE_CHECKING:
    from coach.domain.figure.foot import Toe
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette

_STUB: Final = 0.05
_BIG: Final = 0
_CAP: Final = 3
"""Points of a ribbon's round end."""
_BENT: Final = 0.25
"""From this curl on, the joints show."""
_CONTOUR: Final = 0.0062
_ROOT_LIGHT: Final = 0.30
"""The first part of a toe keeps the foot's plain colour, so that no seam shows."""


def _shape(toe: Toe) -> RibbonShape:
    root = toe.radii[0]
    knots: list[tuple[float, ...]] = [(0.0, root * 1.02, root), (1.0, root, root)]
    knots += [(1.0 + k, r * (1.06 if k == 1 else 1.0), r) for k, r in enumerate(toe.radii) if k]
    fillets = (0.0, 0.022, *([0.030] * (len(toe.bones) - 1)), 0.0)
    return RibbonShape((_STUB, *toe.bones), fillets, Table(knots), step=0.035, bends=3)


_SHAPES: Final = tuple(_shape(toe) for toe in TOES)


def _under(t: float) -> float:
    """Inner edge of the shade along a toe's underside."""
    width = 0.60 * float(min(1.0, t * 1.8) ** 1.2)
    return -1.0 + width * (1.0 - clamp((t - 0.62) / 0.38) ** 2)


def paint_toe(canvas: Canvas, index: int, reach: float, curl: float, colours: Palette) -> None:
    """Draw toe `index` (0 = big) at a moment of reach and curl."""
    chain = toe_chain(index, reach, curl)
    ribbon = Ribbon(_SHAPES[index], chain.points)
    end = float(len(chain.points) - 1)
    tip = mix(colours.skin, colours.skin_d, round(0.10 + 0.07 * index, 2))
    fill = _along(chain.points[1], chain.points[-1], colours.skin, tip)
    canvas.fill(ribbon.slice(0.30, end, round_start=0.6, round_end=0.95), fill)
    canvas.fill(ribbon.band(1.15, end, _under, -1.0), fade(colours.skin_d, 0.34))
    if curl > _BENT:
        shine = 0.60 * clamp((curl - _BENT) * 2.0)
        canvas.fill(ribbon.lens(1.62, 2.30, 0.86, 0.20, power=0.6), fade(colours.skin_l, shine))
    canvas.curve(_contour(ribbon, index, end), fade(colours.skin_d, 0.95), _CONTOUR + 0.0016 * curl)
    if index == _BIG:
        _underside(canvas, ribbon, curl, colours)
    length, inner = (0.46, 0.22) if index == _BIG else (0.62, 0.12)
    canvas.fill(ribbon.lens(end - length, end + 0.04, 0.97, inner, power=0.42), colours.nail)


def _contour(ribbon: Ribbon, index: int, end: float) -> list[Point]:
    """A line along the top, round the tip and back along the underside of the last bone; it starts beyond the root."""
    top, under = (1.55, 2.12) if index == _BIG else (1.30, 1.25)
    whole = ribbon.slice(under, end, round_end=0.95)[0]
    side = (len(whole) - _CAP) // 2
    return ribbon.edge(top, end, 1.0) + whole[side:]


def _underside(canvas: Canvas, ribbon: Ribbon, curl: float, colours: Palette) -> None:
    """Under the big toe's first bone: a contour while it is straight, the fold of its joint once it bends."""
    flat = 1.0 - clamp(curl * 2.2)
    if flat > 0.0:
        canvas.curve(ribbon.edge(1.15, 2.14, -1.0), fade(colours.skin_d, 0.95 * flat), _CONTOUR)
    if curl > _BENT:
        a, b = ribbon.point(1.99, -0.62), ribbon.point(1.95, 0.10)
        fold = quad_path(a, ribbon.point(2.06, -0.25), b)
        canvas.stroke(fold, fade(colours.skin_d, 0.7 * clamp((curl - _BENT) * 2.0)), 0.006)


@lru_cache(maxsize=64)
def _gradient(start: Colour, end: Colour) -> QBrush:
    gradient = QLinearGradient(QPointF(0.0, 0.0), QPointF(1.0, 0.0))
    gradient.setColorAt(0.0, QColor.fromRgba(start))
    gradient.setColorAt(_ROOT_LIGHT, QColor.fromRgba(start))
    gradient.setColorAt(1.0, QColor.fromRgba(end))
    return QBrush(gradient)


def _along(a: Point, b: Point, start: Colour, end: Colour) -> QBrush:
    """A gradient from `a` to `b`."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    out = QBrush(_gradient(start, end))
    out.setTransform(QTransform(dx, dy, -dy, dx, a[0], a[1]) if hypot(dx, dy) else QTransform())
    return out
