"""What the desktop says about movement."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from coach.ui.theme.motion import PortalWatch, _macos_reduces, reduces, watch_motion
from tests.ui.conftest import ASSETS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("key", "value", "meaning"),
    [
        ("enable-animations", True, False),
        ("enable-animations", False, True),
        ("enable-animations", "yes", None),
        ("AnimationDurationFactor", "0", True),
        ("AnimationDurationFactor", "0.5", False),
        ("AnimationDurationFactor", 1.0, False),
        ("AnimationDurationFactor", "", None),
        ("color-scheme", 1, None),
    ],
)
def test_each_desktop_has_its_own_words(key: str, value: object, meaning: bool | None) -> None:
    assert reduces(key, value) is meaning


@pytest.mark.skipif(sys.platform != "linux", reason="the settings portal is a matter of Linux desktops")
def test_without_a_desktop_nothing_is_said_and_nothing_breaks(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    watch = watch_motion(told.append)
    assert isinstance(watch, PortalWatch)
    watch.deleteLater()
    qtbot.wait(1)
    assert told == []


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no dbus-run-session on this machine")
def test_the_portal_is_asked_and_heard() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.ui.theme.portal_scene"]
    played = subprocess.run(command, cwd=ASSETS.parent, check=False, capture_output=True, text=True, timeout=60)
    assert played.stdout.splitlines()[-1] == "[True, False] True", played.stderr


def test_macos_keeps_it_in_its_preferences(tmp_path: Path) -> None:
    file = tmp_path / "com.apple.universalaccess.plist"
    assert not _macos_reduces(file)
    file.write_bytes(plistlib.dumps({"reduceMotion": True}))
    assert _macos_reduces(file)
    file.write_bytes(b"not a plist")
    assert not _macos_reduces(file)
