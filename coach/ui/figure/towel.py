"""The towel under the foot, drawn as one sheet with one gradient along it, and the book on its far end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QLinearGradient

from coach.domain.figure.foot import CLOTH, Sheet, project
from coach.domain.figure.geometry import Point, lerp
from coach.ui.figure.canvas import line_path, polygon_path, runs_path
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.sketch import outline, together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Palette

_TONES: Final = 64
_BOOK_W: Final = (-0.20, 0.62)
_BOOK_FROM_END: Final = 0.03


@lru_cache(maxsize=16)
def _tones(colours: Palette) -> tuple[QColor, ...]:
    """The towel's colours from light to shade."""
    steps = [mix(colours.towel, colours.towel_d, k / _TONES) for k in range(_TONES + 1)]
    return tuple(QColor.fromRgba(colour) for colour in steps)


def paint_towel(canvas: Canvas, sheet: Sheet, colours: Palette) -> None:
    """Draw the sheet: its top, the stripes at the free end, the near edge and the end face."""
    tones = _tones(colours)
    gradient = QLinearGradient(QPointF(*sheet.shade_from), QPointF(*sheet.shade_to))
    gradient.setStops([(min(1.0, at), tones[int(dark * _TONES)]) for at, dark in sheet.shades])
    far, near, low = list(sheet.far), list(sheet.near), list(sheet.low)
    canvas.path(runs_path((far, near[::-1])), QBrush(gradient))
    canvas.path(together(polygon_path(stripe) for stripe in sheet.stripes), fade(colours.stripe, 0.85))
    canvas.path(runs_path((near, low[::-1])), mix(colours.towel_d, colours.shadow, 0.06))
    end = [far[-1], near[-1], low[-1], (far[-1][0], far[-1][1] - CLOTH)]
    canvas.polygon(end, mix(colours.towel_d, colours.shadow, 0.10))


def paint_book(canvas: Canvas, end: float, numbers: Mapping[str, float], colours: Palette) -> None:
    """Draw a closed book that lies across the towel, a little before the towel's `end`."""
    s1 = end - _BOOK_FROM_END
    s0, low, high = s1 - numbers["length"], CLOTH + 0.002, CLOTH + 0.002 + numbers["height"]
    front, back = _BOOK_W
    cover, board = mix(colours.prop, colours.shirt, 0.22), mix(colours.prop_d, colours.shirt_d, 0.22)
    pages, cut = mix(colours.towel, colours.prop_l, 0.45), fade(colours.prop_d, 0.45)

    def face(a: float, b: float, z0: float, z1: float) -> list[Point]:
        return [project(a, z0, front), project(b, z0, front), project(b, z1, front), project(a, z1, front)]

    def top(a: float, b: float, w0: float, w1: float) -> list[Point]:
        return [project(a, high, w0), project(b, high, w0), project(b, high, w1), project(a, high, w1)]

    canvas.polygon(face(s0, s1, low, high), pages)
    heights = [lerp(low, high, share) for share in (0.25, 0.45, 0.65)]
    leaves = [line_path(project(s0 + 0.012, z, front), project(s1 - 0.006, z, front)) for z in heights]
    canvas.path(together(outline(leaf, 0.004) for leaf in leaves), cut)
    boards = [face(s0, s1, low, low + 0.016), face(s0, s1, high - 0.016, high), face(s0, s0 + 0.020, low, high)]
    canvas.path(together(polygon_path(board_face) for board_face in boards), board)
    canvas.polygon(top(s0, s1, front, back), cover)
    label = top(s0 + 0.05, s1 - 0.04, lerp(front, back, 0.22), lerp(front, back, 0.36))
    canvas.polygon(label, fade(colours.prop_l, 0.8))
