"""Where ids come from in the running program: the clock and the system's randomness."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coach.domain.ids import RANDOM_BITS, uuid7

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from coach.clock import Clock


def id_source(clock: Clock, entropy: Callable[[int], bytes] = os.urandom) -> Callable[[], UUID]:
    """A function that makes a new id at each call; tests inject both time and randomness.

    `entropy` gives as many random bytes as it is asked for.
    """

    def new_id() -> UUID:
        return uuid7(clock.now(), int.from_bytes(entropy(8), "big") >> (64 - RANDOM_BITS))

    return new_id
