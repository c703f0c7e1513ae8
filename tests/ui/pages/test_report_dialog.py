"""What is asked before a report: which days, what goes in, and how much that is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.domain.progress.span import Span
from coach.services.report import USUAL, Paper, ReportChoice, Section
from coach.ui.audit import nameless
from coach.ui.pages.report_dialog import ReportDialog
from tests.ui.pages.seeing import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

SPAN = Span(date(2026, 9, 1), date(2026, 11, 15))
HELD = {Section.ADHERENCE: 47, Section.PAIN: 2, Section.NOTES: 0}


@pytest.fixture
def dialog(look: Look, qtbot: QtBot) -> ReportDialog:
    made = ReportDialog(look, ReportChoice(SPAN))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def asked(dialog: ReportDialog, qtbot: QtBot) -> list[ReportChoice]:
    """What was to be counted."""
    found: list[ReportChoice] = []
    dialog.weigh_asked.connect(found.append)
    dialog.show()
    qtbot.waitActive(dialog)
    return found


def test_it_says_what_is_in_it_before_it_can_be_saved(dialog: ReportDialog, asked: list[ReportChoice]) -> None:
    assert asked == [ReportChoice(SPAN, USUAL)]
    assert dialog.weight.text() == "Counting…"
    assert not dialog.save.isEnabled()
    dialog.show_contents(asked[0], HELD)
    assert dialog.weight.text() == "In it: 47 sessions, pain of 2 areas."
    assert dialog.save.isEnabled()
    assert nameless(dialog) == []


def test_a_count_of_other_ticks_is_ignored(dialog: ReportDialog, asked: list[ReportChoice]) -> None:
    dialog.tick(Section.NOTES).click()
    dialog.show_contents(asked[0], HELD)
    assert not dialog.save.isEnabled()
    dialog.show_contents(asked[1], HELD)
    assert dialog.save.isEnabled()


def test_name_and_paper_change_nothing_of_what_is_in_it(
    dialog: ReportDialog, asked: list[ReportChoice], qtbot: QtBot
) -> None:
    dialog.show_contents(asked[0], HELD)
    QTest.keyClicks(dialog.name, "  Ada ")
    dialog.paper.choose_index(1)
    assert len(asked) == 1
    with qtbot.waitSignal(dialog.save_asked) as waited:
        dialog.save.click()
    assert waited.args == [ReportChoice(SPAN, USUAL, Paper.LETTER, "Ada")]


def test_days_that_cannot_be_are_told_and_nothing_pretends_to_work(
    dialog: ReportDialog, asked: list[ReportChoice]
) -> None:
    dialog.show_contents(asked[0], HELD)
    dialog.days.last.setDate(dialog.days.first.date().addDays(-1))
    assert "The last day is before the first." in words(dialog)
    assert len(asked) == 1
    assert not any(button.isEnabled() for button in (dialog.save, dialog.print, dialog.sheet))
    dialog.days.last.setDate(dialog.days.first.date())
    assert asked[-1].span == Span(SPAN.first, SPAN.first)
    assert dialog.sheet.isEnabled()


def test_nothing_ticked_is_nothing_to_save(dialog: ReportDialog, asked: list[ReportChoice]) -> None:
    for section in Section:
        if dialog.tick(section).isChecked():
            dialog.tick(section).click()
    assert dialog.weight.text() == "Nothing is ticked yet."
    assert not dialog.save.isEnabled()
