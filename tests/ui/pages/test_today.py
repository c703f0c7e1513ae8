"""Today: Start by key and mouse, the offer to go on, broken files, done today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from coach.ui.audit import spoken_name, tab_order
from coach.ui.pages.problems import ProblemsDialog
from coach.ui.pages.today import TodayPage
from coach.ui.pages.today_parts import ResumeCard
from coach.ui.room import room_for
from coach.ui.widgets.banner import Banner
from coach.ui.widgets.button import Kind
from tests.samples import shipped
from tests.ui.pages import states
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery


@pytest.fixture
def page(look: Look, gallery: Gallery, qtbot: QtBot) -> TodayPage:
    made = TodayPage(look, gallery)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.show()
    return made


def test_before_anything_is_known_the_page_stands_and_start_is_off(page: TodayPage) -> None:
    assert not page.card.start.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.card.exercise_tiles() == ()


def test_the_routine_is_shown_with_minutes_doses_and_times(page: TodayPage) -> None:
    page.render_state(states.today())
    shown = words(page)
    for text in (
        "Good morning",
        "Sunday 15 November",
        "Daily six",
        "13½ min",
        "2 × 10, both feet",
        "2:55",
        "7 sessions",
    ):
        assert text in shown
    assert [tile.text() for tile in page.card.exercise_tiles()] == [
        item.exercise.title for item in shipped().routines["daily_six"].items
    ]
    assert spoken_name(page.card.exercise_tiles()[1]) == "Calf raises, 2 × 10, both feet, 2:55"


@pytest.mark.parametrize(("hour", "greeting"), [(3, "evening"), (4, "morning"), (12, "afternoon"), (18, "evening")])
def test_the_greeting_follows_the_hour(page: TodayPage, hour: int, greeting: str) -> None:
    page.render_state(states.today(now=states.NOW.replace(hour=hour)))
    assert f"Good {greeting}" in words(page)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_starts(page: TodayPage, qtbot: QtBot, key: Qt.Key) -> None:
    page.render_state(states.today())
    with qtbot.waitSignal(page.start_requested, timeout=0):
        QTest.keyClick(page, key)


def test_a_click_starts_once(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.today())
    page.render_state(states.today())
    heard: list[int] = []
    page.start_requested.connect(lambda: heard.append(1))
    QTest.mouseClick(page.card.start, Qt.MouseButton.LeftButton)
    assert heard == [1]


def test_a_tile_opens_its_exercise(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.today())
    tile = page.card.exercise_tiles()[2]
    with qtbot.waitSignal(page.exercise_opened) as waited:
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert waited.args == ["single_leg_balance"]
    with qtbot.waitSignal(page.exercise_opened):
        QTest.keyClick(tile, Qt.Key.Key_Return)


def test_enter_on_a_tile_opens_it_and_does_not_start(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.today())
    with qtbot.assertNotEmitted(page.start_requested):
        QTest.keyClick(page.card.exercise_tiles()[0], Qt.Key.Key_Return)


def test_another_routine_is_chosen_from_a_menu(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.today())
    qtbot.waitActive(page)
    QTest.mouseClick(page.other, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [action.text().split("   ")[0] for action in menu.actions()]
    assert titles == [routine.title for routine in shipped().routines.values()]
    assert [action.isChecked() for action in menu.actions()].count(True) == 1
    with qtbot.waitSignal(page.routine_chosen) as waited:
        menu.actions()[1].trigger()
    assert waited.args == [list(shipped().routines)[1]]
    menu.close()


def test_done_today_offers_more_without_pressing_for_it(page: TodayPage) -> None:
    kinds = []
    for fortnight in (states.marks(0), states.marks(1)):
        page.render_state(states.today(fortnight=fortnight))
        kinds.append(page.card.start.kind)
        assert ("Done today" in words(page)) is (fortnight[-1].sessions > 0)
    assert kinds == [Kind.OUTLINE, Kind.PRIMARY]


def test_the_first_day_shows_no_gaps(page: TodayPage) -> None:
    page.render_state(states.today(fortnight=states.marks(), recent=()))
    shown = words(page)
    assert "Your first two weeks fill from here." in shown
    assert "no session" not in shown
    assert "Your sessions will be listed here." in shown


def test_the_fortnight_is_told_day_by_day(page: TodayPage) -> None:
    page.render_state(states.today(fortnight=states.marks(2)))
    said = page.fortnight.marks.accessibleDescription().split("; ")
    assert len(said) == 14
    assert said[-3] == "Fri 13 Nov, 1 session"
    assert said[-1] == "Sun 15 Nov, no session yet"
    assert said[0] == "Mon 2 Nov, no session"


def test_after_a_crash_going_on_comes_first(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.crash())
    (card,) = page.findChildren(ResumeCard)
    assert "3 of 11 sets done" in words(page)
    assert page.card.start.kind is Kind.OUTLINE
    with qtbot.waitSignal(page.resume_requested, timeout=0), qtbot.assertNotEmitted(page.start_requested):
        QTest.keyClick(page, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.resume_declined, timeout=0):
        QTest.mouseClick(card.end, Qt.MouseButton.LeftButton)


def test_broken_files_are_named_behind_a_link(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.crash())
    settle()
    (banner,) = (b for b in page.findChildren(Banner) if b.isVisibleTo(page))
    assert "1 exercise file could not be read." in spoken_name(banner)
    assert banner.link is not None
    QTest.mouseClick(banner.link, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(ProblemsDialog)
    assert "calf.toml, line 12, levels[0].sets: must be 1 to 10, is 99" in [
        label.text() for label in dialog.findChildren(QLabel)
    ]
    dialog.close()


def test_without_a_routine_the_page_says_so(page: TodayPage) -> None:
    page.render_state(states.today(routine=None, routines=()))
    assert not page.card.start.isEnabled()
    assert "No routine could be read." in words(page)


def test_a_diary_that_will_not_open_stops_start_and_offers_another_try(page: TodayPage, qtbot: QtBot) -> None:
    page.render_state(states.today())
    page.render_trouble("The disk is full.")
    assert "The disk is full." in words(page)
    assert words(page).count("Shown once your diary is open.") == 2
    assert not page.card.start.isEnabled()
    settle()
    (banner,) = (b for b in page.findChildren(Banner) if b.isVisibleTo(page))
    assert banner.link is not None
    with qtbot.waitSignal(page.retry_requested, timeout=0):
        QTest.mouseClick(banner.link, Qt.MouseButton.LeftButton)


def test_start_is_pinned_while_the_window_is_low(page: TodayPage) -> None:
    page.render_state(states.today())
    assert page.card.isAncestorOf(page.card.start)
    page.set_room(room_for(960, 640, 100))
    assert page.pinned.isVisible()
    assert page.pinned.isAncestorOf(page.card.start)
    page.set_room(room_for(1280, 800, 100))
    assert not page.pinned.isVisible()
    assert page.card.isAncestorOf(page.card.start)


def test_tab_goes_from_start_through_the_tiles(page: TodayPage) -> None:
    page.render_state(states.today())
    settle()
    names = [spoken_name(widget).split(",")[0] for widget in tab_order(page)]
    assert names[:2] == ["Do another routine", "Start"]
    assert names[2:] == [item.exercise.title for item in shipped().routines["daily_six"].items]
