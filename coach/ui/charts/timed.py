"""The frame of charts over time: values upwards, days, weeks or months to the right, dates below, then a legend."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from coach.ui.charts.chart import Strides
from coach.ui.charts.drawing import (
    AXIS_FONT,
    RIGHT,
    Entry,
    Legend,
    crisp,
    hairline,
    line_height,
    measurer,
    paint_empty,
    pen,
    write,
)
from coach.ui.charts.scale import Grain, Times, date_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coach.domain.progress.span import Span
    from coach.ui.charts.chart import Style, Table


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values and places of a chart are on what it is painted on."""

    plot: QRectF
    times: Times
    highest: float
    style: Style

    def x(self, index: float) -> float:
        """The middle of a place."""
        return self.plot.left() + (index + 0.5) * self.plot.width() / self.times.count

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.plot.bottom() - value / self.highest * self.plot.height()

    def at(self, index: float, value: float) -> QPointF:
        """Both."""
        return QPointF(self.x(index), self.y(value))

    def place(self, x: float) -> int:
        """The place that reaches over `x`."""
        index = int((x - self.plot.left()) * self.times.count / self.plot.width())
        return max(0, min(self.times.count - 1, index))


class TimedChart(ABC):
    """A chart over time. What it is about is in the subclasses."""

    shape = (0.54, 180.0, 340.0)
    """Height of the plot: share of the width, and its least and greatest."""
    above = 8.0
    """Room above the plot."""
    below = 0.0
    """Room between the plot and the dates."""

    def __init__(self, span: Span, grain: Grain) -> None:
        self._times = Times(span, grain)

    @property
    def span(self) -> Span:
        """The days that are to be seen."""
        return self._times.span

    @property
    def strides(self) -> Strides:
        """One place with an arrow; a week with Ctrl."""
        return Strides(far=7 if self._times.grain is Grain.DAY else 4)

    @property
    def stops(self) -> int:
        """Every day, week or month, whether anything is there or not."""
        return 0 if self.empty else self._times.count

    def day(self, stop: int) -> date:
        """The first day of a stop."""
        return self._times.day(stop)

    def stop_on(self, day: date) -> int | None:
        """The stop that a day belongs to, if it is to be seen."""
        stop = self._times.index(day)
        return stop if 0 <= stop < self.stops else None

    @property
    @abstractmethod
    def name(self) -> str: ...

    @property
    @abstractmethod
    def summary(self) -> str: ...

    @property
    @abstractmethod
    def empty(self) -> str:
        """What is said instead of a picture; no words where there is one."""

    @property
    @abstractmethod
    def ticks(self) -> Sequence[int]:
        """Values of the grid lines, from 0 up."""

    @property
    @abstractmethod
    def legend(self) -> Sequence[Entry]:
        """What the signs mean."""

    @abstractmethod
    def said(self, stop: int) -> str: ...

    @abstractmethod
    def within(self, span: Span) -> Self: ...

    @abstractmethod
    def table(self) -> Table: ...

    @abstractmethod
    def draw(self, painter: QPainter, frame: Frame) -> None:
        """The data."""

    @abstractmethod
    def marks(self, stop: int) -> Sequence[float]:
        """Values at a stop, which the cursor marks."""

    def tick_text(self, tick: int) -> str:
        """A grid line's number."""
        return str(tick)

    def beside(self, style: Style) -> float:
        """Room at the right of the plot."""
        return style.px(8)

    def height(self, width: float, style: Style) -> float:
        """How high it wants to be."""
        share, least, most = self.shape
        plot = min(style.px(most), max(style.px(least), width * share))
        return plot + self._over(style) + self._under(width, style)

    def paint(self, painter: QPainter, rect: QRectF, style: Style, stop: int | None = None) -> None:
        """Draw all of it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.empty:
            paint_empty(painter, rect, self.empty, style)
        else:
            frame = self.frame(rect, style)
            self._grid(painter, frame)
            self.draw(painter, frame)
            self._dates(painter, frame)
            legend = Legend(self.legend, rect.width(), style)
            legend.paint(painter, rect.left(), rect.bottom() - legend.height)
        painter.restore()
        if stop is not None and not self.empty:
            self.paint_cursor(painter, rect, style, stop)

    def paint_cursor(self, painter: QPainter, rect: QRectF, style: Style, stop: int) -> None:
        """A line through the stop, and a ring around each of its values."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.frame(rect, style)
        x = crisp(frame.x(stop))
        line = pen(style.theme.ink2, style.px(1))
        hairline(painter, QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom()), line)
        painter.setPen(pen(style.theme.ink, style.px(2)))
        painter.setBrush(QColor(style.theme.surface))
        for value in self.marks(stop):
            painter.drawEllipse(frame.at(stop, value), style.px(5), style.px(5))
        painter.restore()

    def anchor(self, rect: QRectF, style: Style, stop: int) -> QPointF:
        """The highest value of a stop, or the top of the plot."""
        frame = self.frame(rect, style)
        return frame.at(stop, max(self.marks(stop), default=frame.highest))

    def stop_at(self, point: QPointF, rect: QRectF, style: Style) -> int | None:
        """The stop over which a point of the plot lies."""
        if self.empty:
            return None
        frame = self.frame(rect, style)
        return frame.place(point.x()) if frame.plot.contains(point) else None

    def frame(self, rect: QRectF, style: Style) -> Frame:
        """Where the plot is, after everything around it has its room."""
        measure = measurer(style.font(*AXIS_FONT))
        left = max(measure(self.tick_text(tick)) for tick in self.ticks) + style.px(10)
        plot = rect.adjusted(left, self._over(style), -self.beside(style), -self._under(rect.width(), style))
        plot.setHeight(max(1.0, plot.height()))
        plot.setWidth(max(1.0, plot.width()))
        return Frame(plot, self._times, self.ticks[-1], style)

    def _over(self, style: Style) -> float:
        # Half of the topmost number stands above the plot.
        return max(style.px(self.above), line_height(style) / 2)

    def _under(self, width: float, style: Style) -> float:
        legend = Legend(self.legend, width, style).height
        return style.px(self.below + 6) + line_height(style) + (legend + style.px(8) if legend else 0)

    def _grid(self, painter: QPainter, frame: Frame) -> None:
        style, plot = frame.style, frame.plot
        font = style.font(*AXIS_FONT)
        half = line_height(style) / 2
        every = 1 if plot.height() / (len(self.ticks) - 1) >= half * 2 else 2
        for tick in self.ticks:
            y = crisp(frame.y(tick))
            line = pen(style.theme.line, max(1.0, style.px(1)))
            hairline(painter, QPointF(plot.left(), y), QPointF(plot.right(), y), line)
        for tick in (*self.ticks[:-1:every], self.ticks[-1]):
            place = QRectF(plot.left() - style.px(210), frame.y(tick) - half, style.px(200), half * 2)
            write(painter, place, self.tick_text(tick), font, style.theme.ink3, RIGHT)

    def _dates(self, painter: QPainter, frame: Frame) -> None:
        style, plot = frame.style, frame.plot
        font = style.font(*AXIS_FONT)
        top = plot.bottom() + style.px(self.below + 6)
        edges = (plot.left(), plot.right())
        for label in date_labels(frame.times, frame.x, edges, measurer(font), style.px(16)):
            place = QRectF(label.left, top, style.px(200), line_height(style))
            write(painter, place, label.text, font, style.theme.ink3)
