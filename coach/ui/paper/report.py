"""The report for a clinician: one or two pages that can be read in half a minute.

What does not fit is left out where it matters least, and the paper says how much: areas with the fewest ratings,
exercises with the fewest sets. Notes alone may fill a third page.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from coach.services.report import Section
from coach.ui.i18n import tr
from coach.ui.paper import report_blocks as parts
from coach.ui.paper.blocks import Columns, Stack, Words, fill_pages, plain, rule
from coach.ui.paper.ink import Sheet, ink, px
from coach.ui.paper.output import Document, save_file
from coach.ui.paper.words import report_notice, safety_notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QImage, QPainter

    from coach.services.report import Report
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block

PAGES, PAGES_WITH_NOTES = 2, 3
GAP = 14
"""Between blocks, in pixels of the design."""


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
    style = ink(assets)
    sheet = Sheet.of(report.choice.paper)
    foot = _foot(style, 1, 1).height(sheet.inner_width) + px(GAP)
    pages = _fit(report, style, sheet.inner_width, sheet.inner_height - foot)
    total = len(pages)
    paint = [partial(_paint, style, blocks, number, total) for number, blocks in enumerate(pages, 1)]
    title = (
        tr("Foot Coach report, {name}", name=name) if (name := plain(report.choice.name)) else tr("Foot Coach report")
    )
    return Document(title, report.choice.paper, paint)


def _fit(report: Report, style: Style, width: float, height: float) -> list[list[Block]]:
    """Pages with as much as goes on two of them, and notes on one more."""
    last = _safety(style)
    pages: list[list[Block]] = []
    body: list[Block] = []
    for cut in _cuts():
        body = list(parts.body(report, style, cut))
        pages = fill_pages([*body, last], width, height, px(GAP))
        if len(pages) <= PAGES:
            break
    if not report.extras.notes or Section.NOTES not in report.choice.sections:
        return pages
    notes = parts.note_blocks(report, style)
    for count in range(len(notes), 0, -1):
        some = parts.notes(style, notes[:count], len(report.extras.notes) - count)
        pages = fill_pages([*body, *some, last], width, height, px(GAP))
        if len(pages) <= PAGES_WITH_NOTES:
            break
    return pages


def _cuts() -> Iterator[parts.Cut]:
    """From all that is wanted to ever less of it, the least important first."""
    cut = parts.Cut()
    yield cut
    for change in (
        {"trends": 6}, {"areas": 4}, {"tests": 6}, {"flags": 6}, {"trends": 3}, {"areas": 2}, {"tests": 3},
        {"flags": 3}, {"areas": 1}, {"trends": 0},
    ):  # fmt: skip
        cut = replace(cut, **change)
        yield cut


def _safety(style: Style) -> Block:
    return Words(style, safety_notice(), "tiny", "ink2")


def _foot(style: Style, number: int, total: int) -> Block:
    page = tr("Page {number} of {total}", number=number, total=total)
    line = Columns(
        (Words(style, report_notice(), "tiny", "ink3"), Words(style, page, "tiny", "ink3", end=True)), (80, 20), px(16)
    )
    return Stack((rule(style), line), px(5))


def _paint(style: Style, blocks: Sequence[Block], number: int, total: int, painter: QPainter, inner: QRectF) -> None:
    """Blocks from the top, the foot of the page at the bottom, and on the last page the safety notice above it."""
    foot = _foot(style, number, total)
    bottom = inner.bottom() - foot.height(inner.width())
    foot.paint(painter, QRectF(inner.left(), bottom, inner.width(), 0))
    y = inner.top()
    for block in blocks:
        high = block.height(inner.width())
        if number == total and block is blocks[-1]:
            y = bottom - px(GAP) - high
        block.paint(painter, QRectF(inner.left(), y, inner.width(), high))
        y += high + px(GAP)
