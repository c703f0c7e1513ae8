"""Plane geometry of the figure: vectors, turning frames, easing and monotone tables.

Lengths are in units of stature (H), x forward, y up, the floor at y = 0. Angles are degrees. The *lean* of a segment
is the angle of its upward direction from the vertical, clockwise (forward) positive. The *direction* of an arm's
segment is 0 when it hangs down, 90 forward, 180 up.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Point: TypeAlias = tuple[float, float]

_TABLE_STEPS = 240


def up(lean: float) -> Point:
    """Unit vector along a segment that leans `lean` degrees forward from the vertical."""
    a = math.radians(lean)
    return (math.sin(a), math.cos(a))


def arm_direction(angle: float) -> Point:
    """Unit vector of an arm's segment: 0 down, 90 forward, 180 up."""
    a = math.radians(angle)
    return (math.sin(a), -math.cos(a))


def angle_of(vector: Point) -> float:
    """Inverse of `arm_direction`, in degrees within (-180, 180]."""
    return math.degrees(math.atan2(vector[0], -vector[1]))


def add(a: Point, b: Point, factor: float = 1.0) -> Point:
    """`a + factor b`."""
    return (a[0] + b[0] * factor, a[1] + b[1] * factor)


def distance(a: Point, b: Point) -> float:
    """Euclidean distance."""
    return math.hypot(b[0] - a[0], b[1] - a[1])


def lerp(a: float, b: float, t: float) -> float:
    """`a` at t = 0, `b` at t = 1."""
    return a + (b - a) * t


def between(a: Point, b: Point, t: float) -> Point:
    """The point at fraction `t` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """`value` kept within `low` and `high`."""
    return low if value < low else min(value, high)


def rotate(vector: Point, degrees: float) -> Point:
    """`vector` turned clockwise, the sense in which a lean grows."""
    a = math.radians(degrees)
    c, s = math.cos(a), math.sin(a)
    return (vector[0] * c + vector[1] * s, -vector[0] * s + vector[1] * c)


def minjerk(t: float) -> float:
    """Minimum-jerk easing, 10 t^3 - 15 t^4 + 6 t^5, with `t` clamped to 0..1 (Flash and Hogan 1985)."""
    t = clamp(t)
    return t * t * t * (10.0 - 15.0 * t + 6.0 * t * t)


class Frame:
    """A local coordinate system: an origin and a clockwise turn in degrees. Call it with local x, y to get a point."""

    __slots__ = ("angle", "c", "origin", "s", "x", "y")

    def __init__(self, origin: Point, angle: float) -> None:
        self.origin = origin
        self.angle = angle
        self.x, self.y = origin
        a = math.radians(angle)
        self.c, self.s = math.cos(a), math.sin(a)

    def __call__(self, x: float, y: float) -> Point:
        """The local point (x, y) in the outer frame."""
        return (self.x + x * self.c + y * self.s, self.y - x * self.s + y * self.c)

    def points(self, local: Sequence[Point]) -> list[Point]:
        """Many local points at once."""
        x0, y0, c, s = self.x, self.y, self.c, self.s
        return [(x0 + x * c + y * s, y0 - x * s + y * c) for x, y in local]


class Table:
    """Monotone cubic (PCHIP) through knots `(u, value, ...)`, tabulated once: no overshoot, cheap to ask.

    Outside the knots the end values hold. Raises ValueError for fewer than two knots or knots not in rising order of u.
    Slopes are the harmonic means of Fritsch and Butland (1984).
    """

    __slots__ = ("_high", "_low", "_rows", "_scale")

    def __init__(self, knots: Sequence[tuple[float, ...]]) -> None:
        us = [k[0] for k in knots]
        if len(us) < 2 or any(b <= a for a, b in pairwise(us)):
            msg = "a table needs two knots or more, in rising order"
            raise ValueError(msg)
        self._low, self._high = us[0], us[-1]
        self._scale = _TABLE_STEPS / (self._high - self._low)
        columns = [_Column(us, [k[c] for k in knots]) for c in range(1, len(knots[0]))]
        steps = [self._low + i / self._scale for i in range(_TABLE_STEPS + 1)]
        self._rows = [tuple(column(u) for column in columns) for u in steps]

    def __call__(self, u: float) -> tuple[float, ...]:
        """The values at `u`."""
        x = (u - self._low) * self._scale
        if x <= 0.0:
            return self._rows[0]
        if x >= _TABLE_STEPS:
            return self._rows[_TABLE_STEPS]
        i = int(x)
        t = x - i
        return tuple(a + (b - a) * t for a, b in zip(self._rows[i], self._rows[i + 1], strict=True))


class _Column:
    """One monotone cubic function."""

    def __init__(self, us: Sequence[float], ys: Sequence[float]) -> None:
        self._us, self._ys = us, ys
        chords = [(ys[i + 1] - ys[i]) / (us[i + 1] - us[i]) for i in range(len(us) - 1)]
        inner = [0.0 if p * q <= 0 else 2 * p * q / (p + q) for p, q in pairwise(chords)]
        self._slopes = [chords[0], *inner, chords[-1]]

    def __call__(self, u: float) -> float:
        us, ys, slopes = self._us, self._ys, self._slopes
        i = min(max(bisect_right(us, u) - 1, 0), len(us) - 2)
        h = us[i + 1] - us[i]
        t = clamp((u - us[i]) / h)
        t2, t3 = t * t, t * t * t
        rise = (2 * t3 - 3 * t2 + 1) * ys[i] + (3 * t2 - 2 * t3) * ys[i + 1]
        return rise + h * ((t3 - 2 * t2 + t) * slopes[i] + (t3 - t2) * slopes[i + 1])
