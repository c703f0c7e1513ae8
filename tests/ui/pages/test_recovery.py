"""The recovery page: what happened, what is offered, what is back. One main action, which Enter does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.domain.preferences import Preferences
from coach.errors import Damage
from coach.services.keeping import Contents, Restored
from coach.ui.audit import faults, nameless
from coach.ui.pages.recovery import RecoveryPage
from coach.ui.pages.recovery_state import BackState, DamagedState, Offer
from coach.ui.room import room_for
from coach.ui.widgets.button import Button, Kind
from tests import fakes
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

NOW = fakes.START.astimezone(ZoneInfo("Europe/Berlin"))
MADE = fakes.START - timedelta(hours=12, minutes=26)  # 21:04 the evening before
INSIDE = Contents({"sessions": 47, "pain_ratings": 212})
BACKUP = fakes.backup(MADE)
DAMAGED = DamagedState(NOW, Damage.BROKEN, "diary.sqlite3 is damaged.", Offer(BACKUP, INSIDE), 3)
BACK = BackState(NOW, Restored(INSIDE, BACKUP.path, Path("/person/diary-damaged.sqlite3")), MADE)


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> RecoveryPage:
    made = RecoveryPage(look)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.show()
    return made


def buttons(page: RecoveryPage) -> dict[str, Button]:
    settle()
    return {button.text(): button for button in page.findChildren(Button) if button.isVisible()}


@pytest.mark.parametrize(
    ("damage", "title"),
    [
        (Damage.MISSING, "Your diary is not where it was"),
        (Damage.EMPTY, "Your diary cannot be opened"),
        (Damage.FOREIGN, "Your diary cannot be opened"),
        (Damage.BROKEN, "Your diary cannot be opened"),
    ],
)
def test_it_says_what_happened_and_offers_the_newest_copy(page: RecoveryPage, damage: Damage, title: str) -> None:
    page.render_damaged(replace(DAMAGED, damage=damage))
    shown = words(page)
    assert title in shown
    assert "Yesterday, 21:04" in shown
    assert "47 sessions and 212 pain ratings" in shown
    assert "diary.sqlite3 is damaged." in shown
    offered = buttons(page)
    assert offered["Restore this copy"].kind is Kind.PRIMARY
    assert {"Choose another copy", "Start a new diary"} <= set(offered)
    assert ("Save the damaged file" in offered) == (damage is not Damage.MISSING)


def test_enter_restores(page: RecoveryPage, qtbot: QtBot) -> None:
    page.render_damaged(DAMAGED)
    with qtbot.waitSignal(page.restore_requested, timeout=0):
        QTest.keyClick(page, Qt.Key.Key_Return)


def test_a_newer_diary_asks_for_an_update_and_restores_nothing_by_itself(page: RecoveryPage, qtbot: QtBot) -> None:
    page.render_damaged(replace(DAMAGED, damage=Damage.NEWER))
    assert "Update Foot Coach" in words(page)
    offered = buttons(page)
    assert offered["Use the older backup"].kind is Kind.OUTLINE
    assert page.primary is None
    with qtbot.assertNotEmitted(page.restore_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.restore_requested, timeout=0):
        offered["Use the older backup"].click()


@pytest.mark.parametrize(("backups", "says"), [(0, "There is no backup yet."), (3, "None of your 3 backups opens.")])
def test_without_a_copy_that_opens_there_are_other_ways(page: RecoveryPage, backups: int, says: str) -> None:
    page.render_damaged(replace(DAMAGED, offer=None, backups=backups))
    assert says in words(page)
    assert set(buttons(page)) == {"Choose a copy…", "Start a new diary", "Save the damaged file", "Try again"}


def test_nothing_can_be_pressed_while_something_is_going_on(page: RecoveryPage, qtbot: QtBot) -> None:
    page.render_damaged(replace(DAMAGED, busy="Putting the copy in place…"))
    assert "Putting the copy in place…" in words(page)
    assert not any(button.isEnabled() for button in buttons(page).values())
    with qtbot.assertNotEmitted(page.restore_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)


def test_what_could_not_be_done_is_said_in_place(page: RecoveryPage) -> None:
    page.render_damaged(replace(DAMAGED, trouble="The disk is full."))
    assert "The disk is full." in words(page)
    assert buttons(page)["Restore this copy"].isEnabled()


@pytest.mark.parametrize(
    ("ago", "title"),
    [
        (timedelta(hours=1), "Your diary is back, from today’s copy"),
        (timedelta(hours=12), "Your diary is back, from yesterday’s copy"),
        (timedelta(days=9), "Your diary is back, from the copy of Friday 6 November"),
    ],
)
def test_it_says_from_which_copy_the_diary_is_back(page: RecoveryPage, ago: timedelta, title: str) -> None:
    page.render_back(replace(BACK, made=fakes.START - ago))
    assert title in words(page)


def test_it_says_what_is_complete_and_what_is_missing(page: RecoveryPage, qtbot: QtBot) -> None:
    page.render_back(BACK)
    shown = words(page)
    assert "47 sessions and 212 pain ratings" in shown
    assert "Entries after yesterday, 21:04 | not in the copy" in shown
    assert "saved from the damaged file" not in shown
    with qtbot.waitSignal(page.continue_requested, timeout=0):
        QTest.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.show_requested, timeout=0):
        buttons(page)["Show the damaged file"].click()


def test_what_came_out_of_the_damaged_file_is_counted(page: RecoveryPage) -> None:
    rescued = {"sets": 3, "pain_ratings": 1, "session_plans": 2}
    page.render_back(replace(BACK, restored=replace(BACK.restored, rescued=rescued)))
    shown = words(page)
    assert "Among them 3 sets and 1 pain rating | saved from the damaged file" in shown
    assert "Other entries after yesterday, 21:04 | may be missing" in shown


def test_a_file_that_is_gone_cannot_be_shown(page: RecoveryPage) -> None:
    page.render_back(replace(BACK, restored=replace(BACK.restored, put_aside=None)))
    assert "Show the damaged file" not in buttons(page)
    assert "put aside" not in words(page)


def test_a_copy_from_elsewhere_is_called_by_its_name(page: RecoveryPage) -> None:
    page.render_back(BackState(NOW, replace(BACK.restored, backup=Path("/stick/old.sqlite3")), None))
    assert "We opened the copy old.sqlite3." in words(page)


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("state", ["damaged", "back", "nothing", "newer"])
def test_nothing_is_cut_in_the_smallest_window(look: Look, page: RecoveryPage, percent: int, state: str) -> None:
    look.apply(Preferences(text_percent=percent))
    page.resize(960 - 104, 640)
    page.set_room(room_for(960, 640, percent))
    match state:
        case "damaged":
            page.render_damaged(DAMAGED)
        case "nothing":
            page.render_damaged(replace(DAMAGED, offer=None))
        case "newer":
            page.render_damaged(replace(DAMAGED, damage=Damage.NEWER))
        case _:
            page.render_back(BACK)
    settle()
    assert faults(page) == []
    assert nameless(page) == []
