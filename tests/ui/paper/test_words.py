"""Words of the paper: the answer in two sentences, symptoms and self-tests by their ids, sides, shares and dates."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from coach.domain.exercise import Side
from coach.domain.pain import Area, BodySide, Region
from coach.domain.progress.adherence import Adherence
from coach.domain.progress.helping import Answer, Helping, Lacking, Week
from coach.domain.progress.period import FlagLevel, SelfTest
from coach.domain.progress.span import Span
from coach.ui.paper import words
from coach.ui.progress_words import answer_sentence
from tests.ui.paper import made

HEEL = Area(Region.HEEL_SOLE, BodySide.RIGHT)
SPAN = Span(date(2026, 11, 1), date(2026, 11, 14))
FLAGS = [f"B{n}" for n in range(1, 12)] + [f"F{n}" for n in range(1, 14)] + [f"G{n}" for n in range(1, 6)]


def answer(kind: Answer, first: float, last: float, threshold: float = 2.0) -> Helping:
    """An answer from the mean of the first week to that of the last."""
    return Helping(kind, Week(SPAN, first, 5), Week(SPAN, last, 6), threshold)


@pytest.mark.parametrize(
    ("helping", "said"),
    [
        (answer(Answer.LESS, 4.7, 2.4), "The fall of 2.3 reaches the 2 points we call a change."),
        (
            answer(Answer.LESS, 4.0, 3.0, 1.0),
            "From a start of 4 or less we call 1 point a change, and the fall is 1.0.",
        ),
        (answer(Answer.MORE, 2.0, 4.0), "The rise of 2.0 reaches the 2 points we call a change."),
        (answer(Answer.SAME, 5.0, 4.9), "The difference of 0.1 is less than the 2 points we call a change."),
        (answer(Answer.SAME, 2.0, 3.0, 1.0), "The difference of 1.0 is less than the 2 points we call a change."),
        (Helping(Answer.EARLY, lacking=Lacking.NOTHING), "Nothing was rated in this time."),
        (Helping(Answer.EARLY, lacking=Lacking.TOO_SHORT), "Two weeks are needed to compare them."),
        (Helping(Answer.EARLY, lacking=Lacking.FIRST_WEEK), "Fewer than 3 of the first 7 days were rated."),
        (Helping(Answer.EARLY, lacking=Lacking.LAST_WEEK), "Fewer than 3 of the last 7 days were rated."),
    ],
)
def test_the_answer_says_what_it_rests_on(helping: Helping, said: str) -> None:
    assert said in answer_sentence(helping, HEEL)


def test_the_answer_names_means_and_days() -> None:
    said = answer_sentence(answer(Answer.LESS, 4.7, 2.4), HEEL)
    assert said.startswith(
        "Pain in the right heel or sole: 2.4 of 10 on average in the last 7 days (6 rated), "
        "4.7 in the first 7 (5 rated)."
    )


def test_a_change_just_too_small_is_not_shown_as_large_enough() -> None:
    said = answer_sentence(answer(Answer.SAME, 4.96, 3.0), HEEL)
    assert "difference of 2.0" not in said


@pytest.mark.parametrize("flag", FLAGS)
def test_every_symptom_has_words(flag: str) -> None:
    assert words.flag_word(flag) != flag


def test_what_is_not_known_is_shown_as_it_is() -> None:
    assert words.flag_word("Z9") == "Z9"
    assert words.test_word("hop_test") == "hop test"


def test_every_urgency_has_a_word() -> None:
    assert len({words.urgency_word(level) for level in FlagLevel}) == len(FlagLevel)


@pytest.mark.parametrize(
    ("test", "tenths", "said"),
    [("T1", 271, "27.1 s"), ("T4", 110, "11 cm"), ("T3", 250, "25 times"), ("T6a", -13, "-1.3 cm"), ("T0", 40, "4")],
)
def test_a_self_test_has_its_unit(test: str, tenths: int, said: str) -> None:
    assert words.test_value(SelfTest(UUID(int=1), made.stamp(made.LAST), test, tenths, Side.LEFT)) == said


def test_a_share_is_said_and_nothing_planned_is_no_share() -> None:
    assert words.adherence_text(Adherence(47, 59, SPAN)) == "47 of 59 (80 %)"
    assert words.adherence_text(Adherence(1, 0, SPAN)) == "1 with a session, none planned"


def test_less_than_all_is_never_all_and_more_is_no_share() -> None:
    assert words.adherence_text(Adherence(250, 251, SPAN)) == "250 of 251 (99 %)"
    assert words.adherence_text(Adherence(251, 251, SPAN)) == "251 of 251 (100 %)"
    assert words.adherence_text(Adherence(67, 56, SPAN)) == "67, more than planned"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (SPAN, "1 Nov to 14 Nov 2026, 14 days"),
        (Span(SPAN.first, SPAN.first), "1 Nov 2026"),
        (Span(date(2025, 12, 31), date(2026, 1, 1)), "31 Dec 2025 to 1 Jan 2026, 2 days"),
    ],
)
def test_a_span_has_its_years_and_days(span: Span, said: str) -> None:
    assert words.span_text(span) == said
