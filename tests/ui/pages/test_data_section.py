"""Data and backup: what there is in words, what can be pressed when, and where answers appear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from coach.services.keeping import BackupState, Contents
from coach.ui.pages.data_section import DataSection
from coach.ui.pages.data_state import DataState, Mood, Part, Said
from coach.ui.widgets.banner import Banner
from tests import fakes
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

NOW = fakes.START.astimezone(ZoneInfo("Europe/Berlin"))
WHOLE = Contents({"sessions": 212, "pain_ratings": 1840, "sets": 4000})
SAVED = BackupState(fakes.backup(fakes.START - timedelta(minutes=30)), None)
CALM = DataState(NOW, WHOLE, SAVED)


@pytest.fixture
def section(look: Look, qtbot: QtBot) -> DataSection:
    made = DataSection(look)
    qtbot.addWidget(made)
    made.resize(756, 700)
    made.show()
    return made


@pytest.mark.parametrize(
    ("backups", "says"),
    [
        (SAVED, "Newest: today, 09:00, 212 sessions and 1840 pain ratings."),
        (BackupState(None, None), "None yet."),
        (replace(SAVED, waiting_since=fakes.START - timedelta(days=1)), "What came since yesterday is not in it yet."),
        (
            replace(SAVED, waiting_since=fakes.START - timedelta(days=9), problem="The disk is full."),
            "What came since Friday 6 November is not in it yet. The disk is full.",
        ),
    ],
)
def test_it_says_how_the_backups_stand(section: DataSection, backups: BackupState, says: str) -> None:
    section.render_data(replace(CALM, backups=backups))
    assert says in words(section)


def test_while_something_is_going_on_nothing_else_can_be_asked_for(section: DataSection) -> None:
    section.render_data(CALM)
    buttons = {*section.needs_diary, *section.writes}
    assert all(button.isEnabled() for button in buttons)
    section.render_data(replace(CALM, said=Said(Part.EXPORT, Mood.BUSY, "Writing the export…")))
    assert not any(button.isEnabled() for button in buttons)
    assert "Writing the export…" in words(section)
    section.render_data(replace(CALM, said=Said(Part.EXPORT, Mood.DONE, "Written.")))
    assert all(button.isEnabled() for button in buttons)
    assert "Writing the export…" not in words(section)
    assert [banner.accessibleName() for banner in section.findChildren(Banner) if banner.isVisible()] == ["Written."]


def test_the_keyboard_comes_back_to_the_button_that_was_pressed(section: DataSection, qtbot: QtBot) -> None:
    section.activateWindow()
    qtbot.waitActive(section)
    section.render_data(CALM)
    section.export.setFocus()
    section.render_data(replace(CALM, said=Said(Part.EXPORT, Mood.BUSY, "Writing the export…")))
    settle()
    assert QApplication.focusWidget() is section
    section.render_data(CALM)
    assert QApplication.focusWidget() is section.export


def test_without_an_open_diary_only_restoring_works(section: DataSection) -> None:
    section.render_data(DataState(NOW, closed=True))
    assert "Your diary is not open." in words(section)
    assert section.restore.isEnabled()
    assert not any(button.isEnabled() for button in section.needs_diary)
    section.render_data(CALM)
    assert "Your diary is not open." not in words(section)


def test_fault_07_a_diary_that_can_only_be_read_can_still_be_exported(section: DataSection) -> None:
    section.render_data(replace(CALM, read_only="The disk is read-only."))
    assert "The disk is read-only." in words(section)
    assert section.export.isEnabled()
    assert not any(button.isEnabled() for button in section.writes)


def test_there_is_room_for_one_more_row_without_scrolling(section: DataSection) -> None:
    section.render_data(CALM)
    settle()
    assert section.column.totalHeightForWidth(756) + 62 <= 800 - 32 - 94
