"""The words of a notification, fit for any desktop: one line or a few, of a bearable length, with nothing hidden."""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST_TITLE, LONGEST_TEXT, LONGEST_BUTTON = 80, 300, 40
_ELLIPSIS = "…"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
"""Signs that turn the direction of what follows, even beyond the notification; the letters themselves need none."""


def one_line(text: str, longest: int) -> str:
    """For a title or a button."""
    return shortened(" ".join(_clean(text).split()), longest)


def paragraph(text: str, *, markup: bool, longest: int = LONGEST_TEXT) -> str:
    """For the text below. Lines stay, empty ones go; with `markup` the desktop reads it as HTML, so it is escaped."""
    lines = (" ".join(line.split()) for line in _clean(text).splitlines())
    plain = shortened("\n".join(line for line in lines if line), longest)
    return html.escape(plain, quote=False) if markup else plain


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut after a word where one ends near, never between a letter and its accent."""
    if len(text) <= longest:
        return text
    end = longest - len(_ELLIPSIS)
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    if space > end // 2:
        end = space
    else:
        while end > 1 and (unicodedata.combining(text[end]) or _joins(text[end]) or _joins(text[end - 1])):
            end -= 1
    return text[:end].rstrip() + _ELLIPSIS


def _clean(text: str) -> str:
    """Without control signs, turned directions and halves of characters, which cannot be sent."""
    whole = _TURNS.sub("", text).encode("utf-8", "replace").decode()
    return "".join(sign for sign in whole if sign in "\n\r\t" or unicodedata.category(sign) != "Cc")


def _joins(sign: str) -> bool:
    """Zero width joiner, variation selectors and skin tones belong to their neighbour."""
    return sign == "\u200d" or "\ufe00" <= sign <= "\ufe0f" or "\U0001f3fb" <= sign <= "\U0001f3ff"
