"""The library: find an exercise by words, by part of the body, or by what is at hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coach.ui.i18n import tr, trn
from coach.ui.pages.exercises_parts import ExerciseCard, FacetGroup, LevelDots
from coach.ui.pages.exercises_state import Filter, facet_counts
from coach.ui.pages.problems import problems_banner
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.page import WIDE, Columns, Page, TileGrid, TitleRow, clear_layout
from coach.ui.widgets.search import SearchField
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from coach.ui.pages.exercises_state import Entry, ExercisesState
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

_FACETS_WIDTH = 196
_CARD_MIN = 226


class ExercisesPage(Page):
    """Emits `exercise_opened` with an exercise's id. Search and facets live here; the list comes from outside."""

    exercise_opened = Signal(str)

    def __init__(self, look: Look, gallery: Gallery) -> None:
        super().__init__(look)
        self._gallery = gallery
        self._state: ExercisesState | None = None
        self._filter = Filter()
        self.title = TitleRow(look, tr("Exercises"))
        self.search = SearchField(look, tr("Search the exercises"))
        self.search.textChanged.connect(self._search_changed)
        self.title.end.addWidget(self.search)
        self.column.addWidget(self.title)
        self._notices = QVBoxLayout()
        self.column.addLayout(self._notices)
        self.columns = Columns((_FACETS_WIDTH, 764))
        self.column.addWidget(self.columns)
        self.column.addStretch(1)
        self._build_facets()
        self._build_results()
        QShortcut(
            QKeySequence.StandardKey.Find, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.focus_search)

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def render_state(self, state: ExercisesState) -> None:
        """Show these exercises."""
        self._state = state
        clear_layout(self._notices)
        if state.problems:
            self._notices.addWidget(problems_banner(self.look, state.problems))
        self._show_matches()

    def arrange(self, room: Room) -> None:
        self.title.set_columns(room.columns)
        self.columns.set_columns(room.columns, room.gap + 8, 14)
        folded = room.columns == 1
        self.fold.setVisible(folded)
        self._facets.setVisible(not folded or self.fold.isChecked())
        facets = 0 if folded else self.look.px(_FACETS_WIDTH)
        self._facets.setMinimumWidth(facets)
        self._facets.setMaximumWidth(facets or WIDE)
        self.grid.set_columns(max(1, min(3, (room.content - facets) * 100 // (_CARD_MIN * room.percent))))

    def _build_facets(self) -> None:
        self.fold = Button(self.look, tr("Filter"), icon="list-filter")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(lambda _: self.arrange(self.room))
        self.columns.left.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        self._facets = QWidget()
        column = QVBoxLayout(self._facets)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(22)
        self.areas = FacetGroup(self.look, tr("Part of the body"))
        self.things = FacetGroup(self.look, tr("What it needs"))
        for group in (self.areas, self.things):
            group.changed.connect(self._facets_changed)
            column.addWidget(group)
        self.columns.left.addWidget(self._facets)
        self.columns.left.addStretch(1)

    def _build_results(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.count = Text(self.look, "", "small", "ink3")
        self.clear = Button(self.look, tr("Clear"), Kind.LINK, size=Size.SMALL)
        self.clear.clicked.connect(self.clear_filter)
        line.addWidget(self.count)
        line.addWidget(self.clear)
        line.addStretch(1)
        self._legend = (LevelDots(self.look, 1, 1), Text(self.look, tr("your level"), "small", "ink3"))
        for part in self._legend:
            line.addWidget(part)
        self.columns.right.addLayout(line)
        self.grid = TileGrid((18, 18))
        self.columns.right.addWidget(self.grid)
        self.empty = _Empty(self.look, self._gallery)
        self.empty.clear.clicked.connect(self.clear_filter)
        self.empty.hide()
        self.columns.right.addWidget(self.empty)
        self.columns.right.addStretch(1)

    def clear_filter(self) -> None:
        """Show everything again."""
        self._filter = Filter()
        self.search.clear()
        self.areas.clear()
        self.things.clear()
        self._show_matches()

    def _search_changed(self, text: str) -> None:
        self._filter = replace(self._filter, words=text)
        self._show_matches()

    def _facets_changed(self) -> None:
        self._filter = replace(self._filter, areas=self.areas.chosen, things=self.things.chosen)
        self._show_matches()

    def _show_matches(self) -> None:
        if self._state is None:
            return
        entries, wanted = self._state.entries, self._filter
        matches = [entry for entry in entries if wanted.passes(entry)]
        no_areas = replace(wanted, areas=frozenset())
        no_things = replace(wanted, things=frozenset())
        self.areas.set_counts(facet_counts(entries, no_areas, lambda e: e.exercise.areas))
        self.things.set_counts(facet_counts(entries, no_things, lambda e: e.level.equipment))
        self.count.set_text(
            trn("{n} exercise", "{n} exercises", len(matches))
            if wanted.is_empty
            else trn("{n} match", "{n} match", len(matches))
        )
        self.count.setVisible(bool(matches))
        self.clear.setVisible(bool(matches) and not wanted.is_empty)
        self._show_cards(matches)
        for part in (self.grid, *self._legend):
            part.setVisible(bool(matches))
        self.empty.setVisible(not matches and bool(entries))
        if not matches and entries:
            self.empty.show_for(wanted.words.strip(), entries[0], self._state.person)
        self.arrange(self.room)

    def _show_cards(self, matches: list[Entry]) -> None:
        person = self._state.person if self._state else 0
        shown = (card for card in self.grid.tiles if isinstance(card, ExerciseCard))
        kept = {card.entry.exercise.id: card for card in shown if card.person == person}
        cards = []
        for entry in matches:
            card = kept.get(entry.exercise.id)
            if card is None or not card.shows(entry):
                card = ExerciseCard(self.look, self._gallery, entry, person)
                card.opened.connect(self.exercise_opened)
            cards.append(card)
        self.grid.set_tiles(cards)


class _Empty(QWidget):
    """Nothing found: says so, and how to see everything again."""

    def __init__(self, look: Look, gallery: Gallery) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._picture = StillView(look, gallery, size=QSize(240, 240), fill=None)
        self._picture.setFixedWidth(240)
        column.addWidget(self._picture, 0, centre)
        self._title = Text(look, "", "title", align=centre, wrap=True)
        column.addWidget(self._title)
        self._hint = Text(look, tr("Try another word, or fewer filters."), "body", "ink2", align=centre, wrap=True)
        column.addWidget(self._hint)
        self.clear = Button(look, tr("Clear search"))
        column.addWidget(self.clear, 0, centre)

    def show_for(self, words: str, entry: Entry, person: int) -> None:
        """Name what was looked for, beside a calm picture."""
        self._title.set_text(tr("No exercise called “{words}”", words=words) if words else tr("No exercise fits"))
        key = entry.level.pose
        still = Still(entry.exercise.id, key, entry.exercise.poses[key], person, progress=0.0, cues=False)
        self._picture.set_still(still)
