"""What the progress page costs in histories of 1, 10 and 100 years: daily sessions, sets and ratings.

First the reading alone. What is read depends on the range: beside the same range in a history of one year, a longer one
must cost little more, and all of it no more than there is more of. Then the real page, from the click to what is seen,
and a report; the floor of each is the same in one year.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from coach.bootstrap import open_core
from coach.domain.pain import Area, BodySide
from coach.domain.progress.span import Range
from coach.domain.records import PainRating
from coach.services.demo import demo_history, demo_marks, write
from coach.services.progress import Query, look
from tests.bench.report import Row, against_floor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coach.services.demo import Record
    from coach.services.ports import OpenDiary

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
ZONE = "Europe/Berlin"
YEAR = 365
FILE = "diary.sqlite3"
TABLES = ("sessions", "sets", "pain_ratings", "session_ends")
PAGE = {
    "first": ("first opening of the program", 700),
    "again": ("opened again", 150),
    "months": ("change to 3 months", 60),
    "year": ("change to a year", 60),
    "all": ("change to all, read ahead", 60),
    "frame": ("a step of zoom or pan", 1000 / 30),
    "report": ("report of all, as a file", 2000),
}
"""What is done with the real page, and in how many milliseconds up to ten years; twice that in a hundred."""
RANGES = {Range.THREE_MONTHS: ("as it opens", 60), Range.YEAR: ("a year", 30), Range.ALL: ("all", 150)}
"""What is read, and in how many milliseconds up to ten years: less than half of what the page has with its painting.

All is read ahead, while nothing is asked for: nobody waits for it but who clicks on within that time.
"""


def measure(quick: bool) -> list[Row]:
    """Medians for the page as it opens and for other ranges; all histories are read in turn, in the same moods."""
    # Beside the checkout rather than in the temporary folder, which may live in memory.
    (ROOT / "out").mkdir(exist_ok=True)
    with ExitStack() as opened:
        folders = {}
        for years in (1, 10) if quick else (1, 10, 100):
            folders[years] = Path(opened.enter_context(tempfile.TemporaryDirectory(dir=ROOT / "out")))
        notes = {years: _filled(folders[years], years * YEAR) for years in (1, 10)}
        if not quick:
            notes[100] = _grown(folders[10], folders[100])
        diaries = {years: opened.enter_context(closing(open_core(f).open_diary())) for years, f in folders.items()}
        rows = []
        for which in RANGES:
            times = _in_turn(diaries, which, 7 if quick else 25)
            rows += [_row(years, which, ms, times[1], notes[years]) for years, ms in times.items()]
        for diary in diaries.values():
            diary.close()
        return rows + _page({years: str(folder) for years, folder in folders.items()}, 5 if quick else 15)


def _row(years: int, which: Range, ms: float, floor: float, note: str) -> Row:
    name, budget = RANGES[which]
    what = f"progress, {years} year{'s' if years > 1 else ''}: {name}"
    row = Row(what, ms, "ms", budget, f"≤ {budget} ms", floor, "1 year")
    if years > 10:
        row = against_floor(what, ms, floor, years if which is Range.ALL else 2, "1 year")
    return replace(row, note=note if which is Range.THREE_MONTHS else "")


def _page(folders: Mapping[int, str], runs: int) -> list[Row]:
    """Each history in a process of its own, off screen: with the same pixels, and no window manager in the way."""
    found = {years: _probe(folder, runs) for years, folder in folders.items()}
    rows = []
    for name, (words, budget) in PAGE.items():
        for years, times in found.items():
            most = budget if years <= 10 else 2 * budget
            what = f"progress, {years} year{'s' if years > 1 else ''}: {words}"
            rows.append(Row(what, times[name], "ms", most, f"≤ {most:.0f} ms", found[1][name], "1 year"))
    return rows


def _probe(folder: str, runs: int) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.page_probe", str(runs), folder]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the page could not be measured: {done.stderr}")
    (times,) = json.loads(done.stdout)
    return dict(times)


def _in_turn(diaries: Mapping[int, OpenDiary], which: Range, runs: int) -> dict[int, float]:
    """Milliseconds; the first run, which puts the statements together, does not count."""
    times: dict[int, list[float]] = {years: [] for years in diaries}
    for _ in range(runs + 1):
        for years, diary in diaries.items():
            started = time.perf_counter()
            look(diary.progress, Query(which), NOW, ZONE)
            times[years].append(time.perf_counter() - started)
    return {years: 1000 * statistics.median(each[1:]) for years, each in times.items()}


def _filled(folder: Path, days: int) -> str:
    """Write a history; what it holds, and how long that took."""
    core = open_core(folder)
    asked = next(iter(core.load_catalogue().routines.values())), NOW.astimezone(UTC).date(), ZONE, days
    started = time.perf_counter()
    with closing(core.open_diary()) as diary:
        write(diary, _both_sides(demo_history(*asked)))
        diary.reminders.keep_rule(*demo_marks(*asked).reminder)
    return f"{_held(folder)}, written in {time.perf_counter() - started:.0f} s"


def _grown(source: Path, target: Path) -> str:
    """A hundred years out of ten: every row nine times more, each time ten years earlier; writing them takes longer."""
    shutil.copy(source / FILE, target / FILE)
    with closing(sqlite3.connect(target / FILE)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for table in TABLES:
            (newest,) = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
            names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            for number in range(1, 10):
                shifted = ", ".join(_shifted(name, number) for name in names)
                connection.execute(f"INSERT INTO {table} SELECT {shifted} FROM {table} WHERE rowid <= {newest}")
        connection.commit()
    return _held(target)


def _shifted(column: str, decades: int) -> str:
    earlier = f"'-{decades * 10 * YEAR} days'"
    match column:
        case "id" | "session_id" | "set_id" | "supersedes":
            version = "89abcdef0"[decades - 1]  # instead of the 7 that all of ours have
            return f"substr({column}, 1, 14) || '{version}' || substr({column}, 16)"
        case "at":
            return f"strftime('%Y-%m-%dT%H:%M:%S', substr(at, 1, 19), {earlier}) || substr(at, 20)"
        case "local_date":
            return f"date(local_date, {earlier})"
    return column


def _held(folder: Path) -> str:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES[:3]]
    sessions, sets, ratings = counts
    size = (folder / FILE).stat().st_size / 1e6
    return f"{sessions:,} sessions, {sets:,} sets, {ratings:,} ratings, {size:.0f} MB"


def _both_sides(records: Iterable[Record]) -> Iterator[Record]:
    """Twice the ratings: the other side hurts as much."""
    for record in records:
        yield record
        if isinstance(record, PainRating):
            side = BodySide.RIGHT if record.area.side is BodySide.LEFT else BodySide.LEFT
            yield replace(record, id=UUID(int=record.id.int ^ 1), area=Area(record.area.region, side))
