"""What the pages are told: records and files turned into page states. Pure, no widgets.

Today's routine is to be on the screen soon, so whatever speaks of the diary or of other pages is imported where it is
needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.domain.routine import with_levels
from coach.ui.pages.today_state import RecentSession, ResumeOffer, TodayState, Unbacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from coach.domain.exercise import Exercise
    from coach.domain.pain import Area
    from coach.domain.plan import Plan, PlannedExercise
    from coach.domain.preferences import Preferences
    from coach.domain.records import PainRating, SessionEnd, SessionSummary
    from coach.domain.routine import Routine
    from coach.services.coaching import Unfinished
    from coach.services.history import DayMark
    from coach.services.keeping import BackupState
    from coach.services.ports import Catalogue, OpenDiary
    from coach.ui.pages.after_state import AfterState, WorstQuestion
    from coach.ui.pages.checkin_model import LastRating
    from coach.ui.pages.exercises_state import DetailState, Entry, ExercisesState

RECENT = 4
"""Sessions in the list of what was done lately."""
SHORT = "daily_short"
"""The routine that is offered instead of one that was missed."""
LOOK_BACK = 60
"""Sessions read for the comparison with last time."""


@dataclass(frozen=True, slots=True)
class Diaries:
    """What was read from the diary in one go, on the worker's thread."""

    sessions: tuple[SessionSummary, ...]
    levels: Mapping[str, int]
    last_pain: Mapping[Area, PainRating]
    unfinished: Unfinished | None = None
    read_only: str = ""


def read(diary: OpenDiary, unfinished: Unfinished | None) -> Diaries:
    """Everything the pages need, also the one after a session; runs where the diary lives."""
    return _with_sessions(diary, diary.sessions(limit=LOOK_BACK), unfinished)


def read_lately(diary: OpenDiary, unfinished: Unfinished | None, today: date) -> Diaries:
    """What the pages need that look back no further than a fortnight: a third of the work of `read`."""
    from coach.services.history import FORTNIGHT

    sessions = diary.sessions(since=today - timedelta(days=FORTNIGHT - 1))
    if len(sessions) <= RECENT:
        sessions = diary.sessions(limit=RECENT + 1)  # one may be unfinished, and is not listed
    return _with_sessions(diary, sessions, unfinished)


def _with_sessions(diary: OpenDiary, sessions: tuple[SessionSummary, ...], unfinished: Unfinished | None) -> Diaries:
    return Diaries(sessions, diary.levels(), diary.last_pain(), unfinished, diary.read_only_reason)


def local(moment: datetime, zone: str | None) -> datetime:
    """An aware moment on the clocks of a zone, or of the system where none is named: its name takes longer to find."""
    if zone is None:
        return moment.astimezone()
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(zone))


def chosen_routine(catalogue: Catalogue, preferences: Preferences, levels: Mapping[str, int]) -> Routine | None:
    """The routine of the settings at the person's levels, the first one where that is gone, None without any."""
    routines = catalogue.routines
    routine = routines.get(preferences.routine) or next(iter(routines.values()), None)
    return with_levels(routine, levels, preferences.get_ready_s) if routine else None


def routines(catalogue: Catalogue, preferences: Preferences, levels: Mapping[str, int]) -> dict[str, Routine]:
    """All routines by id, at the person's levels."""
    return {key: with_levels(each, levels, preferences.get_ready_s) for key, each in catalogue.routines.items()}


def today_state(
    catalogue: Catalogue,
    preferences: Preferences,
    levels: Mapping[str, int],
    found: Diaries | None,
    now: datetime,
    zone: str | None,
    unbacked: Unbacked | None = None,
) -> TodayState:
    """The Today page at `now` (aware) in a zone (see `local`); without what the diary says while `found` is None."""
    here = local(now, zone)
    return TodayState(
        now=here,
        routine=chosen_routine(catalogue, preferences, levels),
        routines=tuple(routines(catalogue, preferences, levels).values()),
        fortnight=_marks(found, here.date()) if found else None,
        recent=_recents(found) if found else None,
        resume=_resume(found.unfinished, zone) if found and found.unfinished else None,
        problems=catalogue.problems,
        unbacked=unbacked,
        person=preferences.person,
        read_only=found.read_only if found else "",
    )


def unbacked(state: BackupState | None, now: datetime, zone: str | None) -> Unbacked | None:
    """What is to be said of the backups, if anything."""
    if state is None:
        return None
    from coach.domain.retention import overdue

    if not overdue(state.waiting_since, now):
        return None
    return Unbacked(local(state.newest.made, zone).date() if state.newest else None, state.problem)


def _marks(found: Diaries, today: date) -> tuple[DayMark, ...]:
    from coach.services.history import fortnight

    return fortnight(found.sessions, today)


def _recents(found: Diaries) -> tuple[RecentSession, ...]:
    cut_off = found.unfinished.summary.start.id if found.unfinished else None
    return tuple(_recent(session) for session in found.sessions if session.start.id != cut_off)[:RECENT]


def _recent(session: SessionSummary) -> RecentSession:
    from coach.services.history import seconds_of, sets_done

    done, planned = sets_done(session)
    return RecentSession(
        session.start.stamp.local_date, session.start.routine_title, seconds_of(session), done, planned
    )


def _resume(unfinished: Unfinished, zone: str | None) -> ResumeOffer:
    from coach.services.history import sets_done

    start = unfinished.summary.start
    done, planned = sets_done(unfinished.summary)
    return ResumeOffer(start.routine_title, local(start.stamp.at, zone), done, planned)


def areas_to_ask(found: Diaries, now: datetime, zone: str) -> tuple[Area, ...]:
    """Areas that are asked about before a session."""
    from coach.services.history import active_areas

    return active_areas(found.last_pain, local(now, zone).date())


def rated_today(found: Diaries, areas: Iterable[Area], today: date) -> tuple[tuple[Area, int], ...] | None:
    """Today's numbers of these areas, None where one of them has none yet."""
    rated = [(area, found.last_pain.get(area)) for area in areas]
    numbers = [
        (area, r.nrs) for area, r in rated if r is not None and r.nrs is not None and r.stamp.local_date == today
    ]
    return tuple(numbers) if len(numbers) == len(rated) else None


def last_ratings(found: Diaries, now: datetime, zone: str) -> dict[Area, LastRating]:
    """The newest number of each area, and when it was given, in words."""
    from coach.ui.pages.checkin_model import LastRating
    from coach.ui.words import when_text

    today = local(now, zone).date()
    return {
        area: LastRating(rating.nrs, when_text(rating.stamp.local_date, today))
        for area, rating in found.last_pain.items()
        if rating.nrs is not None
    }


def after_state(
    end: SessionEnd,
    found: Diaries,
    plan: Plan,
    asked: Iterable[tuple[Area, int]],
    missing: Iterable[int],
    now: datetime,
    zone: str,
) -> AfterState:
    """The page after a session: what was done, what is asked. `missing` are exercises whose worst pain is unknown."""
    from coach.domain.pain import PainMoment
    from coach.domain.records import Outcome
    from coach.services.history import compare, sets_done
    from coach.ui.pages.after_state import AfterState, AskedArea

    session = next(s for s in found.sessions if s.start.id == end.session_id)
    done, planned = sets_done(session)
    marks = _marks(found, local(now, zone).date())
    before = dict(asked)
    areas = [area for area, nrs in before.items() if nrs > 0]
    hurt = [r.area for r in session.pain if r.moment is PainMoment.WORST and r.nrs]
    shown = dict.fromkeys((*areas, *hurt))
    return AfterState(
        title=session.start.routine_title,
        seconds=end.seconds,
        sets_done=done,
        sets_planned=planned,
        completed=end.outcome is Outcome.COMPLETED,
        done=compare(session, found.sessions),
        exercises={planned.exercise.id: planned.exercise for planned in plan},
        areas=tuple(AskedArea(area, before.get(area)) for area in shown),
        worst=tuple(_worst_question(plan[index], before) for index in missing),
        recent=sum(mark.sessions for mark in marks),
    )


def _worst_question(planned: PlannedExercise, before: Mapping[Area, int]) -> WorstQuestion:
    from coach.ui.pages.after_state import WorstQuestion
    from coach.ui.session.rating import likely_areas

    exercise, side = planned.exercise, planned.bouts[0].side
    return WorstQuestion(exercise.id, exercise.title, likely_areas(exercise, side, before)[0])


def exercises_state(catalogue: Catalogue, preferences: Preferences, levels: Mapping[str, int]) -> ExercisesState:
    """The library with the person's levels."""
    from coach.ui.pages.exercises_state import ExercisesState

    entries = tuple(_entry(exercise, levels) for exercise in catalogue.exercises.values())
    return ExercisesState(entries, catalogue.problems, preferences.person)


def detail_state(
    catalogue: Catalogue, preferences: Preferences, levels: Mapping[str, int], exercise_id: str
) -> DetailState:
    """One exercise; KeyError if there is none of this id."""
    from coach.ui.pages.exercises_state import DetailState

    return DetailState(_entry(catalogue.exercises[exercise_id], levels), preferences.person)


def _entry(exercise: Exercise, levels: Mapping[str, int]) -> Entry:
    from coach.ui.pages.exercises_state import Entry

    level = levels.get(exercise.id, exercise.default_level)
    return Entry(exercise, level if 1 <= level <= len(exercise.levels) else exercise.default_level)
