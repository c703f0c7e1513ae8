"""Whether there is a screen to show a window on: asked before Qt is, because Qt ends the process when there is none."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER_S = 2.0
X_PORT = 6000


def why_no_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """One sentence on why no window can be shown, or an empty string when one can (as far as can be told)."""
    if platform in {"win32", "darwin"} or environ.get("QT_QPA_PLATFORM"):
        return ""
    if _wayland(environ):
        return ""
    display = environ.get("DISPLAY", "")
    if not display:
        return "There is no display to show a window on."
    if not _x_answers(display):
        return f"The display {display} does not answer."
    return ""


def _wayland(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and (Path(environ.get("XDG_RUNTIME_DIR", "/")) / name).is_socket()


def _x_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    targets: list[tuple[socket.AddressFamily, str | tuple[str, int]]] = []
    if host in {"", "unix"}:
        targets = [(socket.AF_UNIX, name) for name in local_sockets(number)]
    else:
        targets = [(socket.AF_INET, (host, X_PORT + int(number)))]
    return any(_connects(family, address) for family, address in targets)


def local_sockets(number: str) -> tuple[str, str]:
    """Where a display of this computer listens: a file, and Linux's abstract name, which needs none."""
    place = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place is X's own
    return place, f"\0{place}"


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(ANSWER_S)
        try:
            probe.connect(address)
        except OSError:
            return False
        return True
