"""What a report for a clinician holds, as data; `ui` paints it on paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from coach.domain.progress.span import Span
    from coach.domain.routine import Routine
    from coach.services.progress import ExerciseTrend, Extras, PainSeries, ProgressView
    from coach.services.progress_book import ProgressBook


class Section(StrEnum):
    """Parts of a report, in their order on paper."""

    PROGRAMME = "programme"
    ADHERENCE = "adherence"
    PAIN = "pain"
    TRENDS = "trends"
    TESTS = "tests"
    FLAGS = "flags"
    NOTES = "notes"


USUAL = frozenset(Section) - {Section.FLAGS, Section.NOTES}
"""Ticked to begin with: what somebody wrote or answered about symptoms goes out only if they say so."""


class Paper(StrEnum):
    """Size of the paper."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """What the person chose; `name` is printed if it is not empty."""

    span: Span
    sections: frozenset[Section] = USUAL
    paper: Paper = Paper.A4
    name: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the paper. Sections that were not ticked are empty."""

    choice: ReportChoice
    made: datetime
    zone: str
    view: ProgressView
    programme: Routine | None
    pain: tuple[PainSeries, ...]
    trends: tuple[ExerciseTrend, ...]
    extras: Extras


def make_report(
    book: ProgressBook, choice: ReportChoice, programme: Routine | None, now: datetime, zone: str
) -> Report:
    """Read a report; `programme` is the routine at the person's levels as it is now."""
    raise NotImplementedError


def contents(report: Report) -> Mapping[Section, int]:
    """How many things each ticked section holds: what is said before anything is written."""
    raise NotImplementedError
