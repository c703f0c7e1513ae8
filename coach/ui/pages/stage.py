"""The figure of an exercise's page: it plays under the mouse or after Space, and has five stills to step through."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from coach.domain.figure.motion import FigureState
from coach.ui.figure.view import FigureView
from coach.ui.i18n import tr
from coach.ui.pages.demo import demo_state
from coach.ui.widgets.card import Card
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QPaintEvent

    from coach.domain.exercise import Exercise, Level
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery

FRAME_MS = 16
STILLS = 5


class Stage(QWidget):
    """A large figure and its five stills. `clock` gives seconds that only grow."""

    def __init__(self, look: Look, gallery: Gallery, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._look = look
        self._level: Level | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.player = Player(look, clock)
        column.addWidget(self.player)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.stills = [StillButton(look, gallery, n) for n in range(STILLS)]
        for still in self.stills:
            still.picked.connect(self._pick)
            row.addWidget(still)
        row.addStretch(0)
        column.addLayout(row)

    def show_level(self, exercise: Exercise, level: Level, person: int) -> None:
        """Show an exercise at a level."""
        self._level = level
        pose = exercise.poses[level.pose]
        self.player.show_level(exercise, level, person)
        for still in self.stills:
            still.show_still(Still(exercise.id, level.pose, pose, person, still.progress, cues=False), level)
        self.stills[-1].setChecked(True)

    def _pick(self, progress: float) -> None:
        self.player.freeze(progress)


class Player(Card):
    """The figure. Focus it and press Space, or point at it, and it moves at the tempo of its level."""

    def __init__(self, look: Look, clock: Callable[[], float]) -> None:
        super().__init__(look, pad=1, gap=0, fill="bg")
        self._clock = clock
        self._level: Level | None = None
        self._began = 0.0
        self._held = False
        self._rest = 1.0
        self.figure = FigureView()
        self.figure.setMinimumSize(QSize(200, 240))
        self.column.addWidget(self.figure)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Moving picture"))
        self._frames = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.step)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def playing(self) -> bool:
        """Whether it moves."""
        return self._frames.isActive()

    def show_level(self, exercise: Exercise, level: Level, person: int) -> None:
        """Show an exercise at a level, in its end position."""
        self._level = level
        self.figure.set_person(person)
        self.figure.set_scene(exercise.poses[level.pose])
        self.setAccessibleDescription(" ".join(step.text for step in level.steps))
        self.freeze(1.0)

    def play(self) -> None:
        """Move, from the start position."""
        if not self.playing and self._level is not None:
            self._began = self._clock()
            self._frames.start()
            self.step()

    def freeze(self, progress: float) -> None:
        """Stand still at a progress from 0 to 1."""
        self._held = False
        self._rest = progress
        self._frames.stop()
        self.figure.set_state(FigureState(progress))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(410, 344)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.play()

    def leaveEvent(self, event: QEvent) -> None:
        if not self._held:
            self.freeze(self._rest)

    def hideEvent(self, event: QHideEvent) -> None:
        self._frames.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif self.playing:
            self.freeze(self._rest)
        else:
            self.play()
            self._held = True

    def step(self) -> None:
        """Show where the movement is now."""
        if self._level is not None:
            elapsed = self._clock() - self._began
            self.figure.set_state(demo_state(self._level, elapsed, reduced_motion=self._look.reduced_motion))

    def _dress(self) -> None:
        self.figure.set_theme(self._look.dark)


class StillButton(QRadioButton):
    """One of the five stills."""

    picked = Signal(float)

    def __init__(self, look: Look, gallery: Gallery, number: int) -> None:
        super().__init__()
        self._look = look
        self.progress = number / (STILLS - 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(104)
        self.setAccessibleName(tr("Picture {number} of {count}", number=number + 1, count=STILLS))
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        self._picture = StillView(look, gallery, size=QSize(72, 72), radius=10, fill=None)
        column.addWidget(self._picture)
        self.toggled.connect(self._toggled)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 12

    def show_still(self, still: Still, level: Level) -> None:
        """Show this picture."""
        self._picture.set_still(still)

    def sizeHint(self) -> QSize:
        return QSize(76, 78)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 78)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme = self._look.theme
        fill = theme.sunken if self.underMouse() and not self.isChecked() else None
        rounded(painter, QRectF(self.rect()), 12, fill, theme.accent if self.isChecked() else None, 2.0)
        painter.end()

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on:
            self.picked.emit(self.progress)
