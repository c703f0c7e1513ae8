"""A guided session in progress: a cursor on the timeline and what happens to it.

`Run` is immutable. Every function takes the monotonic `now` (seconds) and returns the next `Run` with the events it
caused, so the whole session can be tested without a clock, a window or a database. What a set really was is said in
one `SetDone` per bout.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.plan import fewer_reps, make_easier
from coach.domain.records import SetStatus
from coach.domain.timeline import Moment, Phase, Place, Segment, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.domain.exercise import Side
    from coach.domain.plan import Plan, PlannedExercise

SLEEP_GAP_S = 5.0
"""A gap between two looks at the clock above this means that the machine slept (DESIGN 4)."""
TOUCH_GRACE_S = 5.0
"""Going on within this after a foot touch counts as one touch, later as a pause (design 10.2)."""
LEAD_BACK_S = 5.0
"""Time to take position again before a bout that is repeated."""
HOLD_LIMITS_S = (5, 600)
A_HAIR = 1e-6
"""Keeps the waiting cursor inside the repetition that was just shown."""

Key = tuple[int, int, "Side"]
"""Exercise index, set number, side."""


class State(StrEnum):
    """What the cursor does."""

    RUNNING = "running"
    PAUSED = "paused"
    TOUCHED = "touched"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def over(self) -> bool:
        """Nothing more will happen."""
        return self in {State.FINISHED, State.STOPPED}


class PauseReason(StrEnum):
    """Why the session stands still."""

    PERSON = "person"
    SLEEP = "sleep"
    HURTS = "hurts"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class SetDone:
    """One bout has ended; `real_reps` or `real_hold_s` is what was really done."""

    place: Place
    status: SetStatus
    real_reps: int | None
    real_hold_s: int | None
    touches: int = 0

    @property
    def key(self) -> Key:
        """Which bout of the session."""
        return key_of(self.place)


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """The plan from here on is another one."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Paused:
    """The session stands still."""

    reason: PauseReason


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is over; `completed` is False when it was stopped early."""

    completed: bool


Event = SetDone | PlanChanged | Paused | Ended


@dataclass(frozen=True)
class Run:
    """A session in progress.

    `cursor` is the elapsed time at the monotonic instant `anchor`; while the session stands still only the cursor
    counts. `seen` is the last look at the clock. In self-paced mode the cursor waits at the end of each repetition
    for the person's word.
    """

    timeline: Timeline
    cursor: float = 0.0
    anchor: float = 0.0
    seen: float = 0.0
    state: State = State.PAUSED
    self_paced: bool = False
    touches: int = 0
    touched_at: float = 0.0
    spent: float = 0.0
    results: Mapping[Key, SetDone] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.timeline.plan

    def elapsed(self, now: float) -> float:
        """Position on the timeline at `now`, seconds."""
        if self.state is not State.RUNNING:
            return self.cursor
        return min(self.cursor + max(0.0, now - self.anchor), self._gate())

    def moment(self, now: float) -> Moment:
        """What is shown at `now`."""
        return self.timeline.at(self.elapsed(now))

    @property
    def waiting(self) -> bool:
        """Self-paced mode: the repetition has been shown to its end, the person's word is awaited."""
        return self.self_paced and not self.state.over and self.cursor >= self._gate()

    def _gate(self) -> float:
        """How far the cursor may run by itself: to the end, self-paced to just before a repetition ends."""
        if not self.self_paced:
            return self.timeline.total
        segments = self.timeline.segments
        here = self.timeline.at(self.cursor).segment
        ahead = next((s for s in segments[segments.index(here) :] if s.rep), None)
        return self.timeline.total if ahead is None else _rep_end(self.timeline, ahead) - A_HAIR


Step = tuple[Run, tuple[Event, ...]]


def key_of(place: Place) -> Key:
    """Which bout of the session: exercise index, set number, side."""
    return place.index, place.bout.set_no, place.bout.side


def begin(plan: Plan, now: float, *, self_paced: bool = False) -> Run:
    """A session that runs from the start of the plan; ValueError when there is nothing to do."""
    timeline = Timeline(plan)
    if not timeline.segments:
        msg = "there is nothing to do in this plan"
        raise ValueError(msg)
    return Run(timeline, 0.0, now, now, State.RUNNING, self_paced)


def resume_after_crash(plan: Plan, done: Iterable[SetDone], now: float, *, self_paced: bool = False) -> Run | None:
    """A session that goes on before the first bout without a result, with a full get-ready; None when all is done."""
    timeline = Timeline(plan)
    results = {result.key: result for result in done}
    missing = next((i for i, place in enumerate(timeline.places) if key_of(place) not in results), None)
    if missing is None:
        return None
    timeline = _with_get_ready(timeline, missing)
    return Run(timeline, timeline.lead_start(missing), now, now, State.RUNNING, self_paced, results=results)


def tick(run: Run, now: float) -> Step:
    """Look at the clock: finished bouts, the end, or a pause when the machine slept in between."""
    if run.state is not State.RUNNING or run.waiting:
        return replace(run, seen=now), ()
    if now - run.seen > SLEEP_GAP_S:
        # What the person did while nobody looked is unknown: stand where we last looked.
        slept, events = _advance(run, run.seen)
        if slept.state.over:
            return slept, events
        return replace(slept, state=State.PAUSED, seen=now), (*events, Paused(PauseReason.SLEEP))
    return _advance(run, now)


def pause(run: Run, now: float, reason: PauseReason = PauseReason.PERSON) -> Step:
    """Stand still, whatever the phase."""
    run, events = tick(run, now)
    if run.state.over or run.state is State.PAUSED:
        return run, events
    return replace(run, state=State.PAUSED, cursor=run.elapsed(now)), (*events, Paused(reason))


def go_on(run: Run, now: float) -> Step:
    """Run again. A repetition that was interrupted begins anew; a touch within the grace time is counted as one."""
    if run.state.over or run.state is State.RUNNING:
        return run, ()
    touched = run.state is State.TOUCHED and now - run.touched_at <= TOUCH_GRACE_S
    cursor = run.cursor
    if run.state is State.PAUSED and not run.self_paced:
        cursor = _rep_start(run.timeline, run.timeline.at(cursor))
    return replace(run, state=State.RUNNING, cursor=cursor, anchor=now, seen=now, touches=run.touches + touched), ()


def touch_down(run: Run, now: float) -> Step:
    """The lifted foot touched the floor in a balance bout: the clock stops there. Elsewhere this is a pause."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    if not (moment.phase is Phase.HOLD and moment.place.planned.kind == "balance" and run.state is State.RUNNING):
        paused, more = pause(run, now)
        return paused, events + more
    return replace(run, state=State.TOUCHED, cursor=run.elapsed(now), touched_at=now), events


def start_now(run: Run, now: float) -> Step:
    """End a lead-in at once and begin the bout."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    if moment.phase.is_work:
        return run, events
    return _seek(run, run.timeline.work_start(moment.segment.bout), now), events


def next_rep(run: Run, now: float) -> Step:
    """Self-paced mode: this repetition is done, begin the next one; ends a lead-in as well."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    if not moment.segment.rep:
        stepped, more = start_now(run, now)
        return stepped, events + more
    # Crossing the end of the repetition by the person's word may finish the bout.
    here = replace(run, state=State.RUNNING, cursor=run.elapsed(now))
    crossed, more = _cross(here, _rep_end(run.timeline, moment.segment), now)
    return crossed, events + more


def skip(run: Run, now: float) -> Step:
    """Get ready: leave this exercise out. Rest or change: begin at once. Bout: end it here, with what was done."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    if moment.phase is Phase.GET_READY and moment.place.number == 0:
        skipped, more = _leave_exercise(run, moment, now)
    elif not moment.phase.is_work:
        skipped, more = start_now(run, now)
    else:
        run, kept = _keep(run, _result(run, moment, now))
        skipped, more = _go_to_bout(run, moment.segment.bout + 1, now)
        more = (*kept, *more)
    return skipped, events + more


def back(run: Run, now: float) -> Step:
    """In a bout: do it again from its lead-in. In a lead-in: go to the exercise before (or the start of this one)."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    bout = moment.segment.bout
    if moment.phase.is_work:
        return _repeat_bout(run, bout, now), events
    index = moment.place.index
    if moment.place.number == 0:
        index = max(0, index - 1)
    target = run.timeline.lead_start(run.timeline.first_bout(index))
    return _seek(run, target, now), events


def repeat_set(run: Run, now: float) -> Step:
    """Do the set again: in a bout this one, in a lead-in the one before."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    bout = moment.segment.bout if moment.phase.is_work else max(0, moment.segment.bout - 1)
    return _repeat_bout(run, bout, now), events


def easier(run: Run, now: float) -> Step | None:
    """One level down from this bout on, after a full get-ready; None when it cannot get easier."""
    run, events = tick(run, now)
    if run.state.over:
        return None
    moment = run.moment(now)
    changed = make_easier(moment.place.planned, moment.place.number)
    if changed is None:
        return None
    bout = moment.segment.bout
    run = _replan(run, moment.place.index, changed)
    return _seek(run, run.timeline.lead_start(bout), now), (*events, PlanChanged(run.plan))


def ease_reps(run: Run, now: float, bout: int | None = None) -> Step:
    """A quarter fewer repetitions from this bout of the exercise on (rule B4); without one, from the next one on."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    place = moment.place if bout is None else run.timeline.places[bout]
    if bout is None and moment.phase.is_work:
        place = replace(place, number=place.number + 1)
    changed = fewer_reps(place.planned, place.number - 1)
    run = _replan(replace(run, cursor=run.elapsed(now), anchor=now), place.index, changed)
    return run, (*events, PlanChanged(run.plan))


def adjust_hold(run: Run, now: float, seconds: int) -> Step:
    """Lengthen or shorten the hold that runs now (usually by ±5 s); what is already held is never taken away."""
    run, events = tick(run, now)
    moment = run.moment(now)
    bout = moment.place.bout
    if run.state.over or moment.phase is not Phase.HOLD or bout.hold_s is None:
        return run, events
    low, high = HOLD_LIMITS_S
    hold = min(high, max(low, int(moment.into) + 1, bout.hold_s + seconds))
    bouts = list(moment.place.planned.bouts)
    bouts[moment.place.number] = replace(bout, hold_s=hold)
    changed = replace(moment.place.planned, bouts=tuple(bouts))
    run = _replan(replace(run, cursor=run.elapsed(now), anchor=now), moment.place.index, changed)
    return run, (*events, PlanChanged(run.plan))


def leave_exercise(run: Run, now: float) -> Step:
    """End this exercise here: the bout with what was done, the rest as skipped (rule B2, or the person's choice)."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    left, more = _leave_exercise(run, moment, now)
    return left, events + more


def stop(run: Run, now: float) -> Step:
    """End the session here; a bout in progress is kept with what was done."""
    run, events = tick(run, now)
    if run.state.over:
        return run, events
    moment = run.moment(now)
    run = replace(run, cursor=run.elapsed(now))
    if moment.phase.is_work and (done := _result(run, moment, now)).status is not SetStatus.SKIPPED:
        run, kept = _keep(run, done)
        events = (*events, *kept)
    return replace(run, state=State.STOPPED), (*events, Ended(completed=False))


# --- how the cursor moves -------------------------------------------------------------------------------------------


def _advance(run: Run, now: float) -> Step:
    """Run from the cursor to `now`."""
    return _cross(run, run.elapsed(now), now)


def _cross(run: Run, target: float, now: float) -> Step:
    """Move the cursor forward to `target`, telling of every bout that ends on the way."""
    events: list[Event] = []
    spent = run.spent + max(0.0, target - run.cursor)
    for bout in run.timeline.bouts_ending(run.cursor, target):
        place = run.timeline.places[bout]
        done = SetDone(place, SetStatus.DONE, place.bout.reps, place.bout.hold_s, run.touches)
        run, kept = _keep(replace(run, touches=0), done)
        events += kept
    state = run.state
    if target >= run.timeline.total:
        state = State.FINISHED
        events.append(Ended(completed=True))
    return replace(run, cursor=target, anchor=now, seen=now, state=state, spent=spent), tuple(events)


def _seek(run: Run, target: float, now: float) -> Run:
    """Put the cursor somewhere and run from there."""
    return replace(run, cursor=target, anchor=now, seen=now, state=State.RUNNING, touches=0)


def _go_to_bout(run: Run, bout: int, now: float) -> Step:
    """To the lead-in of a bout, or to the end when there is none."""
    if bout >= len(run.timeline.places):
        return replace(run, cursor=run.timeline.total, state=State.FINISHED, seen=now), (Ended(completed=True),)
    return _seek(run, run.timeline.lead_start(bout), now), ()


def _repeat_bout(run: Run, bout: int, now: float) -> Run:
    """To the last seconds of a bout's lead-in: enough to take position again."""
    start = max(run.timeline.lead_start(bout), run.timeline.work_start(bout) - LEAD_BACK_S)
    return _seek(run, start, now)


def _leave_exercise(run: Run, moment: Moment, now: float) -> Step:
    events: list[Event] = []
    first = bout = moment.segment.bout
    for bout in range(first, len(run.timeline.places)):
        place = run.timeline.places[bout]
        if place.index != moment.place.index:
            break
        in_work = bout == first and moment.phase.is_work
        done = _result(run, moment, now) if in_work else _skipped(place)
        run, kept = _keep(run, done)
        events += kept
    else:
        bout = len(run.timeline.places)
    after, more = _go_to_bout(run, bout, now)
    return after, (*events, *more)


def _replan(run: Run, index: int, changed: PlannedExercise) -> Run:
    return replace(run, timeline=Timeline((*run.plan[:index], changed, *run.plan[index + 1 :])))


def _with_get_ready(timeline: Timeline, bout: int) -> Timeline:
    place = timeline.places[bout]
    bouts = list(place.planned.bouts)
    bouts[place.number] = replace(
        place.bout, lead=Phase.GET_READY, lead_s=max(place.bout.lead_s, place.planned.setup_s)
    )
    changed = replace(place.planned, bouts=tuple(bouts))
    return Timeline((*timeline.plan[: place.index], changed, *timeline.plan[place.index + 1 :]))


# --- what a bout was --------------------------------------------------------------------------------------------------


def _keep(run: Run, done: SetDone) -> Step:
    """Keep a result and tell of it. What was done stays done: a repeat that ends with less takes nothing back."""
    earlier = run.results.get(done.key)
    if earlier is not None and done.status is not SetStatus.DONE:
        less = earlier.status is SetStatus.DONE or _amount(earlier) > _amount(done)
        if less:
            return run, ()
    return replace(run, results={**run.results, done.key: done}), (done,)


def _amount(done: SetDone) -> int:
    return done.real_reps or done.real_hold_s or 0


def _skipped(place: Place) -> SetDone:
    reps, hold = (0, None) if place.bout.reps is not None else (None, 0)
    return SetDone(place, SetStatus.SKIPPED, reps, hold)


def _result(run: Run, moment: Moment, now: float) -> SetDone:
    """What was done of the bout in progress: whole repetitions, or whole seconds held."""
    place = moment.place
    if place.bout.reps is not None:
        reps = moment.segment.rep - 1 + run.waiting
        status = SetStatus.SKIPPED if reps == 0 else SetStatus.DONE if reps >= place.bout.reps else SetStatus.PARTIAL
        return SetDone(place, status, reps, None)
    held = int(run.elapsed(now) - run.timeline.work_start(moment.segment.bout) + 1e-9)
    return SetDone(place, SetStatus.PARTIAL if held else SetStatus.SKIPPED, None, held, run.touches)


def _rep_end(timeline: Timeline, segment: Segment) -> float:
    tempo = timeline.places[segment.bout].bout.tempo
    return timeline.work_start(segment.bout) + segment.rep * (tempo.seconds if tempo else 0)


def _rep_start(timeline: Timeline, moment: Moment) -> float:
    tempo = moment.place.bout.tempo
    if not moment.segment.rep or tempo is None:
        return moment.elapsed
    return timeline.work_start(moment.segment.bout) + (moment.segment.rep - 1) * tempo.seconds
