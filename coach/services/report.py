"""What a report for a clinician holds, as data; `ui` paints it on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.progress.span import Range
from coach.services.progress import Extras, Query, all_series, all_trends, look

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from coach.domain.progress.span import Span
    from coach.domain.routine import Routine
    from coach.services.progress import ExerciseTrend, PainSeries, ProgressView
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
    view: ProgressView
    programme: Routine | None
    pain: tuple[PainSeries, ...]
    trends: tuple[ExerciseTrend, ...]
    extras: Extras


def make_report(
    book: ProgressBook, choice: ReportChoice, programme: Routine | None, now: datetime, zone: str
) -> Report:
    """Read a report; `programme` is the routine at the person's levels as it is now."""
    span, ticked = choice.span, choice.sections
    return Report(
        choice=choice,
        view=_only(look(book, Query(Range.OWN, own=span), now, zone), ticked),
        programme=programme if Section.PROGRAMME in ticked else None,
        pain=all_series(book, span) if Section.PAIN in ticked else (),
        trends=all_trends(book, span) if Section.TRENDS in ticked else (),
        extras=Extras(
            notes=book.notes(span) if Section.NOTES in ticked else (),
            flags=book.flags(span) if Section.FLAGS in ticked else (),
            tests=book.tests(span) if Section.TESTS in ticked else (),
        ),
    )


def contents(report: Report) -> Mapping[Section, int]:
    """How many things each ticked section holds: what is said before anything is written.

    Exercises of the programme, sessions, areas with pain ratings, exercises with trends, self-tests, answers, notes.
    """
    counted = {
        Section.PROGRAMME: len(report.programme.items) if report.programme else 0,
        Section.ADHERENCE: sum(point.sessions for point in report.view.sessions),
        Section.PAIN: len(report.pain),
        Section.TRENDS: len(report.trends),
        Section.TESTS: len(report.extras.tests),
        Section.FLAGS: len(report.extras.flags),
        Section.NOTES: len(report.extras.notes),
    }
    return {section: counted[section] for section in Section if section in report.choice.sections}


def _only(view: ProgressView, ticked: frozenset[Section]) -> ProgressView:
    """A view without what was not ticked: nothing that is not meant to go out reaches the paper or a file."""
    if Section.PAIN not in ticked:
        view = replace(view, areas=(), answers=(), pain=None)
    if Section.TRENDS not in ticked:
        view = replace(view, exercises=(), trend=None)
    if Section.ADHERENCE not in ticked:
        view = replace(view, sessions=(), calendar=(), year=(), seconds=0)
        view = replace(view, adherence=None, span_adherence=None, steadiness=None)
    return view if {Section.PAIN, Section.ADHERENCE} & ticked else replace(view, periods=())
