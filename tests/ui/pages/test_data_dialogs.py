"""The questions about the history as a whole: they say exactly what would happen, and nothing happens before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coach.domain.preferences import Preferences
from coach.services.keeping import Contents, Days, Everything, ExportFormat, ImportPreview, Left, OneExercise
from coach.ui.audit import faults, nameless
from coach.ui.pages.erase_dialog import EraseDialog
from coach.ui.pages.export_dialog import ExportDialog
from coach.ui.pages.import_dialog import ImportDialog
from coach.ui.pages.restore_dialog import RestoreDialog
from tests import fakes
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

NOW = fakes.START.astimezone(ZoneInfo("Europe/Berlin"))
TODAY = NOW.date()
SATURDAY = TODAY - timedelta(days=1)
WHOLE = Contents({"sessions": 212, "sets": 4000, "pain_ratings": 1840}, date(2026, 1, 3), SATURDAY)
EXERCISES = [("calf_raise", "Calf raises"), ("calf_stretch", "Calf stretch")]
LEFT = (
    Left("pain_ratings", "the number must be 0 to 10, is 11", 5, ("pain_ratings.csv line 12", "line 40")),
    Left("sets", "<b>bold</b> is no side", 1, ()),
)
PREVIEW = ImportPreview(
    Path("/stick/export.json"),
    replace(WHOLE, rows={"sessions": 38, "pain_ratings": 212}),
    {"sessions": 174},
    LEFT,
    ("Settings are not read.",),
)
BACKUPS = tuple(fakes.backup(fakes.START - timedelta(days=n, hours=3)) for n in range(34))


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What dialogs stand over, as small as a window can be."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(960, 640)
    made.show()
    return made


def keyboard() -> QWidget | None:
    return QApplication.focusWidget()


# --- export -----------------------------------------------------------------------------------------------------------


def test_an_export_says_what_is_in_it_and_who_can_read_it(look: Look, window: QWidget, qtbot: QtBot) -> None:
    dialog = ExportDialog(look, WHOLE, window)
    dialog.open()
    shown = words(dialog)
    assert "212 sessions, 4000 sets and 1840 pain ratings, with your notes." in shown
    assert "Not encrypted." in shown
    dialog.form.choose_index(1)
    assert "for a spreadsheet" in words(dialog)
    with qtbot.waitSignal(dialog.decided, timeout=0) as waited:
        dialog.go_on.click()
    assert waited.args == [ExportFormat.CSV]


# --- import -----------------------------------------------------------------------------------------------------------


def test_a_preview_says_what_is_new_what_is_here_and_what_is_left_out_and_why(look: Look, window: QWidget) -> None:
    dialog = ImportDialog(look, PREVIEW, TODAY, window)
    dialog.open()
    shown = words(dialog)
    for part in (
        "export.json",
        "38 sessions and 212 pain ratings",
        "Sessions of Saturday 3 January to yesterday.",
        "174 sessions",
        "here already",
        "6 entries",
        "5 pain ratings: the number must be 0 to 10, is 11",
        "pain_ratings.csv line 12, line 40 and 3 more",
        "Settings are not read.",
    ):
        assert part in shown
    assert keyboard() is dialog.leave, "the safe one"
    dialog.reject()


def test_fault_45_what_an_export_says_is_shown_as_plain_text(look: Look, window: QWidget) -> None:
    dialog = ImportDialog(look, PREVIEW, TODAY, window)
    dialog.open()
    assert "1 set: <b>bold</b> is no side" in words(dialog)
    dialog.reject()


def test_an_export_with_nothing_new_can_only_be_closed(look: Look, window: QWidget, qtbot: QtBot) -> None:
    dialog = ImportDialog(look, replace(PREVIEW, new=Contents({})), TODAY, window)
    dialog.open()
    assert "Nothing new" in words(dialog)
    assert not dialog.bring_in.isVisible()
    with qtbot.assertNotEmitted(dialog.accepted):
        QTest.keyClick(dialog.leave, Qt.Key.Key_Return)


# --- delete -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def erase(look: Look, window: QWidget) -> EraseDialog:
    made = EraseDialog(look, EXERCISES, (SATURDAY, TODAY), 12, window)
    made.asked = []  # type: ignore[attr-defined] # what this test remembers of it
    made.weigh_asked.connect(made.asked.append)  # type: ignore[attr-defined]
    made.open()
    return made


def asked(dialog: EraseDialog) -> list[object]:
    return dialog.asked  # type: ignore[attr-defined, no-any-return]


def test_each_part_is_weighed_before_it_can_go(erase: EraseDialog, qtbot: QtBot) -> None:
    assert asked(erase) == [OneExercise("calf_raise")]
    assert not erase.act.isEnabled()
    assert "Counting…" in words(erase)
    erase.show_weight(OneExercise("calf_raise"), Contents({"sets": 96, "pain_ratings": 1}))
    assert "This deletes 96 sets and 1 pain rating." in words(erase)
    erase.exercise.setCurrentIndex(1)
    assert asked(erase)[-1] == OneExercise("calf_stretch")
    assert not erase.act.isEnabled(), "another part is not weighed yet"
    erase.show_weight(OneExercise("calf_raise"), WHOLE)
    assert not erase.act.isEnabled(), "an answer to an earlier question says nothing"
    erase.show_weight(OneExercise("calf_stretch"), Contents({"sets": 3}))
    with qtbot.waitSignal(erase.decided, timeout=0) as waited:
        erase.act.click()
    assert waited.args == [OneExercise("calf_stretch"), False]


def test_nothing_to_delete_cannot_be_deleted(erase: EraseDialog) -> None:
    erase.show_weight(OneExercise("calf_raise"), Contents({}))
    assert "There is nothing of it." in words(erase)
    assert not erase.act.isEnabled()
    erase.reject()


def test_days_are_chosen_by_keyboard(erase: EraseDialog, qtbot: QtBot) -> None:
    erase.what.choose_index(1)
    assert asked(erase)[-1] == Days(SATURDAY, TODAY)
    erase.first.setFocus()
    QTest.keyClick(erase.first, Qt.Key.Key_Home)
    QTest.keyClick(erase.first, Qt.Key.Key_Down)  # the day
    assert asked(erase)[-1] == Days(SATURDAY - timedelta(days=1), TODAY)
    erase.first.set_value(date(2026, 11, 16))
    erase.first.changed.emit(erase.first.value)
    assert "The last day is before the first." in words(erase)
    assert not erase.act.isEnabled()
    erase.reject()


def test_everything_needs_the_word(erase: EraseDialog, qtbot: QtBot) -> None:
    erase.what.choose_index(2)
    erase.show_weight(Everything(), WHOLE)
    assert not erase.act.isEnabled()
    QTest.keyClicks(erase.word, "delet")
    assert not erase.act.isEnabled()
    QTest.keyClicks(erase.word, "E ")
    assert erase.act.isEnabled()
    with qtbot.waitSignal(erase.decided, timeout=0) as waited:
        erase.act.click()
    assert waited.args == [Everything(), False]


def test_it_is_said_what_becomes_of_the_backups(erase: EraseDialog, qtbot: QtBot) -> None:
    shown = words(erase)
    assert "A backup is made first" in shown
    assert "exports you saved elsewhere stay" in shown
    assert "This cannot be taken back." not in shown
    erase.too.click()
    shown = words(erase)
    assert "This cannot be taken back. All 12 backups are removed" in shown
    assert "A backup is made first" not in shown
    erase.show_weight(OneExercise("calf_raise"), WHOLE)
    with qtbot.waitSignal(erase.decided, timeout=0) as waited:
        erase.act.click()
    assert waited.args == [OneExercise("calf_raise"), True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_first_key_deletes_nothing(erase: EraseDialog, qtbot: QtBot, key: Qt.Key) -> None:
    erase.show_weight(OneExercise("calf_raise"), WHOLE)
    settle()
    with qtbot.assertNotEmitted(erase.decided):
        QTest.keyClick(erase.keep, key)
    assert not erase.isVisible()


def test_enter_in_the_field_of_the_word_deletes_nothing(erase: EraseDialog, qtbot: QtBot) -> None:
    erase.what.choose_index(2)
    erase.show_weight(Everything(), WHOLE)
    QTest.keyClicks(erase.word, "delete")
    with qtbot.assertNotEmitted(erase.decided):
        QTest.keyClick(erase.word, Qt.Key.Key_Return)
    assert erase.isVisible()
    erase.reject()


# --- restore ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def restore(look: Look, window: QWidget) -> RestoreDialog:
    made = RestoreDialog(look, BACKUPS, NOW, "How it is now is backed up first.", window)
    made.asked = []  # type: ignore[attr-defined] # what this test remembers of it
    made.look_asked.connect(made.asked.append)  # type: ignore[attr-defined]
    made.open()
    return made


def test_the_newest_backup_is_looked_into_at_once(restore: RestoreDialog, qtbot: QtBot) -> None:
    assert restore.asked == [BACKUPS[0].path]  # type: ignore[attr-defined]
    assert [row.text() for row in restore.rows[:3]] == [
        "Today, 06:30",
        "Yesterday, 06:30",
        "Friday 13 November, 06:30",
    ]
    assert restore.rows[0].accessibleDescription() == "After a session, 412 kB"
    assert not restore.put_back.isEnabled()
    restore.show_contents(BACKUPS[0].path, WHOLE)
    assert "212 sessions, 4000 sets and 1840 pain ratings. Last session: yesterday." in words(restore)
    with qtbot.waitSignal(restore.decided, timeout=0) as waited:
        QTest.keyClick(restore.rows[0], Qt.Key.Key_Return)
    assert waited.args == [BACKUPS[0].path]


def test_arrows_walk_the_list_and_keep_it_in_sight(restore: RestoreDialog) -> None:
    restore.show_contents(BACKUPS[0].path, WHOLE)
    for row in restore.rows[:-1]:
        QTest.keyClick(row, Qt.Key.Key_Down)
    settle()
    last = restore.rows[-1]
    assert last.isChecked()
    assert keyboard() is last
    assert not last.visibleRegion().isEmpty()
    assert not restore.put_back.isEnabled(), "this one is not looked into yet"
    restore.show_contents(BACKUPS[0].path, WHOLE)
    assert not restore.put_back.isEnabled(), "an answer about another one says nothing"
    restore.reject()


def test_a_backup_that_is_of_no_use_says_why_and_cannot_be_put_back(restore: RestoreDialog, qtbot: QtBot) -> None:
    restore.show_trouble(BACKUPS[0].path, "The backup is damaged.")
    assert "The backup is damaged." in words(restore)
    with qtbot.assertNotEmitted(restore.decided):
        QTest.keyClick(restore.rows[0], Qt.Key.Key_Return)
    restore.reject()


def test_a_copy_from_elsewhere_is_looked_into_like_the_others(restore: RestoreDialog, qtbot: QtBot) -> None:
    elsewhere = Path("/stick/old.sqlite3")
    restore.show_other(elsewhere)
    assert not any(row.isChecked() for row in restore.rows)
    assert restore.asked[-1] == elsewhere  # type: ignore[attr-defined]
    restore.show_contents(elsewhere, WHOLE)
    assert "old.sqlite3: 212 sessions" in words(restore)
    with qtbot.waitSignal(restore.decided, timeout=0) as waited:
        restore.put_back.click()
    assert waited.args == [elsewhere]


# --- all --------------------------------------------------------------------------------------------------------------

MADE: dict[str, Callable[[Look, QWidget], QWidget]] = {
    "export": lambda look, window: ExportDialog(look, WHOLE, window),
    "import": lambda look, window: ImportDialog(look, PREVIEW, TODAY, window),
    "erase": lambda look, window: EraseDialog(look, EXERCISES, (SATURDAY, TODAY), 12, window),
    "restore": lambda look, window: RestoreDialog(look, BACKUPS, NOW, "Backed up first.", window),
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("percent", [100, 200])
def test_dialogs_fit_the_smallest_window(look: Look, window: QWidget, name: str, percent: int) -> None:
    look.apply(Preferences(text_percent=percent))
    dialog = MADE[name](look, window)
    dialog.show()
    settle()
    assert dialog.height() <= 640
    assert dialog.width() <= 960
    assert faults(dialog) == []
    assert nameless(dialog) == []
    dialog.close()
