"""The keys that may stand in `[poses.<key>]` of an exercise file.

Every number is one value, or a list with one value per keyframe (a short list keeps its last value). msgspec refuses
unknown keys and wrong types and names the key; `pose_schema.to_pose` checks the rest. Why annotations are not put off
here: see `schema`.
"""

from typing import Annotated, Literal, TypeAlias

import msgspec

from coach.domain.figure.pose import Anchor, Hand, Hold, LegKind, Life, RootKind, View

Track: TypeAlias = float | Annotated[list[float], msgspec.Meta(min_length=1, max_length=12)]
"""A number of a pose: constant, or one value per keyframe."""

Position: TypeAlias = Annotated[list[float], msgspec.Meta(min_length=2, max_length=2)]
"""x, y."""

_MOST = 40

Word: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class _Table(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: no unknown keys."""


class KeyframeFile(_Table, rename={"start": "from", "end": "to"}):
    """One keyframe; `from` and `to` are the progress over which the movement towards it happens."""

    name: Word
    start: float | None = None
    end: float | None = None
    ease: Literal["linear", "smooth"] | float = "linear"


class RootFile(_Table):
    """What carries the body, and where."""

    kind: RootKind
    x: Track
    y: Track
    anchor: Anchor = Anchor.BALL
    pitch: Track | None = None
    thigh: Track | None = None
    lean: Track | None = None


class TrunkFile(_Table):
    """Bends of the spine, the head's own lean, and how far the shoulder goes forward."""

    lumbar: Track = 0.0
    thorax: Track = 0.0
    neck: Track = 12.0
    head: Track = 0.0
    shoulder: Track = 0.0


class LegFile(_Table):
    """A leg: by angles, by its planted foot (`anchor`), as a copy of the near leg, or against an upright at x."""

    kind: LegKind | None = None
    anchor: Anchor | None = None
    hip: Track | None = None
    knee: Track | None = None
    ankle: Track | None = None
    toes: Track | None = None
    pitch: Track | None = None
    x: Track | None = None
    y: Track | None = None
    dx: Track | None = None
    dy: Track | None = None


class ArmFile(_Table):
    """An arm and its hand."""

    hold: Hold
    hand: Hand | None = None
    on: Literal["near leg", "far leg"] | None = None
    over_leg: bool = False
    fan: Position | None = None
    curls: Annotated[list[float], msgspec.Meta(min_length=4, max_length=4)] | None = None
    shoulder: Track | None = None
    elbow: Track | None = None
    wrist: Track | None = None
    x: Track | None = None
    y: Track | None = None
    direction: Track | None = None
    along: Track | None = None
    lift: Track | None = None
    turn: Track | None = None
    dx: Track | None = None
    dy: Track | None = None
    aim_x: Track | None = None
    aim_y: Track | None = None
    length: Track | None = None
    curl: Track | None = None
    thumb: Track | None = None


class GlowFile(_Table):
    """A muscle that lights up."""

    muscle: Word
    limb: Literal["near", "far"] = "near"
    power: Annotated[float, msgspec.Meta(gt=0, le=8)] = 1.0


class CueFile(_Table):
    """An arrow or mark."""

    kind: Word
    show: Word | Annotated[list[Position], msgspec.Meta(min_length=1, max_length=12)] = "always"
    points: Annotated[list[Position], msgspec.Meta(max_length=3)] = []
    at: Literal["frame", "hip", "near_foot"] = "frame"
    width: float | None = None
    head: float | None = None
    x: float | None = None
    dx: float | None = None
    y: float | None = None


class InsetFile(_Table):
    """A round close look."""

    kind: Word
    x: float
    y: float
    radius: Annotated[float, msgspec.Meta(gt=0.02, le=0.5)]
    numbers: dict[str, float] = {}


class PoseFile(_Table):
    """One `[poses.<key>]` table."""

    view: View
    scale: Annotated[float, msgspec.Meta(ge=0.2, le=2)] = 0.8
    centre: Annotated[float, msgspec.Meta(ge=-2, le=2)] = 0.0
    keyframes: Annotated[list[KeyframeFile], msgspec.Meta(min_length=1, max_length=12)] | None = None
    lying: bool = False
    band: Literal["strap", "towel"] = "strap"
    ghost: bool = False
    life: Life = Life.NONE
    reach: Annotated[float, msgspec.Meta(gt=0.5, le=1)] = 0.99
    contacts: Annotated[list[str], msgspec.Meta(max_length=_MOST)] = []
    root: RootFile | None = None
    trunk: TrunkFile | None = None
    near_leg: LegFile | None = None
    far_leg: LegFile | None = None
    near_arm: ArmFile | None = None
    far_arm: ArmFile | None = None
    numbers: dict[str, Track] = {}
    options: dict[str, str] = {}
    props: Annotated[list[dict[str, float | str]], msgspec.Meta(max_length=_MOST)] = []
    glow: Annotated[list[GlowFile], msgspec.Meta(max_length=_MOST)] = []
    cues: Annotated[list[CueFile], msgspec.Meta(max_length=_MOST)] = []
    inset: InsetFile | None = None
