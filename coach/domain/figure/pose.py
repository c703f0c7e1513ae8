"""A pose as an exercise file gives it: only givens, never results.

A pose is a set of named numbers, each constant or with one value per keyframe, and a few words that say how the limbs
are held, which props stand there, which muscles glow and which arrows help. Angles are clinical degrees, lengths are
in statures (foot lengths in the close-up); see `geometry.py` for the conventions. `side.py`, `front.py` and `foot.py`
turn the numbers of one moment into points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from coach.domain.figure.geometry import clamp, lerp, minjerk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.domain.figure.geometry import Point


class View(StrEnum):
    """Where the viewer stands; each view has its own kinematics and painter. Lying poses are side views."""

    SIDE = "side"
    FRONT = "front"
    FOOT = "foot"


class Life(StrEnum):
    """What moves while a hold lasts."""

    NONE = "none"
    BREATHE = "breathe"
    SWAY = "sway"


class Layer(StrEnum):
    """When a prop is drawn: behind everything, between the far and the near limbs, or over the body."""

    BACK = "back"
    MIDDLE = "middle"
    FRONT = "front"


class Anchor(StrEnum):
    """The point of a foot that is planted."""

    HEEL = "heel"
    BALL = "ball"
    ANKLE = "ankle"


class RootKind(StrEnum):
    """What the body is solved from: a planted foot, a kneeling knee (both the near one), or the hip point."""

    FOOT = "foot"
    KNEE = "knee"
    PELVIS = "pelvis"


class LegKind(StrEnum):
    """How a leg is given.

    `root`: it carries the body. `angles`: from the hip down. `contact`: its foot is planted, hip and knee follow.
    `copy`: like the near leg, a little deeper. `against`: knee and ankle are given, the hip follows from the heel
    touching an upright at x.
    """

    ROOT = "root"
    ANGLES = "angles"
    CONTACT = "contact"
    COPY = "copy"
    AGAINST = "against"


class Hold(StrEnum):
    """What a hand does: hang by angles, rest on a fixed point, lie on a leg, or grip a band at constant length."""

    FREE = "free"
    FIXED = "fixed"
    ON = "on"
    STRAP = "strap"


class Hand(StrEnum):
    """How the hand is drawn."""

    OPEN = "open"
    FIST = "fist"


@dataclass(frozen=True, slots=True)
class Keyframe:
    """A named position and when the movement towards it happens: progress `start` to `end`, eased.

    Movements may overlap; each adds its own change to what came before. The first keyframe is where everything starts.
    """

    name: str
    start: float = 0.0
    end: float = 1.0
    smooth: bool = False
    power: float = 1.0

    def weight(self, progress: float) -> float:
        """How much of this movement is done, 0 to 1."""
        t = clamp((progress - self.start) / (self.end - self.start))
        return minjerk(t) if self.smooth else math.pow(t, self.power)


class Tracks:
    """Named numbers over the keyframes; `at(progress)` blends them."""

    __slots__ = ("_changes", "_still", "keyframes", "values")

    def __init__(self, keyframes: Sequence[Keyframe], values: Mapping[str, tuple[float, ...]]) -> None:
        self.keyframes = tuple(keyframes)
        self.values = MappingProxyType(dict(values))
        self._still = {name: row[0] for name, row in values.items()}
        self._changes = [
            (keyframe, [(name, change) for name, row in values.items() if (change := _change(row, i))])
            for i, keyframe in enumerate(self.keyframes)
            if i
        ]

    def at(self, progress: float) -> dict[str, float]:
        """Every number at `progress` (0 to 1)."""
        numbers = dict(self._still)
        for keyframe, changes in self._changes:
            weight = keyframe.weight(progress)
            if weight:
                for name, change in changes:
                    numbers[name] += change * weight
        return numbers


def _change(row: tuple[float, ...], i: int) -> float:
    """The step to keyframe `i`; a short row keeps its last value."""
    return row[i] - row[i - 1] if i < len(row) else 0.0


@dataclass(frozen=True, slots=True)
class Leg:
    """How one leg is given; its numbers are `<side>_leg.<name>`."""

    kind: LegKind
    anchor: Anchor = Anchor.HEEL


@dataclass(frozen=True, slots=True)
class Arm:
    """How one arm is given; its numbers are `<side>_arm.<name>`.

    `on_far` says which leg a resting hand lies on. `fan` spreads the fingers from one another, `curls` bends each a
    little differently (little finger to index). `over_leg` draws a far arm in front of the far leg.
    """

    hold: Hold
    hand: Hand = Hand.OPEN
    on_far: bool = False
    over_leg: bool = False
    fan: tuple[float, float] = (0.0012, 0.0062)
    curls: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class SidePlan:
    """The words of a side view; `band` is what strap hands hold. `lying` keeps a hair bun off the mat."""

    root: RootKind
    anchor: Anchor
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm
    band: str = "strap"
    lying: bool = False


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that stands there; kinds and measures in `props.py`."""

    kind: str
    numbers: Mapping[str, float]
    layer: Layer = Layer.BACK


@dataclass(frozen=True, slots=True)
class Glow:
    """A working or stretched muscle; its light grows with `progress ** power`."""

    muscle: str
    limb: str = "near"
    power: float = 1.0

    def intensity(self, progress: float) -> float:
        """0 to 1."""
        return math.pow(clamp(progress), self.power)


@dataclass(frozen=True, slots=True)
class Cue:
    """An arrow or mark that shows the way; kinds in `props.py`.

    `points` are in the frame `at` (`frame`, `hip` or `near_foot`). `show` lists (progress, strength), linear in
    between.
    """

    kind: str
    show: tuple[Point, ...]
    points: tuple[Point, ...] = ()
    at: str = "frame"
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def strength(self, progress: float) -> float:
        """0 (hidden) to 1."""
        last_e, last = self.show[0]
        if progress <= last_e:
            return last
        for e, value in self.show[1:]:
            if progress <= e:
                return lerp(last, value, (progress - last_e) / (e - last_e))
            last_e, last = e, value
        return last


@dataclass(frozen=True, slots=True)
class Inset:
    """A round close look. `x`, `y`, `radius` are fractions of the frame side, from the middle of the floor line."""

    kind: str
    x: float
    y: float
    radius: float
    numbers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """One moving picture. `scale` is stature / frame side, `centre` the x in the middle of the frame.

    `contacts` are points that must not move, `reach` how far a planted limb may stretch (1 = straight), both checked by
    `check.faults`.
    """

    view: View
    scale: float
    centre: float
    tracks: Tracks
    plan: SidePlan | None = None
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    props: tuple[Prop, ...] = ()
    glow: tuple[Glow, ...] = ()
    cues: tuple[Cue, ...] = ()
    inset: Inset | None = None
    ghost: bool = False
    life: Life = Life.NONE
    contacts: tuple[str, ...] = ()
    reach: float = 0.99

    def numbers_at(self, progress: float) -> dict[str, float]:
        """Every number of the pose at `progress`."""
        return self.tracks.at(progress)
