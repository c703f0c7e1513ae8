"""Ids: valid UUIDs of version 7 that sort by the time they were made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.ids import RANDOM_BITS, uuid7
from tests.fakes import START

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.integers(0, 250_000_000_000_000_000).map(lambda micro: EPOCH + timedelta(microseconds=micro))
bits = st.integers(0, 2**RANDOM_BITS - 1)


@given(moments, bits)
def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond(at: datetime, random_bits: int) -> None:
    made = uuid7(at, random_bits)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == (at - EPOCH) // timedelta(milliseconds=1)
    assert made.int & (2**RANDOM_BITS - 1) == random_bits


@given(moments, moments, bits, bits)
def test_ids_and_their_texts_sort_by_time_down_to_the_microsecond(
    one: datetime, other: datetime, some: int, more: int
) -> None:
    first, second = sorted([one, other])
    a, b = uuid7(first, some), uuid7(second, more)
    if first < second:
        assert a < b
        assert str(a) < str(b)


def test_the_example_of_the_standard() -> None:
    """RFC 9562, appendix A.6, but for the 12 bits that the standard fills at random."""
    at = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    made = uuid7(at, 0x18C4DC0C0C07398F)
    assert made == UUID("017f22e2-79b0-7000-98c4-dc0c0c07398f")


@pytest.mark.parametrize(
    ("at", "random_bits"),
    [(START.replace(tzinfo=None), 0), (EPOCH - timedelta(microseconds=1), 0), (START, -1), (START, 2**RANDOM_BITS)],
)
def test_what_makes_no_id_is_refused(at: datetime, random_bits: int) -> None:
    with pytest.raises(ValueError, match="an id"):
        uuid7(at, random_bits)
