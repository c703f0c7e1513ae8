"""Sessions in words and as plain data, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.services.history import seconds_of

if TYPE_CHECKING:
    from coach.domain.records import SessionSummary


def minutes(seconds: float) -> str:
    """`13.5 min`."""
    return f"{seconds / 60:.1f} min".replace(".0 ", " ")


def print_session(session: SessionSummary) -> None:
    """One session and its sets, as plain text."""
    outcome = session.end.outcome.value if session.end else "not ended"
    day = session.start.stamp.local_date
    print(f"{day:%a %d %b %Y}  {session.start.routine_title}, {minutes(seconds_of(session))}, {outcome}")
    for record in session.sets:
        planned = record.planned_reps if record.planned_reps is not None else record.planned_hold_s
        real = record.real_reps if record.real_reps is not None else record.real_hold_s
        unit = "reps" if record.planned_reps is not None else "s"
        touched = f", {record.touches} foot touch{'es' * (record.touches > 1)}" if record.touches else ""
        print(
            f"  {record.title:<24}set {record.set_no} {record.side.value:<6}"
            f"{real} of {planned} {unit}, {record.status.value}{touched}"
        )
    for rating in session.pain:
        area = f"{rating.area.side.value} {rating.area.region.value}"
        felt = rating.sign if rating.nrs is None else rating.nrs
        during = f" in {rating.exercise_id}" if rating.exercise_id else ""
        print(f"  pain {rating.moment.value:<5}{area}: {felt}{during}")


def session_data(session: SessionSummary) -> dict[str, Any]:
    """One session as plain lists and dicts."""
    end = session.end
    return {
        "id": str(session.start.id),
        "started": session.start.stamp.at.isoformat(),
        "date": session.start.stamp.local_date.isoformat(),
        "routine": session.start.routine_id,
        "outcome": end.outcome.value if end else None,
        "seconds": end.seconds if end else None,
        "effort": end.effort if end else None,
        "note": end.note if end else "",
        "sets": [
            {
                "exercise": r.exercise_id,
                "title": r.title,
                "level": r.level,
                "set": r.set_no,
                "side": r.side.value,
                "status": r.status.value,
                "planned_reps": r.planned_reps,
                "planned_hold_s": r.planned_hold_s,
                "tempo": str(r.tempo) if r.tempo else None,
                "real_reps": r.real_reps,
                "real_hold_s": r.real_hold_s,
                "touches": r.touches,
            }
            for r in session.sets
        ],
        "pain": [
            {
                "moment": p.moment.value,
                "region": p.area.region.value,
                "side": p.area.side.value,
                "nrs": p.nrs,
                "exercise": p.exercise_id,
                "sign": p.sign,
            }
            for p in session.pain
        ],
    }
