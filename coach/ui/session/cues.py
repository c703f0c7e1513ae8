"""What is said and sounded at a cue of the timeline. Pure functions: cue in, words and chime out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.exercise import Side
from coach.domain.preferences import VoiceChoice
from coach.domain.timeline import Cue, CueKind, Phase
from coach.ui.i18n import tr
from coach.ui.session import wording as say

if TYPE_CHECKING:
    from coach.domain.timeline import Place, Timeline

STALE_S = 0.7
"""A count or a phase that could not be said in time is left out: late, it would mislead."""
_IN_TIME_ONLY = {CueKind.COUNT, CueKind.PHASE, CueKind.HALF, CueKind.GO}


class Chime(StrEnum):
    """The short sounds, one file each in `assets/sounds/`."""

    READY = "ready"
    GO = "go"
    TICK = "tick"
    RISE = "rise"
    FALL = "fall"
    HALF = "half"
    DONE = "done"
    FINISHED = "finished"


def is_stale(cue: Cue, elapsed: float) -> bool:
    """Whether it is too late for this cue."""
    return cue.kind in _IN_TIME_ONLY and elapsed - cue.at > STALE_S


def chime_for(cue: Cue) -> Chime | None:
    """The sound of a cue."""
    if cue.kind is CueKind.PHASE:
        return {Phase.EFFORT: Chime.RISE, Phase.BACK: Chime.FALL}.get(cue.phase or Phase.HOLD)
    return {
        CueKind.EXERCISE: Chime.READY,
        CueKind.SWITCH: None,
        CueKind.REST: None,
        CueKind.GO: Chime.GO,
        CueKind.HALF: Chime.HALF,
        CueKind.COUNT: Chime.TICK,
        CueKind.DONE: Chime.DONE,
        CueKind.FINISHED: Chime.FINISHED,
    }[cue.kind]


def words_for(cue: Cue, timeline: Timeline, voice: VoiceChoice) -> str:
    """What is spoken at a cue; empty for silence."""
    if voice is VoiceChoice.OFF:
        return ""
    place = timeline.places[cue.bout]
    if cue.kind is CueKind.PHASE:
        return _phase(cue, place) if voice is VoiceChoice.ALL else ""
    if cue.kind is CueKind.COUNT:
        return str(cue.number)
    if cue.kind is CueKind.FINISHED:
        return tr("Session done.")
    return _event(cue, place, voice)


def _event(cue: Cue, place: Place, voice: VoiceChoice) -> str:
    if cue.kind is CueKind.EXERCISE:
        return _name(place)
    if cue.kind is CueKind.SWITCH:
        return tr("Now left.") if place.bout.side is Side.LEFT else tr("Now right.")
    if cue.kind is CueKind.REST:
        return _rest(place)
    if cue.kind is CueKind.HALF:
        return tr("Half way. {cue}", cue=say.cue_of(place, 1)).strip()
    if cue.kind is CueKind.GO:
        paced = place.bout.reps is not None and voice is VoiceChoice.ALL
        return place.level.phases.effort if paced else say.cue_of(place, 0)
    return ""


def _name(place: Place) -> str:
    """`Calf stretch. Right side. 2 times 30 seconds each`, and a stop."""
    title = place.planned.exercise.title
    dose = say.dose_spoken(place.planned, place.bout)
    if place.bout.side is Side.BOTH:
        return tr("{exercise}. {dose}.", exercise=title, dose=dose)
    side = tr("Left side") if place.bout.side is Side.LEFT else tr("Right side")
    return tr("{exercise}. {side}. {dose} each.", exercise=title, side=side, dose=dose)


def _rest(place: Place) -> str:
    rest = tr("Rest, {time}.", time=say.seconds_words(place.bout.lead_s))
    following = tr("Next: {set}.", set=say.set_of(place))
    return f"{rest} {following}"


def _phase(cue: Cue, place: Place) -> str:
    # The effort of each repetition is called by its number, so that counting and pacing are one word.
    if cue.phase is Phase.EFFORT:
        return str(cue.number)
    return say.phase_word(place, cue.phase or Phase.HOLD)
