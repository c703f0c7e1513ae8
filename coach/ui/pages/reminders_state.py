"""What the page of reminders and the Today page show of them, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.domain.reminders.wall import DAY, zone_of
from coach.services.outlook import Outlook
from coach.services.reminding import common_manner

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.parts import Manner
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.outlook import Call, Story

AHEAD = 7
BACK = 14


@dataclass(frozen=True, slots=True)
class RemindersState:
    """Everything on the page. `now` is local; `week` are the days from today on, `stories` what became of each lately.

    `upcoming` is the one that rings next. `blocked` is why no notification can be shown, `read_only` why nothing can be
    changed; empty where all is well.
    """

    now: datetime
    outlook: Outlook = field(default_factory=Outlook)
    week: tuple[Occurrence, ...] = ()
    stories: tuple[Story, ...] = ()
    upcoming: Call | None = None
    routines: Mapping[str, Routine] = field(default_factory=dict)
    blocked: str = ""
    read_only: str = ""

    @property
    def rules(self) -> tuple[Reminder, ...]:
        """All reminders, oldest first."""
        return self.outlook.rules

    @property
    def manner(self) -> Manner:
        """The manner for all."""
        return common_manner(self.rules)

    @property
    def locked(self) -> bool:
        """Whether a safety stop silences them."""
        return self.outlook.history.locked_since is not None

    @property
    def paused_until(self) -> datetime | None:
        """Until when all that are on are paused, local; None where one is not."""
        on = [rule for rule in self.rules if rule.on]
        if not on or not all(rule.pause is not None and rule.pause.covers(self.now) for rule in on):
            return None
        return min(rule.pause.until for rule in on if rule.pause is not None).astimezone(self.now.tzinfo)

    def next_of(self, key: UUID) -> datetime | None:
        """When one reminder rings next in these days, local."""
        coming = [each.at for each in self.week if each.reminder == key and each.rings_after(self.now) and each.at]
        return min(coming).astimezone(self.now.tzinfo) if coming else None


def reminders_state(
    now: datetime, zone: str, outlook: Outlook, routines: Mapping[str, Routine], blocked: str = "", read_only: str = ""
) -> RemindersState:
    """The state at `now` (aware) in a zone."""
    here = now.astimezone(zone_of(zone))
    return RemindersState(
        now=here,
        outlook=outlook,
        week=outlook.week(now, zone, AHEAD),
        stories=outlook.stories(here.date() - (BACK - 1) * DAY),
        upcoming=outlook.next_call(now, zone),
        routines=routines,
        blocked=blocked,
        read_only=read_only,
    )
