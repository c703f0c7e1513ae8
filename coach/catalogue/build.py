"""From the tables of a file to the domain's exercise and routine, with the rules that types cannot express.

Texts may be wrapped over several lines in the file; runs of white space become one space here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.catalogue.faults import ContentError
from coach.domain.exercise import (
    Alternative,
    Exercise,
    Kind,
    Level,
    PhaseWords,
    Range,
    Sides,
    Source,
    Step,
    StopRule,
    Tempo,
)
from coach.domain.routine import Routine, RoutineItem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from coach.catalogue.schema import (
        ExerciseFile,
        ItemTable,
        LevelTable,
        PhasesTable,
        RoutineFile,
        StepTable,
    )
    from coach.domain.figure.pose import Pose

_EVERY_DAY = 7


def build_exercise(file: ExerciseFile, poses: Mapping[str, Pose]) -> Exercise:
    """The exercise of a file whose keys, types and bounds are right; ContentError where its parts disagree."""
    return Exercise(
        id=file.id,
        title=_plain(file.title),
        summary=_plain(file.summary),
        purpose=_plain(file.purpose),
        muscles=_all_plain(file.muscles),
        areas=tuple(file.areas),
        kind=file.kind,
        category=file.category,
        loads=file.loads,
        equipment=_all_plain(file.equipment),
        start=_plain(file.start),
        mistakes=_all_plain(file.mistakes),
        stop_rules=tuple(StopRule(_plain(rule.text), rule.urgent) for rule in file.stop_rules),
        alternatives=tuple(Alternative(_plain(a.when), _plain(a.do), a.exercise) for a in file.alternatives),
        sources=tuple(Source(s.key, s.kind, _plain(s.reference), _plain(s.gives), s.tag) for s in file.sources),
        dose_note=_plain(file.dose_note),
        levels=_levels(file, poses),
        default_level=_default_level(file),
        poses=poses,
    )


def check_links(exercise: Exercise, ids: Collection[str]) -> None:
    """ContentError if an alternative names an exercise that has no file."""
    for number, alternative in enumerate(exercise.alternatives):
        if alternative.exercise is not None and alternative.exercise not in ids:
            raise ContentError(f'there is no exercise "{alternative.exercise}"', "alternatives", number, "exercise")


def build_routine(file: RoutineFile, exercises: Mapping[str, Exercise], broken: Collection[str] = ()) -> Routine:
    """The routine of a file; `broken` are ids of exercises whose files were skipped."""
    items = []
    for number, table in enumerate(file.items):
        try:
            items.append(_item(table, exercises, broken))
        except ContentError as fault:
            raise fault.under("items", number) from fault
    return Routine(file.id, _plain(file.title), _plain(file.summary), tuple(items))


def _item(table: ItemTable, exercises: Mapping[str, Exercise], broken: Collection[str]) -> RoutineItem:
    exercise = exercises.get(table.exercise)
    if exercise is None:
        lost = f'the file of "{table.exercise}" could not be used'
        raise ContentError(lost if table.exercise in broken else f'there is no exercise "{table.exercise}"', "exercise")
    if table.level > len(exercise.levels):
        raise ContentError(f"{exercise.id} has levels 1 to {len(exercise.levels)}, found {table.level}", "level")
    wanted, other = ("reps", "hold_s") if exercise.kind is Kind.REPS else ("hold_s", "reps")
    if getattr(table, other) is not None:
        raise ContentError(f"{exercise.id} is measured in {wanted}", other)
    if getattr(table, wanted) is None:
        raise ContentError(f"missing: {exercise.id} is measured in {wanted}", wanted)
    return RoutineItem(exercise, table.level, table.sets, table.reps, table.hold_s, table.rest_s)


def _default_level(file: ExerciseFile) -> int:
    if file.default_level > len(file.levels):
        raise ContentError(f"expected one of the levels 1 to {len(file.levels)}", "default_level")
    return file.default_level


def _levels(file: ExerciseFile, poses: Mapping[str, Pose]) -> tuple[Level, ...]:
    levels = []
    for number, table in enumerate(file.levels):
        try:
            _check_number_and_pose(table, number + 1, poses)
            levels.append(_level(file, table))
        except ContentError as fault:
            raise fault.under("levels", number) from fault
    return tuple(levels)


def _check_number_and_pose(table: LevelTable, number: int, poses: Collection[str]) -> None:
    if table.level != number:
        raise ContentError(f"levels count up from 1: expected {number}, found {table.level}", "level")
    if table.pose not in poses:
        raise ContentError(f'no pose "{table.pose}" in this file; there is {", ".join(poses) or "none"}', "pose")


def _level(file: ExerciseFile, table: LevelTable) -> Level:
    rest = _range(table.rest_s, "rest_s")
    return Level(
        level=table.level,
        name=_plain(table.name),
        variant=_plain(table.variant),
        sets=_range(table.sets, "sets"),
        sides=table.sides,
        rest_s=rest.low,
        rest_max_s=rest.high if rest.high > rest.low else None,
        per_week=_days(table),
        daily_ok=table.daily_ok,
        go_up=_plain(table.go_up),
        pose=table.pose,
        setup=_setup(table),
        cues=_all_plain(file.cues if table.cues is None else table.cues),
        steps=_steps(file, table),
        phases=_phases(file.phases if table.phases is None else table.phases),
        equipment=_all_plain(file.equipment if table.equipment is None else table.equipment),
        tag=table.tag,
        reps=_measure(file.kind, table, "reps"),
        tempo=_tempo(file.kind, table),
        hold_s=_measure(file.kind, table, "hold_s"),
        load_kg=_load(table),
        ask_worst_pain=table.ask_worst_pain,
    )


def _measure(kind: Kind, table: LevelTable, key: str) -> Range | None:
    """Reps where the kind counts them, seconds of hold everywhere else."""
    value: int | list[int] | None = getattr(table, key)
    if (key == "reps") == (kind is Kind.REPS):
        if value is None:
            raise ContentError(f"missing: an exercise of kind {kind} needs it", key)
        return _range(value, key)
    if value is not None:
        raise ContentError(f"an exercise of kind {kind} has none", key)
    return None


def _tempo(kind: Kind, table: LevelTable) -> Tempo | None:
    if kind is not Kind.REPS:
        if table.tempo is not None:
            raise ContentError(f"an exercise of kind {kind} has none", "tempo")
        return None
    if table.tempo is None:
        raise ContentError("missing: expected seconds of effort, hold and return, such as [2, 1, 3]", "tempo")
    tempo = Tempo(*table.tempo)
    if tempo.seconds == 0:
        raise ContentError("a repetition lasts at least 1 second", "tempo")
    return tempo


def _steps(file: ExerciseFile, table: LevelTable) -> tuple[Step, ...]:
    steps: Sequence[StepTable] = file.steps if table.steps is None else table.steps
    seconds = [step.seconds for step in steps if step.seconds is not None]
    if table.tempo is not None and len(seconds) == len(steps) and sum(seconds) != sum(table.tempo):
        reason = f"the steps take {sum(seconds)} s, but a repetition takes {sum(table.tempo)} s"
        raise ContentError(reason, "tempo" if table.steps is None else "steps")
    return tuple(Step(_plain(step.text), step.seconds) for step in steps)


def _setup(table: LevelTable) -> tuple[str, ...]:
    for number, line in enumerate(table.setup):
        rest = line if table.sides is Sides.BOTH else line.replace("{side}", "").replace("{Side}", "")
        if "{" in rest or "}" in rest:
            allowed = "no braces where both sides work" if table.sides is Sides.BOTH else "only {side} and {Side}"
            raise ContentError(f"expected {allowed}", "setup", number)
    return _all_plain(table.setup)


def _days(table: LevelTable) -> Range:
    days = _range(table.per_week, "per_week")
    if table.daily_ok and days.high < _EVERY_DAY:
        raise ContentError(f"true, but per_week ends at {days.high}", "daily_ok")
    return days


def _load(table: LevelTable) -> tuple[float, float] | None:
    if table.load_kg is None:
        return None
    low, high = table.load_kg
    if low > high:
        raise ContentError(f"expected [low, high], found [{low:g}, {high:g}]", "load_kg")
    return low, high


def _range(value: int | list[int], key: str) -> Range:
    low, high = (value, value) if isinstance(value, int) else value
    if low > high:
        raise ContentError(f"expected [low, high], found [{low}, {high}]", key)
    return Range(low, high)


def _phases(table: PhasesTable) -> PhaseWords:
    return PhaseWords(_plain(table.effort), _plain(table.hold), _plain(table.back))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _all_plain(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(_plain(text) for text in texts)
