"""Progress in words, the same on the screen and on paper: is it helping, what was done, how the sides differ.

What is said of the answer follows clinical.md 3.4: both means, the difference, the threshold, and that it proves
nothing. What is shown never says another thing than the answer: where one decimal would (1.96 is not 2.0), there are
more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from coach.domain.pain import BodySide
from coach.domain.progress.helping import CLEAR, LOW, MIN_DAYS, Answer, Lacking
from coach.domain.progress.span import WEEK
from coach.ui.charts.words import amount_text
from coach.ui.i18n import tr
from coach.ui.words import number, region_word

if TYPE_CHECKING:
    from coach.domain.pain import Area
    from coach.domain.progress.adherence import Adherence
    from coach.domain.progress.helping import Helping, Week
    from coach.services.progress import ExerciseTrend

_MOST_DECIMALS = 4


def answer_word(answer: Answer) -> str:
    """The four fixed answers."""
    return {
        Answer.LESS: tr("Clearly less pain"),
        Answer.SAME: tr("About the same"),
        Answer.MORE: tr("More pain than at the start"),
        Answer.EARLY: tr("Too early to say"),
    }[answer]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Both means and what lies between them, rounded so that they say the same as the answer."""

    first: float
    last: float
    decimals: int

    @property
    def apart(self) -> float:
        """How far the shown means are apart, 0 or more."""
        return abs(round(self.last - self.first, self.decimals))

    def text(self, value: float) -> str:
        """A value with as many decimals as all of them."""
        return number(value, self.decimals)


def numbers_of(helping: Helping) -> Numbers:
    """The fewest decimals at which what is shown leads to the answer that is shown; ValueError without two weeks."""
    if helping.first is None or helping.last is None:
        raise ValueError("there are no two weeks to compare")
    shown = Numbers(helping.first.mean, helping.last.mean, _MOST_DECIMALS)
    for decimals in range(1, _MOST_DECIMALS + 1):
        shown = Numbers(round(helping.first.mean, decimals), round(helping.last.mean, decimals), decimals)
        if _says(shown) is helping.answer and (shown.first <= LOW) == (helping.first.mean <= LOW):
            break
    return shown


def _says(shown: Numbers) -> Answer:
    """What somebody who has only the shown numbers and the rule would answer."""
    fall = round(shown.first - shown.last, shown.decimals)
    if fall >= (1 if shown.first <= LOW else CLEAR):
        return Answer.LESS
    return Answer.MORE if -fall >= CLEAR else Answer.SAME


def answer_sentence(helping: Helping, area: Area) -> str:
    """What the answer rests on, for one area, in two plain sentences; `no_proof` is to be said with it, once."""
    if helping.answer is Answer.EARLY or helping.first is None or helping.last is None:
        return _too_early(helping.lacking)
    shown = numbers_of(helping)
    return f"{_means(helping.first, helping.last, shown, area)} {_weighed(helping, shown)}"


def no_proof() -> str:
    """What no chart can say."""
    return tr("A change does not prove that the exercises caused it.")


def self_reported() -> str:
    """Word for word clinical.md 9, where values are shown."""
    return tr("Self-reported values. Typical ranges come from published groups and may not fit you.")


def area_phrase(area: Area) -> str:
    """`right heel or sole`, for the middle of a sentence."""
    if area.side is BodySide.CENTRE:
        return tr("middle of the {region}", region=_small(region_word(area.region)))
    side = tr("left") if area.side is BodySide.LEFT else tr("right")
    return tr("{side} {region}", side=side, region=_small(region_word(area.region)))


def _small(word: str) -> str:
    return word[:1].lower() + word[1:]


def _means(first: Week, last: Week, shown: Numbers, area: Area) -> str:
    return tr(
        "Pain in the {area}: {last} of 10 on average in the last {week} days ({last_days} rated), "
        "{first} in the first {week} ({first_days} rated).",
        area=area_phrase(area),
        last=shown.text(shown.last),
        last_days=last.days,
        first=shown.text(shown.first),
        first_days=first.days,
        week=WEEK,
    )


def _weighed(helping: Helping, shown: Numbers) -> str:
    asked = helping.threshold if shown.last < shown.first else CLEAR
    fields = {
        "size": shown.text(shown.apart),
        "asked": QLocale().toString(asked, "g", 2),
        "low": QLocale().toString(LOW, "g", 2),
    }
    if helping.answer is Answer.MORE:
        return tr("The rise of {size} reaches the {asked} points we call a change.", **fields)
    if helping.answer is Answer.SAME:
        return tr("The difference of {size} is less than the {asked} points we call a change.", **fields)
    if asked < CLEAR:
        return tr(
            "From a start of {low} or less we call {asked} point a change, and the fall is {size}.",
            **fields,
        )
    return tr("The fall of {size} reaches the {asked} points we call a change.", **fields)


def _too_early(lacking: Lacking | None) -> str:
    fields = {"week": WEEK, "least": MIN_DAYS}
    if lacking is Lacking.NOTHING:
        return tr("Nothing was rated in this time.")
    if lacking is Lacking.TOO_SHORT:
        return tr("The first and the last {week} days overlap. Two weeks are needed to compare them.", **fields)
    if lacking is Lacking.FIRST_WEEK:
        return tr("Fewer than {least} of the first {week} days were rated. That is too few to compare with.", **fields)
    return tr("Fewer than {least} of the last {week} days were rated. That is too few to compare.", **fields)


def done_of_planned(adherence: Adherence) -> str:
    """`47 of 59`; a week without set days has no whole number, and more than was planned is no share of it."""
    planned = round(adherence.planned)
    if adherence.done > adherence.planned:
        return tr("{done}, more than planned", done=adherence.done)
    if abs(adherence.planned - planned) < 1e-9:
        return tr("{done} of {planned}", done=adherence.done, planned=planned)
    return tr("{done} of about {planned}", done=adherence.done, planned=planned)


def percent(share: float) -> int:
    """Never 100 for less than all, nor 0 for anything."""
    rounded = round(share * 100)
    return min(99, max(1, rounded)) if 0 < share < 1 else rounded


def time_text(seconds: int) -> str:
    """`11 h 20 min` or `25 min`; below a minute, seconds."""
    if seconds < 60:
        return tr("{n} s", n=seconds)
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return tr("{n} min", n=minutes)
    return tr("{hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else tr("{hours} h", hours=hours)


def apart_text(trend: ExerciseTrend) -> str:
    """How the right side differs from the left, in a few words; nothing where there are not two sides."""
    if trend.difference is None:
        return ""
    apart = round(trend.difference, 1)
    amount = amount_text(abs(apart), trend.exercise.kind)
    if not apart:
        return tr("Left and right are even")
    return (
        tr("Right: {amount} more than left", amount=amount)
        if apart > 0
        else tr("Right: {amount} less than left", amount=amount)
    )
