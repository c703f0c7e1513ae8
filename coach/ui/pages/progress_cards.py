"""Cards of the progress page: the answer, pain, sessions, one exercise. Each shows a `ProgressView` and keeps none."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from coach.domain.pain import Area, PainMoment
from coach.domain.progress.adherence import adherence
from coach.domain.progress.helping import Answer
from coach.domain.progress.span import WEEK, Span
from coach.ui.charts.heat import CalendarChart
from coach.ui.charts.level import LevelChart
from coach.ui.charts.minutes import TimeChart
from coach.ui.charts.pain import PainChart
from coach.ui.charts.trend import TrendChart
from coach.ui.i18n import tr
from coach.ui.pages.chart_panel import ChartPanel
from coach.ui.pages.progress_words import (
    adherence_text,
    answer_of,
    difference_text,
    missing,
    moment_word,
    numbers_in,
    proof,
    rests_on,
    sentence,
    short_line,
    steadiness_about,
    steadiness_text,
    whom_to_ask,
)
from coach.ui.progress_words import answer_word, done_of_planned, self_reported, time_text
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.card import Card, Hairline
from coach.ui.widgets.flow import Flow
from coach.ui.widgets.page import clear_layout
from coach.ui.widgets.pickers import Combo
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.words import area_word

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.services.progress import ProgressView
    from coach.ui.theme.look import Look

_NO_SPAN = Span(date.min, date.min)
_ASKED = (PainMoment.BEFORE, PainMoment.MORNING, PainMoment.WORST, PainMoment.AFTER)
"""Moments that are always offered; the others where there are ratings of them."""


class HelpingCard(Card):
    """The answer at the left, what it rests on at the right."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=24)
        self.column.setContentsMargins(24, 20, 24, 18)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(2)
        self.answer = Text(look, "", "answer", "accent", wrap=True)
        self.area = Text(look, "", "small", "ink3", wrap=True)
        left.addWidget(Text(look, tr("Is it helping?"), "small_medium", "ink3"))
        left.addWidget(self.answer)
        left.addWidget(self.area)
        self.decided = Button(look, tr("How this is decided"), Kind.LINK, size=Size.SMALL)
        left.addWidget(self.decided, 0, Qt.AlignmentFlag.AlignLeading)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        self.sentence = Text(look, "", "body", wrap=True)
        self.basis = Text(look, "", "small", "ink3", wrap=True)
        self.whom = Text(look, "", "small_medium", "ink", wrap=True)
        for text in (self.sentence, self.basis, self.whom):
            right.addWidget(text)
        right.addStretch(1)
        self._row.addLayout(left, 10)
        self._row.addLayout(right, 27)
        self.column.addLayout(self._row)

    def set_columns(self, columns: int) -> None:
        """Beside each other, or the reasons below."""
        two = columns > 1
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
        self._row.setSpacing(24 if two else 10)

    def render_view(self, view: ProgressView) -> None:
        """Show the answer for the area of the chart."""
        found = answer_of(view)
        answer = found.helping.answer if found is not None else Answer.EARLY
        self.answer.set_text(answer_word(answer))
        self.answer.set_style(color="accent" if answer is Answer.LESS else "ink")
        area = view.pain.area if view.pain is not None else None
        self.area.set_text(area_word(area) if area is not None else "")
        self.area.setVisible(area is not None)
        said, basis, whom = missing(found, view), adherence_text(view), ""
        if found is not None and answer is not Answer.EARLY:
            said = sentence(found.helping, view.span, view.today)
            basis = " ".join(filter(None, (proof(), rests_on(found), basis)))
            whom = whom_to_ask(found, view)
        if self.isVisible() and said != self.sentence.text():  # another range or area was chosen
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{self.answer.text()}. {said}"))
        self.sentence.set_text(said, strong=numbers_in(found.helping) if found is not None else ())
        for text, words in ((self.basis, basis), (self.whom, whom)):
            text.set_text(words)
            text.setVisible(bool(words))


class PainCard(Card):
    """The chart of one area at one moment, and a line for each of the others."""

    area_chosen = Signal(object)
    moment_chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=20, gap=12)
        top = Flow(12)
        top.add(Text(look, tr("Pain"), "h2"))
        self.area = Combo(look, tr("Area"))
        self.moment = Combo(look, tr("When it was rated"))
        for combo in (self.area, self.moment):
            top.add(combo)
        self.area.activated.connect(lambda _index: self.area_chosen.emit(self.area.currentData()))
        # A list hands an enumeration out as a mere text.
        self.moment.activated.connect(lambda _index: self.moment_chosen.emit(PainMoment(self.moment.currentData())))
        self.column.addWidget(top)
        self.chart = ChartPanel(look, PainChart(None, (), (), _NO_SPAN, date.min))
        self.column.addWidget(self.chart)
        self.column.addWidget(Hairline(look))
        self._lines: dict[Area, Button] = {}
        self._others = QVBoxLayout()
        self._others.setSpacing(4)
        self.column.addLayout(self._others)
        self.column.addWidget(Text(look, self_reported(), "small", "ink3", wrap=True))
        self.column.addStretch(1)

    def render_view(self, view: ProgressView) -> None:
        """Show the chart and the other areas."""
        shown = view.pain
        areas = [seen.area for seen in view.areas]
        if shown is not None and shown.area not in areas:
            areas.append(shown.area)
        _fill(self.area, [(area_word(area), area) for area in areas], shown.area if shown else None)
        seen = next((each for each in view.areas if shown is not None and each.area == shown.area), None)
        rated = [moment for moment, _ in seen.moments] if seen is not None else []
        moments = [*_ASKED, *(moment for moment in rated if moment not in _ASKED)]
        _fill(self.moment, [(moment_word(moment), moment) for moment in moments], shown.moment if shown else None)
        for combo in (self.area, self.moment):
            combo.setVisible(shown is not None)
        self.chart.set_chart(PainChart(shown, view.sessions, view.periods, view.span, view.today), _reach(view))
        self._show_others(view)

    def other(self, area: Area) -> Button:
        """The line of another area."""
        return self._lines[area]

    def _show_others(self, view: ProgressView) -> None:
        held = any(line.hasFocus() for line in self._lines.values())
        clear_layout(self._others)
        self._lines = {}
        before: QWidget = self.chart.save
        for answer in view.answers:
            if view.pain is None or answer.area != view.pain.area:
                line = Button(self._look, short_line(answer), Kind.LINK, size=Size.SMALL)
                line.clicked.connect(lambda _on=False, area=answer.area: self.area_chosen.emit(area))
                self._others.addWidget(line, 0, Qt.AlignmentFlag.AlignLeading)
                self._lines[answer.area] = line
                self.setTabOrder(before, line)
                before = line
        if held:
            self.chart.take_focus()  # whoever chose another area goes on with its chart


WEEKS = 12
"""Weeks of the short calendar."""


class Shown(StrEnum):
    """How much of the calendar the card of sessions shows."""

    WEEKS = "weeks"
    YEAR = "year"


class SessionsCard(Card):
    """The calendar, how many of the planned sessions were done, how steadily, and how long it took.

    `wide_wanted` says whether what is shown needs the whole width.
    """

    wide_wanted = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=16, gap=10)
        self._view: ProgressView | None = None
        top = QHBoxLayout()
        self.count = Text(look, "", "small", "ink3", tabular=True)
        top.addWidget(Text(look, tr("Sessions"), "h2"), 1)
        top.addWidget(self.count)
        self.column.addLayout(top)
        choices = [(Shown.WEEKS, tr("12 weeks")), (Shown.YEAR, tr("Year"))]
        self.shown = Segmented(look, tr("What is shown of the sessions"), choices, Shown.WEEKS)
        self.shown.chosen.connect(self._chosen)
        self.column.addWidget(self.shown)
        self.chart = ChartPanel(look, CalendarChart(()))
        self.column.addWidget(self.chart)
        self.spent = ChartPanel(look, TimeChart((), _NO_SPAN, date.min))
        self.time = Text(look, "", "small", "ink2", wrap=True)
        self.steady = Text(look, "", "small", "ink2")
        self.how = Button(look, tr("How it works"), Kind.LINK, size=Size.SMALL, name=tr("How steadiness is computed"))
        self.how.setCheckable(True)
        self.how.toggled.connect(self._explain)
        self._about = Text(look, steadiness_about(), "small", "ink3", wrap=True)
        steady = Flow(8)
        steady.add(self.steady)
        steady.add(self.how)
        self.column.addWidget(steady)
        self.column.addWidget(self._about)
        self.column.addWidget(Hairline(look))
        self.column.addWidget(self.time)
        self.column.addWidget(self.spent)
        self.column.addStretch(1)
        self._steadily = steady
        self._about.hide()

    @property
    def wide(self) -> bool:
        """Whether what is shown needs the whole width."""
        return self.shown.value is Shown.YEAR

    def render_view(self, view: ProgressView) -> None:
        """Show the days up to this one."""
        self._view = view
        self.time.set_text(tr("Time spent in this range: {time}.", time=time_text(view.seconds)))
        self.time.setVisible(view.seconds > 0)
        self.steady.set_text(steadiness_text(view.steadiness) if view.steadiness is not None else "")
        self._steadily.setVisible(view.steadiness is not None)
        self._about.setVisible(view.steadiness is not None and self.how.isChecked())
        self.spent.set_chart(TimeChart(view.sessions, view.span, view.today), _reach(view))
        self._show_chart(view)

    def _show_chart(self, view: ProgressView) -> None:
        days = view.year if self.wide else view.year[-WEEKS * WEEK :]
        self.chart.set_chart(CalendarChart(days, len(days) // WEEK, view.today))
        # Of the days that are to be seen under it, whatever the range of the page.
        counted = adherence(days) if days else None
        words = done_of_planned(counted) if counted else ""
        self.count.set_text(words)
        self.count.setAccessibleName(tr("Days with a session: {count}", count=words) if words else "")

    def _chosen(self, _shown: object) -> None:
        if self._view is not None:
            self._show_chart(self._view)
        self.wide_wanted.emit(self.wide)

    def _explain(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._about.setVisible(shown)


class ExerciseCard(Card):
    """How one exercise went on each side, and how far up its ladder it is."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, pad=20, gap=12)
        self._view: ProgressView | None = None
        top = Flow(12)
        top.add(Text(look, tr("Exercise"), "h2"))
        self.levels = Segmented(look, tr("What is shown of the exercise"), _exercise_choices(), value=False)
        self.levels.chosen.connect(self._chosen)
        self.exercise = Combo(look, tr("Exercise"))
        self.exercise.activated.connect(lambda _index: self.chosen.emit(str(self.exercise.currentData())))
        for control in (self.exercise, self.levels):
            top.add(control)
        self.column.addWidget(top)
        self.chart = ChartPanel(look, TrendChart(None, _NO_SPAN, date.min))
        self.column.addWidget(self.chart)
        self.difference = Text(look, "", "small", "ink2", wrap=True)
        self.level = Text(look, "", "small", "ink2", wrap=True)
        self.column.addWidget(self.difference)
        self.column.addWidget(self.level)

    def render_view(self, view: ProgressView, rungs: tuple[str, ...], level: int) -> None:
        """Show the exercise that was chosen; `rungs` are the names of its levels, `level` the person's own."""
        self._view = view
        trend = view.trend
        options = [(each.title, each.exercise_id) for each in view.exercises]
        current = trend.exercise.exercise_id if trend is not None else None
        if trend is None and self.exercise.currentIndex() >= 0:  # it has no set in these dates, and stays chosen
            current = self.exercise.currentData()
            options += [(self.exercise.currentText(), current)] * (current not in dict(options).values())
        _fill(self.exercise, options, current)
        self._show_chart(view)
        words = difference_text(trend) if trend is not None else ""
        self.difference.set_text(words)
        self.difference.setVisible(bool(words))
        known = 0 < level <= len(rungs)
        name = rungs[level - 1] if known else ""
        self.level.set_text(tr("Level {n} of {all}: {name}", n=level, all=len(rungs), name=name))
        self.level.setVisible(known)

    def _show_chart(self, view: ProgressView) -> None:
        kind = LevelChart if self.levels.value else TrendChart
        self.chart.set_chart(kind(view.trend, view.span, view.today), _reach(view))

    def _chosen(self, _levels: object) -> None:
        if self._view is not None:
            self._show_chart(self._view)


def _reach(view: ProgressView) -> Span:
    """The days that charts can be asked of: all that is shown, and all with entries."""
    known = view.extent or view.span
    return Span(min(known.first, view.span.first), max(known.last, view.span.last, view.today))


def _exercise_choices() -> list[tuple[bool, str]]:
    return [(False, tr("Sets")), (True, tr("Levels"))]


def _fill(combo: Combo, options: list[tuple[str, Any]], chosen: object) -> None:
    """Offer these, without a signal; the list stays open where nothing is new."""
    held = [(combo.itemText(index), combo.itemData(index)) for index in range(combo.count())]
    blocked = combo.blockSignals(True)  # noqa: FBT003 - Qt's signature
    if held != options:
        combo.clear()
        for words, value in options:
            combo.addItem(words, value)
        combo.updateGeometry()
    combo.setCurrentIndex(next((i for i, (_, value) in enumerate(options) if value == chosen), -1))
    combo.blockSignals(blocked)
