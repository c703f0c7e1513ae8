"""Speaks or plays in a process of its own, so that what hangs in a sound server hangs here and not in the window.

Started by `Speaker` in speech.py as `python speaker.py voice` or `python speaker.py chimes FOLDER`. Both ways go JSON
objects, one a line. Orders come on standard input:

* `{"do": "tune", "volume": 0..1, "rate": -1..1, "voice": NAME}` (the chimes have a volume only)
* `{"do": "say", "text": WORDS}` and `{"do": "hush"}` for the voice, `{"do": "play", "name": CHIME}` for the chimes

Answers go to standard output: `{"tell": "ready", "voices": [NAME...]}` once, or `{"tell": "problem", "kind": KIND,
"detail": WORDS}`, which is the last one. What Qt and the libraries print of their own accord goes to standard error.

The program ends when its input does. A library that hangs may hold on to the whole interpreter, which then cannot even
see that its input has ended; so a watch that needs no interpreter ends the process when one order takes too long.

Nothing else of this package is imported: it starts fast, and from any folder.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

SILENT_ENGINES = {"mock"}
"""Engines of Qt's own tests, which say nothing."""
PATIENCE_S = 10.0
"""An order that takes longer than this ends the process. Longer than the window waits, which so gets to say why."""

Tell: TypeAlias = "Callable[[dict[str, Any]], None]"


class Part(Protocol):
    """One of the two things this program can be."""

    def open(self) -> None:
        """Load what is needed, then tell ready or a problem. May hang."""
        ...

    def obey(self, order: dict[str, Any]) -> None:
        """Carry out one order. May hang."""
        ...


def problem(kind: str, detail: str = "") -> dict[str, Any]:
    """Why there is no voice or sound; `detail` is a library's or an engine's own words."""
    return {"tell": "problem", "kind": kind, "detail": detail}


class Voice(QObject):
    """Speech."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell
        self._speech: Any = None

    def open(self) -> None:
        """See `Part`."""
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError as error:
            self._tell(problem("missing", str(error)))
            return
        engines = [name for name in QTextToSpeech.availableEngines() if name not in SILENT_ENGINES]
        if not engines:
            self._tell(problem("no_engine"))
            return
        self._speech = speech = QTextToSpeech(engines[0], self)
        if speech.state() is QTextToSpeech.State.Error:
            self._tell(problem("engine", speech.errorString()))
            return
        speech.errorOccurred.connect(self._failed)
        self._tell({"tell": "ready", "voices": [voice.name() for voice in speech.availableVoices()]})

    def obey(self, order: dict[str, Any]) -> None:
        """See `Part`."""
        match order:
            case {"do": "say", "text": text}:
                self._speech.say(text)
            case {"do": "hush"}:
                self._speech.stop()
            case {"do": "tune", "volume": volume, "rate": rate, "voice": name}:
                self._speech.setRate(rate)
                self._speech.setVolume(volume)
                chosen = [voice for voice in self._speech.availableVoices() if name and voice.name() == name]
                if chosen:
                    self._speech.setVoice(chosen[0])

    @Slot(object, str)
    def _failed(self, _reason: object, message: str) -> None:
        self._tell(problem("engine", message))


class Chimes(QObject):
    """The short sounds: every wave file of a folder, by its name."""

    def __init__(self, tell: Tell, folder: Path) -> None:
        super().__init__()
        self._tell = tell
        self._folder = folder
        self._effects: dict[str, Any] = {}

    def open(self) -> None:
        """See `Part`."""
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as error:
            self._tell(problem("missing", str(error)))
            return
        if QMediaDevices.defaultAudioOutput().isNull():
            self._tell(problem("no_device"))
            return
        for file in sorted(self._folder.glob("*.wav")):
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(file)))
            self._effects[file.stem] = effect
        self._tell({"tell": "ready", "voices": []})

    def obey(self, order: dict[str, Any]) -> None:
        """See `Part`."""
        match order:
            case {"do": "play", "name": name} if name in self._effects:
                self._effects[name].play()
            case {"do": "tune", "volume": volume}:
                for effect in self._effects.values():
                    effect.setVolume(volume)


class Orders(QObject):
    """Hands each line of the input, read by a thread, to the thread of Qt; the end of the input ends the process."""

    _came = Signal(bytes)

    def __init__(self, part: Part, source: BinaryIO) -> None:
        super().__init__()
        self._part = part
        self._source = source
        self._came.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Start reading."""
        threading.Thread(target=self._read, name="orders", daemon=True).start()

    def _read(self) -> None:
        for line in self._source:
            self._came.emit(line)
        # Not by way of Qt: an engine that hangs while it is taken down would keep the process.
        os._exit(0)

    @Slot(bytes)
    def _carry_out(self, line: bytes) -> None:
        with watched():
            self._part.obey(json.loads(line))


@contextmanager
def watched() -> Iterator[None]:
    """End the process if this takes too long, whatever the interpreter is doing; the stack goes to standard error."""
    faulthandler.dump_traceback_later(PATIENCE_S, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def own_output() -> BinaryIO:
    """Standard output for answers alone; whatever else is printed there goes to standard error from now on."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return answers


def main(arguments: list[str]) -> int:
    """Be the voice or the chimes until the input ends."""
    answers = own_output()

    def tell(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer).encode() + b"\n")

    application = QCoreApplication(["coach-speaker"])
    part: Part = Voice(tell) if arguments[0] == "voice" else Chimes(tell, Path(arguments[1]))
    orders = Orders(part, sys.stdin.buffer)
    orders.listen()
    with watched():
        part.open()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
