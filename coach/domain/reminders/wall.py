"""Local wall time and instants: what a clock on the wall shows, in any zone, across every change of its clocks.

A local time that a clock change skips means the first instant after the gap; one that happens twice means the first.
Zones are IANA names; one that this computer does not know counts as UTC, so that no reminder is lost over it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

DAY = timedelta(days=1)


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name, or UTC where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # not installed, no name at all, a folder of the database
        return UTC


def wall_time(at: datetime, zone: tzinfo) -> datetime:
    """What the clock on the wall shows at an aware instant, without a zone; ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    try:
        return at.astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # within a day of the year 1 or 9999
        return at.replace(tzinfo=None)


def instant(day: date, clock: time, zone: tzinfo) -> datetime | None:
    """The UTC instant at which a clock on the wall shows `clock` on `day`.

    The first instant after the gap where a clock change skips that time, the first of two where it happens twice; None
    for a day that the zone's calendar skips as a whole, and beyond the years 1 to 9999.
    """
    found = _reading(day, clock, zone)
    if found is None or wall_time(found, zone).date() == day or day_exists(day, zone):
        return found
    return None


def day_exists(day: date, zone: tzinfo) -> bool:
    """Whether a zone's calendar has this day at all: Samoa had no 30 December 2011."""
    start = _reading(day, time(), zone)
    return start is not None and wall_time(start, zone).date() == day


def _reading(day: date, clock: time, zone: tzinfo) -> datetime | None:
    wanted = datetime.combine(day, clock)
    try:
        found = wanted.replace(tzinfo=zone).astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) == wanted:
            return found
        # The gap ends between the two readings of a skipped time, by the offset after it and by the one before it.
        return _change_between(wanted.replace(tzinfo=zone, fold=1).astimezone(UTC), found, zone)
    except OverflowError:
        return None


def _change_between(low: datetime, high: datetime, zone: tzinfo) -> datetime:
    """The instant at which the offset changes, after `low` and not after `high`; clocks change on whole seconds."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=1) // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def next_midnight(now: datetime, zone: tzinfo) -> datetime:
    """The instant at which the local day of `now` ends; a day later than `now` at the end of the calendar."""
    try:
        day = wall_time(now, zone).date()
        for ahead in (1, 2):  # the next day may be one that the calendar skips
            end = instant(day + ahead * DAY, time(), zone)
            if end is not None:
                return end
    except OverflowError:
        return now
    return now + DAY


def days_from(first: date, count: int) -> Iterator[date]:
    """`count` calendar days from `first` on; fewer at the end of the calendar."""
    for ahead in range(min(count, (date.max - first).days + 1)):
        yield first + ahead * DAY
