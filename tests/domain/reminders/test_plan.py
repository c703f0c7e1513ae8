"""The next seven days as data, each slot with its reason, as the designed screen shows them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.due import next_due
from coach.domain.reminders.ledger import Answer, History
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import EVERY_DAY, ReminderKind, Weekday
from coach.domain.reminders.plan import occurrence, week_plan
from tests.domain.reminders.make import BERLIN, SUNDAY, check, done, entry, local, rid, routine, sitting
from tests.domain.reminders.strategies import few, histories, instants, reminders, zones

NOON = local("12:00")
SIX = routine(weekdays=EVERY_DAY - {Weekday.WED, Weekday.SAT})
STEPS = check(ReminderKind.FIRST_STEPS, "07:10", id=rid(2))
MORNING = check(ReminderKind.MORNING_CHECK, "08:30", id=rid(4))
STAND_UP = sitting(weekdays=EVERY_DAY - {Weekday.SAT, Weekday.SUN})


def reasons(plan: tuple[Occurrence, ...], number: int) -> list[str]:
    """The reasons of one reminder, day by day."""
    return [each.why.value for each in plan if each.reminder == rid(number)]


def test_the_week_of_the_designed_screen() -> None:
    plan = week_plan([STEPS, MORNING, SIX, STAND_UP], History(), NOON, BERLIN)
    assert {each.local_date for each in plan} == {SUNDAY + timedelta(days=n) for n in range(7)}
    assert reasons(plan, 2) == ["past", *["due"] * 6]
    assert reasons(plan, 1) == ["due", "due", "due", "rest_day", "due", "due", "rest_day"]
    only_if, no = "conditional", "not_called_for"
    assert reasons(plan, 4) == [no, only_if, only_if, only_if, no, only_if, only_if]
    assert reasons(plan, 3) == ["weekday_off", *[only_if] * 5, "weekday_off"]
    assert plan[0] == Occurrence(rid(2), SUNDAY, "07:10", local("07:10"), Why.PAST)


def test_the_finished_routine_removes_the_second_reminder_of_the_day() -> None:
    twice = routine("08:00", "18:30")
    started = entry(Answer.STARTED, local("08:01"), "08:00")
    before = week_plan([twice], History((started,)), NOON, BERLIN, 1)
    assert [each.why for each in before] == [Why.PAST, Why.DUE]
    assert before[0].entry == started
    after = week_plan([twice], History((started,), (done(local("08:14")),)), NOON, BERLIN, 1)
    assert [each.why for each in after] == [Why.PAST, Why.ALREADY_DONE]


def test_the_days_behind_tell_what_became_of_each() -> None:
    entries = (
        entry(Answer.STARTED, local("12 18:31"), day=date(2026, 11, 12)),
        entry(Answer.MISSED, local("14 20:00"), day=date(2026, 11, 14)),
    )
    plan = week_plan([routine()], History(entries), NOON, BERLIN, 4, start=date(2026, 11, 12))
    assert [each.why for each in plan] == [Why.PAST, Why.PAST, Why.PAST, Why.DUE]
    assert [each.entry.answer if each.entry else None for each in plan] == [Answer.STARTED, None, Answer.MISSED, None]


def test_a_strained_day_makes_its_morning_check_certain() -> None:
    plan = week_plan([SIX, MORNING], History(strained=frozenset({SUNDAY})), NOON, BERLIN, 2)
    assert reasons(plan, 4) == ["not_called_for", "due"]


def test_a_slot_that_the_reminder_no_longer_has_is_no_occurrence() -> None:
    assert occurrence(routine(), History(), NOON, BERLIN, SUNDAY, "19:00") is None


@few
@given(st.data(), instants, zones)
def test_every_slot_of_every_day_has_one_reason_and_the_next_one_is_in_it(
    data: st.DataObject, now: object, zone: str
) -> None:
    at = data.draw(instants)
    rules = [data.draw(reminders(1)), data.draw(reminders(2))]
    history = data.draw(histories(rules))
    plan = week_plan(rules, history, at, zone)
    assert len({each.key for each in plan}) == len(plan)
    for each in plan:
        assert each.why is not Why.MOVED or each.cause in {Why.QUIET_HOURS, Why.HEAVY_WORK, Why.PAUSED}
        assert not each.rings_by(at)
        assert each.at is not None or each.why is Why.NO_SUCH_DAY
    for rule in rules:
        ahead = [each.at for each in plan if each.reminder == rule.id and each.at and each.rings_after(at)]
        found = next_due(rule, history, at, zone)
        if ahead:
            assert found is not None
            assert found.at is not None
            assert found.at <= min(ahead)
