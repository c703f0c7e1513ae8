"""What is shown at each kind of moment, as values: side, digits, words, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.domain.exercise import Side
from coach.domain.figure.motion import minimum_jerk
from coach.domain.plan import RoutineItem, plan_routine
from coach.domain.preferences import Preferences, VoiceChoice
from coach.domain.timeline import Phase
from coach.ui.session.intents import Command
from coach.ui.session.view import Primary, Tone, VoiceState
from tests import samples

if TYPE_CHECKING:
    from tests.ui.session.conftest import MakeGuided

# Bouts of the sample plan: calf raises 2 × 10 (0, 1), balance 2 × 15 s each (2 to 5), stretch 2 × 30 s each (6 to 9).
RAISE, RAISE_2, BALANCE_LEFT, BALANCE_RIGHT, STRETCH_LEFT = 0, 1, 2, 3, 6


def test_a_hold_counts_down_on_its_side(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 3.2)
    panel = one.view.panel
    assert (panel.tone, panel.word, panel.soles) == (Tone.LEFT, "LEFT", Side.LEFT)
    assert (panel.label, panel.digits, panel.unit) == ("Hold", "12", "of 15 seconds")
    assert panel.fraction == pytest.approx(11.8 / 15)
    assert (panel.next_label, panel.next_text, panel.next_tone) == ("Next", "Right leg", Tone.RIGHT)
    assert panel.aside == "Set 1 of 2"
    assert one.view.stage.figure.side is Side.LEFT


def test_repetitions_are_counted_and_paced(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(RAISE, 6 * 6 + 4.35)
    panel, stage = one.view.panel, one.view.stage
    assert (panel.tone, panel.word, panel.soles) == (Tone.NEUTRAL, "BOTH", Side.BOTH)
    assert (panel.label, panel.digits, panel.beside, panel.reps) == ("Rep", "7", "of 10", (6, 10))
    assert panel.next_text == "Rest 45 s"
    assert (stage.phase_word, stage.phase_count) == ("Lower", "2")
    assert stage.pacer is not None
    assert stage.pacer.into == pytest.approx(4.35)
    assert stage.figure.state.progress == pytest.approx(1 - minimum_jerk(1.35 / 3), abs=1e-3)


def test_the_tenth_repetition_says_of_ten_below(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(RAISE, 9 * 6 + 1)
    assert (one.view.panel.digits, one.view.panel.beside, one.view.panel.unit) == ("10", "", "of 10")


def test_rest_is_neutral_and_says_what_was_done(guided: MakeGuided) -> None:
    one = guided()
    one.to_lead(RAISE_2, 13.2)
    panel, stage = one.view.panel, one.view.stage
    assert (panel.tone, panel.word, panel.soles) == (Tone.NEUTRAL, "REST", None)
    assert (panel.digits, panel.unit) == ("32", "of 45 seconds")
    assert (panel.next_text, panel.aside) == ("Set 2 of 2", "10 reps")
    assert stage.cue == "10 of 10, all at tempo."
    assert stage.pain is not None
    assert one.view.controls.primary is Primary.START_NOW


def test_a_short_set_is_not_called_at_tempo(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(RAISE, 20)
    one.ask(Command.SKIP)
    assert one.view.stage.cue == "3 of 10."


def test_get_ready_lists_the_set_up_of_the_side(guided: MakeGuided) -> None:
    one = guided(first_by_pain={samples.balance().id})
    one.to_lead(BALANCE_LEFT, 2.2)
    panel, stage = one.view.panel, one.view.stage
    assert (panel.label, panel.digits, panel.unit) == ("Get ready", "8", "your more painful side first")
    assert (panel.next_text, panel.next_tone, panel.aside) == ("then right", Tone.RIGHT, "2 × 15 s each")
    assert stage.setup == ("Hands on the wall", "Left foot back", "Left heel stays heavy, left knee straight")
    assert stage.figure.state.ghost
    assert stage.safety == ""
    assert one.view.controls.more


def test_both_legs_have_no_more_painful_side(guided: MakeGuided) -> None:
    one = guided(first_by_pain={samples.calf_raises().id})
    assert one.view.panel.unit == "then 10 reps"
    assert one.view.panel.next_text == "2 × 10 reps"


def test_the_first_exercise_carries_the_safety_line(guided: MakeGuided) -> None:
    one = guided()
    assert one.view.stage.safety.startswith("Stay near something sturdy")
    one.to_lead(STRETCH_LEFT, 1)
    assert one.view.stage.safety == ""


def test_the_change_names_the_new_side_and_keeps_a_strip_of_the_old(guided: MakeGuided) -> None:
    one = guided()
    one.to_lead(BALANCE_RIGHT, 1.2)
    panel, stage = one.view.panel, one.view.stage
    assert (panel.tone, panel.word, panel.label, panel.digits) == (Tone.RIGHT, "RIGHT", "Starts in", "4")
    assert (panel.unit, panel.next_text, panel.aside) == ("then hold 15 seconds", "Set 1 of 2", "same time")
    assert stage.title == "Now your right leg"
    assert (stage.cue, stage.cue_strong, stage.cue_check) == ("Left done,", "15 of 15 s", True)
    assert stage.strip is Tone.LEFT
    assert one.view.controls.primary is Primary.PAUSE


def test_a_skipped_side_is_not_called_done(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 0.2)
    one.ask(Command.SKIP)
    assert (one.view.stage.cue, one.view.stage.cue_check) == ("Left skipped.", False)


def test_the_idle_side_has_no_word(guided: MakeGuided) -> None:
    one = guided()
    one.wait(one.run.timeline.total - 1)
    worked = [view for view in one.views if view.panel.tone is not Tone.NEUTRAL]
    assert {(view.panel.tone, view.panel.word) for view in worked} == {(Tone.LEFT, "LEFT"), (Tone.RIGHT, "RIGHT")}


def test_the_last_three_seconds_are_heavy(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 11.9)
    assert not one.view.panel.heavy
    one.to_work(BALANCE_LEFT, 12.1)
    assert (one.view.panel.heavy, one.view.panel.digits) == (True, "3")


def test_a_finished_set_gets_its_check_on_its_own_side_first(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 15.01)
    assert (one.view.panel.check, one.view.panel.tone, one.view.panel.unit) == (True, Tone.LEFT, "15 of 15 s")
    one.wait(0.65)
    assert (one.view.panel.check, one.view.panel.tone) == (False, Tone.RIGHT)
    assert one.view.crossing is not None
    assert one.view.crossing.before.tone is Tone.LEFT
    one.wait(0.45)
    assert one.view.crossing is None


def test_a_skipped_set_gets_no_check(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 5)
    one.ask(Command.SKIP)
    assert not one.view.panel.check


def test_minutes_from_a_hundred_seconds_on(guided: MakeGuided) -> None:
    one = guided(samples.plan(RoutineItem(samples.calf_raises(), 2, 2, rest_s=120)))
    one.to_lead(1, 13)
    assert (one.view.panel.digits, one.view.panel.unit) == ("1:47", "of 2:00 minutes")
    one.wait(8)
    assert one.view.panel.digits == "99"


def test_progress_is_as_wide_as_time(guided: MakeGuided) -> None:
    one = guided()
    one.to_lead(BALANCE_LEFT, 0.1)
    progress = one.view.stage.progress
    spans = [end - start for start, end in map(one.run.timeline.exercise_span, range(3))]
    assert [seconds for seconds, _ in progress.segments] == spans
    assert [round(filled) for _, filled in progress.segments] == [1, 0, 0]
    assert progress.place == "2 of 3"
    assert progress.left == "3:50 left"


def test_cues_change_with_the_second_half(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    first = one.view.stage.cue
    one.to_work(STRETCH_LEFT, 16)
    assert {first, one.view.stage.cue} == {"Count three on the way down.", "Straight up like a lift."}


def test_paused_shows_the_second_row(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    assert not one.view.controls.more
    one.ask(Command.STAGE)
    assert (one.view.panel.label, one.view.panel.dimmed) == ("Paused", True)
    assert (one.view.controls.primary, one.view.controls.more, one.view.controls.can_ease) == (
        Primary.GO_ON,
        True,
        True,
    )


def test_without_a_pose_the_steps_are_told(guided: MakeGuided) -> None:
    # Exercises made in code have no poses at all.
    assert guided().view.stage.figure.pose is None


def test_self_paced_asks_for_a_key(guided: MakeGuided) -> None:
    one = guided(self_paced=True)
    one.wait(20)
    assert one.run.waiting
    panel = one.view.panel
    assert (panel.unit, panel.reps, one.view.stage.phase_count) == ("press any key", (1, 10), "")
    assert one.view.controls.primary is Primary.NEXT_REP


def test_reduced_motion_cuts_and_flashes(guided: MakeGuided) -> None:
    one = guided()
    one.presenter.set_reduced_motion(reduced=True)
    one.to_lead(BALANCE_RIGHT, 0.7)
    assert one.view.crossing is None
    assert one.lit() is Tone.RIGHT
    one.wait(0.25)
    assert one.lit() is None
    one.to_work(STRETCH_LEFT, 4)
    assert one.view.stage.figure.state.still


def test_a_silent_voice_is_told(guided: MakeGuided) -> None:
    one = guided()
    one.announcer.voice_problem = "No speech engine is installed."
    one.presenter.sound_changed()
    assert one.view.controls.voice is VoiceState.UNAVAILABLE
    assert one.view.controls.voice_reason == "No speech engine is installed."
    assert one.view.stage.progress.notice == "cues on screen"
    off = guided(preferences=Preferences(voice=VoiceChoice.OFF))
    assert off.view.controls.voice is VoiceState.OFF


def test_one_side_only_has_no_change_of_side(guided: MakeGuided) -> None:
    plan = plan_routine(samples.routine(RoutineItem(samples.calf_raises(), 2, 3)))
    one = guided(plan)
    one.wait(one.run.timeline.total - 1)
    assert {view.panel.tone for view in one.views} == {Tone.NEUTRAL}
    assert all(place.bout.lead in {Phase.GET_READY, Phase.REST} for place in one.run.timeline.places)
