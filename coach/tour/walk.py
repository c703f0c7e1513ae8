"""How the tour walks: windows on scratch folders, sessions on a fast clock, and a picture of whatever is there."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from coach.bootstrap import Core, fill_with_demo, open_core
from coach.domain.pain import Area, BodySide, Region
from coach.domain.timeline import Phase
from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QDialog, QWidget

    from coach.domain.preferences import Preferences
    from coach.ui.choosing import Kind
    from coach.ui.conductor import Conductor
    from coach.ui.pages.data_section import DataSection
    from coach.ui.pages.progress import ProgressPage
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


PASSPHRASE = "warm sand under bare feet"  # noqa: S105 - it keeps no secret
"""Of a diary that exists for two pictures."""


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


class Walk:
    """How the tour opens windows, guides sessions and leaves pictures in `out`."""

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

    def _open_progress(self, window: Conductor) -> ProgressPage:
        from coach.ui.pages.progress import ProgressPage

        window.shell.open("progress")
        page = window.shell.page("progress")
        if not isinstance(page, ProgressPage):
            raise KnownError("The progress did not open.")
        self._settle()
        return page

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
        for dialog in self._dialogs():
            # Where a desktop would put it; the small screen of the off-screen platform pushes it aside.
            painter.drawPixmap(shell.rect().center() - dialog.rect().center(), dialog.grab())
        for window in self._over():
            painter.drawPixmap(window.pos() - shell.pos(), window.grab())
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
