"""The net under the tests catches what it is there for."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import conftest, leaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from tests.fakes import FakeClock


@pytest.fixture
def kept() -> Iterator[list[QObject]]:
    """Keeps objects alive as a module's global would."""
    alive: list[QObject] = []
    yield alive
    alive.clear()


def test_the_network_is_refused_and_the_attempt_remembered() -> None:
    with pytest.raises(PermissionError):
        socket.create_connection(("localhost", 9))
    assert len(conftest.dialled) == 1
    conftest.dialled.clear()


def test_the_network_is_refused_in_programs_that_a_test_starts_too() -> None:
    dial = "import socket; socket.create_connection(('localhost', 9))"
    done = subprocess.run([sys.executable, "-c", dial], capture_output=True, text=True, timeout=60, check=False)
    assert "PermissionError: a program started by a test tried to use the network" in done.stderr
    note = Path(os.environ["COACH_DIALLED"])
    assert "socket.getaddrinfo" in note.read_text(encoding="utf-8")
    note.unlink()


def test_the_program_itself_knows_no_sockets_but_local_ones() -> None:
    """Qt's own sockets pass by the refusal, so none of them may be there at all."""
    package = Path(__file__).resolve().parents[1] / "coach"
    used = {
        name
        for path in package.rglob("*.py")
        for name in re.findall(
            r"\bQ(?:Tcp|Udp|Ssl|Sctp|Http|WebSocket|Network|Local|Host|Dns)\w+", path.read_text("utf-8")
        )
    }
    assert used - {"QLocale"} == {"QLocalServer", "QLocalSocket"}


def test_unix_sockets_are_not_the_network(home: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(home / "s"))
        server.listen()
        client.connect(str(home / "s"))


def test_home_is_a_scratch_folder(home: Path) -> None:
    assert Path.home() == home
    assert os.environ["XDG_DATA_HOME"].startswith(str(home))


@pytest.mark.expect_log("an announced .* warning")
def test_an_announced_warning_is_allowed() -> None:
    logging.getLogger("coach.somewhere").warning("an announced %s warning", "little")


def test_a_forgotten_window_is_found_and_closed(qapp: QApplication, kept: list[QObject]) -> None:
    from PySide6.QtWidgets import QWidget

    before = leaks.windows()
    window = QWidget()
    window.setObjectName("forgotten")
    window.show()
    kept.append(window)
    assert leaks.collect(before) == ["window QWidget('forgotten') of NoneType"]
    assert leaks.collect(before) == []


def test_a_window_nobody_holds_is_no_leak(qapp: QApplication) -> None:
    from PySide6.QtWidgets import QWidget

    before = leaks.windows()
    window = QWidget()
    window.setProperty("itself", [window])
    window.show()
    del window
    assert leaks.collect(before) == []


def test_running_timers_animations_and_threads_are_found_and_stopped(qapp: QApplication, kept: list[QObject]) -> None:
    from PySide6.QtCore import QThread, QTimer, QVariantAnimation

    timer = QTimer(interval=60_000)
    animation = QVariantAnimation(startValue=0.0, endValue=1.0, duration=60_000)
    thread = QThread()
    kept.extend((timer, animation, thread))
    assert leaks.collect([]) == []
    timer.start()
    animation.start()
    thread.start()
    found = {line.partition(" ")[0] for line in leaks.collect(leaks.windows())}
    assert found == {"QTimer", "QVariantAnimation", "QThread"}
    assert not timer.isActive()
    assert not thread.isRunning()


def test_fake_time_moves_only_when_told(clock: FakeClock) -> None:
    now, monotonic = clock.now(), clock.monotonic()
    clock.advance(2.5)
    assert (clock.now() - now).total_seconds() == clock.monotonic() - monotonic == 2.5
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(-1)
