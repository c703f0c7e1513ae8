"""Words that several charts share: numbers, spans, sides and moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.exercise import Kind, Side
from coach.domain.pain import PainMoment
from coach.domain.progress.period import PeriodKind
from coach.ui.i18n import tr, trn
from coach.ui.words import day_text, number

if TYPE_CHECKING:
    from datetime import date

    from coach.domain.progress.span import Span


_MINUTE = 60
_PLURAL = 2
"""What the words of a fraction go by."""


def number_text(value: float) -> str:
    """With one decimal, unless it is a whole number, as the person's language writes it."""
    return number(value, 0 if _whole(value) else 1)


def mean_text(value: float) -> str:
    """Always with one decimal: a mean that is 3 to one decimal is 3.0."""
    return number(value)


def _whole(value: float) -> bool:
    return round(value, 1) == round(value)


def span_text(span: Span, today: date) -> str:
    """`24 Aug to 15 Nov`, with years where they are not this one."""
    here = span.first.year == span.last.year == today.year
    pattern = "d MMM" if here else "d MMM yyyy"
    return tr("{first} to {last}", first=day_text(span.first, pattern), last=day_text(span.last, pattern))


def sessions_text(sessions: int, completed: int) -> str:
    """`2 sessions`; those without all of their sets are called lighter."""
    if not sessions:
        return tr("no session")
    if completed == sessions:
        return trn("{n} session", "{n} sessions", sessions)
    if completed == 0:
        return trn("{n} lighter session", "{n} lighter sessions", sessions)
    lighter = sessions - completed
    return trn(
        "{n} session, {lighter} of them lighter", "{n} sessions, {lighter} of them lighter", sessions, lighter=lighter
    )


def minutes_text(seconds: int) -> str:
    """Whole minutes; below one, seconds, for what was done is never nothing."""
    return tr("{minutes} min", minutes=round(seconds / 60)) if seconds >= _MINUTE else tr("{n} s", n=seconds)


def minutes_cell(seconds: int) -> str:
    """The same as a mere number of minutes."""
    return str(round(seconds / 60)) if seconds >= _MINUTE else number_text(seconds / 60)


def side_text(side: Side) -> str:
    """Left, Right or Both."""
    return {Side.LEFT: tr("Left"), Side.RIGHT: tr("Right"), Side.BOTH: tr("Both")}[side]


def amount_text(value: float, kind: Kind) -> str:
    """`12 s` or `10 reps`, of a set."""
    shown = number_text(value)
    if kind is not Kind.REPS:
        return tr("{number} s", number=shown)
    return trn("{number} rep", "{number} reps", round(value) if _whole(value) else _PLURAL, number=shown)


def unit_text(kind: Kind) -> str:
    """What the values are."""
    return tr("repetitions of a set") if kind is Kind.REPS else tr("seconds of a set")


def moment_text(moment: PainMoment) -> str:
    """When ratings were given."""
    return {
        PainMoment.BEFORE: tr("rated before a session"),
        PainMoment.WORST: tr("worst in a session"),
        PainMoment.AFTER: tr("rated after a session"),
        PainMoment.MORNING: tr("rated the next morning"),
        PainMoment.WEEKLY_AVERAGE: tr("average of a week"),
        PainMoment.WEEKLY_WORST: tr("worst of a week"),
    }[moment]


def period_text(kind: PeriodKind) -> str:
    """What the days are called."""
    return {PeriodKind.FLARE: tr("flare"), PeriodKind.REST: tr("rest")}[kind]
