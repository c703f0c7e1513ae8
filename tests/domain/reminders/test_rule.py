"""A reminder is checked as a whole, each fault with one phrase, and survives being written down."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders import data
from coach.domain.reminders.parts import (
    AtTimes,
    BadReminderError,
    Manner,
    Pause,
    Quiet,
    ReminderKind,
    Within,
    slot_name,
)
from tests.domain.reminders.make import clock, local, rid, routine, sitting
from tests.domain.reminders.strategies import few, manners, reminders

NOW = local("12:00")


def faults(**fields: Any) -> list[str]:
    """What is wrong with a routine's reminder that has these fields."""
    with pytest.raises(BadReminderError) as caught:
        routine(**fields)
    assert all(fault.phrase for fault in caught.value.faults)
    return [fault.field for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("when", AtTimes(())),
        ("when", AtTimes((clock("18:30"), clock("18:30")))),
        ("when", AtTimes((clock("18:30"), clock("08:00")))),
        ("when", AtTimes((time(18, 30, 1),))),
        ("when", AtTimes((time(18, 30, tzinfo=UTC),))),
        ("when", AtTimes(tuple(time(h, m) for h in range(24) for m in range(0, 60, 10)))),
        ("when", Within(clock("17:00"), clock("09:00"), 60)),
        ("when", Within(clock("09:00"), clock("17:00"), 0)),
        ("when", Within(clock("09:00"), clock("17:00"), 5000)),
        ("since", datetime(2026, 1, 1)),  # noqa: DTZ001 - naive on purpose
        ("weekdays", frozenset()),
        ("routine_id", ""),
        ("routine_id", "x" * 101),
        ("text", "two\nlines"),
        ("text", "x" * 201),
        ("pause", Pause(NOW, NOW)),
        ("pause", Pause(NOW.replace(tzinfo=None), NOW)),
    ],
)
def test_each_impossible_field_is_named(field: str, value: object) -> None:
    assert faults(**{field: value}) == [field]


@pytest.mark.parametrize(
    ("field", "manner"),
    [
        ("quiet", Manner(quiet=Quiet(clock("21:00"), clock("21:00")))),
        ("quiet", Manner(quiet=Quiet(time(21, 0, 30), clock("07:00")))),
        ("snooze_min", Manner(snooze_min=(0,))),
        ("snooze_min", Manner(snooze_min=(10, 10))),
        ("snooze_min", Manner(snooze_min=())),
        ("snoozes", Manner(snoozes=-1)),
        ("nudge_min", Manner(nudge_min=0)),
    ],
)
def test_each_impossible_manner_is_named(field: str, manner: Manner) -> None:
    assert faults(manner=manner) == [field]


def test_all_faults_are_told_at_once() -> None:
    assert faults(weekdays=frozenset(), routine_id="", when=AtTimes(())) == ["when", "weekdays", "routine_id"]


def test_sitting_is_counted_within_hours() -> None:
    assert faults(kind=ReminderKind.SITTING) == ["when"]
    assert list(sitting().slots()) == [clock("09:00")]


def test_an_interval_stands_on_a_grid_within_its_hours() -> None:
    rule = routine(when=Within(clock("09:00"), clock("12:00"), 50))
    assert [slot_name(slot) for slot in rule.slots()] == ["09:00", "09:50", "10:40", "11:30"]


@few
@given(reminders(), manners())
def test_a_reminder_survives_being_written_down(rule: Any, common: Manner) -> None:
    written = json.loads(json.dumps(data.reminder_to_data(rule, common)))
    assert data.reminder_from_data(written, common) == rule
    assert None not in written.values()  # TOML knows no null


@few
@given(manners())
def test_a_manner_survives_being_written_down(manner: Manner) -> None:
    assert data.manner_from_data(json.loads(json.dumps(data.manner_to_data(manner)))) == manner


def test_what_is_left_out_has_its_default() -> None:
    least = {"id": str(rid()), "kind": "weekly_check", "times": ["18:00"], "since": "2026-11-15T08:30:00+00:00"}
    rule = data.reminder_from_data(least)
    assert rule.manner == Manner()
    assert (rule.on, len(rule.weekdays), rule.pause) == (True, 7, None)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@few
@given(reminders(), st.data())
def test_whatever_stands_in_a_row_only_a_bad_reminder_is_raised(rule: Any, draw: st.DataObject) -> None:
    written = data.reminder_to_data(rule)
    key = draw.draw(st.sampled_from(sorted(written)))
    written[key] = draw.draw(junk)
    with contextlib.suppress(BadReminderError):
        read = data.reminder_from_data(written)
        assert data.reminder_from_data(data.reminder_to_data(read)) == read


@pytest.mark.parametrize("key", ["id", "kind", "since"])
def test_what_is_needed_and_missing_is_named(key: str) -> None:
    written = data.reminder_to_data(routine())
    del written[key]
    with pytest.raises(BadReminderError) as caught:
        data.reminder_from_data(written)
    assert [fault.field for fault in caught.value.faults] == [key]


def test_a_time_is_written_with_two_digits_or_refused() -> None:
    for text in ("18:3", "24:00", "18:30:00", "half past six"):
        with pytest.raises(BadReminderError):
            data.reminder_from_data(data.reminder_to_data(routine()) | {"times": [text]})


def test_quiet_hours_may_pass_midnight() -> None:
    night, noon = Quiet(clock("21:00"), clock("07:00")), Quiet(clock("12:00"), clock("14:00"))
    assert [night.covers(clock(t)) for t in ("20:59", "21:00", "00:00", "06:59", "07:00")] == [0, 1, 1, 1, 0]
    assert [noon.covers(clock(t)) for t in ("11:59", "12:00", "13:59", "14:00")] == [0, 1, 1, 0]


def test_a_pause_ends_when_the_clock_is_set_back_before_it() -> None:
    pause = Pause(NOW, NOW + timedelta(hours=1))
    assert pause.covers(NOW)
    assert not pause.covers(NOW - timedelta(days=30))
    assert date(2026, 11, 15) == NOW.date()
