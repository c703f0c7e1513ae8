"""Parts of the progress page and of the report's dialog: two dates, side by side where there is room."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.domain.progress.span import Span
from coach.ui.i18n import tr
from coach.ui.widgets.date_field import DateField
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from coach.ui.theme.look import Look

SOME_DAY = Span(date(2000, 1, 1), date(2000, 1, 1))
"""What the fields hold until they are told."""


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
    """Two dates. `chosen` carries their span whenever one of them changes, None while it ends before it begins."""

    chosen = Signal(object)

    def __init__(self, look: Look, span: Span = SOME_DAY) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = Flow(12)
        self.first = DateField(look, tr("First day"), span.first)
        self.last = DateField(look, tr("Last day"), span.last)
        for words, field in ((tr("From"), self.first), (tr("to"), self.last)):
            row.add(Beside(look, words, field))
            field.changed.connect(self._changed)
        column.addWidget(row)
        self._wrong = Text(look, tr("The last day is before the first."), "small", "danger", wrap=True)
        column.addWidget(self._wrong)
        self._wrong.hide()

    @property
    def span(self) -> Span | None:
        """What stands here; None if it is no span."""
        first, last = self.first.value, self.last.value
        return None if last < first else Span(first, last)

    def render_span(self, span: Span, latest: date) -> None:
        """Show these days; a field that is being used keeps what stands in it."""
        day = QDate(latest.year, latest.month, latest.day)
        for field, value in ((self.first, span.first), (self.last, span.last)):
            blocked = field.blockSignals(True)  # noqa: FBT003 - Qt's signature
            field.setMaximumDate(max(day, QDate(value.year, value.month, value.day)))
            field.blockSignals(blocked)
            if not field.hasFocus():
                field.set_value(value)
        self._judge()

    def _judge(self) -> None:
        wrong = self.span is None
        self.last.set_wrong(wrong=wrong)
        self._wrong.setVisible(wrong)

    def _changed(self, _value: object) -> None:
        self._judge()
        self.chosen.emit(self.span)
