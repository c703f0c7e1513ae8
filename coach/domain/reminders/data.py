"""Reminders as plain data and back: texts, numbers, lists and tables, as a table's row or a TOML file hold them.

A manner equal to the one for all reminders is left out, so that a change of the latter reaches every reminder. What is
None is an empty list or 0, since TOML has no such value.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from coach.domain.reminders.parts import (
    EVERY_DAY,
    AtTimes,
    BadReminderError,
    Fault,
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

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_INSTANT = "must be an instant such as 2026-11-15T08:30:00+00:00"
_TEXT = "must be a text"
_FLAG = "must be true or false"
_NUMBER = "must be a whole number"


def reminder_to_data(rule: Reminder, common: Manner | None = None) -> dict[str, Any]:
    """Plain data, without a manner that equals `common`, the one for all reminders."""
    data: dict[str, Any] = {
        "id": str(rule.id),
        "kind": rule.kind.value,
        **_when_to_data(rule.when),
        "since": rule.since.isoformat(),
        "weekdays": [day.name.lower() for day in sorted(rule.weekdays)],
        "routine_id": rule.routine_id,
        "text": rule.text,
        "on": rule.on,
        "skip_done": rule.skip_done.value,
        "rest_days": [day.isoformat() for day in sorted(rule.rest_days)],
        "pause": [rule.pause.since.isoformat(), rule.pause.until.isoformat()] if rule.pause else [],
    }
    return data if rule.manner == common else data | {"manner": manner_to_data(rule.manner)}


def manner_to_data(manner: Manner) -> dict[str, Any]:
    """Plain data of a manner."""
    return {
        "quiet": [slot_name(manner.quiet.start), slot_name(manner.quiet.end)] if manner.quiet else [],
        "in_quiet": manner.in_quiet.value,
        "snooze_min": list(manner.snooze_min),
        "snoozes": manner.snoozes,
        "nudge_min": manner.nudge_min or 0,
        "if_missed": manner.if_missed.value,
        "wait_while_presenting": manner.wait_while_presenting,
        "sound": manner.sound,
    }


def _when_to_data(when: When) -> dict[str, Any]:
    if isinstance(when, AtTimes):
        return {"times": [slot_name(clock) for clock in when.times]}
    return {"hours": [slot_name(when.start), slot_name(when.end)], "every_min": when.every_min}


def reminder_from_data(data: Mapping[str, Any], common: Manner | None = None) -> Reminder:
    """The reminder that plain data describe; `common` is its manner where it has none of its own.

    BadReminderError names every field that cannot be read, or else every field that makes no reminder.
    """
    read = _Reader(data)
    fields = {
        "id": read.get("id", _id, "must be an id"),
        "kind": read.get("kind", ReminderKind, f"must be one of {_names(ReminderKind)}"),
        "when": _when_from_data(read),
        "since": read.get("since", _instant, _INSTANT),
        "weekdays": frozenset(read.get("weekdays", _many(_weekday), "must be days such as mon", EVERY_DAY)),
        "routine_id": read.get("routine_id", _text, _TEXT, ""),
        "text": read.get("text", _text, _TEXT, ""),
        "on": read.get("on", _flag, _FLAG, True),
        "skip_done": read.get("skip_done", SkipDone, f"must be one of {_names(SkipDone)}", SkipDone.DAY),
        "rest_days": frozenset(read.get("rest_days", _many(_day), "must be days such as 2026-11-15", ())),
        "pause": read.get("pause", _pair(_instant, Pause), "must be two instants, or none", None),
    }
    own = read.get("manner", _table, "must be a table", None)
    fields["manner"] = (common or Manner()) if own is None else _manner(_Reader(own, read.faults))
    read.check()
    return Reminder(**fields)


def manner_from_data(data: Mapping[str, Any]) -> Manner:
    """The manner that plain data describe; keys that are missing have their defaults. BadReminderError as above."""
    read = _Reader(data)
    manner = _manner(read)
    read.check()
    return manner


def _when_from_data(read: _Reader) -> When | None:
    if "times" in read.data:
        return AtTimes(read.get("times", _many(_clock), "must be times such as 18:30"))
    hours = read.get("hours", _hours, "must be two times such as 09:00")
    every = read.get("every_min", _whole, _NUMBER)
    return Within(hours[0], hours[1], every) if hours else None


def _manner(read: _Reader) -> Manner:
    usual = Manner()
    return Manner(
        quiet=read.get("quiet", _pair(_clock, Quiet), "must be two times such as 21:00, or none", usual.quiet),
        in_quiet=read.get("in_quiet", InQuiet, f"must be one of {_names(InQuiet)}", usual.in_quiet),
        snooze_min=read.get("snooze_min", _many(_whole), "must be whole numbers", usual.snooze_min),
        snoozes=read.get("snoozes", _whole, _NUMBER, usual.snoozes),
        nudge_min=read.get("nudge_min", _whole, _NUMBER, usual.nudge_min) or None,
        if_missed=read.get("if_missed", IfMissed, f"must be one of {_names(IfMissed)}", usual.if_missed),
        wait_while_presenting=read.get("wait_while_presenting", _flag, _FLAG, usual.wait_while_presenting),
        sound=read.get("sound", _flag, _FLAG, usual.sound),
    )


_NEEDED = object()


class _Reader:
    """Takes typed values out of plain data and collects the faults instead of stopping at the first."""

    def __init__(self, data: Mapping[str, Any], faults: list[Fault] | None = None) -> None:
        self.data = data
        self.faults = [] if faults is None else faults

    def get(self, key: str, parse: Callable[[Any], Any], phrase: str, default: object = _NEEDED) -> Any:  # noqa: ANN401
        """The parsed value; the default where the key is missing; a fault and an empty tuple where it is wrong."""
        if key not in self.data and default is not _NEEDED:
            return default
        try:
            return parse(self.data.get(key))
        except (ValueError, TypeError, LookupError, OverflowError):
            self.faults.append(Fault(key, phrase))
            return ()

    def check(self) -> None:
        """BadReminderError when anything could not be read."""
        if self.faults:
            raise BadReminderError(tuple(self.faults))


def _typed(value: Any, kind: type) -> Any:  # noqa: ANN401 - whatever a file or a row may hold
    if type(value) is not kind:
        raise TypeError(f"not a {kind.__name__}")
    return value


def _text(value: object) -> str:
    return str(_typed(value, str))


def _flag(value: object) -> bool:
    return bool(_typed(value, bool))


def _whole(value: object) -> int:
    return int(_typed(value, int))


def _table(value: object) -> dict[str, Any]:
    return dict(_typed(value, dict))


def _id(value: object) -> UUID:
    return UUID(_text(value))


def _instant(value: object) -> datetime:
    return datetime.fromisoformat(_text(value))


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _weekday(value: object) -> Weekday:
    return Weekday[_text(value).upper()]


def _clock(value: object) -> time:
    clock = time.fromisoformat(_text(value))
    if slot_name(clock) != value:
        raise ValueError("not as it would be written")
    return clock


def _many(parse: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda value: tuple(parse(each) for each in _typed(value, list))


def _pair(parse: Callable[[Any], Any], make: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    def read(value: object) -> Any:  # noqa: ANN401
        given = _typed(value, list)
        return make(*(parse(each) for each in given)) if given else None

    return read


def _hours(value: object) -> tuple[time, time]:
    start, end = (_clock(each) for each in _typed(value, list))
    return start, end


def _names(choices: type[ReminderKind | SkipDone | InQuiet | IfMissed]) -> str:
    return ", ".join(choice.value for choice in choices)
