"""The thread of a day: loads what the pages show, follows what the person asks for, keeps what they choose.

The window is painted before anything is loaded. Then the exercise files are read, and today's routine can be started;
then the diary is opened, which takes longer than all the rest, and what was asked for meanwhile is answered. Everything
that touches a file runs on the one worker thread; its results come back here. Pages know nothing of each other: they
emit wishes, and this is the one place that answers them. A guided session, from the questions before it to its summary,
is `SessionFlow`.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QObject, QTimer, Signal

from coach.domain.routine import Routine, RoutineItem
from coach.errors import Damage, DamagedDiaryError, GoneError, KnownError
from coach.ui import states
from coach.ui.hooks import FirstPaint
from coach.ui.i18n import tr
from coach.ui.keeper import DiaryKeeper
from coach.ui.safekeeping import Safekeeping
from coach.ui.shell import EXERCISES, PROGRESS, REMINDERS, SETTINGS, TODAY, Shell
from coach.ui.widgets.figures import Gallery

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from coach.domain.exercise import Exercise
    from coach.domain.preferences import Preferences
    from coach.services.coaching import Coaching
    from coach.services.ports import Adapters, Archive, Catalogue, Desktop, Rescue
    from coach.ui.background import Worker
    from coach.ui.choosing import Chooser
    from coach.ui.data_flow import DataFlow
    from coach.ui.library_flow import LibraryFlow
    from coach.ui.pages.today import TodayPage
    from coach.ui.pages.today_state import Unbacked
    from coach.ui.place import Places
    from coach.ui.progress_flow import ProgressFlow
    from coach.ui.recovery_flow import RecoveryFlow
    from coach.ui.reminders import Reminders
    from coach.ui.session.sound import Announcer
    from coach.ui.session_flow import SessionFlow
    from coach.ui.settings_flow import SettingsFlow
    from coach.ui.theme.look import Look
    from coach.ui.unlock_flow import UnlockFlow
    from coach.ui.widgets.page import Page

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
PATIENCE_MS = 200
"""So long may the window stay empty while the files are read; after that its pages are shown with blanks."""
MODEL = "calf_stretch"
"""The exercise whose figure greets the person and stands in the choice of people."""


class Conductor(QObject):
    """Owns the shell and everything behind it.

    `live` is emitted once, when today's routine is on the screen and Start can be pressed; `complete` when the diary
    has been read for the first time, or could not be; `finished` when the window was closed.
    """

    live = Signal()
    complete = Signal()
    finished = Signal()

    def __init__(
        self,
        adapters: Adapters,
        look: Look,
        worker: Worker,
        announcer: Announcer,
        preferences: Preferences,
        *,
        assets: Path,
        notes: tuple[str, ...] = (),
        places: Places | None = None,
        shell: Shell | None = None,
        chooser: Chooser | None = None,
        desktop: Desktop | None = None,
        hidden: bool = False,
    ) -> None:
        """`shell` is an empty window to be furnished; without one it is made, at the place that `places` remembers.

        `chooser` asks for files and folders; without one the desktop's own dialogs do. Without a `desktop`
        nothing rings and there is no tray; with `hidden`, the window stays out of sight.
        """
        super().__init__()
        self.adapters = adapters
        self.keeper = DiaryKeeper(adapters)
        self.look = look
        self.worker = worker
        self.announcer = announcer
        self.preferences = preferences
        self.gallery = Gallery(self)
        self.safe = Safekeeping(worker, self.keeper.archive, self)
        self.catalogue: Catalogue | None = None
        self.found: states.Diaries | None = None
        self.flow: SessionFlow | None = None
        self._assets = assets
        self._notes = list(notes)
        self._levels: Mapping[str, int] = {}
        self.trouble = ""
        self._complete = False
        self._wish: Callable[[], None] | None = None
        self._unbacked: Unbacked | None = None
        self._gone = False
        self._chooser = chooser
        self._data: DataFlow | None = None
        self._recovery: RecoveryFlow | UnlockFlow | None = None
        self._desktop, self._hidden = desktop, hidden
        self._reminders: Reminders | None = None
        self._settings_flow: SettingsFlow | None = None
        self._library: LibraryFlow | None = None
        self._progress: ProgressFlow | None = None
        self.shell = shell or Shell(places=places)
        self._furnish(veiled=shell is not None)
        self.announcer.changed.connect(self._announcer_changed)
        self.announcer.configure(preferences)
        self.shell.open(TODAY)

    def _furnish(self, *, veiled: bool) -> None:
        makers: dict[str, Callable[[], Page]] = {
            TODAY: self._make_today,
            PROGRESS: self._make_progress,
            EXERCISES: self._make_exercises,
            REMINDERS: self._make_reminders,
            SETTINGS: self._make_settings,
        }
        self.shell.furnish(self.look, makers, veiled=veiled)
        self.shell.page_shown.connect(self._page_opened)
        self.shell.close_requested.connect(self._asked_to_close)
        self.shell.closed.connect(self.finished)
        self.safe.looked.connect(self._backups_looked_at)
        self.safe.backed_up.connect(lambda: self.say(tr("Your diary is backed up.")))
        self.safe.refused.connect(self.say)

    # --- loading ----------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the files, show today's routine, and only then open the diary; all in the background."""
        self.worker.submit(self._read_files, self._files_read)
        patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)  # ours, so that it ends with the window
        patience.timeout.connect(self.shell.unveil)
        patience.start()

    def open_diary(self) -> None:
        """Open the diary, or try again, and show what it says."""
        self.worker.submit(self._open_diary, self._diary_read, self._diary_failed)

    def refresh(self) -> None:
        """Read the diary again and show what it says."""
        self.worker.submit(self._read_lately, self._diary_read, self._diary_failed)

    def coaching(self) -> Coaching:
        """The use cases of a session; on the worker's thread only. Raises KnownError while the diary is not open."""
        return self.keeper.coaching()

    def archive(self) -> Archive:
        """The history as a whole; on the worker's thread only. Raises KnownError while the diary is not open."""
        return self.keeper.archive()

    def while_closed(
        self, job: Callable[[Rescue], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Close the diary, do a job with what stands in its place, and open it again.

        Refused while a session is guided: its sets would have nowhere to go.
        """
        if self.guiding:
            failed(KnownError(tr("A session is on the screen. Finish it first; nothing was changed.")))
            return

        def work() -> tuple[T, states.Diaries]:
            self.keeper.close()
            result = job(self.adapters.rescue())
            return result, self._open_diary()

        def worked(answer: tuple[T, states.Diaries]) -> None:
            done(answer[0])
            self._diary_read(answer[1])

        def not_worked(error: Exception) -> None:
            failed(error)
            self.open_diary()

        self.worker.submit(work, worked, not_worked)

    def _read_files(self) -> tuple[Catalogue, Mapping[str, int]]:
        """On the worker's thread."""
        catalogue = self.adapters.load_catalogue()
        glance = self.adapters.glance()
        return catalogue, glance.levels if glance else {}

    def _files_read(self, files: tuple[Catalogue, Mapping[str, int]]) -> None:
        self.catalogue, self._levels = files
        self.render()
        if not self.preferences.safety_accepted:
            self._show_welcome()
        self.shell.unveil()
        if self.shell.isVisible() and not self.shell.isMinimized():
            FirstPaint(self.shell, self._routine_shown)
            self.shell.update()
        else:
            self._routine_shown()

    def _routine_shown(self) -> None:
        self.live.emit()
        if self._notes:
            self.shell.toast.show_message(" ".join(self._notes))
        # Not before: importing the database would take the processor away from the first picture of the page.
        self.open_diary()

    def _open_diary(self) -> states.Diaries:
        """On the worker's thread, which the diary belongs to from now on."""
        self.keeper.open()
        return self._read_lately()

    def read(self) -> states.Diaries:
        """Everything any page needs from the diary; on the worker's thread only."""
        return self.keeper.read(self._exercises())

    def _read_lately(self) -> states.Diaries:
        return self.keeper.read_lately(self._exercises())

    def _exercises(self) -> Mapping[str, Exercise]:
        return self.catalogue.exercises if self.catalogue else {}

    def _diary_read(self, found: states.Diaries) -> None:
        first = self.found is None
        self.found, self.trouble, self._gone = found, "", False
        self.render()
        if self._recovery is not None:
            self._recovery.diary_opened()
        if self.keeper.news:
            self.say(" ".join(self.keeper.news))
            self.keeper.news = ()
        wish, self._wish = self._wish, None
        # An unfinished session is offered now and comes first.
        if wish is not None and found.unfinished is None and not found.read_only:
            wish()
        self._note_complete()
        self.reminders.flow.opened()
        if first and not found.read_only:  # what a program that was killed left behind, or a backup that failed
            self.safe.after_start()

    def _diary_failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._note_complete()
            raise error
        locked = isinstance(error, DamagedDiaryError) and error.damage is Damage.SEALED
        _LOG.log(logging.INFO if locked else logging.WARNING, "the diary cannot be used: %s", type(error).__name__)
        self._wish, self._gone = None, isinstance(error, GoneError)
        self.trouble = (self._gone and self.safe.elsewhere) or str(error)
        self._today.render_trouble(self.trouble, gone=self._gone)
        if isinstance(error, DamagedDiaryError):
            self.found = None
            self.recover(error)
        if self._progress is not None:
            self._progress.render()
        self._note_complete()

    def recover(self, error: DamagedDiaryError, flow: RecoveryFlow | UnlockFlow | None = None) -> None:
        """Lead to this page, else to the one that is up, else to the one that fits the damage; whatever is shown."""
        from coach.ui.recovery_flow import RecoveryFlow
        from coach.ui.unlock_flow import UnlockFlow

        fitting = UnlockFlow if error.damage is Damage.SEALED else RecoveryFlow
        self._recovery = flow or self._recovery or fitting(self)
        self._recovery.begin(error)

    def recovered(self, page: Page) -> None:
        """The diary is open, and the person has read what became of it: back to Today, unless they are elsewhere."""
        self._recovery = None
        if self.shell.current is page:
            self.shell.open(TODAY)

    def _note_complete(self) -> None:
        if not self._complete:
            self._complete = True
            self.complete.emit()
            self.reminders.begin(self._today, hidden=self._hidden)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def _today(self) -> TodayPage:
        return cast("TodayPage", self.shell.page(TODAY))

    @property
    def read_only(self) -> str:
        """Why nothing can be written to the diary that is open, or empty."""
        return self.found.read_only if self.found is not None else ""

    @property
    def guiding(self) -> bool:
        """Whether a session is on the screen."""
        return self.flow is not None and self.flow.presenter is not None

    @property
    def chooser(self) -> Chooser:
        """Asks for files and folders."""
        if self._chooser is None:
            from coach.ui.choosing import NativeChooser

            self._chooser = NativeChooser()
        return self._chooser

    @property
    def reminders(self) -> Reminders:
        """Reminders, the tray, and what closing the window means."""
        if self._reminders is None:
            from coach.ui.reminders import Reminders

            self._reminders = Reminders(self, self._desktop, self._assets)
        return self._reminders

    @property
    def routines(self) -> Mapping[str, Routine]:
        """All routines by id, at the person's levels."""
        return states.routines(self.catalogue, self.preferences, self.levels) if self.catalogue else {}

    @property
    def data(self) -> DataFlow:
        """What can be done with the history as a whole."""
        if self._data is None:
            from coach.ui.data_flow import DataFlow

            self._data = DataFlow(self)
        return self._data

    @property
    def library(self) -> LibraryFlow:
        """The exercises and each of them."""
        if self._library is None:
            from coach.ui.library_flow import LibraryFlow

            self._library = LibraryFlow(self)
        return self._library

    @property
    def progress(self) -> ProgressFlow:
        """What the history says: charts, answers, the report."""
        if self._progress is None:
            from coach.ui.progress_flow import ProgressFlow

            self._progress = ProgressFlow(self, self._assets)
        return self._progress

    @property
    def levels(self) -> Mapping[str, int]:
        """The person's own levels by exercise id, also while the diary is still closed."""
        return self._levels if self.found is None else self.found.levels

    def render(self) -> None:
        """Bring every page that exists up to date."""
        if self.catalogue is None:
            return
        now, zone = self.adapters.clock.now(), self.adapters.zone() if self.found else None
        self._unbacked = states.unbacked(self.safe.state, now, zone)
        state = states.today_state(self.catalogue, self.preferences, self.levels, self.found, now, zone, self._unbacked)
        self._today.render_state(self._reminders.flow.on_today(state) if self._reminders else state)
        if self.trouble:
            self._today.render_trouble(self.trouble, gone=self._gone)
        for page_id in (PROGRESS, EXERCISES, REMINDERS, SETTINGS):
            if self.shell.has_page(page_id):
                self._page_shown(page_id)

    def _backups_looked_at(self) -> None:
        # Only when there is something else to say: what is shown anew loses the keyboard's place.
        if states.unbacked(self.safe.state, self.adapters.clock.now(), self.adapters.zone()) != self._unbacked:
            self.render()

    def _page_opened(self, page_id: str) -> None:
        if self.flow is not None:
            self.flow.leave()
        if page_id == SETTINGS:
            # It offers the voices, which are known a moment later.
            self.announcer.prepare()
            self.data.look()
            self.reminders.look()
        if page_id == TODAY and self._recovery is not None:
            self._recovery.show()
        self._page_shown(page_id)

    def _announcer_changed(self) -> None:
        if self.shell.has_page(SETTINGS):
            self._page_shown(SETTINGS)
        if self.flow is not None and self.flow.presenter is not None:
            self.flow.presenter.sound_changed()

    def _page_shown(self, page_id: str) -> None:
        if self.catalogue is None:
            return
        if page_id == EXERCISES:
            self.library.render()
        elif page_id == PROGRESS:
            self.progress.render()
        elif page_id == REMINDERS:
            self.reminders.render()
        elif page_id == SETTINGS:
            self._settings.render(self._model)

    def _make_today(self) -> Page:
        from coach.ui.pages.today import TodayPage

        page = TodayPage(self.look, self.gallery)
        page.start_requested.connect(self.start)
        page.routine_chosen.connect(lambda routine: self.change_preferences(replace(self.preferences, routine=routine)))
        page.exercise_opened.connect(self.open_exercise)
        page.resume_requested.connect(self.resume)
        page.resume_declined.connect(self._decline_resume)
        page.retry_requested.connect(self.open_diary)
        page.backup_requested.connect(self.safe.back_up)
        page.elsewhere_requested.connect(lambda: self.safe.save_elsewhere(self.shell, self.refresh))
        return page

    def _make_progress(self) -> Page:
        return self.progress.make_page()

    def _make_exercises(self) -> Page:
        return self.library.make_page()

    def _make_reminders(self) -> Page:
        return self.reminders.make_page()

    def _make_settings(self) -> Page:
        return self._settings.make_page()

    @property
    def _settings(self) -> SettingsFlow:
        if self._settings_flow is None:
            from coach.ui.settings_flow import SettingsFlow

            self._settings_flow = SettingsFlow(self, self._assets)
        return self._settings_flow

    @property
    def _model(self) -> Exercise | None:
        return self.catalogue.exercises.get(MODEL) if self.catalogue else None

    # --- wishes -----------------------------------------------------------------------------------------------------

    def open_exercise(self, exercise_id: str) -> None:
        """Show one exercise."""
        self.library.open(exercise_id)

    def start(self) -> None:
        """Start today's routine; asked for before the diary is open, it is done as soon as it is."""
        if self.catalogue is None:
            return
        if self.found is None:
            self._wish = self.start
            return
        routine = states.chosen_routine(self.catalogue, self.preferences, self.found.levels)
        if routine is not None and not self.read_only:
            self._begin(routine)

    def start_routine(self, routine_id: str) -> None:
        """Straight to get ready of a routine, today's for no id; pain comes first where it has to be asked for."""
        if self.found is None or self.flow is not None:
            self._wish = partial(self.start_routine, routine_id)
            if self.flow is not None and not self.guiding:
                self.flow.leave()
            return
        routine = self.routines.get(routine_id or self.preferences.routine)
        if routine is not None and not self.read_only:
            self._new_flow().begin(routine, straight=True)

    def try_exercise(self, exercise_id: str, level: int) -> None:
        """A session of one exercise at a level's start dose; waits for the diary like `start`."""
        if self.catalogue is None:
            return
        if self.trouble or self.read_only:
            self.shell.toast.show_message(self.trouble or self.read_only)
            return
        if self.found is None:
            self._wish = partial(self.try_exercise, exercise_id, level)
            return
        exercise = self.catalogue.exercises[exercise_id]
        item = RoutineItem(exercise, level, exercise.level(level).sets.low, setup_s=self.preferences.get_ready_s)
        self._begin(Routine(f"only_{exercise_id}", exercise.title, exercise.summary, (item,)))

    def resume(self) -> None:
        """Go on with the session that was cut off."""
        if self.found is not None and self.found.unfinished is not None:
            self._new_flow().resume(self.found.unfinished)

    def change_preferences(self, preferences: Preferences) -> None:
        """Apply and keep settings."""
        self.preferences = preferences
        self.look.apply(preferences)
        self.announcer.configure(preferences)
        self.render()
        self.worker.submit(lambda: self.adapters.preferences.save(preferences), lambda _none: None, self.tell_trouble)

    def tell_trouble(self, error: Exception) -> None:
        """Say in passing what went wrong in the person's world; anything else is a bug and is raised."""
        if not isinstance(error, KnownError):
            raise error
        self.say(str(error))

    def say(self, words: str) -> None:
        self.shell.toast.show_message(words)

    def tell_fault(self, error: BaseException) -> None:
        """An exception that nobody expected: say so once, and go on."""
        _LOG.info("told of %s", type(error).__name__)
        self.shell.toast.show_message(
            tr("Something went wrong in the program. What you did is kept; you can go on. The log says more.")
        )

    def warn_of_place(self, sentence: str) -> None:
        """Say once for each folder that another program or computer has a hand in it."""
        folder = str(self.adapters.folder)
        if sentence and self.preferences.warned_of != folder:
            self.say(sentence)
            self.change_preferences(replace(self.preferences, warned_of=folder))

    def remind_now(self) -> None:
        """`coach remind now` asks for the next routine's reminder."""
        self.reminders.flow.ring_now()

    def show_yourself(self) -> None:
        """Bring the window to the front: a second start asked for it."""
        if self.shell.isMinimized():
            self.shell.showNormal()
        if not self.shell.isVisible():
            self.shell.appear()
            self.shell.unveil()
        self.shell.raise_()
        self.shell.activateWindow()

    def let_close(self) -> None:
        """From now on a window that is closed is closed: nobody may be kept from logging out."""
        self.shell.hold_open, self.shell.may_hide = False, None

    def quit(self) -> None:
        """End at once, as on logout: every finished set is on disk, and the rest is offered again."""
        self.let_close()
        self.shell.close()

    def close(self) -> None:
        """Be silent, and release the diary; on the thread it belongs to."""
        if self._reminders is not None:
            self._reminders.close()
        if self.flow is not None:
            self.flow.abort()
        self.announcer.close()
        self.worker.submit(self.keeper.close, lambda _none: None)

    def _asked_to_close(self) -> None:
        if self.flow is not None:
            self.flow.ask_to_end()

    def _begin(self, routine: Routine) -> None:
        self._new_flow().begin(routine)

    def _new_flow(self) -> SessionFlow:
        from coach.ui.session_flow import SessionFlow

        self.flow = SessionFlow(self)
        self.flow.over.connect(self._flow_over)
        return self.flow

    def _flow_over(self) -> None:
        worked = self.flow is not None and self.flow.worked
        if self.flow is not None:
            self.flow.deleteLater()
            self.flow = None
        if self.shell.open_page == TODAY:  # else the person has gone elsewhere in the meantime
            self.shell.open(TODAY)
        self.refresh()
        if worked:
            self.safe.after_session()

    def _decline_resume(self) -> None:
        def abandoned(_none: None) -> None:
            self.refresh()
            self.safe.after_session()

        self.worker.submit(lambda: self.coaching().abandon_open(), abandoned, self.tell_trouble)

    def _show_welcome(self) -> None:
        from coach.ui.welcome_flow import WelcomeFlow

        WelcomeFlow(self, self._model, lambda: self._recovery.show() if self._recovery is not None else None)
