"""A process that has imported the whole program and made nothing of Qt; it forks a child for each line it is sent.

So every child is a process of its own, with its own window, threads and files, that can be killed like any other; only
the half second of imports is paid once. `tests.reliability.nursery` speaks to it.

Run as `python -m tests.reliability.nursery_main MODULE...`. A line on its input is JSON: `run` ("module:function") and
`args`. On its output stand, as JSON lines, `ready`, `born` (pid), `gone` (pid, status, cpu seconds), and whatever the
children say; a line is written in one piece.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

PROGRAM = (
    "PySide6.QtNetwork",
    "PySide6.QtSvg",
    "coach.app",
    "coach.bootstrap",
    "coach.catalogue.loader",
    "coach.cli",
    "coach.desktop.crash",
    "coach.desktop.logs",
    "coach.desktop.settings",
    "coach.services.coaching",
    "coach.storage.diary",
    "coach.ui.conductor",
    "coach.ui.pages.after",
    "coach.ui.pages.checkin",
    "coach.ui.pages.today",
    "coach.ui.session.screen",
    "coach.ui.session_flow",
    "coach.ui.single",
)
_OUT = 1


def say(**words: Any) -> None:
    """One line to whoever started the nursery, from any process of it."""
    os.write(_OUT, (json.dumps(words) + "\n").encode())


def main(modules: list[str]) -> None:
    """Import, then serve until the input ends."""
    begun = time.monotonic()
    for name in (*PROGRAM, *modules):
        importlib.import_module(name)
    read, write = os.pipe()
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write)
    signal.signal(signal.SIGCHLD, _noted)
    say(ready=time.monotonic() - begun)
    rest = b""
    while True:
        readable, _, _ = select.select([0, read], [], [])
        if read in readable:
            os.read(read, 512)
            _reap()
        if 0 in readable:
            chunk = os.read(0, 1 << 16)
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                _bear(json.loads(line), (read, write))


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The wake-up is all that is wanted."""


def _reap() -> None:
    # At once: a dead process that nobody has asked about still looks alive to a lock file.
    while True:
        try:
            pid, status, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        say(gone=pid, status=os.waitstatus_to_exitcode(status), cpu=used.ru_utime + used.ru_stime)


def _bear(wish: dict[str, Any], pipes: tuple[int, int]) -> None:
    pid = os.fork()
    if pid:
        say(born=pid)
        return
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for pipe in pipes:
        os.close(pipe)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(wish.get("env", {}))
    code = 70
    try:
        module, _, function = wish["run"].partition(":")
        code = getattr(sys.modules[module], function)(**wish["args"]) or 0
    except BaseException:  # noqa: BLE001 - a forked child must never return into the server's loop
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
