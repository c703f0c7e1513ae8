"""Reminders as they are lived: asleep, away, edited, paused and travelling at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.reminders.ledger import Answer, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import ReminderKind, SkipDone
from tests.domain.reminders.make import SUNDAY, rid
from tests.domain.reminders.strategies import manners, whens
from tests.services.desk import EARLY, MINUTE, Desk, routine

if TYPE_CHECKING:
    from coach.domain.reminders.ledger import Key
    from coach.services.outlook import Call

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
