"""What is read out of records: time spent, sets done."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.exercise import Side
from coach.domain.records import SessionSummary, SetRecord, SetStatus
from coach.services.history import PAUSE_S, seconds_of, sets_done
from tests import records

EACH: list[dict[str, Any]] = [
    {"exercise": "balance", "bouts": [{"set": n, "side": side} for n in (1, 2) for side in ("left", "right")]}
]


def session(*sets: tuple[int, Side, SetStatus], plan: list[dict[str, Any]] = EACH) -> SessionSummary:
    start = records.start(plan=plan)
    done = (records.done(start, set_no=number, side=side, status=status) for number, side, status in sets)
    return SessionSummary(start, None, tuple(done), ())


LEFT, RIGHT, BOTH = (1, Side.LEFT), (1, Side.RIGHT), (1, Side.BOTH)
DONE, PART, SKIPPED = SetStatus.DONE, SetStatus.PARTIAL, SetStatus.SKIPPED


@pytest.mark.parametrize(
    ("sets", "done"),
    [
        ([], 0),
        ([(*LEFT, DONE)], 0),  # stopped before the right side
        ([(*LEFT, DONE), (*RIGHT, SKIPPED)], 0),
        ([(*LEFT, DONE), (*RIGHT, PART)], 1),
        ([(*LEFT, DONE), (*RIGHT, DONE), (2, Side.LEFT, DONE), (2, Side.RIGHT, DONE)], 2),
    ],
)
def test_a_set_counts_when_every_side_of_it_was_worked(sets: list[tuple[int, Side, SetStatus]], done: int) -> None:
    assert sets_done(session(*sets)) == (done, 2)


def test_a_set_made_easier_after_its_first_side_counts_once() -> None:
    plan = [{"exercise": "calf_raise", "bouts": [{"set": 1, "side": "left"}, {"set": 1, "side": "both"}]}]
    assert sets_done(session((*LEFT, DONE), plan=plan)) == (0, 1)
    assert sets_done(session((*LEFT, DONE), (*BOTH, DONE), plan=plan)) == (1, 1)


def test_a_night_between_two_sets_is_not_time_spent() -> None:
    start = records.start()
    minutes: tuple[float, ...] = (1.5, 3, 3 + 60 * 12, 5 + 60 * 12)
    sets: tuple[SetRecord, ...] = tuple(records.done(start, at, set_no=n) for n, at in enumerate(minutes, 1))
    assert seconds_of(SessionSummary(start, None, sets, ())) == 3 * 60 + PAUSE_S + 2 * 60
    assert seconds_of(SessionSummary(start, None, (), ())) == 0
    assert seconds_of(SessionSummary(start, records.end(start, seconds=777), sets, ())) == 777
