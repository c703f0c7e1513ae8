"""How good a passphrase is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.passphrase import LEAST, Strength, strength


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.SHORT),
        ("1234567", Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.SHORT),
        ("abababababababababab", Strength.SHORT),
        ("12345678", Strength.WEAK),
        ("warm sand bare", Strength.FAIR),
        ("warm sand under bare feet", Strength.GOOD),
        ("さくらさくらやよいのそらはみわたすかぎり", Strength.GOOD),
    ],
)
def test_length_counts(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected


@given(st.text(), st.text())
def test_more_never_makes_it_worse(first: str, second: str) -> None:
    order = list(Strength)
    assert order.index(strength(first + second)) >= order.index(strength(first))
    assert (strength(first) is Strength.SHORT) or len(first) >= LEAST
