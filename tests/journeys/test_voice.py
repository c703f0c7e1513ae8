"""A speech engine and a sound server that hang: the window never does, and says why nothing is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from coach.desktop.paths import resources
from coach.ui.session.sound import QtAnnouncer, SilentAnnouncer
from coach.ui.session.speech import Condition
from tests.journeys import eyes, hands
from tests.ui.session.test_speech import PATIENCE_MS, fake

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.journeys.desk import Desk

REASON = "The speech engine does not answer."
UNAVAILABLE = "Voice unavailable, cues on screen"


def parts_of(announcer: QtAnnouncer) -> tuple[Condition, Condition]:
    return announcer._voice.condition, announcer._chimes.condition


@pytest.fixture
def deaf(practised: Desk) -> QtAnnouncer:
    """The announcer of the desk: both its programs hang."""
    hanging = fake("hanging")
    sounds = resources() / "assets" / "sounds"
    practised.announcer = announcer = QtAnnouncer(sounds, voice_command=hanging, chimes_command=hanging, limit_s=1.0)
    return announcer


def given_up(announcer: QtAnnouncer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: parts_of(announcer) == (Condition.FAILED, Condition.FAILED), timeout=PATIENCE_MS)


def test_the_session_runs_and_the_button_tells(practised: Desk, deaf: QtAnnouncer, qtbot: QtBot) -> None:
    practised.open()
    assert parts_of(deaf) == (Condition.IDLE, Condition.IDLE), "opening the window starts nothing"
    hands.click("Start")
    assert parts_of(deaf) == (Condition.STARTING, Condition.STARTING), "the check-in gives it time"
    hands.click("Nothing hurts")
    practised.wait(2)
    given_up(deaf, qtbot)
    practised.settle()
    button = eyes.find(UNAVAILABLE, QAbstractButton)
    assert button.toolTip() == button.accessibleDescription() == REASON
    assert practised.session.view.stage.progress.notice == "cues on screen"
    practised.wait(60)
    assert practised.session.run.cursor > 60, "time went on"
    practised.close()
    assert parts_of(deaf) == (Condition.IDLE, Condition.IDLE), "nothing is left running"


def test_settings_tell_as_soon_as_it_is_known(practised: Desk, deaf: QtAnnouncer, qtbot: QtBot) -> None:
    practised.open()
    hands.click("Settings")
    assert "Works offline." in eyes.words()
    given_up(deaf, qtbot)
    practised.settle()
    assert f"{REASON} Cues are on screen." in eyes.words()
    hands.click("Hear a sample")
    assert deaf._voice.condition is Condition.STARTING, "asked for, it is tried once more"
    given_up(deaf, qtbot)


def test_voices_arrive_in_the_settings(practised: Desk, qtbot: QtBot) -> None:
    practised.announcer = announcer = QtAnnouncer(
        resources() / "assets" / "sounds", voice_command=fake("ready"), chimes_command=fake("dying")
    )
    practised.open()
    hands.click("Settings")
    qtbot.waitUntil(lambda: announcer.voices() != (), timeout=PATIENCE_MS)
    practised.settle()
    hands.tab_to("System voice")
    hands.press("Down")
    assert practised.window.preferences.voice_name == "Ada"


def test_going_on_with_a_session_gets_the_voice_ready_too(practised: Desk) -> None:
    practised.open()
    hands.click("Start")
    hands.click("Nothing hurts")
    practised.wait_for(set_no=1, side="right")
    practised.close()
    practised.announcer = announcer = SilentAnnouncer()
    practised.open()
    hands.click("Go on")
    assert announcer.prepared == 1
