"""Type: roles with their sizes, the bundled Inter faces, tracking and tabular numerals.

Sizes are pixels at 100 % text; everything is multiplied by the person's text size. The Display cut serves 28 px and up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

if TYPE_CHECKING:
    from pathlib import Path

DISPLAY_FROM_PX = 28
DISPLAY_FROM_WEIGHT = 600
"""Titles and digits; plain text keeps the text cut when a large text size makes it big."""
TEXT_FAMILY = "Inter"
DISPLAY_FAMILY = "Inter Display"


@dataclass(frozen=True, slots=True)
class Role:
    """One step of the type scale: size and line height in px at 100 %, weight 400 to 800."""

    px: float
    line: float
    weight: int


ROLES = {
    "display": Role(46, 54, 600),
    "h1": Role(30, 38, 600),
    "answer": Role(27, 34, 600),
    "title": Role(23, 30, 600),
    "h2": Role(19, 26, 600),
    "h3": Role(17, 24, 600),
    "lead": Role(18, 28, 400),
    "strong": Role(15, 22, 600),
    "medium": Role(15, 22, 500),
    "body": Role(15, 22, 400),
    "small": Role(13.5, 20, 400),
    "small_medium": Role(13.5, 20, 500),
    "small_strong": Role(13.5, 20, 600),
    "tiny": Role(12.5, 18, 400),
    "tiny_strong": Role(12.5, 18, 600),
    "key": Role(12.5, 18, 600),
    "button": Role(15, 22, 600),
    "button_large": Role(19, 26, 600),
}


def tracking(px: float) -> float:
    """Extra space between letters in px: 0 below 18 px, then −1, −2 and −3 % of the size."""
    share = 0.0 if px < 18 else 0.01 if px <= 24 else 0.02 if px <= 40 else 0.03
    return -share * px


def install_fonts(folder: Path) -> bool:
    """Load the bundled faces; False if any is missing (the platform's font is used instead)."""
    faces = sorted(folder.glob("*.ttf"))
    return bool(faces) and all(QFontDatabase.addApplicationFont(str(face)) >= 0 for face in faces)


def make_font(px: float, weight: int = 400, *, tabular: bool = False, own_face: bool = True) -> QFont:
    """A font of `px` pixels (already scaled) with the design's tracking; `tabular` makes all digits equally wide."""
    font = QFont()
    if own_face:
        display = px >= DISPLAY_FROM_PX and weight >= DISPLAY_FROM_WEIGHT
        font.setFamily(DISPLAY_FAMILY if display else TEXT_FAMILY)
    # Qt draws whole pixel sizes only; 13.5 becomes 14, as the pictures show it.
    font.setPixelSize(max(1, int(px + 0.5)))
    font.setWeight(QFont.Weight(weight))
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking(px))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
