"""The stage at a moment, as a pure function: progress, name, cue, figure, pacer, and the buttons below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coach.domain.exercise import Kind, Side
from coach.domain.figure.motion import FigureState, state_at
from coach.domain.records import SetStatus
from coach.domain.session import State, key_of
from coach.domain.timeline import Phase
from coach.ui.i18n import tr
from coach.ui.pages.notice import session_notice
from coach.ui.session import wording as say
from coach.ui.session.view import (
    ControlsView,
    FigureScene,
    PacerView,
    Primary,
    ProgressView,
    StageView,
    Tone,
    VoiceState,
)
from coach.ui.words import clock_text

if TYPE_CHECKING:
    from coach.domain.session import Run
    from coach.domain.timeline import Moment, Place
    from coach.ui.session.describe_panel import Around

NEXT_CUE_REP = 6
"""Within a set the next cue comes with this repetition, or at half time of a hold."""
SHARE = 1000
"""Progress is shown in steps of this part of a segment: finer ones would not be seen."""


def stage_view(run: Run, moment: Moment, around: Around) -> StageView:
    """The stage for this moment of the run."""
    place, phase = moment.place, moment.phase
    view = StageView(
        progress=progress_view(run, moment, around),
        title=place.planned.exercise.title,
        cue="",
        cue_strong="",
        figure=figure_scene(moment, around),
        pain=around.pain,
        cues=place.level.cues if phase.is_work else (),
        hold=phase.is_work and place.bout.hold_s is not None,
        work=phase.is_work,
    )
    if phase.is_work:
        view = _work(view, run, moment, around)
    elif phase is Phase.GET_READY:
        view = _get_ready(view, moment, around)
    elif phase is Phase.CHANGE:
        view = _change(view, run, moment)
    else:
        view = replace(view, cue=_last_set(run, moment))
    if around.message:
        view = replace(view, cue=around.message, cue_strong="", cue_check=False, safety="")
    if run.state in {State.PAUSED, State.TOUCHED} and (around.paused_title or around.paused_note):
        note = around.paused_note or view.cue
        title = around.paused_title or view.title
        view = replace(view, title=title, cue=note, cue_strong="", cue_check=False, safety="")
    return view


def controls_view(run: Run, moment: Moment, around: Around) -> ControlsView:
    """The buttons for this moment of the run."""
    return ControlsView(
        primary=_primary(run, moment),
        voice=around.voice,
        voice_reason=around.voice_reason,
        more=_shows_more(run, moment, around),
        can_ease=around.can_ease,
    )


def _shows_more(run: Run, moment: Moment, around: Around) -> bool:
    """The second row is there while the session stands (not for a foot that is put down for a moment) or begins."""
    if run.state is State.RUNNING:
        return moment.phase is Phase.GET_READY
    return not run.state.over and not around.touch_open


def progress_view(run: Run, moment: Moment, around: Around) -> ProgressView:
    """The whole session as segments whose width is their time."""
    segments = []
    for index in range(len(run.plan)):
        start, end = run.timeline.exercise_span(index)
        filled = min(1.0, max(0.0, (moment.elapsed - start) / (end - start)))
        segments.append((end - start, int(filled * SHARE) / SHARE))
    return ProgressView(
        place=tr("{n} of {all}", n=moment.place.index + 1, all=len(run.plan)),
        left=tr("{time} left", time=clock_text(say.seconds_up(moment.total_remaining))),
        segments=tuple(segments),
        notice=tr("cues on screen") if around.voice is VoiceState.UNAVAILABLE else "",
    )


def figure_scene(moment: Moment, around: Around) -> FigureScene:
    """Pose, side and movement of the figure."""
    place = moment.place
    exercise = place.planned.exercise
    state = state_at(moment, reduced_motion=around.reduced_motion)
    return FigureScene(
        exercise=exercise,
        pose=place.level.pose if place.level.pose in exercise.poses else None,
        side=Side.RIGHT if state.side is Side.BOTH else state.side,
        state=_settled(state),
        description=" ".join([exercise.title + ".", *(step.text for step in place.level.steps)]),
        steps=tuple(step.text for step in place.level.steps),
    )


def _settled(state: FigureState) -> FigureState:
    # Values that paint the same picture are the same value, so that a still figure is not painted again.
    return replace(state, progress=round(state.progress, 4), hold_s=round(state.hold_s, 2))


def _primary(run: Run, moment: Moment) -> Primary:
    if run.state in {State.PAUSED, State.TOUCHED}:
        return Primary.GO_ON
    if moment.phase in {Phase.GET_READY, Phase.REST}:
        return Primary.START_NOW
    if run.self_paced and moment.segment.rep:
        return Primary.NEXT_REP
    return Primary.PAUSE


def _work(view: StageView, run: Run, moment: Moment, around: Around) -> StageView:
    place, bout = moment.place, moment.place.bout
    if bout.tempo is None:
        held = (bout.hold_s or 0) - moment.remaining
        part = int(held >= moment.remaining)
        return replace(view, cue=say.cue_of(place, part))
    rep_start = run.timeline.work_start(moment.segment.bout) + (moment.segment.rep - 1) * bout.tempo.seconds
    return replace(
        view,
        cue=say.cue_of(place, int(moment.segment.rep >= NEXT_CUE_REP)),
        phase_word=say.phase_word(place, moment.phase),
        phase_count="" if run.waiting else str(max(1, say.seconds_up(moment.remaining))),
        pacer=PacerView(
            bout.tempo, place.level.phases, round(moment.elapsed - rep_start, 3), moment.phase, around.reduced_motion
        ),
    )


def _get_ready(view: StageView, moment: Moment, around: Around) -> StageView:
    place = moment.place
    lines = tuple(say.fill_side(line, place.bout.side) for line in place.level.setup)
    safety = ""
    if moment.segment.bout == around.opening:
        safety = session_notice()
    return replace(view, setup=lines, safety=safety)


def _change(view: StageView, run: Run, moment: Moment) -> StageView:
    place, previous = moment.place, moment.previous
    title = say.now_limb(place.planned.exercise, place.bout.side)
    if previous is None:
        return replace(view, title=title)
    view = replace(view, title=title, strip=Tone.of(previous.bout.side))
    done = run.results.get(key_of(previous))
    if done is None:
        return view
    if done.status is SetStatus.SKIPPED:
        return replace(view, cue=_skipped_side(previous))
    said = tr("Left done,") if previous.bout.side is Side.LEFT else tr("Right done,")
    return replace(view, cue=said, cue_strong=say.done_amount(done), cue_check=True)


def _skipped_side(place: Place) -> str:
    return tr("Left skipped.") if place.bout.side is Side.LEFT else tr("Right skipped.")


def _last_set(run: Run, moment: Moment) -> str:
    """What was done in the set before this rest."""
    previous = moment.previous
    done = run.results.get(key_of(previous)) if previous else None
    if previous is None or done is None:
        return ""
    amount = say.done_amount(done)
    if done.status is SetStatus.DONE and previous.planned.kind is Kind.REPS and not run.self_paced:
        return tr("{amount}, all at tempo.", amount=amount)
    return tr("{amount}.", amount=amount)
