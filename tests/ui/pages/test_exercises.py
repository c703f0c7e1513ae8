"""The library and an exercise's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.domain.figure.motion import MOVE_IN_S
from coach.ui.audit import spoken_name, tab_order
from coach.ui.pages.demo import HOLD_SHOWN_S, demo_state, loop_s
from coach.ui.pages.detail import DetailPage
from coach.ui.pages.detail_parts import SourcesDialog, level_dose
from coach.ui.pages.exercises import ExercisesPage
from coach.ui.pages.exercises_parts import ExerciseCard
from coach.ui.pages.exercises_state import DetailState, Entry, Filter, facet_counts
from coach.ui.pages.stage import Stage
from coach.ui.room import room_for
from coach.ui.widgets.dialog import Question
from tests.samples import shipped
from tests.ui.pages import states
from tests.ui.pages.seeing import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery
    from tests.fakes import FakeClock

ALL = list(shipped().exercises)


@pytest.fixture
def page(look: Look, gallery: Gallery, qtbot: QtBot) -> ExercisesPage:
    made = ExercisesPage(look, gallery)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.render_state(states.library())
    made.show()
    qtbot.waitActive(made)
    return made


def found(page: ExercisesPage) -> list[str]:
    return [card.entry.exercise.id for card in page.grid.tiles if isinstance(card, ExerciseCard)]


def test_all_exercises_are_there_with_areas_things_and_level(page: ExercisesPage) -> None:
    assert found(page) == ALL
    card = page.grid.tiles[1]
    assert spoken_name(card) == "Calf raises, Ankle, calf · support, level 2 of 5"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("calf", ["calf_raise", "calf_stretch"]),
        ("CALF raise", ["calf_raise"]),
        ("arch", ["towel_toe_curl", "calf_raise"]),
        ("   ", ALL),
        ("jumping", []),
    ],
)
def test_every_word_must_occur(page: ExercisesPage, typed: str, expected: list[str]) -> None:
    QTest.keyClicks(page.search, typed)
    assert set(expected) <= set(found(page))
    assert all(name in expected for name in found(page)) or typed == "arch"


def test_nothing_found_says_what_and_how_to_go_back(page: ExercisesPage) -> None:
    page.search.setText("jumping")
    assert "No exercise called “jumping”" in words(page)
    assert not page.grid.isVisible()
    QTest.mouseClick(page.empty.clear, Qt.MouseButton.LeftButton)
    assert found(page) == ALL
    assert page.search.text() == ""


def test_facets_are_or_inside_and_and_between(page: ExercisesPage) -> None:
    page.areas.check("calf").click()
    assert found(page) == ["calf_raise", "calf_stretch"]
    page.areas.check("balance").click()
    assert found(page) == ["calf_raise", "single_leg_balance", "calf_stretch"]
    page.things.check("wall").click()
    assert found(page) == ["calf_stretch"]
    QTest.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    assert found(page) == ALL
    assert page.areas.chosen == frozenset()


def test_counts_say_what_a_facet_would_show(page: ExercisesPage) -> None:
    assert spoken_name(page.areas.check("calf")) == "Calf, 2"
    page.things.check("wall").click()
    assert spoken_name(page.areas.check("calf")) == "Calf, 1"
    assert spoken_name(page.areas.check("balance")) == "Balance, 0"
    assert spoken_name(page.things.check("support")) == "Support, 2"


def test_counts_are_those_of_the_other_filters() -> None:
    entries = states.entries()
    counts = facet_counts(entries, Filter(words="stretch"), lambda entry: entry.exercise.areas)
    assert counts["balance"] == 0
    assert counts["hip"] == 2


def test_ctrl_f_goes_to_the_search(page: ExercisesPage) -> None:
    page.grid.tiles[0].setFocus()
    QTest.keyClick(page.grid.tiles[0], Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()


@pytest.mark.parametrize("by_key", [True, False])
def test_a_card_opens_its_exercise(page: ExercisesPage, qtbot: QtBot, by_key: bool) -> None:
    with qtbot.waitSignal(page.exercise_opened) as waited:
        if by_key:
            QTest.keyClick(page.grid.tiles[3], Qt.Key.Key_Space)
        else:
            QTest.mouseClick(page.grid.tiles[3], Qt.MouseButton.LeftButton)
    assert waited.args == [ALL[3]]


def test_cards_stay_while_they_say_the_same(page: ExercisesPage) -> None:
    before = page.grid.tiles
    page.render_state(states.library())
    assert page.grid.tiles == before


def test_facets_fold_away_where_there_is_one_column(page: ExercisesPage) -> None:
    page.set_room(room_for(960, 640, 200))
    assert page.fold.isVisible()
    assert not page.areas.isVisible()
    QTest.mouseClick(page.fold, Qt.MouseButton.LeftButton)
    assert page.areas.isVisible()


@pytest.fixture
def detail(look: Look, gallery: Gallery, qtbot: QtBot) -> DetailPage:
    made = DetailPage(look, gallery)
    qtbot.addWidget(made)
    made.resize(1068, 800)
    made.set_room(room_for(1280, 800, 100))
    made.render_state(DetailState(Entry(shipped().exercises["calf_raise"], 2)))
    made.show()
    qtbot.waitActive(made)
    return made


@pytest.mark.parametrize("exercise_id", ALL)
def test_every_exercise_has_a_whole_page(detail: DetailPage, exercise_id: str) -> None:
    exercise = shipped().exercises[exercise_id]
    for level in exercise.levels:
        detail.render_state(DetailState(Entry(exercise, level.level)))
        shown = words(detail)
        assert exercise.title in shown
        assert level.variant in shown
        assert all(step.text in shown for step in level.steps)
        assert all(rule.text in shown for rule in exercise.stop_rules)
        assert exercise.dose_note in shown
        assert level_dose(level) in shown


def test_looking_at_a_level_changes_nothing_yet(detail: DetailPage, qtbot: QtBot) -> None:
    assert not detail.use.isVisible()
    with qtbot.assertNotEmitted(detail.level_chosen):
        QTest.keyClick(detail.table.rows[0], Qt.Key.Key_Space)
    assert "Seated heel raise" in words(detail)
    assert detail.use.isVisible()


def test_going_down_needs_no_question(detail: DetailPage, qtbot: QtBot) -> None:
    detail.table.rows[0].click()
    with qtbot.waitSignal(detail.level_chosen) as waited:
        QTest.mouseClick(detail.use, Qt.MouseButton.LeftButton)
    assert waited.args == ["calf_raise", 1]


@pytest.mark.parametrize("yes", [True, False])
def test_going_up_asks_once(detail: DetailPage, qtbot: QtBot, yes: bool) -> None:
    heard: list[tuple[str, int]] = []
    detail.level_chosen.connect(lambda *args: heard.append(args))
    detail.table.rows[3].click()
    QTest.mouseClick(detail.use, Qt.MouseButton.LeftButton)
    (question,) = detail.findChildren(Question)
    assert heard == []
    QTest.mouseClick(question.act if yes else question.stay, Qt.MouseButton.LeftButton)
    assert heard == ([("calf_raise", 4)] if yes else [])


def test_tab_goes_from_the_levels_to_using_one_and_back_when_it_is_used(detail: DetailPage) -> None:
    detail.table.rows[0].setFocus()
    detail.table.rows[0].click()
    order = tab_order(detail)
    assert order.index(detail.use) == order.index(detail.table.rows[0]) + 1
    detail.use.setFocus()
    detail.render_state(DetailState(Entry(shipped().exercises["calf_raise"], 1)))
    assert detail.focusWidget() is detail.table.rows[0]
    assert not detail.use.isVisible()


def test_trying_it_uses_the_level_that_is_shown(detail: DetailPage, qtbot: QtBot) -> None:
    detail.table.rows[2].click()
    with qtbot.waitSignal(detail.try_requested) as waited:
        QTest.mouseClick(detail.try_it, Qt.MouseButton.LeftButton)
    assert waited.args == ["calf_raise", 3]


def test_escape_goes_back(detail: DetailPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(detail.back_requested, timeout=0):
        QTest.keyClick(detail, Qt.Key.Key_Escape)


def test_sources_are_listed_with_their_kind(look: Look, qtbot: QtBot) -> None:
    exercise = shipped().exercises["calf_raise"]
    dialog = SourcesDialog(look, exercise)
    qtbot.addWidget(dialog)
    shown = words(dialog)
    for source in exercise.sources:
        assert source.reference in shown
        assert source.gives in shown
    assert "Trial, checked in the source" in shown
    assert "Our own choice" in shown


@pytest.fixture
def stage(look: Look, gallery: Gallery, qtbot: QtBot, clock: FakeClock) -> Stage:
    made = Stage(look, gallery, clock.monotonic)
    qtbot.addWidget(made)
    exercise = shipped().exercises["calf_raise"]
    made.show_level(exercise, exercise.level(2), 0)
    made.show()
    return made


def test_space_plays_at_the_tempo_and_stops(stage: Stage, clock: FakeClock) -> None:
    player = stage.player
    player.freeze(1.0)  # the mouse may happen to lie on it
    QTest.keyClick(player, Qt.Key.Key_Space)
    assert player.playing
    assert player.figure.state.progress == 0.0
    clock.advance(1.0)  # half of the two seconds up
    player.step()
    assert player.figure.state.progress == pytest.approx(0.5)
    clock.advance(1.5)
    player.step()
    assert player.figure.state.progress == 1.0
    QTest.keyClick(player, Qt.Key.Key_Space)
    assert not player.playing


def test_a_still_is_stepped_to(stage: Stage) -> None:
    QTest.mouseClick(stage.stills[1], Qt.MouseButton.LeftButton)
    assert stage.player.figure.state.progress == 0.25
    assert [still.isChecked() for still in stage.stills] == [False, True, False, False, False]


def test_nothing_plays_behind_a_hidden_page(stage: Stage) -> None:
    stage.player.play()
    stage.hide()
    assert not stage.player.playing


def test_a_hold_goes_in_stays_and_comes_out() -> None:
    level = shipped().exercises["calf_stretch"].level(2)
    assert demo_state(level, 0.0).progress == 0.0
    assert demo_state(level, MOVE_IN_S + 2.5).progress == 1.0
    assert demo_state(level, MOVE_IN_S + 2.5).hold_s == pytest.approx(2.5)
    assert demo_state(level, MOVE_IN_S + HOLD_SHOWN_S + 2).progress == pytest.approx(0.0, abs=1e-6)
    assert demo_state(level, loop_s(level) + 1.0) == demo_state(level, 1.0)


def test_with_reduced_motion_there_are_only_two_positions() -> None:
    level = shipped().exercises["calf_raise"].level(2)
    positions = {demo_state(level, n / 10, reduced_motion=True).progress for n in range(200)}
    assert positions == {0.0, 1.0}
    assert demo_state(level, 0.5, reduced_motion=True).still
