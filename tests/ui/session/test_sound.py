"""The announcer with whatever may be missing or hang: an engine, a library, a device, a server. Nothing ever waits."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coach.domain.preferences import Preferences
from coach.ui.session.cues import Chime
from coach.ui.session.sound import QtAnnouncer, SilentAnnouncer, sound_trouble, voice_trouble
from coach.ui.session.speech import Condition
from tests.ui.session.test_speech import PATIENCE_MS, fake, is_running, process_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    Make = Callable[..., QtAnnouncer]

SOUNDS = Path(__file__).resolve().parents[3] / "assets" / "sounds"


@pytest.fixture
def make(qapp: object) -> Iterator[Make]:
    """Makes announcers that are closed in the end; both their programs are stand-ins that are well."""
    made: list[QtAnnouncer] = []

    def one(voice: list[str] | None = None, chimes: list[str] | None = None, *, limit_s: float = 60.0) -> QtAnnouncer:
        well = fake("ready")
        made.append(QtAnnouncer(SOUNDS, voice_command=voice or well, chimes_command=chimes or well, limit_s=limit_s))
        return made[-1]

    yield one
    for announcer in made:
        announcer.close()


def settle(announcer: QtAnnouncer, qtbot: QtBot) -> None:
    """Wait until neither part is still starting."""
    parts = (announcer._voice, announcer._chimes)
    qtbot.waitUntil(lambda: all(part.condition is not Condition.STARTING for part in parts), timeout=PATIENCE_MS)


def orders(announcer: QtAnnouncer, qtbot: QtBot, part: str = "_voice") -> list[dict[str, Any]]:
    """What one of the programs has been told; it is gone after."""
    speaker = getattr(announcer, part)
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS) as waited:
        speaker.send(do="say", text="tell")
    found: list[dict[str, Any]] = json.loads(waited.args[1])
    return found


def test_nothing_is_started_before_it_is_asked_for(make: Make) -> None:
    announcer = make()
    announcer.configure(Preferences())
    announcer.hush()
    assert announcer.voices() == ()
    assert announcer._voice.condition is announcer._chimes.condition is Condition.IDLE


def test_voices_arrive_after_preparing(make: Make, qtbot: QtBot) -> None:
    announcer = make()
    announcer.prepare()
    assert announcer.voices() == ()
    with qtbot.waitSignal(announcer.changed, check_params_cb=lambda: announcer.voices() != (), timeout=PATIENCE_MS):
        announcer.prepare()
    assert announcer.voices() == ("Ada", "Bo")
    assert announcer.voice_problem == ""


def test_of_what_is_asked_for_too_early_only_the_last_is_said(make: Make, qtbot: QtBot) -> None:
    announcer = make()
    announcer.configure(Preferences(voice_name="Bo", voice_rate=-0.2, volume=40))
    announcer.say("One")
    announcer.say("")
    announcer.say("Two")
    settle(announcer, qtbot)
    announcer.say("Three")
    announcer.hush()
    assert orders(announcer, qtbot) == [
        {"do": "tune", "volume": 0.4, "rate": -0.2, "voice": "Bo"},
        {"do": "say", "text": "Two"},
        {"do": "say", "text": "Three"},
        {"do": "hush"},
    ]


def test_what_was_hushed_too_early_is_not_said_after_all(make: Make, qtbot: QtBot) -> None:
    announcer = make()
    announcer.say("One")
    announcer.hush()
    settle(announcer, qtbot)
    assert orders(announcer, qtbot) == []


def test_chimes_play_at_the_chosen_volume_and_never_late(make: Make, qtbot: QtBot) -> None:
    announcer = make()
    announcer.configure(Preferences(volume=25))
    announcer.chime(Chime.READY)
    settle(announcer, qtbot)
    announcer.chime(Chime.DONE)
    announcer.configure(Preferences(volume=80))
    assert orders(announcer, qtbot, "_chimes") == [
        {"do": "tune", "volume": 0.25},
        {"do": "play", "name": "done"},
        {"do": "tune", "volume": 0.8},
    ]


def test_an_engine_that_does_not_answer_is_named_and_takes_no_chimes_with_it(make: Make, qtbot: QtBot) -> None:
    announcer = make(fake("hanging"), limit_s=1.0)
    pid = 0
    with qtbot.waitSignal(
        announcer.changed, check_params_cb=lambda: announcer.voice_problem != "", timeout=PATIENCE_MS
    ):
        announcer.prepare()
        pid = process_of(announcer._voice)
        announcer.say("One")
    assert announcer.voice_problem == "The speech engine does not answer."
    announcer.say("Two")
    announcer.hush()
    assert announcer._voice.condition is Condition.FAILED, "not tried again before it is prepared again"
    qtbot.waitUntil(lambda: not is_running(pid), timeout=PATIENCE_MS)


def test_an_engine_that_leaves_later_tells_why(make: Make, qtbot: QtBot) -> None:
    announcer = make()
    announcer.prepare()
    settle(announcer, qtbot)
    assert orders(announcer, qtbot) == []
    assert announcer.voice_problem == "[]", "the engine's own words"
    assert announcer.voices() == ()
    assert announcer.sound_problem == ""


def test_a_problem_stands_until_another_try_succeeds(make: Make, qtbot: QtBot) -> None:
    announcer = make(chimes=fake("dying"))
    announcer.prepare()
    settle(announcer, qtbot)
    orders(announcer, qtbot)
    announcer.prepare()
    assert announcer.voice_problem == "[]"
    assert announcer.sound_problem == "The sound has stopped."
    settle(announcer, qtbot)
    assert announcer.voice_problem == ""
    assert announcer.voices() == ("Ada", "Bo")
    assert announcer.sound_problem == "The sound has stopped."


@pytest.mark.parametrize(
    ("kind", "detail", "voice", "sound"),
    [
        ("missing", "libpulse.so.0: cannot open shared object file", "libpulse.so.0 is missing", "libpulse.so.0 is"),
        ("missing", "No module named 'PySide6.QtMultimedia'", "add-on is not installed", "add-on is not installed"),
        ("no_engine", "", "No speech engine is installed.", "does not answer"),
        ("no_device", "", "does not answer", "There is no sound device."),
        ("engine", "The voice has left.", "The voice has left.", "does not answer"),
        ("engine", "", "The speech engine does not answer.", "does not answer"),
        ("gone", "", "The speech engine has stopped.", "The sound has stopped."),
        ("unstartable", "", "The speech program cannot be started.", "The sound program cannot be started."),
        ("slow", "", "The speech engine does not answer.", "The sound of this computer does not answer."),
    ],
)
def test_every_trouble_has_a_plain_sentence(qapp: object, kind: str, detail: str, voice: str, sound: str) -> None:
    assert voice in voice_trouble(kind, detail)
    assert sound in sound_trouble(kind, detail)


@pytest.fixture
def deaf_servers(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A speech server and a sound server that take the call and never say a word."""
    address = str(home / "deaf")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{address}")
        monkeypatch.setenv("PULSE_SERVER", f"unix:{address}")
        yield


def test_the_real_programs_do_no_harm_where_every_server_hangs(deaf_servers: None, qtbot: QtBot) -> None:
    # Whatever this machine has, libraries or none: within the limit there is a voice or a sentence.
    announcer = QtAnnouncer(SOUNDS, limit_s=1.0)
    announcer.configure(Preferences(volume=0))
    announcer.prepare()
    pids = [process_of(announcer._voice), process_of(announcer._chimes)]
    announcer.say("One")
    announcer.chime(Chime.TICK)
    settle(announcer, qtbot)
    assert (announcer._voice.condition is Condition.READY) is (announcer.voice_problem == "")
    assert (announcer._chimes.condition is Condition.READY) is (announcer.sound_problem == "")
    announcer.hush()
    announcer.close()
    qtbot.waitUntil(lambda: not any(map(is_running, pids)), timeout=PATIENCE_MS)


def test_the_silent_one_remembers(qapp: object) -> None:
    announcer = SilentAnnouncer()
    announcer.prepare()
    announcer.say("One")
    announcer.close()
    assert (announcer.prepared, announcer.said, announcer.voices()) == (1, ["One"], ())
