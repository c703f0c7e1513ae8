"""Memory that is free, or not needed for now, is given back, and where that cannot be, nothing happens."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from coach.desktop import memory
from coach.desktop.memory import give_back, rest

if TYPE_CHECKING:
    from pathlib import Path

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux")


@on_linux
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
    rest()
    monkeypatch.setattr(sys, "platform", "win32")
    give_back()
    rest()


@on_linux
def test_a_system_that_does_not_tell_its_mappings_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "_MAPS", tmp_path / "smaps")
    rest()


RESTING = """
import json, re, sqlite3, ssl, xml.etree.ElementTree
from pathlib import Path
from coach.desktop.memory import rest

def mapped():
    return int(re.search(r"^RssFile:\\s+(\\d+)", Path("/proc/self/status").read_text(), re.M)[1])

def work():
    ssl.create_default_context()
    return sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0]

rest()
before = work() and mapped()
rest()
print(json.dumps([before, mapped(), work(), mapped()]))
"""


@on_linux
def test_code_is_let_go_and_comes_back_when_it_runs() -> None:
    said = subprocess.run([sys.executable, "-c", RESTING], capture_output=True, text=True, check=True).stdout
    before, at_rest, answer, after = json.loads(said)
    assert answer == 42
    assert at_rest < 0.8 * before
    assert after > at_rest


def mapping(first: int, rights: str, what: str, own_kb: int) -> str:
    """An entry of the system's list, shortened."""
    return (
        f"{first:x}-{first + 0x1000:x} {rights} 00000000 fe:01 1017 {what}\nSize:  4 kB\nRss:  4 kB\n"
        f"Anonymous:  {own_kb} kB\nSwap:  0 kB\nVmFlags: rd ex mr\n"
    )


def test_only_code_as_it_is_in_its_file_can_be_had_again() -> None:
    library = "/usr/lib/with a space/libQt6Gui.so.6"
    entries = [
        mapping(0x1000, "r-xp", library, 4),  # changed in memory, by a debugger for one
        mapping(0x2000, "r-xp", library, 0),
        mapping(0x3000, "rw-p", library, 0),
        mapping(0x4000, "r--p", library, 0),  # may still be written to while a library is being loaded
        mapping(0x5000, "r-xs", "/memfd:closures", 0),
        mapping(0x6000, "r-xp", "", 0),
        mapping(0x7000, "r-xp", "[vdso]", 0),
        mapping(0x8000, "r-xp", "/usr/bin/python3", 0),
    ]
    assert memory._code("".join(entries)) == [(0x2000, 0x3000), (0x8000, 0x9000)]
