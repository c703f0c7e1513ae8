"""How good a passphrase is, by its length alone.

A rule of ours, in the spirit of NIST SP 800-63B: length counts, mixtures of signs do not, and at least eight characters
are asked for. Repeating a few letters over and over adds nothing.
"""

from __future__ import annotations

from enum import StrEnum

LEAST = 8
"""Characters that a passphrase must have."""
FAIR = 12
GOOD = 16
_REPEATS = 2


class Strength(StrEnum):
    """From refused to recommended."""

    SHORT = "short"  # refused
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength(passphrase: str) -> Strength:
    """By the number of characters, of which each different one counts at most twice."""
    counted = min(len(passphrase), _REPEATS * len(set(passphrase)))
    if counted < LEAST:
        return Strength.SHORT
    if counted < FAIR:
        return Strength.WEAK
    return Strength.FAIR if counted < GOOD else Strength.GOOD
