"""Stand-ins for the outside world: time that moves only when a test says so, and a diary without a file.

What has a contract test in `tests/contracts` passes the same tests as the real thing.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.domain.pain import PainMoment
from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SessionSummary, SetRecord
from coach.errors import StorageError
from coach.services import unsaved
from coach.services.keeping import (
    Backup,
    BackupReason,
    BackupState,
    Contents,
    Erased,
    Exported,
    Imported,
    ImportPreview,
    Restored,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from coach.clock import Clock
    from coach.domain.exercise import Side
    from coach.domain.pain import Area
    from coach.domain.records import Stamp
    from coach.domain.reminders.ledger import ClockStep
    from coach.domain.reminders.ledger import Entry as LedgerEntry
    from coach.domain.reminders.rule import Reminder
    from coach.services.keeping import ExportFormat, Scope
    from coach.services.ports import Archive, Diary, ReminderBook, Rescue
    from coach.services.reminding import MorningCheck, WeeklyCheck
    from coach.services.unsaved import Entry

START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
"""A Sunday morning, the day of the designed screens."""


class FakeClock:
    """A `coach.clock.Clock` whose wall and monotonic time move only when told."""

    def __init__(self, now: datetime = START, monotonic: float = 1000.0) -> None:
        self._now = now
        self._monotonic = monotonic

    def now(self) -> datetime:
        """Wall-clock time, aware, UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds that only ever grow, also through a sleep of the machine."""
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let time pass, whether the machine is awake or asleep."""
        if seconds < 0:
            raise ValueError("time does not run backwards; set_now() moves the wall clock")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_now(self, now: datetime) -> None:
        """Step the wall clock, as a person or a time server does; monotonic time does not notice."""
        self._now = now


class MemoryDiary:
    """A `coach.services.ports.Diary` that forgets. `fault`, when set, is raised by every method that writes."""

    def __init__(self) -> None:
        self.fault: StorageError | None = None
        self.closed = False
        self._starts: dict[UUID, SessionStart] = {}
        self._ends: dict[UUID, SessionEnd] = {}
        self._sets: dict[UUID, SetRecord] = {}
        self.pain: dict[UUID, PainRating] = {}
        self._levels: dict[UUID, LevelChange] = {}
        self.reminders = MemoryBook(self)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All of it, or none."""
        before = [dict(kept) for kept in self._kept]
        try:
            yield
        except BaseException:
            for kept, was in zip(self._kept, before, strict=True):
                kept.clear()
                kept.update(was)
            raise

    def add_all(self, entries: Iterable[Entry]) -> None:
        """Many entries."""
        with self.together():
            for entry in entries:
                unsaved.add(entry, self)

    def add_session(self, start: SessionStart) -> None:
        """A session began."""
        self.refuse(start.id in self._starts)
        self._starts[start.id] = start

    def save_plan(self, session_id: UUID, at: datetime, plan: list[dict[str, Any]]) -> None:
        """The plan of a running session changed."""
        self.refuse(session_id not in self._starts)
        self._starts[session_id] = replace(self._starts[session_id], plan=plan)

    def add_set(self, record: SetRecord) -> None:
        """One set."""
        self.refuse(record.id in self._sets or record.session_id not in self._starts)
        self.refuse(record.supersedes is not None and record.supersedes not in self._sets)
        self._sets[record.id] = record

    def add_pain(self, ratings: tuple[PainRating, ...]) -> None:
        """Ratings, all or none."""
        for rating in ratings:
            self.refuse(rating.id in self.pain)
            self.refuse(rating.session_id is not None and rating.session_id not in self._starts)
            self.refuse(rating.set_id is not None and rating.set_id not in self._sets)
        self.refuse(len({rating.id for rating in ratings}) < len(ratings))
        self.pain |= {rating.id: rating for rating in ratings}

    def add_end(self, end: SessionEnd) -> None:
        """A session ended."""
        self.refuse(end.session_id not in self._starts)
        self._ends[end.session_id] = end

    def add_level(self, change: LevelChange) -> None:
        """The person chose a level."""
        self.refuse(change.id in self._levels)
        self._levels[change.id] = change

    def levels(self) -> dict[str, int]:
        """Newest chosen level by exercise id."""
        return {change.exercise_id: change.level for change in self._levels.values()}

    def open_session(self) -> SessionSummary | None:
        """The newest session without an end."""
        open_ = [start for start in self._starts.values() if start.id not in self._ends]
        return self._summary(max(open_, key=lambda start: (start.stamp.at, str(start.id)))) if open_ else None

    def sessions(
        self, since: date | None = None, limit: int | None = None, until: date | None = None
    ) -> tuple[SessionSummary, ...]:
        """Sessions by local date, newest first."""
        days = {start.id: start.stamp.local_date for start in self._starts.values()}
        found = [s for s in self._starts.values() if (since or date.min) <= days[s.id] <= (until or date.max)]
        found.sort(key=lambda start: (start.stamp.local_date, start.stamp.at, str(start.id)), reverse=True)
        return tuple(self._summary(start) for start in found[:limit])

    def last_pain(self, before: date | None = None) -> dict[Area, PainRating]:
        """The newest current rating at rest of each area."""
        return {
            rating.area: rating
            for rating in self._current_pain()
            if rating.moment in {PainMoment.BEFORE, PainMoment.AFTER}
            and (before is None or rating.stamp.local_date < before)
        }

    def close(self) -> None:
        """Release nothing, and remember it."""
        self.closed = True

    @property
    def _kept(self) -> tuple[dict[Any, Any], ...]:
        own = self.reminders
        return (
            self._starts,
            self._ends,
            self._sets,
            self.pain,
            self._levels,
            own.kept,
            own.ledger,
            own.steps,
            own.asked,
        )

    def refuse(self, wrong: bool) -> None:
        """Raise what the test wants raised, or what a diary says to an entry that is wrong."""
        if self.fault is not None:
            raise self.fault
        if wrong:
            raise StorageError("The diary refused an entry that does not fit the others.")

    def _current_pain(self) -> list[PainRating]:
        superseded = {rating.supersedes for rating in self.pain.values()}
        found = [rating for rating in self.pain.values() if rating.id not in superseded]
        return sorted(found, key=lambda rating: (rating.stamp.at, str(rating.id)))

    def _summary(self, start: SessionStart) -> SessionSummary:
        superseded = {record.supersedes for record in self._sets.values()}
        mine = [r for r in self._sets.values() if r.session_id == start.id and r.id not in superseded]
        newest: dict[tuple[int, int, Side], SetRecord] = {}
        for record in sorted(mine, key=lambda record: (record.stamp.at, str(record.id))):
            newest.pop(record.key, None)
            newest[record.key] = record
        pain = tuple(rating for rating in self._current_pain() if rating.session_id == start.id)
        return SessionSummary(start, self._ends.get(start.id), tuple(newest.values()), pain)


def backup(made: datetime, name: str = "", reason: BackupReason = BackupReason.SESSION, size: int = 412_000) -> Backup:
    """A backup that was made then; its file need not exist."""
    return Backup(Path(name or f"/backups/diary-{made:%Y%m%dT%H%M%S}.sqlite3"), made, reason, size)


class MemoryBook:
    """A `coach.services.ports.ReminderBook` of a `MemoryDiary`: what is kept, by what tells it from the others."""

    def __init__(self, diary: MemoryDiary) -> None:
        self._diary = diary
        self.kept: dict[UUID, Reminder | None] = {}
        self.ledger: dict[int, LedgerEntry] = {}
        self.steps: dict[int, ClockStep] = {}
        self.asked: dict[UUID, WeeklyCheck | MorningCheck] = {}

    def rules(self) -> tuple[Reminder, ...]:
        """Reminders that were not removed, oldest first."""
        return tuple(rule for rule in self.kept.values() if rule is not None)

    def keep_rule(self, rule: Reminder, stamp: Stamp) -> None:
        """A new reminder, or another state of one."""
        self._diary.refuse(wrong=False)
        self.kept[rule.id] = rule

    def remove_rule(self, reminder: UUID, stamp: Stamp) -> None:
        """It rings no more."""
        self._diary.refuse(wrong=reminder not in self.kept)
        self.kept[reminder] = None

    def entries(self, since: date) -> tuple[LedgerEntry, ...]:
        """The ledger from a local date on."""
        found = [entry for entry in self.ledger.values() if entry.local_date >= since]
        return tuple(sorted(found, key=lambda entry: entry.local_date))

    def add_entries(self, entries: Sequence[LedgerEntry], zone: str) -> None:
        """What became of occurrences."""
        self._diary.refuse(wrong=False)
        for entry in entries:
            self.ledger[len(self.ledger)] = entry

    def clock_steps(self) -> tuple[ClockStep, ...]:
        """Settings of the wall clock."""
        return tuple(self.steps.values())

    def add_clock_step(self, step: ClockStep, stamp: Stamp) -> None:
        """The wall clock was set."""
        self._diary.refuse(wrong=False)
        self.steps[len(self.steps)] = step

    def checks(self, since: date) -> tuple[WeeklyCheck | MorningCheck, ...]:
        """Answers from a local date on, newest first."""
        found = [check for check in self.asked.values() if check.stamp.local_date >= since]
        return tuple(sorted(found, key=lambda c: (c.stamp.local_date, c.stamp.at, str(c.id)), reverse=True))

    def add_check(self, check: WeeklyCheck | MorningCheck, ratings: tuple[PainRating, ...]) -> None:
        """One answer with its ratings, all or none."""
        self._diary.refuse(wrong=check.id in self.asked)
        self._diary.add_pain(ratings)
        self.asked[check.id] = check


class FakeArchive:
    """A `coach.services.ports.Archive` that says what it is told to; `asked` remembers what was asked of it.

    `fault`, when set, is raised by everything but `contents`, `backups` and `backup_state`.
    """

    def __init__(self, clock: FakeClock, rows: Mapping[str, int] | None = None) -> None:
        self.fault: Exception | None = None
        self.asked: list[tuple[Any, ...]] = []
        self.whole = Contents(dict(rows or {}), START.date() - timedelta(days=80), START.date() - timedelta(days=1))
        self.weights: dict[Scope, Contents] = {}
        self.previews: dict[Path, ImportPreview] = {}
        self.kept: list[Backup] = []
        self.waiting_since: datetime | None = None
        self.problem = ""
        self._clock = clock

    def contents(self) -> Contents:
        """How much there is."""
        return self.whole

    def back_up(self, reason: BackupReason) -> Backup:
        """Make a copy."""
        self._ask("back_up", reason)
        made = backup(self._clock.now(), reason=reason)
        self.kept.insert(0, made)
        self.waiting_since = None
        return made

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first."""
        return tuple(self.kept)

    def backup_state(self) -> BackupState:
        """Whether everything is in a backup."""
        return BackupState(self.kept[0] if self.kept else None, self.waiting_since, self.problem)

    def save_elsewhere(self, folder: Path) -> Path:
        """A copy of everything in another folder."""
        self._ask("save_elsewhere", folder)
        return folder / "diary.sqlite3"

    def export(self, target: Path, form: ExportFormat) -> Exported:
        """Write nothing, and say that it is written."""
        self._ask("export", target, form)
        return Exported(target, self.whole)

    def preview(self, source: Path) -> ImportPreview:
        """What was put into `previews`."""
        self._ask("preview", source)
        if source not in self.previews:
            raise StorageError(f"{source.name} is not an export of Foot Coach. Nothing was read.")
        return self.previews[source]

    def take_in(self, preview: ImportPreview) -> Imported:
        """Back up, then add."""
        self._ask("take_in", preview)
        return Imported(preview.new, self.back_up(BackupReason.IMPORT))

    def weigh(self, scope: Scope) -> Contents:
        """What was put into `weights`, else all."""
        self._ask("weigh", scope)
        return self.weights.get(scope, self.whole)

    def erase(self, scope: Scope, *, backups_too: bool) -> Erased:
        """Back up, or remove the backups, then erase."""
        self._ask("erase", scope, backups_too)
        gone = self.weights.get(scope, self.whole)
        if backups_too:
            removed, self.kept = len(self.kept), []
            return Erased(gone, None, removed)
        return Erased(gone, self.back_up(BackupReason.ERASE), 0)

    def _ask(self, *what: object) -> None:
        self.asked.append(what)
        if self.fault is not None:
            raise self.fault


class FakeRescue:
    """A `coach.services.ports.Rescue`: `inside` are backups with what they hold, or why they are of no use.

    Where `place` is given, restoring really copies the backup's file there and puts aside what stands in its place.
    """

    def __init__(
        self, inside: Mapping[Backup, Contents | StorageError] | None = None, place: Path | None = None
    ) -> None:
        self.inside = dict(inside or {})
        self.place = place
        self.fault: Exception | None = None
        self.rescued: dict[str, int] = {}
        self.asked: list[tuple[Any, ...]] = []

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first."""
        return tuple(sorted(self.inside, key=lambda found: found.made, reverse=True))

    def look_into(self, backup: Path) -> Contents:
        """What a backup holds."""
        self.asked.append(("look_into", backup))
        found = next((held for known, held in self.inside.items() if known.path == backup), None)
        if found is None:
            raise StorageError(f"{backup.name} is no copy of a diary.")
        if isinstance(found, StorageError):
            raise found
        return found

    def restore(self, backup: Path) -> Restored:
        """Put a backup in the diary's place."""
        self._ask("restore", backup)
        contents, aside = self.look_into(backup), self._put_aside()
        if self.place is not None:
            shutil.copy(backup, self.place)
        return Restored(contents, backup, aside, self.rescued)

    def start_anew(self) -> Path | None:
        """Put what stands in the diary's place aside."""
        self._ask("start_anew")
        return self._put_aside()

    def save_damaged(self, target: Path) -> None:
        """Say that it was saved."""
        self._ask("save_damaged", target)

    def _put_aside(self) -> Path | None:
        if self.place is None:
            return Path("/person/diary-damaged.sqlite3")
        for leftover in self.place.parent.glob(f"{self.place.name}-*"):
            leftover.unlink()
        if not self.place.exists():
            return None
        return self.place.rename(self.place.with_name("diary-damaged.sqlite3"))

    def _ask(self, *what: object) -> None:
        self.asked.append(what)
        if self.fault is not None:
            raise self.fault


class FakeChooser:
    """A `coach.ui.choosing.Chooser` that answers with `path` at once, or not at all while that is None."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.proposed = ""

    def open_file(self, parent: object, title: str, kind: object, then: Callable[[Path], None]) -> None:
        """A file."""
        self._answer(then)

    def open_folder(self, parent: object, title: str, then: Callable[[Path], None]) -> None:
        """A folder."""
        self._answer(then)

    def save_file(self, parent: object, title: str, name: str, kind: object, then: Callable[[Path], None]) -> None:
        """A file to be written."""
        self.proposed = name
        self._answer(then)

    def _answer(self, then: Callable[[Path], None]) -> None:
        if self.path is not None:
            then(self.path)


if TYPE_CHECKING:
    _fits: Clock = FakeClock()
    _diary_fits: Diary = MemoryDiary()
    _book_fits: ReminderBook = MemoryDiary().reminders
    _archive_fits: Archive = FakeArchive(FakeClock())
    _rescue_fits: Rescue = FakeRescue()
