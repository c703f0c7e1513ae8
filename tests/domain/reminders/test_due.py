"""When a reminder rings next: days, done, snooze, pause, quiet hours, heavy work, a safety stop, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.reminders.due import next_due
from coach.domain.reminders.ledger import Answer, Entry, History
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import (
    IfMissed,
    InQuiet,
    Pause,
    Quiet,
    ReminderKind,
    SkipDone,
    Weekday,
    Within,
)
from coach.domain.reminders.plan import occurrence
from coach.domain.reminders.wall import next_midnight, zone_of
from tests.domain.reminders.make import (
    BERLIN,
    HOUR,
    MINUTE,
    SUNDAY,
    check,
    clock,
    done,
    entry,
    local,
    own,
    routine,
    sitting,
)
from tests.domain.reminders.strategies import few, histories, instants, reminders, zones

if TYPE_CHECKING:
    from coach.domain.reminders.rule import Reminder

NOON = local("12:00")
NIGHT = Quiet(clock("21:00"), clock("07:00"))
NOTHING = History()


def due(rule: Reminder, history: History = NOTHING, now: datetime = NOON, zone: str = BERLIN) -> datetime | None:
    """When it rings next."""
    found = next_due(rule, history, now, zone)
    return found.at if found else None


def why(
    rule: Reminder, history: History = NOTHING, slot: str = "18:30", day: date = SUNDAY, now: datetime = NOON
) -> Why:
    """The reason of one slot."""
    return judged(rule, history, slot, day, now).why


def judged(
    rule: Reminder, history: History = NOTHING, slot: str = "18:30", day: date = SUNDAY, now: datetime = NOON
) -> Occurrence:
    """One slot as it stands."""
    found = occurrence(rule, history, now, BERLIN, day, slot)
    assert found is not None
    return found


def past(*entries: Entry) -> History:
    """A ledger."""
    return History(entries)


def test_the_next_one_is_today_or_tomorrow() -> None:
    assert due(routine()) == local("18:30")
    assert due(routine(), now=local("18:30")) == local("16 18:30")  # what rings now is not the next one
    assert due(routine("08:00", "13:00", "18:30")) == local("13:00")


def test_days_off_are_passed_over_and_are_rest_for_a_routine() -> None:
    rule = routine(weekdays=frozenset({Weekday.TUE}))
    assert due(rule) == local("17 18:30")
    assert why(rule) is Why.REST_DAY
    assert why(check(ReminderKind.WEEKLY_CHECK, weekdays=frozenset({Weekday.TUE}))) is Why.WEEKDAY_OFF
    assert due(routine(rest_days=frozenset({SUNDAY}))) == local("16 18:30")


def test_one_that_is_off_never_rings() -> None:
    rule = routine(on=False)
    assert due(rule) is None
    assert why(rule) is Why.OFF


def test_once_done_no_more_that_day() -> None:
    rule, history = routine("08:00", "18:30"), History(done=(done(local("07:50")),))
    assert due(rule, history) == local("16 08:00")
    assert why(rule, history) is Why.ALREADY_DONE
    assert due(replace(rule, skip_done=SkipDone.NEVER), history) == local("18:30")


def test_another_routine_or_another_day_does_not_count() -> None:
    other = History(done=(done(NOON, routine_id="desk"), done(local("14 23:50"), date(2026, 11, 14))))
    assert due(routine(), other) == local("18:30")


def test_twice_a_day_means_twice() -> None:
    rule = routine("08:00", "18:30", skip_done=SkipDone.EACH)
    assert due(rule, History(done=(done(local("08:05")),))) == local("18:30")
    assert due(rule, History(done=(done(local("08:05")), done(local("11:00"))))) == local("16 08:00")


def test_an_interval_counts_from_what_was_done_last() -> None:
    rule = routine(when=Within(clock("09:00"), clock("17:00"), 60), skip_done=SkipDone.EACH)
    assert due(rule) == local("13:00")
    assert due(rule, History(done=(done(local("11:59")),))) == local("13:00")
    assert due(rule, History(done=(done(local("12:10")),)), local("12:20")) == local("14:00")


def test_a_snoozed_one_rings_when_the_person_said_even_past_midnight() -> None:
    late = routine("23:50")
    history = past(
        entry(Answer.SHOWN, local("23:50"), "23:50"),
        entry(Answer.SNOOZED, local("23:52"), "23:50", until=local("16 00:22")),
    )
    found = next_due(late, history, local("23:52"), BERLIN)
    assert found is not None
    assert (found.at, found.why, found.local_date) == (local("16 00:22"), Why.SNOOZED, SUNDAY)


def test_a_snooze_that_ends_in_quiet_hours_is_dropped() -> None:
    rule = own(routine(), quiet=NIGHT)
    history = past(entry(Answer.SNOOZED, local("20:55"), until=local("21:05")))
    assert why(rule, history) is Why.QUIET_HOURS
    assert due(rule, history, local("20:56")) == local("16 18:30")


def test_one_that_nobody_answers_calls_a_second_time_and_then_is_silent() -> None:
    rule = own(routine(), nudge_min=15)
    once = past(entry(Answer.SHOWN, local("18:30")))
    found = next_due(rule, once, local("18:31"), BERLIN)
    assert found is not None
    assert (found.at, found.why) == (local("18:45"), Why.SECOND_CALL)
    twice = past(entry(Answer.SHOWN, local("18:30")), entry(Answer.SHOWN, local("18:45")))
    assert due(rule, twice, local("18:46")) == local("16 18:30")
    assert why(rule, twice) is Why.SHOWN
    assert why(own(rule, nudge_min=None), once) is Why.SHOWN


def test_after_a_snooze_it_may_call_twice_again() -> None:
    snoozed = (entry(Answer.SHOWN, local("18:30")), entry(Answer.SNOOZED, local("18:31"), until=local("18:41")))
    shown = entry(Answer.SHOWN, local("18:41"))
    assert due(own(routine(), nudge_min=15), past(*snoozed, shown), local("18:42")) == local("18:56")


@pytest.mark.parametrize("answer", [Answer.STARTED, Answer.DISMISSED, Answer.MISSED, Answer.SKIPPED])
def test_an_answered_occurrence_never_rings_again(answer: Answer) -> None:
    history = past(entry(answer, local("18:20")), entry(Answer.SNOOZED, local("18:21"), until=local("19:00")))
    assert due(routine(), history) == local("16 18:30")
    assert judged(routine(), history).entry == history.entries[0]


def test_not_today_means_the_whole_day() -> None:
    rule, history = routine("08:00", "18:30"), past(entry(Answer.SKIPPED, local("08:01"), "08:00"))
    assert due(rule, history) == local("16 08:00")
    assert why(rule, history) is Why.SKIPPED_TODAY


def test_quiet_hours_move_what_they_can_within_the_day() -> None:
    rule = own(routine("06:30", "22:00"), quiet=NIGHT)
    early = judged(rule, slot="06:30", day=date(2026, 11, 16))
    assert (early.why, early.cause, early.at) == (Why.MOVED, Why.QUIET_HOURS, local("16 07:00"))
    assert why(rule, slot="22:00") is Why.QUIET_HOURS
    assert why(own(rule, in_quiet=InQuiet.DROP), slot="06:30") is Why.QUIET_HOURS


def test_what_is_moved_close_to_another_one_comes_with_it() -> None:
    rule = own(routine("06:00", "06:30", "07:20"), quiet=NIGHT)
    monday = date(2026, 11, 16)
    assert [why(rule, slot=slot, day=monday) for slot in ("06:00", "06:30", "07:20")] == [
        Why.MERGED,
        Why.MERGED,
        Why.DUE,
    ]
    assert due(rule) == local("16 07:20")


def test_an_answer_does_not_set_free_what_came_together_with_it() -> None:
    rule = own(routine("06:00", "06:30"), quiet=NIGHT)
    monday = date(2026, 11, 16)
    for answer in (Answer.STARTED, Answer.DISMISSED, Answer.SHOWN):
        history = past(entry(answer, local("16 07:00"), "06:30", monday))
        assert why(rule, history, "06:00", monday, local("16 07:00")) is Why.MERGED


def test_quiet_hours_that_end_in_a_gap_or_in_a_repeated_hour() -> None:
    rule = own(routine("01:00"), quiet=Quiet(clock("00:30"), clock("02:30")))
    spring, autumn = datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert due(rule, now=spring) == datetime(2026, 3, 29, 1, tzinfo=UTC)  # 03:00
    assert due(rule, now=autumn) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first 02:30
    snoozed = past(
        entry(Answer.SNOOZED, autumn, "01:00", date(2026, 10, 25), until=datetime(2026, 10, 25, 1, 10, tzinfo=UTC))
    )  # until the second 02:10, which the quiet hours cover once more
    assert due(rule, snoozed, datetime(2026, 10, 25, 1, tzinfo=UTC)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_pause_moves_within_the_day_and_drops_what_lies_beyond() -> None:
    hour = Pause(local("18:00"), local("19:00"))
    assert judged(routine(pause=hour)).cause is Why.PAUSED
    assert due(routine(pause=hour)) == local("19:00")
    today = Pause(NOON, next_midnight(NOON, zone_of(BERLIN)))
    assert why(routine(pause=today)) is Why.PAUSED
    assert due(routine(pause=today)) == local("16 18:30")
    until = Pause(NOON, datetime(2027, 3, 1, tzinfo=UTC))
    assert due(routine(pause=until)) == datetime(2027, 3, 1, 17, 30, tzinfo=UTC)


def test_strength_waits_for_48_hours_after_heavy_work() -> None:
    history = History(heavy=(local("18:45"),), done=(done(local("18:50")),))
    assert why(routine(), history, day=date(2026, 11, 16), now=local("20:00")) is Why.HEAVY_WORK
    tuesday = judged(routine(), history, day=date(2026, 11, 17), now=local("20:00"))
    assert (tuesday.why, tuesday.cause, tuesday.at) == (Why.MOVED, Why.HEAVY_WORK, local("17 18:45"))
    assert due(routine(), history, local("20:00")) == local("17 18:45")
    test = check(ReminderKind.SELF_TEST, "18:30")
    assert why(test, history, day=date(2026, 11, 16), now=local("20:00")) is Why.HEAVY_WORK


def test_gentle_reminders_do_not_wait_after_heavy_work() -> None:
    heavy = History(heavy=(local("11:00"),), gentle=frozenset({"a_short"}))
    assert due(routine(routine_id="a_short"), heavy) == local("18:30")
    assert due(check(ReminderKind.FIRST_STEPS, "18:30"), heavy) == local("18:30")


def test_heavy_work_of_the_future_was_written_by_a_wrong_clock() -> None:
    assert due(routine(), History(heavy=(local("18:00"),))) == local("18:30")


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_a_safety_stop_silences_everything(kind: ReminderKind) -> None:
    rule = sitting() if kind is ReminderKind.SITTING else routine(kind=kind)
    history = History(locked_since=local("11:00"), strained=frozenset({date(2026, 11, 14), SUNDAY}))
    assert due(rule, history) is None
    assert why(rule, history, slot="09:00-17:00" if kind is ReminderKind.SITTING else "18:30") is Why.LOCKED


def test_the_morning_check_comes_only_if_the_day_before_calls_for_it() -> None:
    rule, monday = check(ReminderKind.MORNING_CHECK, "08:30"), date(2026, 11, 16)
    assert why(rule, slot="08:30") is Why.NOT_CALLED_FOR
    assert why(rule, slot="08:30", day=monday) is Why.CONDITIONAL
    assert due(rule) is None
    assert due(rule, History(strained=frozenset({SUNDAY}))) == local("16 08:30")


@pytest.mark.parametrize(
    ("kind", "days_ago", "found"),
    [
        (ReminderKind.WEEKLY_CHECK, 3, "22 18:00"),
        (ReminderKind.WEEKLY_CHECK, 4, "15 18:00"),
        (ReminderKind.SELF_TEST, 27, "22 18:00"),
        (ReminderKind.SELF_TEST, 28, "15 18:00"),
    ],
)
def test_a_check_done_lately_counts(kind: ReminderKind, days_ago: int, found: str) -> None:
    rule = check(kind, "18:00", weekdays=frozenset({Weekday.SUN}))
    day = SUNDAY - timedelta(days=days_ago)
    assert due(rule, History(done=(done(NOON, day, kind),))) == local(found)


def test_a_missed_one_may_be_made_up_on_a_free_day() -> None:
    rule = own(routine(weekdays=frozenset({Weekday.SUN, Weekday.WED})), if_missed=IfMissed.MOVE)
    missed = past(entry(Answer.MISSED, local("20:00")))
    found = next_due(rule, missed, local("20:00"), BERLIN)
    assert found is not None
    assert (found.at, found.why) == (local("16 18:30"), Why.MADE_UP)
    assert due(own(rule, if_missed=IfMissed.OFFER), missed, local("20:00")) == local("18 18:30")
    late = past(entry(Answer.MISSED, local("16 18:31")))  # known too late
    assert due(rule, late, local("16 18:00")) == local("18 18:30")
    made_good = replace(missed, done=(done(local("22:00")),))
    assert due(rule, made_good, local("22:00")) == local("18 18:30")


def test_a_sitting_reminder_rings_by_the_clock_only_after_a_snooze() -> None:
    assert due(sitting()) is None
    snoozed = past(entry(Answer.SNOOZED, local("11:40"), "11:40", number=3, until=local("12:10")))
    assert due(sitting(), snoozed) == local("12:10")


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_due(routine(), NOTHING, NOON.replace(tzinfo=None), BERLIN)


@few
@given(st.data(), instants, zones)
def test_the_next_one_lies_ahead_is_unanswered_and_is_the_first(data: st.DataObject, now: datetime, zone: str) -> None:
    rule = data.draw(reminders())
    history = data.draw(histories([rule]))
    found = next_due(rule, history, now, zone)
    if found is None:
        return
    assert found.at is not None
    assert found.at > now
    assert rule.on
    assert found.why.rings
    assert not any(e.key == found.key and e.answer.final for e in history.entries)
    assert history.locked_since is None or found.at < history.locked_since
    shown = found.at.astimezone(zone_of(zone))
    assert rule.manner.quiet is None or not rule.manner.quiet.covers(shown.time().replace(tzinfo=None))
    assert rule.pause is None or not rule.pause.covers(found.at)
    # Asked a moment earlier, the answer is the same: nothing rings in between.
    again = next_due(rule, history, found.at - timedelta(microseconds=1), zone)
    if not history.heavy:  # what counts of them depends on now
        assert again == found
    assert found == occurrence(rule, history, now, zone, found.local_date, found.slot)
    assert HOUR == 60 * MINUTE
