"""What is said and sounded: every cue has words and a sound where it should, and none where it should not."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from coach.domain.plan import RoutineItem
from coach.domain.preferences import VoiceChoice
from coach.domain.timeline import Cue, CueKind, Phase, Timeline
from coach.ui.session import cues
from coach.ui.session.cues import STALE_S, Chime
from tests import samples

SOUNDS = Path(__file__).resolve().parents[3] / "assets" / "sounds"
TIMELINE = Timeline(samples.plan())


def spoken(kind: CueKind, voice: VoiceChoice, bout: int = 0) -> list[str]:
    found = [cue for cue in TIMELINE.cues if cue.kind is kind and cue.bout == bout]
    return [cues.words_for(cue, TIMELINE, voice) for cue in found]


def test_off_says_nothing_at_all() -> None:
    assert not any(cues.words_for(cue, TIMELINE, VoiceChoice.OFF) for cue in TIMELINE.cues)


@pytest.mark.parametrize(
    ("kind", "bout", "words"),
    [
        (CueKind.EXERCISE, 0, "Calf raises. 2 times 10 reps."),
        (CueKind.EXERCISE, 2, "Single-leg balance. Left side. 2 times 15 seconds each."),
        (CueKind.SWITCH, 3, "Now right."),
        (CueKind.SWITCH, 4, "Now left."),
        (CueKind.REST, 1, "Rest, 45 seconds. Next: Set 2 of 2."),
        (CueKind.HALF, 6, "Half way. Straight up like a lift."),
        (CueKind.FINISHED, 9, "Session done."),
    ],
)
def test_key_moments_are_said(kind: CueKind, bout: int, words: str) -> None:
    assert spoken(kind, VoiceChoice.KEY, bout) == [words]


def test_phases_are_said_only_when_everything_is() -> None:
    assert set(spoken(CueKind.PHASE, VoiceChoice.KEY)) == {""}
    said = spoken(CueKind.PHASE, VoiceChoice.ALL)
    assert said[:5] == ["Pause", "Lower", "2", "Pause", "Lower"]
    assert spoken(CueKind.GO, VoiceChoice.ALL) == ["Rise"]


def test_a_level_without_cues_begins_in_silence() -> None:
    from dataclasses import replace

    plain = samples.exercise("Plain", replace(samples.level(reps=(3, 3)), cues=()))
    timeline = Timeline(samples.plan(RoutineItem(plain, 1, 1)))
    go = next(cue for cue in timeline.cues if cue.kind is CueKind.GO)
    assert cues.words_for(go, timeline, VoiceChoice.KEY) == ""


def test_only_what_must_be_in_time_goes_stale() -> None:
    late = 100.0 + STALE_S + 0.1
    assert cues.is_stale(Cue(100.0, CueKind.COUNT, 0, Phase.HOLD, 3), late)
    assert not cues.is_stale(Cue(100.0, CueKind.COUNT, 0, Phase.HOLD, 3), 100.0 + STALE_S - 0.1)
    assert not cues.is_stale(Cue(100.0, CueKind.SWITCH, 0), late)


def test_up_and_down_sound_different() -> None:
    sounds = {phase: cues.chime_for(Cue(1.0, CueKind.PHASE, 0, phase, 1)) for phase in Phase if phase.is_work}
    assert sounds == {Phase.EFFORT: Chime.RISE, Phase.HOLD: None, Phase.BACK: Chime.FALL}


@pytest.mark.parametrize("kind", CueKind)
def test_every_kind_of_cue_is_known(kind: CueKind) -> None:
    cues.chime_for(Cue(1.0, kind, 0, Phase.EFFORT, 1))


@pytest.mark.parametrize("chime", Chime)
def test_every_chime_is_a_short_soft_file(chime: Chime) -> None:
    with wave.open(str(SOUNDS / f"{chime.value}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
        assert file.getnframes() / file.getframerate() <= 0.5
        frames = memoryview(file.readframes(file.getnframes())).cast("h")
    loudest = max(map(abs, frames))
    assert 1_000 < loudest <= 0.55 * 32_767
    assert abs(frames[0]) < 200
    assert abs(frames[-1]) < 200, "no click at the end"


def test_all_chimes_together_are_small() -> None:
    files = list(SOUNDS.glob("*.wav"))
    assert {file.stem for file in files} == set(Chime)
    assert sum(file.stat().st_size for file in files) < 100_000
