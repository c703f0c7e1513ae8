"""Steering a session from the keyboard or with a presenter's remote: what was pressed is what the diary says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.domain.preferences import VoiceChoice
from coach.domain.records import SetRecord, SetStatus
from coach.ui.session.controls import SessionButton
from coach.ui.session.view import Primary, VoiceState
from tests.journeys import eyes, hands

if TYPE_CHECKING:
    from tests.journeys.desk import Desk


def records(desk: Desk, exercise: str) -> list[SetRecord]:
    """What the diary on disk says of an exercise of the newest session."""
    return [record for record in desk.logged()[0].sets if record.exercise_id == exercise]


def real(desk: Desk, exercise: str) -> list[tuple[str, int, str, int | None]]:
    """The same in short: side, set, status, what was done."""
    return [
        (r.side.value, r.set_no, r.status.value, r.real_reps if r.real_reps is not None else r.real_hold_s)
        for r in records(desk, exercise)
    ]


def stands(desk: Desk) -> bool:
    """Whether the big button says that the session stands still."""
    return desk.session.view.controls.primary is Primary.GO_ON


def speaks(desk: Desk) -> bool:
    """Whether the speaker button says that the voice is on."""
    return desk.session.view.controls.voice is VoiceState.ON


@pytest.mark.parametrize("key", ["Right", "PageDown"])
def test_skip_before_an_exercise_leaves_it_out(guided: Desk, key: str) -> None:
    hands.press(key)
    guided.settle()
    assert sorted(real(guided, "towel_toe_curl")) == [("left", 1, "skipped", 0), ("right", 1, "skipped", 0)]
    assert guided.session.view.stage.title == "Calf raises"
    assert guided.session.view.panel.label == "Get ready"


@pytest.mark.parametrize("key", ["Right", "PageDown"])
def test_skip_in_a_set_ends_it_with_what_was_done(guided: Desk, key: str) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="work")
    guided.wait(3 * 6 + 2)  # in the fourth repetition
    hands.press(key)
    guided.settle()
    assert real(guided, "calf_raise") == [("both", 1, "partial", 3)]
    guided.wait_for("calf_raise", set_no=2, phase="work")
    guided.wait(60)
    assert real(guided, "calf_raise") == [("both", 1, "partial", 3), ("both", 2, "done", 10)]


def test_skip_in_a_hold_keeps_the_seconds_held(guided: Desk) -> None:
    guided.wait_for("calf_stretch", phase="work")
    guided.wait(17.5)
    hands.press("Right")
    guided.settle()
    assert real(guided, "calf_stretch") == [("left", 1, "partial", 17)]


def test_skip_in_a_rest_begins_at_once(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=2, phase="rest", into=5)
    hands.press("PageDown")
    assert guided.session.view.panel.label != "Rest"
    guided.wait(60)
    assert real(guided, "calf_raise")[-1] == ("both", 2, "done", 10)


@pytest.mark.parametrize("key", ["Left", "PageUp"])
def test_back_in_a_set_does_it_again_from_its_start(guided: Desk, key: str) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="work")
    guided.wait(40)
    hands.press(key)
    assert guided.session.view.panel.label == "Get ready"
    guided.wait(5 + 60)
    assert real(guided, "calf_raise") == [("both", 1, "done", 10)]


def test_back_before_an_exercise_goes_to_the_one_before(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="get_ready")
    hands.press("Left")
    assert guided.session.view.stage.title == "Towel toe curls"
    guided.wait_for("calf_raise", set_no=1, phase="work")
    first, second = records(guided, "towel_toe_curl")
    assert [first.status, second.status] == [SetStatus.DONE] * 2
    assert first.supersedes is not None  # done twice, counted once
    assert second.supersedes is not None


def test_repeat_in_a_rest_does_the_set_before_again(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=2, phase="rest", into=3)
    hands.press("R")
    guided.wait(5 + 60)
    (first,) = records(guided, "calf_raise")
    assert (first.set_no, first.real_reps, first.status) == (1, 10, SetStatus.DONE)
    assert first.supersedes is not None
    guided.wait_for("calf_raise", set_no=2, phase="work")
    guided.wait(60)
    assert real(guided, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "done", 10)]


def test_easier_goes_one_level_down_from_this_set_on(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="get_ready", into=2)
    assert eyes.sees("Easier", SessionButton)
    hands.press("E")
    assert "Easier" in guided.session.view.stage.cue_strong + guided.session.view.stage.cue
    guided.wait_for("single_leg_balance")
    made = records(guided, "calf_raise")
    assert {(r.level, r.status, r.planned_reps, r.real_reps) for r in made} == {(1, SetStatus.DONE, 10, 10)}
    kept = guided.logged()[0].start.plan[1]
    assert {bout["level"] for bout in kept["bouts"]} == {1}  # the plan in the diary is the new one


def test_easier_in_the_middle_of_the_sets_leaves_the_first_as_it_was(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=2, phase="work", into=2)
    for key in ("Space", "E", "Space"):
        hands.press(key)
        guided.wait(1)
    guided.wait_for("single_leg_balance")
    assert [(r.set_no, r.level) for r in records(guided, "calf_raise")] == [(1, 2), (2, 1)]


@pytest.mark.parametrize(("key", "seconds"), [("+", 35), ("-", 25)])
def test_a_hold_can_be_longer_or_shorter_by_5_s(guided: Desk, key: str, seconds: int) -> None:
    guided.wait_for("calf_stretch", phase="work", into=3)
    hands.press(key)
    guided.wait_for("calf_stretch", side="right")
    (made,) = records(guided, "calf_stretch")
    assert (made.planned_hold_s, made.real_hold_s, made.status) == (seconds, seconds, SetStatus.DONE)


def test_a_foot_that_touches_down_is_counted(guided: Desk) -> None:
    guided.wait_for("single_leg_balance", phase="work", into=4)
    hands.press("Space")
    guided.wait(2)
    hands.press("Space")
    guided.wait(3)
    hands.press("B")  # a pause of its own is no touch
    guided.wait(9)
    hands.press("B")
    guided.wait(15)
    (made,) = records(guided, "single_leg_balance")
    assert (made.touches, made.real_hold_s, made.status) == (1, 15, SetStatus.DONE)


def test_a_touch_that_lasts_is_a_pause(guided: Desk) -> None:
    guided.wait_for("single_leg_balance", phase="work", into=4)
    hands.press("F5")
    guided.wait(20)
    hands.press("F5")
    guided.wait(15)
    (made,) = records(guided, "single_leg_balance")
    assert (made.touches, made.real_hold_s) == (0, 15)


@pytest.mark.parametrize("key", ["Space", "B", ".", "K", "7"])
def test_almost_any_key_pauses_a_set(guided: Desk, key: str) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="work", into=1)
    hands.press(key)
    assert stands(guided)
    guided.wait(30)
    assert not real(guided, "calf_raise")
    hands.press("Space")
    guided.wait(60)
    assert real(guided, "calf_raise") == [("both", 1, "done", 10)]


def test_at_my_own_pace_every_key_is_one_repetition(practised: Desk) -> None:
    practised.settings(self_paced=True)
    practised.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.wait_for("towel_toe_curl", side="left", phase="work")
    for count, key in enumerate(("Space", "K", "F5", "Space", "7", "Space", "K", "Space", "Space", "Space"), 1):
        practised.wait(30)  # as long as it takes
        assert not real(practised, "towel_toe_curl")
        hands.press(key, "K")  # a slap on the keyboard is many keys at once, and counts as one
        practised.settle()
        moment = practised.session.run.moment(practised.clock.monotonic())
        assert moment.segment.rep == (count + 1 if count < 10 else 0)
    (made,) = records(practised, "towel_toe_curl")
    assert (made.self_paced, made.real_reps, made.status) == (True, 10, SetStatus.DONE)


def test_the_voice_key_is_kept(guided: Desk) -> None:
    assert speaks(guided)
    for on, kept in ((False, VoiceChoice.OFF), (True, VoiceChoice.KEY)):
        hands.press("V")
        guided.settle()
        assert (speaks(guided), guided.preferences.voice) == (on, kept)


def test_f_fills_the_screen_and_gives_it_back(guided: Desk) -> None:
    shell = guided.window.shell
    size = shell.size()
    hands.press("F")
    assert shell.isFullScreen()
    hands.press("F")
    assert not shell.isFullScreen()
    assert shell.size() == size
    assert guided.guiding


def test_after_a_sleep_of_the_machine_the_session_stands_where_it_was(guided: Desk) -> None:
    guided.wait_for("calf_raise", set_no=1, phase="work", into=1)
    guided.clock.advance(3 * 3600)
    guided.session.frame()
    assert stands(guided)
    assert not real(guided, "calf_raise")
    hands.press("Space")
    guided.wait(60)
    assert real(guided, "calf_raise") == [("both", 1, "done", 10)]
