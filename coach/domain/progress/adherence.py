"""What was planned, what was done, and a forgiving score of it (clinical.md 6.9; the score is ours, P).

A day is planned by the reminders of routines as they stood at its end. Where there was none, no single day is planned:
the week is, with `FREE_DAYS` days of one's own choosing (V(AAOS): 3 to 5 days a week keep what was gained).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import RuleSince, SessionPoint
    from coach.domain.progress.span import Span

FREE_DAYS = 5
"""Days of a week that are meant to have a session where no reminder says which (P)."""
WINDOW = 14
"""Adherence is done / planned of so many days (P)."""
GOOD = 0.7
"""From here on adherence is good (P)."""
HALF_LIFE = 14
"""A day so many days ago counts half as much as today in the score (P)."""


class DayKind(StrEnum):
    """What became of a day."""

    FULL = "full"  # a session was completed
    LIGHTER = "lighter"  # sets were worked, no session was completed
    MISSED = "missed"  # planned, and nothing was done
    OPEN = "open"  # nothing done, and not planned by a reminder: it may or may not be one of the week's days
    REST = "rest"  # planned as a day off, a rest day or a pause of the reminder, and nothing was done
    EXCUSED = "excused"  # nothing done, in a flare or a rest that was written down
    TODAY = "today"  # nothing done so far
    OUTSIDE = "outside"  # before the first entry or after today


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    day: date
    kind: DayKind
    sessions: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Adherence:
    """Days with a session against days meant to have one, and their share (0 to 1; None where nothing was planned).

    A free week counts 5/7 of a planned day for each of its days, so `planned` is no whole number there.
    """

    done: int
    planned: float
    span: Span

    @property
    def share(self) -> float | None:
        """Done of planned, at most 1."""
        return min(1.0, self.done / self.planned) if self.planned else None

    @property
    def good(self) -> bool:
        """At least 70 % (P)."""
        return self.share is not None and self.share >= GOOD


def calendar(
    span: Span,
    done: Sequence[SessionPoint],
    rules: Sequence[RuleSince],
    periods: Sequence[Period],
    today: date,
    begun: date | None,
) -> tuple[Day, ...]:
    """Every day of the span. `done` are daily; `begun` is the first day with an entry, None without any."""
    raise NotImplementedError


def adherence(days: Sequence[Day]) -> Adherence:
    """Done against planned of the days given; ValueError without any.

    Rest, excused, today and outside ask for nothing; what is done on them counts in full: made up for is done.
    """
    raise NotImplementedError


def steadiness(days: Sequence[Day]) -> float | None:
    """The gentle streak, 0 to 1: done of planned as in `adherence`, each day weighted by 0.5 ^ (age / HALF_LIFE).

    It falls slowly with missed days and never breaks; rest and excused days leave it as it is (they are skipped, and
    no time passes for it: age counts the days that asked for something or had a session). None without such a day.
    """
    raise NotImplementedError
