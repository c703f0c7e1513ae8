"""The figure's widget: what it repaints, when it prepares its still part anew, how it fades, how it fits its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractAnimation, QSize, Qt
from PySide6.QtGui import QColor, QPixmap, qAlpha

from coach.domain.figure.motion import FigureState
from coach.ui.figure import side
from coach.ui.figure.view import FigureView, cross_fade, figure_pixmap
from tests.domain.figure.shipped import side_poses
from tests.ui.figure.pictures import SIDE, count, covered, different

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

POSE = side_poses()["calf_stretch/wall"]
RAISE = side_poses()["calf_raise/two_legs_free"]


@pytest.fixture
def view(qtbot: QtBot) -> FigureView:
    widget = FigureView()
    qtbot.addWidget(widget)
    widget.resize(SIDE, SIDE)
    widget.set_scene(POSE)
    return widget


class Counter:
    """Counts the calls of a function it stands in for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.calls = 0
        inner = getattr(side, name)

        def counted(*args: object) -> object:
            self.calls += 1
            return inner(*args)

        monkeypatch.setattr(side, name, counted)


def test_the_still_part_is_painted_once_for_many_frames(view: FigureView, monkeypatch: pytest.MonkeyPatch) -> None:
    still, live = Counter(monkeypatch, "paint_still"), Counter(monkeypatch, "paint_live")
    for i in range(5):
        view.set_state(FigureState(i / 4))
        view.grab()
    assert (still.calls, live.calls) == (1, 5)
    view.set_theme(True)
    view.grab()
    assert still.calls == 2
    view.set_person(2)
    view.grab()
    assert still.calls == 3
    view.set_scene(POSE, True)
    view.grab()
    assert still.calls == 4
    view.resize(SIDE + 40, SIDE)
    view.grab()
    assert still.calls == 5
    view.set_scene(POSE, True)
    view.set_theme(True)
    view.set_person(2)
    view.grab()
    assert still.calls == 5


def test_without_a_pose_nothing_is_painted(view: FigureView) -> None:
    view.set_scene(None)
    assert count(view.grab().toImage(), lambda r, g, b, a: (r, g, b) != (239, 239, 239)) in {0, SIDE * SIDE}
    assert view.pose is None


def test_an_unknown_person_is_refused(view: FigureView) -> None:
    with pytest.raises(IndexError):
        view.set_person(9)


def test_it_tells_what_it_shows(view: FigureView) -> None:
    view.set_scene(POSE, True)
    view.set_state(FigureState(0.3))
    assert (view.pose, view.mirrored, view.state.progress) == (POSE, True, 0.3)


class Painted(FigureView):
    """Counts its repaints."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def update(self, *args: object) -> None:
        self.asked += 1
        super().update()


def test_a_hold_without_life_asks_for_no_repaint(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.set_scene(RAISE)
    widget.set_state(FigureState(1.0, hold_s=0.1))
    before = widget.asked
    for i in range(2, 9):
        widget.set_state(FigureState(1.0, hold_s=i / 10))
    assert widget.asked == before
    widget.set_scene(POSE)
    before = widget.asked
    widget.set_state(FigureState(1.0, hold_s=2.0))
    assert widget.asked == before + 1


def test_reduced_motion_fades_from_one_still_position_to_the_other(qtbot: QtBot, view: FigureView) -> None:
    with qtbot.waitExposed(view):
        view.show()
    view.set_state(FigureState(0.0, still=True))
    start = view.grab().toImage()
    view.set_state(FigureState(1.0, still=True))
    fade = view.fade
    assert fade.state() is QAbstractAnimation.State.Running
    fade.pause()
    fade.setCurrentTime(0)
    assert different(view.grab().toImage(), start) < 40
    fade.setCurrentTime(fade.duration() // 2)
    half = view.grab().toImage()
    fade.resume()
    fade.setCurrentTime(fade.duration())
    assert fade.state() is QAbstractAnimation.State.Stopped
    end = view.grab().toImage()
    assert different(half, start, 20) > 100
    assert different(half, end, 20) > 100
    plain = FigureView()
    qtbot.addWidget(plain)
    plain.resize(view.size())
    plain.set_scene(POSE)
    plain.set_state(FigureState(1.0, still=True))
    assert different(plain.grab().toImage(), end) == 0


def test_a_new_scene_ends_the_fade(qtbot: QtBot, view: FigureView) -> None:
    with qtbot.waitExposed(view):
        view.show()
    view.set_state(FigureState(0.0, still=True))
    view.set_state(FigureState(1.0, still=True))
    view.set_scene(RAISE)
    assert view.fade.state() is QAbstractAnimation.State.Stopped


def test_a_cross_fade_keeps_what_is_in_both_and_mixes_the_rest() -> None:
    first, second = QPixmap(2, 1), QPixmap(2, 1)
    first.fill(QColor(200, 0, 0))
    second.fill(QColor(0, 0, 200))
    half = cross_fade(first, second, 0.5).toImage().pixelColor(0, 0)
    assert half.alpha() >= 254
    assert abs(half.red() - 100) <= 2
    assert abs(half.blue() - 100) <= 2
    assert cross_fade(first, second, 0.0).toImage() == first.toImage().convertToFormat(
        cross_fade(first, second, 0.0).toImage().format()
    )


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("width", "height"), [(300, 180), (180, 300)])
def test_in_a_place_that_is_not_square_the_figure_stands_in_the_middle(width: int, height: int) -> None:
    def picture(size: QSize) -> QPixmap:
        return figure_pixmap(POSE, size=size, dark=False, person=0, mirror=False, progress=0.5, cues=False)

    wide = picture(QSize(width, height)).toImage()
    square = picture(QSize(180, 180)).toImage()
    cut = wide.copy((width - 180) // 2, (height - 180) // 2, 180, 180)
    assert different(cut, square) < 60


@pytest.mark.usefixtures("qapp")
def test_a_picture_for_a_fine_screen_has_more_pixels_of_the_same() -> None:
    def picture(dpr: float) -> QPixmap:
        return figure_pixmap(
            POSE, size=QSize(120, 120), dark=True, person=1, mirror=True, progress=1.0, cues=True, dpr=dpr
        )

    fine, plain = picture(2.0), picture(1.0)
    assert (fine.width(), fine.devicePixelRatio()) == (240, 2.0)
    small = fine.toImage().scaled(
        120, 120, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    small.setDevicePixelRatio(1.0)
    assert different(small.convertToFormat(plain.toImage().format()), plain.toImage(), 90) < 80


@pytest.mark.usefixtures("qapp")
def test_a_picture_has_a_transparent_ground_and_a_figure() -> None:
    pixmap = figure_pixmap(
        POSE, size=QSize(SIDE, SIDE), dark=False, person=3, mirror=False, progress=1.0, cues=False, ghost=True
    )
    image = pixmap.toImage()
    assert qAlpha(image.pixel(2, 2)) == 0
    assert count(image, covered) > 0.3 * SIDE**2
