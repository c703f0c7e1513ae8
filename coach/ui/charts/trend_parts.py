"""The lines of the two sides and the marks of levels, each painted by a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from coach.domain.exercise import Side
from coach.ui.charts.drawing import (
    LEFT,
    Entry,
    crisp,
    disc,
    draw_runs,
    hairline,
    line_height,
    measurer,
    pen,
    runs,
    square,
    write,
)
from coach.ui.charts.scale import Grain
from coach.ui.charts.words import side_text
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QPainter

    from coach.ui.charts.chart import Style
    from coach.ui.charts.timed import Frame
    from coach.ui.theme.tokens import Theme

NAME_FONT = ("small_strong", 600)
LINE = 3.0
MARKER = 4.5
DASHES = (2.2, 1.9)
_REACH = {Grain.DAY: 14, Grain.WEEK: 4, Grain.MONTH: 2}
"""Places without a set after which a line is broken: training days are days apart, a pause is longer."""


def color(side: Side, theme: Theme) -> str:
    """The side's colour; both feet have the accent."""
    return {Side.LEFT: theme.left, Side.RIGHT: theme.right, Side.BOTH: theme.accent}[side]


def paint_sides(painter: QPainter, frame: Frame, lines: dict[Side, list[tuple[int, QPointF]]]) -> None:
    """A line for each side, with its markers where they do not touch each other."""
    style = frame.style
    for side, points in lines.items():
        dashes = DASHES if side is Side.RIGHT else ()
        cap = Qt.PenCapStyle.FlatCap if side is Side.RIGHT else Qt.PenCapStyle.RoundCap
        drawn = pen(color(side, style.theme), style.px(LINE), dashes, cap)
        draw_runs(painter, runs(points, _REACH[frame.times.grain]), drawn)
    # Where the sides are even, the corners of the squares look out from behind the discs.
    for side, points in reversed(lines.items()):
        for point in _spread(points, style.px(MARKER * 4)):
            _marker(painter, point, side, style)


def _spread(points: Sequence[tuple[int, QPointF]], gap: float) -> list[QPointF]:
    """From the newest back, no two closer than a gap, so that a dense line keeps its dashes and its end its marker."""
    kept: list[QPointF] = []
    for _, point in reversed(points):
        if not kept or kept[-1].x() - point.x() >= gap:
            kept.append(point)
    return kept


def _marker(painter: QPainter, at: QPointF, side: Side, style: Style) -> None:
    mark = square if side is Side.RIGHT else disc
    mark(painter, at, style.px(MARKER), color(side, style.theme))


def paint_names(painter: QPainter, frame: Frame, lines: Mapping[Side, Sequence[tuple[int, QPointF]]]) -> None:
    """Each line's name at the height of its end, moved apart where they would overlap."""
    style, plot = frame.style, frame.plot
    height = line_height(style, NAME_FONT[0])
    ends = sorted((points[-1][1].y(), side) for side, points in lines.items() if points)
    tops = [y - height / 2 for y, _ in ends]
    for index in range(1, len(tops)):
        short = tops[index - 1] + height - tops[index]
        if short > 0:
            tops[index - 1], tops[index] = tops[index - 1] - short / 2, tops[index] + short / 2
    for top, (_, side) in zip(tops, ends, strict=True):
        inside = max(plot.top() - height / 2, min(top, plot.bottom() - height / 2))
        place = QRectF(plot.right() + style.px(10), inside, style.px(120), height)
        write(painter, place, side_text(side), style.font(*NAME_FONT), color(side, style.theme), LEFT)


def paint_steps(painter: QPainter, frame: Frame, steps: Sequence[tuple[int, int]]) -> None:
    """A notch along the top for each change of level, named where there is room."""
    style, plot = frame.style, frame.plot
    font = style.font("tiny", 400)
    measure, height = measurer(font), line_height(style)
    free = plot.left() - style.px(12)
    for index, level in steps:
        x = crisp(frame.x(index))
        top = plot.top() - height - style.px(4)
        line = pen(style.theme.ctl, style.px(1.25), (2, 3), Qt.PenCapStyle.FlatCap)
        hairline(painter, QPointF(x, plot.top()), QPointF(x, plot.bottom()), line)
        wedge = style.px(4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line.color())
        tip = plot.top() + style.px(1)
        painter.drawPolygon(
            [QPointF(x - wedge, tip - wedge), QPointF(x + wedge, tip - wedge), QPointF(x, tip + wedge / 2)]
        )
        text = tr("level {level}", level=level)
        width = measure(text)
        left = max(plot.left(), min(x - width / 2, plot.right() + frame.style.px(8) - width))
        if left >= free + style.px(8):
            write(painter, QRectF(left, top, width, height), text, font, style.theme.ink2, LEFT)
            free = left + width


def samples(sides: Sequence[Side]) -> list[Entry]:
    """A legend, only where lines are not named at their ends."""
    return [Entry(side_text(side), _sample(side), 26) for side in sides if len(sides) > 1]


def _sample(side: Side) -> Callable[[QPainter, QRectF, Style], None]:
    def paint(painter: QPainter, box: QRectF, style: Style) -> None:
        y, drawn = box.center().y(), pen(color(side, style.theme), style.px(LINE), cap=Qt.PenCapStyle.FlatCap)
        dash = style.px(LINE * DASHES[0]) if side is Side.RIGHT else box.width() / 2
        for start in (box.left(), box.right() - dash):
            hairline(painter, QPointF(start, y), QPointF(start + dash, y), drawn)
        _marker(painter, box.center(), side, style)

    return paint
