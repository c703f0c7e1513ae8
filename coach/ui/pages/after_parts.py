"""Parts of the page after a session: a pain question, adding an area, the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from coach.domain.pain import BodySide
from coach.ui.i18n import tr
from coach.ui.pages.after_words import compared_text, done_text
from coach.ui.pages.checkin_model import ALL_AREAS
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.chip import Chip
from coach.ui.widgets.scale import RING, NrsScale
from coach.ui.widgets.text import Text
from coach.ui.words import area_word, body_side_word, region_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent

    from coach.domain.pain import Area
    from coach.services.history import ExerciseDone
    from coach.ui.theme.look import Look

_TONES = {BodySide.LEFT: "left", BodySide.CENTRE: "neutral", BodySide.RIGHT: "right"}


class DoneWords(QWidget):
    """What was done of one exercise, and beside or below it how that compares with last time."""

    def __init__(self, look: Look, done: ExerciseDone) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        words, end = QVBoxLayout(), QVBoxLayout()
        for column in (words, end):
            column.setSpacing(0)
            self._row.addLayout(column, 1)
        words.addWidget(Text(look, done.title, "strong", wrap=True))
        words.addWidget(Text(look, done_text(done.sets), "small", "ink2", wrap=True, tabular=True))
        self._end = [Text(look, compared_text(done), "small", "ink2", wrap=True)]
        if done.worst_pain:
            worst = tr("pain {number} at worst", number=done.worst_pain)
            self._end.append(Text(look, worst, "small_strong", "warn", wrap=True))
        for text in self._end:
            end.addWidget(text)
        self.fit(down=False)

    def fit(self, *, down: bool) -> None:
        """Beside each other, or below."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeading if down else Qt.AlignmentFlag.AlignTrailing
        for text in self._end:
            text.set_align(side)


class PainRow(QWidget):
    """One area with its scale; `title` stands before the area's own words where there is one."""

    def __init__(self, look: Look, area: Area, title: str, name: str, before: int | None = None) -> None:
        super().__init__()
        self.area = area
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        # The row is hung (see `hung`), so its words step in by as much as its scale reaches out.
        if title:
            line = QHBoxLayout()
            line.setContentsMargins(RING, 0, RING, 0)
            line.addWidget(Text(look, title, "small", "ink2", wrap=True))
            column.addLayout(line)
        top = QHBoxLayout()
        top.setContentsMargins(RING, 0, RING, 0)
        top.setSpacing(8)
        top.addWidget(Text(look, region_word(area.region), "strong", wrap=True))
        top.addWidget(Chip(look, body_side_word(area.side), _TONES[area.side]))
        top.addStretch(1)
        if before is not None:
            top.addWidget(Text(look, tr("before {number}", number=before), "small", "ink2"))
        column.addLayout(top)
        self.scale = NrsScale(look, name)
        column.addWidget(self.scale)


class AreaAdder(Button):
    """`picked` carries an area that is not asked about yet."""

    picked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("Another area hurts"), Kind.LINK)
        self._taken: frozenset[Area] = frozenset()
        self.clicked.connect(self._open)

    def set_taken(self, areas: Iterable[Area]) -> None:
        """Areas that are on the page already."""
        self._taken = frozenset(areas)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for area in ALL_AREAS:
            if area not in self._taken:
                action = QAction(area_word(area), menu)
                action.triggered.connect(lambda _=False, chosen=area: self.picked.emit(chosen))
                menu.addAction(action)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class _Note(QPlainTextEdit):
    """Tab leaves the field; Ctrl+Enter goes to the page."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setTabChangesFocus(True)
        self.setPlaceholderText(tr("Anything you want to remember"))
        self.setAccessibleName(tr("Note"))
        look.changed.connect(self._fit)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(300, 2 * self._look.line("body") + 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())


def note_field(look: Look) -> QPlainTextEdit:
    """A field of two lines that grows with the text size."""
    return _Note(look)
