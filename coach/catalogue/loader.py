"""All exercise and routine files of a few folders become one catalogue; a broken one is skipped and harms no other.

A folder holds exercises as `*.toml` and routines as `routines/*.toml`. The shipped folder comes first, the person's own
folders after it; where two files have the same id, the first one is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from coach.catalogue.build import build_exercise, build_routine, check_links
from coach.catalogue.faults import ContentError, problem_of
from coach.catalogue.pose_schema import PoseFile, to_pose
from coach.catalogue.reading import parse, read_text
from coach.catalogue.schema import FORMAT, ExerciseFile, RoutineFile
from coach.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from coach.domain.exercise import Exercise
    from coach.domain.figure.pose import Pose
    from coach.domain.routine import Routine

SUFFIX = ".toml"
ROUTINES = "routines"

_File = TypeVar("_File", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What could be read, by id in library order, and what could not."""

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file that is right in itself, not yet looked at together with the others."""

    path: Path
    text: str
    content: ExerciseFile | RoutineFile
    poses: Mapping[str, Pose]

    def problem(self, fault: ContentError) -> Problem:
        return problem_of(self.path, self.text, fault)


def load_catalogue(folders: Sequence[Path]) -> Catalogue:
    """Everything in `folders`. The first must exist; a later one that does not is simply empty."""
    files: list[Path] = []
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        try:
            files += folder_files(folder)
        except FileNotFoundError:
            if number == 0:
                problems.append(Problem(folder, "there is no such folder"))
        except OSError as error:
            problems.append(Problem(folder, f"the folder cannot be read: {error.strerror or error}"))
    catalogue = load_files(files)
    return replace(catalogue, problems=(*problems, *catalogue.problems))


def folder_files(folder: Path) -> list[Path]:
    """The content files of a folder and of its routines, by name, no hidden ones. OSError if it cannot be listed."""
    names = sorted(folder.iterdir())
    routines = folder / ROUTINES
    if routines.is_dir():
        names += sorted(routines.iterdir())
    return [path for path in names if path.suffix.lower() == SUFFIX and not path.name.startswith(".")]


def load_files(files: Iterable[Path]) -> Catalogue:
    """The catalogue of exactly these files; earlier ones win where an id comes twice."""
    entries: dict[tuple[type, str], _Entry] = {}
    problems: list[Problem] = []
    broken: set[str] = set()
    for path in files:
        entry = _open(path)
        if isinstance(entry, Problem):
            problems.append(entry)
            broken.add(path.stem)
            continue
        first = entries.setdefault((type(entry.content), entry.content.id), entry)
        if first is not entry:
            reason = f'"{entry.content.id}" is already the id of {first.path}, which is kept'
            problems.append(entry.problem(ContentError(reason, "id")))
    ordered = sorted(entries.values(), key=lambda entry: (entry.content.order, entry.content.id))
    exercises = _exercises(ordered, broken, problems)
    routines = _routines(ordered, exercises, broken, problems)
    return Catalogue(exercises, routines, tuple(problems))


def _exercises(entries: Sequence[_Entry], broken: set[str], problems: list[Problem]) -> dict[str, Exercise]:
    """The exercises among `entries`; adds to `broken` and `problems`."""
    known = {entry.content.id for entry in entries if isinstance(entry.content, ExerciseFile)} | broken
    exercises: dict[str, Exercise] = {}
    for entry in entries:
        if isinstance(entry.content, ExerciseFile):
            try:
                exercise = build_exercise(entry.content, entry.poses)
                check_links(exercise, known)
                exercises[exercise.id] = exercise
            except ContentError as fault:
                problems.append(entry.problem(fault))
                broken.add(entry.content.id)
    return {name: _without_dead_links(exercise, exercises) for name, exercise in exercises.items()}


def _routines(
    entries: Sequence[_Entry], exercises: Mapping[str, Exercise], broken: Collection[str], problems: list[Problem]
) -> dict[str, Routine]:
    """The routines among `entries`; adds to `problems`."""
    routines: dict[str, Routine] = {}
    for entry in entries:
        if isinstance(entry.content, RoutineFile):
            try:
                routines[entry.content.id] = build_routine(entry.content, exercises, broken)
            except ContentError as fault:
                problems.append(entry.problem(fault))
    return routines


def _without_dead_links(exercise: Exercise, exercises: Collection[str]) -> Exercise:
    """An alternative whose own file is broken keeps its words and loses its link: one fault must not spread."""
    if all(a.exercise is None or a.exercise in exercises for a in exercise.alternatives):
        return exercise
    kept = tuple(a if a.exercise in exercises else replace(a, exercise=None) for a in exercise.alternatives)
    return replace(exercise, alternatives=kept)


def _open(path: Path) -> _Entry | Problem:
    text = ""
    try:
        text = read_text(path)
        data = parse(text)
        content, poses = _convert(data)
        _check_name(path, content.id)
    except ContentError as fault:
        return problem_of(path, text, fault)
    return _Entry(path, text, content, poses)


def _check_name(path: Path, name: str) -> None:
    if name != path.stem:
        raise ContentError(f'expected the file\'s name "{path.stem}", found "{name}"', "id")


def _convert(data: dict[str, Any]) -> tuple[ExerciseFile | RoutineFile, dict[str, Pose]]:
    """Checked tables; a file with `items` is a routine. Poses go one by one, so that a fault names its pose."""
    version = data.get("format")
    if type(version) is int and version > FORMAT:
        raise ContentError(f"format {version} is newer than this program, which reads format {FORMAT}", "format")
    if "items" in data:
        return _table(data, RoutineFile), {}
    raw = data.get("poses", {})
    content = _table({**data, "poses": {}} if isinstance(raw, dict) else data, ExerciseFile)
    return content, {name: _pose(name, table) for name, table in raw.items()}


def _table(data: object, struct: type[_File]) -> _File:
    try:
        return msgspec.convert(data, struct)
    except msgspec.ValidationError as error:
        from coach.catalogue.expectations import fault_of

        raise fault_of(error, struct, data) from error


def _pose(name: str, raw: object) -> Pose:
    try:
        return to_pose(_table(raw, PoseFile))
    except ValueError as error:
        raise ContentError(str(error), "poses", name) from error
    except ContentError as fault:
        raise fault.under("poses", name) from fault
