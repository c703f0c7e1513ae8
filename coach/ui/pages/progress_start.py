"""The first days: there is no trend yet, and it is said what makes one. First steps instead of empty charts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coach.domain.pain import NRS_MAX
from coach.domain.progress.helping import MIN_DAYS, Answer
from coach.domain.progress.span import WEEK
from coach.ui.charts.words import number_text
from coach.ui.i18n import tr, trn
from coach.ui.progress_words import answer_word
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text
from coach.ui.words import day_text, join_words

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from PySide6.QtGui import QPainter, QPaintEvent

    from coach.services.progress import ProgressView
    from coach.ui.theme.look import Look

BALANCE = "single_leg_balance"
_CELLS = 10
_TALL = 218


class StartCards(QWidget):
    """`balance_asked` carries the exercise that shows left beside right."""

    balance_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._column = column
        column.addWidget(self._first_card())
        self._row = QHBoxLayout()
        self._row.addWidget(self._sessions_card(), 1)
        self._row.addWidget(self._sides_card(), 1)
        column.addLayout(self._row)

    def _first_card(self) -> Card:
        look = self._look
        card = Card(look, pad=38, gap=16)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(32)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addStretch(1)
        words.addWidget(Text(look, tr("Is it helping?"), "small_medium", "ink3"))
        words.addWidget(Text(look, answer_word(Answer.EARLY), "h1", wrap=True))
        self.why = Text(look, "", "body", "ink2", wrap=True)
        words.addWidget(self.why)
        words.addSpacing(8)
        self.go = Button(look, tr("Start with today's rating"), Kind.PRIMARY)
        words.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeading)
        words.addStretch(1)
        self._line.addLayout(words, 5)
        self.week = FirstWeek(look)
        self._line.addWidget(self.week, 9)
        card.column.addLayout(self._line)
        return card

    def _sessions_card(self) -> Card:
        card = Card(self._look, pad=28, gap=8)
        card.column.addWidget(Text(self._look, tr("Sessions"), "h2"))
        self.done = Text(self._look, "", "body", "ink2", wrap=True)
        card.column.addWidget(self.done)
        card.column.addSpacing(16)
        self.cells = Cells(self._look)
        card.column.addWidget(self.cells)
        card.column.addStretch(1)
        return card

    def _sides_card(self) -> Card:
        card = Card(self._look, pad=28, gap=8)
        card.column.addWidget(Text(self._look, tr("Left and right"), "h2"))
        card.column.addWidget(
            Text(self._look, tr("Needs one week of balance holds on both sides."), "body", "ink2", wrap=True)
        )
        card.column.addStretch(1)
        self.balance = Button(self._look, tr("Do a balance hold now"), Kind.LINK)
        self.balance.clicked.connect(lambda: self.balance_asked.emit(BALANCE))
        card.column.addWidget(self.balance, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def set_columns(self, columns: int, gap: int) -> None:
        """Beside each other, or below."""
        direction = QBoxLayout.Direction.LeftToRight if columns > 1 else QBoxLayout.Direction.TopToBottom
        for row in (self._line, self._row):
            row.setDirection(direction)
        self._row.setSpacing(gap)
        self._column.setSpacing(gap)

    def render_view(self, view: ProgressView) -> None:
        """Show what there is of the first days."""
        self.why.set_text(why_text(view))
        done = sum(point.sessions for point in view.sessions)
        self.done.set_text(
            trn("{n} done. The calendar fills from here.", "{n} done. The calendar fills from here.", done)
            if done
            else tr("None yet. The calendar fills from here.")
        )
        begun = view.extent.first if view.extent is not None else view.today
        worked = {point.day for point in view.sessions}
        self.cells.set_days(begun, worked)
        points = view.pain.points if view.pain is not None else ()
        self.week.render_ratings(begun, view.today, {point.day: point.mean for point in points})


def why_text(view: ProgressView) -> str:
    """What the first answer needs."""
    begun = view.extent.first if view.extent is not None else view.today
    points = view.pain.points if view.pain is not None else ()
    rated = sum(point.day < begun + timedelta(days=WEEK) for point in points)
    more = MIN_DAYS - rated
    guess = tr("Before a second week, any trend would be guesswork.")
    if more > 0:
        line = trn(
            "{n} more day of ratings makes your starting line.",
            "{n} more days of ratings make your starting line.",
            more,
        )
    else:
        line = tr("Your first week is your starting line; the week after it is compared with it.")
    return f"{line} {guess}"


class FirstWeek(QLabel):
    """The first seven days: a dot for each rating, and the room that the others will take.

    Its text, which screen readers read, says the same.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._begun: date | None = None
        self._today: date | None = None
        self._ratings: dict[date, float] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def render_ratings(self, begun: date, today: date, ratings: dict[date, float]) -> None:
        """Show ratings from the day it began."""
        self._begun, self._today, self._ratings = begun, today, ratings
        week = (begun + timedelta(days=index) for index in range(WEEK))
        rated = join_words(f"{day_text(day)} {number_text(ratings[day])}" for day in week if day in ratings)
        self.setText(tr("Your first week: {ratings}.", ratings=rated or tr("no rating yet")))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(360), self._look.px(_TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._begun is None or self._today is None:
            return
        painter = painter_for(self)
        look, theme = self._look, self._look.theme
        line = look.line("tiny")
        plot = QRectF(look.px(28), line / 2, self.width() - look.px(28), self.height() - line * 2.2)
        painter.setFont(look.font("tiny", tabular=True))
        for value in (0, 5, NRS_MAX):
            y = plot.bottom() - value / NRS_MAX * plot.height()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(theme.ink3))
            painter.drawText(QRectF(0, y - line / 2, look.px(20), line), Qt.AlignmentFlag.AlignRight, str(value))
        for index in range(WEEK):
            self._paint_day(painter, plot, self._begun + timedelta(days=index), index)
        painter.end()

    def _paint_day(self, painter: QPainter, plot: QRectF, day: date, index: int) -> None:
        look, theme = self._look, self._look.theme
        pitch = plot.width() / WEEK
        middle = plot.left() + (index + 0.5) * pitch
        if day in self._ratings:
            y = plot.bottom() - self._ratings[day] / NRS_MAX * plot.height()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(QPointF(middle, y), look.px(5.5), look.px(5.5))
        elif self._today is not None and day >= self._today:
            wide = min(look.px(42), pitch - 6)
            rounded(painter, QRectF(middle - wide / 2, plot.top() + 2, wide, plot.height() - 4), 10, theme.sunken)
        painter.setPen(QColor(theme.ink3))
        place = QRectF(middle - pitch / 2, plot.bottom() + look.line("tiny") * 0.6, pitch, look.line("tiny"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, day_text(day, "ddd"))


class Cells(QLabel):
    """The first days of the calendar: filled where there was a session. Its text says which these are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._days: tuple[bool, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_days(self, begun: date, worked: Container[date]) -> None:
        """Show on which days there was a session."""
        days = [begun + timedelta(days=number) for number in range(_CELLS)]
        self._days = tuple(day in worked for day in days)
        done = join_words(day_text(day) for day in days if day in worked)
        self.setText(tr("Days with a session: {days}.", days=done or tr("none yet")))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(36) * _CELLS, self._look.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(16 * _CELLS, self._look.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        pitch = min(self._look.px(36), self.width() / _CELLS)
        size = pitch * 30 / 36
        for index, done in enumerate(self._days):
            left = self.width() - (index * pitch + size) if self.isRightToLeft() else index * pitch
            cell = QRectF(left, (self.height() - size) / 2, size, size)
            rounded(painter, cell, 7, theme.accent if done else None, None if done else theme.line)
        painter.end()
