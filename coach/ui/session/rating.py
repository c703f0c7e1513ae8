"""Asking for pain during a session: where it may be, what the rules advise, typing 10. Pure functions and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.exercise import Category, Side
from coach.domain.pain import NRS_MAX, Area, BodySide, Region, Response, respond
from coach.ui.i18n import tr
from coach.ui.session import wording as say
from coach.ui.session.facts import Sign
from coach.ui.session.view import AdviceView, HurtsView, StopView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.exercise import Exercise
    from coach.domain.session import Key
    from coach.domain.timeline import Moment, Place

TEN_WITHIN_S = 0.6
CHIPS = 3
"""Areas that are shown at once; "Somewhere else" lists the others."""

Labelled = tuple[tuple[Area, str], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is being rated: an exercise of the session, the side worked, and the bout it is about."""

    place: Place
    about: Key | None

    @property
    def exercise(self) -> Exercise:
        """The exercise."""
        return self.place.planned.exercise

    @property
    def category(self) -> Category:
        """Which row of the rules applies."""
        return self.exercise.category


def _sides(region: Region, worked: Side) -> tuple[BodySide, ...]:
    if region is Region.LOW_BACK:
        return (BodySide.CENTRE,)
    if worked is Side.BOTH:
        return (BodySide.RIGHT, BodySide.LEFT)
    return (BodySide(worked.value),)


def likely_areas(exercise: Exercise, worked: Side, pain_now: Mapping[Area, int]) -> tuple[Area, ...]:
    """Areas this exercise loads: painful ones first, then the worked side in the order of the file; never empty."""
    loaded = [Area(region, side) for region in exercise.loads for side in _sides(region, worked)]
    sore = [area for area, nrs in pain_now.items() if nrs > 0 and area.region in exercise.loads]
    sore.sort(key=lambda area: (-pain_now[area], area.side.value != worked.value))
    found = tuple(dict.fromkeys((*sore, *loaded)))
    return found or (Area(Region.LOW_BACK, BodySide.CENTRE),)


def every_area() -> tuple[Area, ...]:
    """All regions and sides, from the feet up."""
    return tuple(
        Area(region, side)
        for region in reversed(Region)
        for side in BodySide
        if side is not BodySide.CENTRE or region is Region.LOW_BACK
    )


def labelled(areas: tuple[Area, ...]) -> Labelled:
    """Areas with their words."""
    return tuple((area, say.area_label(area)) for area in areas)


def chips(candidates: tuple[Area, ...], chosen: Area) -> tuple[Area, ...]:
    """The few areas that are offered at once; the chosen one is always among them."""
    first = candidates[:CHIPS]
    return first if chosen in first else (*first[: CHIPS - 1], chosen)


class DigitEntry:
    """Typed digits as a rating: a 0 within 600 ms of a 1 makes 10."""

    def __init__(self) -> None:
        self._one_at = float("-inf")

    def press(self, digit: int, now: float) -> int:
        """The rating after this digit; `now` is monotonic seconds."""
        ten = digit == 0 and now - self._one_at <= TEN_WITHIN_S
        self._one_at = now if digit == 1 else float("-inf")
        return NRS_MAX if ten else digit


def advice(subject: Subject, nrs: int, *, asked_before: bool, can_ease: bool) -> tuple[Response, AdviceView]:
    """What the rules say about a number, and how it is put."""
    response, rule = respond(subject.category, nrs, sign=False, asked_before=asked_before)
    text, primary = _ADVICE[response]()
    if rule == "B3" and response is Response.STOP_EXERCISE:
        text = tr("Still 4 or more: this exercise ends here.")
    may_ease = can_ease and response is not Response.STOP_EXERCISE
    return response, AdviceView(text, primary, may_ease, rule)


_ADVICE = {
    Response.CARRY_ON: lambda: (tr("Up to 3 is fine. Carry on when you are ready."), tr("Carry on")),
    Response.FEWER_REPS: lambda: (
        tr("4 or 5 is allowed. Finish this set. The next one has about a quarter fewer reps."),
        tr("Carry on"),
    ),
    Response.EASE_OFF: lambda: (
        tr("Ease off until it is 3 or less. We ask again at the next pause."),
        tr("Ease off and carry on"),
    ),
    Response.STOP_EXERCISE: lambda: (
        tr("6 or more: this exercise ends here. Next time, choose one step easier."),
        tr("End this exercise"),
    ),
}


def hint(category: Category) -> str:
    """What will happen, before there is an answer."""
    if category is Category.STRENGTH:
        return tr(
            "4 or 5: finish this set, then about a quarter fewer reps. "
            "6 or more: we stop this exercise. Next time, choose one step easier."
        )
    return tr(
        "4 or 5: ease off until it is 3 or less. 6 or more: we stop this exercise. Next time, choose one step easier."
    )


def paused_where(moment: Moment) -> str:
    """`Paused at rep 7 · Calf raises`."""
    title = moment.place.planned.exercise.title
    if moment.segment.rep:
        return tr("Paused at rep {n} · {exercise}", n=moment.segment.rep, exercise=title)
    if moment.phase.is_work:
        return tr("Paused at {n} s · {exercise}", n=say.countdown(moment.remaining), exercise=title)
    return tr("Paused · {exercise}", exercise=title)


def hurts_view(
    where: str, subject: Subject, candidates: tuple[Area, ...], chosen: Area, value: int | None, said: AdviceView | None
) -> HurtsView:
    """The sheet as it is shown."""
    offered = chips(candidates, chosen)
    rest = tuple(area for area in every_area() if area not in offered)
    return HurtsView(
        where=where,
        areas=labelled(offered),
        more_areas=labelled(rest),
        area=chosen,
        signs=tuple((sign, say.sign_words(sign)) for sign in Sign),
        hint=hint(subject.category),
        value=value,
        advice=said,
    )


_MAY_BE_AN_EMERGENCY = {Sign.CHEST, Sign.NUMB}


def stop_view(sign: Sign, *, mistake: bool) -> StopView:
    """The full-screen stop. Words: clinical.md 3.7 (general signs: emergency if rest does not help) and 3.8."""
    if sign in _MAY_BE_AN_EMERGENCY:
        headline = tr("Stop exercising. Sit down and rest.")
        text = tr(
            "If it is not gone within minutes: Call your local emergency number or go to an emergency department now."
        )
    else:
        headline = tr("Stop exercising. Please get medical advice today.")
        text = tr("Exercise again once a health professional has assessed this and said you may.")
    return StopView(headline, text, say.sign_words(sign), mistake)
