"""Everything the session screen shows at one moment, as plain values. Widgets paint these and know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.exercise import Side

if TYPE_CHECKING:
    from coach.domain.exercise import Exercise, PhaseWords, Tempo
    from coach.domain.figure.motion import FigureState
    from coach.domain.pain import Area
    from coach.domain.timeline import Phase
    from coach.ui.session.facts import Sign


class Tone(StrEnum):
    """Which side the clock is on. Neutral (both, rest) stands at the end edge."""

    LEFT = "left"
    RIGHT = "right"
    NEUTRAL = "neutral"

    @classmethod
    def of(cls, side: Side) -> Tone:
        """The tone of a side."""
        return {Side.LEFT: cls.LEFT, Side.RIGHT: cls.RIGHT, Side.BOTH: cls.NEUTRAL}[side]


class Primary(StrEnum):
    """What Space and the big button do."""

    PAUSE = "pause"
    GO_ON = "go_on"
    START_NOW = "start_now"
    NEXT_REP = "next_rep"


class VoiceState(StrEnum):
    """The speaker button."""

    ON = "on"
    OFF = "off"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class PanelView:
    """The side panel.

    `digits` are the big ones, `beside` what stands next to them ("of 10"), `unit` the line below the bar. `fraction` is
    the filled part of the bar; `reps` is (finished, all) and replaces it. `soles` names the filled sole shapes, None
    draws no pair. `heavy` are the last three seconds, `dimmed` is paused, `check` replaces the digits.
    """

    tone: Tone
    word: str
    soles: Side | None
    label: str
    digits: str
    unit: str = ""
    beside: str = ""
    fraction: float | None = None
    reps: tuple[int, int] | None = None
    heavy: bool = False
    dimmed: bool = False
    check: bool = False
    next_label: str = ""
    next_text: str = ""
    next_tone: Tone | None = None
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """The panel on its way from another edge: where it came from, and how far it is (0 to 1, eased)."""

    before: PanelView
    t: float


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The whole session: one segment per exercise as (seconds, filled part). `notice` is a word about missing sound."""

    place: str
    left: str
    segments: tuple[tuple[float, float], ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class PacerView:
    """One repetition at a tempo and the seconds into it; `stepped` moves the bead once a second."""

    tempo: Tempo
    words: PhaseWords
    into: float
    phase: Phase
    stepped: bool = False


@dataclass(frozen=True, slots=True)
class FigureScene:
    """Which pose is shown, of which side, and how far it has moved.

    `pose` is None when its file gives none; then `steps` are shown in large text instead.
    """

    exercise: Exercise
    pose: str | None
    side: Side
    state: FigureState
    description: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PainRow:
    """The 0 to 10 row of a rest: a question, the answer so far, and where it hurts once it does."""

    question: str
    hint: str
    value: int | None = None
    areas: tuple[tuple[Area, str], ...] = ()
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class StageView:
    """The part beside the panel. `cues` are all lines that may stand below the title in this bout."""

    progress: ProgressView
    title: str
    cue: str
    cue_strong: str
    figure: FigureScene
    cue_check: bool = False
    safety: str = ""
    setup: tuple[str, ...] = ()
    phase_word: str = ""
    phase_count: str = ""
    pacer: PacerView | None = None
    strip: Tone | None = None
    pain: PainRow | None = None
    cues: tuple[str, ...] = ()
    hold: bool = False
    work: bool = False


@dataclass(frozen=True, slots=True)
class ControlsView:
    """The buttons. `more` shows the second row: repeat, easier, end."""

    primary: Primary
    voice: VoiceState
    voice_reason: str = ""
    more: bool = False
    can_ease: bool = False


@dataclass(frozen=True, slots=True)
class AdviceView:
    """What follows from an answer to "It hurts"; `primary` names what its button does."""

    text: str
    primary: str
    can_ease: bool
    rule: str


@dataclass(frozen=True, slots=True)
class HurtsView:
    """The It-hurts sheet."""

    where: str
    areas: tuple[tuple[Area, str], ...]
    more_areas: tuple[tuple[Area, str], ...]
    area: Area
    signs: tuple[tuple[Sign, str], ...]
    hint: str
    value: int | None = None
    advice: AdviceView | None = None


@dataclass(frozen=True, slots=True)
class StopView:
    """The full-screen stop after a sign. `mistake` is the second look before going back."""

    headline: str
    text: str
    ticked: str
    mistake: bool = False


@dataclass(frozen=True, slots=True)
class BannerView:
    """Trouble in two short sentences."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class ViewState:
    """One picture of the session."""

    panel: PanelView
    stage: StageView
    controls: ControlsView
    crossing: Crossing | None = None
    banner: BannerView | None = None
    flash: Tone | None = None
    hurts: HurtsView | None = None
    stop: StopView | None = None
    asking_end: bool = False
    exercises_left: int = 0
