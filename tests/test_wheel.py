"""What the wheel carries, and that the app finds it there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


def files(folder: str, prefix: str = "") -> set[str]:
    """Files of a top-level folder, as the wheel should name them."""
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {prefix + path.relative_to(ROOT).as_posix() for path in found}


def test_the_wheel_holds_the_program_and_all_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = files("coach") | files("assets", "coach/_data/") | files("exercises", "coach/_data/")
    assert expected - names == set()
    strangers = {name for name in names - expected if ".dist-info/" not in name}
    assert strangers == set()
    assert any(name.endswith("licenses/LICENSE-CONTENT") for name in names)


def test_the_app_finds_its_data_in_the_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-m", "coach", "today", "--profile", str(tmp_path / "me")]
    done = subprocess.run(
        command, cwd=tmp_path / "site", env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Daily six" in done.stdout
