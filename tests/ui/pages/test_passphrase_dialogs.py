"""Turning the lock on or off: nothing can be decided by mistake, and what it means is said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from coach.domain.preferences import Preferences, ThemeChoice
from coach.services.keeping import SealState
from coach.ui.audit import faults, nameless
from coach.ui.pages.lock_row import LockButtons, lock_note
from coach.ui.pages.passphrase_dialogs import ChangeDialog, SealWish, TurnOffDialog, TurnOnDialog
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.pages.passphrase_dialogs import PassphraseDialog
    from coach.ui.theme.look import Look

PLAIN = SealState(sealed=False, open_backups=3)
LOCKED = SealState(sealed=True, remembered=True, sealed_backups=3)
PASSPHRASE = "warm sand under bare feet"


def opened(dialog: PassphraseDialog, qtbot: QtBot) -> list[SealWish]:
    """Show it, and collect what is decided."""
    wishes: list[SealWish] = []
    dialog.decided.connect(wishes.append)
    dialog.open()
    settle()
    return wishes


def type_in(dialog: PassphraseDialog, old: str | None = None, new: str | None = None, again: str | None = None) -> None:
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        if text is not None:
            assert field is not None
            field.edit.clear()
            QTest.keyClicks(field.edit, text)


def test_on_takes_the_same_passphrase_twice(look: Look, qtbot: QtBot) -> None:
    dialog = TurnOnDialog(look, PLAIN)
    wishes = opened(dialog, qtbot)
    assert dialog.new is not None
    assert dialog.new.edit.hasFocus()
    assert not dialog.act.isEnabled()
    type_in(dialog, new="short")
    assert "At least 8 characters" in words(dialog)
    type_in(dialog, new="tooweak1")
    assert "Short." in words(dialog)
    type_in(dialog, new=PASSPHRASE, again="warm sand under bare feat")
    assert "Good. Now the same once more." in words(dialog)
    assert not dialog.act.isEnabled()
    assert "once more" in dialog.act.accessibleDescription()  # why it is off
    type_in(dialog, again=PASSPHRASE)
    dialog.act.click()
    assert wishes == [SealWish("", PASSPHRASE, remember=False, backups_too=True)]


def test_on_says_what_forgetting_means(look: Look, qtbot: QtBot) -> None:
    dialog = TurnOnDialog(look, PLAIN)
    opened(dialog, qtbot)
    said = words(dialog)
    assert "Nobody can open it without the passphrase: not you, not we. Write it down" in said
    assert "Exports you made earlier stay readable." in said
    assert "whole disk" in said
    dialog.reject()


@pytest.mark.parametrize(("no_keyring", "offered"), [("", True), ("This computer has none.", False)])
def test_remembering_is_offered_only_where_there_is_a_keyring(
    look: Look, qtbot: QtBot, no_keyring: str, offered: bool
) -> None:
    dialog = TurnOnDialog(look, SealState(sealed=False, no_keyring=no_keyring))
    wishes = opened(dialog, qtbot)
    assert (dialog.remember is not None) is offered
    assert dialog.backups is None  # there are none
    if dialog.remember is not None:
        assert not dialog.remember.isChecked()
        dialog.remember.setChecked(True)
    type_in(dialog, new=PASSPHRASE, again=PASSPHRASE)
    dialog.act.click()
    assert [wish.remember for wish in wishes] == [offered]


def test_off_and_another_one_ask_for_the_passphrase_until_now(look: Look, qtbot: QtBot) -> None:
    off = TurnOffDialog(look, LOCKED)
    wishes = opened(off, qtbot)
    assert not off.act.isEnabled()
    type_in(off, old=PASSPHRASE)
    assert off.backups is not None
    off.backups.setChecked(False)
    off.act.click()
    assert wishes == [SealWish(PASSPHRASE, "", remember=False, backups_too=False)]
    change = ChangeDialog(look, LOCKED)
    wishes = opened(change, qtbot)
    type_in(change, new=PASSPHRASE, again=PASSPHRASE)
    assert not change.act.isEnabled()
    type_in(change, old="the one before")
    change.act.click()
    assert wishes == [SealWish("the one before", PASSPHRASE, remember=True, backups_too=True)]


def test_a_wish_shows_no_passphrase() -> None:
    assert PASSPHRASE not in repr(SealWish(PASSPHRASE, PASSPHRASE, remember=True, backups_too=True))


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("kind", [TurnOnDialog, ChangeDialog, TurnOffDialog])
def test_everything_is_readable_at_any_size_in_both_themes(
    look: Look, qtbot: QtBot, kind: type[TurnOnDialog], theme: ThemeChoice, percent: int
) -> None:
    look.apply(Preferences(theme=theme, text_percent=percent))
    dialog = kind(look, PLAIN if kind is TurnOnDialog else LOCKED)
    opened(dialog, qtbot)
    assert faults(dialog) == []
    assert nameless(dialog) == []
    dialog.reject()


@pytest.mark.parametrize(
    ("state", "shown", "says"),
    [
        (SealState(sealed=False), ["Turn on…"], "Off."),
        (SealState(sealed=True, no_keyring="None."), ["Change…", "Turn off…"], "asked for at each start"),
        (SealState(sealed=True), ["Change…", "Remember it here", "Turn off…"], "asked for at each start"),
        (LOCKED, ["Change…", "Forget it here", "Turn off…"], "remembers"),
        (SealState(sealed=True, open_backups=2, no_keyring="None."), ["Change…", "Turn off…"], "2 backups are not"),
        (SealState(sealed=False, unavailable="Install it with pip."), [], "Install it with pip."),
    ],
)
def test_the_row_shows_what_can_be_done(
    look: Look, qtbot: QtBot, state: SealState, shown: list[str], says: str
) -> None:
    row = LockButtons(look)
    qtbot.addWidget(row)
    row.render_state(state)
    row.show()
    settle()
    assert [button.text() for button in row.every if button.isVisible()] == shown
    assert says in lock_note(state)
