"""From every released schema to today's: nothing is lost on the way, and a way that fails was never begun.

The machinery is tried with a revision that exists only here, one after the newest.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.domain.exercise import Side
from coach.domain.pain import PainMoment
from coach.domain.progress.period import PeriodKind
from coach.domain.progress.span import Bin, Span
from coach.domain.records import SetStatus
from coach.domain.reminders.ledger import Missed
from coach.domain.reminders.parts import Manner, ReminderKind, slot_name
from coach.errors import StorageError
from coach.services.reminding import MorningCheck, Stiffness, WeeklyCheck
from coach.storage.backups import BACKUPS
from coach.storage.diary import open_diary
from coach.storage.revisions import REVISIONS
from coach.storage.sqlite import file
from tests import records as r
from tests.fakes import FakeClock
from tests.storage.conftest import FILE, NEXT, add_revision, contents, schema

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a closed diary in which a rating and a set refer to other rows."""
    start = r.start()
    first = r.done(start, 1, status=SetStatus.PARTIAL)
    with closing(open_diary(tmp_path)) as diary:
        diary.add_session(start)
        diary.add_set(first)
        diary.add_set(r.done(start, 2, supersedes=first.id))
        diary.add_pain((r.pain(2, session_id=start.id, set_id=first.id),))
    return tmp_path


def revision_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_diary_of_every_released_schema_is_kept_here(tmp_path: Path, revision: str) -> None:
    # Looked at as a copy: SQLite puts its log beside whatever it opens.
    shutil.copy(DATA / f"diary-{revision}.sqlite3", tmp_path / FILE)
    assert revision_of(tmp_path / FILE) == revision


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_diary_of_every_released_schema_opens_and_has_todays_schema(tmp_path: Path, revision: str) -> None:
    shutil.copy(DATA / f"diary-{revision}.sqlite3", tmp_path / FILE)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    open_diary(fresh).close()
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        assert len(diary.sessions()) >= 4
    assert schema(tmp_path / FILE) == schema(fresh / FILE)


def test_the_diary_of_0001_tells_what_it_told_then(tmp_path: Path) -> None:
    shutil.copy(DATA / "diary-0001.sqlite3", tmp_path / FILE)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        cut_off, *ended = diary.sessions()
        open_ = diary.open_session()
        assert diary.levels() == {"single_leg_balance": 2, "calf_raise": 1}
        last = diary.last_pain()
    assert open_ == cut_off
    assert [len(summary.sets) for summary in ended] == [4, 20, 20]
    (again,) = cut_off.sets
    assert (again.status, again.real_reps, again.planned_reps) == (SetStatus.DONE, 10, 10)
    assert again.supersedes is not None
    assert cut_off.pain[0].set_id == again.id
    assert cut_off.pain[0].sign == "sharp"
    assert cut_off.start.plan[1]["bouts"][0]["level"] == 1
    newest = ended[0].end
    assert newest is not None
    assert (newest.effort, newest.note) == (6, "Answered later — fine 🙂")
    assert len(last) == 3
    assert {rating.moment.value for summary in ended for rating in summary.pain} >= {"pre", "post"}


def test_the_diary_of_0002_tells_what_it_told_then(tmp_path: Path) -> None:
    shutil.copy(DATA / "diary-0002.sqlite3", tmp_path / FILE)
    day = date(2026, 11, 15)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        book = diary.reminders
        six, sitting = book.rules()
        entries = book.entries(day)
        later, earlier, weekly = book.checks(day)
        assert book.clock_steps()[0].after - book.clock_steps()[0].before == timedelta(days=30)
        assert len(diary.sessions()) == 4
    assert (six.kind, [slot_name(slot) for slot in six.slots()], six.text) == (
        ReminderKind.ROUTINE,
        ["07:30", "18:30"],
        "Füße hoch 🦶",
    )
    assert (six.manner, six.rest_days) == (Manner(quiet=None), frozenset({date(2026, 11, 18)}))
    assert sitting.kind is ReminderKind.SITTING
    assert [entry.answer.value for entry in entries] == ["shown", "snoozed", "shown", "started", "missed"]
    assert entries[-1].missed is Missed.ASLEEP
    assert isinstance(weekly, WeeklyCheck)
    assert weekly.hardest == "Treppen — am Morgen"
    assert isinstance(later, MorningCheck)
    assert later.stiffness is None
    assert isinstance(earlier, MorningCheck)
    assert earlier.stiffness is Stiffness.TO_15


def test_the_diary_of_0003_tells_what_it_told_then(tmp_path: Path) -> None:
    shutil.copy(DATA / "diary-0003.sqlite3", tmp_path / FILE)
    ever = Span(date(2026, 1, 1), date(2026, 12, 31))
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        book = diary.progress
        flare, rest = book.periods(ever)
        wrong, soon = book.flags(ever)
        wall, reach = book.tests(ever)
        assert len(diary.sessions()) == 4
        assert [point.sessions for point in book.sessions(ever, Bin.MONTH)] == [4]
    assert (flare.kind, flare.area, flare.note) == (PeriodKind.FLARE, r.HEEL, "Nach dem Umzug — treppauf 🦶")
    assert (flare.first, flare.last) == (date(2026, 11, 16), date(2026, 11, 20))
    assert flare.supersedes is not None
    assert (rest.kind, rest.area, rest.last) == (PeriodKind.REST, None, date(2026, 12, 26))
    assert [(answer.flag, answer.level.value, answer.yes) for answer in (wrong, soon)] == [
        ("E1", "E", False),
        ("S2", "S", True),
    ]
    assert (wall.test, wall.side, wall.tenths, wall.note) == ("knee_to_wall", Side.LEFT, 95, "mit Socken")
    assert (reach.test, reach.side, reach.tenths) == ("sit_and_reach", None, -35)


def test_from_0001_on_every_row_is_kept_and_weekly_ratings_are_taken(tmp_path: Path) -> None:
    shutil.copy(DATA / "diary-0001.sqlite3", tmp_path / FILE)
    before = contents(tmp_path / FILE)
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        assert diary.reminders.rules() == ()
        diary.add_pain((r.pain(moment=PainMoment.WEEKLY_WORST),))
    after = contents(tmp_path / FILE)
    assert len(after["pain_ratings"]) == len(before["pain_ratings"]) + 1
    assert {name: set(after[name]) >= set(rows) for name, rows in before.items() if name != "alembic_version"} == {
        name: True for name in before if name != "alembic_version"
    }
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_migration_keeps_every_row_reference_and_strictness(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(old / FILE)
    add_revision(old, monkeypatch)
    with closing(open_diary(old, FakeClock())) as diary:
        assert len(diary.sessions()[0].sets) == 1
        with pytest.raises(StorageError, match="FOREIGN KEY"):
            diary.add_set(r.done(r.start()))
    after = contents(old / FILE)
    assert [row[:-1] for row in after["sets"]] == before["sets"]
    assert after["pain_ratings"] == before["pain_ratings"]
    assert after["alembic_version"] == [(NEXT,)]
    with closing(sqlite3.connect(old / FILE)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert dict(connection.execute("SELECT name, strict FROM pragma_table_list"))["sets"] == 1


def test_before_a_migration_the_file_is_copied_aside_and_the_copy_is_whole(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, shape = contents(old / FILE), schema(old / FILE)
    add_revision(old, monkeypatch)
    open_diary(old, FakeClock()).close()
    (copy,) = (old / BACKUPS).iterdir()
    assert copy.name == "diary-2026-11-15T083000Z-migration.sqlite3"
    assert contents(copy) == before
    assert schema(copy) == shape
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_the_copy_holds_what_was_still_in_the_log(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = open_diary(old)
    writer.add_session(r.start(60))
    crashed = old / "crashed"
    crashed.mkdir()
    for name in (FILE, f"{FILE}-wal"):
        shutil.copy(old / name, crashed / name)
    writer.close()
    add_revision(old, monkeypatch)
    with closing(open_diary(crashed, FakeClock())) as diary:
        assert len(diary.sessions()) == 2
    (copy,) = (crashed / BACKUPS).iterdir()
    assert len(contents(copy)["sessions"]) == 2


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("raise RuntimeError('half way')", RuntimeError),
        ("op.execute('CREATE TABLE extra (id TEXT)')", StorageError),
        ('op.execute("DELETE FROM sessions")', StorageError),  # leaves sets that refer to nothing
    ],
)
def test_a_migration_that_fails_was_never_begun(
    old: Path, monkeypatch: pytest.MonkeyPatch, more: str, fault: type[Exception]
) -> None:
    before, shape = contents(old / FILE), schema(old / FILE)
    with monkeypatch.context() as patch:
        add_revision(old, patch, more)
        with pytest.raises(fault):
            open_diary(old, FakeClock())
    assert contents(old / FILE) == before
    assert schema(old / FILE) == shape
    with closing(open_diary(old)) as diary:  # the old program goes on with it
        assert len(diary.sessions()) == 1


def test_fault_19_a_disk_too_full_for_the_copy_keeps_the_migration_from_starting(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = schema(old / FILE)
    add_revision(old, monkeypatch)

    def full(path: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(file, "scratch_beside", full)
    with pytest.raises(StorageError, match="the disk is full"):
        open_diary(old, FakeClock())
    assert schema(old / FILE) == shape


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be copied")
@pytest.mark.parametrize("when", ["first", "last"])
def test_fault_18_a_migration_that_is_killed_was_never_begun(
    old: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    before, shape = contents(old / FILE), schema(old / FILE)
    add_revision(old, monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", first=when == "first")
    child = os.fork()
    if child == 0:
        try:
            open_diary(old, FakeClock())
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    monkeypatch.undo()
    with closing(open_diary(old)) as diary:  # the old program goes on with it
        assert len(diary.sessions()[0].sets) == 1
    assert contents(old / FILE) == before
    assert schema(old / FILE) == shape
    add_revision(old / "again", monkeypatch)
    open_diary(old, FakeClock()).close()
    assert not [name for _, name in schema(old / FILE) if name.startswith("_alembic_tmp")]
    assert contents(old / FILE)["alembic_version"] == [(NEXT,)]
