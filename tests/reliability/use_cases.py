"""Everything that writes, one line each, as it is tried by `test_fail_at_n`."""

from __future__ import annotations

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
from coach.storage.sqlite.file import FILE
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


def a_history(folder: Path) -> None:
    """A session that ended, one that was cut off after two sets, pain, a chosen level."""
    with closing(open_core(folder, FakeClock()).open_diary()) as diary:
        coaching = Coaching(diary, FakeClock(), lambda: ZONE, _numbered(1))
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


def _open(world: World) -> None:
    world.core.open_diary().close()


def _save_settings(world: World) -> None:
    store = world.core.preferences
    store.save(replace(store.load()[0], theme=ThemeChoice.DARK))


@dataclass(frozen=True, slots=True)
class UseCase:
    """Something that writes: what stood there before, and what is done. `warm` comes first, with nothing in the way."""

    name: str
    act: Callable[[World], object]
    before: Callable[[Path], None] = a_history
    warm: Callable[[World], object] = lambda world: (world.coaching, world.running, world.ended)


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
)


def state(folder: Path) -> dict[str, Any]:
    """What a person would miss: every row without its ids, and the settings. Copies and logs are no part of it."""
    found: dict[str, Any] = {}
    if (folder / FILE).exists():
        found = {table: Counter(map(_plain, rows)) for table, rows in contents(folder / FILE).items()}
    settings = folder / "settings.toml"
    return found | {"settings": settings.read_bytes() if settings.exists() else None}


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(
        "id" if isinstance(value, str) and len(value) == 36 and value.count("-") == 4 else value for value in row
    )
