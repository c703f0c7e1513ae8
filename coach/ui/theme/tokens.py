"""Colour tokens of one theme file, as plain `#RRGGBB` text so that contrast can be computed without a screen.

Values and their uses: the design's section 2. A file must name every token and no other; `Theme` is the list of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import tomli

from coach.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class PainScale:
    """Fills of the 0 to 10 scale; digits are `dark_digits` up to and `light_digits` from `light_from` on."""

    fills: tuple[str, ...]
    dark_digits: str
    light_digits: str
    light_from: int

    def digits(self, nrs: int) -> str:
        """Colour of the number on its own fill."""
        return self.light_digits if nrs >= self.light_from else self.dark_digits


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. Every colour is `#RRGGBB`."""

    name: str
    dark: bool
    pain: PainScale
    bg: str
    surface: str
    sunken: str
    line: str
    ctl: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    soft: str
    on_soft: str
    left: str
    left_soft: str
    right: str
    right_soft: str
    left_fill: str
    on_left_fill: str
    right_fill: str
    on_right_fill: str
    right_edge: str
    danger: str
    danger_soft: str
    on_danger: str
    stop: str
    on_stop: str
    warn: str
    warn_soft: str
    focus: str
    toast: str
    on_toast: str

    def color(self, token: str) -> str:
        """The colour of a token by name; KeyError if there is none."""
        if token not in COLOR_TOKENS:
            raise KeyError(token)
        value: str = getattr(self, token)
        return value


COLOR_TOKENS = tuple(f.name for f in fields(Theme) if f.name not in {"name", "dark", "pain"})


def load_theme(path: Path) -> Theme:
    """Read a theme file; KnownError names the file and what is wrong with it."""
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
        return _theme(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"The theme file {path.name} cannot be used: {error}. Install the program again.") from error


def _theme(data: dict[str, Any]) -> Theme:
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']} is not {FORMAT}")
    colors: dict[str, str] = data["colors"]
    if wrong := set(colors).symmetric_difference(COLOR_TOKENS):
        raise ValueError(f"missing or unknown colours: {', '.join(sorted(wrong))}")
    pain = data["pain"]
    scale = PainScale(tuple(pain["fills"]), pain["dark_digits"], pain["light_digits"], int(pain["light_from"]))
    if len(scale.fills) != 11:
        raise ValueError("the pain scale needs 11 fills")
    for value in (*colors.values(), *scale.fills, scale.dark_digits, scale.light_digits):
        if not _HEX.fullmatch(value):
            raise ValueError(f"{value!r} is not a #RRGGBB colour")
    return Theme(name=str(data["name"]), dark=bool(data["dark"]), pain=scale, **colors)


def contrast(a: str, b: str) -> float:
    """WCAG 2 contrast ratio of two `#RRGGBB` colours, 1 to 21."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
