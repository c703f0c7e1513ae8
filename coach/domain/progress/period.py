"""What is kept from now on and asked for once there is a page for it: flares and rests, red flags, self-tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from coach.domain.exercise import Side
    from coach.domain.pain import Area
    from coach.domain.records import Stamp


class PeriodKind(StrEnum):
    """Why those days are different."""

    FLARE = "flare"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last` (local dates, both included; None: it goes on). `area` where it is about one."""

    id: UUID
    stamp: Stamp
    kind: PeriodKind
    first: date
    last: date | None
    area: Area | None = None
    note: str = ""
    supersedes: UUID | None = None


class FlagLevel(StrEnum):
    """How urgent a red flag is (clinical.md 3.7): emergency, same day, soon."""

    EMERGENCY = "E"
    URGENT = "U"
    SOON = "S"


@dataclass(frozen=True, slots=True)
class FlagAnswer:
    """What was answered to a question about worrying symptoms; `flag` is its id in clinical.md 3.7."""

    id: UUID
    stamp: Stamp
    flag: str
    level: FlagLevel
    yes: bool
    supersedes: UUID | None = None


@dataclass(frozen=True, slots=True)
class SelfTest:
    """One self-test on one side, `side` None where it has none; `tenths` of the test's unit (clinical.md 4)."""

    id: UUID
    stamp: Stamp
    test: str
    tenths: int
    side: Side | None = None
    note: str = ""
    supersedes: UUID | None = None
