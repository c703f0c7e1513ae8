"""How "Is it helping?" is decided: the rule, and where its thresholds come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from coach.domain.progress.helping import CLEAR, CLEAR_FROM_LOW, LOW, MIN_DAYS
from coach.ui.i18n import tr
from coach.ui.pages.progress_words import proof
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import TallDialog
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

WIDTH = 560


class HelpingDialog(TallDialog):
    """Says the rule in full, what is ours in it, and what is not."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("How this is decided"), parent, width=WIDTH)
        self.column.setSpacing(10)
        for line in rule_lines():
            self.column.addWidget(Text(look, line, "body", wrap=True))
        self.column.addSpacing(8)
        for source in sources():
            self.column.addLayout(self._source(source))
        close = Button(look, tr("Close"), Kind.PRIMARY, key="Esc")
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)
        self.close_button = close

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _source(self, source: tuple[str, str, str]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        gives, reference, kind = source
        column.addWidget(Text(self._look, gives, "body", wrap=True))
        if reference:
            column.addWidget(Text(self._look, reference, "small", "ink2", wrap=True))
        column.addWidget(Text(self._look, kind, "small", "ink3", wrap=True))
        return column


def rule_lines() -> tuple[str, ...]:
    """The rule in sentences, with its numbers as they are in force."""
    return (
        tr(
            "Two averages are compared: of the 7 days from the first rating in the range on, and of its last 7 days. "
            "In two weeks these are its first and its last 7 days. Each needs ratings on at least {days} days.",
            days=MIN_DAYS,
        ),
        tr(
            "Clearly less pain: the average fell by {clear} points or more. From a start of {low} or less, {one} is "
            "enough.",
            clear=round(CLEAR),
            low=round(LOW),
            one=round(CLEAR_FROM_LOW),
        ),
        tr("More pain: it rose by {clear} points or more. Anything between is about the same.", clear=round(CLEAR)),
        tr("Days without a rating count for nothing: they are never taken as 0."),
        proof(),
    )


def sources() -> tuple[tuple[str, str, str], ...]:
    """What each source gives, its reference, and what it is (clinical.md 3.4 and 8)."""
    checked = tr("Study, checked in the source")
    return (
        (
            tr("Comparing the first with the last 7 days, and how many days that takes."),
            "",
            tr("Our own choice"),
        ),
        (
            tr("With low back pain, a change of 2 points is the least that is more than chance in one person."),
            "Childs JD et al. 2005, Spine 30:1331–1334",
            checked,
        ),
        (
            tr("What matters to people: 1 point from a start of 1 to 4, 2 from 5 to 7, 3 to 4 from 8 to 10."),
            tr("German hospital study, 1,232 people with back pain, 2021 (doi 10.1055/a-1304-3677)"),
            checked,
        ),
        (
            tr("Both studies are of backs. For feet the same thresholds are used; from 8 to 10 we ask for 2 as well."),
            "",
            tr("Our own choice"),
        ),
    )
