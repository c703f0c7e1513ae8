"""Reminders and what became of each, in the same tables and transactions as the rest of the diary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from coach.errors import StorageError
from coach.storage import reading, rows
from coach.storage.tables import checks, clock_steps, pain_ratings, reminder_entries, reminders

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Connection

    from coach.domain.records import PainRating, Stamp
    from coach.domain.reminders.ledger import ClockStep, Entry, Key
    from coach.domain.reminders.rule import Reminder
    from coach.services.reminding import MorningCheck, WeeklyCheck

    Transaction = Callable[[], AbstractContextManager[Connection]]


class SqlBook:
    """`coach.services.ports.ReminderBook` of a diary: `reading` and `writing` are the diary's own transactions."""

    def __init__(self, reading: Transaction, writing: Transaction, new_id: Callable[[], UUID]) -> None:
        self._reading, self._writing, self._new_id = reading, writing, new_id

    def rules(self) -> tuple[Reminder, ...]:
        """All reminders that were not removed, as they are now, oldest first."""
        with self._reading() as connection:
            return reading.rules(connection)

    def keep_rule(self, rule: Reminder, stamp: Stamp) -> None:
        """A new reminder, or the same one (by id) as it is from now on."""
        with self._writing() as connection:
            self._add_rule(connection, rule, stamp, removed=False)

    def remove_rule(self, reminder: UUID, stamp: Stamp) -> None:
        """It rings no more; its ledger stays. One that was removed already stays so."""
        with self._writing() as connection:
            last = reading.current_rule(connection, reminder)
            if last is None:
                raise StorageError("That reminder is not in the diary. Nothing was changed.")
            if not last.removed:
                self._add_rule(connection, rows.to_rule(last), stamp, removed=True)

    def entries(self, since: date) -> tuple[Entry, ...]:
        """The ledger from a local date on, by date, what is about one occurrence in writing order."""
        with self._reading() as connection:
            return reading.ledger(connection, since)

    def add_entries(self, entries: Sequence[Entry], zone: str) -> None:
        """What became of occurrences, all or none."""
        if not entries:
            return
        with self._writing() as connection:
            last = _last_numbers(connection, {entry.local_date for entry in entries})
            values = []
            for entry in entries:
                last[entry.key] = last.get(entry.key, 0) + 1
                values.append(rows.from_entry(entry, self._new_id(), zone, last[entry.key]))
            connection.execute(insert(reminder_entries), values)

    def clock_steps(self) -> tuple[ClockStep, ...]:
        """When the wall clock was set, in the order in which that happened."""
        with self._reading() as connection:
            return reading.steps(connection)

    def add_clock_step(self, step: ClockStep, stamp: Stamp) -> None:
        """The wall clock was set."""
        with self._writing() as connection:
            add_step(connection, step, stamp, self._new_id())

    def checks(self, since: date) -> tuple[WeeklyCheck | MorningCheck, ...]:
        """Answers to the weekly and the next-morning question from a local date on, newest first."""
        with self._reading() as connection:
            return reading.answered(connection, since)

    def add_check(self, check: WeeklyCheck | MorningCheck, ratings: tuple[PainRating, ...]) -> None:
        """One answer with its ratings, all or none."""
        with self._writing() as connection:
            connection.execute(insert(checks), rows.from_check(check))
            if ratings:
                connection.execute(insert(pain_ratings), [rows.from_pain(rating) for rating in ratings])

    def _add_rule(self, connection: Connection, rule: Reminder, stamp: Stamp, *, removed: bool) -> None:
        earlier = reading.current_id(connection, reminders, reminders.c.reminder_id, rule.id)
        connection.execute(insert(reminders), rows.from_rule(rule, self._new_id(), stamp, earlier, removed=removed))


def add_step(connection: Connection, step: ClockStep, stamp: Stamp, new_id: UUID) -> None:
    """The wall clock was set, after all the times before."""
    number = (connection.scalar(select(func.max(clock_steps.c.number))) or 0) + 1
    connection.execute(insert(clock_steps), rows.from_step(step, new_id, stamp, number))


def _last_numbers(connection: Connection, days: set[date]) -> dict[Key, int]:
    """The highest number of each occurrence of these dates."""
    own = reminder_entries.c
    query = select(own.reminder_id, own.local_date, own.slot, func.max(own.number)).where(own.local_date.in_(days))
    found = connection.execute(query.group_by(own.reminder_id, own.local_date, own.slot))
    return {(reminder, day, slot): number for reminder, day, slot, number in found}


if TYPE_CHECKING:
    from coach.services.ports import ReminderBook

    _fits: type[ReminderBook] = SqlBook
