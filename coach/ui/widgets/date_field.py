"""A date to be typed or stepped: Left and Right go from day to month to year, Up and Down change them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

PATTERN = "d MMM yyyy"
"""With the month in letters, so that nobody has to guess which number it is."""


class DateField(QDateEdit):
    """One date. `changed` carries it as a `date`."""

    changed = Signal(object)

    def __init__(self, look: Look, name: str, value: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setDisplayFormat(PATTERN)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(value)
        self.dateChanged.connect(lambda _day: self.changed.emit(self.value))
        look.changed.connect(self.updateGeometry)

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

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._look.font("body"))
        return QSize(metrics.horizontalAdvance("28 Mmmm 2026") + self._look.px(40), self._look.line("body") + 18)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
