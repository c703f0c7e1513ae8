"""Whether the program starts, hidden, when the person logs in: one file for each platform.

An entry counts only if it is really there, switched on, and starts this program for this person; one that was left by a
copy which is gone is as good as none, and switching on replaces it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coach.desktop.autostart.launch import how_started, profile_argument
from coach.errors import KnownError
from coach.services.reminding import AutostartState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop
    from coach.desktop.paths import Profile
    from coach.services.ports import Autostart

NAME = "Foot Coach"
NOT_KEPT = "This computer did not keep that Foot Coach starts at login, or does not."
SANDBOX = Path("/.flatpak-info")


def open_autostart(profile: Profile, loop: Loop, session: Bus, platform: str = sys.platform) -> Autostart:
    """The one of this computer, for the program as it was started and this profile. Nothing is looked at yet."""
    sandboxed = SANDBOX.exists()
    try:
        launch = how_started(profile_argument(profile), sandboxed=sandboxed, platform=platform)
    except KnownError as error:
        return NoAutostart(str(error))
    if platform == "win32":
        from coach.desktop.autostart.windows import WindowsAutostart

        return WindowsAutostart(launch)
    if platform == "darwin":
        from coach.desktop.autostart.macos import MacAutostart

        return MacAutostart(launch)
    from coach.desktop.autostart.xdg import XdgAutostart, autostart_folder

    entry = XdgAutostart(launch, autostart_folder(os.environ))
    if not sandboxed:
        return entry
    from coach.desktop.autostart.portal import PortalAutostart

    return PortalAutostart(launch, loop, session, entry)


class NoAutostart:
    """Where it cannot be had; `why` is the sentence."""

    def __init__(self, why: str) -> None:
        self._why = why

    def state(self) -> AutostartState:
        """Off, and why."""
        return AutostartState(on=False, unavailable=self._why)

    def switch(self, *, on: bool) -> AutostartState:
        """Raises KnownError where it was to be on."""
        if on:
            raise KnownError(self._why)
        return self.state()


def same_program(words: Sequence[str], ours: Sequence[str]) -> bool:
    """Whether a command that is kept starts this program with these arguments, and can."""
    if list(words[1:]) != list(ours[1:]) or not words or shutil.which(words[0]) is None:
        return False
    return words[0] == ours[0] or os.path.realpath(words[0]) == os.path.realpath(ours[0])


def checked(state: AutostartState, *, on: bool) -> AutostartState:
    """The state, if it is as was asked for; else KnownError."""
    if state.on is not on:
        raise KnownError(state.unavailable or NOT_KEPT)
    return state
