"""Icons: Lucide drawings, recoloured by replacing the colour in their text and kept as pixmaps.

`currentColor` would come out black, so the wanted colour is written in before drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from pathlib import Path

STROKE = "1.75"
_LIMIT = 400


class IconSet:
    """All icons of one folder. Pixmaps are cached by name, size, colour and device pixel ratio."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, str, float, str], QPixmap] = {}

    def names(self) -> tuple[str, ...]:
        """Every icon there is."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.svg")))

    def pixmap(self, name: str, size: int, color: str, dpr: float = 1.0, stroke: str = STROKE) -> QPixmap:
        """An icon of `size` logical pixels in `color`; FileNotFoundError for an unknown name."""
        key = (name, size, color, dpr, stroke)
        found = self._pixmaps.get(key)
        if found is None:
            if len(self._pixmaps) >= _LIMIT:
                self._pixmaps.clear()
            found = self._pixmaps[key] = self._draw(*key)
        return found

    def _draw(self, name: str, size: int, color: str, dpr: float, stroke: str) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        text = self._texts.get(name)
        if text is None:
            text = self._texts[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        painted = text.replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
        pixmap = QPixmap(round(size * dpr), round(size * dpr))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(painted.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap
