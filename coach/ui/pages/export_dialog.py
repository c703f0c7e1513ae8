"""Export: says what will be in it, and who can read it, before a place is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from coach.services.keeping import ExportFormat
from coach.ui.data_words import capital, rows_text
from coach.ui.i18n import tr
from coach.ui.pages.form_dialog import FormDialog
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.services.keeping import Contents
    from coach.ui.theme.look import Look


class ExportDialog(FormDialog[ExportFormat]):
    """`decided` carries the form in which the history is to leave.

    `weigh_asked` asks how much the form for other systems holds; `show_weight` or `show_trouble` answers it.
    """

    weigh_asked = Signal()

    def __init__(self, look: Look, contents: Contents, parent: QWidget | None = None) -> None:
        self._inside = Text(look, "", "body", wrap=True)
        forms = [
            (ExportFormat.JSON, tr("One JSON file")),
            (ExportFormat.CSV, tr("Tables (CSV)")),
            (ExportFormat.FHIR, tr("Clinic (FHIR)")),
        ]
        super().__init__(
            look,
            tr("Export your history"),
            self._inside,
            Segmented(look, tr("Form"), forms, ExportFormat.JSON),
            tr("Whoever has the export can read it. Nothing is sent anywhere."),
            parent,
        )
        self._contents = contents
        self._weight: Contents | None = None
        self._trouble = ""
        self.form.chosen.connect(self._explain)
        self._explain()

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
        self.about.set_text(_about(form))
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
