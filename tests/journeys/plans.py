"""What the shipped routines ask for, written down from clinical.md section 6 and not from the program."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.domain.records import SetRecord


@dataclass(frozen=True, slots=True)
class Planned:
    """One bout: what is written down of it, and the seconds of its lead-in and its work."""

    exercise: str
    level: int
    set_no: int
    side: str
    lead_s: int
    work_s: int
    reps: int | None
    tempo: str
    hold_s: int | None


def reps(exercise: str, level: int, set_no: int, side: str, lead_s: int, count: int, tempo: str) -> Planned:
    """A bout of repetitions."""
    work = count * sum(int(part) for part in tempo.split("/"))
    return Planned(exercise, level, set_no, side, lead_s, work, count, tempo, None)


def holds(exercise: str, level: int, sets: int, first: str, seconds: int) -> list[Planned]:
    """Sets of holds on each side: 10 s to get ready, 5 s for every change."""
    other = {"left": "right", "right": "left"}[first]
    found: list[Planned] = []
    for set_no in range(1, sets + 1):
        for side in (first, other):
            lead = 5 if found else 10
            found.append(Planned(exercise, level, set_no, side, lead, seconds, None, "", seconds))
    return found


def daily_six(curls: str, balance: str, calf: str, hamstring: str, hip: str) -> list[Planned]:
    """Routine A; the side each exercise begins with is named."""
    other = {"left": "right", "right": "left"}[curls]
    return [
        reps("towel_toe_curl", 2, 1, curls, 10, 10, "2/1/2"),
        reps("towel_toe_curl", 2, 1, other, 5, 10, "2/1/2"),
        reps("calf_raise", 2, 1, "both", 10, 10, "2/1/3"),
        reps("calf_raise", 2, 2, "both", 45, 10, "2/1/3"),
        *holds("single_leg_balance", 2, 2, balance, 15),
        *holds("calf_stretch", 2, 2, calf, 30),
        *holds("hamstring_stretch", 2, 2, hamstring, 30),
        *holds("hip_flexor_stretch", 2, 2, hip, 30),
    ]


def desk_side() -> list[Planned]:
    """Routine B, nothing hurts."""
    return [
        reps("towel_toe_curl", 1, 1, "both", 10, 10, "2/1/2"),
        reps("calf_raise", 1, 1, "both", 10, 12, "2/1/2"),
        *holds("calf_stretch", 1, 1, "left", 20),
        *holds("hamstring_stretch", 1, 1, "left", 20),
        *holds("hip_flexor_stretch", 1, 1, "left", 20),
    ]


def seconds(plan: Iterable[Planned]) -> int:
    """Length of a plan."""
    return sum(bout.lead_s + bout.work_s for bout in plan)


def ends(plan: Iterable[Planned]) -> list[int]:
    """Seconds from the start to the end of each bout, when nothing comes between."""
    return list(accumulate(bout.lead_s + bout.work_s for bout in plan))


def as_planned(plan: Iterable[Planned]) -> list[tuple[object, ...]]:
    """How a plan looks in the diary when everything was done."""
    return [(b.exercise, b.level, b.set_no, b.side, "done", b.reps, b.reps, b.hold_s, b.hold_s, b.tempo) for b in plan]


def as_logged(sets: Iterable[SetRecord]) -> list[tuple[object, ...]]:
    """What the diary says, in the same form: planned beside real."""
    return [
        (
            r.exercise_id,
            r.level,
            r.set_no,
            r.side.value,
            r.status.value,
            r.planned_reps,
            r.real_reps,
            r.planned_hold_s,
            r.real_hold_s,
            str(r.tempo) if r.tempo else "",
        )
        for r in sets
    ]
