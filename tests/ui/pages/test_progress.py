"""The progress page by itself: what it shows of a history, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.span import Range, Span
from coach.services.progress import Query
from coach.services.progress import look as look_at
from coach.ui.audit import faults, nameless, spoken_name, tab_order
from coach.ui.pages.progress import ProgressPage
from coach.ui.pages.progress_cards import Shown
from coach.ui.pages.progress_state import ChartFile, ProgressState
from coach.ui.room import room_for
from tests.progress import FakeProgressBook, days, noon, rating, session
from tests.ui.pages.seeing import settle, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from coach.services.demo import Record
    from coach.services.progress import ProgressView
    from coach.ui.theme.look import Look

TODAY = date(2026, 11, 15)
HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)
BACK = Area(Region.LOW_BACK, BodySide.CENTRE)
RUNGS = ("Sitting", "Two legs", "One leg")


def history(count: int = 60, *, both_sides: bool = True) -> list[Record]:
    """Ratings of heel and back and a session of balance on each of the last days; the heel gets better."""
    kept: list[Record] = []
    for number, day in enumerate(days(TODAY - timedelta(days=count - 1), count)):
        kept.append(rating(day, 6 if number < count // 2 else 2, area=HEEL))
        kept.append(rating(day, 3, area=BACK))
        kept += session(day, exercise_id="balance", title="Balance", kind=Kind.HOLD, side=Side.LEFT, real_hold_s=20)
        if both_sides:
            kept += session(
                day, exercise_id="balance", title="Balance", kind=Kind.HOLD, side=Side.RIGHT, real_hold_s=17
            )
    return kept


def seen(kept: Sequence[Record], query: Query | None = None) -> ProgressState:
    query = query or Query()
    return ProgressState(query, view(kept, query), RUNGS, 2)


def view(kept: Sequence[Record], query: Query) -> ProgressView:
    return look_at(FakeProgressBook(kept), query, noon(TODAY).at, "UTC")


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> ProgressPage:
    made = ProgressPage(look)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def asked(page: ProgressPage) -> list[Query]:
    """What was asked for."""
    found: list[Query] = []
    page.asked.connect(found.append)
    return found


def test_before_anything_is_read_it_is_calm(page: ProgressPage) -> None:
    assert words(page) == "Progress"
    assert page.range.isVisible()
    assert not page.report.isEnabled()


def test_the_answer_and_what_it_rests_on(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    shown = words(page)
    assert "Clearly less pain" in shown
    assert (
        "Your average of the last 7 days is 2.0. In the week from 17 Sep it was 6.0. "
        "A fall of 4.0 points is more than the 2 points we ask for before we call it a change." in shown
    )
    assert (
        "It does not prove the exercises caused it. It rests on 7 rated days then and 7 now (before a session)."
        in shown
    )
    assert "Self-reported values. Typical ranges come from published groups and may not fit you." in shown
    assert spoken_name(page.pain.other(BACK)) == "Low back, centre: about the same, 3.0 to 3.0"


def test_more_pain_says_whom_to_ask(page: ProgressPage) -> None:
    kept = [
        rating(day, 2 if number < 20 else 5, area=HEEL) for number, day in enumerate(days(TODAY - timedelta(39), 40))
    ]
    page.render_state(seen(kept))
    assert page.helping.answer.text() == "More pain than at the start"
    assert "When it gets worse, it is worth asking your doctor, a podiatrist or a physiotherapist." in words(page)


def test_too_early_says_what_is_missing(page: ProgressPage) -> None:
    kept = [rating(TODAY - timedelta(days=n), 4, area=HEEL) for n in (30, 29, 28, 2)]
    page.render_state(seen(kept))
    assert page.helping.answer.text() == "Too early to say"
    assert page.helping.sentence.text() == "Rate your pain on 2 more days."


def test_the_first_days_show_first_steps_instead_of_charts(page: ProgressPage) -> None:
    page.render_state(seen(history(3)))
    shown = words(page)
    assert "Too early to say" in shown
    assert "Your first week is your starting line; the week after it is compared with it." in shown
    assert "6 done. The calendar fills from here." in shown
    assert not page.range.isVisible()
    assert not page.pain.isVisible()
    assert page.report.isEnabled()


@pytest.mark.parametrize(
    ("rated", "line"), [(0, "3 more days of ratings make"), (1, "2 more days"), (2, "1 more day of")]
)
def test_how_many_ratings_make_a_starting_line(page: ProgressPage, rated: int, line: str) -> None:
    page.render_state(
        seen(
            [rating(day, 4, area=HEEL) for day in days(TODAY, rated)]
            if rated < 2
            else [rating(day, 4, area=HEEL) for day in days(TODAY - timedelta(days=1), 2)]
        )
    )
    assert page.start.why.text().startswith(line)


def test_nothing_at_all(page: ProgressPage, qtbot: QtBot) -> None:
    page.render_state(seen([]))
    assert "None yet. The calendar fills from here." in words(page)
    assert not page.report.isEnabled()
    with qtbot.waitSignal(page.start_requested):
        QTest.mouseClick(page.start.go, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.try_requested) as waited:
        QTest.mouseClick(page.start.balance, Qt.MouseButton.LeftButton)
    assert waited.args == ["single_leg_balance"]


def test_ranges_by_arrow_keys(page: ProgressPage, asked: list[Query]) -> None:
    page.render_state(seen(history()))
    page.range.setFocus()
    QTest.keyClick(page.range.segment(1), Qt.Key.Key_Right)
    assert [query.range for query in asked] == [Range.YEAR]


def test_another_range_is_of_the_same_area_and_exercise(page: ProgressPage, asked: list[Query]) -> None:
    """What is rated and done most may be another one there: nobody asked for that."""
    page.render_state(seen(history()))
    page.range.choose_index(0)
    assert asked == [Query(Range.TWO_WEEKS, area=HEEL, exercise_id="balance")]


def test_an_exercise_that_was_not_done_in_a_range_stays_chosen_and_says_so(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    kept = [record for day in days(TODAY - timedelta(30), 31) for record in session(day, exercise_id="calf", title="C")]
    page.render_state(seen(kept, Query(exercise_id="balance")))
    assert page.exercise.exercise.currentText() == "Balance"
    assert page.exercise.exercise.count() == 2
    assert "No sets" in page.exercise.chart.view.chart.summary


def test_own_dates_begin_with_those_that_are_shown(page: ProgressPage, asked: list[Query]) -> None:
    state = seen(history())
    page.render_state(state)
    page.range.choose_index(4)
    assert state.view is not None
    assert [(query.range, query.own) for query in asked] == [(Range.OWN, state.view.span)]
    page.render_state(replace(state, query=asked[0]))
    assert page.dates.isVisible()
    assert (page.dates.first.value, page.dates.last.value) == (state.view.span.first, TODAY)
    page.dates.first.setFocus()
    QTest.keyClick(page.dates.first, Qt.Key.Key_Up)
    moved = Span(state.view.span.first + timedelta(days=1), TODAY)
    assert (asked[-1].range, asked[-1].own) == (Range.OWN, moved)


def test_dates_that_cannot_be_ask_for_nothing(page: ProgressPage, asked: list[Query]) -> None:
    own = Span(TODAY, TODAY)
    page.render_state(seen(history(), Query(range=Range.OWN, own=own)))
    page.dates.last.setFocus()
    QTest.keyClick(page.dates.last, Qt.Key.Key_Down)
    assert asked == []
    assert "The last day is before the first." in words(page)
    QTest.keyClick(page.dates.last, Qt.Key.Key_Up)
    assert [(query.range, query.own) for query in asked] == [(Range.OWN, own)]
    assert "The last day is before the first." not in words(page)


def test_another_area_takes_its_own_moment(page: ProgressPage, asked: list[Query]) -> None:
    page.render_state(seen(history(), Query(moment=PainMoment.AFTER)))
    QTest.mouseClick(page.pain.other(BACK), Qt.MouseButton.LeftButton)
    assert asked == [Query(area=BACK)]


def test_who_chose_another_area_by_keyboard_goes_on_with_its_chart(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    settle()
    page.pain.other(BACK).setFocus()
    QTest.keyClick(page.pain.other(BACK), Qt.Key.Key_Return)
    page.render_state(seen(history(), Query(area=BACK)))
    assert page.pain.chart.view.hasFocus()


def test_looking_beyond_the_days_of_a_chart_asks_for_them(page: ProgressPage, asked: list[Query]) -> None:
    state = seen(history(), Query(range=Range.TWO_WEEKS))
    page.render_state(state)
    assert state.view is not None
    for panel in (page.pain.chart, page.sessions.spent, page.exercise.chart):
        panel.view.setFocus()
        QTest.keyClick(panel.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        wider = Span(state.view.span.first - timedelta(days=1), TODAY)
        assert (asked[-1].range, asked.pop().own) == (Range.OWN, wider)
    page.render_state(seen(history(), Query(range=Range.ALL)))
    QTest.keyClick(page.pain.chart.view, Qt.Key.Key_Minus)
    assert asked == []


def test_what_is_read_again_and_is_the_same_leaves_a_closer_look_alone(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    page.pain.chart.view.zoom(4)
    page.pain.chart.view.set_stop(2)
    near = page.pain.chart.view.chart.span
    page.render_state(seen(history()))
    assert (page.pain.chart.view.chart.span, page.pain.chart.view.stop) == (near, 2)
    page.render_state(seen(history(59)))
    assert page.pain.chart.view.chart.span != near


def test_whoever_was_at_the_chart_goes_on_at_its_table_and_back(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    panel = page.pain.chart
    panel.view.setFocus()
    panel.view.table_wanted.emit()
    assert panel.table is not None
    assert panel.table.hasFocus()
    panel.show_table(shown=False)
    assert panel.view.hasFocus()


def test_whoever_zoomed_in_finds_the_way_back(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    panel = page.pain.chart
    whole = panel.view.chart.span
    assert not panel.whole.isVisible()
    panel.view.zoom(4)
    assert spoken_name(panel.whole) == "Show all days: Pain: Heel or sole, right"
    panel.whole.setFocus()
    QTest.keyClick(panel.whole, Qt.Key.Key_Return)
    assert panel.view.chart.span == whole
    assert panel.view.hasFocus()
    assert not panel.whole.isVisible()


def test_the_first_days_are_said_in_words(page: ProgressPage) -> None:
    page.render_state(seen(history(2)))
    assert page.start.week.text() == "Your first week: Sat 14 Nov 6, Sun 15 Nov 2."
    assert page.start.cells.text() == "Days with a session: Sat 14 Nov, Sun 15 Nov."
    page.render_state(seen([]))
    assert page.start.week.text() == "Your first week: no rating yet."
    assert page.start.cells.text() == "Days with a session: none yet."


def test_how_many_were_done_is_whole_for_those_who_do_not_see_it_beside_its_title(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    assert spoken_name(page.sessions.count).startswith("Days with a session: ")


def test_only_rated_areas_are_offered_in_the_words_of_the_check_in(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    combo = page.pain.area
    assert [combo.itemText(index) for index in range(combo.count())] == ["Heel or sole, right", "Low back, centre"]
    assert combo.currentText() == "Heel or sole, right"


def test_an_area_without_ratings_in_the_range_stays_chosen_and_says_so(page: ProgressPage) -> None:
    knee = Area(Region.KNEE, BodySide.LEFT)
    page.render_state(seen(history(), Query(area=knee)))
    assert page.pain.area.currentText() == "Knee, left"
    assert page.helping.sentence.text() == "There is no rating of your pain in these days."
    assert not page.pain.chart.save.isEnabled()


def test_a_moment_is_asked_for_of_the_area_that_is_shown(page: ProgressPage, asked: list[Query]) -> None:
    page.render_state(seen(history()))
    page.pain.moment.setFocus()
    QTest.keyClick(page.pain.moment, Qt.Key.Key_Down)
    assert asked == [Query(area=HEEL, moment=PainMoment.MORNING)]
    assert asked[0].moment is PainMoment.MORNING


def test_every_chart_has_its_table_and_keeps_it(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    for panel in (page.pain.chart, page.sessions.chart, page.sessions.spent, page.exercise.chart):
        QTest.mouseClick(panel.switch, Qt.MouseButton.LeftButton)
        settle()
        assert panel.table is not None
        assert panel.table.isVisible()
        assert not panel.view.isVisible()
        assert panel.table.table == panel.view.chart.table()
        assert panel.switch.text() == "Show as chart"
    page.render_state(seen(history(30), Query(range=Range.ALL)))
    table = page.pain.chart.table
    assert table is not None
    assert len(table.table.rows) == 30
    QTest.keyClick(page.pain.chart.switch, Qt.Key.Key_Return)
    settle()
    assert page.pain.chart.table is None
    assert page.pain.chart.view.isVisible()


def test_every_chart_can_be_saved_by_a_named_link(page: ProgressPage, qtbot: QtBot) -> None:
    page.render_state(seen(history()))
    for panel in (page.pain.chart, page.sessions.chart, page.sessions.spent, page.exercise.chart):
        assert spoken_name(panel.save) == f"Save: {panel.view.chart.name}"
        with qtbot.waitSignal(page.save_requested) as waited:
            QTest.keyClick(panel.save, Qt.Key.Key_Return)
        assert waited.args == [panel.view.chart, ChartFile.PNG]


def test_a_year_takes_the_whole_width(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    settle()
    narrow = page.sessions.width()
    page.sessions.shown.choose_index([*Shown].index(Shown.YEAR))
    settle()
    assert page.sessions.width() > 2 * narrow
    assert page.sessions.width() == page.pain.width()  # no column is left empty
    page.sessions.shown.choose_index([*Shown].index(Shown.WEEKS))
    settle()
    assert page.sessions.width() == narrow


def test_cards_beside_each_other_end_together_and_the_exercise_has_a_row_of_its_own(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    settle()
    pain, sessions, exercise = page.pain, page.sessions, page.exercise
    assert pain.height() == sessions.height()
    assert exercise.width() == page.columns.width()
    assert exercise.mapTo(page, exercise.rect().topLeft()).y() > pain.mapTo(page, pain.rect().bottomLeft()).y()


@pytest.mark.parametrize("width", [960, 1060, 1280])
def test_no_table_scrolls_sideways(page: ProgressPage, width: int) -> None:
    room = room_for(width, 800, 100)
    page.resize(room.content + 2 * room.padding, 800)
    page.set_room(room)
    page.render_state(seen(history()))
    for panel in (page.pain.chart, page.sessions.chart, page.sessions.spent, page.exercise.chart):
        before = panel.view.height()
        panel.switch.click()
        settle()
        assert panel.table is not None
        assert panel.table.horizontalScrollBar().maximum() == 0
        assert panel.table.height() >= before


def test_whoever_chose_a_year_sees_it_and_the_weeks_again(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    settle()
    for shown in (Shown.YEAR, Shown.WEEKS):
        page.sessions.shown.choose_index([*Shown].index(shown))
        settle()
        port = page.area.viewport()
        assert port.rect().contains(page.sessions.rect().translated(page.sessions.mapTo(port, QPoint(0, 0)))), shown


def test_sessions_are_counted_of_the_days_that_are_shown(page: ProgressPage) -> None:
    page.render_state(seen(history(100), Query(Range.TWO_WEEKS)))
    counts = {}
    for shown in Shown:
        page.sessions.shown.choose_index([*Shown].index(shown))
        counts[shown] = int(page.sessions.count.text().partition(",")[0])
    assert counts == {Shown.WEEKS: 84, Shown.YEAR: 100}


def test_how_steadiness_is_computed_is_told_on_demand(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    assert "This score is our own choice." not in words(page)
    page.sessions.how.click()
    assert "it never starts anew" in words(page)


def test_one_exercise_in_words(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    assert "Right: 3 s less than left, over the last 4 weeks." in words(page)
    assert "Level 2 of 3: Two legs" in words(page)


def test_one_side_alone_is_no_comparison(page: ProgressPage) -> None:
    page.render_state(seen(history(both_sides=False)))
    assert "Left and right can be compared once both were done within 4 weeks." in words(page)


def test_an_exercise_that_left_the_library_has_no_ladder(page: ProgressPage) -> None:
    page.render_state(replace(seen(history()), rungs=(), level=0))
    assert "Level" not in page.exercise.level.text() or not page.exercise.level.isVisible()


def test_what_could_not_be_read_says_why_and_leaves_the_rest(page: ProgressPage, qtbot: QtBot) -> None:
    page.render_state(replace(seen(history()), trouble="The disk does not answer."))
    assert "Your progress could not be read. The disk does not answer." in words(page)
    assert "Clearly less pain" in words(page)
    (link,) = (b for b in tab_order(page) if spoken_name(b) == "Try again")
    with qtbot.waitSignal(page.retry_requested):
        QTest.keyClick(link, Qt.Key.Key_Return)
    page.render_state(seen(history()))
    assert "could not be read" not in words(page)


def test_what_can_only_be_looked_at_starts_nothing(page: ProgressPage) -> None:
    page.render_state(replace(seen([]), read_only="The disk is read-only."))
    assert "You can look, but not add anything. The disk is read-only." in words(page)
    assert not page.start.go.isEnabled()


def test_tab_goes_from_range_to_answer_to_charts(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    settle()
    order = [spoken_name(stop) for stop in tab_order(page)]
    assert order == [
        "3 months",
        "Report",
        "How this is decided",
        "Heel or sole, right",
        "Before a session",
        "Pain: Heel or sole, right",
        "Show as table: Pain: Heel or sole, right",
        "Save: Pain: Heel or sole, right",
        "Low back, centre: about the same, 3.0 to 3.0",
        "12 weeks",
        "Sessions",
        "Show as table: Sessions",
        "Save: Sessions",
        "How steadiness is computed",
        "Time spent",
        "Show as table: Time spent",
        "Save: Time spent",
        "Balance",
        "Sets",
        "Balance",
        "Show as table: Balance",
        "Save: Balance",
    ]


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_and_nothing_nameless(page: ProgressPage, look: Look, percent: int) -> None:
    from coach.domain.preferences import Preferences, ThemeChoice

    look.apply(Preferences(theme=ThemeChoice.LIGHT, text_percent=percent))
    width = 1068 if percent == 100 else 824
    page.resize(width, 640)
    page.set_room(room_for(1280 if percent == 100 else 960, 640, percent))
    for kept in ([], history(3), history()):
        page.render_state(seen(kept))
        for _ in range(3):
            settle()
        assert faults(page) == []
        assert nameless(page) == []


def test_no_label_is_left_without_words(page: ProgressPage) -> None:
    page.render_state(seen(history()))
    settle()
    empty = [label for label in page.findChildren(QLabel) if label.isVisibleTo(page) and not label.text()]
    assert [label for label in empty if type(label).__name__ == "Text"] == []
