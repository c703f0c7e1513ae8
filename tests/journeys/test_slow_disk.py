"""The diary answers late, or with an error nobody expected: one press begins one session, and nobody is locked in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from coach.domain.records import Outcome
from coach.ui.background import InlineWorker
from coach.ui.shell import EXERCISES
from tests.journeys import eyes, hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.journeys.desk import Desk


class LateWorker(InlineWorker):
    """Keeps every job until it is told to work."""

    def __init__(self) -> None:
        self._jobs: list[tuple[Any, ...]] = []

    def submit(self, *job: Any) -> None:
        """See `Worker`."""
        self._jobs.append(job)

    def work(self) -> None:
        """Do everything, also what comes of it."""
        while self._jobs:
            super().submit(*self._jobs.pop(0))
        hands.look()


@pytest.fixture
def late(practised: Desk) -> LateWorker:
    """The worker of a program that has just opened."""
    worker = LateWorker()
    practised.open().worker = worker
    return worker


def test_two_presses_begin_one_session(practised: Desk, late: LateWorker) -> None:
    hands.press("Enter")
    hands.click("Nothing hurts")
    hands.click("Nothing hurts")
    late.work()
    assert practised.guiding
    assert len(practised.logged()) == 1


def test_leaving_before_it_has_begun_leaves_nothing_open(practised: Desk, late: LateWorker) -> None:
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.window.shell.open(EXERCISES)
    late.work()
    assert practised.window.shell.open_page == EXERCISES
    assert not practised.guiding
    (session,) = practised.logged()
    assert session.end is not None
    assert session.end.outcome is Outcome.ABANDONED
    assert practised.window.found is not None
    assert practised.window.found.unfinished is None


def test_a_bug_at_the_end_locks_nobody_in(guided: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    hands.press("Esc")
    hands.tab_to("End")
    with monkeypatch.context() as patch, qtbot.capture_exceptions() as reported:
        patch.setattr(guided.window.coaching(), "finish", broken)
        hands.press("Enter")
    assert [kind for kind, _error, _traceback in reported] == [ZeroDivisionError]
    assert "Not everything is saved yet" in eyes.words()
    hands.press("Enter")  # the safe answer: try again
    assert "Session ended" in eyes.words()
