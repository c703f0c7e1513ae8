"""Import: what would come in, what is here already, what is left out and why. Nothing is written before "Import"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from coach.ui.data_words import capital, count_text, long_day, number_text, rows_text
from coach.ui.i18n import tr, trn
from coach.ui.pages.facts import Fact
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.card import Hairline
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.services.keeping import ImportPreview, Left
    from coach.ui.theme.look import Look

WIDTH = 560


class ImportDialog(TallDialog):
    """`accepted` where the person wants it."""

    def __init__(self, look: Look, preview: ImportPreview, today: date, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("What is in this export"), parent, width=WIDTH)
        self._add(Text(look, preview.source.name, "small", "ink3", wrap=True))
        new = sum(preview.new.rows.values())
        self._add_new(preview, today)
        known = sum(preview.known.values())
        if known:
            self._add(Hairline(look))
            self._add(Fact(look, "equal", "ink3", capital(rows_text(preview.known)), tr("here already")))
        if preview.left_out:
            self._add(Hairline(look))
            self._add_left(preview.left)
        for remark in preview.remarks:
            self._add(Text(look, remark, "small", "ink2"))
        self.bring_in = Button(look, tr("Import"), Kind.PRIMARY)
        self.bring_in.clicked.connect(self.accept)
        self.bring_in.setAutoDefault(False)
        self.leave = Button(look, tr("Cancel") if new else tr("Close"), Kind.OUTLINE if new else Kind.PRIMARY)
        self.leave.clicked.connect(self.reject)
        self.buttons.addWidget(self.leave)
        if new:
            self.buttons.addWidget(self.bring_in)
            self._add(Text(look, tr("A backup is made first. Nothing that is here is changed."), "small", "ink2"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, widget: QWidget) -> None:
        if isinstance(widget, Text):
            widget.setWordWrap(True)
        self.column.addWidget(widget)

    def _add_new(self, preview: ImportPreview, today: date) -> None:
        rows, first, last = preview.new.rows, preview.new.first_day, preview.new.last_day
        if not sum(rows.values()):
            self._add(Fact(self._look, "circle-check", "accent", tr("Nothing new"), ""))
            return
        under: tuple[Text, ...] = ()
        if first is not None and last is not None:
            days = (long_day(first, today), long_day(last, today))
            span = days[0] if first == last else tr("{first} to {last}", first=days[0], last=days[1])
            under = (Text(self._look, tr("Sessions of {span}.", span=span), "small", "ink2", wrap=True),)
        self._add(Fact(self._look, "plus", "accent", capital(rows_text(rows)), tr("new"), under))

    def _add_left(self, left: tuple[Left, ...]) -> None:
        count = sum(item.count for item in left)
        words = trn("{count} entry", "{count} entries", count, count=number_text(count))
        under = tuple(text for item in left for text in self._why(item))
        self._add(Fact(self._look, "circle-minus", "warn", words, tr("left out"), under))

    def _why(self, item: Left) -> list[Text]:
        lead = tr("{what}:", what=capital(count_text(item.table, item.count)))
        texts = [Text(self._look, item.reason, "small", "ink2", wrap=True, lead=lead)]
        if item.where:
            more = item.count - len(item.where)
            where = ", ".join(item.where)
            where = tr("{where} and {n} more", where=where, n=number_text(more)) if more > 0 else where
            texts.append(Text(self._look, where, "small", "ink3", wrap=True))
        return texts
