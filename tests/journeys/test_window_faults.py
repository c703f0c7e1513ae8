"""Faults of the program, of files and of screens, seen from the window: told once, and everything else works."""

from __future__ import annotations

import json
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel

from coach.desktop.crash import CrashGuard
from coach.desktop.logs import Log
from coach.ui.hooks import Teller
from coach.ui.pages.today_parts import ExerciseTile
from coach.ui.place import IniPlaces, Place
from coach.ui.session.panel import SidePanel
from tests.journeys import eyes, hands
from tests.journeys.test_steering import real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.journeys.desk import Desk

WRONG = "Something went wrong in the program. What you did is kept; you can go on. The log says more."
OFTEN = 15
ENTERED = "pain 7 in the left heel"
BROKEN = {
    "unknown key": 'format = 1\nid = "my_stretch"\ncolour = "red"\n',
    "no title": 'format = 1\nid = "my_stretch"\n',
    "no TOML": "this is no exercise",
}
REASONS = {"unknown key": "line 3, colour: unknown key", "no title": "title", "no TOML": "line 1: not valid TOML"}


@pytest.fixture
def guarded(practised: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The program with its guard and its log, as its door sets them up."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    teller = Teller()
    guard = CrashGuard(teller.tell)
    log = Log(practised.core.profile.logs)
    log.start()
    guard.install()
    teller.told.connect(practised.open().tell_fault)
    yield practised
    guard.uninstall()
    log.close()


def errors(desk: Desk) -> list[dict[str, Any]]:
    """The errors in the log file."""
    lines = (desk.folder / "logs" / "coach.log").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["level"] == "ERROR"]


@pytest.mark.expect_log("uncaught exception")
def test_an_exception_in_a_slot_is_told_once_and_the_program_goes_on(
    guarded: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError(ENTERED)

    with monkeypatch.context() as patch:
        patch.setattr("coach.ui.states.detail_state", broken)
        for _ in range(3):
            hands.click(eyes.find("Calf raises", ExerciseTile))
    assert WRONG in eyes.words()
    (record,) = errors(guarded)
    assert record["says"] == "uncaught exception"
    assert "ZeroDivisionError" in json.dumps(record)
    assert ENTERED not in json.dumps(record)  # what people enter is not logged
    hands.click(eyes.find("Calf raises", ExerciseTile))
    assert "Your level" in eyes.words()
    hands.press("Ctrl+1", "Enter")
    hands.click("Nothing hurts")
    guarded.wait_for("calf_raise")
    assert len(guarded.logged()[0].sets) == 2


@pytest.mark.expect_log("uncaught exception", "came 10 times")
def test_an_exception_in_a_paint_event_is_told_once_however_often_it_comes(
    guarded: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[str] = []
    painted: list[bool] = []
    monkeypatch.setattr(guarded.window.shell.toast, "show_message", told.append)

    def broken(*_arguments: object) -> None:
        painted.append(True)
        raise RuntimeError

    def often() -> bool:
        eyes.shown(SidePanel)[0].update()
        return len(painted) >= OFTEN

    hands.press("Enter")
    hands.click("Nothing hurts")
    with monkeypatch.context() as patch:
        patch.setattr("coach.ui.session.panel.painter_for", broken)
        qtbot.waitUntil(often)  # in a loop of Qt's own, as in the running program
    assert told == [WRONG]
    said = [record["says"] for record in errors(guarded)]
    assert said[0] == "uncaught exception"
    assert "came 10 times" in said[1]
    assert len(said) == 2
    guarded.wait_for("calf_raise")
    assert real(guarded, "towel_toe_curl") == [("left", 1, "done", 10), ("right", 1, "done", 10)]


@pytest.mark.expect_log("uncaught exception")
def test_an_exception_on_the_workers_thread_is_told_as_well(guarded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr(guarded.window.coaching(), "start", broken)
        hands.press("Enter")
        hands.click("Nothing hurts")
        guarded.settle()
    assert WRONG in eyes.words()
    hands.click("Nothing hurts")  # the page is still there, and now it works
    guarded.settle()
    assert guarded.guiding


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_of_ones_own_is_named_with_its_reason_and_the_rest_works(practised: Desk, fault: str) -> None:
    folder = practised.folder / "exercises"
    folder.mkdir()
    (folder / "my_stretch.toml").write_text(BROKEN[fault], encoding="utf-8")
    practised.open()
    for page in ("Ctrl+1", "Ctrl+3"):
        hands.press(page)
        assert "1 exercise file could not be read. Everything else works." in eyes.words()
        hands.click("See what is wrong")
        listed = next(label.text() for label in eyes.shown(QLabel) if "my_stretch.toml" in label.text())
        assert REASONS[fault] in listed
        hands.press("Esc")
    hands.press("Ctrl+1", "Enter")
    hands.click("Nothing hurts")
    practised.wait_for("calf_raise")
    assert len(practised.logged()[0].sets) == 2


def test_a_file_that_is_put_right_is_read_at_the_next_start(practised: Desk) -> None:
    folder = practised.folder / "exercises"
    folder.mkdir()
    broken = folder / "my_stretch.toml"
    broken.write_text(BROKEN["no TOML"], encoding="utf-8")
    practised.open()
    assert "could not be read" in eyes.words()
    practised.close()
    broken.unlink()
    practised.open()
    assert "could not be read" not in eyes.words()


@pytest.mark.parametrize("place", [Place(9000, 9000, 1280, 800), Place(-4000, 50, 1000, 700)])
def test_a_window_left_on_a_screen_that_is_gone_comes_back_into_sight(practised: Desk, place: Place) -> None:
    IniPlaces(practised.core.profile.data / "window.ini").save(place)
    shell = practised.open(size=None).shell
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    title_bar = QRect(shell.x(), shell.y(), shell.width(), 40)
    assert any(screen.intersects(title_bar) and screen.contains(title_bar.topLeft()) for screen in screens)


def test_the_window_comes_back_where_it_was_left(practised: Desk) -> None:
    shell = practised.open().shell
    shell.setGeometry(40, 30, 1000, 700)
    hands.look()
    practised.close()
    geometry = practised.open(size=None).shell.geometry()
    assert geometry.getRect() == (40, 30, 1000, 700)


def test_a_session_in_full_screen_leaves_the_windows_place_alone(practised: Desk) -> None:
    practised.settings(full_screen=True)
    shell = practised.open().shell
    shell.setGeometry(40, 30, 1000, 700)
    hands.press("Enter")
    hands.click("Nothing hurts")
    assert shell.isFullScreen()
    practised.wait(2)
    practised.close()
    assert practised.open(size=None).shell.geometry().getRect() == (40, 30, 1000, 700)
    assert eyes.find("Go on", QAbstractButton).isVisible()
