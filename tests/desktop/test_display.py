"""Asking for a screen before Qt does."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from coach.desktop.display import why_no_display

if TYPE_CHECKING:
    from pathlib import Path


def test_other_systems_always_have_one() -> None:
    assert why_no_display({}, "win32") == ""
    assert why_no_display({}, "darwin") == ""


def test_a_chosen_platform_is_trusted() -> None:
    assert why_no_display({"QT_QPA_PLATFORM": "offscreen"}, "linux") == ""


def test_nothing_set_is_no_display() -> None:
    assert "no display" in why_no_display({}, "linux")


@pytest.mark.parametrize("display", [":7654", "nonsense", ":x", "unix:7654.0"])
def test_a_display_that_does_not_answer_is_named(display: str) -> None:
    assert display in why_no_display({"DISPLAY": display}, "linux")


def test_a_wayland_socket_counts(tmp_path: Path) -> None:
    path = tmp_path / "wayland-0"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert why_no_display(environ, "linux") == ""
    path.unlink()
    assert why_no_display(environ, "linux")
