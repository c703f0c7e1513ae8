"""`coach tour`: guides a whole routine through the real window, off screen, and pictures every screen.

It runs on a fast clock in scratch folders with sample history, and prints what was logged, so it also shows that the
program works where there is no display.
"""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap import Core, fill_with_demo, open_core
from coach.domain.preferences import Preferences, SessionTheme, ThemeChoice
from coach.domain.records import SetStatus
from coach.domain.reminders.parts import ReminderKind
from coach.errors import KnownError, os_reason
from coach.tour.walk import DAYS, LANGUAGES, PASSPHRASE, TourClock, Walk

if TYPE_CHECKING:
    from coach.ui.conductor import Conductor
    from coach.ui.still_desktop import StillDesktop


def run_tour(out: Path, theme: str, size: tuple[int, int], scale: float, language: str) -> int:
    """Picture every screen into `out` and print what was logged; returns the exit code.

    Raises:
        KnownError: the folder cannot be written, or there is no translation of that language.
    """
    if language not in LANGUAGES:
        raise KnownError(f"There is no translation {language!r} yet; there is: {', '.join(LANGUAGES)}.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from coach.app import make_application

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"The pictures cannot be written to {out}: {os_reason(error)}.") from error
    application = make_application()
    # A damaged diary is one of the stations; what is logged of it is no news to whoever watches.
    logging.getLogger("coach").addHandler(logging.NullHandler())
    percent = min((100, 125, 150, 175, 200), key=lambda known: abs(known - scale * 100))
    choice = ThemeChoice(theme)
    preferences = Preferences(
        theme=choice, session_theme=SessionTheme.SAME, text_percent=percent, full_screen=False, safety_accepted="tour"
    )
    with tempfile.TemporaryDirectory(prefix="coach-tour-") as scratch:
        tour = Tour(application, Path(scratch), out, size, preferences)
        tour.first_day()
        tour.pages()
        tour.whole_session()
        tour.cut_off()
        tour.progress()
        tour.data()
        tour.reminders()
        tour.troubles()
        tour.recovery()
        tour.locked()
        return tour.report()


class Tour(Walk):
    """One walk through the program. Each method opens a window of its own and leaves pictures."""

    def first_day(self) -> None:
        """An empty folder: the welcome with its notice, then the first Today page."""
        window = self._open("first-day", replace(self._preferences, safety_accepted=""))
        self._shot(window, "welcome")
        self._close(window)
        window = self._open("first-day", self._preferences)
        self._shot(window, "today-first-day")
        window.start()
        self._shot(window, "check-in-first-time")
        self._close(window)

    def pages(self) -> None:
        """Today, the library, every exercise and the sections of the settings, with weeks of history."""
        from coach.ui.still_desktop import StillDesktop

        window = self._open("history", self._preferences, demo=True, desktop=StillDesktop())
        self._shot(window, "today")
        window.shell.open("exercises")
        self._shot(window, "exercises")
        for exercise_id in window.catalogue.exercises if window.catalogue else ():
            window.open_exercise(exercise_id)
            self._shot(window, f"exercise-{exercise_id}")
        self._settings(window)
        window.shell.show_keys()
        self._shot_dialog(window, "keys")
        self._close(window)

    def whole_session(self) -> None:
        """Today's routine from the first question to the summary."""
        window = self._open("history", self._preferences)
        self._core = window.adapters if isinstance(window.adapters, Core) else None
        window.start()
        self._check_in(window)
        presenter = self._presenter(window)
        for name, stop in self._guide(presenter):
            self._shot(window, f"session-{name}")
            if stop is not None:
                stop()
        self._settle()
        self._shot(window, "after")
        self._answer_after(window)
        self._shot(window, "today-done")
        self._close(window)

    def cut_off(self) -> None:
        """A session that ends without an end, and the offer to go on."""
        window = self._open("cut-off", self._preferences)
        window.start()
        self._check_in(window, picture=False)
        presenter = self._presenter(window)
        self._run_until(presenter, lambda: len(presenter.run.results) >= 3)
        self._close(window)
        window = self._open("cut-off", self._preferences)
        self._shot(window, "today-resume")
        self._close(window)

    def progress(self) -> None:
        """The first day; then weeks of history: charts, their tables, and what can be asked for there."""
        window = self._open("no-progress", self._preferences)
        self._open_progress(window)
        self._shot(window, "progress-empty")
        self._close(window)
        window = self._open("progress", self._preferences, demo=True)
        page = self._open_progress(window)
        self._shot(window, "progress")
        page.area.bar.setValue(page.area.bar.maximum())
        self._shot(window, "progress-below")
        for panel in (page.pain.chart, page.sessions.chart, page.exercise.chart):
            panel.switch.click()
        self._shot(window, "progress-tables")
        page.area.bar.setValue(0)
        self._shot(window, "progress-table")
        page.range.choose_index(4)
        page.sessions.shown.choose_index(1)
        self._shot(window, "progress-dates")
        for name, button in (
            ("progress-save", page.pain.chart.save),
            ("progress-decided", page.helping.decided),
            ("report", page.report),
        ):
            button.click()
            self._shot_dialog(window, name)
        self._close(window)

    def data(self) -> None:
        """Everything that can be done with the history as a whole, each time up to the question or the answer."""
        window = self._open("history", self._preferences)
        section = self._open_data(window)
        section.back_up.click()
        self._shot(window, "data-backed-up")
        section.export.click()
        self._shot_dialog(window, "data-export")
        section.restore.click()
        self._shot_dialog(window, "data-restore")
        self._delete(window, section)
        export = self._scratch / "export.json"
        self._chooser.path = export
        section.export.click()
        self._press_primary()
        self._shot(window, "data-exported")
        section.import_file.click()
        self._shot_dialog(window, "data-import-known")
        self._close(window)
        window = self._open("other-computer", self._preferences)
        section = self._open_data(window)
        section.import_file.click()
        self._shot_dialog(window, "data-import-new")
        self._chooser.path = self._scratch / "no-export.json"
        self._chooser.path.write_text("[]", encoding="utf-8")
        section.import_file.click()
        self._shot(window, "data-import-refused")
        self._close(window)

    def reminders(self) -> None:
        """Reminders from none to a week of them, what is shown of one, the questions, and what was missed meanwhile."""
        from coach.ui.still_desktop import StillDesktop, sample_reminders
        from coach.ui.tray import PauseFor

        desktop = StillDesktop()
        window = self._open("reminded", self._preferences, demo=True, desktop=desktop)
        window.shell.open("reminders")
        self._shot(window, "reminders-none")
        flow = window.reminders.flow
        for rule in sample_reminders(self._clock.now(), window.routines):
            flow.change(rule)
        self._shot(window, "reminders")
        self._edit(window)
        flow.pause(PauseFor.TODAY)
        self._shot(window, "reminders-paused")
        flow.pause(None)
        self._remind(window, desktop)
        for kind in (ReminderKind.MORNING_CHECK, ReminderKind.WEEKLY_CHECK):
            window.reminders.questions.ask(kind)
            self._shot(window, f"question-{kind.value}")
        self._close(window)
        window = self._open("reminded", self._preferences, desktop=StillDesktop(), after_days=4)
        self._shot(window, "today-away")
        self._close(window)

    def _edit(self, window: Conductor) -> None:
        """The editor of the routine's reminder: folded, unfolded, and with what cannot be."""
        from coach.ui.pages.reminders import RemindersPage

        page = window.shell.page("reminders")
        rule = next(r for r in window.reminders.flow.outlook.rules if r.kind is ReminderKind.ROUTINE)
        if not isinstance(page, RemindersPage):
            raise KnownError("The reminders did not open.")
        page.open_editor(rule.id)
        self._shot(window, "reminders-editor")
        page.editor.more.click()
        self._shot(window, "reminders-editor-more")
        page.editor.days.chosen.emit(frozenset())
        self._shot(window, "reminders-fault")
        page.editor.days.chosen.emit(rule.weekdays)
        page.open_editor(None)
        page.area.bar.setValue(0)

    def _remind(self, window: Conductor, desktop: StillDesktop) -> None:
        """Time goes on to the evening: what is shown of a reminder, and the menu of the tray."""
        from PySide6.QtCore import QPoint

        self._clock.advance(9 * 3600)
        desktop.turn()
        self._settle()
        for card in window.reminders.flow.cards.values():
            card.move(window.shell.geometry().bottomRight() - card.rect().bottomRight() - QPoint(24, 24))
        self._shot(window, "reminder-card")
        for tag in list(window.reminders.flow.cards):
            window.reminders.flow.answer(tag, "snooze:30")
        window.shell.open("reminders")
        self._shot(window, "reminders-log")
        resident = window.reminders.resident
        if resident is not None:
            resident.tray.menu.popup(window.shell.geometry().topLeft() + QPoint(400, 120))
            self._shot(window, "tray-menu")
            resident.tray.menu.close()

    def recovery(self) -> None:
        """A destroyed diary: without any backup, then with one, up to the history that is back."""
        window = self._open_destroyed("no-backup")
        self._shot(window, "recovery-no-backup")
        self._close(window)
        window = self._open("destroyed", self._preferences, demo=True)
        window.data.back_up()
        self._close(window)
        window = self._open_destroyed("destroyed")
        self._shot(window, "recovery")
        page = self._recovery_page(window)
        page.choose_requested.emit()
        self._shot_dialog(window, "recovery-choose")
        page.anew_requested.emit()
        self._shot_dialog(window, "recovery-start-anew")
        self._press_page(window)
        self._shot(window, "recovery-back")
        self._close(window)

    def locked(self) -> None:
        """An encrypted diary at the start, and its row in the settings; only where SQLCipher is installed."""
        core = open_core(self._scratch / "locked", TourClock())
        if core.vault.state().unavailable:
            return
        fill_with_demo(core, DAYS)
        core.vault.seal(PASSPHRASE, remember=False, backups_too=True)
        window = self._open("locked", self._preferences)
        self._shot(window, "unlock")
        window.adapters.vault.unlock(PASSPHRASE, remember=False)
        window.open_diary()
        self._open_data(window)
        self._shot(window, "data-locked")
        self._close(window)

    def troubles(self) -> None:
        """A broken file, and a diary that cannot be reached."""
        folder = self._scratch / "broken"
        (folder / "exercises").mkdir(parents=True)
        broken = folder / "exercises" / "my_stretch.toml"
        broken.write_text('format = 1\nid = "my_stretch"\nsets = 99\n', encoding="utf-8")
        window = self._open("broken", self._preferences)
        self._shot(window, "today-broken-file")
        self._close(window)
        (self._scratch / "damaged" / "diary.sqlite3").mkdir(parents=True)
        window = self._open("damaged", self._preferences)
        self._shot(window, "today-no-diary")
        self._close(window)

    def report(self) -> int:
        """Print what the guided session left in the diary."""
        from coach.listing import print_session

        if self._core is None:
            return 1
        diary = self._core.open_diary()
        session = diary.sessions(limit=1)[0]
        diary.close()
        print_session(session)
        done = sum(record.status is SetStatus.DONE for record in session.sets)
        print(f"{done} of {len(session.sets)} bouts done as planned; {self._pictures} pictures in {self._out}")
        return 0
