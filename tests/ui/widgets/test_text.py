"""Text with words in bold, and lines of widgets that break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from coach.ui.widgets.flow import Flow
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look


def width(look: Look, qtbot: QtBot, *strong: str) -> int:
    text = Text(look)
    qtbot.addWidget(text)
    text.set_text("It is 2.4 now and was 4.7 then, so 2.4 is less.", strong=strong)
    return text.natural_width()


def test_strong_words_are_bold_where_they_come_next(look: Look, qtbot: QtBot) -> None:
    plain, one = width(look, qtbot), width(look, qtbot, "2.4")
    assert one > plain
    assert width(look, qtbot, "2.4", "4.7") > one
    assert width(look, qtbot, "4.7", "2.4") == width(look, qtbot, "2.4", "4.7")
    assert width(look, qtbot, "2.4", "4.7", "2.4") > width(look, qtbot, "2.4", "4.7")


def test_words_that_are_not_there_change_nothing(look: Look, qtbot: QtBot) -> None:
    assert width(look, qtbot, "9.9") == width(look, qtbot)


def test_other_words_are_not_bold_any_more(look: Look, qtbot: QtBot) -> None:
    text = Text(look)
    qtbot.addWidget(text)
    text.set_text("2.4", strong=("2.4",))
    bold = text.natural_width()
    text.set_text("2.4")
    assert text.natural_width() < bold


class Block(QWidget):
    """A widget of a fixed size."""

    def __init__(self, wide: int, tall: int) -> None:
        super().__init__()
        self.setFixedSize(wide, tall)

    def sizeHint(self) -> QSize:
        return self.size()


@pytest.mark.parametrize(("room", "lines"), [(200, 1), (130, 2), (60, 3)])
def test_a_line_breaks_where_the_room_ends_and_what_stands_in_it_is_in_the_middle(
    qtbot: QtBot, room: int, lines: int
) -> None:
    flow = Flow(10)
    qtbot.addWidget(flow)
    low, high, last = Block(60, 20), Block(60, 40), Block(50, 20)
    for block in (low, high, last):
        flow.add(block)
    flow.resize(room, 200)
    flow.show()
    assert len({block.geometry().center().y() for block in (low, high, last)}) == lines
    tall = {1: 40, 2: 40 + 10 + 20, 3: 20 + 10 + 40 + 10 + 20}[lines]
    assert flow.heightForWidth(room) == tall


def test_what_is_hidden_takes_no_room_in_a_line(qtbot: QtBot) -> None:
    flow = Flow(10)
    qtbot.addWidget(flow)
    first, second, third = Block(60, 20), Block(60, 40), Block(50, 20)
    for block in (first, second, third):
        flow.add(block)
    flow.resize(120, 200)
    flow.show()
    second.hide()
    qtbot.waitUntil(lambda: third.x() == 70 and third.y() == 0)
    assert flow.heightForWidth(120) == 20
    second.show()
    qtbot.waitUntil(lambda: third.y() > 0)
    assert flow.heightForWidth(120) == 20 + 10 + 40
