"""A diary that is destroyed while the program is closed: the history is back in three clicks, by mouse and by keyboard.

Until `coach.bootstrap` hands out the real rescue, `standing_in` puts a stand-in around the real adapters; without that
fixture the journeys are the same.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel

from coach.bootstrap import fill_with_demo
from coach.errors import Damage, DamagedDiaryError
from coach.services.keeping import BackupReason, Contents
from coach.ui.widgets.button import Button
from tests.fakes import START, FakeArchive, FakeRescue, backup
from tests.journeys import eyes, hands
from tests.keeping import Kept
from tests.storage.conftest import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.bootstrap import Core
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


HARM: dict[str, tuple[Callable[[Path], None], Damage]] = {
    "random bytes": (random_bytes, Damage.FOREIGN),
    "0 bytes": (no_bytes, Damage.EMPTY),
    "half length": (half, Damage.BROKEN),
    "a foreign database": (foreign, Damage.FOREIGN),
    "no file": (removed, Damage.MISSING),
}
WAYS = ["mouse", "keyboard"]


class Judged(Kept):
    """Sees damage as the real opening does."""

    damage = Damage.BROKEN

    def anew(self, file: Path) -> bool:
        """Whether a new diary was asked for."""
        return ("start_anew",) in self.rescue_.asked and not file.exists()

    def open_diary(self) -> Any:
        """Open the diary where it is one."""
        file = self.folder / FILE
        if not self.anew(file) and not _is_diary(file):
            raise DamagedDiaryError(f"The diary {self.folder / FILE} cannot be opened.", self.damage)
        return super().open_diary()


def _is_diary(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}
            return "sessions" in tables and opened.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.Error:
        return False


@pytest.fixture
def standing_in(practised: Desk) -> Judged:
    """Archive and rescue until the real ones are there."""
    return Judged(practised.core, FakeArchive(practised.clock), FakeRescue(place=practised.folder / FILE))


@pytest.fixture
def lived(practised: Desk, standing_in: Judged) -> Desk:
    """Somebody with ten days of history and a backup of it."""
    fill_with_demo(practised.core, DAYS)
    practised.around = lambda _core: standing_in
    keep_a_backup(practised.core, standing_in)
    return practised


def keep_a_backup(core: Core, standing_in: Judged) -> None:
    """As it is made after a session; with the real archive `diary.archive.back_up(BackupReason.SESSION)` is all."""
    made = backup(START - timedelta(hours=12), str(core.folder / "copy.sqlite3"), BackupReason.SESSION)
    with closing(sqlite3.connect(core.folder / FILE)) as live, closing(sqlite3.connect(made.path)) as copy:
        live.backup(copy)
        rows = live.execute("SELECT count(*) FROM sessions").fetchone()[0]
    standing_in.rescue_.inside[made] = Contents({"sessions": rows, "pain_ratings": 12})


def destroy(desk: Desk, harm: str, standing_in: Judged) -> None:
    """What happens to the file while the program is closed."""
    hurt, standing_in.damage = HARM[harm]
    for log in desk.folder.glob(f"{FILE}-*"):
        log.unlink()
    hurt(desk.folder / FILE)


def press(way: str, name: str) -> None:
    """One click, or one key for the main action of the page."""
    if way == "mouse":
        hands.click(name)
    else:
        hands.press("Enter")


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("harm", HARM)
def test_the_history_is_back_in_two_clicks(lived: Desk, standing_in: Judged, harm: str, way: str) -> None:
    before = lived.logged()
    assert before
    destroy(lived, harm, standing_in)
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
def test_the_same_where_the_disk_works_in_its_own_thread(lived: Desk, standing_in: Judged) -> None:
    before = lived.logged()
    destroy(lived, "random bytes", standing_in)
    lived.open()
    lived.settle()
    hands.press("Enter")
    lived.settle()
    hands.press("Enter")
    lived.settle()
    assert eyes.sees("Done lately", QLabel)
    assert lived.logged() == before


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_another_copy_is_chosen_by_keyboard(lived: Desk, standing_in: Judged) -> None:
    before = lived.logged()
    destroy(lived, "half length", standing_in)
    lived.open()
    hands.tab_to("Choose another copy")
    hands.press("Enter")
    assert "Restore a backup" in eyes.words()
    hands.press("Enter")
    lived.settle()
    assert "Your diary is back" in eyes.words()
    assert lived.logged() == before


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_what_stood_in_the_diarys_place_is_kept(lived: Desk, standing_in: Judged) -> None:
    destroy(lived, "random bytes", standing_in)
    damaged = (lived.folder / FILE).read_bytes()
    lived.open()
    hands.press("Enter")
    lived.settle()
    kept = [file for file in lived.folder.rglob("*") if file.is_file() and file.read_bytes() == damaged]
    assert len(kept) == 1


@pytest.mark.expect_log("the diary cannot be used: DamagedDiaryError")
def test_starting_anew_keeps_everything_and_begins_with_nothing(lived: Desk, standing_in: Judged) -> None:
    destroy(lived, "random bytes", standing_in)
    damaged = (lived.folder / FILE).read_bytes()
    lived.open()
    hands.tab_to("Start a new diary")
    hands.press("Enter")
    assert "Start a new diary?" in eyes.words()
    hands.click("Start a new diary")
    lived.settle()
    assert lived.logged() == ()
    assert any(file.is_file() and file.read_bytes() == damaged for file in lived.folder.rglob("*"))
