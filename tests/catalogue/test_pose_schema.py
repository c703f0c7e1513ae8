"""`[poses.*]` tables: what is accepted, and a clear reason for each thing that is not."""

from __future__ import annotations

import math
import tomllib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue.pose_schema import PoseFile, to_pose
from coach.domain.figure.check import faults
from coach.domain.figure.pose import Anchor, Hand, Hold, Layer, LegKind, Life, Pose, RootKind, View

STANDING = """
view = "side"
contacts = ["near ball"]
root = { kind = "foot", anchor = "ball", x = 0.071, y = 0, pitch = [0, 44] }
trunk = { lumbar = -6, thorax = 9 }
near_leg = { ankle = [1.5, -39], knee = 0, hip = 2, toes = [0, 44] }
far_leg = { kind = "copy" }
near_arm = { hold = "free", shoulder = 8, elbow = 14 }
far_arm = { hold = "fixed", x = 0.17, y = 0.59, direction = 82 }
"""


def table(text: str = STANDING, **changes: object) -> dict[str, Any]:
    return {**tomllib.loads(text), **changes}


def read(raw: dict[str, Any]) -> Pose:
    return to_pose(msgspec.convert(raw, PoseFile))


def changed(limb: str, **changes: object) -> dict[str, Any]:
    raw = table()
    return {**raw, limb: {**raw[limb], **changes}}


def test_a_short_table_is_a_whole_pose() -> None:
    pose = read(table())
    assert pose.view is View.SIDE
    assert [k.name for k in pose.tracks.keyframes] == ["start", "end"]
    assert pose.numbers_at(0.5)["near_leg.ankle"] == pytest.approx(-18.75)
    assert pose.numbers_at(0.5)["trunk.neck"] == 12
    assert pose.plan is not None
    assert pose.plan.root is RootKind.FOOT
    assert pose.plan.near_leg.kind is LegKind.ROOT
    assert pose.plan.far_leg.kind is LegKind.COPY
    assert pose.plan.far_arm.hold is Hold.FIXED
    assert pose.plan.near_arm.hand is Hand.OPEN
    assert faults(pose) == ()


def test_a_kneeling_and_a_sitting_body_need_their_own_numbers() -> None:
    sitting = {"kind": "pelvis", "x": 0, "y": 0.324, "lean": [-4, 34]}
    leg = {"anchor": "heel", "x": 0.4, "y": 0.002, "pitch": -52}
    pose = read(table(root=sitting, near_leg=leg, contacts=[], far_leg={"anchor": "heel", "x": 0.2, "y": 0.014}))
    assert pose.plan is not None
    assert pose.plan.near_leg.kind is LegKind.CONTACT
    assert pose.plan.near_leg.anchor is Anchor.HEEL
    with pytest.raises(ValueError, match="root needs 'lean'"):
        read(table(root={"kind": "pelvis", "x": 0, "y": 0.3}, near_leg=leg))
    with pytest.raises(ValueError, match="root has 'pitch', which this kind of root does not use"):
        read(table(root={"kind": "knee", "x": 0, "y": 0.06, "thigh": 0, "pitch": 3}))


def test_a_strap_makes_fists_and_short_lists_keep_their_last_value() -> None:
    arm = {"hold": "strap", "aim_x": [0.1, 0.05], "aim_y": 0.6, "length": 0.4}
    frames = [{"name": "a"}, {"name": "b", "to": 0.5, "ease": "smooth"}, {"name": "c", "from": 0.4, "ease": 0.72}]
    pose = read(table(near_arm=arm, band="towel", keyframes=frames))
    assert pose.plan is not None
    assert pose.plan.near_arm.hand is Hand.FIST
    assert pose.plan.band == "towel"
    assert pose.numbers_at(1.0)["near_arm.aim_x"] == pytest.approx(0.05)
    assert [k.smooth for k in pose.tracks.keyframes[1:]] == [True, False]
    assert pose.tracks.keyframes[2].power == 0.72


def test_props_cues_glow_and_insets_get_their_defaults() -> None:
    pose = read(
        table(
            props=[{"kind": "chair", "x": 0.2}, {"kind": "cushion", "x0": -0.1, "x1": 0.1, "layer": "middle"}],
            cues=[{"kind": "arrow", "points": [[0, 0], [0, 0.1]], "show": [[0, 0], [1, 1]]}, {"kind": "lift"}],
            glow=[{"muscle": "calf", "power": 1.2}],
            inset={"kind": "heel", "x": 0.2, "y": 0.6, "radius": 0.18, "numbers": {"zoom": 1.5}},
            life="breathe",
        )
    )
    assert pose.props[0].numbers["seat"] == 0.262
    assert pose.props[1].layer is Layer.MIDDLE
    assert pose.cues[0].numbers == {"width": 0.013, "head": 0.034}
    assert pose.cues[0].strength(0.25) == 0.25
    assert math.isinf(pose.cues[1].numbers["x"])
    assert pose.glow[0].intensity(1.0) == 1.0
    assert pose.inset is not None
    assert (pose.inset.numbers["zoom"], pose.inset.numbers["far"]) == (1.5, 1.0)
    assert pose.life is Life.BREATHE


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (table(contacts=["near nose"]), "unknown contact 'near nose'"),
        (table(props=[{"kind": "sofa", "x": 0}]), "unknown kind of prop 'sofa'"),
        (table(props=[{"kind": "chair"}]), r"chair \(prop 1\) needs 'x'"),
        (table(props=[{"kind": "chair", "x": 0, "legs": 4}]), "unknown number of chair"),
        (table(props=[{"kind": "chair", "x": "left"}]), r"chair \(prop 1\): x must be a number"),
        (table(props=[{"kind": "chair", "x": 0, "layer": "top"}]), "unknown layer 'top'"),
        (table(props=[{"x": 0}]), "prop 1 needs 'kind'"),
        (table(cues=[{"kind": "arrow", "points": [[0, 0]]}]), "needs two or three points"),
        (table(cues=[{"kind": "arrow", "points": [[0, 0], [1, 1]], "show": "soon"}]), "unknown show"),
        (table(cues=[{"kind": "lift", "show": [[0.5, 1], [0.5, 0]]}]), "must rise"),
        (table(cues=[{"kind": "lift", "show": [[0, 1], [1, 2]]}]), "from 0 to 1"),
        (table(cues=[{"kind": "level", "x": 0.1}]), r"level \(cue 1\) needs 'y'"),
        (table(glow=[{"muscle": "biceps"}]), "unknown muscle 'biceps'"),
        (table(inset={"kind": "mirror", "x": 0, "y": 0, "radius": 0.1}), "unknown kind of inset"),
        (table(inset={"kind": "heel", "x": 3, "y": 0, "radius": 0.1}), "inset x is 3"),
        (table(keyframes=[{"name": "a"}, {"name": "a"}]), "same name"),
        (table(keyframes=[{"name": "a"}, {"name": "b", "from": 0.6, "to": 0.5}]), "from 0.6 to 0.5"),
        (table(keyframes=[{"name": "a"}, {"name": "b", "ease": 90}]), "ease 90"),
        (changed("root", pitch=[0, 1, 2]), "root.pitch has 3 values for 2 keyframes"),
        (changed("root", x=99), "root.x is 99, expected a number from -4 to 4"),
        (changed("near_leg", knee=1e9), "near_leg.knee is 1e"),
        (changed("near_leg", hip=float("nan")), "near_leg.hip is nan, expected a finite number"),
        (changed("near_leg", x=0.1), "near_leg has 'x', which this kind of leg does not use"),
        (changed("near_leg", kind="contact"), "the root decides"),
        (changed("far_leg", kind="angles"), "far_leg needs 'hip'"),
        (changed("far_leg", kind="contact"), "far_leg needs 'anchor'"),
        (changed("far_arm", hold="on"), "'on' goes with"),
        (changed("far_arm", elbow=3), "far_arm has 'elbow', which this kind of arm does not use"),
        (table(numbers={"sway": 1}), "numbers and options belong to the front and foot views"),
        ({"view": "front", "root": {"kind": "pelvis", "x": 0, "y": 0}}, "belong to the side view"),
        ({"view": "front", "numbers": {"wings": 2}}, "unknown number 'wings'"),
        ({"view": "foot", "options": {"shoe": "red"}}, "unknown option 'shoe'"),
        ({"view": "side"}, "a side view needs root, near_leg, far_leg, near_arm, far_arm"),
    ],
)
def test_what_is_wrong_is_said_in_words(raw: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read(raw)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (table(colour="red"), "colour"),
        (changed("near_leg", ankel=3), r"\$\.near_leg"),
        (changed("near_leg", hip="far"), r"\$\.near_leg\.hip"),
        (changed("near_leg", hip=[]), r"\$\.near_leg\.hip"),
        (table(view="above"), r"\$\.view"),
        (table(scale=50), r"\$\.scale"),
        (table(contacts=["hip"] * 99), r"\$\.contacts"),
        (changed("near_arm", curls=[1, 2]), r"\$\.near_arm\.curls"),
    ],
)
def test_unknown_keys_and_wrong_types_name_their_place(raw: dict[str, Any], place: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=place):
        read(raw)


@given(st.sampled_from([("x", 4), ("y", 4), ("pitch", 720)]), st.floats())
def test_any_number_gives_a_pose_or_a_reason(number: tuple[str, float], value: float) -> None:
    name, limit = number
    raw = changed("root", **{name: value})
    if not abs(value) <= limit:  # also for NaN
        with pytest.raises(ValueError, match=f"root.{name}"):
            read(raw)
        return
    pose = read(raw)
    assert pose.numbers_at(1.0)[f"root.{name}"] == pytest.approx(value)
    assert all(isinstance(fault, str) for fault in faults(pose, 5))
