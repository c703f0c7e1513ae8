"""A date is typed or stepped by keyboard, and never changed by the wheel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coach.domain.preferences import Preferences
from coach.ui.audit import faults, nameless, spoken_name
from coach.ui.widgets.date_field import DateField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

SATURDAY = date(2026, 11, 14)


@pytest.fixture
def field(look: Look, qtbot: QtBot) -> DateField:
    made = DateField(look, "First day", SATURDAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_arrows_change_the_part_that_is_marked(field: DateField, qtbot: QtBot) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home)
    with qtbot.waitSignal(field.changed, timeout=0) as waited:
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert waited.args == [date(2026, 11, 15)]
    assert field.value == date(2026, 11, 15)


def test_a_day_is_typed(field: DateField) -> None:
    field.setFocus(Qt.FocusReason.TabFocusReason)  # the day is marked
    QTest.keyClicks(field, "3 Oct 2025")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value == date(2025, 10, 3)


def test_what_is_set_is_not_sent_back(field: DateField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.changed):
        field.set_value(date(2026, 1, 1))
    assert field.text() == "1 Jan 2026"


def test_the_wheel_belongs_to_the_page(field: DateField, qtbot: QtBot) -> None:
    none, here = QPoint(0, 0), QPointF(5, 5)
    event = QWheelEvent(
        here,
        here,
        none,
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.assertNotEmitted(field.changed):
        QApplication.sendEvent(field, event)
    assert field.value == SATURDAY


@pytest.mark.parametrize("percent", [100, 200])
def test_the_words_fit_and_have_a_name(look: Look, field: DateField, percent: int) -> None:
    look.apply(Preferences(text_percent=percent))
    field.adjustSize()
    words = field.lineEdit()
    assert words.fontMetrics().horizontalAdvance("28 Mar 2026") < words.width()
    assert spoken_name(field) == "First day"
    assert faults(field) == []
    assert nameless(field) == []
