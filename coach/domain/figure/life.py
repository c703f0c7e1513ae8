"""What keeps a held position alive: calm breathing."""

from __future__ import annotations

import math

BREATH_S = 5.0
"""One breath in and out (12 a minute, a calm adult's rate)."""

_GIVE = 0.03


def breathing(hold_s: float) -> tuple[float, float]:
    """After `hold_s` seconds of a hold: the progress factor (0.97 to 1), and how full the chest is (0 to 1).

    A stretch eases off a little while the chest fills and sinks in again with the breath out.
    """
    full = 0.5 - 0.5 * math.cos(2.0 * math.pi * max(0.0, hold_s) / BREATH_S)
    return 1.0 - _GIVE * full, full
