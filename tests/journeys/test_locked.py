"""A diary is locked, opened with its passphrase, and unlocked again: from the window, by keyboard."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from coach.bootstrap import fill_with_demo
from coach.storage.sqlite import file
from coach.ui.pages.settings import SettingsPage
from coach.ui.pages.unlock import UnlockPage
from tests import records as r
from tests.journeys import eyes, hands
from tests.locks import need_cipher

if TYPE_CHECKING:
    from tests.journeys.desk import Desk

PASSPHRASE = "warm sand under bare feet"
DAYS = 10


@pytest.fixture
def lived(practised: Desk) -> Desk:
    """Somebody with ten days of history and a level of their own."""
    need_cipher()
    fill_with_demo(practised.core, DAYS)
    with closing(practised.core.open_diary()) as diary:
        diary.add_level(r.level(1, 3))
    return practised


def open_lock(desk: Desk) -> None:
    """The row in the settings."""
    desk.window.shell.open("settings")
    page = desk.window.shell.page("settings")
    assert isinstance(page, SettingsPage)
    page.open_section(page.sections.index(page.data))
    desk.settle()


def lock(desk: Desk, *, remember: bool = False) -> None:
    """Lock the diary of a window that is open."""
    open_lock(desk)
    hands.click("Lock with a passphrase")
    desk.settle()
    hands.write(PASSPHRASE)
    hands.tab_to("The same once more")
    hands.write(PASSPHRASE)
    if remember:
        hands.click("Let this computer remember it (keyring)")
    hands.press("Enter")
    desk.settle()
    assert "Your diary is locked." in eyes.words()


@pytest.mark.parametrize("desk", ["inline", "thread"], indirect=True)
def test_locked_and_opened_by_keyboard(lived: Desk) -> None:
    before = lived.logged()
    lived.open()
    lock(lived)
    assert "Traces" not in eyes.words()
    lived.close()
    assert file.header(lived.folder / file.FILE) != file.PLAIN

    lived.open()
    lived.settle()
    assert isinstance(lived.window.shell.current, UnlockPage)
    assert not eyes.sees("Done lately", QLabel)
    assert lived.window.levels == {}
    hands.write("something else")
    hands.press("Enter")
    lived.settle()
    assert "does not open your diary" in eyes.words()
    hands.write(PASSPHRASE)
    hands.press("Enter")
    lived.settle()
    assert eyes.sees("Done lately", QLabel)
    assert lived.window.levels["calf_raise"] == 3

    open_lock(lived)
    hands.click("Turn the lock off")
    lived.settle()
    hands.write(PASSPHRASE)
    hands.press("Enter")
    lived.settle()
    assert "The lock is off." in eyes.words()
    lived.close()
    assert lived.logged() == before


def test_a_wrong_passphrase_turns_nothing_off(lived: Desk) -> None:
    lived.open()
    lock(lived)
    hands.click("Turn the lock off")
    lived.settle()
    hands.write("something else")
    hands.press("Enter")
    lived.settle()
    assert "This passphrase is not the right one. Nothing was changed." in eyes.words()
    lived.close()
    assert file.header(lived.folder / file.FILE) != file.PLAIN


def test_fault_53_forgotten_three_wrong_tries_lead_to_what_is_not_locked(lived: Desk) -> None:
    lived.open()
    open_lock(lived)
    hands.click("Back up now")
    lived.settle()
    hands.click("Lock with a passphrase")
    lived.settle()
    hands.write(PASSPHRASE)
    hands.tab_to("The same once more")
    hands.write(PASSPHRASE)
    hands.click("Encrypt the 2 backups as well. Otherwise anybody who gets at them can read them.")
    hands.press("Enter")
    lived.settle()
    assert "3 backups are not encrypted" in eyes.words()  # with the one that was made just before
    lived.close()

    lived.open()
    for _ in range(3):
        hands.write("I do not know any more")
        hands.press("Enter")
        lived.settle()
    assert "unencrypted export or backup" in eyes.words()
    hands.click("I do not have the passphrase")
    lived.settle()
    assert "Without its passphrase nobody can open it" in eyes.words()
    hands.click("Enter the passphrase")
    lived.settle()
    assert isinstance(lived.window.shell.current, UnlockPage)
    hands.click("I do not have the passphrase")
    lived.settle()
    hands.press("Enter")  # restore the newest copy that opens
    lived.settle()
    assert "Your diary is back" in eyes.words()
    hands.press("Enter")
    lived.settle()
    assert eyes.sees("Done lately", QLabel)


def test_a_computer_that_remembers_opens_it_by_itself(lived: Desk) -> None:
    lived.keyring.fault = ""
    lived.open()
    lock(lived, remember=True)
    lived.close()
    lived.open()
    lived.settle()
    assert eyes.sees("Done lately", QLabel)
    open_lock(lived)
    hands.click("Forget it here")
    lived.settle()
    assert lived.keyring.secrets == {}
    lived.close()
    lived.open()
    lived.settle()
    assert isinstance(lived.window.shell.current, UnlockPage)


def test_without_the_extra_the_row_says_what_to_install(lived: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    lived.open()
    open_lock(lived)
    assert 'pip install "foot-coach[encrypt]"' in eyes.words()
    assert not eyes.sees("Turn on…", QLabel)
