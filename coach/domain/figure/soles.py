"""The outline of the foot in the side view, and where it touches what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.domain.figure.geometry import Frame, Point, between
from coach.domain.figure.side import BALL, SHANK

if TYPE_CHECKING:
    from coach.domain.figure.ribbon import Ribbon
    from coach.domain.figure.side import LegPoints

_TOES: Final = ((0.021, 0.0065), (0.036, 0.003), (0.0432, -0.0045), (0.037, -0.0115), (0.021, -0.012))
_SOLE: Final = (
    (0.058, -0.039), (0.034, -0.0355), (0.010, -0.0365), (-0.012, -0.039), (-0.030, -0.0385), (-0.0405, -0.027),
    (-0.039, -0.013),
)  # fmt: skip
_HIGH, _LOW = 5.0 - 0.085 / SHANK, 5.0 - 0.045 / SHANK
"""Where the foot's outline leaves the shank, on the body ribbon."""


def toe_frame(leg: LegPoints) -> Frame:
    """The toes' frame: origin at their pivot, turned back by their extension."""
    return Frame(leg.foot(*BALL), leg.pitch - leg.toes)


def foot_outline(leg: LegPoints, ribbon: Ribbon) -> list[Point]:
    """The foot with the lower shank, so that no seam shows at the ankle: front of the shank, toes, sole, heel."""
    foot, toes, shank = leg.foot, toe_frame(leg), Frame(leg.ankle, leg.shank)
    return [
        ribbon.point(_HIGH, 1.0),
        ribbon.point(_LOW, 1.0),
        between(shank(0.0185, 0.020), foot(0.022, 0.016), 0.6),
        foot(0.036, 0.002),
        foot(0.055, -0.0095),
        between(foot(0.074, -0.0165), toes(0.003, 0.0105), 0.5),
        *toes.points(_TOES),
        between(foot(0.071, -0.039), toes(0.0, -0.012), 0.5),
        *foot.points(_SOLE),
        between(shank(-0.0245, 0.016), foot(-0.026, 0.014), 0.5),
        ribbon.point(_LOW, -1.0),
        ribbon.point(_HIGH, -1.0),
    ]


def lowest(leg: LegPoints) -> float:
    """Height of the lowest point of sole and toes."""
    points = [*leg.foot.points(_SOLE), leg.foot(0.071, -0.039), *toe_frame(leg).points(_TOES)]
    return min(y for _, y in points)
