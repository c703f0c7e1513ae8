"""Trouble with folder, diary and disk, as the person meets it: one plain message, and nothing is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QRadioButton

from coach.domain.records import Outcome
from coach.errors import KnownError
from coach.storage.diary import SqlDiary
from coach.ui.widgets.banner import Banner
from coach.ui.widgets.button import Button
from coach.ui.widgets.scale import EffortScale
from coach.ui.widgets.toast import Toast
from tests.journeys import eyes, hands
from tests.journeys.plans import as_logged, as_planned, daily_six
from tests.storage.conftest import FILE, pragma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from tests.journeys.desk import Desk


PLAN = daily_six("left", "left", "left", "left", "left")
UNSAVED = "Not everything is saved yet"


class Disk:
    """The disk under the diary, which may be full."""

    full = False


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """A disk that refuses every write of the diary while it is full, in SQLite's own way."""
    made, write = Disk(), SqlDiary._writing

    @contextmanager
    def writing(diary: SqlDiary) -> Iterator[Connection]:
        with write(diary) as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={1 if made.full else 1_000_000}")
            if made.full:
                connection.exec_driver_sql("CREATE TABLE no_room (anything)")
            yield connection

    monkeypatch.setattr(SqlDiary, "_writing", writing)
    return made


def diary_of(desk: Desk) -> SqlDiary:
    """The diary that the window holds open."""
    diary = desk.window.keeper.diary
    assert diary is not None
    return diary  # type: ignore[return-value] # the real adapter gives the real one


def begun(desk: Desk) -> bool:
    """Whether a session is on the screen."""
    return desk.guiding


def banner(desk: Desk) -> str:
    """What the banner over the session says, or nothing."""
    return " ".join(label.text() for found in eyes.shown(Banner) for label in found.findChildren(QLabel))


def until_the_disk_is_full(desk: Desk, disk: Disk) -> int:
    """Go on until a set could not be kept, in the middle of the session; how many are on disk."""
    desk.wait_for("calf_stretch")
    disk.full = True
    desk.wait_until(lambda: bool(desk.session.unsaved))
    return len(desk.logged()[0].sets)


# --- the folder -------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_none_is_refused_in_one_sentence(desk: Desk) -> None:
    desk.folder.write_text("a file stands here", encoding="utf-8")
    with pytest.raises(KnownError, match=r"cannot be used for your data.*choose another folder"):
        desk.open()


def test_settings_that_cannot_be_written_are_told_and_apply_all_the_same(practised: Desk) -> None:
    window = practised.open()
    settings = practised.folder / "settings.toml"
    settings.unlink()
    settings.mkdir()  # whoever may write everywhere may still not write a file over a folder
    hands.press("Ctrl+,")
    hands.click("Look")
    light = window.look.theme.bg
    hands.click("Dark", QRadioButton)
    practised.settle()
    assert window.look.theme.bg != light
    assert "could not be saved" in eyes.words()


# --- the diary --------------------------------------------------------------------------------------------------------


@pytest.mark.expect_log("the diary cannot be used: StorageError")
def test_fault_06_a_folder_in_the_diarys_place_is_one_plain_message(practised: Desk) -> None:
    practised.settings()
    (practised.folder / FILE).mkdir()
    practised.open()
    text = eyes.words()
    assert "Your diary could not be opened." in text
    assert "is a folder" in text
    assert not eyes.find("Start", Button).isEnabled()
    hands.press("Enter")
    assert not practised.window.flow  # nothing can be begun, since nothing would be kept
    hands.press("Ctrl+3")
    hands.click("Calf raises")
    assert "Your level" in eyes.words()
    hands.click("Try it now")
    assert not practised.window.flow
    assert "is a folder" in eyes.words()
    hands.press("Ctrl+,")
    assert "Session and voice" in eyes.words()


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_fault_03_a_diary_that_is_none_is_left_alone_and_said_so(practised: Desk) -> None:
    practised.settings()
    file = practised.folder / FILE
    file.write_bytes(b"this is no diary" * 512)
    practised.open()
    text = eyes.words()
    assert "Your diary cannot be opened" in text
    assert "There is no backup yet." in text
    hands.press("Enter")
    assert not practised.window.flow
    assert file.read_bytes() == b"this is no diary" * 512
    hands.press("Ctrl+3")
    hands.click("Calf raises")
    hands.click("Try it now")
    assert not practised.window.flow


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_trying_again_works_once_the_diary_is_back(practised: Desk) -> None:
    practised.open()
    practised.close()
    file = practised.folder / FILE
    good = file.read_bytes()
    file.write_bytes(b"this is no diary" * 512)
    practised.open()
    hands.click("Try again")
    assert "Your diary cannot be opened" in eyes.words()
    file.write_bytes(good)
    hands.click("Try again")
    practised.settle()
    assert "Your diary cannot be opened" not in eyes.words()
    hands.press("Ctrl+1", "Enter")
    hands.click("Nothing hurts")
    assert practised.guiding


def test_a_diary_in_use_by_another_program_keeps_the_session_going(practised: Desk) -> None:
    practised.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    pragma(diary_of(practised), "busy_timeout=1")
    with closing(sqlite3.connect(practised.folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        practised.wait_until(lambda: bool(practised.session.unsaved))
        assert "in use by another program" in banner(practised)
        other.execute("ROLLBACK")
    hands.click("Try again")
    practised.settle()
    assert banner(practised) == ""
    practised.wait_for_end()
    assert as_logged(practised.logged()[0].sets) == as_planned(PLAN)


# --- the disk ---------------------------------------------------------------------------------------------------------


def test_a_full_disk_is_said_the_session_goes_on_and_the_next_set_tries_again(guided: Desk, disk: Disk) -> None:
    kept = until_the_disk_is_full(guided, disk)
    assert "1 set is not saved yet." in banner(guided)
    assert "disk is full" in banner(guided)
    begun = guided.clock.monotonic()
    guided.wait_until(lambda: len(guided.session.unsaved) == 2)
    assert guided.clock.monotonic() > begun
    assert "2 sets are not saved yet." in banner(guided)
    assert len(guided.logged()[0].sets) == kept
    disk.full = False
    guided.wait_until(lambda: not guided.session.unsaved)
    assert banner(guided) == ""
    guided.wait_for_end()
    hands.press("Enter")
    guided.settle()
    (session,) = guided.logged()
    assert sorted(as_logged(session.sets), key=str) == sorted(as_planned(PLAN), key=str)
    assert session.end is not None
    assert session.end.outcome is Outcome.COMPLETED


def test_trying_again_by_hand_keeps_what_was_not_saved(guided: Desk, disk: Disk) -> None:
    kept = until_the_disk_is_full(guided, disk)
    hands.click("Try again")
    assert "disk is full" in banner(guided)
    disk.full = False
    hands.click("Try again")
    guided.settle()
    assert banner(guided) == ""
    assert len(guided.logged()[0].sets) == kept + 1


def test_a_disk_that_stays_full_to_the_end_asks_and_loses_nothing(guided: Desk, disk: Disk) -> None:
    kept = until_the_disk_is_full(guided, disk)
    guided.wait_until(lambda: UNSAVED in eyes.words())
    assert len(guided.logged()[0].sets) == kept
    hands.press("Enter")  # the safe answer: try again
    guided.settle()
    assert UNSAVED in eyes.words()
    disk.full = False
    hands.press("Enter")
    guided.settle()
    assert "Session done" in eyes.words()
    (session,) = guided.logged()
    assert sorted(as_logged(session.sets), key=str) == sorted(as_planned(PLAN), key=str)
    assert session.end is not None
    assert session.end.outcome is Outcome.COMPLETED


def test_the_window_cannot_be_closed_over_what_is_not_saved(guided: Desk, disk: Disk) -> None:
    until_the_disk_is_full(guided, disk)
    guided.wait_until(lambda: UNSAVED in eyes.words())
    hands.close_window(guided.window.shell)
    assert guided.window.shell.isVisible()
    disk.full = False
    hands.press("Enter")
    guided.settle()
    assert len(guided.logged()[0].sets) == len(PLAN)


def test_answers_after_a_session_that_cannot_be_kept_stay_on_the_page(guided: Desk, disk: Disk) -> None:
    guided.wait_for_end()
    hands.tab_to("Note")
    hands.write("stairs next time")
    hands.click(eyes.shown(EffortScale)[0].cell(3))
    disk.full = True
    hands.click("Done")
    guided.settle()
    assert "disk is full" in eyes.words()
    assert eyes.shown(EffortScale)[0].value == 3
    disk.full = False
    hands.click("Done")
    guided.settle()
    assert eyes.sees("Done today", QLabel)
    (session,) = guided.logged()
    assert session.end is not None
    assert (session.end.effort, session.end.note) == (3, "stairs next time")


def test_a_session_that_cannot_be_begun_says_so_and_keeps_the_answers(practised: Desk, disk: Disk) -> None:
    practised.open()
    disk.full = True
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.settle()
    assert "disk is full" in eyes.words()
    assert not begun(practised)
    disk.full = False
    hands.click(eyes.shown(Toast)[0])  # read; it goes away
    assert not eyes.shown(Toast)
    hands.click("Save and go on")
    practised.settle()
    assert begun(practised)
    assert len(practised.logged()[0].pain) > 10
