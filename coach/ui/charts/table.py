"""The twin of a chart as a table for keyboards and screen readers. Rows are asked for as they come into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from coach.ui.charts.chart import Table
from coach.ui.charts.drawing import LEFT, measurer, wrapped
from coach.ui.i18n import tr
from coach.ui.theme.typeface import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

EMPTY = Table("", (), (), (), ())
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NOWHERE: _Index = _ROOT
_MEASURED = 200
"""Rows from the end whose values make the width of their columns."""
_MARGIN = 3
"""What Qt leaves free at each side of a cell's words; not in the head, which is to stand over them."""
_EDGES = 2 * _MARGIN + 1


class TableModel(QAbstractTableModel):
    """The texts of a table."""

    def __init__(self, table: Table = EMPTY) -> None:
        super().__init__()
        self._table = table

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._table

    def show_table(self, table: Table) -> None:
        """Show another one."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = self._table.rows[index.row()][index.column()]
            return f"{self._table.columns[index.column()]}: {text or tr('empty')}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation is Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and section < len(self._table.columns):
            return self._table.columns[section]
        return None


class TableView(QTableView):
    """Arrows walk, Ctrl+A selects everything, Ctrl+C copies what is selected with its headings, for a spreadsheet."""

    def __init__(self, look: Look, table: Table = EMPTY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = TableModel(table)
        self._natural: list[int] = []
        self.setModel(self._model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(LEFT | Qt.TextFlag.TextWordWrap)
        header.setStretchLastSection(True)
        look.changed.connect(self._dress)
        self.show_table(table)

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._model.table

    def show_table(self, table: Table) -> None:
        """Show another one, from its newest row on, since the end of the story is what is asked for."""
        self._model.show_table(table)
        self.setAccessibleName(table.title)
        self._dress()
        self.scrollToBottom()
        if table.rows:
            self.setCurrentIndex(self._model.index(len(table.rows) - 1, 0))

    def selected_text(self) -> str:
        """The selected rows, tabs between cells, with the headings."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = [self.table.columns, *(self.table.rows[row] for row in rows)]
        return "\n".join("\t".join(line) for line in lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        look, theme = self._look, self._look.theme
        self.setFont(look.font("small", tabular=True))
        self.verticalHeader().setDefaultSectionSize(look.px(ROLES["small"].line + 8))
        self.setStyleSheet(
            f"QTableView {{ background: {theme.surface}; color: {theme.ink}; border: 0;"
            f" selection-background-color: {theme.soft}; selection-color: {theme.on_soft}; }}"
            f"QHeaderView {{ background: {theme.surface}; border: 0; }}"
            f"QHeaderView::section {{ background: {theme.surface}; color: {theme.ink2}; border: 0;"
            f" border-bottom: 1px solid {theme.line}; padding: {look.px(4)}px {_MARGIN}px;"
            f" font-size: {look.px(ROLES['small'].px)}px; font-weight: 600; }}"
            "QTableView::item { padding: 0; }"
        )
        self._measure()
        self._fit_columns()

    def _measure(self) -> None:
        """Columns need the width of their values and of the longest word of their heading."""
        plain, bold = self._measurers()
        self._natural = []
        for number, title in enumerate(self.table.columns):
            values = {row[number] for row in self.table.rows[-_MEASURED:]}
            self._natural.append(int(max([*map(plain, values), *map(bold, title.split(" "))])) + _EDGES)

    def _fit_columns(self) -> None:
        """Room that is left is shared evenly, so that the eye finds its way; headings take the lines they need."""
        bold, lines = self._measurers()[1], 1
        more = max(0, self.viewport().width() - sum(self._natural)) // max(1, len(self._natural))
        for number, width in enumerate(self._natural):
            self.setColumnWidth(number, width + more)
            lines = max(lines, len(wrapped(self.table.columns[number], width + more - _EDGES, bold)))
        self.horizontalHeader().setFixedHeight(lines * self._look.line("small") + 2 * self._look.px(4) + 1)

    def _measurers(self) -> tuple[Callable[[str], float], Callable[[str], float]]:
        """Of values and of headings."""
        return measurer(self._look.font("small")), measurer(self._look.font("small_strong"))
