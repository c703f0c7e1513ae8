"""Contact sheets of all charts for the eye: `python -m tests.ui.charts.pictures FOLDER`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from coach.domain.exercise import Side
from coach.domain.preferences import Preferences, ThemeChoice
from coach.domain.progress.period import PeriodKind
from coach.ui.charts.heat import CalendarChart
from coach.ui.charts.level import LevelChart
from coach.ui.charts.minutes import TimeChart
from coach.ui.charts.pain import PainChart
from coach.ui.charts.style import screen_style
from coach.ui.charts.table import TableView
from coach.ui.charts.trend import TrendChart
from coach.ui.charts.view import ChartView
from coach.ui.theme.look import Look
from tests.ui.charts import samples
from tests.ui.charts.eyes import KINDS, seen

if TYPE_CHECKING:
    from coach.ui.charts.chart import LiveChart, Style

ASSETS = Path(__file__).resolve().parent.parent.parent.parent / "assets"
PAD = 20


def all_charts() -> list[tuple[LiveChart, float, int | None]]:
    """Each chart as the page and the report show it: with its width at 100 % and a cursor for some."""
    today, quarter = samples.TODAY, samples.days_to(84)
    flare = samples.period(quarter.first + timedelta(days=40), 4)
    rest = samples.period(quarter.first + timedelta(days=62), 8, PeriodKind.REST)
    points = samples.pain_points(quarter)
    hole = tuple(point for point in points if not 20 <= (point.day - quarter.first).days < 34)
    year, ten = samples.days_to(365), samples.days_to(3650)
    one = samples.days_to(14)
    return [
        (PainChart(samples.series(hole), samples.sessions(quarter), (flare, rest), quarter, today), 620, None),
        (PainChart(samples.series(points), samples.sessions(quarter), (flare,), quarter, today), 620, 60),
        (PainChart(samples.series(samples.pain_points(year)), samples.sessions(year), (), year, today), 620, None),
        (PainChart(samples.series(samples.pain_points(ten)), samples.sessions(ten), (), ten, today), 620, None),
        (PainChart(samples.series(samples.pain_points(one)), samples.sessions(one), (), one, today), 620, None),
        (PainChart(None, (), (), quarter, today), 620, None),
        (TrendChart(samples.trend(quarter), quarter, today), 270, None),
        (TrendChart(samples.trend(year), year, today), 270, 30),
        (TrendChart(samples.trend(year, (Side.BOTH,)), year, today), 270, None),
        (TrendChart(samples.trend(quarter, (Side.RIGHT,)), quarter, today), 270, None),
        (LevelChart(samples.trend(year), year, today), 270, None),
        (TimeChart(samples.sessions(quarter), quarter, today), 270, 5),
        (TimeChart(samples.sessions(ten), ten, today), 270, None),
        (CalendarChart(samples.calendar_days(quarter), 12, today), 270, 30),
        (CalendarChart(samples.calendar_days(samples.days_to(371)), 53, today), 620, None),
        (CalendarChart((), 12, today), 270, None),
    ]


def sheet(style: Style, percent: int) -> QImage:
    """All charts in columns, on the theme's surface."""
    grow = 1 if percent == 100 else 1.4
    placed, tops = [], [PAD, PAD, PAD]
    for chart, width, stop in all_charts():
        wide = width * grow
        column = 2 if width < 400 else 0 if tops[0] <= tops[1] else 1
        height = chart.height(wide, style) if chart.stops else 160
        left = PAD + column * (620 * grow + PAD * 2)
        placed.append((chart, QRectF(left, tops[column], wide, height), stop))
        tops[column] += int(height) + PAD * 2
    image = QImage(int(PAD * 6 + 1510 * grow), max(tops), QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme.surface))
    painter = QPainter(image)
    for chart, rect, stop in placed:
        chart.paint(painter, rect, style, stop)
    painter.end()
    return image


def views(look: Look) -> QPixmap:
    """Charts in their views, with the cursor's read-out, and a table."""
    page = QWidget()
    column = QVBoxLayout(page)
    charts = all_charts()
    for number, stop in ((0, 55), (2, 364), (7, 30), (13, 40)):
        chart, width, _ = charts[number]
        view = ChartView(look, chart)
        view.setFixedSize(int(width), view.heightForWidth(int(width)))
        view.set_stop(stop)
        column.addWidget(view)
    table = TableView(look, charts[0][0].table())
    table.setFixedSize(620, 240)
    column.addWidget(table)
    page.adjustSize()
    return page.grab()


def main(folder: Path) -> None:
    """Write a sheet for each theme at 100 and 200 %, and one for each kind of colour vision."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    look = Look(ASSETS)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        for percent in (100, 200):
            look.apply(Preferences(theme=theme, text_percent=percent))
            drawn = sheet(screen_style(look), percent)
            drawn.save(str(folder / f"charts-{theme.value}-{percent}.png"))
            for kind in KINDS if percent == 100 else ():
                seen(drawn, kind).save(str(folder / f"charts-{theme.value}-{kind}.png"))
        look.apply(Preferences(theme=theme))
        views(look).save(str(folder / f"views-{theme.value}.png"))
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
