"""The command line's reminders: the days ahead and why, what became of those behind, a calendar file, ringing now."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from coach.bootstrap import open_or_ask
from coach.domain.records import Stamp
from coach.domain.reminders.ledger import Answer, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import ReminderKind
from coach.domain.reminders.wall import wall_time, zone_of
from coach.errors import KnownError
from coach.services.reminder_past import Facts
from coach.services.reminding import Reminding

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from coach.bootstrap import Core
    from coach.domain.reminders.ledger import Entry
    from coach.domain.reminders.occurrence import Occurrence
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.outlook import Outlook, Story

NONE_YET = "No reminder is set. Add one under Reminders in the window."
KINDS = {
    ReminderKind.ROUTINE: "Routine",
    ReminderKind.FIRST_STEPS: "Before first steps",
    ReminderKind.MORNING_CHECK: "Next-morning check",
    ReminderKind.SITTING: "Stand up and loosen",
    ReminderKind.WEEKLY_CHECK: "Weekly check",
    ReminderKind.SELF_TEST: "Self-test",
}
WHYS = {
    Why.DUE: "rings",
    Why.MOVED: "rings later, at {time}",
    Why.MADE_UP: "rings, because yesterday's was missed",
    Why.SNOOZED: "snoozed, rings at {time}",
    Why.SECOND_CALL: "not answered yet, calls once more at {time}",
    Why.CONDITIONAL: "only if the day before calls for it",
    Why.SHOWN: "on screen since {time}, not answered yet",
    Why.OFF: "turned off",
    Why.WEEKDAY_OFF: "not on this day of the week",
    Why.REST_DAY: "rest day",
    Why.NO_SUCH_DAY: "the calendar skips this day here",
    Why.NOT_CALLED_FOR: "not needed: no strength work and little pain the day before",
    Why.ALREADY_DONE: "done already",
    Why.SKIPPED_TODAY: "not today, as you said",
    Why.QUIET_HOURS: "falls into the quiet hours",
    Why.HEAVY_WORK: "rest: less than 48 hours after heavy work",
    Why.PAUSED: "paused",
    Why.LOCKED: "silent while a safety stop is open",
    Why.MERGED: "comes together with the one at {time}",
    Why.OUTSIDE_HOURS: "outside its hours",
    Why.PAST: "over",
}
SITTING = "only after sitting for {minutes} minutes without a break"
ANSWERS = {
    Answer.SHOWN: "shown",
    Answer.STARTED: "begun",
    Answer.DISMISSED: "dismissed",
    Answer.SKIPPED: "not today",
}
MISSED = {
    Missed.ASLEEP: "the computer was asleep",
    Missed.APP_CLOSED: "the program was closed",
    Missed.DO_NOT_DISTURB: "do not disturb was on",
    Missed.IN_A_CALL: "in a call",
    Missed.QUIET_HOURS: "quiet hours",
    Missed.SCREEN_LOCKED: "the screen was locked",
    Missed.FULL_SCREEN: "something filled the screen",
    Missed.TYPING: "you were typing",
    Missed.TRAVEL: "the local time jumped over it",
    Missed.NO_ANSWER: "no answer",
}


def show(core: Core, days: int, past: int, *, as_json: bool) -> int:
    """`coach reminders`: each reminder of the days ahead and why, and what became of those of the days behind."""
    outlook, titles = _outlook(core)
    now, zone = core.clock.now(), core.zone()
    ahead, behind = outlook.week(now, zone, days), _behind(outlook, now, zone, past)
    if as_json:
        told = {
            "ahead": [_occurrence_data(outlook, titles, each, zone) for each in ahead],
            "behind": [_story_data(titles, story) for story in behind],
        }
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return 0
    if not outlook.rules:
        print(NONE_YET)
    for day, found in groupby(ahead, key=lambda each: each.local_date):
        print(f"{day:%A} {day.day} {day:%B}")
        for each in found:
            print(f"  {each.slot:<12}{_title_of(outlook, titles, each):<24}{why_text(outlook, each, zone)}")
    if past:
        print("What became of the days behind:" if behind else f"Nothing was reminded of in the last {past} days.")
    for story in behind:
        _, day, slot = story.key
        name = title_of(story.reminder, titles) if story.reminder else "a removed reminder"
        print(f"  {day:%a} {day.day:>2} {day:%b}  {slot}  {name}: {story_text(story, zone)}")
    return 0


def write_calendar(core: Core, path: Path) -> int:
    """`coach reminders --ical`: the reminders as recurring events of a calendar."""
    from coach.desktop import calendar_file

    outlook, titles = _outlook(core)
    wanted = [rule for rule in outlook.rules if calendar_file.in_calendar(rule)]
    if not wanted:
        raise KnownError("There is no reminder for a calendar. Nothing was written.")
    contents = calendar_file.calendar_of(
        wanted,
        lambda rule: title_of(rule, titles),
        lambda rule: timedelta(seconds=titles[rule.routine_id].seconds) if rule.routine_id in titles else None,
        core.clock.now(),
        core.zone(),
    )
    calendar_file.write_calendar(path, contents)
    left = sum(rule.on for rule in outlook.rules) - len(wanted)
    print(f"Wrote {len(wanted)} {'reminder' if len(wanted) == 1 else 'reminders'} to {path}.")
    if left:
        print(f"Left out {left}, which no calendar can tell: what depends on sitting or on the day before.")
    return 0


def ring_now(core: Core) -> int:
    """`coach remind now`: ask the running window to ring; KnownError where there is none."""
    from coach.ui.single import ask_to_remind

    if not ask_to_remind(core.profile.lock_folder):
        raise KnownError("Foot Coach is not open, so nothing can ring. Open it and try again.")
    return 0


def title_of(rule: Reminder, titles: dict[str, Routine]) -> str:
    """The person's own words, else the routine's title, else what kind it is."""
    named = titles.get(rule.routine_id)
    if rule.text:
        return rule.text
    return named.title if named is not None and rule.kind is ReminderKind.ROUTINE else KINDS[rule.kind]


def why_text(outlook: Outlook, each: Occurrence, zone: str) -> str:
    """Why an occurrence is or is not there, in plain words."""
    rule = outlook.rule(each.reminder)
    if each.why is Why.CONDITIONAL and rule is not None and rule.kind is ReminderKind.SITTING:
        return SITTING.format(minutes=getattr(rule.when, "every_min", 0))
    time = _wall(each.at, zone) if each.at is not None else each.slot
    text = WHYS[each.why].format(time=time)
    if each.cause is not None:
        text += f" ({WHYS[each.cause].format(time=time)})"
    if each.why is Why.PAST and each.entry is not None:
        text += f": {entry_text(each.entry, zone)}"
    return text


def story_text(story: Story, zone: str) -> str:
    """`shown 18:30, snoozed 18:31 until 18:41, shown 18:41, begun 18:42`."""
    return ", ".join(entry_text(entry, zone) for entry in story.entries)


def entry_text(entry: Entry, zone: str) -> str:
    """One line of the ledger in plain words."""
    if entry.missed is not None:
        return f"missed, {MISSED[entry.missed]}"
    if entry.until is not None:
        return f"snoozed {_wall(entry.at, zone)} until {_wall(entry.until, zone)}"
    return f"{ANSWERS[entry.answer]} {_wall(entry.at, zone)}"


def _outlook(core: Core) -> tuple[Outlook, dict[str, Routine]]:
    """The reminders, and the routines by id."""
    catalogue = core.load_catalogue()
    facts = Facts.of(catalogue.exercises, catalogue.routines)
    with closing(open_or_ask(core, reading=True)) as diary:
        reminding = Reminding(diary.reminders, diary, facts, core.clock, core.zone, core.new_ids())
        return reminding.outlook(), dict(catalogue.routines)


def _behind(outlook: Outlook, now: datetime, zone: str, past: int) -> tuple[Story, ...]:
    """What became of occurrences of today and of so many days before it."""
    today = Stamp.of(now, zone).local_date
    return outlook.stories(today - timedelta(days=past)) if past else ()


def _wall(at: datetime, zone: str) -> str:
    return f"{wall_time(at, zone_of(zone)):%H:%M}"


def _title_of(outlook: Outlook, titles: dict[str, Routine], each: Occurrence) -> str:
    rule = outlook.rule(each.reminder)
    return title_of(rule, titles) if rule is not None else ""


def _occurrence_data(outlook: Outlook, titles: dict[str, Routine], each: Occurrence, zone: str) -> dict[str, Any]:
    rule = outlook.rule(each.reminder)
    return {
        "reminder": str(each.reminder),
        "kind": rule.kind.value if rule else None,
        "title": _title_of(outlook, titles, each),
        "date": each.local_date.isoformat(),
        "slot": each.slot,
        "at": each.at.isoformat() if each.at else None,
        "rings": each.why.rings,
        "why": each.why.value,
        "cause": each.cause.value if each.cause else None,
        "text": why_text(outlook, each, zone),
    }


def _story_data(titles: dict[str, Routine], story: Story) -> dict[str, Any]:
    reminder, day, slot = story.key
    return {
        "reminder": str(reminder),
        "title": title_of(story.reminder, titles) if story.reminder else None,
        "date": day.isoformat(),
        "slot": slot,
        "entries": [
            {
                "answer": entry.answer.value,
                "at": entry.at.isoformat(),
                "missed": entry.missed.value if entry.missed else None,
                "until": entry.until.isoformat() if entry.until else None,
            }
            for entry in story.entries
        ],
    }
