"""What was kept, as resources of FHIR R4 (docs/data-fhir.md). Pure functions from records to what JSON can hold.

Nothing is made up: what was not asked or not done has a reason for being absent, and is never 0.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID, uuid5

from coach.domain.progress.period import SelfTest
from coach.domain.records import PainRating, SessionSummary, SetStatus
from coach.domain.reminders.wall import zone_of
from coach.reports import codes
from coach.services.reminding import WeeklyCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.domain.records import SessionEnd, SetRecord, Stamp
    from coach.services.reminding import MorningCheck

Resource = dict[str, Any]
Record: TypeAlias = "SessionSummary | PainRating | WeeklyCheck | MorningCheck | SelfTest"

LONGEST = 250_000
"""Characters of one text: FHIR allows a megabyte, and a character may take four bytes."""
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_MINUTE = 60


def patient(id_: UUID, name: str) -> Resource:
    """The person, with nothing that tells who it is but a name they gave."""
    made: Resource = {"resourceType": "Patient", "id": str(id_)}
    if clean(name).strip():
        made["name"] = [{"text": clean(name)}]
    return made


def code_system() -> Resource:
    """Our own codes, so that the bundle explains itself."""
    return {
        "resourceType": "CodeSystem",
        "id": codes.OURS.removeprefix("urn:uuid:"),
        "url": codes.OURS,
        "name": "FootCoach",
        "title": "Codes of Foot Coach",
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "concept": list(codes.definitions()),
    }


def patient_id(first: Record) -> UUID:
    """The same in every export of a history that begins with this record."""
    return uuid5(id_of(first), "patient")


def id_of(record: Record) -> UUID:
    """The id of a record."""
    return record.start.id if isinstance(record, SessionSummary) else record.id


def resources(record: Record, who: UUID) -> Iterator[Resource]:
    """What a record becomes: one observation, or those of a session with its sets and ratings."""
    if isinstance(record, SessionSummary):
        yield _session(record, who)
        for done in record.sets:
            yield _set(done, who)
        for rating in record.pain:
            yield _pain(rating, who)
    elif isinstance(record, PainRating):
        yield _pain(record, who)
    elif isinstance(record, SelfTest):
        yield _test(record, who)
    else:
        yield _check(record, who)


def is_told(check: WeeklyCheck | MorningCheck) -> bool:
    """Whether a check holds more than pain, which is told by itself."""
    return bool(check.hardest.strip()) if isinstance(check, WeeklyCheck) else check.stiffness is not None


def clean(text: str) -> str:
    """A text without the control characters for which FHIR has no place, at most as long as FHIR allows."""
    return _NO_TEXT.sub("\ufffd", text)[:LONGEST]


def instant(stamp: Stamp) -> str:
    """When it was, with the offset of the zone it was in; in UTC where that offset is no whole minute."""
    try:
        local = stamp.at.astimezone(zone_of(stamp.zone))
    except OverflowError:  # within a day of the year 1 or 9999
        local = stamp.at
    offset = local.utcoffset()
    if offset is None or offset.total_seconds() % _MINUTE:
        local = stamp.at.astimezone(UTC)
    return local.isoformat()


def _observation(id_: UUID, who: UUID, category: list[codes.Concept], code: codes.Concept, when: str) -> Resource:
    return {
        "resourceType": "Observation",
        "id": str(id_),
        "status": "final",
        "category": category,
        "code": code,
        "subject": {"reference": who.urn},
        "performer": [{"reference": who.urn}],
        "effectiveDateTime": when,
    }


def _part(code: str, **value: object) -> Resource:
    return {"code": codes.ours(code), **value}


def _quantity(value: float, unit: dict[str, str]) -> Resource:
    return {"value": value, **unit}


# --- pain -------------------------------------------------------------------------------------------------------------


def _pain(rating: PainRating, who: UUID) -> Resource:
    """A number on a scale has no unit, so it is a `valueInteger`."""
    made = _observation(rating.id, who, codes.SURVEY, codes.PAIN, instant(rating.stamp))
    made |= {"valueInteger": rating.nrs} if rating.nrs is not None else {"dataAbsentReason": codes.NOT_ASKED}
    made["bodySite"] = codes.site(rating.area)
    parts = [_part("moment", valueCodeableConcept=codes.ours(f"moment-{rating.moment.value}"))]
    if (side := codes.side_of(rating.area)) is not None:
        parts.append(_part("side", valueCodeableConcept=side))
    if rating.sign:
        parts.append(_part("stop-sign", valueCodeableConcept=codes.sign(clean(rating.sign))))
    return made | {"component": parts}


# --- sessions and sets ------------------------------------------------------------------------------------------------


def _session(session: SessionSummary, who: UUID) -> Resource:
    made = _observation(session.start.id, who, codes.ACTIVITIES, codes.ACTIVITY, "")
    del made["effectiveDateTime"]
    made["effectivePeriod"] = _period(session)
    made["valueCodeableConcept"] = {"coding": [codes.THERAPY], **_text(session.start.routine_title)}
    members = [done.id for done in session.sets] + [rating.id for rating in session.pain]
    if members:
        made["hasMember"] = [{"reference": member.urn} for member in members]
    if session.end is None:
        return made | {"status": "preliminary"}
    if notes := _notes(session.end.note):
        made["note"] = notes
    return made | {"component": _ending(session.end)}


def _period(session: SessionSummary) -> Resource:
    begun, end = session.start.stamp, session.end
    if end is None or end.stamp.at < begun.at:  # the clock was set back meanwhile
        return {"start": instant(begun)}
    return {"start": instant(begun), "end": instant(end.stamp)}


def _ending(end: SessionEnd) -> list[Resource]:
    minutes = round(end.seconds / _MINUTE, 2)
    parts: list[Resource] = [
        {"code": codes.DURATION, "valueQuantity": _quantity(minutes, codes.MINUTES)},
        _part("outcome", valueCodeableConcept=codes.ours(f"outcome-{end.outcome.value}")),
    ]
    if end.effort is not None:
        parts.append(_part("effort", valueInteger=end.effort))
    return parts


def _set(done: SetRecord, who: UUID) -> Resource:
    # A code may hold single spaces between its words; one of one's own exercise file may hold anything.
    code = {"coding": [codes.coding(codes.EXERCISES, _code(done.exercise_id))], **_text(done.title)}
    made = _observation(done.id, who, codes.ACTIVITIES, code, instant(done.stamp))
    real = _dose(done.real_reps, done.real_hold_s)
    skipped = done.status is SetStatus.SKIPPED or real is None
    made |= {"dataAbsentReason": codes.NOT_PERFORMED} if skipped else {"valueQuantity": real}
    parts = [_part("side", valueCodeableConcept=codes.SIDES[done.side]), _part("level", valueInteger=done.level)]
    if (planned := _dose(done.planned_reps, done.planned_hold_s)) is not None:
        parts.append(_part("planned", valueQuantity=planned))
    if done.touches:
        parts.append(_part("touches", valueInteger=done.touches))
    return made | {"component": parts}


def _dose(reps: int | None, hold_s: int | None) -> Resource | None:
    if reps is not None:
        return _quantity(reps, codes.REPETITIONS)
    return None if hold_s is None else _quantity(hold_s, codes.SECONDS)


def _code(text: str) -> str:
    return " ".join(clean(text).split()) or "unknown"


def _text(text: str) -> Resource:
    """FHIR has no empty texts."""
    return {"text": clean(text)} if text.strip() else {}


def _notes(note: str) -> list[Resource]:
    """What somebody wrote, in as many pieces as its length asks for."""
    pieces = [note[at : at + LONGEST] for at in range(0, len(note), LONGEST)]
    return [{"text": clean(piece)} for piece in pieces if piece.strip()]


# --- checks and self-tests --------------------------------------------------------------------------------------------


def _check(check: WeeklyCheck | MorningCheck, who: UUID) -> Resource:
    """What was answered besides pain."""
    weekly = isinstance(check, WeeklyCheck)
    code = codes.ours("hardest" if weekly else "morning-stiffness")
    made = _observation(check.id, who, codes.SURVEY, code, instant(check.stamp))
    if isinstance(check, WeeklyCheck):
        return made | {"valueString": clean(check.hardest)}
    minutes = check.stiffness.value if check.stiffness is not None else ""
    return made | {"valueCodeableConcept": {"text": f"{minutes} min"}}


def _test(test: SelfTest, who: UUID) -> Resource:
    known = codes.TESTS.get(test.test)
    code, unit = known if known is not None else (codes.ours("self-test") | _text(test.test), None)
    made = _observation(test.id, who, codes.EXAM, code, instant(test.stamp))
    value = test.tenths / 10 if test.tenths % 10 else test.tenths // 10
    made["valueQuantity"] = _quantity(value, unit or {})
    if notes := _notes(test.note):
        made["note"] = notes
    if test.side is not None:
        made["component"] = [_part("side", valueCodeableConcept=codes.SIDES[test.side])]
    return made
