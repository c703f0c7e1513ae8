"""Who shows the exercises: a row of people to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from coach.ui.i18n import tr
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery


class _Person(QRadioButton):
    def __init__(self, look: Look, gallery: Gallery, number: int, size: QSize) -> None:
        super().__init__()
        self._look = look
        self._size = size
        self.setAccessibleName(tr("Person {number}", number=number + 1))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        self.picture = StillView(look, gallery, size=size, radius=10)
        column.addWidget(self.picture)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 12

    def sizeHint(self) -> QSize:
        return self._size + QSize(6, 6)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme = self._look.theme
        edge = theme.accent if self.isChecked() else theme.ctl if self.underMouse() else None
        rounded(painter, QRectF(self.rect()), 13, None, edge, 2.5 if self.isChecked() else 1.25)
        painter.end()


class PeoplePicker(Flow):
    """Emits `chosen` with the index of a person."""

    chosen = Signal(int)

    def __init__(self, look: Look, gallery: Gallery, people: int, size: QSize) -> None:
        super().__init__(8)
        self._group = QButtonGroup(self)
        self._buttons = [_Person(look, gallery, number, size) for number in range(people)]
        for number, button in enumerate(self._buttons):
            self._group.addButton(button, number)
            self.add(button)
        self._group.idClicked.connect(self.chosen)
        self.setAccessibleName(tr("Who shows the exercises"))

    def button(self, person: int) -> QRadioButton:
        """The button of a person."""
        return self._buttons[person]

    def set_value(self, person: int) -> None:
        """Show a choice, without a signal."""
        self._buttons[person].setChecked(True)

    def set_still(self, still: Still) -> None:
        """The pose they stand in."""
        for number, button in enumerate(self._buttons):
            button.picture.set_still(replace(still, person=number))

    def sizeHint(self) -> QSize:
        across = sum(button.sizeHint().width() + 8 for button in self._buttons) - 8
        return QSize(across, self.heightForWidth(max(self.width(), across)))
