"""Dates and times to be typed or stepped: Left and Right go from part to part, Up and Down change them."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QRectF, QSize, Qt, QTime, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateTimeEdit, QSizePolicy

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

_RADIUS, _EDGE = 10.0, 3
PATTERN = "d MMM yyyy"
"""With the month in letters, so that nobody has to guess which number it is."""
TIME_STEP_MIN = 5


class _MomentField(QDateTimeEdit):
    """The frame of both. `changed` carries the value; `widest` is the longest text there may be."""

    changed = Signal(object)

    def __init__(self, look: Look, name: str, pattern: str, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._widest = widest
        self._wrong = False
        self.setAccessibleName(name)
        self.setDisplayFormat(pattern)
        self.setFrame(False)  # it is painted here: a style sheet leaves no room for the words
        self.lineEdit().setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self._refresh)
        self._refresh()

    def set_wrong(self, *, wrong: bool) -> None:
        """Show that what stands here cannot be used."""
        self._wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._look.font("body"))
        return QSize(metrics.horizontalAdvance(self._widest) + self._look.px(40), self._look.line("body") + 18)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return _RADIUS

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_words()  # Qt has just put them over all of it

    def _place_words(self) -> None:
        pad = self._look.px(10)
        self.lineEdit().setGeometry(self.rect().adjusted(pad, _EDGE, -pad, -_EDGE))  # else they hide the outline

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        edge = theme.danger if self._wrong else theme.accent if self.hasFocus() else theme.ctl
        strong = self.hasFocus() or self._wrong
        rounded(painter, QRectF(self.rect()), _RADIUS, theme.surface, edge, 2.0 if strong else 1.25)
        painter.end()

    def _refresh(self) -> None:
        self.setFont(self._look.font("body"))
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DateField(_MomentField):
    """One date. `changed` carries it as a `date`."""

    def __init__(self, look: Look, name: str, value: date, parent: QWidget | None = None) -> None:
        super().__init__(look, name, PATTERN, "28 Mmmm 2026", parent)
        self.set_value(value)
        self.dateChanged.connect(lambda _day: self.changed.emit(self.value))

    @property
    def value(self) -> date:
        """The date shown."""
        day = self.date()
        return date(day.year(), day.month(), day.day())

    def set_value(self, value: date) -> None:
        """Show a date, without a signal."""
        blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.setDate(QDate(value.year, value.month, value.day))
        self.blockSignals(blocked)


class TimeField(_MomentField):
    """One time of day; arrows go by five minutes, 1830 may be typed. `changed` carries it as a `time`."""

    def __init__(self, look: Look, name: str, value: time, parent: QWidget | None = None) -> None:
        super().__init__(look, name, "HH:mm", "00:00", parent)
        self.setKeyboardTracking(False)  # half a time is none
        self.setWrapping(True)
        self.set_value(value)
        self.timeChanged.connect(lambda _time: self.changed.emit(self.value))

    @property
    def value(self) -> time:
        """The time shown."""
        return time(self.time().hour(), self.time().minute())

    def set_value(self, value: time) -> None:
        """Show a time, without a signal."""
        if value != self.value:
            blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's signature
            self.setTime(QTime(value.hour, value.minute))
            self.blockSignals(blocked)

    def stepBy(self, steps: int) -> None:
        minutes = self.currentSection() is QDateTimeEdit.Section.MinuteSection
        super().stepBy(steps * TIME_STEP_MIN if minutes else steps)
