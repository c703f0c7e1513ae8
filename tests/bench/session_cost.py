"""What a guided session costs on a real screen, and what one frame of the figure costs."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

from tests.bench.report import Row
from tests.screen import virtual_screen

WIDTH, HEIGHT = 1920, 1080
CPU_PCT, FRAME_MS, PER_SECOND = 35, 50, 30


@dataclass(frozen=True, slots=True)
class Cost:
    """What `session_probe` printed: frames a second, CPU in percent of one core, longest time to make a frame."""

    per_second: float
    cpu_pct: float
    longest_ms: float
    median_ms: float


def measure(quick: bool) -> list[Row]:
    """A session at 1080p beside a window of that size that only copies a picture as often."""
    seconds = 5 if quick else 20
    with virtual_screen(WIDTH, HEIGHT) as environment:
        floor = _probe("blit", seconds, environment)
        session = _probe("session", seconds, environment)
    shown = f"{session.per_second:.0f} frames a second, median {session.median_ms:.1f} ms"
    return [
        Row("session CPU at 1080p", session.cpu_pct, "%", CPU_PCT, f"≤ {CPU_PCT} %", floor.cpu_pct, "blit", shown),
        Row("session longest frame", session.longest_ms, "ms", FRAME_MS, f"≤ {FRAME_MS} ms", floor.longest_ms, "blit"),
        # Turned round, so that smaller is better as in every other row.
        Row("session frame interval", 1000 / session.per_second, "ms", 1000 / PER_SECOND * 1.02, f"≤ 1/{PER_SECOND} s"),
    ]


def _probe(what: str, seconds: float, environment: dict[str, str]) -> Cost:
    command = [sys.executable, "-m", "tests.bench.session_probe", what, str(seconds)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RuntimeError(f"the probe failed: {done.stderr[-2000:]}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))
