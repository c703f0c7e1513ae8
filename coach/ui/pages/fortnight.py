"""The last fourteen days as marks: shape tells, not shade. No planned days and no gaps to be ashamed of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from coach.ui.i18n import tr, trn
from coach.ui.widgets.card import Card
from coach.ui.widgets.paint import painter_for
from coach.ui.widgets.text import Text
from coach.ui.words import day_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

    from coach.services.history import DayMark
    from coach.ui.theme.look import Look

_MARK = 20


class FortnightCard(Card):
    """Title, number of sessions, marks and legend."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=22, gap=10)
        top = QHBoxLayout()
        self._count = Text(look, "", "small", "ink3")
        top.addWidget(Text(look, tr("Last 14 days"), "h2"), 1)
        top.addWidget(self._count)
        self.column.addLayout(top)
        self.marks = _Marks(look)
        self.column.addWidget(self.marks)
        self._legend = _Legend(look)
        self.column.addWidget(self._legend)
        self._first = Text(look, "", "small", "ink2", wrap=True)
        self.column.addWidget(self._first)
        self.say("")

    def say(self, words: str) -> None:
        """Show words in place of the legend; none while nothing is known yet."""
        self._legend.hide()
        self._first.set_text(words)
        self._first.setVisible(bool(words))

    def render_marks(self, marks: tuple[DayMark, ...]) -> None:
        """Show these days; before the first session only today is shown."""
        count = sum(mark.sessions for mark in marks)
        self._count.set_text(trn("{n} session", "{n} sessions", count) if count else "")
        self.marks.set_marks(marks)
        self.say("" if count else tr("Your first two weeks fill from here."))
        self._legend.setVisible(bool(count))


class _Marks(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._marks: tuple[DayMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def set_marks(self, marks: tuple[DayMark, ...]) -> None:
        self._marks = marks
        self.setAccessibleName(tr("Last 14 days"))
        self.setAccessibleDescription("; ".join(_said(mark) for mark in marks))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(280), self._look.line("tiny") + 6 + self._look.px(_MARK))

    def minimumSizeHint(self) -> QSize:
        return QSize(14 * 20, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._marks:
            index = int(event.pos().x() / self._pitch())
            if 0 <= index < len(self._marks):
                QToolTip.showText(event.globalPos(), _said(self._marks[index]), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        count = sum(mark.sessions for mark in self._marks)
        for index, mark in enumerate(self._marks):
            if count or mark.is_today:
                self._paint_day(painter, mark, index * self._pitch())
        painter.end()

    def _paint_day(self, painter: QPainter, mark: DayMark, x: float) -> None:
        look, pitch = self._look, self._pitch()
        theme = look.theme
        painter.setFont(look.font("tiny", 700 if mark.is_today else 400))
        painter.setPen(QColor(theme.ink if mark.is_today else theme.ink3))
        letters = QRectF(x, 0, pitch, look.line("tiny"))
        painter.drawText(letters, Qt.AlignmentFlag.AlignCenter, day_text(mark.day, "ddd")[:1])
        size = min(look.px(_MARK), pitch - 1.4)
        middle = QPointF(x + pitch / 2, look.line("tiny") + 6 + size / 2)
        _paint_mark(painter, look, middle, size, done=mark.sessions > 0, today=mark.is_today)

    def _pitch(self) -> float:
        return self.width() / max(1, len(self._marks))


class _Legend(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for done, words in ((True, tr("done")), (False, tr("no session"))):
            row.addWidget(_Dot(look, done=done))
            row.addWidget(Text(look, words, "small", "ink3"))
            row.addSpacing(8)
        row.addStretch(1)


class _Dot(QWidget):
    def __init__(self, look: Look, *, done: bool) -> None:
        super().__init__()
        self._look = look
        self._done = done
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(12), self._look.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self._look.theme
        painter.setBrush(QColor(theme.accent if self._done else theme.ctl))
        radius = self._look.px(11 if self._done else 6) / 2
        painter.drawEllipse(QRectF(self.rect()).center(), radius, radius)
        painter.end()


def _paint_mark(painter: QPainter, look: Look, middle: QPointF, size: float, *, done: bool, today: bool) -> None:
    theme = look.theme
    if done:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(middle, size / 2, size / 2)
        round_pen = QPen(QColor(theme.on_accent), max(1.5, size * 0.09))
        round_pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        round_pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(round_pen)
        tick = ((-0.2, 0.02), (-0.06, 0.16), (0.21, -0.13))
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) * size for x, y in tick]))
    elif today:
        painter.setPen(QPen(QColor(theme.accent), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, size / 2 - 1, size / 2 - 1)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ctl))
        painter.drawEllipse(middle, size * 0.15, size * 0.15)


def _said(mark: DayMark) -> str:
    if mark.sessions:
        done = trn("{n} session", "{n} sessions", mark.sessions)
    else:
        done = tr("no session yet") if mark.is_today else tr("no session")
    return tr("{day}, {done}", day=day_text(mark.day), done=done)
