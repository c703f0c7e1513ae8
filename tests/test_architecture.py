"""The layers hold, each contract is able to fail, and start-up loads nothing it does not need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = [
    c["id"] for c in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
]

OFFENCES = [
    ("layers", "domain/__init__.py", "import coach.services"),
    ("layers", "storage/__init__.py", "import coach.catalogue"),
    ("layers", "ui/__init__.py", "from coach import bootstrap"),
    ("layers", "reminders/__init__.py", "import coach.storage"),
    ("layers", "a_new_room.py", "'''A top-level module that no layer names.'''"),
    ("layers", "reports/__init__.py", "import coach.storage"),
    ("qt", "reports/__init__.py", "def late():\n    import PySide6"),
    ("qt", "services/__init__.py", "import PySide6.QtCore"),
    ("qt", "bootstrap.py", "import coach.ui.i18n"),
    ("sql", "domain/__init__.py", "import sqlite3"),
    ("sql", "ui/__init__.py", "def late():\n    import sqlalchemy"),
    ("sql", "desktop/__init__.py", "import psycopg"),
    ("keyring", "storage/__init__.py", "def late():\n    import keyring"),
    ("msgspec", "storage/__init__.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import msgspec"),
    ("notifications", "ui/__init__.py", "def late():\n    from desktop_notifier import DesktopNotifier"),
    ("notifications", "reminders/__init__.py", "import dbus_fast.aio"),
    ("apscheduler", "services/__init__.py", "def late():\n    import apscheduler.triggers.date"),
]
"""(contract, file to extend, lines that break it): direct, indirect, type-only and in-function imports."""

CORE = [
    "domain",
    "services",
    "catalogue",
    "desktop",
    "reminders",
    *(f"storage/test_{name}.py" for name in ("archive", "backups", "journal", "migrations", "round_trip", "schema")),
]
"""Tests of the rooms below `ui` that run without Qt; of storage's, which know no Qt either, those that are quick."""


def lint_imports(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the copy of `coach` in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache", *args]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The sources alone, to be broken at will."""
    shutil.copytree(ROOT / "coach", tmp_path / "coach", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_layers_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "file", "lines"), OFFENCES)
def test_each_contract_can_fail(copy: Path, contract: str, file: str, lines: str) -> None:
    with (copy / "coach" / file).open("a", encoding="utf-8") as source:
        source.write(f"\n{lines}\n")
    done = lint_imports(copy, "--contract", contract)
    assert done.returncode != 0, done.stdout
    assert "BROKEN" in done.stdout or "a_new_room" in done.stdout + done.stderr


def test_no_contract_goes_unproven() -> None:
    assert {contract for contract, _, _ in OFFENCES} == set(CONTRACTS)


def loaded_by(statement: str) -> set[str]:
    """Top-level packages that a fresh interpreter has loaded after running `statement`."""
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_core_is_built_without_qt(tmp_path: Path) -> None:
    loaded = loaded_by(
        "from pathlib import Path\nfrom coach.bootstrap import open_core\n"
        f"core = open_core(Path({str(tmp_path)!r}))\ncore.load_catalogue()\ncore.open_diary().close()"
    )
    assert "sqlalchemy" in loaded
    assert not loaded & {"PySide6", "shiboken6", "psycopg"}


def test_the_alarm_clock_brings_neither_qt_nor_the_database() -> None:
    """The import contracts cannot see that a part of APScheduler would."""
    loaded = loaded_by("import coach.reminders.alarm")
    assert "apscheduler" in loaded
    assert not loaded & {"PySide6", "shiboken6", "sqlalchemy", "sqlite3"}


def test_the_desktop_is_spoken_to_only_when_there_is_something_to_say() -> None:
    loaded = loaded_by(
        "from coach.desktop.bus import Bus\nfrom coach.desktop.loop import Loop\n"
        "from coach.desktop.notices import desktop_notices\nfrom coach.desktop.surroundings import open_computer\n"
        "from coach.desktop.waking import Waking\nloop = Loop()\nsession, system = Bus(loop), Bus(loop, system=True)\n"
        "notices = desktop_notices(loop, session)\nnotices.start(print, print)\n"
        "open_computer(loop, session, system, 'linux'); Waking(loop, system, print)\nassert not loop.running"
    )
    assert not loaded & {"asyncio", "dbus_fast", "desktop_notifier", "PySide6"}


HEAVY = {
    "sqlcipher3",
    "keyring",
    "sqlalchemy",
    "sqlite3",
    "alembic",
    "psycopg",
    "apscheduler",
    "msgspec",
    "numpy",
    "pyqtgraph",
    "asyncio",
    "tomli_w",
    "dbus_fast",
    "desktop_notifier",
}


@pytest.mark.parametrize("door", ["coach.__main__", "coach.cli", "coach.app", "coach.bootstrap"])
def test_start_up_loads_only_what_the_first_picture_needs(door: str) -> None:
    loaded = loaded_by(f"import {door}")
    assert "coach" in loaded
    assert not loaded & HEAVY
    if door != "coach.app":
        assert "PySide6" not in loaded


def test_today_is_told_from_a_glance_at_the_diary(tmp_path: Path) -> None:
    answer = f"from coach.cli import run\nassert run(['today', '--profile', {str(tmp_path)!r}]) == 0"
    assert "sqlalchemy" in loaded_by(answer)  # the first time, to make the diary
    assert not loaded_by(answer) & {"sqlalchemy", "PySide6"}


WATCHED_START = """
import sys
from pathlib import Path
import coach.ui.hooks

def tell(moment):
    import PySide6.QtCore
    print(moment, *sys.modules, *(["Qt"] if "Qt" in vars(PySide6.QtCore) else []))
    if moment == "start_live":
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        QTimer.singleShot(0, QApplication.quit)

coach.ui.hooks.trace = tell
from coach.app import run_window
sys.exit(run_window(Path(sys.argv[1])))
"""
"""Starts the real window and prints what has been loaded at each traced moment; `Qt` stands for Qt's namespace."""

FIRST_WINDOW = {
    "coach", "coach.app", "coach.errors", "coach.desktop", "coach.desktop.crash", "coach.desktop.display",
    "coach.fsutil", "coach.desktop.paths", "coach.ui", "coach.ui.hooks", "coach.ui.i18n", "coach.ui.place",
    "coach.ui.room", "coach.ui.shell", "coach.ui.single", "coach.ui.window",
    "PySide6", "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets",
}  # fmt: skip
"""All of ours and of Qt's that may be there when the empty window has been painted."""

NOT_FOR_START = (
    "sqlalchemy", "alembic", "json", "coach.storage.diary", "coach.services", "coach.domain.records",
    "coach.domain.plan", "coach.domain.timeline", "coach.domain.session", "coach.domain.figure.side", "coach.ui.figure",
    "coach.ui.session_flow", "coach.ui.session.view", "coach.ui.session.screen", "coach.ui.help",
    "coach.ui.pages.after", "coach.ui.pages.checkin", "coach.ui.pages.detail", "coach.ui.pages.exercises",
    "coach.ui.pages.settings", "coach.ui.pages.welcome", "coach.ui.pages.recovery", "coach.ui.recovery_flow",
    "coach.ui.data_flow", "coach.ui.data_words", "coach.ui.choosing", "coach.ui.charts",
    "coach.domain.reminders", "coach.reminders", "apscheduler", "coach.ui.reminders", "coach.ui.reminding_flow",
    "coach.ui.tray", "coach.ui.resident", "coach.ui.questions", "coach.ui.pages.reminders", "coach.desktop.loop",
    "coach.domain.progress", "coach.ui.progress_flow", "coach.ui.pages.progress", "coach.ui.charts", "coach.ui.paper",
    "coach.ui.library_flow",
    "coach.desktop.bus", "coach.desktop.notices", "coach.desktop.surroundings", "coach.desktop.autostart",
    "coach.ui.widgets.dialog", "coach.ui.widgets.toast",
    "PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtMultimedia", "PySide6.QtTextToSpeech",
)  # fmt: skip
"""What today's routine, with Start ready to be pressed, does not need: neither these nor what is inside them."""


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What is loaded at each moment of a start, by a person who has been here before."""
    folder = tmp_path_factory.mktemp("person")
    (folder / "settings.toml").write_text('safety_accepted = "2026-11-15T08:30:00+00:00"\n', encoding="utf-8")
    command = [sys.executable, "-c", WATCHED_START, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for times in ("first", "second"):  # the second one remembers the colour of the window
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, f"{times} start: {done.stderr}"
    lines = (line.split() for line in done.stdout.splitlines())
    return {moment: set(names) for moment, *names in lines}


def test_the_first_window_is_there_before_anything_that_fills_it(moments: dict[str, set[str]]) -> None:
    ours = {name for name in moments["first_paint"] if name.split(".")[0] in {"coach", "PySide6", "Qt"}}
    assert {name for name in ours if not name.startswith("PySide6.support")} == FIRST_WINDOW
    assert not moments["first_paint"] & HEAVY


def test_start_can_be_pressed_before_the_diary_and_later_pages_are_loaded(moments: dict[str, set[str]]) -> None:
    early = {
        name
        for name in moments["start_live"]
        if any(name == part or name.startswith(f"{part}.") for part in NOT_FOR_START)
    }
    assert early == set()
    assert {"coach.ui.pages.today", "coach.catalogue.loader"} <= moments["start_live"]


def test_the_core_passes_its_tests_where_qt_is_not_installed(home: Path) -> None:
    code = "import sys; sys.modules['PySide6'] = None; import pytest; sys.exit(pytest.main(sys.argv[1:]))"
    # pytest-qt needs Qt itself, so its plugin stays out and its settings are strange; the rest is as usual.
    settings = [
        "-p",
        "no:pytest-qt",
        "-p",
        "no:randomly",
        "--override-ini=addopts=",
        "-q",
        "--hypothesis-profile=quick",
    ]
    settings += ["-W", "ignore::pytest.PytestConfigWarning"]
    folders = [str(ROOT / "tests" / name) for name in CORE]
    command = [sys.executable, "-c", code, *settings, f"--basetemp={home / 'b'}", *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
