"""The window's end of the process that speaks or plays (see speaker.py). Nothing here ever waits for it."""

from __future__ import annotations

import logging
import sys
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAM = Path(__file__).with_name("speaker.py")
LIMIT_S = 5.0
"""An engine that is not ready after this long is given up."""
END_WAIT_MS = 2000
_log = logging.getLogger(__name__)


class Condition(Enum):
    """How far the process is."""

    IDLE = auto()
    STARTING = auto()
    READY = auto()
    FAILED = auto()


def command(part: str, *arguments: str) -> list[str]:
    """How the "voice" or the "chimes" are started: by this interpreter, with nothing of the current folder."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "speak", part, *arguments]
    return [sys.executable, "-P", str(PROGRAM), part, *arguments]


class Speaker(QObject):
    """One such process.

    `ready` carries the names of the voices. `failed` carries a kind and details, after which the process is gone: the
    kinds of speaker.py, or "slow" (not ready in time), "gone" (ended unasked) and "unstartable".
    """

    ready = Signal(tuple)
    failed = Signal(str, str)

    def __init__(self, command: Sequence[str], parent: QObject | None = None, *, limit_s: float = LIMIT_S) -> None:
        super().__init__(parent)
        self._program, *self._arguments = command
        self._process: QProcess | None = None
        self._condition = Condition.IDLE
        self._limit = QTimer(self, singleShot=True, interval=round(limit_s * 1000))
        self._limit.timeout.connect(self._slow)

    @property
    def condition(self) -> Condition:
        """How far the process is."""
        return self._condition

    def start(self) -> None:
        """Start the process, unless there is one."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._listen)
        process.readyReadStandardError.connect(self._note)
        process.errorOccurred.connect(self._broken)
        process.finished.connect(self._gone)
        self._process, self._condition = process, Condition.STARTING
        self._limit.start()
        process.start(self._program, self._arguments)

    def send(self, **order: object) -> None:
        """Give an order; nobody hears it before the process is ready."""
        if self._process is not None and self._condition is Condition.READY:
            import json  # not while the window is coming up

            self._process.write(json.dumps(order).encode() + b"\n")

    def close(self) -> None:
        """End the process now. It may be started again."""
        process = self._release()
        self._condition = Condition.IDLE
        still_there = process is not None and process.state() is not QProcess.ProcessState.NotRunning
        if process is not None and still_there and not process.waitForFinished(END_WAIT_MS):
            _log.warning("the speaker does not end")

    def _listen(self) -> None:
        while (process := self._process) is not None and process.canReadLine():
            line = _text(process.readLine())
            match _answer(line):
                case {"tell": "ready", "voices": list(voices)} if self._condition is Condition.STARTING:
                    self._limit.stop()
                    self._condition = Condition.READY
                    self.ready.emit(tuple(map(str, voices)))
                case {"tell": "problem", "kind": str(kind), "detail": str(detail)}:
                    self._fail(kind, detail)
                case _:
                    _log.info("speaker: not understood: %.200s", line)

    def _note(self) -> None:
        """What Qt and the libraries print is of use to whoever looks for a fault, and to nobody else."""
        if self._process is not None:
            for line in _text(self._process.readAllStandardError()).splitlines():
                _log.info("speaker: %.200s", line)

    def _slow(self) -> None:
        self._fail("slow")

    def _gone(self) -> None:
        self._fail("gone")

    def _broken(self, error: QProcess.ProcessError) -> None:
        # All other errors come with the end of the process.
        if error is QProcess.ProcessError.FailedToStart:
            self._fail("unstartable")

    def _fail(self, kind: str, detail: str = "") -> None:
        self._release()
        self._condition = Condition.FAILED
        self.failed.emit(kind, detail)

    def _release(self) -> QProcess | None:
        """Let go of the process, which ends and is forgotten without anybody waiting for it."""
        self._limit.stop()
        self._note()
        process, self._process = self._process, None
        if process is None:
            return None
        process.readyReadStandardOutput.disconnect()
        process.readyReadStandardError.disconnect()
        process.errorOccurred.disconnect()
        process.finished.disconnect()
        process.finished.connect(process.deleteLater)
        process.kill()
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        return process


def _text(data: QByteArray) -> str:
    return bytes(data.data()).decode("utf-8", "replace")


def _answer(line: str) -> Any:  # noqa: ANN401 - whatever it is, the match tells
    import json

    try:
        return json.loads(line)
    except ValueError:
        return None
