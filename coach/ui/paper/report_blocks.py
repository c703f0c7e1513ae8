"""The parts of the report, each as blocks for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from coach.domain.exercise import Side
from coach.domain.progress.helping import Answer
from coach.services.report import Section
from coach.ui.i18n import tr, trn
from coach.ui.paper import pictures
from coach.ui.paper.blocks import Columns, Stack, Words, plain, rule, space
from coach.ui.paper.words import (
    adherence_text,
    date_text,
    difference_text,
    flag_word,
    hours_text,
    span_text,
    test_value,
    test_word,
    urgency_word,
)
from coach.ui.progress_words import answer_sentence, answer_title
from coach.ui.words import area_word, dose_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from coach.services.progress import AreaProgress, ExerciseTrend
    from coach.services.report import Report
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block

GUTTER = 26
PAIN_HIGH, PAIN_HIGH_ALONE, TREND_HIGH = 196, 220, 150
NOTE_LINES = 6
MOST_NOTES = 120
"""No page holds more."""
MOST_EXERCISES = 12
_ANSWER_COLOR = {Answer.LESS: "accent", Answer.SAME: "ink", Answer.MORE: "ink", Answer.EARLY: "ink2"}


@dataclass(frozen=True, slots=True)
class Cut:
    """At most so many of each."""

    areas: int = 6
    trends: int = 9
    tests: int = 10
    flags: int = 10


def body(report: Report, style: Style, cut: Cut) -> Iterator[Block]:
    """Everything but the notes, in the order in which a clinician asks."""
    yield _header(report, style)
    if report.view.extent is None or not (report.view.sessions or report.view.areas):
        yield Words(style, tr("Nothing was entered from {span}.", span=span_text(report.choice.span)), "body")
    if report.view.answers:
        yield _answers(report, style, cut.areas)
    sides = [block for block in (_programme(report, style), _adherence(report, style)) if block]
    if sides:
        yield Columns(sides, [1] * len(sides), style.px(GUTTER))
    yield from _pain(report, style, cut.areas)
    yield from _trends(report, style, cut.trends)
    yield from _tests(report, style, cut.tests)
    yield from _flags(report, style, cut.flags)


def notes(report: Report, style: Style) -> list[Block]:
    """The newest notes, each with its day."""
    newest = sorted(report.extras.notes, key=lambda note: note.day, reverse=True)[:MOST_NOTES]
    return [_dated(style, note.day, Words(style, plain(note.text), "small", lines=NOTE_LINES)) for note in newest]


def notes_section(style: Style, shown: Sequence[Block], more: int) -> Iterator[Block]:
    """Notes under their title, and how many are not among them."""
    yield _section(style, tr("Notes, as written"), *shown[:1])
    yield from shown[1:]
    if more > 0:
        yield _left_out(style, trn("{n} older note not shown.", "{n} older notes not shown.", more))


def _section(style: Style, title: str, *blocks: Block) -> Block:
    """A title that stays with what comes first under it."""
    return Stack((Stack((rule(style), Words(style, title, "h3")), style.px(8)), *blocks), style.px(6))


def _left_out(style: Style, text: str) -> Block:
    return Words(style, text, "tiny", "ink3")


def _dated(style: Style, day: date, *rest: Block) -> Block:
    return Columns((Words(style, date_text(day), "small", "ink3"), *rest), (13, 87), style.px(12))


def _header(report: Report, style: Style) -> Block:
    name = plain(report.choice.name)
    local = report.made.astimezone(ZoneInfo(report.zone)).date()
    left = Stack(
        (Words(style, tr("Foot Coach"), "small_strong", "accent"), Words(style, tr("Progress report"), "title")),
        style.px(2),
    )
    lines = [Words(style, name, "strong", lines=2, end=True)] if name else []
    lines += [
        Words(style, span_text(report.choice.span), "small", end=True),
        Words(style, tr("Made on {day}", day=date_text(local)), "small", "ink3", end=True),
    ]
    return Columns((left, Stack(lines)), (1, 1), style.px(GUTTER))


def _answers(report: Report, style: Style, most: int) -> Block:
    days = {seen.area: sum(count for _, count in seen.moments) for seen in report.view.areas}
    ranked = sorted(report.view.answers, key=lambda answer: -days.get(answer.area, 0))
    rows: list[Block] = [_answer(style, answer) for answer in ranked[:most]]
    if left_out := _areas_more(len(ranked) - most):
        rows.append(_left_out(style, left_out))
    return _section(style, tr("Is it helping?"), *rows)


def _answer(style: Style, answer: AreaProgress) -> Block:
    left = Stack(
        (
            Words(style, area_word(answer.area), "small", "ink2"),
            Words(style, answer_title(answer.helping), "strong", _ANSWER_COLOR[answer.helping.answer]),
        )
    )
    return Columns((left, Words(style, answer_sentence(answer.helping, answer.area), "small")), (32, 68), style.px(16))


def _programme(report: Report, style: Style) -> Block | None:
    if Section.PROGRAMME not in report.choice.sections or report.programme is None:
        return None
    rows: list[Block] = []
    for item in report.programme.items[:MOST_EXERCISES]:
        level = item.exercise.level(item.level)
        words = tr("Level {number}, {name}", number=item.level, name=level.name)
        title = Stack((Words(style, item.exercise.title, "small_strong"), Words(style, words, "tiny", "ink2")))
        rows.append(Columns((title, Words(style, dose_text(item.dose), "small", end=True)), (58, 42), style.px(8)))
    more = len(report.programme.items) - MOST_EXERCISES
    if more > 0:
        rows.append(_left_out(style, trn("{n} more exercise not shown.", "{n} more exercises not shown.", more)))
    return _section(style, tr("Programme now: {title}", title=report.programme.title), *rows)


def _adherence(report: Report, style: Style) -> Block | None:
    view = report.view
    if Section.ADHERENCE not in report.choice.sections or view.span_adherence is None:
        return None
    rows: list[Block] = [Words(style, adherence_text(view.span_adherence), "strong")]
    if view.adherence is not None and view.adherence.span != view.span_adherence.span:
        recent = tr("Last {days} days: {text}", days=view.adherence.span.days, text=adherence_text(view.adherence))
        rows.append(Words(style, recent, "small", "ink2"))
    count = sum(point.sessions for point in view.sessions)
    spent = trn("{n} session, {time} in all", "{n} sessions, {time} in all", count, time=hours_text(view.seconds))
    rows += [Words(style, spent, "small", "ink2"), space(style.px(4)), pictures.calendar(report, style)]
    return _section(style, tr("Sessions"), *rows)


def _pain(report: Report, style: Style, most: int) -> Iterator[Block]:
    ranked = sorted(report.pain, key=lambda series: -sum(point.count for point in series.points))
    high = style.px(PAIN_HIGH if len(ranked) > 1 else PAIN_HIGH_ALONE)
    cells = [
        Stack(
            (
                Words(style, area_word(series.area), "small_strong"),
                pictures.pain(report, series, style, high),
            ),
            style.px(2),
        )
        for series in ranked[:most]
    ]
    yield from _gallery(style, tr("Pain, 0 to 10"), cells, 2, _areas_more(len(ranked) - most))


def _trends(report: Report, style: Style, most: int) -> Iterator[Block]:
    ranked = sorted(report.trends, key=lambda trend: -trend.exercise.sets)
    left_out = len(ranked) - most
    yield from _gallery(
        style,
        tr("Exercises, left and right"),
        [_trend(report, trend, style) for trend in ranked[:most]],
        3,
        trn("{n} more exercise not shown.", "{n} more exercises not shown.", left_out) if left_out > 0 else "",
    )


def _trend(report: Report, trend: ExerciseTrend, style: Style) -> Block:
    words: list[Block] = [Words(style, trend.exercise.title, "small_strong", lines=2)]
    if difference := difference_text(trend):
        words.append(Words(style, difference, "tiny", "ink2"))
    return Stack((*words, pictures.trend(report, trend, style, style.px(TREND_HIGH))), style.px(2))


def _gallery(style: Style, title: str, cells: Sequence[Block], across: int, left_out: str) -> Iterator[Block]:
    """Cells in rows; the title stays with the first row."""
    if not cells and not left_out:
        return
    if len(cells) == 1:
        across = 1
    rows: list[Block] = []
    for at in range(0, len(cells), across):
        row = [*cells[at : at + across]]
        rows.append(Columns(row + [None] * (across - len(row)), [1] * across, style.px(GUTTER)))
    yield _section(style, title, *rows[:1])
    yield from rows[1:]
    if left_out:
        yield _left_out(style, left_out)


def _tests(report: Report, style: Style, most: int) -> Iterator[Block]:
    newest = sorted(report.extras.tests, key=lambda test: test.stamp.local_date, reverse=True)
    if not newest:
        return
    sides = {Side.LEFT: tr("left"), Side.RIGHT: tr("right"), Side.BOTH: tr("both"), None: ""}
    rows: list[Block] = [
        _dated(
            style,
            test.stamp.local_date,
            Columns(
                (
                    Words(style, " ".join(filter(None, (test_word(test.test), sides[test.side]))), "small"),
                    Words(style, test_value(test), "small_strong"),
                ),
                (40, 60),
                style.px(8),
            ),
        )
        for test in newest[:most]
    ]
    if (more := len(newest) - most) > 0:
        rows.append(_left_out(style, trn("{n} older self-test not shown.", "{n} older self-tests not shown.", more)))
    yield _section(style, tr("Self-tests"), *rows)


def _flags(report: Report, style: Style, most: int) -> Iterator[Block]:
    """Yes before no, the newest first."""
    ranked = sorted(report.extras.flags, key=lambda flag: (not flag.yes, -flag.stamp.local_date.toordinal()))
    if not ranked:
        return
    rows: list[Block] = []
    for flag in ranked[:most]:
        said = tr("Yes") if flag.yes else tr("No")
        words = tr("{symptom} ({urgency})", symptom=flag_word(flag.flag), urgency=urgency_word(flag.level))
        cells = (Words(style, said, "small_strong" if flag.yes else "small"), Words(style, words, "small"))
        rows.append(_dated(style, flag.stamp.local_date, Columns(cells, (7, 93), style.px(8))))
    if (more := len(ranked) - most) > 0:
        rows.append(_left_out(style, trn("{n} more answer not shown.", "{n} more answers not shown.", more)))
    yield _section(style, tr("Worrying symptoms, as answered"), *rows)


def _areas_more(more: int) -> str:
    return trn("{n} more area not shown.", "{n} more areas not shown.", more) if more > 0 else ""
