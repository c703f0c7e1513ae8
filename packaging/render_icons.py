"""Renders `assets/app/icon*.svg` to the PNG sizes that desktops ask for.

Run it with the virtual environment's Python after changing a drawing; the pictures are tracked, because installers and
windows need them without Qt's SVG module.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

APP = Path(__file__).resolve().parent.parent / "assets" / "app"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
BOLD_UP_TO = 24
"""Sizes in pixels for which the bolder drawing is used."""


def render(size: int) -> Path:
    """Draw the icon at `size` × `size` pixels and return the file."""
    drawing = "icon-small.svg" if size <= BOLD_UP_TO else "icon.svg"
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(APP / drawing)).render(painter)
    painter.end()
    target = APP / f"icon-{size}.png"
    if not image.save(str(target)):
        raise OSError(f"could not write {target}")
    return target


def main() -> None:
    """Render every size."""
    application = QGuiApplication([])
    for size in SIZES:
        print(render(size))
    application.quit()


if __name__ == "__main__":
    main()
