"""States of the pages, made from the shipped files and a Sunday morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from coach.domain.exercise import Side, Sides
from coach.domain.pain import Area, BodySide, Region
from coach.domain.preferences import Preferences
from coach.domain.records import SetRecord, SetStatus, Stamp
from coach.errors import Problem
from coach.services.history import DayMark, ExerciseDone
from coach.ui.pages.after_state import AfterState, AskedArea, WorstQuestion
from coach.ui.pages.exercises_state import Entry, ExercisesState
from coach.ui.pages.settings import SettingsState
from coach.ui.pages.today_state import RecentSession, ResumeOffer, TodayState
from tests.samples import shipped

NOW = datetime(2026, 11, 15, 8, 42, tzinfo=UTC)
FRIDAY = date(2026, 11, 13)
HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)
BACK = Area(Region.LOW_BACK, BodySide.CENTRE)
NOBODY = UUID(int=0)


def marks(*ago: int) -> tuple[DayMark, ...]:
    """The last fortnight with a session so many days ago."""
    today = NOW.date()
    return tuple(DayMark(today - timedelta(days=n), int(n in ago), n == 0) for n in range(13, -1, -1))


def today(**changes: object) -> TodayState:
    """A usual morning."""
    catalogue = shipped()
    usual = TodayState(
        now=NOW,
        routine=catalogue.routines["daily_six"],
        routines=tuple(catalogue.routines.values()),
        fortnight=marks(2, 5, 6, 9, 10, 12, 13),
        recent=(RecentSession(FRIDAY, "Daily six", 745, 11, 11), RecentSession(FRIDAY, "Desk side", 300, 4, 5)),
    )
    return replace(usual, **changes)  # type: ignore[arg-type] # named fields of TodayState


def crash() -> TodayState:
    """After a crash, with a broken file."""
    broken = Problem(Path("/anywhere/calf.toml"), "must be 1 to 10, is 99", "levels[0].sets", 12)
    return today(resume=ResumeOffer("Daily six", NOW - timedelta(minutes=30), 3, 11), problems=(broken,))


def entries() -> tuple[Entry, ...]:
    """All shipped exercises at their standard level."""
    return tuple(Entry(exercise, exercise.default_level) for exercise in shipped().exercises.values())


def library() -> ExercisesState:
    """The library."""
    return ExercisesState(entries())


def settings(**changes: object) -> SettingsState:
    """Default settings."""
    preferences = replace(Preferences(), **changes)  # type: ignore[arg-type] # named fields of Preferences
    folder = Path("/home/anna/.local/share/foot-coach")
    model = shipped().exercises["calf_stretch"]
    return SettingsState(preferences, folder, "0.1.0", ("English (Great Britain)",), model=model)


def did(index: int, *, short: int = 0, skip_last: bool = False, level: int | None = None) -> tuple[SetRecord, ...]:
    """The sets of one exercise of the daily six, as planned but for `short` seconds or reps on the left."""
    item = shipped().routines["daily_six"].items[index]
    dose, exercise = item.dose, item.exercise
    sides = (Side.BOTH,) if dose.sides is Sides.BOTH else (Side.LEFT, Side.RIGHT)
    stamp = Stamp(NOW, "UTC", NOW.date())

    def one(set_no: int, side: Side) -> SetRecord:
        skipped = skip_last and set_no == dose.sets
        less = short if side is not Side.RIGHT else 0
        return SetRecord(
            id=NOBODY,
            session_id=NOBODY,
            stamp=stamp,
            exercise_index=index,
            exercise_id=exercise.id,
            title=exercise.title,
            kind=exercise.kind,
            level=level or item.level,
            level_name="",
            set_no=set_no,
            side=side,
            status=SetStatus.SKIPPED if skipped else SetStatus.DONE,
            planned_reps=dose.reps,
            planned_hold_s=dose.hold_s,
            tempo=dose.tempo,
            real_reps=dose.reps - less if dose.reps else None,
            real_hold_s=dose.hold_s - less if dose.hold_s else None,
        )

    return tuple(one(n, side) for n in range(1, dose.sets + 1) for side in sides)


def done(index: int, **how: object) -> ExerciseDone:
    """One exercise of a session beside last Friday's."""
    mine = did(index, **how)  # type: ignore[arg-type] # named arguments of `did`
    return ExerciseDone(mine[0].exercise_id, mine[0].title, mine, did(index), FRIDAY, None)


def after(*, worst: bool = True) -> AfterState:
    """After a whole routine."""
    rows = tuple(replace(done(n), worst_pain=4 if n == 1 else None) for n in range(6))
    return AfterState(
        title="Daily six",
        seconds=745,
        sets_done=10,
        sets_planned=11,
        completed=True,
        done=rows,
        exercises=shipped().exercises,
        areas=(AskedArea(HEEL, 3), AskedArea(BACK, 2)),
        worst=(WorstQuestion("calf_raise", "Calf raises", HEEL),) if worst else (),
        recent=8,
    )
