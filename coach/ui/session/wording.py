"""The session's own words: sides, doses, what comes next. Short, because they are read from three metres."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from coach.domain.exercise import Side
from coach.domain.pain import Area, BodySide, Region
from coach.domain.timeline import Phase
from coach.ui.i18n import tr, trn
from coach.ui.session.facts import Sign
from coach.ui.words import clock_text, region_word

if TYPE_CHECKING:
    from coach.domain.exercise import Exercise
    from coach.domain.plan import Bout, PlannedExercise
    from coach.domain.session import SetDone
    from coach.domain.timeline import Place

LONG_S = 100
"""From here on seconds are shown as m:ss."""
_FOOT = {Region.HEEL_SOLE, Region.FOREFOOT_TOES}


def seconds_up(seconds: float) -> int:
    """Whole seconds still to go: 12.01 shows 13, 12.0 shows 12."""
    return math.ceil(seconds - 1e-6)


def countdown(seconds: float) -> str:
    """`12`, or `1:45` from 100 s on."""
    whole = seconds_up(seconds)
    return clock_text(whole) if whole >= LONG_S else str(whole)


def side_big(side: Side) -> str:
    """The word of the panel."""
    return {Side.LEFT: tr("LEFT"), Side.RIGHT: tr("RIGHT"), Side.BOTH: tr("BOTH")}[side]


def side_small(side: Side) -> str:
    """`left` in the middle of a sentence."""
    return {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), Side.BOTH: tr("both")}[side]


def works_foot(exercise: Exercise) -> bool:
    """Whether a side of this exercise is called a foot rather than a leg."""
    return set(exercise.loads) <= _FOOT


def limb(exercise: Exercise, side: Side) -> str:
    """`Right leg`, `Left foot`."""
    if works_foot(exercise):
        return tr("Left foot") if side is Side.LEFT else tr("Right foot")
    return tr("Left leg") if side is Side.LEFT else tr("Right leg")


def now_limb(exercise: Exercise, side: Side) -> str:
    """`Now your right leg`."""
    if works_foot(exercise):
        return tr("Now your left foot") if side is Side.LEFT else tr("Now your right foot")
    return tr("Now your left leg") if side is Side.LEFT else tr("Now your right leg")


def fill_side(text: str, side: Side) -> str:
    """A set-up line with its `{side}` and `{Side}` filled in."""
    word = side_small(side)
    return text.replace("{side}", word).replace("{Side}", word[:1].upper() + word[1:])


def seconds_words(seconds: int) -> str:
    """`15 seconds`, `1:45 minutes`."""
    if seconds >= LONG_S:
        return tr("{time} minutes", time=clock_text(seconds))
    return trn("{n} second", "{n} seconds", seconds)


def set_of(place: Place) -> str:
    """`Set 1 of 2`; nothing to count when there is only one."""
    if place.planned.sets == 1:
        return ""
    return tr("Set {n} of {all}", n=place.bout.set_no, all=place.planned.sets)


def bout_short(bout: Bout) -> str:
    """`10 reps` or `30 s`."""
    if bout.reps is not None:
        return trn("{n} rep", "{n} reps", bout.reps)
    return tr("{n} s", n=bout.hold_s)


def bout_then(bout: Bout) -> str:
    """`then hold 15 seconds`, `then 10 reps`."""
    if bout.reps is not None:
        return trn("then {n} rep", "then {n} reps", bout.reps)
    return tr("then hold {time}", time=seconds_words(bout.hold_s or 0))


def dose_short(planned: PlannedExercise, bout: Bout) -> str:
    """`2 × 30 s each`, `2 × 10 reps`, `30 s each`."""
    amount = bout_short(bout)
    if planned.sets > 1:
        amount = tr("{sets} × {amount}", sets=planned.sets, amount=amount)
    return amount if bout.side is Side.BOTH else tr("{amount} each", amount=amount)


def dose_spoken(planned: PlannedExercise, bout: Bout) -> str:
    """`2 times 30 seconds`, `10 reps`."""
    amount = seconds_words(bout.hold_s or 0) if bout.reps is None else trn("{n} rep", "{n} reps", bout.reps)
    return tr("{sets} times {amount}", sets=planned.sets, amount=amount) if planned.sets > 1 else amount


def done_amount(done: SetDone) -> str:
    """`15 of 15 s`, `7 of 10`."""
    bout = done.place.bout
    if bout.reps is not None:
        return tr("{real} of {planned}", real=done.real_reps or 0, planned=bout.reps)
    return tr("{real} of {planned} s", real=done.real_hold_s or 0, planned=bout.hold_s)


def phase_word(place: Place, phase: Phase) -> str:
    """The exercise's own word for a phase."""
    words = place.level.phases
    return {Phase.EFFORT: words.effort, Phase.HOLD: words.hold, Phase.BACK: words.back}.get(phase, "")


def cue_of(place: Place, part: int) -> str:
    """One cue of the level; the next ones come with each set and, within it, with each `part`."""
    cues = place.level.cues
    return cues[((place.bout.set_no - 1) * 2 + part) % len(cues)] if cues else ""


def area_label(area: Area) -> str:
    """`Right heel or sole`."""
    if area.side is BodySide.CENTRE:
        return tr("Middle of the low back")
    region = region_word(area.region)
    region = region[:1].lower() + region[1:]
    if area.side is BodySide.LEFT:
        return tr("Left {region}", region=region)
    return tr("Right {region}", region=region)


def sign_words(sign: Sign) -> str:
    """A stop sign as it stands on its box."""
    return {
        Sign.SHARP: tr("Sudden sharp pain"),
        Sign.SNAP: tr("A snap or pop"),
        Sign.GAVE_WAY: tr("Joint gave way"),
        Sign.NUMB: tr("New numbness or weakness"),
        Sign.CHEST: tr("Chest pain, dizzy or breathless"),
    }[sign]
