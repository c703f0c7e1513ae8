"""How `[poses.<key>]` of an exercise file becomes a `Pose`.

Every number is one value, or a list with one value per keyframe (a short list keeps its last value). msgspec refuses
unknown keys and wrong types and names the key; `to_pose` refuses the rest (unknown words, missing or surplus numbers,
numbers that are not finite or far out of range) with a ValueError whose sentence names the place.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from coach.catalogue.pose_file import PoseFile, TrunkFile
from coach.domain.figure import props
from coach.domain.figure.givens import CONTACTS, NUMBERS, OPTIONS
from coach.domain.figure.pose import (
    Anchor,
    Arm,
    Cue,
    Glow,
    Hand,
    Hold,
    Inset,
    Keyframe,
    Layer,
    Leg,
    LegKind,
    Pose,
    Prop,
    RootKind,
    SidePlan,
    Tracks,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import msgspec

    from coach.catalogue.pose_file import ArmFile, CueFile, GlowFile, InsetFile, KeyframeFile, LegFile, Track

__all__ = ["PoseFile", "to_pose"]

_LARGEST_ANGLE = 720.0
_LARGEST_LENGTH = 4.0
_LENGTHS = frozenset({"x", "y", "dx", "dy", "lift", "aim_x", "aim_y", "length"})


def to_pose(file: PoseFile) -> Pose:
    """The pose a table describes. Raises ValueError with one sentence that names what is wrong and where."""
    keyframes = _keyframes(file.keyframes)
    values: dict[str, tuple[float, ...]] = {}
    plan = None
    if file.view is View.SIDE:
        plan = _side_plan(file, values)
        _refuse(bool(file.numbers or file.options), "numbers and options belong to the front and foot views")
    else:
        _refuse(
            any((file.root, file.trunk, file.near_leg, file.far_leg, file.near_arm, file.far_arm)),
            f"root, trunk, legs and arms belong to the side view, not to view {file.view.value!r}",
        )
        _free_numbers(file, values)
    for name, row in values.items():
        _check_row(name, row, len(keyframes))
    return Pose(
        view=file.view,
        scale=_finite(file.scale, "scale"),
        centre=_finite(file.centre, "centre"),
        tracks=Tracks(keyframes, values),
        plan=plan,
        options=MappingProxyType(_options(file)),
        props=tuple(_prop(i, given) for i, given in enumerate(file.props, 1)),
        glow=tuple(_glow(given) for given in file.glow),
        cues=tuple(_cue(i, given) for i, given in enumerate(file.cues, 1)),
        inset=_inset(file.inset) if file.inset else None,
        ghost=file.ghost,
        life=file.life,
        contacts=tuple(_known(name, CONTACTS, "contact") for name in file.contacts),
        reach=_finite(file.reach, "reach"),
    )


# ------------------------------------------------------------------------------------------------------------- numbers


def _refuse(condition: bool, reason: str) -> None:  # noqa: FBT001 - reads as `refuse if`
    if condition:
        raise ValueError(reason)


def _finite(value: float, place: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{place} is {value}, expected a finite number")
    return value


def _known(word: str, words: Collection[str], what: str) -> str:
    if word not in words:
        raise ValueError(f"unknown {what} {word!r}; known: {', '.join(sorted(words))}")
    return word


def _row(track: Track) -> tuple[float, ...]:
    return tuple(track) if isinstance(track, list) else (float(track),)


def _check_row(name: str, row: Sequence[float], keyframes: int) -> None:
    _refuse(len(row) > keyframes, f"{name} has {len(row)} values for {keyframes} keyframes")
    limit = _LARGEST_LENGTH if name.rpartition(".")[2] in _LENGTHS else _LARGEST_ANGLE
    for value in row:
        # There are thousands of numbers and hardly ever a wrong one, so the sentence is made only when there is.
        if not abs(_finite(value, name)) <= limit:
            raise ValueError(f"{name} is {value:g}, expected a number from -{limit:g} to {limit:g}")


def _keyframes(given: Sequence[KeyframeFile] | None) -> list[Keyframe]:
    if given is None:
        return [Keyframe("start"), Keyframe("end")]
    names = [k.name for k in given]
    _refuse(len(set(names)) < len(names), "two keyframes have the same name")
    out = [Keyframe(given[0].name)]
    for k in given[1:]:
        start, end = (0.0 if k.start is None else k.start), (1.0 if k.end is None else k.end)
        _refuse(
            not 0.0 <= start < end <= 1.0,
            f"keyframe {k.name!r} goes from {start:g} to {end:g}, expected 0 <= from < to <= 1",
        )
        power = 1.0 if isinstance(k.ease, str) else k.ease
        _refuse(not 0.1 <= power <= 8.0, f"keyframe {k.name!r} has ease {power:g}, expected 0.1 to 8")
        out.append(Keyframe(k.name, start, end, k.ease == "smooth", power))
    return out


def _take(
    table: msgspec.Struct,
    limb: str,
    wanted: Mapping[str, float | None],
    values: dict[str, tuple[float, ...]],
    words: Iterable[str],
) -> None:
    """Put the `wanted` numbers of a table into `values`; None as default means it must be given. Others are refused."""
    for name in table.__struct_fields__:
        track = getattr(table, name)
        if name in wanted:
            given = wanted[name] if track is None else track
            if given is None:
                raise ValueError(f"{limb} needs {name!r}")
            values[f"{limb}.{name}"] = _row(given)
        elif track is not None and name not in words:
            raise ValueError(f"{limb} has {name!r}, which this kind of {limb.rpartition('_')[2]} does not use")


# ----------------------------------------------------------------------------------------------------------- side view

_ROOT_NUMBER = {RootKind.FOOT: "pitch", RootKind.KNEE: "thigh", RootKind.PELVIS: "lean"}
_ANGLES: Mapping[str, float | None] = {"hip": None, "knee": None, "ankle": None, "toes": 0.0}
_LEG_NUMBERS: Mapping[LegKind, Mapping[str, float | None]] = {
    LegKind.ROOT: _ANGLES,
    LegKind.ANGLES: _ANGLES,
    LegKind.CONTACT: {"x": None, "y": None, "pitch": 0.0, "toes": 0.0},
    LegKind.COPY: {"dx": 0.018, "dy": 0.013},
    LegKind.AGAINST: {"x": None, "knee": None, "ankle": None, "toes": 0.0},
}
_HAND: Mapping[str, float | None] = {"curl": 0.0, "thumb": -28.0}
_ARM_NUMBERS: Mapping[Hold, Mapping[str, float | None]] = {
    Hold.FREE: {"shoulder": None, "elbow": None, "wrist": 6.0, "curl": 10.0, "thumb": 18.0},
    Hold.FIXED: {"x": None, "y": None, "direction": None, **_HAND},
    Hold.ON: {"along": None, "lift": 0.013, "dx": 0.0, "dy": 0.0, "turn": 0.0, **_HAND},
    Hold.STRAP: {"aim_x": None, "aim_y": None, "length": None, "dx": 0.0, "dy": 0.0, "curl": -20.0, "thumb": -20.0},
}


def _side_plan(file: PoseFile, values: dict[str, tuple[float, ...]]) -> SidePlan:
    root, near_leg, far_leg, near_arm, far_arm = file.root, file.near_leg, file.far_leg, file.near_arm, file.far_arm
    if root is None or near_leg is None or far_leg is None or near_arm is None or far_arm is None:
        missing = [
            name for name in ("root", "near_leg", "far_leg", "near_arm", "far_arm") if getattr(file, name) is None
        ]
        raise ValueError(f"a side view needs {', '.join(missing)}")
    own = _ROOT_NUMBER[root.kind]
    _take(root, "root", {"x": None, "y": None, own: None}, values, ("kind", "anchor"))
    _take(file.trunk or TrunkFile(), "trunk", dict.fromkeys(TrunkFile.__struct_fields__, 0.0), values, ())
    carries = root.kind is not RootKind.PELVIS
    return SidePlan(
        root=root.kind,
        anchor=root.anchor,
        near_leg=_leg("near_leg", near_leg, values, carries=carries),
        far_leg=_leg("far_leg", far_leg, values, carries=False),
        near_arm=_arm("near_arm", near_arm, values),
        far_arm=_arm("far_arm", far_arm, values),
        band=file.band,
        lying=file.lying,
    )


def _leg(limb: str, leg: LegFile, values: dict[str, tuple[float, ...]], *, carries: bool) -> Leg:
    kind = leg.kind or (LegKind.ROOT if carries else LegKind.CONTACT if leg.anchor else LegKind.ANGLES)
    _refuse(carries != (kind is LegKind.ROOT), f"{limb} cannot be {kind.value!r} here: the root decides what carries")
    _refuse(kind is LegKind.COPY and limb == "near_leg", "only the far leg can be a copy")
    _refuse(kind is LegKind.CONTACT and leg.anchor is None, f"{limb} needs 'anchor'")
    _take(leg, limb, _LEG_NUMBERS[kind], values, ("kind", "anchor"))
    return Leg(kind, leg.anchor or Anchor.HEEL)


def _arm(limb: str, arm: ArmFile, values: dict[str, tuple[float, ...]]) -> Arm:
    words = ("hold", "hand", "on", "over_leg", "fan", "curls")
    _refuse((arm.hold is Hold.ON) != (arm.on is not None), f"{limb}: 'on' goes with hold = \"on\"")
    _take(arm, limb, _ARM_NUMBERS[arm.hold], values, words)
    given = Arm(
        hold=arm.hold,
        hand=arm.hand or (Hand.FIST if arm.hold is Hold.STRAP else Hand.OPEN),
        on_far=arm.on == "far leg",
        over_leg=arm.over_leg,
    )
    fan = given.fan if arm.fan is None else (_finite(arm.fan[0], f"{limb}.fan"), _finite(arm.fan[1], f"{limb}.fan"))
    curls = arm.curls or [0.0] * 4
    for curl in curls:
        _check_row(f"{limb}.curls", (curl,), 1)
    a, b, c, d = curls
    return replace(given, fan=fan, curls=(a, b, c, d))


# ----------------------------------------------------------------------------------------------- front and foot views


def _free_numbers(file: PoseFile, values: dict[str, tuple[float, ...]]) -> None:
    known = NUMBERS[file.view]
    for name in file.numbers:
        _known(name, known, "number")
    for name, default in known.items():
        values[name] = _row(file.numbers.get(name, default))


def _options(file: PoseFile) -> dict[str, str]:
    if file.view is View.SIDE:
        return {}
    known = OPTIONS[file.view]
    for name in file.options:
        _known(name, known, "option")
    return {name: _known(file.options.get(name, words[0]), words, f"word for {name}") for name, words in known.items()}


# ------------------------------------------------------------------------------------------ props, glow, cues, insets


def _numbers(given: Mapping[str, float], defaults: Mapping[str, float], place: str) -> Mapping[str, float]:
    """The given numbers over the defaults; unknown, missing, not finite or huge ones are refused."""
    for name, value in given.items():
        _known(name, defaults, f"number of {place}")
        _check_row(f"{place} {name}", (value,), 1)
    out = {**defaults, **{name: float(value) for name, value in given.items()}}
    for name, value in out.items():
        if math.isnan(value):
            raise ValueError(f"{place} needs {name!r}")
    return MappingProxyType(out)


def _prop(i: int, given: Mapping[str, float | str]) -> Prop:
    words = {name: value for name, value in given.items() if isinstance(value, str)}
    _refuse("kind" not in words, f"prop {i} needs 'kind'")
    kind = _known(words.pop("kind"), props.PROPS, "kind of prop")
    layer = _known(words.pop("layer", Layer.BACK.value), [w.value for w in Layer], "layer")
    _refuse(bool(words), f"{kind} (prop {i}): {', '.join(words)} must be a number")
    numbers = {name: value for name, value in given.items() if not isinstance(value, str)}
    return Prop(kind, _numbers(numbers, props.PROPS[kind], f"{kind} (prop {i})"), Layer(layer))


def _glow(given: GlowFile) -> Glow:
    return Glow(_known(given.muscle, props.MUSCLES, "muscle"), given.limb, _finite(given.power, "glow power"))


def _cue(i: int, given: CueFile) -> Cue:
    kind = _known(given.kind, props.CUES, "kind of cue")
    place = f"{kind} (cue {i})"
    numbers = {
        name: getattr(given, name) for name in ("width", "head", "x", "dx", "y") if getattr(given, name) is not None
    }
    _refuse(kind == "arrow" and len(given.points) < 2, f"{place} needs two or three points")
    points = tuple((_finite(x, place), _finite(y, place)) for x, y in given.points)
    show = _show(given.show, place)
    return Cue(kind, show, points, given.at, _numbers(numbers, props.CUES[kind], place))


def _show(given: str | list[list[float]], place: str) -> tuple[tuple[float, float], ...]:
    if isinstance(given, str):
        return props.SHOWS[_known(given, props.SHOWS, f"show of {place}")]
    rows = tuple((_finite(e, place), _finite(strength, place)) for e, strength in given)
    _refuse(
        any(b[0] <= a[0] for a, b in pairwise(rows)),
        f"{place}: the progress in 'show' must rise",
    )
    _refuse(
        any(not 0 <= value <= 1 for row in rows for value in row), f"{place}: 'show' is made of numbers from 0 to 1"
    )
    return rows


def _inset(given: InsetFile) -> Inset:
    kind = _known(given.kind, props.INSETS, "kind of inset")
    for name, value in (("x", given.x), ("y", given.y)):
        _refuse(not abs(value) <= 1, f"inset {name} is {value:g}, expected -1 to 1")
    return Inset(kind, given.x, given.y, given.radius, _numbers(given.numbers, props.INSETS[kind], f"{kind} inset"))
