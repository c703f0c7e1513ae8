"""A desktop for reminders that tests turn by hand: an alarm clock without a thread, notices that are remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.domain.reminders.delivery import Surroundings
from coach.reminders.alarm import Alarm
from coach.services.reminding import AutostartState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from coach.clock import Clock
    from coach.errors import KnownError
    from coach.services.ports import AlarmClock, Autostart, Computer, Desktop, Notifier, Ring
    from coach.services.reminding import Notice

QUIET = Surroundings(
    full_screen=False, do_not_disturb=False, locked=False, camera=False, microphone=False, typing=False
)


class AlarmByHand(Alarm):
    """Rings when it is turned."""

    def start(self, since: datetime | None = None, *, by_hand: bool = True) -> None:
        """Without a thread."""
        super().start(since, by_hand=by_hand)


class FakeNotifier:
    """A `Notifier`: `shown` are the notices on screen by tag, `told` all there ever were. `fault` is why it fails."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.shown: dict[str, Notice] = {}
        self.told: list[Notice] = []
        self.stopped = False
        self.pressed: Callable[[str, str], None] = lambda _tag, _action: None
        self._failed: Callable[[str], None] = lambda _why: None

    def start(self, pressed: Callable[[str, str], None], failed: Callable[[str], None]) -> None:
        """Remember whom to tell."""
        self.pressed, self._failed = pressed, failed

    def show(self, notice: Notice) -> None:
        """Show it, or say why not."""
        if self.fault:
            self._failed(self.fault)
            return
        self.shown[notice.tag] = notice
        self.told.append(notice)

    def withdraw(self, tag: str) -> None:
        """Take it away."""
        self.shown.pop(tag, None)

    def stop(self) -> None:
        """Take all away."""
        self.shown.clear()
        self.stopped = True

    def press(self, action: str) -> None:
        """Press a button of the newest one."""
        self.pressed(list(self.shown)[-1], action)


class FakeComputer:
    """A `Computer` where nothing goes on unless the test says so."""

    def __init__(self) -> None:
        self.around = QUIET
        self.idle: float | None = None
        self.fault: Exception | None = None
        self.asked = 0

    def surroundings(self) -> Surroundings:
        """What the test says."""
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        return self.around

    def now(self, **values: bool | None) -> None:
        """From now on this goes on."""
        self.around = replace(QUIET, **values)  # type: ignore[arg-type] # named by the caller

    def idle_s(self) -> float | None:
        """What the test says."""
        if self.fault is not None:
            raise self.fault
        return self.idle


class FakeAutostart:
    """An `Autostart`; `unavailable` is why it cannot be had."""

    def __init__(self, unavailable: str = "") -> None:
        self.on = False
        self.unavailable = unavailable
        self.fault: KnownError | None = None

    def state(self) -> AutostartState:
        """As it is."""
        return AutostartState(self.on, unavailable=self.unavailable)

    def switch(self, *, on: bool) -> AutostartState:
        """Switch and look."""
        if self.fault is not None:
            raise self.fault
        self.on = on
        return self.state()


class FakeDesktop:
    """A `Desktop` of all these."""

    def __init__(self, clock: Clock, zone: Callable[[], str]) -> None:
        self._clock, self._zone = clock, zone
        self.notices = FakeNotifier()
        self.around = FakeComputer()
        self.login = FakeAutostart()
        self.clocks: list[AlarmByHand] = []
        self.stopped = False
        self.rests = 0

    def alarm(
        self, plan: Callable[[datetime, str], Mapping[UUID, datetime]], listen: Callable[[Ring], None]
    ) -> AlarmClock:
        """One that is turned by hand."""
        self.clocks.append(AlarmByHand(self._clock, self._zone, plan, listen))
        return self.clocks[-1]

    def notifier(self) -> Notifier:
        """The one that remembers."""
        return self.notices

    def computer(self) -> Computer:
        """The one that says what it is told."""
        return self.around

    def autostart(self) -> Autostart:
        """The one that is a variable."""
        return self.login

    def rest(self) -> None:
        """Nothing is shown for now."""
        self.rests += 1

    def stop(self) -> None:
        """The program ends."""
        self.stopped = True

    def turn(self) -> None:
        """Let the alarm clock look."""
        for clock in self.clocks:
            clock.turn()


if TYPE_CHECKING:
    _alarm_fits: type[AlarmClock] = AlarmByHand
    _desktop_fits: type[Desktop] = FakeDesktop
