"""`coach tour`: guides a whole routine through the real window, off screen, and pictures every screen.

It runs on a fast clock in scratch folders with sample history, and prints what was logged, so it also shows that the
program works where there is no display.
"""

from __future__ import annotations

import logging
import os
import random
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap import Core, fill_with_demo, open_core
from coach.domain.pain import Area, BodySide, Region
from coach.domain.preferences import Preferences, SessionTheme, ThemeChoice
from coach.domain.records import SetStatus
from coach.domain.reminders.parts import ReminderKind
from coach.domain.timeline import Phase
from coach.errors import KnownError, os_reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication, QDialog, QWidget

    from coach.ui.choosing import Kind
    from coach.ui.conductor import Conductor
    from coach.ui.pages.data_section import DataSection
    from coach.ui.pages.recovery import RecoveryPage
    from coach.ui.session.presenter import SessionPresenter
    from coach.ui.still_desktop import StillDesktop

START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
"""A Sunday morning: the day of the pictures never changes, so neither do the pictures."""
ZONE = "Europe/Berlin"
STEP_S = 0.5
DAYS = 84
PICTURE_AT = 0.5
PATIENCE = 20_000
"""Steps after which the routine should be over many times."""
LANGUAGES = ("en",)


class TourClock:
    """Time that moves only when the tour says so."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        return START + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        """Seconds since the tour began."""
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._seconds += seconds

    def reset(self, seconds: float) -> None:
        """So long after the tour began."""
        self._seconds = seconds


class ChosenBefore:
    """A `coach.ui.choosing.Chooser` that answers at once with the place it was given."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open_file(self, _parent: QWidget, _title: str, _kind: Kind, then: Callable[[Path], None]) -> None:
        """The file."""
        then(self.path)

    def open_folder(self, _parent: QWidget, _title: str, then: Callable[[Path], None]) -> None:
        """The folder."""
        then(self.path)

    def save_file(self, _parent: QWidget, _title: str, _name: str, _kind: Kind, then: Callable[[Path], None]) -> None:
        """The file to be written."""
        then(self.path)


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
        tour.data()
        tour.reminders()
        tour.troubles()
        tour.recovery()
        return tour.report()


class Tour:
    """One walk through the program. Each method opens a window of its own and leaves pictures."""

    def __init__(
        self,
        application: QApplication,
        scratch: Path,
        out: Path,
        size: tuple[int, int],
        preferences: Preferences,
    ) -> None:
        self._application = application
        self._scratch = scratch
        self._out = out
        self._size = size
        self._preferences = preferences
        self._pictures = 0
        self._core: Core | None = None
        self._clock = TourClock()
        self._chooser = ChosenBefore(scratch)

    # --- the stations ------------------------------------------------------------------------------------------------

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

    # --- how to handle data -----------------------------------------------------------------------------------------

    def _open_data(self, window: Conductor) -> DataSection:
        from coach.ui.pages.settings import SettingsPage

        window.shell.open("settings")
        page = window.shell.page("settings")
        if not isinstance(page, SettingsPage):
            raise KnownError("The settings did not open.")
        page.open_section(page.sections.index(page.data))
        self._settle()
        return page.data

    def _delete(self, window: Conductor, section: DataSection) -> None:
        """The three parts of the history that can be deleted; nothing is."""
        from coach.ui.pages.erase_dialog import EraseDialog

        section.erase.click()
        for dialog in self._dialogs():
            if isinstance(dialog, EraseDialog):
                for index, name in enumerate(("exercise", "days", "everything")):
                    dialog.what.choose_index(index)
                    dialog.too.setChecked(name == "everything")
                    self._shot(window, f"data-delete-{name}")
        self._dismiss()

    def _press_primary(self) -> None:
        """The main button of the question on the screen."""
        from coach.ui.widgets.button import Button, Kind

        self._settle()
        for dialog in self._dialogs():
            for button in dialog.findChildren(Button):
                if button.kind is Kind.PRIMARY:
                    button.click()
        self._settle()

    def _open_destroyed(self, folder: str) -> Conductor:
        """The window of a person whose diary has become random bytes."""
        (self._scratch / folder).mkdir(exist_ok=True)
        for file in (self._scratch / folder).glob("diary.sqlite3*"):
            file.unlink()
        (self._scratch / folder / "diary.sqlite3").write_bytes(random.Random(3).randbytes(40_000))  # noqa: S311
        return self._open(folder, self._preferences)

    def _recovery_page(self, window: Conductor) -> RecoveryPage:
        from coach.ui.pages.recovery import RecoveryPage

        page = window.shell.current
        if not isinstance(page, RecoveryPage):
            raise KnownError("The recovery page did not open.")
        return page

    def _press_page(self, window: Conductor) -> None:
        button = self._recovery_page(window).primary
        if button is not None:
            button.click()
        self._settle()

    # --- how to walk -----------------------------------------------------------------------------------------------

    def _open(
        self,
        folder: str,
        preferences: Preferences,
        *,
        demo: bool = False,
        desktop: StillDesktop | None = None,
        after_days: int = 0,
    ) -> Conductor:
        from coach.desktop.paths import resources
        from coach.ui.background import InlineWorker
        from coach.ui.conductor import Conductor
        from coach.ui.session.sound import SilentAnnouncer
        from coach.ui.theme.look import Look

        self._clock.reset(after_days * 86_400)
        core = replace(open_core(self._scratch / folder, self._clock), zone=lambda: ZONE)
        if demo:
            fill_with_demo(core, DAYS)
        look = Look(resources() / "assets")
        look.apply(preferences)
        assets = resources() / "assets"
        window = Conductor(
            core,
            look,
            InlineWorker(),
            SilentAnnouncer(),
            preferences,
            assets=assets,
            chooser=self._chooser,
            desktop=desktop,
        )
        window.shell.resize(*self._size)
        window.shell.show()
        window.load()
        self._settle()
        return window

    def _close(self, window: Conductor) -> None:
        window.quit()
        window.close()
        window.shell.deleteLater()
        window.deleteLater()
        self._settle()

    def _settle(self) -> None:
        """Let layouts, queued signals and waiting pictures finish: a driver from outside may, the app never does."""
        for _ in range(6):
            self._application.sendPostedEvents()
            self._application.processEvents()

    def _shot(self, window: Conductor, name: str) -> None:
        self._settle()
        window.gallery.flush()
        self._settle()
        self._save(window.shell, name)

    def _shot_dialog(self, window: Conductor, name: str) -> None:
        self._shot(window, name)
        self._dismiss()

    def _save(self, shell: QWidget, name: str) -> None:
        """The window with whatever question stands over it."""
        from PySide6.QtGui import QPainter

        picture = shell.grab()
        painter = QPainter(picture)
        for dialog in (*self._dialogs(), *self._over()):
            painter.drawPixmap(dialog.pos() - shell.pos(), dialog.grab())
        painter.end()
        self._pictures += 1
        path = self._out / f"{self._pictures:02d}-{name}.png"
        if not picture.save(str(path)):
            raise KnownError(f"The picture {path} could not be written.")

    def _dialogs(self) -> list[QDialog]:
        from PySide6.QtWidgets import QDialog

        return [w for w in self._application.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]

    def _over(self) -> list[QWidget]:
        """Whatever else stands over the window: a drawn reminder, an open menu."""
        from PySide6.QtWidgets import QMenu

        from coach.ui.reminder_card import ReminderCard

        return [w for w in self._application.topLevelWidgets() if isinstance(w, QMenu | ReminderCard) and w.isVisible()]

    def _settings(self, window: Conductor) -> None:
        from coach.ui.pages.settings import SettingsPage

        window.shell.open("settings")
        page = window.shell.page("settings")
        if isinstance(page, SettingsPage):
            for index, section in enumerate(page.sections):
                page.open_section(index)
                self._shot(window, f"settings-{section.icon}")

    def _check_in(self, window: Conductor, *, picture: bool = True) -> None:
        from coach.ui.pages.checkin import CheckInPage

        page = window.shell.current
        if not isinstance(page, CheckInPage):
            return
        if picture:
            self._shot(window, "check-in")
        for area in page.model.active or (Area(Region.HEEL_SOLE, BodySide.RIGHT),):
            page.model.select(area)
            page.model.rate(2)
        if picture:
            self._shot(window, "check-in-answered")
        page.save.click()
        self._settle()

    def _presenter(self, window: Conductor) -> SessionPresenter:
        if window.flow is None or window.flow.presenter is None:
            raise KnownError("The session did not start.")
        return window.flow.presenter

    def _advance(self, presenter: SessionPresenter, seconds: float = STEP_S) -> None:
        self._clock.advance(seconds)
        presenter.frame()

    def _run_until(self, presenter: SessionPresenter, reached: Callable[[], bool]) -> None:
        for _ in range(PATIENCE):
            if reached() or presenter.run.state.over:
                return
            self._advance(presenter)

    def _guide(self, presenter: SessionPresenter) -> Iterator[tuple[str, Callable[[], None] | None]]:
        """Names of moments worth a picture, one of each phase of each exercise, and of what can come between."""
        seen: set[tuple[str, Phase]] = set()
        for _ in range(PATIENCE):
            self._advance(presenter)
            if presenter.run.state.over:
                return
            moment = presenter.run.moment(self._clock.monotonic())
            exercise = moment.place.planned.exercise.id
            if moment.progress >= PICTURE_AT and (exercise, moment.phase) not in seen:
                seen.add((exercise, moment.phase))
                yield f"{exercise}-{moment.phase.value}", None
                yield from self._between(presenter, exercise, moment.phase)
        raise KnownError("The guided routine did not come to its end.")

    def _between(
        self, presenter: SessionPresenter, exercise: str, phase: Phase
    ) -> Iterator[tuple[str, Callable[[], None] | None]]:
        from coach.ui.session.intents import Command

        if (exercise, phase) == ("calf_raise", Phase.BACK):
            presenter.ask(Command.TOGGLE)
            yield "paused", lambda: presenter.ask(Command.TOGGLE)
            presenter.ask(Command.HURTS)
            yield "it-hurts", lambda: presenter.ask(Command.CLOSE_SHEET)
            self._go_on(presenter)
        elif (exercise, phase) == ("single_leg_balance", Phase.HOLD):
            presenter.ask(Command.PRIMARY)
            yield "foot-touched", None
            self._advance(presenter, 1.0)
            self._go_on(presenter)
        elif (exercise, phase) == ("single_leg_balance", Phase.CHANGE):
            # The very moment at which the panel crosses from one edge to the other.
            self._run_until(presenter, lambda: presenter.run.moment(self._clock.monotonic()).phase is Phase.HOLD)
        elif (exercise, phase) == ("hip_flexor_stretch", Phase.HOLD):
            presenter.ask(Command.END)
            yield "end-question", self._dismiss
            self._go_on(presenter)

    def _dismiss(self) -> None:
        """Answer the question on the screen with its safe answer, as Esc does."""
        self._settle()
        for dialog in self._dialogs():
            dialog.reject()
        self._settle()

    def _go_on(self, presenter: SessionPresenter) -> None:
        from coach.domain.session import State
        from coach.ui.session.intents import Command

        if presenter.run.state in {State.PAUSED, State.TOUCHED}:
            presenter.ask(Command.PRIMARY)

    def _answer_after(self, window: Conductor) -> None:
        from coach.ui.pages.after import AfterPage

        page = window.shell.current
        if isinstance(page, AfterPage):
            for scale in page.scales():
                scale.choose(2)
            page.finish.click()
            self._settle()
