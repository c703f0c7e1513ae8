"""The history as a whole, wherever it is kept: back it up, erase it, bring it back, carry it to another place."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from coach.errors import StorageError
from coach.services.keeping import BackupReason, Everything, ExportFormat, OneExercise
from coach.storage.diary import open_diary
from coach.storage.server.rescue import ServerRescue
from coach.storage.sqlite.rescue import SqliteRescue
from tests import records as r
from tests.fakes import FakeClock
from tests.locks import KEYS, open_sealed

if TYPE_CHECKING:
    from pathlib import Path

    from coach.domain.records import SessionSummary
    from coach.services.ports import Rescue
    from coach.services.servers import Address
    from coach.storage.diary import SqlDiary


@dataclass
class Home:
    """Where one person's history is; `folder` is theirs on this computer."""

    kind: str
    folder: Path
    address: Address | None
    clock: FakeClock

    def open(self) -> SqlDiary:
        if self.kind == "sealed":
            return open_sealed(self.folder)
        return open_diary(self.address or self.folder, self.clock, folder=self.folder)

    @property
    def rescue(self) -> Rescue:
        if self.address is not None:
            return ServerRescue(self.address, self.folder, self.clock)
        return SqliteRescue(self.folder, self.clock, keys=KEYS if self.kind == "sealed" else None)

    def sessions(self) -> tuple[SessionSummary, ...]:
        with closing(self.open()) as diary:
            return diary.sessions()


def make_home(kind: str, request: pytest.FixtureRequest, folder: Path) -> Home:
    folder.mkdir()
    address = request.getfixturevalue("running_server").new_person() if kind == "postgresql" else None
    return Home(kind, folder, address, FakeClock())


@pytest.fixture(params=["sqlite", "sealed", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """Someone with one session of two exercises, rated and answered."""
    made = make_home(request.param, request, tmp_path / "person")
    with closing(made.open()) as diary:
        start = r.start()
        diary.add_session(start)
        diary.add_set(r.done(start, 1))
        diary.add_set(r.done(start, 2, exercise_index=1, exercise_id="calf_stretch"))
        diary.add_pain((r.pain(3, session_id=start.id),))
        diary.add_end(r.end(start, note="= a note, “quoted”, ü, 🦶"))
    return made


def test_a_backup_brings_everything_back(home: Home) -> None:
    before = home.sessions()
    with closing(home.open()) as diary:
        backup = diary.archive.back_up(BackupReason.HAND)
        held = diary.archive.contents()
        erased = diary.archive.erase(Everything(), backups_too=False)
        assert erased.contents == held
        assert erased.backup is not None
    assert home.sessions() == ()
    assert home.rescue.look_into(backup.path) == held
    assert home.rescue.restore(backup.path).contents == held
    assert home.sessions() == before
    assert home.rescue.backups()[0].reason is BackupReason.RESTORE


def test_a_backup_that_was_changed_is_refused_and_nothing_else_is(home: Home) -> None:
    with closing(home.open()) as diary:
        backup = diary.archive.back_up(BackupReason.HAND)
    before = home.sessions()
    half = backup.path.read_bytes()
    backup.path.write_bytes(half[: len(half) // 2])
    for attempt in (home.rescue.look_into, home.rescue.restore):
        with pytest.raises(StorageError):
            attempt(backup.path)
    assert home.sessions() == before


def test_erasing_with_the_backups_leaves_none_that_holds_it(home: Home) -> None:
    with closing(home.open()) as diary:
        diary.archive.back_up(BackupReason.HAND)
        there = len(diary.archive.backups())
        erased = diary.archive.erase(OneExercise("calf_stretch"), backups_too=True)
        assert (erased.contents.rows["sets"], erased.backup, erased.backups_removed) == (1, None, there)
    assert {record.exercise_id for record in home.sessions()[0].sets} == {"calf_raise"}
    for backup in home.rescue.backups():
        assert home.rescue.look_into(backup.path).rows["sets"] == 1


def test_nothing_waits_once_it_is_in_a_backup(home: Home) -> None:
    with closing(home.open()) as diary:
        backup = diary.archive.back_up(BackupReason.SESSION)
        state = diary.archive.backup_state()
        assert (state.newest, state.waiting_since, state.problem) == (backup, None, "")


@pytest.mark.parametrize("form", list(ExportFormat))
@pytest.mark.parametrize("other", ["sqlite", "sealed", "postgresql"])
def test_a_history_moves_to_any_other_kind_of_place(
    home: Home, other: str, form: ExportFormat, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    target = tmp_path / ("history.json" if form is ExportFormat.JSON else "tables")
    with closing(home.open()) as diary:
        diary.archive.export(target, form)
    there = make_home(other, request, tmp_path / "there")
    with closing(there.open()) as diary:
        preview = diary.archive.preview(target)
        assert diary.archive.take_in(preview).added == preview.new
        assert diary.archive.take_in(diary.archive.preview(target)).added.sessions == 0
    assert there.sessions() == home.sessions()
