"""Pain during a session: what the rules of clinical.md 3.5 say happens, and the diary holds the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.records import Outcome, PainRating
from coach.ui.session.controls import SessionButton
from tests.journeys import eyes, hands
from tests.journeys.test_steering import real, stands

if TYPE_CHECKING:
    from tests.journeys.desk import Desk

RIGHT_HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)


def worst(desk: Desk) -> list[PainRating]:
    """The ratings of worst pain in the newest session."""
    return [rating for rating in desk.logged()[0].pain if rating.moment is PainMoment.WORST]


def stopped(desk: Desk) -> bool:
    """Whether the stop page fills the screen."""
    return desk.session.view.stop is not None


def reach_raises(desk: Desk) -> None:
    """The fourth repetition of the first set of calf raises, a strength exercise."""
    desk.wait_for("calf_raise", set_no=1, phase="work")
    desk.wait(20)


def reach_stretch(desk: Desk) -> None:
    """The tenth second of the first calf stretch."""
    desk.wait_for("calf_stretch", side="left", phase="work", into=10)


@pytest.mark.parametrize("number", [0, 3])
def test_up_to_3_is_fine_and_the_set_goes_on(guided: Desk, number: int) -> None:
    reach_raises(guided)
    hands.press("H")
    assert guided.session.view.hurts is not None
    guided.wait(20)
    hands.press(str(number))
    assert eyes.sees("Carry on", SessionButton)
    hands.press("Space")
    guided.wait_for("single_leg_balance")
    assert real(guided, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "done", 10)]
    (rating,) = worst(guided)
    assert (rating.nrs, rating.area, rating.exercise_id) == (number, RIGHT_HEEL, "calf_raise")


@pytest.mark.parametrize("number", [4, 5])
def test_strength_4_or_5_makes_the_next_set_a_quarter_shorter(guided: Desk, number: int) -> None:
    reach_raises(guided)
    hands.press("H", str(number), "Enter")
    assert guided.session.view.hurts is None
    guided.wait_for("single_leg_balance")
    assert real(guided, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "done", 7)]
    second = guided.logged()[0].sets[3]
    assert (second.planned_reps, second.level) == (7, 2)
    assert [rating.nrs for rating in worst(guided)] == [number]


@pytest.mark.parametrize("number", ["6", "9", "10"])
def test_strength_6_or_more_ends_the_exercise(guided: Desk, number: str) -> None:
    reach_raises(guided)
    hands.press("H", *number, "Space")
    guided.wait(1)
    assert guided.session.view.stage.title == "Single-leg balance"
    assert sorted(real(guided, "calf_raise")) == [("both", 1, "partial", 3), ("both", 2, "skipped", 0)]
    assert [rating.nrs for rating in worst(guided)] == [int(number)]
    guided.wait_for("calf_stretch")
    assert [row[2] for row in real(guided, "single_leg_balance")] == ["done"] * 4


def test_a_stretch_at_4_is_eased_off_and_asked_about_again(guided: Desk) -> None:
    reach_stretch(guided)
    hands.press("H", "4", "Space")
    guided.wait_for("calf_stretch", side="right", phase="change", into=1)
    pain = guided.session.view.stage.pain
    assert pain is not None
    assert pain.question == "Is it 3 or less now?"
    hands.press("2")
    guided.wait_for("hamstring_stretch")
    assert [row[2] for row in real(guided, "calf_stretch")] == ["done"] * 4
    assert [rating.nrs for rating in worst(guided)] == [4, 2]


def test_a_stretch_that_stays_at_4_ends(guided: Desk) -> None:
    reach_stretch(guided)
    hands.press("H", "4", "Space")
    guided.wait_for("calf_stretch", side="right", phase="change", into=1)
    hands.press("5")
    guided.wait(2)
    assert guided.session.view.hurts is not None
    assert guided.session.view.hurts.advice is not None
    assert "this exercise ends here" in guided.session.view.hurts.advice.text
    hands.press("Space")
    guided.wait(1)
    assert guided.session.view.stage.title == "Hamstring stretch"
    assert sorted(row[2] for row in real(guided, "calf_stretch")) == ["done", "skipped", "skipped", "skipped"]


@pytest.mark.parametrize(("keys", "number", "reps"), [("3", 3, 10), ("4", 4, 7)])
def test_a_digit_in_a_rest_rates_the_set_before_it(guided: Desk, keys: str, number: int, reps: int) -> None:
    guided.wait_for("calf_raise", set_no=2, phase="rest", into=3)
    hands.press(keys)
    guided.wait_for("single_leg_balance")
    (rating,) = worst(guided)
    first, second = (r for r in guided.logged()[0].sets if r.exercise_id == "calf_raise")
    assert (rating.nrs, rating.exercise_id, rating.set_id) == (number, "calf_raise", first.id)
    assert (second.planned_reps, second.real_reps) == (reps, reps)


def test_a_number_in_a_rest_can_be_put_right(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=2, phase="rest", into=3)
    hands.press("2")
    guided.wait(5)
    hands.press("1")
    guided.wait(5)
    (rating,) = worst(guided)
    assert rating.nrs == 1
    assert rating.supersedes is not None


def test_10_in_a_rest_stops_the_exercise(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=2, phase="rest", into=3)
    hands.press("1", "0")
    guided.wait(2)
    assert guided.session.view.hurts is not None
    hands.press("Space")
    guided.wait(1)
    assert real(guided, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "skipped", 0)]
    assert [rating.nrs for rating in worst(guided)] == [10]


def test_esc_closes_the_question_and_nothing_is_kept(guided: Desk) -> None:
    reach_raises(guided)
    hands.press("H", "Esc")
    assert guided.session.view.hurts is None
    assert stands(guided)
    hands.press("Space")
    guided.wait_for("single_leg_balance")
    assert worst(guided) == []


def test_skip_and_easier_are_offered_by_mouse(guided: Desk) -> None:
    reach_raises(guided)
    hands.click("It hurts")
    hands.click("Easier", SessionButton)
    guided.wait_for("calf_raise", phase="work", into=1)
    hands.click("It hurts")
    hands.click("Skip exercise")
    guided.wait(1)
    assert guided.session.view.stage.title == "Single-leg balance"


def test_another_place_by_mouse(guided: Desk) -> None:
    reach_raises(guided)
    hands.click("It hurts")
    hands.click("Somewhere else")
    hands.click("Left knee", SessionButton)
    hands.click("3, mild")
    hands.click("Carry on")
    guided.settle()
    (rating,) = worst(guided)
    assert (rating.area, rating.nrs) == (Area(Region.KNEE, BodySide.LEFT), 3)


def test_a_sign_stops_the_session_by_keyboard(guided: Desk) -> None:
    reach_raises(guided)
    hands.press("H", "Tab", "Space")
    assert stopped(guided)
    hands.press("Esc", "K", "7")
    assert stopped(guided)  # no key makes the page go away, only its buttons
    hands.tab_to("End the session")
    hands.press("Enter")
    guided.settle()
    assert "Session ended" in eyes.words()
    (session,) = guided.logged()
    assert session.end is not None
    assert session.end.outcome is Outcome.STOPPED
    (rating,) = worst(guided)
    assert (rating.sign, rating.nrs) == ("sharp", None)
    assert sorted(row[2] for row in real(guided, "calf_raise")) == ["partial"]


def test_a_sign_ticked_by_mistake_is_taken_back_in_two_steps(guided: Desk) -> None:
    reach_raises(guided)
    hands.click("It hurts")
    hands.click("Sudden sharp pain")
    assert stopped(guided)
    hands.click("I ticked this by mistake")
    assert stopped(guided)
    hands.click("This did not happen, go back")
    assert not stopped(guided)
    hands.click("Close", QAbstractButton)
    hands.click("Go on")
    guided.wait_for("single_leg_balance")
    assert [row[2] for row in real(guided, "calf_raise")] == ["done", "done"]
