"""Whether now is a good moment to show a reminder: show it, wait, or give up and say so in the list.

What the computer cannot tell is None, and then the reminder is polite: a plain notification, nothing above a window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.reminders.ledger import Missed
from coach.domain.reminders.wall import wall_time, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coach.domain.reminders.parts import Manner

PATIENCE = timedelta(minutes=30)
"""How long a reminder waits for a better moment (P)."""

LOOK_AGAIN = timedelta(seconds=60)
TYPING_PAUSE = timedelta(seconds=15)
"""Whoever types pauses soon."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What goes on at the computer: yes, no, or None for unknown. `exercising`: a session of ours is on screen."""

    full_screen: bool | None = None
    do_not_disturb: bool | None = None
    locked: bool | None = None
    camera: bool | None = None
    microphone: bool | None = None
    typing: bool | None = None
    exercising: bool = False


class Move(StrEnum):
    """What to do with a reminder that is due."""

    SHOW = "show"
    WAIT = "wait"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The decision. `reason` says what is in the way, for WAIT (None while exercising) and GIVE_UP.

    `pop_over` allows a small window above others, which takes no focus; `sound` allows a sound; `again` is when to look
    once more.
    """

    move: Move
    reason: Missed | None = None
    pop_over: bool = False
    sound: bool = False
    again: timedelta | None = None


def deliver(
    now: datetime,
    surroundings: Surroundings,
    waited: timedelta,
    manner: Manner,
    zone: str,
    patience: timedelta = PATIENCE,
) -> Delivery:
    """Decide about a reminder that has waited so long already. Before showing it, ask whether it is still due."""
    if manner.quiet is not None and manner.quiet.covers(wall_time(now, zone_of(zone)).time()):
        return Delivery(Move.GIVE_UP, Missed.QUIET_HOURS)
    if surroundings.exercising:
        return Delivery(Move.WAIT, again=LOOK_AGAIN)
    reason = next(_in_the_way(surroundings, manner), None)
    if reason is None:
        return Delivery(Move.SHOW, pop_over=_all_clear(surroundings), sound=manner.sound and _may_sound(surroundings))
    if waited >= patience:
        return Delivery(Move.GIVE_UP, reason)
    pause = TYPING_PAUSE if reason is Missed.TYPING else LOOK_AGAIN
    return Delivery(Move.WAIT, reason, again=min(pause, patience - waited))


def _in_the_way(around: Surroundings, manner: Manner) -> Iterator[Missed]:
    """Everything that is known to be in the way, the weightiest first."""
    if around.locked:
        yield Missed.SCREEN_LOCKED
    if around.camera or around.microphone:
        yield Missed.IN_A_CALL
    if around.do_not_disturb:
        yield Missed.DO_NOT_DISTURB
    if around.full_screen and manner.wait_while_presenting:
        yield Missed.FULL_SCREEN
    if around.typing:
        yield Missed.TYPING


def _all_clear(around: Surroundings) -> bool:
    """Whether everything is known to be quiet."""
    seen = (around.full_screen, around.do_not_disturb, around.locked, around.camera, around.microphone, around.typing)
    return all(each is False for each in seen)


def _may_sound(around: Surroundings) -> bool:
    """No sound into what may be a call."""
    return around.camera is False and around.microphone is False
