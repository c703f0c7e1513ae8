"""The pacer: height against time of one repetition. The bead is as high as the figure has moved, by the same curve.

Axis, names and the whole curve are painted once per phase into a pixmap; a frame adds the trail and the bead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from coach.domain.figure.motion import minimum_jerk
from coach.domain.timeline import Phase
from coach.ui.i18n import tr
from coach.ui.session.pane import Pane
from coach.ui.session.text import width_of
from coach.ui.session.view import PacerView
from coach.ui.widgets.paint import painter_for

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from coach.domain.exercise import Tempo
    from coach.ui.session.style import Style

TRAIL, AHEAD, BEAD = 9.0, 5.0, 34.0
TICK = 8.0
WORDS = 20.0
SAMPLES = 24
"""Points of the curve per second of movement."""
BEYOND_S = 0.2
"""After the repetition the next effort is drawn, and this much of what follows."""


def height_at(tempo: Tempo, t: float) -> float:
    """How far the movement is, 0 to 1, at `t` seconds of one repetition after the other."""
    t %= tempo.seconds
    if t < tempo.effort:
        return minimum_jerk(t / tempo.effort)
    t -= tempo.effort
    if t < tempo.hold or not tempo.back:
        return 1.0
    return 1.0 - minimum_jerk((t - tempo.hold) / tempo.back)


def curve_times(tempo: Tempo, end: float) -> list[float]:
    """Times from 0 to `end` at which the curve is sampled: densely in movement, not at all in between."""
    found = [0.0]
    while (t := found[-1]) < end:
        within = t % tempo.seconds
        rests = tempo.effort <= within < tempo.effort + tempo.hold
        found.append(min(end, t - within + tempo.effort + tempo.hold if rests else t + 1 / SAMPLES))
    return found


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve of a tempo in the pixels of one widget: `points[i]` stands at `times[i]` seconds."""

    tempo: Tempo
    times: list[float]
    points: list[QPointF]
    left: float
    per_second: float
    floor: float
    top: float

    @classmethod
    def of(cls, tempo: Tempo, left: float, width: float, floor: float, top: float) -> Curve:
        """Fit one repetition and the beginning of the next between `left` and `left + width`."""
        span = tempo.seconds + tempo.effort + BEYOND_S
        curve = cls(tempo, curve_times(tempo, span), [], left, width / span, floor, top)
        curve.points.extend(curve.at(t) for t in curve.times)
        return curve

    def x(self, t: float) -> float:
        """Where a time is, px."""
        return self.left + self.per_second * t

    def at(self, t: float) -> QPointF:
        """The point of a time, px."""
        return QPointF(self.x(t), self.floor - (self.floor - self.top) * height_at(self.tempo, t))

    def until(self, t: float) -> list[QPointF]:
        """The points from the beginning up to a time of the first repetition."""
        # At its very end a repetition is where it ended, not where the next one begins.
        t = min(t, self.tempo.seconds - 1e-6)
        return [*(point for point, time in zip(self.points, self.times, strict=True) if time < t), self.at(t)]


class Pacer(Pane[PacerView]):
    """Paints a `PacerView`. Time runs from left to right in every language."""

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(style, parent)
        self._curve: Curve | None = None
        self._still: tuple[tuple[object, ...], QPixmap] | None = None

    def restyle(self, style: Style) -> None:
        self._forget()
        super().restyle(style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._forget()

    def words(self, value: PacerView) -> str:
        words, tempo = value.words, value.tempo
        parts = ((words.effort, tempo.effort), (words.hold, tempo.hold), (words.back, tempo.back))
        return ", ".join(tr("{word} {n} s", word=word, n=seconds) for word, seconds in parts if seconds)

    def overhang(self) -> float:
        """How far the round ends of the curve reach over the axis at both sides, px."""
        return self.style_now.px(TRAIL) / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self.value
        if view is None:
            return
        curve = self._curve_of(view.tempo)
        painter = painter_for(self)
        painter.drawPixmap(0, 0, self._still_of(view, curve))
        trail = curve.until(float(int(view.into)) if view.stepped else view.into)
        self._stroke(painter, trail, TRAIL, self.style_now.theme.accent)
        self._bead(painter, trail[-1], curve.floor)
        painter.end()

    def _forget(self) -> None:
        self._curve = self._still = None

    def _curve_of(self, tempo: Tempo) -> Curve:
        if self._curve is None or self._curve.tempo != tempo:
            style, over = self.style_now, self.overhang()
            floor = self.height() - style.px(TICK + 6.0) - style.size(WORDS) * 1.25
            self._curve = Curve.of(tempo, over, self.width() - 2 * over, floor, style.px(BEAD) * 0.62)
        return self._curve

    def _still_of(self, view: PacerView, curve: Curve) -> QPixmap:
        """Axis, ticks, names and the whole curve."""
        dpr = self.devicePixelRatioF()
        key = (view.tempo, view.words, view.phase, dpr)
        if self._still is None or self._still[0] != key:
            pixmap = QPixmap((QSizeF(self.size()) * dpr).toSize())
            pixmap.setDevicePixelRatio(dpr)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._axis(painter, curve)
                self._names(painter, view, curve)
                self._stroke(painter, curve.points, AHEAD, self.style_now.theme.ctl)
            self._still = key, pixmap
        return self._still[1]

    def _axis(self, painter: QPainter, curve: Curve) -> None:
        floor, style = curve.floor, self.style_now
        painter.setPen(QPen(style.color("ctl"), style.px(2.0)))
        painter.drawLine(QPointF(curve.left, floor), QPointF(self.width() - curve.left, floor))
        for second in range(int(curve.times[-1]) + 1):
            x = curve.x(second)
            painter.drawLine(QPointF(x, floor), QPointF(x, floor + style.px(TICK)))

    def _names(self, painter: QPainter, view: PacerView, curve: Curve) -> None:
        tempo, words = view.tempo, view.words
        starts = (
            (Phase.EFFORT, words.effort, 0, tempo.effort),
            (Phase.HOLD, words.hold, tempo.effort, tempo.hold),
            (Phase.BACK, words.back, tempo.effort + tempo.hold, tempo.back),
            (None, words.effort, tempo.seconds, tempo.effort),
        )
        free, top = 0.0, curve.floor + self.style_now.px(TICK)
        for phase, word, start, seconds in starts:
            if not seconds:
                continue
            name = tr("{word} {n}", word=word, n=seconds)
            here = phase is view.phase
            font = self.style_now.font(WORDS, 600 if here else 400, tabular=True)
            # The room of the heavier face, so that no name moves when its turn comes.
            wide = width_of(name, self.style_now.font(WORDS, 600, tabular=True))
            middle = (curve.x(start) + curve.x(start + seconds)) / 2
            left = min(max(middle - wide / 2, free), self.width() - wide)
            if left < free:
                continue
            painter.setFont(font)
            painter.setPen(self.style_now.color("ink" if here else "ink3"))
            box = QRectF(left, top, wide + 2, self.height() - top)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter, name)
            free = left + wide + self.style_now.px(10.0)

    def _stroke(self, painter: QPainter, points: list[QPointF], width: float, color: str) -> None:
        path = QPainterPath()
        path.addPolygon(QPolygonF(points))
        pen = QPen(QColor(color), self.style_now.px(width))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.strokePath(path, pen)

    def _bead(self, painter: QPainter, at: QPointF, floor: float) -> None:
        style = self.style_now
        accent = style.color("accent")
        painter.setPen(QPen(accent, style.px(2.0)))
        painter.drawLine(at, QPointF(at.x(), floor))
        painter.setBrush(style.color("bg"))
        painter.setPen(QPen(accent, style.px(7.0)))
        radius = style.px(BEAD) / 2
        painter.drawEllipse(at, radius, radius)
