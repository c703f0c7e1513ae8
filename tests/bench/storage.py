"""How long a finished set takes until it is on disk, against the same number of bytes committed by SQLite alone."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from coach.bootstrap import open_core
from coach.domain.plan import plan_routine
from coach.domain.records import SetStatus
from coach.domain.session import SetDone
from coach.domain.timeline import Timeline
from coach.services.coaching import Coaching
from tests.bench.report import Row

if TYPE_CHECKING:
    from coach.domain.plan import Plan
    from coach.domain.timeline import Place

ROOT = Path(__file__).resolve().parent.parent.parent
COLUMNS = 24
"""Columns of the raw table; about the width of a set's row."""


def measure(quick: bool) -> list[Row]:
    """Median time of `Coaching.record`, its commit included, beside a raw commit with the same pragmas."""
    count = 60 if quick else 400
    # Beside the checkout rather than in the temporary folder, which may live in memory.
    (ROOT / "out").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "out") as name:
        folder = Path(name)
        core = open_core(folder)
        plan = plan_routine(next(iter(core.load_catalogue().routines.values())))
        with closing(core.open_diary()) as diary, closing(_raw(folder / "raw.sqlite3")) as raw:
            coaching = Coaching(diary, core.clock, core.zone, core.new_ids())
            ours, floor = _in_turn(coaching, plan, raw, count)
    return [Row("a set on disk", 1000 * ours, "ms", 10, "≤ 10 ms", 1000 * floor, "raw commit")]


def _in_turn(coaching: Coaching, plan: Plan, raw: sqlite3.Connection, count: int) -> tuple[float, float]:
    """Medians in seconds; both sides write in turn, so that they meet the same moods of the disk."""
    session = coaching.start("bench", "Bench", plan).id
    places = Timeline(plan).places
    ours, floor = [], []
    for number in range(count):
        done = _done(places[number % len(places)])
        started = time.perf_counter()
        coaching.record(session, done)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        with raw:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(f"INSERT INTO fact VALUES ({','.join('?' * COLUMNS)})", [os.urandom(8).hex()] * COLUMNS)
        floor.append(time.perf_counter() - started)
    return statistics.median(ours), statistics.median(floor)


def _done(place: Place) -> SetDone:
    return SetDone(place, SetStatus.DONE, place.bout.reps, place.bout.hold_s)


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE fact ({','.join(f'c{number}' for number in range(COLUMNS))})")
    return connection
