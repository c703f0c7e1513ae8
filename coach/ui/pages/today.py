"""Today: start in one key press. The routine with its six pictures, the last fortnight, what was done lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.pages.fortnight import FortnightCard
from coach.ui.pages.today_parts import ExerciseTile, RecentCard, ReminderLine, ResumeCard, blank_tiles
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card
from coach.ui.widgets.chip import Chip
from coach.ui.widgets.page import Columns, Page, TileGrid, TitleRow, clear_layout
from coach.ui.widgets.text import Text
from coach.ui.words import day_text, equipment_text, minutes_text

if TYPE_CHECKING:
    from coach.domain.routine import Routine, RoutineItem
    from coach.ui.pages.today_state import TodayState
    from coach.ui.room import Room
    from coach.ui.theme.look import Look
    from coach.ui.widgets.banner import Banner
    from coach.ui.widgets.figures import Gallery

_TILE_MIN = 168


class TodayPage(Page):
    """Emits what the person wants; shows what `render_state` is given, and blank tiles before that."""

    start_requested = Signal()
    routine_chosen = Signal(str)
    exercise_opened = Signal(str)
    resume_requested = Signal()
    resume_declined = Signal()
    retry_requested = Signal()
    backup_requested = Signal()
    elsewhere_requested = Signal()
    short_requested = Signal()
    away_read = Signal()
    reminders_requested = Signal()

    def __init__(self, look: Look, gallery: Gallery) -> None:
        super().__init__(look)
        self._gallery = gallery
        self._state: TodayState | None = None
        self.title = TitleRow(look)
        self.other = Button(look, tr("Do another routine"), icon="repeat")
        self.other.clicked.connect(self._choose_routine)
        self.title.end.addWidget(self.other)
        self.column.addWidget(self.title)
        self.notices = QVBoxLayout()
        self.notices.setSpacing(12)
        self.column.addLayout(self.notices)
        self.columns = Columns()
        self.column.addWidget(self.columns)
        self.column.addStretch(1)
        self.card = RoutineCard(look, gallery)
        self.card.start.clicked.connect(self.start_requested)
        self.card.exercise_opened.connect(self.exercise_opened)
        self.columns.left.addWidget(self.card, 1)
        self.fortnight = FortnightCard(look)
        self.recent = RecentCard(look)
        self.columns.right.addWidget(self.fortnight)
        self.columns.right.addWidget(self.recent, 1)
        self.reminder = ReminderLine(look)
        self.reminder.change.clicked.connect(self.reminders_requested)
        self.columns.right.addWidget(self.reminder)
        self.other.setEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def render_state(self, state: TodayState) -> None:
        """Show this state."""
        self._state = state
        self.title.set_words(_greeting(state.now.hour), over=day_text(state.now.date(), "dddd d MMMM"))
        self.other.setEnabled(len(state.routines) > 1)
        self._render_notices(state)
        self.card.render_state(state)
        if state.fortnight is not None:
            self.fortnight.render_marks(state.fortnight)
        if state.recent is not None:
            self.recent.render_sessions(state.recent)
        self.reminder.render_next(state.reminder)
        self.arrange(self.room)

    def render_trouble(self, reason: str, *, gone: bool = False) -> None:
        """Say that the diary cannot be used, and why; nothing can be started, since nothing would be kept.

        With `gone` the diary is still open, but its file is not in its place.
        """
        from coach.ui.widgets.banner import Banner, Tone

        self._clear_notices()
        lead = tr("Your diary is no longer in its place.") if gone else tr("Your diary could not be opened.")
        link = tr("Save a copy elsewhere") if gone else tr("Try again")
        banner = Banner(self.look, Tone.LOCKED, lead, reason, link=link)
        banner.link_clicked.connect(self.elsewhere_requested if gone else self.retry_requested)
        self.notices.addWidget(banner)
        self.card.start.setEnabled(False)
        waiting = tr("Shown once your diary is open.")
        self.fortnight.say(waiting)
        self.recent.say(waiting)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._state is None:
            self.card.show_blanks()
            self.arrange(self.room)

    def arrange(self, room: Room) -> None:
        if self._state is None and not self.isVisible():
            return  # nothing stands here yet
        self.title.set_columns(room.columns)
        self.columns.set_columns(room.columns, room.gap)
        left = (room.content - room.gap) * 632 // 968 if room.columns > 1 else room.content
        self.card.arrange(left, room, self._height_left(room))
        resuming = self._state is not None and self._state.resume is not None
        self.pin(self.card.start, pinned=room.pinned and not resuming, home=self.card.top, at=1)

    def _height_left(self, room: Room) -> int:
        """What the routine card may fill before the page has to scroll."""
        margins = self.column.contentsMargins()
        notices = self.notices.sizeHint().height() if self.notices.count() else 0
        above = self.title.sizeHint().height() + notices + self.column.spacing() * (2 if notices else 1)
        return room.height - margins.top() - margins.bottom() - above

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._state is not None:
            if self._state.resume is not None:
                if not self._state.read_only:
                    self.resume_requested.emit()
            elif self.card.start.isEnabled():
                self.start_requested.emit()
            return
        super().keyPressEvent(event)

    def _clear_notices(self) -> None:
        focus = QApplication.focusWidget()
        items = (self.notices.itemAt(index) for index in range(self.notices.count()))
        notices = [item.widget() for item in items if item is not None]
        if focus is not None and any(notice is not None and notice.isAncestorOf(focus) for notice in notices):
            self.setFocus()  # else Qt would hand it to what comes next, which is the sidebar
        clear_layout(self.notices)

    def _render_notices(self, state: TodayState) -> None:
        self._clear_notices()
        if state.resume is not None:
            card = ResumeCard(self.look, state.resume)
            card.go_on.clicked.connect(self.resume_requested)
            card.end.clicked.connect(self.resume_declined)
            self.notices.addWidget(card)
            card.setEnabled(not state.read_only)
        if state.away:
            from coach.ui.pages.away_card import AwayCard

            away = AwayCard(self.look, state.away, short=not (state.done_today or state.resume or state.read_only))
            away.short.clicked.connect(self.short_requested)
            away.close_button.clicked.connect(self.away_read)
            self.notices.addWidget(away)
        if state.read_only:
            from coach.ui.widgets.banner import Banner, Tone

            lead = tr("You can look, but not add anything.")
            self.notices.addWidget(Banner(self.look, Tone.LOCKED, lead, state.read_only))
        if state.unbacked is not None:
            from coach.ui.pages.unbacked import unbacked_banner

            banner = unbacked_banner(self.look, state.unbacked)
            banner.link_clicked.connect(self.backup_requested)
            self.notices.addWidget(banner)
        if state.problems:
            from coach.ui.pages.problems import problems_banner

            self.notices.addWidget(problems_banner(self.look, state.problems))

    def _choose_routine(self) -> None:
        if self._state is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for routine in self._state.routines:
            action = QAction(f"{routine.title}   {minutes_text(routine.seconds)}", menu)
            action.setCheckable(True)
            action.setChecked(self._state.routine is not None and routine.id == self._state.routine.id)
            action.triggered.connect(lambda _=False, chosen=routine.id: self.routine_chosen.emit(chosen))
            menu.addAction(action)
        menu.popup(self.other.mapToGlobal(self.other.rect().bottomLeft()))


class RoutineCard(Card):
    """The routine of today with its Start button; `exercise_opened` carries the id of the tile that was chosen."""

    exercise_opened = Signal(str)

    def __init__(self, look: Look, gallery: Gallery) -> None:
        super().__init__(look, pad=28, gap=16)
        self._gallery = gallery
        self._shown: tuple[Routine, int] | None = None
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(10)
        self._title = Text(look, tr("Today's routine"), "title")
        self._done = Chip(look, tr("Done today"), "accent")
        self._done.hide()
        line.addWidget(self._title)
        line.addWidget(self._done)
        line.addStretch(1)
        words.addLayout(line)
        self._under = Text(look, "", "body", "ink2", wrap=True)
        words.addWidget(self._under)
        self.top.addLayout(words, 1)
        self.start = Button(look, tr("Start"), Kind.PRIMARY, icon="play", key="Enter", size=Size.LARGE)
        self.start.setEnabled(False)
        self.top.addWidget(self.start, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(self.top)
        self._nothing: Banner | None = None
        self._grid = TileGrid((16, 18))
        self.column.addWidget(self._grid)
        self.column.addStretch(1)

    def render_state(self, state: TodayState) -> None:
        """Show the routine of a state."""
        routine = state.routine
        self._show_nothing(shown=routine is None)
        self._grid.setVisible(routine is not None)
        self.start.setEnabled(routine is not None and not state.read_only)
        # One primary action per view: going on comes first, and after today's session Start only offers more.
        self.start.set_key("" if state.resume is not None else "Enter")
        self.start.set_kind(Kind.OUTLINE if state.resume is not None or state.done_today else Kind.PRIMARY)
        self._done.setVisible(state.done_today and state.resume is None)
        if routine is None:
            return
        self._title.set_text(routine.title)
        self._under.set_text(f"· {equipment_text(routine)}", minutes_text(routine.seconds))
        if self._shown != (routine, state.person):  # what stays the same keeps its tiles, and they the keyboard
            self._shown = (routine, state.person)
            self._grid.set_tiles([self._tile(item, state.person) for item in routine.items])

    def show_blanks(self) -> None:
        """Hold the place of the tiles until the routine is known."""
        self._grid.set_tiles(blank_tiles(self._look, self._gallery))

    def _tile(self, item: RoutineItem, person: int) -> ExerciseTile:
        tile = ExerciseTile(self._look, self._gallery, item, person)
        tile.opened.connect(self.exercise_opened)
        return tile

    def _show_nothing(self, *, shown: bool) -> None:
        """Instead of tiles, a word on why there are none."""
        if shown and self._nothing is None:
            from coach.ui.widgets.banner import Banner, Tone

            title, text = tr("No routine could be read."), tr("The list above says why.")
            self._nothing = Banner(self._look, Tone.LOCKED, title, text)
            self.column.insertWidget(self.column.indexOf(self._grid), self._nothing)
        if self._nothing is not None:
            self._nothing.setVisible(shown)

    def exercise_tiles(self) -> tuple[ExerciseTile, ...]:
        """The tiles of the exercises."""
        return tuple(tile for tile in self._grid.tiles if isinstance(tile, ExerciseTile))

    def arrange(self, width: int, room: Room, height: int) -> None:
        """Fit the tiles into `width` px; their pictures grow until the card is `height` px tall."""
        inside = width - 56
        columns = max(1, min(3, inside * 100 // (_TILE_MIN * room.percent)))
        self._grid.set_columns(columns)
        across = (inside - 16 * (columns - 1)) // columns
        rows = -(-len(self._grid.tiles) // columns) if self._grid.tiles else 1
        words = 8 + self._look.line("strong") + self._look.line("small")
        over = 56 + 16 + self.top.sizeHint().height() + (rows - 1) * 18 + rows * words
        low, high = round(across * 0.78), round(across * 1.08)
        tall = max(low, min(high, (height - over) // rows))
        for tile in self._grid.tiles:
            for picture in tile.findChildren(QWidget, "picture"):
                picture.setFixedHeight(tall)
        narrow = room.columns == 1 and not room.pinned and room.percent > 150
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.top.setDirection(down)


def _greeting(hour: int) -> str:
    if 4 <= hour < 12:
        return tr("Good morning")
    return tr("Good afternoon") if 12 <= hour < 18 else tr("Good evening")
