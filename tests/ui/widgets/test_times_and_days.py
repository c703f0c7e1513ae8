"""Fields for a time of day and for weekdays, by keyboard, in every size; and a choice that nobody has made yet."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.domain.preferences import Preferences
from coach.domain.reminders.parts import EVERY_DAY, Weekday
from coach.ui.audit import faults, nameless, spoken_name, tab_order
from coach.ui.widgets.date_field import TimeField
from coach.ui.widgets.day_picker import DayPicker
from coach.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look


@pytest.fixture
def field(look: Look, qtbot: QtBot) -> TimeField:
    made = TimeField(look, "Time 1", time(18, 30))
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def test_a_time_is_typed_as_four_digits(field: TimeField, qtbot: QtBot) -> None:
    field.setSelectedSection(TimeField.Section.HourSection)
    heard: list[time] = []
    field.changed.connect(heard.append)
    QTest.keyClicks(field, "0745")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value == time(7, 45)
    assert heard[-1] == time(7, 45)


def test_arrows_go_by_five_minutes_and_by_an_hour(field: TimeField) -> None:
    field.setSelectedSection(TimeField.Section.MinuteSection)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value == time(18, 35)
    field.setSelectedSection(TimeField.Section.HourSection)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value == time(17, 35)


def test_showing_a_time_tells_nobody(field: TimeField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.changed):
        field.set_value(time(6, 5))
    assert field.value == time(6, 5)


@pytest.mark.parametrize("percent", [100, 200])
def test_the_digits_fit_and_have_a_name(look: Look, field: TimeField, percent: int) -> None:
    look.apply(Preferences(text_percent=percent))
    field.adjustSize()
    words = field.lineEdit()
    assert words.fontMetrics().horizontalAdvance("00:00") < words.width()
    assert words.x() > 0  # its outline is seen
    assert spoken_name(field) == "Time 1"
    assert faults(field) == []


def test_weekdays_are_one_tab_stop_and_arrows_walk_them(look: Look, qtbot: QtBot) -> None:
    picker = DayPicker(look, "Days")
    qtbot.addWidget(picker)
    picker.set_days(EVERY_DAY)
    picker.show()
    assert [spoken_name(widget) for widget in tab_order(picker)] == ["Monday"]
    assert nameless(picker) == []
    picker.day(Weekday.MON).setFocus()
    QTest.keyClick(picker.day(Weekday.MON), Qt.Key.Key_Right)
    assert [spoken_name(widget) for widget in tab_order(picker)] == ["Tuesday"]
    with qtbot.waitSignal(picker.chosen) as waited:
        QTest.keyClick(picker.day(Weekday.TUE), Qt.Key.Key_Space)
    assert waited.args == [EVERY_DAY - {Weekday.TUE}]


def test_a_question_without_an_answer_shows_none(look: Look, qtbot: QtBot) -> None:
    asked: Segmented[int] = Segmented(look, "Minutes", [(0, "0"), (5, "1 to 5"), (15, "6 to 15")])
    qtbot.addWidget(asked)
    asked.choose_none()
    asked.show()
    assert asked.answer is None
    assert [asked.segment(n).isChecked() for n in range(3)] == [False] * 3
    asked.segment(0).setFocus()
    QTest.keyClick(asked.segment(0), Qt.Key.Key_Space)
    assert asked.answer == 0
