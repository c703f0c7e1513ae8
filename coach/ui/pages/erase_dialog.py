"""Delete: which part, exactly how much that is, what is backed up first and what remains where. Asked once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coach.services.keeping import Days, Everything, OneExercise
from coach.ui.data_words import rows_text
from coach.ui.i18n import tr, trn
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.date_field import DateField
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.pickers import Combo
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from coach.services.keeping import Contents, Scope
    from coach.ui.theme.look import Look

WIDTH = 520


class What(StrEnum):
    """The three kinds of parts."""

    EXERCISE = "exercise"
    DAYS = "days"
    EVERYTHING = "everything"


class EraseDialog(TallDialog):
    """`weigh_asked` carries a part whenever another one is chosen; `show_weight` or `show_trouble` answers it.

    `decided` carries the part and whether the backups go too.
    """

    weigh_asked = Signal(object)
    decided = Signal(object, bool)

    def __init__(
        self,
        look: Look,
        exercises: Sequence[tuple[str, str]],
        days: tuple[date, date],
        backups: int,
        parent: QWidget | None = None,
    ) -> None:
        """`exercises` are ids and titles; `days` is the last day with anything, and today; `backups` their number."""
        super().__init__(look, tr("Delete history"), parent, width=WIDTH)
        self._backups = backups
        self._scope: Scope | None = None
        self._weight: Contents | None = None
        options = [
            (What.EXERCISE, tr("One exercise")),
            (What.DAYS, tr("Some days")),
            (What.EVERYTHING, tr("Everything")),
        ]
        self.what = Segmented(look, tr("What to delete"), options, What.EXERCISE if exercises else What.DAYS)
        self.what.chosen.connect(self._changed)
        self.column.addWidget(self.what)
        self._build_exercise(exercises)
        self._build_days(days)
        self.weight = Text(look, "", "strong", wrap=True)
        self.column.addWidget(self.weight)
        self.too = Check(look, tr("Remove it from the backups too"))
        self.too.toggled.connect(self._explain)
        self.column.addWidget(self.too)
        self._calm = Text(look, "", "small", "ink2", wrap=True)
        self.column.addWidget(self._calm)
        self._warning = Banner(look, Tone.WARN, tr("This cannot be taken back."), _without_backups(backups))
        self.column.addWidget(self._warning)
        self._build_word()
        self._build_buttons()
        self._explain()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._scope is None:
            self._changed()

    def show_weight(self, scope: Scope, contents: Contents) -> None:
        """How much a part is."""
        if scope == self._scope:
            self._weight = contents
            any_ = bool(sum(contents.rows.values()))
            words = tr("This deletes {what}.", what=rows_text(contents.rows))
            self.weight.set_text(words if any_ else tr("There is nothing of it."))
            self._explain()

    def show_trouble(self, scope: Scope, reason: str) -> None:
        """Why it cannot be said."""
        if scope == self._scope:
            self.weight.set_text(reason)

    def _build_exercise(self, exercises: Sequence[tuple[str, str]]) -> None:
        self.exercise = Combo(self._look, tr("Exercise"))
        for exercise_id, title in exercises:
            self.exercise.addItem(title, exercise_id)
        self.exercise.currentIndexChanged.connect(self._changed)
        self.column.addWidget(self.exercise)

    def _build_days(self, days: tuple[date, date]) -> None:
        self._days = QWidget()
        row = QHBoxLayout(self._days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.first = DateField(self._look, tr("First day"), days[0])
        self.last = DateField(self._look, tr("Last day"), days[1])
        for words, field in ((tr("From"), self.first), (tr("to"), self.last)):
            row.addWidget(Text(self._look, words, "body"))
            row.addWidget(field)
            field.changed.connect(self._changed)
        row.addStretch(1)
        self.column.addWidget(self._days)

    def _build_word(self) -> None:
        self._typed = QWidget()
        column = QVBoxLayout(self._typed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        word = tr("delete")
        label = tr("To be sure, type the word “{word}”.", word=word)
        column.addWidget(Text(self._look, label, "body", wrap=True))
        self.word = QLineEdit()
        self.word.setFont(self._look.font("body"))
        self.word.setAccessibleName(label)
        self.word.textChanged.connect(self._explain)
        column.addWidget(self.word)
        self.column.addWidget(self._typed)

    def _build_buttons(self) -> None:
        self.act = Button(self._look, tr("Delete"), Kind.OUTLINE)
        self.act.clicked.connect(self._decide)
        self.keep = Button(self._look, tr("Keep everything"), Kind.PRIMARY)
        self.keep.clicked.connect(self.reject)
        for button in (self.act, self.keep):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)

    def _chosen(self) -> Scope | None:
        match self.what.value:
            case What.EXERCISE:
                return OneExercise(str(self.exercise.currentData())) if self.exercise.count() else None
            case What.DAYS:
                first, last = self.first.value, self.last.value
                return Days(first, last) if first <= last else None
            case _:
                return Everything()

    def _changed(self, _value: object = None) -> None:
        what = self.what.value
        self.exercise.setVisible(what is What.EXERCISE)
        self._days.setVisible(what is What.DAYS)
        self._typed.setVisible(what is What.EVERYTHING)
        self._scope, self._weight = self._chosen(), None
        self._explain()
        if self._scope is None:
            self.weight.set_text(tr("The last day is before the first."))
        else:
            self.weight.set_text(tr("Counting…"))
            self.weigh_asked.emit(self._scope)

    def _explain(self, _value: object = None) -> None:
        """What happens, and whether it can be asked for yet."""
        too = self.too.isChecked()
        self.too.setVisible(bool(self._backups))
        self._warning.setVisible(too)
        first = tr("A backup is made first, so you can go back to it.")
        stays = tr("Settings, your own exercise files and exports you saved elsewhere stay.")
        self._calm.set_text(stays if too else f"{first} {stays}")
        everything = self.what.value is What.EVERYTHING
        sure = not everything or self.word.text().strip().casefold() == tr("delete").casefold()
        any_ = self._weight is not None and bool(sum(self._weight.rows.values()))
        self.act.setEnabled(any_ and sure)

    def _decide(self) -> None:
        scope = self._scope
        if scope is not None and self.act.isEnabled():
            self.accept()
            self.decided.emit(scope, self.too.isChecked())


def _without_backups(backups: int) -> str:
    return trn(
        "The one backup holds it, so it is removed, and none is made.",
        "All {n} backups are removed, for they may hold it, and none is made.",
        backups,
    )
