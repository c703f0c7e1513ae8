"""Where ids come from in the running program."""

from __future__ import annotations

from coach.domain.ids import RANDOM_BITS, uuid7
from coach.storage.ids import id_source
from tests.fakes import START, FakeClock


def test_the_program_makes_them_from_its_clock_and_the_systems_randomness() -> None:
    clock = FakeClock()
    asked: list[int] = []

    def entropy(count: int) -> bytes:
        asked.append(count)
        return b"\xff" * count

    new_id = id_source(clock, entropy)
    first = new_id()
    clock.advance(1)
    second = new_id()
    assert first == uuid7(START, 2**RANDOM_BITS - 1)
    assert first < second
    assert asked == [8, 8]
    assert len({id_source(clock)() for _ in range(1000)}) == 1000
