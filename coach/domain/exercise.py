"""What an exercise is: words, levels and doses, exactly as one file in `exercises/` says.

Units: seconds are whole seconds, loads are kilograms. Doses and levels come from the clinical text; every `Source`
keeps its evidence tag (V seen, K known, P our own rule).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.figure.pose import Pose
    from coach.domain.pain import Region


class Kind(StrEnum):
    """How a set is measured."""

    REPS = "reps"
    HOLD = "hold"
    BALANCE = "balance"


class Category(StrEnum):
    """Which row of the pain rules applies."""

    STRENGTH = "strength"
    STRETCH = "stretch"
    BALANCE = "balance"
    MOBILITY = "mobility"


class Sides(StrEnum):
    """Both legs at once, or left and right one after the other."""

    BOTH = "both"
    EACH = "each"


class Side(StrEnum):
    """The side a bout works."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The opposite side; both stays both."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.BOTH: Side.BOTH}[self]


class Tag(StrEnum):
    """How well a figure is founded."""

    VERIFIED = "V"
    KNOWN = "K"
    PRODUCT = "P"


@dataclass(frozen=True, slots=True)
class Range:
    """A dose `low → high`: where a level starts and where its progress ends."""

    low: int
    high: int

    def __str__(self) -> str:
        """`10` or `10–15`."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of the effort, of the hold at its end, and of the return; one repetition is their sum."""

    effort: int
    hold: int
    back: int

    @property
    def seconds(self) -> int:
        """Length of one repetition."""
        return self.effort + self.hold + self.back

    def __str__(self) -> str:
        """`2/1/3`."""
        return f"{self.effort}/{self.hold}/{self.back}"


@dataclass(frozen=True, slots=True)
class Dose:
    """What is asked for: sets of reps at a tempo, or sets of a hold. A bout is one set on one side.

    Exactly one of `reps` (with `tempo`) and `hold_s` is given.
    """

    sets: int
    sides: Sides
    rest_s: int
    reps: int | None = None
    tempo: Tempo | None = None
    hold_s: int | None = None

    def __post_init__(self) -> None:
        if (self.reps is None) == (self.hold_s is None) or (self.reps is None) != (self.tempo is None):
            msg = "a dose has either reps and a tempo, or hold_s"
            raise ValueError(msg)

    @property
    def bout_s(self) -> int:
        """Seconds of one set on one side."""
        if self.tempo is not None and self.reps is not None:
            return self.reps * self.tempo.seconds
        return self.hold_s or 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a repetition, with its seconds where it has any."""

    text: str
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class StopRule:
    """When not to do it. `urgent` means: stop and get help the same day."""

    text: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Alternative:
    """What to do instead, and when; `exercise` is an id of the catalogue where there is one."""

    when: str
    do: str
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a dose comes from; `kind` is shown to the person (trial, guideline, handout, our own choice)."""

    key: str
    kind: str
    reference: str
    gives: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """The words that pace one repetition or bout, such as Rise, Pause, Lower."""

    effort: str
    hold: str
    back: str


@dataclass(frozen=True, slots=True)
class Level:
    """One step of an exercise's ladder; level 1 is the easiest.

    `setup` holds the three lines of the get-ready screen; `{side}` in them becomes left or right, capitalised as
    `{Side}`. `rest_s` is the rest between sets; where the text gives a range, its low end is used and `rest_max_s`
    keeps the high end.
    """

    level: int
    name: str
    variant: str
    sets: Range
    sides: Sides
    rest_s: int
    per_week: Range
    daily_ok: bool
    go_up: str
    pose: str
    setup: tuple[str, ...]
    cues: tuple[str, ...]
    steps: tuple[Step, ...]
    phases: PhaseWords
    equipment: tuple[str, ...]
    tag: Tag
    reps: Range | None = None
    tempo: Tempo | None = None
    hold_s: Range | None = None
    rest_max_s: int | None = None
    load_kg: tuple[float, float] | None = None
    ask_worst_pain: bool = False

    def start_dose(self) -> Dose:
        """The dose this level begins with (the low end of every range)."""
        return Dose(
            sets=self.sets.low,
            sides=self.sides,
            rest_s=self.rest_s,
            reps=self.reps.low if self.reps else None,
            tempo=self.tempo,
            hold_s=self.hold_s.low if self.hold_s else None,
        )


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise file. Levels are in order and numbered from 1 without gaps."""

    id: str
    title: str
    summary: str
    purpose: str
    muscles: tuple[str, ...]
    areas: tuple[str, ...]
    kind: Kind
    category: Category
    loads: tuple[Region, ...]
    equipment: tuple[str, ...]
    start: str
    mistakes: tuple[str, ...]
    stop_rules: tuple[StopRule, ...]
    alternatives: tuple[Alternative, ...]
    sources: tuple[Source, ...]
    dose_note: str
    levels: tuple[Level, ...]
    default_level: int
    poses: Mapping[str, Pose]

    def level(self, number: int) -> Level:
        """The level with this number; IndexError if there is none."""
        if not 1 <= number <= len(self.levels):
            msg = f"{self.id} has levels 1 to {len(self.levels)}, not {number}"
            raise IndexError(msg)
        return self.levels[number - 1]
