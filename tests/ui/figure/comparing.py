"""Comparing painted pictures: colours counted in parts of them, whole pictures and their mirror images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from coach.ui.figure.palette import palette
from coach.ui.figure.view import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coach.domain.figure.motion import FigureState
    from coach.domain.figure.pose import Pose
    from coach.ui.figure.palette import Colour

SIDE = 400
SIZE = QSize(SIDE, SIDE)


def frame(pose: Pose, state: FigureState, *, dark: bool = False, person: int = 0, mirror: bool = False) -> QImage:
    """One frame on the theme's ground, as the widget paints it; `mirror` for the left side."""
    colours = palette(dark, person)
    scene = Scene(pose, colours, mirror=mirror)
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(colours.background)
    with QPainter(image) as painter:
        painter.drawPixmap(0, 0, scene.still(SIZE, 1.0))
        scene.paint_live(painter, SIZE, state)
    return image


def _rows(image: QImage, part: QRect | None) -> Iterator[memoryview]:
    """Rows of 32-bit pixels of a picture or a part of it."""
    shown = image.convertToFormat(QImage.Format.Format_RGB32)
    if part is not None:
        shown = shown.copy(part)
    bits, stride, width = memoryview(shown.constBits()), shown.bytesPerLine(), shown.width()
    for y in range(shown.height()):
        yield bits[y * stride : y * stride + 4 * width].cast("I")


def close_to(pixel: Colour, colour: Colour, tolerance: int) -> bool:
    """Whether no channel of two colours differs by more than `tolerance`."""
    return all(abs(((pixel >> shift) & 255) - ((colour >> shift) & 255)) <= tolerance for shift in (0, 8, 16))


def is_accent(pixel: Colour) -> bool:
    """Whether a pixel is warm and saturated: nothing but glow and cues may be."""
    red, blue = (pixel >> 16) & 255, pixel & 255
    return red >= 215 and red - blue >= 125


def count(image: QImage, wanted: Callable[[Colour], bool], part: QRect | None = None) -> int:
    """How many pixels are `wanted`."""
    tally: dict[int, int] = {}
    for row in _rows(image, part):
        for pixel in row:
            tally[pixel] = tally.get(pixel, 0) + 1
    return sum(number for pixel, number in tally.items() if wanted(pixel))


def places(image: QImage, wanted: Callable[[Colour], bool], part: QRect | None = None) -> list[tuple[int, int]]:
    """Where the `wanted` pixels are, in the part's own coordinates."""
    return [(x, y) for y, row in enumerate(_rows(image, part)) for x, pixel in enumerate(row) if wanted(pixel)]


def changes(a: QImage, b: QImage, tolerance: int = 6) -> list[tuple[int, int]]:
    """Where two pictures differ by more than `tolerance` in a channel."""
    found: list[tuple[int, int]] = []
    for y, (left, right) in enumerate(zip(_rows(a, None), _rows(b, None), strict=True)):
        if left != right:
            pairs = enumerate(zip(left, right, strict=True))
            found += [(x, y) for x, (p, q) in pairs if p != q and not close_to(p, q, tolerance)]
    return found


def same(a: QImage, b: QImage, *, tolerance: int, share: float) -> bool:
    """Whether at most `share` of the pixels differ by more than `tolerance` in a channel."""
    return len(changes(a, b, tolerance)) <= share * a.width() * a.height()


def differs(a: QImage, b: QImage, part: QRect) -> bool:
    """Whether a part of two pictures differs visibly anywhere."""
    return bool(changes(a.copy(part), b.copy(part)))


def flipped(image: QImage) -> QImage:
    """The picture mirrored left to right."""
    return image.flipped(Qt.Orientation.Horizontal)
