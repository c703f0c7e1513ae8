"""The head from the front, and how it turns: features ride on a cylinder, the skull shows behind the face."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import cos, radians, sin
from typing import TYPE_CHECKING, Final

from coach.domain.figure.front import facing, on_skull
from coach.domain.figure.geometry import between, clamp
from coach.ui.figure.canvas import closed_path, ellipse_path, line_path, open_path, quad_path, soft_brush
from coach.ui.figure.palette import fade, mix
from coach.ui.figure.sketch import Sketch, outline, placed, together

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPainterPath

    from coach.domain.figure.geometry import Frame, Point
    from coach.ui.figure.palette import Colour, Palette

ORIGIN: Final = 0.400
"""Height of the head's origin above the middle of the pelvis."""

_TURN_STEP: Final = 0.5
"""Head turns are drawn in steps of this many degrees: less than half a pixel on a large screen."""
_TURNED: Final = 3.0
_SIDES: Final = (-1, 1)

_FACE_HALF: Final = (
    (0.0, 0.062), (0.030, 0.056), (0.0455, 0.030), (0.0475, 0.000), (0.0435, -0.028), (0.030, -0.052), (0.012, -0.0635),
)  # fmt: skip
_JAW_WIDER: Final = (0.0, 0.0, 0.0, 0.0, 0.0024, 0.004, 0.0032)
"""How much broader the short-haired people's jaw is, for each point of the half face."""
_CHIN: Final = (0.0, -0.065)
_HAIR_OUTER: Final = (
    (-0.052, 0.014), (-0.056, 0.040), (-0.046, 0.068), (-0.020, 0.083), (0.010, 0.084), (0.040, 0.072), (0.0555, 0.044),
    (0.0525, 0.014),
)  # fmt: skip
_HAIRLINE_TIED: Final = (
    (0.0465, 0.002), (0.0440, 0.020), (0.036, 0.036), (0.016, 0.045), (-0.008, 0.041), (-0.026, 0.033),
    (-0.038, 0.023), (-0.0435, 0.012), (-0.0465, 0.002),
)  # fmt: skip
_HAIRLINE_SHORT: Final = (
    (0.0475, -0.006), (0.0445, 0.012), (0.0400, 0.030), (0.026, 0.039), (0.004, 0.042), (-0.020, 0.0395),
    (-0.0385, 0.031), (-0.0445, 0.012), (-0.0475, -0.006),
)  # fmt: skip
_HAIR_LIGHT: Final = (
    (-0.036, 0.058), (-0.012, 0.072), (0.016, 0.073), (0.036, 0.062), (0.014, 0.066), (-0.012, 0.063),
)  # fmt: skip
_EAR_HIDDEN: Final = -0.25
_HAIR_TURNS: Final = 16.0
_TEMPLE: Final = (0.0430, 0.026)
_CHEEK_HIDDEN: Final = 0.25
_RIM_INSIDE: Final = 0.967
"""Size of the rim of light against the outer edge of the hair."""
_ON_FACE: Final = 0.045
"""Hairline points closer to the middle than this ride with the face, the others with the skull."""


def paint_head(painter: QPainter, frame: Frame, colours: Palette, yaw: float) -> None:
    """Draw the head; `frame` is its own (origin `ORIGIN` above the pelvis), `yaw` turns it to the viewer's right."""
    _head(colours, round(yaw / _TURN_STEP) * _TURN_STEP).paint(painter, placed(frame))


@lru_cache(maxsize=640)
def _head(colours: Palette, yaw: float) -> Sketch:
    """The whole head at one turn."""
    return _Head(colours, yaw).sketch


class _Head:
    """Draws one head into a sketch."""

    def __init__(self, colours: Palette, yaw: float) -> None:
        self.colours = colours
        self.yaw = yaw
        self.tied = colours.tied_hair
        self.turn = sin(radians(yaw))
        self.turned = abs(yaw) >= _TURNED
        self.away = clamp((abs(yaw) - _TURNED) / _HAIR_TURNS)
        """How far the hairline on the side turned to has gone round the temple."""
        self.skull = -self.turn * 0.007
        """The back of the skull comes into view on the side away from the turn."""
        self.sketch = Sketch()
        self._behind()
        away = 1 if yaw > 0 else -1
        self._ears(_SIDES if not self.turned else (away,))
        self._face()
        self._hair()
        if self.turned:
            self._ears((-away,))
        self._features()

    def _on(self, x: float, y: float, lift: float = 1.0) -> Point:
        return on_skull(x, self.yaw, lift), y

    def _on_face(self, x: float, y: float) -> Point:
        """A feature, kept within the contour of the face."""
        across = on_skull(x, self.yaw)
        if not self.turned:
            return across, y
        edge, shift = _half_face(y) - 0.0035, self._shift(y)
        return clamp(across, shift - edge, shift + edge), y

    def _shift(self, y: float) -> float:
        """How far the contour of the face moves with the turn: the chin most."""
        return self.turn * (0.006 if y > 0 else 0.006 + 0.014 * min(1.0, -y / 0.06))

    def _behind(self) -> None:
        """The bun, and the hair at the back of the head when it is turned."""
        sketch, colours = self.sketch, self.colours
        if self.tied:
            x = -self.turn * 0.030
            sketch.path(ellipse_path((x, 0.092), 0.0270, 0.0255), colours.hair)
            sketch.path(ellipse_path((x - 0.006, 0.099), 0.012, 0.009), fade(colours.hair_l, 0.7))
            if colours.rim is not None:
                arc = open_path([(x - 0.0235, 0.094), (x - 0.018, 0.108), (x, 0.1145), (x + 0.018, 0.108)])
                sketch.path(outline(arc, 0.005), fade(colours.rim, 0.38))
        if self.turned:
            x = self.skull * 2.2
            low = (0.030, -0.012) if self.tied else (0.036, -0.030)
            x_low = self.skull * 2.0
            back = [
                (x - 0.050, 0.020), (x - 0.046, 0.058), (self.skull * 1.6, 0.080), (x + 0.046, 0.058),
                (x + 0.050, 0.020), (x_low + low[0], low[1]), (x_low - low[0], low[1]),
            ]  # fmt: skip
            sketch.shape(back, colours.hair)

    def _ears(self, sides: tuple[int, ...]) -> None:
        outer: list[QPainterPath] = []
        inner: list[QPainterPath] = []
        for side in sides:
            angle = radians(78.0 * side + self.yaw)
            if cos(angle) < _EAR_HIDDEN:
                continue
            x = 0.0535 * sin(angle)
            width = (0.0055 + 0.006 * abs(cos(angle))) * side
            outer.append(
                closed_path([
                    (x - abs(width) * 0.18 * side, 0.013), (x + width, 0.012), (x + width * 1.15, 0.0),
                    (x + width * 0.5, -0.016), (x - width * 0.5, -0.015),
                ])
            )  # fmt: skip
            inner.append(
                closed_path([
                    (x + width * 0.25, 0.007), (x + width * 0.75, 0.006), (x + width * 0.75, -0.002),
                    (x + width * 0.3, -0.009),
                ])
            )  # fmt: skip
        self.sketch.path(together(outer), self.colours.skin)
        self.sketch.path(together(inner), fade(self.colours.skin_d, 0.6))

    def _face(self) -> None:
        sketch, colours = self.sketch, self.colours
        extra = (0.0,) * len(_JAW_WIDER) if self.tied else _JAW_WIDER
        right = [(x + wider, y) for (x, y), wider in zip(_FACE_HALF, extra, strict=True)]
        contour = [*right, _CHIN, *((-x, y) for x, y in right[:0:-1])]
        sketch.shape([(x + self._shift(y), y) for x, y in contour], colours.skin)
        stops = ((0.0, fade(colours.accent, 0.20)), (1.0, fade(colours.accent, 0.0)))
        for side in _SIDES:
            seen = facing(side * 0.027, self.yaw)
            if seen > _CHEEK_HIDDEN:
                width = 0.015 * min(1.0, 1.15 * seen)
                x = on_skull(side * 0.027, self.yaw)
                edge = _half_face(-0.022) - width * 0.9 + side * self._shift(-0.022)
                cheek = (side * min(side * x, edge), -0.022)
                sketch.path(ellipse_path(cheek, width, 0.015), soft_brush(cheek, 0.0, width, 0.015, stops))

    def _hair(self) -> None:
        sketch, colours = self.sketch, self.colours
        outer, edge = self._crown(), self._hairline()
        sketch.shape([*outer, *edge], colours.hair)
        sketch.shape([(x + self.skull, y) for x, y in _HAIR_LIGHT], fade(colours.hair_l, 0.75))
        if colours.rim is not None:
            inside = [(self.skull + (x - self.skull) * _RIM_INSIDE, 0.03 + (y - 0.03) * _RIM_INSIDE) for x, y in outer]
            sketch.path(outline(open_path(inside), 0.0034), fade(colours.rim, 0.42))

    def _hairline(self) -> list[Point]:
        """The lower edge of the hair, from the viewer's right to the left; its end on the side turned to moves up."""
        line = _HAIRLINE_TIED if self.tied else _HAIRLINE_SHORT
        if not self.turned:
            return [self._on(x, y) if abs(x) < _ON_FACE else (x, y) for x, y in line]
        side = 1.0 if self.yaw > 0 else -1.0
        end = between((line[0][0], line[0][1]), _TEMPLE, self.away)
        points = []
        for x, y in line:
            if x * side < 0.0:
                points.append(self._on(x, y) if abs(x) < _ON_FACE else (x + self._shift(y) * 0.9, y))
            elif y > end[1] + 0.003:
                limit = _half_face(y) - 0.0015 + side * self._shift(y)
                points.append((side * min(side * on_skull(x, self.yaw), limit), y))
        temple = (side * end[0] + self._shift(end[1]), end[1])
        return [temple, *points] if side > 0 else [*points, temple]

    def _crown(self) -> list[Point]:
        """The outer edge of the hair, from the viewer's left to the right."""
        points = [(x + self.skull, y) for x, y in _HAIR_OUTER]
        if self.turned:
            i = -1 if self.yaw > 0 else 0
            x, y = between(_HAIR_OUTER[i], (0.0535 if self.yaw > 0 else -0.0535, 0.0385), self.away)
            points[i] = (x + self.skull, y)
        return points

    def _features(self) -> None:
        """Closed eyes, brows, mouth and nose."""
        sketch, colours = self.sketch, self.colours
        strokes: list[QPainterPath] = []
        for side in _SIDES:
            if facing(side * 0.019, self.yaw) >= 0.20:
                strokes += self._eye(side)
        ink = _ink(colours)
        sketch.path(together(strokes), ink)
        mouth = quad_path(self._on(-0.012, -0.0345), self._on(0.0, -0.0420, 1.04), self._on(0.012, -0.0345))
        if self.tied:
            sketch.path(outline(mouth, 0.0038), mix(colours.skin_d, colours.accent, 0.18))
        else:
            sketch.path(outline(mouth, 0.0032), colours.skin_d)
        sketch.path(outline(self._nose(), 0.0028), fade(colours.skin_d, 0.95))

    def _eye(self, side: int) -> list[QPainterPath]:
        at = self._on_face
        lid = quad_path(at(side * 0.0125, 0.0015), at(side * 0.0190, -0.0045), at(side * 0.0260, 0.0015))
        rise = 0.0215 if self.tied else 0.0195
        brow = quad_path(at(side * 0.0115, 0.0160), at(side * 0.020, rise), at(side * 0.0285, 0.0155))
        out = [outline(lid, 0.0034), outline(brow, 0.0026 if self.tied else 0.0042)]
        if self.tied:
            out.append(outline(line_path(at(side * 0.0255, 0.0010), at(side * 0.0290, 0.0022)), 0.0024))
        return out

    def _nose(self) -> QPainterPath:
        at = self._on
        if not self.turned:
            return quad_path(at(0.002, -0.004), at(0.0065, -0.0165), at(-0.001, -0.0165))
        back = -0.004 if self.yaw > 0 else 0.004
        path = quad_path(at(0.0, -0.001, 1.02), at(0.0, -0.010, 1.20), at(0.0, -0.0150, 1.24))
        control, end = at(0.0, -0.0190, 1.14), at(back, -0.0180, 1.02)
        path.quadTo(control[0], control[1], end[0], end[1])
        return path


def _half_face(y: float) -> float:
    """Half the width of the face at height `y` above its middle."""
    for (x0, y0), (x1, y1) in pairwise(_FACE_HALF):
        if y1 <= y <= y0:
            return x0 + (x1 - x0) * (y0 - y) / (y0 - y1)
    return 0.0


def _ink(colours: Palette) -> Colour:
    """Colour of lids and brows: the hair's, kept darker than the face on the dark theme."""
    return mix(colours.hair, 0xFF000000, 0.35) if colours.dark else mix(colours.hair, colours.skin_d, 0.15)
