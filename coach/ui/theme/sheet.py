"""The one style sheet, for the controls Qt draws itself; everything else paints from the tokens."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.ui.theme.tokens import Theme

_SHEET = Template(
    """
QToolTip { background: $toast; color: $on_toast; border: 0; padding: ${p4}px ${p8}px; }
QLineEdit, QPlainTextEdit {
    background: $surface; color: $ink; border: 1px solid $ctl; border-radius: 10px;
    padding: ${p8}px ${p12}px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: ${q8}px ${q12}px; }
QLineEdit:disabled { background: $sunken; color: $ink3; border-color: $sunken; }
QTextBrowser { background: transparent; color: $ink; border: 0; }
QMenu { background: $surface; color: $ink; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: ${p8}px ${p16}px; border-radius: 8px; }
QMenu::item:selected { background: $soft; color: $on_soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $ctl; border-radius: 3px; margin: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }
"""
)


def style_sheet(theme: Theme, percent: int) -> str:
    """The style sheet of a theme at a text size."""
    sizes = {f"q{n}": round(n * percent / 100) - 1 for n in (8, 12)}
    sizes |= {f"p{n}": round(n * percent / 100) for n in (4, 8, 12, 16)}
    colors = {
        name: theme.color(name) for name in ("toast", "on_toast", "surface", "sunken", "ink", "ink3", "ctl", "line")
    }
    more = {name: theme.color(name) for name in ("accent", "on_accent", "soft", "on_soft")}
    return _SHEET.substitute(sizes, **colors, **more)
