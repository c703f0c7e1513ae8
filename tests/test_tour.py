"""`coach tour` where there is no display: guides the whole routine, pictures every screen, prints what was logged.

The same walk is done once more with the audit instead of pictures: at every station nothing is cut in the smallest
window with the largest text, and everything has a name.
"""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.app import make_application
from coach.cli import run
from coach.domain.preferences import Preferences, SessionTheme, ThemeChoice
from coach.tour import Tour
from coach.ui.audit import faults, nameless
from coach.ui.room import MIN_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 110
SIZE = (1000, 700)
LEAST_BYTES = 8_000
STATIONS = {
    "welcome",
    "today-first-day",
    "check-in-first-time",
    "today",
    "exercises",
    "exercise-calf_raise",
    "settings-sun-moon",
    "keys",
    "check-in",
    "session-towel_toe_curl-get_ready",
    "session-calf_raise-rest",
    "session-single_leg_balance-change",
    "session-hip_flexor_stretch-hold",
    "session-paused",
    "session-it-hurts",
    "session-end-question",
    "after",
    "today-done",
    "today-resume",
    "progress-empty",
    "progress",
    "progress-below",
    "progress-table",
    "progress-tables",
    "progress-dates",
    "progress-save",
    "progress-decided",
    "report",
    "data-backed-up",
    "data-export",
    "data-restore",
    "data-delete-exercise",
    "data-delete-days",
    "data-delete-everything",
    "data-exported",
    "data-import-known",
    "data-import-new",
    "data-import-refused",
    "settings-bell",
    "reminders-none",
    "reminders",
    "reminders-editor",
    "reminders-editor-more",
    "reminders-fault",
    "reminders-paused",
    "reminder-card",
    "reminders-log",
    "tray-menu",
    "question-morning_check",
    "question-weekly_check",
    "today-away",
    "recovery-no-backup",
    "recovery",
    "recovery-choose",
    "recovery-start-anew",
    "recovery-back",
    "data-locked",
    "unlock",
    "today-broken-file",
    "today-no-diary",
}
"""Some of each kind that may never be missing."""


def coach(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command where there is neither a display nor a word about which screen to use."""
    gone = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in gone}
    return subprocess.run(
        [sys.executable, "-m", "coach", *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height in a PNG's own words."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def test_a_tour_without_a_display_guides_prints_and_pictures_everything(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "pictures"
    done = coach("tour", "--out", str(out), "--theme", "dark", "--size", f"{SIZE[0]}x{SIZE[1]}")
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "plugin does not support" not in line]
    check_words(done.stdout, out)
    check_pictures(out)


def check_words(printed: str, out: Path) -> None:
    """Every bout of the routine is printed, done as planned."""
    bouts = re.findall(r"^  (.+?) +set (\d) (left|right|both) +(\d+) of (\d+) (reps|s), done", printed, re.MULTILINE)
    assert len(bouts) == 20
    assert all(real == planned for _, _, _, real, planned, _ in bouts)
    per_side = {side: sum(bout[2] == side for bout in bouts) for side in ("left", "right", "both")}
    assert per_side == {"left": 9, "right": 9, "both": 2}
    assert "Daily six" in printed
    assert re.search(r"Single-leg balance +set 1 left +15 of 15 s, done, 1 foot touch$", printed, re.MULTILINE)
    assert f"20 of 20 bouts done as planned; {len(list(out.iterdir()))} pictures in {out}" in printed


def check_pictures(out: Path) -> None:
    """Every station has a picture of the asked size; none is empty, and no two are the same."""
    names = {re.sub(r"^\d+-", "", path.stem): path for path in sorted(out.glob("*.png"))}
    assert set(names) >= STATIONS
    assert len(names) == len(list(out.iterdir()))  # none replaced another, and nothing else is left there
    assert {name: picture_size(path) for name, path in names.items()} == dict.fromkeys(names, SIZE)
    assert [name for name, path in names.items() if path.stat().st_size < LEAST_BYTES] == []
    seen: dict[bytes, list[str]] = {}
    for name, path in names.items():
        seen.setdefault(path.read_bytes(), []).append(name)
    assert [twins for twins in seen.values() if len(twins) > 1] == []


def test_a_language_that_is_not_there_yet_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tour", "--out", str(tmp_path / "out"), "--lang", "tlh"]) == 1
    said = capsys.readouterr().err
    assert said == "coach: There is no translation 'tlh' yet; there is: en.\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("size", ["12", "1x1", "0x0", "-5x700", "99999x700", "axb", "1280x800x2"])
def test_a_size_that_is_none_is_wrong_usage(size: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(["tour", "--out", str(tmp_path / "out"), f"--size={size}"])
    assert caught.value.code == 2
    assert "--size" in capsys.readouterr().err


@pytest.mark.parametrize("scale", ["0.5", "3", "nan", "-1"])
def test_a_scale_out_of_range_is_one_sentence(scale: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tour", "--out", str(tmp_path / "out"), f"--scale={scale}"]) == 1
    assert capsys.readouterr().err.startswith("coach: --scale must be 1 to 2, is ")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file stands here", encoding="utf-8")
    for out in (tmp_path / "taken", tmp_path / "taken" / "below"):
        assert run(["tour", "--out", str(out)]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"coach: The pictures cannot be written to {out}: ")
        assert said.count("\n") == 1


class AuditedTour(Tour):
    """The same walk, judged instead of pictured."""

    def __init__(self, application: QApplication, scratch: Path, preferences: Preferences) -> None:
        super().__init__(application, scratch, scratch / "none", MIN_SIZE, preferences)
        self.visited: set[str] = set()
        self.found: dict[str, list[str]] = {}

    def _save(self, shell: QWidget, name: str) -> None:
        self.visited.add(name)
        for window in (shell, *self._dialogs(), *self._over()):
            self.found.setdefault(name, []).extend((*faults(window), *nameless(window)))


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The one application; its looks are put back."""
    sheet, palette, font = qapp.styleSheet(), qapp.palette(), qapp.font()
    yield make_application()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.mark.expect_log("the diary cannot be used: StorageError", "the diary cannot be used: DamagedDiaryError")
@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_nothing_is_cut_at_any_station(
    application: QApplication, tmp_path: Path, theme: ThemeChoice, capsys: pytest.CaptureFixture[str]
) -> None:
    preferences = Preferences(
        theme=theme, session_theme=SessionTheme.SAME, text_percent=200, full_screen=False, safety_accepted="tour"
    )
    tour = AuditedTour(application, tmp_path, preferences)
    for walk in (
        tour.first_day,
        tour.pages,
        tour.whole_session,
        tour.cut_off,
        tour.progress,
        tour.data,
        tour.reminders,
        tour.troubles,
        tour.recovery,
        tour.locked,
    ):
        walk()
    assert tour.visited >= STATIONS
    assert {name: found for name, found in tour.found.items() if found} == {}
