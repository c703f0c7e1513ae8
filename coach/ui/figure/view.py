"""The figure on screen: a widget for live movement and a function for still pictures.

What does not move (stage, furniture, contact shadows) is painted once into a pixmap for each scene, size and theme; a
frame is that pixmap and the body over it. Text never goes into the figure, because a left side is the mirrored right
one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEasingCurve, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.domain.figure.motion import FigureState
from coach.domain.figure.pose import Life, View
from coach.ui.figure.canvas import Canvas
from coach.ui.figure.palette import palette

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.domain.figure.pose import Pose
    from coach.ui.figure.palette import Palette

FLOOR_LINE: Final = 0.90
"""Height of the floor line, from the top of the frame."""

_CROSS_FADE_MS: Final = 350
_HINT: Final = QSize(480, 480)
_SMALLEST: Final = QSize(120, 120)


class ViewPainter(Protocol):
    """What a view's module must offer; the painter comes in figure units, antialiased, without a pen."""

    def paint_still(self, canvas: Canvas, pose: Pose, colours: Palette) -> None:
        """Paint what no progress changes."""

    def paint_live(self, canvas: Canvas, pose: Pose, state: FigureState, colours: Palette) -> None:
        """Paint what moves, over what is still."""


@cache
def view_painter(view: View) -> ViewPainter:
    """The painter of a view, imported when it is first needed."""
    if view is View.FRONT:
        from coach.ui.figure import front

        return front
    if view is View.FOOT:
        from coach.ui.figure import foot

        return foot
    from coach.ui.figure import side

    return side


class Scene:
    """A pose with its colours and side, and how it lies in a frame."""

    __slots__ = ("colours", "mirror", "pose")

    def __init__(self, pose: Pose, colours: Palette, *, mirror: bool) -> None:
        self.pose = pose
        self.colours = colours
        self.mirror = mirror

    def still(self, size: QSize, dpr: float) -> QPixmap:
        """The scene without its figure, on a transparent ground."""
        pixmap = _clear(size, dpr)
        with QPainter(pixmap) as painter:
            self._enter(painter, size)
            view_painter(self.pose.view).paint_still(Canvas(painter), self.pose, self.colours)
        return pixmap

    def paint_live(self, painter: QPainter, size: QSize, state: FigureState) -> None:
        """The figure at a moment, straight onto a painter in pixels of a widget of this size."""
        painter.save()
        self._enter(painter, size)
        view_painter(self.pose.view).paint_live(Canvas(painter), self.pose, state, self.colours)
        painter.restore()

    def live(self, size: QSize, dpr: float, state: FigureState) -> QPixmap:
        """The figure alone, on a transparent ground."""
        pixmap = _clear(size, dpr)
        with QPainter(pixmap) as painter:
            self.paint_live(painter, size, state)
        return pixmap

    def _enter(self, painter: QPainter, size: QSize) -> None:
        """Figure units: origin in the middle of the floor line of the largest square that fits, y up."""
        side = min(size.width(), size.height())
        scale = self.pose.scale * side
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(size.width() / 2, (size.height() - side) / 2 + FLOOR_LINE * side)
        painter.scale(-scale if self.mirror else scale, -scale)
        painter.translate(-self.pose.centre, 0.0)


def _clear(size: QSize, dpr: float) -> QPixmap:
    pixmap = QPixmap(size * dpr)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def figure_pixmap(
    pose: Pose,
    *,
    size: QSize,
    dark: bool,
    person: int,
    mirror: bool,
    progress: float,
    cues: bool,
    ghost: bool = False,
    dpr: float = 1.0,
) -> QPixmap:
    """A still picture of a pose on a transparent ground, for cards and lists; `size` in logical pixels."""
    scene = Scene(pose, palette(dark, person), mirror=mirror)
    pixmap = scene.still(size, dpr)
    with QPainter(pixmap) as painter:
        scene.paint_live(painter, size, FigureState(progress, cues=cues, ghost=ghost, still=True))
    return pixmap


class FigureView(QWidget):
    """Shows one pose at the progress it is told. The caller gives it an accessible description.

    With `state.still` (reduced motion) a change of progress is a short cross-fade between two still positions.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dark = False
        self._person = 0
        self._pose: Pose | None = None
        self._mirror = False
        self._state = FigureState(0.0)
        self._scene: Scene | None = None
        self._still: QPixmap | None = None
        self._made_for = (QSize(), 1.0)
        self._faded: tuple[QPixmap, QPixmap] | None = None
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setDuration(_CROSS_FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._fade.valueChanged.connect(lambda _: self.update())
        self._fade.finished.connect(self._end_fade)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_theme(self, dark: bool) -> None:  # noqa: FBT001 - a setter of one flag
        """Dark or light colours."""
        if dark != self._dark:
            self._dark = dark
            self._renew()

    def set_person(self, index: int) -> None:
        """Which of the four people is shown (0 to 3). IndexError for another."""
        palette(self._dark, index)
        if index != self._person:
            self._person = index
            self._renew()

    def set_scene(self, pose: Pose | None, mirror: bool = False) -> None:  # noqa: FBT001, FBT002
        """Which pose is shown; `mirror` for the left side. None shows nothing."""
        if pose is not self._pose or mirror != self._mirror:
            self._pose, self._mirror = pose, mirror
            self._renew()

    def set_state(self, state: FigureState) -> None:
        """Show a moment. Nothing is repainted where nothing visible changes."""
        before, now = self._visible(self._state), self._visible(state)
        self._state = state
        if now == before:
            return
        if now.still and before.still and now.progress != before.progress and self._scene and self.isVisible():
            size, dpr = self.size(), self.devicePixelRatioF()
            self._faded = (self._scene.live(size, dpr, before), self._scene.live(size, dpr, now))
            self._fade.stop()
            self._fade.start()
        self.update()

    @property
    def state(self) -> FigureState:
        """The moment shown."""
        return self._state

    @property
    def mirrored(self) -> bool:
        """Whether the left side is shown."""
        return self._mirror

    @property
    def pose(self) -> Pose | None:
        """The pose shown."""
        return self._pose

    @property
    def fade(self) -> QVariantAnimation:
        """The cross-fade of reduced motion; runs only after a change of position."""
        return self._fade

    def _visible(self, state: FigureState) -> FigureState:
        """The state without what the present pose does not show."""
        if self._pose is not None and self._pose.view is View.SIDE and self._pose.life is Life.NONE:
            return replace(state, hold_s=0.0)
        return state

    def _renew(self) -> None:
        self._end_fade()
        self._still = None
        self._scene = None
        if self._pose is not None:
            self._scene = Scene(self._pose, palette(self._dark, self._person), mirror=self._mirror)
        self.update()

    def _end_fade(self) -> None:
        self._faded = None
        self._fade.stop()

    # Qt ---------------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """A square."""
        return _HINT

    def minimumSizeHint(self) -> QSize:
        """Still readable at thumbnail size."""
        return _SMALLEST

    def paintEvent(self, event: QPaintEvent) -> None:
        """The still pixmap, and over it the figure, or a cross-fade of two."""
        if self._scene is None or min(self.width(), self.height()) < 1:
            return
        size, dpr = self.size(), self.devicePixelRatioF()
        if (size, dpr) != self._made_for or self._still is None:
            self._still, self._made_for = self._scene.still(size, dpr), (size, dpr)
            self._end_fade()
        with QPainter(self) as painter:
            painter.setClipRegion(event.region())
            painter.drawPixmap(0, 0, self._still)
            if self._faded is not None:
                painter.drawPixmap(0, 0, cross_fade(*self._faded, float(self._fade.currentValue() or 0.0)))
            else:
                self._scene.paint_live(painter, size, self._state)


def cross_fade(first: QPixmap, second: QPixmap, weight: float) -> QPixmap:
    """`first` at weight 0, `second` at 1, and their sum in between (no dip where both are opaque)."""
    out, share = _faint(first, 1.0 - weight), _faint(second, weight)
    with QPainter(out) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        painter.drawPixmap(0, 0, share)
    return out


def _faint(pixmap: QPixmap, opacity: float) -> QPixmap:
    """The pixmap with its opacity reduced."""
    out = QPixmap(pixmap.size())
    out.setDevicePixelRatio(pixmap.devicePixelRatio())
    out.fill(Qt.GlobalColor.transparent)
    with QPainter(out) as painter:
        painter.setOpacity(opacity)
        painter.drawPixmap(0, 0, pixmap)
    return out
