"""After a session: what was done against last time, pain, worst, effort, note."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coach.ui.pages.after import AfterPage
from coach.ui.pages.after_state import AfterAnswers
from coach.ui.pages.after_words import compared_text, done_text
from coach.ui.room import room_for
from tests.ui.pages import states
from tests.ui.pages.seeing import words
from tests.ui.pages.states import BACK, HEEL, did, done

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery


@pytest.fixture
def page(look: Look, gallery: Gallery, qtbot: QtBot) -> AfterPage:
    made = AfterPage(look, gallery, states.after())
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.show()
    qtbot.waitActive(made)
    made.entered()
    return made


def test_all_that_was_done_is_listed(page: AfterPage) -> None:
    shown = words(page)
    for text in (
        "Session done",
        "12 min 25 s",
        "10 of 11 sets",
        "8 sessions in 14 days",
        "pain 4 at worst",
        "before 3",
    ):
        assert text in shown
    assert shown.count("same as Fri 13 Nov") == 6


def test_nothing_is_asked_twice_or_filled_in(page: AfterPage) -> None:
    assert [scale.value for scale in page.scales()] == [None] * 4
    assert page.answers() == AfterAnswers()


def test_digits_fill_the_questions_from_the_top(page: AfterPage, qtbot: QtBot) -> None:
    QTest.keyClick(page, Qt.Key.Key_3)
    QTest.keyClick(page, Qt.Key.Key_2)
    QTest.keyClick(page, Qt.Key.Key_4)
    QTest.keyClick(page, Qt.Key.Key_6)
    page.note.setPlainText("  Felt easy.\n")
    with qtbot.waitSignal(page.saved) as waited:
        QTest.keyClick(page, Qt.Key.Key_Return)
    (answers,) = waited.args
    assert answers.pain == ((HEEL, 3), (BACK, 2))
    assert [(question.exercise_id, nrs) for question, nrs in answers.worst] == [("calf_raise", 4)]
    assert (answers.effort, answers.note) == (6, "Felt easy.")


def test_leaving_without_answers_is_fine_and_means_not_asked(page: AfterPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.saved) as waited:
        QTest.mouseClick(page.finish, Qt.MouseButton.LeftButton)
    assert waited.args == [AfterAnswers()]
    with qtbot.assertNotEmitted(page.saved):
        QTest.keyClick(page, Qt.Key.Key_Return)


def test_another_area_can_be_added(page: AfterPage) -> None:
    QTest.mouseClick(page.adder, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions()]
    assert len(names) == 15
    assert "Heel or sole, right" not in names
    menu.actions()[names.index("Knee, left")].trigger()
    menu.close()
    assert len(page.pain) == 3
    page.pain[-1].scale.choose(5)
    assert (page.pain[-1].area, 5) in page.answers().pain


def test_enter_in_the_note_is_a_new_line_and_ctrl_enter_is_done(page: AfterPage, qtbot: QtBot) -> None:
    page.note.setFocus()
    QTest.keyClicks(page.note, "1 line")
    with qtbot.assertNotEmitted(page.saved):
        QTest.keyClick(page.note, Qt.Key.Key_Return)
    QTest.keyClicks(page.note, "more")
    with qtbot.waitSignal(page.saved) as waited:
        QTest.keyClick(page.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert waited.args[0].note == "1 line\nmore"
    assert waited.args[0].pain == ()


def test_a_session_that_ended_early_is_not_called_done(look: Look, gallery: Gallery, qtbot: QtBot) -> None:
    page = AfterPage(look, gallery, replace(states.after(), completed=False, done=(), areas=(), worst=()))
    qtbot.addWidget(page)
    page.show()
    shown = words(page)
    assert "Session ended" in shown
    assert "No set was done. That is fine." in shown
    assert "You rated no pain before." in shown


@pytest.mark.parametrize(
    ("index", "how", "text"),
    [
        (0, {}, "1 × 10 each side"),
        (1, {}, "10, 10"),
        (1, {"short": 2}, "8, 8"),
        (2, {}, "2 × 15 s each side"),
        (2, {"short": 3}, "L 12, 12 · R 15, 15 s"),
        (5, {"skip_last": True}, "1 × 30 s each side"),
        (0, {"skip_last": True}, "left out"),
    ],
)
def test_sets_are_said_shortly(index: int, how: dict[str, int], text: str) -> None:
    assert done_text(did(index, **how)) == text  # type: ignore[arg-type] # named arguments of `did`


@pytest.mark.parametrize(
    ("index", "how", "text"),
    [
        (1, {}, "same as Fri 13 Nov"),
        (1, {"short": 2}, "4 reps fewer than Fri 13 Nov"),
        (1, {"short": -1}, "2 reps more than Fri 13 Nov"),
        (2, {"short": 3}, "6 s less than Fri 13 Nov"),
        (2, {"short": -3}, "6 s more than Fri 13 Nov"),
        (5, {"skip_last": True}, "1 set skipped"),
        (1, {"level": 3}, "level 3, on Fri 13 Nov level 2"),
    ],
)
def test_the_comparison_is_plain(index: int, how: dict[str, object], text: str) -> None:
    assert compared_text(done(index, **how)) == text


def test_a_first_time_is_said_as_one() -> None:
    assert compared_text(replace(done(1), earlier=(), earlier_day=None)) == "first time"
