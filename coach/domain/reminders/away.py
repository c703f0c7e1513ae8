"""While you were away: what passed without reaching the person, and the one reminder that may still be shown.

One look accounts for everything up to now, whether the alarm rang on time, the computer slept, or the app was closed:
whatever is due and has no entry is either shown now or missed. There is never more than one notification at a look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from coach.domain.reminders.judge import day_of
from coach.domain.reminders.ledger import Answer, Entry, Missed
from coach.domain.reminders.occurrence import Occurrence, Why
from coach.domain.reminders.parts import IfMissed, ReminderKind
from coach.domain.reminders.placing import locked
from coach.domain.reminders.scene import Scene
from coach.domain.reminders.wall import days_from, wall_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from coach.domain.reminders.ledger import History, Key
    from coach.domain.reminders.rule import Reminder

GRACE = timedelta(hours=2)
"""A reminder older than this is not shown any more, only listed."""

ON_TIME = timedelta(seconds=90)
"""An alarm looks at the clock once a minute: what is no older than this has not been missed."""

LOOK_BACK_DAYS = 60
"""Nothing older is asked about: after a longer absence the past is the past."""


@dataclass(frozen=True, slots=True)
class AwayLine:
    """What was missed on one local date, in the order of the day."""

    local_date: date
    missed: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """What to do after a look.

    `notify` is the one to show now, `late` when its time was missed and it is offered as a short version. `along` are
    others that came due just now and belong into the same notification. `rows` are to be written to the ledger, and
    `lines` are the same rows for the list, one for each local date, the newest first.
    """

    notify: Occurrence | None = None
    late: bool = False
    along: tuple[Occurrence, ...] = ()
    rows: tuple[Entry, ...] = ()
    lines: tuple[AwayLine, ...] = ()


def away(
    rules: Iterable[Reminder],
    history: History,
    now: datetime,
    zone: str,
    why: Missed = Missed.APP_CLOSED,
    *,
    waiting: Collection[Key] = (),
) -> Away:
    """Account for everything up to `now`; `why` is the reason for what was missed since the last look.

    `waiting` are occurrences that are held back for a better moment. Write `rows` at once, and one SHOWN entry each for
    `notify` and `along` when they are on screen: then a second look has nothing left to do.
    """
    scene = Scene.of(history, now, zone)
    by_id = {rule.id: rule for rule in rules}
    open_ = [each for rule in by_id.values() for each in _open(rule, scene) if each.key not in waiting]
    fit = [each for each in open_ if _fit(by_id[each.reminder], each, scene)]
    notify = max(fit, key=lambda each: _rank(by_id[each.reminder], each), default=None)
    along = tuple(each for each in fit if each is not notify and _on_time(each, now))
    rows = tuple(
        Entry(*each.key, Answer.MISSED, now, _reason(by_id[each.reminder], each, scene, why))
        for each in open_
        if each is not notify and each not in along
    )
    return Away(notify, notify is not None and not _on_time(notify, now), along, rows, lines_of(rows))


def lines_of(entries: Iterable[Entry]) -> tuple[AwayLine, ...]:
    """The missed ones among ledger entries, one line for each local date, the newest first."""
    missed = sorted((e for e in entries if e.missed is not None), key=lambda e: (e.local_date, e.slot))
    days = groupby(missed, key=lambda e: e.local_date)
    return tuple(AwayLine(day, tuple(found)) for day, found in days)[::-1]


def _open(rule: Reminder, scene: Scene) -> Iterator[Occurrence]:
    """What is due by now or was left without an answer, and is not accounted for."""
    if not rule.on:
        return
    since = _since(rule, scene)
    # A day more than `since` asks for: its date may have been another one where the person was then.
    asked = scene.today - wall_time(since, scene.zone).date() + timedelta(days=1)
    back = min(timedelta(days=LOOK_BACK_DAYS), scene.today - date.min, asked)
    # Tomorrow too: on the way west it has been there already.
    for day in days_from(scene.today - back, back.days + 2):
        for each in day_of(rule, day, scene):
            if each.at is not None and each.at > since and (each.rings_by(scene.now) or _unanswered(each, scene.now)):
                yield each


def _unanswered(each: Occurrence, now: datetime) -> bool:
    """Whether it has been on screen for long enough, and will not call a second time."""
    shown = each.entry is not None and each.entry.answer is Answer.SHOWN and each.entry.at + GRACE <= now
    return shown and each.why is not Why.ALREADY_DONE and not each.rings_after(now)


def _since(rule: Reminder, scene: Scene) -> datetime:
    """From when on a reminder is asked about; an instant that lies ahead was written while the clock was wrong."""
    last = scene.history.steps[-1].after if scene.history.steps else rule.since
    return max((at for at in (rule.since, last) if at <= scene.now), default=datetime.min.replace(tzinfo=UTC))


def _on_time(each: Occurrence, now: datetime) -> bool:
    return each.at is not None and now - each.at <= ON_TIME


def _fit(rule: Reminder, each: Occurrence, scene: Scene) -> bool:
    """Whether a reminder that has come due may still be shown."""
    if each.at is None or not each.why.rings or _hushed(rule, scene):
        return False
    # Whoever was away has not been sitting here.
    offered = rule.manner.if_missed is IfMissed.OFFER and rule.kind is not ReminderKind.SITTING
    return _on_time(each, scene.now) or (offered and scene.now - each.at <= GRACE)


def _hushed(rule: Reminder, scene: Scene) -> bool:
    paused = rule.pause is not None and rule.pause.covers(scene.now)
    return paused or _is_quiet(rule, scene) or locked(scene.now, scene)


def _is_quiet(rule: Reminder, scene: Scene) -> bool:
    quiet = rule.manner.quiet
    return quiet is not None and quiet.covers(wall_time(scene.now, scene.zone).time())


def _rank(rule: Reminder, each: Occurrence) -> tuple[int, datetime | None]:
    return -list(ReminderKind).index(rule.kind), each.at


def _reason(rule: Reminder, each: Occurrence, scene: Scene, why: Missed) -> Missed:
    if each.entry is not None and each.entry.answer is Answer.SHOWN:
        return Missed.NO_ANSWER
    return Missed.QUIET_HOURS if _on_time(each, scene.now) and _is_quiet(rule, scene) else why
