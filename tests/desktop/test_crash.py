"""Exceptions that nobody caught: logged once, told once, and the program goes on."""

from __future__ import annotations

import gc
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from coach.desktop.crash import CrashGuard

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def told() -> list[BaseException]:
    return []


@pytest.fixture
def guard(told: list[BaseException]) -> Iterator[CrashGuard]:
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = CrashGuard(told.append)
    made.install()
    yield made
    made.uninstall()
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def fail(error: BaseException) -> None:
    """One and the same place that fails, as a painting routine would."""
    raise error


def paint(error: BaseException) -> BaseException:
    """The error as it arrives at a hook, with its traceback."""
    with pytest.raises(type(error)) as caught:
        fail(error)
    return caught.value


@pytest.mark.expect_log("^ERROR coach.desktop.crash: uncaught exception$", "came 10 times", "came 100 times")
def test_a_fault_that_comes_sixty_times_a_second_is_told_once(
    guard: CrashGuard, told: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(180):
        guard.handle(paint(ZeroDivisionError()))
    assert len(told) == 1
    assert len(caplog.records) == 3


@pytest.mark.expect_log("uncaught exception")
def test_faults_of_different_kind_or_place_are_told_each(guard: CrashGuard, told: list[BaseException]) -> None:
    guard.handle(paint(ZeroDivisionError()))
    guard.handle(paint(KeyError()))
    with pytest.raises(ZeroDivisionError) as elsewhere:
        _ = 1 / len([])
    guard.handle(elsewhere.value)
    assert [type(error) for error in told] == [ZeroDivisionError, KeyError, ZeroDivisionError]


@pytest.mark.expect_log("uncaught exception")
def test_the_hooks_of_program_thread_and_destructor_all_lead_here(guard: CrashGuard, told: list[BaseException]) -> None:
    error = paint(ValueError("program"))
    sys.excepthook(ValueError, error, error.__traceback__)

    thread = threading.Thread(target=fail, args=(OSError("thread"),))
    thread.start()
    thread.join()

    class Failing:
        def __del__(self) -> None:
            raise LookupError("destructor")

    Failing()
    gc.collect()
    assert [str(error) for error in told] == ["program", "thread", "destructor"]


def test_the_persons_wish_to_end_is_no_fault(
    guard: CrashGuard, told: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    passed_on: list[object] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *args: passed_on.append(args[0]))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    thread = threading.Thread(target=fail, args=(SystemExit(),))
    thread.start()
    thread.join()
    assert told == []
    assert passed_on == [KeyboardInterrupt]


@pytest.mark.expect_log("uncaught exception", "could not be told")
def test_a_dialog_that_fails_itself_does_not_hide_the_fault() -> None:
    def show(_error: BaseException) -> None:
        raise RuntimeError("no dialog")

    CrashGuard(show).handle(paint(ZeroDivisionError()))


def test_the_hooks_can_be_given_back(told: list[BaseException]) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    guard = CrashGuard(told.append)
    guard.install()
    guard.uninstall()
    assert sys.excepthook is sys.__excepthook__
    sys.excepthook, threading.excepthook, sys.unraisablehook = before
