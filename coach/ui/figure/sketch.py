"""Sketches: rigid parts drawn once as ready paths and brushes, then filled every frame under a transform.

A head, a foot or a trunk does not change its form while it moves, so nothing has to be worked out again for it. Strokes
are turned into outlines and shapes are cut to each other when the sketch is made: painting it is fills alone, without
clips or pens.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QTransform

from coach.ui.figure.canvas import brush, closed_path, moved_brush

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QBrush, QPainter

    from coach.domain.figure.geometry import Frame, Point
    from coach.ui.figure.palette import Colour

_FINE: Final = 1024.0
"""Path arithmetic is done this much larger: Qt's tolerances are made for pixels, not for statures."""
_ENLARGE: Final = QTransform.fromScale(_FINE, _FINE)
_REDUCE: Final = QTransform.fromScale(1.0 / _FINE, 1.0 / _FINE)


def outline(path: QPainterPath, width: float) -> QPainterPath:
    """The area a round pen of this width covers along `path`."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width * _FINE)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    area = _REDUCE.map(stroker.createStroke(_ENLARGE.map(path)))
    area.setFillRule(Qt.FillRule.WindingFill)
    return area


def within(path: QPainterPath, area: QPainterPath) -> QPainterPath:
    """The part of `path` inside `area`."""
    return _REDUCE.map(_ENLARGE.map(path).intersected(_ENLARGE.map(area)))


def together(paths: Iterable[QPainterPath]) -> QPainterPath:
    """Several areas of one colour as one path, so that they are one fill; where they overlap they add up."""
    out = QPainterPath()
    out.setFillRule(Qt.FillRule.WindingFill)
    for path in paths:
        out.addPath(path if _counter_clockwise(path) else path.toReversed())
    return out


def _counter_clockwise(path: QPainterPath) -> bool:
    """Which way round a path runs, from the area of its corners and handles."""
    corners = [path.elementAt(i) for i in range(path.elementCount())]
    return sum(a.x * b.y - b.x * a.y for a, b in pairwise(corners)) > 0.0


class Sketch:
    """Fills in drawing order, in the part's own coordinates."""

    __slots__ = ("fills",)

    def __init__(self) -> None:
        self.fills: list[tuple[QPainterPath, QBrush, bool]] = []

    def path(self, path: QPainterPath, colour: Colour | QBrush) -> QPainterPath:
        """Add a ready path; returns it."""
        fill = brush(colour) if isinstance(colour, int) else colour
        self.fills.append((path, fill, fill.style() != Qt.BrushStyle.SolidPattern))
        return path

    def shape(self, points: Sequence[Point], colour: Colour | QBrush) -> QPainterPath:
        """Add a smooth closed curve; returns its path."""
        return self.path(closed_path(points), colour)

    def paint(self, painter: QPainter, place: QTransform) -> None:
        """Fill everything, the sketch's coordinates laid into the painter's by `place`, and those into pixels."""
        world = painter.transform()
        pixels = place * world
        painter.resetTransform()
        for path, fill, soft in self.fills:
            painter.fillPath(pixels.map(path), moved_brush(fill, pixels) if soft else fill)
        painter.setTransform(world)


def placed(frame: Frame, *, mirror: bool = False, across: float = 1.0, along: float = 1.0) -> QTransform:
    """The transform into `frame`: mirrored left to right if asked, and scaled across and along its upright axis."""
    place = QTransform()
    place.translate(frame.x, frame.y)
    if frame.angle:
        place.rotate(-frame.angle)
    if mirror or across != 1.0 or along != 1.0:
        place.scale(-across if mirror else across, along)
    return place
