"""What makes a reminder impossible, one clear phrase for each field, all of them at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from coach.domain.reminders.parts import AtTimes, Fault, Manner, Pause, Quiet, ReminderKind, Within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from coach.domain.reminders.rule import Reminder

MOST_TIMES = 96  # every quarter of an hour
EVERY_MIN = (15, 720)
SITTING_MIN = (20, 240)
SNOOZE_MIN = (1, 720)  # a snooze never reaches past the next day
MOST_SNOOZES = 10
NUDGE_MIN = (2, 120)
LONGEST_TEXT = 200
LONGEST_ID = 100


def faults_of(rule: Reminder) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the fields; empty for a good reminder."""
    return tuple(
        Fault(field, phrase)
        for found in (_when(rule), _days(rule), _texts(rule), _pause(rule.pause), _manner(rule.manner))
        for field, phrase in found
    )


def _when(rule: Reminder) -> Iterator[tuple[str, str]]:
    if isinstance(rule.when, AtTimes):
        yield from _times(rule.when.times)
    else:
        yield from _within(rule.when, SITTING_MIN if rule.kind is ReminderKind.SITTING else EVERY_MIN)
    if rule.kind is ReminderKind.SITTING and isinstance(rule.when, AtTimes):
        yield "when", "sitting is counted in minutes within hours, not at times of day"
    if rule.since.tzinfo is None:
        yield "since", "must be an instant with a time zone"


def _times(times: tuple[time, ...]) -> Iterator[tuple[str, str]]:
    if not times:
        yield "when", "choose at least one time"
    elif len(times) > MOST_TIMES:
        yield "when", f"choose at most {MOST_TIMES} times"
    if not all(_is_minute(clock) for clock in times):
        yield "when", "times must be whole minutes"
    elif any(later <= earlier for earlier, later in pairwise(times)):
        yield "when", "each time may stand only once, in the order of the day"


def _within(when: Within, limits: tuple[int, int]) -> Iterator[tuple[str, str]]:
    if not (_is_minute(when.start) and _is_minute(when.end)):
        yield "when", "hours must begin and end at whole minutes"
    elif when.end <= when.start:
        yield "when", "the hours must end later than they begin"
    if not limits[0] <= when.every_min <= limits[1]:
        yield "when", f"every {limits[0]} to {limits[1]} minutes, not {when.every_min}"


def _days(rule: Reminder) -> Iterator[tuple[str, str]]:
    if not rule.weekdays:
        yield "weekdays", "choose at least one day"


def _texts(rule: Reminder) -> Iterator[tuple[str, str]]:
    if rule.kind is ReminderKind.ROUTINE and not rule.routine_id:
        yield "routine_id", "choose a routine"
    if len(rule.routine_id) > LONGEST_ID:
        yield "routine_id", f"must have at most {LONGEST_ID} characters"
    if len(rule.text) > LONGEST_TEXT:
        yield "text", f"must have at most {LONGEST_TEXT} characters"
    elif not rule.text.isprintable():
        yield "text", "must be one line without control characters"


def _pause(pause: Pause | None) -> Iterator[tuple[str, str]]:
    if pause is None:
        return
    if pause.since.tzinfo is None or pause.until.tzinfo is None:
        yield "pause", "must be between instants with a time zone"
    elif pause.until <= pause.since:
        yield "pause", "must end later than it begins"


def _manner(manner: Manner) -> Iterator[tuple[str, str]]:
    if manner.quiet is not None:
        yield from _quiet(manner.quiet)
    low, high = SNOOZE_MIN
    if not all(low <= length <= high for length in manner.snooze_min):
        yield "snooze_min", f"each must be {low} to {high} minutes"
    elif len(set(manner.snooze_min)) < len(manner.snooze_min):
        yield "snooze_min", "each length may stand only once"
    if not 0 <= manner.snoozes <= MOST_SNOOZES:
        yield "snoozes", f"must be 0 to {MOST_SNOOZES}, is {manner.snoozes}"
    elif manner.snoozes and not manner.snooze_min:
        yield "snooze_min", "choose at least one length, or no snoozes"
    if manner.nudge_min is not None and not NUDGE_MIN[0] <= manner.nudge_min <= NUDGE_MIN[1]:
        yield "nudge_min", f"must be {NUDGE_MIN[0]} to {NUDGE_MIN[1]} minutes or none, is {manner.nudge_min}"


def _quiet(quiet: Quiet) -> Iterator[tuple[str, str]]:
    if not (_is_minute(quiet.start) and _is_minute(quiet.end)):
        yield "quiet", "must begin and end at whole minutes"
    elif quiet.start == quiet.end:
        yield "quiet", "must not begin and end at the same time; turn the reminder off instead"


def _is_minute(clock: time) -> bool:
    return clock.tzinfo is None and not clock.second and not clock.microsecond
