"""Opens the real window, off screen, on folders with histories and prints what the progress page costs, as JSON.

    python -m tests.bench.page_probe RUNS FOLDER...

From the click to the painted page, the reading by the diary's own thread included. The first opening in the process
also loads the page and its charts.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast
from unittest.mock import patch

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from coach.bootstrap import open_core
from coach.desktop.paths import resources
from coach.domain.progress.span import Range
from coach.services.report import ReportChoice, Section, make_report
from coach.ui.conductor import Conductor
from coach.ui.paper.report import write_report
from coach.ui.progress_flow import ProgressFlow
from coach.ui.session.sound import SilentAnnouncer
from coach.ui.shell import PROGRESS, TODAY
from coach.ui.theme.look import Look
from tests.bench.progress import NOW, ZONE
from tests.fakes import FakeClock
from tests.journeys.desk import BusyWorker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coach.services.progress import ProgressView
    from coach.ui.pages.progress import ProgressPage

FRAMES = 60
SIZE = (1280, 800)
LIMIT_S = 60.0


def main(runs: int, folders: list[str]) -> None:
    """Print a list with one object of milliseconds for each folder."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    print(json.dumps([_measure(Path(folder), runs) for folder in folders]))
    del application


def _measure(folder: Path, runs: int) -> dict[str, float]:
    core = replace(open_core(folder, FakeClock(NOW)), zone=lambda: ZONE)
    worker, assets = BusyWorker(), resources() / "assets"
    look = Look(assets)
    preferences = replace(core.preferences.load()[0], safety_accepted="bench")
    look.apply(preferences)
    window = Conductor(core, look, worker, SilentAnnouncer(), preferences, assets=assets)
    window.shell.resize(*SIZE)
    window.shell.show()
    complete: list[bool] = []
    window.complete.connect(lambda: complete.append(True))
    window.load()
    _wait(lambda: bool(complete) and not worker.under_way)

    shown: list[float] = []

    def show(flow: ProgressFlow, view: ProgressView) -> None:
        show_view(flow, view)
        shown.append(time.perf_counter())

    def timed(act: Callable[[], object]) -> float:
        shown.clear()
        started = time.perf_counter()
        act()
        _wait(lambda: bool(shown))
        taken = time.perf_counter() - started
        _wait(lambda: not worker.under_way)  # nobody clicks on while the page is reading ahead
        return taken

    def frame(act: Callable[[], object]) -> float:
        started = time.perf_counter()
        act()
        QApplication.processEvents()
        return time.perf_counter() - started

    show_view = ProgressFlow._show_view
    patch.object(ProgressFlow, "_show_view", show).start()

    def choose(which: Range) -> float:
        page = cast("ProgressPage", window.shell.page(PROGRESS))
        return timed(lambda: page.range.chosen.emit(which))

    times: dict[str, list[float]] = {"first": [timed(lambda: window.shell.open(PROGRESS))]}
    for _ in range(runs):
        frame(lambda: window.shell.open(TODAY))
        times.setdefault("again", []).append(timed(lambda: window.shell.open(PROGRESS)))
        times.setdefault("year", []).append(choose(Range.YEAR))
        times.setdefault("all", []).append(choose(Range.ALL))
        times.setdefault("months", []).append(choose(Range.THREE_MONTHS))
    choose(Range.ALL)
    times["frame"] = [frame(step) for step in _steps(window)]
    window.quit()
    window.close()
    assert worker.stop()
    window.gallery.stop()
    times["report"] = [_report(folder, assets) for _ in range(min(runs, 3))]
    return {name: 1000 * statistics.median(each) for name, each in times.items()}


def _steps(window: Conductor) -> Iterator[Callable[[], None]]:
    """Coming closer to the chart of pain, then wandering along it; each is one frame."""
    view = cast("ProgressPage", window.shell.page(PROGRESS)).pain.chart.view
    for _ in range(FRAMES // 4):
        yield lambda: view.zoom(1.1)
    for number in range(FRAMES):
        yield lambda back=number < FRAMES // 2: view.pan(-0.02 if back else 0.02)  # type: ignore[misc]
    for _ in range(FRAMES // 4):
        yield lambda: view.zoom(1 / 1.1)


def _report(folder: Path, assets: Path) -> float:
    """Reading a report on the whole history and putting it on a disk."""
    core = open_core(folder, FakeClock(NOW))
    routine = next(iter(core.load_catalogue().routines.values()))
    with closing(core.open_diary()) as diary, tempfile.TemporaryDirectory() as target:
        span = diary.progress.extent()
        assert span is not None
        started = time.perf_counter()
        report = make_report(diary.progress, ReportChoice(span, frozenset(Section)), routine, NOW, ZONE)
        write_report(report, Path(target) / "report.pdf", assets)
        return time.perf_counter() - started


def _wait(done: Callable[[], bool]) -> None:
    """Let everything happen, the painting included, until nothing is left to do."""
    limit = time.perf_counter() + LIMIT_S
    # Asleep in between, as the program is: a loop that spins would take turns with the diary's thread.
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > limit:
            raise RuntimeError("the window did not come to rest")
    QApplication.processEvents()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
