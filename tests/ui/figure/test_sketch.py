"""Sketches and fills: the same picture as painting directly, areas that add up, outlines as wide as their pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QPainterPath

from coach.domain.figure.geometry import Frame
from coach.ui.figure.canvas import Canvas, brush, closed_path, ellipse_path, fill_path, line_path, soft_brush
from coach.ui.figure.sketch import Sketch, outline, placed, together, within
from tests.ui.figure.comparing import count, same

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QBrush

pytestmark = pytest.mark.usefixtures("qapp")

RED = 0xFFC02020
BLOB = [(-0.3, -0.2), (0.1, -0.35), (0.4, 0.0), (0.15, 0.3), (-0.25, 0.2)]
SOFT = soft_brush((0.0, 0.0), 30.0, 0.4, 0.2, ((0.0, RED), (1.0, RED & 0xFFFFFF)))


def painted(paint: Callable[[QPainter], None]) -> QImage:
    """What `paint` draws in a frame of one unit, y up, origin in the middle."""
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(150, 150)
        painter.scale(300, -300)
        paint(painter)
    return image


@pytest.mark.parametrize("fill", [brush(RED), SOFT], ids=["flat", "soft"])
def test_laying_a_path_into_pixels_first_changes_nothing_to_see(fill: QBrush) -> None:
    path = closed_path(BLOB)
    direct = painted(lambda p: p.fillPath(path, fill))
    laid = painted(lambda p: fill_path(p, path, fill))
    assert same(direct, laid, tolerance=60, share=0.004)
    assert count(laid, lambda c: c != 0xFFFFFFFF) > 2000


def test_a_sketch_paints_what_the_canvas_paints_there() -> None:
    sketch = Sketch()
    sketch.shape(BLOB, RED)
    sketch.path(closed_path(BLOB), SOFT)
    frame = Frame((0.05, 0.1), 25.0)

    def by_hand(painter: QPainter) -> None:
        painter.translate(*frame.origin)
        painter.rotate(-frame.angle)
        canvas = Canvas(painter)
        canvas.shape(BLOB, RED)
        canvas.path(closed_path(BLOB), SOFT)

    sketched = painted(lambda p: sketch.paint(p, placed(frame)))
    assert same(painted(by_hand), sketched, tolerance=8, share=0.0)


def test_a_sketch_leaves_the_painter_as_it_was() -> None:
    sketch = Sketch()
    sketch.shape(BLOB, RED)
    kept = []

    def paint(painter: QPainter) -> None:
        before = painter.transform()
        sketch.paint(painter, placed(Frame((0.2, 0.0), 10.0), mirror=True, along=1.2))
        kept.append(painter.transform() == before)

    painted(paint)
    assert kept == [True]


def test_a_placed_frame_turns_clockwise_mirrors_and_stretches() -> None:
    def put(x: float, y: float, *, mirror: bool = False, along: float = 1.0) -> tuple[float, float]:
        point = placed(Frame((1.0, 2.0), 90.0), mirror=mirror, along=along).map(QPointF(x, y))
        return round(point.x(), 9), round(point.y(), 9)

    assert put(0.0, 1.0) == (2.0, 2.0)
    assert put(1.0, 0.0) == (1.0, 1.0)
    assert put(1.0, 0.0, mirror=True) == (1.0, 3.0)
    assert put(0.0, 1.0, along=3.0) == (4.0, 2.0)


@pytest.mark.parametrize("turned", [False, True])
def test_overlapping_areas_add_up_whichever_way_round_they_run(turned: bool) -> None:
    second = ellipse_path((0.1, 0.0), 0.2, 0.2)
    both = together([ellipse_path((-0.1, 0.0), 0.2, 0.2), second.toReversed() if turned else second])
    assert both.contains(QPointF(0.0, 0.0))
    filled = painted(lambda p: fill_path(p, both, brush(RED)))
    assert count(filled, lambda c: c == 0xFFFFFFFF) < 300 * 300 - 17_000


def test_an_outline_is_as_wide_as_its_pen() -> None:
    box = outline(line_path((-0.2, 0.0), (0.2, 0.0)), 0.06).boundingRect()
    assert (box.width(), box.height()) == pytest.approx((0.46, 0.06), abs=1e-3)


def test_within_keeps_only_what_lies_inside() -> None:
    part = within(ellipse_path((0.2, 0.0), 0.2, 0.2), ellipse_path((0.0, 0.0), 0.2, 0.2))
    box = part.boundingRect()
    assert (box.left(), box.right()) == pytest.approx((0.0, 0.2), abs=2e-3)
    assert within(QPainterPath(), part).isEmpty()
