"""How much room a window gives: one pure function decides rail, columns, padding and pinning for every page."""

from __future__ import annotations

from dataclasses import dataclass

SIDEBAR = 212
RAIL = 68
CONTENT_MAX = 1180
MIN_SIZE = (960, 640)
_RAIL_BELOW = 1040
_WIDE_FROM = 1200
_TWO_COLUMNS_FROM = 780
_PINNED_BELOW = 740


@dataclass(frozen=True, slots=True)
class Room:
    """Layout of a page. `content` is the width that cards may fill; lengths in px."""

    rail: bool
    columns: int
    padding: int
    gap: int
    pinned: bool
    content: int
    height: int
    percent: int


def room_for(width: int, height: int, percent: int) -> Room:
    """The layout of a window of this size at this text size (100 to 200).

    Large text counts as a narrower window: what matters is how many letters fit.
    """
    letters = width * 100 / percent
    rail = letters < _RAIL_BELOW
    padding = 24 if width < 1100 else 28 if width < _WIDE_FROM else 40
    side = rail_width(percent) if rail else sidebar_width(percent)
    content = min(CONTENT_MAX, width - side - 2 * padding)
    columns = 2 if content * 100 / percent >= _TWO_COLUMNS_FROM else 1
    return Room(
        rail=rail,
        columns=columns,
        padding=padding,
        gap=20 if width >= _WIDE_FROM else 16,
        pinned=height < _PINNED_BELOW * percent / 100,
        content=content,
        height=height,
        percent=percent,
    )


def sidebar_width(percent: int) -> int:
    """Width of the sidebar with words."""
    return SIDEBAR * percent // 100


def rail_width(percent: int) -> int:
    """Width of the rail of icons; grows less than the text, because it shows none."""
    return RAIL + (percent - 100) * 36 // 100
