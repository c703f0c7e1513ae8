"""Pictures of poses as pixels, and questions to ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, qAlpha

from coach.ui.figure.palette import palette
from coach.ui.figure.view import Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.domain.figure.geometry import Point
    from coach.domain.figure.motion import FigureState
    from coach.domain.figure.pose import Pose

SIDE = 160
"""Frame side in pixels: small, so that every pose can be looked at."""


def live(
    pose: Pose, state: FigureState, *, dark: bool = False, person: int = 0, mirror: bool = False, side: int = SIDE
) -> QImage:
    """The moving part alone, on a transparent ground."""
    scene = Scene(pose, palette(dark, person), mirror=mirror)
    return scene.live(QSize(side, side), 1.0, state).toImage()


def still(pose: Pose, *, dark: bool = False, mirror: bool = False, side: int = SIDE) -> QImage:
    """What does not move."""
    return Scene(pose, palette(dark, 0), mirror=mirror).still(QSize(side, side), 1.0).toImage()


def place(pose: Pose, point: Point, side: int = SIDE) -> tuple[int, int]:
    """The pixel of a point in figure units."""
    scale = pose.scale * side
    return round(side / 2 + (point[0] - pose.centre) * scale), round(side * 0.9 - point[1] * scale)


def alpha(image: QImage, x: int, y: int) -> int:
    """Opacity of a pixel, 0 outside the image."""
    return qAlpha(image.pixel(x, y)) if image.rect().contains(x, y) else 0


def count(image: QImage, wanted: Callable[[int, int, int, int], bool]) -> int:
    """How many pixels satisfy `wanted(red, green, blue, alpha)`."""
    raw = _bytes(image)
    return sum(map(wanted, raw[0::4], raw[1::4], raw[2::4], raw[3::4]))


def covered(red: int, green: int, blue: int, alpha: int) -> bool:
    """Opaque."""
    return alpha > 200


def warm(red: int, green: int, blue: int, alpha: int) -> bool:
    """The saturated orange of glow and arrows, which nothing else in the picture has."""
    return alpha > 200 and red > 225 and red - blue > 105


def different(a: QImage, b: QImage, threshold: int = 48) -> int:
    """How many pixels differ clearly in any channel."""
    assert a.size() == b.size()

    p, q = _bytes(a), _bytes(b)
    lines = range(0, len(p), 4 * a.width())
    return sum(
        any(abs(x - y) > threshold for x, y in zip(p[k : k + 4], q[k : k + 4], strict=True))
        for line in lines
        if p[line : line + 4 * a.width()] != q[line : line + 4 * a.width()]
        for k in range(line, line + 4 * a.width(), 4)
    )


def _bytes(image: QImage) -> bytes:
    """Red, green, blue, alpha of every pixel, row by row."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return bytes(plain.constBits())


def touches_border(image: QImage, margin: int = 1) -> bool:
    """Whether anything clearly visible lies in the outermost pixels."""
    w, h = image.width(), image.height()
    edge = [(x, y) for x in range(w) for y in (*range(margin), *range(h - margin, h))]
    edge += [(x, y) for y in range(h) for x in (*range(margin), *range(w - margin, w))]
    return any(qAlpha(image.pixel(x, y)) > 96 for x, y in edge)
