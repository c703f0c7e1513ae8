"""The checks of a row and those of the database agree: what passes here is never refused there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint

from coach.domain.reminders.data import reminder_to_data
from coach.storage.exchange.checks import DEEPEST, LARGEST, _minima, check, shown
from coach.storage.exchange.plain import TABLES, add, fingerprint, stored
from coach.storage.types import Choice, Day, Flag, Id, Instant, Json
from tests.domain.reminders.make import rid, routine
from tests.storage.exchange.histories import EXAMPLES, homes

if TYPE_CHECKING:
    from sqlalchemy import Column

ID = "0199d3a0-5c00-7000-8000-000000000000"
GOOD: dict[type, list[Any]] = {
    Id: [ID],
    Instant: ["2026-11-15T08:30:00.000000Z"],
    Day: ["2026-11-15"],
    Flag: [0, 1],
    Json: [[], [{"exercise": "x"}]],
}
NAMED: dict[str, list[Any]] = {
    "slot": ["18:30"],
    "reminder_id": [str(rid())],
    "rule": [reminder_to_data(routine()), reminder_to_data(routine(id=rid(2)))],
}
BAD: list[Any] = [
    None,
    "",
    "x",
    -1,
    0,
    1,
    10,
    11,
    7.5,
    True,
    [],
    {},
    "2026-02-30",
    "03/04/2026",
    "2026-11-15T08:30:00Z",
    LARGEST + 1,
]


def values_of(column: Column[Any]) -> st.SearchStrategy[Any]:
    """Mostly right, now and then anything."""
    if isinstance(column.type, Choice):
        good = [value.value for value in column.type.values]
    else:
        good = NAMED.get(column.name) or GOOD.get(
            type(column.type), ["text", ""] if "TEXT" in str(column.type) else [0, 1, 5, 10]
        )
    right = st.sampled_from([*good, *([None] if column.nullable else [])])
    return st.one_of(*[right] * 12, st.sampled_from(BAD))


ROWS = {
    name: st.fixed_dictionaries({column.name: values_of(column) for column in table.columns})
    for name, table in TABLES.items()
}


@settings(max_examples=min(30, EXAMPLES))
@given(st.data())
def test_what_passes_the_checks_is_taken_by_the_database(data: st.DataObject) -> None:
    with homes(1) as ((home,), _), home.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for name, table in TABLES.items():
            for values in data.draw(st.lists(ROWS[name], max_size=20)):
                if check(name, values) is None:
                    with connection.begin_nested() as point:
                        add(connection, table, [fingerprint(table, values)])
                        (row,) = stored(connection, table)
                        assert row == values
                        point.rollback()
        connection.rollback()


def test_every_check_of_the_schema_is_known_here() -> None:
    """A new CHECK in the schema needs a look at `checks`."""
    known = {"id", "at", "local_date", "tempo", "self_paced", "effort", "nrs", "side"}
    known |= {"reminder_id", "removed", "slot", "missed_with_reason", "snoozed_until", "until", "was"}
    known |= {"hardest", "stiffness_of_a_morning", "first", "last", "order", "area", "yes"}
    for table in TABLES.values():
        words = {column.name for column in table.columns if isinstance(column.type, Choice)}
        names = {
            str(item.name).removeprefix(f"ck_{table.name}_")
            for item in table.constraints
            if isinstance(item, CheckConstraint)
        }
        assert names - known - words == set(_minima(table))


AT = {"id": ID, "at": "2026-11-15T08:30:00.000000Z", "zone": "UTC", "local_date": "2026-11-15"}
RULE = reminder_to_data(routine())
GOOD_ROWS: dict[str, dict[str, Any]] = {
    "reminder_entries": {"reminder_id": ID, "slot": "18:30", "number": 1, "answer": "shown"},
    "reminders": {"reminder_id": str(rid()), "rule": RULE, "removed": 0},
    "checks": {"kind": "weekly"},
    "periods": {"kind": "flare", "first": "2026-11-15", "note": ""},
    "flags": {"flag": "S2", "level": "S", "yes": 1},
    "self_tests": {"test": "sit_and_reach", "tenths": -35, "note": ""},
}


@pytest.mark.parametrize(
    ("table", "values", "reason"),
    [
        ("reminder_entries", {}, ""),
        ("reminder_entries", {"slot": "25:00"}, "slot must be a time such as 18:30"),
        ("reminder_entries", {"slot": "7:00"}, "slot must be a time such as 18:30"),
        ("reminder_entries", {"number": 0}, "number must be a whole number of 1 or more"),
        ("reminder_entries", {"answer": "missed"}, "missed must be given when the answer is missed, and only then"),
        ("reminder_entries", {"missed": "asleep"}, "missed must be given when the answer is missed, and only then"),
        ("reminder_entries", {"answer": "snoozed"}, "until must be given when the answer is snoozed, and only then"),
        ("reminders", {}, ""),
        ("reminders", {"rule": {}}, "rule must be a reminder as this version knows them"),
        ("reminders", {"rule": []}, "rule must be a reminder as this version knows them"),
        ("reminders", {"rule": RULE | {"times": []}}, "rule must be a reminder as this version knows them"),
        ("reminders", {"reminder_id": ID}, "rule must be of the reminder that reminder_id names"),
        ("reminders", {"removed": 2}, "removed must be 0 or 1"),
        ("checks", {}, ""),
        ("checks", {"kind": "morning", "hardest": ""}, "hardest is asked weekly only"),
        ("checks", {"stiffness": "0"}, "stiffness is asked in the morning only"),
        ("checks", {"stiffness": "7"}, "stiffness must be 0, 1-5, 6-15, 16-30 or >30"),
        ("periods", {}, ""),
        ("periods", {"last": "2026-11-15", "region": "hip", "side": "left"}, ""),
        ("periods", {"last": "2026-11-14"}, "last must not come before first"),
        ("periods", {"first": "15/11/2026"}, "first must be a date such as 2026-11-15"),
        ("periods", {"region": "hip"}, "region and side must both be given, or neither"),
        ("periods", {"region": "hip", "side": "centre"}, "side must be left or right, except for low_back"),
        ("periods", {"kind": "pause"}, "kind must be flare or rest"),
        ("flags", {}, ""),
        ("flags", {"level": "X"}, "level must be E, U or S"),
        ("flags", {"yes": 2}, "yes must be 0 or 1"),
        ("self_tests", {"side": "left"}, ""),
        ("self_tests", {"tenths": -10_001}, "tenths must be a whole number of -10000 or more"),
        ("self_tests", {"tenths": 1.5}, "tenths must be a whole number of -10000 or more"),
    ],
)
def test_what_a_reminder_and_its_ledger_must_be(table: str, values: dict[str, Any], reason: str) -> None:
    found = check(table, AT | GOOD_ROWS[table] | values)
    assert (found[0] if found else "") == reason


def pain(**values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: None for column in TABLES["pain_ratings"].columns}
    row |= {"id": ID, "at": "2026-11-15T08:30:00.000000Z", "zone": "UTC", "local_date": "2026-11-15"}
    return row | {"region": "knee", "side": "left", "moment": "pre", "nrs": 3} | values


@pytest.mark.parametrize(
    ("values", "reason", "at_fault"),
    [
        ({"nrs": 11}, "nrs must be a whole number from 0 to 10", "11"),
        ({"nrs": -1}, "nrs must be a whole number from 0 to 10", "-1"),
        ({"nrs": "7.5"}, "nrs must be a whole number from 0 to 10", "7.5"),
        ({"nrs": "7,5"}, "nrs must be a whole number from 0 to 10", "7,5"),
        ({"nrs": 7.0}, "nrs must be a whole number from 0 to 10", "7.0"),
        ({"nrs": "NaN"}, "nrs must be a whole number from 0 to 10", "NaN"),
        ({"nrs": True}, "nrs must be a whole number from 0 to 10", "True"),
        ({"nrs": None}, "nrs or sign must be given", ""),
        ({"local_date": "03/04/2026"}, "local_date must be a date such as 2026-11-15", "03/04/2026"),
        ({"local_date": "2026-02-30"}, "local_date must be a date such as 2026-11-15", "2026-02-30"),
        ({"side": "centre"}, "side must be left or right, except for low_back", "centre"),
        ({"moment": "noon"}, "moment must be pre, max, post, am, weekly_avg or weekly_worst", "noon"),
        ({"zone": None}, "zone is missing", ""),
        ({"sign": "half \ud83d"}, "sign must be a text without null characters", ""),
        ({"sign": 5}, "sign must be a text without null characters", ""),
        ({"session_id": ID.upper()}, "session_id must be an id such as 0199d3a0-5c00-7000-8000-000000000000", ""),
    ],
)
def test_fault_48_a_reason_says_what_was_expected(values: dict[str, Any], reason: str, at_fault: str) -> None:
    assert check("pain_ratings", pain(**values)) == (reason, at_fault)


def test_a_plan_is_a_list_of_objects_and_shallow() -> None:
    plan: object = []
    for _ in range(DEEPEST):
        plan = [plan]
    row = {"id": ID, "at": "2026-11-15T08:30:00.000000Z", "zone": "UTC", "local_date": "2026-11-15"}
    row |= {"routine_id": "x", "routine_title": "X"}
    assert check("sessions", row | {"plan": [{"x": []}]}) is None
    wrongs: list[Any] = [[plan], {}, "[]", [1], [{"x": plan}], [{"\ud83d": 1}]]
    for wrong in wrongs:
        assert check("sessions", row | {"plan": wrong}) == ("plan must be a list of JSON objects", "")


def test_fault_50_a_null_character_is_refused_with_a_reason() -> None:
    assert check("pain_ratings", pain(sign="a\0b")) == ("sign must be a text without null characters", "")


def test_fault_45_what_somebody_wrote_is_never_shown() -> None:
    assert shown("wobbly today") == ""
    assert shown('<img src="file:///x">') == ""
    assert shown("x" * 25) == ""
    assert shown(["x"]) == ""
    assert shown("7.5") == "7.5"
    assert check("pain_ratings", pain(zone="\ud83d")) == ("zone must be a text without null characters", "")
