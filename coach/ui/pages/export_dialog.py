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
    """`decided` carries the form in which the history is to leave.

    `weigh_asked` asks how much the form for other systems holds; `show_weight` or `show_trouble` answers it.
    """

    decided = Signal(object)
    weigh_asked = Signal()

    def __init__(self, look: Look, contents: Contents, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Export your history"), parent, width=WIDTH)
        self._contents = contents
        self._weight: Contents | None = None
        self._trouble = ""
        self._inside = Text(look, "", "body", wrap=True)
        self.column.addWidget(self._inside)
        forms = [
            (ExportFormat.JSON, tr("One JSON file")),
            (ExportFormat.CSV, tr("Tables (CSV)")),
            (ExportFormat.FHIR, tr("Clinic (FHIR)")),
        ]
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

    def show_weight(self, contents: Contents) -> None:
        """How much the form for other systems holds."""
        self._weight = contents
        self._explain()

    def show_trouble(self, reason: str) -> None:
        """Why that cannot be said."""
        self._trouble = reason
        self._explain()

    def _explain(self, _form: object = None) -> None:
        form = self.form.value
        fhir = form is ExportFormat.FHIR
        self._about.set_text(_about(form))
        contents = self._weight if fhir else self._contents
        if contents is not None and not any(contents.rows.values()):
            self._inside.set_text(tr("Nothing so far."))
        elif contents is not None:
            self._inside.set_text(tr("{what}, with your notes.", what=capital(rows_text(contents.rows))))
        else:
            self._inside.set_text(self._trouble or tr("Counting…"))
        self.go_on.setEnabled(contents is not None and (not fhir or any(contents.rows.values())))
        if fhir and contents is None and not self._trouble:
            self.weigh_asked.emit()

    def _decide(self) -> None:
        form = self.form.value
        self.accept()
        self.decided.emit(form)


def _about(form: ExportFormat) -> str:
    return {
        ExportFormat.JSON: tr(
            "Complete, reminders included, and the best choice for another computer with Foot Coach."
        ),
        ExportFormat.CSV: tr(
            "Just as complete: a new folder with one file for each table, for a spreadsheet. Foot Coach can read it "
            "back, too."
        ),
        ExportFormat.FHIR: tr(
            "One file that health systems read: sessions, sets, pain, checks and self-tests as they stand now, without "
            "your name. Foot Coach cannot read it back."
        ),
    }[form]
