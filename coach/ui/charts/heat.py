"""What became of each day: weekdays in rows, weeks in columns. The shape of a cell tells, not its shade."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from coach.domain.progress.adherence import DayKind
from coach.domain.progress.span import Span
from coach.ui.charts.chart import Strides, Table
from coach.ui.charts.drawing import (
    AXIS_FONT,
    CENTRE,
    LEFT,
    Entry,
    Legend,
    line_height,
    measurer,
    paint_empty,
    pen,
    write,
)
from coach.ui.charts.scale import into_week
from coach.ui.charts.words import minutes_cell, minutes_text, span_text
from coach.ui.i18n import tr, trn
from coach.ui.words import day_text, join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.domain.progress.adherence import Day
    from coach.ui.charts.chart import Style

WEEK = 7
PITCH, GAP = 25.0, 4.0
"""Widest distance of two cells, and the gap between them; a year's cells are as small as its width makes them."""
_DONE = (DayKind.FULL, DayKind.LIGHTER)


def kind_text(kind: DayKind) -> str:
    """What a cell is, in a word or two."""
    return {
        DayKind.FULL: tr("full"),
        DayKind.LIGHTER: tr("lighter"),
        DayKind.MISSED: tr("not done"),
        DayKind.OPEN: tr("not planned"),
        DayKind.REST: tr("rest"),
        DayKind.EXCUSED: tr("flare or rest"),
        DayKind.TODAY: tr("today"),
        DayKind.OUTSIDE: tr("no entry"),
    }[kind]


class CalendarChart:
    """The last so many weeks of some days. `today` gets an ink outline, whatever was done on it."""

    def __init__(self, days: Sequence[Day], weeks: int = 12, today: date | None = None) -> None:
        last = max((day.day for day in days), default=None)
        first = None if last is None else last - timedelta(days=into_week(last) + WEEK * (weeks - 1))
        self._days = tuple(day for day in days if first is not None and day.day >= first)
        inside = [number for number, day in enumerate(self._days) if day.kind is not DayKind.OUTSIDE]
        self._days = self._days[inside[0] : inside[-1] + 1] if inside else ()
        if self._days:  # a short history begins at the left, and the rest of the weeks is room to fill
            begun = self._days[0].day
            first = begun - timedelta(days=into_week(begun))
        self._first = first
        self._weeks = weeks
        self._today = today
        self._margins: dict[float, float] = {}

    @property
    def name(self) -> str:
        """What is counted."""
        return tr("Sessions")

    @property
    def summary(self) -> str:
        """How many days of each kind."""
        if not self._days:
            return tr("No days to show yet.")
        counts = [(kind, sum(day.kind is kind for day in self._days)) for kind in DayKind]
        words = [tr("{kind} {count}", kind=kind_text(kind), count=count) for kind, count in counts if count]
        return tr("{when}, days: {counts}.", when=span_text(self.span, self._newest), counts=join_words(words))

    @property
    def span(self) -> Span:
        """From the first to the last day that is shown; of an empty one, today."""
        if not self._days:
            today = self._today or date.min
            return Span(today, today)
        return Span(self._days[0].day, self._days[-1].day)

    def day(self, stop: int) -> date:
        """The day of a stop."""
        return self._days[stop].day

    def stop_on(self, day: date) -> int | None:
        """The stop of a day, if it is to be seen."""
        return (day - self._days[0].day).days if self._days and day in self.span else None

    @property
    def strides(self) -> Strides:
        """Sideways a week, up and down a day."""
        return Strides(side=WEEK, down=1, far=4 * WEEK)

    @property
    def stops(self) -> int:
        """Each day from the first entry on."""
        return len(self._days)

    def within(self, span: Span) -> CalendarChart:
        """Itself: cells cannot be looked at more closely."""
        return self

    def said(self, stop: int) -> str:
        """`Thu 12 Nov: not done`."""
        day = self._days[stop]
        year = "" if day.day.year == self._newest.year else " yyyy"
        words = [day_text(day.day, f"ddd d MMM{year}") + ": " + kind_text(day.kind)]
        if day.sessions:
            words.append(trn("{n} session", "{n} sessions", day.sessions))
        if day.seconds:
            words.append(minutes_text(day.seconds))
        return join_words(words)

    def height(self, width: float, style: Style) -> float:
        """Seven rows, the names of the months above a long one, and the legend."""
        pitch = self._pitch(width, style)
        return self._above(width, style) + WEEK * pitch + style.px(6) + Legend(self._legend, width, style).height

    def paint(self, painter: QPainter, rect: QRectF, style: Style, stop: int | None = None) -> None:
        """Draw all of it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._days:
            paint_empty(painter, rect, self.summary, style)
        else:
            self._names(painter, rect, style)
            for number, day in enumerate(self._days):
                paint_cell(painter, self._cell(number, rect, style), day.kind, style, today=day.day == self._today)
            legend = Legend(self._legend, rect.width(), style)
            top = rect.top() + self._above(rect.width(), style) + WEEK * self._pitch(rect.width(), style) + style.px(6)
            legend.paint(painter, rect.left(), top)
        painter.restore()
        if stop is not None and self._days:
            self.paint_cursor(painter, rect, style, stop)

    def paint_cursor(self, painter: QPainter, rect: QRectF, style: Style, stop: int) -> None:
        """A ring around the cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self._cell(stop, rect, style)
        width = min(style.px(2), cell.width() / 4)
        # Half of the gap around the cell is its own, so that the ring stays inside of the chart.
        out = (self._pitch(rect.width(), style) - cell.width() - width) / 2
        cell.adjust(-out, -out, out, out)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(style.theme.focus, width))
        painter.drawRoundedRect(cell, _radius(cell), _radius(cell))
        painter.restore()

    def anchor(self, rect: QRectF, style: Style, stop: int) -> QPointF:
        """The top of the cell."""
        cell = self._cell(stop, rect, style)
        return QPointF(cell.center().x(), cell.top())

    def stop_at(self, point: QPointF, rect: QRectF, style: Style) -> int | None:
        """The day whose cell, with half of the gaps around it, is under a point."""
        if not self._days:
            return None
        pitch = self._pitch(rect.width(), style)
        column = (point.x() - self._left(rect, style)) // pitch
        row = (point.y() - rect.top() - self._above(rect.width(), style)) // pitch
        if not (0 <= row < WEEK and 0 <= column < self._weeks):
            return None
        stop = int(column * WEEK + row) - self._offset
        return stop if 0 <= stop < len(self._days) else None

    def table(self) -> Table:
        """A row for each day."""
        columns = (tr("Day"), tr("What became of it"), tr("Minutes"))
        rows = [(self._date(day.day), _what(day), minutes_cell(day.seconds)) for day in self._days]
        raw = [(day.day.isoformat(), day.kind.value, day.sessions, day.seconds) for day in self._days]
        return Table(self.name, columns, tuple(rows), ("date", "kind", "sessions", "seconds"), tuple(raw))

    def _date(self, day: date) -> str:
        return day_text(day, "ddd d MMM" if day.year == self._newest.year else "d MMM yyyy")

    @property
    def _newest(self) -> date:
        return self._today or self._days[-1].day

    @property
    def _offset(self) -> int:
        """Cells before the first day."""
        return 0 if self._first is None else (self._days[0].day - self._first).days

    @property
    def _legend(self) -> Sequence[Entry]:
        shown = {day.kind for day in self._days} - {DayKind.OUTSIDE}
        entries = [Entry(kind_text(kind), _sample(kind)) for kind in DayKind if kind in shown]
        if DayKind.TODAY not in shown and any(day.day == self._today for day in self._days):
            entries.append(Entry(kind_text(DayKind.TODAY), _sample(DayKind.TODAY)))
        return entries

    def _by_month(self) -> bool:
        return self._weeks > 16

    def _above(self, width: float, style: Style) -> float:
        if self._by_month():
            return line_height(style) + style.px(2)
        return max(0.0, (line_height(style) - self._pitch(width, style)) / 2)  # the first weekday may be the higher

    def _left(self, rect: QRectF, style: Style) -> float:
        return rect.left() + self._beside(style)

    def _beside(self, style: Style) -> float:
        """Room for the weekdays; measured once for each size of text, since every cell depends on it."""
        if not self._days:
            return 0.0
        size = style.px(1)
        if size not in self._margins:
            measure = measurer(style.font(*AXIS_FONT))
            self._margins[size] = max(measure(word) for word in _weekdays(self._days[0].day)) + style.px(10)
        return self._margins[size]

    def _pitch(self, width: float, style: Style) -> float:
        return max(1.0, min(style.px(PITCH), (width - self._beside(style)) / self._weeks))

    def _cell(self, number: int, rect: QRectF, style: Style) -> QRectF:
        pitch = self._pitch(rect.width(), style)
        gap = max(1.0, pitch * GAP / PITCH)
        column, row = divmod(number + self._offset, WEEK)
        left = self._left(rect, style) + column * pitch
        top = rect.top() + self._above(rect.width(), style) + row * pitch
        return QRectF(left + gap / 2, top + gap / 2, pitch - gap, pitch - gap)

    def _names(self, painter: QPainter, rect: QRectF, style: Style) -> None:
        """Weekdays at the side, every second one where rows are lower than a line of text; months on top."""
        pitch, font = self._pitch(rect.width(), style), style.font(*AXIS_FONT)
        top, width = rect.top() + self._above(rect.width(), style), self._beside(style) - style.px(10)
        every = max(1, -int(-line_height(style) * 0.8 // pitch))
        for row, word in enumerate(_weekdays(self._days[0].day)):
            if row % every == 0:
                place = QRectF(rect.left(), top + row * pitch, width, pitch)
                write(painter, place, word, font, style.theme.ink3, CENTRE)
        if self._by_month():
            self._months(painter, rect, style)

    def _months(self, painter: QPainter, rect: QRectF, style: Style) -> None:
        font = style.font(*AXIS_FONT)
        measure, pitch = measurer(font), self._pitch(rect.width(), style)
        free = rect.left()
        for day in (day.day for day in self._days if day.day.day == 1):
            column = ((day - self._days[0].day).days + self._offset) // WEEK
            left, text = self._left(rect, style) + column * pitch, day_text(day, "MMM")
            right = left + measure(text)
            if left >= free and right <= rect.right():
                place = QRectF(left, rect.top(), right - left, line_height(style))
                write(painter, place, text, font, style.theme.ink3, LEFT)
                free = right + style.px(6)


def _what(day: Day) -> str:
    """Its kind, and how many sessions where that is not plain."""
    words = [kind_text(day.kind)]
    if day.sessions > 1:
        words.append(trn("{n} session", "{n} sessions", day.sessions))
    return join_words(words)


def _weekdays(day: date) -> list[str]:
    first = day - timedelta(days=into_week(day))
    return [day_text(first + timedelta(days=number), "ddd")[:1] for number in range(WEEK)]


def _radius(cell: QRectF) -> float:
    return cell.width() * 0.22


def paint_cell(painter: QPainter, cell: QRectF, kind: DayKind, style: Style, *, today: bool = False) -> None:
    """One day. Each kind has its own shape: filled, half filled, outline, dot, pale, hatched, thick outline."""
    theme, radius = style.theme, _radius(cell)
    thin = min(style.px(1.25), cell.width() / 8)
    outline = cell.adjusted(thin / 2, thin / 2, -thin / 2, -thin / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind in {DayKind.FULL, DayKind.REST}:
        painter.setBrush(QColor(theme.accent if kind is DayKind.FULL else theme.sunken))
        painter.drawRoundedRect(cell, radius, radius)
    elif kind is DayKind.LIGHTER:
        painter.setBrush(QColor(theme.accent))
        painter.drawPath(_lower_half(cell, radius))
        _outlined(painter, outline, radius, theme.accent, thin)
    elif kind is DayKind.MISSED:
        _outlined(painter, outline, radius, theme.ctl, thin)
    elif kind is DayKind.OPEN:
        painter.setBrush(QColor(theme.ctl))
        painter.drawEllipse(cell.center(), cell.width() * 0.13, cell.width() * 0.13)
    elif kind is DayKind.EXCUSED:
        _hatched(painter, outline, thin, theme.ctl)
        _outlined(painter, outline, radius, theme.ctl, thin)
    if today or kind is DayKind.TODAY:
        thick = min(style.px(2), cell.width() / 5)
        _outlined(painter, cell.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2), radius, theme.ink, thick)


def _outlined(painter: QPainter, box: QRectF, radius: float, color: str, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(color, width))
    painter.drawRoundedRect(box, radius, radius)


def _lower_half(cell: QRectF, radius: float) -> QPainterPath:
    """Drawn by hand: Qt's own cutting of shapes now and then loses one of this size."""
    path = QPainterPath(QPointF(cell.left(), cell.center().y()))
    path.lineTo(cell.left(), cell.bottom() - radius)
    path.quadTo(cell.bottomLeft(), QPointF(cell.left() + radius, cell.bottom()))
    path.lineTo(cell.right() - radius, cell.bottom())
    path.quadTo(cell.bottomRight(), QPointF(cell.right(), cell.bottom() - radius))
    path.lineTo(cell.right(), cell.center().y())
    path.closeSubpath()
    return path


def _hatched(painter: QPainter, box: QRectF, width: float, color: str) -> None:
    """Lines from lower left to upper right. Drawn one by one: a brush's pattern is lost in an SVG file."""
    painter.setPen(pen(color, width))
    side = box.width()
    for share in (0.55, 1.0, 1.45):
        reach = share * side
        start = QPointF(box.left() + max(0.0, reach - side), box.top() + min(reach, side))
        end = QPointF(box.left() + min(reach, side), box.top() + max(0.0, reach - side))
        painter.drawLine(start, end)


def _sample(kind: DayKind) -> Callable[[QPainter, QRectF, Style], None]:
    def paint(painter: QPainter, box: QRectF, style: Style) -> None:
        paint_cell(painter, box, kind, style)

    return paint
