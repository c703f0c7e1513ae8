"""Exercises and plans made in code, one of each kind, for tests that must not depend on the shipped files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from coach.domain.exercise import Category, Exercise, Kind, Level, PhaseWords, Range, Sides, Tag, Tempo
from coach.domain.pain import Region
from coach.domain.plan import Plan, Routine, RoutineItem, plan_routine

if TYPE_CHECKING:
    from coach.services.ports import Catalogue


@cache
def shipped() -> Catalogue:
    """The catalogue of the files we ship, read once for all tests."""
    from coach.catalogue.loader import load_catalogue
    from coach.desktop.paths import resources

    return load_catalogue([resources() / "exercises"])


def level(
    number: int = 1,
    *,
    sets: tuple[int, int] = (2, 3),
    sides: Sides = Sides.BOTH,
    rest_s: int = 30,
    reps: tuple[int, int] | None = None,
    tempo: tuple[int, int, int] = (2, 1, 3),
    hold_s: tuple[int, int] | None = None,
    ask: bool = False,
) -> Level:
    """A level of reps or, with `hold_s`, of holds."""
    return Level(
        level=number,
        name=f"Level {number}",
        variant="As usual",
        sets=Range(*sets),
        sides=sides,
        rest_s=rest_s,
        per_week=Range(3, 7),
        daily_ok=True,
        go_up="when it is easy",
        pose="main",
        setup=("Hands on the wall", "{Side} foot back", "{Side} heel stays heavy, {side} knee straight"),
        cues=("Count three on the way down.", "Straight up like a lift."),
        steps=(),
        phases=PhaseWords("Rise", "Pause", "Lower"),
        equipment=("wall",),
        tag=Tag.PRODUCT,
        reps=Range(*reps) if reps else None,
        tempo=Tempo(*tempo) if reps else None,
        hold_s=Range(*hold_s) if hold_s else None,
        ask_worst_pain=ask,
    )


def exercise(
    name: str,
    *levels: Level,
    kind: Kind = Kind.REPS,
    category: Category = Category.STRENGTH,
    loads: tuple[Region, ...] = (Region.HEEL_SOLE, Region.CALF_ACHILLES),
) -> Exercise:
    """An exercise with these levels, renumbered from 1."""
    return Exercise(
        id=name.lower().replace(" ", "_"),
        title=name,
        summary="",
        purpose="",
        muscles=(),
        areas=("calf",),
        kind=kind,
        category=category,
        loads=loads,
        equipment=(),
        start="",
        mistakes=(),
        stop_rules=(),
        alternatives=(),
        sources=(),
        dose_note="",
        levels=tuple(replace(lv, level=n) for n, lv in enumerate(levels, 1)),
        default_level=1,
        poses={},
    )


def calf_raises() -> Exercise:
    """Strength, both legs then one leg: 10 × 2/1/2, 10 × 2/1/3, and 5 × 2/1/3 on each side."""
    return exercise(
        "Calf raises",
        level(sets=(1, 3), reps=(10, 15), tempo=(2, 1, 2)),
        level(reps=(10, 15), rest_s=45),
        level(reps=(5, 12), sides=Sides.EACH, ask=True),
    )


def balance() -> Exercise:
    """Balance on each leg: 2 × 10 s, 2 × 15 s."""
    return exercise(
        "Single-leg balance",
        level(hold_s=(10, 20), sides=Sides.EACH, rest_s=0),
        level(hold_s=(15, 20), sides=Sides.EACH, rest_s=0),
        kind=Kind.BALANCE,
        category=Category.BALANCE,
        loads=(Region.ANKLE, Region.HEEL_SOLE),
    )


def calf_stretch() -> Exercise:
    """A stretch on each side: 2 × 15 s, 2 × 30 s."""
    return exercise(
        "Calf stretch",
        level(hold_s=(15, 30), sides=Sides.EACH, rest_s=0),
        level(hold_s=(30, 30), sides=Sides.EACH, rest_s=0),
        kind=Kind.HOLD,
        category=Category.STRETCH,
        loads=(Region.CALF_ACHILLES,),
    )


def routine(*items: RoutineItem) -> Routine:
    """A routine of these items, or of one exercise of each kind at level 2."""
    chosen = items or tuple(RoutineItem(e, 2, 2) for e in (calf_raises(), balance(), calf_stretch()))
    return Routine("sample", "Sample", "", chosen)


def plan(*items: RoutineItem) -> Plan:
    """The plan of `routine(*items)`."""
    return plan_routine(routine(*items))
