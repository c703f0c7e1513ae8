"""What `coach check FILE…` finds: exactly what the program would say about these files, and nothing about others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.catalogue.loader import ROUTINES, folder_files, load_files
from coach.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def check(paths: Sequence[Path], shipped: Path | None = None) -> tuple[Problem, ...]:
    """Faults of the files and folders in `paths`.

    References may point to files in `shipped` (the built-in folder), beside a checked file, or in `paths` themselves.
    """
    files, problems = _expand(paths)
    checked = {_identity(file): file for file in files}
    around = [*([shipped] if shipped else ()), *dict.fromkeys(_home(file) for file in files)]
    once = {_identity(file): file for folder in around for file in _listed(folder)} | checked
    found = load_files(once.values()).problems
    return (*problems, *(problem for problem in found if _identity(problem.file) in checked))


def _expand(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Folders become their files."""
    files: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        try:
            listed = folder_files(path)
        except OSError as error:
            problems.append(Problem(path, f"the folder cannot be read: {error.strerror or error}"))
        else:
            files += listed
            if not listed:
                problems.append(Problem(path, "there is no exercise or routine file in this folder"))
    return files, problems


def _home(file: Path) -> Path:
    """The folder whose exercises a file may refer to."""
    folder = file.absolute().parent
    return folder.parent if folder.name == ROUTINES else folder


def _listed(folder: Path) -> list[Path]:
    try:
        return folder_files(folder)
    except OSError:
        return []


def _identity(file: Path) -> tuple[int, int] | Path:
    """The same for every spelling of one file."""
    try:
        info = file.stat()
    except OSError:
        return file.absolute()
    return info.st_dev, info.st_ino
