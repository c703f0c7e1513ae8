"""What a pose may give, by view: numbers with their defaults, words, and points it declares as planted.

Apart from the kinematics that use them, so that reading exercise files loads none of those.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from coach.domain.figure.pose import View

if TYPE_CHECKING:
    from collections.abc import Mapping

FRONT_NUMBERS: Final[Mapping[str, float]] = MappingProxyType(
    {
        # Middle of the pelvis, x from the middle between the feet towards the other leg; y only for a tandem stance.
        "pelvis_x": 0.0,
        "pelvis_y": 0.532,
        # Trunk and head; roll lifts the pelvis on the lifted side.
        "lean": 0.0,
        "roll": 0.0,
        "head": 0.0,
        # The lifted leg: flexion of hip and knee, how far thigh and shank point outwards, toes down.
        "hip": 0.0,
        "knee": 0.0,
        "thigh_out": 0.0,
        "shank_out": 0.0,
        "plantar": 0.0,
        # Tandem stance: both ankle joints as drawn (a foot nearer to the viewer stands lower on the screen).
        "front_x": -0.050,
        "front_y": 0.039,
        "rear_x": 0.050,
        "rear_y": 0.062,
        # Free arms, measured from hanging, outwards.
        "upper_arm": 12.0,
        "forearm": 9.0,
        "hand": 6.0,
        # Hands on or over a table: how far out the wrists are, how high the finger tips, how far below the wrists.
        "wrist_x": 0.156,
        "tips": 0.525,
        "hand_drop": 0.066,
        # Height of what the feet stand on; how far the head turns to either side in the hold.
        "base": 0.0,
        "head_turn": 0.0,
    }
)
"""Numbers a front view may give, with their defaults (statures, degrees)."""

FOOT_NUMBERS: Final[Mapping[str, float]] = MappingProxyType(
    {
        # How much of the towel each curl leaves drawn in (foot lengths).
        "keep": 0.05,
    }
)
"""Numbers a foot close-up may give, with their defaults."""

NUMBERS: Final[Mapping[View, Mapping[str, float]]] = MappingProxyType(
    {View.FRONT: FRONT_NUMBERS, View.FOOT: FOOT_NUMBERS}
)
"""By view. A side view gives its limbs instead."""

OPTIONS: Final[Mapping[View, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        View.FRONT: {"stance": ("single", "tandem"), "arms": ("free", "table", "cabinet", "crossed")},
        View.FOOT: {},  # what lies on the floor are props
    }
)
"""Words by view; the first is the default."""

CONTACTS: Final = (
    "hip",
    *(f"{side} {name}" for side in ("near", "far") for name in ("heel", "ball", "ankle", "knee", "wrist")),
)
"""Names of the points a side view may declare as planted."""
