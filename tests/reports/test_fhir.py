"""What was kept as FHIR R4: right codes, right times, nothing made up, read by an independent library."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.period import SelfTest
from coach.domain.records import Outcome, SetStatus, Stamp
from coach.reports import codes
from coach.reports.fhir import clean
from coach.services.reminding import MorningCheck, Stiffness, WeeklyCheck
from coach.ui.session.facts import Sign
from tests import records as r
from tests.reports.lived import code, entries, exported, lived, parts, pieces
from tests.storage.exchange.histories import texts

if TYPE_CHECKING:
    from pathlib import Path

LEFT_BACK = Area(Region.LOW_BACK, BodySide.LEFT)
AREAS = [
    Area(region, side)
    for region in Region
    for side in BodySide
    if side is not BodySide.CENTRE or region is Region.LOW_BACK
]


def test_a_rating_is_a_pain_score_with_site_and_moment(tmp_path: Path) -> None:
    rating = r.pain(nrs=7, moment=PainMoment.MORNING)
    (found,) = entries(exported(lived(rating), tmp_path))
    assert found["id"] == str(rating.id)
    assert (found["status"], code(found["category"][0]), code(found["code"])) == ("final", "survey", "72514-3")
    assert found["valueInteger"] == 7
    assert found["effectiveDateTime"] == "2026-11-15T09:30:00+01:00"
    assert [each["code"] for each in found["bodySite"]["coding"]] == ["22335008", "area-left-heel_sole"]
    assert found["bodySite"]["text"] == "left heel or sole"
    assert code(parts(found)["moment"]) == "moment-am"


def test_no_pain_is_0_and_not_asked_is_never_0(tmp_path: Path) -> None:
    ratings = [r.pain(nrs=0), r.pain(1, nrs=None, sign="snap"), r.pain(2, nrs=9, sign="sign of a later version")]
    none, silent, other = entries(exported(lived(*ratings), tmp_path))
    assert none["valueInteger"] == 0
    assert "dataAbsentReason" not in none
    assert "valueInteger" not in silent
    assert code(silent["dataAbsentReason"]) == "not-asked"
    assert code(parts(silent)["stop-sign"]) == "sign-snap"
    assert (other["valueInteger"], parts(other)["stop-sign"]) == (9, {"text": "sign of a later version"})


@pytest.mark.parametrize("area", AREAS, ids=str)
def test_every_area_keeps_its_side(area: Area, tmp_path: Path) -> None:
    (found,) = entries(exported(lived(r.pain(area=area)), tmp_path))
    wide, own = found["bodySite"]["coding"]
    assert (wide["system"], own["code"]) == (codes.SNOMED, f"area-{area.side.value}-{area.region.value}")
    if area.region is not Region.LOW_BACK:
        assert area.side.value in wide["display"].casefold()
    elif area.side is BodySide.CENTRE:
        assert "side" not in parts(found)
    else:
        assert parts(found)["side"]["coding"][0]["display"].casefold() == area.side.value


def test_a_session_has_its_length_its_sets_and_ratings_and_the_note(tmp_path: Path) -> None:
    begun = r.start()
    worked = r.done(begun, 2, side=Side.LEFT, real_reps=8)
    held = r.done(
        begun, 3, set_no=2, kind=Kind.BALANCE, planned_reps=None, planned_hold_s=30, real_reps=None, real_hold_s=21
    )
    rating = r.pain(1, session_id=begun.id, moment=PainMoment.WORST)
    end = r.end(begun, note="Füße 🦶 <b>warm</b>", outcome=Outcome.STOPPED)
    session, first, second, pain = entries(
        exported(lived(begun, worked, replace(held, touches=3), rating, end), tmp_path)
    )
    assert (session["status"], code(session["category"][0]), code(session["code"])) == ("final", "activity", "73985-4")
    assert session["effectivePeriod"] == {"start": "2026-11-15T09:30:00+01:00", "end": "2026-11-15T09:44:00+01:00"}
    assert session["valueCodeableConcept"]["text"] == "Daily six"
    assert parts(session)["55411-3"] == {
        "value": 13.5,
        "unit": "min",
        "system": "http://unitsofmeasure.org",
        "code": "min",
    }
    assert (code(parts(session)["outcome"]), parts(session)["effort"]) == ("outcome-stopped", 4)
    assert session["note"] == [{"text": "Füße 🦶 <b>warm</b>"}]
    assert [m["reference"] for m in session["hasMember"]] == [f"urn:uuid:{each.id}" for each in (worked, held, rating)]
    assert [first["id"], second["id"], pain["id"]] == [str(each.id) for each in (worked, held, rating)]
    assert first["code"] == {
        "coding": [{"system": codes.EXERCISES, "code": "calf_raise"}],
        "text": "Calf raises",
    }
    assert (first["valueQuantity"]["value"], first["valueQuantity"]["code"]) == (8, "{reps}")
    assert (parts(first)["level"], parts(first)["planned"]["value"]) == (2, 10)
    assert parts(first)["side"]["coding"][0]["display"] == "Left"
    assert (second["valueQuantity"]["value"], second["valueQuantity"]["code"]) == (21, "s")
    assert parts(second)["touches"] == 3


def test_a_session_without_an_end_is_preliminary_and_a_skipped_set_was_not_performed(tmp_path: Path) -> None:
    begun = r.start()
    skipped = r.done(begun, status=SetStatus.SKIPPED, real_reps=0)
    session, record = entries(exported(lived(begun, skipped), tmp_path))
    assert (session["status"], session["effectivePeriod"]) == ("preliminary", {"start": "2026-11-15T09:30:00+01:00"})
    assert "component" not in session
    assert "valueQuantity" not in record
    assert code(record["dataAbsentReason"]) == "not-performed"


def test_what_was_corrected_does_not_go_out(tmp_path: Path) -> None:
    begun = r.start()
    wrong, wrong_pain = r.done(begun, 1, real_reps=3), r.pain(nrs=8)
    right = r.done(begun, 2, real_reps=9, supersedes=wrong.id)
    bundle = exported(lived(begun, wrong, right, wrong_pain, r.pain(1, nrs=2, supersedes=wrong_pain.id)), tmp_path)
    text = json.dumps(bundle)
    assert str(wrong.id) not in text
    assert str(wrong_pain.id) not in text
    assert [e["valueInteger"] for e in entries(bundle) if "valueInteger" in e] == [2]


def test_checks_and_self_tests(tmp_path: Path) -> None:
    checks: list[WeeklyCheck | MorningCheck] = [
        WeeklyCheck(r.new_id(), r.stamp(), "stairs & <garden>"),
        MorningCheck(r.new_id(), r.stamp(1), Stiffness.LONGER),
        WeeklyCheck(r.new_id(), r.stamp(2)),
        MorningCheck(r.new_id(), r.stamp(3)),
    ]
    tests = [
        SelfTest(r.new_id(), r.stamp(4), "T5", 140),
        SelfTest(r.new_id(), r.stamp(5), "T4", 125, Side.RIGHT, "heel came up"),
        SelfTest(r.new_id(), r.stamp(6), "a test of 2031", -5),
    ]
    hardest, stiff, chair, wall, other = entries(exported(lived(checks=checks, tests=tests), tmp_path))
    assert hardest["valueString"] == "stairs & <garden>"
    assert (code(stiff["code"]), stiff["valueCodeableConcept"]) == ("morning-stiffness", {"text": ">30 min"})
    assert (code(chair["code"]), chair["valueQuantity"]["value"], chair["valueQuantity"]["code"]) == (
        "66247-8",
        14,
        "{stands}",
    )
    assert (wall["valueQuantity"]["value"], wall["valueQuantity"]["code"]) == (12.5, "cm")
    assert parts(wall)["side"]["coding"][0]["display"] == "Right"
    assert wall["note"] == [{"text": "heel came up"}]
    assert (other["code"]["text"], other["valueQuantity"]) == ("a test of 2031", {"value": -0.5})


def test_every_sign_and_every_code_of_ours_is_explained(tmp_path: Path) -> None:
    bundle = exported(lived(r.pain(nrs=None, sign=Sign.CHEST)), tmp_path)
    (system,) = entries(bundle, "CodeSystem")
    explained = {each["code"]: each["display"] for each in system["concept"]}
    assert {f"sign-{sign.value}" for sign in Sign} <= set(explained)
    assert {f"moment-{moment.value}" for moment in PainMoment} <= set(explained)
    used = [
        each
        for observation in entries(bundle)
        for text in [json.dumps(observation)]
        for each in explained
        if f'"code": "{each}"' in text
    ]
    assert {"moment", "stop-sign", "sign-chest_dizzy_breath"} <= set(used)
    assert all(explained.values())


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", "2026-11-15T03:30:00-05:00"),
        ("Asia/Kathmandu", "2026-11-15T14:15:00+05:45"),
        ("Mars/Olympus", "2026-11-15T08:30:00+00:00"),
    ],
)
def test_fault_27_times_have_the_offset_of_the_zone_or_utc(zone: str, told: str, tmp_path: Path) -> None:
    stamp = Stamp(r.at(0), zone, r.at(0).date())
    (found,) = entries(exported(lived(r.pain(stamp=stamp)), tmp_path))
    assert found["effectiveDateTime"] == told


@pytest.mark.parametrize("year", [1, 1880, 1970, 2038, 9999])
def test_fault_29_any_year_has_a_time(year: int, tmp_path: Path) -> None:
    moment = datetime(year, 12, 31, 23, 59, 59, 5, tzinfo=UTC) if year > 1 else datetime(1, 1, 1, tzinfo=UTC)
    for zone in ("Europe/Amsterdam", "America/New_York", "Pacific/Kiritimati"):
        (found,) = entries(exported(lived(r.pain(stamp=Stamp(moment, zone, moment.date()))), tmp_path))
        told = datetime.fromisoformat(found["effectiveDateTime"])
        assert told == moment
        assert len(found["effectiveDateTime"].split("T")[0]) == 10


def test_a_clock_set_back_in_a_session_leaves_no_period_that_ends_before_it_begins(tmp_path: Path) -> None:
    begun = r.start(60)
    session, *_ = entries(exported(lived(begun, r.end(begun, 10)), tmp_path))
    assert "end" not in session["effectivePeriod"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(note=texts | st.text(max_size=400), title=texts, name=texts, exercise=texts, sign=texts)
def test_fault_49_hostile_texts_come_out_as_they_went_in(
    note: str, title: str, name: str, exercise: str, sign: str, tmp_path: Path
) -> None:
    begun = r.start(routine_title=title)
    worked = r.done(begun, title=title, exercise_id=exercise)
    rating = r.pain(3, nrs=None, sign=sign or "x", session_id=begun.id)
    diary = lived(begun, worked, rating, r.end(begun, note=note))
    person, _, session, record, pain = pieces(exported(diary, tmp_path, name))
    assert [each.text for each in session.note or ()] == ([clean(note)] if note.strip() else [])
    assert session.valueCodeableConcept.text == (clean(title) if title.strip() else None)
    assert record.code.text == (clean(title) if title.strip() else None)
    assert [each.text for each in person.name or ()] == ([clean(name)] if name.strip() else [])
    (told,) = [part.valueCodeableConcept.text for part in pain.component if part.code.coding[0].code == "stop-sign"]
    assert told == clean(sign or "x")


@pytest.mark.parametrize("length", [1_000_000, 2_600_000])
def test_fault_49_a_note_that_is_longer_than_fhir_allows_comes_in_pieces(length: int, tmp_path: Path) -> None:
    note = ("🦶" + "x" * 99) * (length // 100)
    begun = r.start()
    session, *_ = entries(exported(lived(begun, r.end(begun, note=note)), tmp_path))
    assert "".join(piece["text"] for piece in session["note"]) == note
    assert all(len(piece["text"].encode()) <= 1 << 20 for piece in session["note"])


@given(st.text(st.characters(), max_size=50))
def test_fault_49_only_what_fhir_has_no_place_for_is_replaced(text: str) -> None:
    told = clean(text)
    told.encode()
    assert len(told) == len(text)
    for was, now in zip(text, told, strict=True):
        assert now in {was, "\ufffd"}
        assert now in "\t\n\r" or now >= " "


def test_the_same_history_gives_the_same_bundle_but_for_its_timestamp(tmp_path: Path) -> None:
    begun = r.start()
    diary = lived(begun, r.done(begun), r.pain(9), r.end(begun))
    first, second = exported(diary, tmp_path), exported(diary, tmp_path)
    assert first == second
    assert list(first) == ["resourceType", "type", "timestamp", "entry"]
    (person,) = entries(first, "Patient")
    assert set(person) == {"resourceType", "id"}
    urls = [entry["fullUrl"] for entry in first["entry"]]
    assert len(set(urls)) == len(urls)
    assert all(UUID(url.removeprefix("urn:uuid:")) for url in urls)
    assert {each["subject"]["reference"] for each in entries(first)} == {f"urn:uuid:{person['id']}"}
    other = lived(r.pain(0, stamp=Stamp(r.at(0) + timedelta(days=9), r.ZONE, r.at(0).date())))
    assert entries(exported(other, tmp_path), "Patient")[0]["id"] != person["id"]
