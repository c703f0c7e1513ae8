"""How the program comes up: an empty window in its colour, then today's routine, then what the diary adds.

What is asked for before the diary is open is answered when it is, and an unfinished session comes first.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coach.app import _spare_sources, _tidy
from coach.bootstrap import open_core
from coach.domain.plan import plan_routine
from coach.domain.preferences import Preferences, ThemeChoice
from coach.errors import StorageError
from coach.services.coaching import Coaching
from coach.ui.conductor import Conductor
from coach.ui.hooks import FirstPaint
from coach.ui.pages.checkin import CheckInPage
from coach.ui.pages.today import TodayPage
from coach.ui.pages.today_parts import ResumeCard
from coach.ui.place import IniPlaces, Place, system_is_dark
from coach.ui.session.sound import SilentAnnouncer
from coach.ui.shell import TODAY, Shell
from coach.ui.widgets.banner import Banner
from coach.ui.window import Window
from tests import samples
from tests.ui.conftest import ASSETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from coach.bootstrap import Core
    from coach.storage.diary import SqlDiary
    from coach.ui.theme.look import Look
    from tests.fakes import FakeClock

READY = Preferences(theme=ThemeChoice.LIGHT, safety_accepted="2026-11-01T08:00:00+00:00", full_screen=False)
ZONE = "Europe/Berlin"


class PatientWorker:
    """Does the next job when it is told to."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None] | None]] = []

    def submit(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        self.jobs.append((job, done, failed))

    def step(self) -> None:
        job, done, failed = self.jobs.pop(0)
        try:
            result = job()
        except Exception as error:  # noqa: BLE001 - handed on, as the real one does
            assert failed is not None, "nobody asked to be told of an error"
            failed(error)
        else:
            done(result)

    def stop(self) -> bool:
        return True


@dataclass
class Computer:
    """The core of one person, whose diary opens, or does not, as the test wants."""

    core: Core
    worker: PatientWorker = field(default_factory=PatientWorker)
    opened: int = 0
    fault: StorageError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.core, name)

    def open_diary(self) -> SqlDiary:
        self.opened += 1
        if self.fault is not None:
            raise self.fault
        return self.core.open_diary()


@pytest.fixture
def computer(tmp_path: Path, clock: FakeClock) -> Computer:
    return Computer(replace(open_core(tmp_path / "person", clock), zone=lambda: ZONE))


@pytest.fixture
def window(look: Look, computer: Computer, qtbot: QtBot) -> Iterator[Conductor]:
    """The program with an empty window on the screen, before it reads anything."""
    shell = Shell()
    qtbot.addWidget(shell)
    shell.resize(1280, 800)
    shell.appear()
    qtbot.waitExposed(shell)
    made = Conductor(computer, look, computer.worker, SilentAnnouncer(), READY, assets=ASSETS, shell=shell)
    yield made
    made.close()
    while computer.worker.jobs:
        computer.worker.step()
    made.gallery.stop()
    made.deleteLater()


def today(window: Conductor) -> TodayPage:
    page = window.shell.page(TODAY)
    assert isinstance(page, TodayPage)
    return page


def show_routine(window: Conductor, computer: Computer, qtbot: QtBot) -> None:
    """Let the files be read and the page be painted."""
    with qtbot.waitSignal(window.live):
        window.load()
        computer.worker.step()
    window.gallery.stop()


def leave_a_session_open(core: Core) -> None:
    diary = core.open_diary()
    plan = plan_routine(samples.shipped().routines["daily_six"])
    Coaching(diary, core.clock, core.zone, core.new_ids()).start("daily_six", "Daily six", plan)
    diary.close()


def test_nobody_sees_the_window_being_furnished(window: Conductor, computer: Computer, qtbot: QtBot) -> None:
    assert window.shell.isVisible()
    assert not window.shell.sidebar.isVisible()
    show_routine(window, computer, qtbot)
    assert window.shell.sidebar.isVisible()
    assert len(today(window).card.exercise_tiles()) == 6


def test_files_that_take_long_do_not_keep_the_window_empty(window: Conductor, qtbot: QtBot) -> None:
    window.load()
    qtbot.waitUntil(window.shell.sidebar.isVisible)
    page = today(window)
    assert page.isVisible()
    assert not page.card.start.isEnabled()
    assert page.card.exercise_tiles() == ()


def test_the_routine_does_not_wait_for_the_diary(window: Conductor, computer: Computer, qtbot: QtBot) -> None:
    show_routine(window, computer, qtbot)
    page = today(window)
    assert page.card.start.isEnabled()
    assert page.hasFocus()
    assert computer.opened == 0
    with qtbot.waitSignal(window.complete, timeout=0):
        computer.worker.step()
    assert computer.opened == 1


def test_own_levels_are_shown_from_the_first_look(
    window: Conductor, computer: Computer, clock: FakeClock, qtbot: QtBot
) -> None:
    diary = computer.core.open_diary()
    Coaching(diary, clock, computer.core.zone, computer.core.new_ids()).set_level("calf_raise", 1)
    diary.close()
    show_routine(window, computer, qtbot)
    tiles = today(window).card.exercise_tiles()
    words = [tile.accessibleName() for tile in tiles]
    computer.worker.step()
    assert today(window).card.exercise_tiles() == tiles, "tiles that say the same are the same"
    assert [tile.accessibleName() for tile in tiles] == words
    assert window.levels == {"calf_raise": 1}


@pytest.mark.parametrize("how", ["key", "mouse", "try"])
def test_what_is_asked_for_before_the_diary_is_open_is_done_when_it_is(
    window: Conductor, computer: Computer, qtbot: QtBot, how: str
) -> None:
    show_routine(window, computer, qtbot)
    if how == "key":
        QTest.keyClick(window.shell.windowHandle(), Qt.Key.Key_Return)
    elif how == "mouse":
        QTest.mouseClick(today(window).card.start, Qt.MouseButton.LeftButton)
    else:
        window.try_exercise("calf_raise", 1)
    assert window.flow is None
    computer.worker.step()
    assert isinstance(window.shell.current, CheckInPage)


def test_an_unfinished_session_is_offered_instead_of_starting(
    window: Conductor, computer: Computer, qtbot: QtBot
) -> None:
    leave_a_session_open(computer.core)
    show_routine(window, computer, qtbot)
    QTest.keyClick(window.shell.windowHandle(), Qt.Key.Key_Return)
    computer.worker.step()
    assert window.flow is None
    assert window.shell.current is today(window)
    assert today(window).findChildren(ResumeCard)


@pytest.mark.expect_log("diary cannot be used")
def test_a_diary_that_cannot_be_opened_takes_start_back(window: Conductor, computer: Computer, qtbot: QtBot) -> None:
    computer.fault = StorageError("The diary is locked away.")
    show_routine(window, computer, qtbot)
    QTest.keyClick(window.shell.windowHandle(), Qt.Key.Key_Return)
    with qtbot.waitSignal(window.complete, timeout=0):
        computer.worker.step()
    assert not today(window).card.start.isEnabled()
    window.change_preferences(replace(READY, text_percent=125))
    assert not today(window).card.start.isEnabled(), "rendering anew does not forget the trouble"
    assert any("locked away" in banner.accessibleName() for banner in today(window).findChildren(Banner))


@pytest.mark.expect_log("diary cannot be used")
def test_another_try_opens_the_diary_and_starts_nothing_by_itself(
    window: Conductor, computer: Computer, qtbot: QtBot
) -> None:
    computer.fault = StorageError("The diary is locked away.")
    show_routine(window, computer, qtbot)
    QTest.keyClick(window.shell.windowHandle(), Qt.Key.Key_Return)
    computer.worker.step()
    computer.fault = None
    today(window).retry_requested.emit()
    computer.worker.step()
    assert window.flow is None
    assert window.shell.current is today(window)
    assert today(window).card.start.isEnabled()


def test_a_window_without_a_picture_opens_the_diary_all_the_same(look: Look, computer: Computer, qtbot: QtBot) -> None:
    made = Conductor(computer, look, computer.worker, SilentAnnouncer(), READY, assets=ASSETS)
    qtbot.addWidget(made.shell)
    made.load()
    computer.worker.step()
    computer.worker.step()
    assert made.found is not None
    made.close()
    computer.worker.step()
    made.deleteLater()


def test_the_colour_of_the_pages_is_remembered(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    places = IniPlaces(tmp_path / "window.ini")
    first = Shell(look, {}, places)
    qtbot.addWidget(first)
    first.show()
    first.close()
    again = Window(IniPlaces(tmp_path / "window.ini"))
    qtbot.addWidget(again)
    assert again.ground == look.theme.bg


@pytest.mark.parametrize("ground", ["", "red", "#12345", "#1234567", "url(x)"])
def test_a_colour_that_is_none_is_not_known(tmp_path: Path, qtbot: QtBot, ground: str) -> None:
    (tmp_path / "window.ini").write_text(f"[General]\nwindow=1 2 1280 800 0\nground={ground} light\n", "utf-8")
    window = Window(IniPlaces(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    assert window.ground == ""


def test_a_colour_of_the_other_kind_of_desktop_is_not_trusted(tmp_path: Path, qtbot: QtBot) -> None:
    places = IniPlaces(tmp_path / "window.ini")
    places.save(Place(1, 2, 1280, 800, ground="#F5F1EA", dark=not system_is_dark()))
    window = Window(places)
    qtbot.addWidget(window)
    assert window.ground == ""


def test_a_dark_desktop_is_known_by_its_palette(qapp: QApplication) -> None:
    before = qapp.palette()
    palette = qapp.palette()
    try:
        for color, dark in (("#101010", True), ("#F0F0F0", False)):
            palette.setColor(QPalette.ColorRole.Window, QColor(color))
            qapp.setPalette(palette)
            assert system_is_dark() is dark
    finally:
        qapp.setPalette(before)


def test_a_window_that_was_maximized_comes_back_maximized(tmp_path: Path, qtbot: QtBot) -> None:
    places = IniPlaces(tmp_path / "window.ini")
    places.save(Place(40, 30, 1000, 700, maximized=True))
    window = Window(places)
    qtbot.addWidget(window)
    window.appear()
    assert window.isMaximized()
    window.close()
    kept = places.load()
    assert kept is not None
    assert kept.maximized


def test_pyside_reads_no_source_of_what_is_imported() -> None:
    code = "import linecache; from coach.app import make_application; make_application(); import coach.ui.shell, wave"
    command = [sys.executable, "-c", f"{code}; print(len(linecache.cache))"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "0\n"


def test_another_pyside_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys.modules["shibokensupport.feature"], "_mod_uses_pyside")
    _spare_sources()
    assert not hasattr(sys.modules["shibokensupport.feature"], "_mod_uses_pyside")
    monkeypatch.setitem(sys.modules, "shibokensupport.feature", None)  # as where there is no such module
    _spare_sources()


def test_garbage_is_searched_for_again_when_the_start_is_over() -> None:
    try:
        gc.disable()
        _tidy()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.enable()
        gc.unfreeze()


def test_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    told: list[str] = []
    FirstPaint(window, lambda: told.append("painted"))
    assert told == []
    window.show()
    qtbot.waitUntil(lambda: told == ["painted"])
    window.repaint()
    QApplication.processEvents()
    assert told == ["painted"]
