"""Reminders in words: kinds, reasons, what became of each. Nothing here is about health: a notification shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.reminders.ledger import Answer, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import AtTimes, IfMissed, ReminderKind, SkipDone, slot_name
from coach.ui.i18n import tr, trn
from coach.ui.words import day_text, minutes_text, when_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, timedelta

    from coach.domain.reminders.away import AwayLine
    from coach.domain.reminders.ledger import Entry
    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.parts import Fault
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.outlook import Outlook

MANY_TIMES = 3
"""More times of a day than these are counted, not listed."""


def kind_word(kind: ReminderKind) -> str:
    """What a reminder is for."""
    return {
        ReminderKind.ROUTINE: tr("Routine"),
        ReminderKind.FIRST_STEPS: tr("Before first steps"),
        ReminderKind.MORNING_CHECK: tr("Next-morning check"),
        ReminderKind.SITTING: tr("Stand up and loosen"),
        ReminderKind.WEEKLY_CHECK: tr("Weekly check"),
        ReminderKind.SELF_TEST: tr("Self-test"),
    }[kind]


def kind_note(kind: ReminderKind) -> str:
    """When a reminder of this kind is of use."""
    return {
        ReminderKind.ROUTINE: tr("Your exercises, at the times you choose."),
        ReminderKind.FIRST_STEPS: tr("A stretch in bed, before you get up."),
        ReminderKind.MORNING_CHECK: tr("Two questions, only on mornings that need them."),
        ReminderKind.SITTING: tr("When you have sat for long without a break."),
        ReminderKind.WEEKLY_CHECK: tr("A look back at the last 7 days."),
        ReminderKind.SELF_TEST: tr("Every 4 weeks, to see how far you have come."),
    }[kind]


def kind_icon(kind: ReminderKind) -> str:
    """The picture beside it."""
    return {
        ReminderKind.ROUTINE: "footprints",
        ReminderKind.FIRST_STEPS: "footprints",
        ReminderKind.SITTING: "timer",
        ReminderKind.SELF_TEST: "activity",
    }.get(kind, "heart-pulse")


def title_of(rule: Reminder, routines: Mapping[str, Routine]) -> str:
    """What a reminder is called: its routine's name, or its kind."""
    routine = routines.get(rule.routine_id)
    if rule.kind is ReminderKind.ROUTINE:
        return routine.title if routine is not None else tr("A routine that is gone")
    return kind_word(rule.kind)


def note_of(rule: Reminder, routines: Mapping[str, Routine]) -> str:
    """The line under its name."""
    routine = routines.get(rule.routine_id)
    if rule.kind is ReminderKind.ROUTINE:
        facts = minutes_text(routine.seconds) if routine is not None else tr("choose another one")
    elif rule.kind is ReminderKind.MORNING_CHECK:
        facts = tr("after strength work or pain from 3")
    elif isinstance(rule.when, AtTimes):
        facts = routine.title if routine is not None else ""
    elif rule.kind is ReminderKind.SITTING:
        facts = tr("after {minutes} min of sitting", minutes=rule.when.every_min)
    else:
        facts = tr("every {minutes} min", minutes=rule.when.every_min)
    return " · ".join(filter(None, (facts, hours_of(rule), rule.text)))


def hours_of(rule: Reminder) -> str:
    """Between which hours, or at which further times."""
    if not isinstance(rule.when, AtTimes):
        return tr("{start} to {end}", start=slot_name(rule.when.start), end=slot_name(rule.when.end))
    rest = rule.when.times[1:]
    if len(rest) >= MANY_TIMES:
        return trn("and {n} more time", "and {n} more times", len(rest))
    return tr("also {times}", times=", ".join(slot_name(clock) for clock in rest)) if rest else ""


def lead_of(rule: Reminder) -> str:
    """The large word at the start of its row: the first time, or how often."""
    if isinstance(rule.when, AtTimes):
        return slot_name(rule.when.times[0])
    hours, rest = divmod(rule.when.every_min, 60)
    return tr("Hourly") if (hours, rest) == (1, 0) else tr("{minutes} min", minutes=rule.when.every_min)


def why_word(occurrence: Occurrence) -> str:
    """Why an occurrence is or is not there, as a sentence."""
    if occurrence.why is Why.MOVED and occurrence.cause is not None:
        return tr("Moved: {reason}", reason=_WHY[occurrence.cause]().rstrip(".").lower() + ".")
    return _WHY[occurrence.why]()


def short_why(why: Why) -> str:
    """The same in a word or two, for a cell of the week."""
    return {
        Why.REST_DAY: tr("rest"),
        Why.ALREADY_DONE: tr("done"),
        Why.SKIPPED_TODAY: tr("skipped"),
        Why.PAUSED: tr("paused"),
        Why.QUIET_HOURS: tr("quiet"),
        Why.HEAVY_WORK: tr("recovery"),
        Why.LOCKED: tr("stopped"),
        Why.PAST: tr("past"),
        Why.SHOWN: tr("shown"),
        Why.OFF: tr("off"),
    }.get(why, "–")


_WHY = {
    Why.DUE: lambda: tr("Planned."),
    Why.MOVED: lambda: tr("Moved to later that day."),
    Why.MADE_UP: lambda: tr("Makes up for the day before."),
    Why.SNOOZED: lambda: tr("You asked to be reminded later."),
    Why.SECOND_CALL: lambda: tr("Shown once without an answer; comes back once."),
    Why.CONDITIONAL: lambda: tr("Only if the day before calls for it."),
    Why.SHOWN: lambda: tr("Shown, waits for an answer."),
    Why.OFF: lambda: tr("Turned off."),
    Why.WEEKDAY_OFF: lambda: tr("Not on this weekday."),
    Why.REST_DAY: lambda: tr("A rest day."),
    Why.NO_SUCH_DAY: lambda: tr("The calendar here skips this day."),
    Why.NOT_CALLED_FOR: lambda: tr("The day before needs no check."),
    Why.ALREADY_DONE: lambda: tr("Already done."),
    Why.SKIPPED_TODAY: lambda: tr("You chose “Not today”."),
    Why.QUIET_HOURS: lambda: tr("Quiet hours."),
    Why.HEAVY_WORK: lambda: tr("Less than 48 hours after heavy calf work."),
    Why.PAUSED: lambda: tr("Paused."),
    Why.LOCKED: lambda: tr("A safety stop is open."),
    Why.MERGED: lambda: tr("Comes together with the next one."),
    Why.OUTSIDE_HOURS: lambda: tr("Outside its hours."),
    Why.PAST: lambda: tr("Over."),
}


def missed_word(missed: Missed) -> str:
    """Why a reminder did not reach the person."""
    return {
        Missed.ASLEEP: tr("the computer was asleep"),
        Missed.APP_CLOSED: tr("Foot Coach was closed"),
        Missed.DO_NOT_DISTURB: tr("do not disturb was on"),
        Missed.IN_A_CALL: tr("camera or microphone were in use"),
        Missed.QUIET_HOURS: tr("quiet hours"),
        Missed.SCREEN_LOCKED: tr("the screen was locked"),
        Missed.FULL_SCREEN: tr("something filled the screen"),
        Missed.TYPING: tr("you were typing"),
        Missed.TRAVEL: tr("the local time jumped over it"),
        Missed.NO_ANSWER: tr("no answer"),
    }[missed]


def entry_words(entry: Entry, now: datetime) -> str:
    """`18:30 shown`: one line of the ledger, on the clocks of `now`."""
    zone = now.tzinfo
    at = slot_name(entry.at.astimezone(zone).time())
    if entry.missed is not None:
        return tr("missed: {reason}", reason=missed_word(entry.missed))
    if entry.until is not None:
        until = slot_name(entry.until.astimezone(zone).time())
        return tr("{at} snoozed to {until}", at=at, until=until)
    return {
        Answer.SHOWN: tr("{at} shown", at=at),
        Answer.STARTED: tr("{at} started", at=at),
        Answer.DISMISSED: tr("{at} closed", at=at),
        Answer.SKIPPED: tr("{at} not today", at=at),
    }[entry.answer]


def skip_word(skip: SkipDone) -> str:
    """What becomes of a reminder whose work is done."""
    return {
        SkipDone.DAY: tr("None more that day"),
        SkipDone.EACH: tr("One spared each time"),
        SkipDone.NEVER: tr("Remind all the same"),
    }[skip]


def missed_choice(choice: IfMissed) -> str:
    """What becomes of a reminder that was missed."""
    return {
        IfMissed.OFFER: tr("Offer a short one"),
        IfMissed.MOVE: tr("Next free day"),
        IfMissed.DROP: tr("Let it go"),
    }[choice]


def next_text(at: datetime, now: datetime) -> str:
    """`Today at 18:30`, `Tomorrow at 07:10`, `Fri 20 Nov at 18:30`; both local."""
    clock = slot_name(at.time())
    ahead = (at.date() - now.date()).days
    if ahead == 0:
        return tr("Today at {time}", time=clock)
    return tr("Tomorrow at {time}", time=clock) if ahead == 1 else tr("{day} at {time}", day=day(at.date()), time=clock)


def day(date_: date) -> str:
    """A day of these weeks."""
    return day_text(date_)


def countdown_text(left: timedelta) -> str:
    """`in 2 h 5 min`, rounded up; `now` when the time has come."""
    minutes = -(-int(left.total_seconds()) // 60)
    if minutes <= 0:
        return tr("now")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return trn("in {n} day", "in {n} days", days)
    if hours:
        return tr("in {hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else tr("in {n} h", n=hours)
    return tr("in {n} min", n=minutes)


def fault_words(fault: Fault) -> str:
    """What is wrong with a field, as a sentence of the person's language where there is one."""
    known = {
        "choose at least one time": tr("Choose at least one time."),
        "each time may stand only once, in the order of the day": tr("Each time may stand only once."),
        "the hours must end later than they begin": tr("The hours must end later than they begin."),
        "choose at least one day": tr("Choose at least one day."),
        "choose a routine": tr("Choose a routine."),
        "must be one line without control characters": tr("Write one line, without special characters."),
        "must not begin and end at the same time; turn the reminder off instead": tr(
            "Quiet hours cannot be the whole day. Turn the reminder off instead."
        ),
        "must end later than it begins": tr("The pause must end later than now."),
        "choose at least one length, or no snoozes": tr("Choose at least one length, or no snoozes."),
        "each length may stand only once": tr("Each length may stand only once."),
    }
    return known.get(fault.phrase) or fault.phrase[:1].upper() + fault.phrase[1:] + "."


def cell_words(found: tuple[Occurrence, ...]) -> str:
    """A day of one reminder in a cell: its times, how many there are, or why there is none."""
    there = [each for each in found if each.why.rings or each.why is Why.CONDITIONAL]
    if not there:
        return short_why(found[0].why) if found else "–"
    if len(there) > 1:
        return f"{len(there)} ×"
    return there[0].slot.partition("-")[0] if there[0].why is not Why.MOVED else _moved(there[0])


def _moved(occurrence: Occurrence) -> str:
    """Where it has been moved to cannot be said without a zone: the slot with a mark."""
    return f"{occurrence.slot} ›"


def away_words(line: AwayLine, outlook: Outlook, routines: Mapping[str, Routine], now: datetime) -> str:
    """`Yesterday: Daily six at 18:30, Next-morning check at 08:30.`: one day of what was missed."""
    when = when_text(line.local_date, now.date())
    told: dict[str, list[str]] = {}
    for entry in line.missed:
        rule = outlook.rule(entry.reminder)
        title = title_of(rule, routines) if rule is not None else tr("A reminder that was removed")
        told.setdefault(title, []).append(entry.slot)
    what = ", ".join(_at_times(title, slots) for title, slots in told.items())
    return tr("{when}: {what}", when=when[:1].upper() + when[1:], what=what)


def _at_times(title: str, slots: list[str]) -> str:
    if len(slots) > MANY_TIMES:
        return trn("{title} ({n} time)", "{title} ({n} times)", len(slots), title=title)
    return tr("{title} at {times}", title=title, times=", ".join(slots))
