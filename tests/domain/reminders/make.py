"""Reminders and pasts for the tests; 15 November 2026 is the Sunday of the designed screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from coach.domain.reminders.ledger import Answer, Done, Entry, Missed
from coach.domain.reminders.parts import AtTimes, Manner, ReminderKind, Within
from coach.domain.reminders.rule import Reminder

BERLIN = "Europe/Berlin"
SUNDAY = date(2026, 11, 15)
LOUD = Manner(quiet=None)
"""No quiet hours."""


def rid(number: int = 1) -> UUID:
    """The id of a reminder."""
    return UUID(int=number)


def clock(text: str) -> time:
    """`18:30`."""
    return datetime.strptime(text, "%H:%M").replace(tzinfo=UTC).time()


def routine(*times: str, **fields: Any) -> Reminder:
    """A routine's reminder at these times, every day, without quiet hours unless given."""
    given: dict[str, Any] = {
        "id": rid(),
        "kind": ReminderKind.ROUTINE,
        "when": AtTimes(tuple(clock(text) for text in times or ("18:30",))),
        "since": datetime(2019, 1, 1, tzinfo=UTC),
        "routine_id": "daily_six",
        "manner": LOUD,
    }
    return Reminder(**(given | fields))


def check(kind: ReminderKind, *times: str, **fields: Any) -> Reminder:
    """A reminder of another kind."""
    return routine(*times, **({"id": rid(2), "kind": kind, "routine_id": ""} | fields))


def sitting(start: str = "09:00", end: str = "17:00", every_min: int = 60, **fields: Any) -> Reminder:
    """Stand up after so many minutes within hours."""
    when = Within(clock(start), clock(end), every_min)
    return routine(**({"id": rid(3), "kind": ReminderKind.SITTING, "when": when, "routine_id": ""} | fields))


def local(text: str, zone: str = BERLIN, day: date = SUNDAY) -> datetime:
    """The UTC instant of `18:30` on a day (or of `16 18:30`, a day of November 2026) in a zone."""
    if " " in text:
        number, text = text.split()
        day = date(2026, 11, int(number))
    return datetime.combine(day, clock(text), ZoneInfo(zone)).astimezone(UTC)


def entry(
    answer: Answer, at: datetime, slot: str = "18:30", day: date = SUNDAY, number: int = 1, **fields: Any
) -> Entry:
    """A line of the ledger."""
    made = {"missed": Missed.ASLEEP} if answer is Answer.MISSED else {}
    return Entry(rid(number), day, slot, answer, at, **(made | fields))


def done(
    at: datetime, day: date = SUNDAY, kind: ReminderKind = ReminderKind.ROUTINE, routine_id: str = "daily_six"
) -> Done:
    """Something was done."""
    return Done(kind, at, day, routine_id if kind is ReminderKind.ROUTINE else "")


def own(rule: Reminder, **manner: Any) -> Reminder:
    """The same reminder with parts of its manner changed."""
    return replace(rule, manner=replace(rule.manner, **manner))


MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
