"""Where the window was, in which colour, and where it may be now, since its screen may be gone."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QPalette

from coach.ui.room import MIN_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DEFAULT_SIZE = (1280, 800)
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_MIDDLE = 128  # of lightness, 0 to 255
_GRIP = 48  # this much of the top edge must be within reach


@dataclass(frozen=True, slots=True)
class Place:
    """Position and size in logical px.

    `ground` is the colour that filled it (`#RRGGBB`, empty if not known) while the system was `dark` or not: where it
    has changed its mind, the colour may be another one now.
    """

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False
    ground: str = ""
    dark: bool = False

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

        self._path = path
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def load(self) -> Place | None:
        """See `Places`."""
        try:
            x, y, width, height, big = (int(part) for part in str(self._settings.value("window", "")).split(" "))
        except ValueError:
            return None
        if width <= 0 or height <= 0:
            return None
        ground, _, dark = str(self._settings.value("ground", "")).partition(" ")
        known = ground if _HEX.fullmatch(ground) else ""
        return Place(x, y, width, height, maximized=bool(big), ground=known, dark=dark == "dark")

    def save(self, place: Place) -> None:
        """See `Places`."""
        text = f"{place.x} {place.y} {place.width} {place.height} {int(place.maximized)}"
        self._settings.setValue("window", text)
        self._settings.setValue("ground", f"{place.ground} {'dark' if place.dark else 'light'}")
        self._settings.sync()
        with suppress(OSError):  # Qt leaves the rights to the umask; everything in the folder is its owner's alone
            self._path.chmod(0o600)


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


def system_is_dark() -> bool:
    """Whether the system asks for dark windows; right until the application is given a palette of its own.

    Asked of the palette, because the style hints' own answer is the first to need Qt's namespace: 93 enumerations that
    take Python longer than showing the window.
    """
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < _MIDDLE


def usable_screens() -> list[QRect]:
    """The usable areas of all screens, the main one first."""
    main = QGuiApplication.primaryScreen()
    return [screen.availableGeometry() for screen in sorted(QGuiApplication.screens(), key=lambda s: s is not main)]


def _reachable(place: Place, screen: QRect) -> bool:
    top = QRect(place.x, place.y, place.width, _GRIP)
    seen = top.intersected(screen)
    return seen.width() >= 2 * _GRIP and seen.height() >= _GRIP // 2 and place.height <= screen.height() + _GRIP
