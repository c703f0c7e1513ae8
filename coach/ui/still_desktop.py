"""A desktop where nothing goes on and no notification can be shown, so that ours are seen: for the tour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from coach.domain.reminders.delivery import Surroundings
from coach.domain.reminders.parts import EVERY_DAY, ReminderKind, Weekday
from coach.domain.reminders.starters import starter
from coach.services.reminding import AutostartState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.ports import Autostart, Computer, Desktop, Notifier, Ring
    from coach.services.reminding import Notice


@dataclass(frozen=True, slots=True)
class _Due:
    """A `Ring`: something has come due."""

    cause: str = "due"
    reminder: UUID | None = None
    before: datetime | None = None
    after: datetime | None = None


class _Clock:
    """An `AlarmClock` that rings when it is told to."""

    def __init__(self, listen: Callable[[Ring], None]) -> None:
        self.listen = listen

    def start(self, since: datetime) -> None:
        """Nothing."""

    def replan(self) -> None:
        """Nothing."""

    def stop(self) -> None:
        """Nothing."""


class _Refusing:
    """A `Notifier` of a desktop where nobody listens."""

    def start(self, _pressed: Callable[[str, str], None], failed: Callable[[str], None]) -> None:
        """Say so."""
        failed("Nobody listens to notifications on this desktop.")

    def show(self, notice: Notice) -> None:
        """Nothing."""

    def withdraw(self, tag: str) -> None:
        """Nothing."""

    def stop(self) -> None:
        """Nothing."""


class _Still:
    """A `Computer` at which nobody does anything."""

    def surroundings(self) -> Surroundings:
        """Nothing is in the way."""
        return Surroundings(
            full_screen=False, do_not_disturb=False, locked=False, camera=False, microphone=False, typing=False
        )

    def idle_s(self) -> float | None:
        """Nobody tells."""
        return None


class _Login:
    """An `Autostart` that remembers what it was told."""

    def __init__(self) -> None:
        self._on = False

    def state(self) -> AutostartState:
        """As it was told."""
        return AutostartState(self._on)

    def switch(self, *, on: bool) -> AutostartState:
        """Remember."""
        self._on = on
        return self.state()


class StillDesktop:
    """A `Desktop`; `turn` lets its alarm clocks ring."""

    def __init__(self) -> None:
        self._clocks: list[_Clock] = []

    def turn(self) -> None:
        """Something has come due."""
        for clock in self._clocks:
            clock.listen(_Due())

    def alarm(
        self, _plan: Callable[[datetime, str], Mapping[UUID, datetime]], listen: Callable[[Ring], None]
    ) -> _Clock:
        """One that rings when it is told to."""
        self._clocks.append(_Clock(listen))
        return self._clocks[-1]

    def notifier(self) -> Notifier:
        """None that shows anything."""
        return _Refusing()

    def computer(self) -> Computer:
        """One at rest."""
        return _Still()

    def autostart(self) -> Autostart:
        """One that remembers."""
        return _Login()

    def rest(self) -> None:
        """Nothing is given back."""

    def stop(self) -> None:
        """Nothing goes on that could be ended."""


def sample_reminders(now: datetime, routines: Mapping[str, Routine]) -> Iterator[Reminder]:
    """The four of the designed screen."""
    routine = next(iter(routines))
    kinds = (ReminderKind.FIRST_STEPS, ReminderKind.MORNING_CHECK, ReminderKind.ROUTINE, ReminderKind.SITTING)
    for number, kind in enumerate(kinds):
        rule = starter(kind, UUID(int=1000 + number), now, routine if kind is ReminderKind.ROUTINE else "")
        if kind is ReminderKind.ROUTINE:
            rule = replace(rule, weekdays=EVERY_DAY - {Weekday.WED, Weekday.SAT})
        yield replace(rule, on=kind is not ReminderKind.SITTING)


if TYPE_CHECKING:
    _desktop_fits: type[Desktop] = StillDesktop
