"""What the page of reminders and the Today page show of them, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coach.domain.reminders.parts import Manner, Pause
from coach.domain.reminders.plan import week_plan
from coach.domain.reminders.wall import DAY, wall_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from coach.domain.reminders.ledger import Entry, History, Key
    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine

AHEAD = 7
BACK = 7


@dataclass(frozen=True, slots=True)
class RemindersState:
    """Everything on the page. `now` is local; `week` are the days from today on, `past` those before it.

    `rules` is None until they are known. `log` are the ledger's lines of each occurrence. `blocked` is why no
    notification can be shown, `read_only` why nothing can be changed; empty where all is well.
    """

    now: datetime
    rules: tuple[Reminder, ...] | None = None
    week: tuple[Occurrence, ...] = ()
    past: tuple[Occurrence, ...] = ()
    log: Mapping[Key, tuple[Entry, ...]] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    blocked: str = ""
    read_only: str = ""
    locked: bool = False

    @property
    def manner(self) -> Manner:
        """The manner for all: the one that most reminders have."""
        manners = [rule.manner for rule in self.rules or ()]
        return max(manners, key=manners.count, default=Manner())

    @property
    def paused_until(self) -> datetime | None:
        """Until when all that are on are paused, local; None where one is not."""
        on = [rule for rule in self.rules or () if rule.on]
        if not on or not all(rule.pause is not None and rule.pause.covers(self.now) for rule in on):
            return None
        return min(rule.pause.until for rule in on if rule.pause is not None).astimezone(self.now.tzinfo)

    def rule(self, key: UUID) -> Reminder | None:
        """A reminder by its id."""
        return next((rule for rule in self.rules or () if rule.id == key), None)

    def next_of(self, key: UUID | None = None) -> Occurrence | None:
        """The next occurrence that rings in these days, of one reminder or of any."""
        coming = [each for each in self.week if each.rings_after(self.now) and key in {None, each.reminder}]
        return min(coming, key=lambda each: each.at or self.now, default=None)


def reminders_state(  # noqa: PLR0913 - each comes from somewhere else
    now: datetime,
    zone: str,
    rules: tuple[Reminder, ...],
    history: History,
    routines: Mapping[str, Routine],
    *,
    blocked: str = "",
    read_only: str = "",
) -> RemindersState:
    """The state at `now` (aware) in a zone."""
    from coach.domain.reminders.wall import zone_of

    here = now.astimezone(zone_of(zone))
    today = wall_time(now, zone_of(zone)).date()
    log: dict[Key, tuple[Entry, ...]] = {}
    for entry in history.entries:
        if entry.local_date > today - BACK * DAY:
            log[entry.key] = (*log.get(entry.key, ()), entry)
    return RemindersState(
        now=here,
        rules=rules,
        week=week_plan(rules, history, now, zone, AHEAD),
        past=week_plan(rules, history, now, zone, BACK - 1, start=today - (BACK - 1) * DAY),
        log=log,
        routines=routines,
        blocked=blocked,
        read_only=read_only,
        locked=history.locked_since is not None,
    )


def paused(rule: Reminder, now: datetime, until: datetime | None) -> Reminder:
    """The same reminder paused from now on, or no longer."""
    return replace(rule, pause=Pause(now, until) if until is not None else None)
