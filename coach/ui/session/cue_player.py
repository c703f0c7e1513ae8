"""Plays the cues of the timeline as time passes over them: voice, chimes, and words for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.timeline import Cue, CueKind
from coach.ui.i18n import tr
from coach.ui.session import cues

if TYPE_CHECKING:
    from coach.domain.preferences import VoiceChoice
    from coach.domain.timeline import Timeline
    from coach.ui.session.sound import Announcer

A_LITTLE = 2e-6
_VISIBLE = {CueKind.GO, CueKind.HALF, CueKind.DONE, CueKind.COUNT, CueKind.SWITCH, CueKind.FINISHED}


class CuePlayer:
    """Remembers how far the timeline has been heard. It has no clock of its own."""

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer
        self._heard = 0.0
        self._only: int | None = None

    def jump(self, elapsed: float, bout: int | None) -> None:
        """The cursor was moved: what lies before is not played. With `bout`, nor is the end of the bout before it."""
        self._heard = elapsed - A_LITTLE
        self._only = bout

    def play(self, timeline: Timeline, elapsed: float, voice: VoiceChoice, *, sound: bool) -> tuple[Cue, ...]:
        """Play all cues up to `elapsed`; those that were played."""
        if elapsed <= self._heard:
            return ()
        found = timeline.cues_between(self._heard, elapsed)
        self._heard = elapsed
        due = tuple(
            cue for cue in found if not cues.is_stale(cue, elapsed) and (self._only is None or cue.bout >= self._only)
        )
        self._only = None
        if not due:
            return ()
        words = " ".join(filter(None, (cues.words_for(cue, timeline, voice) for cue in due)))
        if words:
            self._announcer.say(words)
        if sound:
            for chime in filter(None, map(cues.chime_for, due)):
                self._announcer.chime(chime)
        return due


def is_visible(cue: Cue) -> bool:
    """Whether the edge of the screen flashes for it where flashing stands in for sound."""
    return cue.kind in _VISIBLE


def reader_words(cue: Cue, timeline: Timeline) -> str:
    """What a screen reader hears: the start, the change of side, half time, the last three seconds, the end."""
    from coach.domain.preferences import VoiceChoice

    if cue.kind is CueKind.COUNT:
        return tr("3 seconds") if cue.number == 3 else ""
    if cue.kind in {CueKind.EXERCISE, CueKind.SWITCH, CueKind.REST, CueKind.HALF, CueKind.FINISHED}:
        return cues.words_for(cue, timeline, VoiceChoice.KEY)
    return ""
