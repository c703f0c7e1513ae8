"""Reminders in a real process on a virtual screen, with a real notification server: started hidden, answered there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from coach.bootstrap import open_core
from coach.domain.records import Stamp
from coach.domain.reminders.parts import AtTimes, Manner, ReminderKind
from coach.domain.reminders.starters import starter
from tests.journeys.test_processes import rows
from tests.screen import missing_programs, notification_server, output, virtual_screen, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
WANTED = [*missing_programs(), *(name for name in ("dunst", "trayer") if shutil.which(name) is None)]
pytestmark = pytest.mark.skipif(bool(WANTED), reason=f"needs {', '.join(WANTED)}")


class Hidden:
    """`coach --hidden` in a process of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.process = self.start("--hidden")

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the program on the same folder."""
        command = [sys.executable, "-m", "coach", *words, "--profile", str(self.folder)]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def windows(self, *how: str) -> list[str]:
        """The windows that can be seen; with `--sync` as soon as there is one."""
        return output(self.environment, "xdotool", "search", *how, "--onlyvisible", "--name", "^Foot Coach$").split()

    def end(self) -> None:
        """Leave nothing running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """A screen with a tray and a notification server that presses Start."""
    with ExitStack() as stack:
        environment = stack.enter_context(virtual_screen(tray=True))
        stack.enter_context(notification_server(environment, "Start"))
        yield environment


@pytest.fixture
def hidden(tmp_path: Path, screen: dict[str, str]) -> Iterator[Hidden]:
    """The program of somebody who is to be reminded this very minute."""
    folder = tmp_path / "person"
    core = open_core(folder)
    core.preferences.save(replace(core.preferences.load()[0], safety_accepted="2026-11-01", full_screen=False))
    now, zone = core.clock.now(), core.zone()
    at = now.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)
    rule = starter(ReminderKind.ROUTINE, core.new_ids()(), now - timedelta(hours=1), "daily_six", Manner(quiet=None))
    with closing(core.open_diary()) as diary:
        diary.reminders.keep_rule(replace(rule, when=AtTimes((at,))), Stamp.of(now, zone))
    made = Hidden(folder, {**screen, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))})
    try:
        yield made
    finally:
        made.end()


def test_a_notification_starts_the_routine_of_a_program_without_a_window(hidden: Hidden) -> None:
    wait_until(lambda: output(hidden.environment, "dunstctl", "count", "displayed").strip() == "1", "the notification")
    assert hidden.windows() == []
    wait_until(lambda: rows(hidden.folder, "reminder_entries") == 1, "its line in the list")
    output(hidden.environment, "dunstctl", "context")
    wait_until(lambda: rows(hidden.folder, "sessions") == 1, "get ready")
    assert hidden.windows("--sync")
    hidden.process.send_signal(signal.SIGTERM)
    assert hidden.process.wait(PATIENCE_S) == 0


def test_a_second_start_brings_the_window_that_was_never_seen(hidden: Hidden) -> None:
    wait_until(lambda: output(hidden.environment, "dunstctl", "count", "displayed").strip() == "1", "the notification")
    second = hidden.start()
    assert second.wait(PATIENCE_S) == 0
    second.communicate()
    assert hidden.windows("--sync")
