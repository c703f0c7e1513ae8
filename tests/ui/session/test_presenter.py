"""The presenter: time, keys, the gate before a set is on disk, sleep, pauses, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from coach.domain.pain import Area, BodySide, Region
from coach.domain.plan import RoutineItem
from coach.domain.preferences import Preferences, VoiceChoice
from coach.domain.records import SetStatus
from coach.domain.session import PlanChanged, SetDone, State, resume_after_crash
from coach.domain.timeline import Phase, Timeline
from coach.ui.session.cues import Chime
from coach.ui.session.facts import Outbox, PainAnswer
from coach.ui.session.intents import Command, Digit, RateSheet
from coach.ui.session.presenter import STILL_HERE_S
from coach.ui.session.view import Tone, VoiceState
from tests import samples
from tests.ui.session.guided import FRAME_S

if TYPE_CHECKING:
    from tests.ui.session.conftest import MakeGuided

RAISE, RAISE_2, BALANCE_LEFT, BALANCE_RIGHT, STRETCH_LEFT = 0, 1, 2, 3, 6


# --- a whole session -------------------------------------------------------------------------------------------------


def test_a_whole_session_keeps_every_set_once_and_ends_once(guided: MakeGuided) -> None:
    one = guided()
    one.wait(one.run.timeline.total + 1)
    assert [(s.place.index, s.place.bout.set_no, s.place.bout.side, s.status) for s in one.sets] == [
        (place.index, place.bout.set_no, place.bout.side, SetStatus.DONE) for place in one.run.timeline.places
    ]
    assert one.ended == [True]
    assert not one.moving()
    one.wait(5)
    one.ask(Command.PRIMARY, Command.SKIP, Command.END_NOW)
    assert one.ended == [True]


def test_twenty_minutes_of_frames_never_leave_the_clock(guided: MakeGuided) -> None:
    items = [RoutineItem(e, 2, n) for e, n in ((samples.calf_raises(), 6), (samples.calf_stretch(), 9))]
    one = guided(samples.plan(*items))
    assert one.run.timeline.total > 20 * 60
    start = one.clock.monotonic()
    frame = 0
    while not one.run.state.over:
        # Every tenth frame the event loop was busy for three seconds.
        one.clock.advance(3.0 if frame % 10 == 9 else FRAME_S)
        one.presenter.frame()
        frame += 1
        if not one.run.state.over:
            assert one.run.cursor == pytest.approx(one.clock.monotonic() - start, abs=1e-6)


# --- what is shown as done is on disk --------------------------------------------------------------------------------


def test_the_screen_waits_for_the_diary_and_time_does_not(guided: MakeGuided) -> None:
    one = guided(diary="waits")
    one.to_work(RAISE, 59.99)
    before = one.view
    one.wait(0.5, frame=FRAME_S)
    assert [type(fact) for fact in one.facts] == [SetDone]
    assert (one.view.panel, one.view.stage.phase_word) == (before.panel, before.stage.phase_word)
    assert Chime.DONE not in one.announcer.chimes
    one.answer()
    assert one.view.panel.check
    assert Chime.DONE in one.announcer.chimes
    one.wait(0.7)
    # The rest began when the set ended, not when the diary answered.
    assert one.view.panel.word == "REST"
    assert one.moment.remaining == pytest.approx(45 - 0.5 + 0.01 - 0.7, abs=0.05)


def test_pause_is_heard_while_the_diary_is_slow(guided: MakeGuided) -> None:
    one = guided(diary="waits")
    one.to_work(RAISE, 60.2)
    one.ask(Command.STAGE)
    assert (one.view.panel.label, one.paused()) == ("Paused", True)


def test_a_set_that_cannot_be_kept_waits_and_the_session_goes_on(guided: MakeGuided) -> None:
    one = guided(diary="refuses")
    one.to_lead(RAISE_2, 5)
    assert one.view.panel.word == "REST"
    assert not any(view.panel.check for view in one.views)
    assert one.view.banner is not None
    assert one.view.banner.lead == "1 set is not saved yet."
    assert one.view.banner.text == "The disk is full. The session goes on."
    assert one.presenter.unsaved == tuple(one.sets)


def test_trying_again_keeps_it(guided: MakeGuided) -> None:
    one = guided(diary="refuses")
    one.to_lead(RAISE_2, 5)
    one.diary = "keeps"
    one.ask(Command.RETRY_SAVING)
    assert one.view.banner is None
    assert one.presenter.unsaved == ()
    assert len(set(map(id, one.sets))) == 1


def test_the_next_set_takes_the_failed_one_along(guided: MakeGuided) -> None:
    one = guided(diary="refuses")
    one.to_lead(RAISE_2, 5)
    one.diary = "keeps"
    one.to_lead(BALANCE_LEFT, 1)
    assert one.presenter.unsaved == ()
    assert [s.place.bout.set_no for s in one.sets] == [1, 1, 2]


def test_the_end_waits_for_the_last_set(guided: MakeGuided) -> None:
    one = guided(diary="waits")
    one.to_work(RAISE, 30)
    one.ask(Command.END_NOW)
    assert one.ended == []
    one.answer()
    assert one.ended == [False]


def test_at_the_end_everything_that_failed_is_tried_once_more(guided: MakeGuided) -> None:
    one = guided(diary="refuses")
    one.to_lead(RAISE_2, 5)
    one.diary = "waits"
    one.ask(Command.END_NOW)
    assert one.ended == []
    one.answer()
    assert one.ended == [False]
    assert one.presenter.unsaved == ()


def test_a_refused_last_set_does_not_hold_the_end(guided: MakeGuided) -> None:
    one = guided(diary="refuses")
    one.to_work(RAISE, 30)
    one.ask(Command.END_NOW)
    assert one.ended == [False]
    assert len(one.presenter.unsaved) == 1


# --- frames only while something moves -------------------------------------------------------------------------------


def test_frames_come_while_something_moves(guided: MakeGuided) -> None:
    one = guided()
    assert one.moving()
    one.wait(2)
    one.ask(Command.STAGE)
    one.wait(2)
    assert not one.moving()
    one.ask(Command.PRIMARY)
    assert one.moving()


def test_nothing_is_shown_anew_while_nothing_changes(guided: MakeGuided) -> None:
    one = guided(self_paced=True)
    one.wait(30)
    assert one.run.waiting
    assert not one.moving()
    pictures = len(one.views)
    one.wait(10)
    assert len(one.views) == pictures


# --- keys ------------------------------------------------------------------------------------------------------------


def test_space_starts_pauses_and_goes_on(guided: MakeGuided) -> None:
    one = guided()
    one.key(Command.PRIMARY)
    assert one.moment.phase is Phase.EFFORT
    one.key(Command.PRIMARY)
    assert one.paused()
    one.key(Command.PRIMARY)
    assert one.running()


@pytest.mark.parametrize("bout", [RAISE, RAISE_2, BALANCE_RIGHT, STRETCH_LEFT])
def test_any_other_key_pauses_in_every_lead_in(guided: MakeGuided, bout: int) -> None:
    one = guided()
    one.to_lead(bout, 1)
    one.key(Command.OTHER)
    assert one.paused()
    one.key(Command.OTHER)
    assert one.paused()


def test_a_slap_is_one_key(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    kept = len(one.sets)
    for intent in (Command.OTHER, Command.PRIMARY, Command.EASIER, Command.SKIP, Digit(7), Command.END):
        one.clock.advance(0.02)
        one.presenter.key(intent)
    assert one.paused()
    assert not one.view.asking_end
    assert len(one.sets) == kept
    one.key(Command.PRIMARY)
    assert one.running()


def test_it_hurts_is_heard_even_in_a_slap(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.presenter.key(Command.OTHER)
    one.presenter.key(Command.HURTS)
    assert one.view.hurts is not None


def test_a_digit_is_any_key_where_nothing_is_asked(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Digit(4))
    assert one.paused()


def test_toggle_pauses_and_goes_on(guided: MakeGuided) -> None:
    one = guided()
    one.to_lead(RAISE_2, 5)
    one.key(Command.TOGGLE)
    assert one.paused()
    one.key(Command.TOGGLE)
    assert one.running()
    assert one.moment.phase is Phase.REST


def test_longer_and_shorter_change_the_hold(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Command.LONGER, Command.LONGER, Command.SHORTER)
    assert one.view.panel.unit == "of 35 seconds"
    assert isinstance(one.facts[-1], PlanChanged)


def test_easier_only_where_it_is_offered(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Command.EASIER)
    assert one.paused(), "while it runs, E is any other key"
    one.key(Command.EASIER)
    assert (one.moment.phase, one.moment.place.bout.level) == (Phase.GET_READY, 1)
    assert one.view.stage.cue == "Easier: Level 1, 15 s"


def test_repeat_does_the_set_again(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 12)
    one.key(Command.REPEAT)
    assert one.moment.phase is Phase.GET_READY
    assert one.moment.remaining == pytest.approx(5)


def test_self_paced_takes_any_key_for_the_next_repetition(guided: MakeGuided) -> None:
    one = guided(self_paced=True)
    one.key(Command.PRIMARY)
    one.wait(8)
    for intent in (Command.OTHER, Command.PRIMARY, Command.STAGE):
        one.key(intent)
        one.wait(8)
    assert one.view.panel.digits == "4"
    assert one.running()
    one.key(Command.TOGGLE)
    assert one.paused()


def test_a_bouncing_key_counts_one_repetition(guided: MakeGuided) -> None:
    one = guided(self_paced=True)
    one.key(Command.PRIMARY)
    one.wait(8)
    one.presenter.key(Command.PRIMARY)
    one.clock.advance(0.05)
    one.presenter.key(Command.PRIMARY)
    assert one.view.panel.digits == "2"


# --- balance ---------------------------------------------------------------------------------------------------------


def test_a_touch_stops_the_clock_and_is_counted(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 5)
    one.key(Command.PRIMARY)
    assert (one.view.panel.label, one.run.state) == ("Foot down", State.TOUCHED)
    assert not one.view.controls.more
    one.wait(2)
    one.key(Command.PRIMARY)
    assert one.view.panel.unit == "of 15 seconds · 1 touch"
    one.wait(12)
    assert one.sets[-1].touches == 1


def test_a_long_touch_becomes_a_pause(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 5)
    one.key(Command.STAGE)
    one.wait(6)
    assert (one.view.panel.label, one.view.controls.more) == ("Paused", True)
    one.key(Command.STAGE)
    one.wait(12)
    assert one.sets[-1].touches == 0


# --- sleep, long pauses, the end -------------------------------------------------------------------------------------


def test_sleep_pauses_where_the_monotonic_clock_stands_still(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.clock.set_now(one.clock.now() + timedelta(hours=1))
    one.wait(FRAME_S, frame=FRAME_S)
    assert one.paused()
    assert one.moment.into == pytest.approx(5, abs=0.05)
    assert one.view.stage.cue == "The computer slept. Go on when you are ready."


def test_sleep_pauses_where_it_runs_on(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.clock.advance(3600)
    one.presenter.frame()
    assert one.paused()
    assert one.moment.into == pytest.approx(5, abs=0.05)


def test_a_clock_set_back_changes_nothing(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.clock.set_now(one.clock.now() - timedelta(hours=2))
    one.wait(1)
    assert one.running()


def test_a_long_pause_is_asked_about(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.ask(Command.STAGE)
    one.wait(STILL_HERE_S - 1, frame=60)
    assert one.view.stage.title == "Calf stretch"
    one.wait(2)
    assert one.view.stage.title == "Still here?"
    assert one.view.stage.cue == "Paused for 5 minutes. Go on, or end the session."
    one.key(Command.PRIMARY)
    assert one.view.stage.title == "Calf stretch"


def test_the_end_is_asked_and_going_on_is_safe(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Command.END)
    assert (one.view.asking_end, one.paused()) == (True, True)
    assert one.view.exercises_left == 1
    one.key(Command.PRIMARY, Command.SKIP)
    assert one.paused(), "keys behind the question do nothing"
    one.presenter.decide_end(False)
    assert (one.view.asking_end, one.running()) == (False, True)


def test_going_on_leaves_a_paused_session_paused(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Command.STAGE, Command.END)
    one.presenter.decide_end(False)
    assert one.paused()


def test_ending_keeps_what_was_done(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 12)
    one.key(Command.END)
    one.presenter.decide_end(True)
    assert one.ended == [False]
    assert (one.sets[-1].status, one.sets[-1].real_hold_s) == (SetStatus.PARTIAL, 12)


def test_a_resumed_session_begins_with_get_ready_and_the_safety_line(guided: MakeGuided) -> None:
    plan = samples.plan()
    done = [SetDone(place, SetStatus.DONE, None, None) for place in Timeline(plan).places[:3]]
    run = resume_after_crash(plan, done, 1000.0)
    one = guided(run=run)
    assert (one.view.panel.word, one.view.panel.label, one.view.panel.digits) == ("RIGHT", "Get ready", "10")
    assert one.view.stage.safety
    assert one.announcer.said[0].startswith("Single-leg balance.")


def test_the_end_waits_until_every_fact_is_answered_for(guided: MakeGuided) -> None:
    one = guided(diary="waits")
    one.to_work(RAISE, 8)
    one.ask(Command.HURTS, RateSheet(4), Command.END_NOW)
    pain, done = one.tokens
    one.presenter.saved(done)
    assert one.ended == []
    one.presenter.not_saved(pain, "The disk is full.")
    assert one.ended == [], "it is tried once more"
    one.presenter.not_saved(pain, "The disk is full.")
    assert one.ended == [False]
    assert list(one.presenter.unsaved) == one.answers[:1]


def test_what_has_been_replaced_is_not_kept_late() -> None:
    place, other = Timeline(samples.plan()).places[:2]
    part, whole = SetDone(place, SetStatus.PARTIAL, 4, None), SetDone(place, SetStatus.DONE, 10, None)
    heel = Area(Region.HEEL_SOLE, BodySide.LEFT)
    three = PainAnswer(heel, 3, 0, "calf_raises")
    two = replace(three, nrs=2, corrects=three)
    beside = (SetDone(other, SetStatus.PARTIAL, 4, None), PainAnswer(heel, 1, 0, "calf_raises"))
    plan = samples.plan()
    box = Outbox()
    for fact in (PlanChanged(plan), part, three, *beside):
        box.not_kept(box.add(fact))
    for fact in (PlanChanged(plan[1:]), whole, two):
        box.kept(box.add(fact))
    assert tuple(box.retry().values()) == beside


# --- sound -----------------------------------------------------------------------------------------------------------


def test_the_voice_says_name_side_and_dose_and_counts_down(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(RAISE, 1)
    assert one.announcer.said == ["Calf raises. 2 times 10 reps.", "3", "2", "1", "Count three on the way down."]
    assert one.announcer.chimes == [Chime.READY, Chime.TICK, Chime.TICK, Chime.TICK, Chime.GO]


def test_a_change_of_side_is_said_at_once(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 15)
    one.announcer.said.clear()
    one.wait(0.05)
    one.wait(1)
    assert "Now right." in (one.announcer.said or one.spoken)


def test_nothing_is_said_twice_and_stale_counts_are_dropped(guided: MakeGuided) -> None:
    one = guided()
    one.wait(6.9)
    one.announcer.said.clear()
    one.wait(2.9, frame=2.9)
    assert one.announcer.said == [], "a stall over 3 and 2: both are late, 1 is still to come"
    one.wait(1.0)
    assert one.announcer.said == ["Count three on the way down."]


def test_going_back_announces_the_exercise_again_and_nothing_else(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 5)
    one.announcer.said.clear()
    one.announcer.chimes.clear()
    one.ask(Command.BACK, Command.BACK)
    one.wait(FRAME_S)
    assert one.announcer.said == ["Calf raises. 2 times 10 reps."]
    assert Chime.DONE not in one.announcer.chimes


def test_pause_cuts_the_voice(guided: MakeGuided) -> None:
    one = guided()
    one.wait(1)
    one.ask(Command.STAGE)
    assert one.announcer.hushed == 1


def test_the_v_key_turns_the_voice_off_and_on(guided: MakeGuided) -> None:
    one = guided()
    chosen: list[VoiceChoice] = []
    one.presenter.voice_chosen.connect(chosen.append)
    one.key(Command.VOICE)
    said = len(one.announcer.said)
    one.to_work(RAISE, 1)
    assert len(one.announcer.said) == said
    assert one.announcer.chimes, "the voice is off, the chimes are not"
    one.key(Command.VOICE)
    assert chosen == [VoiceChoice.OFF, VoiceChoice.KEY]
    assert one.view.controls.voice is VoiceState.ON


def test_missing_sound_becomes_a_flash_and_never_twice_in_half_a_second(guided: MakeGuided) -> None:
    one = guided()
    one.announcer.sound_problem = "There is no sound device."
    one.wait(30, frame=FRAME_S)
    lit = [view.flash is not None for view in one.views]
    begins = sum(now and not before for before, now in pairwise(lit))
    assert begins == 4, "3, 2, 1 and go"
    assert Tone.NEUTRAL in {view.flash for view in one.views}


def test_flash_and_sound_follow_the_settings(guided: MakeGuided) -> None:
    one = guided(preferences=Preferences(voice=VoiceChoice.OFF, sound=False, flash=True))
    one.wait(15, frame=FRAME_S)
    assert one.announcer.chimes == []
    assert one.announcer.said == []
    assert any(view.flash for view in one.views)


def test_screen_readers_hear_starts_changes_and_the_last_seconds(guided: MakeGuided) -> None:
    one = guided(preferences=Preferences(voice=VoiceChoice.OFF))
    one.to_work(STRETCH_LEFT, 29)
    assert one.spoken[:2] == ["Calf raises. 2 times 10 reps.", "3 seconds"]
    assert "Now right." in one.spoken
    assert one.spoken[-2:] == ["Half way. Straight up like a lift.", "3 seconds"]


# --- the hurt ends when the person goes away -------------------------------------------------------------------------


def test_closing_stops_frames_and_speech(guided: MakeGuided) -> None:
    one = guided()
    one.presenter.close()
    assert not one.moving()
    assert one.announcer.hushed == 1
