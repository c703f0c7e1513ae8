"""The live preview of an exercise file: every level, play, both sides, reload on save, faults in words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coach.catalogue.loader import load_files
from coach.desktop.paths import resources
from coach.ui.preview import Preview, choices, state_after
from tests.samples import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SHIPPED = resources() / "exercises"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for path in SHIPPED.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path / "calf_raise.toml"


@pytest.fixture
def window(qtbot: QtBot, file: Path) -> Preview:
    preview = Preview(file, load_files)
    qtbot.addWidget(preview)
    return preview


def shows(window: Preview, scale: float) -> bool:
    return window.figure.pose is not None and window.figure.pose.scale == scale


def test_every_level_can_be_chosen_and_is_shown(window: Preview) -> None:
    levels = shipped().exercises["calf_raise"].levels
    assert window.picker.count() == len(levels)
    for row, level in enumerate(levels):
        window.picker.setCurrentIndex(row)
        assert level.pose in window.picker.currentText()
        assert window.figure.pose is not None
        assert window.figure.pose.contacts == shipped().exercises["calf_raise"].poses[level.pose].contacts
    assert window.problems.text() == "The file is sound."


def test_controls_reach_the_figure(window: Preview) -> None:
    window.play.setChecked(False)
    window.left.setChecked(True)
    assert window.figure.mirrored
    window.ghost.setChecked(True)
    window.cues.setChecked(False)
    assert (window.figure.state.ghost, window.figure.state.cues) == (True, False)
    window.progress.setFocus()
    QTest.keyClick(window.progress, Qt.Key.Key_End)
    assert window.figure.state.progress == 1.0
    window.still.setChecked(True)
    assert window.figure.state.still


def test_moving_the_slider_stops_the_playing(window: Preview) -> None:
    assert window.play.isChecked()
    window.progress.sliderMoved.emit(250)
    assert not window.play.isChecked()
    assert window.figure.state.progress == 0.25


def test_a_saved_change_is_shown(qtbot: QtBot, window: Preview, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("scale = 0.90", "scale = 0.70", 1), encoding="utf-8")
    qtbot.waitUntil(partial(shows, window, 0.70))


def test_a_file_replaced_by_an_editor_is_still_watched(qtbot: QtBot, window: Preview, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for scale in ("0.70", "0.60"):
        new = file.with_suffix(".new")
        new.write_text(text.replace("scale = 0.90", f"scale = {scale}", 1), encoding="utf-8")
        new.replace(file)
        qtbot.waitUntil(partial(shows, window, float(scale)))


def test_a_broken_file_keeps_the_last_picture_and_says_why(qtbot: QtBot, window: Preview, file: Path) -> None:
    window.picker.setCurrentIndex(2)
    shown = window.figure.pose
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('hold = "fixed"', 'hold = "tight"', 1), encoding="utf-8")
    qtbot.waitUntil(lambda: "tight" in window.problems.text())
    assert "calf_raise.toml" in window.problems.text()
    assert window.figure.pose is shown
    file.write_text(text, encoding="utf-8")
    qtbot.waitUntil(lambda: window.problems.text() == "The file is sound.")
    assert window.picker.currentIndex() == 2


def test_a_movement_that_cannot_be_is_said_in_words(window: Preview, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("x = 0.150, y = 0.578", "x = 0.950, y = 0.578", 1), encoding="utf-8")
    window.reload()
    assert "poses.two_legs_support: the near arm would have to stretch" in window.problems.text()


def test_playing_follows_the_tempo_and_counts_repetitions() -> None:
    times = (2.0, 1.0, 3.0)
    assert state_after(0.0, times) == (0.0, 0.0, 1)
    assert state_after(1.0, times)[0] == pytest.approx(0.5)
    assert state_after(2.5, times) == (1.0, 0.5, 1)
    assert state_after(4.5, times)[0] == pytest.approx(0.5)
    assert state_after(8.5, times) == (1.0, 0.5, 2)


def test_poses_without_a_level_are_offered_too() -> None:
    exercise = shipped().exercises["calf_stretch"]
    found = choices(exercise)
    assert len(found) == len(exercise.levels)
    assert all(not choice.paced for choice in found)
