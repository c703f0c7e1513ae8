"""The session as a timeline: what is shown is a pure function of elapsed seconds.

A plan expands to segments with start and end offsets; `Timeline.at(elapsed)` finds the moment by bisection. Nothing
counts ticks, so a stalled event loop shows the right moment on its next frame, and figure, digits, voice and chimes
cannot drift apart.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.domain.exercise import Level
    from coach.domain.plan import Bout, Plan, PlannedExercise

COUNTDOWN = (3, 2, 1)
HALF_FROM_S = 20
"""Half-way is called from this length of hold on: shorter ones are over before it is said (P)."""


class Phase(StrEnum):
    """What the person does in a segment."""

    GET_READY = "get_ready"
    CHANGE = "change"
    REST = "rest"
    EFFORT = "effort"
    HOLD = "hold"
    BACK = "back"

    @property
    def is_work(self) -> bool:
        """Whether the segment belongs to a bout and not to its lead-in."""
        return self in {Phase.EFFORT, Phase.HOLD, Phase.BACK}


class CueKind(StrEnum):
    """What is said or sounded at a point of the timeline."""

    EXERCISE = "exercise"
    SWITCH = "switch"
    REST = "rest"
    GO = "go"
    PHASE = "phase"
    HALF = "half"
    COUNT = "count"
    DONE = "done"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at `at` seconds about a bout; `number` is the count of a COUNT, the repetition of a PHASE."""

    at: float
    kind: CueKind
    bout: int
    phase: Phase | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of time of, or leading to, the bout with this flat index; `rep` counts from 1, 0 if none."""

    phase: Phase
    start: float
    end: float
    bout: int
    rep: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bout stands in the plan: the planned exercise, its index, and the bout."""

    index: int
    planned: PlannedExercise
    number: int
    bout: Bout

    @property
    def level(self) -> Level:
        """The level of the bout."""
        return self.planned.level_of(self.bout)


@dataclass(frozen=True, slots=True)
class Moment:
    """All that is shown at one point of the session. Seconds throughout.

    `progress` runs 0 to 1 through the segment; `remaining` is what is left of it, `bout_remaining` of the bout with
    its lead-in; `previous` is the bout before this one in the same exercise, `following` the one after this one
    anywhere.
    """

    elapsed: float
    segment: Segment
    place: Place
    progress: float
    remaining: float
    bout_remaining: float
    total_remaining: float
    previous: Place | None
    following: Place | None

    @property
    def phase(self) -> Phase:
        """The phase of the segment."""
        return self.segment.phase

    @property
    def into(self) -> float:
        """Seconds since the segment began."""
        return self.elapsed - self.segment.start


@dataclass(frozen=True)
class Timeline:
    """The segments of a plan, without gaps, from 0 to `total`."""

    plan: Plan

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every bout of the plan, flat and in order."""
        return tuple(
            Place(index, planned, number, bout)
            for index, planned in enumerate(self.plan)
            for number, bout in enumerate(planned.bouts)
        )

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in order."""
        return tuple(self._expand())

    @cached_property
    def total(self) -> float:
        """Length in seconds."""
        return self.segments[-1].end if self.segments else 0.0

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """All cues, ordered by time."""
        return tuple(sorted(self._cue(), key=lambda cue: cue.at))

    @cached_property
    def _starts(self) -> tuple[float, ...]:
        return tuple(segment.start for segment in self.segments)

    @cached_property
    def _cue_times(self) -> tuple[float, ...]:
        return tuple(cue.at for cue in self.cues)

    @cached_property
    def _spans(self) -> tuple[tuple[float, float, float], ...]:
        """For each bout: start of its lead-in, start of work, end of work."""
        spans = []
        clock = 0.0
        for place in self.places:
            work = clock + place.bout.lead_s
            end = work + place.bout.seconds
            spans.append((clock, work, end))
            clock = end
        return tuple(spans)

    def lead_start(self, bout: int) -> float:
        """When the lead-in of a bout begins."""
        return self._spans[bout][0]

    def work_start(self, bout: int) -> float:
        """When the work of a bout begins."""
        return self._spans[bout][1]

    def work_end(self, bout: int) -> float:
        """When the work of a bout ends."""
        return self._spans[bout][2]

    def first_bout(self, exercise: int) -> int:
        """Flat index of the first bout of an exercise."""
        return next(i for i, place in enumerate(self.places) if place.index == exercise)

    def exercise_span(self, exercise: int) -> tuple[float, float]:
        """Start and end of an exercise, lead-in included."""
        mine = [i for i, place in enumerate(self.places) if place.index == exercise]
        return self.lead_start(mine[0]), self.work_end(mine[-1])

    def at(self, elapsed: float) -> Moment:
        """The moment at `elapsed` seconds, held within 0 and the end; ValueError for an empty plan."""
        if not self.segments:
            msg = "an empty plan has no moments"
            raise ValueError(msg)
        elapsed = min(max(elapsed, 0.0), self.total)
        segment = self.segments[max(0, bisect_right(self._starts, elapsed) - 1)]
        place = self.places[segment.bout]
        previous = self.places[segment.bout - 1] if place.number > 0 else None
        following = self.places[segment.bout + 1] if segment.bout + 1 < len(self.places) else None
        return Moment(
            elapsed=elapsed,
            segment=segment,
            place=place,
            progress=(elapsed - segment.start) / (segment.end - segment.start),
            remaining=segment.end - elapsed,
            bout_remaining=self.work_end(segment.bout) - elapsed,
            total_remaining=self.total - elapsed,
            previous=previous,
            following=following,
        )

    def cues_between(self, after: float, until: float) -> tuple[Cue, ...]:
        """Cues with after < at <= until."""
        return self.cues[bisect_right(self._cue_times, after) : bisect_right(self._cue_times, until)]

    def bouts_ending(self, after: float, until: float) -> Iterator[int]:
        """Bouts whose work ends with after < end <= until, in order."""
        return (i for i, (_, _, end) in enumerate(self._spans) if after < end <= until)

    def _expand(self) -> Iterator[Segment]:
        for i, place in enumerate(self.places):
            lead, work, end = self._spans[i]
            if work > lead:
                yield Segment(place.bout.lead, lead, work, i)
            if place.bout.tempo is None or place.bout.reps is None:
                yield Segment(Phase.HOLD, work, end, i)
                continue
            clock = work
            tempo = place.bout.tempo
            for rep in range(1, place.bout.reps + 1):
                for phase, seconds in (
                    (Phase.EFFORT, tempo.effort),
                    (Phase.HOLD, tempo.hold),
                    (Phase.BACK, tempo.back),
                ):
                    if seconds:
                        yield Segment(phase, clock, clock + seconds, i, rep)
                        clock += seconds

    def _cue(self) -> Iterator[Cue]:
        lead_cue = {Phase.GET_READY: CueKind.EXERCISE, Phase.CHANGE: CueKind.SWITCH, Phase.REST: CueKind.REST}
        for i, place in enumerate(self.places):
            lead, work, end = self._spans[i]
            # The first cue of all stands just after zero, so that a window starting at zero includes it.
            yield Cue(max(lead, 1e-6), lead_cue[place.bout.lead], i)
            yield from (Cue(work - n, CueKind.COUNT, i, place.bout.lead, n) for n in COUNTDOWN if work - n > lead + 1)
            yield Cue(work, CueKind.GO, i)
            if place.bout.hold_s is not None:
                yield from self._hold_cues(i, work, end)
            yield Cue(end, CueKind.DONE, i)
        for before, segment in pairwise(self.segments):
            if segment.rep and (segment.rep > 1 or before.rep == segment.rep):
                yield Cue(segment.start, CueKind.PHASE, segment.bout, segment.phase, segment.rep)
        if self.segments:
            yield Cue(self.total, CueKind.FINISHED, len(self.places) - 1)

    @staticmethod
    def _hold_cues(bout: int, work: float, end: float) -> Iterator[Cue]:
        if end - work >= HALF_FROM_S:
            yield Cue((work + end) / 2, CueKind.HALF, bout)
        yield from (Cue(end - n, CueKind.COUNT, bout, Phase.HOLD, n) for n in COUNTDOWN if end - n > work + 1)
