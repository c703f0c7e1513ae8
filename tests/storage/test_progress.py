"""The numbers of a sample history against SQL written by hand, and what the database reads for them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from coach.bootstrap import fill_with_demo, open_core
from coach.domain.exercise import Side
from coach.domain.pain import PainMoment
from coach.domain.progress.span import Bin, Span
from coach.services.demo import COURSES
from coach.storage.diary import SqlDiary, open_diary
from tests import records as r
from tests.storage.conftest import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coach.services.progress_book import ProgressBook

HEEL = COURSES[0].area
ONE_LEG = "single_leg_balance"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a year of sample history, in which something was corrected, cut off and not asked."""
    made = tmp_path_factory.mktemp("half a year")
    fill_with_demo(open_core(made), 180)
    with closing(open_diary(made)) as diary:
        newest, before = diary.sessions(limit=2)
        at = newest.start.stamp
        diary.add_set(r.done(newest.start, stamp=at, exercise_id=ONE_LEG, supersedes=newest.sets[-1].id, real_reps=3))
        asked = next(rating for rating in before.pain if rating.area == HEEL)
        diary.add_pain((r.pain(0, 9, stamp=at, supersedes=asked.id),))
        cut_off = r.start(stamp=at)
        diary.add_session(cut_off)
        diary.add_set(r.done(cut_off, stamp=at))
    return made


@pytest.fixture
def diary(folder: Path) -> Iterator[SqlDiary]:
    with closing(open_diary(folder, reading=True)) as opened:
        assert isinstance(opened, SqlDiary)
        yield opened


@pytest.fixture
def asked(folder: Path) -> Iterator[Callable[..., list[Any]]]:
    """Asks SQLite itself."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        yield lambda query, *values: connection.execute(query, values).fetchall()


def test_days_of_pain_are_those_that_sql_by_hand_gives(diary: SqlDiary, asked: Callable[..., list[Any]]) -> None:
    span = diary.progress.extent()
    assert span is not None
    by_hand = asked(
        "SELECT local_date, sum(nrs), min(nrs), max(nrs), count(nrs) FROM pain_ratings AS own"
        " WHERE region = 'heel_sole' AND side = 'left' AND moment = 'pre' AND nrs IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM pain_ratings WHERE supersedes = own.id) GROUP BY local_date ORDER BY 1"
    )
    points = diary.progress.pain(HEEL, PainMoment.BEFORE, span)
    assert [(str(p.day), p.total, p.low, p.high, p.count) for p in points] == by_hand
    assert len(by_hand) > 100
    rated = asked(
        "SELECT moment, count(DISTINCT local_date) FROM pain_ratings WHERE region = 'heel_sole' AND nrs IS NOT NULL"
        " AND id NOT IN (SELECT supersedes FROM pain_ratings WHERE supersedes IS NOT NULL) GROUP BY moment"
    )
    (seen,) = (seen for seen in diary.progress.areas() if seen.area == HEEL)
    assert {moment.value: days for moment, days in seen.moments} == dict(rated)


def test_sessions_are_those_that_sql_by_hand_gives(diary: SqlDiary, asked: Callable[..., list[Any]]) -> None:
    span = diary.progress.extent()
    assert span is not None
    by_hand = asked(
        "SELECT substr(s.local_date, 1, 7), count(*), sum(outcome IS 'completed'), sum(seconds) FROM sessions AS s"
        " LEFT JOIN session_ends AS e ON e.session_id = s.id"
        " AND NOT EXISTS (SELECT 1 FROM session_ends WHERE supersedes = e.id)"
        " WHERE (SELECT count(*) FROM sets WHERE session_id = s.id AND status IN ('done', 'partial')) > 0"
        " GROUP BY 1 ORDER BY 1"
    )
    months = diary.progress.sessions(span, Bin.MONTH)
    assert [(str(p.day)[:7], p.sessions, p.completed, p.seconds) for p in months] == by_hand
    days = diary.progress.sessions(span)
    assert (sum(p.sessions for p in days), sum(p.seconds for p in days)) == (
        sum(row[1] for row in by_hand),
        sum(row[3] for row in by_hand),
    )
    assert sum(p.completed for p in days) < sum(p.sessions for p in days)


def test_trends_are_those_that_sql_by_hand_gives(diary: SqlDiary, asked: Callable[..., list[Any]]) -> None:
    span = diary.progress.extent()
    assert span is not None
    by_hand = asked(
        "SELECT local_date, side, max(level), sum(coalesce(real_hold_s, 0)), max(coalesce(real_hold_s, 0)), count(*)"
        " FROM sets AS own WHERE exercise_id = ? AND kind = 'balance' AND status <> 'skipped'"
        " AND NOT EXISTS (SELECT 1 FROM sets WHERE supersedes = own.id)"
        " GROUP BY local_date, side ORDER BY local_date, side = 'both', side",
        ONE_LEG,
    )
    points = diary.progress.trend(ONE_LEG, span)
    told = [(str(p.day), p.side.value, p.level, p.total, p.best, p.sets) for p in points if p.side is not Side.BOTH]
    assert told == by_hand
    sets = asked(
        "SELECT exercise_id, count(*) FROM sets WHERE status IN ('done', 'partial')"
        " AND id NOT IN (SELECT supersedes FROM sets WHERE supersedes IS NOT NULL) GROUP BY 1"
    )
    assert {seen.exercise_id: seen.sets for seen in diary.progress.exercises()} == dict(sets)


def three_months(book: ProgressBook, span: Span) -> None:
    """All that is read for a span."""
    for area in book.areas(span):
        book.pain(area.area, PainMoment.BEFORE, span)
    for exercise in book.exercises(span):
        book.trend(exercise.exercise_id, span)
    book.sessions(span)
    book.notes(span)
    book.ratings(span)
    book.extent()


@pytest.mark.parametrize("statistics", [True, False])
def test_three_months_are_read_without_the_rest_of_the_history(
    diary: SqlDiary, asked: Callable[..., list[Any]], statistics: bool
) -> None:
    """Whether or not SQLite has gathered statistics: no table or index of rows is run through from end to end."""
    ask: list[tuple[str, Any]] = []
    event.listen(diary._database.engine, "before_cursor_execute", lambda *args: ask.append((args[2], args[3])))
    extent = diary.progress.extent()
    assert extent is not None
    three_months(diary.progress, Span(extent.last - timedelta(days=91), extent.last))
    assert len(ask) > 20
    asked("ANALYZE" if statistics else "DELETE FROM sqlite_stat1")
    for statement, values in ask:
        if statement.startswith(("SELECT", "WITH")):
            for *_, step in asked(f"EXPLAIN QUERY PLAN {statement}", *values):
                assert not step.startswith(("SCAN sets", "SCAN pain_ratings", "SCAN sessions", "SCAN session_ends"))
                assert "AUTOMATIC" not in step
