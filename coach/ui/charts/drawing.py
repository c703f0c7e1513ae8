"""What all charts draw alike: words, broken lines, markers, a legend, and the calm sentence of an empty chart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from coach.ui.theme.typeface import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QFont

    from coach.ui.charts.chart import Style

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
AXIS_FONT = ("tiny", 400)
_LONG = 100
"""Points of a line that is drawn piece by piece."""


def line_height(style: Style, role: str = "tiny") -> float:
    """Height of a line of text of a role."""
    return style.px(ROLES[role].line)


def measurer(font: QFont) -> Callable[[str], float]:
    """How wide a text is in a font."""
    return QFontMetricsF(font).horizontalAdvance


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`; a single long word may be, and what spaces without a break hold."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color: str,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line of text."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)


def pen(
    color: str | QColor, width: float, pattern: Sequence[float] = (), cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap
) -> QPen:
    """A pen with round joins; `pattern` is of dashes and gaps in units of its width."""
    drawn = QPen(QColor(color), width)
    drawn.setCapStyle(cap)
    drawn.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if pattern:
        drawn.setDashPattern(list(pattern))
    return drawn


def faint(color: str, share: float) -> QColor:
    """A token's colour, partly seen through."""
    seen = QColor(color)
    seen.setAlphaF(share)
    return seen


def crisp(at: float) -> float:
    """The middle of a pixel, for hairlines."""
    return int(at) + 0.5


def disc(painter: QPainter, at: QPointF, radius: float, fill: str, edge: str | None = None, width: float = 0) -> None:
    """A round marker."""
    painter.setPen(pen(edge, width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawEllipse(at, radius, radius)


def square(painter: QPainter, at: QPointF, radius: float, fill: str) -> None:
    """A square marker of about the same weight as a disc."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    side = radius * 0.92
    painter.drawRoundedRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side), radius / 4, radius / 4)


def runs(points: Iterable[tuple[int, QPointF]], reach: int = 1) -> list[list[QPointF]]:
    """Points in order, cut apart where the next one is more than `reach` places on."""
    found: list[list[QPointF]] = []
    before: int | None = None
    for index, point in points:
        if before is None or index - before > reach:
            found.append([])
        found[-1].append(point)
        before = index
    return found


def dashed(line: Sequence[QPointF], on: float, off: float) -> list[list[QPointF]]:
    """The pieces of a line that are drawn, by length along it."""
    pieces: list[list[QPointF]] = [[line[0]]]
    drawing, left = True, on
    for start, end in pairwise(line):
        length = QLineF(start, end).length()
        walked = 0.0
        while length - walked > left:
            walked += left
            turn = start + (end - start) * (walked / length)
            if drawing:
                pieces[-1].append(turn)
            else:
                pieces.append([turn])
            drawing, left = not drawing, off if drawing else on
        left -= length - walked
        if drawing:
            pieces[-1].append(end)
    return [piece for piece in pieces if len(piece) > 1]


def draw_runs(painter: QPainter, lines: Iterable[list[QPointF]], drawn: QPen) -> None:
    """Lines; a run of one point becomes a dot, for it is a value as well.

    A long line is drawn piece by piece, which looks the same: as one path it takes Qt 20 times as long, and so do its
    dashes, which are therefore cut here.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    solid = QPen(drawn)
    solid.setStyle(Qt.PenStyle.SolidLine)
    on, off = (part * drawn.widthF() for part in drawn.dashPattern() or (0.0, 0.0))
    for line in lines:
        painter.setPen(solid)
        if len(line) > 1 and on:
            for piece in dashed(line, on, off):
                painter.drawPolyline(QPolygonF(piece))
        elif len(line) > _LONG:
            painter.drawLines([QLineF(start, end) for start, end in pairwise(line)])
        elif len(line) > 1:
            painter.drawPolyline(QPolygonF(line))
        else:
            disc(painter, line[0], drawn.widthF() * 0.75, drawn.color().name())
            painter.setBrush(Qt.BrushStyle.NoBrush)


def hairline(painter: QPainter, start: QPointF, end: QPointF, drawn: QPen) -> None:
    """A straight line."""
    painter.setPen(drawn)
    painter.drawLine(QLineF(start, end))


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a legend: a sample, drawn into a box, and its words. Without a sample it is a remark."""

    text: str
    sample: Callable[[QPainter, QRectF, Style], None] | None = None
    width: float = 12


class Legend:
    """Samples with words in as many rows as they need."""

    def __init__(self, entries: Sequence[Entry], width: float, style: Style) -> None:
        self._style = style
        self._font = style.font(*AXIS_FONT)
        self._placed: list[tuple[Entry, str, QPointF]] = []
        self._step = line_height(style) + style.px(3)
        self._rows = 0
        self._flow(entries, width)

    @property
    def height(self) -> float:
        """Of all rows."""
        return self._rows * self._step

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw it with its upper left corner there."""
        style = self._style
        for entry, text, at in self._placed:
            x, y = left + at.x(), top + at.y()
            if entry.sample is not None:
                box = QRectF(x, y + (self._step - style.px(12)) / 2, style.px(entry.width), style.px(12))
                entry.sample(painter, box, style)
                x = box.right() + style.px(6)
            write(painter, QRectF(x, y, style.px(400), self._step), text, self._font, style.theme.ink3)

    def _flow(self, entries: Sequence[Entry], width: float) -> None:
        measure = measurer(self._font)
        x = 0.0
        for entry in entries:
            lead = self._style.px(entry.width + 6) if entry.sample is not None else 0.0
            if x and x + lead + measure(entry.text) > width:
                x, self._rows = 0.0, self._rows + 1
            lines = wrapped(entry.text, max(width - lead, 1.0), measure)
            for number, line in enumerate(lines):
                shown = entry if number == 0 else Entry(line)
                indent = x if number == 0 else lead
                self._placed.append((shown, line, QPointF(indent, (self._rows + number) * self._step)))
            self._rows += len(lines) - 1
            x += lead + measure(lines[-1]) + self._style.px(16)
        self._rows += bool(entries)


def paint_empty(painter: QPainter, rect: QRectF, text: str, style: Style) -> None:
    """A sentence in the middle of a quiet field."""
    font = style.font("body", 400)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faint(style.theme.sunken, 0.5))
    painter.drawRoundedRect(rect, style.px(12), style.px(12))
    lines = wrapped(text, rect.width() - style.px(32), measurer(font))
    step = line_height(style, "body")
    top = rect.center().y() - step * len(lines) / 2
    for number, line in enumerate(lines):
        place = QRectF(rect.left(), top + number * step, rect.width(), step)
        write(painter, place, line, font, style.theme.ink2, CENTRE)
