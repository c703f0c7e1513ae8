"""What is to be seen: everything inside its place, values where they belong, gaps, and a stop under each point."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from coach.domain.exercise import Side
from coach.domain.preferences import Preferences, ThemeChoice
from coach.domain.progress.adherence import Day, DayKind
from coach.domain.progress.points import SessionPoint, TrendPoint
from coach.domain.progress.span import Bin
from coach.services.progress import ExerciseTrend
from coach.ui.charts.drawing import dashed
from coach.ui.charts.heat import CalendarChart
from coach.ui.charts.minutes import TimeChart
from coach.ui.charts.pain import PainChart
from coach.ui.charts.style import screen_style
from coach.ui.charts.trend import TrendChart
from tests.ui.charts import samples
from tests.ui.charts.conftest import GROUND, MARGIN, painted, place
from tests.ui.charts.pictures import all_charts
from tests.ui.charts.samples import TODAY, days_to
from tests.ui.charts.test_data import ago, pain_of, rated

if TYPE_CHECKING:
    from coach.ui.charts.chart import LiveChart, Style
    from coach.ui.theme.look import Look

CHARTS = {f"{type(chart).__name__}-{number}": chart for number, (chart, _, _) in enumerate(all_charts())}
WHOLE = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


def colors_in(image: QImage, rect: QRectF) -> set[str]:
    """Every colour of a part of a picture."""
    box = rect.toRect()
    return {
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    }


def around(at: QPointF, reach: float = 2) -> QRectF:
    """A small field around a point."""
    return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)


@WHOLE
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [190, 620])
def test_nothing_is_painted_outside_of_its_place(chart: LiveChart, look: Look, percent: int, width: int) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    style = screen_style(look)
    rect = place(chart, width, style)
    rect.setHeight(max(rect.height(), 150))
    image = painted(chart, rect, style, chart.stops - 1 if chart.stops else None)
    painter = QPainter(image)
    painter.fillRect(rect.toRect().adjusted(-1, -1, 1, 1), GROUND)
    painter.end()
    blank = QImage(image)
    blank.fill(GROUND)
    assert image == blank


@WHOLE
def test_the_cursor_alone_is_what_painting_with_it_adds(chart: LiveChart, style: Style) -> None:
    if not chart.stops:
        return
    rect = place(chart, 300, style)
    stop = chart.stops // 2
    later = painted(chart, rect, style)
    painter = QPainter(later)
    chart.paint_cursor(painter, rect, style, stop)
    painter.end()
    assert later == painted(chart, rect, style, stop)
    assert later != painted(chart, rect, style)


@WHOLE
def test_under_the_place_of_a_stop_is_that_stop(chart: LiveChart, style: Style) -> None:
    rect = place(chart, 620, style)
    for stop in range(0, chart.stops, max(1, chart.stops // 50)):
        at = chart.anchor(rect, style, stop)
        assert chart.stop_at(at + QPointF(0, 1), rect, style) == stop
        day = chart.day(stop)
        assert chart.stop_on(day) == stop
    assert chart.stop_at(rect.topLeft() - QPointF(5, 5), rect, style) is None
    assert chart.stop_at(rect.bottomRight() + QPointF(5, 5), rect, style) is None


@pytest.mark.parametrize("value", range(11))
def test_a_rating_is_a_dot_at_its_height(value: int, style: Style) -> None:
    chart = PainChart(pain_of(rated(ago(3), value)), (), (), days_to(7), TODAY)
    rect = place(chart, 400, style)
    frame = chart.frame(rect, style)
    image = painted(chart, rect, style)
    assert image.pixelColor(frame.at(3, value).toPoint()).name() == style.theme.ctl.lower()
    assert frame.plot.top() <= frame.y(value) <= frame.plot.bottom()
    for other in {0, 10} - {value}:
        assert style.theme.ctl.lower() not in colors_in(image, around(frame.at(3, other)))


def test_a_day_that_was_not_rated_has_no_dot_not_even_at_0(style: Style) -> None:
    chart = PainChart(pain_of(rated(ago(6), 0)), (), (), days_to(7), TODAY)
    rect = place(chart, 400, style)
    frame = chart.frame(rect, style)
    image = painted(chart, rect, style)
    assert style.theme.ctl.lower() in colors_in(image, around(frame.at(0, 0)))
    assert style.theme.ctl.lower() not in colors_in(image, around(frame.at(3, 0)))


def test_the_mean_is_broken_where_it_cannot_be_said(style: Style) -> None:
    days = [*range(5), *range(40, 45)]
    mean = tuple((ago(60 - number), 5.0) for number in days)
    chart = PainChart(pain_of(rated(ago(60), 9), mean=mean), (), (), days_to(61), TODAY)
    rect = place(chart, 620, style)
    frame = chart.frame(rect, style)
    image = painted(chart, rect, style)
    assert style.theme.accent.lower() in colors_in(image, around(frame.at(2, 5)))
    assert style.theme.accent.lower() not in colors_in(image, around(frame.at(20, 5), 8))


def test_ratings_of_a_day_that_differ_are_joined_by_a_line(style: Style) -> None:
    chart = PainChart(pain_of(rated(ago(3), 2, 8)), (), (), days_to(7), TODAY)
    rect = place(chart, 400, style)
    image, frame = painted(chart, rect, style), chart.frame(rect, style)
    for value in (3.5, 6.5):
        assert colors_in(image, around(frame.at(3, value), 1)) - {GROUND.name()}
    assert colors_in(image, around(frame.at(3, 9), 1)) == {GROUND.name()}


def test_a_flare_is_shaded_from_its_first_to_its_last_day(style: Style) -> None:
    chart = PainChart(pain_of(rated(ago(1), 2)), (), (samples.period(ago(10), 4),), days_to(14), TODAY)
    rect = place(chart, 620, style)
    image, frame = painted(chart, rect, style), chart.frame(rect, style)
    shaded = [image.pixelColor(frame.at(stop, 7).toPoint()) != GROUND for stop in range(14)]
    assert [stop for stop, shade in enumerate(shaded) if shade] == [3, 4, 5, 6]


def test_the_first_day_the_only_day_and_both_ends_are_painted(style: Style) -> None:
    for days in (1, 2, 3):
        chart = PainChart(pain_of(rated(TODAY, 4)), (), (), days_to(days), TODAY)
        rect = place(chart, 300, style)
        at = chart.frame(rect, style).at(days - 1, 4).toPoint()
        assert painted(chart, rect, style).pixelColor(at).name() == style.theme.ctl.lower()


def test_a_hundred_years_of_months_are_painted(style: Style) -> None:
    span = days_to(36_500)
    months = [rated((TODAY - timedelta(days=30 * number)).replace(day=1), number % 11) for number in range(1200)]
    points = sorted({point.day: point for point in months}.values(), key=lambda point: point.day)
    mean = tuple((point.day, point.mean) for point in points)
    chart = PainChart(pain_of(*points, mean=mean, by=Bin.MONTH), (), (), span, TODAY)
    image = painted(chart, place(chart, 620, style), style)
    assert style.theme.accent.lower() in colors_in(image, QRectF(MARGIN, MARGIN, 620, 200))


def test_of_ten_years_no_dot_is_left_out_that_could_be_seen(style: Style) -> None:
    days = (3649, 3000, 1500, 400, 0)
    chart = PainChart(pain_of(*(rated(ago(day), 3) for day in days)), (), (), days_to(3650), TODAY)
    rect = place(chart, 620, style)
    image, frame = painted(chart, rect, style), chart.frame(rect, style)
    for day in days:
        assert style.theme.ctl.lower() in colors_in(image, around(frame.at(3649 - day, 3), 1))


def test_bars_are_as_high_as_their_minutes(style: Style) -> None:
    done = [SessionPoint(ago(7), 1, 1, 600), SessionPoint(TODAY, 1, 1, 1800)]
    chart = TimeChart(done, days_to(14), TODAY)
    rect = place(chart, 300, style)
    image, frame = painted(chart, rect, style), chart.frame(rect, style)
    for stop, minutes in ((0, 10), (1, 30)):
        inside, over = frame.at(stop, minutes) + QPointF(0, 3), frame.at(stop, minutes) - QPointF(0, 3)
        assert image.pixelColor(inside.toPoint()).name() == style.theme.accent.lower()
        assert image.pixelColor(over.toPoint()).name() != style.theme.accent.lower()


KINDS = [kind for kind in DayKind if kind is not DayKind.OUTSIDE]


def test_a_year_of_a_few_weeks_fills_from_the_left(style: Style) -> None:
    weeks, width = 53, 620.0
    few = CalendarChart(samples.calendar_days(days_to(20)), weeks, TODAY)
    room = QRectF(0, 0, width, few.height(width, style))
    assert few.anchor(room, style, 0).x() < width / 10
    assert few.anchor(room, style, few.stops - 1).x() < width / 5


def test_each_kind_of_day_has_its_own_shape_without_its_colour(style: Style) -> None:
    """As a stencil: what is painted and what is not, in three steps of darkness."""
    days = [Day(ago(len(KINDS) - 1 - number), kind) for number, kind in enumerate(KINDS)]
    chart = CalendarChart(days, 12)
    rect = place(chart, 300, style)
    image = painted(chart, rect, style)
    stencils = set()
    for stop in range(chart.stops):
        at = chart.anchor(rect, style, stop)
        box = QRectF(at.x() - 8, at.y(), 16, 17).toRect()
        stencils.add(
            tuple(
                QColor(image.pixelColor(x, y)).lightness() // 64 if image.pixelColor(x, y) != GROUND else -1
                for y in range(box.top(), box.bottom() + 1)
                for x in range(box.left(), box.right() + 1)
            )
        )
    assert len(stencils) == len(KINDS)


def test_half_a_cell_is_filled_wherever_it_lies(style: Style) -> None:
    """Qt's own cutting of shapes lost some of them."""
    days = [Day(ago(370 - number), DayKind.LIGHTER) for number in range(371)]
    chart = CalendarChart(days, 53)
    for width in (420, 620, 896):
        rect = place(chart, width, style)
        image = painted(chart, rect, style)
        for stop in range(chart.stops):
            cell = chart.anchor(rect, style, stop)
            pitch = (chart.anchor(rect, style, 7 + stop % 7) - chart.anchor(rect, style, stop % 7)).x()
            below = cell + QPointF(0, pitch * 0.55)
            assert image.pixelColor(below.toPoint()).name() == style.theme.accent.lower(), (width, stop)


def test_dashes_cover_their_share_of_a_line() -> None:
    line = [QPointF(0, 0), QPointF(3, 0), QPointF(100, 0)]
    pieces = dashed(line, 6, 4)
    assert [piece[0].x() for piece in pieces] == pytest.approx(range(0, 100, 10))
    assert [piece[-1].x() for piece in pieces] == pytest.approx(range(6, 106, 10))


def test_names_of_sides_with_equal_ends_do_not_overlap(style: Style) -> None:
    trend = samples.trend(days_to(84))
    even = tuple(
        TrendPoint(point.day, point.side, 1, 20, 10, 2) for point in trend.points if point.side is not Side.BOTH
    )
    chart = TrendChart(ExerciseTrend(samples.BALANCE, Bin.DAY, even, 0.0, ()), days_to(84), TODAY)
    rect = place(chart, 300, style)
    image, frame = painted(chart, rect, style), chart.frame(rect, style)
    margin = QRectF(frame.plot.right() + 8, frame.plot.top(), 40, frame.plot.height()).toRect()
    rows = {
        color: [
            y
            for y in range(margin.top(), margin.bottom())
            for x in range(margin.left(), margin.right())
            if image.pixelColor(x, y).name() == color.lower()
        ]
        for color in (style.theme.left, style.theme.right)
    }
    above, below = rows.values()
    assert above
    assert below
    assert max(above) < min(below) or max(below) < min(above)
