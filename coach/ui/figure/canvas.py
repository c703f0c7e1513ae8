"""A thin layer over QPainter in figure units: smooth outlines, cached pens and brushes, soft elliptical light.

All coordinates are in whatever units the painter's transform makes of them (statures for the body views, foot lengths
for the close-up), y up. Outlines come as `Runs` from `coach.domain.figure.ribbon`: one run is a smooth closed curve,
several are smooth open curves joined by straight lines. Curves are Catmull-Rom splines, drawn as cubic Beziers with
handles of 1/6 of the chord.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QRadialGradient, QTransform

from coach.ui.figure.palette import Colour, fade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.domain.figure.geometry import Point
    from coach.domain.figure.ribbon import Runs

Stops: TypeAlias = tuple[tuple[float, Colour], ...]

_SIXTH = 1.0 / 6.0
_ROUND = Qt.PenCapStyle.RoundCap


@lru_cache(maxsize=8192)
def brush(colour: Colour) -> QBrush:
    """The one brush of a colour."""
    return QBrush(QColor.fromRgba(colour))


@lru_cache(maxsize=8192)
def pen(colour: Colour, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap) -> QPen:
    """The one pen of a colour, width and cap; joins are round."""
    return QPen(brush(colour), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)


@lru_cache(maxsize=4096)
def _radial(stops: Stops) -> QBrush:
    gradient = QRadialGradient(QPointF(0, 0), 1.0)
    for t, colour in stops:
        gradient.setColorAt(t, QColor.fromRgba(colour))
    return QBrush(gradient)


def soft_brush(centre: Point, angle: float, rx: float, ry: float, stops: Stops) -> QBrush:
    """Elliptical radial light: `angle` in painter degrees, half axes `rx`, `ry`, colours from the middle to the rim."""
    out = QBrush(_radial(stops))
    place = QTransform()
    place.translate(centre[0], centre[1])
    if angle:
        place.rotate(angle)
    place.scale(rx, ry)
    out.setTransform(place)
    return out


def smooth_to(path: QPainterPath, points: Sequence[Point]) -> None:
    """Append a smooth open curve from the path's current position, which is the first point."""
    curve = path.cubicTo
    k = _SIXTH
    bx, by = ax, ay = points[0]
    cx, cy = points[1]
    for dx, dy in (*points[2:], points[-1]):
        curve(bx + (cx - ax) * k, by + (cy - ay) * k, cx - (dx - bx) * k, cy - (dy - by) * k, cx, cy)
        ax, ay, bx, by, cx, cy = bx, by, cx, cy, dx, dy


def closed_path(points: Sequence[Point]) -> QPainterPath:
    """A smooth closed curve through three points or more."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    curve = path.cubicTo
    k = _SIXTH
    ax, ay = points[-1]
    bx, by = points[0]
    cx, cy = points[1]
    path.moveTo(bx, by)
    for dx, dy in (*points[2:], points[0], points[1]):
        curve(bx + (cx - ax) * k, by + (cy - ay) * k, cx - (dx - bx) * k, cy - (dy - by) * k, cx, cy)
        ax, ay, bx, by, cx, cy = bx, by, cx, cy, dx, dy
    path.closeSubpath()
    return path


def open_path(points: Sequence[Point]) -> QPainterPath:
    """A smooth open curve through two points or more."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.moveTo(*points[0])
    smooth_to(path, points)
    return path


def runs_path(runs: Runs) -> QPainterPath:
    """The outline of `Runs`."""
    if len(runs) == 1:
        return closed_path(runs[0])
    path = open_path(runs[0])
    for run in runs[1:]:
        path.lineTo(*run[0])
        smooth_to(path, run)
    path.closeSubpath()
    return path


def polygon_path(points: Sequence[Point]) -> QPainterPath:
    """A closed outline with straight sides."""
    path = QPainterPath()
    path.moveTo(*points[0])
    for x, y in points[1:]:
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def quad_path(a: Point, control: Point, b: Point) -> QPainterPath:
    """One quadratic bend."""
    path = QPainterPath()
    path.moveTo(*a)
    path.quadTo(control[0], control[1], b[0], b[1])
    return path


def line_path(a: Point, b: Point) -> QPainterPath:
    """A straight line."""
    path = QPainterPath()
    path.moveTo(*a)
    path.lineTo(*b)
    return path


def ellipse_path(centre: Point, rx: float, ry: float) -> QPainterPath:
    """An ellipse."""
    path = QPainterPath()
    path.addEllipse(QPointF(*centre), rx, ry)
    return path


def fill_path(painter: QPainter, path: QPainterPath, paint: QBrush) -> None:
    """Fill `path`, given in the painter's coordinates.

    Qt flattens curves before it transforms them, and far too finely where a unit is many pixels: ten times the work.
    So the path is laid into pixels first.
    """
    world = painter.transform()
    painter.resetTransform()
    if paint.style() != Qt.BrushStyle.SolidPattern:
        paint = moved_brush(paint, world)
    painter.fillPath(world.map(path), paint)
    painter.setTransform(world)


def fill_solid(painter: QPainter, path: QPainterPath, colour: Colour) -> None:
    """`fill_path` with a plain colour."""
    world = painter.transform()
    painter.resetTransform()
    painter.fillPath(world.map(path), brush(colour))
    painter.setTransform(world)


def fill_all(painter: QPainter, fills: Iterable[tuple[QPainterPath, Colour | QBrush]]) -> None:
    """Several fills in drawing order."""
    world = painter.transform()
    painter.resetTransform()
    for path, paint in fills:
        painter.fillPath(world.map(path), brush(paint) if isinstance(paint, int) else moved_brush(paint, world))
    painter.setTransform(world)


def stroke_path(painter: QPainter, path: QPainterPath, colour: Colour, width: float, cap: Qt.PenCapStyle) -> None:
    """Draw along `path`, given like `width` in the painter's coordinates; laid into pixels first, like a fill."""
    world = painter.transform()
    painter.resetTransform()
    zoom = abs(world.determinant()) ** 0.5
    painter.strokePath(world.map(path), pen(colour, round(width * zoom, 2), cap))
    painter.setTransform(world)


def clip_path(painter: QPainter, path: QPainterPath) -> None:
    """Clip to `path`, given in the painter's coordinates; laid into pixels first, like a fill."""
    world = painter.transform()
    painter.resetTransform()
    painter.setClipPath(world.map(path), Qt.ClipOperation.IntersectClip)
    painter.setTransform(world)


def moved_brush(paint: QBrush, world: QTransform) -> QBrush:
    """A gradient that is laid out in the coordinates of `world`, for painting in pixels."""
    out = QBrush(paint)
    out.setTransform(paint.transform() * world)
    return out


class Canvas:
    """Draws filled and stroked shapes with a painter that already has its transform and antialiasing."""

    __slots__ = ("painter",)

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter
        painter.setPen(Qt.PenStyle.NoPen)

    def fill(self, runs: Runs, colour: Colour | QBrush) -> None:
        """Fill an outline given as runs of points."""
        self.path(runs_path(runs), colour)

    def shape(self, points: Sequence[Point], colour: Colour | QBrush) -> None:
        """Fill a smooth closed curve."""
        self.path(closed_path(points), colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a shape with straight sides."""
        fill_solid(self.painter, polygon_path(points), colour)

    def path(self, path: QPainterPath, colour: Colour | QBrush) -> None:
        """Fill a ready path."""
        if isinstance(colour, int):
            fill_solid(self.painter, path, colour)
        else:
            fill_path(self.painter, path, colour)

    def stroke(
        self, path: QPainterPath, colour: Colour, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap
    ) -> None:
        """Draw along a ready path."""
        stroke_path(self.painter, path, colour, width, cap)

    def curve(
        self, points: Sequence[Point], colour: Colour, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap
    ) -> None:
        """Draw a smooth open curve."""
        stroke_path(self.painter, open_path(points), colour, width, cap)

    def bend(self, a: Point, control: Point, b: Point, colour: Colour, width: float) -> None:
        """Draw one quadratic bend with round ends."""
        stroke_path(self.painter, quad_path(a, control, b), colour, width, _ROUND)

    def line(self, a: Point, b: Point, width: float, colour: Colour) -> None:
        """Draw a straight line with round ends."""
        stroke_path(self.painter, line_path(a, b), colour, width, _ROUND)

    def rounded(self, x0: float, y0: float, x1: float, y1: float, radius: float, colour: Colour) -> None:
        """Fill a rectangle with round corners; the corners may be given in any order."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)), radius, radius)
        fill_solid(self.painter, path, colour)

    def ellipse(self, centre: Point, rx: float, ry: float, colour: Colour) -> None:
        """Fill an ellipse."""
        fill_solid(self.painter, ellipse_path(centre, rx, ry), colour)

    def ring(self, centre: Point, rx: float, ry: float, colour: Colour, width: float) -> None:
        """Draw the outline of an ellipse."""
        stroke_path(self.painter, ellipse_path(centre, rx, ry), colour, width, _ROUND)

    def soft(self, centre: Point, rx: float, ry: float, stops: Stops, angle: float = 0.0) -> None:
        """A soft elliptical light or shadow: costly, so keep it out of what is painted every frame where you can."""
        light = soft_brush(centre, angle, rx, ry, stops)
        path = light.transform().map(ellipse_path((0.0, 0.0), 1.0, 1.0)) if angle else ellipse_path(centre, rx, ry)
        fill_path(self.painter, path, light)

    def arrow(self, points: Sequence[Point], colour: Colour, width: float = 0.013, head: float = 0.034) -> None:
        """An arrow along a line (two points) or a bend (three, the middle one pulls); the head is two strokes."""
        path = QPainterPath()
        path.moveTo(*points[0])
        if len(points) == 2:
            path.lineTo(*points[1])
        else:
            path.quadTo(points[1][0], points[1][1], points[2][0], points[2][1])
        (px, py), (ex, ey) = points[-2], points[-1]
        length = ((ex - px) ** 2 + (ey - py) ** 2) ** 0.5 or 1e-9
        tx, ty = (ex - px) / length * head, (ey - py) / length * head
        path.moveTo(ex - tx - ty * 0.75, ey - ty + tx * 0.75)
        path.lineTo(ex, ey)
        path.lineTo(ex - tx + ty * 0.75, ey - ty - tx * 0.75)
        stroke_path(self.painter, path, colour, width, _ROUND)


def shadow_stops(colour: Colour, alpha: float) -> Stops:
    """The falling-off of a contact shadow."""
    return ((0.0, fade(colour, alpha)), (0.45, fade(colour, alpha * 0.62)), (1.0, fade(colour, 0.0)))
