"""Runs on a screen of its own and prints what frames cost: of a guided session, or of copying a picture as often.

    python -m tests.bench.session_probe session|blit SECONDS

Prints one JSON object. The session is the real screen in full size; each exercise of the default routine gets its share
of the time, in the middle of its first set, where figure, digits and pacer all move.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from coach.clock import SystemClock
from coach.desktop.paths import resources
from coach.domain.plan import plan_routine
from coach.domain.preferences import Preferences
from coach.domain.session import begin
from coach.ui.session.presenter import FRAME_MS, SessionPresenter
from coach.ui.session.screen import SessionScreen
from coach.ui.session.sound import SilentAnnouncer
from coach.ui.theme.look import Look
from tests.bench.content import catalogue

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtGui import QPaintEvent

    from coach.domain.session import Run

WARM_UP_MS = 700
"""Left out of every share: the first frames of an exercise prepare its pictures."""


class Meter:
    """Collects frame times and CPU while it is on."""

    def __init__(self) -> None:
        self.intervals: list[float] = []
        self.cpu = self.wall = 0.0
        self._last: float | None = None

    def tick(self) -> None:
        """A frame begins."""
        now = time.perf_counter()
        if self._last is not None:
            self.intervals.append(now - self._last)
        self._last = now

    def run(self, frames: QTimer, milliseconds: int) -> None:
        """Let the event loop run, and measure all but its warm-up."""
        _wait(WARM_UP_MS)
        self._last = None
        frames.timeout.connect(self.tick)
        cpu, wall = time.process_time(), time.perf_counter()
        _wait(milliseconds)
        self.cpu += time.process_time() - cpu
        self.wall += time.perf_counter() - wall
        frames.timeout.disconnect(self.tick)

    def result(self) -> dict[str, float]:
        """The fields of `session_cost.Cost`."""
        return {
            "per_second": len(self.intervals) / sum(self.intervals),
            "cpu_pct": 100 * self.cpu / self.wall,
            "longest_ms": 1000 * max(self.intervals),
            "median_ms": 1000 * statistics.median(self.intervals),
        }


class Blit(QWidget):
    """Copies a picture of its own size, again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.frames = QTimer(self, interval=FRAME_MS)
        self.frames.timeout.connect(self.update)
        self._picture = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.size() != self.size():
            self._picture = QPixmap(self.size())
            self._picture.fill("#F5F1EA")
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


def blit(meter: Meter, milliseconds: int) -> None:
    """Measure the floor."""
    window = Blit()
    window.showFullScreen()
    window.frames.start()
    meter.run(window.frames, milliseconds)
    window.close()


def session(meter: Meter, milliseconds: int) -> None:
    """Measure the session screen, an equal time in every exercise."""
    preferences = Preferences()
    look = Look(resources() / "assets")
    look.apply(preferences)
    plan = plan_routine(next(iter(catalogue().routines.values())))
    clock = SystemClock()
    for exercise in range(len(plan)):
        run = begin(plan, clock.monotonic())
        _guide(
            replace(run, cursor=run.timeline.work_start(run.timeline.first_bout(exercise))), look, meter, milliseconds
        )


def _guide(run: Run, look: Look, meter: Meter, milliseconds: int) -> None:
    preferences = Preferences()
    presenter = SessionPresenter(run, SystemClock(), preferences, SilentAnnouncer())
    presenter.to_save.connect(lambda token, _fact: presenter.saved(token))
    screen = SessionScreen(look, presenter, preferences)
    screen.showFullScreen()
    meter.run(presenter._timer, milliseconds // len(run.plan))
    presenter.close()
    screen.close()
    screen.deleteLater()


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> None:
    """Measure what the command line asks for."""
    what, seconds = sys.argv[1:]
    faults: list[BaseException] = []

    def note(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        # Qt goes on after a fault in a slot; a figure measured that way would flatter.
        faults.append(fault)
        sys.__excepthook__(kind, fault, trace)

    sys.excepthook = note
    application = QApplication(["probe"])
    meter = Meter()
    {"blit": blit, "session": session}[what](meter, round(1000 * float(seconds)))
    print(json.dumps(meter.result()))
    application.quit()
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
