"""The answer to "Is it helping?" in words, the same on the screen and on paper. Pure functions of the rule's result.

What is said follows clinical.md 3.4: both means, the difference, the threshold, and that it proves nothing. What is
shown never says another thing than the answer: where one decimal would (1.96 is not 2.0), there are more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from coach.domain.pain import BodySide
from coach.domain.progress.helping import CLEAR, LOW, MIN_DAYS, Answer, Lacking
from coach.domain.progress.span import WEEK
from coach.ui.i18n import tr
from coach.ui.words import region_word

if TYPE_CHECKING:
    from coach.domain.pain import Area
    from coach.domain.progress.helping import Helping, Week

_MOST_DECIMALS = 4


def answer_word(answer: Answer) -> str:
    """The four fixed answers."""
    return {
        Answer.LESS: tr("Clearly less pain"),
        Answer.SAME: tr("About the same"),
        Answer.MORE: tr("More pain than at the start"),
        Answer.EARLY: tr("Too early to say"),
    }[answer]


def number(value: float, decimals: int = 1) -> str:
    """`4.7`, as the person's language writes it."""
    return QLocale().toString(value, "f", decimals)


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
