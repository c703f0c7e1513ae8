"""A chart in a card: the chart or its table, and under it the links that switch between them and save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coach.ui.charts.table import TableView
from coach.ui.charts.view import ChartView
from coach.ui.i18n import tr
from coach.ui.pages.progress_state import ChartFile
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from coach.domain.progress.span import Span
    from coach.ui.charts.chart import LiveChart
    from coach.ui.theme.look import Look

_TABLE_TALL = 260


class ChartPanel(QWidget):
    """`save_requested` carries the chart as it is looked at, and the kind of file that is proposed.

    `span_asked` carries the days of a chart that would show what is looked for.
    """

    save_requested = Signal(object, object)
    span_asked = Signal(object)

    def __init__(self, look: Look, chart: LiveChart) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.view = ChartView(look, chart)
        self.view.picture_wanted.connect(lambda: self._save(ChartFile.PNG))
        self.view.file_wanted.connect(lambda: self._save(ChartFile.CSV))
        self.view.table_wanted.connect(lambda: self.show_table(shown=True))
        self.view.span_asked.connect(self.span_asked)
        column.addWidget(self.view)
        self._column = column
        self.table: TableView | None = None
        links = Flow(16)
        self.switch = Button(look, tr("Show as table"), Kind.LINK, size=Size.SMALL)
        self.switch.clicked.connect(lambda: self.show_table(shown=self.table is None))
        self.save = Button(look, tr("Save…"), Kind.LINK, size=Size.SMALL)
        self.save.clicked.connect(lambda: self._save(ChartFile.PNG))
        self.whole = Button(look, tr("Show all days"), Kind.LINK, size=Size.SMALL)
        self.whole.clicked.connect(self._show_all)
        self.view.closely.connect(self.whole.setVisible)
        for link in (self.switch, self.save, self.whole):
            links.add(link)
        self.whole.hide()
        column.addWidget(links)
        look.changed.connect(self._fit)
        self._name()

    def set_chart(self, chart: LiveChart, reach: Span | None = None) -> None:
        """Show another chart; who reads the table goes on with the table. `reach`: see `ChartView.set_chart`."""
        self.view.set_chart(chart, reach)
        if self.table is not None:
            self.table.show_table(chart.table())
        self._name()

    def show_table(self, *, shown: bool) -> None:
        """The table in the chart's place, or the chart again; whoever was at the one goes on at the other."""
        held = (self.table or self.view).hasFocus()
        if shown and self.table is None:
            self.table = TableView(self._look, self.view.chart.table())
            self._column.insertWidget(1, self.table)
            # As tall as the chart, so that nothing else moves.
            self.table.setFixedHeight(max(self._look.px(_TABLE_TALL), self.view.height()))
            self.setTabOrder(self.view, self.table)
            self.table.show()
        elif not shown and self.table is not None:
            self._column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        self.view.setVisible(not shown)
        if held:
            self.take_focus()
        self._name()

    def take_focus(self) -> None:
        """Put the keyboard on the chart or the table."""
        (self.table or self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> None:
        """The links say which chart they belong to: there are several on a page."""
        name = self.view.chart.name
        words = tr("Show as table") if self.table is None else tr("Show as chart")
        self.switch.set_text(words, tr("{action}: {chart}", action=words, chart=name))
        self.save.set_text(tr("Save…"), tr("Save: {chart}", chart=name))
        self.whole.set_text(tr("Show all days"), tr("Show all days: {chart}", chart=name))
        anything = self.view.chart.stops > 0
        self.switch.setEnabled(anything or self.table is not None)
        self.save.setEnabled(anything)

    def _show_all(self) -> None:
        """Whoever zoomed in by accident finds the way back; the link itself is then gone."""
        self.take_focus()
        self.view.reset()

    def _save(self, form: ChartFile) -> None:
        self.save_requested.emit(self.view.chart, form)

    def _fit(self) -> None:
        if self.table is not None:
            self.table.setFixedHeight(self._look.px(_TABLE_TALL))
