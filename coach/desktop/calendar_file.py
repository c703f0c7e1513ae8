"""Reminders as an iCalendar file (RFC 5545), for people who live in their calendar.

A calendar knows no history: each time of day of a reminder is one event that comes back on its weekdays, as the rules
have it for somebody with no past. What depends on the past or on sitting (`in_calendar`) has no place in it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from coach.domain.reminders.ledger import History
from coach.domain.reminders.parts import EVERY_DAY, ReminderKind, Weekday
from coach.domain.reminders.plan import week_plan
from coach.domain.reminders.wall import DAY, wall_time, zone_of
from coach.errors import KnownError, os_reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from uuid import UUID

    from icalendar import Calendar, Event

    from coach.domain.reminders.rule import Reminder

ANY_DAY = date(2024, 1, 1)
BEFORE = datetime(2023, 12, 31, 12, tzinfo=UTC)
FIRST_CHANGE, LAST_CHANGE = date(1970, 1, 1), date(2038, 1, 1)
"""The changes of the clocks are listed between these; a calendar that goes on beyond knows them by itself."""
MOMENT = timedelta(minutes=5)
"""How long what has no length of its own is shown."""


def in_calendar(rule: Reminder) -> bool:
    """Whether a reminder can be told in advance."""
    return rule.on and rule.kind not in {ReminderKind.SITTING, ReminderKind.MORNING_CHECK}


def calendar_of(
    rules: Sequence[Reminder],
    title: Callable[[Reminder], str],
    length: Callable[[Reminder], timedelta | None],
    now: datetime,
    zone: str,
) -> bytes:
    """The file: one event for each time of day of each reminder, with an alarm when it begins.

    The same reminders make the same file but for the time at which it was made, so importing it again changes events
    instead of adding others.

    Args:
        rules: the reminders; those that cannot be told in advance are left out.
        title: what a reminder is called. A calendar is seen by others: nothing about health.
        length: how long what it reminds of takes, None where nobody knows.
        now: when the file is made, aware.
        zone: the IANA zone whose wall time is meant.
    """
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Foot Coach//Reminders//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Foot Coach")
    for rule in rules:
        if in_calendar(rule):
            for event in _events(rule, one_line(title(rule)), length(rule) or MOMENT, now, zone):
                made.add_component(event)
    _add_zone(made)
    return bytes(made.to_ical())


def write_calendar(path: Path, contents: bytes) -> None:
    """Replace a file in one step; KnownError when it cannot be written, and then it is as it was."""
    from coach.fsutil import atomic_write

    try:
        atomic_write(path, contents)
    except OSError as error:
        raise KnownError(
            f"The calendar cannot be written to {path}: {os_reason(error)}. Nothing was changed."
        ) from error


def one_line(text: str) -> str:
    """A text without the control characters for which a calendar has no place."""
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} else sign for sign in text).strip()


def _events(rule: Reminder, title: str, length: timedelta, now: datetime, zone: str) -> Iterator[Event]:
    begin = _first_day(rule, now, zone)
    for slot, clock in _times(rule):
        first = next((day for day in _week_from(begin) if Weekday(day.weekday()) in rule.weekdays), None)
        if first is not None:
            yield _event(rule.id, slot, title, _Repeat(rule, datetime.combine(first, clock), zone), length, now)


class _Repeat:
    """When an event comes: its first begin on the wall, and how it comes back."""

    def __init__(self, rule: Reminder, begin: datetime, zone: str) -> None:
        self.zone = zone_of(zone)
        self.begin = begin.replace(tzinfo=self.zone)
        days = [day.name[:2] for day in sorted(rule.weekdays)]
        self.rule: dict[str, Any] = {"freq": "daily"} if len(days) == 7 else {"freq": "weekly", "byday": days}
        off = sorted(day for day in rule.rest_days if day >= begin.date() and Weekday(day.weekday()) in rule.weekdays)
        self.but = [datetime.combine(day, begin.time(), self.zone) for day in off]


def _event(key: UUID, slot: str, title: str, repeat: _Repeat, length: timedelta, now: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", f"{key}-{slot.replace(':', '')}@foot-coach")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", repeat.begin)
    event.add("duration", length)
    event.add("summary", title)
    event.add("rrule", repeat.rule)
    if repeat.but:
        event.add("exdate", repeat.but)
    event.add("transp", "TRANSPARENT")  # whoever asks for a meeting finds the time free
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta())
    alarm.add("description", title)
    event.add_component(alarm)
    return event


def _times(rule: Reminder) -> Iterator[tuple[str, time]]:
    """Each slot with the local time at which it rings: quiet hours move some of them, and drop some."""
    always = replace(rule, rest_days=frozenset(), pause=None, weekdays=EVERY_DAY, since=BEFORE)
    for each in week_plan([always], History(), BEFORE, "UTC", 1, start=ANY_DAY):  # where no clock is ever changed
        if each.at is not None and each.why.rings:
            yield each.slot, each.at.time()


def _first_day(rule: Reminder, now: datetime, zone: str) -> date:
    """The day on which it was made, not today, so that the file says the same tomorrow; or the day after a pause."""
    where = zone_of(zone)
    if rule.pause is not None and rule.pause.covers(now):
        return wall_time(rule.pause.until, where).date() + DAY
    return wall_time(rule.since, where).date()


def _week_from(first: date) -> Iterator[date]:
    for ahead in range(min(7, (date.max - first).days + 1)):
        yield first + ahead * DAY


def _add_zone(made: Calendar) -> None:
    days = [event.start.timetuple()[:3] for event in made.events]
    if days:
        year_before = max(date(*min(days)), FIRST_CHANGE) - timedelta(days=366)
        made.add_missing_timezones(min(year_before, LAST_CHANGE - DAY), LAST_CHANGE)
