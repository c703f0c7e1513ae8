"""A person at a desk whose reminders ring when time passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication

from coach.domain.reminders.parts import AtTimes, ReminderKind
from coach.domain.reminders.starters import starter
from coach.ui.reminder_card import ReminderCard
from tests.journeys.desk import ZONE
from tests.reminding import FakeDesktop

if TYPE_CHECKING:
    from coach.domain.reminders.ledger import Answer, Missed
    from coach.domain.reminders.rule import Reminder
    from coach.ui.conductor import Conductor
    from coach.ui.tray import Tray
    from tests.journeys.desk import Desk

ROUTINE = "daily_six"
NOON = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
"""A Monday, 12:00 on the clocks of the desk."""


def local(clock: str, day: int = 16) -> datetime:
    """An instant of these days by the clocks of the desk."""
    return datetime.combine(date(2026, 11, day), time.fromisoformat(clock), ZoneInfo(ZONE)).astimezone(UTC)


class Reminded:
    """A desk whose reminders ring when time passes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.desktop = FakeDesktop(desk.clock, lambda: desk.zone)
        desk.desktop = self.desktop
        desk.clock.set_now(NOON)

    @property
    def notices(self) -> list[str]:
        """The titles of all notifications so far."""
        return [notice.title for notice in self.desktop.notices.told]

    def keep(self, *times: str, kind: ReminderKind = ReminderKind.ROUTINE, **values: object) -> Reminder:
        """Keep a reminder, as the person would have done before."""
        routine = ROUTINE if kind is ReminderKind.ROUTINE else ""
        number = len(self.window.reminders.flow.outlook.rules)
        rule = starter(kind, UUID(int=100 + number), self.desk.clock.now(), routine)
        when = AtTimes(tuple(time.fromisoformat(each) for each in times)) if times else rule.when
        rule = replace(rule, when=when, **values)  # type: ignore[arg-type] # named by the caller
        self.window.reminders.flow.change(rule)
        self.desk.settle()
        self.turn()
        return rule

    @property
    def window(self) -> Conductor:
        """The program that is open."""
        return self.desk.window

    @property
    def tray(self) -> Tray:
        """Its icon in the tray, whether there is one or not."""
        resident = self.window.reminders.resident
        assert resident is not None
        return resident.tray

    @property
    def rules(self) -> tuple[Reminder, ...]:
        """The reminders there are."""
        return self.window.reminders.flow.outlook.rules

    def open(self) -> None:
        """Start the program."""
        self.desk.open()
        self.turn()

    def turn(self) -> None:
        """Let the alarm clock look once, and everything that follows from it happen."""
        self.desktop.turn()
        for _ in range(4):
            self.desk.settle()

    def until(self, clock: str, day: int = 16) -> None:
        """Let time pass, minute by minute, as the alarm clock does."""
        end = local(clock, day)
        while self.desk.clock.now() < end:
            self.desk.clock.advance(min(60.0, (end - self.desk.clock.now()).total_seconds()))
            self.turn()

    def sleep_until(self, clock: str, day: int = 16) -> None:
        """The computer sleeps, and wakes up then."""
        self.desk.clock.advance((local(clock, day) - self.desk.clock.now()).total_seconds())
        self.turn()

    def press(self, action: str) -> None:
        """Press a button of the notification on the screen."""
        self.desktop.notices.press(action)
        for _ in range(4):
            self.desk.settle()

    def story(self, rule: Reminder, slot: str) -> list[Answer]:
        """What the ledger says of one occurrence of today."""
        stories = self.window.reminders.flow.outlook.stories(self.desk.clock.now().date() - timedelta(days=30))
        return [e.answer for told in stories if told.key[0] == rule.id and told.key[2] == slot for e in told.entries]

    def missed(self, rule: Reminder) -> list[Missed | None]:
        """Why occurrences of a reminder were missed."""
        entries = self.window.reminders.flow.outlook.history.entries
        return [entry.missed for entry in entries if entry.reminder == rule.id and entry.missed is not None]


def cards() -> list[ReminderCard]:
    """The drawn notifications on the screen."""

    return [w for w in QApplication.topLevelWidgets() if isinstance(w, ReminderCard) and w.isVisible()]
