"""The process behind voice and chimes, seen from the window: ready, slow, hanging, dying, babbling, and gone after."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.ui.session import speech
from coach.ui.session.speech import Condition, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    Make = Callable[..., Speaker]

FAKE = Path(__file__).with_name("fake_speaker.py")
PATIENCE_MS = 30_000


def fake(way: str, *more: str) -> list[str]:
    return [sys.executable, "-P", str(FAKE), way, *more]


def process_of(speaker: Speaker) -> int:
    assert speaker._process is not None
    return int(speaker._process.processId())


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def make(qapp: object) -> Iterator[Make]:
    """Makes speakers that are closed in the end."""
    made: list[Speaker] = []

    def one(way: str, *more: str, limit_s: float = 60.0) -> Speaker:
        made.append(Speaker(fake(way, *more), limit_s=limit_s))
        return made[-1]

    yield one
    for speaker in made:
        speaker.close()


def wait_until_ready(speaker: Speaker, qtbot: QtBot) -> list[str]:
    with qtbot.waitSignal(speaker.ready, timeout=PATIENCE_MS) as waited:
        speaker.start()
    return list(waited.args[0])


def test_a_ready_one_brings_its_voices_and_obeys(make: Make, qtbot: QtBot) -> None:
    speaker = make("ready")
    speaker.send(do="hush")
    assert wait_until_ready(speaker, qtbot) == ["Ada", "Bo"]
    speaker.send(do="say", text="Größer ↑")
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS) as waited:
        speaker.send(do="say", text="tell")
    assert waited.args[0] == "engine"
    assert json.loads(waited.args[1]) == [{"do": "say", "text": "Größer ↑"}]
    assert speaker.condition is Condition.FAILED


def test_a_slow_one_is_waited_for_and_told_nothing_meanwhile(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    speaker = make("slow", str(gate))
    speaker.start()
    speaker.send(do="say", text="too early")
    assert speaker.condition is Condition.STARTING
    with qtbot.waitSignal(speaker.ready, timeout=PATIENCE_MS):
        gate.write_text("go")
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS) as waited:
        speaker.send(do="say", text="tell")
    assert json.loads(waited.args[1]) == []


def test_a_hanging_one_is_given_up_and_gone(make: Make, qtbot: QtBot) -> None:
    speaker = make("hanging", limit_s=0.2)
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS) as waited:
        speaker.start()
        pid = process_of(speaker)
    assert waited.args == ["slow", ""]
    qtbot.waitUntil(lambda: not is_running(pid), timeout=PATIENCE_MS)


@pytest.mark.parametrize("way", ["dying", "fleeting"])
def test_one_that_dies_is_not_started_again_by_itself(make: Make, qtbot: QtBot, way: str) -> None:
    speaker = make(way)
    failures: list[str] = []
    speaker.failed.connect(lambda kind, _detail: failures.append(kind))
    speaker.ready.connect(lambda _voices: speaker.send(do="hush"))
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS):
        speaker.start()
    assert failures == ["gone"]
    assert speaker._process is None
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS):
        speaker.start()
    assert failures == ["gone", "gone"], "asked for once more, it is tried once more"


def test_babble_is_noted_and_passed_over(make: Make, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="coach")
    speaker = make("garbage")
    assert wait_until_ready(speaker, qtbot) == ["Ada", "Bo"]
    speaker.close()
    assert "not understood: hello" in caplog.text
    assert "a warning" in caplog.text


def test_a_problem_is_handed_on_and_ends_it(make: Make, qtbot: QtBot) -> None:
    speaker = make("refusing", "missing", "libpulse.so.0: gone")
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS) as waited:
        speaker.start()
        pid = process_of(speaker)
    assert waited.args == ["missing", "libpulse.so.0: gone"]
    qtbot.waitUntil(lambda: not is_running(pid), timeout=PATIENCE_MS)


def test_a_program_that_is_not_there(qtbot: QtBot, tmp_path: Path) -> None:
    speaker = Speaker([str(tmp_path / "nothing")])
    with qtbot.waitSignal(speaker.failed, timeout=PATIENCE_MS) as waited:
        speaker.start()
    assert waited.args == ["unstartable", ""]


@pytest.mark.parametrize("way", ["ready", "hanging"])
def test_nothing_runs_after_closing(make: Make, qtbot: QtBot, way: str) -> None:
    speaker = make(way)
    if way == "ready":
        wait_until_ready(speaker, qtbot)
    speaker.start()
    pid = process_of(speaker)
    with qtbot.assertNotEmitted(speaker.failed):
        speaker.close()
        speaker.close()
    assert not is_running(pid)
    assert speaker.condition is Condition.IDLE


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert speech.command("chimes", "sounds") == [sys.executable, "speak", "chimes", "sounds"]
