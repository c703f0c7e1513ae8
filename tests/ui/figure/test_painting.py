"""The painted figure, looked at pixel by pixel: where the body is, both sides, both themes, glow, arrows, ghost."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from coach.domain.figure.motion import FigureState
from coach.domain.figure.pose import Life, View
from coach.domain.figure.side import solve
from coach.ui.figure.muscles import MUSCLES
from coach.ui.figure.palette import PEOPLE, palette
from tests.domain.figure.shipped import every_pose, every_side_pose, poses, side_poses
from tests.ui.figure.pictures import (
    SIDE,
    alpha,
    count,
    covered,
    different,
    live,
    place,
    still,
    touches_border,
    warm,
)

pytestmark = pytest.mark.usefixtures("qapp")

END = FigureState(1.0, cues=False)


@every_side_pose
@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
def test_every_joint_lies_inside_the_painted_body(name: str, progress: float) -> None:
    pose = side_poses()[name]
    image, body = live(pose, FigureState(progress, cues=False)), solve(pose, progress)
    joints = [
        body.trunk.hip, body.trunk.middle, body.trunk.skull,
        body.near_leg.knee, body.near_leg.ankle, body.far_leg.knee, body.far_leg.ankle,
        body.near_arm.elbow, body.near_arm.wrist, body.far_arm.elbow, body.far_arm.wrist,
    ]  # fmt: skip
    missing = [joint for joint in joints if alpha(image, *place(pose, joint)) < 200]
    assert not missing


@every_pose
def test_the_figure_covers_a_fair_part_of_its_frame_and_is_not_cut_off(name: str) -> None:
    pose = poses()[name]
    for progress in (0.0, 0.3, 0.6, 1.0):
        image = live(pose, FigureState(progress))
        assert 0.05 < count(image, covered) / SIDE**2 < 0.45
        if pose.view is not View.FOOT:  # the close-up's leg leaves the frame on purpose
            assert not touches_border(image), progress


@every_pose
def test_the_left_side_is_the_mirror_image_of_the_right(name: str) -> None:
    pose, state = poses()[name], FigureState(0.7)
    right = live(pose, state)
    left = live(pose, state, mirror=True)
    assert different(right, left.flipped(Qt.Orientation.Horizontal)) < 0.004 * SIDE**2
    assert different(right, left) > 0.02 * SIDE**2


@every_pose
def test_the_still_part_mirrors_as_well(name: str) -> None:
    pose = poses()[name]
    flipped = still(pose, mirror=True).flipped(Qt.Orientation.Horizontal)
    assert different(still(pose), flipped) < 0.004 * SIDE**2


@every_side_pose
def test_the_glow_grows_with_the_movement(name: str) -> None:
    pose = side_poses()[name]
    if not any(glow.muscle in MUSCLES for glow in pose.glow):
        return
    amounts = [count(live(pose, FigureState(e, cues=False)), warm) for e in (0.0, 0.3, 0.65, 1.0)]
    # The close look may show a little of the same muscle, which leaves its lens as the heel rises.
    assert amounts[0] < amounts[1] < amounts[2] < amounts[3] * 1.05
    assert amounts[3] > 0.0012 * SIDE**2


@every_side_pose
def test_arrows_can_be_left_out(name: str) -> None:
    pose = side_poses()[name]
    more = [
        count(live(pose, FigureState(e)), warm) - count(live(pose, FigureState(e, cues=False)), warm)
        for e in (0.0, 0.45)
    ]
    assert max(more) > 8


@every_side_pose
def test_the_ghost_stands_where_the_movement_ends(name: str) -> None:
    pose = side_poses()[name]
    plain, ghosted = (live(pose, FigureState(0.0, cues=False, ghost=g)) for g in (False, True))
    if not pose.ghost:
        assert ghosted == plain
        return
    end = live(pose, END)
    new = [(x, y) for y in range(SIDE) for x in range(SIDE) if not alpha(plain, x, y) and alpha(ghosted, x, y) > 200]
    assert len(new) > 0.01 * SIDE**2
    inside = sum(alpha(end, x, y) > 60 for x, y in new)
    assert inside / len(new) > 0.9
    ghost = QColor.fromRgba(palette(False, 0).ghost)
    flat = [ghosted.pixelColor(x, y) for x, y in new if alpha(ghosted, x, y) == 255]
    assert all(abs(c.red() - ghost.red()) + abs(c.green() - ghost.green()) <= 3 for c in flat), "one flat colour"


@pytest.mark.parametrize("dark", [False, True])
def test_four_different_people(dark: bool) -> None:
    pose = side_poses()["calf_raise/two_legs_support"]
    pictures = [live(pose, END, dark=dark, person=person) for person in range(PEOPLE)]
    for i, one in enumerate(pictures):
        for other in pictures[i + 1 :]:
            assert different(one, other, threshold=24) > 0.008 * SIDE**2


@every_pose
def test_the_two_themes_differ_and_both_show_the_figure(name: str) -> None:
    pose = poses()[name]
    light, dark = live(pose, END), live(pose, END, dark=True)
    assert different(light, dark, threshold=20) > 0.01 * SIDE**2
    assert abs(count(light, covered) - count(dark, covered)) < 0.06 * SIDE**2


def test_an_unknown_person_is_refused() -> None:
    with pytest.raises(IndexError):
        palette(False, PEOPLE)


@every_side_pose
def test_holds_breathe_unless_motion_is_reduced(name: str) -> None:
    pose = side_poses()[name]
    held, later = FigureState(1.0, cues=False), FigureState(1.0, hold_s=2.5, cues=False)
    moved = different(live(pose, held), live(pose, later), threshold=20)
    if pose.life is Life.NONE:
        assert moved == 0
        return
    assert moved > 0.0008 * SIDE**2
    assert live(pose, replace(held, still=True)) == live(pose, replace(later, still=True))


@every_pose
def test_the_same_moment_is_always_the_same_picture(name: str) -> None:
    pose, state = poses()[name], FigureState(0.42, hold_s=0.0)
    first = live(pose, state)
    live(pose, FigureState(0.9))
    assert live(pose, state) == first


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from CPython 3.12 on")
@every_pose
def test_live_painting_keeps_the_references_to_none(name: str) -> None:
    pose = poses()[name]

    def film() -> int:
        for i in range(20):
            live(pose, FigureState(i / 19), side=64)
        return sys.getrefcount(None)

    film()  # fills the caches
    # A binding that loses references loses some hundreds with every frame; a few too many harm nobody.
    before = film()
    assert film() > before - 100
