"""Reminders as the window and the command line use them: what is due, what became of it, and what the person changes.

Everything that writes has committed when it returns, or raises `StorageError`, and gives back the new `Outlook` for
everything that only asks. One thread at a time, that of the diary, uses a `Reminding`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.pain import PainMoment, check_nrs
from coach.domain.records import PainRating, Stamp
from coach.domain.reminders.away import GRACE, AwayLine, away
from coach.domain.reminders.ledger import Answer, Done, Entry, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import Manner, Pause, ReminderKind
from coach.domain.reminders.plan import occurrence
from coach.domain.reminders.starters import starter
from coach.services.history import active_areas
from coach.services.outlook import Call, Outlook, Story
from coach.services.reminder_past import Facts, history_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from coach.clock import Clock
    from coach.domain.pain import Area
    from coach.domain.reminders.away import Away
    from coach.domain.reminders.ledger import ClockStep, Key
    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.rule import Reminder
    from coach.services.ports import Diary, ReminderBook

PAST_DAYS = 90
"""So much of the past is read: a routine looks back 60 days at most, a self-test 4 weeks."""


@dataclass(frozen=True, slots=True)
class WeeklyCheck:
    """The weekly question was answered (clinical.md 3.2); `hardest` is the activity that was hardest, in their words.

    The average and the worst pain of the week are pain ratings of the moments `weekly_avg` and `weekly_worst`.
    """

    id: UUID
    stamp: Stamp
    hardest: str = ""


class CheckKind(StrEnum):
    """Which question was answered."""

    WEEKLY = "weekly"
    MORNING = "morning"


class Stiffness(StrEnum):
    """Minutes of stiffness after getting up (clinical.md 3.2)."""

    NONE = "0"
    TO_5 = "1-5"
    TO_15 = "6-15"
    TO_30 = "16-30"
    LONGER = ">30"


@dataclass(frozen=True, slots=True)
class MorningCheck:
    """The question of the next morning was answered; the pain on the first steps is a rating of the moment `am`."""

    id: UUID
    stamp: Stamp
    stiffness: Stiffness | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification. `buttons` are (action, words); nothing here may be about health: a locked screen shows it."""

    tag: str
    title: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    sound: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class AutostartState:
    """Whether it is on, whether that was found to be really so, and a sentence where it cannot be had."""

    on: bool
    checked: bool = True
    unavailable: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the reminders came to.

    `show` are the calls of one notification, the one that counts first; `late` says that its time was missed and it is
    offered as a short version. `lines` are what was missed since the last look, one for each local date, newest first.
    """

    outlook: Outlook
    show: tuple[Call, ...] = ()
    late: bool = False
    lines: tuple[AwayLine, ...] = ()


class Reminding:
    """The reminders of an open diary."""

    def __init__(
        self,
        book: ReminderBook,
        diary: Diary,
        facts: Facts,
        clock: Clock,
        zone: Callable[[], str],
        new_id: Callable[[], UUID],
    ) -> None:
        self._book, self._diary, self._facts = book, diary, facts
        self._clock, self._zone, self._new_id = clock, zone, new_id

    def outlook(self) -> Outlook:
        """All reminders and their past, as the diary has them now."""
        today = self._stamp().local_date
        since = today - min(timedelta(days=PAST_DAYS), today - today.min)
        rules = self._book.rules()
        checks = (
            Done(ReminderKind.WEEKLY_CHECK if isinstance(c, WeeklyCheck) else ReminderKind.MORNING_CHECK,
                 c.stamp.at, c.stamp.local_date)
            for c in self._book.checks(since)
        )  # fmt: skip
        history = history_of(
            self._facts,
            rules,
            self._book.entries(since),
            self._diary.sessions(since=since),
            self._diary.last_pain(),
            checks,
            self._book.clock_steps(),
        )
        return Outlook(rules, history)

    # --- what the alarm clock rings for, and what became of it

    def look(
        self, why: Missed = Missed.APP_CLOSED, waiting: Collection[Key] = (), step: ClockStep | None = None
    ) -> Look:
        """Account for everything up to now: at the start, and whenever the alarm clock rings, for whatever cause.

        Args:
            why: the reason for what was missed since the last look.
            waiting: what is held back for a better moment.
            step: how the wall clock was set, if that is why.
        """
        stamp = self._stamp()
        if step is not None:
            self._book.add_clock_step(step, stamp)
        outlook = self.outlook()
        found = away(outlook.rules, outlook.history, stamp.at, stamp.zone, why, waiting=waiting)
        show = _called(found)
        handled = {*waiting, *(row.key for row in found.rows), *(each.key for each in show)}
        rows = (*found.rows, *_ends(outlook, stamp, handled))
        outlook = self._add(outlook, rows, stamp)
        return Look(outlook, outlook.calls(show), found.late, found.lines)

    def shown(self, keys: Iterable[Key]) -> Outlook:
        """These are on screen now."""
        return self._write(Entry(*key, Answer.SHOWN, self._clock.now()) for key in keys)

    def gave_up(self, keys: Iterable[Key], reason: Missed) -> Outlook:
        """These waited for a better moment that did not come."""
        return self._write(Entry(*key, Answer.MISSED, self._clock.now(), reason) for key in keys)

    def answer(self, key: Key, answer: Answer, until: datetime | None = None) -> Outlook:
        """The person answered; `until` goes with a snooze. A late answer to what has ended is let go.

        "Not today" is about all that the reminder has on that date.
        """
        now = self._clock.now()
        if answer is not Answer.SKIPPED:
            return self._write([Entry(*key, answer, now, until=until)])
        stories = self.outlook().stories(key[1])
        others = {told.key for told in stories if told.key[:2] == key[:2]} - {key}
        return self._write(Entry(*each, Answer.SKIPPED, now) for each in (key, *sorted(others, key=lambda k: k[2])))

    def begun(self, kind: ReminderKind, routine_id: str = "") -> Outlook:
        """A routine or a check was begun, from wherever: open reminders of it have what they asked for."""
        outlook, now = self.outlook(), self._clock.now()
        wanted = self._facts.versions.get(routine_id, {routine_id})
        rules = {r.id for r in outlook.rules if r.kind is kind and (not routine_id or r.routine_id in wanted)}
        day = self._stamp().local_date - timedelta(days=1)
        open_ = (t.key for t in outlook.stories(day) if t.final is None and t.key[0] in rules)
        return self._write(Entry(*key, Answer.STARTED, now) for key in open_)

    # --- what the person sets

    def suggestion(self, routine_id: str) -> Reminder | None:
        """One daily reminder to suggest to somebody who has none (clinical.md 6.9); it rings only once it is kept."""
        if self._book.rules():
            return None
        return self.starter(ReminderKind.ROUTINE, routine_id)

    def starter(self, kind: ReminderKind, routine_id: str = "") -> Reminder:
        """What a new reminder begins with, in the manner of the others; it is not kept yet."""
        return starter(kind, self._new_id(), self._clock.now(), routine_id, common_manner(self._book.rules()))

    def change(self, rule: Reminder) -> Outlook:
        """A reminder is new, or as it is from now on."""
        return self._change([rule])

    def change_manner(self, manner: Manner) -> Outlook:
        """The manner of all reminders, but for those that have one of their own."""
        rules = self._book.rules()
        common = common_manner(rules)
        return self._change([replace(rule, manner=manner) for rule in rules if rule.manner == common])

    def pause_all(self, until: datetime | None) -> Outlook:
        """Silence until an instant that is still to come; None ends it."""
        pause = Pause(self._clock.now(), until) if until is not None else None
        return self._change([replace(rule, pause=pause) for rule in self._book.rules()])

    def remove(self, reminder: UUID) -> Outlook:
        """It rings no more; what became of it stays in the ledger."""
        outlook, stamp = self.outlook(), self._stamp()
        with self._diary.together():
            outlook = self._add(outlook, _dismissed(outlook, {reminder}, stamp), stamp)
            self._book.remove_rule(reminder, stamp)
            outlook = replace(outlook, rules=tuple(rule for rule in outlook.rules if rule.id != reminder))
            return self._add(outlook, _ends(outlook, stamp), stamp)

    # --- the questions of the morning and of the week

    def areas(self) -> tuple[Area, ...]:
        """The areas that the person is asked about: those with a rating above 0 within the last fortnight."""
        return active_areas(self._diary.last_pain(), self._stamp().local_date)

    def check_week(self, pain: Mapping[Area, tuple[int, int]], hardest: str = "") -> Outlook:
        """The weekly question was answered: average and worst pain of the last 7 days by area."""
        stamp = self._stamp()
        ratings = tuple(
            PainRating(self._new_id(), stamp, area, moment, check_nrs(nrs))
            for area, both in pain.items()
            for moment, nrs in zip((PainMoment.WEEKLY_AVERAGE, PainMoment.WEEKLY_WORST), both, strict=True)
        )
        self._book.add_check(WeeklyCheck(self._new_id(), stamp, hardest), ratings)
        return self.begun(ReminderKind.WEEKLY_CHECK)

    def check_morning(self, pain: Mapping[Area, int], stiffness: Stiffness | None = None) -> Outlook:
        """The question of the next morning was answered: pain on the first steps by area."""
        stamp = self._stamp()
        ratings = tuple(
            PainRating(self._new_id(), stamp, area, PainMoment.MORNING, check_nrs(nrs)) for area, nrs in pain.items()
        )
        self._book.add_check(MorningCheck(self._new_id(), stamp, stiffness), ratings)
        return self.begun(ReminderKind.MORNING_CHECK)

    def _change(self, rules: Iterable[Reminder]) -> Outlook:
        """Keep rules. What is due by the old ones is let go, and nothing from before can be missed by the new ones."""
        outlook, stamp = self.outlook(), self._stamp()
        fresh = [(_since_now(rule, outlook.rule(rule.id), stamp.at)) for rule in rules]
        changed = [rule for rule in fresh if rule != outlook.rule(rule.id)]
        with self._diary.together():
            anew = {rule.id for rule in changed if rule.since == stamp.at}
            outlook = self._add(outlook, _dismissed(outlook, anew, stamp), stamp)
            for rule in changed:
                self._book.keep_rule(rule, stamp)
                outlook = outlook.with_rule(rule)
            return self._add(outlook, _ends(outlook, stamp), stamp)

    def _write(self, entries: Iterable[Entry]) -> Outlook:
        """Add entries, but for those about occurrences that have come to their end."""
        outlook = self.outlook()
        over = {entry.key for entry in outlook.history.entries if entry.answer.final}
        return self._add(outlook, tuple(entry for entry in entries if entry.key not in over), self._stamp())

    def _add(self, outlook: Outlook, rows: tuple[Entry, ...], stamp: Stamp) -> Outlook:
        if not rows:
            return outlook
        self._book.add_entries(rows, stamp.zone)
        return replace(outlook, history=replace(outlook.history, entries=(*outlook.history.entries, *rows)))

    def _stamp(self) -> Stamp:
        return Stamp.of(self._clock.now(), self._zone())


def common_manner(rules: Iterable[Reminder]) -> Manner:
    """The manner of all reminders but those with one of their own: what most of them have, if in doubt the oldest."""
    counted = Counter(rule.manner for rule in rules)
    return counted.most_common(1)[0][0] if counted else Manner()


def _since_now(rule: Reminder, before: Reminder | None, now: datetime) -> Reminder:
    """With the begin it has from now on: any change but one of words alone begins it anew."""
    if before is not None and replace(rule, since=before.since, text=before.text) == before:
        return replace(rule, since=before.since)
    return replace(rule, since=now)


def _dismissed(outlook: Outlook, reminders: Collection[UUID], stamp: Stamp) -> tuple[Entry, ...]:
    """Last lines for what is due by now but not on screen: whoever changes a reminder has no use for it any more."""
    rules = [rule for rule in outlook.rules if rule.id in reminders]
    found = away(rules, outlook.history, stamp.at, stamp.zone)
    return (*found.rows, *(Entry(*each.key, Answer.DISMISSED, stamp.at) for each in _called(found)))


def _called(found: Away) -> tuple[Occurrence, ...]:
    return (found.notify, *found.along) if found.notify is not None else found.along


def _ends(outlook: Outlook, stamp: Stamp, handled: Collection[Key] = ()) -> tuple[Entry, ...]:
    """Last lines for what was shown or snoozed and can neither ring nor be answered any more."""
    open_ = [t for t in outlook.stories(stamp.local_date.min) if t.final is None and t.key not in handled]
    ends = ((told.key, _end_of(told, outlook, stamp)) for told in open_)
    return tuple(Entry(*key, end[0], stamp.at, end[1]) for key, end in ends if end is not None)


def _end_of(told: Story, outlook: Outlook, stamp: Stamp) -> tuple[Answer, Missed | None] | None:
    """What became of an occurrence that was left open; None while it may still ring or be answered."""
    rule, last = told.reminder, told.entries[-1]
    found = occurrence(rule, outlook.history, stamp.at, stamp.zone, *told.key[1:]) if rule is not None else None
    why = found.why if found is not None else Why.PAST  # a slot of another time, or rung by hand
    if rule is None or not rule.on:
        return Answer.DISMISSED, None
    if why is Why.ALREADY_DONE:
        return Answer.STARTED, None
    if why is Why.SKIPPED_TODAY:
        return Answer.SKIPPED, None
    answerable = last.answer is Answer.SHOWN and stamp.at < last.at + GRACE
    if answerable or (found is not None and found.rings_after(stamp.at)):
        return None
    if why in {Why.PAUSED, Why.REST_DAY, Why.WEEKDAY_OFF} or (found is None and last.answer is Answer.SNOOZED):
        return Answer.DISMISSED, None
    quiet = why is Why.QUIET_HOURS and last.answer is Answer.SNOOZED
    return Answer.MISSED, Missed.QUIET_HOURS if quiet else Missed.NO_ANSWER
