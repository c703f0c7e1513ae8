"""The report for a clinician: one or two pages that can be read in half a minute.

What does not fit is left out where it matters least, and the paper says how much: areas with the fewest ratings,
exercises with the fewest sets. Notes alone may fill a third page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.i18n import tr
from coach.ui.paper import report_blocks as parts
from coach.ui.paper.blocks import plain
from coach.ui.paper.ink import TO_GLANCE, TO_READ, ink
from coach.ui.paper.output import Document
from coach.ui.paper.pages import Pages
from coach.ui.paper.words import report_notice
from coach.ui.saving import save_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage

    from coach.services.report import Report
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block

MOST_PAGES = 3
"""The third for notes alone."""


def write_report(report: Report, target: Path, assets: Path) -> None:
    """Put the report in a PDF file, replaced in one step; KnownError says why not.

    Needs a QGuiApplication and no display. `assets` is the folder of themes and fonts.
    """
    save_file(target, report_document(report, assets).pdf())


def report_pages(report: Report, assets: Path, dpi: float = 96) -> list[QImage]:
    """Every page as a picture, laid out as in the PDF."""
    return report_document(report, assets).images(dpi)


def report_document(report: Report, assets: Path) -> Document:
    """The report laid out on its paper."""
    pages = _fitting(report, ink(assets, TO_READ), ink(assets, TO_GLANCE))
    name = plain(report.choice.name)
    title = tr("Foot Coach report, {name}", name=name) if name else tr("Foot Coach report")
    return Document(title, report.choice.paper, pages.painted())


def _fitting(report: Report, style: Style, charts: Style) -> Pages:
    """As much as goes on two pages, and notes on one more."""

    def laid_out(blocks: Sequence[Block]) -> Pages:
        return Pages(style, report.choice.paper, blocks, report_notice())

    for most, cut in parts.cuts():
        body = list(parts.body(report, style, charts, cut))
        pages = laid_out(body)
        if pages.count <= most:
            break
    notes = parts.notes(report, style)
    for count in range(len(notes), 0, -1):
        some = parts.notes_section(style, notes[:count], len(report.extras.notes) - count)
        pages = laid_out([*body, *some])
        if pages.count <= MOST_PAGES:
            break
    return pages
