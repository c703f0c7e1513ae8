"""The command line's papers: a report for a clinician and a programme sheet, as PDF, with a display or without one."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coach.bootstrap import open_or_ask
from coach.domain.progress.span import Span
from coach.domain.records import Stamp
from coach.errors import KnownError
from coach.services.report import Paper, ReportChoice, Section, contents, make_report

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtGui import QGuiApplication

    from coach.bootstrap import Core
    from coach.domain.routine import Routine
    from coach.services.report import Report

USUAL_DAYS = 91
"""A report without dates ends today and is so many days long."""
READABLE = "It is readable by whoever has it."
_HELD = {
    Section.PROGRAMME: ("exercise of the programme now", "exercises of the programme now"),
    Section.ADHERENCE: ("session", "sessions"),
    Section.PAIN: ("area with pain ratings", "areas with pain ratings"),
    Section.TRENDS: ("exercise over time", "exercises over time"),
    Section.TESTS: ("self-test", "self-tests"),
    Section.FLAGS: ("answer about symptoms", "answers about symptoms"),
    Section.NOTES: ("note", "notes"),
}


def report(core: Core, choice: ReportChoice, out: Path | None) -> int:
    """`coach report`: say what is in it, then write it."""
    with closing(open_or_ask(core, reading=True)) as diary:
        programme = _programme(core, diary.levels())
        made = make_report(diary.progress, choice, programme, core.clock.now(), core.zone())
    held, span = contents(made), _span(choice.span)
    if not any(count for section, count in held.items() if section is not Section.PROGRAMME or len(held) == 1):
        raise KnownError(f"There is nothing for a report {span}. Nothing was written.")
    print(f"The report {span} holds {_counted(held)}.")
    if choice.name:
        print(f"It names {choice.name}.")
    if left := _left_out(made):
        print(f"Left out: {left}.")
    print(READABLE)
    target = _target(core, out, "report")
    _begin_to_paint()
    from coach.desktop.paths import resources
    from coach.ui.paper.report import write_report

    write_report(made, target, resources() / "assets")
    print(f"Wrote it to {target}.")
    return 0


def sheet(core: Core, routine_id: str | None, paper: Paper, name: str, out: Path | None) -> int:
    """`coach sheet`: the programme as it is now, with figures, steps and boxes to tick."""
    with closing(open_or_ask(core, reading=True)) as diary:
        routine = _programme(core, diary.levels(), routine_id)
    if routine is None:
        raise KnownError("No routine could be read; run `coach check` to see why.")
    preferences, _ = core.preferences.load()
    count = len(routine.items)
    print(
        f"The sheet holds {routine.title}: {count} {'exercise' if count == 1 else 'exercises'}, nothing of the diary."
    )
    if name:
        print(f"It names {name}.")
    target = _target(core, out, "programme")
    _begin_to_paint()
    from coach.desktop.paths import resources
    from coach.ui.paper.sheet import SheetChoice, write_sheet

    choice = SheetChoice(routine, _today(core), paper, person=preferences.person, name=name)
    write_sheet(choice, target, resources() / "assets")
    print(f"Wrote it to {target}.")
    return 0


def span_of(core: Core, first: date | None, last: date | None) -> Span:
    """The days of a report; what was not said is today and three months before; KnownError for the wrong order."""
    last = last or _today(core)
    first = first or date.fromordinal(max(1, last.toordinal() - USUAL_DAYS + 1))
    if last < first:
        raise KnownError(f"A report needs its dates in order: --from {first} comes after --to {last}.")
    return Span(first, last)


def _today(core: Core) -> date:
    return Stamp.of(core.clock.now(), core.zone()).local_date


def _programme(core: Core, levels: Mapping[str, int], routine_id: str | None = None) -> Routine | None:
    """The routine of the settings, or another one, at the person's levels."""
    from coach.ui.states import chosen_routine

    catalogue, (preferences, _) = core.load_catalogue(), core.preferences.load()
    if routine_id is not None and routine_id not in catalogue.routines:
        raise KnownError(f"There is no routine {routine_id!r}. There are: {', '.join(catalogue.routines)}.")
    return chosen_routine(catalogue, replace(preferences, routine=routine_id or preferences.routine), levels)


def _counted(held: Mapping[Section, int]) -> str:
    said = [f"{count:,} {_HELD[section][count != 1]}" for section, count in held.items()]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _left_out(made: Report) -> str:
    return ", ".join(_HELD[section][1] for section in Section if section not in made.choice.sections)


def _span(span: Span) -> str:
    return f"from {_day(span.first)} to {_day(span.last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _target(core: Core, out: Path | None, kind: str) -> Path:
    """Where the paper goes; KnownError where something else would be lost."""
    from pathlib import Path

    target = (out or Path(f"foot-coach-{kind}-{_today(core)}.pdf")).absolute()
    if target.is_dir():
        raise KnownError(f"{target} cannot be written: it is a folder. Name a file in it.")
    if target.exists() and target.suffix.lower() != ".pdf":
        raise KnownError(f"Nothing was written: {target} is there already and is no .pdf file. Choose another name.")
    return target


def _begin_to_paint() -> QGuiApplication:
    """Qt's painter, which needs no display; where Linux has one, it is not asked."""
    from PySide6.QtGui import QGuiApplication

    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QGuiApplication.instance()
    return running if isinstance(running, QGuiApplication) else QGuiApplication([])
