"""Sleep, a set clock, travel and midnight are told apart by two looks at two clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from coach.reminders.watch import LOOK_EVERY_S, SLACK_S, Cause, Glance, cause_between

BEFORE = Glance(datetime(2026, 11, 15, 12, tzinfo=UTC), 1000.0, "Europe/Berlin")


def later(passed: float, wall: float | None = None, zone: str = "Europe/Berlin") -> Glance:
    """So many seconds later by the monotonic clock, and by the clock on the wall."""
    shown = BEFORE.now + timedelta(seconds=passed if wall is None else wall)
    return Glance(shown, BEFORE.monotonic + passed, zone)


@pytest.mark.parametrize(
    ("after", "cause"),
    [
        (later(60), None),
        (later(LOOK_EVERY_S + SLACK_S), None),
        (later(LOOK_EVERY_S + SLACK_S + 1), Cause.WOKE),
        (later(9 * 3600), Cause.WOKE),
        (later(60, -30 * 86400), Cause.CLOCK),
        (later(60, 365 * 86400), Cause.CLOCK),
        (later(60, 60 + SLACK_S), None),  # a time server's nudge
        (later(9 * 3600, 0), Cause.CLOCK),  # woke with a dead clock battery
        (later(60, zone="Asia/Tokyo"), Cause.ZONE),
        (later(60, zone="Europe/Paris"), Cause.ZONE),
    ],
)
def test_what_happened_between_two_looks(after: Glance, cause: Cause | None) -> None:
    assert cause_between(BEFORE, after) is cause


def test_a_short_wait_makes_a_short_sleep_visible() -> None:
    assert cause_between(BEFORE, later(100), waited_s=5.0) is Cause.WOKE


def test_midnight_is_the_one_of_the_zone() -> None:
    eve = Glance(datetime(2026, 11, 15, 22, 59, 30, tzinfo=UTC), 0.0, "Europe/Berlin")
    assert cause_between(eve, Glance(eve.now + timedelta(seconds=60), 60.0, "Europe/Berlin")) is Cause.NEW_DAY
    eve = Glance(eve.now, 0.0, "UTC")
    assert cause_between(eve, Glance(eve.now + timedelta(seconds=60), 60.0, "UTC")) is None
