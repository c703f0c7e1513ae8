"""The page that asks for the passphrase: by keyboard, readable, three tries and then what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.audit import faults, nameless
from coach.ui.pages.unlock import UnlockPage, UnlockState
from coach.ui.room import room_for
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> UnlockPage:
    made = UnlockPage(look)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.show()
    made.activateWindow()
    settle()
    return made


def asked(page: UnlockPage) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    page.unlock_requested.connect(lambda passphrase, remember: found.append((passphrase, remember)))
    return found


def test_typing_and_enter_is_all_it_takes(page: UnlockPage) -> None:
    wishes = asked(page)
    QTest.keyClick(page.field.edit, Qt.Key.Key_Return)
    assert wishes == []  # there is nothing to try yet
    QTest.keyClicks(page.field.edit, "warm sand")
    QTest.keyClick(page.field.edit, Qt.Key.Key_Return)
    assert wishes == [("warm sand", False)]
    page.unlock.click()
    assert len(wishes) == 2


def test_what_is_typed_is_hidden_until_it_is_asked_for(page: UnlockPage) -> None:
    edit = page.field.edit
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    page.field.reveal.click()
    assert edit.echoMode() is QLineEdit.EchoMode.Normal
    assert page.field.reveal.accessibleName() == "Hide the passphrase"
    page.field.reveal.click()
    assert edit.echoMode() is QLineEdit.EchoMode.Password


def test_remembering_is_offered_only_where_there_is_a_keyring(page: UnlockPage) -> None:
    wishes = asked(page)
    assert not page.remember.isVisible()
    page.remember.setChecked(True)
    QTest.keyClicks(page.field.edit, "warm sand")
    page.unlock.click()
    page.render_state(UnlockState(can_remember=True))
    assert page.remember.isVisible()
    page.unlock.click()
    assert wishes == [("warm sand", False), ("warm sand", True)]


def test_fault_53_three_wrong_ones_and_it_says_what_can_be_done(page: UnlockPage) -> None:
    for wrong in (1, 2, 3):
        page.render_state(UnlockState(wrong - 1, busy=True))
        assert not page.unlock.isEnabled()
        page.render_state(UnlockState(wrong))
        said = words(page)
        assert "does not open your diary. Nothing was changed." in said
        assert ("unencrypted export or backup" in said) is (wrong == 3)
    assert page.others.isVisible()


def test_another_try_begins_with_an_empty_field(page: UnlockPage) -> None:
    QTest.keyClicks(page.field.edit, "warm hand")
    page.render_state(UnlockState(busy=True))
    assert page.field.edit.isReadOnly()
    page.render_state(UnlockState(1))
    assert page.field.take() == ""
    assert not page.field.edit.isReadOnly()
    assert page.field.edit.hasFocus()


def test_other_trouble_is_said_in_its_words(page: UnlockPage) -> None:
    page.render_state(UnlockState(trouble="The disk reports a fault."))
    assert "The disk reports a fault." in words(page)


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("percent", [100, 200])
def test_everything_is_readable_at_any_size_in_both_themes(
    page: UnlockPage, look: Look, theme: ThemeChoice, percent: int
) -> None:
    look.apply(Preferences(theme=theme, text_percent=percent))
    page.resize(960 - 104, 640)
    page.set_room(room_for(960, 640, percent))
    page.render_state(UnlockState(3, can_remember=True))
    settle()
    assert faults(page) == []
    assert nameless(page) == []


def test_the_keyboard_goes_through_it_in_reading_order(page: UnlockPage) -> None:
    page.render_state(UnlockState(can_remember=True))
    QTest.keyClicks(page.field.edit, "x")
    seen = []
    for _ in range(5):
        focus = page.focusWidget()
        assert focus is not None
        seen.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == [
        "Passphrase",
        "Show the passphrase",
        "Let this computer remember it (keyring)",
        page.unlock.accessibleName(),
        page.others.accessibleName(),
    ]
