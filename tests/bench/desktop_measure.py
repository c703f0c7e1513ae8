"""Measures a desktop program from outside, as its user's machine sees it.

    python -m tests.bench.desktop_measure [--runs 5] [--settle 5] [--idle 30] -- COMMAND [ARG ...]

Each run has a private screen and home folder. The first visible window is seen in the window manager's own list, by an
event and not by asking again and again, so that looking does not slow down what is looked at. A program may write
moments of its own into the file that `COACH_TRACE` names: one line `name seconds` each, seconds of `time.monotonic()`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.screen import virtual_screen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOOK_S = 0.01
SMALLEST_WINDOW = 50
"""Pixels; what is smaller is an icon."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One start, or the medians of several. Seconds count from the launch of the process."""

    first_window_s: float | None = None
    marks: Mapping[str, float] = field(default_factory=dict)
    pss_mb: float | None = None
    idle_cpu_pct: float | None = None
    idle_switches_per_min: float | None = None
    alive: bool = True
    stderr: str = ""


def measure(
    command: Sequence[str], *, runs: int = 5, settle_s: float = 0, idle_s: float = 0, last_mark: str | None = None
) -> Measured:
    """Start `command` several times and return the medians.

    A run ends when the window is there and, if asked for, the program has written `last_mark`; with `idle_s` it is then
    left alone for `settle_s` and watched for `idle_s`.
    """
    return median([_one_run(command, settle_s, idle_s, last_mark) for _ in range(runs)])


def median(runs: Sequence[Measured]) -> Measured:
    """The median of every figure over the runs that have it."""

    def middle(name: str) -> float | None:
        values = [value for run in runs if (value := getattr(run, name)) is not None]
        return statistics.median(values) if values else None

    names = {name for run in runs for name in run.marks}
    return Measured(
        first_window_s=middle("first_window_s"),
        marks={name: statistics.median(run.marks[name] for run in runs if name in run.marks) for name in names},
        pss_mb=middle("pss_mb"),
        idle_cpu_pct=middle("idle_cpu_pct"),
        idle_switches_per_min=middle("idle_switches_per_min"),
        alive=all(run.alive for run in runs),
        stderr=next((run.stderr for run in runs if run.stderr), ""),
    )


def _one_run(
    command: Sequence[str], settle_s: float, idle_s: float, last_mark: str | None, limit_s: float = 30
) -> Measured:
    with virtual_screen(tray=True) as environment, tempfile.NamedTemporaryFile("w+") as errors:
        trace = Path(environment["HOME"]) / "trace"
        with _WindowWatch(environment) as watch:
            started = time.monotonic()
            program = subprocess.Popen(
                command,
                env=environment | {"COACH_TRACE": str(trace)},
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
            try:
                while time.monotonic() - started < limit_s and program.poll() is None:
                    if watch.seen.wait(LOOK_S) and (last_mark is None or last_mark in read_trace(trace)):
                        break
                    time.sleep(LOOK_S)  # also once the window is there: whoever looks all the time slows it down
                idle = _watch_idle(program.pid, settle_s, idle_s) if idle_s and program.poll() is None else Measured()
                alive = program.poll() is None
            finally:
                end_tree(program)
        return Measured(
            first_window_s=watch.seen_at - started if watch.seen_at else None,
            marks={name: moment - started for name, moment in read_trace(trace).items()},
            pss_mb=idle.pss_mb,
            idle_cpu_pct=idle.idle_cpu_pct,
            idle_switches_per_min=idle.idle_switches_per_min,
            alive=alive,
            stderr=Path(errors.name).read_text(encoding="utf-8", errors="replace")[-400:],
        )


class _WindowWatch:
    """Follows the window manager's list of windows and remembers when the first real one came."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.seen = threading.Event()
        self.seen_at: float | None = None
        self._environment = environment
        self._listed = threading.Event()
        command = ["xprop", "-root", "-spy", "_NET_CLIENT_LIST"]
        self._spy = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        # The first answer lists what is there already; only then may the program start.
        self._listed.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._spy.terminate()
        self._spy.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self._spy.stdout is not None
        with self._spy.stdout as lines:
            for line in lines:
                now = time.monotonic()
                if not self.seen.is_set() and any(map(self._is_real, re.findall(r"0x[0-9a-f]+", line))):
                    self.seen_at = now
                    self.seen.set()
                self._listed.set()

    def _is_real(self, window: str) -> bool:
        command = ["xwininfo", "-id", window]
        shape = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=False).stdout
        sizes = [int(size) for size in re.findall(r"(?:Width|Height): (\d+)", shape)]
        return len(sizes) == 2 and min(sizes) > SMALLEST_WINDOW


def read_trace(path: Path) -> dict[str, float]:
    """The moments a program wrote down: name to `time.monotonic()`; the first of each name counts."""
    moments: dict[str, float] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, moment = line.partition(" ")
            if moment:
                moments.setdefault(name, float(moment))
    return moments


def _watch_idle(pid: int, settle_s: float, idle_s: float) -> Measured:
    time.sleep(settle_s)
    cpu, switches, start = *activity(process_tree(pid)), time.monotonic()
    time.sleep(idle_s)
    pids = process_tree(pid)
    cpu_after, switches_after = activity(pids)
    span = time.monotonic() - start
    return Measured(
        pss_mb=pss_mb(pids),
        idle_cpu_pct=100 * (cpu_after - cpu) / span,
        idle_switches_per_min=60 * (switches_after - switches) / span,
    )


def process_tree(pid: int) -> list[int]:
    """`pid` and all its living descendants, parents first."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (stat := _read(folder / "stat")):
            children.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def pss_mb(pids: Sequence[int]) -> float:
    """Proportional memory of these processes in MB (shared pages counted by their share)."""
    return memory_mb(pids)[0]


def memory_mb(pids: Sequence[int]) -> tuple[float, float]:
    """MB of these processes by their share, as `pss_mb`, and those that no other process shares."""
    tables = [_read(Path(f"/proc/{pid}/smaps_rollup")) for pid in pids]
    found = [re.findall(rf"^{name}:\s+(\d+)", "".join(tables), re.MULTILINE) for name in ("Pss", "Private_\\w+")]
    return (sum(map(int, found[0])) / 1024, sum(map(int, found[1])) / 1024)


def activity(pids: Sequence[int]) -> tuple[float, int]:
    """CPU seconds and context switches, voluntary or not, of all threads of these processes so far."""
    cpu, switches, tick = 0.0, 0, os.sysconf("SC_CLK_TCK")
    for pid in pids:
        if stat := _read(Path(f"/proc/{pid}/stat")):
            fields = stat.rsplit(")", 1)[1].split()
            cpu += (int(fields[11]) + int(fields[12])) / tick
        for status in Path(f"/proc/{pid}/task").glob("*/status"):
            switches += sum(map(int, re.findall(r"voluntary_ctxt_switches:\s+(\d+)", _read(status))))
    return cpu, switches


def _read(path: Path) -> str:
    """A file of /proc, or nothing when its process has gone."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def end_tree(program: subprocess.Popen[bytes]) -> None:
    """End a program and all it started: politely, then for good."""
    for pid in reversed(process_tree(program.pid)):
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
    try:
        program.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def main() -> None:
    """Measure the command of the command line and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--settle", type=float, default=5, help="seconds from the first window to the idle measurement")
    parser.add_argument("--idle", type=float, default=30, help="seconds of the idle measurement")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if not command:
        parser.error("no command")
    measured = measure(command, runs=arguments.runs, settle_s=arguments.settle, idle_s=arguments.idle)
    json.dump({"command": command, "runs": arguments.runs} | asdict(measured), sys.stdout)
    print()


if __name__ == "__main__":
    main()
