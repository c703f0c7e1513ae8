"""Progress: is it helping? One honest answer, the pain behind it, the sessions, and how each exercise went."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout

from coach.domain.progress.span import Range
from coach.ui.i18n import tr
from coach.ui.pages.progress_cards import ExerciseCard, HelpingCard, PainCard, SessionsCard
from coach.ui.pages.progress_parts import DatesRow
from coach.ui.pages.progress_start import StartCards
from coach.ui.pages.progress_state import ProgressState
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button
from coach.ui.widgets.page import Columns, Page, TitleRow, clear_layout
from coach.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.domain.pain import Area, PainMoment
    from coach.domain.progress.span import Span
    from coach.services.progress import ProgressView
    from coach.ui.room import Room
    from coach.ui.theme.look import Look


class ProgressPage(Page):
    """`asked` carries the choice that is to be read; shows what `render_state` is given.

    `save_requested` carries a chart and the kind of file that is proposed, `try_requested` the id of an exercise.
    """

    asked = Signal(object)
    retry_requested = Signal()
    report_requested = Signal()
    decided_requested = Signal()
    start_requested = Signal()
    try_requested = Signal(str)
    save_requested = Signal(object, object)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._state = ProgressState()
        self._noticed: tuple[str, str] = ("", "")
        self._build_title()
        self.dates = DatesRow(look)
        self.dates.chosen.connect(self._dates_chosen)
        self.dates.hide()
        self.column.addWidget(self.dates)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(12)
        self.column.addLayout(self._notices)
        self.start = StartCards(look)
        self.start.go.clicked.connect(self.start_requested)
        self.start.balance_asked.connect(self.try_requested)
        self.column.addWidget(self.start)
        self.helping = HelpingCard(look)
        self.helping.decided.clicked.connect(self.decided_requested)
        self.column.addWidget(self.helping)
        self.columns = Columns((592, 376))
        self.column.addWidget(self.columns)
        self.pain = PainCard(look)
        self.sessions = SessionsCard(look)
        self.exercise = ExerciseCard(look)
        # Beside each other both cards are as tall as the taller one.
        self.columns.left.addWidget(self.pain)
        self.columns.right.addWidget(self.sessions)
        self.column.addWidget(self.exercise)
        self.column.addStretch(1)
        self.sessions.wide_wanted.connect(self._follow_sessions)
        self.pain.area_chosen.connect(self._area_chosen)
        self.pain.moment_chosen.connect(self._moment_chosen)
        self.exercise.chosen.connect(lambda key: self.asked.emit(replace(self._state.query, exercise_id=key)))
        for panel in (self.pain.chart, self.sessions.chart, self.sessions.spent, self.exercise.chart):
            panel.save_requested.connect(self.save_requested)
            panel.span_asked.connect(self._dates_chosen)
        self._show_parts()

    def _build_title(self) -> None:
        ranges = [
            (Range.TWO_WEEKS, tr("2 weeks")),
            (Range.THREE_MONTHS, tr("3 months")),
            (Range.YEAR, tr("1 year")),
            (Range.ALL, tr("All")),
            (Range.OWN, tr("Dates")),
        ]
        self.title = TitleRow(self.look, tr("Progress"))
        self.range = Segmented(self.look, tr("Range"), ranges, self._state.query.range)
        self.range.chosen.connect(self._range_chosen)
        self.report = Button(self.look, tr("Report"), icon="file-text")
        self.report.setEnabled(False)
        self.report.clicked.connect(self.report_requested)
        self.title.end.addWidget(self.range)
        self.title.end.addWidget(self.report)
        self.column.addWidget(self.title)

    def render_state(self, state: ProgressState) -> None:
        """Show this state."""
        before, self._state = self._state, state
        self._show_choice(state)
        self._show_notices(state)
        # What was read again and is the same leaves cursors, closer looks and places in tables alone.
        if state.view is not None and _shown(state) != _shown(before):
            self._show_view(state.view)
        self._show_parts()

    def _show_view(self, view: ProgressView) -> None:
        if self._state.beginning:
            self.start.render_view(view)
            return
        self.helping.render_view(view)
        self.pain.render_view(view)
        self.sessions.render_view(view)
        self.exercise.render_view(view, self._state.rungs, self._state.level)

    def arrange(self, room: Room) -> None:
        self.title.set_columns(2)  # only a button stands at its end
        self._place_range(room)
        self.columns.set_columns(room.columns, room.gap)
        self.helping.set_columns(room.columns)
        self.start.set_columns(room.columns, room.gap)
        self._place_sessions(room)

    def _place_range(self, room: Room) -> None:
        """Beside the report, or on a line of its own, where it may break."""
        beside = room.columns > 1
        target, index = (self.title.end, 0) if beside else (self.column, self.column.indexOf(self.title) + 1)
        if target.indexOf(self.range) < 0:
            target.insertWidget(index, self.range)

    def _place_sessions(self, room: Room) -> None:
        """A year of cells needs the whole width, below the pain, which then has it as well."""
        wide = self.sessions.wide and room.columns > 1
        target, index = (self.column, self.column.indexOf(self.columns) + 1) if wide else (self.columns.right, 0)
        if target.indexOf(self.sessions) < 0:
            target.insertWidget(index, self.sessions)
        self.columns.show_right(shown=not wide)

    def _follow_sessions(self, _wide: object) -> None:
        """Whoever chose a year goes where it is shown."""
        self._place_sessions(self.room)
        self.sessions.show()  # what changed its place is else shown a moment later
        # The page is as tall as it now has to be once these are answered, and cannot be scrolled as far before.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.area.ensureWidgetVisible(self.sessions)

    def _show_parts(self) -> None:
        """First steps, or charts, or neither while nothing is known."""
        view, state = self._state.view, self._state
        charts = view is not None and not state.beginning
        for part in (self.helping, self.columns, self.sessions, self.exercise):
            part.setVisible(charts)
        self.start.setVisible(state.beginning)
        self.range.setVisible(charts or view is None)
        self.dates.setVisible(charts and state.query.range is Range.OWN)
        self.report.setEnabled(view is not None and view.extent is not None)
        closed = bool(state.read_only)
        self.start.go.setEnabled(not closed)

    def _show_choice(self, state: ProgressState) -> None:
        self.range.set_value(state.query.range)
        if state.view is not None:
            today = state.view.today
            latest = max(today, state.view.extent.last) if state.view.extent else today
            self.dates.render_span(state.query.own or state.view.span, latest)

    def _show_notices(self, state: ProgressState) -> None:
        told = (state.trouble, state.read_only)
        if told == self._noticed:
            return
        self._noticed = told
        clear_layout(self._notices)
        if state.trouble:
            lead = tr("Your progress could not be read.")
            self._notices.addWidget(self._trouble(lead, state.trouble))
        if state.read_only:
            lead = tr("You can look, but not add anything.")
            self._notices.addWidget(Banner(self.look, Tone.LOCKED, lead, state.read_only))

    def _trouble(self, lead: str, reason: str) -> QWidget:
        banner = Banner(self.look, Tone.LOCKED, lead, reason, link=tr("Try again"))
        banner.link_clicked.connect(self.retry_requested)
        return banner

    def _range_chosen(self, chosen: Range) -> None:
        query = replace(self._state.kept, range=chosen)
        if chosen is Range.OWN and query.own is None and self._state.view is not None:
            query = replace(query, own=self._state.view.span)
        self.asked.emit(query)

    def _dates_chosen(self, span: Span | None) -> None:
        if span is not None:
            self.asked.emit(replace(self._state.kept, range=Range.OWN, own=span))

    def _area_chosen(self, area: Area) -> None:
        self.asked.emit(replace(self._state.query, area=area, moment=None))

    def _moment_chosen(self, moment: PainMoment) -> None:
        view = self._state.view
        area = view.pain.area if view is not None and view.pain is not None else None
        self.asked.emit(replace(self._state.query, area=area, moment=moment))


def _shown(state: ProgressState) -> tuple[object, ...]:
    """What the cards show of a state."""
    return state.view, state.rungs, state.level
