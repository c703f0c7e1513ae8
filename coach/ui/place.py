"""Where the window was, and where it may be now: a place on a screen that is gone is moved to one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from coach.ui.room import MIN_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DEFAULT_SIZE = (1280, 800)
_GRIP = 48  # this much of the top edge must be within reach


@dataclass(frozen=True, slots=True)
class Place:
    """Position and size in logical px."""

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False

    @property
    def rect(self) -> QRect:
        """As a rectangle."""
        return QRect(self.x, self.y, self.width, self.height)


class Places(Protocol):
    """Remembers the place of the window."""

    def load(self) -> Place | None:
        """The last place, or None."""
        ...

    def save(self, place: Place) -> None:
        """Keep a place."""
        ...


class IniPlaces:
    """Keeps the place in a small file of its own; anything unreadable counts as nothing."""

    def __init__(self, path: Path) -> None:
        from PySide6.QtCore import QSettings

        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def load(self) -> Place | None:
        """See `Places`."""
        try:
            x, y, width, height, big = (int(part) for part in str(self._settings.value("window", "")).split(" "))
        except ValueError:
            return None
        if width <= 0 or height <= 0:
            return None
        return Place(x, y, width, height, maximized=bool(big))

    def save(self, place: Place) -> None:
        """See `Places`."""
        text = f"{place.x} {place.y} {place.width} {place.height} {int(place.maximized)}"
        self._settings.setValue("window", text)
        self._settings.sync()


def fit(place: Place | None, screens: Sequence[QRect]) -> Place:
    """A place whose title bar can be reached: unchanged if it is on a screen, else in the middle of the first one.

    `screens` are the usable areas, the main one first.
    """
    main = screens[0] if screens else QRect(0, 0, *DEFAULT_SIZE)
    if place is not None and any(_reachable(place, screen) for screen in screens):
        return place
    width = min(place.width if place else DEFAULT_SIZE[0], main.width())
    height = min(place.height if place else DEFAULT_SIZE[1], main.height())
    width, height = max(width, min(MIN_SIZE[0], main.width())), max(height, min(MIN_SIZE[1], main.height()))
    return Place(
        main.x() + (main.width() - width) // 2,
        main.y() + (main.height() - height) // 2,
        width,
        height,
        maximized=place.maximized if place else False,
    )


def usable_screens() -> list[QRect]:
    """The usable areas of all screens, the main one first."""
    main = QGuiApplication.primaryScreen()
    return [screen.availableGeometry() for screen in sorted(QGuiApplication.screens(), key=lambda s: s is not main)]


def _reachable(place: Place, screen: QRect) -> bool:
    top = QRect(place.x, place.y, place.width, _GRIP)
    seen = top.intersected(screen)
    return seen.width() >= 2 * _GRIP and seen.height() >= _GRIP // 2 and place.height <= screen.height() + _GRIP
