"""Every clock change of the world: a daily reminder happens exactly once on each local date that exists.

Zones that share all their changes are tried once. Without COACH_SOAK a set of the awkward ones stands for all.
"""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest

from coach.domain.reminders.due import next_due
from coach.domain.reminders.ledger import History
from coach.domain.reminders.parts import AtTimes
from coach.domain.reminders.wall import instant
from tests.domain.reminders.make import clock, routine

if TYPE_CHECKING:
    from coach.domain.reminders.rule import Reminder

QUARTERS = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 15)]
DAY = timedelta(days=1)

Change = tuple[datetime, timedelta, timedelta]
"""An instant at which a zone's clocks change, and the offsets before and after."""

AWKWARD = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo", "Pacific/Apia",
    "Asia/Kathmandu", "America/Nuuk", "America/Havana", "Africa/Casablanca", "Asia/Gaza", "Antarctica/Troll",
    "America/Scoresbysund", "Pacific/Chatham", "Europe/Dublin", "UTC",
]  # fmt: skip
SOAK = bool(os.environ.get("COACH_SOAK"))


@cache
def changes(zone: str, first: int, last: int) -> tuple[Change, ...]:
    """The clock changes of a zone in these years, found by its offsets at midday UTC and by bisection."""
    where, found = ZoneInfo(zone), []
    at = datetime(first, 1, 1, tzinfo=UTC)
    while at.year <= last:
        before, after = _offset(at, where), _offset(at + DAY, where)
        if before != after:
            low, high = at, at + DAY
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                low, high = (middle, high) if _offset(middle, where) == before else (low, middle)
            found.append((high, before, after))
        at += DAY
    return tuple(found)


def _offset(at: datetime, where: ZoneInfo) -> timedelta:
    offset = at.astimezone(where).utcoffset()
    assert offset is not None
    return offset


def rules() -> list[Reminder]:
    """One daily reminder for each quarter of an hour."""
    return [routine(clock.strftime("%H:%M")) for clock in QUARTERS]


def check_change(zone: str, change: Change, daily: list[Reminder]) -> int:
    """Walk through the days around a change with every reminder; how many occurrences there were."""
    at, before, after = change
    where = ZoneInfo(zone)
    first, last = (at + min(before, after)).date() - DAY, (at + max(before, after)).date() + DAY
    start, end = at - timedelta(days=4), at + timedelta(days=4)
    days = {(start + timedelta(minutes=15 * n)).astimezone(where).date() for n in range(4 * 24 * 8)}
    wanted = sorted(day for day in days if first <= day <= last)
    count = 0
    for rule in daily:
        now, rung = start, []
        while now < end and (found := next_due(rule, History(), now, zone)) is not None and found.at is not None:
            assert found.at > now
            now = found.at
            if first <= found.local_date <= last:
                rung.append(found.local_date)
                check_wall(found.at, found.local_date, next(rule.slots()), change, where)
        assert rung == wanted, (zone, change, rule.when)
        count += len(rung)
    return count


def check_wall(at: datetime, day: date, wanted: time, change: Change, where: ZoneInfo) -> None:
    """It rings when the wall shows the time for the first time, or at the very end of the gap that skips it."""
    changed, before, after = change
    planned = datetime.combine(day, wanted)
    if at.astimezone(where).replace(tzinfo=None) == planned:
        assert at.astimezone(where).fold == 0
    else:
        assert at == changed
        assert (changed + before).replace(tzinfo=None) <= planned < (changed + after).replace(tzinfo=None)


def sweep(zones: list[str], first: int, last: int) -> tuple[int, int]:
    """Every distinct list of changes once; how many changes and occurrences were tried."""
    by_changes: dict[tuple[Change, ...], list[str]] = defaultdict(list)
    for zone in zones:
        by_changes[changes(zone, first, last)].append(zone)
    daily, tried, count = rules(), 0, 0
    for all_changes, names in sorted(by_changes.items(), key=lambda item: item[1]):
        for change in all_changes:
            count += check_change(names[0], change, daily)
            tried += 1
    return tried, count


def test_a_daily_reminder_happens_once_on_each_date_of_the_awkward_zones() -> None:
    zones = [zone for zone in AWKWARD if zone in available_timezones()]
    tried, count = sweep(zones, 2023, 2025)
    assert tried >= 60
    assert count >= tried * 96 * 3


@pytest.mark.skipif(not SOAK, reason="set COACH_SOAK to sweep every zone of the world")
@pytest.mark.timeout(3600)
def test_a_daily_reminder_happens_once_on_each_date_of_all_zones_from_2020_to_2030() -> None:
    tried, count = sweep(sorted(available_timezones()), 2020, 2030)
    print(f"{tried} changes, {count} occurrences")  # noqa: T201
    assert count >= tried * 96 * 3


def test_samoa_had_no_30_december_2011() -> None:
    (change,) = [each for each in changes("Pacific/Apia", 2011, 2011) if each[2] - each[1] == DAY]
    assert check_change("Pacific/Apia", change, rules()) == 96 * 3  # the 29th, the 31st and the 1st
    assert instant(date(2011, 12, 30), clock("18:30"), ZoneInfo("Pacific/Apia")) is None


@pytest.mark.parametrize(
    ("zone", "day", "planned", "shown"),
    [
        ("Europe/Berlin", date(2026, 3, 29), "02:30", "29 03:00"),
        ("America/New_York", date(2026, 3, 8), "02:15", "08 03:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), "02:15", "04 02:30"),
        ("Asia/Beirut", date(2026, 3, 29), "00:30", "29 01:00"),
        ("Africa/Cairo", date(2026, 4, 24), "00:00", "24 01:00"),
        ("America/Nuuk", date(2026, 3, 28), "23:30", "29 00:00"),
    ],
)
def test_fault_28_a_time_that_the_clock_change_skips_rings_right_after_the_gap(
    zone: str, day: date, planned: str, shown: str
) -> None:
    rule = routine(planned)
    found = next_due(rule, History(), datetime.combine(day, time(), UTC) - timedelta(hours=14), zone)
    while found is not None and found.local_date < day and found.at is not None:
        found = next_due(rule, History(), found.at, zone)
    assert found is not None
    assert found.at is not None
    assert (found.local_date, found.slot) == (day, planned)
    assert found.at.astimezone(ZoneInfo(zone)).strftime("%d %H:%M") == shown


@pytest.mark.parametrize(
    ("zone", "day", "planned"),
    [
        ("Europe/Berlin", date(2026, 10, 25), "02:30"),
        ("Australia/Lord_Howe", date(2026, 4, 5), "01:45"),
        ("Africa/Cairo", date(2026, 10, 29), "23:30"),
        ("America/Havana", date(2026, 11, 1), "00:30"),
    ],
)
def test_fault_28_a_time_that_happens_twice_rings_once_and_the_first_time(zone: str, day: date, planned: str) -> None:
    rule, where = routine(planned), ZoneInfo(zone)
    first = datetime.combine(day, clock(planned), where)
    assert first.replace(fold=1).utcoffset() != first.utcoffset()  # it does happen twice
    found = next_due(rule, History(), first - timedelta(hours=3), zone)
    assert found is not None
    assert found.at == first.astimezone(UTC)
    again = next_due(rule, History(), first.astimezone(UTC), zone)
    assert again is not None
    assert again.local_date == day + DAY


def test_two_times_in_one_gap_ring_once() -> None:
    rule = routine("02:00", "02:30")
    night = datetime(2026, 3, 29, tzinfo=UTC)
    found = next_due(rule, History(), night, "Europe/Berlin")
    assert found is not None
    assert found.at is not None
    assert (found.slot, found.at.hour) == ("02:30", 1)
    after = next_due(rule, History(), found.at, "Europe/Berlin")
    assert after is not None
    assert after.local_date == date(2026, 3, 30)
    assert isinstance(rule.when, AtTimes)
