"""The 0 to 10 scales: pain with its ramp, effort in the accent colour. Never a slider, never pre-filled.

One scale is one tab stop. Keys: 0 to 9 choose, 1 then 0 within 600 ms is 10, arrows move, Space chooses, Delete clears.
Enter chooses where arrows went first; else it belongs to the page, since nobody gives a number by saying "done". The
cells are radio buttons for the mouse and for screen readers; the scale paints them, because the ring of the chosen one
reaches over its neighbours' gaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget, QWidgetItem

from coach.domain.pain import NRS_MAX, Band, band, check_nrs
from coach.ui.i18n import tr
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.words import band_word

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QResizeEvent

    from coach.ui.theme.look import Look

TEN_WITHIN_MS = 600
RING = 5  # 3 px of ink and 2 px of air around the chosen cell
_FIRST_ROW = 6  # in two rows: 0 to 5, then 6 to 10
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Cell(QRadioButton):
    """One number. Paints nothing; its scale does."""

    def __init__(self, scale: NumberScale, number: int) -> None:
        super().__init__(scale)
        self.number = number
        self._scale = scale
        self.setAutoExclusive(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return self._scale.cell_radius

    def hitButton(self, pos: object) -> bool:
        return True

    def nextCheckState(self) -> None:
        # A click asks the scale, which knows the number and shows it.
        self._scale.choose(self.number)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._scale.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._scale.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._scale.handle_key(event):
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        return


class NumberScale(QWidget):
    """Eleven cells, none chosen at first.

    `value_changed` carries the number or None at once; `settled` carries the number when it can no longer become 10.
    """

    value_changed = Signal(object)
    settled = Signal(int)

    def __init__(
        self, look: Look, name: str, *, height: int = 36, words: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._height = height
        self._words = words
        self._value: int | None = None
        self._roving = False
        self._cells = [_Cell(self, n) for n in range(NRS_MAX + 1)]
        self._ten = QTimer(self, singleShot=True, interval=TEN_WITHIN_MS)
        self._ten.timeout.connect(self._settle)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_name(name)
        self._rove(0)
        look.changed.connect(self._refresh)

    @property
    def value(self) -> int | None:
        """The chosen number, or None while there is no answer."""
        return self._value

    @property
    def cell_radius(self) -> float:
        """Corner of a cell in px."""
        return self._look.px(8)

    def cell(self, number: int) -> QRadioButton:
        """The cell of a number, for focus and tests."""
        return self._cells[number]

    def set_name(self, name: str) -> None:
        """What is being rated, for screen readers."""
        self.setAccessibleName(name)
        for cell in self._cells:
            cell.setAccessibleDescription(name)
        self._name_cells()

    def set_value(self, value: int | None) -> None:
        """Show a number, or none, without a signal."""
        self._value = None if value is None else check_nrs(value)
        self._roving = False
        self._ten.stop()
        for cell in self._cells:
            cell.setChecked(cell.number == self._value)
        self._name_cells()
        self._rove(self._value or 0)
        self.update()

    def choose(self, number: int, *, final: bool = True) -> None:
        """Take an answer, as a click or a key does."""
        self.set_value(number)
        self.value_changed.emit(number)
        if final:
            self.settled.emit(number)
        else:
            self._ten.start()

    def clear(self) -> None:
        """Take the answer back."""
        if self._value is not None:
            self.set_value(None)
            self.value_changed.emit(None)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Act on a key; False if it is none of ours. Pages send digits here when nothing else has the focus."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return False
        text = event.text()
        if text.isdecimal() and text.isascii():
            self.type_digit(int(text))
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.clear()
        elif event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focused_number()
            if focused is None or (event.key() != Qt.Key.Key_Space and not self._roving):
                return False
            self.choose(focused)
        elif event.key() in _MOVES:
            self._move(_MOVES[Qt.Key(event.key())])
        else:
            return False
        return True

    def type_digit(self, digit: int) -> None:
        """One typed digit; a 0 shortly after a 1 makes 10."""
        if digit == 0 and self._ten.isActive():
            self.choose(NRS_MAX)
        else:
            self.choose(digit, final=digit != 1)
        self._focus_cell(self._value or 0)

    def focused_number(self) -> int | None:
        """The cell with the keyboard focus, or None."""
        return next((cell.number for cell in self._cells if cell.hasFocus()), None)

    def rows_at(self, width: int) -> int:
        """1, or 2 where eleven cells in a row would be too narrow for their digits."""
        return 1 if width >= self._width_of(NRS_MAX + 1) else 2

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(NRS_MAX + 1), self._row_height() + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(_FIRST_ROW), self._row_height() + 2 * RING)

    def _width_of(self, cells: int) -> int:
        digits = QFontMetricsF(self._look.font("strong", tabular=True)).horizontalAdvance("10")
        return round((digits + 10) * cells) + 2 * RING

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self.rows_at(width)
        return rows * self._row_height() + (rows - 1) * 6 + 2 * RING

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        for cell in self._cells:
            self._paint_cell(painter, cell, QRectF(cell.geometry()))
        if self._words:
            self._paint_words(painter)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: QRadioButton, rect: QRectF) -> None:
        raise NotImplementedError

    def _paint_digits(self, painter: QPainter, rect: QRectF, number: int, color: str) -> None:
        painter.setFont(self._look.font("strong", tabular=True))
        painter.setPen(QColor(color))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self._look.font("small"))
        painter.setPen(QColor(self._look.theme.ink3))
        measure = painter.fontMetrics()
        top_of_words = self._cell_height() + self._look.px(6)
        for start, end in ((0, 1), (1, 4), (4, 7), (7, 11)):
            rect = self._cells[start].geometry()
            same_row = [c for c in self._cells[start:end] if c.y() == rect.y()]
            room = same_row[-1].geometry().right() - rect.left() + 8
            word = band_word(band(start))
            # The word for 0 is left out before it runs into its neighbour; 0 says it too.
            if measure.horizontalAdvance(word) <= room - 12:
                area = QRectF(rect.x() - 2, rect.y() + top_of_words, room + 8, self._look.line("small"))
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)

    def _cell_height(self) -> int:
        grown = self._look.line("strong") - self._look.line("strong") * 100 // self._look.percent
        return self._height + grown

    def _row_height(self) -> int:
        words = self._look.px(6) + self._look.line("small") if self._words else 0
        return self._cell_height() + words

    def _place(self) -> None:
        rows = self.rows_at(self.width())
        columns = len(self._cells) if rows == 1 else _FIRST_ROW
        gap = 4
        pitch = (self.width() - 2 * RING + gap) / columns
        for cell in self._cells:
            row, column = (0, cell.number) if rows == 1 else divmod(cell.number, _FIRST_ROW)
            left = round(RING + column * pitch)
            right = round(RING + (column + 1) * pitch - gap)
            if self.isRightToLeft():
                left, right = self.width() - right, self.width() - left
            cell.setGeometry(QRect(left, RING + row * (self._row_height() + 6), right - left, self._cell_height()))
        self.update()

    def _move(self, step: int) -> None:
        focused = self.focused_number()
        if self.isRightToLeft():
            step = -step
        start = focused if focused is not None else 0
        self._roving = True
        self._focus_cell(min(NRS_MAX, max(0, start + step)))

    def _focus_cell(self, number: int) -> None:
        had_focus = self.focused_number() is not None
        self._rove(number)
        if had_focus:
            self._cells[number].setFocus(Qt.FocusReason.TabFocusReason)
        self.update()

    def _rove(self, number: int) -> None:
        # Only one cell is a tab stop: the chosen one, or where the arrows are.
        for cell in self._cells:
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if cell.number == number else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._cells[number])

    def _name_cells(self) -> None:
        for cell in self._cells:
            cell.setAccessibleName(self._cell_name(cell.number))

    def _cell_name(self, number: int) -> str:
        return str(number)

    def _settle(self) -> None:
        if self._value is not None:
            self.settled.emit(self._value)

    def _refresh(self) -> None:
        self._place()
        self.updateGeometry()


def hung(widget: QWidget) -> QHBoxLayout:
    """A scale, or a row with one, so that its cells, not the room of their ring, line up with the words above."""
    row = QHBoxLayout()
    row.addChildWidget(widget)
    row.addItem(_Hung(widget))
    return row


class _Hung(QWidgetItem):
    """Gives the widget a little more than its place on both sides."""

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        super().setGeometry(rect.adjusted(-RING, 0, RING, 0))

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width + 2 * RING)


class NrsScale(NumberScale):
    """Pain from 0 to 10. Plain outlines until there is an answer, then the ramp with an ink ring around the answer.

    `ramp` shows the colours at once, for the It-hurts screen, where nothing is chosen and speed matters.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        *,
        height: int = 36,
        words: bool = False,
        ramp: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._ramp = ramp
        super().__init__(look, name, height=height, words=words, parent=parent)

    def _paint_cell(self, painter: QPainter, cell: QRadioButton, rect: QRectF) -> None:
        theme = self._look.theme
        number = self._cells.index(cell)  # type: ignore[arg-type] # only our own cells are painted
        filled = self._ramp or self.value is not None
        hover = theme.sunken if cell.underMouse() and cell.isEnabled() else None
        fill = theme.pain.fills[number] if filled else hover
        ink = theme.pain.digits(number) if filled else theme.ink if cell.isEnabled() else theme.ink3
        rounded(painter, rect, self.cell_radius, fill, theme.ctl, 1.0)
        if number == self.value or (filled and cell.underMouse()):
            width = 3.0 if number == self.value else 2.0
            ring = rect.adjusted(-RING, -RING, RING, RING)
            rounded(painter, ring, self.cell_radius + RING, None, theme.ink, width)
        self._paint_digits(painter, rect, number, ink)

    def _cell_name(self, number: int) -> str:
        word = band_word(band(number)).lower()
        return tr("{number}, {word}", number=number, word=word)

    def spoken_value(self) -> str:
        """`3 of 10, mild`, or that there is no answer."""
        if self.value is None:
            return tr("no answer yet")
        return tr("{number} of 10, {word}", number=self.value, word=band_word(Band(band(self.value))).lower())


class EffortScale(NumberScale):
    """Effort from 0 (rest) to 10 (as hard as possible): the answer is filled with the accent colour."""

    def _paint_cell(self, painter: QPainter, cell: QRadioButton, rect: QRectF) -> None:
        theme = self._look.theme
        number = self._cells.index(cell)  # type: ignore[arg-type] # only our own cells are painted
        chosen = number == self.value
        fill = theme.accent if chosen else theme.sunken if cell.underMouse() else None
        rounded(painter, rect, self.cell_radius, fill, None if chosen else theme.ctl, 1.0)
        self._paint_digits(painter, rect, number, theme.on_accent if chosen else theme.ink2)
