"""Charts for people who see fewer colours: contrast of the lines, and sides that differ by shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from coach.domain.exercise import Side
from coach.domain.progress.points import TrendPoint
from coach.domain.progress.span import Bin
from coach.services.progress import ExerciseTrend
from coach.ui.charts.trend import TrendChart
from coach.ui.theme.tokens import contrast
from tests.ui.charts import samples
from tests.ui.charts.conftest import painted, place
from tests.ui.charts.eyes import KINDS, seen, seen_color
from tests.ui.charts.samples import TODAY, days_to

if TYPE_CHECKING:
    from coach.ui.charts.chart import Style
    from coach.ui.theme.look import Look

EYES = [None, *KINDS]
LINES = ("accent", "left", "right", "ctl", "ink2")
TEXTS = ("ink3", "ink2", "left", "right")


@pytest.mark.parametrize("kind", EYES)
@pytest.mark.parametrize("dark", [False, True])
def test_lines_and_words_stand_out_from_the_card(look: Look, kind: str | None, dark: bool) -> None:
    """3 for what is drawn, 4.5 for what is read (WCAG 2, 1.4.11 and 1.4.3)."""
    theme = look.theme_for(dark=dark)

    def as_seen(token: str) -> str:
        return seen_color(theme.color(token), kind) if kind else theme.color(token)

    for token in LINES:
        assert contrast(as_seen(token), as_seen("surface")) >= 3, token
    for token in TEXTS:
        assert contrast(as_seen(token), as_seen("surface")) >= 4.5, token


def test_white_black_and_grey_stay_as_they_are() -> None:
    for grey in ("#000000", "#808080", "#ffffff"):
        for kind in KINDS:
            assert contrast(seen_color(grey, kind), grey) < 1.01


def test_red_and_green_of_the_same_lightness_are_not_told_apart_without_green_cones() -> None:
    """What the matrices are for."""
    assert contrast(seen_color("#b04000", "deuteranopia"), seen_color("#706000", "deuteranopia")) < 1.3
    assert contrast(seen_color("#ff0000", "tritanopia"), seen_color("#ff0000", "tritanopia")) == 1


def level_line(side: Side, style: Style) -> tuple[list[bool], bool]:
    """Of a line of equal values: which pixels along it are painted, and whether its last marker has a corner.

    Four times as large, so that a pixel is inside or outside.
    """
    style = replace(style, px=lambda size: 4 * size)
    days = days_to(84)
    points = (TrendPoint(days.first + timedelta(days=day), side, 1, 20, 10, 2) for day in (0, 12))
    chart = TrendChart(ExerciseTrend(samples.BALANCE, Bin.DAY, tuple(points), None, ()), days, TODAY)
    rect = place(chart, 1600, style)
    image, frame = painted(chart, rect, style), chart.frame(rect, style)
    token = style.theme.left if side is Side.LEFT else style.theme.right

    def inked(at: QPointF) -> bool:
        return image.pixelColor(at.toPoint()).name() == token.lower()

    start, end = frame.at(0, 10), frame.at(12, 10)
    along = [inked(QPointF(x, start.y())) for x in range(int(start.x()) + 20, int(end.x()) - 20)]
    return along, inked(end + QPointF(14, 14))


def test_the_sides_differ_by_dashes_and_markers(style: Style) -> None:
    solid, round_corner = level_line(Side.LEFT, style)
    dashes, square_corner = level_line(Side.RIGHT, style)
    assert all(solid)
    assert not all(dashes)
    assert any(dashes)
    assert (round_corner, square_corner) == (False, True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_sides_keep_two_colours_as_they_are_seen(look: Look, kind: str) -> None:
    for dark in (False, True):
        theme = look.theme_for(dark=dark)
        left, right = seen_color(theme.left, kind), seen_color(theme.right, kind)
        apart = sum(abs(int(left[at : at + 2], 16) - int(right[at : at + 2], 16)) for at in (1, 3, 5))
        assert apart > 100, (left, right)


def test_a_picture_is_changed_colour_by_colour() -> None:
    image = QImage(2, 1, QImage.Format.Format_RGB32)
    image.setPixelColor(0, 0, "#1c5aa0")
    image.setPixelColor(1, 0, "#ffffff")
    after = seen(image, "protanopia")
    assert after.pixelColor(0, 0).name() == seen_color("#1c5aa0", "protanopia")
    assert after.pixelColor(1, 0).name() in {"#ffffff", "#fffffe", "#fefeff"}
