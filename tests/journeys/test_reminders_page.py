"""A person who sets reminders, closes the window and starts the program without one."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QSystemTrayIcon

from coach.domain.preferences import Background
from coach.domain.reminders.parts import AtTimes, Within
from coach.errors import KnownError
from tests.journeys import eyes, hands
from tests.journeys.reminded import Reminded

if TYPE_CHECKING:
    from tests.journeys.desk import Desk


def test_from_none_to_one_by_keyboard(reminded: Reminded) -> None:
    hands.press("Ctrl+4")
    assert "You have no reminders yet." in eyes.words()
    hands.tab_to("Add reminder")
    hands.press("Enter")
    hands.choose("Routine")
    reminded.turn()
    (rule,) = reminded.rules
    assert rule.when == AtTimes((time(18, 30),))
    assert eyes.said(hands.tab_to("Time 1"))[0] == "Time 1"
    hands.press("Up")
    assert reminded.rules[0].when == AtTimes((time(19, 30),))
    hands.tab_to("Add a time")
    hands.press("Enter")
    reminded.turn()
    assert reminded.rules[0].when == AtTimes((time(19, 30), time(20, 30)))
    hands.tab_to("Daily six, on or off", backwards=True)
    hands.press("Space")
    assert not reminded.rules[0].on


def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(reminded: Reminded) -> None:
    rule = reminded.keep("18:30")
    hands.press("Ctrl+4")
    hands.click("18:30, Daily six")
    hands.click("Every so often")
    hands.tab_to("Until")
    for _ in range(10):
        hands.press("Down")
    assert "The hours must end later than they begin." in eyes.words()
    kept = reminded.window.reminders.flow.outlook.rule(rule.id)
    assert kept is not None
    assert isinstance(kept.when, Within)
    assert kept.when.end > kept.when.start
    for _ in range(10):
        hands.press("Up")
    assert "The hours must end later than they begin." not in eyes.words()


def test_a_reminder_is_removed_and_taken_back(reminded: Reminded) -> None:
    rule = reminded.keep("18:30")
    hands.press("Ctrl+4")
    hands.click("18:30, Daily six")
    hands.click("Remove this reminder")
    reminded.desk.settle()
    assert "You have no reminders yet." in eyes.words()
    hands.press("Ctrl+Z")
    reminded.desk.settle()
    assert [each.id for each in reminded.rules] == [rule.id]


def test_paused_for_today_and_resumed(reminded: Reminded) -> None:
    reminded.keep("12:30", "18:30")
    hands.press("Ctrl+4")
    hands.click("Pause for today")
    assert "Reminders are paused." in eyes.words()
    reminded.until("13:00")
    assert reminded.notices == []
    hands.click("Resume")
    assert "Reminders are paused." not in eyes.words()
    reminded.until("18:30")
    assert len(reminded.notices) == 1


def test_a_rule_for_all_reaches_every_reminder(reminded: Reminded) -> None:
    reminded.keep("12:30")
    reminded.keep("18:30")
    hands.press("Ctrl+4")
    hands.click("Sound")
    assert all(rule.manner.sound for rule in reminded.rules)


def test_today_says_what_comes_next_and_leads_there(reminded: Reminded) -> None:
    assert eyes.sees("None planned", QLabel)
    reminded.keep("18:30")
    assert eyes.sees("Today at 18:30", QLabel)
    hands.click("Change the reminders")
    assert eyes.sees("Next 7 days", QLabel)


# --- the tray, closing, starting ------------------------------------------------------------------------------------


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A tray that is there while the list says so."""
    there = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: there[0]))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: False))
    return there


def test_fault_34_without_a_tray_closing_asks_once_and_a_second_start_brings_it_back(reminded: Reminded) -> None:
    reminded.keep("12:30")
    shell = reminded.window.shell
    hands.close_window(shell)
    assert shell.isVisible()
    hands.click("Keep reminding me")
    assert not shell.isVisible()
    assert reminded.desk.preferences.background is Background.ON
    reminded.until("12:30")
    assert reminded.notices == ["Daily six, 13½ min"]
    reminded.window.show_yourself()  # as a second start asks
    hands.look()
    assert shell.isVisible()
    hands.close_window(shell)
    assert not shell.isVisible()  # not asked again
    reminded.window.show_yourself()


def test_out_of_sight_it_gives_back_the_memory_of_what_it_showed(reminded: Reminded) -> None:
    resident = reminded.window.reminders.resident
    assert resident is not None
    resident._idle.setInterval(0)
    reminded.keep("12:30")
    assert reminded.desktop.rests == 0  # the window is in sight
    hands.close_window(reminded.window.shell)
    hands.click("Keep reminding me")
    reminded.desk.settle()
    assert reminded.desktop.rests == 1
    reminded.until("12:30")
    assert reminded.notices == ["Daily six, 13½ min"]
    after_showing = reminded.desktop.rests
    assert after_showing > 1
    reminded.press("skip")
    assert reminded.desktop.rests > after_showing
    reminded.window.show_yourself()


def test_whoever_closes_for_good_is_left_alone(reminded: Reminded) -> None:
    reminded.keep("12:30")
    ended: list[bool] = []
    reminded.window.finished.connect(lambda: ended.append(True))
    hands.close_window(reminded.window.shell)
    hands.click("Close for good")
    assert ended == [True]
    assert reminded.desk.preferences.background is Background.OFF


def test_without_reminders_closing_ends_the_program(reminded: Reminded) -> None:
    ended: list[bool] = []
    reminded.window.finished.connect(lambda: ended.append(True))
    hands.close_window(reminded.window.shell)
    assert ended == [True]


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", "does not support raise")  # offscreen has no tray of its own
def test_the_tray_says_what_comes_next_and_pauses(practised: Desk, tray: list[bool]) -> None:
    reminded = Reminded(practised)
    reminded.open()
    reminded.keep("18:30")
    icon = reminded.tray
    there = icon.icon
    assert there is not None
    icon.menu.aboutToShow.emit()
    texts = [action.text() for action in icon.menu.actions() if action.isVisible() and action.text()]
    assert texts == [
        "Next: Today at 18:30",
        "Daily six, in 6 h 30 min",
        "Start now",
        "Pause reminders",
        "Open",
        "Quit",
    ]
    normal = there.icon().cacheKey()
    pause = next(menu for menu in icon.menu.findChildren(QMenu) if menu.title() == "Pause reminders")
    next(action for action in pause.actions() if action.text() == "For 1 hour").trigger()
    reminded.desk.settle()
    assert there.icon().cacheKey() != normal
    assert "Paused. They go on: Today at 13:00" in there.toolTip()
    icon.resume_asked.emit()
    reminded.desk.settle()
    hands.close_window(reminded.window.shell)
    assert not reminded.window.shell.isVisible()
    icon.open_asked.emit()
    hands.look()
    assert reminded.window.shell.isVisible()
    ended: list[bool] = []
    reminded.window.finished.connect(lambda: ended.append(True))
    icon.quit_asked.emit()
    assert ended == [True]


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # as above
def test_fault_35_a_tray_that_comes_late_is_found(practised: Desk, tray: list[bool]) -> None:
    tray[0] = False
    reminded = Reminded(practised)
    reminded.open()
    icon = reminded.tray
    assert icon.icon is None
    assert icon.waiting
    tray[0] = True
    icon.look_again()
    assert icon.there
    assert not icon.waiting


def test_the_settings_say_whether_it_really_starts_at_login(reminded: Reminded) -> None:
    hands.press("Ctrl+,")
    hands.click("Start and reminders")
    hands.click("Start when I log in")
    assert reminded.desktop.login.on
    reminded.desktop.login.fault = KnownError("The folder for programs that start at login cannot be written.")
    hands.click("Start when I log in")
    reminded.desk.settle()
    assert eyes.find("Start when I log in", QAbstractButton).isChecked()
    reminded.desktop.login.unavailable = "This desktop starts no programs at login."
    hands.press("Ctrl+1", "Ctrl+,")
    assert "This desktop starts no programs at login." in eyes.words()
    assert not eyes.find("Start when I log in", QAbstractButton).isEnabled()
