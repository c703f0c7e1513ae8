"""Show now, wait, or give up: never into a call, above a presentation, or while nobody can see it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.delivery import PATIENCE, Delivery, Move, Surroundings, deliver
from coach.domain.reminders.ledger import Missed
from coach.domain.reminders.parts import Manner, Quiet
from tests.domain.reminders.make import BERLIN, LOUD, clock, local

NOW = local("18:30")
NONE = timedelta()
CLEAR = Surroundings(*[False] * 6)
KNOWN = [field.name for field in fields(Surroundings) if field.name != "exercising"]


def decide(around: Surroundings, waited: timedelta = NONE, manner: Manner = LOUD) -> Delivery:
    """The decision at half past six."""
    return deliver(NOW, around, waited, manner, BERLIN)


def test_when_all_is_clear_it_is_shown_with_a_card_and_the_sound_that_was_asked_for() -> None:
    assert decide(CLEAR) == Delivery(Move.SHOW, pop_over=True)
    assert decide(CLEAR, manner=replace(LOUD, sound=True)).sound


@pytest.mark.parametrize("unknown", KNOWN)
def test_what_is_not_known_is_met_politely(unknown: str) -> None:
    nothing: dict[str, Any] = {unknown: None}
    around = replace(CLEAR, **nothing)
    assert decide(around) == Delivery(Move.SHOW)
    assert decide(Surroundings(), manner=replace(LOUD, sound=True)) == Delivery(Move.SHOW)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("full_screen", Missed.FULL_SCREEN),
        ("do_not_disturb", Missed.DO_NOT_DISTURB),
        ("locked", Missed.SCREEN_LOCKED),
        ("camera", Missed.IN_A_CALL),
        ("microphone", Missed.IN_A_CALL),
        ("typing", Missed.TYPING),
    ],
)
def test_it_waits_for_a_set_time_and_then_says_why_it_gave_up(name: str, reason: Missed) -> None:
    around = replace(Surroundings(), **{name: True})
    first = decide(around)
    assert (first.move, first.reason) == (Move.WAIT, reason)
    last = decide(around, PATIENCE - timedelta(seconds=1))
    assert (last.move, last.again) == (Move.WAIT, timedelta(seconds=1))
    assert decide(around, PATIENCE) == Delivery(Move.GIVE_UP, reason)


def test_whoever_does_not_want_it_to_wait_while_presenting_gets_a_plain_notification() -> None:
    found = decide(replace(CLEAR, full_screen=True), manner=replace(LOUD, wait_while_presenting=False))
    assert (found.move, found.pop_over) == (Move.SHOW, False)


def test_quiet_hours_that_begin_while_it_waits_win() -> None:
    manner = Manner(quiet=Quiet(clock("18:15"), clock("07:00")))
    assert decide(CLEAR, manner=manner) == Delivery(Move.GIVE_UP, Missed.QUIET_HOURS)


def test_nothing_interrupts_a_session_however_long() -> None:
    found = decide(replace(CLEAR, exercising=True), timedelta(hours=5))
    assert (found.move, found.reason) == (Move.WAIT, None)


yes_no_unknown = st.sampled_from([True, False, None])


@given(st.builds(Surroundings, *[yes_no_unknown] * 6), st.timedeltas(NONE, timedelta(hours=1)), st.booleans())
def test_it_never_waits_for_ever_and_never_pops_up_unless_all_is_known_to_be_clear(
    around: Surroundings, waited: timedelta, sound: bool
) -> None:
    found = decide(around, waited, replace(LOUD, sound=sound))
    assert (found.again is not None) == (found.move is Move.WAIT)
    assert found.again is None or waited + found.again <= PATIENCE
    assert not found.pop_over or around == CLEAR
    assert not found.sound or (around.camera is False and around.microphone is False)
    assert found.move is not Move.SHOW or found.reason is None
