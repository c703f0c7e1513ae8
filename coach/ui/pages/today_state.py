"""What the Today page shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date as Date  # noqa: N812 - `date` is a field here
    from datetime import datetime

    from coach.domain.routine import Routine
    from coach.errors import Problem
    from coach.services.history import DayMark


@dataclass(frozen=True, slots=True)
class RecentSession:
    """One past session in the list of what was done lately; a set done on both sides counts once."""

    day: Date
    title: str
    seconds: int
    sets_done: int
    sets_planned: int


@dataclass(frozen=True, slots=True)
class ResumeOffer:
    """A session that was cut off; `began` is local time."""

    title: str
    began: datetime
    sets_done: int
    sets_planned: int


@dataclass(frozen=True, slots=True)
class Unbacked:
    """Something has been waiting for a backup for too long: local date of the newest one, None without any, and why."""

    since: Date | None
    reason: str


@dataclass(frozen=True, slots=True)
class TodayState:
    """Everything on the page. `now` is local; `routine` is at the person's levels, None if no file was readable.

    `fortnight` and `recent` are None until the diary is open: the routine does not wait for it. `read_only` is why
    nothing can be written to it, or empty. `away` are the days on which reminders were missed, one line each;
    `reminder` is when the next one comes and what for, both empty for none, and None until that is known.
    """

    now: datetime
    routine: Routine | None
    routines: tuple[Routine, ...]
    fortnight: tuple[DayMark, ...] | None
    recent: tuple[RecentSession, ...] | None = ()
    resume: ResumeOffer | None = None
    problems: tuple[Problem, ...] = ()
    unbacked: Unbacked | None = None
    person: int = 0
    read_only: str = ""
    away: tuple[str, ...] = ()
    reminder: tuple[str, str] | None = None

    @property
    def done_today(self) -> bool:
        """Whether anything was done today."""
        return any(mark.is_today and mark.sessions for mark in self.fortnight or ())
