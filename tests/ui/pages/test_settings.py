"""Settings apply at once; first run needs the box ticked."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.domain.preferences import (
    Background,
    MotionChoice,
    Preferences,
    SessionTheme,
    ThemeChoice,
    VoiceChoice,
)
from coach.ui.audit import tab_order
from coach.ui.pages.licences import LicencesDialog
from coach.ui.pages.notice import safety_notice
from coach.ui.pages.settings import SettingsPage
from coach.ui.pages.settings_parts import SectionButton
from coach.ui.pages.settings_sections import (
    AboutSection,
    AccessSection,
    LookSection,
    SessionSection,
)
from coach.ui.pages.welcome import WelcomePage
from coach.ui.room import room_for
from tests.ui.conftest import ASSETS
from tests.ui.pages import states
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery


@pytest.fixture
def page(look: Look, gallery: Gallery, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(look, gallery)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.render_state(states.settings())
    made.show()
    return made


def session(page: SettingsPage) -> SessionSection:
    return next(section for section in page.sections if isinstance(section, SessionSection))


def looks(page: SettingsPage) -> LookSection:
    return next(section for section in page.sections if isinstance(section, LookSection))


def access(page: SettingsPage) -> AccessSection:
    return next(section for section in page.sections if isinstance(section, AccessSection))


CHANGES: dict[str, tuple[Callable[[SettingsPage], object], object]] = {
    "voice": (lambda page: session(page).cues.segment(2).click(), VoiceChoice.ALL),
    "voice_rate": (lambda page: session(page).rate.segment(0).click(), -0.4),
    "sound": (lambda page: session(page).sound.click(), False),
    "volume": (lambda page: session(page).volume.track.setValue(35), 35),
    "flash": (lambda page: session(page).flash.click(), True),
    "get_ready_s": (lambda page: session(page).ready.segment(2).click(), 15),
    "self_paced": (lambda page: session(page).paced.click(), True),
    "full_screen": (lambda page: session(page).full.click(), False),
    "session_theme": (lambda page: session(page).background.segment(2).click(), SessionTheme.DARK),
    "theme": (lambda page: looks(page).theme.segment(2).click(), ThemeChoice.DARK),
    "text_percent": (lambda page: looks(page).text_size.more.click(), 125),
    "person": (lambda page: looks(page).people.button(2).click(), 2),
    "background": (lambda page: page.start.stay.click(), Background.OFF),
    "reduce_motion": (lambda page: access(page).motion.segment(1).click(), MotionChoice.ON),
}
ELSEWHERE = {"voice_name", "safety_accepted", "routine", "warned_of"}


def test_every_preference_has_its_control() -> None:
    assert {field.name for field in fields(Preferences)} == set(CHANGES) | ELSEWHERE


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_applies_at_once_and_changes_nothing_else(page: SettingsPage, qtbot: QtBot, name: str) -> None:
    act, value = CHANGES[name]
    with qtbot.waitSignal(page.changed, timeout=0) as waited:
        act(page)
    assert waited.args == [replace(Preferences(), **{name: value})]  # type: ignore[arg-type] # one field by name


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_set_is_shown_without_being_sent_back(page: SettingsPage, qtbot: QtBot, name: str) -> None:
    _, value = CHANGES[name]
    with qtbot.assertNotEmitted(page.changed):
        page.render_state(states.settings(**{name: value}))
    # What is shown is where the next change starts from: the same choice again changes nothing, a switch turns back.
    heard: list[Preferences] = []
    page.changed.connect(heard.append)
    CHANGES[name][0](page)
    if isinstance(value, bool):
        assert heard == [Preferences()]
    elif name == "text_percent":
        assert [preferences.text_percent for preferences in heard] == [150]
    elif name == "background":
        assert [preferences.background for preferences in heard] == [Background.ON]
    else:
        assert heard == []


def test_a_voice_is_chosen_by_name(page: SettingsPage, qtbot: QtBot) -> None:
    voice = session(page).voice
    with qtbot.waitSignal(page.changed) as waited:
        voice.setFocus()
        QTest.keyClick(voice, Qt.Key.Key_Down)
    assert waited.args[0].voice_name == "English (Great Britain)"


def test_a_voice_that_is_gone_falls_back_to_the_system(page: SettingsPage) -> None:
    page.render_state(states.settings(voice_name="Klingon"))
    assert session(page).voice.currentText() == "System voice"


def test_without_a_speech_engine_the_page_says_so(page: SettingsPage) -> None:
    page.render_state(replace(states.settings(), voice_problem="No speech engine is installed.", voices=()))
    assert "No speech engine is installed. Cues are on screen." in words(page)
    assert not session(page).voice.isEnabled()


def test_the_row_of_a_switch_is_part_of_it(page: SettingsPage, qtbot: QtBot) -> None:
    settle()
    row = session(page).flash.parentWidget()
    assert row is not None
    with qtbot.waitSignal(page.changed, timeout=0):
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().topLeft() + row.rect().center() / 4)


def test_sections_open_one_at_a_time(page: SettingsPage) -> None:
    for index, section in enumerate(page.sections):
        page.open_section(index)
        settle()
        assert [other.isVisible() for other in page.sections].count(True) == 1
        assert section.isVisible()


def test_the_folder_is_shown_opened_and_copied(page: SettingsPage, qtbot: QtBot) -> None:
    data = page.data
    page.open_section(page.sections.index(data))
    assert "/home/anna/.local/share/foot-coach" in words(page)
    with qtbot.waitSignal(page.folder_requested, timeout=0):
        data.open_folder.click()
    with qtbot.waitSignal(page.path_copied) as waited:
        data.copy.click()
    assert waited.args == ["/home/anna/.local/share/foot-coach"]


def test_about_has_version_notice_and_licences(page: SettingsPage) -> None:
    page.open_section(len(page.sections) - 1)
    shown = words(page)
    assert "Version 0.1.0" in shown
    assert safety_notice() in shown
    assert "SIL Open Font Licence" in shown


@pytest.fixture
def welcome(look: Look, gallery: Gallery, qtbot: QtBot) -> WelcomePage:
    made = WelcomePage(look, gallery)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.set_room(room_for(1280, 800, 100))
    made.show()
    return made


def test_begin_is_off_until_the_box_is_ticked(welcome: WelcomePage, qtbot: QtBot) -> None:
    assert not welcome.read.isChecked()
    assert not welcome.begin.isEnabled()
    with qtbot.assertNotEmitted(welcome.accepted):
        QTest.keyClick(welcome, Qt.Key.Key_Return)
    assert "Tick the box to begin." in words(welcome)
    QTest.keyClick(welcome.read, Qt.Key.Key_Space)
    assert "Tick the box to begin." not in words(welcome)
    with qtbot.waitSignal(welcome.accepted, timeout=0):
        QTest.keyClick(welcome, Qt.Key.Key_Return)


def test_begin_can_be_clicked_and_unticked_again(welcome: WelcomePage, qtbot: QtBot) -> None:
    QTest.mouseClick(welcome.read, Qt.MouseButton.LeftButton)
    QTest.mouseClick(welcome.read, Qt.MouseButton.LeftButton)
    assert not welcome.begin.isEnabled()
    QTest.mouseClick(welcome.read, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(welcome.accepted, timeout=0):
        QTest.mouseClick(welcome.begin, Qt.MouseButton.LeftButton)


def test_the_notice_is_word_for_word() -> None:
    assert safety_notice() == (
        "This app gives general exercise information for adults. It is not a medical device, it does not diagnose, "
        "and it does not replace a doctor, podiatrist or physiotherapist. Stop if an exercise causes sharp or growing "
        "pain, dizziness, chest pain or breathlessness. If you have a health condition, recent injury or surgery, are "
        "pregnant, or are unsure, ask a health professional first. In an emergency, call your local emergency number."
    )


def test_all_licences_are_shown_as_a_table(page: SettingsPage) -> None:
    page.render_state(replace(states.settings(), licences=(ASSETS / "licences.md").read_text(encoding="utf-8")))
    page.open_section(len(page.sections) - 1)
    about = page.sections[-1]
    assert isinstance(about, AboutSection)
    QTest.mouseClick(about.every, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(LicencesDialog)
    shown = dialog.text.toPlainText()
    assert "SQLAlchemy" in shown
    assert "|" not in shown
    assert not dialog.text.openLinks()
    dialog.close()


def test_without_the_file_there_is_nothing_to_open(page: SettingsPage) -> None:
    page.open_section(len(page.sections) - 1)
    about = page.sections[-1]
    assert isinstance(about, AboutSection)
    settle()
    assert not about.every.isVisible()


def test_tab_visits_the_list_of_sections_before_the_section(page: SettingsPage) -> None:
    order = tab_order(page)
    first = next(widget for widget in order if page.sections[0].isAncestorOf(widget))
    assert isinstance(order[0], SectionButton)
    assert order.index(first) > max(i for i, widget in enumerate(order) if isinstance(widget, SectionButton))
