"""Charts as files: a PNG or SVG picture with its title, or the values as CSV. A file is there only when it is whole."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from coach.ui.charts.drawing import line_height, measurer, wrapped, write
from coach.ui.saving import save_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QFont

    from coach.ui.charts.chart import Chart, Style, Table

WIDTH, PADDING = 960.0, 32.0
SHARPNESS = 2
"""Pixels of a PNG for one of the design."""
_FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
"""What a spreadsheet might run, and the sign that keeps it from it, as in the export of the diary."""


def save_picture(chart: Chart, path: Path, style: Style, width: float = WIDTH) -> None:
    """Write the chart as SVG where the name ends so, else as PNG; KnownError says why it cannot be written."""
    paint = _svg if path.suffix.lower() == ".svg" else _png
    save_file(path, paint(chart, style, width))


def save_table(table: Table, path: Path) -> None:
    """Write the values for a spreadsheet; KnownError says why it cannot be written."""
    save_file(path, csv_bytes(table))


def csv_bytes(table: Table) -> bytes:
    """UTF-8 with a byte order mark, commas, CRLF; what was not asked is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.raw_columns)
    writer.writerows([[guarded(cell) for cell in row] for row in table.raw])
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: str | float | None) -> str | float | None:
    """A cell that no spreadsheet takes for a formula; numbers are left alone."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def file_name(chart: Chart) -> str:
    """A name for its file, without an ending: letters, digits and hyphens."""
    kept = "".join(sign if sign.isalnum() else " " for sign in chart.name.lower())
    return "-".join(kept.split()) or "chart"


def paint_page(chart: Chart, painter: QPainter, size: QRectF, style: Style) -> None:
    """The chart on the theme's surface, under its title and what it rests on: a picture is read far from the page."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(size, QColor(style.theme.surface))
    inside = size.adjusted(*(style.px(edge) for edge in (PADDING, PADDING, -PADDING, -PADDING)))
    top = inside.top()
    for line, role, color in _head(chart, inside.width(), style):
        step = line_height(style, role)
        write(painter, QRectF(inside.left(), top, inside.width(), step), line, _font(style, role), color)
        top += step
    chart.paint(painter, inside.adjusted(0, top - inside.top() + style.px(12), 0, 0), style)


def page_size(chart: Chart, style: Style, width: float = WIDTH) -> QRectF:
    """As large as the chart with its title wants to be."""
    inside = width - 2 * style.px(PADDING)
    head = sum(line_height(style, role) for _, role, _ in _head(chart, inside, style))
    height = head + style.px(12) + chart.height(inside, style) + 2 * style.px(PADDING)
    return QRectF(0, 0, width, float(round(height)))


def _head(chart: Chart, width: float, style: Style) -> list[tuple[str, str, str]]:
    """The lines above the chart, each with the role and the colour of its letters."""
    parts = [(chart.name, "h2", style.theme.ink)]
    if chart.stops:  # of an empty one it stands in the picture's middle
        parts.append((chart.summary, "small", style.theme.ink2))
    return [
        (line, role, color)
        for text, role, color in parts
        for line in wrapped(text, width, measurer(_font(style, role)))
    ]


def _font(style: Style, role: str) -> QFont:
    return style.font(role, 600 if role == "h2" else 400)


def _png(chart: Chart, style: Style, width: float) -> bytes:
    size = page_size(chart, style, width)
    image = QImage(size.size().toSize() * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    painter = QPainter(image)
    paint_page(chart, painter, size, style)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes, Qt wants a text
    return bytes(buffer.data().data())


def _svg(chart: Chart, style: Style, width: float) -> bytes:
    from PySide6.QtSvg import QSvgGenerator

    size = page_size(chart, style, width)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(int(size.width()), int(size.height())))
    generator.setResolution(96)  # of CSS, so that it opens as large as the picture
    generator.setViewBox(size)
    generator.setTitle(chart.name)
    generator.setDescription(chart.summary)
    painter = QPainter(generator)
    paint_page(chart, painter, size, style)
    painter.end()
    return bytes(buffer.data().data())
