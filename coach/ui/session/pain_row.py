"""The row in a rest: a question, eleven plain cells, and once something hurts, where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from coach.ui.i18n import tr
from coach.ui.session.cells import AreaChips, Cells
from coach.ui.session.controls import Shape
from coach.ui.session.intents import MoveRow, RateRow
from coach.ui.session.text import baseline, cap_height, fit_line, width_of
from coach.ui.widgets.paint import painter_for

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

    from coach.ui.session.style import Style
    from coach.ui.session.view import PainRow

QUESTION_PX, ANCHOR_PX = 24.0, 18.0
CELL_HEIGHT = 60.0
SMALL_CHIP = Shape(36.0, 14.0, 18.0, 17.0, 18.0)


class PainRowWidget(QWidget):
    """Shows a `PainRow`; emits `asked(Intent)`."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._view: PainRow | None = None
        self.cells = Cells(style, height=CELL_HEIGHT, px=24.0, radius=12.0, ramp=False, parent=self)
        self.cells.rated.connect(lambda nrs: self.asked.emit(RateRow(nrs)))
        self.chips = AreaChips(style, shape=SMALL_CHIP, parent=self)
        self.chips.chosen.connect(lambda area: self.asked.emit(MoveRow(area)))

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        self.cells.restyle(style)
        self.chips.restyle(style)

    def show_view(self, view: PainRow) -> None:
        """Show a question and its answer so far."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(f"{view.question} {view.hint}")
        self.cells.show_value(view.value)
        self.chips.show_areas(view.areas, view.area)
        self.place()
        self.update()

    def height_for(self, width: int) -> int:
        """Height in px at a width; the same with and without chips."""
        return self._head() + self.cells.height_for(width) + self._tail()

    def place(self) -> None:
        """Lay the parts out in the present rectangle."""
        tall = self.cells.height_for(self.width())
        self.cells.setGeometry(QRect(0, self._head(), self.width(), tall))
        self.cells.place()
        top = self._head() + tall + self._style.whole(4.0)
        where = self._where_width()
        self.chips.setGeometry(QRect(0, top, self.width(), self._tail() - self._style.whole(4.0)))
        self.chips.flow(self.width(), indent=round(where))
        self.chips.setVisible(bool(self._view and self._view.areas))

    def paintEvent(self, event: QPaintEvent) -> None:
        view, style = self._view, self._style
        if view is None:
            return
        painter = painter_for(self)
        strong = fit_line(style, view.question, QUESTION_PX, 600, self.width())
        light = style.fitted(strong.pixelSize(), 400)
        y = self._head() / 2 + cap_height(strong) / 2 - style.px(3.0)
        wide = width_of(view.question + " ", strong)
        both = wide + width_of(view.hint, light)
        fits = both <= self.width()
        x = self.width() - (both if fits else wide) if self.isRightToLeft() else 0.0
        baseline(painter, x, y, view.question, strong, style.theme.ink)
        if fits:
            baseline(painter, x + wide, y, view.hint, light, style.theme.ink3)
        self._below(painter, view)
        painter.end()

    def _below(self, painter: QPainter, view: PainRow) -> None:
        """The anchors of the scale, or "Where?" before the chips."""
        style = self._style
        top = self._head() + self.cells.height()
        box = QRectF(0, top, self.width(), self._tail())
        painter.setFont(style.font(ANCHOR_PX, 400))
        painter.setPen(QColor(style.theme.ink2))
        # The painter mirrors these by itself.
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if view.areas:
            box.setHeight(self._style.size(SMALL_CHIP.text) * 1.3 + self._style.px(14.0))
            painter.drawText(box, start | Qt.AlignmentFlag.AlignVCenter, tr("Where?"))
            return
        box.adjust(0, style.px(4.0), 0, 0)
        painter.drawText(box, start | Qt.AlignmentFlag.AlignTop, tr("No pain"))
        painter.drawText(box, end | Qt.AlignmentFlag.AlignTop, tr("Worst pain imaginable"))

    def _head(self) -> int:
        return round(self._style.size(QUESTION_PX) * 1.45)

    def _tail(self) -> int:
        return round(self._style.size(SMALL_CHIP.text) * 1.5 + self._style.px(16.0))

    def _where_width(self) -> float:
        return width_of(tr("Where?"), self._style.font(ANCHOR_PX, 400)) + self._style.px(12.0)
