"""The history as a whole: backups, damage, moving it to and from other computers, erasing. Plain values, no work."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path


class BackupReason(StrEnum):
    """Why a backup was made; part of its file name."""

    SESSION = "session"
    START = "start"
    MIGRATION = "migration"
    IMPORT = "import"
    RESTORE = "restore"
    ERASE = "erase"
    ENCRYPTION = "encryption"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Backup:
    """One checked copy of the history. `made` is an aware UTC instant to the second, `size` is in bytes."""

    path: Path
    made: datetime
    reason: BackupReason
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a history holds: rows by table name, and the local dates of its first and last session."""

    rows: Mapping[str, int]
    first_day: date | None = None
    last_day: date | None = None

    @property
    def sessions(self) -> int:
        """Sessions begun."""
        return self.rows.get("sessions", 0)

    @property
    def ratings(self) -> int:
        """Pain ratings given."""
        return self.rows.get("pain_ratings", 0)


@dataclass(frozen=True, slots=True)
class BackupState:
    """What the pages say about backups. `waiting_since` is the oldest entry that no backup holds, None without one.

    `problem` is the sentence of the last attempt of this run that failed, or empty.
    """

    newest: Backup | None
    waiting_since: datetime | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A history is back. `rescued` counts rows by table that came out of the damaged file and not out of the backup."""

    contents: Contents
    backup: Path
    put_aside: Path | None = None
    rescued: Mapping[str, int] = field(default_factory=dict)


class ExportFormat(StrEnum):
    """In what form the history leaves."""

    JSON = "json"
    CSV = "csv"
    FHIR = "fhir"  # written by `coach.services.ports.FhirExport`: a part of the history, for other systems


@dataclass(frozen=True, slots=True)
class Exported:
    """An export is complete and on disk: one file (JSON) or a folder of files (CSV)."""

    path: Path
    contents: Contents


@dataclass(frozen=True, slots=True)
class Left:
    """Why some rows of an import are left out: `where` is file and line or table and entry of the first few."""

    table: str
    reason: str
    count: int
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do, before anything is written.

    `new`, `known` and `left` together are every row of `source`. `known` rows are here already, to the letter.
    `remarks` are plain sentences on what is not read although no row is left out. `fingerprint` stands for what was in
    the source, so that nothing else than what was shown is taken in.
    """

    source: Path
    new: Contents
    known: Mapping[str, int]
    left: tuple[Left, ...]
    remarks: tuple[str, ...] = ()
    fingerprint: str = ""

    @property
    def left_out(self) -> int:
        """Rows that are not taken."""
        return sum(item.count for item in self.left)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import added, and the backup of how it was before."""

    added: Contents
    backup: Backup | None


@dataclass(frozen=True, slots=True)
class OneExercise:
    """Everything about one exercise."""

    exercise_id: str


@dataclass(frozen=True, slots=True)
class Days:
    """Everything of these local dates, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Everything:
    """The whole history."""


Scope: TypeAlias = OneExercise | Days | Everything


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. `backup` is the copy made before, None where the backups were to go too.

    `backups_removed` counts older backups that were removed; `remains` are plain sentences on what is still where.
    """

    contents: Contents
    backup: Backup | None
    backups_removed: int
    remains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealState:
    """Whether the diary is encrypted, and what could be done about it.

    `unavailable` is why encryption cannot be used here, and `no_keyring` why the computer cannot remember the key, each
    a sentence or empty. `open_backups` counts backups that anybody can read, `sealed_backups` the encrypted ones.
    """

    sealed: bool
    remembered: bool = False
    unavailable: str = ""
    no_keyring: str = ""
    open_backups: int = 0
    sealed_backups: int = 0


@dataclass(frozen=True, slots=True)
class SealChange:
    """Encryption was turned on or off, or its passphrase changed. `backup` is how the diary was before.

    `backups_changed` counts older backups that were rewritten likewise; `remains` are plain sentences on what is still
    where, and on what did not work beside it.
    """

    backup: Backup
    backups_changed: int
    remains: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What a finding means to the person, best first."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a topic of one or two words, and what was found in plain sentences."""

    topic: str
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """How the diary and its backups are, in the order in which it is told."""

    findings: tuple[Finding, ...]

    @property
    def worst(self) -> Verdict:
        """The verdict of all together."""
        order = list(Verdict)
        return max((finding.verdict for finding in self.findings), key=order.index, default=Verdict.OK)
