"""Save a chart: says what will be in the file, and who can read it, before a place is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from coach.ui.i18n import tr, trn
from coach.ui.pages.progress_state import ChartFile
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.charts.chart import Chart
    from coach.ui.theme.look import Look

WIDTH = 480


class SaveChartDialog(TallDialog):
    """`decided` carries the kind of file."""

    decided = Signal(object)

    def __init__(
        self, look: Look, chart: Chart, form: ChartFile = ChartFile.PNG, parent: QWidget | None = None
    ) -> None:
        """`form` is proposed."""
        super().__init__(look, tr("Save this chart"), parent, width=WIDTH)
        self._rows = len(chart.table().raw)
        self.column.addWidget(Text(look, chart.name, "strong", wrap=True))
        forms = [
            (ChartFile.PNG, tr("Picture (PNG)")),
            (ChartFile.SVG, tr("Drawing (SVG)")),
            (ChartFile.CSV, tr("Table (CSV)")),
        ]
        self.form = Segmented(look, tr("Kind of file"), forms, form)
        self.form.chosen.connect(self._explain)
        self.column.addWidget(self.form)
        self._about = Text(look, "", "small", "ink2", wrap=True)
        self.column.addWidget(self._about)
        lead, text = tr("Not encrypted."), tr("Whoever has the file can read it. Nothing is sent anywhere.")
        self.column.addWidget(Banner(look, Tone.INFO, lead, text))
        cancel = Button(look, tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go_on = Button(look, tr("Choose a place…"), Kind.PRIMARY)
        self.go_on.clicked.connect(self._decide)
        self.buttons.addWidget(cancel)
        self.buttons.addWidget(self.go_on)
        self._explain()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _explain(self, _form: object = None) -> None:
        about = {
            ChartFile.PNG: tr("The chart as it is shown: for a letter or a message."),
            ChartFile.SVG: tr("The same, sharp at any size: for print."),
            ChartFile.CSV: trn(
                "{n} row with its date and values, for a spreadsheet. No name, no notes.",
                "{n} rows with their dates and values, for a spreadsheet. No name, no notes.",
                self._rows,
            ),
        }
        self._about.set_text(about[self.form.value])

    def _decide(self) -> None:
        form = self.form.value
        self.accept()
        self.decided.emit(form)
