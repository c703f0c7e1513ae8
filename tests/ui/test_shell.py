"""The window: pages made when opened, keys, sidebar and rail, taking over, closing, its place on the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.audit import spoken_name, tab_order
from coach.ui.help import KeysDialog
from coach.ui.place import IniPlaces, Place, fit
from coach.ui.room import CONTENT_MAX, MIN_SIZE, room_for
from coach.ui.shell import EXERCISES, SETTINGS, TODAY, Shell
from coach.ui.widgets.button import Button
from coach.ui.widgets.page import Page
from tests.ui.pages.seeing import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

SCREEN = QRect(0, 0, 1920, 1080)


class Shelf:
    """Remembers a place in memory."""

    def __init__(self, place: Place | None = None) -> None:
        self.place = place

    def load(self) -> Place | None:
        return self.place

    def save(self, place: Place) -> None:
        self.place = place


class Plain(Page):
    """A page with one button."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.button = Button(look, name)
        self.column.addWidget(self.button)
        self.times_entered = 0

    def entered(self) -> None:
        self.times_entered += 1


@pytest.fixture
def made() -> list[str]:
    """The pages that were made, in order."""
    return []


@pytest.fixture
def shell(look: Look, qtbot: QtBot, made: list[str]) -> Shell:
    def maker(name: str) -> Page:
        made.append(name)
        return Plain(look, name)

    makers = {name: partial(maker, name) for name in (TODAY, EXERCISES, SETTINGS)}
    window = Shell(look, makers, Shelf())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitActive(window)
    return window


def test_pages_are_made_when_they_are_opened(shell: Shell, made: list[str]) -> None:
    assert made == []
    shell.open(TODAY)
    assert made == [TODAY]
    shell.open(SETTINGS)
    shell.open(TODAY)
    assert made == [TODAY, SETTINGS]
    assert not shell.has_page(EXERCISES)


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_1, TODAY), (Qt.Key.Key_3, EXERCISES), (Qt.Key.Key_Comma, SETTINGS)]
)
def test_control_and_a_number_open_a_page(shell: Shell, qtbot: QtBot, key: Qt.Key, page: str) -> None:
    with qtbot.waitSignal(shell.page_shown) as waited:
        QTest.keyClick(shell.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)
    assert waited.args == [page]
    assert shell.open_page == page
    assert isinstance(shell.current, Plain)
    assert shell.current.times_entered == 1


def test_the_sidebar_opens_pages_and_marks_the_open_one(shell: Shell) -> None:
    shell.open(TODAY)
    QTest.mouseClick(shell.sidebar.item(EXERCISES), Qt.MouseButton.LeftButton)
    assert shell.open_page == EXERCISES
    assert shell.sidebar.item(EXERCISES).isChecked()
    assert not shell.sidebar.item(TODAY).isChecked()
    QTest.keyClick(shell.sidebar.item(SETTINGS), Qt.Key.Key_Return)
    assert shell.open_page == SETTINGS


def test_only_pages_that_exist_have_a_row(shell: Shell, look: Look, qtbot: QtBot) -> None:
    names = [spoken_name(stop) for stop in tab_order(shell.sidebar)]
    assert names == ["Today", "Exercises", "Settings"]
    alone = Shell(look, {TODAY: lambda: Plain(look, "only")})
    qtbot.addWidget(alone)
    assert [spoken_name(stop) for stop in tab_order(alone.sidebar)] == ["Today"]


@pytest.mark.parametrize(("width", "percent", "rail"), [(1280, 100, False), (1000, 100, True), (1280, 150, True)])
def test_the_sidebar_becomes_a_rail(shell: Shell, look: Look, width: int, percent: int, rail: bool) -> None:
    shell.open(TODAY)
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    shell.resize(width, 800)
    item = shell.sidebar.item(TODAY)
    assert (shell.sidebar.width() < 120) is rail
    assert bool(item.toolTip()) is rail
    assert spoken_name(item) == "Today"


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_f1_and_question_mark_list_the_keys(shell: Shell, key: Qt.Key) -> None:
    QTest.keyClick(shell.windowHandle(), key)
    (dialog,) = shell.findChildren(KeysDialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "It hurts" in texts
    assert "Search the exercises" in texts
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_detail_keeps_its_section_marked(shell: Shell, look: Look) -> None:
    shell.open(TODAY)
    detail = Plain(look, "detail")
    shell.open_inside(detail, EXERCISES)
    assert shell.current is detail
    assert shell.sidebar.item(EXERCISES).isChecked()
    shell.open(TODAY)
    shell.drop(detail)
    assert isinstance(shell.current, Plain)


def test_a_session_takes_the_whole_window_and_its_keys(shell: Shell) -> None:
    shell.open(TODAY)
    session = QWidget()
    QVBoxLayout(session)
    shell.take_over(session)
    settle()
    assert session.size() == shell.size()
    assert not shell.sidebar.isVisible()
    QTest.keyClick(shell.windowHandle(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert shell.open_page == TODAY
    shell.release(session)
    assert shell.sidebar.isVisible()


def test_closing_during_a_session_asks_first(shell: Shell, qtbot: QtBot) -> None:
    shell.hold_open = True
    with qtbot.waitSignal(shell.close_requested, timeout=0), qtbot.assertNotEmitted(shell.closed):
        shell.close()
    assert shell.isVisible()
    shell.hold_open = False
    with qtbot.waitSignal(shell.closed, timeout=0):
        shell.close()
    assert not shell.isVisible()


def test_ctrl_z_takes_back_what_the_toast_says(shell: Shell) -> None:
    undone: list[int] = []
    shell.toast.show_message("Saved", lambda: undone.append(1))
    QTest.keyClick(shell.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shell.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_a_larger_text_reaches_open_pages(shell: Shell, look: Look) -> None:
    shell.open(TODAY)
    page = shell.page(TODAY)
    assert page.room.columns == 2
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=200))
    assert (page.room.columns, page.room.percent) == (1, 200)


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_the_ground_stays_in_the_theme_through_every_change(shell: Shell, look: Look, theme: ThemeChoice) -> None:
    for percent in (100, 125, 150, 100):
        look.apply(Preferences(theme=theme, text_percent=percent))
        assert shell.palette().color(QPalette.ColorRole.Window).name() == look.theme.bg.lower()


def test_a_page_that_only_holds_the_keys_wears_no_ring(shell: Shell) -> None:
    QTest.keyClick(shell, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert shell.focusWidget() is shell.page(TODAY)
    assert shell.ring.target is None
    QTest.keyClick(shell, Qt.Key.Key_Tab)
    assert shell.ring.target is not None


def test_a_dialog_opened_by_a_key_shows_where_the_keyboard_is(shell: Shell, qtbot: QtBot) -> None:
    shell.open(TODAY)
    QTest.keyClick(shell, Qt.Key.Key_F1)
    (keys,) = shell.findChildren(KeysDialog)
    qtbot.waitActive(keys)
    qtbot.waitUntil(lambda: keys.ring.target is keys.close_button)


def test_the_place_is_kept_on_closing(look: Look, qtbot: QtBot) -> None:
    shelf = Shelf(Place(40, 30, 1000, 700))
    window = Shell(look, {}, shelf)
    qtbot.addWidget(window)
    window.show()
    window.resize(1020, 710)
    window.close()
    assert shelf.place is not None
    assert (shelf.place.width, shelf.place.height) == (1020, 710)


@pytest.mark.parametrize("place", [Place(10, 20, 1280, 800), Place(-200, 0, 1000, 700), Place(1500, 900, 960, 640)])
def test_a_place_that_can_be_reached_is_kept(place: Place) -> None:
    assert fit(place, [SCREEN]) == place


@pytest.mark.parametrize(
    "place",
    [
        Place(2500, 100, 1280, 800),
        Place(-1270, 100, 1280, 800),
        Place(100, -500, 1280, 800),
        Place(100, 1075, 1280, 800),
        Place(0, 0, 1280, 3000),
    ],
)
def test_a_place_off_the_screen_is_moved_back(place: Place) -> None:
    moved = fit(place, [SCREEN])
    assert SCREEN.contains(moved.rect)
    assert moved.width == place.width


def test_a_second_screen_counts_while_it_is_there() -> None:
    place = Place(2200, 100, 1280, 800)
    second = QRect(1920, 0, 1920, 1080)
    assert fit(place, [SCREEN, second]) == place
    assert fit(place, [SCREEN]) != place


def test_the_window_is_never_larger_than_a_small_screen() -> None:
    small = QRect(0, 0, 800, 600)
    assert small.contains(fit(None, [small]).rect)
    assert small.contains(fit(Place(5000, 0, 1920, 1080), [small]).rect)


def test_without_a_screen_there_is_still_a_place() -> None:
    assert (fit(None, []).width, fit(None, []).height) == (1280, 800)


def test_the_place_survives_in_its_file(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    assert IniPlaces(path).load() is None
    place = Place(-5, 7, 1280, 800, maximized=True)
    IniPlaces(path).save(place)
    assert IniPlaces(path).load() == place


def test_the_file_of_the_place_is_replaced_in_one_step(tmp_path: Path) -> None:
    """Qt writes it, and does so beside it first; and whatever is wrong with it costs no more than the place."""
    assert IniPlaces(tmp_path / "window.ini")._settings.isAtomicSyncRequired()


@pytest.mark.parametrize("text", ["", "1 2 3", "a b c d e", "1 2 0 4 0", "1 2 3 -4 0", "1 2 3 4 5 6"])
def test_an_unreadable_place_counts_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "window.ini"
    path.write_text(f"[General]\nwindow={text}\n", encoding="utf-8")
    assert IniPlaces(path).load() is None


@pytest.mark.parametrize(
    ("size", "percent", "rail", "columns", "pinned"),
    [
        ((1280, 800), 100, False, 2, False),
        ((1040, 800), 100, False, 2, False),
        ((1039, 740), 100, True, 2, False),
        (MIN_SIZE, 100, True, 2, True),
        (MIN_SIZE, 200, True, 1, True),
        ((1280, 800), 200, True, 1, True),
        ((1920, 1080), 200, True, 1, True),
        ((1920, 1080), 100, False, 2, False),
    ],
)
def test_room_follows_the_design(size: tuple[int, int], percent: int, rail: bool, columns: int, pinned: bool) -> None:
    room = room_for(*size, percent)
    assert (room.rail, room.columns, room.pinned) == (rail, columns, pinned)
    assert room.content <= CONTENT_MAX
