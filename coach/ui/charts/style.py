"""The styles of the screen and of saved pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.charts.chart import Style
from coach.ui.theme.typeface import ROLES

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from coach.ui.theme.look import Look


def screen_style(look: Look) -> Style:
    """As the window looks now."""
    return _style(look, look.percent)


def picture_style(look: Look) -> Style:
    """For a file: the theme in use, text at 100 %, since a picture is enlarged by whoever looks at it."""
    return _style(look, 100)


def _style(look: Look, percent: int) -> Style:
    def px(size: float) -> float:
        return size * percent / 100

    def font(role: str, weight: int) -> QFont:
        return look.font_px(px(ROLES[role].px), weight)

    return Style(look.theme, px, font)
