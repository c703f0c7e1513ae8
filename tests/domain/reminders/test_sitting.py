"""Long sitting: input without a break of three minutes; never where nobody knows."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.ledger import Answer, History
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import Pause, Quiet, ReminderKind
from coach.domain.reminders.sitting import BREAK_S, Sample, Sitting, has_sat, observe, reminded, sitting_now
from tests.domain.reminders.make import BERLIN, HOUR, clock, done, entry, local, own, sitting

MONDAY_NOON = local("16 12:00")


def watched(samples: list[tuple[float, float | None]], begin: Sitting | None = None) -> Sitting:
    """What is known after these samples of (seconds, idle seconds)."""
    state = begin or Sitting()
    for at, idle_s in samples:
        state = observe(state, Sample(at, idle_s))
    return state


def busy(start: int, end: int, step: int = 60) -> list[tuple[float, float | None]]:
    """Input all the time, looked at once a minute."""
    return [(float(at), 1.0) for at in range(start, end + 1, step)]


def test_an_hour_of_input_is_an_hour_of_sitting() -> None:
    assert not has_sat(watched(busy(0, 3540)), 60)
    assert has_sat(watched(busy(0, 3600)), 60)


def test_a_break_of_three_minutes_begins_anew() -> None:
    state = watched([*busy(0, 3000), (3060.0, 61.0), (3120.0, 121.0), (3180.0, 0.0)])
    assert state.seconds() == 0
    assert not has_sat(watched(busy(3240, 6660), state), 60)
    assert has_sat(watched(busy(3240, 6840), state), 60)


def test_a_shorter_pause_does_not() -> None:
    assert has_sat(watched([*busy(0, 3000), (3060.0, 61.0), (3120.0, 121.0), *busy(3160, 3700)]), 60)


def test_a_sleep_of_the_computer_is_a_break() -> None:
    assert not has_sat(watched([*busy(0, 3540), (3540.0 + 9 * 3600, 1.0)]), 60)


def test_what_nobody_knows_is_never_long_sitting() -> None:
    assert not has_sat(watched([(float(at), None) for at in range(0, 36000, 60)]), 20)
    assert not has_sat(watched([*busy(0, 3540), (3600.0, None), (3660.0, 1.0)]), 60)
    assert not has_sat(watched([(0.0, -1.0), (3600.0, float("nan")), (7200.0, float("inf"))]), 20)


def test_who_stays_seated_is_reminded_after_as_long_again() -> None:
    state = reminded(watched(busy(0, 3660)), 3660)
    assert not has_sat(state, 60)
    assert not has_sat(watched(busy(3720, 7200), state), 60)
    assert has_sat(watched(busy(3720, 7320), state), 60)


def test_a_coarse_clock_does_not_make_a_break() -> None:
    assert watched([(100.0, 0.0), (130.0, 30.016), (160.0, 0.0)]).seconds() == 60


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(5, 60))
def test_no_break_is_overlooked_and_short_pauses_make_none(gaps: list[int], spacing: int) -> None:
    inputs = list(accumulate(gaps, initial=1000))
    state = Sitting()
    for at in range(inputs[0], inputs[-1] + spacing, spacing):
        seen = [each for each in inputs if each <= at]
        state = observe(state, Sample(at, at - seen[-1]))
        if state.since is not None:
            sat = [each for each in seen if each >= state.since]
            assert all(later - earlier < BREAK_S for earlier, later in pairwise(sat))
            assert state.last_input == seen[-1]
    if max(gaps) + spacing < BREAK_S:
        assert state.since == inputs[0]


def test_it_is_due_within_its_hours_and_says_why_not() -> None:
    rule = sitting()
    found = sitting_now(rule, History(), MONDAY_NOON, BERLIN)
    assert (found.why, found.slot, found.at) == (Why.DUE, "12:00", MONDAY_NOON)
    assert sitting_now(rule, History(), local("16 17:01"), BERLIN).why is Why.OUTSIDE_HOURS
    assert sitting_now(replace(rule, on=False), History(), MONDAY_NOON, BERLIN).why is Why.OFF


@pytest.mark.parametrize(
    ("rule", "history", "why"),
    [
        (own(sitting(), quiet=Quiet(clock("11:00"), clock("13:00"))), History(), Why.QUIET_HOURS),
        (replace(sitting(), pause=Pause(MONDAY_NOON - HOUR, MONDAY_NOON + HOUR)), History(), Why.PAUSED),
        (sitting(), History(locked_since=MONDAY_NOON - HOUR), Why.LOCKED),
        (sitting(), History(done=(done(MONDAY_NOON - HOUR / 2, kind=ReminderKind.SITTING),)), Why.ALREADY_DONE),
        (
            sitting(),
            History((entry(Answer.SKIPPED, MONDAY_NOON - HOUR, "11:00", MONDAY_NOON.date(), 3),)),
            Why.SKIPPED_TODAY,
        ),
    ],
)
def test_a_rule_keeps_it_silent(rule: object, history: History, why: Why) -> None:
    assert sitting_now(rule, history, MONDAY_NOON, BERLIN).why is why  # type: ignore[arg-type]
