"""The rotation of backups: what is kept, whatever clocks did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.retention import MOST, kept

NOW = datetime(2026, 11, 27, 10, 15, tzinfo=UTC)

instants = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
near = st.integers(-500 * 24, 60 * 24).map(lambda hours: NOW + timedelta(hours=hours))
histories = st.frozensets(st.one_of(instants, near), max_size=120)


def every(step: timedelta, count: int) -> set[datetime]:
    return {NOW - step * number for number in range(count)}


def test_the_fourteen_newest_stay() -> None:
    hourly = every(timedelta(hours=1), 40)
    assert set(sorted(hourly, reverse=True)[:14]) <= kept(hourly, NOW)


def test_three_years_of_daily_sessions_leave_days_weeks_and_months() -> None:
    keep = sorted(kept(every(timedelta(days=1), 1100), NOW), reverse=True)
    assert keep[:14] == [NOW - timedelta(days=number) for number in range(14)]
    weeks = list(dict.fromkeys(instant.isocalendar()[:2] for instant in keep))
    assert len(weeks) >= 8
    sundays = [instant for instant in keep[14:] if instant.isoweekday() == 7 and NOW - instant < timedelta(days=56)]
    assert len(sundays) == 8 - 3  # the newest three weeks have copies among the 14 days
    months = {(instant.year, instant.month) for instant in keep}
    assert len(months) == 12
    assert min(keep) == datetime(2025, 12, 31, 10, 15, tzinfo=UTC)


def test_weeks_and_months_without_a_copy_do_not_count() -> None:
    """Somebody comes back after two years: what was there before is still there."""
    before = {instant - timedelta(days=730) for instant in every(timedelta(days=1), 20)}
    assert len(kept(before | {NOW}, NOW)) >= 14


def test_weeks_begin_on_monday_in_utc() -> None:
    sunday = datetime(2026, 1, 4, 23, 59, 59, tzinfo=UTC)
    monday = sunday + timedelta(seconds=1)
    crowd = {NOW - timedelta(minutes=minute) for minute in range(14)}
    assert {sunday, monday} <= kept(crowd | {sunday, monday}, NOW)
    assert monday - timedelta(hours=1) not in kept(crowd | {sunday, monday, monday - timedelta(hours=1)}, NOW)


@given(histories, near)
def test_there_are_never_more_than_34(made: frozenset[datetime], now: datetime) -> None:
    keep = kept(made, now)
    assert keep <= made
    assert len(keep) <= MOST


@given(histories, near)
def test_the_newest_is_never_dropped(made: frozenset[datetime], now: datetime) -> None:
    """Neither the one with the latest name nor the latest one that can be true."""
    keep = kept(made, now)
    assert max(made, default=None) in {*keep, None}
    assert max((instant for instant in made if instant <= now), default=None) in {*keep, None}


@given(histories, near)
def test_keeping_again_changes_nothing(made: frozenset[datetime], now: datetime) -> None:
    keep = kept(made, now)
    assert kept(keep, now) == keep


@given(histories, near)
def test_copies_of_a_clock_that_ran_ahead_push_out_nobody(made: frozenset[datetime], now: datetime) -> None:
    past = {instant for instant in made if instant <= now}
    assert kept(past, now) <= kept(made, now)


def test_copies_of_a_clock_that_ran_ahead_give_way_in_time() -> None:
    ahead = {datetime(2099, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(40)}
    keep = kept(ahead, NOW)
    for day in range(400):
        now = NOW + timedelta(days=day)
        keep = kept(keep | {now}, now)
        assert now in keep
    assert len([instant for instant in keep if instant < NOW + timedelta(days=400)]) > 25
    assert max(ahead) in keep


def test_a_clock_that_fell_back_does_not_lose_what_was_made_before() -> None:
    good = kept(every(timedelta(days=1), 400), NOW)
    keep = good
    for hour in range(200):
        now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        keep = kept(keep | {now}, now)
    assert len(keep & good) >= 14
    assert max(good) in keep
