"""The port of reminders: rules as they are now, a ledger in its order whatever the clock did, answers all or none."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.pain import PainMoment
from coach.domain.reminders.ledger import Answer, ClockStep, Missed
from coach.domain.reminders.parts import Pause
from coach.errors import StorageError
from coach.services.reminding import MorningCheck, Stiffness, WeeklyCheck
from tests import records as r
from tests.contracts.test_diary import a_diary
from tests.domain.reminders.make import SUNDAY, check, entry, local, rid, routine, sitting
from tests.domain.reminders.strategies import entries, reminders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coach.services.ports import ReminderBook
    from coach.storage.diary import SqlDiary
    from tests.fakes import MemoryDiary

EARLY = date.min


@pytest.fixture(params=["sqlite", "sealed", "postgresql", "memory"])
def diary(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDiary | MemoryDiary]:
    made = a_diary(request.param, request, tmp_path)
    with closing(made):
        yield made  # type: ignore[misc]


@pytest.fixture
def book(diary: SqlDiary | MemoryDiary) -> ReminderBook:
    return diary.reminders


def test_a_new_book_is_empty(book: ReminderBook) -> None:
    assert book.rules() == ()
    assert book.entries(EARLY) == ()
    assert book.clock_steps() == ()
    assert book.checks(EARLY) == ()


# --- reminders


def test_reminders_come_back_as_they_were_kept_oldest_first(book: ReminderBook) -> None:
    second, first = sitting(), routine("07:30", "18:30", id=rid(9), text="Füße hoch 🦶 قدم")
    book.keep_rule(first, r.stamp(0))
    book.keep_rule(second, r.stamp(1))
    assert book.rules() == (first, second)


def test_the_newest_state_of_a_reminder_counts_even_when_the_clock_was_put_back(book: ReminderBook) -> None:
    rule, other = routine(), routine(id=rid(2))
    paused = replace(rule, pause=Pause(r.at(0), r.at(60)), on=False)
    book.keep_rule(rule, r.stamp(10))
    book.keep_rule(other, r.stamp(11))
    book.keep_rule(replace(rule, text="Later"), r.stamp(20))
    book.keep_rule(paused, r.stamp(15))
    assert set(book.rules()) == {paused, other}


def test_a_removed_reminder_is_gone_its_ledger_stays_and_it_can_come_back(book: ReminderBook) -> None:
    rule = routine()
    book.keep_rule(rule, r.stamp(0))
    book.add_entries([entry(Answer.STARTED, local("18:31"))], r.ZONE)
    book.remove_rule(rule.id, r.stamp(1))
    assert book.rules() == ()
    assert len(book.entries(EARLY)) == 1
    book.remove_rule(rule.id, r.stamp(2))  # pressed twice
    book.keep_rule(rule, r.stamp(3))  # undone
    assert book.rules() == (rule,)


def test_what_was_never_kept_cannot_be_removed(book: ReminderBook) -> None:
    with pytest.raises(StorageError):
        book.remove_rule(rid(5), r.stamp())


# --- the ledger


def test_the_ledger_comes_by_date_and_an_occurrence_in_writing_order_even_when_the_clock_was_put_back(
    book: ReminderBook,
) -> None:
    story = [
        entry(Answer.SHOWN, local("18:30")),
        entry(Answer.SNOOZED, local("17:31"), until=local("17:41")),
        entry(Answer.SHOWN, local("17:41")),
        entry(Answer.STARTED, local("17:42")),
    ]
    tomorrow = entry(Answer.MISSED, local("16 18:30"), day=SUNDAY + timedelta(days=1), missed=Missed.TRAVEL)
    book.add_entries([tomorrow], r.ZONE)
    book.add_entries(story[:2], r.ZONE)
    for line in story[2:]:
        book.add_entries([line], r.ZONE)
    assert book.entries(SUNDAY) == (*story, tomorrow)
    assert book.entries(SUNDAY + timedelta(days=1)) == (tomorrow,)
    assert book.entries(SUNDAY + timedelta(days=2)) == ()


def test_an_occurrence_may_be_told_twice_because_two_computers_meet(book: ReminderBook) -> None:
    twice = [entry(Answer.SHOWN, local("18:30")), entry(Answer.SHOWN, local("18:30"))]
    book.add_entries(twice, r.ZONE)
    assert book.entries(SUNDAY) == tuple(twice)


def test_no_entries_are_no_trouble(book: ReminderBook) -> None:
    book.add_entries([], r.ZONE)
    assert book.entries(EARLY) == ()


def test_settings_of_the_clock_come_in_the_order_in_which_they_happened(book: ReminderBook) -> None:
    forward, back = ClockStep(r.at(0), r.at(60 * 24 * 365)), ClockStep(r.at(60 * 24 * 365 + 5), r.at(5))
    book.add_clock_step(forward, r.stamp(60 * 24 * 365))
    book.add_clock_step(back, r.stamp(5))
    assert book.clock_steps() == (forward, back)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_reminder_and_any_line_about_it_comes_back(data: st.DataObject, book: ReminderBook) -> None:
    rule = data.draw(reminders())
    line = data.draw(entries([rule]))
    book.keep_rule(rule, r.stamp())
    book.add_entries([line], "no/such")
    assert rule in book.rules()
    assert [found for found in book.entries(EARLY) if found.key == line.key][-1] == line


# --- questions


def test_answers_come_newest_first_with_their_ratings_in_the_diary(diary: SqlDiary | MemoryDiary) -> None:
    book = diary.reminders
    week = WeeklyCheck(r.new_id(0), r.stamp(0), "Stairs — <b>down</b>")
    morning = MorningCheck(r.new_id(24 * 60), r.stamp(24 * 60), Stiffness.LONGER)
    plain = MorningCheck(r.new_id(48 * 60), r.stamp(48 * 60))
    worst = r.pain(0, nrs=5, moment=PainMoment.WEEKLY_WORST)
    book.add_check(week, (worst, r.pain(0, nrs=2, moment=PainMoment.WEEKLY_AVERAGE)))
    book.add_check(morning, (r.pain(24 * 60, moment=PainMoment.MORNING),))
    book.add_check(plain, ())
    assert book.checks(EARLY) == (plain, morning, week)
    assert book.checks(morning.stamp.local_date) == (plain, morning)
    assert diary.last_pain() == {}  # none of these is a rating at rest
    with pytest.raises(StorageError):
        diary.add_pain((worst,))


def test_an_answer_is_kept_with_all_its_ratings_or_not_at_all(diary: SqlDiary | MemoryDiary) -> None:
    rating = r.pain(0)
    diary.add_pain((rating,))
    with pytest.raises(StorageError):
        diary.reminders.add_check(WeeklyCheck(r.new_id(), r.stamp()), (r.pain(1, area=r.BACK), rating))
    assert diary.reminders.checks(EARLY) == ()
    assert diary.last_pain() == {r.HEEL: rating}


def test_reminders_are_part_of_what_is_done_together(diary: SqlDiary | MemoryDiary) -> None:
    book = diary.reminders

    def break_off() -> None:
        with diary.together():
            book.keep_rule(check(routine().kind, routine_id="daily_six"), r.stamp())
            book.add_entries([entry(Answer.SHOWN, local("18:30"))], r.ZONE)
            diary.add_set(r.done(r.start()))  # of a session that was never begun

    with pytest.raises(StorageError):
        break_off()
    assert book.rules() == ()
    assert book.entries(EARLY) == ()
