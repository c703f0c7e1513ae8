"""What became of each day: planned by the reminders of the time, done, excused or none of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.progress.adherence import FREE_DAYS, Day, DayKind, calendar
from coach.domain.progress.period import PeriodKind
from coach.domain.progress.span import Span
from coach.domain.reminders.parts import Pause, ReminderKind, Weekday, Within
from tests.domain.reminders import make
from tests.progress import days, period, session_point, since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import RuleSince, SessionPoint

MONDAY = date(2026, 11, 9)
SUNDAY = date(2026, 11, 15)
WEEK = Span(MONDAY, SUNDAY)
BEFORE = date(2026, 1, 1)
FULL, LIGHTER, MISSED, OPEN = DayKind.FULL, DayKind.LIGHTER, DayKind.MISSED, DayKind.OPEN
REST, EXCUSED, TODAY, OUTSIDE = DayKind.REST, DayKind.EXCUSED, DayKind.TODAY, DayKind.OUTSIDE
WORKDAYS = frozenset(set(Weekday) - {Weekday.SAT, Weekday.SUN})


def week(
    done: Sequence[SessionPoint] = (),
    rules: Sequence[RuleSince] = (),
    periods: Sequence[Period] = (),
    today: date = SUNDAY + timedelta(days=7),
    begun: date | None = BEFORE,
    span: Span = WEEK,
) -> tuple[Day, ...]:
    return calendar(span, done, rules, periods, today, begun)


def kinds(*args: Any, **fields: Any) -> list[DayKind]:
    return [day.kind for day in week(*args, **fields)]


def test_a_day_is_done_lighter_or_missed() -> None:
    done = [session_point(MONDAY), session_point(MONDAY + timedelta(days=2), completed=0)]
    assert kinds(done, [since(BEFORE)]) == [FULL, MISSED, LIGHTER, MISSED, MISSED, MISSED, MISSED]


def test_one_completed_session_makes_a_day_full() -> None:
    assert week([session_point(MONDAY, 3, completed=1, seconds=900)], [since(BEFORE)])[0] == Day(
        MONDAY, FULL, 3, 900, asked=7
    )


def test_ten_sessions_in_a_day_are_one_full_day() -> None:
    shown = week([session_point(MONDAY, 10, seconds=6000)], [since(BEFORE)])
    assert (shown[0].kind, shown[0].sessions, shown[0].seconds, shown[0].asked) == (FULL, 10, 6000, 7)
    assert [day.kind for day in shown[1:]] == [MISSED] * 6


def test_days_off_rest() -> None:
    rule = since(BEFORE, weekdays=WORKDAYS, rest_days=frozenset({MONDAY}))
    done = [session_point(SUNDAY)]
    assert kinds(done, [rule]) == [REST, MISSED, MISSED, MISSED, MISSED, REST, FULL]
    assert [day.asked for day in week(done, [rule])] == [0, 7, 7, 7, 7, 0, 0]


def test_a_day_is_planned_if_one_of_two_reminders_plans_it() -> None:
    weekend = since(BEFORE, id=make.rid(2), weekdays=frozenset({Weekday.SAT, Weekday.SUN}))
    assert kinds((), [since(BEFORE, weekdays=WORKDAYS), weekend]) == [MISSED] * 7


def test_without_a_routine_reminder_no_single_day_is_planned() -> None:
    other = since(BEFORE, rule=make.sitting())
    off = since(BEFORE, on=False)
    gone = [since(BEFORE), since(BEFORE, removed=True)]
    for rules in ([], [other], [off], gone, [since(BEFORE, rule=make.check(ReminderKind.WEEKLY_CHECK))]):
        shown = week([session_point(MONDAY)], rules)
        assert [day.kind for day in shown] == [FULL] + [OPEN] * 6
        assert {day.asked for day in shown} == {FREE_DAYS}


def test_what_was_planned_follows_the_reminders_of_the_time() -> None:
    wednesday, friday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
    rules = [since(wednesday, weekdays=frozenset(Weekday)), since(friday, on=False), since(SUNDAY, removed=True)]
    assert kinds((), rules) == [OPEN, OPEN, MISSED, MISSED, OPEN, OPEN, OPEN]


def test_a_day_counts_as_its_reminders_stood_at_its_end() -> None:
    assert kinds((), [since(MONDAY, on=False), since(MONDAY), since(MONDAY, weekdays=WORKDAYS)])[-1] is REST


def test_a_later_change_under_an_earlier_date_holds() -> None:
    """Two zones in a day: somebody changes a reminder in the east and again, later, back in the west."""
    east = since(MONDAY + timedelta(days=1))
    west = since(MONDAY, on=False)
    assert kinds((), [east, west])[:3] == [OPEN, OPEN, OPEN]


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("begin", "end", "rested"),
    [
        ((10, 9), (13, 0), [10, 11, 12]),  # until a midnight, as the window offers it
        ((10, 18), (11, 0), [10]),  # for today, half an hour before the reminder
        ((10, 19), (13, 0), [11, 12]),  # that evening's reminder came first
        ((10, 18), (10, 20), []),  # it comes when the pause is over
        ((10, 9), (13, 12), [10, 11, 12]),  # as it does at noon of the 13th
    ],
)
def test_a_pause_rests_the_days_on_which_no_reminder_comes(
    zone: str, begin: tuple[int, int], end: tuple[int, int], rested: list[int]
) -> None:
    start, until = (datetime(2026, 11, *at, tzinfo=ZoneInfo(zone)) for at in (begin, end))
    shown = kinds((), [since(MONDAY, zone=zone, pause=Pause(start, until))])
    assert [number for number, kind in enumerate(shown, MONDAY.day) if kind is REST] == rested
    assert set(shown) <= {REST, MISSED}


def test_a_pause_after_the_first_of_two_reminders_or_in_their_hours_takes_nothing_back() -> None:
    pause = Pause(datetime(2026, 11, 10, 12, tzinfo=UTC), datetime(2026, 11, 11, 0, tzinfo=UTC))
    hours = Within(time(9), time(17), 60)
    for rule in (make.routine("07:00", "18:30", pause=pause), make.routine(when=hours, pause=pause)):
        assert REST not in kinds((), [since(MONDAY, rule=rule, zone="UTC")])


def test_a_pause_as_far_as_the_calendar_goes_rests() -> None:
    pause = Pause(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC))
    assert set(kinds((), [since(MONDAY, zone="Pacific/Auckland", pause=pause)])) == {REST}


def test_a_pause_that_was_ended_early_ends() -> None:
    pause = Pause(datetime(2026, 11, 9, 9, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC))
    rules = [since(MONDAY, pause=pause), since(MONDAY + timedelta(days=2))]
    assert kinds((), rules) == [REST, REST, MISSED, MISSED, MISSED, MISSED, MISSED]


@pytest.mark.parametrize("kind", PeriodKind)
def test_flares_and_rests_excuse(kind: PeriodKind) -> None:
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    shown = week([session_point(tuesday)], [since(BEFORE)], [period(tuesday, thursday, kind)])
    assert [day.kind for day in shown] == [MISSED, FULL, EXCUSED, EXCUSED, MISSED, MISSED, MISSED]
    assert [day.asked for day in shown] == [7, 0, 0, 0, 7, 7, 7]


def test_a_flare_that_goes_on_excuses_to_the_end_also_in_free_weeks() -> None:
    assert kinds((), (), [period(BEFORE, MONDAY), period(MONDAY + timedelta(days=5))]) == (
        [EXCUSED, OPEN, OPEN, OPEN, OPEN, EXCUSED, EXCUSED]
    )


def test_before_the_first_entry_and_after_today_is_outside() -> None:
    wednesday, friday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=4)
    shown = week([session_point(wednesday)], [since(BEFORE)], today=friday, begun=wednesday)
    assert [day.kind for day in shown] == [OUTSIDE, OUTSIDE, FULL, MISSED, TODAY, OUTSIDE, OUTSIDE]
    assert [day.asked for day in shown] == [0, 0, 7, 7, 0, 0, 0]


def test_no_data_at_all_is_outside() -> None:
    assert kinds((), [since(BEFORE)], begun=None) == [OUTSIDE] * 7


def test_today_asks_for_nothing_until_something_is_done() -> None:
    assert week((), [since(BEFORE)], today=SUNDAY)[-1] == Day(SUNDAY, TODAY)
    assert week((), [since(BEFORE, weekdays=WORKDAYS)], today=SUNDAY)[-1].kind is TODAY
    assert week([session_point(SUNDAY)], [since(BEFORE)], today=SUNDAY)[-1] == Day(SUNDAY, FULL, 1, 600, asked=7)


def test_two_zones_in_a_day_show_a_date_that_is_tomorrow_here() -> None:
    """Somebody exercised in the east on Sunday and flew west, where it is Saturday again."""
    shown = week([session_point(SUNDAY)], [since(BEFORE)], today=SUNDAY - timedelta(days=1))
    assert [day.kind for day in shown[-2:]] == [TODAY, FULL]


def test_sessions_outside_the_span_are_ignored() -> None:
    assert kinds([session_point(BEFORE)], [since(BEFORE)]) == [MISSED] * 7


@given(
    st.sets(st.integers(0, 60)),
    st.lists(st.tuples(st.integers(-5, 60), st.booleans(), st.sets(st.sampled_from(Weekday), min_size=1)), max_size=4),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=2),
    st.integers(0, 60),
)
def test_every_day_of_the_span_is_there_and_asks_for_what_its_kind_says(
    done: set[int], changes: list[tuple[int, bool, set[Weekday]]], flares: list[tuple[int, int]], today: int
) -> None:
    first = MONDAY
    span = Span(first, first + timedelta(days=60))
    points = [session_point(first + timedelta(days=n)) for n in sorted(done)]
    rules = [since(first + timedelta(days=n), on=on, weekdays=frozenset(on_days)) for n, on, on_days in changes]
    periods = [period(first + timedelta(days=n), first + timedelta(days=n + more)) for n, more in flares]
    shown = calendar(span, points, rules, periods, first + timedelta(days=today), first)
    assert [day.day for day in shown] == list(days(first, 61))
    allowed = {MISSED: {7}, OPEN: {FREE_DAYS}, FULL: {0, FREE_DAYS, 7}, LIGHTER: {0, FREE_DAYS, 7}}
    assert all(day.asked in allowed.get(day.kind, {0}) for day in shown)
    assert {(day.day - first).days for day in shown if day.kind is FULL} == done
    # The middle of a calendar is the calendar of the middle.
    middle = Span(first + timedelta(days=20), first + timedelta(days=40))
    assert calendar(middle, points, rules, periods, first + timedelta(days=today), first) == shown[20:41]
