"""Choosing what to do: another routine, one's own level, a single exercise; and settings that apply at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QRadioButton

from coach.domain.preferences import SessionTheme, ThemeChoice
from coach.domain.records import Outcome
from coach.ui.audit import faults, nameless
from coach.ui.help import KeyCap
from coach.ui.pages.today_parts import ExerciseTile
from coach.ui.room import MIN_SIZE
from coach.ui.widgets.button import Button
from coach.ui.widgets.page import ColumnScroll
from tests.journeys import eyes, hands
from tests.journeys.plans import as_logged, as_planned, desk_side, ends, seconds
from tests.journeys.test_steering import real
from tests.ui.figure.comparing import changes

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from tests.journeys.desk import Desk


def reps_left_and_right(count: int) -> list[tuple[str, int, str, int]]:
    """Two sets on both sides, done."""
    return [(side, number, "done", count) for number in (1, 2) for side in ("left", "right")]


def raises_tile() -> str:
    """What today's page says of calf raises."""
    return eyes.said(eyes.find("Calf raises", ExerciseTile))[0]


def test_another_routine_by_mouse(practised: Desk) -> None:
    practised.open()
    hands.click("Do another routine")
    hands.choose("Desk-side")
    practised.settle()
    assert practised.preferences.routine == "desk_side"
    assert "5 min" in eyes.words()
    hands.click("Start")
    hands.click("Nothing hurts")
    practised.wait_for_end()
    hands.click("Done")
    practised.settle()
    (session,) = practised.logged()
    plan = desk_side()
    assert as_logged(session.sets) == as_planned(plan)
    assert seconds(plan) == 295
    assert session.end is not None
    assert (session.start.routine_id, session.end.seconds, session.end.outcome) == (
        "desk_side",
        295,
        Outcome.COMPLETED,
    )
    offsets = [(record.stamp.at - session.start.stamp.at).total_seconds() for record in session.sets]
    assert offsets == pytest.approx(ends(plan), abs=0.5)


def test_another_routine_by_keyboard(practised: Desk) -> None:
    practised.open()
    hands.tab_to("Do another routine")
    hands.press("Enter", "Down", "Down", "Enter")
    practised.settle()
    assert practised.preferences.routine == "daily_short"
    hands.press("Ctrl+3", "Ctrl+1", "Enter")
    assert "Where is your pain right now?" in eyes.words()


def test_an_own_level_changes_today_and_the_session(practised: Desk) -> None:
    practised.open()
    assert raises_tile() == "Calf raises, 2 × 10, both feet, 2:55"
    hands.press("Ctrl+3")
    hands.click("Calf raises")
    hands.click("Level 4, One leg, fingertips", QRadioButton)
    hands.click("Use this level", Button)
    assert "Go up to level 4?" in eyes.words()
    hands.click("Use level 4", Button)
    practised.settle()
    assert "You are on 4." in eyes.words()
    hands.press("Ctrl+1")
    assert raises_tile() == "Calf raises, 2 × 5 each side, 2:50"
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.wait_for("single_leg_balance")
    assert real(practised, "calf_raise") == reps_left_and_right(5)
    assert {r.level for r in practised.logged()[0].sets if r.exercise_id == "calf_raise"} == {4}


def test_going_down_a_level_asks_nothing(practised: Desk) -> None:
    practised.open()
    hands.press("Ctrl+3")
    hands.click("Calf raises")
    hands.click("Level 1, Seated", QRadioButton)
    hands.click("Use this level", Button)
    practised.settle()
    assert "You are on 1." in eyes.words()
    practised.close()
    practised.open()
    assert raises_tile() == "Calf raises, 1 × 10, both feet, 1:00"


def test_staying_on_the_level_is_the_safe_answer(practised: Desk) -> None:
    practised.open()
    hands.press("Ctrl+3")
    hands.click("Calf raises")
    hands.click("Level 3, Two legs, fingertips", QRadioButton)
    hands.click("Use this level", Button)
    hands.press("Enter")
    practised.settle()
    assert "You are on 2." in eyes.words()


def test_try_it_now_by_keyboard(practised: Desk) -> None:
    practised.open()
    hands.tab_to("Calf raises, 2 × 10, both feet, 2:55")
    hands.press("Enter")
    hands.tab_to("Try it now")
    hands.press("Enter")
    assert "Where is your pain right now?" in eyes.words()
    hands.tab_to("Skip the check-in")
    hands.press("Enter")
    practised.wait_for_end()
    hands.press("Enter")
    practised.settle()
    (session,) = practised.logged()
    assert (session.start.routine_id, session.start.routine_title) == ("only_calf_raise", "Calf raises")
    assert real(practised, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "done", 10)]
    assert session.pain == ()
    assert eyes.sees("Done today", QLabel)


def test_trying_another_level_changes_no_level(practised: Desk) -> None:
    practised.open()
    hands.press("Ctrl+3")
    hands.click("Calf raises")
    hands.click("Level 1, Seated", QRadioButton)
    hands.click("Try it now")
    hands.click("Nothing hurts")
    practised.wait_for_end()
    hands.click("Done")
    practised.settle()
    assert [(r.level, r.real_reps) for r in practised.logged()[0].sets] == [(1, 10)]
    assert raises_tile() == "Calf raises, 2 × 10, both feet, 2:55"


def test_theme_and_text_size_apply_at_once_and_to_the_next_session(practised: Desk) -> None:
    window = practised.open()
    hands.press("Ctrl+,")
    hands.click("Look", QAbstractButton)
    light = window.look.theme.bg
    hands.click("Dark", QRadioButton)
    practised.settle()
    assert window.look.theme.bg != light
    assert window.shell.grab().toImage().pixelColor(5, 5).name() == window.look.theme.bg.lower()
    for _ in range(4):
        hands.click("Larger text", QAbstractButton)
    practised.settle()
    kept = practised.preferences
    assert (kept.theme, kept.text_percent) == (ThemeChoice.DARK, 200)
    assert faults(window.shell) == []
    hands.press("Ctrl+1", "Enter")
    hands.click("Nothing hurts")
    practised.wait_for(phase="work", into=1)
    assert faults(window.shell) == []
    assert nameless(window.shell) == []


def from_afar(image: QImage) -> QImage:
    """An eighth of its size: the edges of letters are gone, a control that kept its old look is not."""
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(image.size() / 8, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


@pytest.mark.parametrize("background", list(SessionTheme))
def test_looks_change_in_the_middle_of_a_session(guided: Desk, background: SessionTheme) -> None:
    """As when the desktop goes dark in the evening; the session's own background stays what was chosen for it."""
    guided.wait_for("calf_raise", set_no=1, phase="work", into=1)
    before = guided.window.shell.grab().toImage()
    dark = replace(guided.preferences, theme=ThemeChoice.DARK, text_percent=200, session_theme=background)
    guided.look.apply(dark)
    hands.look()
    assert guided.window.shell.grab().toImage() != before
    assert faults(guided.window.shell) == []
    guided.look.apply(replace(dark, theme=ThemeChoice.LIGHT, text_percent=100))
    hands.look()
    # Not to the pixel: Qt rounds the edges of letters differently once they have been drawn elsewhere.
    after = guided.window.shell.grab().toImage()
    assert changes(from_afar(after), from_afar(before), tolerance=40) == []
    guided.wait_for("single_leg_balance")
    assert real(guided, "calf_raise") == [("both", 1, "done", 10), ("both", 2, "done", 10)]


def test_get_ready_time_and_own_pace_are_taken_over_by_the_next_session(practised: Desk) -> None:
    practised.open()
    hands.press("Ctrl+,")
    hands.click("5 s", QRadioButton)
    hands.click("At my own pace", QAbstractButton)
    practised.settle()
    hands.press("Ctrl+1")
    assert "13 min" in eyes.words()  # six times five seconds less than printed
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.wait(5)
    assert practised.session.run.moment(practised.clock.monotonic()).phase.is_work
    practised.wait(120)
    assert practised.session.run.waiting  # for the person's word


def test_the_keys_are_listed_and_the_list_closes(practised: Desk) -> None:
    practised.open()
    hands.press("?")
    assert eyes.front() is not practised.window.shell
    assert "Keys" in eyes.words()
    caps = {name for cap in eyes.shown(KeyCap) for name in eyes.said(cap)}
    assert {"Space", "H", "Esc"} <= caps
    hands.press("Esc")
    assert eyes.front() is practised.window.shell


@pytest.mark.parametrize("page", ["Ctrl+1", "Ctrl+3"])
def test_leaving_an_exercise_leads_back_to_where_it_was_opened(practised: Desk, page: str) -> None:
    practised.open()
    hands.press(page)
    practised.settle()
    before = eyes.words()
    hands.click("Calf raises")
    practised.settle()
    assert "Watch for" in eyes.words()
    hands.press("Esc")
    practised.settle()
    assert eyes.words() == before


@pytest.mark.parametrize("opened", ["keys", "sources", "a page"])
def test_everything_long_can_be_read_by_keyboard(practised: Desk, opened: str) -> None:
    practised.open(size=MIN_SIZE)
    if opened == "keys":
        hands.press("?")
    else:
        hands.tab_to("Calf raises, 2 × 10, both feet, 2:55")
        hands.press("Enter")
    if opened == "sources":
        hands.tab_to("All sources")
        hands.press("Enter")
    (area,) = eyes.shown(ColumnScroll)
    bar = area.verticalScrollBar()
    start = bar.value()
    hands.press("Down", "Down")
    assert start < bar.value()
    hands.press("PageDown", "PageDown", "PageDown", "PageDown")
    assert bar.value() == bar.maximum() > start
