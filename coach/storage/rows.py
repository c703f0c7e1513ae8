"""From records to rows and back; the only place that knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.domain.exercise import Tempo
from coach.domain.pain import Area
from coach.domain.records import LevelChange, PainRating, SessionEnd, SessionStart, SetRecord, Stamp

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

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
