"""What the recovery page shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from coach.errors import Damage
    from coach.services.keeping import Backup, Contents, Restored


@dataclass(frozen=True, slots=True)
class Offer:
    """The newest backup that opens, and what is in it."""

    backup: Backup
    contents: Contents


@dataclass(frozen=True, slots=True)
class DamagedState:
    """A diary that cannot be opened, and what is offered. `now` is local; `sentence` is the whole trouble in words.

    `offer` is None while the backups are looked through (`looking`), and where none of the `backups` opens.
    `busy` says what is going on, `trouble` why the last thing failed, `saved` what was done.
    """

    now: datetime
    damage: Damage
    sentence: str
    offer: Offer | None = None
    backups: int = 0
    looking: bool = False
    busy: str = ""
    trouble: str = ""
    saved: str = ""


@dataclass(frozen=True, slots=True)
class BackState:
    """The history is back. `made` is when the copy was made, None for one that lay elsewhere."""

    now: datetime
    restored: Restored
    made: datetime | None
