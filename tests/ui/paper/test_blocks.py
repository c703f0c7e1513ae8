"""Pieces of a page: text that wraps and is cut, rows and columns, and how pages are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.services.report import Paper
from coach.ui.paper.blocks import BREAK, Close, Columns, Stack, Words, plain, space
from coach.ui.paper.ink import TO_READ, Sheet, ink, line_height
from coach.ui.paper.pages import Pages

if TYPE_CHECKING:
    from pathlib import Path

    from coach.ui.charts.chart import Style

WIDTH = 2_000.0


@pytest.fixture
def style(assets: Path) -> Style:
    """That of a report."""
    return ink(assets, TO_READ)


@pytest.mark.parametrize(
    "text", ["word " * 900, "x" * 2_000, "😀" * 2_000, "😀 word " * 300, "שלום " * 400, "中" * 2_000]
)
def test_a_long_text_takes_no_more_lines_than_it_may(style: Style, text: str) -> None:
    assert Words(style, text, lines=3).height(WIDTH) == 3 * line_height(style, "body")


def test_a_short_text_is_left_as_it_is(style: Style) -> None:
    assert Words(style, "short", lines=3).height(WIDTH) == line_height(style, "body")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400), lines=st.integers(1, 4))
def test_no_text_breaks_out_of_its_lines(style: Style, text: str, lines: int) -> None:
    assert Words(style, plain(text), lines=lines).height(WIDTH) <= lines * line_height(style, "body")


def test_blocks_add_up_and_the_highest_column_counts() -> None:
    assert Stack((space(10), space(20)), 5).height(WIDTH) == 35
    assert Columns((space(10), None, space(20)), (1, 1, 2), 5).height(WIDTH) == 20


@pytest.mark.parametrize("paper", Paper)
def test_what_does_not_fit_begins_the_next_page(style: Style, paper: Paper) -> None:
    third = space(Sheet.of(paper).inner_height / 3)
    assert Pages(style, paper, [third] * 2, "").count == 1
    assert Pages(style, paper, [third] * 4, "").count == 2
    assert Pages(style, paper, [third] * 5, "").count == 3


def test_a_break_begins_a_page_but_makes_no_empty_one(style: Style) -> None:
    line = space(10)
    assert Pages(style, Paper.A4, [line, BREAK, line], "").count == 2
    assert Pages(style, Paper.A4, [BREAK, line], "").count == 1
    assert Pages(style, Paper.A4, [], "").count == 1


def test_lists_stand_closer_than_sections(style: Style) -> None:
    lines = [space(style.px(10)) for _ in range(60)]
    assert Pages(style, Paper.A4, [Close(line) for line in lines], "").count < Pages(style, Paper.A4, lines, "").count
