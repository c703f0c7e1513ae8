"""A day with the real program in which everything a person can say holds a mark, and everything that can go wrong does.

All of `coach.app` runs as it is; only time goes fast, the log takes everything, and the worker can be waited for.
"""

from __future__ import annotations

import logging
import os
import random
import resource
import signal
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

import coach.app
import coach.bootstrap
import coach.ui.background
from coach.desktop.logs import Log
from coach.desktop.paths import open_profile, resources
from coach.services.keeping import ExportFormat
from coach.ui.conductor import Conductor
from coach.ui.widgets.toggle import Check
from tests.fakes import FakeClock
from tests.journeys import hands
from tests.journeys.desk import BusyWorker, Desk
from tests.reliability.nursery_main import say
from tests.reliability.person import Person

if TYPE_CHECKING:
    from pathlib import Path

READ = "I have read this and I am 18 or older"
OWN = "my_own_exercise"
CARRIED = "carried"
"""The name of the exports."""
LATER_MS = 100


def main(folder: str, mark: str, end: str) -> int:
    """Run `coach` on a new folder; at the end of the day it is closed, or crashes where `end` is "crash"."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    profile = open_profile(folder)
    _own_exercises(profile.data / "exercises", mark)
    clock = FakeClock()
    start = Log.start
    instead = pytest.MonkeyPatch()  # never undone: the process ends with it
    instead.setattr(coach.bootstrap, "SystemClock", lambda: clock)
    instead.setattr(coach.ui.background, "ThreadWorker", BusyWorker)
    instead.setattr(Log, "start", lambda log: start(log, logging.DEBUG))
    load = Conductor.load

    def load_and_live(conductor: Conductor) -> None:
        conductor.complete.connect(lambda: QTimer.singleShot(0, Day(conductor, clock, mark, end).begin))
        load(conductor)

    instead.setattr(Conductor, "load", load_and_live)
    return coach.app.run_window(profile.data)


def _own_exercises(folder: Path, mark: str) -> None:
    folder.mkdir(mode=0o700)
    words = (resources() / "exercises" / "calf_raise.toml").read_text(encoding="utf-8")
    own = words.replace('"calf_raise"', f'"{OWN}"', 1).replace('"Calf raises"', f'"{mark} raises"', 1)
    (folder / f"{OWN}.toml").write_text(own, encoding="utf-8")
    (folder / "broken.toml").write_text(f'title = "{mark}"\nsets = "{mark}"\n', encoding="utf-8")


class Day:
    """What happens in it. Whatever it does wrong itself ends the process, since the program would carry on."""

    def __init__(self, conductor: Conductor, clock: FakeClock, mark: str, end: str) -> None:
        self.mark = mark
        self.end = end
        self.window = conductor
        self.desk = Desk(conductor.adapters.folder, conductor.look, clock)
        self.desk._window = conductor
        assert isinstance(conductor.worker, BusyWorker)
        self.worker = self.desk._worker = conductor.worker

    def begin(self) -> None:
        """Two sessions, the second of an exercise of one's own; then what goes wrong, each by itself."""
        try:
            self._sessions()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            os._exit(70)
        self.worker.submit(self._carry, lambda _none: None)
        self.worker.submit(self._fail, lambda _none: None)
        self.worker.submit(self._refused, lambda _none: None)
        self.worker.submit(self._refused, lambda _none: None, self.window.tell_trouble)
        QTimer.singleShot(0, self._fail)
        QTimer.singleShot(LATER_MS, self._over)

    def _sessions(self) -> None:
        desk, window = self.desk, self.window
        desk.settle()
        hands.click(READ, Check)
        hands.click("Begin")
        window.change_preferences(replace(window.preferences, full_screen=False))
        desk.settle()
        person = Person(desk, random.Random(7), self.mark)
        person.do_a_session()
        window.try_exercise(OWN, 2)
        desk.settle()
        hands.click("Nothing hurts")
        desk.settle()
        assert window.flow is not None
        person.follow(str(window.flow._session))

    def _carry(self) -> None:
        """Out in both forms, and in again."""
        archive, folder = self.window.archive(), self.desk.folder
        archive.export(folder / f"{CARRIED}.json", ExportFormat.JSON)
        archive.export(folder / CARRIED, ExportFormat.CSV)
        archive.take_in(archive.preview(folder / f"{CARRIED}.json"))

    def _fail(self) -> None:
        notes = {"note": f"{self.mark} in a local variable"}
        try:
            int(notes["note"])
        except ValueError as error:
            raise KeyError(notes["note"]) from error

    def _refused(self) -> None:
        diary = self.window.keeper.diary
        assert diary is not None
        end = diary.sessions(limit=1)[0].end
        assert end is not None
        self.window.coaching().answer(end, 11, f"{self.mark} that is refused")

    def _over(self) -> None:
        if self.worker.under_way:
            QTimer.singleShot(LATER_MS, self._over)
            return
        logging.getLogger("coach").debug("a debug record is kept")
        clipboard, sessions = QGuiApplication.clipboard().text(), len(self.desk.logged())
        say(day="over", clipboard=clipboard, sessions=sessions, end=self.end)
        if self.end == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        self.window.quit()
