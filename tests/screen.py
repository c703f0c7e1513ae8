"""A private desktop: virtual screen, window manager, session bus and home folder, for tests and measurements.

Uses Debian's xvfb, openbox, dbus, x11-utils, and trayer for a system tray; `packaging/debian-packages.txt` has them.
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
    from collections.abc import Iterator

PROGRAMS = ("Xvfb", "openbox", "dbus-daemon", "xprop", "xwininfo", "xdotool")
READY_S = 20
"""How long the window manager may take to come up on a very busy machine."""


def missing_programs() -> list[str]:
    """Programs that a virtual screen needs and this machine does not have."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


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
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    stack.callback(_stop, bus)
    assert bus.stdout is not None
    stack.callback(bus.stdout.close)
    return bus.stdout.readline().strip()


def _start(stack: ExitStack, command: list[str], environment: dict[str, str]) -> None:
    program = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(_stop, program)


def _wait_for_manager(environment: dict[str, str]) -> None:
    """Ask until the window manager has put its name on the screen."""
    command = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    limit = time.monotonic() + READY_S
    while (
        "window id" not in subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
    ):
        if time.monotonic() > limit:
            raise RuntimeError("the virtual screen's window manager did not start")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
