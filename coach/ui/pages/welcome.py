"""First run: what this is, and the safety notice. Begin is off until the box is ticked; the box starts empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.pages.notice import safety_notice
from coach.ui.sidebar import Logo
from coach.ui.widgets.banner import Icon
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.page import Columns, Page
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from coach.domain.exercise import Exercise
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

_PICTURE = 262


class WelcomePage(Page):
    """Emits `accepted` once the notice has been read and Begin was pressed."""

    accepted = Signal()

    def __init__(self, look: Look, gallery: Gallery, *, on_server: bool = False) -> None:
        """`on_server`: the diary is kept on a server, so nothing is promised of this computer alone."""
        super().__init__(look)
        self._on_server = on_server
        top = QHBoxLayout()
        top.addWidget(Logo(look, indent=0))
        top.addStretch(1)
        self.column.addLayout(top)
        self.columns = Columns((560, 520))
        self.column.addWidget(self.columns, 1)
        self._build_words()
        self._picture = StillView(look, gallery, size=QSize(360, _PICTURE), fill=None)
        self.columns.right.addStretch(1)
        self.columns.right.addWidget(self._picture)
        self.columns.right.addWidget(self._notice())
        self.columns.right.addStretch(1)
        self._bottom = QHBoxLayout()
        self._bottom.addStretch(1)
        self.why_not = Text(look, tr("Tick the box to begin."), "small", "ink3")
        self.begin = Button(look, tr("Begin"), Kind.PRIMARY, key="Enter", size=Size.LARGE)
        self.begin.setEnabled(False)
        self.begin.clicked.connect(self.accepted)
        self._bottom.addWidget(self.why_not)
        self._bottom.addSpacing(12)
        self._bottom.addWidget(self.begin)
        self.column.addLayout(self._bottom)

    def show_model(self, exercise: Exercise, person: int = 0) -> None:
        """The exercise whose figure welcomes."""
        key = exercise.level(exercise.default_level).pose
        self._picture.set_still(Still(exercise.id, key, exercise.poses[key], person))

    def arrange(self, room: Room) -> None:
        self.columns.set_columns(room.columns, 56 if room.columns > 1 else room.gap, room.gap)
        self._picture.setVisible(room.columns > 1 and not room.pinned)
        side = 72 if room.padding >= 40 else room.padding
        self.area.set_padding(side, 34 if room.padding >= 40 else 24)
        for widget in (self.why_not, self.begin):
            self.pin(widget, pinned=room.pinned, home=self._bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.begin.isEnabled():
            self.accepted.emit()
            return
        super().keyPressEvent(event)

    def _build_words(self) -> None:
        left = self.columns.left
        left.addStretch(1)
        left.addWidget(
            Text(self.look, tr("A short daily routine for your feet, calves and hips."), "display", wrap=True)
        )
        promise = tr("Guided at your pace. Adjusted to what you feel. Kept on this computer only.")
        private = ("lock", tr("No account"), tr("Your notes never leave this device."))
        if self._on_server:
            promise = tr("Guided at your pace. Adjusted to what you feel. Kept on your own server.")
            private = ("lock", tr("Yours alone"), tr("Your notes go to that server and nowhere else."))
        left.addWidget(Text(self.look, promise, "lead", "ink2", wrap=True))
        left.addSpacing(12)
        for icon, title, words in (
            ("timer", tr("About 10 to 15 minutes"), tr("Or five, on the days that need it.")),
            ("scale", tr("Pain decides the dose"), tr("You see the rule, and you have the last word.")),
            private,
        ):
            left.addWidget(self._point(icon, title, words))
        left.addStretch(1)

    def _point(self, icon: str, title: str, words: str) -> QWidget:
        point = QWidget()
        point.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(point)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Icon(self.look, icon, "accent", 24), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text(self.look, title, "h3", wrap=True))
        column.addWidget(Text(self.look, words, "body", "ink2", wrap=True))
        row.addLayout(column, 1)
        return point

    def _notice(self) -> Card:
        card = Card(self.look, pad=24, gap=10)
        card.column.addWidget(Text(self.look, tr("Before you begin"), "h2"))
        card.column.addWidget(Text(self.look, safety_notice(), "small", "ink2", wrap=True))
        self.read = Check(self.look, tr("I have read this and I am 18 or older"), strong=True)
        self.read.toggled.connect(self._ticked)
        card.column.addWidget(self.read)
        return card

    def _ticked(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.begin.setEnabled(on)
        self.why_not.setVisible(not on)
