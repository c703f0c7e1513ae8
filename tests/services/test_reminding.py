"""Reminders as the window uses them: what is due is shown or accounted for, once, and the past decides as it should."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.exercise import Side
from coach.domain.ids import uuid7
from coach.domain.pain import PainMoment
from coach.domain.records import Outcome, SetStatus, Stamp
from coach.domain.reminders.ledger import Answer, ClockStep, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import AtTimes, Manner, ReminderKind, SkipDone, Weekday
from coach.services.reminder_past import Facts
from coach.services.reminding import MorningCheck, Reminding, Stiffness, WeeklyCheck, common_manner
from tests import records as r
from tests.domain.reminders import make
from tests.domain.reminders.make import LOUD, SUNDAY, local, rid
from tests.domain.reminders.strategies import manners, whens
from tests.fakes import START, FakeClock, MemoryDiary
from tests.samples import shipped

if TYPE_CHECKING:
    from coach.domain.records import PainRating, SessionStart
    from coach.domain.reminders.ledger import Key
    from coach.domain.reminders.rule import Reminder
    from coach.services.outlook import Call

FACTS = Facts.of(shipped().exercises, shipped().routines)
EARLY = date.min
MINUTE = 60.0


def routine(*times: str, **fields: Any) -> Reminder:
    """A routine's reminder, made this morning."""
    return make.routine(*times, **({"since": START} | fields))


def check(kind: ReminderKind, *times: str, **fields: Any) -> Reminder:
    """A reminder of another kind, made this morning."""
    return make.check(kind, *times, **({"since": START} | fields))


@dataclass
class Desk:
    """Reminders over a diary in memory, and a clock that a test moves."""

    clock: FakeClock = field(default_factory=FakeClock)
    diary: MemoryDiary = field(default_factory=MemoryDiary)
    zone: str = r.ZONE

    def __post_init__(self) -> None:
        numbers = count(1)
        self.it = Reminding(
            self.diary.reminders, self.diary, FACTS, self.clock, lambda: self.zone,
            lambda: uuid7(self.clock.now(), next(numbers)),
        )  # fmt: skip

    def to(self, at: datetime) -> None:
        """Let time pass until an instant."""
        self.clock.advance((at - self.clock.now()).total_seconds())

    def keep(self, *rules: Reminder) -> None:
        """Set reminders, past the service: as they were left yesterday."""
        for rule in rules:
            self.diary.reminders.keep_rule(rule, r.stamp())

    def look(self, why: Missed = Missed.ASLEEP) -> list[Call]:
        """Look, and put on screen what is to be shown."""
        found = self.it.look(why)
        if found.show:
            self.it.shown([call.key for call in found.show])
        return list(found.show)

    def train(self, routine_id: str = "daily_six", level: int = 2, after: int | None = None) -> SessionStart:
        """A session of one exercise from now on, that lasts 14 minutes."""
        start = r.start(routine_id=routine_id, stamp=self._stamp())
        self.diary.add_session(start)
        self.diary.add_set(r.done(start, level=level, stamp=self._stamp()))
        if after is not None:
            self.diary.add_pain((r.pain(nrs=2, session_id=start.id),))
            self.diary.add_pain((r.pain(nrs=after, moment=PainMoment.AFTER, session_id=start.id, stamp=self._stamp()),))
        self.clock.advance(14 * MINUTE)
        self.diary.add_end(r.end(start, stamp=self._stamp()))
        return start

    def ledger(self) -> list[tuple[str, str]]:
        """Slot and answer of every line."""
        return [(line.slot, line.answer.value) for line in self.diary.reminders.entries(EARLY)]

    def whys(self, days: int = 7) -> list[Why]:
        """Why each slot of the days ahead is or is not there."""
        return [each.why for each in self.it.outlook().week(self.clock.now(), self.zone, days)]

    def _stamp(self) -> Stamp:
        return Stamp.of(self.clock.now(), self.zone)


def ratings(desk: Desk) -> list[PainRating]:
    """All that was rated."""
    return list(desk.diary.pain.values())


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


# --- properties


ACTIONS = (
    *("sleep", "look", "look", "hold", "give_up", "answer", "answer", "edit", "manner", "off", "pause", "remove"),
    *("train", "skip", "travel", "restart"),
)
actions = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.integers(1, 20 * 60),
    ),
    min_size=5,
    max_size=40,
)
Todo = list[tuple[str, int]]
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]


class Life:
    """Somebody who lives with reminders, at random."""

    def __init__(self, data: st.DataObject) -> None:
        self.desk, self.data = Desk(), data
        self.calls: list[Call] = []
        self.waiting: dict[Key, Call] = {}

    def do(self, action: str, minutes: int) -> None:
        desk, it = self.desk, self.desk.it
        match action:
            case "sleep":
                desk.clock.advance(minutes * MINUTE)
            case "look" | "hold":
                if minutes % 4:  # the alarm clock rings; else somebody comes back
                    self.to_next()
                self.look(hold=action == "hold")
            case "give_up" if self.waiting:
                it.gave_up(list(self.waiting), Missed.TYPING)
                self.waiting.clear()
            case "answer" if self.calls:
                call = self.data.draw(st.sampled_from(self.calls))
                answer = self.data.draw(st.sampled_from([Answer.STARTED, Answer.DISMISSED, Answer.SNOOZED]))
                until = desk.clock.now() + timedelta(minutes=minutes % 720 + 1) if answer is Answer.SNOOZED else None
                it.answer(call.key, answer, until)
            case "skip" if self.calls:
                it.answer(self.data.draw(st.sampled_from(self.calls)).key, Answer.SKIPPED)
            case "train":
                it.begun(ReminderKind.ROUTINE, "daily_six")
                desk.train()
            case "travel":
                desk.zone = self.data.draw(st.sampled_from(ZONES))
                self.look(hold=False)
            case "restart":
                self.waiting.clear()
            case _:
                self.edit(action, minutes)
        desk.clock.advance(minutes % 50 * MINUTE)

    def to_next(self) -> None:
        """Nothing happens until the next reminder is due."""
        now = self.desk.clock.now()
        at = min(self.desk.it.outlook().plan(now, self.desk.zone).values(), default=now)
        self.desk.to(at)

    def look(self, *, hold: bool) -> None:
        """Some of what was held back is still due; the rest of what is to be shown goes on screen, or waits as well."""
        found = self.desk.it.look(waiting=list(self.waiting))
        assert len({call.key for call in found.show}) == len(found.show)
        outlook, now = found.outlook, self.desk.clock.now()
        freed = [c for key in self.waiting if (c := outlook.call(key, now, self.desk.zone))]
        if hold:
            self.waiting |= {call.key: call for call in found.show}
            return
        self.waiting.clear()
        show = [*freed, *found.show]
        self.desk.it.shown([call.key for call in show])
        self.calls += show

    def edit(self, action: str, minutes: int) -> None:
        rules = self.desk.it.outlook().rules
        if not rules:
            return
        rule, it = self.data.draw(st.sampled_from(rules)), self.desk.it
        match action:
            case "edit":
                it.change(replace(rule, when=self.data.draw(whens(ReminderKind.ROUTINE))))
            case "manner":
                it.change_manner(self.data.draw(manners()))
            case "off":
                it.change(replace(rule, on=not rule.on))
            case "pause":
                it.pause_all(self.desk.clock.now() + timedelta(minutes=minutes) if minutes % 3 else None)
            case "remove" if minutes % 5 == 0:
                it.remove(rule.id)


@settings(max_examples=min(150, settings().max_examples), deadline=None)
@given(data=st.data(), todo=actions)
def test_every_occurrence_that_was_due_ends_with_exactly_one_final_line(data: st.DataObject, todo: Todo) -> None:
    life = Life(data)
    desk = life.desk
    for number in (1, 2):
        when = data.draw(whens(ReminderKind.ROUTINE))
        desk.it.change(
            routine(
                id=rid(number), when=when, manner=data.draw(manners()), skip_done=data.draw(st.sampled_from(SkipDone))
            )
        )
    for action, minutes in todo:
        life.do(action, minutes)
    for rule in desk.it.outlook().rules:  # nothing more is to come
        desk.it.change(replace(rule, on=False))
    life.waiting.clear()
    desk.clock.advance(5 * 24 * 60 * MINUTE)
    desk.it.look()
    stories = desk.it.outlook().stories(EARLY)
    assert [told.entries for told in stories if sum(e.answer.final for e in told.entries) != 1] == []
    assert [told.entries for told in stories if not told.entries[-1].answer.final] == []


@settings(max_examples=min(100, settings().max_examples), deadline=None)
@given(data=st.data(), todo=actions)
def test_nothing_that_would_have_rung_is_without_a_line(data: st.DataObject, todo: Todo) -> None:
    life = Life(data)
    desk = life.desk
    desk.it.change(routine(when=data.draw(whens(ReminderKind.ROUTINE)), manner=data.draw(manners())))
    for action, minutes in todo:
        life.do(action, minutes)
    life.look(hold=False)
    now, outlook = desk.clock.now(), desk.it.outlook()
    on_screen = {told.key for told in outlook.stories(EARLY) if told.final is None}
    past = outlook.week(now, desk.zone, (now.date() - SUNDAY).days + 2, start=SUNDAY - timedelta(days=1))
    rules = {rule.id: rule for rule in outlook.rules}
    lost = [
        each
        for each in past
        if each.why is Why.PAST and each.at and each.at > rules[each.reminder].since
        and each.key not in on_screen and not (each.entry and each.entry.answer.final)
    ]  # fmt: skip
    assert lost == []


@settings(max_examples=min(100, settings().max_examples), deadline=None)
@given(lengths=st.lists(st.integers(1, 60 * 24 * 60), min_size=1, max_size=5))
def test_fault_23_after_any_sleep_at_most_one_notification_and_the_next_one_lies_ahead(lengths: list[int]) -> None:
    desk = Desk()
    desk.keep(routine("10:00", "18:30"))
    for minutes in lengths:
        desk.clock.advance(minutes * MINUTE)
        now = desk.clock.now()
        assert len(desk.look()) <= 1
        assert desk.look() == []
        assert all(at > now for at in desk.it.outlook().plan(now, desk.zone).values())
