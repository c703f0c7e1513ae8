"""Clocks that are set, people who travel, and dates at the ends of the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.away import LOOK_BACK_DAYS, Away, away
from coach.domain.reminders.due import next_due
from coach.domain.reminders.ledger import Answer, ClockStep, History, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import EVERY_DAY, Pause, ReminderKind, Weekday
from coach.domain.reminders.plan import occurrence, week_plan
from coach.domain.reminders.wall import day_exists, days_from, instant, next_midnight, wall_time, zone_of
from tests.domain.reminders.make import BERLIN, HOUR, SUNDAY, check, clock, done, entry, local, routine, sitting
from tests.domain.reminders.strategies import few, zones

NOON = local("12:00")
SIX = routine()
YEAR = timedelta(days=365)


def test_fault_24_after_the_clock_is_set_back_30_days_the_next_one_is_today() -> None:
    back = NOON - timedelta(days=30)
    history = History((entry(Answer.STARTED, local("08:00")),), steps=(ClockStep(NOON, back),))
    found = next_due(SIX, history, back, BERLIN)
    assert found is not None
    assert found.at == datetime(2026, 10, 16, 16, 30, tzinfo=UTC)
    assert away([SIX], history, back, BERLIN) == Away()


def test_fault_24_what_was_answered_before_does_not_come_again_when_its_day_comes_again() -> None:
    history = History((entry(Answer.STARTED, local("18:31")),), (done(local("18:45")),))
    found = next_due(SIX, history, NOON - timedelta(hours=1), BERLIN)
    assert found is not None
    assert found.local_date == SUNDAY + timedelta(days=1)


def test_fault_25_a_year_forward_and_back_is_no_year_of_missed_ones() -> None:
    forward = ClockStep(NOON, NOON + YEAR)
    there = History(steps=(forward,))
    assert away([SIX], there, NOON + YEAR + HOUR / 60, BERLIN) == Away()
    back = History(steps=(forward, ClockStep(NOON + YEAR + HOUR, NOON + HOUR)))
    assert away([SIX], back, NOON + 2 * HOUR, BERLIN) == Away()
    # From then on it is accounted for as ever.
    later = away([SIX], back, local("16 12:00"), BERLIN)
    assert [row.local_date for row in later.rows] == [SUNDAY]


def test_fault_25_nothing_that_was_set_by_a_wrong_clock_silences_reminders_for_a_year() -> None:
    wrong = NOON + YEAR
    paused = replace(SIX, since=wrong, pause=Pause(wrong, wrong + HOUR))
    found = next_due(paused, History(heavy=(wrong,)), NOON, BERLIN)
    assert found is not None
    assert found.at == local("18:30")
    assert len(away([paused], History(), local("16 12:00"), BERLIN).rows) == LOOK_BACK_DAYS


def test_fault_25_an_absence_of_a_year_is_asked_about_for_60_days() -> None:
    found = away([SIX], History(), NOON + YEAR, BERLIN)
    assert len(found.lines) <= LOOK_BACK_DAYS + 1
    assert found.notify is None


def test_fault_26_reminders_mean_the_wall_time_of_the_zone_the_person_is_in() -> None:
    for zone in ("Europe/Berlin", "America/New_York", "Asia/Kathmandu"):
        found = next_due(SIX, History(), NOON, zone)
        assert found is not None
        assert found.at is not None
        assert wall_time(found.at, zone_of(zone)).strftime("%H:%M") == "18:30"


def test_fault_26_a_completed_day_stays_completed_on_the_way_west() -> None:
    finished = History((entry(Answer.STARTED, local("18:31")),), (done(local("18:45")),))
    on_arrival = local("20:00")  # 14:00 in New York: half past six comes a second time that day
    found = next_due(SIX, finished, on_arrival, "America/New_York")
    assert found is not None
    assert found.local_date == SUNDAY + timedelta(days=1)
    assert away([replace(SIX, since=NOON)], finished, on_arrival, "America/New_York") == Away()


def test_fault_26_what_the_way_east_jumps_over_is_told_as_such() -> None:
    rule = replace(SIX, since=local("09:00"))
    found = away([rule], History(), local("16:00"), "Asia/Tokyo", Missed.TRAVEL)  # where it is midnight
    assert [(row.local_date, row.missed) for row in found.rows] == [(SUNDAY, Missed.TRAVEL)]


@few
@given(
    st.lists(st.tuples(zones, st.integers(-30 * 24, 40 * 24)), max_size=8),
    st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_fault_26_no_occurrence_rings_twice_whatever_flights_and_clocks_do(
    moves: list[tuple[str, int]], starts: list[bool]
) -> None:
    now, history, rung = NOON, History(), list[object]()
    for (zone, hours), start in zip(moves, starts, strict=False):
        after = max(now + timedelta(hours=hours), NOON - timedelta(days=60))
        if hours < 0:
            history = replace(history, steps=(*history.steps, ClockStep(now, after)))
        now = after
        found = away([SIX], history, now, zone)
        if found.notify is not None:
            rung.append(found.notify.key)
            answer = Answer.STARTED if start else Answer.DISMISSED
            line = replace(entry(answer, now), local_date=found.notify.local_date)
            history = replace(history, entries=(*history.entries, *found.rows, line))
        else:
            history = replace(history, entries=(*history.entries, *found.rows))
    assert len(set(rung)) == len(rung)
    keys = [line.key for line in history.entries]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", ["No/Such_Zone", "", "Europe", "../../etc/passwd", "\0", "x" * 5000])
def test_fault_27_an_unknown_zone_counts_as_utc(name: str) -> None:
    assert zone_of(name) is UTC
    found = next_due(SIX, History(), NOON, name)
    assert found is not None
    assert found.at == datetime(2026, 11, 15, 18, 30, tzinfo=UTC)


def test_fault_29_the_29th_of_february_is_a_day_like_any_other() -> None:
    leap = datetime(2028, 2, 28, 20, tzinfo=UTC)
    found = next_due(SIX, History(), leap, BERLIN)
    assert found is not None
    assert found.local_date == date(2028, 2, 29)


@pytest.mark.parametrize("year", [1, 1970, 2038, 2100, 9999])
@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Apia"])
def test_fault_29_no_year_is_too_early_or_too_late(year: int, zone: str) -> None:
    rules = [SIX, check(ReminderKind.MORNING_CHECK, "00:00"), sitting()]
    for month, day in ((1, 1), (1, 19), (12, 31)):
        for hour in (0, 12, 23):
            now = datetime(year, month, day, hour, 30, tzinfo=UTC)
            for rule in rules:
                found = next_due(rule, History(), now, zone)
                assert found is None or (found.at is not None and found.at > now)
            assert week_plan(rules, History(), now, zone)
            assert away(rules, History(), now, zone).lines is not None
            assert next_midnight(now, zone_of(zone)) >= now


@pytest.mark.parametrize("since", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)])
def test_fault_29_a_reminder_made_long_ago_or_in_the_future_rings_today(since: datetime) -> None:
    found = next_due(replace(SIX, since=since), History(), NOON, BERLIN)
    assert found is not None
    assert found.at == local("18:30")


def test_fault_29_at_the_ends_of_the_calendar_there_are_fewer_days() -> None:
    assert list(days_from(date(9999, 12, 30), 7)) == [date(9999, 12, 30), date.max]
    assert instant(date.max, clock("23:30"), zone_of("America/New_York")) is None
    assert not day_exists(date.min, zone_of("Asia/Kathmandu"))


def test_fault_30_a_session_across_midnight_belongs_to_the_day_it_began() -> None:
    history = History(done=(done(local("16 00:10"), SUNDAY),))
    found = occurrence(SIX, history, local("16 08:00"), BERLIN, date(2026, 11, 16), "18:30")
    assert found is not None
    assert found.why is Why.DUE
    before = occurrence(SIX, history, local("16 08:00"), BERLIN, SUNDAY, "18:30")
    assert before is not None
    assert before.why is Why.ALREADY_DONE


def test_fault_31_a_reminder_more_than_24_days_away_is_found() -> None:
    rule = check(ReminderKind.SELF_TEST, "10:00", weekdays=frozenset({Weekday.SUN}))
    history = History(done=(done(NOON, SUNDAY, ReminderKind.SELF_TEST),))
    found = next_due(rule, history, NOON, BERLIN)
    assert found is not None
    assert found.local_date == SUNDAY + timedelta(days=28)
    holiday = frozenset(days_from(SUNDAY, 90))
    rested = next_due(replace(SIX, rest_days=holiday, weekdays=EVERY_DAY), History(), NOON, BERLIN)
    assert rested is not None
    assert rested.local_date == SUNDAY + timedelta(days=90)
