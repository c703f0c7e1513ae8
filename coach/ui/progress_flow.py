"""The progress page: what is read for it, and what is done when something is asked for there.

Reading happens on the worker's thread. Whoever clicks on gets the newest choice: one that has been overtaken is not
read any more, and a result that comes late is ignored.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject
from shiboken6 import isValid

from coach.domain.progress.span import Range
from coach.errors import KnownError
from coach.services.progress import Query, look
from coach.services.report import USUAL, Paper, ReportChoice, contents, make_report
from coach.ui.choosing import Kind
from coach.ui.i18n import tr
from coach.ui.pages.progress_state import ChartFile, ProgressState
from coach.ui.shell import PROGRESS
from coach.ui.states import chosen_routine, local

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from coach.domain.routine import Routine
    from coach.services.progress import ProgressView
    from coach.services.progress_book import ProgressBook
    from coach.services.report import Report, Section
    from coach.ui.charts.chart import Chart
    from coach.ui.conductor import Conductor
    from coach.ui.pages.progress import ProgressPage
    from coach.ui.pages.report_dialog import ReportDialog

T = TypeVar("T")


class ProgressFlow(QObject):
    """Makes the page and keeps it up to date. What was chosen there is kept while the program runs."""

    def __init__(self, conductor: Conductor, assets: Path) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._assets = assets
        self._state = ProgressState()
        self._asked = 0
        self._weighed = 0
        self._ahead: tuple[Query, ProgressView] | None = None
        self._reported: ReportChoice | None = None
        conductor.reminders.flow.changed.connect(self._day_may_have_changed)

    def make_page(self) -> ProgressPage:
        """The page, with all its wishes answered."""
        from coach.ui.pages.progress import ProgressPage

        conductor = self._conductor
        page = ProgressPage(conductor.look)
        page.asked.connect(self.ask)
        page.retry_requested.connect(self._retry)
        page.start_requested.connect(conductor.start)
        page.try_requested.connect(self._try)
        page.save_requested.connect(self.save_chart)
        page.report_requested.connect(self.open_report)
        page.decided_requested.connect(self._explain)
        return page

    def render(self) -> None:
        """The page is shown, or something in the diary is new: read it again."""
        conductor = self._conductor
        self._ahead = None
        if conductor.shell.open_page != PROGRESS:
            return  # it is read when it is opened
        if conductor.found is None:
            view = None if conductor.trouble else self._state.view
            self._show(replace(self._state, view=view, trouble=conductor.trouble))
            return
        self._state = replace(self._state, read_only=conductor.read_only)
        self.ask(self._state.query)

    def ask(self, query: Query) -> None:
        """Read the page for this choice."""
        if self._conductor.found is None:
            self._state = replace(self._state, query=query)
            return
        if query != self._state.query:
            self._show(replace(self._state, query=query))  # what was chosen is seen at once
        self._asked += 1
        if self._ahead is not None and self._ahead[0] == query:
            self._show_view(self._ahead[1])
            return
        mine, read = self._asked, self._reading(query)

        def done(view: ProgressView | None) -> None:
            if view is not None and mine == self._asked:
                self._show_view(view)
                self._read_ahead()

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            if mine == self._asked:
                self._show(replace(self._state, trouble=str(error)))

        self._conductor.worker.submit(read, done, failed)

    def _reading(self, query: Query) -> Callable[[], ProgressView | None]:
        """What reads this choice on the worker's thread, unless another one is asked for until then."""
        mine = self._asked
        now, zone = self._conductor.adapters.clock.now(), self._conductor.adapters.zone()
        # A number is read whole, and the newest one is last in the queue.
        return lambda: look(self._book(), query, now, zone) if mine == self._asked else None

    def _read_ahead(self) -> None:
        """While nothing is asked for, read the one range that takes longer than a moment: all of it."""
        mine, whole = self._asked, replace(self._state.kept, range=Range.ALL)

        def keep(view: ProgressView | None) -> None:
            if view is not None and mine == self._asked:
                self._ahead = whole, view

        if self._state.query.range is not Range.ALL and (self._ahead is None or self._ahead[0] != whole):
            self._conductor.worker.submit(self._reading(whole), keep, lambda _error: None)  # told when it is asked for

    def _show_view(self, view: ProgressView) -> None:
        self._show(self._with_levels(replace(self._state, view=view, trouble="")))

    def _show(self, state: ProgressState) -> None:
        self._state = state
        shell = self._conductor.shell
        if shell.has_page(PROGRESS):
            cast("ProgressPage", shell.page(PROGRESS)).render_state(state)

    def _with_levels(self, state: ProgressState) -> ProgressState:
        """The ladder of the exercise that is shown; one that is in the library no more has none."""
        trend, catalogue = state.view.trend if state.view else None, self._conductor.catalogue
        exercise = catalogue.exercises.get(trend.exercise.exercise_id) if trend and catalogue else None
        if exercise is None:
            return replace(state, rungs=(), level=0)
        level = self._conductor.levels.get(exercise.id, exercise.default_level)
        return replace(state, rungs=tuple(each.variant for each in exercise.levels), level=level)

    def _day_may_have_changed(self) -> None:
        """The alarm clock looks at everything anew at midnight."""
        view = self._state.view
        if view is not None and view.today != self._today():
            self.render()

    def _retry(self) -> None:
        if self._conductor.found is None:
            self._conductor.open_diary()
        else:
            self.ask(self._state.query)

    def _try(self, exercise_id: str) -> None:
        catalogue = self._conductor.catalogue
        if catalogue is not None and exercise_id in catalogue.exercises:
            exercise = catalogue.exercises[exercise_id]
            level = self._conductor.levels.get(exercise_id, exercise.default_level)
            self._conductor.try_exercise(exercise_id, level)

    def _explain(self) -> None:
        from coach.ui.pages.helping_dialog import HelpingDialog

        HelpingDialog(self._conductor.look, self._conductor.shell).open()

    # --- saving a chart ---------------------------------------------------------------------------------------------

    def save_chart(self, chart: Chart, form: ChartFile) -> None:
        """Say what the file will hold, ask for a place, write it, and say where it is; `form` is proposed."""
        from coach.ui.pages.save_chart_dialog import SaveChartDialog

        dialog = SaveChartDialog(self._conductor.look, chart, form, self._conductor.shell)
        dialog.decided.connect(lambda decided: self._choose_chart_place(chart, decided))
        dialog.open()

    def _choose_chart_place(self, chart: Chart, form: ChartFile) -> None:
        from coach.ui.charts.saving import file_name, save_picture, save_table
        from coach.ui.charts.style import picture_style

        def write(path: Path) -> None:
            if form is ChartFile.CSV:
                save_table(chart.table(), path)
            else:
                save_picture(chart, path, picture_style(self._conductor.look))

        kinds = {ChartFile.PNG: tr("Pictures"), ChartFile.SVG: tr("Drawings"), ChartFile.CSV: tr("Tables")}
        name = f"foot-coach-{file_name(chart)}-{self._today().isoformat()}.{form.value}"
        self._choose(tr("Where to put the chart"), name, Kind(kinds[form], (form.value,)), write)

    # --- the report -------------------------------------------------------------------------------------------------

    def open_report(self) -> None:
        """Ask what goes into a report, say how much that is, and make it."""
        from coach.ui.pages.report_dialog import ReportDialog

        view, conductor = self._state.view, self._conductor
        if view is None or conductor.found is None:
            return
        proposed = replace(self._reported or ReportChoice(view.span, paper=_paper()), span=view.span)
        dialog = ReportDialog(conductor.look, proposed, conductor.shell)
        for asked in (dialog.save_asked, dialog.print_asked, dialog.sheet_asked):
            asked.connect(self._remember)
        dialog.weigh_asked.connect(lambda choice: self._weigh(dialog, choice))
        dialog.save_asked.connect(self._save_report)
        dialog.print_asked.connect(self._print_report)
        dialog.sheet_asked.connect(self._save_sheet)
        dialog.open()

    def _remember(self, choice: ReportChoice) -> None:
        """For the next report; but what is private is ticked anew for each."""
        self._reported = replace(choice, sections=choice.sections & USUAL)

    def _weigh(self, dialog: ReportDialog, choice: ReportChoice) -> None:
        self._weighed += 1
        mine = self._weighed

        def weigh() -> Mapping[Section, int] | None:
            return contents(self._report(choice)) if mine == self._weighed else None  # ticks come faster than counts

        def weighed(held: Mapping[Section, int] | None) -> None:
            if held is not None and isValid(dialog):
                dialog.show_contents(choice, held)

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            if isValid(dialog):
                dialog.show_trouble(choice, str(error))

        self._conductor.worker.submit(weigh, weighed, failed)

    def _save_report(self, choice: ReportChoice) -> None:
        """Ask where to, read once more what is wanted, and write it."""
        conductor = self._conductor

        def chosen(path: Path) -> None:
            from coach.ui.paper.report import write_report

            def write(report: Report) -> None:
                self._write(path, lambda: write_report(report, path, self._assets))

            conductor.worker.submit(lambda: self._report(choice), write, conductor.tell_trouble)

        name = f"foot-coach-report-{self._today().isoformat()}.pdf"
        conductor.chooser.save_file(conductor.shell, tr("Where to put the report"), name, _pdf(), chosen)

    def _print_report(self, choice: ReportChoice) -> None:
        """Read what is wanted, and hand it to the desktop's own dialog."""
        from coach.ui.paper.printing import print_document
        from coach.ui.paper.report import report_document

        conductor = self._conductor

        def show(report: Report) -> None:
            print_document(report_document(report, self._assets), conductor.shell, conductor.say)

        conductor.worker.submit(lambda: self._report(choice), show, conductor.tell_trouble)

    def _save_sheet(self, choice: ReportChoice) -> None:
        """Ask where to, and write the programme as it is now."""
        from coach.ui.paper.sheet import SheetChoice, write_sheet

        conductor, routine = self._conductor, self._programme()
        if routine is None:
            conductor.say(tr("There is no routine to print."))
            return
        sheet = SheetChoice(routine, self._today(), choice.paper, person=conductor.preferences.person, name=choice.name)
        name = f"foot-coach-programme-{self._today().isoformat()}.pdf"
        title = tr("Where to put the programme sheet")
        self._choose(title, name, _pdf(), lambda path: write_sheet(sheet, path, self._assets))

    def _report(self, choice: ReportChoice) -> Report:
        """On the worker's thread."""
        adapters = self._conductor.adapters
        return make_report(self._book(), choice, self._programme(), adapters.clock.now(), adapters.zone())

    def _programme(self) -> Routine | None:
        conductor = self._conductor
        if conductor.catalogue is None:
            return None
        return chosen_routine(conductor.catalogue, conductor.preferences, conductor.levels)

    # --- how it is done ---------------------------------------------------------------------------------------------

    def _choose(self, title: str, name: str, kind: Kind, write: Callable[[Path], None]) -> None:
        """Ask for a file; write it, and say where it is or why it is not."""

        def chosen(path: Path) -> None:
            self._write(path, lambda: write(path))

        self._conductor.chooser.save_file(self._conductor.shell, title, name, kind, chosen)

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        """Write a file, and say where it is or why it is not."""
        try:
            write()
        except KnownError as error:
            self._conductor.say(str(error))
        else:
            self._conductor.say(tr("Written to {path}.", path=path))

    def _book(self) -> ProgressBook:
        """On the worker's thread. Raises KnownError while the diary is not open."""
        return self._conductor.keeper.progress()

    def _today(self) -> date:
        adapters = self._conductor.adapters
        return local(adapters.clock.now(), adapters.zone()).date()


def _pdf() -> Kind:
    return Kind(tr("PDF files"), ("pdf",))


def _paper() -> Paper:
    """The one that is sold where this person lives."""
    from PySide6.QtCore import QLocale

    imperial = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.LETTER if imperial else Paper.A4
