"""Codes of other systems for what is exported; our own keys stay what the program works with.

Each code and its words were seen in public implementation guides (clinical.md 7, tag V), none was looked up on a
terminology server. Marked K is what was only recalled. Where no code is known, ours is used, which `definitions`
explains. SNOMED CT needs a licence in some countries; here are identifiers only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.domain.exercise import Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.records import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
OURS = "urn:uuid:5d0a3f0e-7a52-4c1c-9d53-0c4d7be1f2a6"
"""Our own codes; the bundle explains each in a CodeSystem."""
EXERCISES = "urn:uuid:b7c1e2d4-93f8-4f0b-8a6e-41d2c09e75f3"
"""Ids of exercises: those of the program, and whatever the person has written themselves."""

Concept = dict[str, Any]
"""A CodeableConcept, as JSON has it."""


def coding(system: str, code: str, display: str = "") -> dict[str, str]:
    """One code, with its words if there are any."""
    found = {"system": system, "code": code}
    return found | {"display": display} if display else found


def concept(system: str, code: str, display: str) -> Concept:
    """A concept with one code."""
    return {"coding": [coding(system, code, display)]}


def ours(code: str) -> Concept:
    """A concept of our own."""
    return concept(OURS, code, _OWN[code])


PAIN = concept(LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
ACTIVITY = concept(LOINC, "73985-4", "Exercise activity")
DURATION = concept(LOINC, "55411-3", "Exercise duration")
THERAPY = coding(SNOMED, "229065009", "Exercise therapy")
SURVEY = [concept(CATEGORY, "survey", "Survey")]
ACTIVITIES = [concept(CATEGORY, "activity", "Activity")]
EXAM = [concept(CATEGORY, "exam", "Exam")]
NOT_ASKED = concept(ABSENT, "not-asked", "Not Asked")
NOT_PERFORMED = concept(ABSENT, "not-performed", "Not Performed")

SIDES = {
    Side.LEFT: concept(SNOMED, "7771000", "Left"),
    Side.RIGHT: concept(SNOMED, "24028007", "Right"),
    Side.BOTH: concept(SNOMED, "51440002", "Bilateral"),
}
_LEFT_RIGHT = {
    Region.HIP: (("287679003", "Left hip region structure"), ("287579007", "Right hip region structure")),
    Region.KNEE: (("82169009", "Structure of left knee region"), ("6757004", "Structure of right knee region")),
    Region.SHIN: (("48979004", "Structure of left lower leg"), ("32696007", "Structure of right lower leg")),
    Region.CALF_ACHILLES: (
        ("722115008", "Structure of calf of left lower leg"),
        ("722116009", "Structure of calf of right lower leg"),
    ),
    Region.ANKLE: (("51636004", "Structure of left ankle"), ("6685009", "Structure of right ankle")),
    Region.HEEL_SOLE: (("22335008", "Structure of left foot"), ("7769000", "Structure of right foot")),
    Region.FOREFOOT_TOES: (("22335008", "Structure of left foot"), ("7769000", "Structure of right foot")),
}
_LOW_BACK = ("37822005", "Structure of back of abdominopelvic segment of trunk")
_REGIONS = {
    Region.LOW_BACK: "low back",
    Region.HIP: "hip",
    Region.KNEE: "knee",
    Region.SHIN: "shin",
    Region.CALF_ACHILLES: "calf or Achilles tendon",
    Region.ANKLE: "ankle",
    Region.HEEL_SOLE: "heel or sole",
    Region.FOREFOOT_TOES: "forefoot or toes",
}
_MOMENTS = {
    PainMoment.BEFORE: "before exercise",
    PainMoment.WORST: "worst during exercise",
    PainMoment.AFTER: "after exercise",
    PainMoment.MORNING: "on the first steps of the next morning",
    PainMoment.WEEKLY_AVERAGE: "average of the last 7 days",
    PainMoment.WEEKLY_WORST: "worst of the last 7 days",
}
_OUTCOMES = {
    Outcome.COMPLETED: "completed",
    Outcome.STOPPED: "stopped by the person",
    Outcome.ABANDONED: "left unfinished",
}
_SIGNS = {  # stop signs of clinical.md 3.7; one that an older or newer version kept goes out as a text
    "sharp": "sudden sharp pain",
    "snap": "a snap",
    "gave_way": "giving way",
    "numb_or_weak": "new numbness or weakness",
    "chest_dizzy_breath": "chest pain, dizziness or short of breath",
}
_OWN = {
    "moment": "when the pain was rated",
    "side": "side of the body",
    "stop-sign": "stop sign that was ticked",
    "outcome": "how the session ended",
    "effort": "effort of the session, 0 to 10",
    "level": "level of the exercise",
    "planned": "planned repetitions or seconds",
    "touches": "foot touches in a balance bout",
    "hardest": "activity that was hardest this week",
    "morning-stiffness": "minutes of stiffness after getting up",
    "stage-balance": "four-stage balance, highest stage held",
    "one-leg-open": "standing on one leg, eyes open",
    "one-leg-closed": "standing on one leg, eyes closed",
    "heel-rise": "heel rises",
    "knee-to-wall": "knee to wall",
    "sit-and-reach": "chair sit-and-reach",
    "fingertip-to-floor": "fingertip to floor",
    "thomas": "Thomas position",
    "self-test": "a self-test",
    **{f"moment-{moment.value}": words for moment, words in _MOMENTS.items()},
    **{f"outcome-{outcome.value}": words for outcome, words in _OUTCOMES.items()},
    **{f"sign-{sign}": words for sign, words in _SIGNS.items()},
}


def _area_code(area: Area) -> str:
    return f"area-{area.side.value}-{area.region.value}"


def area_words(area: Area) -> str:
    """`left heel or sole`."""
    region = _REGIONS[area.region]
    return region if area.side is BodySide.CENTRE else f"{area.side.value} {region}"


_OWN |= {
    _area_code(area): area_words(area)
    for region in Region
    for side in BodySide
    if side is not BodySide.CENTRE or region is Region.LOW_BACK
    for area in [Area(region, side)]
}


def site(area: Area) -> Concept:
    """A body site: the SNOMED CT code, which may be wider than the area, and ours, which is the area itself."""
    if area.region is Region.LOW_BACK:
        code, display = _LOW_BACK
    else:
        code, display = _LEFT_RIGHT[area.region][area.side is BodySide.RIGHT]
    own = _area_code(area)
    return {"coding": [coding(SNOMED, code, display), coding(OURS, own, _OWN[own])], "text": area_words(area)}


def side_of(area: Area) -> Concept | None:
    """The side where the code of the body site does not tell it: left or right in the low back."""
    if area.region is not Region.LOW_BACK or area.side is BodySide.CENTRE:
        return None
    return SIDES[Side(area.side.value)]


def sign(name: str) -> Concept:
    """A stop sign."""
    return ours(f"sign-{name}") if name in _SIGNS else {"text": name}


def unit(code: str, words: str) -> dict[str, str]:
    """A unit of UCUM; annotations in braces are dimensionless."""
    return {"unit": words, "system": UCUM, "code": code}


MINUTES = unit("min", "min")
SECONDS = unit("s", "s")
REPETITIONS = unit("{reps}", "repetitions")  # K: the annotation is ours to choose
CENTIMETRES = unit("cm", "cm")  # K
STANDS = unit("{stands}", "stands")  # K, as above

TESTS: dict[str, tuple[Concept, dict[str, str] | None]] = {
    "T0": (ours("stage-balance"), None),
    "T1": (ours("one-leg-open"), SECONDS),
    "T2": (ours("one-leg-closed"), SECONDS),
    "T3": (ours("heel-rise"), REPETITIONS),
    "T4": (ours("knee-to-wall"), CENTIMETRES),
    "T5": (concept(LOINC, "66247-8", "Sit to stand frequency in 30 seconds"), STANDS),
    "T6a": (ours("sit-and-reach"), CENTIMETRES),
    "T6b": (ours("fingertip-to-floor"), CENTIMETRES),
    "T7": (ours("thomas"), None),
}
"""The self-tests of clinical.md 4 by their id: code and unit. Only one has a LOINC code."""


def definitions() -> Iterator[dict[str, str]]:
    """Every code of our own with its words."""
    for code, display in sorted(_OWN.items()):
        yield {"code": code, "display": display}
