"""Reminders as the window uses them: what is due is shown or accounted for, once, and the past decides as it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from coach.domain.exercise import Side
from coach.domain.pain import PainMoment
from coach.domain.records import Outcome, SetStatus, Stamp
from coach.domain.reminders.ledger import Answer, ClockStep, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import AtTimes, Manner, ReminderKind, SkipDone, Weekday
from coach.services.reminding import MorningCheck, Stiffness, WeeklyCheck, common_manner
from tests import records as r
from tests.domain.reminders import make
from tests.domain.reminders.make import LOUD, SUNDAY, local, rid
from tests.services.desk import EARLY, FACTS, MINUTE, Desk, check, ratings, routine

if TYPE_CHECKING:
    from coach.domain.reminders.rule import Reminder


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- a day with reminders


def test_a_reminder_rings_is_snoozed_and_begun_and_the_ledger_tells_it(desk: Desk) -> None:
    desk.keep(routine())
    desk.to(local("18:30"))
    (call,) = desk.look()
    assert call.snooze_min == (10, 30, 60)
    desk.it.answer(call.key, Answer.SNOOZED, desk.clock.now() + timedelta(minutes=10))
    assert desk.look() == []
    assert desk.it.outlook().plan(desk.clock.now(), desk.zone) == {rid(): local("18:40")}
    desk.clock.advance(10 * MINUTE)
    (again,) = desk.look()
    assert again.key == call.key
    desk.it.answer(call.key, Answer.STARTED)
    assert [answer for _, answer in desk.ledger()] == ["shown", "snoozed", "shown", "started"]
    (story,) = desk.it.outlook().stories(EARLY)
    assert (story.key, story.final and story.final.answer) == ((rid(), SUNDAY, "18:30"), Answer.STARTED)
    assert story.reminder == routine()


def test_a_finished_routine_removes_the_days_second_reminder(desk: Desk) -> None:
    desk.keep(routine("10:00", "18:30"))
    desk.to(local("10:00"))
    (call,) = desk.look()
    desk.it.answer(call.key, Answer.STARTED)
    desk.train()
    assert desk.whys(1) == [Why.PAST, Why.ALREADY_DONE]
    desk.to(local("18:30"))
    assert desk.look() == []
    desk.to(local("16 09:59"))
    assert desk.it.outlook().plan(desk.clock.now(), desk.zone) == {rid(): local("16 10:00")}


def test_twice_a_day_means_twice_where_it_is_wanted(desk: Desk) -> None:
    desk.keep(routine("10:00", "18:30", skip_done=SkipDone.EACH))
    desk.train()
    assert desk.whys(1) == [Why.ALREADY_DONE, Why.DUE]


def test_the_short_version_counts_and_a_routine_of_other_exercises_does_not(desk: Desk) -> None:
    desk.keep(routine())
    desk.train("desk_side")
    assert desk.whys(1) == [Why.DUE]
    desk.train("daily_short")
    assert desk.whys(1) == [Why.ALREADY_DONE]


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.ABANDONED])
def test_what_was_broken_off_is_not_done(desk: Desk, outcome: Outcome) -> None:
    desk.keep(routine())
    start = desk.train()
    desk.diary.add_end(r.end(start, outcome=outcome))
    assert desk.whys(1) == [Why.DUE]


def test_a_session_in_which_all_was_skipped_is_not_done(desk: Desk) -> None:
    desk.keep(routine())
    start = r.start()
    desk.diary.add_session(start)
    desk.diary.add_set(r.done(start, status=SetStatus.SKIPPED, side=Side.BOTH))
    desk.diary.add_end(r.end(start))
    assert desk.whys(1) == [Why.DUE]


def test_begun_from_the_window_an_open_reminder_has_what_it_asked_for(desk: Desk) -> None:
    desk.keep(routine(), routine("18:31", id=rid(7), routine_id="desk_side"))
    desk.to(local("18:31"))
    assert len(desk.look()) == 2
    desk.it.begun(ReminderKind.ROUTINE, "daily_short")
    assert sorted(desk.ledger()) == [("18:30", "shown"), ("18:30", "started"), ("18:31", "shown")]


def test_not_today_is_about_all_of_the_day_and_tomorrow_comes(desk: Desk) -> None:
    desk.keep(routine("10:00", "18:30"))
    desk.to(local("10:00"))
    (call,) = desk.look()
    desk.it.answer(call.key, Answer.SKIPPED)
    assert desk.whys(2) == [Why.SKIPPED_TODAY, Why.SKIPPED_TODAY, Why.DUE, Why.DUE]


def test_snoozes_are_offered_as_often_as_allowed(desk: Desk) -> None:
    desk.keep(routine(manner=replace(LOUD, snoozes=1)))
    desk.to(local("18:30"))
    (call,) = desk.look()
    desk.it.answer(call.key, Answer.SNOOZED, desk.clock.now() + timedelta(minutes=10))
    desk.clock.advance(10 * MINUTE)
    (again,) = desk.look()
    assert (call.snooze_min, again.snooze_min) == ((10, 30, 60), ())


def test_fault_36_a_click_long_after_is_harmless(desk: Desk) -> None:
    desk.keep(routine())
    desk.to(local("18:30"))
    (call,) = desk.look()
    desk.to(local("16 09:00"))
    desk.look()
    assert desk.ledger()[-1] == ("18:30", "missed")
    before = desk.ledger()
    for answer in (Answer.STARTED, Answer.SKIPPED, Answer.DISMISSED):
        desk.it.answer(call.key, answer)
    assert desk.ledger() == before


def test_what_waits_for_a_better_moment_is_neither_shown_nor_missed_until_it_is_given_up(desk: Desk) -> None:
    desk.keep(routine())
    desk.to(local("18:30"))
    (call,) = desk.it.look().show
    desk.clock.advance(20 * MINUTE)
    assert desk.it.look(waiting={call.key}).show == ()
    assert desk.it.outlook().call(call.key, desk.clock.now(), desk.zone) == call
    desk.it.gave_up([call.key], Missed.IN_A_CALL)
    assert desk.ledger() == [("18:30", "missed")]
    assert desk.it.outlook().call(call.key, desk.clock.now(), desk.zone) is None


def test_fourteen_days_away_are_one_line_a_day_and_one_notification(desk: Desk) -> None:
    desk.keep(routine("10:00", "18:30"))
    desk.to(local("29 18:31"))
    found = desk.it.look(Missed.APP_CLOSED)
    assert [call.key[1:] for call in found.show] == [(date(2026, 11, 29), "18:30")]
    assert [line.local_date for line in found.lines] == [SUNDAY + timedelta(days=n) for n in range(14, -1, -1)]
    assert all(entry.missed is Missed.APP_CLOSED for line in found.lines for entry in line.missed)
    assert desk.it.look().lines == ()


def test_fault_25_a_clock_set_a_year_ahead_and_back_makes_nothing_missed_even_after_a_new_start(desk: Desk) -> None:
    desk.keep(routine())
    ahead = desk.clock.now() + timedelta(days=365)
    step = ClockStep(desk.clock.now(), ahead)
    desk.clock.set_now(ahead)
    assert desk.it.look(step=step).lines == ()
    assert Desk(desk.clock, desk.diary).it.look().lines == ()
    desk.clock.set_now(step.before)
    assert desk.it.look(step=ClockStep(ahead, step.before)).lines == ()
    assert desk.it.outlook().plan(desk.clock.now(), desk.zone) == {rid(): local("18:30")}


def test_rung_by_hand_todays_next_reminder_comes_forward(desk: Desk) -> None:
    desk.keep(routine("18:30", "19:30"), check(ReminderKind.WEEKLY_CHECK, "10:00", id=rid(5)))
    desk.to(local("12:00"))
    call = desk.it.outlook().ring_now(desk.clock.now(), desk.zone)
    assert call is not None
    assert call.key == (rid(), SUNDAY, "18:30")
    desk.it.shown([call.key])
    desk.it.answer(call.key, Answer.DISMISSED)
    assert desk.whys(1)[:2] == [Why.PAST, Why.DUE]


def test_rung_by_hand_tomorrows_reminder_stays_and_what_rings_is_one_of_its_own(desk: Desk) -> None:
    desk.keep(routine("10:00"))
    desk.to(local("12:30"))
    desk.look()
    call = desk.it.outlook().ring_now(desk.clock.now(), desk.zone)
    assert call is not None
    assert (call.key, call.snooze_min) == ((rid(), SUNDAY, "12:30"), ())
    desk.it.shown([call.key])
    assert desk.it.look().show == ()
    assert desk.ledger()[-1] == ("12:30", "shown")
    assert desk.it.outlook().plan(desk.clock.now(), desk.zone) == {rid(): local("16 10:00")}
    desk.to(local("15:00"))
    desk.look()
    assert desk.ledger()[-1] == ("12:30", "missed")
    assert Desk().it.outlook().ring_now(desk.clock.now(), desk.zone) is None


# --- what is heavy, and what the next morning asks about


def test_after_heavy_calf_work_strength_reminders_rest_for_48_hours(desk: Desk) -> None:
    desk.keep(routine())
    desk.train("desk_side", level=4)
    assert desk.whys(3) == [Why.HEAVY_WORK, Why.HEAVY_WORK, Why.DUE]


@pytest.mark.parametrize(("after", "whys"), [(6, [Why.HEAVY_WORK]), (5, [Why.HEAVY_WORK]), (4, [Why.DUE])])
def test_much_pain_after_a_session_rests_strength_too(desk: Desk, after: int, whys: list[Why]) -> None:
    desk.keep(routine())
    desk.train("desk_side", after=after)  # 2 before it
    assert desk.whys(1) == whys


def test_the_next_morning_is_asked_about_after_strength_work_and_after_pain(desk: Desk) -> None:
    desk.keep(check(ReminderKind.MORNING_CHECK, "08:30"))
    desk.to(local("12:00"))
    assert desk.whys(2)[1] is Why.CONDITIONAL
    desk.train()
    assert desk.whys(2)[1] is Why.DUE
    fresh = Desk()
    fresh.keep(check(ReminderKind.MORNING_CHECK, "08:30"))
    fresh.diary.add_pain((r.pain(nrs=3),))
    assert fresh.whys(2)[1] is Why.DUE


def test_facts_of_the_real_library() -> None:
    assert FACTS.versions["daily_six"] == {"daily_six", "daily_short"}
    assert FACTS.heavy == {(name, level) for name in ("calf_raise", "single_leg_balance") for level in (4, 5)}
    assert FACTS.strength == {"calf_raise", "towel_toe_curl"}
    assert FACTS.gentle == frozenset()


# --- the questions


def test_an_answered_weekly_question_is_done_for_the_week(desk: Desk) -> None:
    desk.keep(check(ReminderKind.WEEKLY_CHECK, "18:00", weekdays=frozenset({Weekday.SUN})))
    desk.diary.add_pain((r.pain(nrs=3),))
    assert desk.it.areas() == (r.HEEL,)
    desk.to(local("18:00"))
    desk.look()
    desk.it.check_week({r.HEEL: (2, 5)}, "Stairs")
    (answer,) = desk.diary.reminders.checks(EARLY)
    assert isinstance(answer, WeeklyCheck)
    assert answer.hardest == "Stairs"
    assert desk.ledger() == [("18:00", "shown"), ("18:00", "started")]
    kept = [(p.moment, p.nrs) for p in ratings(desk) if p.moment is not PainMoment.BEFORE]
    assert kept == [(PainMoment.WEEKLY_AVERAGE, 2), (PainMoment.WEEKLY_WORST, 5)]


def test_an_answered_morning_keeps_stiffness_and_pain(desk: Desk) -> None:
    desk.it.check_morning({r.HEEL: 4}, Stiffness.TO_15)
    (answer,) = desk.diary.reminders.checks(EARLY)
    assert isinstance(answer, MorningCheck)
    assert answer.stiffness is Stiffness.TO_15
    assert [(p.moment, p.nrs) for p in ratings(desk)] == [(PainMoment.MORNING, 4)]
    with pytest.raises(ValueError, match="0 to 10"):
        desk.it.check_morning({r.HEEL: 11})


def test_a_sitting_reminder_calls_once_and_the_interval_passes_after_it_was_followed(desk: Desk) -> None:
    rule = make.sitting(weekdays=frozenset({Weekday.SUN}))
    desk.keep(rule, routine())
    desk.to(local("10:00"))
    call = desk.it.outlook().sitting(rule.id, desk.clock.now(), desk.zone)
    assert call is not None
    outlook = desk.it.shown([call.key])
    assert outlook.sitting(rule.id, desk.clock.now(), desk.zone) is None
    desk.it.answer(call.key, Answer.STARTED)
    desk.to(local("10:30"))
    assert desk.it.outlook().sitting(rule.id, desk.clock.now(), desk.zone) is None
    desk.to(local("11:01"))
    assert desk.it.outlook().sitting(rule.id, desk.clock.now(), desk.zone) is not None
    assert desk.it.outlook().sitting(rid(), desk.clock.now(), desk.zone) is None


# --- what the person sets


def test_one_daily_reminder_is_suggested_and_nothing_rings_unasked(desk: Desk) -> None:
    made = desk.it.suggestion("daily_six")
    assert made is not None
    assert (made.kind, made.when) == (ReminderKind.ROUTINE, AtTimes((time(18, 30),)))
    assert desk.it.outlook().plan(desk.clock.now(), desk.zone) == {}
    outlook = desk.it.change(made)
    assert outlook == desk.it.outlook()
    assert outlook.plan(desk.clock.now(), desk.zone) == {made.id: local("18:30")}
    assert desk.it.suggestion("daily_six") is None


def test_a_draft_shows_the_week_it_would_lead_to_and_changes_nothing(desk: Desk) -> None:
    desk.keep(routine())
    draft = routine("09:45", weekdays=frozenset({Weekday.MON}))
    week = desk.it.outlook().with_rule(draft).week(desk.clock.now(), desk.zone, 2)
    assert [(each.slot, each.why) for each in week] == [("09:45", Why.REST_DAY), ("09:45", Why.DUE)]
    assert desk.it.outlook().rules == (routine(),)
    assert len(desk.it.outlook().with_rule(replace(draft, id=rid(8))).rules) == 2


def test_an_earlier_time_set_later_that_day_has_not_been_missed(desk: Desk) -> None:
    desk.keep(routine())
    desk.to(local("12:00"))
    desk.it.change(routine("10:00", "18:30"))
    assert desk.it.look().lines == ()
    desk.to(local("18:30"))
    assert len(desk.look()) == 1


def test_other_words_begin_nothing_anew(desk: Desk) -> None:
    desk.keep(routine())
    desk.to(local("18:35"))
    desk.it.change(routine(text="Feet up"))
    assert desk.it.outlook().rules == (routine(text="Feet up"),)
    assert len(desk.it.look().show) == 1


def test_a_change_lets_go_of_what_was_due_but_not_of_what_was_put_off(desk: Desk) -> None:
    desk.keep(routine("10:00", "11:00", "18:30"))
    desk.to(local("10:00"))
    (call,) = desk.look()
    desk.it.answer(call.key, Answer.SNOOZED, local("11:30"))
    desk.to(local("11:00"))
    assert len(desk.it.look().show) == 1  # held back: not on screen
    desk.it.change(routine("10:00", "11:00", "19:00"))
    assert desk.ledger() == [("10:00", "shown"), ("10:00", "snoozed"), ("11:00", "dismissed")]
    desk.to(local("11:30"))
    assert [c.key for c in desk.look()] == [call.key]
    desk.it.change(routine("20:00"))
    assert desk.ledger()[-1] == ("10:00", "shown")  # it may still be answered
    desk.it.change(routine("10:00", "19:00"))
    desk.it.answer(call.key, Answer.SNOOZED, local("12:00"))
    desk.it.change(routine("19:00"))
    assert desk.ledger()[-1] == ("10:00", "dismissed")


def test_a_pause_silences_all_and_what_fell_into_it_was_not_missed(desk: Desk) -> None:
    desk.keep(routine("10:00"), routine("11:00", id=rid(2)))
    desk.it.pause_all(local("16 00:00"))
    assert desk.whys(1) == [Why.PAUSED, Why.PAUSED]
    desk.to(local("12:00"))
    assert desk.look() == []
    desk.it.pause_all(None)
    assert desk.look() == []
    desk.it.pause_all(local("13:00"))
    desk.to(local("16 09:00"))
    desk.look()
    assert desk.ledger() == []
    assert desk.whys(1) == [Why.DUE, Why.DUE]


def test_a_removed_reminder_leaves_its_story(desk: Desk) -> None:
    desk.keep(routine())
    desk.to(local("18:30"))
    desk.look()
    outlook = desk.it.remove(rid())
    assert outlook.rules == ()
    (story,) = outlook.stories(EARLY)
    assert story.reminder is None
    assert desk.ledger() == [("18:30", "shown"), ("18:30", "dismissed")]


def test_the_manner_of_all_changes_for_all_but_those_with_their_own(desk: Desk) -> None:
    own = replace(LOUD, sound=True)
    desk.keep(routine(), routine(id=rid(2)), routine(id=rid(3), manner=own))
    assert common_manner(()) == Manner()
    outlook = desk.it.change_manner(replace(LOUD, snoozes=1))
    assert [rule.manner.snoozes for rule in outlook.rules] == [1, 1, 3]
    assert desk.it.starter(ReminderKind.ROUTINE, "daily_six").manner.snoozes == 1
    assert outlook.next_call(desk.clock.now(), desk.zone) is not None


def test_an_edit_that_cannot_be_kept_changes_nothing(desk: Desk) -> None:
    desk.keep(routine(), routine(id=rid(2)))
    real, kept = desk.diary.reminders.keep_rule, []

    def once(rule: Reminder, stamp: Stamp) -> None:
        kept.append(rule)
        desk.diary.refuse(wrong=len(kept) > 1)
        real(rule, stamp)

    desk.diary.reminders.keep_rule = once  # type: ignore[method-assign]
    with pytest.raises(Exception, match="refused"):
        desk.it.pause_all(local("13:00"))
    assert [rule.pause for rule in desk.it.outlook().rules] == [None, None]
