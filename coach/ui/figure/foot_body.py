"""The foot of the close-up without its toes: skin, shades, ankle, tendons, the light of the arch, and the trouser leg.

Coordinates are foot lengths, see `coach.domain.figure.foot`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainterPath, QTransform

from coach.domain.figure import foot
from coach.ui.figure.canvas import Stops, closed_path, ellipse_path, open_path, quad_path, soft_brush
from coach.ui.figure.palette import fade
from coach.ui.figure.sketch import Sketch, outline
from coach.ui.figure.toes import paint_toe

if TYPE_CHECKING:
    from coach.ui.figure.canvas import Canvas
    from coach.ui.figure.palette import Colour, Palette

_HEEL_SHADE: Final = (
    (0.004, 0.135), (0.020, 0.225), (0.080, 0.350), (0.125, 0.470), (0.132, 0.60), (0.112, 0.80), (0.0985, 0.90),
    (0.150, 0.90), (0.165, 0.80), (0.185, 0.60), (0.172, 0.46), (0.115, 0.30), (0.07, 0.18), (0.045, 0.08),
)  # fmt: skip
_ANKLE: Final = (0.285, 0.400)
_TENDONS: Final = 4
_ARCH_LIGHT: Final = (0.47, 0.10)
_ARCH_CORE: Final = (0.46, 0.115)
_HERE: Final = QTransform()


def paint_foot(canvas: Canvas, reach: float, curl: float, glow: float, colours: Palette) -> None:
    """Draw the foot with its toes; `glow` lights the muscles of the arch."""
    for index in (4, 3, 2, 1):
        paint_toe(canvas, index, reach, curl, colours)
    body = _body(curl)
    canvas.path(body, colours.skin)
    _skin_marks(colours).paint(canvas.painter, _HERE)
    _paint_tendons(canvas, curl, fade(colours.skin_d, 0.10 + 0.22 * curl + 0.34 * reach))
    paint_toe(canvas, 0, reach, curl, colours)
    canvas.shape(foot.sole_shade(curl), fade(colours.skin_d, 0.40))
    if glow > 0.0:
        _paint_arch(canvas, body, curl, glow, colours)
    _hem(colours).paint(canvas.painter, _HERE)


def _body(curl: float) -> QPainterPath:
    path = open_path(foot.foot_body(curl))
    path.closeSubpath()
    return path


@lru_cache(maxsize=16)
def _skin_marks(colours: Palette) -> Sketch:
    """Shade along heel and Achilles tendon, light and fold of the ankle bone."""
    sketch = Sketch()
    sketch.shape(_HEEL_SHADE, fade(colours.skin_d, 0.36))
    stops: Stops = ((0.0, fade(colours.skin_l, 0.9)), (1.0, fade(colours.skin_l, 0.0)))
    sketch.path(ellipse_path(_ANKLE, 0.075, 0.075), soft_brush(_ANKLE, 0.0, 0.075, 0.075, stops))
    fold = quad_path((0.225, 0.375), (0.262, 0.310), (0.330, 0.350))
    sketch.path(outline(fold, 0.009), fade(colours.skin_d, 0.75))
    return sketch


def _paint_tendons(canvas: Canvas, curl: float, colour: Colour) -> None:
    """The tendons that lift the toes stand out on the instep while the toes reach."""
    lines = QPainterPath()
    for index in range(_TENDONS):
        start, bend, end = foot.tendon(index, curl)
        lines.moveTo(*start)
        lines.quadTo(*bend, *end)
    canvas.stroke(lines, colour, 0.008)


def _paint_arch(canvas: Canvas, body: QPainterPath, curl: float, glow: float, colours: Palette) -> None:
    """Light on the whole foot round the arch, and the sickle of its muscles."""
    accent, rise = colours.accent, foot.arch_rise(curl)
    light: Stops = (
        (0.0, fade(accent, 0.85 * glow)), (0.4, fade(accent, 0.5 * glow)), (0.75, fade(accent, 0.12 * glow)),
        (1.0, fade(accent, 0.0)),
    )  # fmt: skip
    canvas.path(body, soft_brush((_ARCH_LIGHT[0], _ARCH_LIGHT[1] + rise), -4.0, 0.34, 0.17, light))
    core: Stops = ((0.0, fade(colours.accent_l, glow)), (0.5, fade(accent, glow)), (1.0, fade(accent, 0.8 * glow)))
    brush = soft_brush((_ARCH_CORE[0], _ARCH_CORE[1] + rise), -3.0, 0.26, 0.06, core)
    canvas.path(closed_path(foot.arch_muscle(curl, 0.8 + 0.2 * glow)), brush)


# ----------------------------------------------------------------------------------------------------------- trousers
_HEM_FRONT: Final = (0.402, 0.90)
_HEM_BACK: Final = (0.088, 0.885)


_CLOTH_FADES: Final = ((0.0, 1.0), (0.35, 0.86), (1.0, 0.0))
_SHADE_FADES: Final = ((0.0, 0.5), (0.35, 0.30), (0.75, 0.0))


def _dissolving(colour: Colour, course: tuple[tuple[float, float], ...]) -> QBrush:
    """The trouser fades towards the top of the picture instead of being cut off."""
    gradient = QLinearGradient(QPointF(0.0, 0.95), QPointF(0.0, 1.58))
    for at, alpha in course:
        gradient.setColorAt(at, QColor.fromRgba(fade(colour, alpha)))
    return QBrush(gradient)


@lru_cache(maxsize=16)
def _trouser(colours: Palette, dissolving: bool) -> Sketch:  # noqa: FBT001 - a cached function takes no keywords
    sketch = Sketch()
    leg = open_path([(0.425, 1.90), (0.410, 1.25), _HEM_FRONT])
    leg.quadTo(0.25, 0.855, *_HEM_BACK)
    leg.connectPath(open_path([_HEM_BACK, (0.055, 1.10), (0.015, 1.45), (0.0, 1.90)]))
    leg.closeSubpath()
    sketch.path(leg, _dissolving(colours.leg, _CLOTH_FADES) if dissolving else colours.leg)
    shade = open_path([(0.080, 0.93), (0.055, 1.10), (0.015, 1.45), (0.0, 1.90)])
    shade.lineTo(0.12, 1.90)
    shade.quadTo(0.15, 1.2, 0.175, 0.905)
    shade.closeSubpath()
    sketch.path(shade, _dissolving(colours.leg_d, _SHADE_FADES) if dissolving else fade(colours.leg_d, 0.45))
    return sketch


@lru_cache(maxsize=16)
def _hem(colours: Palette) -> Sketch:
    """The hem band; it hides where the foot ends."""
    sketch = Sketch()
    band = open_path([(0.405, 0.945), _HEM_FRONT])
    band.quadTo(0.25, 0.855, *_HEM_BACK)
    band.lineTo(0.080, 0.93)
    band.quadTo(0.25, 0.90, 0.405, 0.945)
    band.closeSubpath()
    sketch.path(band, colours.leg_d)
    return sketch


def paint_trouser(canvas: Canvas, colours: Palette, *, dissolving: bool) -> None:
    """Draw the trouser leg above the hem; it does not move."""
    _trouser(colours, dissolving).paint(canvas.painter, _HERE)
