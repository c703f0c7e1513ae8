"""How the figure moves when an exercise is only looked at: one repetition after the other, or in, hold and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.figure.motion import MOVE_IN_S, MOVE_OUT_S, FigureState, minimum_jerk

if TYPE_CHECKING:
    from coach.domain.exercise import Level, Tempo

REST_S = 0.8
HOLD_SHOWN_S = 6.0
"""A hold is shown no longer than this; nobody wants to watch 30 s."""


def loop_s(level: Level) -> float:
    """Seconds until the demonstration begins anew."""
    if level.tempo is not None:
        return level.tempo.seconds + REST_S
    return MOVE_IN_S + HOLD_SHOWN_S + MOVE_OUT_S + REST_S


def demo_state(level: Level, elapsed: float, *, reduced_motion: bool = False) -> FigureState:
    """The figure `elapsed` seconds into the demonstration."""
    t = elapsed % loop_s(level)
    tempo = level.tempo
    hold = t
    if tempo is not None:
        progress, hold = _paced(tempo, t)
    else:
        progress, hold = _held(t)
    if reduced_motion:
        progress = 1.0 if progress >= 0.5 else 0.0
    return FigureState(progress, hold_s=hold, rep=1, cues=True, still=reduced_motion)


def _paced(tempo: Tempo, t: float) -> tuple[float, float]:
    if t < tempo.effort:
        return minimum_jerk(t / tempo.effort), 0.0
    t -= tempo.effort
    if t < tempo.hold:
        return 1.0, t
    t -= tempo.hold
    return 1.0 - minimum_jerk(t / tempo.back), 0.0


def _held(t: float) -> tuple[float, float]:
    if t < MOVE_IN_S:
        return minimum_jerk(t / MOVE_IN_S), 0.0
    t -= MOVE_IN_S
    if t < HOLD_SHOWN_S:
        return 1.0, t
    return 1.0 - minimum_jerk((t - HOLD_SHOWN_S) / MOVE_OUT_S), 0.0
