"""Pain in a session: the row in a rest, "It hurts", what the rules do, the stop after a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from coach.domain.exercise import Side
from coach.domain.pain import Area, BodySide, Region
from coach.domain.plan import RoutineItem
from coach.domain.records import SetStatus
from coach.domain.session import PlanChanged
from coach.domain.timeline import Phase
from coach.ui.session import rating
from coach.ui.session.facts import Sign
from coach.ui.session.intents import Command, Digit, MoveRow, MoveSheet, RateRow, RateSheet, TickSign
from tests import samples

if TYPE_CHECKING:
    from coach.domain.plan import Plan
    from tests.ui.session.conftest import MakeGuided
    from tests.ui.session.guided import Guided

RAISE, RAISE_2, BALANCE_LEFT, BALANCE_RIGHT, STRETCH_LEFT, STRETCH_RIGHT = 0, 1, 2, 3, 6, 7
HEEL_R = Area(Region.HEEL_SOLE, BodySide.RIGHT)
HEEL_L = Area(Region.HEEL_SOLE, BodySide.LEFT)
CALF_R = Area(Region.CALF_ACHILLES, BodySide.RIGHT)
CALF_L = Area(Region.CALF_ACHILLES, BodySide.LEFT)
KNEE_L = Area(Region.KNEE, BodySide.LEFT)


def resting(guided: MakeGuided, **settings: Any) -> Guided:
    """In the rest between two sets of calf raises."""
    one = guided(**settings)
    one.to_lead(RAISE_2, 5)
    return one


# --- where it may hurt -----------------------------------------------------------------------------------------------


def test_painful_areas_come_first_then_the_worked_side() -> None:
    pain = {CALF_L: 2, HEEL_R: 4, KNEE_L: 9}
    assert rating.likely_areas(samples.calf_raises(), Side.LEFT, pain) == (HEEL_R, CALF_L, HEEL_L)
    assert rating.likely_areas(samples.calf_raises(), Side.RIGHT, {}) == (HEEL_R, CALF_R)
    assert rating.likely_areas(samples.calf_raises(), Side.BOTH, {})[:2] == (HEEL_R, HEEL_L)


def test_the_low_back_has_its_middle() -> None:
    bend = samples.exercise("Bend", samples.level(reps=(5, 5)), loads=(Region.LOW_BACK,))
    assert rating.likely_areas(bend, Side.LEFT, {}) == (Area(Region.LOW_BACK, BodySide.CENTRE),)


def test_every_area_is_within_reach() -> None:
    areas = rating.every_area()
    assert len(areas) == len(set(areas)) == 8 * 2 + 1
    assert all(label for _, label in rating.labelled(areas))


def test_a_chosen_area_is_always_offered() -> None:
    assert rating.chips((HEEL_R, HEEL_L, CALF_R, CALF_L), KNEE_L) == (HEEL_R, HEEL_L, KNEE_L)


@pytest.mark.parametrize(("gap", "expected"), [(0.5, 10), (0.7, 0)])
def test_one_and_zero_make_ten_within_600_ms(gap: float, expected: int) -> None:
    digits = rating.DigitEntry()
    assert digits.press(1, 100.0) == 1
    assert digits.press(0, 100.0 + gap) == expected
    assert digits.press(0, 100.0 + gap + 0.1) == 0


# --- the row in a rest -----------------------------------------------------------------------------------------------


def test_a_row_asks_between_sets_and_is_plain_until_answered(guided: MakeGuided) -> None:
    one = resting(guided)
    row = one.view.stage.pain
    assert row is not None
    assert (row.question, row.value, row.areas) == ("Worst pain in that set?", None, ())
    one.to_work(RAISE_2, 1)
    assert one.view.stage.pain is None
    assert one.answers == []


def test_a_digit_in_a_rest_is_an_answer_not_a_pause(guided: MakeGuided) -> None:
    one = resting(guided, pain_now={HEEL_L: 3})
    one.presenter.key(Digit(2))
    assert one.running()
    row = one.view.stage.pain
    assert row is not None
    assert (row.value, row.area) == (2, HEEL_L)
    one.wait(2)
    assert [(a.area, a.nrs, a.exercise_id, a.about) for a in one.answers] == [
        (HEEL_L, 2, "calf_raises", (0, 1, Side.BOTH))
    ]


def test_ten_is_typed_as_one_and_zero(guided: MakeGuided) -> None:
    one = resting(guided)
    one.presenter.key(Digit(1))
    one.clock.advance(0.3)
    one.presenter.key(Digit(0))
    assert one.view.stage.pain is not None
    assert one.view.stage.pain.value == 10
    one.wait(1.5)
    assert [a.nrs for a in one.answers] == [10]


def test_a_number_can_be_corrected_before_it_is_kept(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(7))
    one.wait(0.5)
    one.ask(RateRow(1))
    one.wait(2)
    assert [a.nrs for a in one.answers] == [1]
    assert one.view.hurts is None


def test_a_later_correction_names_what_it_corrects(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(1))
    one.wait(2)
    one.ask(MoveRow(CALF_L))
    one.wait(2)
    first, second = one.answers
    assert (second.area, second.nrs, second.corrects) == (CALF_L, 1, first)


def test_an_answer_is_kept_when_the_set_begins_before_it_settled(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(2), Command.PRIMARY)
    assert [a.nrs for a in one.answers] == [2]


def test_four_or_five_in_strength_takes_a_quarter_off(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(5))
    one.wait(1.5)
    assert one.view.stage.cue == "Next set: 7 reps, about a quarter fewer."
    assert one.view.panel.aside == "7 reps"
    assert isinstance(one.facts[-1], PlanChanged)
    assert one.running()


def test_the_same_pain_told_twice_takes_one_quarter_off(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(RAISE, 3)
    one.ask(Command.HURTS, RateSheet(4), Command.FOLLOW_ADVICE)
    one.to_lead(RAISE_2, 3)
    one.ask(RateRow(4))
    one.wait(1.5)
    one.ask(MoveRow(CALF_L))
    one.wait(1.5)
    assert [a.nrs for a in one.answers] == [4, 4, 4]
    assert [p.bout.reps for p in one.run.timeline.places[:2]] == [10, 7]


def test_a_four_just_before_the_set_begins_takes_a_quarter_off_that_set(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(4), Command.PRIMARY)
    assert one.moment.phase.is_work
    assert one.moment.place.bout.reps == 7


def test_a_six_just_before_the_set_begins_is_not_passed_over(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(6), Command.PRIMARY)
    assert one.view.hurts is not None
    assert one.paused()
    one.ask(Command.FOLLOW_ADVICE)
    assert one.moment.place.index == 1
    assert [a.nrs for a in one.answers] == [6]


def test_an_answer_that_has_not_settled_is_kept_when_the_session_ends(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(3), Command.END_NOW)
    assert [a.nrs for a in one.answers] == [3]
    assert one.ended == [False]


def test_a_corrected_row_that_asks_more_is_kept_once(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(2))
    one.wait(1.5)
    one.ask(RateRow(6))
    one.wait(1.5)
    one.ask(Command.FOLLOW_ADVICE)
    assert [(a.nrs, a.corrects and a.corrects.nrs) for a in one.answers] == [(2, None), (6, 2)]


def test_six_or_more_asks_before_it_ends_the_exercise(guided: MakeGuided) -> None:
    one = resting(guided)
    one.ask(RateRow(6))
    one.wait(1.5)
    hurts = one.view.hurts
    assert hurts is not None
    assert hurts.advice is not None
    assert (hurts.value, hurts.advice.rule) == (6, "B2")
    assert one.paused()
    one.ask(Command.FOLLOW_ADVICE)
    assert one.moment.place.planned.exercise.title == "Single-leg balance"
    assert one.view.stage.cue == "Calf raises ended here."
    assert [a.nrs for a in one.answers] == [6], "kept once"
    assert [(s.place.bout.set_no, s.status) for s in one.sets] == [(1, SetStatus.DONE), (2, SetStatus.SKIPPED)]


# --- exercises that always ask ---------------------------------------------------------------------------------------


def asking_plan() -> Plan:
    return samples.plan(RoutineItem(samples.calf_raises(), 3, 1), RoutineItem(samples.calf_stretch(), 2, 1))


def test_after_an_asking_level_the_next_get_ready_asks(guided: MakeGuided) -> None:
    one = guided(asking_plan())
    one.to_lead(2, 1)
    row = one.view.stage.pain
    assert row is not None
    assert row.question == "Worst pain in Calf raises?"
    assert list(one.presenter.worst_pain_missing) == [0]
    one.presenter.key(Digit(8))
    one.wait(1.5)
    assert not one.presenter.worst_pain_missing
    assert one.view.hurts is None, "the exercise is over; there is nothing to stop"
    assert one.moment.place.index == 1


def test_answered_at_the_last_moment_it_is_answered(guided: MakeGuided) -> None:
    one = guided(asking_plan())
    one.to_lead(2, 1)
    one.ask(RateRow(2), Command.PRIMARY)
    assert [a.nrs for a in one.answers] == [2]
    assert not one.presenter.worst_pain_missing


def test_unanswered_it_is_left_to_the_summary(guided: MakeGuided) -> None:
    one = guided(asking_plan())
    one.wait(one.run.timeline.total + 1)
    assert list(one.presenter.worst_pain_missing) == [0]


def test_a_skipped_exercise_is_not_asked_about(guided: MakeGuided) -> None:
    one = guided(asking_plan())
    one.ask(Command.SKIP)
    assert one.view.stage.pain is None
    assert not one.presenter.worst_pain_missing


# --- "It hurts" ------------------------------------------------------------------------------------------------------


def test_it_hurts_pauses_at_once_with_the_sorest_area_chosen(guided: MakeGuided) -> None:
    one = guided(pain_now={CALF_R: 2, HEEL_L: 5})
    one.to_work(RAISE, 40)
    one.key(Command.HURTS)
    hurts = one.view.hurts
    assert one.paused()
    assert hurts is not None
    assert (hurts.where, hurts.area, hurts.value) == ("Paused at rep 7 · Calf raises", HEEL_L, None)
    assert hurts.hint.startswith("4 or 5: finish this set")
    assert len(hurts.areas) + len(hurts.more_areas) == 17


@pytest.mark.parametrize("bout", range(6))
def test_it_hurts_opens_everywhere(guided: MakeGuided, bout: int) -> None:
    one = guided()
    one.to_lead(bout, 0.2)
    one.key(Command.HURTS)
    assert one.view.hurts is not None
    one.key(Command.CLOSE_SHEET)
    one.ask(Command.GO_ON)
    one.to_work(bout, 0.2)
    one.key(Command.STAGE)
    one.key(Command.HURTS)
    assert one.view.hurts is not None


def test_closing_without_a_number_keeps_nothing_and_stays_paused(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Command.HURTS, Command.END)
    assert (one.view.hurts, one.paused(), one.answers) == (None, True, [])


def test_up_to_three_carries_on(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.key(Command.HURTS, Digit(3), Command.PRIMARY)
    assert one.running()
    assert [(a.area, a.nrs, a.about) for a in one.answers] == [(CALF_L, 3, (2, 1, Side.LEFT))]


def test_four_in_strength_carries_on_with_fewer_reps_next_set(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(RAISE, 40)
    one.ask(Command.HURTS, RateSheet(4), Command.FOLLOW_ADVICE)
    assert one.running()
    assert [p.bout.reps for p in one.run.timeline.places[:2]] == [10, 7]


def test_four_in_a_stretch_eases_off_then_asks_again_then_ends_it(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.ask(Command.HURTS, RateSheet(4))
    assert one.view.hurts is not None
    assert one.view.hurts.advice is not None
    assert one.view.hurts.advice.primary == "Ease off and carry on"
    one.ask(Command.FOLLOW_ADVICE)
    one.to_lead(STRETCH_RIGHT, 1)
    assert one.view.stage.pain is not None
    assert one.view.stage.pain.question == "Is it 3 or less now?"
    one.presenter.key(Digit(4))
    one.wait(1.5)
    assert one.view.hurts is not None
    assert one.view.hurts.advice is not None
    assert one.view.hurts.advice.text == "Still 4 or more: this exercise ends here."
    one.ask(Command.FOLLOW_ADVICE)
    assert one.ended == [False] or one.run.state.over


def test_a_better_answer_taken_back_is_still_four_or_more(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.ask(Command.HURTS, RateSheet(4), Command.FOLLOW_ADVICE)
    one.to_lead(STRETCH_RIGHT, 0.5)
    one.ask(RateRow(3))
    one.wait(1.3)
    one.ask(RateRow(4))
    one.wait(1.3)
    assert one.view.hurts is not None
    assert one.view.hurts.advice is not None
    assert one.view.hurts.advice.text == "Still 4 or more: this exercise ends here."


def test_eased_and_better_is_asked_no_more(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.ask(Command.HURTS, RateSheet(5), Command.FOLLOW_ADVICE)
    one.to_lead(STRETCH_RIGHT, 1)
    one.presenter.key(Digit(2))
    one.to_lead(STRETCH_RIGHT + 1, 1)
    assert one.view.stage.pain is None


def test_six_ends_the_exercise_with_what_was_done(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 7)
    one.ask(Command.HURTS, RateSheet(6), Command.FOLLOW_ADVICE)
    balance = [s for s in one.sets if s.place.index == 1]
    assert [(s.status, s.real_hold_s) for s in balance] == [(SetStatus.PARTIAL, 7), *3 * [(SetStatus.SKIPPED, 0)]]
    assert one.moment.place.index == 2


def test_easier_skip_and_end_need_no_number(guided: MakeGuided) -> None:
    for command, index, level in ((Command.SHEET_EASIER, 1, 1), (Command.SHEET_SKIP, 2, 2)):
        one = guided()
        one.to_work(BALANCE_LEFT, 7)
        one.ask(Command.HURTS, command)
        assert (one.moment.phase, one.moment.place.index) == (Phase.GET_READY, index)
        assert one.moment.place.bout.level == level
        assert one.answers == []
    one = guided()
    one.to_work(BALANCE_LEFT, 7)
    one.ask(Command.HURTS, Command.END_NOW)
    assert one.ended == [False]


def test_the_answer_is_kept_whatever_way_out_is_taken(guided: MakeGuided) -> None:
    for command in (Command.CLOSE_SHEET, Command.SHEET_EASIER, Command.SHEET_SKIP, Command.END_NOW):
        one = guided()
        one.to_work(BALANCE_LEFT, 7)
        one.ask(Command.HURTS, MoveSheet(KNEE_L), RateSheet(5), command)
        assert [(a.area, a.nrs) for a in one.answers] == [(KNEE_L, 5)]


def test_space_does_nothing_before_a_number(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(BALANCE_LEFT, 7)
    one.key(Command.HURTS, Command.PRIMARY)
    assert one.view.hurts is not None


# --- signs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_is_kept_at_once_and_stops_the_session(guided: MakeGuided, sign: Sign) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.ask(Command.HURTS, TickSign(sign))
    assert one.view.stop is not None
    assert one.view.stop.headline.startswith("Stop exercising.")
    assert [(a.sign, a.nrs) for a in one.answers] == [(sign, None)], "no number was given, so none is kept"
    one.key(Command.PRIMARY, Command.END, Command.CLOSE_SHEET, Digit(3))
    assert one.view.stop is not None, "no key makes it go away"
    one.ask(Command.END_NOW)
    assert one.ended == [False]


def test_a_sign_may_have_been_a_mistake_but_stays_kept(guided: MakeGuided) -> None:
    one = guided()
    one.to_work(STRETCH_LEFT, 5)
    one.ask(Command.HURTS, RateSheet(2), TickSign(Sign.SNAP), Command.SIGN_MISTAKE)
    assert one.view.stop is not None
    assert one.view.stop.mistake
    one.ask(Command.TAKE_SIGN_BACK)
    assert not one.stopped()
    assert one.view.hurts is not None
    one.ask(Command.FOLLOW_ADVICE)
    assert one.running()
    assert [(a.sign, a.nrs) for a in one.answers] == [(Sign.SNAP, 2), (None, 2)]


@pytest.mark.parametrize(("sign", "emergency"), [(Sign.CHEST, True), (Sign.NUMB, True), (Sign.SNAP, False)])
def test_signs_that_may_be_an_emergency_say_so(sign: Sign, *, emergency: bool) -> None:
    notice = rating.stop_view(sign, mistake=False)
    words = "Call your local emergency number or go to an emergency department now."
    assert (words in notice.text) == emergency
    assert ("Please get medical advice today." in notice.headline) != emergency
