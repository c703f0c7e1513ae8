"""What the data section of the settings shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from coach.services.keeping import BackupState, Contents


class Part(StrEnum):
    """The rows in which something can be done."""

    BACKUP = "backup"
    EXPORT = "export"
    IMPORT = "import"
    ERASE = "erase"
    LOCK = "lock"


class Mood(StrEnum):
    """What is said: that something is going on, that it is done, that it could not be done."""

    BUSY = "busy"
    DONE = "done"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, shown in the row where it was asked for."""

    part: Part
    mood: Mood
    text: str


@dataclass(frozen=True, slots=True)
class DataState:
    """`now` is local. `contents` and `backups` are None until the diary has been read.

    `closed` says that the diary could not be opened; `read_only` is why nothing can be written, or empty.
    """

    now: datetime
    contents: Contents | None = None
    backups: BackupState | None = None
    closed: bool = False
    read_only: str = ""
    said: Said | None = None

    @property
    def busy(self) -> bool:
        """Whether something is going on, so that nothing else can be asked for."""
        return self.said is not None and self.said.mood is Mood.BUSY
