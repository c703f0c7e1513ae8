"""What the use cases need from the outside; each adapter and its fake pass the same contract tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from pathlib import Path
    from uuid import UUID

    from coach.clock import Clock
    from coach.domain.exercise import Exercise
    from coach.domain.pain import Area
    from coach.domain.preferences import Preferences
    from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SessionSummary, SetRecord, Stamp
    from coach.domain.reminders.delivery import Surroundings
    from coach.domain.reminders.ledger import ClockStep
    from coach.domain.reminders.ledger import Entry as LedgerEntry
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.errors import Problem
    from coach.services.keeping import (
        Backup,
        BackupReason,
        BackupState,
        Contents,
        Erased,
        Exported,
        ExportFormat,
        Imported,
        ImportPreview,
        Restored,
        Scope,
        SealChange,
        SealState,
    )
    from coach.services.progress_book import ProgressBook
    from coach.services.reminding import AutostartState, MorningCheck, Notice, WeeklyCheck
    from coach.services.unsaved import Entry


class Catalogue(Protocol):
    """All readable exercise and routine files, and the problems of those that are not."""

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """By id, in the order of the library."""
        ...

    @property
    def routines(self) -> Mapping[str, Routine]:
        """By id."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files that were skipped, and why."""
        ...


class Glance(Protocol):
    """What a diary says at first sight, long before it is open."""

    @property
    def levels(self) -> Mapping[str, int]:
        """Newest chosen level by exercise id."""
        ...

    @property
    def last_day(self) -> date | None:
        """Local date of the newest session."""
        ...


class Entries(Protocol):
    """Takes entries, one by one."""

    def together(self) -> AbstractContextManager[None]:
        """Everything added inside is kept at its end: all of it, or none."""
        ...

    def add_session(self, start: SessionStart) -> None:
        """A session began."""
        ...

    def save_plan(self, session_id: UUID, at: datetime, plan: list[dict[str, Any]]) -> None:
        """The plan of a running session changed; the newest one counts."""
        ...

    def add_set(self, record: SetRecord) -> None:
        """One set, durable when this returns."""
        ...

    def add_pain(self, ratings: tuple[PainRating, ...]) -> None:
        """Ratings, all or none."""
        ...

    def add_end(self, end: SessionEnd) -> None:
        """A session ended; a second end of the same session supersedes the first."""
        ...

    def add_level(self, change: LevelChange) -> None:
        """The person chose a level."""
        ...


class Diary(Entries, Protocol):
    """The history. Every `add` has committed when it returns; all raise `StorageError` in the person's words.

    One thread at a time uses a diary.
    """

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Many entries, of which each refers only to earlier ones; all of them, or none."""
        ...

    def levels(self) -> dict[str, int]:
        """Newest chosen level by exercise id."""
        ...

    def open_session(self) -> SessionSummary | None:
        """The newest session without an end, with its newest plan, or None."""
        ...

    def sessions(
        self, since: date | None = None, limit: int | None = None, until: date | None = None
    ) -> tuple[SessionSummary, ...]:
        """Sessions by local date, newest first, from `since` to `until`, at most `limit`."""
        ...

    def last_pain(self, before: date | None = None) -> dict[Area, PainRating]:
        """The newest current "before" or "after" rating of each area, of days earlier than `before` if given."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...


class Backups(Protocol):
    """Copies of an open diary. Every method raises `StorageError` in the person's words.

    Used by the thread that uses the diary.
    """

    def contents(self) -> Contents:
        """How much there is."""
        ...

    def back_up(self, reason: BackupReason) -> Backup:
        """Make a copy, check it, and only then let go of copies that the rotation no longer keeps."""
        ...

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first; looks at file names only."""
        ...

    def backup_state(self) -> BackupState:
        """Whether everything is in a backup."""
        ...

    def save_elsewhere(self, folder: Path) -> Path:
        """Put a copy of everything in another folder, to be opened there as a diary; says where it is.

        Works as well when the diary's own file has gone (`GoneError`).
        """
        ...


class Archive(Backups, Protocol):
    """The history of an open diary as a whole. Every method raises `StorageError` in the person's words.

    Nothing here runs while a session is guided, except `back_up`.
    """

    def export(self, target: Path, form: ExportFormat) -> Exported:
        """Write everything to a file (JSON), replaced in one step, or to a folder that is new or empty (CSV)."""
        ...

    def preview(self, source: Path) -> ImportPreview:
        """Read an export (a JSON file, a CSV folder or one CSV file of it) and say what would become of it."""
        ...

    def take_in(self, preview: ImportPreview) -> Imported:
        """Back up, then add what the preview calls new, all or nothing. Doing it again adds nothing."""
        ...

    def weigh(self, scope: Scope) -> Contents:
        """How much `erase` would erase."""
        ...

    def erase(self, scope: Scope, *, backups_too: bool) -> Erased:
        """Back up, erase, and give the room back to the disk (VACUUM), so that nothing is left in free pages."""
        ...


class FhirExport(Protocol):
    """An export for other systems, of what counts now: sessions, sets, ratings, checks and self-tests.

    Both methods raise `StorageError` and are used by the thread that uses the diary.
    """

    def weigh(self, diary: OpenDiary) -> Contents:
        """How much an export would hold."""
        ...

    def export(self, diary: OpenDiary, target: Path, name: str = "") -> Exported:
        """Write a FHIR R4 bundle to a file, replaced in one step; `name` is the person's, if it is to be in it."""
        ...


class OpenDiary(Diary, Protocol):
    """A diary on a disk or a server: entry by entry, and as a whole."""

    @property
    def read_only_reason(self) -> str:
        """One sentence on why nothing can be written (the disk is read-only), or empty where all is well."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what opening has found and done, to be told once."""
        ...

    @property
    def archive(self) -> Archive:
        """The history as a whole."""
        ...

    @property
    def reminders(self) -> ReminderBook:
        """Reminders and what became of each."""
        ...

    @property
    def progress(self) -> ProgressBook:
        """The history in numbers."""
        ...


class Rescue(Protocol):
    """What can be done with a diary that is closed or cannot be opened. Raises `StorageError`."""

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first; looks at file names only."""
        ...

    def look_into(self, backup: Path) -> Contents:
        """Check a backup from end to end and say what it holds."""
        ...

    def restore(self, backup: Path) -> Restored:
        """Put a backup in the diary's place.

        The diary as it was is backed up if it is whole; else it is put aside unchanged, and the entries that can still
        be read from it and are not in the backup are added.
        """
        ...

    def start_anew(self) -> Path | None:
        """Put what stands in the diary's place aside, so that opening makes a new one; says where it went."""
        ...

    def save_damaged(self, target: Path) -> None:
        """A copy of the damaged file for somebody who may repair it."""
        ...


class KeyStore(Protocol):
    """The computer's keyring. Every method may take long, so never on the screen's thread."""

    def trouble(self) -> str:
        """Why there is no keyring to use, as a sentence; empty where there is one."""
        ...

    def get(self, name: str) -> str | None:
        """The secret of this name, or None; KnownError when the keyring does not tell."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep a secret; KnownError when it is not kept."""
        ...

    def forget(self, name: str) -> None:
        """Forget a secret, if it is there; KnownError when the keyring does not answer."""
        ...


class Vault(Protocol):
    """Encryption of the diary with a passphrase. Every method may take seconds; all raise `KnownError`.

    `seal`, `unseal` and `change` need a diary that is closed, and leave the old one or the new one, whole.
    """

    def state(self) -> SealState:
        """How things stand."""
        ...

    def fits(self, passphrase: str) -> bool:
        """Whether this is the passphrase of the diary, which may be open."""
        ...

    def unlock(self, passphrase: str, *, remember: bool) -> str | None:
        """Open the way to a closed diary for this run of the program; None when the passphrase is not the right one.

        `remember` hands the key to the keyring; what went wrong with that is the answer, else it is empty.
        """
        ...

    def seal(self, passphrase: str, *, remember: bool, backups_too: bool) -> SealChange:
        """Back up, then encrypt the diary, and the backups as well if asked."""
        ...

    def unseal(self, passphrase: str, *, backups_too: bool) -> SealChange:
        """Back up, then decrypt the diary, and the backups as well if asked; refused with a wrong passphrase."""
        ...

    def change(self, old: str, new: str, *, remember: bool, backups_too: bool) -> SealChange:
        """Back up, then encrypt the diary with another passphrase; refused when `old` is wrong."""
        ...

    def remember(self, *, on: bool) -> None:
        """Hand the key of the open diary to the keyring, or take it out of there."""
        ...


class PreferenceStore(Protocol):
    """The settings file."""

    def load(self) -> tuple[Preferences, tuple[str, ...]]:
        """Settings, and one sentence for each value that could not be used (its default stands)."""
        ...

    def save(self, preferences: Preferences) -> None:
        """Replace the file in one step; raises KnownError when it cannot be written."""
        ...


class Adapters(Protocol):
    """All the outside a window needs, opened only when asked for; `coach.bootstrap.Core` is the real one."""

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def zone(self) -> Callable[[], str]:
        """The IANA name of the zone the person is in now."""
        ...

    @property
    def folder(self) -> Path:
        """The folder that holds everything of one person."""
        ...

    @property
    def server(self) -> str:
        """Where the diary is if not in the folder, as shown to people; empty for the folder."""
        ...

    @property
    def preferences(self) -> PreferenceStore:
        """The settings file."""
        ...

    def load_catalogue(self) -> Catalogue:
        """Read the exercise and routine files."""
        ...

    def glance(self) -> Glance | None:
        """What the diary says at first sight; None where only opening it can tell. From any thread; never raises."""
        ...

    def open_diary(self) -> OpenDiary:
        """Open the diary, on the thread that will use it; raises StorageError, or DamagedDiaryError for `rescue`."""
        ...

    def rescue(self) -> Rescue:
        """What can be done while no diary is open; on the thread that opens it. Never raises."""
        ...

    def put_by(self, entries: Sequence[Entry], folder: Path | None = None) -> Path:
        """Keep entries that the diary could not take in a file, for its next opening; says where.

        In the person's folder, or in another one that is to become it. Raises KnownError.
        """
        ...

    @property
    def vault(self) -> Vault:
        """Encryption of the diary; on the thread that opens it."""
        ...

    def new_ids(self) -> Callable[[], UUID]:
        """Where ids of new records come from."""
        ...

    @property
    def fhir(self) -> FhirExport:
        """The history for other systems."""
        ...


class ReminderBook(Protocol):
    """Reminders and what became of each; rows like all others: only ever added. Raises `StorageError`.

    Part of an open diary, used by the thread that uses the diary.
    """

    def rules(self) -> tuple[Reminder, ...]:
        """All reminders that were not removed, as they are now, oldest first."""
        ...

    def keep_rule(self, rule: Reminder, stamp: Stamp) -> None:
        """A new reminder, or the same one (by id) as it is from now on."""
        ...

    def remove_rule(self, reminder: UUID, stamp: Stamp) -> None:
        """It rings no more; its ledger stays."""
        ...

    def entries(self, since: date) -> tuple[LedgerEntry, ...]:
        """The ledger from a local date on, by date, what is about one occurrence in writing order."""
        ...

    def add_entries(self, entries: Sequence[LedgerEntry], zone: str) -> None:
        """What became of occurrences, for a person in this zone (IANA name); all or none."""
        ...

    def clock_steps(self) -> tuple[ClockStep, ...]:
        """Settings of the wall clock, in the order in which they happened."""
        ...

    def add_clock_step(self, step: ClockStep, stamp: Stamp) -> None:
        """The wall clock was set."""
        ...

    def checks(self, since: date) -> tuple[WeeklyCheck | MorningCheck, ...]:
        """Answers to the weekly and the next-morning question from a local date on, newest first."""
        ...

    def add_check(self, check: WeeklyCheck | MorningCheck, ratings: tuple[PainRating, ...]) -> None:
        """One answer with its ratings, all or none."""
        ...


class Notifier(Protocol):
    """Shows notifications with buttons outside the window. From the window's thread; never blocks, never raises.

    What the person does comes back by the callbacks given to `start`, from any thread: hand it on by a queued signal.
    """

    def start(self, pressed: Callable[[str, str], None], failed: Callable[[str], None]) -> None:
        """`pressed(tag, action)`: a button, `open` for the notification itself, `gone` when it was closed unanswered.

        `failed(why)`: notifications cannot be shown here; one sentence.
        """
        ...

    def show(self, notice: Notice) -> None:
        """Show it, or replace the one with the same tag."""
        ...

    def withdraw(self, tag: str) -> None:
        """Take it away again."""
        ...

    def stop(self) -> None:
        """Take all away and end."""
        ...


class Computer(Protocol):
    """What goes on at this computer. Each answer takes at most 2 s and is asked for off the window's thread."""

    def surroundings(self) -> Surroundings:
        """What may be in the way of a reminder; None for what cannot be known."""
        ...

    def idle_s(self) -> float | None:
        """Seconds since the last key or mouse movement, None where nobody tells."""
        ...


class Autostart(Protocol):
    """Whether the program starts, hidden, when the person logs in."""

    def state(self) -> AutostartState:
        """How it really is; looks every time."""
        ...

    def switch(self, *, on: bool) -> AutostartState:
        """Turn it on or off and look again; raises KnownError with a sentence."""
        ...


class Ring(Protocol):
    """Why to look at the reminders: `due`, `woke`, `clock`, `zone` or `new_day`.

    For `clock`, `before` and `after` are what the wall clock would show without its step, and shows.
    """

    @property
    def cause(self) -> str:
        """One of the words above."""
        ...

    @property
    def reminder(self) -> UUID | None:
        """Which of the planned instants has come, with `due`."""
        ...

    @property
    def before(self) -> datetime | None:
        """What the wall clock would show without its step."""
        ...

    @property
    def after(self) -> datetime | None:
        """What it shows."""
        ...


class AlarmClock(Protocol):
    """Rings when a reminder is due, and whenever the reminders have to be looked at again."""

    def start(self, since: datetime) -> None:
        """Begin to ring, with what has come due since then."""
        ...

    def replan(self) -> None:
        """A rule or the history changed; from any thread."""
        ...

    def stop(self) -> None:
        """After this nothing rings any more."""
        ...


class Desktop(Protocol):
    """What reminders need of the computer; each is made when it is asked for, by the window's thread."""

    def alarm(
        self, plan: Callable[[datetime, str], Mapping[UUID, datetime]], listen: Callable[[Ring], None]
    ) -> AlarmClock:
        """An alarm clock. Both are called on its thread: `plan` reads what never changes, `listen` hands on."""
        ...

    def notifier(self) -> Notifier:
        """Notifications outside the window."""
        ...

    def computer(self) -> Computer:
        """What goes on at this computer."""
        ...

    def autostart(self) -> Autostart:
        """Whether the program starts when the person logs in."""
        ...

    def rest(self) -> None:
        """Nothing is shown for now: what is only needed to show it is given back to the computer."""
        ...

    def stop(self) -> None:
        """The program ends: nothing is asked any more."""
        ...
