"""A new reminder of every kind is a good one."""

from __future__ import annotations

import pytest

from coach.domain.reminders.ledger import History
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import ReminderKind
from coach.domain.reminders.plan import week_plan
from coach.domain.reminders.starters import starter
from tests.domain.reminders.make import BERLIN, local, rid


@pytest.mark.parametrize("kind", list(ReminderKind))
def test_a_new_reminder_of_each_kind_comes_within_the_week(kind: ReminderKind) -> None:
    rule = starter(kind, rid(), local("14 08:00"), "daily_six")
    reasons = {each.why for each in week_plan([rule], History(), local("15 06:00"), BERLIN)}
    assert reasons & {Why.DUE, Why.CONDITIONAL}
