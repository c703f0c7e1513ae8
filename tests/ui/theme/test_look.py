"""Fonts, icons, text size, live switching of themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from coach.domain.preferences import MotionChoice, Preferences, SessionTheme, ThemeChoice
from coach.ui.theme.icons import IconSet
from coach.ui.theme.typeface import ROLES, make_font, tracking
from tests.ui.conftest import ASSETS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look


def test_every_weight_is_a_face_of_its_own(look: Look) -> None:
    widths = {
        QFontMetricsF(look.font_px(20, weight)).horizontalAdvance("Hamburg") for weight in (400, 500, 600, 700, 800)
    }
    assert len(widths) == 5
    assert QFontInfo(look.font("body")).family() == "Inter"
    assert QFontInfo(look.font("h1")).family() == "Inter Display"


def test_large_plain_text_keeps_the_text_cut(look: Look) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=200))
    assert QFontInfo(look.font("body")).family() == "Inter"
    assert QFontInfo(look.font("body")).weight() == 400


@pytest.mark.parametrize("px", [15, 148, 312])
def test_tabular_digits_are_equally_wide(look: Look, px: int) -> None:
    tabular = QFontMetricsF(look.font_px(px, 600, tabular=True))
    assert len({round(tabular.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1
    loose = QFontMetricsF(look.font_px(px, 600))
    assert loose.horizontalAdvance("1") < loose.horizontalAdvance("0")


@pytest.mark.parametrize(
    ("px", "share"), [(15, 0.0), (17.9, 0.0), (18, 0.01), (24, 0.01), (25, 0.02), (40, 0.02), (46, 0.03)]
)
def test_tracking_follows_the_size(px: float, share: float) -> None:
    assert tracking(px) == pytest.approx(-share * px)


@pytest.mark.parametrize(("px", "drawn"), [(12.5, 13), (13.5, 14), (27, 27), (0.2, 1)])
def test_half_pixels_are_rounded_up(look: Look, px: float, drawn: int) -> None:
    assert QFontInfo(make_font(px)).pixelSize() == drawn


def test_text_size_scales_every_role(look: Look) -> None:
    before = {role: (QFontMetricsF(look.font(role)).height(), look.line(role)) for role in ROLES}
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=200))
    for role, (height, line) in before.items():
        assert QFontMetricsF(look.font(role)).height() == pytest.approx(2 * height, rel=0.05)
        assert look.line(role) == pytest.approx(2 * line, abs=1)


def test_a_theme_switch_reaches_open_widgets(look: Look, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 60)
    with qtbot.waitSignal(look.changed):
        look.apply(Preferences(theme=ThemeChoice.DARK))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(look.theme.bg)
    assert field.grab().toImage().pixelColor(100, 10) == QColor(look.theme.surface)


def test_applying_the_same_settings_again_costs_nothing(look: Look, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(look.changed):
        look.apply(Preferences(theme=ThemeChoice.LIGHT))


def test_the_system_is_followed_while_it_is_asked_to(look: Look, qtbot: QtBot) -> None:
    told = QGuiApplication.styleHints().colorSchemeChanged
    look.apply(Preferences(theme=ThemeChoice.SYSTEM))
    seen = []
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        told.emit(scheme)
        seen.append(look.theme.name)
    assert seen == ["dark", "light"]
    look.apply(Preferences(theme=ThemeChoice.LIGHT))
    told.emit(Qt.ColorScheme.Dark)
    assert look.theme.name == "light"
    told.emit(Qt.ColorScheme.Light)


def test_the_session_may_differ_from_the_pages(look: Look, qtbot: QtBot) -> None:
    session = look.follow(SessionTheme.DARK)
    assert (look.dark, session.dark) == (False, True)
    assert session.theme.name == "dark"
    assert session.font("body") == look.font("body")
    with qtbot.waitSignal(session.changed):
        session.apply(Preferences(session_theme=SessionTheme.SAME))
    assert not session.dark
    with qtbot.waitSignal(session.changed):
        look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=150))
    assert (session.dark, session.percent) == (True, 150)


@pytest.mark.parametrize(
    ("choice", "system", "reduced"),
    [
        (MotionChoice.SYSTEM, False, False),
        (MotionChoice.SYSTEM, True, True),
        (MotionChoice.ON, False, True),
        (MotionChoice.OFF, True, False),
    ],
)
def test_reduced_motion_follows_the_choice(look: Look, choice: MotionChoice, system: bool, reduced: bool) -> None:
    look.set_system_reduced_motion(reduced=system)
    look.apply(Preferences(theme=ThemeChoice.LIGHT, reduce_motion=choice))
    assert look.reduced_motion is reduced


ICONS = IconSet(ASSETS / "icons")


@pytest.mark.parametrize("name", ICONS.names())
def test_every_icon_is_drawn_in_the_wanted_colour(qapp: QApplication, name: str) -> None:
    image = ICONS.pixmap(name, 24, "#FF0000", 2.0).toImage()
    assert image.width() == 48
    painted = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 200]
    assert painted
    assert all((color.red(), color.green(), color.blue()) == (255, 0, 0) for color in painted)


def test_icons_are_remembered(look: Look) -> None:
    assert look.icon("house", 20, "#112233").cacheKey() == look.icon("house", 20, "#112233").cacheKey()
    assert look.icon("house", 20, "#112233").cacheKey() != look.icon("house", 20, "#112234").cacheKey()


def test_icons_named_in_the_code_exist() -> None:
    import re

    code = Path(__file__).resolve().parents[3] / "coach" / "ui"
    used = {
        name
        for path in code.rglob("*.py")
        for name in re.findall(r'icon="([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(ICONS.names())


def test_licences_lie_beside_what_they_cover() -> None:
    for folder, words in (("fonts", "SIL Open Font License"), ("icons", "ISC License")):
        (licence,) = (ASSETS / folder).glob("LICENSE*")
        assert words.casefold() in licence.read_text(encoding="utf-8").casefold()
