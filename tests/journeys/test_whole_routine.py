"""The whole of a first day, from the welcome to a routine that is done, by keyboard alone and by mouse alone.

What the diary holds in the end is compared with what clinical.md plans, bout by bout and side by side.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QRadioButton

from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.records import Outcome, SessionSummary
from coach.ui.session.controls import SessionButton
from coach.ui.widgets.button import Button
from coach.ui.widgets.scale import EffortScale, NumberScale
from coach.ui.widgets.toggle import Check
from tests.fakes import START
from tests.journeys import eyes, hands
from tests.journeys.desk import STEP_S, Desk
from tests.journeys.plans import as_logged, as_planned, daily_six, ends, seconds

READ = "I have read this and I am 18 or older"
HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)
KNEE = Area(Region.KNEE, BodySide.LEFT)
PLAN = daily_six("right", "right", "right", "left", "left")
"""The right heel hurts most, so what loads it begins on the right; hip and hamstring load the left knee."""


def check(session: SessionSummary) -> None:
    """All of it is in the diary as it was planned, at the second at which it was done."""
    assert as_logged(session.sets) == as_planned(PLAN)
    assert seconds(PLAN) == 810
    begun = session.start.stamp.at
    for record, end in zip(session.sets, ends(PLAN), strict=True):
        late = (record.stamp.at - begun).total_seconds() - end
        assert 0 <= late <= STEP_S
        assert (record.stamp.zone, record.stamp.local_date) == ("Europe/Berlin", START.date())
        assert (record.touches, record.self_paced, record.supersedes) == (0, False, None)
    assert (session.start.routine_id, session.start.routine_title) == ("daily_six", "Daily six")
    assert session.end is not None
    assert (session.end.outcome, session.end.seconds, session.end.effort) == (Outcome.COMPLETED, 810, 4)
    assert session.end.note == "Easier than last week"
    said = {(rating.area, rating.moment): rating.nrs for rating in session.pain}
    assert said == {
        (HEEL, PainMoment.BEFORE): 4,
        (KNEE, PainMoment.BEFORE): 2,
        (HEEL, PainMoment.AFTER): 3,
        (KNEE, PainMoment.AFTER): 10,
    }


@pytest.mark.parametrize("desk", ["thread"], indirect=True)
def test_by_keyboard_alone(desk: Desk) -> None:
    shell = desk.open().shell
    begin = eyes.find("Begin", Button)
    assert not begin.isEnabled()
    hands.press("Enter")
    assert begin.isVisible()  # not before the box is ticked
    hands.tab_to(READ)
    hands.press("Space")
    assert begin.isEnabled()
    hands.tab_to("Begin")
    hands.press("Enter")
    desk.settle()
    assert desk.preferences.safety_accepted.startswith("2026-11-15T08:30:00")
    assert "Daily six" in eyes.words()
    assert not eyes.sees("Done today", QLabel)

    hands.press("Enter")  # start
    assert "Where is your pain right now?" in eyes.words()
    hands.arrow_to("Heel or sole", "Down")
    hands.press("R", "4")
    hands.arrow_to("Knee", "Up")
    hands.press("L", "2", "Ctrl+Enter")
    desk.settle()

    assert shell.isFullScreen()
    desk.wait_for(phase="work")
    hands.press("F")
    assert not shell.isFullScreen()
    desk.wait_for_end()

    assert "Session done" in eyes.words()
    hands.press("1", "0", "Tab", "3")  # from the knee down, as the list before
    hands.tab_to("Another area hurts")
    hands.press("Tab", "4")
    hands.tab_to("Note")
    hands.write("Easier than last week")
    hands.press("Ctrl+Enter")
    desk.settle()

    assert eyes.sees("Done today", QLabel)
    desk.close()
    (session,) = desk.logged()
    check(session)


def test_by_mouse_alone(desk: Desk) -> None:
    shell = desk.open().shell
    hands.click("Begin")
    assert eyes.sees("Begin", Button)  # not before the box is ticked
    hands.click(READ, Check)
    hands.click("Begin")
    assert "Daily six" in eyes.words()

    hands.click("Start")
    hands.click("Heel or sole, right: no answer", QRadioButton)
    hands.click("4, moderate", QRadioButton)
    hands.click("Knee, left: no answer", QRadioButton)
    hands.click("2, mild", QRadioButton)
    hands.click("Save and go on")

    assert shell.isFullScreen()
    desk.wait_for(phase="work")
    hands.click("Pause", SessionButton)
    hands.click("Full screen on or off", SessionButton)
    assert not shell.isFullScreen()
    hands.click("Go on", SessionButton)
    desk.wait_for_end()

    knee, heel = eyes.shown(NumberScale)[:2]
    hands.click(heel.cell(3))
    hands.click(knee.cell(10))
    (effort,) = eyes.shown(EffortScale)
    hands.click(effort.cell(4))
    hands.click("Note", QPlainTextEdit)
    hands.write("Easier than last week")  # the one thing that no mouse can do
    hands.click("Done", QAbstractButton)

    assert eyes.sees("Done today", QLabel)
    desk.close()
    (session,) = desk.logged()
    check(session)


def test_the_day_ends_where_the_person_is(desk: Desk) -> None:
    """A session belongs to the local day it began, whatever UTC says."""
    desk.clock.set_now(START + timedelta(hours=14, minutes=29))  # 23:59 in Berlin
    desk.settings(safety_accepted="2026-11-01T08:00:00+00:00")
    desk.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    desk.wait_for("towel_toe_curl", side="right", phase="work")
    desk.close()
    (session,) = desk.logged()
    assert session.start.stamp.local_date == START.date()
    assert session.sets[0].stamp.local_date == START.date() + timedelta(days=1)
