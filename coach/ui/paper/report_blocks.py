"""The parts of the report, each as blocks for the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.exercise import Side
from coach.domain.progress.helping import Answer
from coach.services.report import Section, contents
from coach.ui.charts.words import moment_text
from coach.ui.i18n import tr, trn
from coach.ui.paper.blocks import BREAK, Close, Columns, Stack, Words, plain, rule, space
from coach.ui.paper.words import (
    adherence_text,
    date_text,
    dated_word,
    flag_word,
    span_text,
    test_value,
    test_word,
    urgency_word,
)
from coach.ui.progress_words import answer_sentence, answer_word, apart_text, no_proof, time_text
from coach.ui.words import area_word, dose_text, join_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from coach.services.progress import AreaProgress
    from coach.services.report import Report
    from coach.ui.charts.chart import Style
    from coach.ui.paper.blocks import Block
    from coach.ui.paper.pictures import Pictures

GUTTER = 26
NOTE_LINES = 6
MOST_NOTES = 120
"""No page holds more."""
MOST_EXERCISES = 12
_ANSWER_COLOR = {Answer.LESS: "accent", Answer.SAME: "ink", Answer.MORE: "ink", Answer.EARLY: "ink2"}


@dataclass(frozen=True, slots=True)
class Cut:
    """At most so many of each; how high charts are, in pixels of the design, and how many trends stand in a row.

    With `apart` the trends begin a page.
    """

    areas: int = 8
    trends: int = 12
    tests: int = 12
    flags: int = 12
    pain_high: float = 150
    trend_high: float = 130
    across: int = 3
    apart: bool = False


SMALL = Cut()
WHOLE = (
    (1, Cut(pain_high=240, trend_high=200)),
    (1, SMALL),
    (2, Cut(pain_high=400, trend_high=230, across=2, apart=True)),
    (2, Cut(pain_high=300, trend_high=230, across=2, apart=True)),
    (2, Cut(pain_high=340, trend_high=190, apart=True)),
    (2, Cut(pain_high=240, trend_high=190, apart=True)),
    (2, Cut(pain_high=190, trend_high=160)),
    (2, SMALL),
)
"""With nothing left out that matters: how many pages it may take; the roomiest that fits is best."""
LESS = (
    replace(SMALL, trends=6),
    replace(SMALL, trends=6, areas=6),
    replace(SMALL, trends=6, areas=4),
    replace(SMALL, trends=6, areas=4, tests=6, flags=6),
    replace(SMALL, trends=3, areas=4, tests=6, flags=6),
    replace(SMALL, trends=3, areas=2, tests=6, flags=6),
    replace(SMALL, trends=3, areas=2, tests=3, flags=4),
)
"""Ever less of it."""


def body(report: Report, style: Style, pictures: Pictures, cut: Cut) -> Iterator[Block]:
    """Everything but the notes, in the order in which a clinician asks; of sections that are ticked alone."""
    ticked = report.choice.sections
    yield _header(report, style)
    if not _entries(report):
        yield Words(style, tr("There are no entries in these dates."), "body")
    if Section.PAIN in ticked and report.view.answers:
        yield _answers(report, style, cut.areas)
    sides = [block for block in (_programme(report, style), _adherence(report, style, pictures)) if block]
    if sides:
        yield Columns(sides, [1] * len(sides), style.px(GUTTER))
    sections = (
        (Section.PAIN, _pain(style, pictures, cut)),
        (Section.TRENDS, _trends(style, pictures, cut)),
        (Section.TESTS, _tests(report, style, cut.tests)),
        (Section.FLAGS, _flags(report, style, cut.flags)),
    )
    for section, blocks in sections:
        if section in ticked:
            yield from blocks
    if _entries(report) and (words := _nothing(report)):
        yield _left_out(style, words)


def notes(report: Report, style: Style) -> list[Block]:
    """The newest notes, each with its day."""
    if Section.NOTES not in report.choice.sections:
        return []
    newest = sorted(report.extras.notes, key=lambda note: note.day, reverse=True)[:MOST_NOTES]
    return [_dated(style, note.day, Words(style, plain(note.text), "small", lines=NOTE_LINES)) for note in newest]


def notes_section(style: Style, shown: Sequence[Block], more: int) -> Iterator[Block]:
    """Notes under their title, and how many are not among them."""
    if shown:
        yield _section(style, tr("Notes, as written"), shown[0])
    yield from (Close(note) for note in shown[1:])
    if more > 0:
        yield _left_out(style, trn("{n} older note not shown.", "{n} older notes not shown.", more))


def _entries(report: Report) -> bool:
    """Whether anything was entered on the days of the range."""
    extent, span = report.view.extent, report.choice.span
    return extent is not None and extent.first <= span.last and span.first <= extent.last


def _nothing(report: Report) -> str:
    """What was asked for and is not there: else nobody could tell it from what was left out."""
    empty = [dated_word(section) for section, count in contents(report).items() if not count]
    empty = [word for word in empty if word]
    return tr("Nothing in these dates: {what}.", what=join_words(empty)) if empty else ""


def _section(style: Style, title: str, *blocks: Block) -> Block:
    """A title that stays with what comes first under it."""
    return Stack((Stack((rule(style), Words(style, title, "h3")), style.px(8)), *blocks), style.px(6))


def _left_out(style: Style, text: str) -> Block:
    return Words(style, text, "tiny", "ink3")


def _dated(style: Style, day: date, *rest: Block) -> Block:
    return Columns((Words(style, date_text(day), "small", "ink3"), *rest), (13, 87), style.px(12))


def _header(report: Report, style: Style) -> Block:
    name = plain(report.choice.name)
    left = Stack(
        (Words(style, tr("Foot Coach"), "small_strong", "accent"), Words(style, tr("Progress report"), "title")),
        style.px(2),
    )
    lines = [Words(style, name, "strong", lines=2, end=True)] if name else []
    lines += [
        Words(style, span_text(report.choice.span), "small", end=True),
        Words(style, tr("Made on {day}", day=date_text(report.view.today)), "small", "ink3", end=True),
    ]
    return Columns((left, Stack(lines)), (1, 1), style.px(GUTTER))


def _answers(report: Report, style: Style, most: int) -> Block:
    days = {seen.area: sum(count for _, count in seen.moments) for seen in report.view.areas}
    ranked = sorted(report.view.answers, key=lambda answer: -days.get(answer.area, 0))
    rows: list[Block] = [_answer(style, answer) for answer in ranked[:most]]
    if any(answer.helping.answer is not Answer.EARLY for answer in ranked[:most]):
        rows.append(Words(style, no_proof(), "tiny", "ink3"))
    if left_out := _areas_more(len(ranked) - most):
        rows.append(_left_out(style, left_out))
    return _section(style, tr("Is it helping?"), *rows)


def _answer(style: Style, answer: AreaProgress) -> Block:
    left = Stack(
        (
            Words(style, area_word(answer.area), "small", "ink2"),
            Words(style, answer_word(answer.helping.answer), "strong", _ANSWER_COLOR[answer.helping.answer]),
        )
    )
    return Columns((left, Words(style, answer_sentence(answer.helping, answer.area), "small")), (27, 73), style.px(16))


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


def _adherence(report: Report, style: Style, pictures: Pictures) -> Block | None:
    view = report.view
    if Section.ADHERENCE not in report.choice.sections or view.span_adherence is None:
        return None
    whole = view.span_adherence.span == view.span
    lead = tr("Planned days") if whole else tr("Planned days of the last year")
    rows: list[Block] = [Words(style, f"{lead}: {adherence_text(view.span_adherence)}", "strong")]
    if view.adherence is not None and view.adherence.span != view.span_adherence.span:
        recent = tr("Last {days} days: {count}", days=view.adherence.span.days, count=adherence_text(view.adherence))
        rows.append(Words(style, recent, "small", "ink2"))
    count = sum(point.sessions for point in view.sessions)
    spent = trn("{n} session, {time} in all", "{n} sessions, {time} in all", count, time=time_text(view.seconds))
    rows += [Words(style, spent, "small", "ink2"), space(style.px(4)), pictures.calendar()]
    return _section(style, tr("Sessions"), *rows)


def _pain(style: Style, pictures: Pictures, cut: Cut) -> Iterator[Block]:
    moments = {series.moment for series, _ in pictures.pain}
    cells = []
    for series, chart in pictures.pain[: cut.areas]:
        words = [area_word(series.area)] + [moment_text(series.moment)] * (len(moments) > 1)
        picture = pictures.drawn(chart, style.px(cut.pain_high))
        cells.append(Stack((Words(style, join_words(words), "small_strong"), picture), style.px(2)))
    title = tr("Pain, 0 to 10")
    if len(moments) == 1:
        title = tr("{pain}, {when}", pain=title, when=moment_text(*moments))
    across = 3 if len(cells) == 3 else 2
    yield from _gallery(style, title, cells, across, _areas_more(len(pictures.pain) - cut.areas))


def _trends(style: Style, pictures: Pictures, cut: Cut) -> Iterator[Block]:
    cells = []
    for trend, chart in pictures.trends[: cut.trends]:
        words = (
            Words(style, trend.exercise.title, "small_strong", lines=1),
            Words(style, apart_text(trend), "tiny", "ink2"),
        )
        cells.append(Stack((*words, pictures.drawn(chart, style.px(cut.trend_high))), style.px(2)))
    more = len(pictures.trends) - cut.trends
    left_out = trn("{n} more exercise not shown.", "{n} more exercises not shown.", more) if more > 0 else ""
    if cells and cut.apart:
        yield BREAK
    title = tr("Exercises, left and right (differences of the last 4 weeks)")
    yield from _gallery(style, title, cells, cut.across, left_out)


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
                    Words(style, join_words(filter(None, (test_word(test.test), sides[test.side]))), "small"),
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
    if rest := ranked[most:]:
        left_out = trn("{n} more answer not shown.", "{n} more answers not shown.", len(rest))
        if yes := sum(flag.yes for flag in rest):
            left_out = tr("{left_out} Answered yes: {yes}.", left_out=left_out, yes=yes)
        rows.append(_left_out(style, left_out))
    yield _section(style, tr("Worrying symptoms, as answered"), *rows)


def _areas_more(more: int) -> str:
    return trn("{n} more area not shown.", "{n} more areas not shown.", more) if more > 0 else ""
