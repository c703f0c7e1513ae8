"""What lies over a page: focus ring, toast, questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from coach.domain.preferences import MotionChoice, Preferences, ThemeChoice
from coach.ui.widgets.button import Button
from coach.ui.widgets.dialog import Question
from coach.ui.widgets.focus import GAP, WIDTH, FocusRing
from coach.ui.widgets.page import ColumnScroll
from coach.ui.widgets.text import Text
from coach.ui.widgets.toast import SECONDS, Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look


class Window(QWidget):
    """Three buttons and a field in a scrolling column."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.resize(400, 300)
        column = QVBoxLayout(self)
        self.area = ColumnScroll()
        column.addWidget(self.area)
        self.buttons = [Button(look, f"Button {n}") for n in range(12)]
        for button in self.buttons:
            self.area.column.addWidget(button)
        self.field = QLineEdit()
        self.area.column.addWidget(self.field)
        self.ring = FocusRing(look, self)


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> Window:
    made = Window(look)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def tab(window: Window) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)


def test_the_keyboard_brings_the_ring_and_the_mouse_takes_it(window: Window) -> None:
    tab(window)
    first = QApplication.focusWidget()
    assert first is not None
    assert window.ring.target is first
    QTest.mouseClick(
        window.windowHandle(),
        Qt.MouseButton.LeftButton,
        pos=window.buttons[2].mapTo(window, window.buttons[2].rect().center()),
    )
    assert window.buttons[2].hasFocus()
    assert not window.ring.isVisible()
    tab(window)
    assert window.buttons[3].hasFocus()
    assert window.ring.isVisible()


def test_the_ring_lies_around_its_control(window: Window) -> None:
    window.buttons[1].setFocus()
    tab(window)
    target = window.ring.target
    assert target is not None
    around = target.rect().translated(target.mapTo(window, target.rect().topLeft()))
    out = WIDTH + GAP
    assert window.ring.geometry() == around.adjusted(-out, -out, out, out)
    middle = window.ring.rect().center()
    drawn = window.ring.grab().toImage()
    assert drawn.pixelColor(middle.x(), 1).alpha() == 255
    assert drawn.pixelColor(middle.x(), WIDTH).name() != drawn.pixelColor(middle.x(), 1).name()


def test_the_ring_follows_when_the_page_scrolls_and_is_clipped(window: Window, qtbot: QtBot) -> None:
    window.buttons[0].setFocus()
    tab(window)
    before = window.ring.geometry()
    bar = window.area.verticalScrollBar()
    bar.setValue(20)
    assert window.ring.geometry().y() == before.y() - 20
    bar.setValue(bar.maximum())
    assert window.ring.target is None


def test_a_hidden_control_loses_the_ring(window: Window) -> None:
    window.buttons[0].setFocus()
    tab(window)
    target = window.ring.target
    assert target is not None
    target.hide()
    assert window.ring.target is not target


def test_typing_into_a_field_brings_no_ring(window: Window) -> None:
    window.field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert window.field.text() == "a"
    assert window.ring.target is None


@pytest.fixture
def toast(look: Look, window: Window) -> Toast:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, reduce_motion=MotionChoice.ON))
    return Toast(look, window)


def test_a_toast_offers_to_take_back_once(toast: Toast, qtbot: QtBot) -> None:
    undone: list[str] = []
    toast.show_message("Saved", lambda: undone.append("saved"))
    assert toast.isVisible()
    assert not toast.button.hasFocus()
    QTest.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    toast.undo()
    assert undone == ["saved"]
    assert not toast.isVisible()


def test_a_toast_without_undo_has_no_button(toast: Toast) -> None:
    toast.show_message("Path copied")
    assert not toast.button.isVisible()


def test_a_toast_goes_after_six_seconds_unless_it_is_used(toast: Toast, qtbot: QtBot) -> None:
    toast.show_message("Saved", lambda: None)
    timer = toast.timer
    assert timer.isActive()
    assert timer.interval() == SECONDS * 1000 == 6000
    toast.button.setFocus()
    timer.timeout.emit()
    assert toast.isVisible()
    toast.button.clearFocus()
    timer.timeout.emit()
    assert not toast.isVisible()
    assert not timer.isActive()


def test_a_toast_stays_inside_a_narrow_window(toast: Toast, window: Window) -> None:
    toast.show_message("Something went wrong in the program. What you did is kept; you can go on. " * 2, lambda: None)
    assert window.rect().contains(toast.geometry())
    window.resize(500, 400)
    assert window.rect().contains(toast.geometry())


def test_movement_is_left_out_where_it_is_not_wanted(look: Look, window: Window) -> None:
    for motion, moves in ((MotionChoice.OFF, True), (MotionChoice.ON, False)):
        look.apply(Preferences(theme=ThemeChoice.LIGHT, reduce_motion=motion))
        toast = Toast(look, window)
        toast.show_message("Saved")
        assert toast.sliding is moves
        toast.hide()


@pytest.fixture
def question(look: Look, window: Window, qtbot: QtBot) -> Question:
    made = Question(look, "End the session?", "What you did is kept.", action="End", safe="Go on", parent=window)
    made.open()
    qtbot.waitActive(made)
    return made


def test_a_long_question_in_large_text_is_not_cut(look: Look, window: Window, qtbot: QtBot) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=200))
    window.resize(1280, 800)  # wider than Qt lets a new dialog be on the tests' screen
    made = Question(look, "Not saved yet", "short words " * 24, action="Leave", safe="Try again", parent=window)
    made.open()
    qtbot.waitActive(made)
    for text in made.findChildren(Text):
        assert text.height() >= text.heightForWidth(text.width())
    made.close()


def test_the_safe_answer_has_the_focus(question: Question) -> None:
    assert question.stay.hasFocus()


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, False)])
def test_escape_and_enter_are_safe(question: Question, qtbot: QtBot, key: Qt.Key, answer: bool) -> None:
    with qtbot.waitSignal(question.decided) as waited:
        QTest.keyClick(question.stay, key)
    assert waited.args == [answer]


def test_the_action_has_to_be_chosen(question: Question, qtbot: QtBot) -> None:
    with qtbot.waitSignal(question.decided) as waited:
        QTest.mouseClick(question.act, Qt.MouseButton.LeftButton)
    assert waited.args == [True]
