"""Type and measures of the paper: the light theme, the bundled fonts, and one fixed resolution for every device.

Everything is laid out in units of 1/600 inch and scaled onto the device, so that the PDF, the preview and the printer
break every line at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QPageSize

from coach.services.report import Paper
from coach.ui.charts.chart import Style
from coach.ui.theme.tokens import load_theme
from coach.ui.theme.typeface import ROLES, TEXT_FAMILY, install_fonts, make_font, tracking

if TYPE_CHECKING:
    from pathlib import Path
DPI = 600
"""Units of an inch."""
MARGIN = 15.0 * DPI / 25.4
"""15 mm on every side; no printer needs more."""
TO_READ = 0.62
"""Points of a pixel of the design on a report: its body text of 15 px is 9.3 pt, the smallest 7.8 pt."""
TO_GLANCE = 0.54
"""The same in its charts, which need room for the lines; dates and legends are 6.8 pt."""
TO_FOLLOW = (0.8, 0.76, 0.72)
"""The same on a sheet that lies beside the mat: 12 pt, or somewhat less where that saves a third page."""

_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


def page_size(paper: Paper) -> QPageSize:
    """Qt's name of a paper."""
    return QPageSize(_SIZES[paper])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper in units: its whole and what lies inside the margins."""

    width: float
    height: float

    @classmethod
    def of(cls, paper: Paper) -> Sheet:
        """The sheet of a paper."""
        size = page_size(paper).size(QPageSize.Unit.Point)
        return cls(size.width() * DPI / 72, size.height() * DPI / 72)

    @property
    def inner_width(self) -> float:
        """Between the margins."""
        return self.width - 2 * MARGIN

    @property
    def inner_height(self) -> float:
        """Between the margins."""
        return self.height - 2 * MARGIN


@cache
def ink(assets: Path, scale: float) -> Style:
    """Colours and fonts of the paper at a scale; `assets` is the folder of themes and fonts, read once."""
    theme = load_theme(assets / "themes" / "light.toml")
    if TEXT_FAMILY not in QFontDatabase.families():
        install_fonts(assets / "fonts")

    def px(size: float) -> float:
        return size * scale * DPI / 72

    def font(role: str, weight: int = 0) -> QFont:
        step = ROLES[role]
        # Without tabular digits and contextual forms: a PDF knows no character for such a glyph, so that nobody could
        # search for it or copy it.
        made = make_font(step.px, weight or step.weight)
        made.setFeature(QFont.Tag("calt"), 0)
        made.setPixelSize(round(px(step.px)))
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, px(tracking(step.px)))
        return made

    # A page is white, and so is what charts take for their ground.
    return Style(replace(theme, bg=theme.surface), px, font)


def line_height(style: Style, role: str) -> float:
    """Height of a line of text; print needs less lead than a screen."""
    return style.px(ROLES[role].line * 0.94)
