"""A date to be typed or stepped: Left and Right go from day to month to year, Up and Down change them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QSizePolicy

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

_RADIUS, _EDGE = 10.0, 3
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
        self.setFrame(False)  # it is painted here: a style sheet leaves no room for the words
        self.lineEdit().setAccessibleName(name)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(value)
        self.dateChanged.connect(lambda _day: self.changed.emit(self.value))
        look.changed.connect(self._refresh)
        self._refresh()

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

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return _RADIUS

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        pad = self._look.px(10)
        self.lineEdit().setGeometry(self.rect().adjusted(pad, _EDGE, -pad, -_EDGE))  # else it hides the outline

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        edge = theme.accent if self.hasFocus() else theme.ctl
        rounded(painter, QRectF(self.rect()), _RADIUS, theme.surface, edge, 2.0 if self.hasFocus() else 1.25)
        painter.end()

    def _refresh(self) -> None:
        self.setFont(self._look.font("body"))
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
