"""What the person can ask for on the session screen, as values: from a key, a button, a click or a remote alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.domain.pain import Area
    from coach.ui.session.facts import Sign


class Command(Enum):
    """Everything that needs no more words.

    PRIMARY is the big button. TOGGLE is pause or go on. STAGE is a click on the picture. OTHER is any key without a
    meaning of its own.
    """

    PRIMARY = auto()
    TOGGLE = auto()
    SKIP = auto()
    BACK = auto()
    REPEAT = auto()
    EASIER = auto()
    LONGER = auto()
    SHORTER = auto()
    VOICE = auto()
    FULL_SCREEN = auto()
    STAGE = auto()
    OTHER = auto()
    END = auto()
    END_NOW = auto()
    GO_ON = auto()
    HURTS = auto()
    CLOSE_SHEET = auto()
    FOLLOW_ADVICE = auto()
    SHEET_EASIER = auto()
    SHEET_SKIP = auto()
    SIGN_MISTAKE = auto()
    TAKE_SIGN_BACK = auto()
    RETRY_SAVING = auto()


@dataclass(frozen=True, slots=True)
class Digit:
    """A digit key: a rating where one is asked for, elsewhere any key."""

    digit: int


@dataclass(frozen=True, slots=True)
class RateRow:
    """A number for the row in a rest."""

    nrs: int


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Where the row's answer hurts."""

    area: Area


@dataclass(frozen=True, slots=True)
class RateSheet:
    """A number for "It hurts"."""

    nrs: int


@dataclass(frozen=True, slots=True)
class MoveSheet:
    """Where it hurts."""

    area: Area


@dataclass(frozen=True, slots=True)
class TickSign:
    """One of the signs that stop a session."""

    sign: Sign


Intent = Command | Digit | RateRow | MoveRow | RateSheet | MoveSheet | TickSign
