"""Word that the computer woke: from logind where there is one, and silence where there is none."""

from __future__ import annotations

from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from coach.desktop.bus import Bus
from coach.desktop.waking import SLEEP, Waking
from tests.desktop.peers import WAIT_S, Daemon, Peer, peer, running_bus, running_loop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coach.desktop.loop import Loop

LOGIND = "/org/freedesktop/login1"


@pytest.fixture
def bus() -> Iterator[Daemon]:
    with running_bus() as daemon:
        yield daemon


@pytest.fixture
def loop() -> Iterator[Loop]:
    with running_loop() as running:
        yield running


def connected(loop: Loop, system: Bus) -> None:
    loop.ask(system.connect, WAIT_S)


def say(logind: Peer, *body: object, signature: str = "b", member: str = SLEEP.member) -> None:
    logind.emit(LOGIND, SLEEP.interface, member, signature, *body)


def test_waking_up_is_told_and_falling_asleep_is_not(bus: Daemon, loop: Loop) -> None:
    woke: SimpleQueue[str] = SimpleQueue()
    system = Bus(loop, bus.address, system=True)
    waking = Waking(loop, system, lambda: woke.put("woke"))
    with peer(bus.address, SLEEP.sender, {}) as logind:
        waking.start()
        connected(loop, system)
        say(logind, True)
        say(logind, signature="")
        say(logind, "false", signature="s")
        say(logind, False, member="PrepareForShutdown")
        say(logind, False)
        assert woke.get(timeout=WAIT_S) == "woke"
        waking.stop()
        say(logind, False)
        connected(loop, system)
    assert woke.empty()


def test_a_signal_of_somebody_else_is_not_believed(bus: Daemon, loop: Loop) -> None:
    woke: SimpleQueue[str] = SimpleQueue()
    system = Bus(loop, bus.address, system=True)
    Waking(loop, system, lambda: woke.put("woke")).start()
    connected(loop, system)
    with peer(bus.address, SLEEP.sender, {}) as logind, peer(bus.address, "org.example.Prankster", {}) as other:
        say(other, False)
        other.flush()
        say(logind, False)
        assert woke.get(timeout=WAIT_S) == "woke"
    assert woke.empty()


def test_without_a_system_bus_nothing_comes_of_it(loop: Loop, home: Path) -> None:
    system = Bus(loop, f"unix:path={home}/nothing", system=True)
    Waking(loop, system, lambda: pytest.fail("woke")).start()


def test_a_lost_bus_is_sought_a_few_times_and_found(loop: Loop) -> None:
    woke: SimpleQueue[str] = SimpleQueue()
    with running_bus() as first, running_bus() as second:
        system = Bus(loop, first.address, system=True)
        Waking(loop, system, lambda: woke.put("woke"), retries_s=(0, 0, 0)).start()
        connected(loop, system)
        system._address = second.address
        with peer(second.address, SLEEP.sender, {}) as logind:
            heard: SimpleQueue[str] = SimpleQueue()
            system.on_lost(lambda: heard.put("lost"))
            first.kill()
            assert heard.get(timeout=WAIT_S) == "lost"
            connected(loop, system)
            say(logind, False)
            assert woke.get(timeout=WAIT_S) == "woke"


def test_a_bus_that_stays_away_is_given_up(loop: Loop) -> None:
    with running_bus() as first:
        system = Bus(loop, first.address, system=True)
        waking = Waking(loop, system, lambda: None, retries_s=(0, 0))
        waking.start()
        connected(loop, system)
        gone: SimpleQueue[str] = SimpleQueue()
        system.on_lost(lambda: gone.put("lost"))
        first.kill()
    gone.get(timeout=WAIT_S)

    async def seek() -> None:
        await waking._seeking

    loop.ask(seek, WAIT_S)
