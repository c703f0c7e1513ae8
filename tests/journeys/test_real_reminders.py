"""Reminders of the real program: its own process, a virtual screen, a session bus, dunst, and a clock that is set.

Nothing waits for minutes to go by: the program runs on a clock that is set from outside (`stepped`), and a stand-in for
logind says "the computer woke up" until the program has looked at it.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from coach.bootstrap import open_core
from coach.domain.records import Outcome, Stamp
from coach.domain.reminders.ledger import Answer
from coach.domain.reminders.parts import EVERY_DAY, AtTimes, Manner, ReminderKind
from coach.domain.reminders.starters import starter
from tests.desktop.peers import Peer, peer, running_bus
from tests.screen import missing_programs, notification_server, output, virtual_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coach.domain.records import SessionSummary
    from coach.storage.diary import SqlDiary

ROOT = Path(__file__).resolve().parents[2]
ZONE = "Europe/Berlin"
DAY = datetime(2026, 11, 16, tzinfo=ZoneInfo(ZONE))
PATIENCE_S = 60
LOOK_S = 0.1
SHORT = "one_hold"
ROUTINE = f"""
format = 1
id = "{SHORT}"
title = "One hold"
summary = "Over in half a minute."
order = 90

[[items]]
exercise = "calf_stretch"
level = 2
sets = 1
hold_s = 1
"""
TOOLS = ("dunst", "dunstctl", "trayer")
MISSING = [*missing_programs(), *(tool for tool in TOOLS if shutil.which(tool) is None)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {MISSING}")


def at(clock: str) -> datetime:
    """An instant of the day by the person's clocks."""
    return datetime.combine(DAY.date(), datetime.strptime(clock, "%H:%M:%S").time(), DAY.tzinfo)  # noqa: DTZ007


def until(reached: Callable[[], Any], what: str, meanwhile: Callable[[], object] = lambda: None) -> Any:
    """Look again and again; what was found."""
    limit = time.monotonic() + PATIENCE_S
    while not (found := reached()):
        assert time.monotonic() < limit, f"never: {what}"
        meanwhile()
        time.sleep(LOOK_S)  # between two looks at another process
    return found


class Real:
    """A person's computer: a folder, a screen, a bus with logind on it, a clock, and `coach` once it was started."""

    def __init__(self, folder: Path, screen: dict[str, str], logind: Peer, system_bus: str) -> None:
        self.core = open_core(folder / "person")
        self._offset, self._trace, self._menu = folder / "offset", folder / "trace", folder / "menu"
        self._logind, self._slept = logind, 0.0
        self.screen = screen | {
            "DBUS_SYSTEM_BUS_ADDRESS": system_bus,
            "TZ": ZONE,
            "COACH_TRACE": str(self._trace),
        }
        self.processes: list[subprocess.Popen[str]] = []
        settings = self.core.preferences.load()[0]
        self.core.preferences.save(
            replace(settings, safety_accepted="2026-11-01T08:00:00+00:00", full_screen=False, get_ready_s=5)
        )
        mine = self.core.folder / "exercises" / "routines"
        mine.mkdir(parents=True)
        (mine / f"{SHORT}.toml").write_text(ROUTINE, encoding="utf-8")

    # --- time -------------------------------------------------------------------------------------------------------

    def set_clock(self, clock: str) -> None:
        """Somebody sets the computer's clock: from now on it shows this, and goes on from there."""
        self._write((at(clock) - datetime.now(UTC)).total_seconds(), self._slept)

    def sleep_until(self, clock: str) -> None:
        """The computer sleeps, and wakes up then."""
        gone = (at(clock) - self.now()).total_seconds()
        self._write((at(clock) - datetime.now(UTC)).total_seconds(), self._slept + gone)

    def _write(self, ahead_s: float, slept_s: float) -> None:
        self._slept = slept_s
        beside = self._offset.with_suffix(".new")
        beside.write_text(f"{ahead_s:.6f} {slept_s:.6f}\n", encoding="utf-8")
        beside.replace(self._offset)  # never half of it

    def now(self) -> datetime:
        """What the program's wall clock shows."""
        return datetime.now(UTC) + timedelta(seconds=float(self._offset.read_text(encoding="utf-8").split()[0]))

    def wake(self) -> None:
        """The computer has woken up, says logind."""
        self._logind.emit(
            "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", "b", False
        )  # fmt: skip

    # --- the program ------------------------------------------------------------------------------------------------

    def keep(self, *clocks: str, kind: ReminderKind = ReminderKind.ROUTINE, **manner: Any) -> UUID:
        """Keep a reminder at these times, since the day before; its id."""
        times = AtTimes(tuple(at(f"{clock}:00").time() for clock in clocks))
        since = at("12:00:00") - timedelta(days=1)
        with self.diary() as diary:
            key = UUID(int=len(diary.reminders.rules()) + 100)
            rule = starter(kind, key, since, SHORT if kind is ReminderKind.ROUTINE else "", Manner(**manner))
            diary.reminders.keep_rule(replace(rule, when=times, weekdays=EVERY_DAY), Stamp.of(since, ZONE))
        return key

    def start(self, *options: str) -> subprocess.Popen[str]:
        """Start the program, and come back when it can be used; or, the second time, at once."""
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.journeys.stepped",
                str(self._offset),
                *options,
                "--profile",
                str(self.core.folder),
            ],
            env=self.screen,
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        until(lambda: self._trace.exists() and "start_live" in self._trace.read_text(encoding="utf-8"), "it is live")
        return process

    def windows(self) -> list[str]:
        """The windows that are seen on the screen."""
        return output(self.screen, "xdotool", "search", "--onlyvisible", "--name", "^Foot Coach$").split()

    def end(self) -> None:
        """Leave nothing running; nothing may have gone wrong inside."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=PATIENCE_S)
            assert process.returncode == 0
            assert "Traceback" not in said, said
        lines = (self.core.folder / "logs" / "coach.log").read_text(encoding="utf-8").splitlines()
        bad = [record for record in map(json.loads, lines) if record["level"] in {"ERROR", "WARNING"}]
        assert not bad, json.dumps(bad, indent=1)

    # --- what is seen -----------------------------------------------------------------------------------------------

    def shown(self) -> bool:
        """Whether a notification is on the screen."""
        return output(self.screen, "dunstctl", "count", "displayed").strip() == "1"

    def wait_for_notification(self) -> None:
        """The program looks at its clock until there is one."""
        until(self.shown, "a notification", self.wake)

    def press(self, button: str) -> list[str]:
        """Press a button of the notification; all its buttons by their words, as the menu has them."""
        chooser = Path(self.screen["XDG_CONFIG_HOME"]) / "chooser"
        chooser.write_text(f"#!/bin/sh\ntee {self._menu} | grep -m1 -e '{button}'\n", encoding="utf-8")
        self._menu.unlink(missing_ok=True)
        output(self.screen, "dunstctl", "context")
        until(lambda: not self.shown(), f"gone after {button}")
        return sorted(line.split(" (")[0] for line in self._menu.read_text(encoding="utf-8").splitlines())

    def gone(self) -> list[str]:
        """The titles of the notifications that are gone, oldest first."""
        entries = json.loads(output(self.screen, "dunstctl", "history"))["data"][0]
        return [entry["summary"]["data"] for entry in reversed(entries)]

    # --- the diary, as another program reads it ---------------------------------------------------------------------

    @contextmanager
    def diary(self, *, reading: bool = False) -> Iterator[SqlDiary]:
        """The diary, open."""
        with closing(self.core.open_diary(reading=reading)) as opened:
            yield opened

    def entries(self, reminder: UUID) -> list[tuple[str, Answer]]:
        """The ledger of a reminder: time of day it is about, and what became of it."""
        with self.diary(reading=True) as diary:
            found = diary.reminders.entries(DAY.date())
        return [(entry.slot, entry.answer) for entry in found if entry.reminder == reminder]

    def told(self, reminder: UUID) -> list[tuple[str, Answer]]:
        """The same, as `coach reminders --past 1` tells it while the program runs."""
        command = [
            sys.executable,
            "-m",
            "tests.journeys.stepped",
            str(self._offset),
            "reminders",
            "--past",
            "1",
            "--json",
        ]
        own = ["--profile", str(self.core.folder)]
        said = subprocess.run([*command, *own], env=self.screen, cwd=ROOT, capture_output=True, text=True, check=True)
        wanted = (str(reminder), DAY.date().isoformat())
        today = [each for each in json.loads(said.stdout)["behind"] if (each["reminder"], each["date"]) == wanted]
        return [(each["slot"], Answer(entry["answer"])) for each in today for entry in each["entries"]]

    def steps(self) -> int:
        """How often the program saw that its clock was set."""
        with self.diary(reading=True) as diary:
            return len(diary.reminders.clock_steps())

    def sessions(self) -> tuple[SessionSummary, ...]:
        """What was done, newest first."""
        with self.diary(reading=True) as diary:
            return diary.sessions()


@contextmanager
def computer(folder: Path, screen: dict[str, str]) -> Iterator[Real]:
    """A computer without a program on it."""
    with ExitStack() as stack:
        bus = stack.enter_context(running_bus())
        logind = stack.enter_context(peer(bus.address, "org.freedesktop.login1", {}))
        stack.enter_context(notification_server(screen))
        real = Real(folder, screen, logind, bus.address)
        try:
            yield real
            real.end()
        finally:
            for process in real.processes:
                if process.poll() is None:
                    process.kill()
                    process.communicate()


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """One screen with a tray for all: on a new one it looks as if somebody had typed just now, and reminders wait."""
    with virtual_screen(tray=True) as environment:
        yield environment


@pytest.fixture
def real(tmp_path: Path, screen: dict[str, str]) -> Iterator[Real]:
    """A computer with a tray."""
    with computer(tmp_path, screen) as made:
        yield made


def test_a_real_reminder_from_its_first_minute_to_the_end_of_the_day(real: Real) -> None:
    """It appears, Snooze moves it, Start opens get-ready, and the finished routine spares the day's second one."""
    rule = real.keep("12:00", "18:30", snooze_min=(1, 30))
    check = real.keep("18:31", kind=ReminderKind.WEEKLY_CHECK)
    real.set_clock("11:58:45")
    real.start("--hidden")
    assert real.windows() == []
    assert not real.shown()

    real.set_clock("11:59:58")
    real.wait_for_notification()
    assert real.now() >= at("12:00:00")
    assert real.press("In 1 min") == ["#Foot Coach", "#In 1 min", "#Not today", "#Start"]
    until(lambda: ("12:00", Answer.SNOOZED) in real.entries(rule), "snoozed")
    with real.diary(reading=True) as diary:
        again = next(e.until for e in diary.reminders.entries(DAY.date()) if e.answer is Answer.SNOOZED)
    assert again is not None
    assert at("12:01:00") <= again <= real.now() + timedelta(minutes=1)

    real.set_clock((again.astimezone(DAY.tzinfo) - timedelta(seconds=2)).strftime("%H:%M:%S"))
    real.wait_for_notification()
    assert real.now() >= again - timedelta(seconds=1)
    real.press("Start")
    until(real.windows, "the window")
    (session,) = until(real.sessions, "a session")
    assert session.start.routine_id == SHORT
    assert session.end is None
    until(lambda: real.sessions()[0].end, "the end of the routine")
    assert real.sessions()[0].end.outcome is Outcome.COMPLETED  # type: ignore[union-attr] # just waited for
    story = [("12:00", answer) for answer in (Answer.SHOWN, Answer.SNOOZED, Answer.SHOWN, Answer.STARTED)]
    assert real.entries(rule) == story
    assert real.told(rule) == story

    real.set_clock("18:29:58")
    until(lambda: real.steps() == 1, "the clock is seen to be set", real.wake)
    real.set_clock("18:30:58")
    real.wait_for_notification()
    real.press("Not today")
    assert real.gone()[2:] == ["A look back at your week"]
    until(lambda: ("18:31", Answer.SKIPPED) in real.entries(check), "skipped")
    assert [entry for entry in real.entries(rule) if entry[1] in {Answer.SHOWN, Answer.MISSED}] == story[::2]


def test_a_real_clock_that_is_set_makes_no_burst_and_the_next_ring_is_right(real: Real) -> None:
    rule = real.keep("11:51", "12:00", "13:00", "14:00", "15:00", nudge_min=None)
    real.set_clock("11:50:00")
    real.start("--hidden")
    real.set_clock("11:50:59")
    real.wait_for_notification()
    output(real.screen, "dunstctl", "close-all")
    until(lambda: not real.shown(), "closed")
    real.set_clock("14:30:00")
    until(lambda: real.steps() == 1, "the clock is seen to be set", real.wake)
    assert not real.shown()
    real.set_clock("14:59:58")
    until(lambda: real.steps() == 2, "the clock is seen to be set again", real.wake)
    real.wait_for_notification()
    assert real.now() >= at("15:00:00")
    assert len(real.gone()) == 1
    real.press("Start")
    until(real.windows, "the window")
    until(real.sessions, "a session")
    shown = [slot for slot, answer in real.entries(rule) if answer is Answer.SHOWN]
    assert shown == ["11:51", "15:00"]


def test_a_real_sleep_over_three_reminders_is_one_notification(real: Real) -> None:
    rule = real.keep("11:51", "12:00", "13:00", "14:00", "20:00", nudge_min=None)
    real.set_clock("11:50:00")
    real.start("--hidden")
    real.set_clock("11:50:59")
    real.wait_for_notification()
    output(real.screen, "dunstctl", "close-all")
    until(lambda: not real.shown(), "closed")
    real.sleep_until("14:20:00")
    real.wait_for_notification()
    until(lambda: ("14:00", Answer.SHOWN) in real.entries(rule), "shown")
    output(real.screen, "dunstctl", "close-all")
    until(lambda: len(real.gone()) == 2, "closed")
    assert real.gone()[1] == "You were away at 14:00"
    told = real.entries(rule)
    assert {slot for slot, answer in told if answer is Answer.MISSED} >= {"12:00", "13:00"}
    assert [slot for slot, answer in told if answer is Answer.SHOWN] == ["11:51", "14:00"]
    assert real.steps() == 0


def icons(screen: dict[str, str]) -> int:
    """How many icons lie in the tray."""
    panel = output(screen, "xdotool", "search", "--class", "trayer").split()
    trees = [output(screen, "xwininfo", "-tree", "-id", window) for window in panel]
    return sum(tree.count("coach") for tree in trees)


def test_a_hidden_start_lies_in_the_tray_and_a_second_start_raises_it(real: Real) -> None:
    real.set_clock("11:00:00")
    real.start("--hidden")
    until(lambda: icons(real.screen), "an icon in the tray")
    assert real.windows() == []
    assert real.start().wait(PATIENCE_S) == 0
    until(real.windows, "the window")
    assert real.processes[0].poll() is None


def test_fault_34_a_hidden_start_without_a_tray_is_reached_by_a_second_one(tmp_path: Path) -> None:
    with virtual_screen() as bare, computer(tmp_path, bare) as real:
        real.set_clock("11:00:00")
        real.start("--hidden")
        assert real.windows() == []
        assert real.start().wait(PATIENCE_S) == 0
        until(real.windows, "the window")
