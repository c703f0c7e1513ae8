"""An alarm clock for reminders: APScheduler with a wait of at most a minute, its jobs planned anew at every occasion.

The rules and the ledger are the truth. The alarm asks for the next instant of each reminder, sets one date job for
each, and tells its listener when to look; the jobs are thrown away and set anew at the start, after an edit, after each
firing, after sleep, when the clock was set, in another time zone and on a new day. It has one thread and knows no Qt.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.reminders.jobs import CappedScheduler
from coach.reminders.watch import LOOK_EVERY_S, Cause, Glance, cause_between

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from coach.clock import Clock

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ring:
    """Why to look at the reminders: `reminder` is the one that is due, None with all other causes.

    For CLOCK, `before` and `after` are what the wall clock would show without its step, and shows.
    """

    cause: Cause
    reminder: UUID | None = None
    before: datetime | None = None
    after: datetime | None = None


class Alarm:
    """Rings when a reminder is due and whenever the reminders have to be looked at again.

    `plan(now, zone)` gives the next instant (aware, after `now`) of each reminder that has one; it is asked on the
    alarm's thread, so it should read an immutable snapshot. `listen` is called on that thread and only hands the ring
    on, such as by a queued signal. `zone` tells the IANA name of the zone the person is in. What any of them raises is
    logged by its kind alone and never ends the chain; a plan that failed is asked for again within a minute.
    """

    def __init__(
        self,
        clock: Clock,
        zone: Callable[[], str],
        plan: Callable[[datetime, str], Mapping[UUID, datetime]],
        listen: Callable[[Ring], None],
    ) -> None:
        self._clock, self._zone, self._plan, self._listen = clock, zone, plan, listen
        self._jobs = CappedScheduler(self.turn)
        self._last: Glance | None = None
        self._since: datetime | None = None
        self._wait_s = LOOK_EVERY_S
        self._stale = True

    @property
    def next_look(self) -> datetime | None:
        """The earliest instant a job is set for, None for none."""
        return self._jobs.next_run()

    def start(self, since: datetime | None = None, *, by_hand: bool = False) -> None:
        """Begin to ring, with what has come due `since` the reminders were looked at, or else from the first turn on.

        `by_hand`: without a thread; whoever drives it calls `turn`.
        """
        self._last, self._stale, self._wait_s, self._since = None, True, LOOK_EVERY_S, since
        self._jobs.begin(threaded=not by_hand)

    def replan(self) -> None:
        """A rule or the history changed. From any thread; many calls in a row cost one plan."""
        self._stale = True
        self._jobs.wakeup()

    def look(self) -> None:
        """Look at once instead of within a minute: the system says that the computer woke up. From any thread."""
        self._jobs.wakeup()

    def stop(self) -> None:
        """After this nothing rings any more, and the thread has ended (unless it is the one that calls)."""
        self._jobs.end()

    def turn(self) -> float:
        """Look at the clocks once, plan anew if there is reason to, ring what is due; the seconds until the next."""
        wait_s = LOOK_EVERY_S
        try:
            glance = Glance.at(self._clock, self._zone())
            self._take_in(glance)
            upcoming = self._jobs.next_run()
            if upcoming is not None:
                wait_s = max(0.0, min(LOOK_EVERY_S, (upcoming - glance.now).total_seconds()))
        except Exception as error:  # noqa: BLE001 - nothing may end the chain; its text may be personal
            _log.error("the alarm clock stumbled: %s", type(error).__name__)
        self._wait_s = wait_s
        return wait_s

    def _take_in(self, glance: Glance) -> None:
        before, self._last = self._last or glance, glance
        cause = cause_between(before, glance, self._wait_s)
        if cause is not None:
            # What was due meanwhile is for the listener to weigh, not for the jobs to ring in a burst.
            self._plan_from(glance.now, glance.zone)
            self._tell(_ring(cause, before, glance))
        elif self._stale:
            # From the last look on, so that nothing falls between an edit, or the start, and this moment.
            self._plan_from(min(before.now, self._since or before.now), glance.zone)
        if self._jobs.run_due(glance.now):
            self._plan_from(glance.now, glance.zone)

    def _plan_from(self, now: datetime, zone: str) -> None:
        self._stale = False
        try:
            planned = self._plan(now, zone)
        except Exception as error:  # noqa: BLE001 - the old jobs stand, and it is tried again
            self._stale = True
            _log.error("the reminders could not be planned: %s", type(error).__name__)
            return
        self._since = None
        self._jobs.replace_jobs(self._due, {key: at for key, at in planned.items() if at > now})

    def _due(self, reminder: UUID) -> None:
        self._tell(Ring(Cause.DUE, reminder))

    def _tell(self, ring: Ring) -> None:
        try:
            self._listen(ring)
        except Exception as error:  # noqa: BLE001 - the other reminders still ring
            _log.error("a reminder found nobody who listens: %s", type(error).__name__)


def _ring(cause: Cause, before: Glance, after: Glance) -> Ring:
    if cause is not Cause.CLOCK:
        return Ring(cause)
    passed = timedelta(seconds=after.monotonic - before.monotonic)
    return Ring(cause, None, before.now + passed, after.now)
