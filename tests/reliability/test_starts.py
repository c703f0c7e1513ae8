"""Many starts of one folder at once: one lives, the others raise its window and leave; a killed one blocks nobody.

Each is the real `coach`, off screen, in a process of its own that was forked with its imports done, so that ten of them
come to the lock within a few milliseconds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from coach.ui.single import LOCK_NAME
from tests.reliability.figures import SOAK, amount
from tests.reliability.nursery import PATIENCE_S, ROOT, Nursery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX"),
    pytest.mark.timeout(1800),
]
AT_ONCE = 10
ROUNDS = amount(4, 20)
KILLS_EACH = amount(1, 3)
SETTINGS = 'safety_accepted = "2026-11-01"\nfull_screen = false\n'


@pytest.fixture
def nursery(tmp_path: Path, home: Path) -> Iterator[Nursery]:
    """Where processes come from; each must be gone in the end."""
    with Nursery(tmp_path / "stderr", "tests.reliability.starting") as made:
        yield made


def person(folder: Path) -> Path:
    """A folder of somebody who has accepted the safety notice."""
    folder.mkdir()
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


def start(nursery: Nursery, folder: Path) -> int:
    """One more start; its pid."""
    return nursery.bear("tests.reliability.starting:main", folder=str(folder))


def until_live(nursery: Nursery, pid: int) -> None:
    """Wait until Start can be pressed in this process's window, and a second start is heard."""
    nursery.hear(lambda word: word.get("listens") == pid)


def gone(nursery: Nursery, pids: set[int]) -> int:
    """Wait until one of them has ended, with code 0; which one."""
    word = nursery.hear(lambda word: word.get("gone") in pids)
    assert word["status"] == 0, nursery.complaints()
    return int(word["gone"])


def one_of_ten(nursery: Nursery, folder: Path) -> int:
    """Start ten on a folder where none is; the pid of the one that does not leave."""
    pids = {start(nursery, folder) for _ in range(AT_ONCE)}
    while len(pids) > 1:
        pids.remove(gone(nursery, pids))
    return pids.pop()


def until_raised(nursery: Nursery, pid: int) -> None:
    """Wait until the window of this process was raised."""
    assert nursery.hear(lambda word: word.get("raised") == pid)["visible"]


def test_fault_32_ten_starts_at_once(nursery: Nursery, tmp_path: Path, figure: Callable[..., None]) -> None:
    raised = killed = 0
    for number in range(ROUNDS):
        folder = person(tmp_path / f"person {number}")
        one = one_of_ten(nursery, folder)
        until_live(nursery, one)
        while nursery.listen(0) is not None:
            pass  # some of the ten may have come late enough to be heard
        late = {start(nursery, folder) for _ in range(AT_ONCE - 1)}
        while late:
            late.remove(gone(nursery, late))
            until_raised(nursery, one)
            raised += 1
        for _ in range(KILLS_EACH):
            assert nursery.end(one) == -signal.SIGKILL
            one = start(nursery, folder)
            until_live(nursery, one)
            killed += 1
        assert nursery.end(one, signal.SIGTERM) == 0
        assert not (folder / LOCK_NAME).exists()
    assert "Traceback" not in nursery.complaints()
    figure(
        f"{ROUNDS} × {AT_ONCE} starts at once: one lives each time, {ROUNDS * (AT_ONCE - 1)} leave with code 0; "
        f"{raised} of {raised} starts beside a live window raise it and leave with code 0; "
        f"{killed} of {killed} starts after kill -9 live without a question",
        rounds=ROUNDS,
        raised=raised,
        after_kill=killed,
        cpu_s=nursery.cpu_s,
    )


def test_fault_32_two_people_on_one_machine_never_meet(nursery: Nursery, tmp_path: Path) -> None:
    folders = [person(tmp_path / "Anna"), person(tmp_path / "Jürgen")]
    pids = [start(nursery, folder) for folder in folders]
    for pid in pids:
        until_live(nursery, pid)
    gone(nursery, {start(nursery, folders[1])})
    until_raised(nursery, pids[1])
    for pid in pids:
        assert nursery.end(pid, signal.SIGTERM) == 0


@pytest.mark.skipif(not SOAK, reason="takes ten whole starts; ./dev soak runs it")
def test_fault_32_ten_programs_started_from_the_beginning(tmp_path: Path) -> None:
    folder = person(tmp_path / "person")
    command = [sys.executable, "-m", "coach", "--profile", str(folder)]
    programs = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(AT_ONCE)]
    try:
        for _ in range(AT_ONCE - 1):
            pid, status = os.waitpid(-1, 0)
            assert os.waitstatus_to_exitcode(status) == 0
            (ended,) = (program for program in programs if program.pid == pid)
            ended.returncode = 0
            programs.remove(ended)
            ended.communicate()
        (one,) = programs
        assert one.poll() is None
    finally:
        for program in programs:
            program.kill()
            program.communicate(timeout=PATIENCE_S)
