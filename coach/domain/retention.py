"""Which backups are kept, and when the lack of one is worth a word. Pure rules; every instant is aware and in UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

NEWEST, WEEKS, MONTHS = 14, 8, 12
MOST = NEWEST + WEEKS + MONTHS
"""No more copies than this are kept."""
PATIENCE = timedelta(days=7)
"""How long an entry may wait for a backup before the Today page says so."""

_Period = TypeVar("_Period", bound="Hashable")


def kept(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The copies to keep: the 14 newest, the newest of each of 8 weeks, and the newest of each of 12 months.

    Weeks (from Monday) and months are those of UTC, as the file names are, so that every computer in every zone keeps
    the same ones. Only periods with a copy count: a person who comes back after a year finds what was there.

    A copy dated after `now` comes from a clock that is or was wrong, and nothing tells which. It takes no place from
    the others, but may have what they leave of the 34: at least two, for the newest copy is the newest of its week and
    of its month as well. So neither a clock that ran ahead nor one that fell back loses everything.
    """
    newest_first = sorted(set(made), reverse=True)
    past = [instant for instant in newest_first if instant <= now]
    keep = {*past[:NEWEST], *_newest_of_each(past, _week, WEEKS), *_newest_of_each(past, _month, MONTHS)}
    ahead = [instant for instant in newest_first if instant > now]
    return frozenset((*keep, *ahead[: MOST - len(keep)]))


def overdue(waiting_since: datetime | None, now: datetime) -> bool:
    """Whether an entry has been waiting for a backup for more than a week; `waiting_since` is the oldest such entry."""
    return waiting_since is not None and now - waiting_since > PATIENCE


def _newest_of_each(newest_first: list[datetime], period: Callable[[datetime], _Period], most: int) -> list[datetime]:
    def firsts() -> Iterator[datetime]:
        seen: set[_Period] = set()
        for instant in newest_first:
            if period(instant) not in seen:
                seen.add(period(instant))
                yield instant

    return list(firsts())[:most]


def _week(instant: datetime) -> tuple[int, int]:
    year, week, _ = instant.isocalendar()
    return year, week


def _month(instant: datetime) -> tuple[int, int]:
    return instant.year, instant.month
