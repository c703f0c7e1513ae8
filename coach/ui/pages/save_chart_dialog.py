"""Save a chart: says what will be in the file, and who can read it, before a place is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.i18n import tr, trn
from coach.ui.pages.form_dialog import FormDialog
from coach.ui.pages.progress_state import ChartFile
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.ui.charts.chart import Chart
    from coach.ui.theme.look import Look


class SaveChartDialog(FormDialog[ChartFile]):
    """`decided` carries the kind of file."""

    def __init__(
        self, look: Look, chart: Chart, form: ChartFile = ChartFile.PNG, parent: QWidget | None = None
    ) -> None:
        """`form` is proposed."""
        forms = [
            (ChartFile.PNG, tr("Picture (PNG)")),
            (ChartFile.SVG, tr("Drawing (SVG)")),
            (ChartFile.CSV, tr("Table (CSV)")),
        ]
        super().__init__(
            look,
            tr("Save this chart"),
            Text(look, chart.name, "strong", wrap=True),
            Segmented(look, tr("Kind of file"), forms, form),
            tr("Whoever has the file can read it. Nothing is sent anywhere."),
            parent,
        )
        self._rows = len(chart.table().raw)
        self.form.chosen.connect(self._explain)
        self._explain()

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
        self.about.set_text(about[self.form.value])
