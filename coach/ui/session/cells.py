"""Eleven cells, 0 to 10, and the chips that say where: in the rest row and on the sheet of "It hurts"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from coach.domain.pain import NRS_MAX, Area, band
from coach.ui.i18n import tr
from coach.ui.session.controls import CHIP, CHIP_ON, OUTLINE, SessionButton, Shape
from coach.ui.session.text import width_of
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.words import band_word

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.ui.session.style import Style

ROW_OF = 6
"""In two rows the first has 0 to 5."""


class Cell(QPushButton):
    """One number. `ramp` shows the colour of the scale; without it the cell is a plain outline until it is chosen."""

    def __init__(self, style: Style, number: int, px: float, radius: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self.number = number
        self._px, self._radius = px, radius
        self.ramp = False
        self.chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_state(ramp=False, chosen=False)

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        self.update()

    def show_state(self, *, ramp: bool, chosen: bool) -> None:
        """Coloured or plain, chosen or not."""
        self.ramp, self.chosen = ramp, chosen
        word = band_word(band(self.number)).lower()
        name = tr("{n}, {word}", n=self.number, word=word)
        self.setAccessibleName(tr("{cell}, chosen", cell=name) if chosen else name)
        self.update()

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return self._style.px(self._radius)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # the digits follow the cell's size, which `Cells` sees to

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, style = self._style.theme, self._style
        painter = painter_for(self)
        box = QRectF(self.rect())
        radius = style.px(self._radius)
        fill = theme.pain.fills[self.number] if self.ramp else theme.sunken if self.underMouse() else theme.surface
        ink = theme.pain.digits(self.number) if self.ramp else theme.ink
        ring = 4.0 if self.chosen else 2.0 if self.ramp and self.underMouse() else 0.0
        rounded(painter, box, radius, fill, theme.ink if ring else theme.ctl, style.px(ring or 1.0))
        if self.chosen:
            inner = box.adjusted(*(style.px(n) for n in (4.0, 4.0, -4.0, -4.0)))
            rounded(painter, inner, radius - style.px(4.0), None, theme.bg, style.px(2.0))
        room = min(box.height() * 0.7, box.width() * 0.62)
        painter.setFont(style.fitted(min(style.size(self._px), room), 600, tabular=True))
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.end()


class Cells(QWidget):
    """The scale. `rated(int)` when a cell is clicked; keys are the screen's business."""

    rated = Signal(int)

    def __init__(
        self, style: Style, *, height: float, px: float, radius: float, ramp: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._height, self._px = height, px
        self._ramp = ramp
        self.cells = [Cell(style, n, px, radius, self) for n in range(NRS_MAX + 1)]
        for cell in self.cells:
            cell.clicked.connect(lambda _=False, n=cell.number: self.rated.emit(n))
        self.show_value(None)

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        for cell in self.cells:
            cell.restyle(style)

    def show_value(self, value: int | None) -> None:
        """The chosen number. The ramp appears with it, where it is not there at once."""
        for cell in self.cells:
            cell.show_state(ramp=self._ramp or value is not None, chosen=cell.number == value)

    def rows(self, width: int) -> int:
        """1, or 2 where the cells would become too narrow to hit or to hold their digits."""
        digits = width_of("10", self._style.font(self._px, 600, tabular=True))
        return 2 if (width - 10 * self._gap()) / 11 < max(self._style.px(36.0), digits * 1.1) else 1

    def height_for(self, width: int) -> int:
        """Height in px at a width."""
        rows = self.rows(width)
        return round(rows * self._style.px(self._height) + (rows - 1) * self._gap())

    def place(self) -> None:
        """Lay the cells out in the present rectangle."""
        rows = self.rows(self.width())
        columns = len(self.cells) if rows == 1 else ROW_OF
        gap = self._gap()
        wide = (self.width() - gap * (columns - 1)) / columns
        tall = (self.height() - gap * (rows - 1)) / rows
        for cell in self.cells:
            row, column = (0, cell.number) if rows == 1 else divmod(cell.number, ROW_OF)
            left, right = round(column * (wide + gap)), round(column * (wide + gap) + wide)
            if self.isRightToLeft():
                left, right = self.width() - right, self.width() - left
            cell.setGeometry(QRect(left, round(row * (tall + gap)), right - left, round(tall)))

    def _gap(self) -> float:
        return self._style.px(8.0)


class AreaChips(QWidget):
    """Where it hurts: one chip per area, the chosen one filled. `chosen(Area)`."""

    chosen = Signal(object)

    def __init__(self, style: Style, *, shape: Shape = CHIP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._shape = shape
        self._shown: tuple[tuple[tuple[Area, str], ...], Area | None] = ((), None)
        self.chips: list[SessionButton] = []

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        for chip in self.chips:
            chip.restyle(style)

    def show_areas(self, areas: tuple[tuple[Area, str], ...], chosen: Area | None) -> bool:
        """Show these areas; True when they are others than before."""
        if (areas, chosen) == self._shown:
            return False
        others = areas != self._shown[0]
        self._shown = (areas, chosen)
        if others:
            self._renew(areas)
        for chip, (area, label) in zip(self.chips, areas, strict=True):
            on = area == chosen
            chip.set_face(
                label, kind=CHIP_ON if on else OUTLINE, name=tr("{area}, chosen", area=label) if on else label
            )
        return others

    def _renew(self, areas: tuple[tuple[Area, str], ...]) -> None:
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for area, label in areas:
            chip = SessionButton(self._style, label, OUTLINE, shape=self._shape, parent=self)
            chip.clicked.connect(lambda _=False, a=area: self.chosen.emit(a))
            chip.show()
            self.chips.append(chip)

    def flow(self, width: int, extra: tuple[QWidget, ...] = (), *, indent: int = 0, move: bool = True) -> int:
        """Lay the chips and `extra` out in rows; the height in px."""
        gap = self._style.whole(12.0)
        x, y, tall = indent, 0, 0
        for widget in (*self.chips, *extra):
            size = widget.sizeHint()
            if x > indent and x + size.width() > width:
                x, y = indent, y + tall + gap
            tall = max(tall, size.height()) if y == 0 else size.height()
            if move:
                left = width - x - size.width() if self.isRightToLeft() else x
                widget.setGeometry(QRect(left, y, min(size.width(), width), size.height()))
            x += size.width() + gap
        return y + tall
