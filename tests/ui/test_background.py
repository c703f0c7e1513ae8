"""The worker: in order, results on the screen's thread, errors to whoever asked, a clean end; both kinds alike."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from coach.ui.background import InlineWorker, ThreadWorker, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture(params=[ThreadWorker, InlineWorker], ids=["thread", "inline"])
def worker(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Worker]:
    """Each kind in turn."""
    made: Worker = request.param()
    yield made
    made.stop()


def test_results_come_back_in_order_on_this_thread(worker: Worker, qtbot: QtBot) -> None:
    heard: list[tuple[int, int]] = []

    def hear(value: int) -> None:
        heard.append((value, threading.get_ident()))

    for number in range(20):
        worker.submit(partial(pow, number, 2), hear)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert heard == [(number * number, threading.get_ident()) for number in range(20)]


def test_an_error_goes_to_whoever_asked_and_the_next_job_runs(worker: Worker, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    values: list[int] = []

    def fail() -> int:
        raise OSError("disk full")

    worker.submit(fail, values.append, errors.append)
    worker.submit(lambda: 7, values.append)
    qtbot.waitUntil(lambda: values == [7])
    assert [str(error) for error in errors] == ["disk full"]


def test_an_error_nobody_waits_for_is_raised_on_the_screens_thread(qtbot: QtBot) -> None:
    worker = ThreadWorker()
    done: list[int] = []
    with qtbot.captureExceptions() as caught:
        worker.submit(lambda: 1 // 0, done.append)
        worker.submit(lambda: 1, done.append)
        qtbot.waitUntil(lambda: done == [1])
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert worker.stop()
    with pytest.raises(ZeroDivisionError):
        InlineWorker().submit(lambda: 1 // 0, done.append)


def test_jobs_run_on_another_thread(qtbot: QtBot) -> None:
    worker = ThreadWorker()
    where: list[int] = []
    worker.submit(threading.get_ident, where.append)
    qtbot.waitUntil(lambda: bool(where))
    assert where != [threading.get_ident()]
    assert worker.stop()


def test_stopping_finishes_the_work_and_drops_the_results(qtbot: QtBot) -> None:
    worker = ThreadWorker()
    gate = threading.Event()
    written: list[str] = []
    heard: list[object] = []

    def write() -> None:
        gate.wait(5)
        written.append("set 3")

    worker.submit(write, heard.append)
    gate.set()
    assert worker.stop()
    assert written == ["set 3"]
    qtbot.wait(1)
    assert heard == []
    with pytest.raises(RuntimeError, match="stopped"):
        worker.submit(write, heard.append)
    assert worker.stop()


def test_a_thread_that_was_never_needed_is_never_started(qtbot: QtBot) -> None:
    before = threading.active_count()
    worker = ThreadWorker()
    assert threading.active_count() == before
    assert worker.stop()


def test_a_disk_that_never_answers_does_not_hold_the_program(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.ui.background.STOP_WAIT_S", 0.01)
    worker = ThreadWorker()
    gate = threading.Event()
    worker.submit(lambda: gate.wait(5), lambda _: None)
    assert not worker.stop()
    gate.set()
