"""The computer a journey happens at: the real window on a real folder, with time that moves when the journey says so.

Wired as `coach.app` wires it; only the clock, the zone and the loudspeaker are stand-ins.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from coach.bootstrap import Core, open_core
from coach.desktop.paths import resources
from coach.storage.sqlite.vault import SqliteVault
from coach.ui.background import InlineWorker, ThreadWorker
from coach.ui.conductor import Conductor
from coach.ui.place import IniPlaces
from coach.ui.session.sound import SilentAnnouncer
from tests.fakes import FakeChooser
from tests.journeys import hands
from tests.locks import FakeKeyring

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.domain.preferences import Preferences
    from coach.domain.records import SessionSummary
    from coach.services.ports import Desktop
    from coach.ui.session.presenter import SessionPresenter
    from coach.ui.session.sound import Announcer
    from coach.ui.theme.look import Look
    from tests.fakes import FakeClock

    T = TypeVar("T")

ZONE = "Europe/Berlin"
SIZE = (1280, 800)
STEP_S = 0.5
PAINT_EVERY = 60
"""Steps between two looks at the screen while a session goes by."""
PATIENCE_S = 4000.0
"""No journey waits longer than this for something to happen."""


class BusyWorker(ThreadWorker):
    """The real worker, which also knows whether something is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way = 0

    def submit(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Count in, and out when somebody has been told."""
        self.under_way += 1

        def told(result: T) -> None:
            self.under_way -= 1
            done(result)

        def told_of(error: Exception) -> None:
            self.under_way -= 1
            if failed is None:
                raise error
            failed(error)

        super().submit(job, told, told_of)


class Desk:
    """One person's computer. `open` starts the program on their folder, `close` ends it; the folder stays.

    `chooser` answers where a file is asked for; `keyring` is the computer's own, which keeps nothing unless it is told.
    Where a `desktop` is given, reminders ring.
    """

    def __init__(self, profile: Path | str, look: Look, clock: FakeClock, *, threaded: bool = False) -> None:
        """`profile` is a folder or the address of a person on a server."""
        self.profile = profile
        self.look = look
        self.clock = clock
        self.announcer: Announcer = SilentAnnouncer()
        self._threaded = threaded
        self.zone = ZONE
        self.desktop: Desktop | None = None
        self.chooser = FakeChooser()
        self.keyring = FakeKeyring("This computer has no keyring that keeps secrets encrypted.")
        self._worker: InlineWorker | BusyWorker | None = None
        self._window: Conductor | None = None

    # --- the program ------------------------------------------------------------------------------------------------

    @property
    def window(self) -> Conductor:
        """The program that is open."""
        assert self._window is not None, "the program is not open"
        return self._window

    @property
    def folder(self) -> Path:
        """The folder of a person whose diary is in it."""
        return Path(self.profile)

    @property
    def core(self) -> Core:
        """The real adapters on the profile."""
        core = open_core(self.profile, self.clock)
        return replace(core, zone=lambda: self.zone, vault=SqliteVault(core.folder, self.clock, self.keyring))

    def settings(self, **values: object) -> None:
        """Change the settings file while the program is closed."""
        store = self.core.preferences
        store.save(replace(store.load()[0], **values))  # type: ignore[arg-type] # as named by the caller

    def open(self, size: tuple[int, int] | None = SIZE) -> Conductor:
        """Start the program and wait until it has read its files; without a size it opens where it was left."""
        core = self.core
        preferences, notes = core.preferences.load()
        self.look.apply(preferences)
        self._worker = BusyWorker() if self._threaded else InlineWorker()
        self._window = Conductor(
            core,
            self.look,
            self._worker,
            self.announcer,
            preferences,
            assets=resources() / "assets",
            notes=notes,
            places=IniPlaces(core.profile.data / "window.ini"),
            chooser=self.chooser,
            desktop=self.desktop,
        )
        if size is not None:
            self._window.shell.resize(*size)
        self._window.shell.show()
        self._window.shell.activateWindow()
        read: list[bool] = []
        self._window.complete.connect(lambda: read.append(True))
        self._window.load()
        while not read:
            self.settle()
        return self._window

    def close(self) -> None:
        """End the program as its door does: the window first, then the diary, then the worker."""
        if self._window is None or self._worker is None:
            return
        window, self._window = self._window, None
        window.quit()
        window.close()
        assert self._worker.stop()
        window.gallery.stop()
        window.shell.deleteLater()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Wait until the worker has done everything and the screen shows it."""
        hands.look()
        self._wait_for_worker()
        hands.look()

    # --- the session ------------------------------------------------------------------------------------------------

    @property
    def session(self) -> SessionPresenter:
        """The session that is on the screen."""
        flow = self.window.flow
        assert flow is not None, "no session"
        assert flow.presenter is not None, "no session"
        return flow.presenter

    @property
    def guiding(self) -> bool:
        """Whether a session is on the screen."""
        return self.window.flow is not None and self.window.flow.presenter is not None

    def wait(self, seconds: float) -> None:
        """Let so much time pass."""
        end = self.clock.monotonic() + seconds
        while self.clock.monotonic() < end - 1e-9:
            self._step(min(STEP_S, end - self.clock.monotonic()))
        self.settle()

    def wait_until(self, reached: Callable[[], bool]) -> None:
        """Let time pass until something is so; it is looked at after every step."""
        begun = self.clock.monotonic()
        steps = 0
        while not reached():
            assert self.clock.monotonic() - begun < PATIENCE_S, "it never happens"
            self._step(STEP_S)
            steps += 1
            if steps % PAINT_EVERY == 0:
                hands.look()
        self.settle()

    def wait_for(
        self, exercise: str = "", *, set_no: int = 0, side: str = "", phase: str = "", into: float = 0
    ) -> None:
        """Let time pass until the session is at this bout (or at any, where nothing is said), `into` a phase of it."""

        def there() -> bool:
            moment = self.session.run.moment(self.clock.monotonic())
            bout = moment.place.bout
            return (
                exercise in {"", moment.place.planned.exercise.id}
                and set_no in {0, bout.set_no}
                and side in {"", bout.side.value}
                and phase in {"", "work" if phase == "work" and moment.phase.is_work else moment.phase.value}
                and moment.into >= into
            )

        self.wait_until(lambda: there() or self._over())
        assert not self._over(), "the session is over"

    def wait_for_end(self) -> None:
        """Let the session come to its end."""
        self.wait_until(self._over)
        self.settle()

    def _over(self) -> bool:
        return not self.guiding

    def _step(self, seconds: float) -> None:
        self.clock.advance(seconds)
        if self.guiding:
            self.session.frame()
        self._wait_for_worker()

    def _wait_for_worker(self) -> None:
        # Time stands still meanwhile: the journey's clock must not run away from the real thread.
        while isinstance(self._worker, BusyWorker) and self._worker.under_way:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    # --- the diary --------------------------------------------------------------------------------------------------

    def logged(self) -> tuple[SessionSummary, ...]:
        """What the diary on disk says, newest first, read as another program would."""
        diary = self.core.open_diary()
        try:
            return diary.sessions()
        finally:
            diary.close()

    @property
    def preferences(self) -> Preferences:
        """What the settings file says."""
        return self.core.preferences.load()[0]
