"""Leaving a session: it always asks first, the safe answer goes on, and what was done is kept and shown, no more."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel

from coach.domain.records import Outcome
from coach.ui.session.stage import Stage
from coach.ui.widgets.button import Button
from coach.ui.widgets.scale import EffortScale
from tests.journeys import eyes, hands
from tests.journeys.test_steering import real, stands

if TYPE_CHECKING:
    from tests.journeys.desk import Desk

ASKED = "End the session?"


def reach_raises(desk: Desk) -> None:
    """The first set of calf raises, in its second repetition."""
    desk.wait_for("calf_raise", set_no=1, phase="work")
    desk.wait(8)


def test_esc_asks_and_esc_again_goes_on(guided: Desk) -> None:
    reach_raises(guided)
    hands.press("Esc")
    assert ASKED in eyes.words()
    assert "5 exercises are left." in eyes.words()
    guided.wait(30)
    hands.press("Esc")
    assert ASKED not in eyes.words()
    assert not stands(guided)  # it runs again without another key
    guided.wait_for("single_leg_balance")
    assert real(guided, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "done", 10)]


def test_a_session_that_stood_stands_after_the_question(guided: Desk) -> None:
    reach_raises(guided)
    hands.press("Space")
    guided.wait(1)
    hands.press("Esc", "Enter")  # the safe answer has the focus
    assert stands(guided)


def test_the_window_cannot_be_closed_over_a_session_unasked(guided: Desk) -> None:
    reach_raises(guided)
    shell = guided.window.shell
    hands.close_window(shell)
    assert shell.isVisible()
    assert ASKED in eyes.words()
    hands.press("Esc")
    assert guided.guiding
    guided.wait(1)
    hands.close_window(shell)
    hands.tab_to("End")
    hands.press("Enter")
    guided.settle()
    assert "Session ended" in eyes.words()
    hands.press("Enter")
    guided.settle()
    hands.close_window(shell)
    assert not shell.isVisible()


def test_asking_twice_asks_once(guided: Desk) -> None:
    reach_raises(guided)
    hands.close_window(guided.window.shell)
    hands.close_window(guided.window.shell)
    hands.press("Esc")
    assert ASKED not in eyes.words()
    assert guided.guiding


def test_ending_early_shows_and_keeps_only_what_was_done(guided: Desk) -> None:
    reach_raises(guided)
    hands.click("Pause")
    hands.click("End the session")
    hands.click("End", Button)
    guided.settle()
    text = eyes.words()
    assert "Session ended" in text
    assert "2 of 11 sets" in text  # the second was begun
    assert {"Towel toe curls", "Calf raises"} <= set(text.split(" | "))
    assert not {"Single-leg balance", "Calf stretch", "Hamstring stretch"} & set(text.split(" | "))
    hands.click(eyes.shown(EffortScale)[0].cell(2))
    hands.click("Done")
    guided.settle()
    assert eyes.sees("Done today", QLabel)
    (session,) = guided.logged()
    assert session.end is not None
    assert (session.end.outcome, session.end.effort) == (Outcome.STOPPED, 2)
    assert session.end.seconds == pytest.approx(10 + 50 + 5 + 50 + 10 + 8, abs=1)
    assert [(r.exercise_id, r.status.value, r.real_reps) for r in session.sets] == [
        ("towel_toe_curl", "done", 10),
        ("towel_toe_curl", "done", 10),
        ("calf_raise", "partial", 1),
    ]


def test_ending_before_anything_was_done_is_fine(guided: Desk) -> None:
    guided.wait(3)
    hands.press("Esc", "Tab", "Enter")
    guided.settle()
    assert "No set was done. That is fine." in eyes.words()
    hands.press("Enter")
    guided.settle()
    assert eyes.sees("Start", Button)
    assert not eyes.sees("Done today", QLabel)
    (session,) = guided.logged()
    assert session.sets == ()


def test_esc_at_the_questions_before_leads_back_to_today(practised: Desk) -> None:
    practised.open()
    hands.press("Enter")
    assert "Where is your pain right now?" in eyes.words()
    hands.press("Esc")
    practised.settle()
    assert eyes.sees("Start", Button)
    assert practised.logged() == ()
    hands.press("Enter")  # and again
    assert "Where is your pain right now?" in eyes.words()


def test_leaving_the_questions_by_the_sidebar_loses_nothing(practised: Desk) -> None:
    practised.open()
    hands.press("Enter", "Ctrl+3", "Ctrl+1")
    assert eyes.sees("Start", Button)
    hands.press("Enter")
    assert "Where is your pain right now?" in eyes.words()
    hands.click("Nothing hurts")
    assert practised.guiding


@pytest.mark.parametrize("way", ["Ctrl+1", "Ctrl+3", "close"])
def test_leaving_the_questions_after_keeps_what_was_answered(guided: Desk, way: str) -> None:
    reach_raises(guided)
    hands.press("Esc", "Tab", "Enter")
    guided.settle()
    hands.tab_to("Note")
    hands.write("stairs next time")
    if way == "close":
        hands.close_window(guided.window.shell)
        guided.close()
    else:
        hands.press(way)
        guided.settle()
        assert eyes.sees("Start", Button) == (way == "Ctrl+1")
        assert eyes.sees("Calf raises", QLabel)
    (session,) = guided.logged()
    assert session.end is not None
    assert (session.end.outcome, session.end.note) == (Outcome.STOPPED, "stairs next time")


def test_the_questions_after_may_be_left_blank(guided: Desk) -> None:
    guided.wait_for_end()
    hands.press("Enter")  # the first scale has the focus, and Enter gives no number
    guided.settle()
    assert eyes.sees("Done today", QLabel)
    (session,) = guided.logged()
    assert session.end is not None
    assert (session.end.outcome, session.end.effort, session.end.note) == (Outcome.COMPLETED, None, "")


def test_a_click_beside_the_buttons_pauses_and_goes_on(guided: Desk) -> None:
    reach_raises(guided)
    (stage,) = eyes.shown(Stage)
    hands.click_at(stage, QPoint(stage.width() // 3, stage.height() // 2))
    assert stands(guided)
    hands.click_at(stage, QPoint(stage.width() // 3, stage.height() // 2))
    assert not stands(guided)


def test_two_sessions_on_one_day_are_both_kept(guided: Desk) -> None:
    reach_raises(guided)
    hands.press("Esc", "Tab", "Enter")
    guided.settle()
    hands.press("Enter")
    guided.settle()
    guided.clock.advance(3600)
    hands.click("Start")
    hands.click("Nothing hurts")
    guided.wait_for_end()
    hands.press("Enter")
    guided.settle()
    second, first = guided.logged()
    assert first.end is not None
    assert second.end is not None
    assert (len(first.sets), first.end.outcome) == (3, Outcome.STOPPED)
    assert (len(second.sets), second.end.outcome) == (20, Outcome.COMPLETED)


def test_the_display_stays_on_while_guided_and_only_then(guided: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    flow = guided.window.flow
    assert flow is not None
    monkeypatch.setattr(flow._awake, "keep", lambda *, on: told.append(on))
    reach_raises(guided)
    hands.press("Space")
    guided.wait(1)
    hands.press("Space")
    guided.wait(1)
    guided.wait_for_end()
    assert [on for on, _ in groupby(told)] == [True, False, True, False]


def test_fault_33_logging_out_in_a_session_asks_nothing_and_the_session_is_offered_again(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="work")
    guided.window.let_close()  # as the desktop's wish to log out is answered
    guided.window.shell.close()  # as Qt does next
    assert not guided.window.shell.isVisible()
    guided.close()
    guided.open()
    assert "Go on where you stopped?" in eyes.words()
