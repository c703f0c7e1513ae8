"""The next seven days of all reminders, and why each is or is not there; as rows of days where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import ReminderKind
from coach.domain.reminders.wall import DAY
from coach.ui.i18n import tr
from coach.ui.pages.reminders_state import AHEAD
from coach.ui.reminder_words import cell_words, title_of, why_word
from coach.ui.widgets.card import Card
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text
from coach.ui.words import day_text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.rule import Reminder
    from coach.ui.pages.reminders_state import RemindersState
    from coach.ui.theme.look import Look

_MOVES = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class Cell(QAbstractButton):
    """One day of one reminder. Its words are painted, its reasons are spoken; `looked_at` when it has the focus."""

    looked_at = Signal(str)

    def __init__(self, look: Look, rule: Reminder, day: date, found: tuple[Occurrence, ...], title: str) -> None:
        super().__init__()
        self._look = look
        self._strong = rule.kind is ReminderKind.ROUTINE
        self._rings = any(each.why.rings for each in found)
        self._maybe = not self._rings and any(each.why is Why.CONDITIONAL for each in found)
        self.setText(cell_words(found))
        reasons = " ".join(f"{each.slot} {why_word(each)}" for each in found)
        self.told = tr("{title}, {day}: {reasons}", title=title, day=day_text(day), reasons=reasons or tr("nothing."))
        self.setAccessibleName(self.told)
        self.setToolTip(self.told)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._look.font("small_strong", tabular=True)).horizontalAdvance(self.text())
        return QSize(width + self._look.px(12), self._look.line("small") + 14)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit(self.told)

    def enterEvent(self, event: object) -> None:
        self.looked_at.emit(self.told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        grid = self.parentWidget()
        if Qt.Key(event.key()) in _MOVES and isinstance(grid, _Grid):
            grid.move_from(self, *_MOVES[Qt.Key(event.key())])
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        rect, ink = QRectF(self.rect()), theme.ink2
        if self._rings:
            rounded(painter, rect, 8, theme.accent if self._strong else theme.soft)
            ink = theme.on_accent if self._strong else theme.on_soft
        elif self._maybe:
            pen = QPen(QColor(theme.ctl), 1.25, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.setFont(self._look.font("small_strong", tabular=True))
        painter.setPen(QColor(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class _Grid(QWidget):
    """Days across and reminders down, or the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self.table = QGridLayout(self)
        self.table.setContentsMargins(0, 0, 0, 0)
        self.table.setHorizontalSpacing(8)
        self.table.setVerticalSpacing(8)
        self.rows: list[list[Cell]] = []

    def move_from(self, cell: Cell, down: int, right: int) -> None:
        """Take the keyboard to a neighbour; one cell is the tab stop."""
        for index, row in enumerate(self.rows):
            if cell in row:
                wanted = self.rows[min(len(self.rows) - 1, max(0, index + down))]
                target = wanted[min(len(wanted) - 1, max(0, row.index(cell) + right))]
                self.stop_at(target)
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def stop_at(self, stop: Cell) -> None:
        """The one cell that Tab visits."""
        for row in self.rows:
            for cell in row:
                cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if cell is stop else Qt.FocusPolicy.ClickFocus)


class _Dashed(QWidget):
    """The sample of the legend."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(22), self._look.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setPen(QPen(QColor(self._look.theme.ctl), 1.25, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class WeekCard(Card):
    """Title, legend, grid, and the reason of the cell that is looked at."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=22, gap=14)
        self._state: RemindersState | None = None
        self._narrow = False
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(Text(look, tr("Next 7 days"), "h2"), 1)
        legend = QHBoxLayout()
        legend.setSpacing(8)
        legend.addWidget(_Dashed(look))
        legend.addWidget(Text(look, tr("only if the day before calls for it"), "small", "ink3", wrap=True), 1)
        self._top.addLayout(legend)
        self.column.addLayout(self._top)
        self.grid = _Grid()
        self.column.addWidget(self.grid)
        self._reason = Text(look, "", "small", "ink", wrap=True)
        self.column.addWidget(self._reason)
        rule = tr(
            "Strength reminders stop by themselves for 48 hours after heavy calf work, and while a safety stop is "
            "open. Missed ones are merged into one."
        )
        self.column.addWidget(Text(look, rule, "small", "ink3", wrap=True))
        look.changed.connect(self._restyle)
        self._look_at(tr("Point at a day, or go there with the arrows, to see why."))

    def render_state(self, state: RemindersState) -> None:
        """Show these days."""
        self._state = state
        self._build()

    def _restyle(self) -> None:
        # A method and no function: Qt lets go of it together with this card.
        self.set_narrow(narrow=self._narrow)

    def set_narrow(self, *, narrow: bool) -> None:
        """Days down, or across."""
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(down)
        if narrow != self._narrow:
            self._narrow = narrow
            self._build()

    def cells(self) -> list[Cell]:
        """Every cell, row by row."""
        return [cell for row in self.grid.rows for cell in row]

    def _build(self) -> None:
        state = self._state
        if state is None:
            return
        held = self.focusWidget()
        kept = held.told.split(":")[0] if isinstance(held, Cell) and held.hasFocus() else ""
        self._clear()
        today = state.now.date()
        days = [today + n * DAY for n in range(AHEAD)]
        shown = [rule for rule in state.rules if rule.on]
        rows = [[self._cell(state, rule, day) for day in days] for rule in shown]
        if self._narrow:
            self._lay_down(state, shown, days, rows)
        else:
            self._lay_across(state, shown, days, rows)
        if self.grid.rows:
            cells = self.cells()
            stop = next((cell for cell in cells if kept and cell.told.startswith(kept)), cells[0])
            self.grid.stop_at(stop)
            if kept:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cell(self, state: RemindersState, rule: Reminder, day: date) -> Cell:
        found = tuple(each for each in state.week if each.reminder == rule.id and each.local_date == day)
        cell = Cell(self._look, rule, day, found, title_of(rule, state.routines))
        cell.looked_at.connect(self._look_at)
        return cell

    def _lay_across(
        self, state: RemindersState, shown: list[Reminder], days: list[date], rows: list[list[Cell]]
    ) -> None:
        table = self.grid.table
        for column, day in enumerate(days):
            style = ("small_strong", "ink") if not column else ("small_medium", "ink2")
            head = Text(self._look, day_text(day, "ddd d"), *style, align=Qt.AlignmentFlag.AlignHCenter)
            table.addWidget(head, 0, column + 1)
            table.setColumnStretch(column + 1, 1)
        for index, rule in enumerate(shown):
            name = Text(self._look, title_of(rule, state.routines), "small", "ink2", wrap=True)
            table.addWidget(name, index + 1, 0)
            for column, cell in enumerate(rows[index]):
                table.addWidget(cell, index + 1, column + 1)
        table.setColumnStretch(0, 1)
        self.grid.rows = rows

    def _lay_down(self, state: RemindersState, shown: list[Reminder], days: list[date], rows: list[list[Cell]]) -> None:
        table, at = self.grid.table, 0
        for column, day in enumerate(days):
            style = ("small_strong", "ink") if not column else ("small_medium", "ink2")
            table.addWidget(Text(self._look, day_text(day), *style), at, 0, 1, 2)
            at += 1
            for index, rule in enumerate(shown):
                table.addWidget(Text(self._look, title_of(rule, state.routines), "small", "ink2", wrap=True), at, 0)
                table.addWidget(rows[index][column], at, 1)
                at += 1
        table.setColumnStretch(0, 2)
        table.setColumnStretch(1, 1)
        self.grid.rows = [[cell] for column in range(len(days)) for cell in (row[column] for row in rows)]

    def _clear(self) -> None:
        table = self.grid.table
        self.grid.rows = []
        while table.count():
            item = table.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column in range(table.columnCount()):
            table.setColumnStretch(column, 0)

    def _look_at(self, words: str) -> None:
        self._reason.set_text(words)
