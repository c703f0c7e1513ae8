"""Printing: a computer without a printer says so, a chosen printer gets every page, and one that refuses is named."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from coach.errors import KnownError
from coach.services.report import Paper
from coach.ui.paper.ink import page_size
from coach.ui.paper.printing import no_printer, print_document, print_on
from coach.ui.paper.report import report_document
from tests.ui.paper import made, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from coach.ui.paper.output import Document


@pytest.fixture
def document(assets: Path) -> Document:
    """Two pages."""
    return report_document(made.report(paper=Paper.LETTER), assets)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """What the dialog belongs to."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def into_file(path: Path) -> QPrinter:
    """A printer that prints into a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(page_size(Paper.LETTER))
    printer.setOutputFileName(str(path))
    return printer


def test_without_a_printer_it_says_what_to_do_instead(
    document: Document, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    said: list[str] = []
    print_document(document, parent, said.append)
    assert said == ["No printer is set up on this computer. Save it as PDF and print that elsewhere."]
    assert parent.findChild(QPrintDialog) is None


def test_where_qt_cannot_print_it_says_the_same(
    document: Document, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtPrintSupport", None)
    said: list[str] = []
    print_document(document, parent, said.append)
    assert said == [no_printer()]


@pdf.needs_poppler
def test_the_chosen_printer_gets_every_page(
    document: Document, parent: QWidget, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    said: list[str] = []
    print_document(document, parent, said.append)
    dialog = parent.findChild(QPrintDialog)
    assert dialog is not None
    target = tmp_path / "printed.pdf"
    dialog.printer().setOutputFileName(str(target))
    dialog.accepted.emit(dialog.printer())  # accepting it would ask the system for that printer
    dialog.close()
    facts = pdf.facts(target)
    assert (facts["Pages"], facts["Page size"]) == ("2", "612 x 792 pts (letter)")
    assert "Page 2 of 2" in pdf.text(target)
    assert said == []


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(document: Document, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="did not take the pages"):
        print_on(into_file(tmp_path / "gone" / "printed.pdf"), document)
