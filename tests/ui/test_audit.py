"""Nothing is cut in the smallest window and the largest text, every control has a name; the audit itself can see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.audit import faults, nameless
from coach.ui.pages.after import AfterPage
from coach.ui.pages.checkin import CheckInPage
from coach.ui.pages.checkin_model import LastRating
from coach.ui.pages.detail import DetailPage
from coach.ui.pages.exercises import ExercisesPage
from coach.ui.pages.exercises_state import DetailState
from coach.ui.pages.settings import SettingsPage
from coach.ui.pages.today import TodayPage
from coach.ui.pages.welcome import WelcomePage
from coach.ui.shell import EXERCISES, SETTINGS, TODAY, Shell
from coach.ui.widgets.button import Button
from coach.ui.widgets.text import Text
from tests.ui.pages import states
from tests.ui.pages.seeing import settle
from tests.ui.pages.states import HEEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

WINDOWS = [(960, 640, 100), (960, 640, 200), (1100, 720, 125), (1280, 800, 100), (1280, 800, 150), (1920, 1080, 200)]


def open_today(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.open(TODAY)
    page = shell.page(TODAY)
    assert isinstance(page, TodayPage)
    page.render_state(states.crash())


def open_plain_today(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.open(TODAY)
    page = shell.page(TODAY)
    assert isinstance(page, TodayPage)
    page.render_state(states.today(fortnight=states.marks(0)))


def open_exercises(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.open(EXERCISES)
    page = shell.page(EXERCISES)
    assert isinstance(page, ExercisesPage)
    page.render_state(states.library())


def open_nothing_found(shell: Shell, look: Look, gallery: Gallery) -> None:
    open_exercises(shell, look, gallery)
    page = shell.page(EXERCISES)
    assert isinstance(page, ExercisesPage)
    page.search.setText("jumping and skipping with both of the feet")


def open_detail(shell: Shell, look: Look, gallery: Gallery) -> None:
    page = DetailPage(look, gallery)
    shell.open_inside(page, EXERCISES)
    page.render_state(DetailState(states.entries()[1]))
    page.table.rows[4].click()


def open_settings(index: int) -> Callable[[Shell, Look, Gallery], None]:
    def act(shell: Shell, look: Look, gallery: Gallery) -> None:
        shell.open(SETTINGS)
        page = shell.page(SETTINGS)
        assert isinstance(page, SettingsPage)
        page.render_state(states.settings(text_percent=look.percent))
        page.open_section(index)

    return act


def open_checkin(shell: Shell, look: Look, gallery: Gallery) -> None:
    page = CheckInPage(look, (HEEL,), {HEEL: LastRating(3, "yesterday")})
    shell.open_inside(page, TODAY)


def open_first_checkin(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.open_inside(CheckInPage(look), TODAY)


def open_after(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.open_inside(AfterPage(look, gallery, states.after()), TODAY)


def open_welcome(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.take_over(WelcomePage(look, gallery))


def open_welcome_on_server(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.take_over(WelcomePage(look, gallery, on_server=True))


def open_settings_on_server(shell: Shell, look: Look, gallery: Gallery) -> None:
    shell.open(SETTINGS)
    page = shell.page(SETTINGS)
    assert isinstance(page, SettingsPage)
    page.render_state(replace(states.settings(text_percent=look.percent), server="clinic on db.example"))
    page.open_section(page.sections.index(page.data))


VIEWS: dict[str, Callable[[Shell, Look, Gallery], None]] = {
    "today": open_plain_today,
    "today after a crash": open_today,
    "exercises": open_exercises,
    "nothing found": open_nothing_found,
    "detail": open_detail,
    **{f"settings {n}": open_settings(n) for n in range(6)},
    "check-in": open_checkin,
    "first check-in": open_first_checkin,
    "after": open_after,
    "welcome": open_welcome,
    "welcome on a server": open_welcome_on_server,
    "settings on a server": open_settings_on_server,
}


def open_shell(look: Look, gallery: Gallery, qtbot: QtBot, size: tuple[int, int]) -> Shell:
    shell = Shell(
        look,
        {
            TODAY: lambda: TodayPage(look, gallery),
            EXERCISES: lambda: ExercisesPage(look, gallery),
            SETTINGS: lambda: SettingsPage(look, gallery),
        },
    )
    qtbot.addWidget(shell)
    shell.resize(*size)
    shell.show()
    return shell


@pytest.mark.parametrize(("width", "height", "percent"), WINDOWS)
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_cut_and_everything_has_a_name(
    look: Look, gallery: Gallery, qtbot: QtBot, view: str, width: int, height: int, percent: int
) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    shell = open_shell(look, gallery, qtbot, (width, height))
    VIEWS[view](shell, look, gallery)
    settle()
    assert faults(shell) == []
    assert nameless(shell) == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_that_is_open_grows_with_the_text(look: Look, gallery: Gallery, qtbot: QtBot, view: str) -> None:
    shell = open_shell(look, gallery, qtbot, (960, 640))
    VIEWS[view](shell, look, gallery)
    settle()
    look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=200))
    settle()
    assert faults(shell) == []


@pytest.mark.parametrize("view", VIEWS)
def test_pages_mirror_for_right_to_left(look: Look, gallery: Gallery, qtbot: QtBot, view: str) -> None:
    shell = open_shell(look, gallery, qtbot, (1280, 800))
    shell.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    VIEWS[view](shell, look, gallery)
    settle()
    assert faults(shell) == []
    if not view.startswith("welcome"):
        assert shell.sidebar.x() > shell.width() // 2


@pytest.mark.parametrize("view", ["welcome on a server", "settings on a server"])
def test_nothing_is_promised_of_this_computer_alone_where_a_server_keeps_the_diary(
    look: Look, gallery: Gallery, qtbot: QtBot, view: str
) -> None:
    shell = open_shell(look, gallery, qtbot, (1280, 800))
    VIEWS[view](shell, look, gallery)
    said = " ".join(text.text() for text in shell.findChildren(Text) if text.isVisible())
    assert "server" in said
    assert "this computer only" not in said
    assert "never leave" not in said


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    return made


def test_the_audit_sees_cut_text(look: Look, holder: QWidget) -> None:
    text = Text(look, "Session and voice", parent=holder)
    text.setGeometry(0, 0, 60, 22)
    text.show()
    assert any("is cut" in fault for fault in faults(holder))
    wrapped = Text(look, "Stay near something sturdy and move slowly", wrap=True, parent=holder)
    wrapped.setGeometry(0, 30, 120, 22)
    wrapped.show()
    assert any("in height" in fault for fault in faults(holder))


def test_the_audit_sees_broken_words(look: Look, holder: QWidget) -> None:
    text = Text(look, "Gastrocnemius", wrap=True, parent=holder)
    text.setGeometry(0, 0, 40, 66)
    text.show()
    assert any("breaks a word" in fault for fault in faults(holder))


def test_the_audit_sees_squeezed_and_escaped_controls(look: Look, holder: QWidget) -> None:
    button = Button(look, "Start", parent=holder)
    button.setGeometry(0, 0, 20, 10)
    button.show()
    assert any("needs" in fault for fault in faults(holder))
    button.setGeometry(280, 0, 120, 40)
    assert any("reaches out" in fault for fault in faults(holder))


def test_the_audit_sees_sideways_scrolling(look: Look, holder: QWidget) -> None:
    QHBoxLayout(holder)
    area = QScrollArea()
    wide = QWidget()
    wide.setMinimumSize(2000, 10)
    area.setWidget(wide)
    layout = holder.layout()
    assert layout is not None
    layout.addWidget(area)
    area.show()
    settle()
    assert any("sideways" in fault for fault in faults(holder))


def test_the_audit_sees_controls_without_a_name(look: Look, holder: QWidget) -> None:
    button = Button(look, "", icon="x", parent=holder)
    button.show()
    assert nameless(holder) == ["Button"]
    button.setAccessibleName("Clear search")
    assert nameless(holder) == []
