"""After sleep, absence and clock changes: at most one notification, one line a day, and nothing asked twice."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.away import GRACE, LOOK_BACK_DAYS, Away, away, lines_of
from coach.domain.reminders.due import next_due
from coach.domain.reminders.ledger import Answer, Entry, History, Missed
from coach.domain.reminders.parts import IfMissed, Pause, Quiet, ReminderKind, Within
from coach.domain.reminders.wall import wall_time, zone_of
from tests.domain.reminders.make import BERLIN, SUNDAY, check, clock, done, entry, local, own, rid, routine, sitting
from tests.domain.reminders.strategies import few, histories, instants, reminders, zones

if TYPE_CHECKING:
    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.rule import Reminder

SINCE = local("12:00")
SIX = routine(since=SINCE)
STEPS = check(ReminderKind.FIRST_STEPS, "07:10", since=SINCE)


def shown(occurrence: Occurrence, at: datetime) -> Entry:
    """The line that says that an occurrence is on screen."""
    return Entry(*occurrence.key, Answer.SHOWN, at)


def after(history: History, found: Away, now: datetime) -> History:
    """The history when everything was written that a look asks for."""
    seen = tuple(shown(each, now) for each in (found.notify, *found.along) if each is not None)
    return replace(history, entries=(*history.entries, *found.rows, *seen))


def notified(found: Away) -> list[tuple[date, str]]:
    """What is shown."""
    return [(each.local_date, each.slot) for each in (found.notify, *found.along) if each is not None]


def test_on_time_it_is_shown_and_nothing_is_missed() -> None:
    found = away([SIX, STEPS], History(), local("18:30"), BERLIN)
    assert (notified(found), found.late, found.rows) == ([(SUNDAY, "18:30")], False, ())


def test_two_at_the_same_time_come_in_one_notification() -> None:
    second = check(ReminderKind.WEEKLY_CHECK, "18:30", since=SINCE)
    found = away([second, SIX], History(), local("18:30"), BERLIN)
    assert found.notify is not None
    assert found.notify.reminder == SIX.id
    assert [each.reminder for each in found.along] == [second.id]
    assert found.rows == ()


def test_within_the_grace_a_missed_one_is_offered_once() -> None:
    now = local("20:30")
    found = away([SIX], History(), now, BERLIN, Missed.ASLEEP)
    assert (notified(found), found.late, found.rows) == ([(SUNDAY, "18:30")], True, ())
    again = away([SIX], after(History(), found, now), now, BERLIN, Missed.ASLEEP)
    assert again == Away()


def test_after_the_grace_it_is_only_listed() -> None:
    found = away([SIX], History(), local("18:30") + GRACE + timedelta(seconds=1), BERLIN, Missed.ASLEEP)
    assert found.notify is None
    (line,) = found.lines
    assert (line.local_date, line.missed[0].missed) == (SUNDAY, Missed.ASLEEP)
    assert line.missed == found.rows


def test_several_missed_within_the_grace_become_one() -> None:
    rule = routine("18:00", "18:30", "19:00", since=SINCE)
    other = check(ReminderKind.WEEKLY_CHECK, "19:10", since=SINCE)
    found = away([rule, other], History(), local("19:30"), BERLIN, Missed.ASLEEP)
    assert notified(found) == [(SUNDAY, "19:00")]
    assert sorted(row.slot for row in found.rows) == ["18:00", "18:30", "19:10"]
    assert len(found.lines) == 1


def test_one_that_is_due_just_now_comes_with_the_missed_one() -> None:
    other = check(ReminderKind.WEEKLY_CHECK, "19:30", since=SINCE)
    found = away([SIX, other], History(), local("19:30"), BERLIN, Missed.ASLEEP)
    assert notified(found) == [(SUNDAY, "18:30"), (SUNDAY, "19:30")]
    assert found.late


@pytest.mark.parametrize("policy", [IfMissed.DROP, IfMissed.MOVE])
def test_who_does_not_want_missed_ones_is_not_notified(policy: IfMissed) -> None:
    found = away([own(SIX, if_missed=policy)], History(), local("19:00"), BERLIN, Missed.ASLEEP)
    assert found.notify is None
    assert [row.missed for row in found.rows] == [Missed.ASLEEP]


def test_nobody_is_notified_in_quiet_hours_in_a_pause_or_in_a_safety_stop() -> None:
    now = local("19:00")
    quiet = own(SIX, quiet=Quiet(clock("18:45"), clock("07:00")))
    paused = replace(SIX, pause=Pause(local("18:50"), local("20:00")))
    stop = History(locked_since=local("18:50"))
    for rule, history in ((quiet, History()), (paused, History()), (SIX, stop)):
        found = away([rule], history, now, BERLIN, Missed.ASLEEP)
        assert found.notify is None
        assert len(found.rows) == 1


def test_what_was_done_or_ruled_out_was_not_missed() -> None:
    now = local("16 12:00")
    assert away([SIX], History(done=(done(local("21:00")),)), now, BERLIN) == Away()
    assert away([replace(SIX, rest_days=frozenset({SUNDAY}))], History(), now, BERLIN) == Away()
    assert away([replace(SIX, on=False)], History(), now, BERLIN) == Away()
    assert away([replace(SIX, since=local("18:31"))], History(), local("18:40"), BERLIN) == Away()


def test_what_waits_for_a_better_moment_is_left_alone() -> None:
    key = (SIX.id, SUNDAY, "18:30")
    assert away([SIX], History(), local("18:45"), BERLIN, waiting={key}) == Away()


def test_one_that_was_shown_and_never_answered_is_told_as_such() -> None:
    history = History((entry(Answer.SHOWN, local("18:30")), entry(Answer.SHOWN, local("18:45"))))
    assert away([SIX], history, local("20:44"), BERLIN) == Away()
    found = away([SIX], history, local("20:45"), BERLIN)
    assert [row.missed for row in found.rows] == [Missed.NO_ANSWER]


def test_one_whose_second_call_falls_into_quiet_hours_is_told_too() -> None:
    rule = own(SIX, quiet=Quiet(clock("18:40"), clock("07:00")), nudge_min=15)
    history = History((entry(Answer.SHOWN, local("18:30")),))
    assert away([rule], history, local("20:29"), BERLIN) == Away()
    assert [row.missed for row in away([rule], history, local("20:30"), BERLIN).rows] == [Missed.NO_ANSWER]


def test_the_second_call_of_an_unanswered_one_is_shown_on_time() -> None:
    history = History((entry(Answer.SHOWN, local("18:30")),))
    assert notified(away([own(SIX, nudge_min=15)], history, local("18:45"), BERLIN)) == [(SUNDAY, "18:30")]


def test_a_snooze_that_ended_in_sleep_is_offered_or_listed() -> None:
    history = History(
        (entry(Answer.SHOWN, local("18:30")), entry(Answer.SNOOZED, local("18:31"), until=local("18:41")))
    )
    assert away([SIX], history, local("20:00"), BERLIN, Missed.ASLEEP).late
    assert len(away([SIX], history, local("21:00"), BERLIN, Missed.ASLEEP).rows) == 1


def test_who_slept_has_not_been_sitting() -> None:
    history = History((entry(Answer.SNOOZED, local("12:30"), "12:30", number=3, until=local("12:40")),))
    found = away([replace(sitting(), since=SINCE)], history, local("13:30"), BERLIN, Missed.ASLEEP)
    assert found.notify is None
    assert len(found.rows) == 1


def test_fault_23_after_14_days_away_there_is_one_line_a_day_and_at_most_one_notification() -> None:
    rules = [SIX, STEPS, routine("08:00", "13:00", since=SINCE, id=rid(5))]
    now = local("29 19:00")
    found = away(rules, History(), now, BERLIN)
    assert len(notified(found)) == 1
    assert [line.local_date for line in found.lines] == [SUNDAY + timedelta(days=n) for n in range(14, -1, -1)]
    # On the first day only what lay behind noon; on the last all but the one that is shown.
    assert [len(line.missed) for line in found.lines] == [3, *[4] * 13, 2]
    assert away(rules, after(History(), found, now), now, BERLIN) == Away()
    assert lines_of(found.rows) == found.lines


def random_sleeps() -> list[tuple[datetime, timedelta]]:
    """Begin and length of 200 sleeps of a minute to 60 days, even in the logarithm."""
    dice = random.Random(23)
    longest = timedelta(days=60)
    return [
        (
            local("16 00:00") + timedelta(minutes=dice.randrange(60 * 24 * 30)),
            min(longest, timedelta(minutes=1) * longest.total_seconds() ** dice.random()),
        )
        for _ in range(200)
    ]


def test_fault_23_after_200_random_sleeps_there_is_at_most_one_notification_and_the_next_lies_ahead() -> None:
    often = routine(when=Within(clock("09:00"), clock("21:00"), 60), id=rid(5))
    counts = [0, 0]
    for begun, length in random_sleeps():
        now = begun + length
        rules = [replace(rule, since=begun - timedelta(hours=12)) for rule in (SIX, STEPS, often, sitting())]
        before = away(rules, History(), begun, BERLIN)
        history = after(History(), before, begun)
        found = away(rules, history, now, BERLIN, Missed.ASLEEP)
        assert found.notify is not None or not found.along
        counts[found.notify is not None] += 1
        if found.notify is not None:
            assert found.notify.at is not None
            assert now - found.notify.at <= GRACE
        days = [line.local_date for line in found.lines]
        assert days == sorted(set(days), reverse=True)
        history = after(history, found, now)
        assert away(rules, history, now, BERLIN, Missed.ASLEEP) == Away()
        for rule in rules:
            coming = next_due(rule, history, now, BERLIN)
            assert coming is None or (coming.at is not None and coming.at > now)
    assert min(counts) > 10  # both happen


@few
@given(st.data(), instants, zones)
def test_one_look_accounts_for_everything(data: st.DataObject, now: datetime, zone: str) -> None:
    rules: list[Reminder] = [data.draw(reminders(1)), data.draw(reminders(2))]
    history = data.draw(histories(rules))
    found = away(rules, history, now, zone, Missed.ASLEEP)
    assert found.notify is not None or not (found.along or found.late)
    keys = [row.key for row in found.rows] + [each.key for each in (found.notify, *found.along) if each]
    assert len(set(keys)) == len(keys)
    today = wall_time(now, zone_of(zone)).date()
    assert all(abs((row.local_date - today).days) <= LOOK_BACK_DAYS for row in found.rows)
    again = away(rules, after(history, found, now), now, zone, Missed.ASLEEP)
    if not any(rule.manner.if_missed is IfMissed.MOVE for rule in rules):  # one missed may be made up just now
        assert again == Away()
