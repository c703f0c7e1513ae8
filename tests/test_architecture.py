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
    ("layers", "a_new_room.py", "'''A top-level module that no layer names.'''"),
    ("qt", "services/__init__.py", "import PySide6.QtCore"),
    ("qt", "bootstrap.py", "import coach.ui.i18n"),
    ("sql", "domain/__init__.py", "import sqlite3"),
    ("sql", "ui/__init__.py", "def late():\n    import sqlalchemy"),
    ("msgspec", "storage/__init__.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import msgspec"),
]
"""(contract, file to extend, lines that break it): direct, indirect, type-only and in-function imports."""

CORE = ["domain", "services", "catalogue", "storage", "desktop"]
"""The rooms below `ui`, whose tests run without Qt."""


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
    assert not loaded & {"PySide6", "shiboken6"}


HEAVY = {"sqlalchemy", "sqlite3", "alembic", "apscheduler", "msgspec", "numpy", "pyqtgraph", "asyncio", "tomli_w"}


@pytest.mark.parametrize("door", ["coach.__main__", "coach.cli", "coach.app", "coach.bootstrap"])
def test_start_up_loads_only_what_the_first_picture_needs(door: str) -> None:
    loaded = loaded_by(f"import {door}")
    assert "coach" in loaded
    assert not loaded & HEAVY
    if door != "coach.app":
        assert "PySide6" not in loaded


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
