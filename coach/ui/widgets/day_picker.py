"""Seven round switches, one for each weekday. One tab stop; arrows go from day to day, Space switches."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from coach.domain.reminders.parts import Weekday
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look

_SIZE, _GAP = 28, 4
_MONDAY = date(2026, 11, 16)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


def weekday_word(day: Weekday, pattern: str = "dddd") -> str:
    """A weekday in the person's language."""
    return day_text(_MONDAY + timedelta(days=int(day)), pattern)


class _Day(QAbstractButton):
    def __init__(self, look: Look, picker: DayPicker, day: Weekday) -> None:
        super().__init__()
        self._look = look
        self._picker = picker
        self.day = day
        self.setCheckable(True)
        self.setText(weekday_word(day, "ddd")[:1])
        self.setAccessibleName(weekday_word(day))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def ring_radius(self) -> float:
        """Fully round, for the focus ring."""
        return self.height() / 2

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(_SIZE), self._look.px(_SIZE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._picker.step(self, -_STEPS[key] if self.isRightToLeft() else _STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        rect, on = QRectF(self.rect()), self.isChecked()
        fill = theme.soft if on else theme.sunken if self.underMouse() else None
        rounded(painter, rect, rect.height() / 2, fill, theme.on_soft if on and self.underMouse() else theme.line, 1.0)
        painter.setFont(self._look.font("tiny_strong", 700 if on else 600))
        painter.setPen(QColor(theme.on_soft if on else theme.ink3))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class DayPicker(QWidget):
    """`chosen` carries the weekdays that are on, as a frozenset."""

    chosen = Signal(object)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        self._days = [_Day(look, self, day) for day in Weekday]
        for day in self._days:
            row.addWidget(day)
            day.setAccessibleDescription(name)
            day.clicked.connect(lambda _on=False: self.chosen.emit(self.days))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._stop_at(self._days[0])

    @property
    def days(self) -> frozenset[Weekday]:
        """Those that are on."""
        return frozenset(day.day for day in self._days if day.isChecked())

    def day(self, weekday: Weekday) -> QAbstractButton:
        """The switch of one day."""
        return self._days[weekday]

    def set_days(self, days: Iterable[Weekday]) -> None:
        """Show these, without a signal."""
        wanted = frozenset(days)
        for day in self._days:
            day.setChecked(day.day in wanted)

    def step(self, here: _Day, by: int) -> None:
        """Take the keyboard to the neighbour."""
        index = min(len(self._days) - 1, max(0, self._days.index(here) + by))
        self._stop_at(self._days[index])
        self._days[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, stop: _Day) -> None:
        for day in self._days:
            day.setFocusPolicy(Qt.FocusPolicy.StrongFocus if day is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)
