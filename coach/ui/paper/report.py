"""The report for a clinician: one or two pages that can be read in half a minute.

What does not fit is left out where it matters least, and the paper says how much: areas with the fewest ratings,
exercises with the fewest sets. Notes alone may fill a third page.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from coach.ui.i18n import tr
from coach.ui.paper import report_blocks as parts
from coach.ui.paper.blocks import plain
from coach.ui.paper.ink import TO_GLANCE, TO_READ, ink
from coach.ui.paper.output import Document
from coach.ui.paper.pages import Pages
from coach.ui.paper.pictures import Pictures
from coach.ui.progress_words import self_reported
from coach.ui.saving import save_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from coach.services.report import Report
    from coach.ui.charts.chart import Style

MOST_PAGES = 2
"""Besides a page that notes alone may need."""


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
    pages = _fitting(report, ink(assets, TO_READ), Pictures(report, ink(assets, TO_GLANCE)))
    name = plain(report.choice.name)
    title = tr("Foot Coach report, {name}", name=name) if name else tr("Foot Coach report")
    return Document(title, report.choice.paper, pages.painted())


def _fitting(report: Report, style: Style, pictures: Pictures) -> Pages:
    """The roomiest layout with everything on it; else notes on a page of their own; else ever less of the rest."""
    notes = parts.notes(report, style)

    def pages_of(cut: parts.Cut, count: int) -> Pages:
        some = parts.notes_section(style, notes[:count], len(report.extras.notes) - count) if notes else ()
        blocks = [*parts.body(report, style, pictures, cut), *some]
        return Pages(style, report.choice.paper, blocks, self_reported())

    for most, cut in parts.WHOLE:
        pages = pages_of(cut, len(notes))
        if pages.count <= most:
            return pages
    for cut in (*(cut for _, cut in parts.WHOLE), *parts.LESS):
        if pages_of(cut, 0).count <= MOST_PAGES:
            break
    too_many = bisect_right(range(len(notes) + 1), MOST_PAGES + 1, key=lambda count: pages_of(cut, count).count)
    return pages_of(cut, max(0, too_many - 1))
