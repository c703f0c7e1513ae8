"""Parts of the progress page: own dates, a chart with its table and its file, a ladder of levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.domain.progress.span import Span
from coach.ui.i18n import tr
from coach.ui.widgets.date_field import DateField
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.paint import painter_for, rounded, start_x
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look

_CELL, _CELL_GAP = 24, 6


class Beside(QWidget):
    """A word and its field, kept together where lines break."""

    def __init__(self, look: Look, words: str, field: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Text(look, words, "body"))
        row.addWidget(field)


class DatesRow(QWidget):
    """The two dates of a range of one's own. `chosen` carries the span, once it is one."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        from datetime import date

        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = Flow(12)
        self.first = DateField(look, tr("First day"), date.min.replace(year=2000))
        self.last = DateField(look, tr("Last day"), date.min.replace(year=2000))
        for words, field in ((tr("From"), self.first), (tr("to"), self.last)):
            row.add(Beside(look, words, field))
            field.changed.connect(self._changed)
        column.addWidget(row)
        self._wrong = Text(look, tr("The last day is before the first."), "small", "danger", wrap=True)
        column.addWidget(self._wrong)
        self._wrong.hide()

    def render_span(self, span: Span, latest: date) -> None:
        """Show these days; a field that is being used keeps what stands in it."""
        day = QDate(latest.year, latest.month, latest.day)
        for field, value in ((self.first, span.first), (self.last, span.last)):
            blocked = field.blockSignals(True)  # noqa: FBT003 - Qt's signature
            field.setMaximumDate(max(day, QDate(value.year, value.month, value.day)))
            field.blockSignals(blocked)
            if not field.hasFocus():
                field.set_value(value)

    def _changed(self, _value: object) -> None:
        wrong = self.last.value < self.first.value
        self.last.set_wrong(wrong=wrong)
        self._wrong.setVisible(wrong)
        if not wrong:
            self.chosen.emit(Span(self.first.value, self.last.value))


class Ladder(QWidget):
    """The levels of an exercise as numbered cells, the person's own filled; what each is called is told in words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._count, self._level = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def render_levels(self, names: tuple[str, ...], level: int) -> None:
        """Show so many levels."""
        self._count, self._level = len(names), level
        self.setAccessibleName(tr("Levels"))
        rungs = (tr("{n}: {name}", n=n, name=name) for n, name in enumerate(names, 1))
        self.setAccessibleDescription("; ".join(rungs))
        self.setToolTip("\n".join(tr("{n}: {name}", n=n, name=name) for n, name in enumerate(names, 1)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        pitch = self._look.px(_CELL) + _CELL_GAP
        return QSize(max(1, self._count) * pitch, self._look.px(_CELL))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, size = self._look.theme, self._look.px(_CELL)
        painter = painter_for(self)
        painter.setFont(self._look.font("tiny_strong", tabular=True))
        for index in range(self._count):
            number = index + 1
            left = start_x(self, index * (size + _CELL_GAP), size)
            cell = QRectF(left, 0, size, size)
            done, here = number < self._level, number == self._level
            rounded(painter, cell, 6, theme.accent if here else theme.soft if done else None, None if here else theme.ctl)
            painter.setPen(QColor(theme.on_accent if here else theme.on_soft if done else theme.ink3))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.end()
