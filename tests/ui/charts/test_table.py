"""The twin as a table: for the keyboard, for screen readers, for the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.audit import nameless
from coach.ui.charts.pain import PainChart
from coach.ui.charts.table import EMPTY, TableView
from tests.ui.charts import samples
from tests.ui.charts.pictures import all_charts
from tests.ui.charts.samples import TODAY, days_to

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look

TABLE = all_charts()[0][0].table()


def test_it_shows_every_row_and_stands_at_the_newest(look: Look, qtbot: QtBot) -> None:
    view = TableView(look, TABLE)
    qtbot.addWidget(view)
    model = view.model()
    shown = [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
    assert tuple(shown) == TABLE.rows
    assert tuple(model.headerData(c, Qt.Orientation.Horizontal) for c in range(model.columnCount())) == TABLE.columns
    assert view.currentIndex().row() == len(TABLE.rows) - 1


@pytest.mark.parametrize("percent", [100, 200])
def test_no_value_is_cut_and_all_columns_fit_a_card(look: Look, qtbot: QtBot, percent: int) -> None:
    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    view = TableView(look, TABLE)
    qtbot.addWidget(view)
    view.resize(612 * percent // 100, 300)
    view.show()
    assert view.horizontalScrollBar().maximum() == 0
    for column in range(len(TABLE.columns)):
        assert view.sizeHintForColumn(column) <= view.columnWidth(column) + 1


def test_arrows_walk_and_copying_takes_the_headings_along(look: Look, qtbot: QtBot) -> None:
    view = TableView(look, TABLE)
    qtbot.addWidget(view)
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == list(TABLE.columns)
    assert [tuple(line.split("\t")) for line in lines[1:]] == list(TABLE.rows[-2:])
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selected_text().count("\n") == len(TABLE.rows)


def test_tab_leaves_it(look: Look, qtbot: QtBot) -> None:
    view = TableView(look, TABLE)
    qtbot.addWidget(view)
    assert not view.tabKeyNavigation()
    assert nameless(view) == []


def test_a_screen_reader_hears_the_heading_with_the_value(look: Look, qtbot: QtBot) -> None:
    view = TableView(look, TABLE)
    qtbot.addWidget(view)
    assert view.accessibleName() == "Pain: Heel or sole, right"
    index = view.model().index(0, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"Pain: {TABLE.rows[0][1]}"
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    assert interface.role() is QAccessible.Role.Table


def test_ten_years_are_shown_without_a_widget_for_each_row(look: Look, qtbot: QtBot) -> None:
    ten = days_to(3650)
    chart = PainChart(samples.series(samples.pain_points(ten)), samples.sessions(ten), (), ten, TODAY)
    view = TableView(look, chart.table())
    qtbot.addWidget(view)
    view.show()
    assert view.model().rowCount() == len(chart.table().rows) > 3000
    assert len(view.findChildren(QWidget)) < 60


def test_another_table_takes_its_place_and_none_is_no_trouble(look: Look, qtbot: QtBot) -> None:
    view = TableView(look)
    qtbot.addWidget(view)
    assert view.model().rowCount() == 0
    view.show_table(TABLE)
    assert view.table is TABLE
    look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=200))
    assert look.theme.surface in view.styleSheet()
    view.show_table(EMPTY)
    assert view.selected_text() == ""
