"""The programme sheet: figures, steps, doses and boxes to tick, to be read from a mat and kept on a door."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from coach.services.report import Paper
from coach.ui.i18n import tr
from coach.ui.paper.blocks import Columns, Drawn, Stack, Words, plain
from coach.ui.paper.ink import TO_FOLLOW, ink
from coach.ui.paper.output import Document
from coach.ui.paper.pages import Pages
from coach.ui.paper.words import date_text, dose_in_full, session_notice
from coach.ui.saving import save_file
from coach.ui.words import minutes_text, week_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from coach.domain.exercise import Exercise, Level
    from coach.domain.routine import Routine, RoutineItem
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block

FIGURE = 150
"""Side of a figure, in pixels of the design."""
FIGURE_DOTS = 600
"""The same in dots: some 300 of an inch."""
ROW = 14
"""Boxes in a row."""
STEPS = 4
FEW_PAGES = 2


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What is printed, and how: `person` is the figure (0 to 3), `weeks` of boxes, `name` is printed if not empty."""

    routine: Routine
    made: date
    paper: Paper = Paper.A4
    person: int = 0
    weeks: int = 2
    name: str = ""


def write_sheet(choice: SheetChoice, target: Path, assets: Path) -> None:
    """Put the sheet in a PDF file, replaced in one step; KnownError says why not."""
    save_file(target, sheet_document(choice, assets).pdf())


def sheet_pages(choice: SheetChoice, assets: Path, dpi: float = 96) -> list[QImage]:
    """Every page as a picture, laid out as in the PDF."""
    return sheet_document(choice, assets).images(dpi)


def sheet_document(choice: SheetChoice, assets: Path) -> Document:
    """The sheet laid out on its paper, as large as goes on two pages; a long routine takes more, in large type."""
    tried = [_laid_out(choice, ink(assets, scale)) for scale in TO_FOLLOW]
    pages = next((pages for pages in tried if pages.count <= FEW_PAGES), tried[0])
    title = tr("Foot Coach programme, {title}", title=choice.routine.title)
    return Document(title, choice.paper, pages.painted())


def _laid_out(choice: SheetChoice, style: Style) -> Pages:
    exercises = [_exercise(choice, style, number, item) for number, item in enumerate(choice.routine.items, 1)]
    foot = tr("Printed from Foot Coach on {day}", day=date_text(choice.made))
    return Pages(style, choice.paper, [_header(choice, style), *exercises], foot)


def _header(choice: SheetChoice, style: Style) -> Block:
    routine = choice.routine
    left = Stack((Words(style, tr("Foot Coach"), "tiny_strong", "accent"), Words(style, routine.title, "title")))
    name = plain(choice.name)
    lines = [Words(style, name, "strong", lines=2, end=True)] if name else []
    about = tr("About {minutes}", minutes=minutes_text(routine.seconds))
    lines += [Words(style, about, "small", end=True)]
    return Stack(
        (Columns((left, Stack(lines)), (3, 2), style.px(16)), Words(style, session_notice(), "small_strong")),
        style.px(8),
    )


def _exercise(choice: SheetChoice, style: Style, number: int, item: RoutineItem) -> Block:
    level = item.exercise.level(item.level)
    title = tr("{number}. {title}", number=number, title=item.exercise.title)
    words: list[Block] = [
        Words(style, title, "h2"),
        Words(style, dose_in_full(item.dose), "strong"),
        Words(style, level.variant, "small", "ink2"),
        *_steps(style, level),
    ]
    if stop := _stop(item.exercise):
        words.append(Words(style, stop, "small_medium"))
    figure = Drawn(style.px(FIGURE), partial(_figure, item.exercise, level, choice.person))
    body = Columns((figure, Stack(words, style.px(3))), (FIGURE, 480), style.px(18))
    return Stack((body, _boxes(style, choice.weeks, week_text(level.per_week, daily_ok=level.daily_ok))), style.px(8))


def _steps(style: Style, level: Level) -> Iterator[Block]:
    for number, step in enumerate(level.steps[:STEPS], 1):
        words = step.text
        if step.seconds:
            words = tr("{text} ({seconds}\u00a0s)", text=step.text.removesuffix("."), seconds=step.seconds)
        yield Columns((Words(style, str(number), "small_strong", "accent"), Words(style, words, "small")), (4, 96), 0)


def _stop(exercise: Exercise) -> str:
    """One rule: the first urgent one, else the first."""
    for rule in exercise.stop_rules:
        if rule.urgent:
            return tr("Stop, and get help the same day: {rule}", rule=rule.text)
    return tr("When not to do it: {rule}", rule=exercise.stop_rules[0].text) if exercise.stop_rules else ""


def _figure(exercise: Exercise, level: Level, person: int, painter: QPainter, rect: QRectF) -> None:
    """The end of the movement, on white: a printer makes a ragged edge of what is half seen through."""
    from coach.ui.figure.view import figure_pixmap

    drawn = figure_pixmap(
        exercise.poses[level.pose],
        size=QSize(FIGURE_DOTS, FIGURE_DOTS),
        dark=False,
        person=person,
        mirror=False,
        progress=1.0,
        cues=True,
    )
    picture = QImage(drawn.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    with QPainter(picture) as white:
        white.drawPixmap(0, 0, drawn)
    side = min(rect.width(), rect.height())
    painter.drawImage(QRectF(rect.left(), rect.top(), side, side), picture)


def _boxes(style: Style, weeks: int, how_often: str) -> Block:
    rows = -(-weeks * 7 // ROW)
    high = style.px(34)
    drawn = Drawn(rows * high, partial(_draw_boxes, style, weeks * 7, high))
    return Stack(
        (
            Words(style, tr("Tick the days on which you do it. {how_often}.", how_often=how_often), "tiny", "ink3"),
            drawn,
        ),
        style.px(2),
    )


def _draw_boxes(style: Style, days: int, high: float, painter: QPainter, rect: QRectF) -> None:
    side, step = style.px(20), rect.width() / ROW
    painter.setFont(style.font("tiny", 400))
    for day in range(days):
        x, y = rect.left() + day % ROW * step, rect.top() + day // ROW * high
        painter.setPen(QPen(QColor(style.theme.ctl), style.px(1.2)))
        painter.drawRoundedRect(QRectF(x, y + style.px(4), side, side), style.px(3), style.px(3))
        painter.setPen(QColor(style.theme.ink3))
        place = QRectF(x + side + style.px(4), y + style.px(4), step - side, side)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(day + 1))
