"""Time spent: minutes of each week, or of each month in a long span."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from coach.domain.progress.span import Bin
from coach.ui.charts.chart import Strides, Table
from coach.ui.charts.drawing import Entry
from coach.ui.charts.scale import Grain, nice_ticks
from coach.ui.charts.timed import Frame, TimedChart
from coach.ui.charts.words import minutes_cell, minutes_text, span_text
from coach.ui.i18n import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QPainter

    from coach.domain.progress.points import SessionPoint
    from coach.domain.progress.span import Span
    from coach.ui.charts.chart import Style

DAYS_BY_WEEK = 2 * 366
"""In a longer span a bar is a month."""


class TimeChart(TimedChart):
    """Bars of minutes. The first and the last may stand for a part of a week: the days of the span alone count."""

    shape = (0.4, 120.0, 200.0)

    def __init__(self, sessions: Sequence[SessionPoint], span: Span, today: date, by: Bin | None = None) -> None:
        """`by` says what a session point counts; by default what it does in a span as long."""
        self._by = by or span.by
        super().__init__(span, Grain.MONTH if self._by is Bin.MONTH or span.days > DAYS_BY_WEEK else Grain.WEEK)
        self._sessions = tuple(sessions)
        self._today = today

    @property
    def name(self) -> str:
        """What is counted."""
        return tr("Time spent")

    @property
    def empty(self) -> str:
        return "" if self.bars else tr("No sessions in these dates.")

    @property
    def strides(self) -> Strides:
        """A bar is a week at least."""
        return Strides(far=4)

    @property
    def summary(self) -> str:
        """All of it."""
        if not self.bars:
            return self.empty
        seconds, sessions = (sum(bar[part] for bar in self.bars.values()) for part in (1, 0))
        count = trn("{n} session", "{n} sessions", sessions)
        return tr(
            "{when}: {minutes} in {count}.",
            when=span_text(self.span, self._today),
            minutes=minutes_text(seconds),
            count=count,
        )

    @property
    def ticks(self) -> Sequence[int]:
        return nice_ticks(max((seconds for _, seconds in self.bars.values()), default=60) / 60, 3)

    @property
    def legend(self) -> Sequence[Entry]:
        if not self.bars:
            return ()
        month = self._times.grain is Grain.MONTH
        return (Entry(tr("minutes of a month") if month else tr("minutes of a week"), _sample),)

    @cached_property
    def bars(self) -> dict[int, tuple[int, int]]:
        """Sessions and seconds of each place that has any."""
        found: dict[int, tuple[int, int]] = {}
        first = self._times.day(0) if self._by is Bin.MONTH else self.span.first
        for point in self._sessions:
            if first <= point.day <= self.span.last and point.sessions:
                index = self._times.index(point.day)
                had = found.get(index, (0, 0))
                found[index] = had[0] + point.sessions, had[1] + point.seconds
        return found

    def within(self, span: Span) -> TimeChart:
        """The same, seen more closely."""
        return TimeChart(self._sessions, span, self._today, self._by)

    def said(self, stop: int) -> str:
        """`Week from Mon 9 Nov: 42 min, 4 sessions`."""
        sessions, seconds = self.bars.get(stop, (0, 0))
        words = self._times.words(stop, self._today)
        when = tr("Week from {day}", day=words) if self._times.grain is Grain.WEEK else words
        if not sessions:
            return tr("{when}: no session", when=when)
        return f"{when}: {minutes_text(seconds)}, {trn('{n} session', '{n} sessions', sessions)}"

    def marks(self, stop: int) -> Sequence[float]:
        """The top of the bar."""
        return [self.bars[stop][1] / 60] if stop in self.bars else []

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """The bars, round at the top."""
        style = frame.style
        pitch = frame.plot.width() / frame.times.count
        # Where bars are as thin as hairs, gaps between them would only turn them grey.
        width = min(style.px(28), pitch * 0.68) if pitch > style.px(4) else pitch + 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.theme.accent))
        for index, (_, seconds) in self.bars.items():
            top = frame.at(index, seconds / 60)
            painter.drawPath(_bar(top, width, frame.plot.bottom(), style.px(4)))

    def table(self) -> Table:
        """A row for each week or month with a session."""
        month = self._times.grain is Grain.MONTH
        columns = (tr("Month") if month else tr("Week from"), tr("Minutes"), tr("Sessions"))
        found = sorted(self.bars.items())
        rows = [
            (self._times.words(index, self._today), minutes_cell(seconds), str(sessions))
            for index, (sessions, seconds) in found
        ]
        raw = [(self._times.day(index).isoformat(), seconds, sessions) for index, (sessions, seconds) in found]
        raw_columns = ("month_from" if month else "week_from", "seconds", "sessions")
        return Table(self.name, columns, tuple(rows), raw_columns, tuple(raw))


def _bar(top: QPointF, width: float, bottom: float, radius: float) -> QPainterPath:
    radius = min(radius, width / 2, max(0.0, bottom - top.y()))
    box = QRectF(top.x() - width / 2, top.y(), width, bottom - top.y())
    path = QPainterPath(box.bottomLeft())
    path.lineTo(box.left(), box.top() + radius)
    path.quadTo(box.topLeft(), QPointF(box.left() + radius, box.top()))
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + radius))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path


def _sample(painter: QPainter, box: QRectF, style: Style) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.theme.accent))
    painter.drawRoundedRect(box, style.px(2), style.px(2))
