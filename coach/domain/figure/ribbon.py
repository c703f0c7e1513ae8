"""Ribbons: every limb is a centre line through joints with one radius in front and one behind.

Clothes, shades, muscles and hems are slices and bands of the limb's own ribbon, so they bend with it and never leave
its silhouette. A place along the ribbon is `u` = joint number + fraction of the bone; a place across it is `v`: 0 on
the centre line, 1 on the front edge, -1 on the back edge. For a chain listed from top to bottom, front is +x.

What does not change from frame to frame is worked out once in a `RibbonShape`: where along the bones the outline is
sampled and how far from the centre line each outline point lies. A `Ribbon` is a shape laid through the joints of one
frame.
"""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from typing import TYPE_CHECKING, TypeAlias

from coach.domain.figure.geometry import Point, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Runs: TypeAlias = tuple[list[Point], ...]
"""An outline. One run is a smooth closed curve; two or more are smooth open curves joined by straight lines."""

Profile: TypeAlias = "Callable[[float], tuple[float, ...]] | Table"
Across: TypeAlias = "Callable[[float], float]"
Inflate: TypeAlias = "float | Across"
"""Extra radius (clothes): one number, or a module-level function of u (results are remembered per function)."""

_ROUND = tuple((math.cos(math.radians(a)), math.sin(math.radians(a))) for a in (45, 90, 135))
_MOST_OF_A_BONE = 0.48
_SAME_PLACE = 1e-6


class RibbonShape:
    """The frame-independent part of a ribbon.

    Args:
        bones: nominal bone lengths; a drawn bone may be shorter or longer (foreshortening), its samples scale along.
        fillets: rounding length at each joint, one per joint, 0 at both ends; at most 0.48 of either neighbour is used.
        profile: `u -> (front radius, back radius)`.
        step: longest distance between samples on a straight part.
        bends: samples inside each rounded corner, one number for all or one per joint.
    """

    def __init__(
        self,
        bones: Sequence[float],
        fillets: Sequence[float],
        profile: Profile,
        *,
        step: float = 0.04,
        bends: int | Sequence[int] = 4,
    ) -> None:
        if len(fillets) != len(bones) + 1:
            msg = f"{len(bones)} bones have {len(bones) + 1} joints, not {len(fillets)}"
            raise ValueError(msg)
        self.profile = profile
        self.places: list[tuple[int, float, float, float]] = []
        """Per station: bone or corner number, fraction, and the corner's two cuts (negative on a straight part)."""
        self._by_u: dict[float, int] = {}
        self._order: list[float] = []
        self._edges: dict[tuple[object, ...], list[tuple[int, float]]] = {}
        self._lenses: dict[tuple[float, ...], list[tuple[int, float, float]]] = {}
        last = len(bones)
        self._cuts = [
            (0.0, 0.0)
            if i in (0, last)
            else (
                min(fillets[i], bones[i - 1] * _MOST_OF_A_BONE, bones[i] * _MOST_OF_A_BONE) / bones[i - 1],
                min(fillets[i], bones[i - 1] * _MOST_OF_A_BONE, bones[i] * _MOST_OF_A_BONE) / bones[i],
            )
            for i in range(last + 1)
        ]
        counts = [bends] * (last + 1) if isinstance(bends, int) else list(bends)
        for i, bone in enumerate(bones):
            self._sample_bone(i, bone, step)
            if i + 1 < last:
                for k in range(1, counts[i + 1] + 1):
                    self._sample_corner(i + 1, k / (counts[i + 1] + 1))

    def _sample_bone(self, i: int, bone: float, step: float) -> None:
        start, end = self._cuts[i][1], 1.0 - self._cuts[i + 1][0]
        pieces = max(1, round((end - start) * bone / step))
        for k in range(pieces + 1):
            self._sample(i + start + (end - start) * k / pieces)

    def _sample_corner(self, joint: int, t: float) -> None:
        before, after = self._cuts[joint]
        self._sample(joint + (before * (2 * t - 1) if t < 0.5 else after * (2 * t - 1)))

    def _sample(self, u: float) -> None:
        """A place that every outline passing it goes through."""
        if u not in self._by_u:
            insort(self._order, u)
        self.station(u)

    def station(self, u: float) -> int:
        """The number of the station at `u`; made if it is not there yet. Only for places that recur every frame."""
        found = self._by_u.get(u)
        if found is not None:
            return found
        self.places.append(self._place(u))
        number = len(self.places) - 1
        self._by_u[u] = number
        return number

    def place(self, u: float) -> tuple[int, float, float, float]:
        """Where `u` lies: (bone, fraction, -1, -1), or (joint, Bezier parameter, cut before, cut after) in a corner."""
        found = self._by_u.get(u)
        return self._place(u) if found is None else self.places[found]

    def _place(self, u: float) -> tuple[int, float, float, float]:
        last = len(self._cuts) - 1
        joint = round(u)
        if 0 < joint < last:
            before, after = self._cuts[joint]
            d = u - joint
            if d < 0.0 and -d < before:
                return (joint, 0.5 + 0.5 * d / before, before, after)
            if d >= 0.0 and d < after:
                return (joint, 0.5 + 0.5 * d / after, before, after)
        bone = min(max(int(u), 0), last - 1)
        return (bone, min(max(u - bone, 0.0), 1.0), -1.0, -1.0)

    def spread(self, u0: float, u1: float) -> list[float]:
        """The sampled places from `u0` to `u1`, both included."""
        a, b = bisect_right(self._order, u0 + 1e-3), bisect_right(self._order, u1 - 1e-3)
        inner: list[float] = []
        for u in self._order[a:b]:
            if not inner or u - inner[-1] > _SAME_PLACE:
                inner.append(u)
        return [u0, *inner, u1]

    def radius(self, u: float, v: float, inflate: Inflate = 0.0) -> float:
        """Signed distance from the centre line of the point (u, v)."""
        front, back = self.profile(u)[:2]
        extra = inflate if isinstance(inflate, (int, float)) else inflate(u)
        return (front + extra) * v if v >= 0 else (back + extra) * v

    def edge_table(self, u0: float, u1: float, v: float | Across, inflate: Inflate = 0.0) -> list[tuple[int, float]]:
        """Stations and offsets of an edge; `v` may be a module-level function of t = 0..1 along it."""
        key = (u0, u1, v, inflate)
        table = self._edges.get(key)
        if table is None:
            table = []
            for u in self.spread(u0, u1):
                across = v if isinstance(v, (int, float)) else v((u - u0) / (u1 - u0))
                table.append((self.station(u), self.radius(u, across, inflate)))
            self._edges[key] = table
        return table

    def lens_table(
        self, u0: float, u1: float, outer: float, inner: float, power: float, points: int
    ) -> list[tuple[int, float, float]]:
        """Stations of a lens with the offsets of its two sides."""
        key = (u0, u1, outer, inner, power, points)
        table = self._lenses.get(key)
        if table is None:
            radii = _lens_radii(self, u0, u1, outer, inner, 1.0, _spindle(points, power))
            table = self._lenses[key] = [(self.station(u), a, b) for u, a, b in radii]
        return table


class Ribbon:
    """A shape laid through joints (`len(bones) + 1` points)."""

    __slots__ = ("joints", "shape", "tx", "ty", "x", "y")

    def __init__(self, shape: RibbonShape, joints: Sequence[Point]) -> None:
        self.shape = shape
        self.joints = joints
        self.x: list[float] = []
        self.y: list[float] = []
        self.tx: list[float] = []
        self.ty: list[float] = []

    def _extend(self) -> None:
        for place in self.shape.places[len(self.x) :]:
            x, y, tx, ty = self._frame_at(place)
            self.x.append(x)
            self.y.append(y)
            self.tx.append(tx)
            self.ty.append(ty)

    def _frame_at(self, place: tuple[int, float, float, float]) -> tuple[float, float, float, float]:
        i, t, before, after = place
        joints = self.joints
        if before < 0.0:
            (ax, ay), (bx, by) = joints[i], joints[i + 1]
            dx, dy = bx - ax, by - ay
            length = math.hypot(dx, dy) or 1e-9
            return (ax + dx * t, ay + dy * t, dx / length, dy / length)
        (px, py), (jx, jy), (nx, ny) = joints[i - 1], joints[i], joints[i + 1]
        ax, ay = (px - jx) * before, (py - jy) * before
        bx, by = (nx - jx) * after, (ny - jy) * after
        s = 1.0 - t
        dx, dy = t * bx - s * ax, t * by - s * ay
        length = math.hypot(dx, dy) or 1e-9
        return (jx + s * s * ax + t * t * bx, jy + s * s * ay + t * t * by, dx / length, dy / length)

    def frame(self, u: float) -> tuple[float, float, float, float]:
        """Centre and unit tangent at `u`: (x, y, tx, ty)."""
        return self._frame_at(self.shape.place(u))

    def point(self, u: float, v: float, inflate: Inflate = 0.0) -> Point:
        """The point at `u` along and `v` across."""
        x, y, tx, ty = self.frame(u)
        r = self.shape.radius(u, v, inflate)
        return (x - ty * r, y + tx * r)

    def surface(self, u: float, v: float, lift: float = 0.0) -> tuple[Point, Point]:
        """A point `lift` above the surface at (u, v), and the tangent there (towards higher u)."""
        x, y, tx, ty = self.frame(u)
        r = self.shape.radius(u, v) + (lift if v >= 0 else -lift)
        return (x - ty * r, y + tx * r), (tx, ty)

    def edge(self, u0: float, u1: float, v: float | Across, inflate: Inflate = 0.0) -> list[Point]:
        """Points of a lengthwise line from `u0` to `u1`. The arguments must recur (they are remembered)."""
        table = self.shape.edge_table(u0, u1, v, inflate)
        if len(self.x) < len(self.shape.places):
            self._extend()
        x, y, tx, ty = self.x, self.y, self.tx, self.ty
        return [(x[i] - ty[i] * r, y[i] + tx[i] * r) for i, r in table]

    def slice(
        self,
        u0: float,
        u1: float,
        *,
        front: float = 1.0,
        back: float = -1.0,
        inflate: Inflate = 0.0,
        round_start: float = 0.0,
        round_end: float = 0.0,
    ) -> Runs:
        """The ribbon from `u0` to `u1`, cut straight or rounded at either end (1 = half circle, less = flatter)."""
        ahead = self.edge(u0, u1, front, inflate)
        behind = self.edge(u0, u1, back, inflate)
        behind.reverse()
        if not round_start and not round_end:
            return (ahead, behind)
        outline = ahead
        if round_end:
            outline += self._cap(u1, ahead[-1], behind[0], round_end)
        outline += behind
        if round_start:
            cap = self._cap(u0, ahead[0], behind[-1], -round_start)
            outline += cap[::-1]
        return (outline,)

    def _cap(self, u: float, ahead: Point, behind: Point, bulge: float) -> list[Point]:
        _, _, tx, ty = self.frame(u)
        cx, cy = (ahead[0] + behind[0]) / 2, (ahead[1] + behind[1]) / 2
        rx, ry = ahead[0] - cx, ahead[1] - cy
        r = math.hypot(rx, ry) * bulge
        return [(cx + rx * c + tx * r * s, cy + ry * c + ty * r * s) for c, s in _ROUND]

    def band(self, u0: float, u1: float, ahead: float | Across, behind: float | Across, inflate: Inflate = 0.0) -> Runs:
        """The area between two lengthwise lines, each a `v` or a module-level function t -> v."""
        first = self.edge(u0, u1, ahead, inflate)
        second = self.edge(u0, u1, behind, inflate)
        second.reverse()
        return (first, second)

    def lens(
        self,
        u0: float,
        u1: float,
        outer: float,
        inner: float,
        *,
        size: float = 1.0,
        power: float = 0.8,
        points: int = 10,
    ) -> Runs:
        """A spindle (muscle, highlight) between `outer` and `inner`, its tips drawn to the outer edge.

        A lens of full size is remembered, so its arguments must recur. A smaller `size` (0..1) shrinks it about its
        middle and may change every frame.
        """
        rising: list[Point] = []
        falling: list[Point] = []
        if size == 1.0:
            table = self.shape.lens_table(u0, u1, outer, inner, power, points)
            if len(self.x) < len(self.shape.places):
                self._extend()
            x, y, tx, ty = self.x, self.y, self.tx, self.ty
            rising = [(x[i] - ty[i] * a, y[i] + tx[i] * a) for i, a, _ in table[:-1]]
            falling = [(x[i] - ty[i] * b, y[i] + tx[i] * b) for i, _, b in table[:0:-1]]
            return (rising + falling,)
        for u, a, b in _lens_radii(self.shape, u0, u1, outer, inner, size, _spindle(points, power)):
            cx, cy, dx, dy = self.frame(u)
            rising.append((cx - dy * a, cy + dx * a))
            falling.append((cx - dy * b, cy + dx * b))
        falling.reverse()
        return (rising[:-1] + falling[:-1],)


def _lens_radii(
    shape: RibbonShape,
    u0: float,
    u1: float,
    outer: float,
    inner: float,
    size: float,
    widths: Sequence[tuple[float, float]],
) -> list[tuple[float, float, float]]:
    """(u, radius of the outer side, radius of the inner side) along a lens."""
    middle, half, across = (u0 + u1) / 2, (u1 - u0) / 2 * size, (outer + inner) / 2
    out = []
    for t, width in widths:
        u = middle - half + 2 * half * t
        tip = across + (1 - width) * (outer - across) * 0.55
        out.append(
            (
                u,
                shape.radius(u, tip + (outer - across) * size * width),
                shape.radius(u, tip + (inner - across) * size * width),
            )
        )
    return out


_spindles: dict[tuple[int, float], list[tuple[float, float]]] = {}


def _spindle(points: int, power: float) -> list[tuple[float, float]]:
    """Fractions along a lens and its relative width there, `sin(pi t) ** power`."""
    key = (points, power)
    if key not in _spindles:
        _spindles[key] = [(i / points, max(0.0, math.sin(math.pi * i / points)) ** power) for i in range(points + 1)]
    return _spindles[key]
