"""Foot close-up: toes that grip the cloth, the towel that gathers, and how far it has been pulled; no Qt.

Unit: foot length L = 1, x from the heel towards the toes, y up, w sideways away from the viewer. The foot is seen
from its inner side, so the big toe is nearest. The oblique projection is `(x + .17 w, y + .54 w)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import asin, atan2, cos, degrees, exp, hypot, pi, radians, sin
from typing import Final

from coach.domain.figure.geometry import Point, minjerk

DEPTH_X: Final = 0.17
DEPTH_Y: Final = 0.54
CLOTH: Final = 0.02
"""Height of the cloth (or, without a towel, of the sole's plane) above the floor."""

REACH_END: Final = 0.25
"""Up to this progress the toes come down from reach and spread; after it they curl."""


def project(x: float, y: float, w: float) -> Point:
    """The picture point of a place in foot units."""
    return x + DEPTH_X * w, y + DEPTH_Y * w


@dataclass(frozen=True, slots=True)
class Toe:
    """One toe's skeleton, from the ball outwards.

    `bones`, `radii` (root, each joint, tip), `straight` and `curled` (flexion of each joint after the first bone,
    degrees) are data. The first bone's own angle is not: it follows from where the tip must rest. `fan` is the
    sideways drift for each unit of length while the toes spread, `lift` the height of the tip above the cloth at full
    reach.
    """

    root: tuple[float, float, float]
    bones: tuple[float, ...]
    radii: tuple[float, ...]
    straight: tuple[float, ...]
    curled: tuple[float, ...]
    fan: float
    lift: float


TOES: Final = (
    Toe(
        root=(0.735, 0.088, 0.035), bones=(0.105, 0.105), radii=(0.066, 0.056, 0.050),
        straight=(2.0,), curled=(78.0,), fan=-0.34, lift=0.105,
    ),
    Toe(
        root=(0.752, 0.098, 0.125), bones=(0.105, 0.058, 0.052), radii=(0.050, 0.044, 0.040, 0.036),
        straight=(10.0, 6.0), curled=(82.0, 44.0), fan=-0.10, lift=0.080,
    ),
    Toe(
        root=(0.738, 0.092, 0.200), bones=(0.095, 0.052, 0.048), radii=(0.047, 0.041, 0.038, 0.034),
        straight=(12.0, 6.0), curled=(84.0, 46.0), fan=0.06, lift=0.072,
    ),
    Toe(
        root=(0.712, 0.086, 0.268), bones=(0.082, 0.045, 0.044), radii=(0.045, 0.040, 0.036, 0.033),
        straight=(14.0, 8.0), curled=(84.0, 46.0), fan=0.24, lift=0.064,
    ),
    Toe(
        root=(0.676, 0.078, 0.330), bones=(0.068, 0.038, 0.040), radii=(0.044, 0.039, 0.036, 0.034),
        straight=(16.0, 8.0), curled=(82.0, 44.0), fan=0.44, lift=0.056,
    ),
)  # fmt: skip
"""Big toe first. Proportions are our own, drawn after the pictures of the design."""

_ROOT_RISE_CURL: Final = 0.018
_ROOT_RISE_REACH: Final = 0.006
_REACH_STRAIGHTENS: Final = 7.0
_ROOT_STUB: Final = 0.05


@dataclass(frozen=True, slots=True)
class ToeChain:
    """A solved toe.

    `points` are picture points (a stub inside the foot, root, joints, tip), `angle` the first bone's, `tip` in space.
    """

    points: tuple[Point, ...]
    angle: float
    tip: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Towel:
    """How far the towel lies pulled towards the heel.

    `active` is what this curl has drawn in so far (it folds between ball and toes), `kept` what earlier curls left
    behind (it gathers under the arch). Both in foot lengths.
    """

    active: float = 0.0
    kept: float = 0.0

    @property
    def total(self) -> float:
        """How far the free end has come."""
        return self.active + self.kept


def toe_phase(progress: float) -> tuple[float, float]:
    """Split the movement's progress 0..1 into reach (1 → 0 by the landing) and curl (0 → 1 afterwards)."""
    if progress < REACH_END:
        return 1.0 - minjerk(progress / REACH_END), 0.0
    x = min(1.0, (progress - REACH_END) / (1.0 - REACH_END))
    return 0.0, 0.5 * x + 0.5 * x * x * (3.0 - 2.0 * x)


def toe_chain(index: int, reach: float, curl: float) -> ToeChain:
    """Toe `index` (0 = big) so that its tip circle rests on the cloth, or stands `lift` above it while the toes reach.

    With the joints' flexion fixed the tip's height is `R sin(angle - phi)` in the first bone's angle, so the angle
    has a closed form: nothing has to be searched for.
    """
    toe = TOES[index]
    x, y, w = toe.root
    y += _ROOT_RISE_CURL * curl + _ROOT_RISE_REACH * reach
    flexion = [a + (b - a) * curl - _REACH_STRAIGHTENS * reach for a, b in zip(toe.straight, toe.curled, strict=True)]
    along = across = turned = 0.0
    for bone, bend in zip(toe.bones, (0.0, *flexion), strict=True):
        turned += radians(bend)
        along += bone * cos(turned)
        across += bone * sin(turned)
    rise = toe.radii[-1] + CLOTH + toe.lift * reach - y
    angle = atan2(across, along) + asin(rise / hypot(along, across))
    stub = angle * 0.4
    points = [project(x - _ROOT_STUB * cos(stub), y - _ROOT_STUB * sin(stub), w), project(x, y, w)]
    heading, drift = angle, toe.fan * reach
    for bone, bend in zip(toe.bones, (0.0, *flexion), strict=True):
        heading -= radians(bend)
        x += bone * cos(heading)
        y += bone * sin(heading)
        w += drift * bone
        points.append(project(x, y, w))
    return ToeChain(tuple(points), degrees(angle), (x, y, w))


# ---------------------------------------------------------------------------------------------------------------- towel
_LEADER: Final = 1
"""The toe whose tip drags the towel in the picture: the second."""
_PULL_GAIN: Final = 1.55
"""The towel travels this much further than the toe does: the true travel is too small to see."""
_TIP_AT_REST: Final = toe_chain(_LEADER, 0.0, 0.0).tip[0]
FULL_PULL: Final = (_TIP_AT_REST - toe_chain(_LEADER, 0.0, 1.0).tip[0]) * _PULL_GAIN
"""What one whole curl draws in."""
CYCLE: Final = 4
"""After this many curls the toes smooth the towel out again."""


def lead_tip(curl: float) -> float:
    """How far the tip of the toe that drags the towel reaches."""
    return toe_chain(_LEADER, 0.0, curl).tip[0]


def curl_pull(curl: float) -> float:
    """What a curl from 0 to 1 has drawn in so far."""
    return max(0.0, (_TIP_AT_REST - lead_tip(curl)) * _PULL_GAIN)


def towel_at(curl: float, *, rep: int = 0, returning: bool = False, keep: float = 0.0) -> Towel:
    """The towel in repetition `rep` (from 0): each curl leaves `keep` drawn in, every fourth return smooths it out.

    Continuous over the repetitions: a return ends where the next effort begins.
    """
    turn = rep % CYCLE
    kept = turn * keep
    pull = curl_pull(curl)
    if not returning:
        return Towel(pull, kept)
    done = 1.0 - pull / FULL_PULL
    if turn == CYCLE - 1:
        return Towel(pull, kept * (1.0 - done))
    return Towel(pull, kept + keep * done)


_START: Final = -0.13
_END: Final = 1.43
_NEAR_W: Final = -0.36
_FAR_W: Final = 0.86
_FOLDS_FROM: Final = 0.50
_GATHER: Final = (0.24, 0.50)
_STRIPES: Final = ((0.055, 0.085), (0.105, 0.165), (0.185, 0.215))
_FOLD_SAMPLES: Final = 30


def _fold(t: float) -> float:
    """Height of two neighbouring folds over 0..1, flat at both ends, highest 1.25."""
    return 1.25 * sin(pi * t) ** 0.8 * (0.5 - 0.5 * cos(4.0 * pi * t)) if 0.0 < t < 1.0 else 0.0


@lru_cache(maxsize=1)
def _fold_table() -> tuple[tuple[float, float], ...]:
    """Height and slope of the folds at every sampled place: the same for every frame."""
    step = 1e-3
    places = [k / _FOLD_SAMPLES for k in range(_FOLD_SAMPLES + 1)]
    return tuple((_fold(t), (_fold(t + step) - _fold(t - step)) / (2.0 * step)) for t in places)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The towel's surface for one frame, in picture points.

    `far`, `near` and `low` are the two long edges and the foot of the near one, from the heel end to the free end.
    `shades` are (place 0..1 along the towel, darkness 0..1) for a gradient from `shade_from` to `shade_to`, whose
    lines of equal tone run across the towel. `stripes` are four corners each.
    """

    far: tuple[Point, ...]
    near: tuple[Point, ...]
    low: tuple[Point, ...]
    shades: tuple[tuple[float, float], ...]
    shade_from: Point
    shade_to: Point
    stripes: tuple[tuple[Point, Point, Point, Point], ...]
    end: float


@dataclass(frozen=True, slots=True)
class _Folds:
    """Folds of one height over one stretch of the towel."""

    start: float
    length: float
    height: float

    def samples(self) -> list[tuple[float, float, float]]:
        """(place, height, slope) at every tabulated place."""
        n, slope = _FOLD_SAMPLES, self.height / self.length
        stretch = self.length / n
        return [(self.start + stretch * k, self.height * z, slope * dz) for k, (z, dz) in enumerate(_fold_table())]


def _surface(towel: Towel, tip_x: float) -> tuple[list[tuple[float, float, float, float]], float]:
    """(place, height above the cloth, slope, wobble) along the towel, sorted, and the place of the free end."""
    end = _END - towel.total
    folds_to = max(0.72, tip_x + 0.005) + 0.06
    amount = min(1.0, towel.active / 0.10)
    rows = [(_START, 0.0, 0.0, 0.0), (_START + 0.10, 0.0, 0.0, 0.0)]
    if towel.kept > 0.0:
        gathered = min(1.0, towel.kept / 0.15)
        for s, z, slope in _Folds(_GATHER[0], _GATHER[1] - _GATHER[0], 0.044 * gathered).samples()[:-1]:
            envelope = sin(pi * (s - _GATHER[0]) / (_GATHER[1] - _GATHER[0]))
            rows.append((s, z, slope, 0.014 * gathered * envelope * sin((s - _GATHER[0]) * 30.0)))
    else:
        rows.append((_FOLDS_FROM - 0.06, 0.0, 0.0, 0.0))
    for s, z, slope in _Folds(_FOLDS_FROM, folds_to - _FOLDS_FROM, 0.066 * amount).samples():
        if s < end - 0.10:
            envelope = sin(pi * (s - _FOLDS_FROM) / (folds_to - _FOLDS_FROM))
            rows.append((s, z, slope, 0.020 * amount * envelope * sin((s - _FOLDS_FROM - 0.10) * 26.0)))
    for back in (0.09, 0.06, 0.045, 0.03, 0.018, 0.008, 0.0):
        lift = 0.010 * exp(-((back / 0.03) ** 2))
        rows.append((end - back, lift, lift * back / 0.00045, 0.0))
    return sorted(rows), end


def towel_sheet(towel: Towel, tip_x: float) -> Sheet:
    """The towel's edges, tones and stripes; `tip_x` is how far the second toe's tip reaches."""
    rows, end = _surface(towel, tip_x)
    folded = towel.active > 0.01 or towel.kept > 0.0
    far, near, low, shades = [], [], [], []
    for s, z, slope, wobble in rows:
        y = CLOTH + z
        far.append(project(s, y, _FAR_W + wobble))
        near.append(project(s, y, _NEAR_W + wobble))
        low.append(project(s, 0.0, _NEAR_W + wobble))
        hollow = 0.18 * (1.0 - z / 0.06) if folded and _GATHER[0] < s < tip_x + 0.05 and (slope or z) else 0.0
        dark = min(1.0, max(0.0, 0.10 + 0.345 * max(-1.0, min(1.4, slope)) + hollow))
        shades.append(((s - _START) / (end - _START), dark))
    across = (DEPTH_Y, -DEPTH_X)
    start = project(_START, 0.0, 0.0)
    run = (end - _START) * across[0] / (across[0] ** 2 + across[1] ** 2)
    edge = {back: CLOTH + 0.010 * exp(-((back / 0.03) ** 2)) for pair in _STRIPES for back in pair}
    stripes = tuple(
        (
            project(end - a, edge[a], _FAR_W),
            project(end - a, edge[a], _NEAR_W),
            project(end - b, edge[b], _NEAR_W),
            project(end - b, edge[b], _FAR_W),
        )
        for a, b in _STRIPES
    )
    to = (start[0] + across[0] * run, start[1] + across[1] * run)
    return Sheet(tuple(far), tuple(near), tuple(low), tuple(shades), start, to, stripes, end)


# ------------------------------------------------------------------------------------------------------------ foot body
_ARCH_DOME: Final = 0.022
"""How much the arch rises over a whole curl."""

# (x, y, share of the dome): front of the leg, instep, ball, arch, heel, Achilles tendon. The hem hides both ends.
_BODY: Final = (
    (0.3825, 0.915, 0.0), (0.382, 0.84, 0.0), (0.388, 0.66, 0.0), (0.425, 0.535, 0.0), (0.50, 0.450, 0.0),
    (0.59, 0.380, 0.0), (0.68, 0.318, 0.5), (0.755, 0.268, 1.0), (0.800, 0.215, 1.0), (0.815, 0.140, 1.0),
    (0.800, 0.060, 0.6), (0.745, 0.022, 0.0), (0.655, 0.022, 0.0), (0.565, 0.062, 1.0), (0.44, 0.092, 1.0),
    (0.31, 0.062, 0.5), (0.215, 0.022, 0.0), (0.10, 0.020, 0.0), (0.028, 0.055, 0.0), (0.004, 0.135, 0.0),
    (0.020, 0.225, 0.0), (0.080, 0.350, 0.0), (0.125, 0.470, 0.0), (0.132, 0.60, 0.0), (0.112, 0.80, 0.0),
    (0.0975, 0.905, 0.0),
)  # fmt: skip
_SOLE: Final = (
    (0.028, 0.055, 0.0), (0.10, 0.020, 0.0), (0.215, 0.022, 0.0), (0.31, 0.062, 0.5), (0.44, 0.092, 1.0),
    (0.565, 0.062, 1.0), (0.655, 0.022, 0.0), (0.745, 0.022, 0.0), (0.790, 0.050, 0.6), (0.735, 0.065, 0.0),
    (0.64, 0.078, 0.0), (0.54, 0.125, 1.0), (0.42, 0.150, 1.0), (0.30, 0.125, 1.0), (0.19, 0.085, 0.0),
    (0.09, 0.085, 0.0),
)  # fmt: skip
# (offset from the muscle's middle, y, share of the dome)
_ARCH_X: Final = 0.47
_ARCH: Final = (
    (-0.24, 0.075, 0.5), (-0.10, 0.125, 1.0), (0.02, 0.140, 1.0), (0.14, 0.120, 1.0),
    (0.25, 0.055, 0.0), (0.13, 0.078, 1.0), (-0.01, 0.104, 1.0), (-0.12, 0.090, 0.8),
)  # fmt: skip


def arch_rise(curl: float) -> float:
    """How far the arch has domed up."""
    return _ARCH_DOME * curl


def _raised(shape: tuple[tuple[float, float, float], ...], curl: float) -> tuple[Point, ...]:
    dome = arch_rise(curl)
    return tuple((x, y + share * dome) for x, y, share in shape)


def foot_body(curl: float) -> tuple[Point, ...]:
    """The foot without toes, and the lower shank: an open line from the front of the leg round the sole to its back."""
    return _raised(_BODY, curl)


def sole_shade(curl: float) -> tuple[Point, ...]:
    """The strip of shade along sole and arch, closed."""
    return _raised(_SOLE, curl)


def arch_muscle(curl: float, size: float) -> tuple[Point, ...]:
    """The sickle of the arch's muscles, closed, `size` times as long as at full strength."""
    dome = arch_rise(curl)
    return tuple((_ARCH_X + dx * size, y + share * dome) for dx, y, share in _ARCH)


def tendon(index: int, curl: float) -> tuple[Point, Point, Point]:
    """Start, bend and end of the line an extensor tendon draws on the instep towards toe `index`."""
    x, y, w = TOES[index].root
    start = project(x - 0.03, y + 0.045 + _ROOT_RISE_CURL * curl, w)
    return start, (0.61, 0.285 + 0.022 * index), (0.50, 0.372 + 0.018 * index)
