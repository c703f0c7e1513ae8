"""The thread that speaks to the desktop: not there before it is needed, ended without a trace."""

from __future__ import annotations

import asyncio
import threading

import pytest

from coach.desktop.loop import Loop
from tests.desktop.peers import WAIT_S, running_loop


async def name_of_thread() -> str:
    return threading.current_thread().name


def test_no_thread_runs_before_the_first_piece_of_work() -> None:
    with running_loop() as loop:
        assert not loop.running
        assert loop.ask(name_of_thread, WAIT_S) == "desktop"
        assert loop.running


def test_work_is_begun_in_the_order_in_which_it_came() -> None:
    seen: list[int] = []

    async def note(number: int) -> None:
        seen.append(number)

    with running_loop() as loop:
        futures = [loop.submit(lambda number=number: note(number)) for number in range(20)]  # type: ignore[misc]
        for future in futures:
            future.result(WAIT_S)
    assert seen == list(range(20))


def test_what_goes_wrong_is_told_to_whoever_asked() -> None:
    async def fail() -> None:
        raise LookupError("gone")

    with running_loop() as loop, pytest.raises(LookupError, match="gone"):
        loop.ask(fail, WAIT_S)


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    async def hang() -> None:
        await asyncio.Event().wait()

    loop = Loop()
    with pytest.raises(TimeoutError):
        loop.ask(hang, 0.01)
    loop._tasks.clear()  # what was begun is given time to finish, which is not the matter here
    loop.stop()
    assert not loop.running


def test_work_that_was_begun_is_finished_and_what_was_opened_is_closed() -> None:
    seen: list[str] = []
    go = threading.Event()

    async def work() -> None:
        go.set()
        await asyncio.sleep(0)
        seen.append("work")

    async def close() -> None:
        seen.append("close")

    async def close_badly() -> None:
        raise OSError

    loop = Loop()
    loop.at_stop(close)
    loop.at_stop(close_badly)
    loop.submit(work)
    go.wait(WAIT_S)
    loop.stop()
    assert seen == ["work", "close"]


def test_after_the_end_nothing_is_begun() -> None:
    loop = Loop()
    loop.stop()
    assert loop.submit(name_of_thread).cancelled()
    with pytest.raises(TimeoutError):
        loop.ask(name_of_thread, WAIT_S)
    assert not loop.running
    loop.stop()


def test_it_can_be_ended_from_its_own_thread_and_while_it_starts() -> None:
    loop = Loop()
    loop.submit(name_of_thread)
    loop.stop()
    assert not loop.running
    loop = Loop()

    async def end() -> None:
        loop.stop()

    loop.ask(end, WAIT_S)
    loop.stop()
    assert not loop.running


def test_at_rest_it_waits_for_no_time() -> None:
    async def timers() -> int:
        async with asyncio.timeout(60):
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        return sum(not handle.cancelled() for handle in asyncio.get_running_loop()._scheduled)  # type: ignore[attr-defined]

    with running_loop() as loop:
        assert loop.ask(timers, WAIT_S) == 0


@pytest.mark.expect_log("LookupError|never retrieved")
def test_faults_of_ours_are_logged() -> None:
    async def forget(error: Exception) -> None:
        asyncio.get_running_loop().call_exception_handler({"message": f"never retrieved {error!r}", "exception": error})

    with running_loop() as loop:
        loop.ask(lambda: forget(LookupError()), WAIT_S)


def test_broken_connections_are_not_logged_a_second_time() -> None:
    async def forget() -> None:
        error = BrokenPipeError()
        asyncio.get_running_loop().call_exception_handler({"message": "never retrieved", "exception": error})

    with running_loop() as loop:
        loop.ask(forget, WAIT_S)


def test_fault_42_a_thread_that_does_not_end_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.desktop.loop.LEAVE_S", 0.01)
    begun, free = threading.Event(), threading.Event()

    async def stuck() -> None:
        begun.set()
        free.wait(WAIT_S)

    loop = Loop()
    loop.submit(stuck)
    begun.wait(WAIT_S)
    loop.stop()
    assert loop.running
    assert loop._thread is not None
    assert loop._thread.daemon
    free.set()
    loop._thread.join(WAIT_S)
