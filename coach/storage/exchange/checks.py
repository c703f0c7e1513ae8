"""Whether a row of a file may be added: every type, list of words and check of `coach.storage.tables`, told in words.

The database would refuse the same rows, but all at once and in its own words; here each has a reason, and the others
are taken. What a person wrote is never part of a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Integer

from coach.domain.reminders.data import reminder_from_data
from coach.storage.exchange.plain import TABLES
from coach.storage.types import Choice, Day, Flag, Id, Instant, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Column, Table

LARGEST = 2**63 - 1
"""What 64 bits can hold."""
DEEPEST = 20
"""Lists and objects inside each other in a plan; ours have five."""
UNKNOWN_TABLE = "this version does not know this table"

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SLOT = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_AT_LEAST = re.compile(r"(\w+) >= (-?[0-9]+)")
_HARMLESS = re.compile(r"[A-Za-z0-9_.,:/+-]{1,24}")
_SCALES = {("session_ends", "effort"): 10, ("pain_ratings", "nrs"): 10}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a row is left out. `where` is its place in the file, `shown` the value if it is short and no free text."""

    table: str
    where: str
    reason: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    expected: str
    holds: Callable[[Any], bool]
    required: bool
    free_text: bool


def check(table: str, values: Mapping[str, object]) -> tuple[str, str] | None:
    """The first reason why these values cannot be a row of this table, with the value at fault; None if they can."""
    for rule in _RULES[table]:
        value = values.get(rule.name)
        if value is None:
            if rule.required:
                return f"{rule.name} is missing", ""
        elif not rule.holds(value):
            return f"{rule.name} must be {rule.expected}", "" if rule.free_text else shown(value)
    return _together(table, values)


def shown(value: object) -> str:
    """A number or a single short word as it stands; empty for all else, which may be what somebody wrote."""
    text = str(value) if isinstance(value, (str, int, float)) else ""
    return text if _HARMLESS.fullmatch(text) else ""


def _together(table: str, values: Mapping[str, Any]) -> tuple[str, str] | None:
    """What must fit within one row."""
    for holds, reason, column in _TOGETHER.get(table, ()):
        if not holds(values):
            return reason, shown(values.get(column))
    return None


def _all_or_none(*names: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda values: len({values.get(name) is None for name in names}) == 1


def _has_side(values: Mapping[str, Any]) -> bool:
    return values.get("side") != "centre" or values.get("region") == "low_back"


_AREA = (_has_side, "side must be left or right, except for low_back", "side")
_TOGETHER: Mapping[str, tuple[tuple[Callable[[Mapping[str, Any]], bool], str, str], ...]] = {
    "sets": (
        (
            _all_or_none("tempo_effort", "tempo_hold", "tempo_back"),
            "tempo_effort, tempo_hold and tempo_back must all be given, or none",
            "",
        ),
    ),
    "pain_ratings": (
        _AREA,
        (lambda v: v.get("nrs") is not None or v.get("sign") is not None, "nrs or sign must be given", ""),
    ),
    "reminders": (
        (lambda v: v["rule"]["id"] == v["reminder_id"], "rule must be of the reminder that reminder_id names", ""),
    ),
    "reminder_entries": (
        (
            lambda v: (v.get("missed") is not None) == (v["answer"] == "missed"),
            "missed must be given when the answer is missed, and only then",
            "",
        ),
        (
            lambda v: (v.get("until") is not None) == (v["answer"] == "snoozed"),
            "until must be given when the answer is snoozed, and only then",
            "",
        ),
    ),
    "checks": (
        (lambda v: v.get("hardest") is None or v["kind"] == "weekly", "hardest is asked weekly only", ""),
        (
            lambda v: v.get("stiffness") is None or v["kind"] == "morning",
            "stiffness is asked in the morning only",
            "",
        ),
    ),
    "periods": (
        (_all_or_none("region", "side"), "region and side must both be given, or neither", ""),
        _AREA,
        (lambda v: v.get("last") is None or v["last"] >= v["first"], "last must not come before first", "last"),
    ),
}
"""Whether it holds, what is said where it does not, and the column whose value is shown with it."""


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_instant(value: object) -> bool:
    return isinstance(value, str) and _INSTANT.fullmatch(value) is not None and _parses(datetime.fromisoformat, value)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None and _parses(date.fromisoformat, value)


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _is_text(value: object) -> bool:
    """Of whole characters, and without the null character, for which PostgreSQL has no place."""
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a character
        return False
    return True


def _is_plan(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value) and _is_shallow(value, DEEPEST)


def _is_rule(value: object) -> bool:
    """A reminder as this version can read it, under an id as ids are written."""
    try:
        return isinstance(value, dict) and _is_shallow(value, DEEPEST) and bool(reminder_from_data(value))
    except ValueError:
        return False


def _is_slot(value: object) -> bool:
    return isinstance(value, str) and _SLOT.fullmatch(value) is not None


def _is_shallow(value: object, levels: int) -> bool:
    """Not nested too deeply, and all its texts whole."""
    if isinstance(value, str):
        return _is_text(value.replace("\0", ""))  # JSON has a way to write it
    if not isinstance(value, (list, dict)):
        return True
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(item, levels - 1) for item in inner)


def _rule(table: Table, column: Column[Any], minima: Mapping[str, int]) -> _Rule:
    expected, holds, free_text = _kind(table.name, column, minima)
    return _Rule(column.name, expected, holds, not column.nullable, free_text)


def _kind(table: str, column: Column[Any], minima: Mapping[str, int]) -> tuple[str, Callable[[Any], bool], bool]:
    kind = column.type
    if isinstance(kind, Id):
        return "an id such as 0199d3a0-5c00-7000-8000-000000000000", _is_id, False
    if isinstance(kind, Instant):
        return "an instant such as 2026-11-15T08:30:00.000000Z", _is_instant, False
    if isinstance(kind, Day):
        return "a date such as 2026-11-15", _is_day, False
    if isinstance(kind, Choice):
        words = [value.value for value in kind.values]
        return f"{', '.join(words[:-1])} or {words[-1]}", _among(words), False
    if column.name == "slot":
        return "a time such as 18:30", _is_slot, False
    if column.name == "rule":
        return "a reminder as this version knows them", _is_rule, True
    if isinstance(kind, Json):
        return "a list of JSON objects", _is_plan, True
    if isinstance(kind, Flag):
        return "0 or 1", _within(0, 1), False
    if isinstance(kind, Integer):
        # a tempo is at least zero by a check of its own, of all three together
        least = minima.get(column.name, 0)
        most = _SCALES.get((table, column.name))
        if most is None:
            return f"a whole number of {least} or more", _within(least, LARGEST), False
        return f"a whole number from {least} to {most}", _within(least, most), False
    return "a text without null characters", _is_text, True


def _among(words: list[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in words


def _within(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _minima(table: Table) -> dict[str, int]:
    """The least value of each column, read from the schema so that the two cannot drift apart."""
    checks = [str(item.sqltext) for item in table.constraints if isinstance(item, CheckConstraint)]
    return {match[1]: int(match[2]) for text in checks if (match := _AT_LEAST.fullmatch(text))}


_RULES = {
    name: tuple(_rule(table, column, _minima(table)) for column in table.columns) for name, table in TABLES.items()
}
