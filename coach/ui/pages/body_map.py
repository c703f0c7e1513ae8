"""The body from the waist down, front and back, with a spot to click for every area. Your left is on the left.

It is one of two views of the check-in; the list is the other and has the tab stops.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.domain.pain import Area, BodySide, Region
from coach.ui.i18n import tr
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.words import area_word

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

    from coach.ui.pages.checkin_model import CheckIn
    from coach.ui.theme.look import Look

# One figure in a box of 160 by 500 units, drawn once for the left half and mirrored at x = 80.
_BOX = QRectF(0, 0, 160, 500)
_GAP = 36
_HALF: tuple[tuple[float, float, float, float, float, float], ...] = (
    # outer edge from the waist to the foot
    (18, 40, 8, 78, 2, 120),
    (-1, 146, -1, 170, 4, 200),
    (8, 228, 14, 252, 14, 272),
    (14, 290, 6, 312, 6, 338),
    (6, 372, 20, 396, 20, 424),
    (20, 444, 12, 462, 13, 480),
    # the foot
    (13, 492, 20, 497, 32, 497),
    (46, 497, 53, 492, 53, 480),
    # inner edge back up to the fork
    (53, 462, 47, 446, 48, 424),
    (49, 396, 62, 372, 60, 336),
    (59, 312, 52, 296, 53, 276),
    (55, 240, 72, 214, 72, 170),
    (72, 160, 75, 156, 80, 156),
)
_START = (18, 2)

_TOES = ((48, 494, 6.0), (38, 498, 4.6), (30, 498, 4.2), (22, 496, 4.0), (15, 492, 3.8))

_FRONT: dict[Region, tuple[QRectF, ...]] = {
    Region.HIP: (QRectF(9, 76, 45, 52),),
    Region.KNEE: (QRectF(16, 262, 36, 44),),
    Region.SHIN: (QRectF(19, 322, 26, 78),),
    Region.ANKLE: (QRectF(18, 416, 32, 26),),
    Region.FOREFOOT_TOES: (QRectF(14, 458, 38, 27),),
}
_BACK: dict[Region, tuple[QRectF, ...]] = {
    Region.HIP: (QRectF(12, 97, 59, 59),),
    Region.CALF_ACHILLES: (QRectF(15, 325, 34, 90),),
    Region.HEEL_SOLE: (QRectF(19, 452, 31, 29),),
}
_LOW_BACK = {
    BodySide.LEFT: QRectF(25, 22, 32, 52),
    BodySide.CENTRE: QRectF(61, 22, 38, 52),
    BodySide.RIGHT: QRectF(103, 22, 32, 52),
}
_ROUND = {Region.SHIN, Region.CALF_ACHILLES}


class BodyMap(QWidget):
    """Shows the answers of a check-in and lets areas be picked with the mouse."""

    def __init__(self, look: Look, model: CheckIn) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self._hover: Area | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Body map"))
        self.setAccessibleDescription(tr("The list beside it has the same areas."))
        model.changed.connect(self.update)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(400, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 380)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area = self.area_at(event.position())
        if area is not None:
            self._model.select(area)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        area = self.area_at(event.position())
        if area != self._hover:
            self._hover = area
            self.setToolTip(area_word(area) if area else "")
            self.setCursor(Qt.CursorShape.PointingHandCursor if area else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def area_at(self, point: QPointF) -> Area | None:
        """The area under a point, with a few pixels of grace."""
        for area, rect in self.spots():
            if rect.adjusted(-2, -2, 2, 2).contains(point):
                return area
        return None

    def spots(self) -> list[tuple[Area, QRectF]]:
        """Every region with its place on the widget. The hip has one spot in front and one behind."""
        scale = self._scale()
        found: list[tuple[Area, QRectF]] = []
        for regions, origin in ((_FRONT, self._origin(0)), (_BACK, self._origin(1))):
            for region, rects in regions.items():
                for rect in rects:
                    mirrored = QRectF(160 - rect.right(), rect.y(), rect.width(), rect.height())
                    for side, unit in ((BodySide.LEFT, rect), (BodySide.RIGHT, mirrored)):
                        found.append((Area(region, side), _placed(unit, origin, scale)))
        back = self._origin(1)
        found += [(Area(Region.LOW_BACK, side), _placed(unit, back, scale)) for side, unit in _LOW_BACK.items()]
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        for place, title in ((0, tr("Front")), (1, tr("Back"))):
            self._paint_body(painter, place, title)
        current: tuple[Area, QRectF] | None = None
        for area, rect in self.spots():
            self._paint_spot(painter, area, rect)
            if area == self._model.current:
                current = (area, rect)
                self._paint_ring(painter, *current)
        painter.end()

    def _paint_body(self, painter: QPainter, place: int, title: str) -> None:
        theme, scale, origin = self._look.theme, self._scale(), self._origin(place)
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        painter.fillPath(_body(), QColor(theme.sunken))
        if place == 0:
            painter.fillPath(_toes(), QColor(theme.sunken))
        painter.restore()
        line = self._look.line("small")
        width = _BOX.width() * scale
        painter.setFont(self._look.font("small_strong"))
        painter.setPen(QColor(theme.ink2))
        over = QRectF(origin.x(), origin.y() - line - 6, width, line)
        painter.drawText(over, Qt.AlignmentFlag.AlignCenter, title)
        painter.setFont(self._look.font("tiny_strong"))
        under = origin.y() + _BOX.height() * scale + 6
        for x, word, color in ((33, tr("Left"), theme.left), (127, tr("Right"), theme.right)):
            painter.setPen(QColor(color))
            spot = QRectF(origin.x() + x * scale - 60, under, 120, self._look.line("tiny"))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_spot(self, painter: QPainter, area: Area, rect: QRectF) -> None:
        theme = self._look.theme
        nrs = self._model.answer(area)
        fill = theme.surface if nrs is None else theme.pain.fills[nrs]
        if nrs is None and area == self._hover:
            fill = theme.soft
        rounded(painter, rect, _radius(area, rect), fill, theme.ctl, 1.25)
        if nrs is not None:
            painter.setFont(self._look.font("h3" if rect.width() >= 26 else "small_strong"))
            painter.setPen(QColor(theme.pain.digits(nrs)))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(nrs))

    def _paint_ring(self, painter: QPainter, area: Area, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(self._look.theme.ink), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = rect.adjusted(-1.5, -1.5, 1.5, 1.5)
        radius = _radius(area, rect) + 1.5
        painter.drawRoundedRect(ring, radius, radius)

    def _scale(self) -> float:
        words = self._look.line("small") + self._look.line("tiny") + 16
        across = self.width() / (2 * _BOX.width() + _GAP)
        return max(0.2, min(across, (self.height() - words) / _BOX.height()))

    def _origin(self, place: int) -> QPointF:
        scale = self._scale()
        width = (2 * _BOX.width() + _GAP) * scale
        left = (self.width() - width) / 2
        tall = _BOX.height() * scale
        words = self._look.line("small") + 6
        free = self.height() - tall - words - self._look.line("tiny") - 6
        return QPointF(left + place * (_BOX.width() + _GAP) * scale, words + max(0.0, free / 2))


def _placed(unit: QRectF, origin: QPointF, scale: float) -> QRectF:
    left, top = origin.x() + unit.x() * scale, origin.y() + unit.y() * scale
    return QRectF(left, top, unit.width() * scale, unit.height() * scale)


def _radius(area: Area, rect: QRectF) -> float:
    if area.region is Region.LOW_BACK:
        return rect.width() * 0.3
    if area.region in _ROUND:
        return rect.width() / 2
    return min(rect.width(), rect.height()) / 2


@cache
def _body() -> QPainterPath:
    """The outline of one figure in the units of `_BOX`: down the left half, up the mirrored right half."""
    path = QPainterPath(QPointF(*_START))
    for x1, y1, x2, y2, x, y in _HALF:
        path.cubicTo(QPointF(x1, y1), QPointF(x2, y2), QPointF(x, y))
    ends = [_START, *((x, y) for *_, x, y in _HALF)]
    for (x1, y1, x2, y2, _, _), (x, y) in zip(reversed(_HALF), reversed(ends[:-1]), strict=True):
        path.cubicTo(QPointF(160 - x2, y2), QPointF(160 - x1, y1), QPointF(160 - x, y))
    path.closeSubpath()
    return path


@cache
def _toes() -> QPainterPath:
    """Five toes on each foot, for the view from the front."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for x, y, r in _TOES:
        for middle in (x, 160 - x):
            path.addEllipse(QPointF(middle, y), r, r)
    return path
