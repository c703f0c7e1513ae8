"""One exercise: how it moves, its steps, the person's level, when to stop, and where the doses come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.pages.detail_parts import (
    LevelTable,
    SourcesDialog,
    kind_word,
    list_card,
    marked_row,
    step_row,
)
from coach.ui.pages.stage import Stage
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card
from coach.ui.widgets.chip import Chip
from coach.ui.widgets.dialog import Question
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.page import Columns, Page, TitleRow, clear_layout
from coach.ui.widgets.text import Text
from coach.ui.words import join_words, week_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from coach.domain.exercise import Exercise, Level
    from coach.ui.pages.exercises_state import DetailState
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

MOST_LINES = 5


class DetailPage(Page):
    """Emits `level_chosen(exercise id, level)` and `try_requested(exercise id, level)`; `back_requested` for the list.

    Looking at another level changes what is shown, not what is stored: that takes "Use this level".
    """

    back_requested = Signal()
    level_chosen = Signal(str, int)
    try_requested = Signal(str, int)

    def __init__(self, look: Look, gallery: Gallery) -> None:
        super().__init__(look)
        self._state: DetailState | None = None
        self._shown = 0
        self._build_title()
        self.columns = Columns((412, 556))
        self.column.addWidget(self.columns)
        self.column.addStretch(1)
        self.stage = Stage(look, gallery)
        self.columns.left.addWidget(self.stage)
        self._steps = Card(look, pad=20, gap=12)
        self.columns.left.addWidget(self._steps)
        self._ways = Card(look, pad=20, gap=8)
        self.columns.left.addWidget(self._ways)
        self.columns.left.addStretch(1)
        self._build_level_card()
        self._advice = QHBoxLayout()
        self._advice.setSpacing(16)
        self.columns.right.addLayout(self._advice)
        self._stop = Card(look, pad=18, gap=6, edge="danger")
        self.columns.right.addWidget(self._stop)
        self._sources = Card(look, pad=18, gap=8)
        self.columns.right.addWidget(self._sources)
        self.columns.right.addStretch(1)

    def render_state(self, state: DetailState) -> None:
        """Show an exercise at the person's level."""
        on_levels = self.use.hasFocus() or any(row.hasFocus() for row in self.table.rows)
        self._state = state
        exercise = state.entry.exercise
        self._say_title(exercise, state.entry.level)
        self.table.show_levels(exercise.levels, state.entry.level_no)
        QWidget.setTabOrder(self.table.rows[-1], self.use)
        if on_levels:  # "Use this level" goes away and takes the keyboard with it
            row = self.table.rows[state.entry.level_no - 1]
            row.show()
            row.setFocus()
        self._note.set_text(tr("You are on {level}. It moves only when you agree.", level=state.entry.level_no))
        self._fill_ways(exercise)
        self._fill_stop(exercise)
        self._fill_sources(exercise)
        self._show_level(state.entry.level_no)

    def arrange(self, room: Room) -> None:
        self._title.set_columns(room.columns)
        self.columns.set_columns(room.columns, room.gap)
        self.pin(self.try_it, pinned=room.pinned, home=self._title.end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            self.back_requested.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.stage.player.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _build_title(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        self.back = Button(self.look, "", icon="arrow-left", name=tr("Back to the exercises"))
        self.back.clicked.connect(self.back_requested)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self._title = TitleRow(self.look)
        self.try_it = Button(self.look, tr("Try it now"), Kind.PRIMARY, icon="play")
        self.try_it.clicked.connect(self._try)
        self._title.end.addWidget(self.try_it)
        row.addWidget(self._title, 1)
        self.column.addLayout(row)

    def _build_level_card(self) -> None:
        card = Card(self.look, pad=18, gap=8)
        top = QHBoxLayout()
        top.addWidget(Text(self.look, tr("Your level"), "h2"))
        self._note = Text(self.look, "", "small", "ink3", wrap=True, align=Qt.AlignmentFlag.AlignTrailing)
        top.addWidget(self._note, 1)
        card.column.addLayout(top)
        self.table = LevelTable(self.look)
        self.table.picked.connect(self._show_level)
        card.column.addWidget(self.table)
        self._variant = Text(self.look, "", "small", wrap=True)
        self._week = Text(self.look, "", "small", "ink2", wrap=True)
        self._go_up = Text(self.look, "", "small", "ink2", wrap=True)
        for text in (self._variant, self._week, self._go_up):
            card.column.addWidget(text)
        self.use = Button(self.look, tr("Use this level"), Kind.SOFT)
        self.use.clicked.connect(self._use_level)
        card.column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeading)
        self.columns.right.addWidget(card)

    def _say_title(self, exercise: Exercise, level: Level) -> None:
        facts = (exercise.summary, join_words(exercise.areas), join_words(level.equipment))
        self._title.set_words(exercise.title, " · ".join(facts))

    def _show_level(self, number: int) -> None:
        if self._state is None:
            return
        self._shown = number
        exercise = self._state.entry.exercise
        level = exercise.level(number)
        self.stage.show_level(exercise, level, self._state.person)
        self._variant.set_text(level.variant)
        self._week.set_text(week_text(level.per_week, daily_ok=level.daily_ok))
        self._go_up.set_text(level.go_up, tr("Next step when:"))
        self.use.setVisible(number != self._state.entry.level_no)
        self._fill_steps(exercise, level)
        self._fill_advice(exercise, level)

    def _fill_steps(self, exercise: Exercise, level: Level) -> None:
        column = self._steps.column
        clear_layout(column)
        column.addWidget(Text(self.look, tr("Steps"), "h2"))
        column.addWidget(Text(self.look, exercise.start, "small", "ink2", wrap=True))
        for number, step in enumerate(level.steps, 1):
            column.addLayout(step_row(self.look, number, step))
        if level.tempo is not None:
            words, tempo = level.phases, level.tempo
            parts = ((words.effort, tempo.effort), (words.hold, tempo.hold), (words.back, tempo.back))
            said = join_words(f"{word.lower()} {seconds}" for word, seconds in parts if seconds)
            line = tr("One rep takes {seconds} s: {parts}.", seconds=tempo.seconds, parts=said)
            column.addLayout(marked_row(self.look, "activity", "ink3", line))

    def _fill_advice(self, exercise: Exercise, level: Level) -> None:
        clear_layout(self._advice)
        think = list_card(self.look, tr("Think"), "check", "accent", level.cues[:MOST_LINES])
        watch = list_card(self.look, tr("Watch for"), "minus", "ink3", exercise.mistakes[:MOST_LINES])
        self._advice.addWidget(think, 1)
        self._advice.addWidget(watch, 1)

    def _fill_ways(self, exercise: Exercise) -> None:
        column = self._ways.column
        clear_layout(column)
        column.addWidget(Text(self.look, tr("If it does not suit you today"), "strong", wrap=True))
        for other in exercise.alternatives:
            column.addWidget(Text(self.look, other.do, "small", wrap=True, lead=f"{other.when}:"))
        self._ways.setVisible(bool(exercise.alternatives))

    def _fill_stop(self, exercise: Exercise) -> None:
        column = self._stop.column
        clear_layout(column)
        urgent = [rule.text for rule in exercise.stop_rules if rule.urgent]
        calm = [rule.text for rule in exercise.stop_rules if not rule.urgent]
        title = tr("Stop and get help the same day") if urgent else tr("When not to do it")
        column.addWidget(Text(self.look, title, "strong", "danger", wrap=True))
        for line in urgent:
            column.addLayout(marked_row(self.look, "octagon-x", "danger", line, 18))
        for line in calm:
            column.addWidget(Text(self.look, line, "small", "ink2", wrap=True))

    def _fill_sources(self, exercise: Exercise) -> None:
        column = self._sources.column
        clear_layout(column)
        top = QHBoxLayout()
        top.addWidget(Text(self.look, tr("Where the dose comes from"), "strong", wrap=True), 1)
        every = Button(self.look, tr("All sources"), Kind.LINK, size=Size.SMALL)
        every.clicked.connect(lambda: SourcesDialog(self.look, exercise, self.window()).open())
        top.addWidget(every)
        column.addLayout(top)
        column.addWidget(Text(self.look, exercise.dose_note, "small", "ink2", wrap=True))
        chips = Flow(8)
        for kind in dict.fromkeys(source.kind for source in exercise.sources):
            own = kind == "our own choice"
            chips.add(Chip(self.look, kind_word(kind), "outline" if own else "neutral"))
        column.addWidget(chips)

    def _use_level(self) -> None:
        state = self._state
        if state is None:
            return
        if self._shown <= state.entry.level_no:
            self.level_chosen.emit(state.entry.exercise.id, self._shown)
            return
        level = state.entry.exercise.level(self._shown)
        question = Question(
            self.look,
            tr("Go up to level {level}?", level=self._shown),
            tr(
                "{name}. Go up when the level before is easy and pain stays at 2 or less. You can go back at any time.",
                name=level.name,
            ),
            action=tr("Use level {level}", level=self._shown),
            safe=tr("Stay on {level}", level=state.entry.level_no),
            parent=self.window(),
        )
        question.decided.connect(self._decided)
        question.open()

    def _decided(self, yes: bool) -> None:  # noqa: FBT001 - a signal's argument
        if yes and self._state is not None:
            self.level_chosen.emit(self._state.entry.exercise.id, self._shown)

    def _try(self) -> None:
        if self._state is not None:
            self.try_requested.emit(self._state.entry.exercise.id, self._shown)
