"""The layers of the pain chart, each painted by a function."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from coach.domain.progress.period import PeriodKind
from coach.domain.progress.span import WEEK
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
from coach.ui.charts.row import thinned
from coach.ui.charts.scale import Grain
from coach.ui.charts.words import period_text
from coach.ui.i18n import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import PainPoint, SessionPoint
    from coach.ui.charts.chart import Style
    from coach.ui.charts.row import Row
    from coach.ui.charts.timed import Frame

MEAN, MEAN_CROWDED = 3.5, 1.5
"""The line; it is thin where several days share a pixel, or it would be nothing but a broad smear."""
DOT = 2.75
_TICK = 9.0
_PERIOD_ROWS = 2
_WHISKERS = 400
"""Points up to which a line shows from where to where the ratings of each went."""
_LOOKED_AT = 400
"""Values that are asked for a free place; of more, as many of them."""


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
    painter: QPainter,
    frame: Frame,
    text: str,
    baseline: float,
    band: tuple[int, int] | None,
    taken: Sequence[QPointF],
    edges: Sequence[float],
) -> None:
    """What band and dotted line are, at the place near them where the fewest values are in the way."""
    style, plot = frame.style, frame.plot
    font = style.font("tiny", 600)
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
        some = taken[:: max(1, len(taken) // _LOOKED_AT)]

        def crowd(place: QRectF) -> int:
            lines = sum(place.left() < edge < place.right() for edge in edges)
            return lines + sum(map(place.adjusted(-4, -2, 4, 2).contains, some))

        best = min(places, key=crowd)
        write(painter, best, text, font, style.theme.ink2)


def paint_periods(
    painter: QPainter, frame: Frame, periods: Sequence[Period], sessions: Sequence[SessionPoint]
) -> list[float]:
    """Flares and rests: a shade, a line where they begin, their name if it finds room. Gives where the lines are."""
    style, plot, times = frame.style, frame.plot, frame.times
    half = plot.width() / times.count / 2
    taken: list[QRectF] = []
    edges: list[float] = []
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
        edges.append(at)
        _paint_period_label(painter, frame, at, _period_words(period, sessions), taken)
    return edges


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


def _with_whiskers(row: Row[PainPoint]) -> list[tuple[int, PainPoint]]:
    """Days with ratings that differ; none where there would be so many that they hide the rest."""
    return [(index, point) for index, point in row if point.high > point.low] if len(row) <= _WHISKERS else []


def _bundle(frame: Frame, gap: float) -> int:
    """How many places lie within so many pixels, 1 or more."""
    return max(1, int(gap * frame.times.count / frame.plot.width()))


def paint_dots(painter: QPainter, frame: Frame, row: Row[PainPoint]) -> list[QPointF]:
    """Each day's mean, and a thin line from its lowest to its highest rating where they differ. Gives the dots."""
    style, bundle = frame.style, _bundle(frame, frame.style.px(1.25))
    painter.setPen(pen(style.theme.ctl, style.px(1.25)))
    for index, point in _with_whiskers(row):
        painter.drawLine(frame.at(index, point.low), frame.at(index, point.high))
    # Of dots that would lie on each other, one is drawn.
    seen = {(index // bundle, point.total / point.count): index for index, point in row}
    dots = [frame.at(index, value) for (_, value), index in seen.items()]
    crowded = frame.plot.width() / frame.times.count < style.px(2)
    # Square where nobody sees it: round points take Qt ten times as long.
    cap = Qt.PenCapStyle.RoundCap if bundle == 1 else Qt.PenCapStyle.SquareCap
    painter.setPen(pen(style.theme.ctl, 2 * style.px(DOT * 0.7 if crowded else DOT), cap=cap))
    painter.drawPoints(QPolygonF(dots))
    return dots


def paint_mean(painter: QPainter, frame: Frame, row: Row[float]) -> list[QPointF]:
    """The line of the 7-day mean and a ring around its newest value.

    It reaches over as many days as a mean looks back on and breaks where a gap is longer: see `rolling.segments`.
    """
    style, bundle = frame.style, _bundle(frame, frame.style.px(1.5))
    reach = WEEK if frame.times.grain is Grain.DAY else 1
    kept = thinned(row, bundle)
    line = [(index, frame.at(index, value)) for index, value in kept]
    width = MEAN if bundle == 1 else MEAN_CROWDED
    cap = Qt.PenCapStyle.RoundCap if bundle == 1 else Qt.PenCapStyle.FlatCap
    drawn = pen(style.theme.accent, style.px(width), cap=cap)
    draw_runs(painter, runs(line, max(reach, 2 * bundle if bundle > 1 else 1)), drawn)
    points = [point for _, point in line]
    if points:
        disc(painter, points[-1], style.px(6), style.theme.surface, style.theme.accent, style.px(MEAN))
    return points


def paint_sessions(painter: QPainter, frame: Frame, row: Row[SessionPoint]) -> None:
    """A tick under the axis for each day with a session; half as high where none was completed.

    Where ticks would touch, a strip as high as the share of days that have one.
    """
    style, bundle = frame.style, _bundle(frame, frame.style.px(1.5))
    bottom = frame.plot.bottom() + style.px(8 + _TICK)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.theme.accent))
    if bundle > 1:
        painter.drawPolygon(_strip(frame, row, bundle, bottom))
        return
    width = min(style.px(2.5), frame.plot.width() / frame.times.count * 0.6)
    for index, point in row:
        height = style.px(_TICK if point.completed else _TICK / 2)
        box = QRectF(frame.x(index) - width / 2, bottom - height, width, height)
        painter.drawRoundedRect(box, width / 3, width / 3)


def _strip(frame: Frame, row: Row[SessionPoint], bundle: int, bottom: float) -> QPolygonF:
    counts = Counter(index // bundle for index, _ in row)
    outline = [QPointF(frame.plot.left(), bottom)]
    for number in range(-(-frame.times.count // bundle)):
        inside = min(bundle, frame.times.count - number * bundle)
        top = bottom - frame.style.px(_TICK) * counts[number] / inside
        start = frame.x(number * bundle - 0.5)
        outline += [QPointF(start, top), QPointF(frame.x(number * bundle + inside - 0.5), top)]
    return QPolygonF([*outline, QPointF(frame.plot.right(), bottom)])


def legend(points: Row[PainPoint], grain: Grain, *, mean: bool, sessions: bool) -> Sequence[Entry]:
    """What dots, line and ticks are."""
    if not points:
        return ()
    months = grain is Grain.MONTH
    if months:
        entries = [Entry(tr("mean of a month"), _mean_sample, 18)]
    else:
        entries = [Entry(tr("7-day mean"), _mean_sample, 18)] if mean else []
        entries.append(Entry(tr("one day"), _dot_sample, 6))
    if _with_whiskers(points):
        entries.append(Entry(tr("lowest to highest"), _whisker_sample, 6))
    if sessions and not months:
        entries.append(Entry(tr("session"), _tick_sample, 3))
    gap = tr("A gap is a month without ratings.") if months else tr("A gap in the dots is a day you did not rate.")
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
