"""Printing by the desktop's own dialog. QtPrintSupport is loaded when somebody prints, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from coach.errors import KnownError
from coach.ui.i18n import tr
from coach.ui.paper.ink import DPI, page_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from coach.ui.paper.output import Document


def print_document(document: Document, parent: QWidget, failed: Callable[[str], None]) -> None:
    """Let a printer be chosen and print on it; returns at once. `failed` is told in one sentence why it cannot be.

    `document` is a `report_document` or a `sheet_document`.
    """
    try:
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
    except ImportError:  # a part of Qt that systems may leave out
        failed(no_printer())
        return
    if not QPrinterInfo.availablePrinterNames():
        failed(no_printer())
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(page_size(document.paper))
    printer.setDocName(document.title)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def begin() -> None:
        try:
            print_on(printer, document)
        except KnownError as error:
            failed(str(error))

    dialog.accepted.connect(begin)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()


def no_printer() -> str:
    """What a computer without a printer says."""
    return tr("No printer is set up on this computer. Save it as PDF and print that elsewhere.")


def print_on(printer: QPrinter, document: Document) -> None:
    """Print every page; KnownError if the printer takes none."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError(_refused(printer))
    try:
        painter.scale(printer.logicalDpiX() / DPI, printer.logicalDpiY() / DPI)
        for number in range(len(document.pages)):
            if number and not printer.newPage():
                raise KnownError(_refused(printer))
            document.paint(painter, number)
    finally:
        painter.end()


def _refused(printer: QPrinter) -> str:
    return tr(
        "{printer} did not take the pages. Look whether it is on and has paper, or save it as PDF and print that "
        "elsewhere.",
        printer=printer.printerName() or tr("The printer"),
    )
