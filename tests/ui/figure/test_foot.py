"""The painted foot close-up: both sides, both themes, arch light, towel and book, seated figure and round inset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap

from coach.domain.figure.motion import FigureState
from coach.ui.figure.palette import palette
from tests import samples
from tests.ui.figure.comparing import SIDE, changes, close_to, count, differs, flipped, frame, is_accent, places, same

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from coach.domain.figure.pose import Pose

pytestmark = pytest.mark.usefixtures("qapp")

CLOSE_UPS = ("floor", "towel", "weighted")
ARCH = QRect(80, 270, 130, 60)
TOES = QRect(180, 260, 80, 70)
SHANK = QRect(85, 60, 60, 150)


def pose(key: str) -> Pose:
    return samples.shipped().exercises["towel_toe_curl"].poses[key]


def picture(  # the parts of a state that matter to a foot
    key: str,
    progress: float,
    *,
    rep: int = 0,
    returning: bool = False,
    cues: bool = False,
    dark: bool = False,
    person: int = 0,
    left: bool = False,
) -> QImage:
    """One frame of a shipped level."""
    state = FigureState(progress, rep=rep, returning=returning, cues=cues)
    return frame(pose(key), state, dark=dark, person=person, mirror=left)


def stripe(image: QImage, *, dark: bool = False) -> float:
    """Mean x of the towel's stripes."""
    colour = palette(dark, 0).stripe
    found = [x for x, _ in places(image, lambda c: close_to(c, colour, 22))]
    return sum(found) / len(found)


@pytest.mark.parametrize("key", [*CLOSE_UPS, "standing"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_left_side_is_the_right_one_mirrored(key: str, dark: bool) -> None:
    left, right = (picture(key, 0.9, dark=dark, left=side, person=2) for side in (True, False))
    assert same(flipped(left), right, tolerance=24, share=0.002)
    assert not same(left, right, tolerance=24, share=0.05)


@pytest.mark.parametrize("key", CLOSE_UPS)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("person", range(4))
def test_the_arch_lights_up_with_the_curl_alone(key: str, dark: bool, person: int) -> None:
    lit = [count(picture(key, e, dark=dark, person=person), is_accent, ARCH) for e in (0.0, 0.25, 0.7, 1.0)]
    assert lit[0] == lit[1] == 0
    assert 0 < lit[2] < lit[3]
    assert lit[3] > 400


@pytest.mark.parametrize("key", CLOSE_UPS)
def test_only_the_forefoot_and_the_towel_move(key: str) -> None:
    start, end = picture(key, 0.0), picture(key, 1.0)
    assert differs(start, end, TOES)
    assert not differs(start, end, SHANK)


def test_the_toes_have_their_skin_and_nails() -> None:
    flat = picture("floor", 0.25, person=1)
    colours = palette(dark=False, person=1)
    assert count(flat, lambda c: close_to(c, colours.skin, 12), TOES) > 400
    assert count(flat, lambda c: close_to(c, colours.nail, 12), TOES) > 40


def test_the_towel_comes_closer_with_each_curl() -> None:
    ends = [stripe(picture("towel", e)) for e in (0.25, 0.6, 1.0)]
    assert ends[0] > ends[1] > ends[2]
    starts = [stripe(picture("towel", 0.0, rep=rep)) for rep in (1, 2, 3, 4)]
    assert starts == sorted(starts, reverse=True)
    assert starts[0] - starts[-1] > 20
    assert stripe(picture("towel", 0.0, rep=5)) == pytest.approx(starts[0])


def test_the_towel_does_not_spring_back_when_the_toes_open() -> None:
    forth, back = (picture("towel", 0.0, rep=2, returning=returning) for returning in (False, True))
    assert stripe(back) < stripe(forth) - 5


def test_without_a_towel_there_is_none() -> None:
    colours = palette(dark=False, person=0)
    floor = QRect(0, 200, SIDE, SIDE - 200)
    assert count(picture("floor", 0.5), lambda c: close_to(c, colours.stripe, 10), floor) == 0
    assert count(picture("towel", 0.5), lambda c: close_to(c, colours.stripe, 22), floor) > 800


def test_the_book_rides_on_the_towel() -> None:
    plain, weighted = picture("towel", 0.25), picture("weighted", 0.25)
    book = QRect(265, 260, 100, 80)
    assert differs(plain, weighted, book)
    assert not differs(picture("floor", 0.25), picture("floor", 0.25, rep=3), book)
    assert differs(picture("weighted", 0.25), picture("weighted", 1.0), book)


def test_rays_show_the_spread_and_the_arrow_the_pull() -> None:
    beyond = QRect(255, 230, 40, 80)
    assert count(picture("floor", 0.0, cues=True), is_accent, beyond) > 30
    assert count(picture("floor", 0.0), is_accent, beyond) == 0
    arrow = QRect(240, 315, 80, 40)
    assert count(picture("floor", 0.3, cues=True), is_accent, arrow) > 30
    assert count(picture("floor", 0.3, cues=True, returning=True), is_accent, arrow) == 0


def test_the_seated_figure_shows_where_the_foot_is() -> None:
    inset = QRect(256, 40, 132, 132)
    image = picture("towel", 0.5, person=1)
    colours = palette(dark=False, person=1)
    assert count(image, lambda c: close_to(c, colours.shirt, 16), inset) > 100
    assert count(image, is_accent, inset) > 40
    assert not differs(image, picture("towel", 1.0, person=1), inset)


@pytest.mark.parametrize("dark", [False, True])
def test_standing_moves_only_under_the_round_inset(dark: bool) -> None:
    start, end = (picture("standing", e, dark=dark) for e in (0.0, 1.0))
    x, y, radius = SIDE / 2 + 0.285 * SIDE, 0.9 * SIDE - 0.660 * SIDE, 0.205 * SIDE
    moved = changes(start, end)
    assert len(moved) > 500
    assert all((px - x) ** 2 + (py - y) ** 2 <= (radius + 3) ** 2 for px, py in moved)
    assert count(end, is_accent, QRect(round(x - radius), round(y), round(2 * radius), round(radius / 2))) > 60


def test_towels_of_all_frames_are_painted_whole() -> None:
    # The far edge of the towel never tears: above the toes each column that the towel covers has towel in it.
    towel = palette(dark=False, person=0).towel
    for e in (0.0, 0.3, 0.6, 1.0):
        image = picture("towel", e, rep=3)
        strip = image.copy(QRect(150, 225, 60, 60))
        columns = {x for x, _ in places(strip, lambda c: close_to(c, towel, 90))}
        assert len(columns) == strip.width()


def test_pictures_are_the_same_each_time() -> None:
    first, second = picture("weighted", 0.7), picture("weighted", 0.7)
    assert same(first, second, tolerance=0, share=0.0)
    assert not QPixmap.fromImage(first).isNull()
