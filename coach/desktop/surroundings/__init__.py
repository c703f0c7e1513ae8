"""What goes on at this computer, so that a reminder does not come at a bad moment: one file for each platform.

Each thing is asked for in every way the platform has, all side by side, with one limit of time for all; what is absent,
hangs, or answers with nonsense counts as unknown. Nothing is asked before somebody wants to know, and nothing again.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop
    from coach.services.ports import Computer

LIMIT_S = 2.0
TYPING_S = 15.0
"""Who touched keyboard or mouse so few seconds ago counts as typing: no platform tells the one from the other."""
_LONGEST_IDLE_S = 30 * 86_400.0
"""Longer than this is a counter that ran over rather than a person who is away."""


def open_computer(loop: Loop, session: Bus, system: Bus, platform: str = sys.platform) -> Computer:
    """The one this program runs on."""
    if platform == "win32":
        from coach.desktop.surroundings.windows import WindowsComputer

        return WindowsComputer()
    if platform == "darwin":
        from coach.desktop.surroundings.macos import MacComputer

        return MacComputer()
    from coach.desktop.surroundings.linux import LinuxComputer

    return LinuxComputer(loop, session, system)


def idle_from(value: object, per_second: float = 1.0) -> float | None:
    """Seconds of idleness from what a platform says; None for nonsense."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    seconds = value / per_second
    return float(seconds) if 0 <= seconds <= _LONGEST_IDLE_S else None


def typing_from(idle_s: float | None) -> bool | None:
    """Whether the person is busy at the keyboard or the mouse just now."""
    return None if idle_s is None else idle_s < TYPING_S


def any_of(answers: Iterable[object]) -> bool | None:
    """Yes if one says yes, no if one says no, else unknown; what is neither yes nor no does not count."""
    known = [answer for answer in answers if isinstance(answer, bool)]
    return any(known) if known else None
