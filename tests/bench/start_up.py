"""How long until the window is there, until Start can be pressed, and until `coach today` has answered.

All of them as any start but the very first: with the bytecode that it left behind.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap import fill_with_demo, open_core
from tests.bench.desktop_measure import measure as measure_desktop
from tests.bench.desktop_measure import median
from tests.bench.report import Row, against_floor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.desktop_measure import Measured

START_LIVE = "start_live"
"""The line the app writes into COACH_TRACE when the Start button works."""
DAYS = 84
PACKAGE = Path(__file__).resolve().parents[2] / "coach"


def measure(quick: bool) -> list[Row]:
    """First window and Start button of a person with twelve weeks of history, each against an empty window."""
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        app, empty = _pairs(Path(folder), runs=5 if quick else 15)
    if app.first_window_s is None or empty.first_window_s is None or START_LIVE not in app.marks:
        raise RuntimeError(f"the window or its Start button did not come: {app.stderr}")
    floor = 1000 * empty.first_window_s
    return [
        against_floor("first window", 1000 * app.first_window_s, floor, 1.5, "empty window"),
        against_floor("Start button live", 1000 * app.marks[START_LIVE], floor, 3, "empty window"),
    ]


def _pairs(folder: Path, runs: int) -> tuple[Measured, Measured]:
    """Medians of app and empty window, started in turn so that both meet the same moods of the machine."""
    python, app, empty = sys.executable, [], []
    # Where the environment forbids to write bytecode, every start would compile anew what the floor does not have.
    compileall.compile_dir(PACKAGE, quiet=1)
    core = open_core(folder)
    fill_with_demo(core, DAYS)
    core.preferences.save(replace(core.preferences.load()[0], safety_accepted="bench"))
    # The first pair warms the disk's cache and does not count.
    for _ in range(runs + 1):
        empty.append(measure_desktop([python, "-m", "tests.bench.empty_window"], runs=1))
        command = [python, "-m", "coach", "--profile", str(folder)]
        app.append(measure_desktop(command, runs=1, last_mark=START_LIVE))
    return median(app[1:]), median(empty[1:])


def measure_core(quick: bool) -> list[Row]:
    """`coach today` against an interpreter that does nothing."""
    compileall.compile_dir(PACKAGE, quiet=1)
    runs = 5 if quick else 15
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        today = [sys.executable, "-m", "coach", "today", "--profile", folder]
        _seconds(today)
        pairs = [(_seconds([sys.executable, "-c", "pass"]), _seconds(today)) for _ in range(runs)]
    bare, core = (1000 * statistics.median(column) for column in zip(*pairs, strict=True))
    return [Row("coach today", core, "ms", 300, "≤ 300 ms", bare, "bare Python")]


def _seconds(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return time.perf_counter() - started
