"""A chart on the screen, by mouse, by keyboard and by ear."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coach.domain.preferences import Preferences, ThemeChoice
from coach.domain.progress.span import Bin, Span
from coach.ui.audit import faults, nameless
from coach.ui.charts.bubble import bubble_place
from coach.ui.charts.heat import CalendarChart
from coach.ui.charts.lens import LEAST, Lens
from coach.ui.charts.pain import PainChart
from coach.ui.charts.style import screen_style
from coach.ui.charts.trend import TrendChart
from coach.ui.charts.view import ChartView
from tests.ui.charts import samples
from tests.ui.charts.samples import TODAY, days_to

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.charts.chart import LiveChart
    from coach.ui.theme.look import Look

QUARTER = days_to(84)
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class CountedChart(PainChart):
    """Counts how often all of it is painted."""

    painted = 0

    def paint(self, *args: object, **kwargs: object) -> None:
        CountedChart.painted += 1
        super().paint(*args, **kwargs)  # type: ignore[arg-type]


def pain(kind: type[PainChart] = PainChart) -> PainChart:
    """Twelve weeks."""
    return kind(samples.series(samples.pain_points(QUARTER)), samples.sessions(QUARTER), (), QUARTER, TODAY)


def quarter_in(span: Span) -> PainChart:
    """The same in a wider span."""
    return PainChart(samples.series(samples.pain_points(QUARTER)), samples.sessions(QUARTER), (), span, TODAY)


@pytest.fixture
def view(look: Look, qtbot: QtBot) -> ChartView:
    """A shown view of twelve weeks."""
    return shown(look, qtbot, pain())


def shown(look: Look, qtbot: QtBot, chart: LiveChart) -> ChartView:
    """A view with the focus."""
    view = ChartView(look, chart)
    qtbot.addWidget(view)
    view.resize(620, view.heightForWidth(620))
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    return view


def at(view: ChartView, stop: int) -> QPoint:
    """Where a stop is."""
    return view.chart.anchor(QRectF(view.rect()), view._style, stop).toPoint() + QPoint(0, 2)


def move(view: ChartView, to: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Move the mouse; sent, because Qt leaves out a move to where some earlier test has left it."""
    place = QPointF(to)
    kind = QEvent.Type.MouseMove
    QApplication.sendEvent(view, QMouseEvent(kind, place, view.mapToGlobal(place), Qt.MouseButton.NoButton, held, NONE))


def wheel(
    view: ChartView, turned: int, keys: Qt.KeyboardModifier = NONE, x: float = 300, across: int = 0
) -> QWheelEvent:
    """Turn the wheel over the chart."""
    place = QPointF(x, 100)
    event = QWheelEvent(
        place, view.mapToGlobal(place), QPoint(), QPoint(across, turned), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    return event


def test_the_mouse_reads_the_day_that_it_is_over(view: ChartView, qtbot: QtBot) -> None:
    for stop in (0, 40, 83):
        move(view, at(view, stop))
        assert view.stop == stop
    move(view, QPoint(2, view.height() - 2))
    assert view.stop is None


def test_hovering_paints_the_cursor_alone(look: Look, qtbot: QtBot) -> None:
    view = shown(look, qtbot, pain(CountedChart))
    view.grab()
    CountedChart.painted = 0
    plain = view.grab().toImage()
    for stop in (10, 40, 70):
        move(view, at(view, stop))
        assert view.grab().toImage() != plain
    assert CountedChart.painted == 0
    view.set_stop(None)
    assert view.grab().toImage() == plain


def test_what_changes_the_picture_paints_it_anew(look: Look, qtbot: QtBot) -> None:
    view = shown(look, qtbot, pain(CountedChart))
    before = view.grab().toImage()
    look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=200))
    assert view.grab().toImage() != before
    view.resize(500, 500)
    assert view.grab().toImage().width() == 500
    CountedChart.painted = 0
    view.set_chart(pain(CountedChart))
    view.grab()
    assert CountedChart.painted == 1


@pytest.mark.parametrize(
    ("key", "keys", "start", "end"),
    [
        (Qt.Key.Key_Right, NONE, 40, 41),
        (Qt.Key.Key_Left, NONE, 40, 39),
        (Qt.Key.Key_Right, CTRL, 40, 47),
        (Qt.Key.Key_Left, SHIFT, 40, 33),
        (Qt.Key.Key_Left, SHIFT, 3, 0),
        (Qt.Key.Key_Right, NONE, 83, 83),
        (Qt.Key.Key_Home, NONE, 40, 0),
        (Qt.Key.Key_End, NONE, 40, 83),
        (Qt.Key.Key_Escape, NONE, 40, None),
        (Qt.Key.Key_Left, NONE, None, 83),
    ],
)
def test_keys_walk(
    view: ChartView, qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier, start: int | None, end: int | None
) -> None:
    view.set_stop(start)
    QTest.keyClick(view, key, keys)
    assert view.stop == end


def test_in_the_calendar_arrows_go_by_weeks_and_days(look: Look, qtbot: QtBot) -> None:
    view = shown(look, qtbot, CalendarChart(samples.calendar_days(days_to(371)), 53, TODAY))
    view.set_stop(100)
    for key, stop in ((Qt.Key.Key_Right, 107), (Qt.Key.Key_Up, 106), (Qt.Key.Key_Left, 99), (Qt.Key.Key_Down, 100)):
        QTest.keyClick(view, key)
        assert view.stop == stop


def test_keys_that_mean_nothing_here_are_left_to_the_page(view: ChartView) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        event = QKeyEvent(QEvent.Type.KeyPress, key, NONE)
        view.keyPressEvent(event)
        assert not event.isAccepted(), key


def test_the_value_is_told_to_a_screen_reader(view: ChartView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    assert view.accessibleName() == "Pain: Heel or sole, right"
    assert view.accessibleDescription() == view.chart.summary
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert told == [view.chart.said(83)]
    assert view.accessibleDescription() == view.chart.said(83)
    move(view, at(view, 10))
    assert len(told) == 1  # a moving mouse would talk without end
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 20))
    assert told[-1] == view.chart.said(20)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.accessibleDescription() == view.chart.summary
    whole = view.chart.summary
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.chart.summary != whole
    assert view.accessibleDescription() == told[-1] == view.chart.summary


def test_to_a_screen_reader_it_is_a_graphic(view: ChartView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    assert interface.role() is QAccessible.Role.Graphic  # what is a mere client is passed over on macOS


def test_the_wheel_zooms_with_ctrl_around_the_mouse_and_scrolls_the_page_without(view: ChartView) -> None:
    assert not wheel(view, 120).isAccepted()
    assert view.chart.span == QUARTER
    wheel(view, 120, CTRL, 0)
    assert view.chart.span.first == QUARTER.first
    assert view.chart.span.days == round(84 / 1.25)
    wheel(view, -120, CTRL, 0)
    assert view.chart.span == QUARTER


def test_shift_and_wheel_move_along_within_what_there_is(view: ChartView) -> None:
    for _ in range(4):
        wheel(view, 120, CTRL, 0)
    near = view.chart.span
    wheel(view, -120, SHIFT)
    assert view.chart.span.first > near.first
    assert view.chart.span.days == near.days
    for _ in range(30):
        wheel(view, -120, SHIFT)
    assert view.chart.span.last == QUARTER.last


def test_fingers_on_a_touch_pad_zoom_and_move_by_less_than_a_notch(view: ChartView) -> None:
    for _ in range(60):
        wheel(view, 2, CTRL, 0)
    assert 84 / 1.25**1.5 < view.chart.span.days < 84
    for _ in range(120):
        wheel(view, -2, CTRL, 0)
    assert view.chart.span == QUARTER
    for _ in range(200):
        wheel(view, 2, CTRL, 0)
    near = view.chart.span
    for _ in range(60):
        wheel(view, -2, SHIFT)
    assert 0 < (view.chart.span.first - near.first).days < near.days / 5


def test_fingers_that_scroll_the_page_not_quite_straight_scroll_the_page(view: ChartView) -> None:
    wheel(view, 240, CTRL, 0)
    near = view.chart.span
    assert not wheel(view, -120, across=-20).isAccepted()
    assert view.chart.span == near
    assert wheel(view, -20, across=-120).isAccepted()
    assert view.chart.span != near


def test_keys_zoom_move_along_and_go_back(view: ChartView, qtbot: QtBot) -> None:
    for _ in range(30):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.chart.span.days == LEAST
    near = view.chart.span
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    assert view.chart.span.first > near.first
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.chart.span.days > LEAST
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.chart.span == QUARTER


def test_two_fingers_on_a_touch_pad_zoom(view: ChartView) -> None:
    place = QPointF(0, 100)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        place,
        0.5,
        place,
    )
    QApplication.sendEvent(view, pinch)
    assert view.chart.span.days == 56
    assert view.chart.span.first == QUARTER.first


def test_the_cursor_stays_on_its_day_while_zooming(view: ChartView, qtbot: QtBot) -> None:
    view.set_stop(60)
    day = view.chart.day(60)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.stop is not None
    assert view.chart.day(view.stop) == day


def test_dragging_moves_a_closer_look_and_a_double_click_ends_it(view: ChartView, qtbot: QtBot) -> None:
    for _ in range(4):
        wheel(view, 120, CTRL, 0)
    before = view.chart.span
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(400, 100))
    move(view, QPoint(250, 100), Qt.MouseButton.LeftButton)
    move(view, QPoint(100, 100), Qt.MouseButton.LeftButton)
    assert view.chart.span.first > before.first
    assert view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert view.cursor().shape() is not Qt.CursorShape.ClosedHandCursor
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    assert view.chart.span == QUARTER


def test_looking_beyond_what_there_is_asks_for_it(view: ChartView, qtbot: QtBot) -> None:
    view.set_chart(pain(), days_to(400))
    asked: list[Span] = []
    view.span_asked.connect(asked.append)
    wheel(view, 120, CTRL)
    assert asked == []
    QTest.keyClick(view, Qt.Key.Key_0)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert asked.pop() == Span(QUARTER.first - timedelta(days=10), TODAY)
    QTest.keyClick(view, Qt.Key.Key_Left, ALT)
    assert asked.pop() == Span(QUARTER.first - timedelta(days=8), TODAY)
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    assert asked == []  # nothing is known of tomorrow
    assert view.chart.span == QUARTER


def test_what_was_asked_for_is_seen_where_it_was_looked_for(view: ChartView, qtbot: QtBot) -> None:
    view.set_chart(pain(), days_to(400))
    asked: list[Span] = []
    view.span_asked.connect(asked.append)
    view.set_stop(3)
    day = view.chart.day(3)
    QTest.keyClick(view, Qt.Key.Key_Left, ALT)
    (wider,) = asked
    view.set_chart(quarter_in(wider), days_to(400))
    assert view.chart.span == Span(QUARTER.first - timedelta(days=8), TODAY - timedelta(days=8))
    assert view.stop is not None
    assert view.chart.day(view.stop) == day
    view.set_chart(quarter_in(wider), days_to(400))
    assert view.chart.span == wider  # it comes once, and so is seen once


def test_another_chart_than_was_asked_for_is_seen_whole(view: ChartView, qtbot: QtBot) -> None:
    view.set_chart(pain(), days_to(400))
    QTest.keyClick(view, Qt.Key.Key_Left, ALT)
    view.set_chart(quarter_in(days_to(200)), days_to(400))
    assert view.chart.span == days_to(200)


def test_from_months_one_looks_into_days(look: Look, qtbot: QtBot) -> None:
    years = days_to(1600)
    points = samples.pain_points(years)
    series = samples.series(points, Bin.MONTH)
    view = shown(look, qtbot, PainChart(series, (), (), years, TODAY))
    asked: list[Span] = []
    view.span_asked.connect(asked.append)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert asked == [view.chart.span]
    assert asked[0].by is Bin.DAY


def test_a_closer_look_at_days_is_not_lost_in_months() -> None:
    years = days_to(1400)
    lens = Lens(PainChart(None, (), (), years, TODAY), days_to(3000))
    before = Span(years.first - timedelta(days=200), years.first + timedelta(days=100))
    assert lens.asks(before) == before  # all of it together would be drawn by months
    assert lens.asks(years) is None
    assert lens.asks(days_to(2000)) == days_to(2000)


def test_zooming_out_at_an_edge_stays_within_what_there_is(view: ChartView) -> None:
    asked: list[Span] = []
    view.span_asked.connect(asked.append)
    for _ in range(3):
        wheel(view, 120, CTRL, 0)
    wheel(view, -120, CTRL, 620)
    assert asked == []
    assert view.chart.span.first == QUARTER.first


def test_a_little_more_than_there_is_is_all_of_it() -> None:
    lens = Lens(pain())
    assert lens.look_at(days_to(20))
    assert lens.look_at(Span(days_to(86).first, TODAY))
    assert lens.chart.span == QUARTER
    assert not lens.look_at(days_to(84))


def test_a_mouse_that_leaves_takes_its_cursor_along_but_not_that_of_the_keyboard(view: ChartView) -> None:
    move(view, at(view, 20))
    view.clearFocus()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.stop is None
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.stop == 0


def test_who_goes_on_leaves_no_cursor_behind(view: ChartView) -> None:
    for reason, stop in (
        (Qt.FocusReason.PopupFocusReason, 0),
        (Qt.FocusReason.ActiveWindowFocusReason, 0),
        (Qt.FocusReason.TabFocusReason, None),
    ):
        view.set_stop(0)
        QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut, reason))
        assert view.stop == stop


def test_the_calendar_and_an_empty_chart_are_not_looked_at_more_closely(look: Look, qtbot: QtBot) -> None:
    asked: list[Span] = []
    charts: tuple[LiveChart, ...] = (
        CalendarChart(samples.calendar_days(QUARTER), 12, TODAY),
        CalendarChart(()),
        PainChart(None, (), (), QUARTER, TODAY),
        TrendChart(None, QUARTER, TODAY),
    )
    for chart in charts:
        view = shown(look, qtbot, chart)
        view.span_asked.connect(asked.append)
        for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0, Qt.Key.Key_Left, Qt.Key.Key_End):
            QTest.keyClick(view, key)
            wheel(view, 120, CTRL)
        move(view, QPoint(100, 60))
        view.grab()
        assert view.chart is chart
        assert (view.stop is None) == (chart.stops == 0)
    assert asked == []


def test_the_menu_offers_files_and_the_table(view: ChartView, qtbot: QtBot) -> None:
    wishes: list[str] = []
    view.picture_wanted.connect(lambda: wishes.append("picture"))
    view.file_wanted.connect(lambda: wishes.append("file"))
    view.table_wanted.connect(lambda: wishes.append("table"))
    menu = view.menu()
    qtbot.addWidget(menu)
    for action in menu.actions():
        action.trigger()
    assert [action.text() for action in menu.actions()] == ["Save picture…", "Save values…", "Show as table"]
    assert wishes == ["picture", "file", "table"]


def test_the_menu_key_opens_it(view: ChartView, qtbot: QtBot) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view, event)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_it_is_named_uncut_and_as_high_as_its_chart(view: ChartView, look: Look) -> None:
    assert nameless(view) == []
    assert faults(view) == []
    assert view.hasHeightForWidth()
    style = screen_style(look)
    assert view.heightForWidth(500) - 1 < view.chart.height(500, style) <= view.heightForWidth(500)


def test_the_read_out_is_inside_and_does_not_cover_what_it_reads() -> None:
    area, size = QRectF(0, 0, 300, 200), QSizeF(120, 50)
    for x in range(0, 301, 10):
        for y in range(0, 201, 10):
            for wide in (size, QSizeF(280, 60)):
                box = bubble_place(area, QPointF(x, y), wide, 14)
                assert area.contains(box)
                assert not box.contains(QPointF(x, y)), (x, y, wide)
