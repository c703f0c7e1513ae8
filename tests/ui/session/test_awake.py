"""The display stays on while the person moves, and only then."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from coach.ui.session.awake import DesktopAwake
from tests.ui.conftest import ASSETS


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no dbus-run-session on this machine")
def test_the_desktop_is_asked_once_for_each_stretch_and_let_go_after_it() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.ui.session.awake_scene"]
    played = subprocess.run(command, cwd=ASSETS.parent, check=False, capture_output=True, text=True, timeout=60)
    assert played.stdout.strip() == " ".join(["kept awake by Foot Coach, let go."] * 2), played.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is a matter of Linux desktops")
def test_without_a_desktop_nothing_breaks() -> None:
    awake = DesktopAwake()
    awake.keep(on=True)
    awake.keep(on=False)
