"""What may stand in an exercise or routine file: every key, its type and its bounds.

The structs mirror `coach.domain.exercise`; `docs/exercise-format.md` explains each key to authors. A dose is written as
one number or as a pair `[low, high]`. The pair is a list with two entries and never a `tuple[int, int]`: msgspec 0.22
corrupts memory when a fixed-length tuple stands beside a bounded number in a union (a test holds every struct to that).

Here and in `pose_file` annotations are not put off as text, as they are everywhere else: msgspec needs them at run time
and would have to evaluate each, which took as long as parsing a file.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from coach.catalogue.pose_schema import PoseFile
from coach.domain.exercise import Category, Kind, Sides, Tag
from coach.domain.pain import Region

FORMAT = 1
"""Version of both formats; a file says it in `format`."""

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
PRINTABLE = rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"
NAME = r"^[a-z][a-z0-9_]*$"
PATTERNS = {
    PRINTABLE: "not blank and without control characters",
    NAME: "made of small letters, digits and _",
}
"""What each pattern asks for, in words."""

Id = Annotated[str, Meta(max_length=40, pattern=NAME)]
Label = Annotated[str, Meta(max_length=48, pattern=PRINTABLE)]
Line = Annotated[str, Meta(max_length=120, pattern=PRINTABLE)]
Text = Annotated[str, Meta(max_length=500, pattern=PRINTABLE)]

Sets = Annotated[int, Meta(ge=1, le=10)]
Reps = Annotated[int, Meta(ge=1, le=100)]
Hold = Annotated[int, Meta(ge=1, le=600)]
Rest = Annotated[int, Meta(ge=0, le=600)]
PhaseSeconds = Annotated[int, Meta(ge=0, le=20)]
StepSeconds = Annotated[int, Meta(ge=1, le=60)]
Days = Annotated[int, Meta(ge=1, le=7)]
LevelNumber = Annotated[int, Meta(ge=1, le=9)]
Kilograms = Annotated[float, Meta(ge=0, le=50)]

SetsDose = Sets | Annotated[list[Sets], Meta(min_length=2, max_length=2)]
RepsDose = Reps | Annotated[list[Reps], Meta(min_length=2, max_length=2)]
HoldDose = Hold | Annotated[list[Hold], Meta(min_length=2, max_length=2)]
RestDose = Rest | Annotated[list[Rest], Meta(min_length=2, max_length=2)]
DaysDose = Days | Annotated[list[Days], Meta(min_length=2, max_length=2)]

BodyPart = Literal["foot", "ankle", "calf", "hip", "back", "balance"]
SourceKind = Literal["trial", "guideline", "handout", "our own choice"]


class Table(Struct, forbid_unknown_fields=True, kw_only=True):
    """A TOML table in which a misspelt key is a fault."""


class PhasesTable(Table):
    """The three words that pace a repetition or a hold."""

    effort: Label
    hold: Label
    back: Label


class StepTable(Table):
    """One step of the movement."""

    text: Line
    seconds: StepSeconds | None = None


class StopRuleTable(Table):
    """When to stop or leave it out; `urgent` means help on the same day."""

    text: Line
    urgent: bool = False


class AlternativeTable(Table):
    """What to do instead; `exercise` only if that exercise has a file."""

    when: Line
    do: Line
    exercise: Id | None = None


class SourceTable(Table):
    """Where a dose comes from."""

    key: Annotated[str, Meta(max_length=40, pattern=r"^[A-Za-z][A-Za-z0-9]*$")]
    kind: SourceKind
    reference: Line
    gives: Text
    tag: Tag


Steps = Annotated[tuple[StepTable, ...], Meta(min_length=1, max_length=6)]
Cues = Annotated[tuple[Line, ...], Meta(min_length=1, max_length=8)]
Things = Annotated[tuple[Label, ...], Meta(max_length=8)]


class LevelTable(Table):
    """One level: its dose, its picture and its words; what is left out is taken from the exercise."""

    level: LevelNumber
    name: Label
    variant: Text
    sets: SetsDose
    rest_s: RestDose
    sides: Sides
    per_week: DaysDose
    go_up: Line
    pose: Id
    setup: Annotated[tuple[Line, ...], Meta(min_length=3, max_length=3)]
    tag: Tag
    reps: RepsDose | None = None
    tempo: Annotated[tuple[PhaseSeconds, ...], Meta(min_length=3, max_length=3)] | None = None
    hold_s: HoldDose | None = None
    daily_ok: bool = False
    load_kg: Annotated[tuple[Kilograms, ...], Meta(min_length=2, max_length=2)] | None = None
    ask_worst_pain: bool = False
    phases: PhasesTable | None = None
    steps: Steps | None = None
    cues: Cues | None = None
    equipment: Things | None = None


class ExerciseFile(Table):
    """A file `exercises/<id>.toml`."""

    format: Literal[1]
    id: Id
    title: Label
    summary: Line
    areas: Annotated[tuple[BodyPart, ...], Meta(min_length=1, max_length=4)]
    kind: Kind
    category: Category
    loads: Annotated[tuple[Region, ...], Meta(min_length=1, max_length=8)]
    default_level: LevelNumber
    purpose: Text
    muscles: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=8)]
    equipment: Things
    start: Text
    phases: PhasesTable
    steps: Steps
    cues: Cues
    mistakes: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=10)]
    stop_rules: Annotated[tuple[StopRuleTable, ...], Meta(min_length=1, max_length=10)]
    dose_note: Text
    sources: Annotated[tuple[SourceTable, ...], Meta(min_length=1, max_length=12)]
    levels: Annotated[tuple[LevelTable, ...], Meta(min_length=1, max_length=9)]
    poses: dict[str, PoseFile]
    alternatives: Annotated[tuple[AlternativeTable, ...], Meta(max_length=10)] = ()
    order: Annotated[int, Meta(ge=0, le=9999)] = 1000


class ItemTable(Table):
    """One exercise of a routine; `rest_s` only where it differs from the level's."""

    exercise: Id
    level: LevelNumber
    sets: Sets
    reps: Reps | None = None
    hold_s: Hold | None = None
    rest_s: Rest | None = None


class RoutineFile(Table):
    """A file `exercises/routines/<id>.toml`."""

    format: Literal[1]
    id: Id
    title: Label
    summary: Line
    items: Annotated[tuple[ItemTable, ...], Meta(min_length=1, max_length=30)]
    order: Annotated[int, Meta(ge=0, le=9999)] = 1000
