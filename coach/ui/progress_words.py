"""The answer to "Is it helping?" in words, the same on the screen and on paper. Pure functions of the rule's result.

What is said follows clinical.md 3.4: both means, the difference, the threshold, and that it proves nothing.
"""

from __future__ import annotations

import math
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


def answer_title(helping: Helping) -> str:
    """The answer in a few words; they are fixed (design 10.5)."""
    return {
        Answer.LESS: tr("Clearly less pain"),
        Answer.SAME: tr("About the same"),
        Answer.MORE: tr("More pain than at the start"),
        Answer.EARLY: tr("Too early to say"),
    }[helping.answer]


def answer_sentence(helping: Helping, area: Area) -> str:
    """What the answer rests on, for one area, in two plain sentences; `no_proof` is to be said with it, once."""
    if helping.answer is Answer.EARLY or helping.first is None or helping.last is None:
        return _too_early(helping.lacking)
    return f"{_means(helping.first, helping.last, area)} {_weighed(helping)}"


def no_proof() -> str:
    """What no chart can say."""
    return tr("A change does not prove that the exercises caused it.")


def area_phrase(area: Area) -> str:
    """`right heel or sole`, for the middle of a sentence."""
    if area.side is BodySide.CENTRE:
        return tr("middle of the {region}", region=_small(region_word(area.region)))
    side = tr("left") if area.side is BodySide.LEFT else tr("right")
    return tr("{side} {region}", side=side, region=_small(region_word(area.region)))


def tenth(value: float) -> str:
    """`2.4`, in the person's language."""
    return QLocale().toString(value, "f", 1)


def _small(word: str) -> str:
    return word[:1].lower() + word[1:]


def _means(first: Week, last: Week, area: Area) -> str:
    return tr(
        "Pain in the {area}: {last} of 10 on average in the last {week} days ({last_days} rated), "
        "{first} in the first {week} ({first_days} rated).",
        area=area_phrase(area),
        last=tenth(last.mean),
        last_days=last.days,
        first=tenth(first.mean),
        first_days=first.days,
        week=WEEK,
    )


def _weighed(helping: Helping) -> str:
    change = helping.change or 0.0
    asked = helping.threshold if change < 0 else CLEAR
    size = abs(change)
    if helping.answer is Answer.SAME:
        size = math.floor(size * 10 + 1e-9) / 10  # 1.96 is less than 2, so it must not be shown as 2.0
    fields = {"size": tenth(size), "asked": QLocale().toString(asked, "g", 2), "low": QLocale().toString(LOW, "g", 2)}
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
