"""Memory that was freed is given back, and where that cannot be, nothing happens."""

from __future__ import annotations

import ctypes
import sys

import pytest

from coach.desktop.memory import give_back


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux")
def test_the_library_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        """A C library that remembers."""

        malloc_trim = staticmethod(asked.append)

    monkeypatch.setattr(ctypes, "CDLL", lambda _name: Library)
    give_back()
    assert asked == [0]


def test_another_library_or_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    give_back()
    monkeypatch.setattr(sys, "platform", "win32")
    give_back()
