"""Reminders in a calendar file, as an independent reader finds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from coach.desktop.calendar_file import calendar_of, in_calendar, one_line, write_calendar
from coach.domain.reminders.parts import EVERY_DAY, InQuiet, Manner, Pause, Quiet, ReminderKind, Weekday, Within
from coach.errors import KnownError
from tests.domain.reminders.make import BERLIN, SUNDAY, check, clock, local, rid, routine, sitting
from tests.domain.reminders.strategies import reminders

if TYPE_CHECKING:
    from pathlib import Path

    from icalendar import Event

    from coach.domain.reminders.rule import Reminder

NOW = local("09:30")
LENGTH = timedelta(minutes=13, seconds=30)


def written(*rules: Reminder, zone: str = BERLIN, now: datetime = NOW, title: str = "Daily six") -> bytes:
    return calendar_of(rules, lambda rule: rule.text or title, lambda _rule: LENGTH, now, zone)


def events(*rules: Reminder, **how: Any) -> list[Event]:
    return list(Calendar.from_ical(written(*rules, **how)).events)


def begin(event: Event) -> str:
    return f"{event.start:%a %Y-%m-%d %H:%M}"


def repeats(event: Event) -> dict[str, list[str]]:
    (rule,) = event.rrules
    return dict(rule)


def test_each_time_of_day_is_an_event_that_comes_back_on_its_weekdays() -> None:
    workdays = EVERY_DAY - {Weekday.SAT, Weekday.SUN}
    first, second = events(routine("07:30", "18:30", weekdays=workdays, since=local("09:30")))
    assert [begin(first), begin(second)] == ["Mon 2026-11-16 07:30", "Mon 2026-11-16 18:30"]
    assert repeats(first) == {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "TU", "WE", "TH", "FR"]}
    assert isinstance(first.start, datetime)
    assert first.start.utcoffset() == timedelta(hours=1)
    assert (first["summary"], first.duration) == ("Daily six", LENGTH)
    (alarm,) = first.alarms.times
    assert alarm.trigger == first.start
    assert first["uid"] != second["uid"]


def test_every_day_is_daily_and_a_rest_day_is_left_out() -> None:
    (event,) = events(routine(rest_days=frozenset({SUNDAY + timedelta(days=3), date(2018, 1, 1)}), since=NOW))
    assert repeats(event) == {"FREQ": ["DAILY"]}
    assert event.exdates == [datetime(2026, 11, 18, 18, 30, tzinfo=ZoneInfo(BERLIN))]


def test_an_interval_becomes_its_times() -> None:
    found = events(routine(when=Within(clock("09:00"), clock("12:00"), 60), since=NOW))
    assert [begin(event)[-5:] for event in found] == ["09:00", "10:00", "11:00", "12:00"]


@pytest.mark.parametrize(("in_quiet", "times"), [(InQuiet.MOVE, ["07:00", "18:30"]), (InQuiet.DROP, ["18:30"])])
def test_quiet_hours_hold_in_the_calendar_too(in_quiet: InQuiet, times: list[str]) -> None:
    manner = Manner(Quiet(clock("21:00"), clock("07:00")), in_quiet)
    found = events(routine("06:00", "18:30", "22:00", manner=manner, since=NOW))
    assert [begin(event)[-5:] for event in found] == times


def test_midnight_is_a_time_of_day() -> None:
    (event,) = events(routine("00:00", since=NOW))
    assert begin(event) == "Sun 2026-11-15 00:00"


def test_a_pause_lets_it_begin_afterwards() -> None:
    pause = Pause(NOW - timedelta(days=1), NOW + timedelta(days=10))
    (event,) = events(routine(pause=pause, since=NOW))
    assert begin(event) == "Thu 2026-11-26 18:30"


def test_what_depends_on_the_day_before_or_on_sitting_and_what_is_off_has_no_place() -> None:
    rules = [sitting(), check(ReminderKind.MORNING_CHECK, "08:30"), routine(on=False)]
    assert [in_calendar(rule) for rule in rules] == [False, False, False]
    assert events(*rules) == []
    assert in_calendar(check(ReminderKind.WEEKLY_CHECK, "18:00"))


def test_the_file_says_the_same_tomorrow_but_for_when_it_was_made() -> None:
    rule = routine("07:30", since=NOW)
    today, tomorrow = written(rule), written(rule, now=NOW + timedelta(days=1))
    assert today.replace(b"DTSTAMP:20261115T083000Z", b"DTSTAMP:20261116T083000Z") == tomorrow


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_the_zone_is_described_and_its_clock_changes_are_right(zone: str) -> None:
    found = Calendar.from_ical(written(routine(since=NOW), zone=zone))
    (described,) = found.timezones
    assert described.tz_name == zone
    own, real = described.to_tz(), ZoneInfo(zone)
    for days in range(0, 4000, 3):
        day = datetime(2026, 11, 15, 18, 30) + timedelta(days=days)  # noqa: DTZ001 - as a clock on the wall shows it
        assert day.replace(tzinfo=own).utcoffset() == day.replace(tzinfo=real).utcoffset()


@pytest.mark.parametrize("zone", ["UTC", "no/such"])
def test_a_zone_that_needs_no_description_gets_none(zone: str) -> None:
    assert b"DTSTART:20261115T183000Z" in written(routine(since=NOW), zone=zone)


HOSTILE = [
    "a,b;c:d\\n\\,\\;",
    'BEGIN:VEVENT "quoted" ^n',
    "🦶" * 150,
    "قدم שלום",
    "x" * 200,
    "e\u0301\u00e9",
    "=cmd|' /C calc'!A0",
    "<img src='file:///etc/passwd'>",
    "%s {0} ${HOME}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_fault_49_hostile_texts_come_out_as_they_went_in(text: str) -> None:
    contents = written(routine(text=text))
    (event,) = Calendar.from_ical(contents).events
    assert (event["summary"], event.walk("VALARM")[0]["description"]) == (text, text)
    assert all(len(line) <= 75 for line in contents.split(b"\r\n"))
    contents.decode("utf-8")
    assert contents.count(b"BEGIN:VEVENT\r\n") == 1


@given(st.text(max_size=300))
def test_fault_49_any_title_is_one_line_and_comes_out_as_it_went_in(title: str) -> None:
    (event,) = events(routine(), title=title)
    assert event["summary"] == one_line(title)
    assert one_line("a\r\nEND:VEVENT\u2028\ud83d") == "a  END:VEVENT"


@settings(max_examples=min(60, settings().max_examples), deadline=None)
@given(rule=reminders())
def test_any_reminder_makes_a_calendar_that_is_read(rule: Reminder) -> None:
    found = Calendar.from_ical(written(replace(rule, text="Füße hoch 🦶")))
    assert len({event["uid"] for event in found.events}) == len(found.events)
    for event in found.events:
        assert Weekday(event.start.weekday()) in rule.weekdays
    assert found.get_missing_tzids() == set()
    assert not found.events or found.timezones


@pytest.mark.parametrize("year", [1, 1970, 2037, 2038, 2100, 9999])
def test_fault_29_a_reminder_of_any_year_makes_a_calendar(year: int) -> None:
    since = datetime(year, 12, 30, tzinfo=UTC)
    assert len(events(routine(since=since), now=max(since, NOW))) == 1


def test_the_file_is_replaced_in_one_step_or_stays(tmp_path: Path) -> None:
    path = tmp_path / "reminders.ics"
    write_calendar(path, b"old")
    write_calendar(path, written(routine(), routine("07:30", id=rid(2))))
    assert len(Calendar.from_ical(path.read_bytes()).events) == 2
    with pytest.raises(KnownError, match="Nothing was changed"):
        write_calendar(tmp_path / "gone" / "x.ics", b"")
    assert [found.name for found in tmp_path.iterdir()] == ["reminders.ics"]
