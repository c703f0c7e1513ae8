"""The layers of the pain chart, each painted by a function."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from coach.domain.progress.period import PeriodKind
from coach.ui.charts.drawing import (
    LEFT,
    RIGHT,
    Entry,
    crisp,
    disc,
    draw_runs,
    faint,
    hairline,
    line_height,
    measurer,
    pen,
    runs,
    write,
)
from coach.ui.charts.scale import Grain
from coach.ui.charts.words import mean_text, period_text
from coach.ui.i18n import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import PainPoint, SessionPoint
    from coach.ui.charts.chart import Style
    from coach.ui.charts.timed import Frame

MEAN = 3.5
DOT = 2.75
_TICK = (2.5, 9.0)
_PERIOD_ROWS = 2


def paint_band(painter: QPainter, frame: Frame, band: tuple[int, int]) -> None:
    """From the lowest to the highest rating of the first week."""
    low, high = band
    if high > low:
        plot = frame.plot
        box = QRectF(QPointF(plot.left(), frame.y(high)), QPointF(plot.right(), frame.y(low)))
        painter.fillRect(box, faint(frame.style.theme.ink, 0.08))


def paint_baseline(painter: QPainter, frame: Frame, baseline: float) -> None:
    """The dotted line of the first week's mean."""
    y = frame.y(baseline)
    style = frame.style
    line = pen(style.theme.ink2, style.px(1.4), (1, 4), Qt.PenCapStyle.FlatCap)
    hairline(painter, QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y), line)


def paint_baseline_label(
    painter: QPainter, frame: Frame, baseline: float, band: tuple[int, int] | None, taken: Sequence[QPointF]
) -> None:
    """What band and dotted line are, at the place near them where the fewest values are in the way."""
    style, plot = frame.style, frame.plot
    font = style.font("tiny", 600)
    text = tr("your first 7 days, mean {mean}", mean=mean_text(baseline))
    width, height = measurer(font)(text), line_height(style)
    if width > plot.width() - style.px(12):
        return
    low, high = band or (baseline, baseline)
    edge = style.px(6)
    tops = [frame.y(high) + style.px(2), frame.y(high) - height, frame.y(low) + style.px(1), frame.y(low) - height]
    lefts = [plot.right() - edge - width, plot.left() + edge]
    line = frame.y(baseline)
    places = [QRectF(left, top, width, height) for top in tops for left in lefts]
    places = [place for place in places if plot.contains(place) and not place.top() < line < place.bottom()]
    if places:
        best = min(places, key=lambda place: sum(map(place.adjusted(-4, -2, 4, 2).contains, taken)))
        write(painter, best, text, font, style.theme.ink2)


def paint_periods(painter: QPainter, frame: Frame, periods: Sequence[Period], sessions: Sequence[SessionPoint]) -> None:
    """Flares and rests: a shade, a line where they begin and their name, if it finds room."""
    style, plot, times = frame.style, frame.plot, frame.times
    half = plot.width() / times.count / 2
    taken: list[QRectF] = []
    for period in periods:
        first = max(0, times.index(period.first))
        last = times.count - 1 if period.last is None else min(times.count - 1, times.index(period.last))
        left, right = frame.x(first) - half, frame.x(last) + half
        shade = QRectF(left, plot.top(), right - left, plot.height())
        painter.fillRect(shade, faint(style.theme.ink, 0.05))
        at = crisp(left) if times.index(period.first) >= 0 else plot.left()
        pattern = () if period.kind is PeriodKind.FLARE else (4.0, 3.0)
        line = pen(style.theme.ctl, style.px(1.25), pattern, Qt.PenCapStyle.FlatCap)
        hairline(painter, QPointF(at, plot.top()), QPointF(at, plot.bottom()), line)
        _paint_period_label(painter, frame, at, _period_words(period, sessions), taken)


def _paint_period_label(painter: QPainter, frame: Frame, at: float, text: str, taken: list[QRectF]) -> None:
    style, plot = frame.style, frame.plot
    font = style.font("tiny", 500)
    width, height = measurer(font)(text), line_height(style)
    gap = style.px(6)
    for row in range(_PERIOD_ROWS):
        for left in (at + gap, at - gap - width):
            place = QRectF(left, plot.top() + style.px(1) + row * height, width, height)
            inside = plot.left() <= place.left() and place.right() <= plot.right()
            if inside and not any(place.adjusted(-gap, 0, gap, 0).intersects(other) for other in taken):
                write(painter, place, text, font, style.theme.ink2, LEFT if left > at else RIGHT)
                taken.append(place)
                return


def _period_words(period: Period, sessions: Sequence[SessionPoint]) -> str:
    """`flare, 2 lighter days`, or how long it lasted."""
    last = period.last or date.max
    lighter = sum(1 for point in sessions if period.first <= point.day <= last and point.completed == 0)
    name = period_text(period.kind)
    if lighter:
        return trn("{name}, {n} lighter day", "{name}, {n} lighter days", lighter, name=name)
    if period.last is None:
        return name
    days = (period.last - period.first).days + 1
    return trn("{name}, {n} day", "{name}, {n} days", days, name=name)


def paint_dots(painter: QPainter, frame: Frame, dots: Sequence[tuple[int, PainPoint]]) -> None:
    """Each day's mean, and a thin line from its lowest to its highest rating where they differ."""
    style = frame.style
    apart = frame.plot.width() / frame.times.count
    whisker = pen(style.theme.ctl, style.px(1.25))
    painter.setPen(whisker)
    if apart >= style.px(1.5):
        for index, point in dots:
            if point.high > point.low:
                painter.drawLine(frame.at(index, point.low), frame.at(index, point.high))
    painter.setPen(pen(style.theme.ctl, 2 * style.px(DOT if apart >= style.px(2) else DOT * 0.7)))
    grain = style.px(0.75)
    # Of dots that would lie on each other, one is drawn.
    seen = {(int(at.x() / grain), int(at.y() / grain)): at for at in (frame.at(i, point.mean) for i, point in dots)}
    painter.drawPoints(QPolygonF(list(seen.values())))


def paint_mean(painter: QPainter, frame: Frame, line: Sequence[tuple[int, QPointF]]) -> None:
    """The line of the 7-day mean, broken where it cannot be said, and a ring around its newest value."""
    style = frame.style
    draw_runs(painter, runs(line), pen(style.theme.accent, style.px(MEAN)))
    if line:
        disc(painter, line[-1][1], style.px(6), style.theme.surface, style.theme.accent, style.px(MEAN))


def paint_sessions(painter: QPainter, frame: Frame, sessions: Sequence[tuple[int, SessionPoint]]) -> None:
    """A tick under the axis for each day with a session; half as high where none was completed."""
    style = frame.style
    width = min(style.px(_TICK[0]), max(style.px(0.75), frame.plot.width() / frame.times.count * 0.6))
    top = frame.plot.bottom() + style.px(8)
    seen: dict[tuple[int, bool], QRectF] = {}
    for index, point in sessions:
        height = style.px(_TICK[1]) if point.completed else style.px(_TICK[1] / 2)
        box = QRectF(frame.x(index) - width / 2, top + style.px(_TICK[1]) - height, width, height)
        seen.setdefault((int(box.left() / width), point.completed > 0), box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.theme.accent))
    for box in seen.values():
        painter.drawRoundedRect(box, width / 3, width / 3)


def legend(points: Sequence[PainPoint], grain: Grain, *, mean: bool, sessions: bool) -> Sequence[Entry]:
    """What dots, line and ticks are."""
    if not points:
        return ()
    months = grain is Grain.MONTH
    entries = [Entry(tr("7-day mean"), _mean_sample, 18)] if mean else []
    entries.append(Entry(tr("one month") if months else tr("one day"), _dot_sample, 6))
    if any(point.high > point.low for point in points):
        entries.append(Entry(tr("lowest to highest"), _whisker_sample, 6))
    if sessions and not months:
        entries.append(Entry(tr("session"), _tick_sample, 3))
    gap = tr("A gap is a month without ratings.") if months else tr("A gap is a day you did not rate.")
    return (*entries, Entry(gap))


def _mean_sample(painter: QPainter, box: QRectF, style: Style) -> None:
    y, inset = box.center().y(), style.px(2)
    line = pen(style.theme.accent, style.px(MEAN))
    hairline(painter, QPointF(box.left() + inset, y), QPointF(box.right() - inset, y), line)


def _dot_sample(painter: QPainter, box: QRectF, style: Style) -> None:
    disc(painter, box.center(), style.px(DOT), style.theme.ctl)


def _whisker_sample(painter: QPainter, box: QRectF, style: Style) -> None:
    x = box.center().x()
    hairline(painter, QPointF(x, box.top()), QPointF(x, box.bottom()), pen(style.theme.ctl, style.px(1.25)))


def _tick_sample(painter: QPainter, box: QRectF, style: Style) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.theme.accent))
    painter.drawRoundedRect(box.adjusted(0, style.px(1), 0, -style.px(1)), style.px(1), style.px(1))
