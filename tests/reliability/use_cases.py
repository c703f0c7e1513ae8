"""Everything that writes, one line each, as it is tried by `test_fail_at_n`."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from coach.bootstrap import Core, open_core
from coach.domain.ids import uuid7
from coach.domain.pain import PainMoment
from coach.domain.plan import plan_routine
from coach.domain.preferences import ThemeChoice
from coach.domain.records import Outcome, SessionEnd, SetStatus
from coach.domain.session import SetDone
from coach.domain.timeline import Timeline
from coach.services.coaching import Coaching, Rating
from coach.services.keeping import BackupReason, Days, Everything, ExportFormat, OneExercise
from coach.storage.journal import UNSAVED
from coach.storage.sqlite.file import FILE
from coach.storage.sqlite.rescue import SqliteRescue
from tests import records as r
from tests import samples
from tests.fakes import START, FakeClock
from tests.storage.conftest import contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from coach.domain.plan import Plan
    from coach.storage.diary import SqlDiary

ZONE = "Europe/Berlin"
DAMAGED = b"not a diary at all " * 500
EXPORT, EXPORTS, ELSEWHERE = "export.json", "exported", "elsewhere"
ROUTINE = "daily_six"


def _plan() -> Plan:
    return plan_routine(samples.shipped().routines[ROUTINE])


def _done(number: int) -> SetDone:
    place = Timeline(_plan()).places[number]
    return SetDone(place, SetStatus.DONE, place.bout.reps, place.bout.hold_s)


def _numbered(first: int) -> Callable[[], UUID]:
    numbers = count(first)
    return lambda: uuid7(START, next(numbers))


class World:
    """One person's folder with the program on it; the diary is opened when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self._next_id = _numbered(1 << 20)

    @property
    def core(self) -> Core:
        """The real adapters."""
        return replace(open_core(self.folder, self.clock), zone=lambda: ZONE)

    @cached_property
    def diary(self) -> SqlDiary:
        """The open diary."""
        return self.core.open_diary()

    @cached_property
    def coaching(self) -> Coaching:
        """The use cases of a session; its second set may be done again."""
        made = Coaching(self.diary, self.clock, lambda: ZONE, self._next_id)
        made.unfinished(samples.shipped().exercises)
        return made

    @cached_property
    def running(self) -> UUID:
        """The session that was cut off."""
        found = self.diary.open_session()
        assert found is not None
        return found.start.id

    @cached_property
    def ended(self) -> SessionEnd:
        """The end of the session before it."""
        end = self.diary.sessions()[-1].end
        assert end is not None
        return end

    def close(self) -> None:
        """Release the diary, if it is open."""
        if "diary" in self.__dict__:
            self.diary.close()


def a_history(folder: Path, first_id: int = 1) -> None:
    """A session that ended, one that was cut off after two sets, pain, a chosen level."""
    with closing(open_core(folder, FakeClock()).open_diary()) as diary:
        coaching = Coaching(diary, FakeClock(), lambda: ZONE, _numbered(first_id))
        ended = coaching.start(ROUTINE, "Daily six", _plan(), [Rating(r.BACK, PainMoment.BEFORE, 2)])
        coaching.record(ended.id, _done(0))
        coaching.finish(ended.id, Outcome.STOPPED, 90)
        coaching.set_level("calf_raise", 1)
        running = coaching.start(ROUTINE, "Daily six", _plan())
        for number in (0, 1):
            coaching.record(running.id, _done(number))


def nothing(folder: Path) -> None:
    """A folder with nothing in it."""
    folder.mkdir(exist_ok=True)


def broken_settings(folder: Path) -> None:
    """A settings file that nobody can read."""
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_bytes(b"theme = \x00")


def a_backup(folder: Path) -> None:
    """A history with a backup of it, and an entry that came later."""
    a_history(folder)
    with closing(open_core(folder, FakeClock()).open_diary()) as diary:
        diary.archive.back_up(BackupReason.HAND)
        diary.add_level(r.level(5, 3))


def damage(folder: Path) -> None:
    """The same, and the file is damaged beyond reading."""
    a_backup(folder)
    (folder / FILE).write_bytes(DAMAGED)


def an_export(folder: Path) -> None:
    """A history, and the export of another one."""
    a_history(folder)
    other = folder.with_name("another computer")
    a_history(other, 1 << 10)
    with closing(open_core(other, FakeClock()).open_diary()) as diary:
        diary.archive.export(folder / EXPORT, ExportFormat.JSON)


def put_by(folder: Path) -> None:
    """A history, and entries that could not be kept when the program ended."""
    a_history(folder)
    start = r.start(90)
    open_core(folder, FakeClock()).put_by([start, r.done(start, 91), r.pain(92, session_id=start.id)])


def _restore(world: World) -> None:
    rescue = SqliteRescue(world.folder, world.clock)
    oldest = rescue.backups()[-1]
    rescue.restore(oldest.path)


def _begin_anew(world: World) -> None:
    SqliteRescue(world.folder, world.clock).start_anew()


def _put_by(world: World) -> None:
    start = r.start(90)
    world.core.put_by([start, r.end(start)])


def _import(world: World) -> None:
    archive = world.diary.archive
    archive.take_in(archive.preview(world.folder / EXPORT))


def _open(world: World) -> None:
    world.core.open_diary().close()


def _save_settings(world: World) -> None:
    store = world.core.preferences
    store.save(replace(store.load()[0], theme=ThemeChoice.DARK))


@dataclass(frozen=True, slots=True)
class UseCase:
    """Something that writes: what stood there before, and what is done. `warm` comes first, with nothing in the way.

    What `goes_on` may be found half done, and even say nothing of it, because the next try does the rest. `aside`: a
    file that could not be read may have been put aside already, with nothing in its place yet.
    """

    name: str
    act: Callable[[World], object]
    before: Callable[[Path], None] = a_history
    warm: Callable[[World], object] = lambda world: (world.coaching, world.running, world.ended)
    goes_on: bool = False
    aside: bool = False


def a_place_elsewhere(folder: Path) -> None:
    """A history, and an empty folder to save it in."""
    a_history(folder)
    (folder / ELSEWHERE).mkdir()


def _cold(_world: World) -> None:
    """Nothing is open yet."""


USE_CASES = (
    UseCase("begin", lambda w: w.coaching.start(ROUTINE, "Daily six", _plan(), [Rating(r.HEEL, PainMoment.BEFORE, 4)])),
    UseCase("record", lambda w: w.coaching.record(w.running, _done(2))),
    UseCase("record again", lambda w: w.coaching.record(w.running, replace(_done(1), status=SetStatus.PARTIAL))),
    UseCase(
        "rate", lambda w: w.coaching.rate([Rating(area, PainMoment.WORST, 3) for area in (r.HEEL, r.BACK)], w.running)
    ),
    UseCase("finish", lambda w: w.coaching.finish(w.running, Outcome.COMPLETED, 810, 4, "fine")),
    UseCase("answer", lambda w: w.coaching.answer(w.ended, 5, "later", [Rating(r.BACK, PainMoment.AFTER, 1)])),
    UseCase("set level", lambda w: w.coaching.set_level("calf_raise", 3)),
    UseCase("change plan", lambda w: w.coaching.change_plan(w.running, _plan()[:2])),
    UseCase("abandon", lambda w: w.coaching.abandon_open()),
    UseCase("save settings", _save_settings, warm=_cold),
    UseCase("set broken settings aside", lambda w: w.core.preferences.load(), before=broken_settings, warm=_cold),
    UseCase("make a diary", _open, before=nothing, warm=_cold),
    UseCase("open a diary", _open, warm=_cold),
    UseCase("back up", lambda w: w.diary.archive.back_up(BackupReason.HAND)),
    UseCase("save elsewhere", lambda w: w.diary.archive.save_elsewhere(w.folder / ELSEWHERE), before=a_place_elsewhere),
    UseCase("restore", _restore, before=a_backup, warm=_cold),
    UseCase("restore after damage", _restore, before=damage, warm=_cold, aside=True),
    UseCase("begin anew", _begin_anew, before=damage, warm=_cold, aside=True),
    UseCase("export as JSON", lambda w: w.diary.archive.export(w.folder / EXPORT, ExportFormat.JSON), before=an_export),
    UseCase("export as CSV", lambda w: w.diary.archive.export(w.folder / EXPORTS, ExportFormat.CSV)),
    UseCase("import", _import, before=an_export),
    UseCase("erase an exercise", lambda w: w.diary.archive.erase(OneExercise("towel_toe_curl"), backups_too=False)),
    UseCase("erase days", lambda w: w.diary.archive.erase(Days(START.date(), START.date()), backups_too=False)),
    UseCase("erase everything", lambda w: w.diary.archive.erase(Everything(), backups_too=True), before=a_backup),
    UseCase("put by", _put_by, warm=_cold),
    UseCase("take in what was put by", _open, before=put_by, warm=_cold, goes_on=True),
)


def state(folder: Path) -> dict[str, Any]:
    """What a person would miss: every row without its ids, settings, exports. Backups and logs are no part of it."""
    found: dict[str, Any] = {name: _rows(folder / name) for name in (FILE, f"{ELSEWHERE}/{FILE}")}
    files = [folder / "settings.toml", folder / EXPORT, folder / UNSAVED, *(folder / EXPORTS).glob("*")]
    return found | {path.name: _words(path.read_bytes()) for path in files if path.is_file()}


def _rows(path: Path) -> object:
    if not path.exists():
        return None
    try:
        return {table: Counter(map(_plain, rows)) for table, rows in contents(path).items()}
    except sqlite3.DatabaseError:
        return path.read_bytes()


def _words(data: bytes) -> bytes:
    """Without the ids that the test itself makes anew each time."""
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"id", data)


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(
        "id" if isinstance(value, str) and len(value) == 36 and value.count("-") == 4 else value for value in row
    )
