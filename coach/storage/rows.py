"""From records to rows and back; the only place that knows both."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from coach.domain.exercise import Tempo
from coach.domain.pain import Area
from coach.domain.progress.period import FlagAnswer, Period, SelfTest
from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord, Stamp
from coach.domain.reminders.data import reminder_from_data, reminder_to_data
from coach.domain.reminders.ledger import ClockStep, Entry
from coach.domain.reminders.parts import slot_name
from coach.services.reminding import CheckKind, MorningCheck, WeeklyCheck

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from coach.domain.reminders.rule import Reminder

Values = dict[str, Any]


def from_stamp(stamp: Stamp) -> Values:
    """When and where."""
    return {"at": stamp.at, "zone": stamp.zone, "local_date": stamp.local_date}


def to_stamp(row: Row[Any]) -> Stamp:
    """When and where."""
    return Stamp(row.at, row.zone, row.local_date)


def from_session(start: SessionStart) -> Values:
    """A row of `sessions`."""
    return {
        "id": start.id,
        **from_stamp(start.stamp),
        "routine_id": start.routine_id,
        "routine_title": start.routine_title,
        "plan": start.plan,
    }


def to_session(row: Row[Any], plan: list[dict[str, Any]]) -> SessionStart:
    """A session with the plan that counts."""
    return SessionStart(row.id, to_stamp(row), row.routine_id, row.routine_title, plan)


def from_set(record: SetRecord) -> Values:
    """A row of `sets`."""
    tempo = record.tempo
    return {
        "id": record.id,
        **from_stamp(record.stamp),
        "session_id": record.session_id,
        "exercise_index": record.exercise_index,
        "exercise_id": record.exercise_id,
        "title": record.title,
        "kind": record.kind,
        "level": record.level,
        "level_name": record.level_name,
        "set_no": record.set_no,
        "side": record.side,
        "status": record.status,
        "planned_reps": record.planned_reps,
        "planned_hold_s": record.planned_hold_s,
        "tempo_effort": tempo.effort if tempo else None,
        "tempo_hold": tempo.hold if tempo else None,
        "tempo_back": tempo.back if tempo else None,
        "real_reps": record.real_reps,
        "real_hold_s": record.real_hold_s,
        "touches": record.touches,
        "self_paced": record.self_paced,
        "supersedes": record.supersedes,
    }


def to_set(row: Row[Any]) -> SetRecord:
    """A set."""
    return SetRecord(
        id=row.id,
        session_id=row.session_id,
        stamp=to_stamp(row),
        exercise_index=row.exercise_index,
        exercise_id=row.exercise_id,
        title=row.title,
        kind=row.kind,
        level=row.level,
        level_name=row.level_name,
        set_no=row.set_no,
        side=row.side,
        status=row.status,
        planned_reps=row.planned_reps,
        planned_hold_s=row.planned_hold_s,
        tempo=None if row.tempo_effort is None else Tempo(row.tempo_effort, row.tempo_hold, row.tempo_back),
        real_reps=row.real_reps,
        real_hold_s=row.real_hold_s,
        touches=row.touches,
        self_paced=row.self_paced,
        supersedes=row.supersedes,
    )


def from_pain(rating: PainRating) -> Values:
    """A row of `pain_ratings`."""
    return {
        "id": rating.id,
        **from_stamp(rating.stamp),
        "region": rating.area.region,
        "side": rating.area.side,
        "moment": rating.moment,
        "nrs": rating.nrs,
        "session_id": rating.session_id,
        "exercise_id": rating.exercise_id,
        "set_id": rating.set_id,
        "sign": rating.sign,
        "supersedes": rating.supersedes,
    }


def to_pain(row: Row[Any]) -> PainRating:
    """A rating."""
    return PainRating(
        id=row.id,
        stamp=to_stamp(row),
        area=Area(row.region, row.side),
        moment=row.moment,
        nrs=row.nrs,
        session_id=row.session_id,
        exercise_id=row.exercise_id,
        set_id=row.set_id,
        sign=row.sign,
        supersedes=row.supersedes,
    )


def from_end(end: SessionEnd, new_id: UUID, supersedes: UUID | None) -> Values:
    """A row of `session_ends`."""
    return {
        "id": new_id,
        **from_stamp(end.stamp),
        "session_id": end.session_id,
        "outcome": end.outcome,
        "seconds": end.seconds,
        "effort": end.effort,
        "note": end.note,
        "supersedes": supersedes,
    }


def to_end(row: Row[Any]) -> SessionEnd:
    """The end of a session."""
    return SessionEnd(row.session_id, to_stamp(row), row.outcome, row.seconds, row.effort, row.note)


def from_level(change: LevelChange, supersedes: UUID | None) -> Values:
    """A row of `level_changes`."""
    return {
        "id": change.id,
        **from_stamp(change.stamp),
        "exercise_id": change.exercise_id,
        "level": change.level,
        "reason": change.reason,
        "supersedes": supersedes,
    }


def to_level(row: Row[Any]) -> LevelChange:
    """A chosen level."""
    return LevelChange(row.id, to_stamp(row), row.exercise_id, row.level, row.reason)


def from_rule(rule: Reminder, new_id: UUID, stamp: Stamp, supersedes: UUID | None, *, removed: bool) -> Values:
    """A row of `reminders`."""
    return {
        "id": new_id,
        **from_stamp(stamp),
        "reminder_id": rule.id,
        "rule": reminder_to_data(rule),
        "removed": removed,
        "supersedes": supersedes,
    }


def to_rule(row: Row[Any]) -> Reminder:
    """A reminder; ValueError for what is none, or another one than the row says."""
    rule = reminder_from_data(row.rule)
    if rule.id != row.reminder_id:
        raise ValueError("a reminder under the id of another one")
    return rule


def from_entry(entry: Entry, new_id: UUID, zone: str, number: int) -> Values:
    """A row of `reminder_entries`."""
    return {
        "id": new_id,
        "at": entry.at,
        "zone": zone,
        "local_date": entry.local_date,
        "reminder_id": entry.reminder,
        "slot": entry.slot,
        "number": number,
        "answer": entry.answer,
        "missed": entry.missed,
        "until": entry.until,
    }


def to_entry(row: Row[Any]) -> Entry:
    """A line of the ledger; ValueError for one that cannot be."""
    if slot_name(time.fromisoformat(row.slot)) != row.slot:
        raise ValueError("a slot is a time such as 18:30")
    return Entry(row.reminder_id, row.local_date, row.slot, row.answer, row.at, row.missed, row.until)


def from_step(step: ClockStep, new_id: UUID, stamp: Stamp, number: int) -> Values:
    """A row of `clock_steps`."""
    return {"id": new_id, **from_stamp(stamp), "at": step.after, "number": number, "was": step.before}


def to_step(row: Row[Any]) -> ClockStep:
    """A setting of the wall clock."""
    return ClockStep(row.was, row.at)


def from_check(check: WeeklyCheck | MorningCheck) -> Values:
    """A row of `checks`."""
    return {
        "id": check.id,
        **from_stamp(check.stamp),
        "kind": CheckKind.WEEKLY if isinstance(check, WeeklyCheck) else CheckKind.MORNING,
        "hardest": check.hardest if isinstance(check, WeeklyCheck) else None,
        "stiffness": check.stiffness if isinstance(check, MorningCheck) else None,
    }


def to_check(row: Row[Any]) -> WeeklyCheck | MorningCheck:
    """An answer to the question of the week or of a morning."""
    if row.kind is CheckKind.WEEKLY:
        return WeeklyCheck(row.id, to_stamp(row), row.hardest or "")
    return MorningCheck(row.id, to_stamp(row), row.stiffness)


def from_period(period: Period) -> Values:
    """A row of `periods`."""
    return {
        "id": period.id,
        **from_stamp(period.stamp),
        "kind": period.kind,
        "first": period.first,
        "last": period.last,
        "region": period.area.region if period.area else None,
        "side": period.area.side if period.area else None,
        "note": period.note,
        "supersedes": period.supersedes,
    }


def to_period(row: Row[Any]) -> Period:
    """A flare or a rest; ValueError for an area that cannot be."""
    area = None if row.region is None else Area(row.region, row.side)
    return Period(row.id, to_stamp(row), row.kind, row.first, row.last, area, row.note, row.supersedes)


def from_flag(answer: FlagAnswer) -> Values:
    """A row of `flags`."""
    return {
        "id": answer.id,
        **from_stamp(answer.stamp),
        "flag": answer.flag,
        "level": answer.level,
        "yes": answer.yes,
        "supersedes": answer.supersedes,
    }


def to_flag(row: Row[Any]) -> FlagAnswer:
    """An answer about a worrying symptom."""
    return FlagAnswer(row.id, to_stamp(row), row.flag, row.level, row.yes, row.supersedes)


def from_test(test: SelfTest) -> Values:
    """A row of `self_tests`."""
    return {
        "id": test.id,
        **from_stamp(test.stamp),
        "test": test.test,
        "side": test.side,
        "tenths": test.tenths,
        "note": test.note,
        "supersedes": test.supersedes,
    }


def to_test(row: Row[Any]) -> SelfTest:
    """A self-test."""
    return SelfTest(row.id, to_stamp(row), row.test, row.tenths, row.side, row.note, row.supersedes)
