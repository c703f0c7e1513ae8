"""`./dev preview FILE`: an exercise file shown live while it is being written, reloaded on every save.

Every level and pose can be chosen, played at its tempo or held at any progress, on both sides, in both themes, as any
of the four people. A file with faults keeps the last good picture on screen and says in words what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from PySide6.QtCore import QElapsedTimer, QFileSystemWatcher, Qt, QTimer
from PySide6.QtGui import QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from coach.domain.figure.check import faults
from coach.domain.figure.motion import FigureState, minimum_jerk
from coach.ui.figure.palette import PEOPLE, palette
from coach.ui.figure.view import FigureView
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from coach.domain.exercise import Exercise
    from coach.domain.figure.pose import Pose
    from coach.errors import Problem


class Content(Protocol):
    """What reading files gives: the sound exercises by id, and what is wrong with the others."""

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """By id, which is the name of the file."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Every fault, with its file."""


Load: TypeAlias = "Callable[[Sequence[Path]], Content]"
"""Reads files. It is handed in because the screen does not know how files are read."""

_FRAME_MS: Final = 33
_SETTLE_MS: Final = 120
"""Editors write a file in several steps; wait until they are done."""
_SLIDER: Final = 1000
_HOLD: Final = (4.0, 12.0, 3.0)
"""In, hold and out in seconds for what has no tempo; long enough for two breaths."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One picture of the file: a level, or a pose that no level uses."""

    label: str
    pose: Pose
    times: tuple[float, float, float]
    paced: bool


def choices(exercise: Exercise) -> list[Choice]:
    """Every level in order, then the poses no level uses."""
    out = []
    for level in exercise.levels:
        tempo = level.tempo
        times = (float(tempo.effort), float(tempo.hold), float(tempo.back)) if tempo else _HOLD
        label = tr("Level {n} · {name} · {pose}", n=level.level, name=level.name, pose=level.pose)
        out.append(Choice(label, exercise.poses[level.pose], times, tempo is not None))
    used = {level.pose for level in exercise.levels}
    for key, pose in exercise.poses.items():
        if key not in used:
            out.append(Choice(tr("{pose} · no level uses it", pose=key), pose, _HOLD, paced=False))
    return out


def state_after(seconds: float, times: tuple[float, float, float]) -> tuple[float, float, int]:
    """Progress, seconds into the hold, and the repetition (from 1), endlessly repeated: there, hold, back."""
    effort, hold, back = times
    whole = effort + hold + back
    rep, t = divmod(seconds, whole)
    number = int(rep) + 1
    if t < effort:
        return minimum_jerk(t / effort), 0.0, number
    if t < effort + hold:
        return 1.0, t - effort, number
    return 1.0 - minimum_jerk((t - effort - hold) / back), 0.0, number


class Preview(QWidget):
    """The preview window of one file."""

    def __init__(self, path: Path, load: Load) -> None:
        super().__init__()
        self._path, self._load = path.absolute(), load
        self._choices: list[Choice] = []
        self._clock = QElapsedTimer()
        self._elapsed_before = 0.0
        self.figure = FigureView()
        self.figure.setMinimumSize(360, 360)
        self.problems = QLabel()
        self.problems.setWordWrap(True)
        self.problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.problems.setAccessibleName(tr("Faults of the file"))
        self._build()
        self._ticker = QTimer(self, interval=_FRAME_MS)
        self._ticker.timeout.connect(self._tick)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        # Editors that replace the file are seen through its folder.
        self._watcher = QFileSystemWatcher([str(self._path), str(self._path.parent)], self)
        self._watcher.fileChanged.connect(lambda _: self._settle.start())
        self._watcher.directoryChanged.connect(self._folder_changed)
        self.setWindowTitle(tr("{file} — preview", file=self._path.name))
        self.resize(1000, 720)
        self._recolour()
        self.reload()
        self.play.setChecked(True)

    # building ---------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.picker = QComboBox()
        self.picker.setAccessibleName(tr("Level or pose"))
        self.picker.currentIndexChanged.connect(self._choose)
        self.play = QPushButton(tr("Play"))
        self.play.setCheckable(True)
        self.play.toggled.connect(self._set_playing)
        self.progress = QSlider(Qt.Orientation.Horizontal)
        self.progress.setMaximum(_SLIDER)
        self.progress.setAccessibleName(tr("Progress of the movement"))
        self.progress.sliderMoved.connect(self._scrub)
        self.progress.actionTriggered.connect(lambda _: self._scrub(self.progress.sliderPosition()))
        self.person = QComboBox()
        self.person.setAccessibleName(tr("Person"))
        self.person.addItems([tr("Person {n}", n=n) for n in range(1, PEOPLE + 1)])
        self.person.currentIndexChanged.connect(self.figure.set_person)
        self.left = self._check(tr("Left side"), "L")
        self.dark = self._check(tr("Dark theme"), "T")
        self.cues = self._check(tr("Arrows"), "A")
        self.ghost = self._check(tr("Ghost of the end position"), "G")
        self.still = self._check(tr("Reduced motion"), "R")
        self.cues.setChecked(True)
        QShortcut(QKeySequence(Qt.Key.Key_Space), self).activated.connect(self.play.toggle)
        side = QVBoxLayout()
        for widget in (
            self.picker, self.play, self.progress, self.person,
            self.left, self.dark, self.cues, self.ghost, self.still,
        ):  # fmt: skip
            side.addWidget(widget)
        side.addWidget(self.problems)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.addLayout(side, 1)
        row.addWidget(self.figure, 3)

    def _check(self, text: str, key: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(tr("Key {key}", key=key))
        box.toggled.connect(self._restyle)
        QShortcut(QKeySequence(key), self).activated.connect(box.toggle)
        return box

    # file -------------------------------------------------------------------------------------------------------------

    def _folder_changed(self) -> None:
        if str(self._path) not in self._watcher.files() and self._path.exists():
            self._watcher.addPath(str(self._path))
            self._settle.start()

    def reload(self) -> None:
        """Read the file again; a faulty one leaves the last good picture on screen."""
        # The neighbours come along because an exercise may name another as an alternative.
        others = [path for path in sorted(self._path.parent.glob("*.toml")) if path != self._path]
        content = self._load([self._path, *others])
        exercise = content.exercises.get(self._path.stem)
        lines = [str(problem) for problem in content.problems if problem.file == self._path]
        if exercise is not None:
            for key, pose in exercise.poses.items():
                lines += [f"poses.{key}: {fault}" for fault in faults(pose)]
            self._show_choices(choices(exercise))
        self.problems.setText("\n\n".join(lines) if lines else tr("The file is sound."))

    def _show_choices(self, found: list[Choice]) -> None:
        row = max(0, self.picker.currentIndex())
        self._choices = found
        self.picker.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.picker.clear()
        self.picker.addItems([choice.label for choice in found])
        self.picker.setCurrentIndex(min(row, len(found) - 1))
        self.picker.blockSignals(False)  # noqa: FBT003
        self._choose()

    # picture ----------------------------------------------------------------------------------------------------------

    def _chosen(self) -> Choice | None:
        row = self.picker.currentIndex()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def _choose(self) -> None:
        choice = self._chosen()
        if choice is not None:
            self.figure.set_scene(choice.pose, self.left.isChecked())
            self.figure.setAccessibleName(choice.label)
            self._show(self.progress.value() / _SLIDER)

    def _restyle(self) -> None:
        self.figure.set_theme(self.dark.isChecked())
        self._recolour()
        self._choose()

    def _recolour(self) -> None:
        colours = palette(self.dark.isChecked(), 0)
        look = QPalette(QColor.fromRgba(colours.prop_l), QColor.fromRgba(colours.background))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            look.setColor(role, QColor.fromRgba(colours.ink))
        self.setPalette(look)
        self.setAutoFillBackground(True)

    def _set_playing(self, playing: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.play.setText(tr("Pause") if playing else tr("Play"))
        if playing:
            self._clock.start()
            self._ticker.start()
        else:
            self._elapsed_before += self._clock.elapsed() / 1000.0
            self._ticker.stop()

    def _tick(self) -> None:
        choice = self._chosen()
        if choice is None:
            return
        seconds = self._elapsed_before + self._clock.elapsed() / 1000.0
        progress, hold_s, rep = state_after(seconds, choice.times)
        self.progress.setValue(round(progress * _SLIDER))
        self._show(progress, hold_s, rep)

    def _scrub(self, value: int) -> None:
        self.play.setChecked(False)
        self._show(value / _SLIDER)

    def _show(self, progress: float, hold_s: float = 0.0, rep: int = 1) -> None:
        still = self.still.isChecked()
        self.figure.set_state(
            FigureState(
                float(round(progress)) if still else progress,
                hold_s=hold_s,
                rep=rep,
                cues=self.cues.isChecked(),
                ghost=self.ghost.isChecked(),
                still=still,
            )
        )


def run(application: QApplication, file: Path, load: Load) -> int:
    """Show one exercise file until its window is closed; returns the exit code."""
    window = Preview(file, load)
    window.show()
    return application.exec()
