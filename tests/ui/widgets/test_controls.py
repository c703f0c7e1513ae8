"""Buttons, switches, choices and pickers by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.audit import spoken_name, tab_order
from coach.ui.widgets.banner import Banner, Tone
from coach.ui.widgets.button import Button, Kind, Size
from coach.ui.widgets.pickers import Combo, PercentSlider, Stepper
from coach.ui.widgets.search import SearchField
from coach.ui.widgets.segmented import Segmented
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check, Toggle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

W = TypeVar("W", bound=QWidget)
LONG = "Stay near something sturdy, move slowly, and stop if it hurts more than 5 out of 10."


def shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_is_pressed_by_key(look: Look, qtbot: QtBot, key: Qt.Key) -> None:
    button = shown(qtbot, Button(look, "Start", Kind.PRIMARY, key="Enter"))
    with qtbot.waitSignal(button.clicked, timeout=0):
        QTest.keyClick(button, key)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_button_shows_each_state_in_its_own_colours(look: Look, qtbot: QtBot, kind: Kind) -> None:
    button = shown(qtbot, Button(look, "Start", kind))
    rest = button.colors()
    QApplication.sendEvent(button, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    button.setDown(True)
    pressed = button.colors()
    button.setDown(False)
    button.setEnabled(False)
    off = button.colors()
    assert len({rest, pressed, off}) == 3
    assert off[1] == look.theme.ink3


def test_a_button_keeps_its_size_in_every_state(look: Look, qtbot: QtBot) -> None:
    button = shown(qtbot, Button(look, "Start", Kind.OUTLINE))
    before = button.sizeHint()
    button.setDown(True)
    button.set_kind(Kind.PRIMARY)
    assert button.sizeHint() == before


@pytest.mark.parametrize("size", list(Size))
def test_a_button_grows_with_its_label(look: Look, qtbot: QtBot, size: Size) -> None:
    button = shown(qtbot, Button(look, "Start", size=size))
    before = button.sizeHint()
    assert before.height() == size.value[0]
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=200))
    after = button.sizeHint()
    assert after.height() - before.height() == look.line(size.value[3]) // 2
    assert after.width() > before.width()


def test_a_button_tells_its_name_and_key(look: Look, qtbot: QtBot) -> None:
    button = shown(qtbot, Button(look, "", icon="arrow-left", name="Back", key="Ctrl+Return"))
    assert spoken_name(button) == "Back"
    assert button.accessibleDescription() == "Ctrl Enter"
    button.set_text("Go on")
    assert spoken_name(button) == "Go on"


@pytest.mark.parametrize("make", [Check, Toggle])
def test_a_switch_is_turned_by_space_and_by_its_words(look: Look, qtbot: QtBot, make: type[Check | Toggle]) -> None:
    switch = shown(qtbot, make(look, "I have read this"))
    switch.resize(switch.sizeHint())
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(switch.width() - 3, switch.height() // 2))
    assert not switch.isChecked()


def test_enter_on_a_tick_box_belongs_to_the_page(look: Look, qtbot: QtBot) -> None:
    pressed: list[int] = []

    class Parent(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            pressed.append(event.key())

    page = Parent()
    check = Check(look, "I have read this")
    check.setParent(page)
    shown(qtbot, page)
    QTest.keyClick(check, Qt.Key.Key_Return)
    assert pressed == [Qt.Key.Key_Return]
    assert not check.isChecked()


def test_a_switch_shows_where_it_stands(look: Look, qtbot: QtBot) -> None:
    toggle = shown(qtbot, Toggle(look, name="Chimes"))
    toggle.resize(toggle.sizeHint())
    assert (toggle.width(), toggle.height()) == (44, 26)
    off = toggle.grab().toImage()
    toggle.setChecked(True)
    on = toggle.grab().toImage()
    assert on.pixelColor(8, 13) == QColor(look.theme.accent)
    assert on.pixelColor(31, 13) == QColor(look.theme.on_accent)
    assert off.pixelColor(13, 13) == QColor(look.theme.ctl)
    toggle.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert toggle.grab().toImage().pixelColor(13, 13) == QColor(look.theme.on_accent)


def test_words_of_a_switch_wrap(look: Look, qtbot: QtBot) -> None:
    check = shown(qtbot, Check(look, LONG))
    assert check.heightForWidth(200) > 2 * check.heightForWidth(2000)
    assert check.minimumSizeHint().width() < 200


@pytest.fixture
def segmented(look: Look, qtbot: QtBot) -> Segmented[str]:
    options = [("off", "Off"), ("key", "Key moments"), ("all", "All")]
    made = Segmented(look, "Spoken cues", options, "key")
    made.resize(made.sizeHint())
    return shown(qtbot, made)


def test_a_choice_is_made_by_mouse(segmented: Segmented[str], qtbot: QtBot) -> None:
    assert segmented.value == "key"
    with qtbot.waitSignal(segmented.chosen) as waited:
        QTest.mouseClick(segmented.segment(2), Qt.MouseButton.LeftButton)
    assert waited.args == ["all"]
    with qtbot.assertNotEmitted(segmented.chosen):
        QTest.mouseClick(segmented.segment(2), Qt.MouseButton.LeftButton)


def test_a_choice_is_made_by_arrows_and_is_one_tab_stop(segmented: Segmented[str], qtbot: QtBot) -> None:
    assert tab_order(segmented) == [segmented.segment(1)]
    segmented.setFocus()
    QTest.keyClick(segmented.segment(1), Qt.Key.Key_Right)
    assert segmented.value == "all"
    assert segmented.segment(2).hasFocus()
    QTest.keyClick(segmented.segment(2), Qt.Key.Key_Right)
    assert segmented.value == "all"
    QTest.keyClick(segmented.segment(2), Qt.Key.Key_Up)
    assert segmented.value == "key"
    assert [segmented.segment(n).isChecked() for n in range(3)] == [False, True, False]


def test_a_choice_stacks_where_there_is_no_room(segmented: Segmented[str]) -> None:
    segmented.resize(130, segmented.heightForWidth(130))
    assert len({segmented.segment(n).y() for n in range(3)}) == 3
    assert segmented.segment(2).geometry().bottom() < segmented.height()


def test_an_unknown_choice_is_refused(segmented: Segmented[str], qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="never"):
        segmented.set_value("never")
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.set_value("off")
    assert segmented.value == "off"


def test_the_slider_moves_by_five_and_twenty(look: Look, qtbot: QtBot) -> None:
    slider = shown(qtbot, PercentSlider(look, "Volume", 50))
    heard: list[int] = []
    slider.changed.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(slider.track, key)
    assert heard == [55, 35, 0, 100]
    with qtbot.assertNotEmitted(slider.changed):
        slider.set_value(20)
    assert slider.value == 20


def test_the_slider_follows_the_mouse(look: Look, qtbot: QtBot) -> None:
    slider = PercentSlider(look, "Volume", 50)
    slider.resize(300, 40)
    shown(qtbot, slider)
    track = slider.track
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(track.width() - 1, 10))
    assert slider.value == 100
    QTest.mouseClick(track, Qt.MouseButton.LeftButton, pos=QPoint(1, 10))
    assert slider.value == 0


def test_the_stepper_stops_at_both_ends(look: Look, qtbot: QtBot) -> None:
    stepper = shown(qtbot, Stepper(look, "Text size", (100, 125, 150), 125, lambda p: f"{p} %", ("Smaller", "Larger")))
    heard: list[object] = []
    stepper.chosen.connect(heard.append)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    assert heard == [150]
    QTest.keyClick(stepper.less, Qt.Key.Key_Left)
    QTest.keyClick(stepper.less, Qt.Key.Key_Space)
    assert heard == [150, 125, 100]
    assert spoken_name(stepper.less) == "Smaller"
    assert stepper.less.accessibleDescription() == "Text size: 100 %"


def test_a_step_button_that_has_the_focus_keeps_it_at_the_end(look: Look, qtbot: QtBot) -> None:
    stepper = shown(qtbot, Stepper(look, "Text size", (100, 125), 100, str, ("Smaller", "Larger")))
    stepper.more.setFocus()
    QTest.keyClick(stepper.more, Qt.Key.Key_Return)
    assert stepper.value == 125
    assert stepper.more.isEnabled()
    assert stepper.focusWidget() is stepper.more


def test_the_wheel_scrolls_the_page_and_not_the_choice(look: Look, qtbot: QtBot) -> None:
    from PySide6.QtGui import QWheelEvent

    combo = shown(qtbot, Combo(look, "Voice"))
    combo.addItems(["System voice", "English"])
    nowhere = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), nowhere,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert combo.currentIndex() == 0
    assert not wheel.isAccepted()


def test_escape_empties_the_search(look: Look, qtbot: QtBot) -> None:
    field = shown(qtbot, SearchField(look, "Search the exercises"))
    QTest.keyClicks(field, "calf")
    assert field.text() == "calf"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert field.accessibleDescription() == "Ctrl F"


def test_a_banner_says_all_its_words_and_has_one_link(look: Look, qtbot: QtBot) -> None:
    banner = shown(qtbot, Banner(look, Tone.WARN, "2 files could not be read.", "The rest works.", link="See"))
    assert spoken_name(banner) == "2 files could not be read. The rest works."
    assert banner.link is not None
    with qtbot.waitSignal(banner.link_clicked, timeout=0):
        QTest.keyClick(banner.link, Qt.Key.Key_Return)


def test_text_has_the_line_height_of_its_role(look: Look, qtbot: QtBot) -> None:
    text = Text(look, LONG, "body", wrap=True)
    qtbot.addWidget(text)
    lines = [text.heightForWidth(width) / 22 for width in (2000, 400, 150)]
    assert lines == [int(n) for n in lines]
    assert lines == sorted(lines)
    assert lines[0] == 1 < lines[1]


def test_text_that_may_not_break_keeps_its_width(look: Look, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    text = Text(look, "Session and voice")
    row.addWidget(text)
    assert text.minimumSizeHint().width() == text.natural_width()
    text.set_text("On")
    assert text.minimumSizeHint().width() < 40


def test_a_path_breaks_rather_than_widen_the_page(look: Look, qtbot: QtBot) -> None:
    text = Text(look, "/home/" + "a" * 300, "small", wrap=True)
    qtbot.addWidget(text)
    assert text.minimumSizeHint().width() == 200
    assert text.heightForWidth(300) > 5 * 20


def test_text_stands_where_the_language_begins(look: Look, qtbot: QtBot) -> None:
    text = shown(qtbot, Text(look, "Left"))
    text.resize(200, 24)

    def ink(half: range) -> bool:
        image = text.grab().toImage()
        ground = image.pixelColor(199, 0)
        return any(image.pixelColor(x, y) != ground for x in half for y in range(24))

    assert ink(range(40))
    assert not ink(range(150, 200))
    text.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not ink(range(40))
    assert ink(range(150, 200))
