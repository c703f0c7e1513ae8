"""The program as the desktop runs it, in real processes on a virtual screen: a second start, an end by signal."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLockFile

from coach.errors import KnownError
from coach.ui.single import SingleWindow
from tests.journeys import eyes, hands
from tests.screen import missing_programs, virtual_screen
from tests.storage.conftest import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.journeys.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
PATIENCE_MS = PATIENCE_S * 1000
NAME = "^Foot Coach$"
pytestmark = pytest.mark.skipif(bool(missing_programs()), reason=f"needs {', '.join(missing_programs())}")


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """The environment of programs on a screen of their own."""
    with virtual_screen() as environment:
        yield environment


class Program:
    """`coach` in a process of its own. `wait_until_live` returns when Start can be pressed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._environment = environment
        self._pipe = folder.with_name("trace")
        os.mkfifo(self._pipe)
        # Open for writing as well, so that reading waits for the next line instead of ending between two.
        self._trace = os.fdopen(os.open(self._pipe, os.O_RDWR), encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coach", "--profile", str(folder)],
            env={**environment, "COACH_TRACE": str(self._pipe)},
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_live(self) -> None:
        """Wait until Start can be pressed."""
        while not self._trace.readline().startswith("start_live"):
            pass

    def window(self, *how: str) -> str:
        """Wait for the window to be seen; its number."""
        return self.desktop("search", "--sync", "--onlyvisible", "--name", NAME, *how).split()[-1]

    def desktop(self, *words: str) -> str:
        """Have xdotool do something."""
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=True, timeout=PATIENCE_S
        )
        return done.stdout

    def end(self) -> None:
        """Leave nothing running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self._trace.close()


@pytest.fixture
def program(practised: Desk, screen: dict[str, str]) -> Iterator[Program]:
    """The window of someone who has accepted the safety notice, live on the screen."""
    started = Program(practised.folder, screen)
    try:
        started.wait_until_live()
        yield started
    finally:
        started.end()


def rows(folder: Path, table: str) -> int:
    """How many entries another process has put into a table of its diary so far."""
    try:
        with closing(sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # it is being made


def test_a_second_start_raises_the_first_window_and_leaves(
    practised: Desk, program: Program, screen: dict[str, str]
) -> None:
    window = program.window()
    program.desktop("windowminimize", "--sync", window)
    second = subprocess.run(
        [sys.executable, "-m", "coach", "--profile", str(practised.folder)],
        env=screen,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert program.window() == window
    assert program.process.poll() is None
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(PATIENCE_S) == 0


def test_a_killed_window_does_not_block_the_next_start(
    practised: Desk, program: Program, screen: dict[str, str], tmp_path: Path
) -> None:
    program.process.kill()
    program.process.wait(PATIENCE_S)
    (tmp_path / "trace").unlink()
    again = Program(practised.folder, screen)
    try:
        again.wait_until_live()
        assert again.window()
    finally:
        again.end()


def test_fault_33_a_signal_in_a_session_leaves_it_to_be_gone_on_with(
    practised: Desk, program: Program, qtbot: QtBot
) -> None:
    program.desktop("windowactivate", "--sync", program.window())

    def begun() -> bool:
        # Start; then the questions: nothing in the first area. Pressed again where the window was not yet ready.
        program.desktop("key", "Return", "Down", "0", "ctrl+Return")
        return rows(practised.folder, "sessions") == 1

    qtbot.waitUntil(begun, timeout=PATIENCE_MS)
    program.process.send_signal(signal.SIGTERM)
    _, said = program.process.communicate(timeout=PATIENCE_S)
    assert program.process.returncode == 0
    assert "Traceback" not in said
    (session,) = practised.logged()
    assert session.end is None
    practised.open()
    assert "Go on where you stopped?" in eyes.words()
    hands.press("Enter")
    assert practised.guiding


def test_the_log_of_a_run_holds_no_error(practised: Desk, program: Program) -> None:
    program.window()
    program.process.send_signal(signal.SIGINT)
    assert program.process.wait(PATIENCE_S) == 0
    lines = (practised.folder / "logs" / "coach.log").read_text(encoding="utf-8").splitlines()
    bad = [record for record in map(json.loads, lines) if record["level"] in {"ERROR", "WARNING"}]
    assert not bad, json.dumps(bad, indent=1)


def refused(folder: Path, environment: dict[str, str]) -> str:
    """The one sentence with which the program refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "coach", "--profile", str(folder)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr


def test_without_a_display_one_sentence_says_what_works_instead(practised: Desk) -> None:
    gone = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    said = refused(practised.folder, {name: value for name, value in os.environ.items() if name not in gone})
    assert said.startswith("coach: There is no display")
    assert "coach tour" in said


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path, screen: dict[str, str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file stands here", encoding="utf-8")
    assert refused(taken, screen).startswith(f"coach: The folder {taken} cannot be used for your data")


def test_a_lock_that_cannot_be_made_is_not_taken_for_another_window(tmp_path: Path, qapp: object) -> None:
    with pytest.raises(KnownError, match=r"coach\.lock cannot be made"):
        SingleWindow(tmp_path / "gone").acquire()


def test_fault_07_a_folder_that_nobody_can_write_to_needs_no_lock(
    tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refused:
        """What Qt's lock does on a read-only disk."""

        def tryLock(self, _timeout: int) -> bool:  # noqa: N802
            return False

        def error(self) -> QLockFile.LockError:
            return QLockFile.LockError.PermissionError

    single = SingleWindow(tmp_path)
    monkeypatch.setattr(single, "_lock", Refused())
    with pytest.raises(KnownError, match=r"coach\.lock cannot be made"):  # a folder in its place, perhaps
        single.acquire()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert single.acquire()
