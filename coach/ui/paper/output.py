"""From laid out pages to a PDF, to pictures and to any other device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter

from coach.errors import KnownError
from coach.ui.i18n import tr
from coach.ui.paper.ink import DPI, MARGIN, Sheet, page_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.services.report import Paper

Page: TypeAlias = "Callable[[QPainter, QRectF], None]"
"""Paints one page into the rectangle between its margins, in units of `ink.DPI`."""


@dataclass(frozen=True, slots=True)
class Document:
    """Pages ready to be painted on a paper."""

    title: str
    paper: Paper
    pages: Sequence[Page]

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a page (from 0) with a painter whose units are ours and whose origin is the paper's corner."""
        sheet = Sheet.of(self.paper)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.save()
        self.pages[number](painter, QRectF(MARGIN, MARGIN, sheet.inner_width, sheet.inner_height))
        painter.restore()

    def pdf(self) -> bytes:
        """As a PDF with real text and the fonts it needs; KnownError if it could not be made."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DPI)
        writer.setPageSize(page_size(self.paper))
        writer.setPageMargins(QMarginsF())
        writer.setTitle(self.title)
        writer.setCreator("Foot Coach")
        with QPainter(writer) as painter:
            for number in range(len(self.pages)):
                if number:
                    writer.newPage()
                self.paint(painter, number)
        buffer.close()
        made = bytes(data.data())
        if not is_whole(made):
            raise KnownError(tr("The PDF could not be made. Close other programs, then try again."))
        return made

    def images(self, dpi: float) -> list[QImage]:
        """Every page as a picture, laid out exactly as in the PDF."""
        return [self._image(number, dpi) for number in range(len(self.pages))]

    def _image(self, number: int, dpi: float) -> QImage:
        sheet = Sheet.of(self.paper)
        size = (round(sheet.width * dpi / DPI), round(sheet.height * dpi / DPI))
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.scale(dpi / DPI, dpi / DPI)
            self.paint(painter, number)
        return image


def is_whole(made: bytes) -> bool:
    """Whether a PDF came to its end; the writer itself tells of no trouble at all."""
    return made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")
