"""Random reminders, manners and pasts for the property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from coach.domain.reminders.ledger import Answer, ClockStep, Done, Entry, History, Missed
from coach.domain.reminders.parts import (
    AtTimes,
    IfMissed,
    InQuiet,
    Manner,
    Pause,
    Quiet,
    ReminderKind,
    SkipDone,
    Weekday,
    When,
    Within,
    slot_name,
)
from coach.domain.reminders.rule import Reminder

few = settings(max_examples=min(40, settings().max_examples))
"""For what takes a while."""

minutes = st.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))
instants = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(2026, 10, 1), date(2026, 12, 31))
zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC", "no/such"]
)


@st.composite
def quiets(draw: st.DrawFn) -> Quiet:
    """Any quiet hours."""
    start, end = draw(st.lists(minutes, min_size=2, max_size=2, unique=True))
    return Quiet(start, end)


@st.composite
def manners(draw: st.DrawFn) -> Manner:
    """Any manner."""
    return Manner(
        draw(st.none() | quiets()),
        draw(st.sampled_from(InQuiet)),
        tuple(draw(st.lists(st.integers(1, 720), min_size=1, max_size=3, unique=True))),
        draw(st.integers(0, 5)),
        draw(st.none() | st.integers(2, 120)),
        draw(st.sampled_from(IfMissed)),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def whens(draw: st.DrawFn, kind: ReminderKind) -> When:
    """Times of day, or an interval within hours; the latter for sitting."""
    if kind is not ReminderKind.SITTING and draw(st.booleans()):
        return AtTimes(tuple(sorted(draw(st.sets(minutes, min_size=1, max_size=5)))))
    start, end = sorted(draw(st.lists(minutes, min_size=2, max_size=2, unique=True)))
    return Within(start, end, draw(st.integers(20, 240)))


@st.composite
def reminders(draw: st.DrawFn, number: int = 1) -> Reminder:
    """Any reminder."""
    kind = draw(st.sampled_from(ReminderKind))
    begun = draw(instants)
    return Reminder(
        draw(st.uuids(version=4)) if number == 1 else draw(st.uuids()),
        kind,
        draw(whens(kind)),
        draw(instants),
        frozenset(draw(st.sets(st.sampled_from(Weekday), min_size=1))),
        draw(st.sampled_from(["daily_six", "a_short"])),
        draw(st.sampled_from(["", "Füße hoch"])),
        draw(st.sampled_from([True, True, True, False])),
        draw(st.sampled_from(SkipDone)),
        frozenset(draw(st.sets(days, max_size=3))),
        draw(st.none() | st.integers(1, 5000).map(lambda m: Pause(begun, begun + timedelta(minutes=m)))),
        draw(manners()),
    )


@st.composite
def entries(draw: st.DrawFn, rules: list[Reminder]) -> Entry:
    """Any line about one of the rules' occurrences."""
    rule, answer, day = draw(st.sampled_from(rules)), draw(st.sampled_from(Answer)), draw(days)
    at = datetime.combine(day, time(), UTC) + timedelta(minutes=draw(st.integers(-12 * 60, 60 * 60)))
    slot = slot_name(draw(st.sampled_from(list(rule.slots()))))
    missed = draw(st.sampled_from(Missed)) if answer is Answer.MISSED else None
    until = at + timedelta(minutes=draw(st.integers(1, 720))) if answer is Answer.SNOOZED else None
    return Entry(rule.id, day, slot, answer, at, missed, until)


@st.composite
def histories(draw: st.DrawFn, rules: list[Reminder]) -> History:
    """Any past of these rules."""
    done = st.builds(Done, st.sampled_from(ReminderKind), instants, days, st.just("daily_six"))
    return History(
        tuple(draw(st.lists(entries(rules), max_size=8))),
        tuple(draw(st.lists(done, max_size=4))),
        frozenset(draw(st.sets(days, max_size=5))),
        tuple(draw(st.lists(instants, max_size=3))),
        draw(st.sampled_from([frozenset(), frozenset({"a_short"})])),
        draw(st.sampled_from([None, None, None, datetime(2026, 11, 15, tzinfo=UTC)])),
        tuple(draw(st.lists(st.builds(ClockStep, instants, instants), max_size=1))),
    )
