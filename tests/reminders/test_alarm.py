"""The alarm clock on a fake clock: it rings what is due, and plans anew whenever the world has changed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from coach.domain.reminders.due import next_due
from coach.domain.reminders.ledger import History
from coach.reminders.alarm import Alarm, Ring
from coach.reminders.jobs import CappedScheduler
from coach.reminders.watch import LOOK_EVERY_S, Cause
from tests.domain.reminders.make import BERLIN, local, routine
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ONE, TWO = UUID(int=1), UUID(int=2)
NOON = local("12:00")


class World:
    """Reminders at instants, a zone, and what was heard."""

    def __init__(self) -> None:
        self.clock = FakeClock(NOON)
        self.zone = BERLIN
        self.instants: dict[UUID, list[datetime]] = {}
        self.heard: list[Ring] = []
        self.plans: list[datetime] = []
        self.alarm = Alarm(self.clock, lambda: self.zone, self.plan, self.heard.append)

    def plan(self, now: datetime, zone: str) -> Mapping[UUID, datetime]:
        """The first instant of each after now."""
        self.plans.append(now)
        ahead = {key: [at for at in found if at > now] for key, found in self.instants.items()}
        return {key: min(found) for key, found in ahead.items() if found}

    def run(self, until: datetime) -> None:
        """Let time pass as the loop would: one turn after each wait."""
        while self.clock.now() < until:
            self.clock.advance(min(self.alarm.turn() or 1.0, (until - self.clock.now()).total_seconds()))
        self.alarm.turn()

    def causes(self) -> list[Cause]:
        """Why it rang."""
        return [ring.cause for ring in self.heard]


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    made.alarm.start(by_hand=True)
    yield made
    made.alarm.stop()


def test_each_reminder_rings_at_its_time_and_the_next_one_is_set(world: World) -> None:
    world.instants = {ONE: [local("12:30"), local("18:30")], TWO: [local("12:30"), local("13:00")]}
    world.run(local("12:29"))
    assert world.heard == []
    world.run(local("20:00"))
    assert [ring.reminder for ring in world.heard] == [ONE, TWO, TWO, ONE]
    assert world.alarm.next_look is None


@pytest.mark.parametrize(
    "stumbles", [0, pytest.param(1, marks=pytest.mark.expect_log("could not be planned: OSError"))]
)
def test_what_comes_due_while_the_start_goes_on_rings_at_the_first_turn(stumbles: int) -> None:
    world = World()
    world.instants = {ONE: [NOON, local("18:30")]}

    def plan(now: datetime, zone: str) -> Mapping[UUID, datetime]:
        planned = world.plan(now, zone)
        if len(world.plans) <= stumbles:
            raise OSError
        return planned

    alarm = Alarm(world.clock, lambda: BERLIN, plan, world.heard.append)
    alarm.start(NOON - timedelta(seconds=1), by_hand=True)
    for _ in range(stumbles + 1):
        alarm.turn()
    assert world.heard == [Ring(Cause.DUE, ONE)]
    assert alarm.next_look == local("18:30")
    alarm.stop()


def test_it_looks_once_a_minute_and_asks_for_a_plan_only_with_a_reason(world: World) -> None:
    world.instants = {ONE: [local("18:30")]}
    assert world.alarm.turn() == LOOK_EVERY_S
    for _ in range(60):
        world.clock.advance(60)
        assert world.alarm.turn() == LOOK_EVERY_S
    assert len(world.plans) == 1


def test_it_wakes_up_in_time_for_the_next_one(world: World) -> None:
    world.instants = {ONE: [NOON + timedelta(seconds=12.5)]}
    assert world.alarm.turn() == 12.5


def test_fault_31_a_reminder_months_away_is_waited_for_a_minute_at_a_time(world: World) -> None:
    world.instants = {ONE: [datetime(2027, 3, 1, tzinfo=UTC)], TWO: [datetime(9999, 12, 31, tzinfo=UTC)]}
    assert world.alarm.turn() == LOOK_EVERY_S
    assert world.alarm.next_look == datetime(2027, 3, 1, tzinfo=UTC)


def test_an_edit_is_planned_at_once_and_many_edits_cost_one_plan(world: World) -> None:
    world.alarm.turn()
    world.instants = {ONE: [local("12:01")]}
    for _ in range(50):
        world.alarm.replan()
    assert world.alarm.turn() == 60
    assert len(world.plans) == 2


def test_nothing_falls_between_an_edit_and_the_next_look(world: World) -> None:
    world.alarm.turn()
    world.clock.advance(10)
    world.instants = {ONE: [NOON + timedelta(seconds=10.5)]}
    world.alarm.replan()
    world.clock.advance(1)
    world.alarm.turn()
    assert world.heard == [Ring(Cause.DUE, ONE)]


@pytest.mark.parametrize("hours", [1, 9, 30 * 24])
def test_fault_23_after_sleep_the_listener_weighs_what_was_due_and_no_job_rings(world: World, hours: int) -> None:
    slots = [NOON + timedelta(minutes=30 * n) for n in range(1, 2000)]
    world.instants = {ONE: slots, TWO: slots}
    world.alarm.turn()
    world.clock.advance(hours * 3600 + 60)
    wait = world.alarm.turn()
    assert world.causes() == [Cause.WOKE]
    assert world.alarm.next_look is not None
    assert world.alarm.next_look > world.clock.now()
    assert wait <= LOOK_EVERY_S


def test_fault_24_the_clock_set_back_30_days_is_noticed_and_planned_from_there(world: World) -> None:
    rule = routine()

    def planned(now: datetime, zone: str) -> Mapping[UUID, datetime]:
        found = next_due(rule, History(), now, zone)
        return {rule.id: found.at} if found and found.at else {}

    alarm = Alarm(world.clock, lambda: BERLIN, planned, world.heard.append)
    alarm.start(by_hand=True)
    alarm.turn()
    assert alarm.next_look == local("18:30")
    world.clock.set_now(NOON - timedelta(days=30))
    alarm.turn()
    assert world.heard == [Ring(Cause.CLOCK, None, NOON, NOON - timedelta(days=30))]
    assert alarm.next_look == datetime(2026, 10, 16, 16, 30, tzinfo=UTC)
    alarm.stop()


def test_fault_25_a_year_forward_and_back_rings_no_burst(world: World) -> None:
    world.instants = {ONE: [NOON + timedelta(days=n, hours=6) for n in range(400)]}
    world.alarm.turn()
    world.clock.set_now(NOON + timedelta(days=365))
    world.clock.advance(60)
    world.alarm.turn()
    world.clock.set_now(NOON + timedelta(seconds=120))
    world.clock.advance(60)
    world.alarm.turn()
    assert world.causes() == [Cause.CLOCK, Cause.CLOCK]
    assert (world.heard[0].before, world.heard[0].after) == (
        NOON + timedelta(seconds=60),
        NOON + timedelta(days=365, seconds=60),
    )
    assert world.alarm.next_look == NOON + timedelta(hours=6)


def test_fault_26_another_zone_is_noticed_within_a_minute(world: World) -> None:
    world.alarm.turn()
    world.zone = "Asia/Tokyo"
    world.clock.advance(world.alarm.turn())
    world.alarm.turn()
    assert world.causes() == [Cause.ZONE]
    assert len(world.plans) == 2


def test_a_new_day_is_planned_anew(world: World) -> None:
    world.run(local("16 00:01"))
    assert world.causes() == [Cause.NEW_DAY]


@pytest.mark.expect_log("could not be planned: ZeroDivisionError")
def test_a_plan_that_fails_leaves_the_old_alarms_and_is_asked_for_again(world: World) -> None:
    world.instants = {ONE: [local("12:30")]}
    world.alarm.turn()
    good = world.plan
    world.alarm._plan = lambda now, zone: {ONE: now} if 1 // 0 else {}
    world.alarm.replan()
    world.alarm.turn()
    assert world.alarm.next_look == local("12:30")
    world.alarm._plan = good
    world.clock.advance(60)
    world.alarm.turn()
    assert len(world.plans) == 2


@pytest.mark.expect_log("nobody who listens: RuntimeError")
def test_a_listener_that_fails_does_not_end_the_chain(world: World) -> None:
    world.instants = {ONE: [local("12:30"), local("12:40")], TWO: [local("12:30")]}
    heard: list[Ring] = []

    def listen(ring: Ring) -> None:
        heard.append(ring)
        raise RuntimeError("a text that must not be logged")

    world.alarm._listen = listen
    world.run(local("13:00"))
    assert [ring.reminder for ring in heard] == [ONE, TWO, ONE]


@pytest.mark.expect_log("stumbled: OSError")
def test_a_zone_that_cannot_be_read_does_not_end_the_chain(world: World) -> None:
    def fail() -> str:
        raise OSError("unreadable")

    world.alarm._zone = fail
    assert world.alarm.turn() == LOOK_EVERY_S
    world.alarm._zone = lambda: BERLIN
    world.instants = {ONE: [local("12:30")]}
    world.alarm.turn()
    assert world.alarm.next_look == local("12:30")


def test_a_plan_in_the_past_does_not_spin(world: World) -> None:
    world.alarm._plan = lambda now, zone: {ONE: now, TWO: now - timedelta(days=1)}
    assert world.alarm.turn() == LOOK_EVERY_S
    assert world.heard == []


def threads() -> list[threading.Thread]:
    """The alarm clock's threads that are alive."""
    return [thread for thread in threading.enumerate() if thread.name == "APScheduler"]


class Turns:
    """Counts the turns of a running alarm's loop and lets a test wait for the next one."""

    def __init__(self, alarm: Alarm) -> None:
        self.count = 0
        self._turn = alarm._jobs._turn
        self._done = threading.Semaphore(0)
        alarm._jobs._turn = self.take

    def take(self) -> float:
        """One turn."""
        wait = self._turn()
        self.count += 1
        self._done.release()
        return wait

    def wait(self) -> None:
        """Until one more turn is over."""
        assert self._done.acquire(timeout=20)


def test_1000_wake_ups_leave_one_thread_and_after_stopping_nothing_is_called() -> None:
    world = World()
    turns = Turns(world.alarm)
    world.alarm.start()
    turns.wait()
    for _ in range(1000):
        world.alarm.look()
        world.alarm.replan()
    turns.wait()
    assert len(threads()) == 1
    world.alarm.stop()
    assert threads() == []
    heard, taken = list(world.heard), turns.count
    assert taken <= 2001
    world.instants = {ONE: [NOON + timedelta(seconds=1)]}
    world.clock.advance(3600)
    for _ in range(1000):
        world.alarm.look()
        world.alarm.replan()
    assert (world.heard, turns.count) == (heard, taken)
    world.alarm.stop()  # once more does no harm


def test_planning_does_not_wake_the_loop_it_runs_in() -> None:
    world = World()
    world.instants = {UUID(int=n): [local("18:30")] for n in range(1, 50)}
    turns = Turns(world.alarm)
    world.alarm.start()
    turns.wait()
    world.alarm.look()
    turns.wait()
    world.alarm.stop()
    # The start may wake it once on top of the first turn.
    assert turns.count <= 3
    assert len(world.plans) == 1


def test_a_ring_comes_from_the_alarms_thread_which_may_stop_it() -> None:
    world = World()
    world.instants = {ONE: [local("12:30"), local("12:40")]}
    rang = threading.Event()
    names: list[str] = []

    def listen(_ring: Ring) -> None:
        names.append(threading.current_thread().name)
        world.alarm.stop()
        rang.set()

    world.alarm._listen = listen
    turns = Turns(world.alarm)
    world.alarm.start()
    turns.wait()
    world.clock.advance(30 * 60)
    world.alarm.look()
    assert rang.wait(20)
    for thread in threads():
        thread.join(20)
    assert names == ["APScheduler"]


def test_it_can_be_started_again() -> None:
    world = World()
    turns = Turns(world.alarm)
    for _ in range(3):
        world.alarm.start()
        turns.wait()
        world.alarm.stop()
    assert threads() == []
    assert len(world.plans) == 3


def test_an_alarm_that_is_ended_while_it_plans_has_nothing_due(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = CappedScheduler(lambda: LOOK_EVERY_S)
    jobs.begin(threaded=False)
    monkeypatch.setattr(jobs, "remove_all_jobs", jobs.end)  # the other thread ends it at the worst moment
    jobs.replace_jobs(lambda _key: None, {ONE: NOON})
    assert jobs.next_run() is None
