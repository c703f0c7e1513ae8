"""The side panel at a moment, as a pure function: which side, which digits, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.exercise import Side
from coach.domain.session import State
from coach.domain.timeline import Phase
from coach.ui.i18n import tr, trn
from coach.ui.session import wording as say
from coach.ui.session.view import PainRow, PanelView, Tone, VoiceState

if TYPE_CHECKING:
    from coach.domain.session import Run, SetDone
    from coach.domain.timeline import Moment, Place

HEAVY_S = 3.0


@dataclass(frozen=True, slots=True)
class Around:
    """What is shown besides the run itself.

    `check` is the bout whose check is shown right now; `opening` the flat index of the bout this run began with;
    `first_by_pain` are exercises that begin with the more painful side; `touch_open` says that going on now still
    counts as a foot touch.
    """

    voice: VoiceState = VoiceState.ON
    voice_reason: str = ""
    reduced_motion: bool = False
    opening: int = 0
    first_by_pain: frozenset[str] = frozenset()
    check: SetDone | None = None
    paused_note: str = ""
    paused_title: str = ""
    touch_open: bool = False
    can_ease: bool = False
    pain: PainRow | None = None
    message: str = ""


def panel_view(run: Run, moment: Moment, around: Around) -> PanelView:
    """The panel for this moment of the run."""
    if around.check is not None:
        return _checked(moment, around.check)
    view = _running(run, moment, around)
    if run.state is State.PAUSED:
        return replace(view, label=tr("Paused"), dimmed=True, heavy=False)
    if run.state is State.TOUCHED:
        label = tr("Foot down") if around.touch_open else tr("Paused")
        return replace(view, label=label, dimmed=True, heavy=False)
    return view


def _running(run: Run, moment: Moment, around: Around) -> PanelView:
    if moment.phase is Phase.GET_READY:
        return _get_ready(moment, around)
    if moment.phase is Phase.CHANGE:
        return _change(moment)
    if moment.phase is Phase.REST:
        return _rest(moment)
    return _reps(run, moment) if moment.place.bout.reps is not None else _hold(run, moment)


def _side_panel(place: Place, label: str, digits: str) -> PanelView:
    side = place.bout.side
    return PanelView(tone=Tone.of(side), word=say.side_big(side), soles=side, label=label, digits=digits)


def _counted(view: PanelView, moment: Moment) -> PanelView:
    """With the digits of a countdown, its bar and the last three seconds."""
    whole = moment.segment.end - moment.segment.start
    return replace(
        view,
        digits=say.countdown(moment.remaining),
        fraction=moment.remaining / whole,
        heavy=moment.remaining <= HEAVY_S,
    )


def _get_ready(moment: Moment, around: Around) -> PanelView:
    place = moment.place
    sided = place.bout.side is not Side.BOTH
    by_pain = sided and place.number == 0 and place.planned.exercise.id in around.first_by_pain
    view = replace(
        _side_panel(place, tr("Get ready"), ""),
        unit=tr("your more painful side first") if by_pain else say.bout_then(place.bout),
        next_text=say.dose_short(place.planned, place.bout),
    )
    other = _same_set(place, moment.following)
    if other is not None and other.bout.side is not Side.BOTH:
        then = tr("then left") if other.bout.side is Side.LEFT else tr("then right")
        view = replace(view, next_text=then, next_tone=Tone.of(other.bout.side), aside=view.next_text)
    return _counted(view, moment)


def _change(moment: Moment) -> PanelView:
    place, previous = moment.place, moment.previous
    same = previous is not None and previous.bout.hold_s == place.bout.hold_s and place.bout.hold_s is not None
    which, amount = say.set_of(place), tr("same time") if same else say.bout_short(place.bout)
    view = replace(
        _side_panel(place, tr("Starts in"), ""),
        unit=say.bout_then(place.bout),
        next_text=which or amount,
        aside=amount if which else "",
    )
    return _counted(view, moment)


def _rest(moment: Moment) -> PanelView:
    place = moment.place
    sided = place.bout.side is not Side.BOTH
    view = PanelView(
        tone=Tone.NEUTRAL,
        word=tr("REST"),
        soles=None,
        label="",
        digits="",
        unit=tr("of {time}", time=say.seconds_words(place.bout.lead_s)),
        next_label=tr("Next"),
        next_text=say.limb(place.planned.exercise, place.bout.side) if sided else say.set_of(place),
        next_tone=Tone.of(place.bout.side) if sided else None,
        aside=say.set_of(place) if sided else say.bout_short(place.bout),
    )
    return _counted(view, moment)


def _hold(run: Run, moment: Moment) -> PanelView:
    place = moment.place
    of_all = tr("of {time}", time=say.seconds_words(place.bout.hold_s or 0))
    if run.touches:
        of_all = f"{of_all} · {trn('{n} touch', '{n} touches', run.touches)}"
    view = replace(_side_panel(place, tr("Hold"), ""), unit=of_all)
    return _with_next(_counted(view, moment), moment)


def _reps(run: Run, moment: Moment) -> PanelView:
    reps = moment.place.bout.reps or 0
    number = str(moment.segment.rep)
    of_all = tr("of {n}", n=reps)
    # One digit leaves room for the whole number beside it.
    room = len(number) == 1
    waits = tr("press any key") if run.waiting else ""
    view = replace(
        _side_panel(moment.place, tr("Rep"), number),
        beside=of_all if room else "",
        unit=waits if waits or room else of_all,
        reps=(moment.segment.rep - 1 + run.waiting, reps),
    )
    return _with_next(view, moment)


def _with_next(view: PanelView, moment: Moment) -> PanelView:
    """With what follows this bout: the other side, a rest, the next exercise, or the end."""
    place, following = moment.place, moment.following
    view = replace(view, next_label=tr("Next"), aside=say.set_of(place))
    if following is None:
        return replace(view, next_text=tr("Session done"))
    if following.index != place.index:
        return replace(view, next_text=following.planned.exercise.title)
    if following.bout.lead is Phase.REST:
        return replace(view, next_text=tr("Rest {time}", time=_rest_short(following.bout.lead_s)))
    side = following.bout.side
    if side is Side.BOTH or side is place.bout.side:
        return replace(view, next_text=say.set_of(following))
    return replace(view, next_text=say.limb(place.planned.exercise, side), next_tone=Tone.of(side))


def _rest_short(seconds: int) -> str:
    return say.countdown(seconds) if seconds >= say.LONG_S else tr("{n} s", n=seconds)


def _checked(moment: Moment, done: SetDone) -> PanelView:
    """The finished bout on its own side, with the check in place of the digits."""
    place = done.place
    following = replace(moment, place=place, following=moment.place if moment.place != place else None)
    view = replace(_side_panel(place, tr("Done"), ""), check=True, unit=say.done_amount(done))
    if place.bout.reps is not None:
        view = replace(view, reps=(place.bout.reps, place.bout.reps))
    else:
        view = replace(view, fraction=0.0)
    return _with_next(view, following)


def _same_set(place: Place, following: Place | None) -> Place | None:
    """The bout that follows, when it belongs to the same set of the same exercise."""
    if following is None or following.index != place.index or following.bout.set_no != place.bout.set_no:
        return None
    return following
