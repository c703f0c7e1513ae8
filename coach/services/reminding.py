"""Reminders as the window and the command line use them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from coach.domain.records import Stamp


@dataclass(frozen=True, slots=True)
class WeeklyCheck:
    """The weekly question was answered (clinical.md 3.2); `hardest` is the activity that was hardest, in their words.

    The average and the worst pain of the week are pain ratings of the moments `weekly_avg` and `weekly_worst`.
    """

    id: UUID
    stamp: Stamp
    hardest: str = ""


class Stiffness(StrEnum):
    """Minutes of stiffness after getting up (clinical.md 3.2)."""

    NONE = "0"
    TO_5 = "1-5"
    TO_15 = "6-15"
    TO_30 = "16-30"
    LONGER = ">30"


@dataclass(frozen=True, slots=True)
class MorningCheck:
    """The question of the next morning was answered; the pain on the first steps is a rating of the moment `am`."""

    id: UUID
    stamp: Stamp
    stiffness: Stiffness | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification. `buttons` are (action, words); nothing here may be about health: a locked screen shows it."""

    tag: str
    title: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    sound: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class AutostartState:
    """Whether it is on, whether that was found to be really so, and a sentence where it cannot be had."""

    on: bool
    checked: bool = True
    unavailable: str = ""
