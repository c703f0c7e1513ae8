"""The `dev` command: what it starts, what it installs, and what it says when it may not."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The command as a module, with its virtual environment in a scratch folder."""
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    return module


@pytest.fixture
def started(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Everything `dev` starts, instead of starting it; setting up is skipped."""
    commands: list[list[str]] = []

    def start(command: list[str], **_: str) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(dev, "prepare", lambda group: None)
    monkeypatch.setattr(dev, "become", start)
    monkeypatch.setattr(dev, "call", start)
    for key in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(key, raising=False)
    return commands


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_the_tour_is_run(
    dev: ModuleType, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["run"]) == 0
    assert started == [["-m", "coach", "tour", "--out", str(ROOT / "out" / "tour")]]
    said = capsys.readouterr().err
    assert "no display" in said
    assert str(ROOT / "out" / "tour") in said


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_with_a_display_the_window_is_run(
    dev: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "something")
    dev.main(["run"])
    assert started == [["-m", "coach"]]


def test_words_after_run_go_to_the_app(dev: ModuleType, started: list[list[str]]) -> None:
    dev.main(["run", "--", "today", "--json"])
    assert started == [["-m", "coach", "today", "--json"]]


def test_preview_names_the_file(dev: ModuleType, started: list[list[str]]) -> None:
    dev.main(["preview", "my.toml"])
    assert started == [["-m", "coach", "preview", "my.toml"]]


def test_every_check_runs_before_the_tests(dev: ModuleType, started: list[list[str]]) -> None:
    assert dev.main(["test"]) == 0
    assert [Path(command[0]).name for command in started[:4]] == ["ruff", "ruff", "mypy", "lint-imports"]
    assert started[4][1:3] == ["-m", "pytest"]


def test_soaking_is_the_long_version_of_the_reliability_tests(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, started: list[list[str]]
) -> None:
    settings: list[dict[str, str]] = []
    start = dev.call

    def note(command: list[str], **changes: str) -> int:
        settings.append(changes)
        return int(start(command))

    monkeypatch.setattr(dev, "call", note)
    assert dev.main(["soak", "--figures", "out/figures.json"]) == 0
    assert started[0][-3:] == ["tests/reliability", "--figures", "out/figures.json"]
    assert settings == [{"QT_QPA_PLATFORM": "offscreen", "COACH_SOAK": "1"}]


def test_a_failed_check_fails_the_run_after_all_else_was_tried(
    dev: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    succeed = dev.call
    monkeypatch.setattr(dev, "call", lambda command, **changes: succeed(command) or int("mypy" in command[0]))
    assert dev.main(["test"]) == 1
    assert len(started) == 5
    assert capsys.readouterr().err.endswith("FAILED before the tests: types\n")


@pytest.mark.parametrize(("words", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_usage(dev: ModuleType, words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(words) == code
    captured = capsys.readouterr()
    assert "./dev run" in (captured.err if code else captured.out)


def dpkg(monkeypatch: pytest.MonkeyPatch, dev: ModuleType, answer: str) -> None:
    """Let `dpkg-query` answer this, and everything else fail."""

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        known = command[0] == "dpkg-query"
        return subprocess.CompletedProcess(command, 0 if known else 1, stdout=answer if known else "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


def test_packages_installed_or_provided_by_others_are_not_asked_for(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    dpkg(monkeypatch, dev, "")
    everything = dev.missing_packages("test")
    assert {"libegl1", "xvfb"} <= set(everything)
    assert "xvfb" not in dev.missing_packages("run")
    dpkg(
        monkeypatch,
        dev,
        "installed,libegl1,\ninstalled,libglib2.0-0t64,libglib2.0-0 (= 2.80)\nconfig-files,xvfb,\n",
    )
    assert set(everything) - set(dev.missing_packages("test")) == {"libegl1", "libglib2.0-0"}


def test_who_may_not_install_is_told_the_exact_command(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dpkg(monkeypatch, dev, "")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev, "has", lambda module, python=None: False)
    assert dev.install_system("run", needs_pip=True) is False
    command = capsys.readouterr().err.splitlines()[-1].strip()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert command.startswith(f"sudo apt-get install -y --no-install-recommends python{version}-venv ")
    assert "libegl1" in command


def test_on_other_systems_nothing_is_asked_for(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert dev.install_system("run", needs_pip=True) is True


def test_what_was_set_up_once_is_not_set_up_again_until_a_list_changes(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[str] = []
    python = tmp_path / "python"
    python.touch()
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1\n")
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "LOCKS", {"run": lock})

    def install_system(group: str, *, needs_pip: bool) -> bool:
        done.append("system")
        return True

    monkeypatch.setattr(dev, "install_system", install_system)
    monkeypatch.setattr(dev, "install_locked", lambda group: done.append("lock"))
    dev.prepare("run")
    dev.prepare("run")
    assert done == ["system", "lock"]
    lock.write_text("a==2\n")
    dev.prepare("run")
    assert done == ["system", "lock", "lock"]


def test_a_system_that_could_not_be_completed_is_looked_at_again(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(dev, "install_system", lambda group, needs_pip: asked.append(group))
    monkeypatch.setattr(dev, "install_locked", lambda group: None)
    dev.prepare("run")
    dev.prepare("run")
    assert asked == ["run", "run"]


def test_without_any_pip_it_says_so_and_makes_nothing(
    dev: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has", lambda module, python=None: False)
    with pytest.raises(SystemExit, match="neither has pip nor can make it"):
        dev.install_locked("run")
    assert started == []


def test_a_borrowed_pip_installs_into_an_environment_without_one(
    dev: ModuleType, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setattr(dev, "has", lambda module, python=None: module == "pip" and python is None)
    dev.install_locked("run")
    create, install = started
    assert create[1:4] == ["-m", "venv", "--without-pip"]
    assert install[1:5] == ["-m", "pip", "--python", str(dev.PYTHON)]
    assert {"--require-hashes", "--no-deps"} <= set(install)
