"""A program that dies while it encrypts, decrypts or changes the key of a diary: at one step in each of many copies.

Run as `python -m tests.reliability.sealing TEMPLATE TARGET seal|unseal|change STRIDE`. Copies the folder TEMPLATE to
TARGET/1 and so on; the work there is done by a process that is killed before step 1, step 1 + STRIDE, …, until one
comes to the end. Prints how many died.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.storage.sqlite import sealing
from tests.fakes import START
from tests.locks import KEY, OTHER

if TYPE_CHECKING:
    from types import FrameType

STEPS = {
    "execute", "backup", "connect", "close", "fsync", "open", "mkdir", "chmod", "link", "rename", "replace", "unlink",
    "write", "flush", "__exit__",
}  # fmt: skip
"""Calls out of Python that leave something behind on a disk; between two of them a death makes no difference."""


class Killer:
    """Kills this process just before the `last`-th step."""

    def __init__(self, last: int) -> None:
        self._left = last

    def __call__(self, _frame: FrameType, event: str, called: Any) -> None:
        """A profile function."""
        if event == "c_call" and called.__name__ in STEPS:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def work(what: str, folder: Path) -> None:
    """The whole of it."""
    if what == "seal":
        sealing.seal(folder, KEY, START, busy_s=0)
    elif what == "unseal":
        sealing.unseal(folder, KEY, START, busy_s=0)
    else:
        sealing.change_key(folder, KEY, OTHER, START, busy_s=0)


def died(what: str, folder: Path, last: int) -> bool:
    """Whether the process was killed before it came to the end."""
    child = os.fork()
    if child == 0:
        sys.setprofile(Killer(last))
        work(what, folder)
        sys.setprofile(None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status) != 0:
        raise RuntimeError(f"the work failed at step {last}")
    return os.WIFSIGNALED(status)


def main(template: Path, target: Path, what: str, stride: int) -> None:
    """One copy for each step, until there are no more."""
    count = 0
    while True:
        count += 1
        folder = target / str(count)
        shutil.copytree(template, folder)
        if not died(what, folder, 1 + (count - 1) * stride):
            break
    sys.stdout.write(f"{count - 1}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
