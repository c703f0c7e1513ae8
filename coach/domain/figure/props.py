"""What an exercise file may put into the picture: props, arrows and insets, with their measures and defaults.

Measures are statures. A default of `REQUIRED` must be given by the file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

REQUIRED: Final = math.nan
"""The mark of a number that has no default."""

Kinds: TypeAlias = Mapping[str, Mapping[str, float]]

PROPS: Final[Kinds] = MappingProxyType(
    {
        # Contact shadow: an ellipse of half axes rx, ry.
        "shadow": {"x": REQUIRED, "y": REQUIRED, "rx": REQUIRED, "ry": REQUIRED, "strength": 1.0},
        # Side view: x is the line of the backrest, the seat extends towards +x; raise lifts it (stands farther away).
        "chair": {"x": REQUIRED, "seat": 0.262, "back": 0.545, "depth": 0.24, "raise": 0.0},
        "wall": {"x": REQUIRED, "top": 1.02},
        "mat": {"x0": REQUIRED, "x1": REQUIRED},
        "step": {"x0": REQUIRED, "x1": REQUIRED, "height": 0.105},
        "rail": {"x0": REQUIRED, "x1": REQUIRED, "top": REQUIRED, "base": 0.0, "post1": REQUIRED, "post2": REQUIRED},
        "worktop": {"x0": REQUIRED, "x1": REQUIRED, "height": 0.555},
        "table": {"x0": REQUIRED, "x1": REQUIRED, "height": 0.565},
        "cushion": {"x0": REQUIRED, "x1": REQUIRED, "y": -0.012, "height": 0.058},
        "ottoman": {"x0": REQUIRED, "x1": REQUIRED, "height": 0.151},
        "door_frame": {"x": REQUIRED, "top": 0.98, "width": 0.062},
        # Front view: a table between viewer and figure, a cabinet beside it, a cushion under both feet.
        "console": {"half": 0.335, "height": 0.533},
        "cabinet": {"x0": REQUIRED, "x1": REQUIRED, "height": 0.533},
        "folded_cushion": {"x0": REQUIRED, "x1": REQUIRED, "height": 0.036},
        # Under the foot (foot lengths in the close-up): a towel, and a book on its far end.
        "hand_towel": {"x0": 0.040, "x1": 0.285},
        "book": {"length": 0.27, "height": 0.115},
    }
)

CUES: Final[Kinds] = MappingProxyType(
    {
        # Along two points, or a bend through three.
        "arrow": {"width": 0.013, "head": 0.034},
        # From a tick on the floor to the rising heel: at x, or dx from the heel.
        "lift": {"x": math.inf, "dx": -0.042, "y": 0.0},
        # Front view: two arrows beside the turning head.
        "head_turn": {},
        # From a tick at the step's height to the heel above or below it.
        "level": {"x": REQUIRED, "y": REQUIRED},
    }
)

SHOWS: Final[Mapping[str, tuple[tuple[float, float], ...]]] = MappingProxyType(
    {
        "always": ((0.0, 1.0),),
        # fades as the movement completes, (1 - e) ** 0.7
        "start": ((0.0, 1.0), (0.3, 0.78), (0.6, 0.527), (0.8, 0.324), (0.92, 0.171), (1.0, 0.0)),
        # gone before half-way
        "early": ((0.0, 1.0), (0.135, 0.78), (0.27, 0.527), (0.36, 0.324), (0.414, 0.171), (0.45, 0.0)),
        "late": ((0.35, 0.0), (0.65, 1.0)),
    }
)
"""Named courses of an arrow's strength: (progress, strength)."""

INSETS: Final[Kinds] = MappingProxyType(
    {
        # The lower leg of the same pose, magnified about a focus given from the near ankle's start.
        "heel": {
            "zoom": 1.8,
            "foot": 0.0,
            "focus_x": 0.020,
            "focus_y": 0.062,
            "base": 0.0,
            "far": 1.0,
            "step0": math.inf,
            "step1": math.inf,
        },
        "seated": {},
        "soles": {},
        "toes": {},
    }
)

MUSCLES: Final = frozenset(
    {"calf", "soleus", "hamstring", "hip_flexor", "quadriceps", "peroneals", "hip_abductors", "arch"}
)
"""Muscles that can glow; which of them a view shows is its painter's matter."""
