"""The program that speaks or plays: what it does with Qt, what it tells, and that it always ends."""

from __future__ import annotations

import json
import subprocess
import sys
from enum import Enum
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Signal

from coach.ui.session import speaker, speech
from tests.ui.session.test_sound import SOUNDS, deaf_servers

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl

ROOT = SOUNDS.parents[1]
__all__ = ["deaf_servers"]


class FakeVoice:
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
    engines = ("mock", "speechd")
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

    def availableVoices(self) -> list[FakeVoice]:  # noqa: N802 - Qt's name
        return [FakeVoice("Ada"), FakeVoice("Bo")]

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args: self.calls.append((name, args[0] if args else None))


class FakeEffect(QObject):
    """Stands in for QSoundEffect."""

    played: list[tuple[str, float]] = []  # noqa: RUF012 - emptied by each test

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.file, self.volume = "", 1.0

    def setSource(self, url: QUrl) -> None:  # noqa: N802 - Qt's name
        self.file = Path(url.toLocalFile()).name

    def setVolume(self, volume: float) -> None:  # noqa: N802 - Qt's name
        self.volume = volume

    def play(self) -> None:
        self.played.append((self.file, self.volume))


class WithoutLibrary(ModuleType):
    """An add-on that cannot be loaded."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("Q"):
            raise ImportError("libspeechd.so.2: cannot open shared object file: No such file or directory")
        raise AttributeError(name)


Told = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def fakes(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's add-ons, played."""
    monkeypatch.setattr(FakeSpeech, "made", [])
    monkeypatch.setattr(FakeEffect, "played", [])
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", SimpleNamespace(QTextToSpeech=FakeSpeech))
    set_device(monkeypatch, there=True)


def set_device(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    output = SimpleNamespace(isNull=lambda: not there)
    devices = SimpleNamespace(defaultAudioOutput=lambda: output)
    module = SimpleNamespace(QMediaDevices=devices, QSoundEffect=FakeEffect)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", module)


def opened_voice(told: Told) -> speaker.Voice:
    voice = speaker.Voice(told.append)
    voice.open()
    return voice


def test_the_voice_takes_rate_volume_and_name_and_speaks() -> None:
    told: Told = []
    voice = opened_voice(told)
    assert told == [{"tell": "ready", "voices": ["Ada", "Bo"]}]
    voice.obey({"do": "tune", "volume": 0.4, "rate": -0.2, "voice": "Bo"})
    voice.obey({"do": "say", "text": "Now right."})
    voice.obey({"do": "hush"})
    voice.obey({"do": "dance"})
    (made,) = FakeSpeech.made
    assert made.engine == "speechd"
    calls = [(name, what.name() if isinstance(what, FakeVoice) else what) for name, what in made.calls]
    assert calls == [("setRate", -0.2), ("setVolume", 0.4), ("setVoice", "Bo"), ("say", "Now right."), ("stop", None)]


@pytest.mark.parametrize("name", ["", "Klingon"])
def test_without_a_known_name_the_voice_stays(name: str) -> None:
    opened_voice([]).obey({"do": "tune", "volume": 1.0, "rate": 0.0, "voice": name})
    assert "setVoice" not in dict(FakeSpeech.made[0].calls)


def test_the_mock_engine_is_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSpeech, "engines", ("mock",))
    told: Told = []
    opened_voice(told)
    assert told == [speaker.problem("no_engine")]
    assert FakeSpeech.made == []


def test_an_engine_that_fails_at_once_tells_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeSpeech, "broken", "Connection to speech-dispatcher failed")
    told: Told = []
    opened_voice(told)
    assert told == [speaker.problem("engine", "Connection to speech-dispatcher failed")]


def test_an_engine_that_fails_later_tells_why() -> None:
    told: Told = []
    voice = opened_voice(told)
    FakeSpeech.made[0].errorOccurred.emit(None, "The voice has left.")
    assert told[1:] == [speaker.problem("engine", "The voice has left.")]
    voice.deleteLater()


def test_a_missing_library_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("PySide6.QtTextToSpeech", "PySide6.QtMultimedia"):
        monkeypatch.setitem(sys.modules, module, WithoutLibrary(module))
    told: Told = []
    opened_voice(told)
    speaker.Chimes(told.append, SOUNDS).open()
    assert [(answer["kind"], answer["detail"].split(":")[0]) for answer in told] == 2 * [("missing", "libspeechd.so.2")]


def test_chimes_play_by_name_at_their_volume() -> None:
    told: Told = []
    chimes = speaker.Chimes(told.append, SOUNDS)
    chimes.open()
    assert told == [{"tell": "ready", "voices": []}]
    chimes.obey({"do": "tune", "volume": 0.25})
    chimes.obey({"do": "play", "name": "done"})
    chimes.obey({"do": "play", "name": "no such chime"})
    assert FakeEffect.played == [("done.wav", 0.25)]


def test_no_device_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    set_device(monkeypatch, there=False)
    told: Told = []
    speaker.Chimes(told.append, SOUNDS).open()
    assert told == [speaker.problem("no_device")]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Start it, tell it nothing, close its input, and wait for its end."""
    return subprocess.run(command, cwd=ROOT, input="", capture_output=True, text=True, timeout=60, check=False)


def test_the_program_ends_with_its_input(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{home / 'nobody'}")
    done = run(speech.command("chimes", str(SOUNDS)))
    assert done.returncode == 0
    assert all(json.loads(line)["tell"] in {"ready", "problem"} for line in done.stdout.splitlines())


def test_the_hidden_command_is_the_same_program(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{home / 'nobody'}")
    done = run([sys.executable, "-m", "coach", "speak", "chimes", str(SOUNDS)])
    assert done.returncode == 0


def test_an_engine_that_holds_the_interpreter_for_ever_does_not_keep_the_program(deaf_servers: None) -> None:
    # Nobody is left to kill it, and it cannot even see that its input has ended while the engine hangs.
    hasty = "from coach.ui.session import speaker; speaker.PATIENCE_S = 0.5; speaker.main(['voice'])"
    with subprocess.Popen(
        [sys.executable, "-c", hasty], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        answer = program.stdout.readline()  # nothing but its end, or, without speech on this machine, a problem
        program.stdin.close()
        code = program.wait(60)
    assert (answer, code) == (b"", 1) or (json.loads(answer)["tell"], code) == ("problem", 0)
