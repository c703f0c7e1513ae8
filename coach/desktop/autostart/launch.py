"""How this program was started, so that it can be started the same way again."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.desktop.paths import Profile

HIDDEN = "--hidden"
"""Starts without a window, in the tray."""
_PACKAGE = Path(__file__).resolve().parents[2]
_PASSWORD = re.compile(r"://[^/?@]*:[^/?@]*@|[?&](password|sslpassword)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Launch:
    """The words of the command, and the folder it must be started in (None where that does not matter)."""

    words: tuple[str, ...]
    folder: Path | None = None
    profile: str = ""

    @property
    def suffix(self) -> str:
        """Tells the entries of several people of one account apart; empty for the usual one."""
        return f"-{hashlib.sha256(self.profile.encode(errors='replace')).hexdigest()[:8]}" if self.profile else ""


def how_started(
    profile: str = "",
    *,
    sandboxed: bool = False,
    platform: str = sys.platform,
    argv0: str = "",
    executable: str = sys.executable,
    frozen: bool = bool(getattr(sys, "frozen", False)),
    package: Path = _PACKAGE,
    environ: Mapping[str, str] = os.environ,
) -> Launch:
    """The command that starts this program hidden, with the profile that `--profile` is to name."""
    folder: Path | None = None
    script = Path(argv0 or sys.argv[0])
    if sandboxed:
        program: tuple[str, ...] = ("coach",)
    elif frozen:
        # An AppImage runs from a folder that is gone when it ends.
        program = (environ.get("APPIMAGE") or executable,)
    elif script.name == "coach" and script.is_file() and os.access(script, os.X_OK):
        program = (str(script.absolute()),)
    else:
        program = (_without_console(executable) if platform == "win32" else executable, "-m", "coach")
        folder = None if package.parent.name in {"site-packages", "dist-packages"} else package.parent
    return Launch((*program, HIDDEN, *(("--profile", profile) if profile else ())), folder, profile)


def profile_argument(profile: Profile) -> str:
    """What `--profile` must name to come back to this one; empty for the usual one. KnownError where it may not."""
    from coach.desktop.paths import default_folder

    if profile.server is None:
        return "" if profile.data == default_folder() else str(profile.data)
    if _PASSWORD.search(profile.server.uri):
        raise KnownError(
            "Foot Coach cannot start at login while the address of its server holds a password, which would have to "
            "be written down. Keep the password in PostgreSQL's own password file instead."
        )
    uri, person = profile.server.uri, profile.server.person
    return f"{uri}{'&' if '?' in uri else '?'}person={quote(person)}" if person else uri


def _without_console(executable: str) -> str:
    """Python without a black window, where it is installed."""
    quiet = Path(executable).with_name("pythonw.exe")
    return str(quiet) if quiet.is_file() else executable
