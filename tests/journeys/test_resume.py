"""`kill -9` in the middle of set 3: sets 1 and 2 are there, the next start offers to go on, nothing is done twice."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from coach.domain.records import Outcome
from coach.ui.widgets.button import Button
from tests.journeys import eyes, hands
from tests.journeys.plans import as_logged, as_planned, daily_six

if TYPE_CHECKING:
    from tests.journeys.desk import Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
ROOT = Path(__file__).resolve().parents[2]
PLAN = daily_six("left", "left", "left", "left", "left")
OFFER = "Go on where you stopped?"


@pytest.fixture(scope="module")
def killed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a program that was killed 20 s into the third set."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "settings.toml").write_text('safety_accepted = "2026-11-01"\nfull_screen = false\n', encoding="utf-8")
    command = [sys.executable, "-m", "tests.journeys.child", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().strip() for _ in range(3)]
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=30) == -signal.SIGKILL
    assert said == ["set 1", "set 2", "in set 3"]
    return folder


@pytest.fixture
def killed(desk: Desk, killed_folder: Path) -> Desk:
    """A desk with a copy of that folder, an hour later."""
    shutil.copytree(killed_folder, desk.folder)
    desk.clock.advance(3600)
    return desk


def test_what_was_acknowledged_is_there_and_the_rest_is_offered(killed: Desk) -> None:
    (session,) = killed.logged()
    assert session.end is None
    assert as_logged(session.sets) == as_planned(PLAN[:2])
    killed.open()
    assert OFFER in eyes.words()
    assert "Daily six, Sun 15 Nov at 09:30: 1 of 11 sets done." in eyes.words()


@pytest.mark.parametrize("way", ["keyboard", "mouse"])
def test_going_on_starts_before_set_3_and_ends_in_one_session(killed: Desk, way: str) -> None:
    killed.open()
    if way == "keyboard":
        hands.press("Enter")
    else:
        hands.click("Go on")
    assert killed.session.view.panel.label == "Get ready"
    moment = killed.session.run.moment(killed.clock.monotonic())
    assert (moment.place.planned.exercise.id, moment.place.bout.set_no, moment.remaining) == ("calf_raise", 1, 10)
    killed.wait_for_end()
    assert "Session done" in eyes.words()
    hands.press("Enter")
    killed.settle()
    assert OFFER not in eyes.words()
    assert eyes.sees("Done today", QLabel)
    (session,) = killed.logged()
    assert as_logged(session.sets) == as_planned(PLAN)
    assert all(record.supersedes is None for record in session.sets)
    assert session.end is not None
    assert session.end.outcome is Outcome.COMPLETED
    assert session.end.seconds == pytest.approx(810, abs=1)  # what came before the kill counts as well


def test_declining_ends_it_with_what_was_done(killed: Desk) -> None:
    killed.open()
    hands.tab_to("No, end it")
    hands.press("Enter")
    killed.settle()
    assert OFFER not in eyes.words()
    hands.press("Enter")  # the offer is gone, and today's page has the keyboard
    assert "Where is your pain right now?" in eyes.words()
    (session,) = killed.logged()
    assert session.end is not None
    assert session.end.outcome is Outcome.ABANDONED
    assert as_logged(session.sets) == as_planned(PLAN[:2])
    killed.close()
    killed.open()
    assert OFFER not in eyes.words()


def test_another_session_may_be_begun_instead(killed: Desk) -> None:
    killed.open()
    hands.click("Start", Button)
    hands.click("Nothing hurts")
    killed.wait_for("calf_raise", phase="work")
    second, first = killed.logged()
    assert first.end is not None
    assert (first.end.outcome, len(first.sets)) == (Outcome.ABANDONED, 2)
    assert second.end is None


def test_going_on_twice(killed: Desk) -> None:
    """A second stop in the resumed session is offered again; a set that was begun again replaces nothing."""
    killed.open()
    hands.press("Enter")
    killed.wait_for("calf_raise", set_no=2, phase="rest", into=10)
    killed.close()
    killed.open()
    assert "2 of 11 sets done." in eyes.words()
    hands.press("Enter")
    moment = killed.session.run.moment(killed.clock.monotonic())
    assert (moment.place.bout.set_no, moment.phase.value) == (2, "get_ready")  # a rest of 45 s is a start by now
    killed.wait_for_end()
    (session,) = killed.logged()
    assert as_logged(session.sets) == as_planned(PLAN)
