"""Real processes of the program, half a second cheaper each: the test's side of `tests.reliability.nursery_main`."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


class Nursery:
    """Bears children, hears what they say, kills them. `import_s` is what importing the program took."""

    def __init__(self, stderr: Path, *modules: str, umask: int = -1) -> None:
        self._stderr_path = stderr
        self._stderr: IO[bytes] = stderr.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.nursery_main", *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=ROOT,
            umask=umask,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._wishes: IO[bytes] = self._process.stdin
        self._words = self._process.stdout.fileno()
        self._rest = b""
        self._heard: list[dict[str, Any]] = []
        self.cpu_s = 0.0
        self.import_s = float(self.hear(lambda word: "ready" in word)["ready"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wishes.close()
        self._process.wait(PATIENCE_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._stderr.close()

    def bear(self, run: str, env: dict[str, str] | None = None, **args: Any) -> int:
        """Start `module:function` with these arguments in a new process; its pid."""
        self._wishes.write((json.dumps({"run": run, "args": args, "env": env or {}}) + "\n").encode())
        self._wishes.flush()
        return int(self.hear(lambda word: "born" in word)["born"])

    def listen(self, seconds: float) -> dict[str, Any] | None:
        """The next thing that anybody says within so many seconds, or None."""
        limit = time.monotonic() + seconds
        while not self._heard:
            left = limit - time.monotonic()
            if left <= 0 or not select.select([self._words], [], [], left)[0]:
                return None
            chunk = os.read(self._words, 1 << 16)
            assert chunk, f"the nursery has ended: {self.complaints()}"
            *lines, self._rest = (self._rest + chunk).split(b"\n")
            self._heard += map(json.loads, lines)
        return self._heard.pop(0)

    def hear(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for this; what else is said meanwhile stays to be heard."""
        passed: list[dict[str, Any]] = []
        try:
            while True:
                word = self.listen(PATIENCE_S)
                assert word is not None, f"nobody says it, only {passed[-3:]}: {self.complaints()}"
                if wanted(word):
                    return word
                passed.append(word)
        finally:
            self._heard[:0] = passed

    def end(self, pid: int, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; the exit code, negative for a signal."""
        os.kill(pid, number)
        return self.gone(pid)

    def gone(self, pid: int) -> int:
        """Wait for the end; the exit code."""
        word = self.hear(lambda word: word.get("gone") == pid)
        self.cpu_s += word["cpu"]
        return int(word["status"])

    def complaints(self) -> str:
        """What stands on the error output of all of them."""
        return self._stderr_path.read_text(encoding="utf-8", errors="replace")
