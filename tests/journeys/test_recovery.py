"""A diary that is destroyed while the program is closed: the history is back in two clicks, or keys."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from coach.bootstrap import fill_with_demo
from coach.services.keeping import BackupReason
from coach.ui.widgets.button import Button
from tests.fakes import START
from tests.journeys import eyes, hands
from tests.storage.conftest import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.journeys.desk import Desk

DAYS = 10


def random_bytes(file: Path) -> None:
    file.write_bytes(random.Random(5).randbytes(file.stat().st_size))


def no_bytes(file: Path) -> None:
    file.write_bytes(b"")


def half(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


def foreign(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE holidays (place)")


def removed(file: Path) -> None:
    file.unlink()


HARM: dict[str, Callable[[Path], None]] = {
    "random bytes": random_bytes,
    "0 bytes": no_bytes,
    "half length": half,
    "a foreign database": foreign,
    "no file": removed,
}
WAYS = ["mouse", "keyboard"]


@pytest.fixture
def lived(practised: Desk) -> Desk:
    """Somebody with ten days of history, which was backed up yesterday evening."""
    fill_with_demo(practised.core, DAYS)
    practised.clock.set_now(START - timedelta(hours=12))
    with closing(practised.core.open_diary()) as diary:
        diary.archive.back_up(BackupReason.SESSION)
    practised.clock.set_now(START)
    return practised


def destroy(desk: Desk, harm: str) -> bytes:
    """What happens to the file while the program is closed; what is in its place now."""
    file = desk.folder / FILE
    HARM[harm](file)
    return file.read_bytes() if file.exists() else b""


def press(way: str, name: str) -> None:
    """One click, or one key for the main action of the page."""
    if way == "mouse":
        hands.click(name)
    else:
        hands.press("Enter")


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("harm", HARM)
def test_the_history_is_back_in_two_clicks(lived: Desk, harm: str, way: str) -> None:
    before = lived.logged()
    assert before
    destroy(lived, harm)
    lived.open()
    assert eyes.sees("Restore this copy", Button)
    press(way, "Restore this copy")
    lived.settle()
    assert "Your diary is back, from yesterday’s copy" in eyes.words()
    press(way, "Continue")
    lived.settle()
    assert eyes.sees("Done lately", QLabel)
    assert before[0].start.routine_title in eyes.words()
    assert lived.logged() == before


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
@pytest.mark.parametrize("desk", ["thread"], indirect=True)
def test_the_same_where_the_disk_works_in_its_own_thread(lived: Desk) -> None:
    before = lived.logged()
    destroy(lived, "random bytes")
    lived.open()
    lived.settle()
    hands.press("Enter")
    lived.settle()
    hands.press("Enter")
    lived.settle()
    assert eyes.sees("Done lately", QLabel)
    assert lived.logged() == before


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_another_copy_is_chosen_by_keyboard(lived: Desk) -> None:
    before = lived.logged()
    destroy(lived, "half length")
    lived.open()
    hands.tab_to("Choose another copy")
    hands.press("Enter")
    assert "Restore a backup" in eyes.words()
    hands.press("Enter")
    lived.settle()
    assert "Your diary is back" in eyes.words()
    assert lived.logged() == before


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_what_stood_in_the_diarys_place_is_kept(lived: Desk) -> None:
    damaged = destroy(lived, "random bytes")
    lived.open()
    hands.press("Enter")
    lived.settle()
    kept = [file for file in lived.folder.rglob("*") if file.is_file() and file.read_bytes() == damaged]
    assert len(kept) == 1


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_starting_anew_keeps_everything_and_begins_with_nothing(lived: Desk) -> None:
    damaged = destroy(lived, "random bytes")
    lived.open()
    hands.tab_to("Start a new diary")
    hands.press("Enter")
    assert "Start a new diary?" in eyes.words()
    hands.click("Start a new diary")
    lived.settle()
    assert lived.logged() == ()
    assert any(file.is_file() and file.read_bytes() == damaged for file in lived.folder.rglob("*"))
