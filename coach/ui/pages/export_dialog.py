"""Export: says what will be in it, and who can read it, before a place is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from coach.services.keeping import ExportFormat
from coach.ui.data_words import capital, rows_text
from coach.ui.i18n import tr
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.services.keeping import Contents
    from coach.ui.theme.look import Look

WIDTH = 480


class ExportDialog(TallDialog):
    """`decided` carries the form in which the history is to leave."""

    decided = Signal(object)

    def __init__(self, look: Look, contents: Contents, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Export everything"), parent, width=WIDTH)
        inside = tr("{what}, with your notes.", what=capital(rows_text(contents.rows)))
        self.column.addWidget(Text(look, inside, "body", wrap=True))
        forms = [(ExportFormat.JSON, tr("One JSON file")), (ExportFormat.CSV, tr("Tables (CSV)"))]
        self.form = Segmented(look, tr("Form"), forms, ExportFormat.JSON)
        self.form.chosen.connect(self._explain)
        self.column.addWidget(self.form)
        self._about = Text(look, "", "small", "ink2", wrap=True)
        self.column.addWidget(self._about)
        lead, text = tr("Not encrypted."), tr("Whoever has the export can read it. Nothing is sent anywhere.")
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
        json = tr("Complete, and the best choice for another computer with Foot Coach.")
        csv = tr("A new folder with one file for each table, for a spreadsheet. Foot Coach can read it back, too.")
        self._about.set_text(json if self.form.value is ExportFormat.JSON else csv)

    def _decide(self) -> None:
        form = self.form.value
        self.accept()
        self.decided.emit(form)
