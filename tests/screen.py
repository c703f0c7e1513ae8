"""A private desktop: virtual screen, window manager, session bus and home folder, for tests and measurements.

Uses Debian's xvfb, openbox, dbus, x11-utils, trayer for a system tray, and dunst for notifications;
`packaging/debian-packages.txt` has them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAMS = ("Xvfb", "openbox", "dbus-daemon", "xprop", "xwininfo", "xdotool")
READY_S = 20
"""How long the window manager may take to come up on a very busy machine."""


def missing_programs() -> list[str]:
    """Programs that a virtual screen needs and this machine does not have."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


BUS = """
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""
"""A session bus that starts no programs of this machine."""

DUNST = """
[global]
    origin = top-left
    offset = 0x0
    width = 400
    notification_limit = 5
    markup = full
    idle_threshold = 0
    dmenu = {chooser}
    mouse_left_click = do_action
[urgency_normal]
    timeout = 0
"""
"""Notifications in the upper left corner that stay; the menu of their buttons is answered by `chooser`."""


@contextmanager
def notification_server(environment: dict[str, str], button: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Dunst on a virtual screen; whoever opens the menu of a notification presses the button with this word."""
    folder = Path(environment["XDG_CONFIG_HOME"])
    chooser = folder / "chooser"
    chooser.write_text(f"#!/bin/sh\ngrep -m1 -e '{button}'\n", encoding="utf-8")
    chooser.chmod(0o755)
    config = folder / "dunstrc"
    config.write_text(DUNST.format(chooser=chooser), encoding="utf-8")
    with ExitStack() as stack:
        server = _start(stack, ["dunst", "-conf", str(config)], environment)
        wait_until(lambda: "dunst" in output(environment, "dunstctl", "debug"), "the notification server")
        yield server


def output(environment: dict[str, str], *command: str) -> str:
    """What a program on the virtual screen prints."""
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


@contextmanager
def virtual_screen(width: int = 1600, height: int = 1000, *, tray: bool = False) -> Iterator[dict[str, str]]:
    """The environment in which a program shows itself on a private screen of this size in pixels."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-screen-")))
        own = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "COACH_PROFILE", "COACH_TRACE"}
        environment = {key: value for key, value in os.environ.items() if key not in own}
        environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "NO_AT_BRIDGE": "1", "QT_QPA_PLATFORM": "xcb"}
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            (home / name).mkdir()
            environment[f"XDG_{name}_HOME"] = str(home / name)
        environment["DISPLAY"] = _start_screen(stack, width, height)
        environment["DBUS_SESSION_BUS_ADDRESS"] = _start_bus(stack, environment)
        _start(stack, ["openbox"], environment)
        if tray and shutil.which("trayer"):
            _start(stack, ["trayer", "--SetDockType", "false", "--height", "24", "--width", "1"], environment)
        _wait_for_manager(environment)
        yield environment


def _start_screen(stack: ExitStack, width: int, height: int) -> str:
    """Start Xvfb on a free display number of its own choice and return the display."""
    read_end, write_end = os.pipe()
    with open(read_end) as answer:  # noqa: PTH123 - a file descriptor, not a path
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24"]
        options = ["-nolisten", "tcp", "-noreset", "-dpi", "96"]
        screen = subprocess.Popen([*command, *options], pass_fds=[write_end], stderr=subprocess.DEVNULL)
        stack.callback(_stop, screen)
        os.close(write_end)
        return f":{int(answer.readline())}"


def _start_bus(stack: ExitStack, environment: dict[str, str]) -> str:
    config = Path(environment["XDG_CONFIG_HOME"]) / "bus.conf"
    config.write_text(BUS.format(folder=environment["XDG_RUNTIME_DIR"]), encoding="utf-8")
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    stack.callback(_stop, bus)
    assert bus.stdout is not None
    stack.callback(bus.stdout.close)
    return bus.stdout.readline().strip()


def _start(stack: ExitStack, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(_stop, program)
    return program


def _wait_for_manager(environment: dict[str, str]) -> None:
    """Ask until the window manager has put its name on the screen."""
    command = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    wait_until(lambda: "window id" in output(environment, *command), "the virtual screen's window manager")


def wait_until(ready: Callable[[], bool], what: str) -> None:
    limit = time.monotonic() + READY_S
    while not ready():
        if time.monotonic() > limit:
            raise RuntimeError(f"{what} did not start")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
