"""The 0 to 10 scale: never pre-filled, one tab stop, digits, 1 then 0, Delete, arrows, two rows for large letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.audit import nameless, spoken_name, tab_order
from coach.ui.widgets.scale import RING, EffortScale, NrsScale

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look


@pytest.fixture
def scale(look: Look, qtbot: QtBot) -> NrsScale:
    made = NrsScale(look, "Right heel, pain now")
    qtbot.addWidget(made)
    made.resize(480, 60)
    made.show()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def press(scale: NrsScale, *keys: Qt.Key) -> None:
    for key in keys:
        focused = scale.focused_number()
        QTest.keyClick(scale.cell(focused or 0), key)


def cell_color(scale: NrsScale, number: int) -> QColor:
    place = scale.cell(number).geometry()
    return scale.grab().toImage().pixelColor(place.left() + 5, place.center().y())


def test_nothing_is_answered_or_coloured_at_first(scale: NrsScale, look: Look) -> None:
    assert scale.value is None
    assert not any(scale.cell(n).isChecked() for n in range(11))
    grounds = {look.theme.bg.lower(), look.theme.sunken.lower()}  # sunken where the mouse happens to be
    assert {cell_color(scale, n).name() for n in range(11)} <= grounds


def test_an_answer_brings_the_ramp_and_its_ring(scale: NrsScale, look: Look) -> None:
    scale.choose(4)
    fills = [fill.lower() for fill in look.theme.pain.fills]
    assert [cell_color(scale, n).name() for n in range(11)] == fills
    image = scale.grab().toImage()
    place = scale.cell(4).geometry()
    assert image.pixelColor(place.left() - RING + 1, place.center().y()) == QColor(look.theme.ink)


def test_it_hurts_shows_the_ramp_before_an_answer(look: Look, qtbot: QtBot) -> None:
    scale = NrsScale(look, "Now", ramp=True)
    qtbot.addWidget(scale)
    scale.resize(480, 60)
    scale.show()
    assert scale.value is None
    assert cell_color(scale, 9).name() == look.theme.pain.fills[9].lower()


@pytest.mark.parametrize("digit", [0, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_digit_is_an_answer_at_once(scale: NrsScale, qtbot: QtBot, digit: int) -> None:
    with qtbot.waitSignals([scale.value_changed, scale.settled], timeout=0):
        press(scale, Qt.Key(Qt.Key.Key_0 + digit))
    assert scale.value == digit
    assert scale.focused_number() == digit


def test_one_then_zero_is_ten(scale: NrsScale, qtbot: QtBot) -> None:
    settled: list[int] = []
    scale.settled.connect(settled.append)
    press(scale, Qt.Key.Key_1)
    assert (scale.value, settled) == (1, [])
    press(scale, Qt.Key.Key_0)
    assert (scale.value, settled) == (10, [10])


def test_one_alone_settles_after_a_moment(scale: NrsScale, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scale.settled, timeout=5000) as waited:
        press(scale, Qt.Key.Key_1)
    assert waited.args == [1]
    press(scale, Qt.Key.Key_0)
    assert scale.value == 0


def test_delete_takes_the_answer_back(scale: NrsScale, qtbot: QtBot) -> None:
    scale.choose(7)
    with qtbot.waitSignal(scale.value_changed) as waited:
        press(scale, Qt.Key.Key_Delete)
    assert waited.args == [None]
    assert scale.value is None
    with qtbot.assertNotEmitted(scale.value_changed):
        press(scale, Qt.Key.Key_Delete)


def test_arrows_move_without_answering(scale: NrsScale, qtbot: QtBot) -> None:
    press(scale, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert (scale.focused_number(), scale.value) == (3, None)
    press(scale, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert (scale.focused_number(), scale.value) == (2, 2)
    press(scale, *[Qt.Key.Key_Left] * 5)
    assert scale.focused_number() == 0
    press(scale, *[Qt.Key.Key_Right] * 15, Qt.Key.Key_Return)
    assert (scale.focused_number(), scale.value) == (10, 10)


def test_arrows_follow_the_reading_direction(scale: NrsScale, qtbot: QtBot) -> None:
    scale.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    scale.resize(481, 60)
    assert scale.cell(0).x() > scale.cell(10).x()
    press(scale, Qt.Key.Key_Left)
    assert scale.focused_number() == 1


def test_a_click_answers(scale: NrsScale, qtbot: QtBot) -> None:
    with qtbot.waitSignal(scale.settled) as waited:
        QTest.mouseClick(scale.cell(6), Qt.MouseButton.LeftButton)
    assert waited.args == [6]
    assert [scale.cell(n).isChecked() for n in range(11)] == [n == 6 for n in range(11)]
    QTest.mouseClick(scale.cell(6), Qt.MouseButton.LeftButton)
    assert scale.value == 6


def test_keys_with_control_are_left_alone(scale: NrsScale, qtbot: QtBot) -> None:
    QTest.keyClick(scale.cell(0), Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert scale.value is None


def test_one_tab_stop_at_the_answer(scale: NrsScale) -> None:
    assert tab_order(scale) == [scale.cell(0)]
    scale.set_value(8)
    assert tab_order(scale) == [scale.cell(8)]


def test_set_value_is_silent_and_checks(scale: NrsScale, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(scale.value_changed):
        scale.set_value(3)
    with pytest.raises(ValueError, match="0 to 10"):
        scale.set_value(11)


def test_screen_readers_hear_number_word_and_question(scale: NrsScale) -> None:
    assert nameless(scale) == []
    assert spoken_name(scale.cell(3)) == "3, mild"
    assert scale.cell(3).accessibleDescription() == "Right heel, pain now"
    scale.set_value(7)
    assert scale.spoken_value() == "7 of 10, severe"
    assert scale.cell(7).isChecked()


@pytest.mark.parametrize(("percent", "width", "rows"), [(100, 480, 1), (100, 300, 2), (200, 480, 2), (200, 900, 1)])
def test_two_rows_where_digits_have_no_room(look: Look, qtbot: QtBot, percent: int, width: int, rows: int) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    scale = NrsScale(look, "Pain")
    qtbot.addWidget(scale)
    scale.resize(width, scale.heightForWidth(width))
    scale.show()
    tops = [scale.cell(n).y() for n in range(11)]
    assert len(set(tops)) == rows
    if rows == 2:
        assert [n for n in range(11) if tops[n] == tops[0]] == [0, 1, 2, 3, 4, 5]
    metrics = scale.cell(10).geometry()
    assert metrics.right() <= scale.width()
    assert metrics.bottom() <= scale.height()


def test_words_stand_under_their_numbers(look: Look, qtbot: QtBot) -> None:
    plain, worded = NrsScale(look, "Pain"), NrsScale(look, "Pain", words=True)
    for scale in (plain, worded):
        qtbot.addWidget(scale)
    assert worded.heightForWidth(480) - plain.heightForWidth(480) == look.px(6) + look.line("small")


def test_effort_is_filled_without_a_ramp(look: Look, qtbot: QtBot) -> None:
    scale = EffortScale(look, "Effort")
    qtbot.addWidget(scale)
    scale.resize(480, 60)
    scale.show()
    scale.choose(5)
    image = scale.grab().toImage()

    def middle(number: int) -> QColor:
        place = scale.cell(number).geometry()
        return image.pixelColor(place.left() + 5, place.center().y())

    assert middle(5) == QColor(look.theme.accent)
    assert middle(4) == middle(6) != QColor(look.theme.accent)
