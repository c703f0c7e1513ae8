"""Random histories for the property tests, and ways to look at all of a diary at once."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import event

from coach.domain.exercise import Kind, Side, Tempo
from coach.domain.ids import uuid7
from coach.domain.pain import PainMoment
from coach.domain.progress.period import FlagAnswer, FlagLevel, Period, PeriodKind, SelfTest
from coach.domain.progress.span import Span
from coach.domain.records import (
    LevelChange,
    Outcome,
    PainRating,
    SessionEnd,
    SessionStart,
    SetRecord,
    SetStatus,
    Stamp,
)
from coach.domain.reminders.ledger import ClockStep
from coach.domain.reminders.ledger import Entry as Line
from coach.errors import StorageError
from coach.services.reminding import MorningCheck, Stiffness, WeeklyCheck
from coach.storage.archive import SqlArchive
from coach.storage.backups import BACKUPS
from coach.storage.diary import SqlDiary
from coach.storage.exchange.merge import preview
from coach.storage.exchange.plain import TABLES, add, fingerprint, stored
from coach.storage.reading import AREAS
from coach.storage.sqlite.opening import open_folder
from tests import records as r
from tests.domain.reminders.strategies import entries, reminders
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.domain.reminders.rule import Reminder
    from coach.services.keeping import ImportPreview
    from coach.storage.database import Database

SOAK = bool(os.environ.get("COACH_SOAK"))
EXAMPLES = 500 if SOAK else min(60, settings.default.max_examples)  # type: ignore[union-attr]
"""How many histories a property is tried with; `COACH_SOAK` is set for the long run."""
soaked = settings(max_examples=EXAMPLES, deadline=None)
soaked_less = settings(max_examples=EXAMPLES // 3 + 1, deadline=None)
"""For what needs several computers each time."""
patient = pytest.mark.timeout(1800 if SOAK else 120)

EVER = Span(date.min, date.max)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A folder that does not wait for the disk, where there is one: hundreds of histories are written."""

HOSTILE = (
    *("=1+1", "+49 30", "-3", "@home", "＝1", "\ttab", "\rreturn", "\nline", "'tis", "''", "'=1", "", " ", "a,b;c\t'd"),
    *("null", "NaN", "007", "[1]", '"q"', "é\r\nè", "<img src='file:///x'>", "🦶🏽", "e\u0301", "\u200b", "\u202etfel"),
)
"""Texts that something on the way might take for something else."""
texts = st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
small = st.integers(0, 50)
EXERCISES = ("calf_raise", "towel_toe_curl", "=cmd")
exercises = st.sampled_from(EXERCISES)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The plan of a session changed."""

    session: UUID
    minutes: int
    plan: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A reminder was made or changed, or removed where it has been made."""

    rule: Reminder
    minutes: int
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A question was answered, with ratings."""

    check: WeeklyCheck | MorningCheck
    ratings: tuple[PainRating, ...]


Reminded = RuleChange | Line | ClockStep | Checked
Noted = Period | FlagAnswer | SelfTest
Record = SessionStart | SetRecord | PainRating | SessionEnd | LevelChange | PlanChange | Reminded | Noted
KINDS = ("start", "set", "set", "pain", "pain", "end", "level", "plan", "rule", "line", "ask", "note")


@dataclass(slots=True)
class Known:
    """What later records may refer to."""

    sessions: list[SessionStart] = field(default_factory=list)
    sets: list[SetRecord] = field(default_factory=list)
    pain: list[PainRating] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)

    def copy(self) -> Known:
        """The same, to be continued in another way."""
        return Known([*self.sessions], [*self.sets], [*self.pain], [*self.noted])


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A plan with a few exercises and anything that JSON may hold."""
    extra = draw(st.dictionaries(texts, scalars | st.lists(scalars, max_size=2), max_size=2))
    return [{**extra, "exercise": name, "bouts": []} for name in draw(st.lists(exercises, max_size=3))]


@st.composite
def continued(draw: st.DrawFn, known: Known, most: int = 12) -> list[Record]:
    """What happens next to somebody with this past; `known` learns of it."""
    made: list[Record] = []
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(KINDS))
        minutes = draw(st.integers(-3 * 24 * 60, 3 * 24 * 60))
        record = _record(draw, known, kind, minutes)
        if record is not None:
            made.append(record)
    return made


def _record(draw: st.DrawFn, known: Known, kind: str, minutes: int) -> Record | None:
    if kind == "level":
        return replace(r.level(minutes, draw(st.integers(1, 4)), draw(exercises)), reason=draw(texts))
    if kind in {"rule", "line", "ask"}:
        return _reminder(draw, kind, minutes)
    if kind == "note":
        return _noted(draw, known, minutes)
    if kind == "start" or not known.sessions:
        start = r.start(minutes, routine_title=draw(texts), plan=draw(plans()))
        known.sessions.append(start)
        return start
    session = draw(st.sampled_from(known.sessions))
    if kind == "plan":
        return PlanChange(session.id, minutes, draw(plans()))
    if kind == "end":
        outcome, effort = draw(st.sampled_from(Outcome)), draw(st.none() | st.integers(0, 10))
        return r.end(session, minutes, outcome=outcome, effort=effort, note=draw(texts))
    return _set(draw, known, session, minutes) if kind == "set" else _pain(draw, known, minutes)


def _reminder(draw: st.DrawFn, kind: str, minutes: int) -> Record:
    rule = replace(
        draw(reminders()), id=UUID(int=draw(st.integers(1, 3))), text=draw(st.sampled_from(["", "🦶", "=1+1"]))
    )
    if kind == "rule":
        return RuleChange(rule, minutes, draw(st.booleans()))
    if kind == "line":
        return draw(st.builds(ClockStep, st.just(r.at(minutes)), st.just(r.at(minutes + 60))) | entries([rule]))
    ratings = tuple(r.pain(minutes, moment=moment) for moment in draw(st.sets(st.sampled_from(PainMoment))))
    if draw(st.booleans()):
        return Checked(WeeklyCheck(r.new_id(minutes), r.stamp(minutes), draw(texts)), ratings)
    return Checked(
        MorningCheck(r.new_id(minutes), r.stamp(minutes), draw(st.none() | st.sampled_from(Stiffness))), ratings
    )


def _set(draw: st.DrawFn, known: Known, session: SessionStart, minutes: int) -> SetRecord:
    mine = [record for record in known.sets if record.session_id == session.id]
    earlier = draw(st.none() | st.sampled_from(mine)) if mine else None
    balance = draw(st.booleans())
    record = r.done(
        session,
        minutes,
        exercise_id=earlier.exercise_id if earlier else draw(exercises),
        title=draw(texts),
        kind=Kind.BALANCE if balance else Kind.REPS,
        tempo=None if balance else Tempo(2, 0, 3),
        set_no=earlier.set_no if earlier else draw(st.integers(1, 2)),
        side=draw(st.sampled_from(Side)),
        status=draw(st.sampled_from(SetStatus)),
        real_reps=draw(st.none() | small),
        real_hold_s=draw(st.none() | small),
        touches=draw(small),
        self_paced=draw(st.booleans()),
        supersedes=earlier.id if earlier else None,
    )
    known.sets.append(record)
    return record


def _pain(draw: st.DrawFn, known: Known, minutes: int) -> PainRating:
    set_ = draw(st.none() | st.sampled_from(known.sets)) if known.sets else None
    session = set_.session_id if set_ else draw(st.none() | st.sampled_from([start.id for start in known.sessions]))
    earlier = draw(st.none() | st.sampled_from(known.pain)) if known.pain else None
    nrs = draw(st.none() | st.integers(0, 10))
    sign = draw(texts) if nrs is None else draw(st.none() | texts)
    rating = replace(
        r.pain(minutes),
        area=draw(st.sampled_from(AREAS)),
        moment=draw(st.sampled_from(PainMoment)),
        nrs=nrs,
        sign=sign,
        session_id=session,
        exercise_id=set_.exercise_id if set_ else draw(st.none() | exercises | st.just("")),
        set_id=set_.id if set_ else None,
        supersedes=earlier.id if earlier else None,
    )
    known.pain.append(rating)
    return rating


def _noted(draw: st.DrawFn, known: Known, minutes: int) -> Noted:
    made: Noted
    key, stamp = r.new_id(minutes), r.stamp(minutes)
    match draw(st.sampled_from(("period", "flag", "test"))):
        case "period":
            first, length = (
                stamp.local_date + timedelta(days=draw(st.integers(-3, 3))),
                draw(st.none() | st.integers(0, 9)),
            )
            last = None if length is None else first + timedelta(days=length)
            area = draw(st.none() | st.sampled_from(AREAS))
            made = Period(key, stamp, draw(st.sampled_from(PeriodKind)), first, last, area, draw(texts))
        case "flag":
            made = FlagAnswer(key, stamp, draw(texts), draw(st.sampled_from(FlagLevel)), draw(st.booleans()))
        case _:
            side = draw(st.none() | st.sampled_from(Side))
            made = SelfTest(key, stamp, draw(texts), draw(st.integers(-300, 3000)), side, draw(texts))
    alike = [noted for noted in known.noted if type(noted) is type(made)]
    earlier = draw(st.none() | st.sampled_from(alike)) if alike else None
    made = replace(made, supersedes=earlier.id if earlier else None)
    known.noted.append(made)
    return made


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> list[Record]:
    """The whole past of somebody."""
    return draw(continued(Known(), most))


@st.composite
def three_computers(draw: st.DrawFn) -> tuple[list[Record], list[Record], list[Record], list[Record]]:
    """A common past, and how it went on at each of three places."""
    known = Known()
    past = draw(continued(known, 8))
    first, second, third = (draw(continued(known.copy(), 6)) for _ in range(3))
    return past, first, second, third


_ids = count(1 << 40)


class Home:
    """A computer with a diary."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database: Database = open_folder(folder, r.at(0), 0)
        archive = SqlArchive(self.database, folder / BACKUPS, FakeClock())
        self.diary = SqlDiary(self.database, lambda: uuid7(r.at(0), next(_ids)), archive)

    def live(self, *pasts: list[Record]) -> None:
        """Keep records in the diary."""
        with self.diary.together():
            for record in (record for past in pasts for record in past):
                self._keep(record)

    def take_over(self, other: Home) -> None:
        """Become the same as another one, as a copy of its file."""
        with self.database.writing() as connection, other.database.reading() as source:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in TABLES.values():
                add(connection, table, [fingerprint(table, row) for row in stored(source, table)])

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Every row, by table and id."""
        with self.database.reading() as connection:
            return {name: list(stored(connection, table)) for name, table in TABLES.items()}

    def history(self) -> tuple[object, ...]:
        """All that the program reads of it."""
        d, book = self.diary, self.diary.reminders
        reminded = book.rules(), book.entries(date.min), book.clock_steps(), book.checks(date.min)
        noted = d.progress.periods(EVER), d.progress.flags(EVER), d.progress.tests(EVER)
        return (
            *reminded,
            *noted,
            d.sessions(),
            d.levels(),
            d.last_pain(),
            d.last_pain(before=r.at(0).date()),
            d.open_session(),
        )

    def _keep(self, record: Record) -> None:
        match record:
            case SessionStart():
                self.diary.add_session(record)
            case SetRecord():
                self.diary.add_set(record)
            case PainRating():
                self.diary.add_pain((record,))
            case SessionEnd():
                self.diary.add_end(record)
            case LevelChange():
                self.diary.add_level(record)
            case PlanChange():
                self.diary.save_plan(record.session, r.at(record.minutes), record.plan)
            case Period():
                self.diary.progress.add_period(record)
            case FlagAnswer():
                self.diary.progress.add_flag(record)
            case SelfTest():
                self.diary.progress.add_test(record)
            case _:
                self._keep_reminder(record)

    def _keep_reminder(self, record: Reminded) -> None:
        book = self.diary.reminders
        match record:
            case RuleChange(rule, minutes, removed):
                book.keep_rule(rule, r.stamp(minutes))
                if removed:
                    book.remove_rule(rule.id, r.stamp(minutes))
            case Line():
                book.add_entries([record], r.ZONE)
            case ClockStep():
                book.add_clock_step(record, Stamp.of(record.after, r.ZONE))
            case Checked(check, ratings):
                book.add_check(check, ratings)


@contextmanager
def homes(number: int) -> Iterator[tuple[list[Home], Path]]:
    """Some computers, and a folder for what goes from one to the other."""
    with TemporaryDirectory(dir=MEMORY) as scratch:
        made = []
        try:
            for name in range(number):
                folder = Path(scratch) / str(name)
                folder.mkdir()
                made.append(Home(folder))
            yield made, Path(scratch)
        finally:
            for home in made:
                home.diary.close()


def previewed(home: Home, source: Path) -> ImportPreview | None:
    """What an import would do; None for a file that is refused in one sentence."""
    try:
        return preview(home.database, source)
    except StorageError as error:
        said = str(error)
    assert said.endswith("Nothing was changed.")
    return None


@contextmanager
def failing_at(home: Home, number: int) -> Iterator[None]:
    """The n-th statement fails, as when the disk is taken away."""
    seen = count(1)

    def fail(*_args: Any) -> None:
        if next(seen) == number:
            raise OSError(errno.EIO, "injected")

    event.listen(home.database.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(home.database.engine, "before_cursor_execute", fail)
