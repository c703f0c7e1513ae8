"""No voice, no sound, no add-on: the session says so in a word, lights the edge instead, and guides to its end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton

from coach.desktop.paths import resources
from coach.ui.session import speech
from coach.ui.session.controls import SessionButton
from coach.ui.session.sound import QtAnnouncer
from coach.ui.session.view import VoiceState
from tests.journeys import eyes, hands
from tests.ui.session.test_speech import PATIENCE_MS, fake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.journeys.desk import Desk

NO_PULSE = "libpulse.so.0: cannot open shared object file: No such file or directory"
WITHOUT_ADDONS = """
import runpy, sys
for name in ("QtTextToSpeech", "QtMultimedia"):
    sys.modules["PySide6." + name] = None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def real(part: str, *arguments: str) -> list[str]:
    """The real program, where the add-on cannot be imported."""
    return [sys.executable, "-P", "-c", WITHOUT_ADDONS, *speech.command(part, *arguments)[2:]]


SILENCES = {
    "no engine, no device": (
        fake("refusing", "no_engine", ""),
        fake("refusing", "no_device", ""),
        "No speech engine is installed.",
        "There is no sound device.",
    ),
    "no libpulse": (
        fake("refusing", "missing", NO_PULSE),
        fake("refusing", "missing", NO_PULSE),
        "The system library libpulse.so.0 is missing.",
        "The system library libpulse.so.0 is missing.",
    ),
    "no add-on": (
        real("voice"),
        real("chimes", str(resources() / "assets" / "sounds")),
        "The sound add-on is not installed.",
        "The sound add-on is not installed.",
    ),
    "both die": (fake("dying"), fake("dying"), "The speech engine has stopped.", "The sound has stopped."),
    "not even startable": (
        ["/nowhere/python"],
        ["/nowhere/python"],
        "The speech program cannot be started.",
        "The sound program cannot be started.",
    ),
}


@pytest.fixture(params=SILENCES)
def silent(request: pytest.FixtureRequest, practised: Desk) -> Iterator[tuple[Desk, str, str]]:
    """A desk without any sound, and why: for the voice, for the chimes."""
    voice, chimes, why_no_voice, why_no_sound = SILENCES[request.param]
    announcer = QtAnnouncer(resources() / "assets" / "sounds", voice_command=voice, chimes_command=chimes)
    practised.announcer = announcer
    yield practised, why_no_voice, why_no_sound
    practised.close()
    announcer.close()


def test_without_sound_everything_else_works(silent: tuple[Desk, str, str], qtbot: QtBot) -> None:
    desk, why_no_voice, why_no_sound = silent
    announcer = desk.announcer
    desk.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    qtbot.waitUntil(lambda: bool(announcer.voice_problem and announcer.sound_problem), timeout=PATIENCE_MS)
    assert (announcer.voice_problem, announcer.sound_problem) == (why_no_voice, why_no_sound)
    desk.wait(1)
    assert desk.session.view.controls.voice is VoiceState.UNAVAILABLE
    button = eyes.find("Voice unavailable, cues on screen", SessionButton)
    assert button.toolTip() == why_no_voice
    flashes = []

    def over() -> bool:
        flashes.append(desk.session.view.flash is not None)
        return bool(desk.session.run.results)

    desk.wait_until(over)
    assert sum(flashes) >= 2  # go, the last seconds, done: the light stands in for the chimes
    hands.press("Esc", "Tab", "Enter")
    desk.settle()
    hands.press("Enter", "Ctrl+,")
    assert why_no_voice in eyes.words()
    assert eyes.find("Hear a sample", QAbstractButton).isVisible()
    assert desk.logged()[0].sets[0].real_reps == 10


def test_an_engine_that_hangs_holds_nothing_up(practised: Desk, qtbot: QtBot) -> None:
    announcer = QtAnnouncer(
        resources() / "assets" / "sounds", voice_command=fake("hanging"), chimes_command=fake("hanging"), limit_s=0.2
    )
    practised.announcer = announcer
    practised.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.wait_for("calf_raise")
    assert len(practised.logged()[0].sets) == 2
    qtbot.waitUntil(lambda: bool(announcer.voice_problem and announcer.sound_problem), timeout=PATIENCE_MS)
    assert announcer.voice_problem == "The speech engine does not answer."
    practised.close()
    announcer.close()
