"""After a session: what was done, how it feels now, how hard it was, a note. Leaving a question blank is fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from coach.ui.i18n import tr, trn
from coach.ui.pages.after_parts import AreaAdder, DoneWords, PainRow, note_field
from coach.ui.pages.after_state import AfterAnswers, AskedArea
from coach.ui.pages.after_words import ordinal_note
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.page import Columns, Page, TitleRow
from coach.ui.widgets.scale import EffortScale, NumberScale, hung
from coach.ui.widgets.text import Text
from coach.ui.words import area_word, duration_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from coach.domain.pain import Area
    from coach.services.history import ExerciseDone
    from coach.ui.pages.after_state import AfterState
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

_PICTURE = 44


class AfterPage(Page):
    """Emits `saved` with `AfterAnswers` once."""

    saved = Signal(object)

    def __init__(self, look: Look, gallery: Gallery, state: AfterState) -> None:
        super().__init__(look)
        self._gallery = gallery
        self._state = state
        self.pain: list[PainRow] = []
        self.worst: list[PainRow] = []
        self._title = TitleRow(look, tr("Session done") if state.completed else tr("Session ended"), _facts(state))
        self.column.addWidget(self._title)
        self.columns = Columns((486, 482))
        self.column.addWidget(self.columns)
        self._build_done()
        self._build_now()
        self._build_bottom()
        self.column.addStretch(1)

    def entered(self) -> None:
        scales = self.scales()
        scales[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def scales(self) -> list[NumberScale]:
        """All questions in the order of the page."""
        return [row.scale for row in (*self.pain, *self.worst)] + [self.effort]

    def answers(self) -> AfterAnswers:
        """What was said so far."""
        pain = tuple((row.area, row.scale.value) for row in self.pain)
        worst = tuple((question, row.scale.value) for question, row in zip(self._state.worst, self.worst, strict=True))
        return AfterAnswers(
            pain=tuple((area, nrs) for area, nrs in pain if nrs is not None),
            worst=tuple((question, nrs) for question, nrs in worst if nrs is not None),
            effort=self.effort.value,
            note=self.note.toPlainText().strip(),
        )

    def arrange(self, room: Room) -> None:
        self._title.set_columns(room.columns)
        self.columns.set_columns(room.columns, room.gap)
        for row in self._did_rows:
            row.fit(down=room.percent > 130)
        self.pin(self.finish, pinned=room.pinned, home=self._bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.save()
            return
        waiting = next((scale for scale in self.scales() if scale.value is None), None)
        if event.text().isdecimal() and waiting is not None:
            waiting.setFocus(Qt.FocusReason.TabFocusReason)
            waiting.handle_key(event)
            return
        super().keyPressEvent(event)

    def save(self) -> None:
        """Hand over the answers as they are; a second time only after `ask_again`."""
        if self.finish.isEnabled():
            self.finish.setEnabled(False)
            self.saved.emit(self.answers())

    def ask_again(self) -> None:
        """The answers could not be kept: they may be handed over once more."""
        self.finish.setEnabled(True)

    def add_area(self, area: Area) -> None:
        """Ask about one more area."""
        if area not in [row.area for row in self.pain]:
            self._add_row(AskedArea(area))
            self.pain[-1].scale.setFocus(Qt.FocusReason.TabFocusReason)
        self.adder.set_taken([row.area for row in self.pain])

    def _build_done(self) -> None:
        card = Card(self.look, pad=24, gap=8)
        top = QHBoxLayout()
        top.addWidget(Text(self.look, tr("What you did"), "h2"), 1)
        top.addWidget(Text(self.look, tr("compared with last time"), "small", "ink3", wrap=True))
        card.column.addLayout(top)
        self._did_rows: list[DoneWords] = []
        for done in self._state.done:
            card.column.addWidget(Hairline(self.look))
            card.column.addLayout(self._did_row(done))
        if not self._state.done:
            card.column.addWidget(Text(self.look, tr("No set was done. That is fine."), "body", "ink2", wrap=True))
        card.column.addStretch(1)
        self.columns.left.addWidget(card, 1)

    def _did_row(self, done: ExerciseDone) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        exercise = self._state.exercises.get(done.exercise_id)
        if exercise is not None:
            number = min(done.sets[0].level, len(exercise.levels))
            key = exercise.level(number).pose
            still = Still(exercise.id, key, exercise.poses[key], self._state.person, cues=False)
            picture = StillView(self.look, self._gallery, still, size=QSize(_PICTURE, _PICTURE), radius=8)
            picture.setFixedWidth(_PICTURE)
            row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = DoneWords(self.look, done)
        row.addWidget(words, 1)
        self._did_rows.append(words)
        return row

    def _build_now(self) -> None:
        card = Card(self.look, pad=24, gap=10)
        card.column.addWidget(Text(self.look, tr("How is it now?"), "h2"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        if not self._state.areas:
            calm = tr("You rated no pain before. If something hurts now, add it.")
            self._rows.addWidget(Text(self.look, calm, "small", "ink2", wrap=True))
        card.column.addLayout(self._rows)
        for asked in self._state.areas:
            self._add_row(asked)
        self.adder = AreaAdder(self.look)
        self.adder.set_taken([row.area for row in self.pain])
        self.adder.picked.connect(self.add_area)
        card.column.addWidget(self.adder, 0, Qt.AlignmentFlag.AlignLeading)
        for question in self._state.worst:
            words = tr("Worst during {title}", title=question.title)
            name = tr("{area}, worst during {title}", area=area_word(question.area), title=question.title)
            row = PainRow(self.look, question.area, words, name)
            self.worst.append(row)
            card.column.addLayout(hung(row))
        card.column.addWidget(Hairline(self.look))
        self._build_effort(card)
        card.column.addStretch(1)
        self.columns.right.addWidget(card, 1)

    def _build_effort(self, card: Card) -> None:
        top = QHBoxLayout()
        top.addWidget(Text(self.look, tr("How hard was it overall?"), "strong", wrap=True))
        anchors = tr("0 rest, 10 as hard as possible")
        top.addWidget(Text(self.look, anchors, "small", "ink3", wrap=True, align=Qt.AlignmentFlag.AlignTrailing), 1)
        card.column.addLayout(top)
        self.effort = EffortScale(self.look, tr("How hard was it overall, {anchors}", anchors=anchors))
        card.column.addLayout(hung(self.effort))
        self.note: QPlainTextEdit = note_field(self.look)
        card.column.addWidget(self.note)

    def _build_bottom(self) -> None:
        self._bottom = QHBoxLayout()
        self._bottom.addStretch(1)
        self.finish = Button(self.look, tr("Done"), Kind.PRIMARY, key="Enter", size=Size.LARGE)
        self.finish.clicked.connect(self.save)
        self._bottom.addWidget(self.finish)
        self.column.addLayout(self._bottom)

    def _add_row(self, asked: AskedArea) -> None:
        row = PainRow(self.look, asked.area, "", tr("{area}, pain now", area=area_word(asked.area)), asked.before)
        self.pain.append(row)
        self._rows.addLayout(hung(row))


def _facts(state: AfterState) -> str:
    sets = trn("{done} of {n} set", "{done} of {n} sets", state.sets_planned, done=state.sets_done)
    parts = [state.title, duration_text(state.seconds), sets]
    if state.recent:
        parts.append(ordinal_note(state.recent))
    return " · ".join(parts)
