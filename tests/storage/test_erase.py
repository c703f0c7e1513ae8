"""Erasing: what goes, what stays to the letter, and that nothing of it is found on the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.progress.period import FlagAnswer, FlagLevel, Period, PeriodKind, SelfTest
from coach.domain.records import Stamp
from coach.domain.reminders.ledger import Answer, ClockStep
from coach.errors import StorageError
from coach.services.keeping import Days, Everything, OneExercise
from coach.services.reminder_past import Facts
from coach.services.reminding import Reminding, WeeklyCheck
from coach.storage.diary import open_diary
from coach.storage.erase import erase, remains, weigh
from coach.storage.exchange.plain import TABLES, counted
from tests import records as r
from tests.domain.reminders.make import entry as line
from tests.domain.reminders.make import routine
from tests.fakes import FakeClock
from tests.storage.conftest import FILE
from tests.storage.exchange.histories import (
    EVER,
    EXERCISES,
    Checked,
    Home,
    RuleChange,
    failing_at,
    histories,
    homes,
    patient,
    soaked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from coach.domain.reminders.rule import Reminder
    from coach.services.keeping import Scope
    from tests.storage.exchange.histories import Record

TODAY = r.at(0).date()
DAY = 24 * 60
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.diary.close()


def ids(home: Home, table: str) -> set[str]:
    return {row["id"] for row in home.rows()[table]}


def texts(*ids_: UUID) -> set[str]:
    return {str(id_) for id_ in ids_}


# --- one exercise


def test_one_exercise_takes_its_sets_ratings_and_levels_and_leaves_the_rest(home: Home) -> None:
    start = r.start(plan=[{"exercise": "calf_raise"}, {"exercise": "bridge"}])
    mine, other = r.done(start), r.done(start, 2, exercise_index=1, exercise_id="bridge")
    of_set = r.pain(3, session_id=start.id, set_id=mine.id)
    of_exercise = r.pain(3, exercise_id="calf_raise")
    of_other = r.pain(3, session_id=start.id, set_id=other.id, exercise_id="bridge")
    before = r.pain(0, session_id=start.id)
    levels = r.level(0, 2), r.level(1, 3), r.level(2, 4, "bridge")
    home.live([start, mine, other, of_set, of_exercise, of_other, before, r.end(start), *levels])
    scope = OneExercise("calf_raise")
    weight = weigh(home.database, scope)
    assert weight.rows == {
        "sessions": 0, "session_plans": 0, "session_ends": 0, "sets": 1, "pain_ratings": 2, "level_changes": 2,
        "reminders": 0, "reminder_entries": 0, "clock_steps": 0, "checks": 0,
        "periods": 0, "flags": 0, "self_tests": 0,
    }  # fmt: skip
    assert erase(home.database, scope) == weight
    (summary,) = home.diary.sessions()
    assert (summary.sets, summary.pain) == ((other,), (before, of_other))
    assert home.diary.levels() == {"bridge": 4}
    assert remains(home.database, scope) == (
        "The plans of 1 other session still name the exercise, because those sessions held more than it.",
    )
    assert not any(weigh(home.database, scope).rows.values())


def test_a_session_of_nothing_else_goes_whole(home: Home) -> None:
    only = [{"exercise": "calf_raise"}]
    whole, open_, mixed = r.start(plan=only), r.start(DAY, plan=only), r.start(2 * DAY, plan=only)
    home.live([whole, r.done(whole), r.pain(session_id=whole.id), r.end(whole), open_])
    home.live([mixed, r.done(mixed), r.done(mixed, exercise_id="bridge", exercise_index=1)])
    home.diary.save_plan(whole.id, r.at(1), only)
    gone = erase(home.database, OneExercise("calf_raise"))
    assert (gone.sessions, gone.rows["session_plans"], gone.rows["session_ends"], gone.ratings) == (2, 1, 1, 1)
    assert (gone.first_day, gone.last_day) == (TODAY, TODAY + timedelta(days=1))
    assert ids(home, "sessions") == texts(mixed.id)
    assert remains(home.database, OneExercise("bridge")) == ()
    assert len(remains(home.database, OneExercise("calf_raise"))) == 1


def test_a_session_whose_plan_changed_to_something_else_stays(home: Home) -> None:
    start = r.start(plan=[{"exercise": "calf_raise"}])
    home.live([start, r.done(start)])
    home.diary.save_plan(start.id, r.at(1), [{"exercise": "bridge"}])
    erase(home.database, OneExercise("calf_raise"))
    assert ids(home, "sessions") == texts(start.id)
    assert ids(home, "sets") == set()


# --- days


def test_days_take_their_sessions_with_all_that_belongs_to_them(home: Home) -> None:
    yesterday, today, tomorrow = r.start(-DAY), r.start(), r.start(DAY)
    for start in (yesterday, today, tomorrow):
        home.live([start, r.done(start), r.pain(session_id=start.id), r.end(start)])
    # after midnight, but of the session that began before it
    late = r.done(today, DAY, set_no=2)
    loose, morning = r.pain(0), r.pain(DAY)
    home.live([late, loose, morning])
    gone = erase(home.database, Days(TODAY, TODAY))
    assert (gone.sessions, gone.rows["sets"], gone.ratings, gone.first_day, gone.last_day) == (1, 2, 2, TODAY, TODAY)
    assert [summary.start for summary in home.diary.sessions()] == [tomorrow, yesterday]
    assert str(morning.id) in ids(home, "pain_ratings")
    assert str(loose.id) not in ids(home, "pain_ratings")


def test_a_rating_of_a_session_of_another_day_stays_with_its_session(home: Home) -> None:
    start = r.start(-DAY)
    after_midnight = r.pain(0, session_id=start.id)
    home.live([start, after_midnight])
    erase(home.database, Days(TODAY, TODAY))
    assert home.diary.sessions()[0].pain == (after_midnight,)


def test_both_days_are_included_and_a_day_is_as_it_was_lived(home: Home) -> None:
    there = r.start(stamp=Stamp.of(r.at(16 * 60), "Pacific/Auckland"))
    home.live([r.start(-2 * DAY), r.start(-DAY), r.start(0), there])
    assert weigh(home.database, Days(TODAY - timedelta(days=1), TODAY)).sessions == 2
    erase(home.database, Days(TODAY - timedelta(days=1), TODAY))
    assert ids(home, "sessions") >= texts(there.id)
    assert len(home.diary.sessions()) == 2


def test_a_correction_goes_with_what_it_corrects(home: Home) -> None:
    first = r.pain(0)
    second = r.pain(DAY, supersedes=first.id)
    third = r.pain(2 * DAY, supersedes=second.id)
    home.live([first, second, third])
    assert weigh(home.database, Days(TODAY, TODAY)).ratings == 3
    erase(home.database, Days(TODAY, TODAY))
    assert ids(home, "pain_ratings") == set()


def test_an_answer_stands_again_when_its_correction_is_erased(home: Home) -> None:
    first = r.pain(0, nrs=3)
    home.live([first, r.pain(DAY, nrs=5, supersedes=first.id)])
    tomorrow = TODAY + timedelta(days=1)
    erase(home.database, Days(tomorrow, tomorrow))
    assert home.diary.last_pain() == {r.HEEL: first}


def test_a_level_chosen_later_stays(home: Home) -> None:
    choices = [r.level(day * DAY, day + 1) for day in range(5)]
    home.live([*choices])
    gone = erase(home.database, Days(TODAY + timedelta(days=1), TODAY + timedelta(days=2)))
    assert gone.rows["level_changes"] == 2
    assert home.diary.levels() == {"calf_raise": 5}
    left = {row["id"]: row["supersedes"] for row in home.rows()["level_changes"]}
    zero, three, four = (str(choices[number].id) for number in (0, 3, 4))
    assert left == {zero: None, three: zero, four: three}


# --- everything


def test_everything_leaves_an_empty_diary_that_works(home: Home) -> None:
    start = r.start()
    home.live([start, r.done(start), r.pain(session_id=start.id), r.level(0, 2)])
    assert sum(erase(home.database, Everything()).rows.values()) == 4
    assert not any(home.history())
    home.live([start, r.done(start)])
    assert len(home.diary.sessions()) == 1


# --- reminders


def reminded(home: Home) -> Reminder:
    """A reminder with a line of yesterday and one of today, and a weekly answer of each day."""
    rule = routine(since=r.at(-3 * DAY))
    yesterday, today = (line(Answer.STARTED, r.at(m), day=r.at(m).date()) for m in (-DAY, 0))
    asked = [Checked(WeeklyCheck(r.new_id(), r.stamp(m), "stairs"), (r.pain(m),)) for m in (-DAY, 0)]
    home.live([RuleChange(rule, 0), yesterday, today, ClockStep(r.at(-60), r.at(0)), *asked])
    return rule


def test_days_take_what_became_of_reminders_and_leave_the_reminders(home: Home) -> None:
    rule = reminded(home)
    gone = erase(home.database, Days(TODAY, TODAY))
    assert {table: count for table, count in gone.rows.items() if count} == {
        "reminder_entries": 1,
        "checks": 1,
        "pain_ratings": 1,
    }
    book = home.diary.reminders
    assert book.rules() == (rule,)
    assert [entry.local_date for entry in book.entries(date.min)] == [TODAY - timedelta(days=1)]
    assert len(book.checks(date.min)) == 1


def test_one_exercise_leaves_reminders_alone_and_everything_takes_them_all(home: Home) -> None:
    reminded(home)
    home.live([r.level(0, 2)])
    before = home.rows()
    erase(home.database, OneExercise("calf_raise"))
    for name in ("reminders", "reminder_entries", "clock_steps", "checks"):
        assert home.rows()[name] == before[name]
    erase(home.database, Everything())
    assert not any(home.rows().values())


# --- flares, symptoms, self-tests


def test_days_take_what_was_noted_on_them_or_about_them_alone(home: Home) -> None:
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

    def noted(minutes: int, first: date, last: date | None) -> Period:
        return Period(r.new_id(), r.stamp(minutes), PeriodKind.FLARE, first, last)

    written_today, about_today = noted(0, before, None), noted(DAY, TODAY, TODAY)
    longer, open_ = noted(DAY, before, TODAY), noted(-DAY, TODAY, None)
    corrected = replace(written_today, id=r.new_id(), stamp=r.stamp(DAY), last=after, supersedes=written_today.id)
    flags = [FlagAnswer(r.new_id(), r.stamp(m), "S2", FlagLevel.SOON, yes=True) for m in (-DAY, 0)]
    tests = [SelfTest(r.new_id(), r.stamp(m), "sit_and_reach", -35) for m in (0, DAY)]
    home.live([written_today, about_today, longer, open_, corrected, *flags, *tests])
    gone = erase(home.database, Days(TODAY, TODAY))
    assert {table: count for table, count in gone.rows.items() if count} == {"periods": 3, "flags": 1, "self_tests": 1}
    book = home.diary.progress
    assert book.periods(EVER) == (longer, open_)
    assert (book.flags(EVER), book.tests(EVER)) == ((flags[0],), (tests[1],))
    erase(home.database, OneExercise("calf_raise"))
    assert len(book.periods(EVER)) == 2
    erase(home.database, Everything())
    assert not any(home.rows().values())


def test_a_flare_of_these_days_does_not_go_on_again_without_its_end(home: Home) -> None:
    begun = Period(r.new_id(), r.stamp(DAY), PeriodKind.FLARE, TODAY, None)  # written down a day later
    ended = replace(begun, id=r.new_id(), stamp=r.stamp(2 * DAY), last=TODAY, supersedes=begun.id)
    home.live([begun, ended])
    assert erase(home.database, Days(TODAY, TODAY)).rows["periods"] == 2
    assert home.diary.progress.periods(EVER) == ()


def test_a_flare_that_was_once_thought_shorter_stays(home: Home) -> None:
    begun = Period(r.new_id(), r.stamp(DAY), PeriodKind.FLARE, TODAY, None)
    short = replace(begun, id=r.new_id(), stamp=r.stamp(2 * DAY), last=TODAY, supersedes=begun.id)
    longer = replace(short, id=r.new_id(), last=TODAY + timedelta(days=9), supersedes=short.id)
    home.live([begun, short, longer])
    assert erase(home.database, Days(TODAY, TODAY)).rows["periods"] == 0
    assert home.diary.progress.periods(EVER) == (longer,)


@pytest.mark.parametrize("scope", [Days(TODAY, TODAY), OneExercise("calf_raise")])
def test_what_was_erased_does_not_seem_to_have_been_missed(tmp_path: Path, scope: Scope) -> None:
    clock = FakeClock(r.at(12 * 60))
    with closing(open_diary(tmp_path, clock)) as diary:
        diary.reminders.keep_rule(routine("10:00", since=r.at(-3 * DAY)), r.stamp())
        diary.reminders.add_entries([line(Answer.STARTED, r.at(30), "10:00")], r.ZONE)
        diary.add_level(r.level(0, 2))
        diary.archive.erase(scope, backups_too=False)
        facts = Facts({"daily_six": frozenset({"daily_six"})})
        reminding = Reminding(diary.reminders, diary, facts, clock, lambda: r.ZONE, r.new_id)
        clock.advance(60)
        assert reminding.look().lines == ()
        assert not any(diary.archive.weigh(scope).rows.values())  # and there is nothing left to erase


def test_without_reminders_nothing_is_noted_of_an_erasure(tmp_path: Path) -> None:
    with closing(open_diary(tmp_path, FakeClock())) as diary:
        diary.add_level(r.level(0, 2))
        diary.archive.erase(Days(TODAY, TODAY), backups_too=True)
        assert not any(diary.archive.contents().rows.values())


# --- properties


scopes = st.one_of(
    st.builds(OneExercise, st.sampled_from(EXERCISES)),
    st.builds(
        lambda first, length: Days(TODAY + timedelta(days=first), TODAY + timedelta(days=first + length)),
        st.integers(-3, 3),
        st.integers(0, 3),
    ),
    st.just(Everything()),
)


@patient
@soaked
@given(past=histories(16), scope=scopes)
def test_nothing_of_the_scope_is_left_and_the_rest_is_to_the_letter(past: list[Record], scope: Scope) -> None:
    with homes(1) as ((home,), _):
        home.live(past)
        before = home.rows()
        weight = weigh(home.database, scope)
        assert home.rows() == before
        assert erase(home.database, scope) == weight
        after = home.rows()
        assert {name: len(before[name]) - len(after[name]) for name in TABLES} == weight.rows
        for name, rows in after.items():
            kept = {row["id"] for row in rows}
            unchanged = [row for row in before[name] if row["id"] in kept]
            assert list(map(without_choice_before, rows)) == list(map(without_choice_before, unchanged))
        assert not left_of(scope, after)
        assert not dangling(after)
        home.history()
        with home.database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def without_choice_before(row: dict[str, Any]) -> dict[str, Any]:
    """A later choice of a level may name an earlier predecessor than before; nothing else changes."""
    return {key: value for key, value in row.items() if key != "supersedes" or "reason" not in row}


def left_of(scope: Scope, rows: Rows) -> list[dict[str, Any]]:
    every = [row for table in rows.values() for row in table]
    match scope:
        case Everything():
            return every
        case OneExercise(exercise_id):
            return [row for row in every if row.get("exercise_id") == exercise_id]
        case Days(first, last):
            gone = {str(first + timedelta(days=number)) for number in range((last - first).days + 1)}
            settings = rows["reminders"] + rows["clock_steps"]
            loose = [row for row in every if not row.get("session_id") and row not in settings]
            return [row for row in loose if row["local_date"] in gone]


def dangling(rows: Rows) -> list[str]:
    known = {name: {row["id"] for row in table} for name, table in rows.items()}
    found = []
    for name, table in rows.items():
        for column, parent in (("session_id", "sessions"), ("set_id", "sets"), ("supersedes", name)):
            found += [row["id"] for row in table if row.get(column) and row[column] not in known[parent]]
    return found


# --- all or nothing, and nothing on the disk


def test_an_erasure_that_fails_at_any_statement_changes_nothing(home: Home) -> None:
    start = r.start()
    record = r.done(start)
    home.live([start, record, r.done(start, supersedes=record.id), r.pain(set_id=record.id), r.level(0, 2)])
    before = home.rows()
    number = 0
    done = False
    while not done:
        number += 1
        with failing_at(home, number):
            try:
                erase(home.database, Days(TODAY, TODAY))
            except StorageError:
                pass
            else:
                done = True
        assert done or home.rows() == before
    assert number > 10
    assert not any(home.rows().values())


MARK = "marker-of-a-note-that-was-erased"


def on_disk(folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir()) if MARK.encode() in path.read_bytes()]


def live_with_marks(home: Home) -> OneExercise:
    for number in range(40):
        start = r.start(number, routine_title=MARK, plan=[{"exercise": MARK, "much": MARK * 200}])
        home.live([start, r.done(start, number, exercise_id=MARK), r.level(number, 1, MARK)])
        home.live([r.end(start, number, note=MARK * 30)])
    other = r.start(100)
    home.live([other, r.done(other)])
    return OneExercise(MARK)


@pytest.mark.parametrize("everything", [False, True])
def test_nothing_erased_is_found_in_the_file_or_its_log(home: Home, everything: bool) -> None:
    scope = live_with_marks(home)
    home.diary.close()
    assert on_disk(home.folder)  # as it should be before
    again = Home(home.folder)  # its statistics were made when it was closed
    erase(again.database, Everything() if everything else scope)
    assert on_disk(home.folder) == []  # while it is open, too
    assert again.diary.sessions() if not everything else not again.diary.sessions()
    again.diary.close()
    assert on_disk(home.folder) == []
    with closing(sqlite3.connect(home.folder / FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_nothing_erased_is_found_even_where_there_is_no_room_to_build_the_file_anew(home: Home) -> None:
    scope = live_with_marks(home)

    def no_room() -> None:
        raise StorageError("no room")

    with pytest.raises(StorageError, match="no room"):
        erase(replace(home.database, compact=no_room), scope)
    home.diary.close()
    assert on_disk(home.folder) == []


def test_a_file_that_cannot_be_built_anew_is_told_and_the_entries_are_gone(home: Home) -> None:
    scope = live_with_marks(home)
    with closing(sqlite3.connect(home.folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM sets").fetchone()
        with pytest.raises(StorageError, match=r"entries are erased, but .* another program is using the diary"):
            erase(home.database, scope)
        other.execute("COMMIT")
    assert not any(weigh(home.database, scope).rows.values())
    erase(home.database, scope)
    home.diary.close()
    assert on_disk(home.folder) == []


def test_where_the_database_sees_to_it_itself_nothing_is_built_anew(home: Home) -> None:
    home.live([r.level(0, 2)])
    assert erase(replace(home.database, compact=None), Everything()).rows["level_changes"] == 1


def test_more_rows_than_one_question_may_name(home: Home) -> None:
    start = r.start()
    records = [r.done(start, number % 60, set_no=number + 1) for number in range(1200)]
    chain = [records[0]]
    for number in range(1, 700):
        chain.append(r.done(start, number % 60, supersedes=chain[-1].id))
    home.live([start, *records, *chain[1:]])
    assert erase(home.database, Days(date(2000, 1, 1), date(2100, 1, 1))).rows["sets"] == 1899
    with home.database.reading() as connection:
        assert not any(counted(connection).rows.values())


def test_a_plan_that_cannot_be_read_does_not_keep_anything_from_being_erased(home: Home) -> None:
    start = r.start()
    home.live([start, r.done(start)])
    with home.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sessions SET plan = '{broken'")
    gone = erase(home.database, OneExercise("calf_raise"))
    assert (gone.rows["sets"], gone.sessions) == (1, 0)
