"""Type, lengths and colours of the session screen at its present size.

Everything scales by min(width/1280, height/800), never below 0.75 and without an upper limit, because it is read from
three metres. Small texts also follow the person's text size; the large ones are beyond it already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from coach.ui.session.view import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPixmap

    from coach.ui.theme.look import Look
    from coach.ui.theme.tokens import Theme

WIDTH, HEIGHT = 1280, 800
SMALLEST = 0.75
LEFT_TRACK, LEFT_RULE = "#124A86", "#5A93D1"
RIGHT_TRACK, RIGHT_RULE = "#C98521", "#B5731A"
"""Bar and hairline on the side panels, the same in both themes; what they show also stands beside them in words."""
LARGE_PX = 40
SMALLEST_PX = 12.5
"""Texts of this size and more do not grow with the text size; smaller ones grow up to it."""


def scale_for(width: int, height: int) -> float:
    """How much larger than the drawing everything is."""
    return max(SMALLEST, min(width / WIDTH, height / HEIGHT))


@dataclass(frozen=True, slots=True)
class SideColors:
    """Colours of the panel in one tone; `track` is the empty part of its bar, `idle` the outline of the other sole."""

    fill: str
    ink: str
    soft: str
    bar: str
    track: str
    idle: str
    rule: str
    edge: str | None = None


class Style:
    """One look at one size; compare with `==` to see whether anything has to be laid out anew."""

    def __init__(self, look: Look, width: int, height: int) -> None:
        self.look = look
        self.scale = scale_for(width, height)
        self.percent = look.percent

    @property
    def theme(self) -> Theme:
        """The theme of the session."""
        return self.look.theme

    def px(self, length: float) -> float:
        """A length of the drawing on this screen."""
        return length * self.scale

    def whole(self, length: float) -> int:
        """The same in whole pixels."""
        return round(length * self.scale)

    def size(self, px: float, most: float = LARGE_PX) -> float:
        """A text size of the drawing on this screen; small ones grow with the text size up to `most`."""
        if px < most:
            px = min(px * self.percent / 100, most)
        return max(px * self.scale, SMALLEST_PX)

    def font(self, px: float, weight: int = 400, *, tabular: bool = False) -> QFont:
        """A font of a size of the drawing."""
        return self.look.font_px(round(self.size(px)), weight, tabular=tabular)

    def fitted(self, px: float, weight: int = 400, *, tabular: bool = False) -> QFont:
        """A font of exactly this many pixels on this screen."""
        return self.look.font_px(max(1, round(px)), weight, tabular=tabular)

    def color(self, token: str) -> QColor:
        """A colour for painting."""
        return QColor(self.theme.color(token))

    def icon(self, name: str, px: float, color: str, dpr: float) -> QPixmap:
        """An icon of a size of the drawing that follows the text size."""
        return self.look.icon(name, round(self.size(px)), color, dpr)

    def side(self, tone: Tone) -> SideColors:
        """The colours of the panel."""
        theme = self.theme
        if tone is Tone.LEFT:
            fill, ink = theme.left_fill, theme.on_left_fill
            return SideColors(fill, ink, ink, ink, LEFT_TRACK, mix(fill, ink, 0.58), LEFT_RULE)
        if tone is Tone.RIGHT:
            fill, ink = theme.right_fill, theme.on_right_fill
            edge = None if theme.dark else theme.right_edge
            return SideColors(fill, ink, ink, ink, RIGHT_TRACK, mix(fill, ink, 0.53), RIGHT_RULE, edge)
        return SideColors(theme.surface, theme.ink, theme.ink2, theme.accent, theme.sunken, theme.ctl, theme.line)


def mix(one: str, other: str, share: float) -> str:
    """`share` of the second colour over the first; all `#RRGGBB`."""
    a, b = QColor(one), QColor(other)
    parts = (round(x + (y - x) * share) for x, y in zip(_rgb(a), _rgb(b), strict=True))
    return "#{:02X}{:02X}{:02X}".format(*parts)


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
