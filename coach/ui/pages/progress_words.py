"""Is it helping, in words: the answer, what it rests on, what is missing, whom to ask.

The rule is `coach.domain.progress.helping`; numbers are shown as `coach.ui.progress_words` rounds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.exercise import Side
from coach.domain.pain import Area, PainMoment, Region
from coach.domain.progress.adherence import FREE_DAYS, HALF_LIFE
from coach.domain.progress.helping import CLEAR, MIN_DAYS, Answer, Lacking
from coach.domain.progress.span import WEEK, Bin
from coach.ui.i18n import tr, trn
from coach.ui.progress_words import answer_word, apart_text, done_of_planned, numbers_of, percent
from coach.ui.words import area_word, short_day

if TYPE_CHECKING:
    from datetime import date

    from coach.domain.progress.helping import Helping, Week
    from coach.domain.progress.span import Span
    from coach.services.progress import AreaProgress, ExerciseTrend, ProgressView
    from coach.ui.progress_words import Numbers

_SOME_PAIN = 1
"""From here on pain is mild, not none (clinical.md 3.1)."""
_S5_DAYS, _S5_START = 42, 4
"""Clinical.md 3.6, S5: six weeks, and the pain it began with."""


def moment_word(moment: PainMoment) -> str:
    """When a rating was given."""
    return {
        PainMoment.BEFORE: tr("Before a session"),
        PainMoment.MORNING: tr("Next morning"),
        PainMoment.WORST: tr("Worst during"),
        PainMoment.AFTER: tr("After a session"),
        PainMoment.WEEKLY_AVERAGE: tr("Average of a week"),
        PainMoment.WEEKLY_WORST: tr("Worst of a week"),
    }[moment]


def answer_of(view: ProgressView) -> AreaProgress | None:
    """The answer for the area that is shown."""
    area = view.pain.area if view.pain is not None else None
    return next((each for each in view.answers if each.area == area), None)


def sentence(helping: Helping, span: Span, today: date) -> str:
    """Both means, how far they are apart, and how far is far enough."""
    if helping.first is None or helping.last is None:
        return ""
    shown = numbers_of(helping)
    now = _now_words(helping.last, shown.text(shown.last), span, today)
    then = tr("In the week from {day} it was {first}.", day=_from(helping.first, today), first=shown.text(shown.first))
    return f"{now} {then} {_difference(helping, shown)}"


def numbers_in(helping: Helping) -> tuple[str, ...]:
    """The numbers that matter in `sentence`, in the order in which they come."""
    if helping.first is None or helping.last is None:
        return ()
    shown = numbers_of(helping)
    return shown.text(shown.last), shown.text(shown.first), shown.text(shown.apart)


def proof() -> str:
    """What no number here can show."""
    return tr("It does not prove the exercises caused it.")


def _now_words(week: Week, mean: str, span: Span, today: date) -> str:
    if span.last == today:
        return tr("Your average of the last 7 days is {mean}.", mean=mean)
    return tr("Your average of the 7 days to {day} is {mean}.", day=short_day(week.span.last, today), mean=mean)


def _from(week: Week, today: date) -> str:
    return short_day(week.span.first, today)


def _difference(helping: Helping, shown: Numbers) -> str:
    if not shown.apart:
        return tr("There is no difference.")
    rise = shown.last > shown.first
    asked = CLEAR if rise else helping.threshold
    points = trn("{n} point", "{n} points", round(asked))
    apart = shown.text(shown.apart)
    words = tr("A rise of {apart} points", apart=apart) if rise else tr("A fall of {apart} points", apart=apart)
    if helping.answer is Answer.SAME:
        return tr(
            "{change} is less than the {points} we ask for before we call it a change.", change=words, points=points
        )
    if shown.apart == asked:
        return tr("{change} is just the {points} we ask for before we call it a change.", change=words, points=points)
    return tr("{change} is more than the {points} we ask for before we call it a change.", change=words, points=points)


def rests_on(progress: AreaProgress) -> str:
    """The days and the moment behind the answer."""
    first, last = progress.helping.first, progress.helping.last
    if first is None or last is None:
        return ""
    when = moment_word(progress.moment)
    days = tr("{first} rated days then and {last} now", first=first.days, last=last.days)
    return tr("It rests on {days} ({moment}).", days=days, moment=when[:1].lower() + when[1:])


def adherence_text(view: ProgressView) -> str:
    """`Days with a session: 47 of 59 planned.` Nothing where none was planned."""
    adherence = view.span_adherence
    if adherence is None or not adherence.planned:
        return ""
    count = done_of_planned(adherence)
    # A span that is drawn by months is counted for its last year alone.
    lead = tr("Days with a session") if adherence.span == view.span else tr("Days with a session in the last year")
    if adherence.done > adherence.planned:
        return tr("{lead}: {count}.", lead=lead, count=count)
    return tr("{lead}: {count} planned.", lead=lead, count=count)


def missing(progress: AreaProgress | None, view: ProgressView) -> str:
    """What an answer still needs, in plain words."""
    if progress is None:
        if view.pain is not None and view.pain.points:
            return tr(
                "What is compared are ratings before a session or on the next morning. In these days there are none."
            )
        return tr("There is no rating of your pain in these days.")
    rated = _rated(progress, view)
    match progress.helping.lacking:
        case Lacking.TOO_SHORT:
            return _too_short(rated, view)
        case Lacking.FIRST_WEEK:
            return _first_week(rated, view)
        case Lacking.LAST_WEEK:
            return _last_week(rated, view)
        case _:
            return tr("There is no rating of your pain in these days.")


def _too_short(rated: tuple[date, ...], view: ProgressView) -> str:
    words = tr("Two weeks are compared, the first and the last, and they would overlap.")
    if view.extent is not None and view.extent.first < view.span.first:
        return tr("{words} A longer range has both.", words=words)
    if not rated or view.span.last < view.today:
        return words
    left = 2 * WEEK - ((view.span.last - rated[0]).days + 1)
    more = trn("In {n} more day there are two.", "In {n} more days there are two.", left)
    return f"{words} {more}"


def _first_week(rated: tuple[date, ...], view: ProgressView) -> str:
    words = tr("Its first week has fewer than {least} rated days.", least=MIN_DAYS)
    if rated:
        day = short_day(rated[0], view.today)
        words = tr("The week from {day} has fewer than {least} rated days.", day=day, least=MIN_DAYS)
    return tr("{words} That is too little to compare with. Other dates may have more.", words=words)


def _last_week(rated: tuple[date, ...], view: ProgressView) -> str:
    if view.span.last < view.today or not rated:
        return tr("The last 7 days of the range have fewer than {least} rated days.", least=MIN_DAYS)
    late = sum((view.span.last - day).days < WEEK for day in rated)
    return trn("Rate your pain on {n} more day.", "Rate your pain on {n} more days.", MIN_DAYS - late)


def _rated(progress: AreaProgress, view: ProgressView) -> tuple[date, ...]:
    """The rated days behind an answer; those of the chart that is shown are known, if it is drawn by days."""
    series = view.pain
    if series is None or series.by is not Bin.DAY:
        return ()
    if (series.area, series.moment) != (progress.area, progress.moment):
        return ()
    return tuple(point.day for point in series.points)


def whom_to_ask(progress: AreaProgress, view: ProgressView) -> str:
    """A word on who can help (clinical.md 3.6: S1, S3, S5), or nothing.

    "No better" is said of all the time there is alone: somebody whose pain went down long ago is no worse for it.
    """
    helping = progress.helping
    if helping.first is None or helping.last is None:
        return ""
    who = _helpers(progress.area)
    if helping.answer is Answer.MORE:
        return tr("When it gets worse, it is worth asking {who}.", who=who)
    from_the_start = view.extent is not None and view.extent.first >= view.span.first
    if helping.answer is not Answer.SAME or helping.last.mean < _SOME_PAIN or not from_the_start:
        return ""
    days = (helping.last.span.last - helping.first.span.first).days + 1
    if progress.area.region in {Region.HEEL_SOLE, Region.FOREFOOT_TOES, Region.LOW_BACK}:
        return tr("When it is no better after two weeks, it is worth asking {who}.", who=who)
    good = view.span_adherence is not None and view.span_adherence.good
    if days >= _S5_DAYS and good and helping.first.mean >= _S5_START:
        return tr("When it is no better after six weeks, it is worth asking {who}.", who=who)
    return ""


def _helpers(area: Area) -> str:
    if area.region is Region.LOW_BACK:
        return tr("a physiotherapist or your doctor")
    return tr("your doctor, a podiatrist or a physiotherapist")


def short_line(progress: AreaProgress) -> str:
    """`Low back, centre: about the same, 2.4 to 2.1`."""
    word = answer_word(progress.helping.answer)
    said = word[:1].lower() + word[1:]
    if progress.helping.first is None or progress.helping.last is None:
        return tr("{area}: {answer}", area=area_word(progress.area), answer=said)
    shown = numbers_of(progress.helping)
    return tr(
        "{area}: {answer}, {first} to {last}",
        area=area_word(progress.area),
        answer=said,
        first=shown.text(shown.first),
        last=shown.text(shown.last),
    )


def steadiness_text(share: float) -> str:
    """`Steadiness: 84 %.`, by the rule of `percent`."""
    return tr("Steadiness: {percent} %.", percent=percent(share))


def steadiness_about() -> str:
    """How the gentle streak is computed."""
    return tr(
        "Sessions done of those planned, where newer days count more: a day {half} days ago counts half. "
        "A missed day lowers it a little and the next session raises it again; it never starts anew. "
        "Rest days, pauses and flares leave it as it is. Without reminders, {free} days of each week are planned, any "
        "of them. This score is our own choice.",
        half=HALF_LIFE,
        free=FREE_DAYS,
    )


def difference_text(trend: ExerciseTrend) -> str:
    """How the right side does beside the left, or what is missing for it; nothing where there are no sides."""
    if trend.difference is not None:
        return tr("{apart}, over the last 4 weeks.", apart=apart_text(trend))
    if {point.side for point in trend.points} <= {Side.BOTH}:
        return ""
    return tr("Left and right can be compared once both were done within 4 weeks.")
