"""How exactly the phases change when the event loop stalls: a session of 20 minutes, on a clock that only pretends."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from coach.domain import session
from tests.bench.content import long_plan
from tests.bench.report import Row

if TYPE_CHECKING:
    from coach.domain.plan import Plan

FRAME_S = 1 / 30
STALL_EVERY_S = 20.0
LONGEST_STALL_S = 4.5
"""Below the gap that counts as sleep."""
AT_LEAST_S = 1200


def measure(quick: bool) -> list[Row]:
    """The worst delay of a phase change, in frames, and the drift, over several sessions with other stalls."""
    plan = long_plan(AT_LEAST_S)
    results = [simulate(plan, random.Random(seed)) for seed in range(1 if quick else 10)]
    changes = sum(changes for _, _, changes in results)
    note = f"{changes} phase changes, a stall of up to {LONGEST_STALL_S} s about every {STALL_EVERY_S:g} s"
    return [
        Row("phase change late by", max(late for late, _, _ in results), "frames", 1, "≤ 1 frame", note=note),
        Row("drift within 20 minutes", 1000 * max(drift for _, drift, _ in results), "ms", 0.001, "0"),
    ]


def simulate(plan: Plan, chance: random.Random) -> tuple[float, float, int]:
    """Run a session by frames; returns worst lateness in frames, worst drift in seconds, number of phase changes.

    A change is late by what passed between the instant it was due, counted from the start, and the frame that showed
    it, measured in that frame's own length: a stalled loop shows nothing, but its first frame after that must be right.
    """
    start = now = 1000.0
    run = session.begin(plan, start)
    due = [segment.start for segment in run.timeline.segments]
    worst, drift, shown = 0.0, 0.0, 1
    while not run.state.over:
        length = FRAME_S * chance.uniform(0.7, 1.3)
        if chance.random() < FRAME_S / STALL_EVERY_S:
            length += chance.uniform(0.05, LONGEST_STALL_S)
        now += length
        run, _ = session.tick(run, now)
        segment = run.moment(now).segment
        while shown < len(due) and due[shown] <= segment.start:
            worst, shown = max(worst, (now - start - due[shown]) / length), shown + 1
        if not run.state.over:
            drift = max(drift, abs(run.elapsed(now) - (now - start)))
    return worst, drift, shown
