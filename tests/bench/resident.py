"""What `coach --hidden` costs while nothing happens, beside Workrave, which does the same work, in the same minutes.

Both wait on virtual screens of their own, with a tray, until their start has settled; then all threads of both are
counted over the same span: processor time, wake-ups (every context switch) and proportional memory. At the end a real
notification is shown and closed, which loads what no start needs, and the memory is looked at once more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from coach.bootstrap import fill_with_demo, open_core
from coach.domain.records import Stamp
from coach.domain.reminders.parts import ReminderKind
from coach.domain.reminders.starters import starter
from tests.bench.desktop_measure import activity, end_tree, memory_mb, process_tree, read_trace
from tests.bench.report import Row
from tests.bench.start_up import DAYS, START_LIVE
from tests.screen import notification_server, output, virtual_screen, wait_until

PEER, SERVER = "workrave", "dunst"
SETTLE_S = 30.0
"""From the first moment at which the program could be used to the count."""
START_LIMIT_S = 60.0
QUICK_S, LONG_S = 60.0, 1800.0
CPU_PCT, WAKES, MEMORY_MB = 0.05, 5.0, 85.0


@dataclass(frozen=True, slots=True)
class Resident:
    """One program at rest: % of one core, wake-ups a minute, MB by its share, and MB that are its alone."""

    cpu_pct: float
    wakes: float
    pss_mb: float
    own_mb: float


@dataclass(frozen=True, slots=True)
class Program:
    """One that was started, and the screen it was started on."""

    pid: int
    screen: dict[str, str]


def measure(quick: bool) -> list[Row]:
    """Processor, wake-ups and memory. COACH_BENCH_RESIDENT_S names another span, in seconds."""
    span_s = float(os.environ.get("COACH_BENCH_RESIDENT_S") or (QUICK_S if quick else LONG_S))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-bench-")))
        coach = _start_coach(stack, folder)
        programs = [coach.pid]
        if shutil.which(PEER):
            programs.append(_start(stack, [PEER]).pid)
        else:
            print(f"{PEER} is not installed here: measured without it", file=sys.stderr)
        time.sleep(SETTLE_S)
        ours, *peers = _count(programs, span_s)
        table = rows(ours, peers[0] if peers else None, span_s)
        if shutil.which(SERVER):
            table.append(notified(*_notify(coach, folder)))
        else:
            print(f"{SERVER} is not installed here: no notification was shown", file=sys.stderr)
        return table


def notified(pss_mb: float, own_mb: float) -> Row:
    """The budget of memory also holds once there has been a notification."""
    note = f"{own_mb:.0f} MB of it shared with no other process; {SETTLE_S:g} s after a notification was closed"
    return Row("resident: memory, notified", pss_mb, "MB", MEMORY_MB, f"≤ {MEMORY_MB:g} MB", note=note)


def rows(coach: Resident, peer: Resident | None, span_s: float) -> list[Row]:
    """The budgets of a program that waits in the tray; the other program is no floor, so it stands in the note."""

    def row(what: str, value: float, other: float | None, unit: str, budget: float) -> Row:
        beside = f"{PEER.capitalize()} beside it: {other:.3g} {unit}" if other is not None else ""
        return Row(f"resident: {what}", value, unit, budget, f"≤ {budget:g} {unit}", note=beside)

    memory = row("memory", coach.pss_mb, None if peer is None else peer.pss_mb, "MB", MEMORY_MB)
    own = f"{coach.own_mb:.0f} MB of it shared with no other process; {span_s / 60:.3g} min in the tray"
    return [
        row("processor", coach.cpu_pct, None if peer is None else peer.cpu_pct, "%", CPU_PCT),
        row("wake-ups", coach.wakes, None if peer is None else peer.wakes, "a minute", WAKES),
        replace(memory, note="; ".join(filter(None, (memory.note, own)))),
    ]


def _start_coach(stack: ExitStack, folder: Path) -> Program:
    """The program of somebody with twelve weeks of history and two reminders, started as at login."""
    core = open_core(folder)
    fill_with_demo(core, DAYS)
    core.preferences.save(replace(core.preferences.load()[0], safety_accepted="bench"))
    with ExitStack() as opened:
        diary = core.open_diary()
        opened.callback(diary.close)
        now, new_id = datetime.now(UTC), core.new_ids()
        for kind, routine in ((ReminderKind.ROUTINE, "daily_six"), (ReminderKind.WEEKLY_CHECK, "")):
            diary.reminders.keep_rule(starter(kind, new_id(), now, routine), Stamp.of(now, core.zone()))
    command = [sys.executable, "-m", "coach", "--hidden", "--profile", str(folder)]
    trace = folder / "trace"
    coach = _start(stack, command, {"COACH_TRACE": str(trace)})
    limit = time.monotonic() + START_LIMIT_S
    while START_LIVE not in read_trace(trace):
        if time.monotonic() > limit:
            raise RuntimeError("the program did not come up in the tray")
        time.sleep(0.1)
    return coach


def _start(stack: ExitStack, command: list[str], more: dict[str, str] | None = None) -> Program:
    """Start a program on a screen of its own."""
    environment = stack.enter_context(virtual_screen(tray=True)) | (more or {})
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    stack.callback(end_tree, program)
    return Program(program.pid, environment)


def _count(pids: list[int], span_s: float) -> list[Resident]:
    """Watch all of them over the same span."""
    before, start = [activity(process_tree(pid)) for pid in pids], time.monotonic()
    time.sleep(span_s)
    trees = [process_tree(pid) for pid in pids]
    after, span = [activity(tree) for tree in trees], time.monotonic() - start
    if not all(Path(f"/proc/{pid}/smaps_rollup").exists() for pid in pids):
        raise RuntimeError("a program ended while it was watched")
    return [
        Resident(100 * (cpu - cpu_before) / span, 60 * (wakes - wakes_before) / span, *memory_mb(tree))
        for (cpu, wakes), (cpu_before, wakes_before), tree in zip(after, before, trees, strict=True)
    ]


def _notify(coach: Program, folder: Path) -> tuple[float, float]:
    """Have it show a notification and close that; its memory when it is at rest again."""

    def shown(count: int) -> bool:
        return output(coach.screen, "dunstctl", "count", "displayed").strip() == str(count)

    with notification_server(coach.screen):
        command = [sys.executable, "-m", "coach", "remind", "now", "--profile", str(folder)]
        subprocess.run(command, env=coach.screen, check=True, stdout=subprocess.DEVNULL)
        wait_until(lambda: shown(1), "the notification")
        output(coach.screen, "dunstctl", "close-all")
        wait_until(lambda: shown(0), "the end of the notification")
        time.sleep(SETTLE_S)
        return memory_mb(process_tree(coach.pid))
