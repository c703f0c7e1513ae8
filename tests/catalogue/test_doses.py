"""The shipped doses against the tables of the clinical text, written here a second time, and the routines' totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.catalogue.loader import load_catalogue
from tests.catalogue.samples import SHIPPED

if TYPE_CHECKING:
    from coach.domain.exercise import Exercise, Level

CATALOGUE = load_catalogue([SHIPPED])

# level | sets | reps or seconds of hold | tempo | rest | sides | days a week, * = daily is fine
TABLES = {
    "towel_toe_curl": """
        1 | 1   | 8–10  | 2/1/2 | 30 | both | 3–7*
        2 | 1–2 | 10–12 | 2/1/2 | 0  | each | 3–7*
        3 | 2–3 | 10–15 | 2/1/2 | 0  | each | 3–5
        4 | 2–3 | 8–12  | 2/1/2 | 30 | each | 3
    """,
    "calf_raise": """
        1 | 1–3 | 10–15 | 2/1/2 | 30     | both | 3–7*
        2 | 2–3 | 10–15 | 2/1/3 | 45     | both | 3–7*
        3 | 2–3 | 12–15 | 2/1/3 | 45     | both | 3–5
        4 | 2–3 | 5–12  | 2/1/3 | 30     | each | 3
        5 | 3   | 8–15  | 3/2/3 | 60–120 | each | 3–4
    """,
    "single_leg_balance": """
        1 | 2–3 | 10–20 s | – | 0 | each | 3–7*
        2 | 2–3 | 15–20 s | – | 0 | each | 3–7*
        3 | 2–3 | 15–30 s | – | 0 | each | 3–7*
        4 | 2–3 | 20–30 s | – | 0 | each | 3–6
        5 | 2–3 | 15–40 s | – | 0 | each | 3–6
    """,
    "calf_stretch": """
        1 | 2–3 | 15–30 s | – | 0 | each | 3–7*
        2 | 2–3 | 30 s    | – | 0 | each | 5–7*
        3 | 2   | 30–60 s | – | 0 | each | 5–7*
        4 | 2–3 | 20–30 s | – | 0 | each | 3–7*
    """,
    "hamstring_stretch": """
        1 | 1–2 | 15–30 s | – | 0 | each | 3–7*
        2 | 2   | 30 s    | – | 0 | each | 5
        3 | 2   | 30–45 s | – | 0 | each | 3–5
        4 | 2   | 20–30 s | – | 0 | each | 3–5
    """,
    "hip_flexor_stretch": """
        1 | 1–2 | 15–30 s | – | 0 | each | 3–7*
        2 | 2   | 30 s    | – | 0 | each | 5–7*
        3 | 2   | 30–45 s | – | 0 | each | 3–7*
        4 | 2   | 20–45 s | – | 0 | each | 3–5
    """,
}
ROWS = [
    pytest.param(name, [cell.strip() for cell in row.split("|")], id=f"{name} level {row.split()[0]}")
    for name, table in TABLES.items()
    for row in table.strip().splitlines()
]
LOADS = {
    "towel_toe_curl": {"heel_sole", "forefoot_toes"},
    "calf_raise": {"heel_sole", "forefoot_toes", "ankle", "calf_achilles"},
    "single_leg_balance": {"heel_sole", "forefoot_toes", "ankle", "knee", "hip"},
    "calf_stretch": {"heel_sole", "ankle", "calf_achilles"},
    "hamstring_stretch": {"hip", "knee", "low_back"},
    "hip_flexor_stretch": {"hip", "knee", "low_back"},
}
KINDS = {
    "towel_toe_curl": ("reps", "strength"),
    "calf_raise": ("reps", "strength"),
    "single_leg_balance": ("balance", "balance"),
    "calf_stretch": ("hold", "stretch"),
    "hamstring_stretch": ("hold", "stretch"),
    "hip_flexor_stretch": ("hold", "stretch"),
}
ALWAYS_ASKED = {("calf_raise", 4), ("calf_raise", 5), ("single_leg_balance", 4), ("single_leg_balance", 5)}
ROUTINES = {
    "daily_six": [115, 175, 85, 145, 145, 145],
    "daily_short": [95, 82, 55, 75, 75, 75],
    "desk_side": [60, 70, 55, 55, 55],
}
TOTALS = {"daily_six": 810, "daily_short": 457, "desk_side": 295}


def row_of(level: Level) -> list[str]:
    """A level as the table writes it."""
    rest = f"{level.rest_s}–{level.rest_max_s}" if level.rest_max_s else str(level.rest_s)
    return [
        str(level.level),
        str(level.sets),
        str(level.reps) if level.reps else f"{level.hold_s} s",
        str(level.tempo) if level.tempo else "–",
        rest,
        level.sides.value,
        f"{level.per_week}{'*' if level.daily_ok else ''}",
    ]


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_dose_of_each_level(name: str, row: list[str]) -> None:
    assert row_of(CATALOGUE.exercises[name].level(int(row[0]))) == row


@pytest.mark.parametrize("name", TABLES)
def test_every_level_and_no_more(name: str) -> None:
    assert len(CATALOGUE.exercises[name].levels) == len(TABLES[name].strip().splitlines())
    assert CATALOGUE.exercises[name].default_level == 2


def test_exactly_the_six() -> None:
    assert list(CATALOGUE.exercises) == list(TABLES), "in the order of the daily routine"
    assert CATALOGUE.problems == ()


@pytest.mark.parametrize("exercise", CATALOGUE.exercises.values(), ids=lambda e: e.id)
def test_kind_category_and_loaded_regions(exercise: Exercise) -> None:
    assert (exercise.kind.value, exercise.category.value) == KINDS[exercise.id]
    assert {region.value for region in exercise.loads} == LOADS[exercise.id]


def test_worst_pain_is_always_asked_after_the_hard_levels() -> None:
    asked = {(e.id, level.level) for e in CATALOGUE.exercises.values() for level in e.levels if level.ask_worst_pain}
    assert asked == ALWAYS_ASKED


def test_only_the_weighted_towel_has_a_load() -> None:
    loads = {(e.id, v.level): v.load_kg for e in CATALOGUE.exercises.values() for v in e.levels if v.load_kg}
    assert loads == {("towel_toe_curl", 3): (0.5, 1.0)}


@pytest.mark.parametrize("name", ROUTINES)
def test_seconds_of_each_routine(name: str) -> None:
    routine = CATALOGUE.routines[name]
    assert [item.seconds for item in routine.items] == ROUTINES[name]
    assert routine.seconds == TOTALS[name]


def test_exactly_the_three_routines() -> None:
    assert list(CATALOGUE.routines) == list(TOTALS)


def test_desk_routine_needs_no_floor_and_only_easy_levels() -> None:
    items = CATALOGUE.routines["desk_side"].items
    assert {item.level for item in items} == {1}
    assert {thing for item in items for thing in item.exercise.level(1).equipment} == {"chair", "towel", "worktop"}
