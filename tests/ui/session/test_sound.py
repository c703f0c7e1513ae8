"""The real announcer with what may be missing: the add-on, a library, an engine, a device. Nothing ever raises."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Signal

from coach.domain.preferences import Preferences
from coach.ui.session.cues import Chime
from coach.ui.session.sound import QtAnnouncer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl

SOUNDS = Path("sounds")


class Voice:
    def __init__(self, name: str) -> None:
        self._name = name

    def name(self) -> str:
        return self._name


class FakeSpeech(QObject):
    """Stands in for QTextToSpeech."""

    class State(Enum):
        Ready = 0
        Error = 4

    errorOccurred = Signal(object, str)  # noqa: N815 - Qt's name
    engines = ("speechd", "mock")
    broken = ""
    made: list[FakeSpeech] = []  # noqa: RUF012 - emptied by each test

    def __init__(self, engine: str, parent: QObject) -> None:
        super().__init__(parent)
        self.engine = engine
        self.calls: list[tuple[str, Any]] = []
        self.made.append(self)

    @classmethod
    def availableEngines(cls) -> list[str]:  # noqa: N802 - Qt's name
        return list(cls.engines)

    def state(self) -> State:
        return self.State.Error if self.broken else self.State.Ready

    def errorString(self) -> str:  # noqa: N802 - Qt's name
        return self.broken

    def availableVoices(self) -> list[Voice]:  # noqa: N802 - Qt's name
        return [Voice("Ada"), Voice("Bo")]

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args: self.calls.append((name, args[0] if args else None))


class FakeEffect(QObject):
    """Stands in for QSoundEffect."""

    played: list[str] = []  # noqa: RUF012 - emptied by each test

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.file = ""
        self.volume = -1.0

    def setSource(self, url: QUrl) -> None:  # noqa: N802 - Qt's name
        self.file = Path(url.toLocalFile()).name

    def setVolume(self, volume: float) -> None:  # noqa: N802 - Qt's name
        self.volume = volume

    def play(self) -> None:
        self.played.append(self.file)


@pytest.fixture
def announcer(qapp: object) -> QtAnnouncer:
    """An announcer whose libraries are all there."""
    FakeSpeech.made, FakeEffect.played = [], []
    return make()


def make(**settings: Any) -> QtAnnouncer:
    given: dict[str, Any] = {
        "load_speech": lambda: FakeSpeech,
        "load_effect": lambda: FakeEffect,
        "device_there": lambda: True,
    }
    return QtAnnouncer(SOUNDS, **(given | settings))


def missing(what: str) -> Callable[[], Any]:
    def load() -> Any:
        raise ImportError(what)

    return load


def test_nothing_is_loaded_before_the_first_cue(announcer: QtAnnouncer) -> None:
    announcer.configure(Preferences())
    announcer.hush()
    assert FakeSpeech.made == []


def test_speech_takes_voice_rate_and_volume(announcer: QtAnnouncer) -> None:
    announcer.configure(Preferences(voice_name="Bo", voice_rate=-0.2, volume=40))
    announcer.say("Now right.")
    speech = FakeSpeech.made[0]
    assert speech.engine == "speechd"
    calls = dict(speech.calls)
    assert (calls["setRate"], calls["setVolume"], calls["setVoice"].name()) == (-0.2, 0.4, "Bo")
    assert speech.calls[-1] == ("say", "Now right.")
    assert announcer.voices() == ("Ada", "Bo")
    assert announcer.voice_problem == ""


def test_settings_reach_a_voice_that_is_there_already(announcer: QtAnnouncer) -> None:
    announcer.say("One")
    announcer.configure(Preferences(voice_rate=0.5))
    assert ("setRate", 0.5) in FakeSpeech.made[0].calls


def test_only_the_mock_engine_is_no_engine(announcer: QtAnnouncer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSpeech, "engines", ("mock",))
    told: list[str] = []
    announcer.changed.connect(lambda: told.append(announcer.voice_problem))
    announcer.say("One")
    announcer.say("Two")
    assert told == ["No speech engine is installed."]
    assert FakeSpeech.made == []


def test_an_engine_that_fails_at_once_tells_why(announcer: QtAnnouncer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSpeech, "broken", "Connection to speech-dispatcher failed")
    announcer.say("One")
    assert announcer.voice_problem == "Connection to speech-dispatcher failed"
    assert not [call for call in FakeSpeech.made[0].calls if call[0] == "say"]


def test_an_engine_that_fails_later_tells_why(announcer: QtAnnouncer) -> None:
    announcer.say("One")
    FakeSpeech.made[0].errorOccurred.emit(None, "The voice has left.")
    announcer.say("Two")
    announcer.hush()
    assert announcer.voice_problem == "The voice has left."
    assert [call for call in FakeSpeech.made[0].calls if call[0] == "say"] == [("say", "One")]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("libpulse.so.0: cannot open shared object file", "The system library libpulse.so.0 is missing."),
        ("No module named 'PySide6.QtTextToSpeech'", "The sound add-on is not installed."),
    ],
)
def test_a_missing_library_is_named(qapp: object, error: str, sentence: str) -> None:
    announcer = make(load_speech=missing(error), load_effect=missing(error))
    announcer.say("One")
    announcer.chime(Chime.GO)
    announcer.chime(Chime.GO)
    announcer.hush()
    assert announcer.voice_problem == announcer.sound_problem == sentence
    assert announcer.voices() == ()


def test_chimes_play_at_the_chosen_volume(announcer: QtAnnouncer) -> None:
    announcer.configure(Preferences(volume=25))
    announcer.chime(Chime.DONE)
    announcer.chime(Chime.TICK)
    assert FakeEffect.played == ["done.wav", "tick.wav"]
    assert {effect.volume for effect in announcer.findChildren(FakeEffect)} == {0.25}
    announcer.configure(Preferences(volume=80))
    assert {effect.volume for effect in announcer.findChildren(FakeEffect)} == {0.8}


def test_no_device_is_a_plain_state(qapp: object) -> None:
    FakeEffect.played = []
    announcer = make(device_there=lambda: False)
    announcer.chime(Chime.GO)
    assert announcer.sound_problem == "There is no sound device."
    assert FakeEffect.played == []


@pytest.mark.qt_log_ignore(".*")
def test_the_real_add_on_or_its_absence_does_no_harm(qapp: object) -> None:
    # Whatever this machine has: a voice, a missing library, no device. The session only ever sees a sentence.
    announcer = QtAnnouncer(SOUNDS)
    announcer.configure(Preferences(volume=0))
    announcer.say("One")
    announcer.chime(Chime.TICK)
    announcer.hush()
    assert isinstance(announcer.voice_problem, str)
    announcer.deleteLater()
