"""What was planned, what was done, and a forgiving score of it (clinical.md 6.9; the score is ours, P).

A day is planned by the reminders of routines as they stood at its end. Where there was none, no single day is planned:
the week is, with `FREE_DAYS` days of one's own choosing (V(AAOS): 3 to 5 days a week keep what was gained).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.progress.planned import Planned
from coach.domain.progress.span import WEEK, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.domain.progress.period import Period
    from coach.domain.progress.points import RuleSince, SessionPoint

FREE_DAYS = 5
"""Days of a week that are meant to have a session where no reminder says which (P)."""
WINDOW = 14
"""Adherence is done / planned of so many days (P)."""
GOOD = 0.7
"""From here on adherence is good (P)."""
HALF_LIFE = 14
"""A day so many days ago counts half as much as today in the score (P)."""
_FADE = 0.5 ** (1 / HALF_LIFE)


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
    """One day of the calendar.

    `asked` is what it asked for, in sevenths of a session: 7 where a reminder planned it, `FREE_DAYS` in a free week,
    0 where nothing was meant to be done.
    """

    day: date
    kind: DayKind
    sessions: int = 0
    seconds: int = 0
    asked: int = 0


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
    """Every day of the span. `done` are daily; `begun` is the first day with an entry, None without any.

    What was done is shown also on a date after today: somebody who flew west has lived it already.
    """
    worked = {point.day: point for point in done}
    excused = _days_of(periods, span)
    planned = Planned(rules)
    days = []
    for number in range(span.first.toordinal(), span.last.toordinal() + 1):
        day = date.fromordinal(number)
        plan = planned.on(day)
        asked = 0 if number in excused else FREE_DAYS if plan is None else WEEK if plan else 0
        point = worked.get(day)
        if point is not None:
            kind = DayKind.FULL if point.completed else DayKind.LIGHTER
            days.append(Day(day, kind, point.sessions, point.seconds, asked))
        elif begun is None or day < begun or day > today:
            days.append(Day(day, DayKind.OUTSIDE))
        elif day == today:
            days.append(Day(day, DayKind.TODAY))
        elif number in excused:
            days.append(Day(day, DayKind.EXCUSED))
        else:
            kind = DayKind.OPEN if plan is None else DayKind.MISSED if plan else DayKind.REST
            days.append(Day(day, kind, asked=asked))
    return tuple(days)


def adherence(days: Sequence[Day]) -> Adherence:
    """Done against planned of the days given; ValueError without any.

    Rest, excused, today and outside ask for nothing; what is done on them counts in full: made up for is done.
    """
    if not days:
        msg = "adherence is of days, and there are none"
        raise ValueError(msg)
    done = sum(1 for day in days if day.sessions)
    return Adherence(done, sum(day.asked for day in days) / WEEK, Span(days[0].day, days[-1].day))


def steadiness(days: Sequence[Day]) -> float | None:
    """The gentle streak, 0 to 1: done of planned as in `adherence`, each day weighted by 0.5 ^ (age / HALF_LIFE).

    It falls slowly with missed days and never breaks; rest and excused days leave it as it is (they are skipped, and
    no time passes for it: age counts the days that asked for something or had a session). None without such a day.
    """
    done = planned = 0.0
    counted = False
    for day in days:
        if day.asked or day.sessions:
            done = done * _FADE + (day.sessions > 0)
            planned = planned * _FADE + day.asked / WEEK
            counted = True
    if not counted:
        return None
    return min(1.0, done / planned) if planned else 1.0


def _days_of(periods: Sequence[Period], span: Span) -> set[int]:
    """Ordinals of the days of the span that lie in a period; one without an end goes on."""
    first, last = span.first.toordinal(), span.last.toordinal()
    return {
        number
        for period in periods
        for number in range(
            max(first, period.first.toordinal()), min(last, period.last.toordinal() if period.last else last) + 1
        )
    }
