"""Identifiers of records: UUID version 7 (RFC 9562), which sort by the time they were made.

Ids are made where a record is made, never by the database, so that the histories of two computers can be merged.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

RANDOM_BITS = 62
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def uuid7(at: datetime, random_bits: int) -> UUID:
    """The id of something that happened `at` (aware, 1970 or later), with 62 random bits.

    The 12 bits after the version hold the fraction of the millisecond (RFC 9562, section 6.2, method 3), so that ids
    sort down to the microsecond. ValueError for a naive or too early instant, or for too many bits.
    """
    if at.tzinfo is None:
        raise ValueError("an id needs an aware instant")
    if not 0 <= random_bits < 1 << RANDOM_BITS:
        raise ValueError(f"an id takes {RANDOM_BITS} random bits")
    microseconds = (at - _EPOCH) // _MICROSECOND
    if microseconds < 0:
        raise ValueError("an id needs an instant of 1970 or later")
    milliseconds, rest = divmod(microseconds, 1000)
    fraction = rest * 4096 // 1000
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | random_bits)
