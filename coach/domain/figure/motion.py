"""How far the figure has moved at a moment: the one clock that figure, pacer and sound share.

Timing: figure.md section 9. A hold's planned seconds are all held: the figure moves in during the last seconds of the
lead-in and comes out in the first ones after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.domain.exercise import Kind, Side
from coach.domain.timeline import Phase

if TYPE_CHECKING:
    from coach.domain.timeline import Moment

MOVE_IN_S = 3.0
MOVE_OUT_S = 1.5


@dataclass(frozen=True, slots=True)
class FigureState:
    """What the painter needs besides the pose.

    `progress` is 0 (start) to 1 (end position), already eased; `hold_s` the seconds into the hold, for breathing,
    sway and head turns; `rep` the repetition, from 1, 0 if none, and `returning` its way back; `side` the side the
    figure shows. `ghost` shows the end position behind the figure, `cues` the arrows.
    """

    progress: float
    hold_s: float = 0.0
    rep: int = 0
    returning: bool = False
    side: Side = Side.RIGHT
    cues: bool = True
    ghost: bool = False
    still: bool = False


def minimum_jerk(t: float) -> float:
    """Smooth 0 to 1 with no velocity and acceleration at both ends; t is held within 0 and 1."""
    t = min(1.0, max(0.0, t))
    # Just below 1 the polynomial rounds to a hair above it.
    return min(1.0, t * t * t * (10.0 + t * (-15.0 + 6.0 * t)))


def state_at(moment: Moment, *, reduced_motion: bool = False) -> FigureState:
    """The figure at a moment. With reduced motion it jumps between still positions at phase changes."""
    paced = moment.place.planned.kind is Kind.REPS
    if moment.phase.is_work:
        return _working(moment, paced=paced, still=reduced_motion)
    into, left = moment.into, moment.remaining
    side = moment.place.bout.side
    leaving = moment.previous is not None and not paced and into < MOVE_OUT_S
    if leaving and moment.previous is not None:
        progress = 0.0 if reduced_motion else 1.0 - minimum_jerk(into / MOVE_OUT_S)
        # Breathing and sway go on while they fade with the progress: no jump when the hold ends.
        held = moment.previous.bout.seconds + into
        return FigureState(progress, hold_s=held, side=moment.previous.bout.side, cues=False, still=reduced_motion)
    moving_in = 0.0 if paced or reduced_motion else minimum_jerk(1.0 - left / MOVE_IN_S)
    waiting = moment.phase is Phase.REST and moving_in <= 0.0
    return FigureState(
        moving_in,
        side=side,
        cues=not waiting,
        ghost=moment.phase is Phase.GET_READY and moving_in <= 0.0,
        still=reduced_motion,
    )


def _working(moment: Moment, *, paced: bool, still: bool) -> FigureState:
    side, rep = moment.place.bout.side, moment.segment.rep
    if not paced or moment.phase is Phase.HOLD:
        return FigureState(1.0, hold_s=moment.into, rep=rep, side=side, still=still)
    forth = minimum_jerk(moment.progress)
    progress = forth if moment.phase is Phase.EFFORT else 1.0 - forth
    if still:
        # Reduced motion: the position to be reached is shown as soon as its phase begins.
        progress = 1.0 if moment.phase is Phase.EFFORT else 0.0
    return FigureState(progress, rep=rep, returning=moment.phase is Phase.BACK, side=side, still=still)
