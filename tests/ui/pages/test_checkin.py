"""The pain check-in: two views of one model, nothing pre-filled, one tap where nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from coach.domain.pain import Area, BodySide, Region
from coach.ui.audit import spoken_name, tab_order
from coach.ui.pages.checkin import CheckInPage
from coach.ui.pages.checkin_model import ALL_AREAS, CheckIn, LastRating
from coach.ui.room import room_for
from tests.ui.pages.seeing import settle, words
from tests.ui.pages.states import BACK, HEEL

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

LAST = {BACK: LastRating(2, "yesterday"), HEEL: LastRating(3, "yesterday")}
KNEE = Area(Region.KNEE, BodySide.LEFT)


def open_page(look: Look, qtbot: QtBot, *active: Area) -> CheckInPage:
    page = CheckInPage(look, active, LAST)
    qtbot.addWidget(page)
    page.resize(1068, 800)
    page.set_room(room_for(1280, 800, 100))
    page.show()
    qtbot.waitActive(page)
    page.entered()
    return page


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> CheckInPage:
    """Heel and back hurt lately."""
    return open_page(look, qtbot, BACK, HEEL)


@pytest.fixture
def fresh(look: Look, qtbot: QtBot) -> CheckInPage:
    """Nothing ever hurt."""
    return open_page(look, qtbot)


def test_there_are_eight_regions_and_a_centre_for_the_back_only() -> None:
    assert len(ALL_AREAS) == 17
    assert [area.region for area in ALL_AREAS if area.side is BodySide.CENTRE] == [Region.LOW_BACK]


def test_nothing_is_filled_in(page: CheckInPage) -> None:
    assert page.model.answers == ()
    assert page.scale.value is None
    assert not page.save.isEnabled()
    assert "0 of 2 answered" in words(page)
    assert "yesterday 2" in words(page)


def test_no_change_takes_one_tap(page: CheckInPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.saved) as waited:
        QTest.keyClick(page.list.cells[BACK], Qt.Key.Key_N)
    assert dict(waited.args[0]) == {BACK: 2, HEEL: 3}


def test_no_change_is_off_without_an_earlier_answer(look: Look, qtbot: QtBot) -> None:
    page = open_page(look, qtbot, BACK, KNEE)
    assert not page.no_change.isEnabled()
    with qtbot.assertNotEmitted(page.saved):
        QTest.keyClick(page, Qt.Key.Key_N)


def test_areas_that_hurt_lately_are_required(page: CheckInPage, qtbot: QtBot) -> None:
    assert not page.skip.isVisible()
    QTest.keyClick(page, Qt.Key.Key_4)
    assert not page.save.isEnabled()
    with qtbot.assertNotEmitted(page.saved):
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.next.click()
    assert page.model.current == HEEL
    QTest.keyClick(page, Qt.Key.Key_0)
    with qtbot.waitSignal(page.saved) as waited:
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dict(waited.args[0]) == {BACK: 4, HEEL: 0}


def test_nothing_hurts_has_to_be_said_and_means_zero(fresh: CheckInPage, qtbot: QtBot) -> None:
    assert not fresh.save.isEnabled()
    with qtbot.waitSignal(fresh.saved) as waited:
        QTest.mouseClick(fresh.nothing, Qt.MouseButton.LeftButton)
    assert dict(waited.args[0]) == dict.fromkeys(ALL_AREAS, 0)


def test_opening_the_page_picks_no_area(fresh: CheckInPage) -> None:
    assert fresh.list.cells[ALL_AREAS[0]].hasFocus()
    assert fresh.model.current is None
    assert "Pick an area" in words(fresh)
    assert not fresh.scale.isEnabled()
    QTest.keyClick(fresh.list.cells[ALL_AREAS[0]], Qt.Key.Key_Down)
    assert fresh.model.current == ALL_AREAS[0]


def test_a_digit_at_once_rates_the_area_with_the_focus_ring(fresh: CheckInPage) -> None:
    QTest.keyClick(fresh, Qt.Key.Key_4)
    assert fresh.model.answers == ((fresh.list.first, 4),)


def test_space_picks_the_area_with_the_focus_ring(fresh: CheckInPage) -> None:
    QTest.keyClick(fresh, Qt.Key.Key_Space)
    assert fresh.model.current == fresh.list.first
    assert fresh.model.answers == ()


def test_skipping_is_offered_where_nothing_is_required(fresh: CheckInPage, qtbot: QtBot) -> None:
    assert not fresh.no_change.isVisible()
    with qtbot.waitSignal(fresh.skipped, timeout=0), qtbot.assertNotEmitted(fresh.saved):
        QTest.mouseClick(fresh.skip, Qt.MouseButton.LeftButton)


def test_arrows_and_letters_move_in_list_and_map_alike(page: CheckInPage) -> None:
    cell = page.list.cells
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert page.model.current == Area(Region.LOW_BACK, BodySide.RIGHT)
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.model.current == Area(Region.HIP, BodySide.RIGHT)
    QTest.keyClick(page, Qt.Key.Key_L)
    assert page.model.current == Area(Region.HIP, BodySide.LEFT)
    QTest.keyClick(page, Qt.Key.Key_C)
    assert page.model.current == Area(Region.HIP, BodySide.LEFT)
    assert cell[Area(Region.HIP, BodySide.LEFT)].isChecked()
    for _ in range(12):
        QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.model.current == Area(Region.FOREFOOT_TOES, BodySide.LEFT)


def test_a_digit_rates_the_area_that_is_asked_about(page: CheckInPage) -> None:
    QTest.keyClick(page.list.cells[BACK], Qt.Key.Key_1)
    QTest.keyClick(page.list.cells[BACK], Qt.Key.Key_0)
    assert page.model.answer(BACK) == 10
    QTest.keyClick(page, Qt.Key.Key_Delete)
    assert page.model.answer(BACK) is None
    assert page.scale.value is None


def test_a_ten_is_not_split_by_going_on(page: CheckInPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_1)
    page.model.select(HEEL)
    QTest.keyClick(page, Qt.Key.Key_0)
    assert (page.model.answer(BACK), page.model.answer(HEEL)) == (1, 0)


@pytest.mark.parametrize("area", ALL_AREAS, ids=lambda area: f"{area.region}-{area.side}")
def test_every_area_can_be_picked_on_the_map(page: CheckInPage, area: Area) -> None:
    spots = [rect for spot, rect in page.map.spots() if spot == area]
    assert spots
    for rect in spots:
        assert page.map.area_at(rect.center()) == area
        assert min(rect.width(), rect.height()) >= 24
        assert page.map.rect().toRectF().contains(rect)
    page.model.select(BACK if area != BACK else HEEL)
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=spots[0].center().toPoint())
    assert page.model.current == area


def test_left_is_on_the_left_in_both_views(page: CheckInPage) -> None:
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    settle()
    for region in Region:
        left, right = (Area(region, side) for side in (BodySide.LEFT, BodySide.RIGHT))
        assert page.list.cells[left].x() < page.list.cells[right].x()
        spots = page.map.spots()
        lefts = [rect.center().x() for spot, rect in spots if spot == left]
        rights = [rect.center().x() for spot, rect in spots if spot == right]
        assert all(a < b for a, b in zip(lefts, rights, strict=True))


def test_cells_tell_area_side_number_and_word(page: CheckInPage) -> None:
    assert spoken_name(page.list.cells[HEEL]) == "Heel or sole, right: no answer"
    page.model.select(HEEL)
    page.model.rate(3)
    assert spoken_name(page.list.cells[HEEL]) == "Heel or sole, right: 3 of 10, mild"
    assert page.scale.accessibleName() == "Heel or sole, right, pain now"


def test_the_list_is_one_tab_stop_and_the_map_none(page: CheckInPage) -> None:
    stops = tab_order(page)
    assert sum(stop in page.list.cells.values() for stop in stops) == 1
    assert page.map not in stops


def test_the_map_gives_way_in_a_narrow_window(page: CheckInPage) -> None:
    page.set_room(room_for(960, 640, 200))
    settle()
    assert not page.map.isVisible()
    assert page.list.isVisible()
    assert page.scale.mapTo(page, QPoint()).y() < page.list.mapTo(page, QPoint()).y()


def test_in_a_low_window_the_question_comes_into_sight(page: CheckInPage) -> None:
    page.resize(892, 640)
    page.set_room(room_for(960, 640, 100))
    settle()
    assert not page.area.rect().contains(page.scale.mapTo(page.area, page.scale.rect().bottomLeft()))
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.area.rect().contains(page.scale.mapTo(page.area, page.scale.rect().bottomLeft()))


@given(st.lists(st.tuples(st.sampled_from(ALL_AREAS), st.none() | st.integers(0, 10)), max_size=30))
def test_blank_is_never_zero(steps: list[tuple[Area, int | None]]) -> None:
    model = CheckIn((BACK,), LAST)
    expected: dict[Area, int] = {}
    for area, nrs in steps:
        model.select(area)
        model.rate(nrs)
        expected.pop(area, None)
        if nrs is not None:
            expected[area] = nrs
    assert dict(model.answers) == expected
    assert model.can_save == (BACK in expected)


@given(st.lists(st.sampled_from([(-1, 0), (1, 0), (0, -1), (0, 1)]), max_size=60))
def test_arrows_never_leave_the_list(moves: list[tuple[int, int]]) -> None:
    model = CheckIn()
    for rows, sides in moves:
        model.move(rows, sides)
        assert model.current in ALL_AREAS


def test_next_goes_through_the_required_ones_first() -> None:
    model = CheckIn((BACK, HEEL), LAST)
    model.rate(2)
    model.next_area()
    assert model.current == HEEL
    model.rate(3)
    model.next_area()
    assert model.current == Area(Region.FOREFOOT_TOES, BodySide.LEFT)
