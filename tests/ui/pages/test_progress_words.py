"""What is said of an answer: exactly these words, and never a number that says another thing than the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.exercise import Kind, Side
from coach.domain.pain import Area, BodySide, PainMoment, Region
from coach.domain.progress.adherence import Adherence
from coach.domain.progress.helping import CLEAR, CLEAR_FROM_LOW, LOW, Answer, Helping, Lacking, Week, helping
from coach.domain.progress.points import ExerciseSeen, TrendPoint
from coach.domain.progress.span import Bin, Range, Span
from coach.services.progress import AreaProgress, ExerciseTrend, Query, look
from coach.ui.pages import progress_words as said
from coach.ui.progress_words import done_of_planned, numbers_of, time_text
from tests.progress import FakeProgressBook, days, noon, pain_point, rating

if TYPE_CHECKING:
    from coach.services.progress import ProgressView

TODAY = date(2026, 11, 15)
BEGUN = date(2026, 8, 24)
SPAN = Span(BEGUN, TODAY)
HEEL = Area(Region.HEEL_SOLE, BodySide.LEFT)
BACK = Area(Region.LOW_BACK, BodySide.CENTRE)


def compared(first: float, last: float, area: Area = HEEL) -> AreaProgress:
    """An answer from two means, each of 6 days."""
    begin = Week(Span(BEGUN, BEGUN + timedelta(days=6)), first, 6, 0, 10)
    end = Week(Span(TODAY - timedelta(days=6), TODAY), last, 6, 0, 10)
    threshold = CLEAR_FROM_LOW if first <= LOW else CLEAR
    fall = first - last
    answer = Answer.LESS if fall >= threshold else Answer.MORE if fall <= -CLEAR else Answer.SAME
    return AreaProgress(area, PainMoment.BEFORE, Helping(answer, begin, end, threshold))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (
            4.7,
            2.4,
            (
                "Your average of the last 7 days is 2.4. In the week from 24 Aug it was 4.7. "
                "A fall of 2.3 points is more than the 2 points we ask for before we call it a change."
            ),
        ),
        (
            5.0,
            3.0,
            (
                "Your average of the last 7 days is 3.0. In the week from 24 Aug it was 5.0. "
                "A fall of 2.0 points is just the 2 points we ask for before we call it a change."
            ),
        ),
        (
            5.0,
            3.04,
            (
                "Your average of the last 7 days is 3.04. In the week from 24 Aug it was 5.00. "
                "A fall of 1.96 points is less than the 2 points we ask for before we call it a change."
            ),
        ),
        (
            3.5,
            2.0,
            (
                "Your average of the last 7 days is 2.0. In the week from 24 Aug it was 3.5. "
                "A fall of 1.5 points is more than the 1 point we ask for before we call it a change."
            ),
        ),
        (
            4.04,
            2.9,
            (
                "Your average of the last 7 days is 2.90. In the week from 24 Aug it was 4.04. "
                "A fall of 1.14 points is less than the 2 points we ask for before we call it a change."
            ),
        ),
        (
            3.0,
            4.5,
            (
                "Your average of the last 7 days is 4.5. In the week from 24 Aug it was 3.0. "
                "A rise of 1.5 points is less than the 2 points we ask for before we call it a change."
            ),
        ),
        (
            3.0,
            5.5,
            (
                "Your average of the last 7 days is 5.5. In the week from 24 Aug it was 3.0. "
                "A rise of 2.5 points is more than the 2 points we ask for before we call it a change."
            ),
        ),
        (
            3.0,
            3.0,
            "Your average of the last 7 days is 3.0. In the week from 24 Aug it was 3.0. There is no difference.",
        ),
    ],
)
def test_the_sentence(first: float, last: float, words: str) -> None:
    assert said.sentence(compared(first, last).helping, SPAN, TODAY) == words


def test_a_start_just_above_the_limit_is_not_shown_as_on_it() -> None:
    words = said.sentence(compared(4.04, 2.0).helping, SPAN, TODAY)
    assert "it was 4.04. A fall of 2.04 points is more than the 2 points" in words


def test_a_range_that_ends_earlier_says_so() -> None:
    earlier = compared(4.7, 2.4).helping
    assert earlier.last is not None
    span = Span(BEGUN, TODAY - timedelta(days=10))
    moved = replace(earlier, last=replace(earlier.last, span=Span(span.last - timedelta(days=6), span.last)))
    assert said.sentence(moved, span, TODAY).startswith("Your average of the 7 days to 5 Nov is 2.4.")


MEANS = st.fractions(0, 10, max_denominator=42).map(float)


@given(MEANS, MEANS)
def test_what_is_shown_leads_to_the_answer_that_is_shown(first: float, last: float) -> None:
    found = compared(first, last).helping
    shown = numbers_of(found)
    fall = round(round(shown.first, shown.decimals) - round(shown.last, shown.decimals), shown.decimals)
    threshold = 1 if shown.first <= 4 else 2
    reads = Answer.LESS if fall >= threshold else Answer.MORE if fall <= -2 else Answer.SAME
    assert reads is found.answer
    assert shown.apart == abs(fall)  # whoever subtracts gets what is written


def test_it_says_what_it_rests_on() -> None:
    assert said.rests_on(compared(4.7, 2.4)) == "It rests on 6 rated days then and 6 now (before a session)."


@pytest.mark.parametrize(
    ("done", "planned", "words"),
    [(47, 59, "47 of 59"), (8, 10 + 2 / 7, "8 of about 10"), (0, 4, "0 of 4")],
)
def test_planned_and_done(done: int, planned: float, words: str) -> None:
    assert done_of_planned(Adherence(done, planned, SPAN)) == words


def test_more_than_was_planned_is_no_share_of_it() -> None:
    assert done_of_planned(Adherence(67, 56, SPAN)) == "67, more than planned"


@pytest.mark.parametrize(
    ("adherence", "words"),
    [
        (Adherence(47, 59, SPAN), "Days with a session: 47 of 59 planned."),
        (Adherence(67, 59, SPAN), "Days with a session: 67, more than planned."),
        (Adherence(3, 0, SPAN), ""),
        (None, ""),
        (
            Adherence(3, 5, Span(TODAY - timedelta(days=370), TODAY)),
            "Days with a session in the last year: 3 of 5 planned.",
        ),
    ],
)
def test_planned_and_done_of_a_span(adherence: Adherence | None, words: str) -> None:
    view = replace(look(FakeProgressBook(()), Query(Range.OWN, SPAN), noon(TODAY).at, "UTC"), span_adherence=adherence)
    assert said.adherence_text(view) == words


# --- what is missing --------------------------------------------------------------------------------------------------


def seen(*kept: tuple[date, int], chosen: Range = Range.ALL, begun: date | None = None) -> ProgressView:
    """The page of these ratings of the left heel."""
    ratings = [rating(day, nrs, area=HEEL) for day, nrs in kept]
    if begun is not None:
        ratings.insert(0, rating(begun, 3, area=BACK))
    return look(FakeProgressBook(ratings), Query(range=chosen, area=HEEL), noon(TODAY).at, "UTC")


def ago(*numbers: int) -> list[tuple[date, int]]:
    """Ratings of 4 so many days ago, oldest first."""
    return [(TODAY - timedelta(days=n), 4) for n in sorted(numbers, reverse=True)]


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ([], "There is no rating of your pain in these days."),
        (
            ago(8, 4, 0),
            "Two weeks are compared, the first and the last, and they would overlap. In 5 more days there are two.",
        ),
        (
            ago(12),
            "Two weeks are compared, the first and the last, and they would overlap. In 1 more day there are two.",
        ),
        (ago(30, 28, 26, 3), "Rate your pain on 2 more days."),
        (ago(30, 28, 26, 3, 2), "Rate your pain on 1 more day."),
        (ago(30, 28, 26), "Rate your pain on 3 more days."),
        (
            ago(30, 28, 3, 2, 1),
            (
                "The week from 16 Oct has fewer than 3 rated days. That is too little to compare with. "
                "Other dates may have more."
            ),
        ),
    ],
)
def test_too_early_says_what_is_missing(kept: list[tuple[date, int]], words: str) -> None:
    view = seen(*kept)
    answer = said.answer_of(view)
    assert answer is None or answer.helping.answer is Answer.EARLY
    assert said.missing(answer, view) == words


def test_in_two_weeks_of_a_longer_history_a_longer_range_is_offered() -> None:
    view = seen(*ago(3, 2, 1), chosen=Range.TWO_WEEKS, begun=BEGUN)
    words = "Two weeks are compared, the first and the last, and they would overlap. A longer range has both."
    assert said.missing(said.answer_of(view), view) == words


def test_ratings_of_exercises_alone_answer_nothing() -> None:
    ratings = [rating(day, 4, area=HEEL, moment=PainMoment.WORST) for day in days(BEGUN, 40)]
    view = look(FakeProgressBook(ratings), Query(range=Range.ALL, area=HEEL), noon(TODAY).at, "UTC")
    assert said.missing(said.answer_of(view), view).startswith("What is compared are ratings before a session or")


def test_the_next_ratings_that_are_asked_for_bring_an_answer() -> None:
    view = seen(*ago(30, 28, 26, 3, 1, 0))
    answer = said.answer_of(view)
    assert answer is not None
    assert answer.helping == helping(
        [pain_point(TODAY - timedelta(days=n), 4) for n in (30, 28, 26, 3, 1, 0)], view.span
    )
    assert answer.helping.answer is Answer.SAME


# --- whom to ask ------------------------------------------------------------------------------------------------------

KNEE = Area(Region.KNEE, BodySide.LEFT)
GOOD, POOR = Adherence(50, 60, SPAN), Adherence(20, 60, SPAN)


@pytest.mark.parametrize(
    ("area", "first", "last", "adherence", "words"),
    [
        (HEEL, 3, 5.5, POOR, "When it gets worse, it is worth asking your doctor, a podiatrist or a physiotherapist."),
        (BACK, 3, 5.5, POOR, "When it gets worse, it is worth asking a physiotherapist or your doctor."),
        (
            HEEL,
            5,
            4.5,
            POOR,
            "When it is no better after two weeks, it is worth asking your doctor, a podiatrist or a physiotherapist.",
        ),
        (
            BACK,
            5,
            4.5,
            POOR,
            "When it is no better after two weeks, it is worth asking a physiotherapist or your doctor.",
        ),
        (HEEL, 0.5, 0.5, GOOD, ""),
        (
            KNEE,
            5,
            4.5,
            GOOD,
            "When it is no better after six weeks, it is worth asking your doctor, a podiatrist or a physiotherapist.",
        ),
        (KNEE, 5, 4.5, POOR, ""),
        (KNEE, 3.5, 3.4, GOOD, ""),
        (HEEL, 5, 1, GOOD, ""),
    ],
)
def test_who_can_help(area: Area, first: float, last: float, adherence: Adherence, words: str) -> None:
    whole = replace(seen((BEGUN, 3)), span_adherence=adherence)
    assert said.whom_to_ask(compared(first, last, area), whole) == words


def test_a_part_of_the_time_is_not_called_no_better() -> None:
    steady = compared(5, 4.5)
    assert said.whom_to_ask(steady, seen((BEGUN, 3))) != ""
    assert said.whom_to_ask(steady, seen((BEGUN, 3), chosen=Range.TWO_WEEKS)) == ""


def test_other_areas_in_short() -> None:
    assert said.short_line(compared(2.4, 2.1, BACK)) == "Low back, centre: about the same, 2.4 to 2.1"
    early = AreaProgress(HEEL, PainMoment.BEFORE, Helping(Answer.EARLY, lacking=Lacking.NOTHING))
    assert said.short_line(early) == "Heel or sole, left: too early to say"


# --- exercises and time -----------------------------------------------------------------------------------------------


def trend(difference: float | None, kind: Kind, *sides: Side) -> ExerciseTrend:
    points = tuple(TrendPoint(TODAY, side, 1, 20, 10, 2) for side in sides)
    return ExerciseTrend(ExerciseSeen("any", "Any", kind, 4), Bin.DAY, points, difference, ())


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (trend(-3.0, Kind.BALANCE, Side.LEFT, Side.RIGHT), "Right: 3 s less than left, over the last 4 weeks."),
        (
            trend(2.5, Kind.REPS, Side.LEFT, Side.RIGHT),
            "Right: 2.5 reps more than left, over the last 4 weeks.",
        ),
        (trend(1.0, Kind.REPS, Side.LEFT, Side.RIGHT), "Right: 1 rep more than left, over the last 4 weeks."),
        (trend(0.04, Kind.HOLD, Side.LEFT, Side.RIGHT), "Left and right are even, over the last 4 weeks."),
        (trend(None, Kind.REPS, Side.BOTH), ""),
        (trend(None, Kind.HOLD, Side.LEFT), "Left and right can be compared once both were done within 4 weeks."),
    ],
)
def test_left_beside_right(found: ExerciseTrend, words: str) -> None:
    assert said.difference_text(found) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (45, "45 s"), (1500, "25 min"), (3600, "1 h"), (40_800, "11 h 20 min")]
)
def test_time_spent(seconds: int, words: str) -> None:
    assert time_text(seconds) == words


@pytest.mark.parametrize(("share", "percent"), [(0.0, 0), (0.001, 1), (0.84, 84), (0.998, 99), (1.0, 100)])
def test_steadiness_is_all_only_when_it_is_all(share: float, percent: int) -> None:
    assert said.steadiness_text(share) == f"Steadiness: {percent} %."
