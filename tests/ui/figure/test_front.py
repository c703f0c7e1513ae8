"""The painted front view: sides, themes, glow, hands that stay, a head that turns, and what stands in front."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect

from coach.domain.figure.motion import FigureState
from coach.ui.figure.palette import palette
from tests import samples
from tests.ui.figure.comparing import SIDE, close_to, count, differs, flipped, frame, is_accent, places, same

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from coach.domain.figure.pose import Pose

pytestmark = pytest.mark.usefixtures("qapp")

KEYS = ("tandem", "fingertips", "hover", "head_turns", "cushion")
# Parts of the frame for the left side, where the stance leg stands on the left of the screen.
CALF = QRect(160, 250, 40, 80)
LEGS = QRect(120, 240, 160, 90)
HEAD = QRect(150, 20, 100, 80)
FACE = QRect(177, 52, 13, 24)
HAND = QRect(241, 178, 18, 12)
UNDER_HAND = QRect(244, 176, 12, 8)
FEET = QRect(140, 320, 120, 50)


def pose(key: str) -> Pose:
    return samples.shipped().exercises["single_leg_balance"].poses[key]


def picture(
    what: str | Pose,
    progress: float,
    *,
    hold_s: float = 0.0,
    dark: bool = False,
    person: int = 0,
    left: bool = True,
    cues: bool = False,
    still: bool = False,
) -> QImage:
    """One frame of a shipped pose, or of a made one."""
    shown = pose(what) if isinstance(what, str) else what
    state = FigureState(progress, hold_s=hold_s, cues=cues, still=still)
    return frame(shown, state, dark=dark, person=person, mirror=left)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("dark", [False, True])
def test_the_right_side_is_the_left_one_mirrored(key: str, dark: bool) -> None:
    left, right = (picture(key, 1.0, dark=dark, left=side, person=1) for side in (True, False))
    assert same(flipped(left), right, tolerance=24, share=0.002)
    assert not same(left, right, tolerance=24, share=0.02)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("person", range(4))
def test_the_calf_of_the_standing_leg_glows_at_the_end(key: str, dark: bool, person: int) -> None:
    def lit(progress: float) -> int:
        return count(picture(key, progress, dark=dark, person=person), is_accent, LEGS)

    assert lit(0.0) == 0
    assert lit(1.0) > 80
    assert lit(0.5) < lit(1.0)


def test_the_light_is_on_the_standing_leg() -> None:
    end = picture("hover", 1.0)
    assert count(end, is_accent, CALF) > 80
    assert count(end, is_accent, CALF.translated(SIDE - 2 * CALF.x() - CALF.width(), 0)) == 0


def test_hands_on_the_console_stay_while_head_and_shoulders_sway() -> None:
    first, later = (picture("fingertips", 1.0, hold_s=t, person=3) for t in (2.1, 3.5))
    assert not differs(first, later, HAND)
    assert differs(first, later, HEAD)


def test_feet_and_stage_stay_in_the_hold() -> None:
    first, later = (picture("cushion", 1.0, hold_s=t) for t in (2.1, 3.5))
    assert not differs(first, later, QRect(150, 345, 40, 40))


def test_the_head_turns_and_comes_back() -> None:
    straight, turned, back = (picture("head_turns", 1.0, hold_s=t) for t in (0.0, 1.0, 0.0))
    assert differs(straight, turned, HEAD)
    assert same(straight, back, tolerance=0, share=0.0)


def test_a_card_shows_the_turned_head() -> None:
    assert differs(picture("head_turns", 1.0, still=True), picture("head_turns", 1.0), HEAD)


@pytest.mark.parametrize("person", range(4))
@pytest.mark.parametrize("turn", [-1.0, 0.35, 0.8])
def test_every_head_turns_without_holes(person: int, turn: float) -> None:
    # Between the crown and the chin no pixel of the ground shows through the middle of the face.
    ground = palette(dark=False, person=person).disc
    t = {-1.0: 3.0, 0.35: 0.227, 0.8: 0.59}[turn]
    face = picture("head_turns", 1.0, hold_s=t, person=person)
    assert count(face, lambda c: close_to(c, ground, 10), FACE) == 0


@pytest.mark.parametrize("key", ["fingertips", "hover", "cushion", "tandem"])
def test_cues_can_be_left_out(key: str) -> None:
    with_cues, without = picture(key, 0.0, cues=True), picture(key, 0.0)
    lower = QRect(0, 260, SIDE, SIDE - 260)
    assert count(with_cues, is_accent, lower) > 40
    assert count(without, is_accent, lower) == 0


def test_the_lift_arrow_grows_with_the_foot_and_stays() -> None:
    beside = QRect(215, 310, 40, 60)
    tops = [min(y for _, y in places(picture("hover", e, cues=True), is_accent, beside)) for e in (0.7, 0.85, 1.0)]
    assert tops[0] > tops[1] > tops[2]


def test_hovering_hands_show_a_gap_that_resting_hands_do_not() -> None:
    ground = palette(dark=False, person=3).disc

    def empty(key: str) -> int:
        return count(picture(key, 1.0, person=3), lambda c: close_to(c, ground, 12), UNDER_HAND)

    assert empty("hover") == UNDER_HAND.width() * UNDER_HAND.height()
    assert empty("fingertips") < 30


def test_the_lifted_foot_leaves_the_floor() -> None:
    assert differs(picture("hover", 0.3), picture("hover", 1.0), FEET)


@pytest.mark.parametrize("arms", ["free", "crossed"])
@pytest.mark.parametrize("dark", [False, True])
def test_arms_may_hang_free_or_cross_on_the_chest(arms: str, dark: bool) -> None:
    p = replace(pose("hover"), options=MappingProxyType({"stance": "single", "arms": arms}), props=())
    skin = palette(dark, 3).skin
    image = picture(p, 1.0, dark=dark, person=3)
    chest = count(image, lambda c: close_to(c, skin, 24), QRect(165, 105, 45, 45))
    hanging = count(image, lambda c: close_to(c, skin, 24), QRect(115, 150, 40, 90))
    assert (chest > 300) is (arms == "crossed")
    assert (hanging > 60) is (arms == "free")


def test_breathing_moves_the_chest_in_the_hold() -> None:
    out, full = (picture("tandem", 1.0, hold_s=t) for t in (0.0, 2.5))
    assert differs(out, full, QRect(160, 100, 90, 60))
