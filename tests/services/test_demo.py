"""Sample history: always the same, consistent in itself, and with something to see in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

from coach.catalogue.loader import load_catalogue
from coach.domain.exercise import Kind, Side
from coach.domain.pain import PainMoment
from coach.domain.plan import Routine, plan_from_data
from coach.domain.records import LevelChange, Outcome, PainRating, SessionStart, SessionSummary, SetRecord, SetStatus
from coach.domain.reminders.parts import EVERY_DAY, ReminderKind, Weekday, slot_name
from coach.services.demo import COURSES, demo_history, demo_marks, write
from tests.fakes import MemoryDiary

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 15)
ZONE = "Europe/Berlin"
HEEL = COURSES[0].area


@lru_cache(maxsize=1)
def routine() -> Routine:
    return load_catalogue([ROOT / "exercises"]).routines["daily_six"]


@lru_cache(maxsize=1)
def history() -> tuple[SessionSummary, ...]:
    """Twelve weeks, oldest first."""
    diary = MemoryDiary()
    write(diary, demo_history(routine(), TODAY, ZONE))
    return diary.sessions()[::-1]


def test_the_same_seed_tells_the_same_and_another_one_another_story() -> None:
    once, again = (list(demo_history(routine(), TODAY, ZONE, days=20)) for _ in range(2))
    assert once == again
    assert list(demo_history(routine(), TODAY, ZONE, days=20, seed=2)) != once


@pytest.mark.parametrize("days", [1, 2, 7, 84, 400])
def test_it_ends_yesterday_and_begins_with_a_session(days: int) -> None:
    diary = MemoryDiary()
    number = write(diary, demo_history(routine(), TODAY, ZONE, days))
    sessions = diary.sessions()
    assert len(sessions) == number >= 1
    assert sessions[-1].start.stamp.local_date == TODAY - timedelta(days=days)
    assert sessions[0].start.stamp.local_date < TODAY
    assert diary.open_session() is None


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Australia/Lord_Howe"])
def test_days_are_local_days_in_any_zone(zone: str) -> None:
    for record in demo_history(routine(), TODAY, zone, days=30):
        if isinstance(record, SessionStart):
            assert record.stamp.local_date < TODAY
            assert record.stamp.zone == zone


def test_records_are_in_order_and_refer_only_to_earlier_ones() -> None:
    seen = set()
    before = None
    for record in demo_history(routine(), TODAY, ZONE):
        assert before is None or record.stamp.at >= before
        before = record.stamp.at
        if isinstance(record, (SessionStart, SetRecord, LevelChange)):
            assert record.id not in seen
            seen.add(record.id)
        for name in ("session_id", "set_id", "supersedes"):
            reference = getattr(record, name, None)
            assert reference is None or reference in seen


def test_every_session_follows_its_plan() -> None:
    exercises = {item.exercise.id: item.exercise for item in routine().items}
    for session in history():
        plan = plan_from_data(session.start.plan, exercises)
        planned = [(index, bout.set_no, bout.side) for index, p in enumerate(plan) for bout in p.bouts]
        assert [record.key for record in session.sets] == planned[: len(session.sets)]
        assert session.end is not None
        completed = session.end.outcome is Outcome.COMPLETED
        assert completed == (len(session.sets) == len(planned))


def test_what_was_done_fits_how_the_set_ended() -> None:
    for session in history():
        for record in session.sets:
            planned = record.planned_reps if record.kind is Kind.REPS else record.planned_hold_s
            real = record.real_reps if record.kind is Kind.REPS else record.real_hold_s
            assert planned is not None
            assert real is not None
            match record.status:
                case SetStatus.DONE:
                    assert real == planned
                case SetStatus.PARTIAL:
                    assert 0 < real < planned
                case SetStatus.SKIPPED:
                    assert real == 0


def heel_before(sessions: tuple[SessionSummary, ...]) -> list[int]:
    ratings = (p for s in sessions for p in s.pain if p.area == HEEL and p.moment is PainMoment.BEFORE)
    return [p.nrs for p in ratings if p.nrs is not None]


def test_pain_falls_clearly_and_unevenly() -> None:
    heel = heel_before(history())
    assert mean(heel[:7]) - mean(heel[-7:]) >= 2
    assert any(later > earlier for earlier, later in pairwise(heel))


def test_there_is_a_flare_that_costs_a_few_days() -> None:
    (stopped,) = [s for s in history() if s.end is not None and s.end.outcome is Outcome.STOPPED]
    day = stopped.start.stamp.local_date
    week_before = tuple(s for s in history() if timedelta(0) < day - s.start.stamp.local_date <= timedelta(days=7))
    assert heel_before((stopped,))[0] >= mean(heel_before(week_before)) + 2
    days = {s.start.stamp.local_date for s in history()}
    assert not days & {day + timedelta(days=1), day + timedelta(days=2)}


def test_the_flare_is_marked_and_balance_tested_at_both_ends() -> None:
    marks = demo_marks(routine(), TODAY, ZONE)
    (flare,) = marks.flares
    (stopped,) = [s for s in history() if s.end is not None and s.end.outcome is Outcome.STOPPED]
    assert flare.first == stopped.start.stamp.local_date
    assert (flare.last, flare.area) == (flare.first + timedelta(days=5), HEEL)
    days = [(test.stamp.local_date, test.side) for test in marks.tests]
    both = (Side.LEFT, Side.RIGHT)
    assert days == [(day, side) for day in (TODAY - timedelta(days=84), TODAY - timedelta(days=1)) for side in both]
    assert marks == demo_marks(routine(), TODAY, ZONE)


@pytest.mark.parametrize("days", [1, 2, 7])
def test_marks_of_a_short_time_end_yesterday(days: int) -> None:
    marks = demo_marks(routine(), TODAY, ZONE, days)
    assert all(flare.last is not None and flare.first <= flare.last < TODAY for flare in marks.flares)
    assert [test.stamp.local_date < TODAY for test in marks.tests] == [True] * min(4, 2 * days)


def test_the_reminder_plans_every_day_but_sunday_from_the_first_on() -> None:
    rule, stamp = demo_marks(routine(), TODAY, ZONE).reminder
    assert stamp.local_date == TODAY - timedelta(days=84)
    assert rule.since == stamp.at
    assert (rule.kind, rule.routine_id) == (ReminderKind.ROUTINE, routine().id)
    assert EVERY_DAY - rule.weekdays == {Weekday.SUN}
    assert [slot_name(slot) for slot in rule.slots()] == ["07:00"]


def test_a_hundred_years_begin_before_there_were_ids() -> None:
    records = demo_history(routine(), TODAY, ZONE, days=36_500)
    first = [next(records) for _ in range(200)]
    assert first[0].stamp.local_date == TODAY - timedelta(days=36_500)
    ids = [record.id for record in first if isinstance(record, (SessionStart, SetRecord, PainRating))]
    assert len(set(ids)) == len(ids) > 100


def test_there_are_rest_days_missed_days_and_partial_and_skipped_sets() -> None:
    days = {s.start.stamp.local_date for s in history()}
    assert len({day for day in days if day.weekday() == 6}) <= 1
    missed = {TODAY - timedelta(days=n) for n in range(1, 85)} - days
    assert 3 <= len([day for day in missed if day.weekday() != 6]) <= 20
    statuses = {record.status for session in history() for record in session.sets}
    assert statuses == set(SetStatus)


def test_balance_grows_from_an_easier_level_and_touches_get_rare() -> None:
    def balance(sessions: tuple[SessionSummary, ...]) -> list[SetRecord]:
        return [record for session in sessions for record in session.sets if record.kind is Kind.BALANCE]

    early, late = balance(history()[:8]), balance(history()[-8:])
    assert {record.level for record in early} == {1}
    assert {record.level for record in late} == {2}
    assert mean(r.real_hold_s or 0 for r in late) >= mean(r.real_hold_s or 0 for r in early) + 4
    assert mean(r.touches for r in late) < mean(r.touches for r in early) / 2


def test_the_person_ends_at_the_levels_of_the_routine() -> None:
    diary = MemoryDiary()
    write(diary, demo_history(routine(), TODAY, ZONE))
    levels = {item.exercise.id: item.level for item in routine().items}
    assert all(levels[exercise] == level for exercise, level in diary.levels().items())
    assert diary.levels()


def test_a_routine_whose_balance_is_at_its_easiest_already_needs_no_choice() -> None:
    easiest = replace(routine(), items=tuple(replace(item, level=1) for item in routine().items))
    records = list(demo_history(easiest, TODAY, ZONE, days=10))
    assert not [record for record in records if isinstance(record, LevelChange)]
    assert [record for record in records if isinstance(record, SetRecord)]
