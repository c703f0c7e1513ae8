"""Done against planned, and the gentle streak: what they count, and that they forgive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.progress.adherence import Adherence, Day, DayKind, adherence, steadiness
from coach.domain.progress.span import Span

FIRST = date(2026, 11, 1)
DAYS = {
    "D": (DayKind.FULL, 1, 7),
    "L": (DayKind.LIGHTER, 1, 7),
    "F": (DayKind.FULL, 1, 5),
    "B": (DayKind.FULL, 1, 0),
    "M": (DayKind.MISSED, 0, 7),
    "O": (DayKind.OPEN, 0, 5),
    "R": (DayKind.REST, 0, 0),
    "X": (DayKind.EXCUSED, 0, 0),
    "T": (DayKind.TODAY, 0, 0),
    "-": (DayKind.OUTSIDE, 0, 0),
}
"""A letter for each day: done, lighter, done in a free week, done on a day off (a bonus), missed, and so on."""


def made(text: str) -> list[Day]:
    found = []
    for number, letter in enumerate(text):
        kind, sessions, asked = DAYS[letter]
        found.append(Day(FIRST + timedelta(days=number), kind, sessions, 600 * sessions, asked))
    return found


def share(text: str) -> float | None:
    return adherence(made(text)).share


def test_done_of_planned() -> None:
    assert adherence(made("DDLMRXT")) == Adherence(3, 4.0, Span(FIRST, FIRST + timedelta(days=6)))
    assert share("DDLM") == 0.75


def test_a_free_week_asks_for_five_days() -> None:
    assert adherence(made("FOFOFFF")) == Adherence(5, 5.0, Span(FIRST, FIRST + timedelta(days=6)))
    assert adherence(made("O" * 14)).planned == 10
    assert share("FFFFFFF") == 1.0


def test_made_up_for_is_done() -> None:
    assert share("MDDDDDB") == 1.0
    assert adherence(made("MB")) == Adherence(1, 1.0, Span(FIRST, FIRST + timedelta(days=1)))


def test_nothing_planned_has_no_share() -> None:
    assert (share("RX-T"), adherence(made("RX-T")).good) == (None, False)


def test_seventy_percent_are_good() -> None:
    assert adherence(made("DDDDDDDMMM")).good
    assert not adherence(made("DDDDDDMMM")).good
    assert adherence(made("F" * 7 + "O" * 7)).good  # 7 of 10


def test_no_days_are_an_error() -> None:
    with pytest.raises(ValueError, match="none"):
        adherence([])
    assert steadiness([]) is None


def test_ten_sessions_are_one_day() -> None:
    ten = [replace(made("D")[0], sessions=10), *made("M")]
    assert adherence(ten).done == 1
    assert steadiness(ten) == steadiness(made("DM"))


def test_a_long_good_run_stands_at_the_top_and_one_day_costs_less_than_ten_points() -> None:
    run = "D" * 60
    assert steadiness(made(run)) == 1.0
    after = steadiness(made(run + "M"))
    assert after is not None
    assert 0.9 < after < 1.0


def test_a_fortnight_halves_it_and_it_comes_back() -> None:
    long = "D" * 400
    assert steadiness(made(long + "M" * 14)) == pytest.approx(0.5, abs=0.001)
    assert steadiness(made(long + "M" * 14 + "D" * 14)) == pytest.approx(0.75, abs=0.001)


def test_it_is_computed_as_said() -> None:
    fade = 0.5 ** (1 / 14)
    assert steadiness(made("DMRRD")) == pytest.approx((fade**2 + 1) / (fade**2 + fade + 1))


def test_without_a_day_that_counts_there_is_none() -> None:
    assert steadiness(made("--RXT")) is None
    assert steadiness(made("B")) == 1.0
    assert steadiness(made("M")) == 0.0


letters = st.text(st.sampled_from("".join(DAYS)), min_size=1, max_size=80)


@given(letters)
def test_both_are_shares(text: str) -> None:
    for value in (share(text), steadiness(made(text))):
        assert value is None or 0 <= value <= 1


@given(letters, st.integers(0, 80), st.text(st.sampled_from("RX-T"), max_size=30))
def test_rest_and_excused_days_change_nothing(text: str, at: int, idle: str) -> None:
    assert share(text[:at] + idle + text[at:]) == share(text)
    assert steadiness(made(text[:at] + idle + text[at:])) == steadiness(made(text))


@given(letters, st.sampled_from("MO"))
def test_a_missed_day_never_raises_them(text: str, missed: str) -> None:
    for before, after in (
        (share(text), share(text + missed)),
        (steadiness(made(text)), steadiness(made(text + missed))),
    ):
        assert after is not None
        assert before is None or after <= before


@given(letters, st.sampled_from("DLFB"))
def test_a_day_that_was_done_never_lowers_them(text: str, done: str) -> None:
    for before, after in ((share(text), share(text + done)), (steadiness(made(text)), steadiness(made(text + done)))):
        assert before is None or (after is not None and after >= before - 1e-12)


@given(letters, st.integers(0, 79))
def test_doing_more_is_never_worse(text: str, at: int) -> None:
    """Had any day with nothing done had a session, neither would be lower."""
    at %= len(text)
    better = text[:at] + {"M": "D", "O": "F", "R": "B", "X": "B", "T": "D"}.get(text[at], text[at]) + text[at + 1 :]
    if text[at] == "T" and at < len(text) - 1:
        return  # today is the last day
    for before, after in ((share(text), share(better)), (steadiness(made(text)), steadiness(made(better)))):
        assert before is None or (after is not None and after >= before - 1e-12)


@given(st.text(st.sampled_from("DF"), min_size=30, max_size=120), st.sampled_from("MO"))
def test_one_missed_day_after_a_good_run_costs_less_than_ten_points(run: str, missed: str) -> None:
    after = steadiness(made(run + missed))
    assert after is not None
    assert after > 0.9
