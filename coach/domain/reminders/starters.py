"""What a new reminder of each kind begins with (clinical.md 6.9 and the designed screen of reminders; all P)."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from coach.domain.reminders.parts import EVERY_DAY, AtTimes, Manner, ReminderKind, Weekday, When, Within
from coach.domain.reminders.rule import Reminder

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_WORKDAYS = EVERY_DAY - {Weekday.SAT, Weekday.SUN}
_SUNDAYS = frozenset({Weekday.SUN})

_WHEN: dict[ReminderKind, tuple[When, frozenset[Weekday]]] = {
    ReminderKind.ROUTINE: (AtTimes((time(18, 30),)), EVERY_DAY),
    ReminderKind.FIRST_STEPS: (AtTimes((time(7, 10),)), EVERY_DAY),
    ReminderKind.MORNING_CHECK: (AtTimes((time(8, 30),)), EVERY_DAY),
    ReminderKind.SITTING: (Within(time(9), time(17), 60), _WORKDAYS),
    ReminderKind.WEEKLY_CHECK: (AtTimes((time(18),)), _SUNDAYS),
    ReminderKind.SELF_TEST: (AtTimes((time(10),)), _SUNDAYS),
}


def starter(
    kind: ReminderKind, key: UUID, now: datetime, routine_id: str = "", manner: Manner | None = None
) -> Reminder:
    """A reminder to begin with; `routine_id` is needed for a routine, `manner` is the one for all reminders."""
    when, weekdays = _WHEN[kind]
    return Reminder(key, kind, when, now, weekdays, routine_id, manner=manner or Manner())
