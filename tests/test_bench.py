"""The bench's own instruments: they see what is there, and report it as it is."""

from __future__ import annotations

import os
import random
import sys

import pytest

from tests import screen
from tests.bench import desktop_measure, phases, report, resident
from tests.bench.content import long_plan
from tests.bench.desktop_measure import Measured

MISSING = screen.missing_programs()
on_a_screen = pytest.mark.skipif(
    bool(MISSING) and not os.environ.get("CI"), reason=f"a virtual screen needs {', '.join(MISSING)}"
)


@on_a_screen
def test_a_window_is_seen_and_its_marks_are_read() -> None:
    measured = desktop_measure.measure([sys.executable, "-m", "tests.bench.empty_window"], runs=1, idle_s=0.2)
    assert measured.alive
    assert measured.first_window_s is not None
    assert measured.pss_mb is not None
    assert measured.pss_mb > 1
    assert measured.marks == {}


@on_a_screen
def test_a_program_that_shows_nothing_is_told_from_one_that_does() -> None:
    mark = "open(os.environ['COACH_TRACE'], 'w').write(f'here {time.monotonic()}')"
    code = f"import os, time; {mark}; raise SystemExit('no')"
    measured = desktop_measure.measure([sys.executable, "-c", code], runs=1)
    assert not measured.alive
    assert measured.first_window_s is None
    assert measured.stderr.strip() == "no"
    assert measured.marks["here"] > 0


def test_the_median_leaves_out_what_was_not_measured() -> None:
    runs = [Measured(0.2, {"a": 1.0}), Measured(None, {}), Measured(0.4, {"a": 3.0}, alive=False, stderr="oh")]
    middle = desktop_measure.median(runs)
    assert middle.first_window_s == pytest.approx(0.3)
    assert middle.marks == {"a": 2.0}
    assert not middle.alive
    assert middle.stderr == "oh"
    assert middle.pss_mb is None


def test_phases_change_on_time_however_the_loop_stalls() -> None:
    late, drift, changes = phases.simulate(long_plan(1200), random.Random(7))
    assert changes > 200
    assert late <= 1
    assert drift < 1e-9


def test_a_row_says_whether_its_budget_is_held() -> None:
    held = report.against_floor("window", 140, 100, 1.5, "empty window")
    over = report.Row("frame", 9, "ms", 8, "≤ 8 ms", 3, "blit", "a note")
    assert (held.verdict, over.verdict) == ("held", "OVER")
    assert report.Row("frame", 60, "ms", 50, "≤ 50 ms", 55, "blit").verdict == "busy"
    assert over.data()["ratio"] == 3
    lines = report.table([held, over]).splitlines()
    assert " ".join(lines[2].split()) == "window 140 ms 100 ms (empty window) 1.40 × ≤ 1.5 × floor = 150 ms held"
    assert lines[3].endswith("OVER")
    assert lines[4].strip() == "a note"


def test_what_waits_in_the_tray_is_told_beside_the_other_program() -> None:
    ours, theirs = resident.Resident(0.01, 3.5, 84, 75), resident.Resident(0.1, 669, 53, 20)
    rows = resident.rows(ours, theirs, 1800)
    assert [row.verdict for row in rows] == ["held", "held", "held"]
    assert rows[1].note == "Workrave beside it: 669 a minute"
    over = resident.rows(resident.Resident(0.06, 5.1, 86, 75), None, 60)
    assert [row.verdict for row in over] == ["OVER", "OVER", "OVER"]
    assert resident.notified(85.1, 70).verdict == "OVER"
    assert over[2].note == "75 MB of it shared with no other process; 1 min in the tray"
