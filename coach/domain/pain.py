"""Pain on the 0 to 10 scale, by region and side, and what the program does with it during an exercise.

Scale and words: clinical.md 3.1 (V: CPA). Rules B1 to B4: clinical.md 3.5; the limit of 5 is V(Silb2007), every other
number there is our own rule (P) and must never be shown as research.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coach.domain.exercise import Category

NRS_MAX = 10


class Region(StrEnum):
    """Where it hurts (clinical.md 3.2)."""

    LOW_BACK = "low_back"
    HIP = "hip"
    KNEE = "knee"
    SHIN = "shin"
    CALF_ACHILLES = "calf_achilles"
    ANKLE = "ankle"
    HEEL_SOLE = "heel_sole"
    FOREFOOT_TOES = "forefoot_toes"


class BodySide(StrEnum):
    """The side of a region; only the low back has a centre."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A region on one side; ValueError for a centre that does not exist."""

    region: Region
    side: BodySide

    def __post_init__(self) -> None:
        if self.side is BodySide.CENTRE and self.region is not Region.LOW_BACK:
            msg = f"{self.region.value} has a left and a right side only"
            raise ValueError(msg)


class PainMoment(StrEnum):
    """When a rating was given (clinical.md 3.2)."""

    BEFORE = "pre"
    WORST = "max"
    AFTER = "post"
    MORNING = "am"
    WEEKLY_AVERAGE = "weekly_avg"
    WEEKLY_WORST = "weekly_worst"


class Band(StrEnum):
    """Words for the scale: 0 none, 1–3 mild, 4–6 moderate, 7–10 severe (V: CPA, NRSbands)."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


def band(nrs: int) -> Band:
    """The word for a rating; ValueError outside 0 to 10."""
    check_nrs(nrs)
    if nrs == 0:
        return Band.NONE
    return Band.MILD if nrs <= 3 else Band.MODERATE if nrs <= 6 else Band.SEVERE


def check_nrs(nrs: int) -> int:
    """The rating itself; ValueError outside whole numbers 0 to 10."""
    if type(nrs) is not int or not 0 <= nrs <= NRS_MAX:
        msg = f"pain is a whole number from 0 to {NRS_MAX}, not {nrs!r}"
        raise ValueError(msg)
    return nrs


class Response(StrEnum):
    """What the session does after an answer to "It hurts"."""

    CARRY_ON = "carry_on"
    FEWER_REPS = "fewer_reps"
    EASE_OFF = "ease_off"
    STOP_EXERCISE = "stop_exercise"
    STOP_SESSION = "stop_session"


def respond(category: Category, nrs: int, *, sign: bool, asked_before: bool = False) -> tuple[Response, str]:
    """What rules B1 to B4 advise during an exercise, and the rule's name (empty when none applies).

    `sign` is a sudden sharp pain, snap, giving way, new numbness or weakness, or a general stop sign. `asked_before`
    means the person already eased off once in this exercise (B3: if it stays 4 or more, stop this exercise).
    """
    check_nrs(nrs)
    if sign:
        return Response.STOP_SESSION, "B1"
    if nrs >= 6:
        return Response.STOP_EXERCISE, "B2"
    if nrs >= 4 and category is not Category.STRENGTH:
        return (Response.STOP_EXERCISE if asked_before else Response.EASE_OFF), "B3"
    if nrs >= 4:
        return Response.FEWER_REPS, "B4"
    return Response.CARRY_ON, ""
